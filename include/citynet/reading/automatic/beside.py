"""The country that stands beside a name: in its row, on its card, in its object, or in a cell that reaches down to its row."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from citynet.reading.automatic.announced import heading_country
from citynet.reading.automatic.entries import Entry

if TYPE_CHECKING:
    from citynet.reading.auto import Known
    from citynet.reading.automatic.groups import Group
    from citynet.reading.automatic.leaves import Leaf

MEASURED = 0.7
"""Share of the names beside which something is measured from which all are places of measurements."""
LONGEST_MEASURE = 60
"""Characters of a text that may be one; a longer one tells of it in passing."""
_MEASURE = re.compile(
    r"\d\s*(?:°|%|€|£|zł|km/h|mm\b|µg|hPa|EUR\b)|[€£$]\s?\d|(?<![-:\dT])(?<!\d )\b(?:[01]?\d|2[0-3])(?::|\s?h\s?)[0-5]\d\b"
)
MOST = 0.5
"""Share of the names that must have a country beside them: with fewer the countries belong to something else on the page."""


def countries_beside(names: Sequence[Entry], countries: Sequence[Entry], known: "Known") -> dict[tuple[int, ...], Entry]:
    """Steps of a name -> the country that stands closest to it in the tree, where half of the names have one.

    countries: the page's texts that are only a country; the signature that serves most names is used. {} where half of
    the names have theirs printed with them or above them.
    """
    if sum(bool(e.said.country or heading_country(e.leaf.headings, known)) for e in names) >= MOST * len(names):
        return {}
    best: dict[tuple[int, ...], Entry] = {}
    reached = any(_is_reached(e.leaf) for e in names)
    by_signature: dict[str, list[Entry]] = {}
    for country in countries:
        by_signature.setdefault(country.leaf.signature, []).append(country)
    for _, own in sorted(by_signature.items()):
        if reached or len(own) >= MOST * len(names):
            found = _closest(names, own)
            found |= _reaching(names, own, found) if reached else {}
            best = found if len(found) > len(best) else best
    return best if len(best) >= MOST * len(names) else {}


def measured(group: "Group", texts: "Sequence[Leaf]") -> bool:
    """Whether measurements, prices or times stand beside most names: rows of a weather page, of offers or of a timetable."""
    names = {e.leaf.steps for e in group.names}
    beside: dict[tuple[int, ...], int] = dict.fromkeys(names, 0)
    last: tuple[int, ...] | None = None
    level = group.names[0].leaf.level
    for leaf in sorted((t for t in texts if (t.level == "data") == (level == "data")), key=lambda t: t.steps):
        last = leaf.steps if leaf.steps in names else last
        if last is not None and len(leaf.text) <= LONGEST_MEASURE and _MEASURE.search(leaf.text):
            beside[last] = 1
    return sum(beside.values()) >= MEASURED * len(names)


def _closest(names: Sequence[Entry], countries: Sequence[Entry]) -> dict[tuple[int, ...], Entry]:
    """Steps of a name -> the country next to it in the page's order; of two names around a country the one that shares more of its path."""
    found: dict[tuple[int, ...], Entry] = {}
    ordered = sorted([*names, *countries], key=lambda e: (e.leaf.steps, e.what))
    for n, entry in enumerate(ordered):
        if entry.what != "country":
            continue
        before = next((o for o in reversed(ordered[max(0, n - 3) : n]) if o.what == "name"), None)
        after = next((o for o in ordered[n + 1 : n + 4] if o.what == "name"), None)
        closest = max((o for o in (before, after) if o), key=lambda o: shared(o.leaf.steps, entry.leaf.steps), default=None)
        if closest is not None:
            found.setdefault(closest.leaf.steps, entry)
    return found


def shared(one: tuple[int, ...], two: tuple[int, ...]) -> int:
    """How many steps from the root two texts have in common."""
    return next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _is_reached(leaf: "Leaf") -> bool:
    """Whether a cell of a row above reaches down beside the text: its own cell stands further left in its row than in its column."""
    if leaf.level == "data" or "td@" not in leaf.shape:
        return False
    parts = leaf.shape.split(">")
    at = max(n for n, part in enumerate(parts) if part.startswith("td@"))
    column = parts[at][3:].partition(":")[0]
    return column.isdecimal() and leaf.steps[at] < int(column)


def _reaching(names: Sequence[Entry], countries: Sequence[Entry], found: Mapping[tuple[int, ...], Entry]) -> dict[tuple[int, ...], Entry]:
    """Steps of a name that a cell from above stands beside -> the last country above it."""
    more: dict[tuple[int, ...], Entry] = {}
    last: Entry | None = None
    for entry in sorted([*names, *countries], key=lambda e: (e.leaf.steps, e.what)):
        if entry.what == "country":
            last = entry
        elif last is not None and entry.leaf.steps not in found and _is_reached(entry.leaf):
            more[entry.leaf.steps] = last
    return more
