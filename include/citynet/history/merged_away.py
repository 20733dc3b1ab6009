"""Bodies on one of two lists that are no more, and on the other list those that took over: merged municipalities, reformed counties."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.history.counterparts import Body, Counterparts
from citynet.history.printed import REGION_BY_NAME, Printed

MUNICIPALITY, REGION, UNITARY = "municipality", "region", "unitary"
"""Kinds of body: a municipality or district, a region or county, and a council that has the tasks of both."""
_REGIONAL = frozenset(("state", "between", "county", "grouping"))
_RURAL = frozenset(("rural",))
_MUNICIPAL = frozenset(("", "municipality", "rural", "district", "borough"))
"""Sorts of rows that may be a municipality; so may one whose sort is a word of its own name (Blyth Valley)."""


@dataclass(frozen=True, slots=True)
class MergedAway:
    """A body that is no more and one that took over from it; keys, heir_keys: normalised names, ids "" where unknown.

    Of a reform that is known as a whole: of: the body, of which several lines are where it was split; since: when, by which its heirs'
    own heirs are followed; heir_regions: ids of the region that took over, which lists print in many languages.
    """

    country: str
    keys: tuple[str, ...]
    place_id: str
    heir_keys: tuple[str, ...]
    heir_id: str
    kind: str = MUNICIPALITY
    heir_kind: str = MUNICIPALITY
    of: str = ""
    since: str = ""
    heir_regions: frozenset[str] = frozenset()


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
    """The bodies of one side: by the place they are matched to, by a place they may be, by normalised name and by region."""

    by_place: Mapping[str, Body]
    may_be: Mapping[str, Sequence[Body]]
    by_name: Mapping[str, Sequence[Body]]
    by_region: Mapping[str, Sequence[Body]]


def mergers(found: Counterparts, known: Known) -> Iterator[Merger]:
    """Bodies of the two lists of which one took over from the other.

    One that is gone while its heir is on the new list was merged or split: surely where its name is that of no other place; where it is
    (Os, which is also the name of a municipality that lives on), only if the heir is new on the list. The other way round, a list that
    prints former names again, only if the heir stood on the old list alone: there is no date before which a former name cannot have
    joined. Of a body that was split every heir on the new list is told.
    """
    if not (found.gone or found.come):
        return
    lines = _by_name(with_later_heirs(known()))
    after = [pair[1] for pair in found.pairs]
    gone, come = _index(found.gone.values(), lines), _index(found.come.values(), lines)
    merged = list(_links(lines, gone, come, _index(after, lines), heir_is_new=True))
    yield from merged
    told = {(merger.former.number, merger.heir.number) for merger in merged}
    again = _links(lines, come, gone, _index((), lines), heir_is_new=False)
    yield from (merger for merger in again if (merger.heir.number, merger.former.number) not in told)


def with_later_heirs(known: Sequence[MergedAway]) -> list[MergedAway]:
    """The lines, and for an heir that was merged itself later one more to its own heir.

    Not for an heir that was split: of its parts nobody can tell which holds the body (Akershus, a part of Viken, is in no other).
    """
    heirs: dict[tuple[str, str], dict[str, list[MergedAway]]] = defaultdict(lambda: defaultdict(list))
    for line in known:
        for key in line.keys if line.since else ():
            heirs[line.country, key][line.of].append(line)
    found = list(known)
    for line in found:
        if not line.since:
            continue
        later = {of: lines for key in line.heir_keys for of, lines in heirs.get((line.country, key), {}).items()}
        for lines in later.values():
            last = lines[0]
            if len(lines) == 1 and last.since > line.since and {line.heir_kind, last.kind} != {MUNICIPALITY, REGION}:
                found.append(replace(line, heir_keys=last.heir_keys, heir_kind=last.heir_kind, since=last.since))
    return found


def _links(
    lines: Mapping[tuple[str, str], Sequence[MergedAway]], former: Index, alone: Index, kept: Index, *, heir_is_new: bool
) -> Iterator[Merger]:
    """former: where former bodies may stand; alone, kept: where their heirs may, on that list alone or on both."""
    told: dict[int, str] = {}
    countries: dict[str, set[str]] = defaultdict(set)
    for key, country in lines:
        countries[key].add(country)
    for line in dict.fromkeys(line for several in lines.values() for line in several):
        only = all(_is_of_one(lines[key, line.country]) for key in line.keys)
        anywhere = all(countries[key] == {line.country} for key in line.keys)
        for body in _formers(line, former):
            heirs = _heirs(line, alone)
            at_home = body.first.country == line.country or (anywhere and not body.first.country)
            if _is_surely(body.first, line, only=only and at_home):
                heirs = heirs or [heir for heir in _heirs(line, kept) if not _still_the_county(line, heir.first)]
            # One line a body, and of a reform all lines on the same one.
            if len(heirs) == 1 and heirs[0] is not body and (body.number not in told or (line.of and told[body.number] == line.of)):
                told[body.number] = line.of
                yield Merger(body, heirs[0], heirs[0].first.place_id or line.heir_id, heir_is_new)


def _is_of_one(lines: Sequence[MergedAway]) -> bool:
    """Whether the lines of a name are on one body; a reform's body comes before a municipality that was once called like it."""
    reforms = {line.of for line in lines if line.of}
    return len(reforms) == 1 or len(lines) == 1


def _is_surely(row: Printed, line: MergedAway, *, only: bool) -> bool:
    """Whether a row with the name of a former body can be no other: it is matched to that place or to a part of its heir, or is matched to
    nothing and no other former body bears the name (only). A reform that is known as a whole leaves no namesake on its ground."""
    if f"s:{line.place_id}" in row.areas:
        return True
    if row.place_id and not line.of:
        return row.place_id == line.place_id or (bool(line.heir_id) and row.municipality_id == line.heir_id)
    return only and (bool(line.of) or not row.may_be)


def _still_the_county(line: MergedAway, row: Printed) -> bool:
    """Whether a row prints the county council of which a council with the tasks of both took the place: the list may be older than that.

    Not where that one is still called so (Durham County Council).
    """
    said = line.heir_kind == UNITARY and "county" in row.kinds and row.sort != REGION_BY_NAME
    return said and row.key not in line.heir_keys


def _formers(line: MergedAway, there: Index) -> list[Body]:
    return _by_id(line.place_id, there) or [body for body in _named(line.keys, line, there) if _is_a(line.kind, body.first, line)]


def _heirs(line: MergedAway, there: Index) -> list[Body]:
    """The heirs by id, else by name and kind, where no reform tells that none is a namesake those that are matched to nothing."""
    if found := _by_id(line.heir_id, there):
        return found
    named = {body.number: body for body in _named(line.heir_keys, line, there) if _is_a(line.heir_kind, body.first, line)}
    named |= {body.number: body for region in sorted(line.heir_regions) for body in there.by_region.get(region, ())}
    return [body for body in named.values() if line.of or not (body.first.place_id or body.first.may_be)]


def _by_id(place_id: str, there: Index) -> list[Body]:
    """The body matched to the place, else those that may be it."""
    if place_id in there.by_place:
        return [there.by_place[place_id]]
    return list(there.may_be.get(place_id, ()))


def _named(keys: Sequence[str], line: MergedAway, there: Index) -> list[Body]:
    named = {body.number: body for key in keys for body in there.by_name.get(key, ())}
    return [body for body in named.values() if body.first.country in ("", line.country)]


def _is_a(kind: str, row: Printed, line: MergedAway) -> bool:
    """Whether a row of the name may be a body of that kind: a section of a city or a county is no municipality, though called like it."""
    a_borough = bool(line.of) and row.sort == "borough"
    municipal = (row.kinds <= _RURAL or a_borough) and (row.sort in _MUNICIPAL or row.sort in row.key.split())
    if kind == MUNICIPALITY:
        return municipal
    # A grouping is called after a town; only a whole name that begins like one (Grand Est) is that of the region.
    said = bool(row.kinds & _REGIONAL) and ("grouping" not in row.kinds or row.key in (*line.keys, *line.heir_keys))
    alone = municipal and not (row.place_id or row.may_be) and row.sort == ""
    return said or alone or (kind == UNITARY and municipal)


def _index(bodies: Iterable[Body], lines: Mapping[tuple[str, str], Sequence[MergedAway]]) -> Index:
    """Of the bodies by place those that may be municipalities; by region those that do not bear a former name, because gazetteers
    have former regions as other names of their heirs."""
    by_place: dict[str, Body] = {}
    may_be: dict[str, list[Body]] = defaultdict(list)
    by_name: dict[str, list[Body]] = defaultdict(list)
    by_region: dict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        row = body.first
        names = {row.key, *row.forms, *row.cores}
        for key in names:
            by_name[key].append(body)
        if not any((key, row.country) in lines for key in names):
            for area in row.areas:
                by_region[area.partition(":")[2]].append(body)
        for area in row.areas:
            # Gazetteers have merged towns as sections of the city that they were merged into (Annecy-le-Vieux).
            if area.startswith("s:"):
                by_place[area.removeprefix("s:")] = body
        if not row.kinds <= _RURAL or row.sort not in ("", "municipality", "rural"):
            continue
        if row.place_id:
            by_place[row.place_id] = body
        for place_id in row.may_be:
            may_be[place_id].append(body)
    return Index(by_place, may_be, by_name, by_region)


def _by_name(known: Sequence[MergedAway]) -> dict[tuple[str, str], list[MergedAway]]:
    """(normalised name, country) -> the lines on former bodies that bore it."""
    lines: dict[tuple[str, str], list[MergedAway]] = defaultdict(list)
    for line in known:
        for key in line.keys:
            lines[key, line.country].append(line)
    return lines
