"""Which groups of a page are its list of members: the best one, those that carry on with it, without copies."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from citynet.reading.automatic.announced import heading_country, telling
from citynet.reading.automatic.beside import shared
from citynet.reading.automatic.cues import cue
from citynet.reading.automatic.entries import Entry
from citynet.reading.automatic.groups import Cell, Group, stands_among_others

if TYPE_CHECKING:
    from citynet.reading.auto import Known

FEWEST_BETWEEN = 4
"""Texts that stand between names before it is no chance."""
LINES_ALIKE = 0.85
"""Share of the names among further lines, to that among the first, from which columns of names go on in them."""
COPY_SHARE = 0.9
"""A part of a list of which so much stands in the other parts is a copy of them (newest members, a second view)."""


def chosen(groups: Sequence[Group], known: "Known") -> Group | None:
    """The best group together with those that carry it on; None where there is none."""
    if not groups:
        return None
    best = groups[0]
    cells = list(best.cells)
    taken = {e.leaf.steps for cell in cells for e in cell.entries}
    names = Counter(e.said.name for cell in cells for e in cell.names)
    for whole in groups[1:]:
        other = _under_the_same(best, whole)
        other = other if _is_alike(best, other) else _announced_part(best, other, known)
        if not other.cells or not _carries_on(best, other) or any(_overlaps(e.leaf.steps, taken) for e in other.names):
            continue
        if sum(names[e.said.name] > 0 for e in other.names) > 0.5 * len(other.names):
            continue
        cells += other.cells
        taken |= {e.leaf.steps for e in other.names}
        names.update(e.said.name for e in other.names)
    return replace(best, cells=tuple(without_copies(cells, known)))


def _under_the_same(best: Group, other: Group) -> Group:
    """The part of a group under the headings of the best, where it has one: a column of a table without the page's menu in it."""
    heads = {cell.headings for cell in best.cells}
    same = tuple(cell for cell in other.cells if cell.headings in heads)
    return replace(other, cells=same) if same and "@" in other.names[0].leaf.shape else other


def _nearest(cell: Cell, known: "Known") -> str:
    """The nearest heading that says what it heads: one above it heads more, and announces nothing of this part alone."""
    return next((heading.text for heading in telling(cell.headings, known)), "")


def _announced_part(best: Group, other: Group, known: "Known") -> Group:
    """The parts of a group under headings of members other than those of the best ("Observers"); all of it where all stands under one.

    What else stands under the heading of the best must read as well as a list of its own.
    """
    taken = {_nearest(cell, known) for cell in best.cells}
    told = [(cell, _nearest(cell, known)) for cell in other.cells]
    own = tuple(cell for cell, text in told if cue(text) == 2 and text not in taken)
    if own:
        return replace(other, cells=own)
    return other if other.share >= 0.75 * best.share and all(cue(text) == 2 for _, text in told) else replace(other, cells=())


def _is_alike(best: Group, other: Group) -> bool:
    """Whether two groups stand in the same structure but for columns and classes."""
    return _without_columns(best.names[0].leaf.shape) == _without_columns(other.names[0].leaf.shape)


def _carries_on(best: Group, other: Group) -> bool:
    """Whether a group is more of the same list: other columns or parts of one shape, or another part under a heading of members."""
    if (
        not other.names
        or other.share < 0.5 * best.share
        or stands_among_others(other.names[0].leaf)
        or other.names[0].leaf.zone != best.names[0].leaf.zone
    ):
        return False
    one, two = best.names[0].leaf, other.names[0].leaf
    if one.level != two.level and {one.level, two.level} & {"data", "attribute"}:
        return False  # what is shown is not carried on in a script or by logos
    if one.level == two.level == "line" and other.share < LINES_ALIKE * best.share:
        return False  # other lines of the same entries: streets
    if _is_alike(best, other):
        same = "@" in one.shape and {cell.headings for cell in best.cells} == {cell.headings for cell in other.cells}
        return other.share > (0.6 if same else 0.75) * best.share and (one.label == two.label or not (one.label and two.label))
    return max(cell.cue for cell in best.cells) == 2 and len(other.names) >= 2 and not _stands_between(best, other)


def _stands_between(best: Group, other: Group) -> bool:
    """Whether the texts of a group stand in the entries of the best, each beside a name: streets or telephones, and no part of the list."""
    names = sorted(e.leaf.steps for e in best.names)
    inside = 0
    for steps in (e.leaf.steps for e in other.names):
        at = bisect(names, steps)
        if 0 < at < len(names):
            inside += shared(names[at - 1], steps) > shared(names[at - 1], names[at])
    return len(other.names) >= FEWEST_BETWEEN and inside > 0.5 * len(other.names)


def _without_columns(shape: str) -> str:
    return ">".join(part.partition("@")[0] for part in shape.split(">"))


def _overlaps(steps: tuple[int, ...], taken: set[tuple[int, ...]]) -> bool:
    """Whether a text is one of those taken, or within one, or around one."""
    return any(steps[:length] in taken for length in range(1, len(steps) + 1)) or any(other[: len(steps)] == steps for other in taken)


def without_copies(cells: Sequence[Cell], known: "Known") -> list[Cell]:
    """The cells without those that repeat others, and each without a ticker's second round."""
    cells = [_one_round(cell) for cell in cells]
    order = sorted(range(len(cells)), key=lambda n: (-len(cells[n].names), n))
    kept: list[int] = []
    told: set[tuple[str, str]] = set()
    for n in order:
        headed = heading_country(cells[n].headings, known)
        names = [_told(e, headed) for e in cells[n].names]
        again = sum(name in told for name in names)
        if (len(names) > 1 and again >= COPY_SHARE * len(names)) or (len(names) == 1 and again and len(cells) < 4):
            continue
        kept.append(n)
        told.update(names)
    return [cells[n] for n in sorted(kept)]


def _told(entry: Entry, headed: str) -> tuple[str, str]:
    return entry.said.name, headed


def _one_round(cell: Cell) -> Cell:
    """The cell's names once where they come round again; a name that is printed twice among many others stays twice."""
    names = [(e.said.name, e.said.country) for e in cell.names]
    times = Counter(names)
    copies = len(names) - len(times)
    if copies == 0 or copies < 0.12 * len(names) or (len(names) < 6 and copies < 2):
        return cell
    seen: set[tuple[str, str]] = set()
    kept = []
    for entry in cell.entries:
        key = (entry.said.name, entry.said.country)
        if entry.what == "name" and key in seen:
            continue
        seen.add(key)
        kept.append(entry)
    return replace(cell, entries=tuple(kept))


def with_countries(group: Group, beside: Mapping[tuple[int, ...], Entry], known: "Known") -> Group:
    """The group with the country of each name: printed with it, beside it in its row or card, or as a heading above it."""
    cells = []
    for cell in group.cells:
        headed = heading_country(cell.headings, known)
        found = tuple(
            replace(e, said=replace(e.said, country=_country(e, beside, headed))) if e.what == "name" else e for e in cell.entries
        )
        cells.append(replace(cell, entries=found))
    return replace(group, cells=tuple(cells))


def _country(entry: Entry, beside: Mapping[tuple[int, ...], Entry], headed: str) -> str:
    other = beside.get(entry.leaf.steps)
    return entry.said.country or (other.said.country if other else "") or headed


def title_cue(title: str, heading: str) -> int:
    """What the page says it is: by its first heading as in cues.cue, by its title only where that speaks of members or of something else.

    A title names the network too, and "Network of Open Cities" announces no list.
    """
    first = cue(heading)
    if not heading:
        return max((cue(part) for part in re.split(r"\s+[|–—·»-]\s+", title)[:1]), default=0)
    said = [cue(part) for part in re.split(r"\s+[|–—·»-]\s+", title)]
    if first == 2 or (2 in said and first >= 0):
        return 2
    return first or (-1 if said and said[0] < 0 else 0)
