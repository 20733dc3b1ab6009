"""Texts of one shape weighed together: how many are names, what heads them, and where they stand."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from citynet.reading.automatic.announced import heading_country, heading_cue, telling
from citynet.reading.automatic.country_lines import settled
from citynet.reading.automatic.cues import bare, cue, is_part
from citynet.reading.automatic.entries import Entry, by_headings, read
from citynet.reading.automatic.headings import LOOKS, Heading
from citynet.reading.automatic.leaves import Leaf
from citynet.reading.automatic.standing import by_standing

if TYPE_CHECKING:
    from citynet.reading.auto import Known

# The weights were set by hand on the pages of benchmarks/reading_pages/dev; docs/methodology.md gives what they reach on pages of
# families that they were not set on.
ZONES = {"": 1.0, "header": 0.25, "aside": 0.35, "nav": 0.12, "footer": 0.15, "dialog": 0.2}
"""What a group is worth by where it stands: members are seldom listed in a navigation."""
CUES = {2: 1.5, 1: 1.15, 0: 1.0, -1: 0.2}
"""What it is worth by what heads it (see cues.cue)."""
LEVELS = {"block": 1.06, "line": 1.04, "own": 1.03, "segment": 1.0, "inline": 1.0, "attribute": 0.6, "data": 0.9}
"""A whole line that reads well is better than a part of it, a text that is shown better than one of an attribute or script."""
LEAST_SHARE = 0.4
"""Mean credit below which three or more texts under one heading are no part of a list."""
LEAST_DISTINCT = 0.34
"""Share of different names below which a group is a label come round again; a ticker shows its names twice, seldom three times."""
LIKE_LINES = 0.8
"""Share of the elements of one signature that must have equally many lines for these to be columns."""
LABEL = 0.1
"""Share of different names below which a group is the label of a link on every card."""
MOSTLY = 0.6
"""Share of the names under headings of members from which parts under headings of their own are no members."""
_OTHER_CLASS = re.compile(
    r"_(?:office|news|event|related|teaser|sponsor|board|staff|team|job|tag|tags|tagcloud|lang|language|social|breadcrumb|logo_wall|author|meta|date"
    r"|ticker_news|sitemap|city_guide|address|contact|testimonial|quote|partner_logo|excerpt|blog|weather|story|storie)s?_"
)
"""Class names of what is no list of members."""
_MEMBER_CLASS = re.compile(r"_(?:members?\w*|mitglied\w*|membres?|miembros?|membri|signator\w*|cit(?:y|ies)|towns?|municipalit\w*)_")
"""Class names of one."""
_NAME_LABEL = re.compile(
    r"_(?:name|title|titel|city|cities|town|stadt|kommune|ville|ciudad|citta|comune|municip\w*|miasto|gmina|member\w*|mitglied\w*|membre|miembro|membro"
    r"|signator\w*|local_authority|gemeinde|collectivite|nom|nombre|nome|nazwa|body)_"
)
"""Headers of the column, and keys of the data, that hold names of members."""
_OTHER_LABEL = re.compile(
    r"_(?:region|province|provinz|provincia|land|county|state|capital|seat|mayor|contact|lead|office|hauptstadt|bundesland|address|region_name|venue)_"
)
"""Those that hold other places beside a member."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The entries of a group under the same headings. cue: as in cues.cue, of the nearest heading that says anything."""

    headings: tuple[Heading, ...]
    entries: tuple[Entry, ...]
    cue: int

    @property
    def names(self) -> tuple[Entry, ...]:
        """The entries that may be members."""
        return tuple(e for e in self.entries if e.what == "name")

    @property
    def share(self) -> float:
        """Mean credit of the names; prose beside them counts as none."""
        return _share(self.entries)


@dataclass(frozen=True, slots=True)
class Group:
    """Texts of one signature or shape. cells: the ones that may hold members; score: what all of it is worth."""

    key: str
    cells: tuple[Cell, ...]
    score: float = 0.0

    @property
    def names(self) -> tuple[Entry, ...]:
        """All names, in the page's order."""
        return tuple(sorted((e for cell in self.cells for e in cell.names), key=lambda e: e.leaf.steps))

    @property
    def share(self) -> float:
        """As of a cell."""
        return _share([e for cell in self.cells for e in cell.entries])


def _share(entries: Sequence[Entry]) -> float:
    read = [e.credit for e in entries if e.what in ("name", "prose")]
    return sum(read) / len(read) if read else 0.0


def grouped(leaves: Iterable[Leaf], known: "Known", page: int = 0) -> list[Group]:
    """Every group of texts that may be a list, best first. A text stands in the group of its signature and in that of its shape.

    page: what the page says it is (see cues.cue), which holds for the data in it too, though no heading stands above them.
    """
    texts = tuple(leaves)
    countries = only_countries(texts, known)
    by_key: dict[str, list[Leaf]] = defaultdict(list)
    entries = _of_like_lines(texts, known)
    for leaf in texts:
        if leaf.level == "line" and leaf.signature in entries:
            by_key[f"{leaf.signature} {leaf.zone} line {leaf.steps[-1]}"].append(leaf)
            continue
        by_key[f"{leaf.signature} {leaf.zone}"].append(leaf)
        by_key[f"{leaf.shape} {leaf.zone} any"].append(leaf)
    seen: set[tuple[tuple[int, ...], ...]] = set()
    found = []
    for key, alike in sorted(by_key.items()):
        steps = tuple(leaf.steps for leaf in alike)
        if len(alike) >= 2 and steps not in seen:
            seen.add(steps)
            group = weighed(key, alike, countries, known, page)
            if group.score > 0:
                found.append(group)
    return sorted(found, key=lambda g: (-g.score, g.key))


def _of_like_lines(texts: Iterable[Leaf], known: "Known") -> set[str]:
    """The signatures of elements that mostly have equally many lines: entries of which each line says something else (name, street).

    Not those that mostly begin with a country, which heads the names after it.
    """
    counts: dict[str, Counter[tuple[int, ...]]] = defaultdict(Counter)
    headed: Counter[str] = Counter()
    for leaf in texts:
        if leaf.level == "line":
            counts[leaf.signature][leaf.steps[:-1]] += 1
            headed[leaf.signature] += leaf.steps[-1] == 1 and bool(heading_country((Heading(leaf.text, LOOKS),), known))
    return {
        key
        for key, lines in counts.items()
        if len(lines) >= 3 and Counter(lines.values()).most_common(1)[0][1] >= LIKE_LINES * len(lines) and 2 * headed[key] < len(lines)
    }


def only_countries(texts: Iterable[Leaf], known: "Known") -> list[Entry]:
    """The texts of a page that are only a country."""
    return [entry for entry in read([leaf for leaf in texts if known.country_of(leaf.text)], known) if entry.what == "country"]


def weighed(key: str, texts: Sequence[Leaf], countries: Sequence[Entry], known: "Known", page: int) -> Group:
    """The group of these texts: read, parted by what heads them, parts without members left out, and weighed.

    countries: the page's texts that are only a country; page: as in `grouped`.
    """
    texts = _without_themselves(texts, known)
    entries = by_standing(settled(read(texts, known), known), countries, known, page if texts[0].level == "data" else 0)
    cells = [Cell(heads, tuple(inside), heading_cue(heads, known)) for heads, inside in by_headings(entries).items()]
    kept = [c for c in cells if c.cue >= 0 and c.names and (c.share >= LEAST_SHARE or len(c.names) < 3)]
    kept = _under_their_own(kept, known)
    whole = sum(len(c.names) for c in kept if not _is_headed_as_part(c, known))
    kept = [c for c in kept if not (_is_headed_as_part(c, known) and whole >= 2 * len(c.names))]
    group = Group(key, tuple(kept))
    if len(group.names) < 2:
        return group
    worth = sum(e.credit for e in group.names) * group.share**2 * max(CUES[c.cue] for c in kept)
    worth *= _by_place(group.names) * _by_kind(group.names) * _by_repetition(group.names)
    if all(_is_headed_as_part(cell, known) for cell in kept):
        worth *= 0.5
    if sum(e.what == "extra" for e in entries) > 2 * len(group.names):
        worth *= 0.5
    return replace(group, score=worth)


def _under_their_own(cells: list[Cell], known: "Known") -> list[Cell]:
    """The parts under headings of members, where most names stand so: without one that another heading parts from them."""
    told = [(cell, next(iter(telling(cell.headings, known)), None)) for cell in cells]
    own = [cell for cell, nearest in told if nearest is not None and cue(nearest.text) == 2]
    if sum(len(cell.names) for cell in own) < MOSTLY * sum(len(cell.names) for cell in cells):
        return cells
    return [cell for cell, nearest in told if nearest is None or nearest.level >= LOOKS or cue(nearest.text) > 0]


def _without_themselves(texts: Sequence[Leaf], known: "Known") -> Sequence[Leaf]:
    """The texts without headings that only look like one and are texts of the same group: a name in capitals heads no other names."""
    own = {leaf.text for leaf in texts if leaf.text.isupper() and not known.country_of(leaf.text)}
    if not own:
        return texts
    return [
        replace(leaf, headings=tuple(h for h in leaf.headings if h.level != LOOKS or h.text not in own)) if leaf.headings else leaf
        for leaf in texts
    ]


def _is_headed_as_part(cell: Cell, known: "Known") -> bool:
    """Whether its nearest heading announces only some of the members (new ones, those on a map)."""
    nearest = next(iter(telling(cell.headings, known)), None)
    return nearest is not None and is_part(nearest.text)


def _by_place(names: Sequence[Entry]) -> float:
    """What names are worth by their zone, the last four elements that hold them, and their column or key."""
    leaf = names[0].leaf
    label = bare(leaf.label)
    worth = ZONES[leaf.zone]
    worth *= 0.5 if stands_among_others(leaf) else 1.25 if _MEMBER_CLASS.search(_classes(leaf)) else 1.0
    return worth * (1.3 if _NAME_LABEL.search(label) else 0.4 if _OTHER_LABEL.search(label) else 1.0)


def stands_among_others(leaf: Leaf) -> bool:
    """Whether the elements that hold a text are of a class of what is no list of members: news, offices, testimonials."""
    return bool(_OTHER_CLASS.search(_classes(leaf)))


def _classes(leaf: Leaf) -> str:
    return bare(" ".join(re.split(r"[>\[\]]", leaf.signature)[-4:]))


def _by_kind(names: Sequence[Entry]) -> float:
    """What names are worth by the kind of their text, more where a country was read off most of them."""
    with_country = sum(bool(e.said.country) for e in names) / len(names)
    return LEVELS[names[0].leaf.level] * (1.05 if with_country > 0.5 else 1.0)


def _by_repetition(names: Sequence[Entry]) -> float:
    """Nothing where four to eight names are one or two come round again, or many are one ("Read more"), little where more are."""
    distinct = len({e.said.name for e in names}) / len(names)
    if distinct >= LEAST_DISTINCT or len(names) <= 3:
        return 1.0
    return 0.3 if len(names) > 8 and distinct >= LABEL else 0.0
