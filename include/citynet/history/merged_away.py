"""Municipalities on one of two lists that are no more, and the municipality that each is a part of since, on the other list."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from citynet.history.counterparts import Body, Counterparts
from citynet.history.printed import Printed


@dataclass(frozen=True, slots=True)
class MergedAway:
    """A municipality that is a part of another one today; keys, heir_keys: normalised names, ids "" where unknown."""

    country: str
    keys: tuple[str, ...]
    place_id: str
    heir_keys: tuple[str, ...]
    heir_id: str


@dataclass(frozen=True, slots=True)
class Merger:
    """Two bodies of the two lists. heir_id: the place that the heir is, whether or not its row alone would tell; heir_is_new: the heir
    is on the newer list, else that one prints the former name again."""

    former: Body
    heir: Body
    heir_id: str
    heir_is_new: bool


Known = Callable[[], Sequence[MergedAway]]
"""All that are known; asked only where a body is on one list alone."""


@dataclass(frozen=True, slots=True)
class Index:
    """The bodies of one side: by the place they are matched to, by a place they may be, and by normalised name."""

    by_place: Mapping[str, Body]
    may_be: Mapping[str, Sequence[Body]]
    by_name: Mapping[str, Sequence[Body]]


def mergers(found: Counterparts, known: Known) -> Iterator[Merger]:
    """Bodies of the two lists of which one was merged into the other.

    One that is gone while the municipality it is a part of is on the new list was merged: surely where its name is that of no other
    place; where it is (Os, which is also the name of a municipality that lives on), only if that municipality is new on the list. The
    other way round, a list that prints former names again, only if the municipality stood on the old list alone: there is no date
    before which a former name cannot have joined.
    """
    if not (found.gone or found.come):
        return
    lines = _by_name(known())
    after = [pair[1] for pair in found.pairs]
    gone, come = _index(found.gone.values()), _index(found.come.values())
    yield from _links(lines, gone, come, _index(after), heir_is_new=True)
    yield from _links(lines, come, gone, _index(()), heir_is_new=False)


def _links(
    lines: Mapping[tuple[str, str], Sequence[MergedAway]], former: Index, alone: Index, kept: Index, *, heir_is_new: bool
) -> Iterator[Merger]:
    """former: where former municipalities may stand; alone, kept: where their heirs may, on that list alone or on both."""
    told: set[int] = set()
    for line in dict.fromkeys(line for several in lines.values() for line in several):
        only = all(len(lines[key, line.country]) == 1 for key in line.keys)
        for body in _bodies(line.place_id, line.keys, line.country, former, namesakes=True):
            heirs = _bodies(line.heir_id, line.heir_keys, line.country, alone)
            if _is_surely(body.first, line, only=only):
                heirs = heirs or _bodies(line.heir_id, line.heir_keys, line.country, kept)
            if len(heirs) == 1 and body.number not in told and heirs[0] is not body:
                told.add(body.number)
                yield Merger(body, heirs[0], heirs[0].first.place_id or line.heir_id, heir_is_new)


def _is_surely(row: Printed, line: MergedAway, *, only: bool) -> bool:
    """Whether a row with the name of a former municipality can be no other place: it is matched to it or to a part of its heir, or is
    matched to nothing and no other former municipality bears the name."""
    if row.place_id:
        return row.place_id == line.place_id or (bool(line.heir_id) and row.municipality_id == line.heir_id)
    return only and not row.may_be and row.country == line.country


def _bodies(place_id: str, keys: Sequence[str], country: str, there: Index, *, namesakes: bool = False) -> list[Body]:
    """The bodies matched to the place, else those that may be it, else those of its name in its country that are matched to nothing
    (namesakes: or to another place)."""
    if place_id in there.by_place:
        return [there.by_place[place_id]]
    if place_id in there.may_be:
        return list(there.may_be[place_id])
    named = {body.number: body for key in keys for body in there.by_name.get(key, ())}
    return [
        body
        for body in named.values()
        if body.first.country in ("", country) and (namesakes or not (body.first.place_id or body.first.may_be))
    ]


def _index(bodies: Iterable[Body]) -> Index:
    """Of the bodies those that may be municipalities: a section of a city or a county is none, though one be called like it."""
    by_place: dict[str, Body] = {}
    may_be: dict[str, list[Body]] = defaultdict(list)
    by_name: dict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        row = body.first
        if row.kinds or row.sort not in ("", "municipality"):
            continue
        if row.place_id:
            by_place[row.place_id] = body
        for place_id in row.may_be:
            may_be[place_id].append(body)
        for key in {row.key, *row.forms}:
            by_name[key].append(body)
    return Index(by_place, may_be, by_name)


def _by_name(known: Sequence[MergedAway]) -> dict[tuple[str, str], list[MergedAway]]:
    """(normalised name, country) -> the former municipalities that bore it."""
    lines: dict[tuple[str, str], list[MergedAway]] = defaultdict(list)
    for line in known:
        for key in line.keys:
            lines[key, line.country].append(line)
    return lines
