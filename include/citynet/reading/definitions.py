"""definitions and select_options: members in a definition list, or in the options of a selection box."""

from dataclasses import replace
from typing import TYPE_CHECKING

from citynet.errors import SourceChanged
from citynet.model import Page
from citynet.reading.groups import Group, group_of, members_of_groups, skipped
from citynet.reading.items import member_of_item
from citynet.reading.markup import matched
from citynet.reading.paragraph import members_in, text_for
from citynet.reading.printed import text_of
from citynet.reading.readers import Member, iso_date, member_of_text

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag


def read_definitions(page: "BeautifulSoup", spec: Page, where: str) -> list[Member]:
    """Members of the definition lists that `select` matches: each dd under its dt where heading_is says what a dt is, else each dt.

    Where a dt is a name, `values` says what its dds are ("country|kind|joined_on", "-" for one not kept).
    """
    terms = [
        (term, values)
        for number, node in enumerate(matched(page, spec.select, where), start=1)
        for term, values in _terms(node, f"{where}: {node.name} {number}")
    ]
    if "heading_is" not in spec.options:
        return [_named(term, values, spec, f"dt {number}", where) for number, (term, values) in enumerate(terms, start=1)]
    groups = []
    for number, (term, values) in enumerate(terms, start=1):
        group = group_of(text_of(term), spec, f"dt {number}", where)
        groups.append((group, [member for value in values for member in _under(value, spec, group, where)]))
    return members_of_groups(groups, spec, where)


def _terms(node: "Tag", where: str) -> "list[tuple[Tag, list[Tag]]]":
    """Each dt of the list with the dds after it; SourceChanged for a dd before any dt, a dt without dd, or a list of neither."""
    terms: list[tuple[Tag, list[Tag]]] = []
    for part in node.find_all(["dt", "dd"]):
        if part.name == "dt":
            terms.append((part, []))
        elif not terms:
            raise SourceChanged(f"{where}: expected a dt before the first dd, got {text_of(part)[:80]!r}")
        else:
            terms[-1][1].append(part)
    if not terms:
        raise SourceChanged(f"{where}: expected dt and dd in the definition list, got none")
    for term, values in terms:
        if not values:
            raise SourceChanged(f"{where}: expected a dd after dt {text_of(term)[:80]!r}, got none")
    return terms


def _under(value: "Tag", spec: Page, group: Group, where: str) -> list[Member]:
    """The members of one dd: itself, the elements `items` in it, or the names of its text."""
    items = matched(value, spec.options["items"], f"{where}: {group.label}") if "items" in spec.options else [value]
    found: list[Member] = []
    for number, item in enumerate(items, start=1):
        at = f"{group.label}, {item.name} {number}"
        parted = "separator" in spec.options or "lines" in spec.options
        found.extend(members_in(text_for(item, spec), spec, at, where) if parted else [member_of_item(item, spec, at, where)])
    return found


def _named(term: "Tag", values: "list[Tag]", spec: Page, at: str, where: str) -> Member:
    """The member that a dt names, with what its dds say."""
    parts = spec.options.get("values", "country").split("|")
    if len(parts) != len(values):
        raise SourceChanged(f"{where}: {at}: expected {len(parts)} dd ({'|'.join(parts)}), got {len(values)}")
    said = {part: text_of(value) for part, value in zip(parts, values, strict=True)}
    member = member_of_text(text_of(term), spec, at, where)
    return replace(
        member,
        country=said.get("country", member.country),
        kind=said.get("kind", member.kind),
        joined_on=iso_date(said["joined_on"], spec, f"{where}: {at}") if "joined_on" in said else member.joined_on,
    )


def read_select_options(page: "BeautifulSoup", spec: Page, where: str) -> list[Member]:
    """Members of the only select element that `select` matches, one an option; entries named in `skip` ("Select a city") are none.

    heading_is says what the label of an optgroup is. SourceChanged for an option without a value that `skip` does not name, and
    with heading_is for an optgroup without options or an option outside of any.
    """
    (box,) = matched(page, spec.select, where, exactly=1)
    groups: list[tuple[Group, list[Member]]] = []
    for number, entry in enumerate(box.find_all(["optgroup", "option"]), start=1):
        if entry.name == "optgroup":
            groups.append((group_of(_label(entry), spec, f"optgroup {len(groups) + 1}", where), []))
            continue
        text, at = _label(entry), f"option {number}"
        if text in skipped(spec):
            continue
        if entry.get("value", text) == "" or entry.has_attr("disabled"):
            raise SourceChanged(f"{where}: {at}: expected a member or an entry named in skip, got {text[:80]!r} without a value")
        in_group = entry.find_parent("optgroup") is not None
        if "heading_is" in spec.options and not in_group:
            raise SourceChanged(f"{where}: {at}: expected every option within an optgroup, got {text[:80]!r} outside")
        if not in_group and (not groups or groups[-1][0].at != "the select element"):
            groups.append((Group("", "the select element"), []))
        groups[-1][1].append(member_of_text(text, spec, at, where))
    return members_of_groups(groups, spec, where)


def _label(entry: "Tag") -> str:
    """The text of an option, or its label where it has none, as browsers show it."""
    text = text_of(entry) if entry.name == "option" else ""
    return text or " ".join(str(entry.get("label", "")).split())
