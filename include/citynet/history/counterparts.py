"""Which body of one list is which body of another: by place, then by print, surest first, and only one for one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from citynet.history.resemblance import UNSURE, Printed, initials, strength

OtherNames = Callable[[Collection[str]], Mapping[str, Collection[str]]]
"""place_ids -> every normalised name of each."""

COMMON = 50
"""What more bodies of a list share tells none of them (saint, san)."""


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
    found = Counterparts(_bodies(old), _bodies(new))
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


def meeting(olds: Iterable[Body], news: Iterable[Body], *, both_matched: bool = True) -> Iterator[tuple[Body, Body]]:
    """The pairs that share an id, a name or a word, or (unless both are matched) are spelt alike; no others can be one.

    both_matched: whether pairs of bodies that are both matched are asked for.
    """
    index: dict[str, dict[int, Body]] = defaultdict(dict)
    blocks: dict[tuple[str, bool], _Block] = defaultdict(_Block)
    for new in news:
        for mark in _marks(new):
            index[mark][new.number] = new
        for row in new.rows:
            block = blocks[row.country, bool(row.place_id)]
            block.spellings.extend(row.spellings | {row.key})
            block.bodies.extend([new] * len(row.spellings | {row.key}))
    index = {mark: bodies for mark, bodies in index.items() if len(bodies) <= COMMON}
    for old in olds:
        met = {number: new for mark in _marks(old) for number, new in index.get(mark, {}).items()}
        for row in old.rows:
            for (country, matched), block in blocks.items():
                if not (matched and row.place_id) and (not country or not row.country or country == row.country):
                    met |= {new.number: new for new in block.like(row)}
        for number in sorted(met):
            if both_matched or not (old.first.place_id and met[number].first.place_id):
                yield old, met[number]


@dataclass(frozen=True, slots=True)
class _Block:
    """Spellings of one country on the new list, and their bodies at the same positions."""

    spellings: list[str] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)

    def like(self, row: Printed) -> Iterator[Body]:
        """The bodies of like spellings."""
        from rapidfuzz import fuzz, process

        for own in row.spellings | {row.key}:
            for _, _, at in process.extract(own, self.spellings, scorer=fuzz.ratio, score_cutoff=UNSURE, limit=None):
                yield self.bodies[at]


def _bodies(rows: Sequence[Printed]) -> dict[int, Body]:
    """The rows of a list by body: those matched to one place, or with the same words, sort and country."""
    groups: dict[tuple[object, ...], list[Printed]] = {}
    for row in rows:
        sort = "" if row.sort == "municipality" else row.sort[:4]
        alike = (tuple(sorted(row.words)) or row.written, sort, row.country)
        groups.setdefault((row.place_id,) if row.place_id else alike, []).append(row)
    return {number: Body(number, tuple(group)) for number, group in enumerate(groups.values())}


def _known(side: Mapping[int, Body]) -> set[str]:
    return {body.first.place_id for body in side.values()} - {""}


def _called(row: Printed, names: Mapping[str, Collection[str]]) -> Printed:
    """The row with all names of the place to which it was matched."""
    return replace(row, spellings=row.spellings | frozenset(names.get(row.place_id, ())))


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
        if sure := max(strength(a, b) for a in old.rows for b in new.rows):
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


def _marks(body: Body) -> set[str]:
    """What counterparts may share: ids (:), names, words, regions and all words together (/), initials (^)."""
    marks: set[str] = set()
    for row in body.rows:
        marks |= {f":{place_id}" for place_id in (row.place_id, row.municipality_id, *row.may_be) if place_id}
        marks |= {row.written} | row.forms | row.hinted | row.parts | row.words | row.spellings
        marks |= {f"/{words}" for words in (*row.regions, " ".join(sorted(row.words)))}
        marks |= {f"^{initials(row.name)}", f"^{row.name.strip()}"}
    return marks
