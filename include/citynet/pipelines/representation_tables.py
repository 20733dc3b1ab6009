"""The tables representation and access: who of those that may join is in, and who may join at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.analysis.access import Admitted, access
from citynet.analysis.country_groups import eu_membership, region_of_europe
from citynet.analysis.lists import MemberList
from citynet.analysis.represented import represented
from citynet.analysis.sentences import access_sentence
from citynet.analysis.strata import AT_LEAST_5000, BY_COUNTRY, DIMENSIONS, ELIGIBLE, RESIDENTS, Cell, Strata, strata
from citynet.model import Network, Row
from citynet.pipelines.admission import Admission, cells_of
from citynet.pipelines.city_universes import LIMITED, CityUniverse, city_universes
from citynet.pipelines.eligibility import admitted_countries, part_of_a_country
from citynet.pipelines.place_tables import Described
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.universe_tables import NO_LIST
from citynet.statistics.datasets import lau_source
from citynet.statistics.joining import SIZE_CLASS_NAMES, size_class
from citynet.statistics.universes import BELOW_FLOOR, UniverseCell, gaps, universe_name
from citynet.statistics.values import Municipality

OUTSIDE = "outside"
"""The class of a member that surely is none of the universe; no universe holds it."""
ORDER = {"municipality_size_class": SIZE_CLASS_NAMES}
"""Dimension -> its classes in order, where that is not the alphabet's."""
_UNITS = {AT_LEAST_5000: "municipalities", RESIDENTS: "residents"}


@dataclass(frozen=True, slots=True)
class Sources:
    """What every network's rows are made from. residents: of each municipality that a list may name."""

    described: Described
    statistics: Statistics
    admissions: Mapping[str, Admission]
    cities: tuple[CityUniverse, ...]
    residents: Mapping[str, int | None]
    as_of: str
    age_limit: bool


def representation_rows(
    lists: Sequence[MemberList],
    networks: Sequence[Network],
    described: Described,
    statistics: Statistics,
    admitted: Mapping[str, Admission],
    as_of: str,
    *,
    age_limit: bool,
) -> list[Row]:
    """Table representation: each complete list against those its rules admit, municipalities of at least 5,000, and residents.

    The latter two are of the countries that the network admits. Along classes of cities a list is held against statistical cities. A class
    that the rules keep out is excluded_by_rule.
    """
    known = {network.id: network for network in networks}
    complete = [members for members in lists if members.complete]
    residents = {place_id: unit.population if unit else None for place_id, unit in described.municipalities.items()}
    sources = Sources(described, statistics, admitted, city_universes(described, statistics), residents, as_of, age_limit)
    return [row for members in complete for row in _of_network(members, known[members.network_id], sources)]


def access_rows(networks: Sequence[Network], statistics: Statistics, admitted: Mapping[str, Admission], as_of: str) -> list[Row]:
    """Table access: which part of municipalities and residents each network's rules admit, or one row that says why nobody can tell."""
    return [row for network in networks for row in _access(network, admitted[network.id], statistics, as_of)]


def _access(network: Network, found: Admission, statistics: Statistics, as_of: str) -> list[Row]:
    cells, source = cells_of(statistics.universes), lau_source(statistics.lau_year) if statistics.universes else NO_LIST
    universe = _listed_name(statistics.universes) if statistics.universes else ""
    if not found.because:
        admitted = Admitted(network.id, found.rule, found.surely, found.perhaps)
        return access(admitted, cells, source, as_of, order=SIZE_CLASS_NAMES, name=network.name, universe=universe)
    row = access(Admitted(network.id, "", ()), cells, source, as_of, order=SIZE_CLASS_NAMES, universe=universe)[0]
    row |= {"rule": found.rule, "not_computed_because": found.because}
    return [{**row, "sentence": access_sentence(row, network.name)}]


def _listed_name(universes: Sequence[UniverseCell]) -> str:
    """The municipalities of which access tells a share, in words: those with residents, with the countries left out."""
    cells = strata(cells_of(universes), AT_LEAST_5000, "country", "", "")
    missing = gaps(universes)
    left_out = f"left out for gaps of the list: {', '.join(missing)}; " if missing else ""
    where = f"{len(cells.countries)} countries" if len(cells.countries) > 1 else "".join(cells.countries)
    return f"municipalities with residents in {where} of the list ({left_out}others are not in it)"


def _of_network(members: MemberList, network: Network, sources: Sources) -> Iterator[Row]:
    if part := part_of_a_country(network, sources.as_of):
        members = replace(members, no_figure_because=f"admits bodies of {part} only, of which this release has no universe")
    found = sources.admissions[network.id]
    for universe in _universes(members, network, found, sources):
        dimension = universe.dimension
        surely, perhaps = (
            None if found.because else _strata(cells, ELIGIBLE, dimension, "", "", members.list_date)
            for cells in (found.surely, found.perhaps)
        )
        yield from represented(
            members,
            _classes(members, universe, found, sources.described),
            universe,
            sources.as_of,
            residents=sources.residents,
            eligible=surely,
            perhaps=perhaps,
            name=network.name,
            age_limit=sources.age_limit,
        )
    because = LIMITED if found.limits_residents else NO_LIST * (found.because == NO_LIST)
    for cities in sources.cities:
        yield from cities.rows(members, network, sources.as_of, sources.age_limit, because=because)


def _universes(members: MemberList, network: Network, found: Admission, sources: Sources) -> Iterator[Strata]:
    """The universes that a list is held against, each along the dimensions in which it has classes to compare.

    Of one in which some cell can't be counted the total is not known, so that there is none of those who may join.
    """
    admitted, source = admitted_countries(network), lau_source(sources.statistics.lau_year)
    within = [cell for cell in sources.statistics.universes if not admitted or cell.country in admitted]
    held = {RESIDENTS: cells_of(within), AT_LEAST_5000: cells_of(c for c in within if c.size_class != BELOW_FLOOR)}
    if found.surely and not found.perhaps:
        held = {ELIGIBLE: found.surely, **held}
    for kind, cells in held.items():
        for dimension in DIMENSIONS:
            made = _strata(cells, kind, dimension, "", source, members.list_date)
            if len(made.counts) > 1 or (made.counts and dimension not in BY_COUNTRY):
                if kind == ELIGIBLE:
                    name = eligible_name(found, made.countries)
                else:
                    name = universe_name(within, _UNITS[kind], made.countries, by_rule=bool(admitted))
                yield replace(made, name=name)


def eligible_name(found: Admission, countries: Sequence[str]) -> str:
    """The universe of those who may join, in words."""
    where = f"{len(countries)} countries" if len(countries) > 1 else "".join(countries)
    return f"municipalities that may join {found.network_id} by its own rules ({found.rule}) in {where} of the list"


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
