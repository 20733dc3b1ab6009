"""list and cards: one member an element, its parts by CSS selectors within it or by the pattern in which it is written."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from citynet.errors import SourceChanged
from citynet.model import Page
from citynet.reading.markup import matched, require_shown, selected
from citynet.reading.printed import text_of
from citynet.reading.readers import Member, iso_date, member_of_text

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_WITH_ATTRIBUTE = re.compile(r"(^|[^\s\"'=\[])@[\w-]+$")


def read_items(page: "BeautifulSoup", spec: Page, where: str) -> list[Member]:
    """One member an element that `select` matches; none of them within another."""
    items = matched(page, spec.select, where)
    not_nested(items, spec.select, where)
    require_shown(items, spec, where)
    return [member_of_item(item, spec, f"{item.name} {number}", where) for number, item in enumerate(items, start=1)]


def not_nested(items: "list[Tag]", selector: str, where: str) -> None:
    """SourceChanged where one element lies within another: its members would be read twice."""
    inside = set(map(id, items))
    for number, item in enumerate(items, start=1):
        # Over descendants, not parents: a page nested thousands deep would cost its depth for each item.
        if any(id(part) in inside for part in item.descendants):
            raise SourceChanged(f"{where}: expected no {selector!r} inside another, got one in {item.name} {number}")


def member_of_item(item: "Tag", spec: Page, at: str, where: str) -> Member:
    """The member that an element shows; a part whose selector finds nothing is a changed source, but for dates and marks."""
    options = spec.options
    here = f"{where}: {at}"
    name = _part(item, options["name"], here, "the name") if "name" in options else text_of(item)
    member = member_of_text(name, spec, at, where)
    return replace(
        member,
        country=_part(item, options["country"], here, "1") if "country" in options else member.country,
        kind=_part(item, options["kind"], here, "1") if "kind" in options else member.kind,
        joined_on=iso_date(_part(item, options["joined_on"], here), spec, here) if "joined_on" in options else member.joined_on,
        on_hold=member.on_hold or _marked(item, options.get("on_hold"), here),
        former=member.former or _marked(item, options.get("former"), here),
    )


def _part(item: "Tag", selector: str, where: str, expected: str = "") -> str:
    """What the selector finds in the item: text, or with "img@alt" an attribute, with "@data-name" one of the item itself.

    Nothing found is a changed source where something is expected.
    """
    css, _, attribute = selector.rpartition("@") if _WITH_ATTRIBUTE.search(selector) else (selector, "", "")
    node = next(iter(selected(item, css, where, limit=1)), None) if css else item
    if node is None or (attribute and not node.has_attr(attribute)):
        if expected:
            raise SourceChanged(f"{where}: {selector!r} matched 0, expected {expected}")
        return ""
    return " ".join(str(node[attribute]).split()) if attribute else text_of(node)


def _marked(item: "Tag", selector: str | None, where: str) -> bool:
    """Whether the item holds the mark, or is itself the element that bears it."""
    return selector is not None and (bool(selected(item, selector, where, limit=1)) or bool(item.css.match(selector)))
