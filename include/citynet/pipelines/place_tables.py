"""The tables that tell of places and of what membership says about them: places, network_overlap, place_connectivity."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from citynet.analysis.connectivity import place_connectivity
from citynet.analysis.families import families
from citynet.analysis.lists import MemberList
from citynet.model import Network, Place, Row
from citynet.pipelines.figures import CITY, POPULATION, REGIONS, Figures, figure_checks
from citynet.pipelines.figures import figures as release_figures
from citynet.pipelines.names import Names
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.territories import found_territories
from citynet.places.normalise import normalise
from citynet.quality.checking import EXAMPLES
from citynet.quality.rule import CheckResult
from citynet.statistics.citizenship import NON_EU_CITIZENS
from citynet.statistics.datasets import population_year
from citynet.statistics.joining import (
    Joined,
    index_municipalities,
    join,
    size_class,
)
from citynet.statistics.place_territories import Found, PlaceTerritories
from citynet.statistics.urban_centres import urban_centre_size_class
from citynet.statistics.values import Municipality
from citynet.statistics.wikidata import Identified, Position, identified


@dataclass(frozen=True, slots=True)
class Described:
    """The places of a release and what statistics join to them, by place_id.

    territories: statistical city, functional urban area, NUTS 3 region and country of each; cities: every city code served now, and
    what is doubtful about it; items: the item in Wikidata; lau_year: edition of the list of municipalities; checks: what the joins
    left out and what does not agree between data sets, for table quality; figures: of every territory of the vintages in use; names:
    all that a place goes by, normalised.
    """

    places: Mapping[str, Place]
    municipalities: Mapping[str, Municipality | None]
    territories: Mapping[str, PlaceTerritories]
    cities: Found
    items: Mapping[str, str]
    lau_year: int
    checks: tuple[CheckResult, ...]
    figures: Figures = field(default_factory=Figures)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)


def describe(place_ids: Sequence[str], names: Names, statistics: Statistics) -> Described:
    """The bodies, the municipalities they are or lie in, and their statistics; joins that are not certain stay empty."""
    ids = set(place_ids) | {names.place(p).municipality_id for p in place_ids} - {""}
    places = {p: names.place(p) for p in sorted(ids)}
    alternates = names.gazetteer.names_of([f"gn{place.geonames_id}" for place in places.values() if place.geonames_id])
    known = {p: frozenset({normalise(place.name), *alternates.get(f"gn{place.geonames_id}", ())}) for p, place in places.items()}
    judged = names.judgements.statistical_cities
    joined = join(places, known, index_municipalities(statistics.municipalities, normalise), judged)
    cities = found_territories(places, known, joined.units, statistics, judged)
    items = _items(places, statistics)
    return Described(
        places=places,
        municipalities=joined.units,
        territories=cities.territories,
        cities=cities,
        items=items.items,
        lau_year=statistics.lau_year,
        checks=(
            *_code_checks(joined, places, statistics),
            *_city_checks(cities),
            *_item_checks(items, statistics),
            *_region_checks(cities, joined, statistics),
            *figure_checks(statistics),
        ),
        figures=release_figures(statistics),
        names=known,
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


def _city_checks(cities: Found) -> list[CheckResult]:
    """That each city code served now is the one of the checked table and leads to one place."""
    if not cities.cities:
        return []
    return [_warning("territory_codes", "the code of a city as checked", "territory_code", len(cities.cities), cities.doubts)]


def _region_checks(cities: Found, joined: Joined, statistics: Statistics) -> list[CheckResult]:
    """That each region of a place without a city of its own has a series now: the codes are those of the list's edition, and a code
    that was given up since leaves its places without context."""
    regions = statistics.of(REGIONS)
    if regions is None:
        return []
    served = set(map(str, regions.table["territory"].unique()))
    outside = [unit for place_id, unit in joined.units.items() if unit is not None and not cities.territories[place_id].city]
    asked = sorted({unit.nuts3 for unit in outside if unit.nuts3})
    gone = [code for code in asked if code not in served]
    return [_warning(REGIONS, "the region's code of the list served now", "territory_code", len(asked), gone)]


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


def connectivity_rows(
    lists: Sequence[MemberList], networks: Sequence[Network], as_of: str, *, age_limit: bool, pooled: Collection[str]
) -> list[Row]:
    """Table place_connectivity. pooled: ids of the networks that headlines are about; the others stand beside, never pooled."""
    return place_connectivity([m for m in lists if m.network_id in pooled], families(networks), as_of, age_limit=age_limit)


def _place(place: Place, described: Described) -> Row:
    unit = described.municipalities[place.place_id]
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
        **_city_population(described, place.place_id),
        "urban_centre_size_class": _urban_centre(described, place.place_id),
        **_non_eu_share(described, place.place_id),
        "population_statistical_city_kind": _city_kind(described, place.place_id),
    }


def _city_population(described: Described, place_id: str) -> Row:
    """The newest population of the statistical city, or greater city, that the place is."""
    theirs = described.territories[place_id]
    found = described.figures.newest(POPULATION, theirs.city_kind, theirs.city)
    return {
        "population_statistical_city": int(found.value) if found else None,
        "population_statistical_city_year": found.year if found else None,
        "population_statistical_city_code": theirs.city if found else None,
        "population_statistical_city_flag": (found.flags or None) if found else None,
    }


def _city_kind(described: Described, place_id: str) -> str | None:
    """What the code stands for whose residents or share the row gives; empty where it gives neither."""
    theirs = described.territories[place_id]
    given = (described.figures.newest(indicator, theirs.city_kind, theirs.city) for indicator in (POPULATION, NON_EU_CITIZENS.name))
    return theirs.city_kind if any(found is not None for found in given) else None


def _urban_centre(described: Described, place_id: str) -> str | None:
    """The class of the statistical city that the place is, or that a municipality of degree 1 lies in: a suburb's urban centre is the
    city's. Residents of the city stand in for those of the centre, which no table at hand gives."""
    unit, theirs = described.municipalities[place_id], described.territories[place_id]
    code = theirs.city or (theirs.lies_in if unit is not None and unit.degurba == 1 else "")
    found = described.figures.newest(POPULATION, CITY, code)
    return urban_centre_size_class(found.value if found else None)


def _non_eu_share(described: Described, place_id: str) -> Row:
    """The newest share of non-EU citizens of the statistical city that the place is."""
    theirs = described.territories[place_id]
    found = described.figures.newest(NON_EU_CITIZENS.name, theirs.city_kind, theirs.city)
    made = None if found is None else ("computed" if found.way else "published")
    return {
        "non_eu_citizens_share": found.value if found else None,
        "non_eu_citizens_share_year": found.year if found else None,
        "non_eu_citizens_share_flag": (found.flags or None) if found else None,
        "non_eu_citizens_share_published_or_computed": made,
        "non_eu_citizens_share_eu_definition": (found.eu_definition or None) if found else None,
    }
