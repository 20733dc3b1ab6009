"""Which body of one list is which body of another: by place, then by print, surest first, and only one for one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from citynet.history.likeness import SHORTEST_STEM, UNSURE, initials
from citynet.history.other_bodies import regions_meant
from citynet.history.printed import Printed
from citynet.history.resemblance import DOUBT, strength

OtherNames = Callable[[Collection[str]], Mapping[str, Collection[str]]]
"""place_ids -> every normalised name of each."""

COMMON = 50
"""What more bodies of a list share tells none of them (saint, san)."""
AT_ONCE = 256
"""Names that are held against all of a block at once: 12 MB for a block of 12,000."""


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of one list that print one body; number: its place on the list."""

    number: int
    rows: tuple[Printed, ...]

    @property
    def first(self) -> Printed:
        """The row that is printed first."""
        return self.rows[0]


@dataclass(frozen=True, slots=True)
class Counterparts:
    """pairs: bodies on both lists; gone, come: by their number the bodies of the old and the new list that have no counterpart."""

    gone: dict[int, Body]
    come: dict[int, Body]
    pairs: list[tuple[Body, Body]] = field(default_factory=list)

    def pair(self, old: Body, new: Body) -> None:
        """Each is the other's counterpart."""
        self.pairs.append((self.gone.pop(old.number), self.come.pop(new.number)))


def counterparts(old: Sequence[Printed], new: Sequence[Printed], other_names: OtherNames) -> Counterparts:
    """The bodies of both lists, paired as far as that is sure.

    other_names is asked once, for the matched bodies that have no counterpart.
    """
    found = Counterparts(_bodies(_told_apart(old)), _bodies(_told_apart(new)))
    for key in (_place_of, _print_of):
        _pair_by(found, key)
    _pair_by_strength(found)
    if found.gone and found.come:
        names = other_names(_known(found.gone) | _known(found.come))
        for side in (found.gone, found.come):
            for body in list(side.values()):
                side[body.number] = Body(body.number, tuple(_called(row, names) for row in body.rows))
        _pair_by_strength(found)
    return found


def meeting(olds: Iterable[Body], news: Iterable[Body], *, both_matched: bool = True, faintly: bool = False) -> Iterator[tuple[Body, Body]]:
    """The pairs that share an id, a name or a word, or (unless both are matched) are spelt alike; no others can be one.

    both_matched: whether pairs of bodies that are both matched are asked for; faintly: those too that share a stem or a word of another
    name of their place.
    """
    olds, news = list(olds), list(news)
    if not (olds and news):
        return
    index: dict[str, dict[int, Body]] = defaultdict(dict)
    for new in news:
        for mark in _marks(new, faint=faintly):
            index[mark][new.number] = new
    index = {mark: bodies for mark, bodies in index.items() if len(bodies) <= COMMON}
    alike = _spelt_alike(olds, news)
    for old in olds:
        met = alike.get(old.number, {})
        for mark in _marks(old, faint=faintly):
            met.update(index.get(mark, {}))
        for number in sorted(met):
            if both_matched or not (old.first.place_id and met[number].first.place_id):
                yield old, met[number]


def _spelt_alike(olds: Iterable[Body], news: Iterable[Body]) -> dict[int, dict[int, Body]]:
    """By the number of an old body the new ones of like spelling, by theirs; a block of names of one country against another."""
    from rapidfuzz import fuzz, process

    met: dict[int, dict[int, Body]] = defaultdict(dict)
    blocks, others = _blocks(olds), _blocks(news)
    for (country, matched), (other_country, other_matched) in product(blocks, others):
        if (matched and other_matched) or (country and other_country and country != other_country):
            continue
        block, other = blocks[country, matched], others[other_country, other_matched]
        spellings, choices = list(block), list(other)
        for start in range(0, len(spellings), AT_ONCE):
            names = spellings[start : start + AT_ONCE]
            scores = process.cdist(names, choices, scorer=fuzz.ratio, score_cutoff=UNSURE)
            for row, column in zip(*(found.tolist() for found in scores.nonzero()), strict=True):
                new = other[choices[column]]
                for number in block[names[row]]:
                    met[number].update(new)
    return met


def _blocks(bodies: Iterable[Body]) -> dict[tuple[str, bool], dict[str, dict[int, Body]]]:
    """The bodies by country and whether they are matched, then by spelling, then by number."""
    blocks: dict[tuple[str, bool], dict[str, dict[int, Body]]] = defaultdict(lambda: defaultdict(dict))
    for body in bodies:
        for row in body.rows:
            for spelling in row.spellings | {row.key}:
                blocks[row.country, bool(row.place_id)][spelling][body.number] = body
    return blocks


def _bodies(rows: Iterable[Printed]) -> dict[int, Body]:
    """The rows of a list by body: those matched to one place, or with the same words, sort and country."""
    groups: dict[tuple[object, ...], list[Printed]] = {}
    for row in rows:
        sort = tuple(sorted(row.kinds)) if row.kinds else "" if row.sort == "municipality" else row.sort[:4]
        alike = (tuple(sorted(row.words)) or row.written, tuple(sorted(row.beside)), sort, row.country)
        groups.setdefault((row.place_id,) if row.place_id else alike, []).append(row)
    return {number: Body(number, tuple(group)) for number, group in enumerate(groups.values())}


def _told_apart(rows: Sequence[Printed]) -> Iterator[Printed]:
    """The rows, those with a hint with what their list prints without it for a body that is not matched to the same place."""
    hinted = {name for row in rows if row.place_id for name in row.hinted - row.forms}
    bare: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for form in row.forms & hinted:
            bare[form].add(row.place_id)
    for row in rows:
        alone = (
            frozenset(name for name in row.hinted - row.forms if bare.get(name, {row.place_id}) != {row.place_id}) if row.place_id else ()
        )
        yield replace(row, alone=alone) if alone else row


def _known(side: Mapping[int, Body]) -> set[str]:
    return {body.first.place_id for body in side.values()} - {""}


def _called(row: Printed, names: Mapping[str, Collection[str]]) -> Printed:
    """The row with all names of the place to which it was matched."""
    known = frozenset(names.get(row.place_id, ())) - row.spellings
    return replace(row, spellings=row.spellings | known) if known else row


def _place_of(row: Printed) -> str:
    return row.place_id


def _print_of(row: Printed) -> str:
    return "" if row.place_id else f"{row.written}\t{row.country}"


def _pair_by(found: Counterparts, key: Callable[[Printed], str]) -> None:
    """Pairs the bodies with the same key ("" is none)."""
    come = {name: body for body in found.come.values() for row in body.rows if (name := key(row))}
    for old in list(found.gone.values()):
        new = next((come[name] for row in old.rows if (name := key(row)) in come), None)
        if new is not None and new.number in found.come:
            found.pair(old, new)


def _pair_by_strength(found: Counterparts) -> None:
    edges: dict[int, list[tuple[Body, Body]]] = defaultdict(list)
    for old, new in meeting(found.gone.values(), found.come.values(), both_matched=False):
        sure = max(strength(a, b) for a in old.rows for b in new.rows)
        if sure > DOUBT:
            edges[sure].append((old, new))
    for _, pairs in sorted(edges.items(), reverse=True):
        _pair_only(found, pairs)


def _pair_only(found: Counterparts, pairs: Iterable[tuple[Body, Body]]) -> None:
    """Pairs those still without a counterpart that have each only the other."""
    still = [(old, new) for old, new in pairs if old.number in found.gone and new.number in found.come]
    olds, news = Counter(old.number for old, _ in still), Counter(new.number for _, new in still)
    for old, new in still:
        if olds[old.number] == news[new.number] == 1:
            found.pair(old, new)


def _marks(body: Body, *, faint: bool) -> set[str]:
    """What counterparts may share: ids (:), names, words, regions and all words together (/), stems (~), initials (^)."""
    marks: set[str] = set()
    for row in body.rows:
        marks |= {f":{place_id}" for place_id in (row.place_id, row.municipality_id, *row.may_be, *row.could_be) if place_id}
        marks |= {row.written} | row.forms | row.hinted | row.parts | row.listed | row.words | row.spellings
        marks |= {f"={region}" for region in regions_meant(row) | row.regions_within} | row.bracketed
        marks |= row.areas | row.sections | {section.partition("/")[0] for section in row.sections}
        marks |= {f"/{words}" for words in (*row.regions, " ".join(sorted(row.words)))}
        if faint:
            marks |= {word for spelling in row.spellings for word in spelling.split() if len(word) >= SHORTEST_STEM}
            marks |= {f"~{row.country}{word[:SHORTEST_STEM]}" for word in row.words if row.kinds or not row.place_id}
        marks |= {f"^{initials(row.name)}", f"^{row.name.strip()}"}
    return marks
