"""The tables that tell of places and of what membership says about them: places, network_overlap, place_connectivity, representation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.analysis.connectivity import place_connectivity
from citynet.analysis.families import families, related_pairs
from citynet.analysis.lists import MemberList
from citynet.analysis.overlap import network_overlap
from citynet.analysis.representation import Universe, representation
from citynet.model import Network, Place, Row
from citynet.pipelines.eligibility import admitted_countries, least_residents, part_of_a_country
from citynet.pipelines.names import Names
from citynet.pipelines.statistics import Statistics
from citynet.places.normalise import normalise
from citynet.publishing.headlines import in_headlines
from citynet.quality.checking import EXAMPLES
from citynet.quality.rule import CheckResult
from citynet.statistics.citizenship import POPULATION
from citynet.statistics.datasets import lau_source, population_year
from citynet.statistics.joining import (
    Joined,
    index_municipalities,
    join,
    latest_by_city,
    size_class,
    statistical_city_of,
    upper_bound,
)
from citynet.statistics.universes import BELOW_FLOOR, UNITS, denominators, universe_name
from citynet.statistics.values import Figure, Municipality
from citynet.statistics.wikidata import Identified, Position, identified

DIMENSIONS = ("municipality_size_class", "degurba", "country")


@dataclass(frozen=True, slots=True)
class Described:
    """The places of a release and what statistics join to them, by place_id.

    cities: the newest population of the statistical city; territories: its code, also where only other figures have it; items: the
    item in Wikidata; lau_year: edition of the list of municipalities; checks: what the joins left out, for table quality.
    """

    places: Mapping[str, Place]
    municipalities: Mapping[str, Municipality | None]
    cities: Mapping[str, Figure | None]
    territories: Mapping[str, str]
    items: Mapping[str, str]
    lau_year: int
    checks: tuple[CheckResult, ...]


def describe(place_ids: Sequence[str], names: Names, statistics: Statistics) -> Described:
    """The bodies, the municipalities they are or lie in, and their statistics; joins that are not certain stay empty."""
    ids = set(place_ids) | {names.place(p).municipality_id for p in place_ids} - {""}
    places = {p: names.place(p) for p in sorted(ids)}
    alternates = names.gazetteer.names_of([f"gn{place.geonames_id}" for place in places.values() if place.geonames_id])
    known = {p: {normalise(place.name), *alternates.get(f"gn{place.geonames_id}", ())} for p, place in places.items()}
    judged = names.judgements.statistical_cities
    joined = join(places, known, index_municipalities(statistics.municipalities, normalise), judged)
    latest = latest_by_city(statistics.figures)
    found = {p: statistical_city_of(place, known[p], latest, judged, normalise) for p, place in places.items()}
    territories = {p: figure.territory for p, figure in found.items() if figure is not None}
    population = latest_by_city(f for f in statistics.figures if f.indicator == POPULATION)
    items = _items(places, statistics)
    return Described(
        places=places,
        municipalities=joined.units,
        cities={p: population.get(territories.get(p, "")) for p in places},
        territories=territories,
        items=items.items,
        lau_year=statistics.lau_year,
        checks=(*_code_checks(joined, places, statistics), *_item_checks(items, statistics)),
    )


def _items(places: Mapping[str, Place], statistics: Statistics) -> Identified:
    positions = {p.geonames_id: Position(p.country, p.latitude, p.longitude) for p in places.values() if p.geonames_id}
    return identified(statistics.items, positions)


def _code_checks(joined: Joined, places: Mapping[str, Place], statistics: Statistics) -> list[CheckResult]:
    """That the list has the gazetteer's codes; the editions differ by what was merged and renumbered in between."""
    if not statistics.municipalities:
        return []
    told = [f"{p}: {places[p].country} {places[p].lau_code}{', found by name' if p in joined.by_name else ''}" for p in joined.not_listed]
    return [_warning(f"lau_{statistics.lau_year}", "the gazetteer's code in the list", "lau_code", len(joined.coded), told)]


def _item_checks(found: Identified, statistics: Statistics) -> list[CheckResult]:
    """One row a rule: the GeoNames ids whose items were refused by it, and so have none."""
    if not statistics.items:
        return []
    checked = len(found.items) + sum(len(refused) for refused in found.refused.values())
    return [_warning("wikidata", rule, "wikidata_id", checked, [f"gn{i}" for i in refused]) for rule, refused in found.refused.items()]


def _warning(subject: str, expectation: str, column: str, checked: int, broken: Sequence[str]) -> CheckResult:
    return CheckResult("statistics", subject, expectation, column, "warning", not broken, checked, len(broken), tuple(broken[:EXAMPLES]))


def place_rows(described: Described) -> list[Row]:
    """Table places."""
    return [_place(place, described) for place in described.places.values()]


def overlap_rows(lists: Sequence[MemberList], networks: Sequence[Network], as_of: str, *, age_limit: bool) -> list[Row]:
    """Table network_overlap."""
    return network_overlap(lists, related_pairs(networks), as_of, age_limit=age_limit)


def connectivity_rows(lists: Sequence[MemberList], networks: Sequence[Network], as_of: str, *, age_limit: bool) -> list[Row]:
    """Table place_connectivity, of the networks that headlines are about: national ones and programmes stand beside, never pooled."""
    pooled = {n.id for n in networks if in_headlines({"scope": n.scope, "relevance": n.relevance})}
    return place_connectivity([m for m in lists if m.network_id in pooled], families(networks), as_of, age_limit=age_limit)


def representation_rows(
    lists: Sequence[MemberList],
    networks: Sequence[Network],
    described: Described,
    statistics: Statistics,
    as_of: str,
    *,
    age_limit: bool,
) -> list[Row]:
    """Table representation: each complete list against municipalities of at least 5,000 and against residents, along each dimension.

    Denominators are of the countries that the network admits; a size class that its rules keep out is excluded_by_rule.
    """
    known = {network.id: network for network in networks}
    rows: list[Row] = []
    for members in (members for members in lists if members.complete):
        network = known[members.network_id]
        if part := part_of_a_country(network):
            members = replace(members, no_figure_because=f"admits bodies of {part} only, of which this release has no universe")
        least = least_residents(network, known)
        for unit in UNITS:
            for dimension in DIMENSIONS:
                universe = _universe(statistics, unit, dimension, admitted_countries(network))
                if len(universe.countries) > 1 or (universe.counts and dimension != "country"):
                    classes = _classes(described, members, unit, dimension)
                    made = representation(members, classes, universe, dimension, as_of, age_limit=age_limit)
                    rows += [_with_rule(row, least) for row in made]
    return rows


def _with_rule(row: Row, least: int) -> Row:
    """The row as it is, or read as excluded_by_rule where the network admits nobody of the size class."""
    kept_out = row["dimension"] == "municipality_size_class" and upper_bound(str(row["class"])) <= least and row["n_c"] == 0
    return {**row, "reading": "excluded_by_rule"} if kept_out else row


def _universe(statistics: Statistics, unit: str, dimension: str, admitted: Sequence[str]) -> Universe:
    cells = [cell for cell in statistics.universes if not admitted or cell.country in admitted]
    found = denominators(cells, unit, dimension)
    name = universe_name(cells, unit, found.countries, by_rule=bool(admitted))
    return Universe(name, lau_source(statistics.lau_year), found.counts, found.countries, unit)


def _classes(described: Described, members: MemberList, unit: str, dimension: str) -> dict[str, str | None]:
    """Municipality -> its class along the dimension, None where it is not known.

    Against municipalities of at least 5,000 residents a member counts only where its residents are known: else it may lie
    outside, and whatever its country or degree it is missing; one known to be smaller lies outside.
    """
    classes: dict[str, str | None] = {}
    for place_id in members.municipality_ids:
        found = described.municipalities.get(place_id)
        size = size_class(found.population) if found else None
        if dimension == "municipality_size_class" or (unit == "municipalities" and size in (None, BELOW_FLOOR)):
            classes[place_id] = size
        elif dimension == "degurba":
            classes[place_id] = str(found.degurba) if found and found.degurba is not None else None
        else:
            classes[place_id] = members.countries.get(place_id) or None
    return classes


def _place(place: Place, described: Described) -> Row:
    unit, city = described.municipalities[place.place_id], described.cities[place.place_id]
    return {
        "place_id": place.place_id,
        "name": place.name,
        "country": place.country,
        # Where the gazetteer does not know that a settlement is a municipality's seat, the list of municipalities may.
        "place_kind": "municipality" if unit and place.place_kind == "settlement" else place.place_kind,
        "municipality_id": place.municipality_id or None,
        "geonames_id": place.geonames_id or None,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "lau_code": unit.lau_code if unit else None,
        "nuts3": (unit.nuts3 or None) if unit else None,
        "wikidata_id": described.items.get(place.geonames_id),
        "degurba": unit.degurba if unit else None,
        "population_municipality": unit.population if unit else None,
        "population_municipality_year": population_year(described.lau_year, unit.country) if unit and unit.population is not None else None,
        "municipality_size_class": size_class(unit.population) if unit else None,
        "population_statistical_city": int(city.value) if city else None,
        "population_statistical_city_year": city.year if city else None,
        "population_statistical_city_code": city.territory if city else None,
        "population_statistical_city_flag": (city.flags or None) if city else None,
    }
