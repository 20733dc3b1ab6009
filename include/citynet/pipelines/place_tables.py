"""The tables that tell of places and of what membership says about them: places, network_overlap, place_connectivity, representation."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citynet.analysis.connectivity import place_connectivity
from citynet.analysis.families import families, related_pairs
from citynet.analysis.lists import MemberList
from citynet.analysis.overlap import network_overlap
from citynet.analysis.representation import Universe, representation
from citynet.model import Figure, Municipality, Network, Place, Row
from citynet.pipelines.names import Names
from citynet.pipelines.statistics import Statistics
from citynet.places.normalise import normalise
from citynet.statistics.datasets import LAU_YEAR
from citynet.statistics.joining import (
    SIZE_CLASS_NAMES,
    index_municipalities,
    latest_by_city,
    municipality_of,
    one_to_one,
    size_class,
    statistical_city_of,
    universe_counts,
)
from citynet.statistics.lau import GAPS, UNIVERSE_FLOOR


@dataclass(frozen=True, slots=True)
class Described:
    """The places of a release and what statistics join to them, by place_id."""

    places: Mapping[str, Place]
    municipalities: Mapping[str, Municipality | None]
    cities: Mapping[str, Figure | None]


def describe(place_ids: Sequence[str], names: Names, statistics: Statistics) -> Described:
    """The bodies, the municipalities they are or lie in, and their statistics; joins that are not certain stay empty."""
    ids = set(place_ids) | {names.place(p).municipality_id for p in place_ids} - {""}
    places = {p: names.place(p) for p in sorted(ids)}
    alternates = names.gazetteer.names_of([f"gn{place.geonames_id}" for place in places.values() if place.geonames_id])
    known = {p: {normalise(place.name), *alternates.get(f"gn{place.geonames_id}", ())} for p, place in places.items()}
    by_name = index_municipalities(statistics.municipalities, normalise)
    judged = names.judgements.statistical_cities
    matched = one_to_one({p: municipality_of(place, known[p], by_name, judged) for p, place in places.items()})
    latest = latest_by_city(statistics.figures)
    cities = {p: statistical_city_of(place, known[p], latest, judged, normalise) for p, place in places.items()}
    return Described(places, matched, cities)


def place_rows(described: Described) -> list[Row]:
    """Table places."""
    return [_place(place, described.municipalities[p], described.cities[p]) for p, place in described.places.items()]


def overlap_rows(lists: Sequence[MemberList], networks: Sequence[Network], as_of: str, *, age_limit: bool) -> list[Row]:
    """Table network_overlap."""
    return network_overlap(lists, related_pairs(networks), as_of, age_limit=age_limit)


def connectivity_rows(lists: Sequence[MemberList], networks: Sequence[Network], as_of: str, *, age_limit: bool) -> list[Row]:
    """Table place_connectivity."""
    return place_connectivity(lists, families(networks), as_of, age_limit=age_limit)


def representation_rows(
    lists: Sequence[MemberList], described: Described, statistics: Statistics, as_of: str, *, age_limit: bool
) -> list[Row]:
    """Table representation: each complete list against the municipalities of at least 5,000, by size class and by country."""
    counts = universe_counts(statistics.municipalities)
    if not counts:
        return []
    countries = tuple(sorted({c.country for c in counts}))
    gaps = f"left out for gaps of the table: {', '.join(sorted(GAPS))}; others are not in it"
    name = f"municipalities of at least {UNIVERSE_FLOOR} residents in {len(countries)} countries ({gaps})"
    source = f"Source: Eurostat, local administrative units {LAU_YEAR}"
    by_class = Counter[str]()
    by_country = Counter[str]()
    for count in counts:
        by_class[count.size_class] += count.municipalities
        by_country[count.country] += count.municipalities
    sizes = Universe(name, source, {label: by_class[label] for label in SIZE_CLASS_NAMES if by_class[label]}, countries)
    nations = Universe(name, source, dict(sorted(by_country.items())), countries)
    units = described.municipalities
    classes = {p: size_class(unit.population) if (unit := units.get(p)) else None for p in described.places}
    rows: list[Row] = []
    for members in lists:
        if not members.complete:
            continue
        rows += representation(members, classes, sizes, "municipality_size_class", as_of, age_limit=age_limit)
        rows += representation(members, dict(members.countries), nations, "country", as_of, age_limit=age_limit)
    return rows


def _place(place: Place, unit: Municipality | None, city: Figure | None) -> Row:
    return {
        "place_id": place.place_id,
        "name": place.name,
        "country": place.country,
        # The gazetteer does not tell a municipality from a settlement; the list of municipalities does.
        "place_kind": "municipality" if unit and place.place_kind == "settlement" else place.place_kind,
        "municipality_id": place.municipality_id or None,
        "geonames_id": place.geonames_id or None,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "lau_code": unit.lau_code if unit else None,
        "degurba": unit.degurba if unit else None,
        "population_municipality": unit.population if unit else None,
        "population_municipality_year": LAU_YEAR if unit and unit.population is not None else None,
        "municipality_size_class": size_class(unit.population) if unit else None,
        "population_statistical_city": int(city.value) if city else None,
        "population_statistical_city_year": city.year if city else None,
        "population_statistical_city_code": city.territory if city else None,
        "population_statistical_city_flag": (city.flags or None) if city else None,
    }
