"""headings: lists, cards or paragraphs under headings that say the country or the kind of what stands under them."""

from typing import TYPE_CHECKING

from citynet.errors import ConfigError, SourceChanged
from citynet.model import Page
from citynet.reading.groups import Group, group_of, members_of_groups
from citynet.reading.items import member_of_item, not_nested
from citynet.reading.markup import matched, require_shown
from citynet.reading.paragraph import members_in, text_for
from citynet.reading.printed import text_of
from citynet.reading.readers import Member

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag


def read_headings(page: "BeautifulSoup", spec: Page, where: str) -> list[Member]:
    """Members in the elements `items` (default li) that follow the headings which `select` matches, in the page's order.

    They are looked for in `region`, or else in the nearest element that holds all headings, up to the end of the last heading's own
    container and never in a footer, navigation or aside. `outer` matches headings above those
    headings. SourceChanged for a heading with nothing under it, another count than it prints, and members before the first.
    """
    headings = matched(page, spec.select, where)
    outer = matched(page, spec.options["outer"], where) if "outer" in spec.options else []
    items_by = spec.options.get("items", "li")
    if "region" in spec.options:
        region = matched(page, spec.options["region"], where, exactly=1)[0]
        items = matched(region, items_by, where)
    else:
        region = _nearest_holding([*outer, *headings])
        items = _of_headings(region, matched(region, items_by, where), headings)
    not_nested(items, items_by, where)
    require_shown(items, spec, where)
    level = {id(node): 1 for node in headings} | {id(node): 0 for node in outer}
    if any(id(item) in level for item in items):
        raise ConfigError(f"{where}: expected select and items to match different elements, both match {items_by!r}")
    is_item = set(map(id, items))
    groups: list[tuple[Group, list[Member]]] = []
    for node in (part for part in region.descendants if id(part) in level or id(part) in is_item):
        tag: Tag = node  # type: ignore[assignment]
        if id(tag) in level:
            groups.append((group_of(text_of(tag), spec, f"{tag.name} {len(groups) + 1}", where, level[id(tag)]), []))
        elif not groups:
            raise SourceChanged(f"{where}: expected every {items_by!r} under a heading, got {text_of(tag)[:80]!r} before the first")
        else:
            groups[-1][1].extend(_members_of(tag, spec, f"{groups[-1][0].label}, {tag.name} {len(groups[-1][1]) + 1}", where))
    return members_of_groups(groups, spec, where)


def _members_of(item: "Tag", spec: Page, at: str, where: str) -> list[Member]:
    """The member of an item, or the names of a text where the file says how these are parted."""
    if "separator" in spec.options or "lines" in spec.options:
        return members_in(text_for(item, spec), spec, at, where)
    return [member_of_item(item, spec, at, where)]


def _of_headings(region: "Tag", items: "list[Tag]", headings: "list[Tag]") -> "list[Tag]":
    """The items without those in a frame of the page or behind the nearest element that holds the last heading and items after it."""
    framed: set[int] = set()
    within_headings = {id(parent) for heading in headings for parent in heading.parents}
    for frame in region.find_all(["footer", "nav", "aside"]):
        framed |= set() if id(frame) in within_headings else set(map(id, frame.descendants))
    kept = [item for item in items if id(item) not in framed]
    place = {id(node): number for number, node in enumerate(region.descendants)}
    last = max(headings, key=lambda heading: place.get(id(heading), -1))
    after = {id(item) for item in kept if place[id(item)] > place.get(id(last), -1)}
    for container in last.parents:
        if container is region:
            break
        own = {id(node) for node in container.descendants} & after
        if own:
            return [item for item in kept if id(item) not in after or id(item) in own]
    return kept


def _nearest_holding(nodes: "list[Tag]") -> "Tag":
    """The nearest element that holds all nodes; for one node its parent."""
    chain = list(nodes[0].parents)
    place = {id(parent): number for number, parent in enumerate(chain)}
    nearest = max(next(place[id(parent)] for parent in node.parents if id(parent) in place) for node in nodes)
    return chain[nearest]
