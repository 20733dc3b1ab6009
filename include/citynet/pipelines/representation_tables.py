"""The tables representation and access: who of those that may join is in, and who may join at all."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.analysis.access import Admitted, access
from citynet.analysis.country_groups import eu_membership, region_of_europe
from citynet.analysis.lists import MemberList
from citynet.analysis.represented import not_represented, represented
from citynet.analysis.sentences import access_sentence
from citynet.analysis.strata import AT_LEAST_5000, BY_COUNTRY, DIMENSIONS, ELIGIBLE, RESIDENTS, Cell, Strata, strata
from citynet.model import Network, Row
from citynet.pipelines.admission import Admission, Admissions, cells_of
from citynet.pipelines.city_universes import UNKNOWN, CityUniverse, city_universes
from citynet.pipelines.place_tables import Described
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.universe_tables import NO_LIST
from citynet.statistics.datasets import lau_source
from citynet.statistics.joining import SIZE_CLASS_NAMES, size_class
from citynet.statistics.universes import BELOW_FLOOR, UniverseCell, universe_name
from citynet.statistics.values import Municipality

OUTSIDE = "outside"
"""The class of a member that surely is none of the universe; no universe holds it."""
ORDER = {"municipality_size_class": SIZE_CLASS_NAMES}
"""Dimension -> its classes in order, where that is not the alphabet's."""
_UNITS = {AT_LEAST_5000: "municipalities", RESIDENTS: "residents"}
CUT = "a rule cuts through classes of which the list at hand does not have every municipality"
NO_UNITS = "the list has no municipality that may join"
NO_CELLS = "the list has no municipality with residents of the countries from which one may join"


@dataclass(frozen=True, slots=True)
class Sources:
    """What every network's rows are made from. residents: of each municipality that a list may name."""

    described: Described
    statistics: Statistics
    admissions: Admissions
    cities: tuple[CityUniverse, ...]
    residents: Mapping[str, int | None]
    as_of: str
    age_limit: bool


def representation_rows(
    lists: Sequence[MemberList],
    networks: Sequence[Network],
    described: Described,
    statistics: Statistics,
    admitted: Admissions,
    as_of: str,
    *,
    age_limit: bool,
) -> list[Row]:
    """Table representation: each complete list against those its rules admit, municipalities of at least 5,000, and residents.

    The rules are those in force on the day of the list, of which admitted has the answer. The latter two universes are of the countries
    that these admit. Along classes of cities a list is held against statistical cities. A class that the rules keep out is
    excluded_by_rule. Of a universe that cannot be counted the rows along size classes say why.
    """
    known = {network.id: network for network in networks}
    complete = [members for members in lists if members.complete]
    residents = {place_id: unit.population if unit else None for place_id, unit in described.municipalities.items()}
    sources = Sources(described, statistics, admitted, city_universes(described, statistics), residents, as_of, age_limit)
    return [row for members in complete for row in _of_network(members, known[members.network_id], sources)]


def access_rows(networks: Sequence[Network], statistics: Statistics, admitted: Admissions, as_of: str) -> list[Row]:
    """Table access: which part of municipalities and residents each network's rules in force at as_of admit, or one row that says why
    nobody can tell."""
    return [row for network in networks for row in _access(network, admitted[network.id, as_of], statistics, as_of)]


def _access(network: Network, found: Admission, statistics: Statistics, as_of: str) -> list[Row]:
    source = lau_source(statistics.lau_year) if statistics.universes else NO_LIST
    every = cells_of(statistics.universes)
    cells = [cell for cell in every if cell not in found.unsized]
    universe = _listed_name(cells, found.unsized) if statistics.universes else ""
    because = found.because or ("" if found.surely or found.perhaps or found.unsized else NO_UNITS)
    if not because:
        admitted = Admitted(network.id, found.rule, found.surely, found.perhaps, found.parents, _only_countries(found, cells))
        return access(admitted, cells, source, as_of, order=SIZE_CLASS_NAMES, name=network.name, universe=universe)
    row = access(Admitted(network.id, "", (), (), found.parents), cells, source, as_of, order=SIZE_CLASS_NAMES, universe=universe)[0]
    row |= {"rule": found.rule, "not_computed_because": because}
    return [{**row, "sentence": access_sentence(row, network.name)}]


def _only_countries(found: Admission, cells: Sequence[Cell]) -> Sequence[str]:
    """The countries of the cells whose municipalities the rules admit at any size, () where that is all or none of them."""
    there = {cell.country for cell in cells}
    only = {country for country, ranges in found.sizes.items() if ranges} & there
    return sorted(only) if only < there else ()


def _listed_name(cells: Sequence[Cell], unsized: Sequence[Cell]) -> str:
    """The municipalities of which access tells a share, in words, with those in no share and those in no share of residents."""
    countries = sorted({cell.country for cell in cells})
    told = (
        [f"not in it, since the list gives no residents to hold the limit against: municipalities of {_by_country(unsized)}"]
        if unsized
        else []
    )
    alone = [cell for cell in cells if cell.residents is None]
    told += [f"in no share of residents, of whom the list gives none: municipalities of {_by_country(alone)}"] if alone else []
    where = f"{len(countries)} countries" if len(countries) > 1 else "".join(countries)
    return f"municipalities in {where} of the list ({'; '.join([*told, 'other countries are not in it'])})"


def _by_country(cells: Sequence[Cell]) -> str:
    counts = Counter[str]()
    for cell in cells:
        counts[cell.country] += cell.municipalities
    return ", ".join(f"{country} ({count:,})" for country, count in sorted(counts.items()))


def _of_network(members: MemberList, network: Network, sources: Sources) -> Iterator[Row]:
    found = sources.admissions[members.network_id, members.list_date]
    if found.part:
        members = replace(members, no_figure_because=f"admits bodies of {found.part} only, of which this release has no universe")
    for kind in (ELIGIBLE, RESIDENTS, AT_LEAST_5000):
        universes = list(_universes(kind, members.list_date, found, sources.statistics))
        for universe in universes:
            yield from _figures(members, network, found, universe, sources)
        if not universes:
            yield from _without(members, network, kind, found, sources)
    for cities in sources.cities:
        yield from cities.rows(members, network.name, found, sources.as_of, sources.age_limit)


def _figures(members: MemberList, network: Network, found: Admission, universe: Strata, sources: Sources) -> list[Row]:
    """The rows of a list against one universe along one dimension."""
    surely, perhaps = (
        None if found.because else _strata(cells, ELIGIBLE, universe.dimension, "", "", members.list_date)
        for cells in (found.surely, found.perhaps)
    )
    return represented(
        members,
        _classes(members, universe, found, sources.described),
        universe,
        sources.as_of,
        residents=sources.residents,
        eligible=surely,
        perhaps=perhaps,
        name=network.name,
        rules_of=tuple(found.parents.values()),
        age_limit=sources.age_limit,
    )


def _without(members: MemberList, network: Network, kind: str, found: Admission, sources: Sources) -> list[Row]:
    """The rows of a list against a universe that cannot be counted, along size classes."""
    statistics = sources.statistics
    because = NO_CELLS if statistics.universes else NO_LIST
    if kind == ELIGIBLE and statistics.universes:
        because = f"{UNKNOWN}: {found.because}" if found.because else CUT if found.perhaps else NO_CELLS
    return not_represented(
        members,
        kind,
        _name_of(kind, found, found.countries, ()),
        SIZE_CLASS_NAMES[1:] if kind == AT_LEAST_5000 else SIZE_CLASS_NAMES,
        lau_source(statistics.lau_year) if statistics.universes else NO_LIST,
        sources.as_of,
        because,
        network.name,
        age_limit=sources.age_limit,
    )


def _universes(kind: str, day: str, found: Admission, statistics: Statistics) -> Iterator[Strata]:
    """One universe along each dimension in which it has classes to compare; none where it can't be counted.

    Where some cell of those who may join can't be counted their total is not known, so that there is no such universe.
    """
    within = [cell for cell in statistics.universes if not found.countries or cell.country in found.countries]
    if kind == ELIGIBLE:
        cells: Sequence[Cell] = () if found.perhaps else found.surely
    else:
        cells = cells_of(cell for cell in within if kind == RESIDENTS or cell.size_class != BELOW_FLOOR)
    for dimension in DIMENSIONS:
        made = _strata(cells, kind, dimension, "", lau_source(statistics.lau_year), day)
        if len(made.counts) > 1 or (made.counts and dimension not in BY_COUNTRY):
            yield replace(made, name=_name_of(kind, found, made.countries, within))


def _name_of(kind: str, found: Admission, countries: Sequence[str], within: Sequence[UniverseCell]) -> str:
    """A universe in words. within: the cells of the countries that are admitted, to name those it leaves out."""
    if kind != ELIGIBLE:
        return universe_name(within, _UNITS[kind], countries, only_those=found.only_those)
    where = f" in {len(countries)} countries of the list" if len(countries) > 1 else f" in {''.join(countries)} of the list"
    told = f"municipalities that may join {found.network_id} by {found.admitted_by}"
    return f"{told}{where}" if within else told


def _strata(cells: Sequence[Cell], kind: str, dimension: str, name: str, source: str, day: str) -> Strata:
    return strata(cells, kind, dimension, name, source, ORDER.get(dimension, ()), day)


def _classes(members: MemberList, universe: Strata, found: Admission, described: Described) -> dict[str, str | None]:
    """Municipality -> its class, None where that is not known, OUTSIDE for one that surely is not in the universe.

    Against municipalities a member counts only where its residents are known: else it may lie outside, and whatever its country or
    degree it is missing; one known to be too small, or that the rules do not admit, lies outside.
    """
    classes: dict[str, str | None] = {}
    for place_id in members.municipality_ids:
        unit = described.municipalities.get(place_id)
        size = size_class(unit.population) if unit else None
        if universe.kind != RESIDENTS and size is None:
            classes[place_id] = None
        elif unit and not _may_lie_in(universe.kind, unit, found):
            classes[place_id] = OUTSIDE
        else:
            country = members.countries.get(place_id, "")
            classes[place_id] = class_along(universe.dimension, unit, country, members.list_date)
    return classes


def _may_lie_in(kind: str, unit: Municipality, found: Admission) -> bool:
    if kind == AT_LEAST_5000:
        return size_class(unit.population) != BELOW_FLOOR
    return kind != ELIGIBLE or found.admits(unit)


def class_along(dimension: str, unit: Municipality | None, country: str, day: str) -> str | None:
    """The class of a municipality of a country (ISO code, "" where not known) along one of DIMENSIONS, on a day."""
    if dimension == "municipality_size_class":
        return size_class(unit.population) if unit else None
    if dimension == "degurba":
        return str(unit.degurba) if unit and unit.degurba is not None else None
    if dimension == "region_of_europe":
        return region_of_europe(country)
    return (eu_membership(country, day) if dimension == "eu_membership" else country) or None
