"""The tables that tell of statistics alone: city_statistics and universes."""

from collections.abc import Iterator, Mapping, Sequence

from citynet.model import Network, Place, Row
from citynet.pipelines.names import Names
from citynet.pipelines.place_tables import Described
from citynet.pipelines.statistics import Statistics
from citynet.statistics.citizenship import NOTE, NonEuShare, non_eu_shares
from citynet.statistics.datasets import lau_source, population_year
from citynet.statistics.printed_shares import POSSIBLE_MISPRINTS, PrintedShare
from citynet.statistics.values import Figure, Municipality

REPORT = "oomen_2018"
AS_PRINTED = "year, territory and EU definition are not printed; the table is a sample of cities chosen by number of memberships"
MISPRINT = "may be a misprint of the source"
RECOGNISED_NON_CITIZENS = "the source does not say whether recognised non-citizens count"
NON_CITIZENS_IN = ("EE", "LV")
"""Countries with a large group of residents who are citizens of no state by law; a share with and without them differs widely."""
NO_RESIDENTS = "no population of these units in the table"


def city_statistic_rows(described: Described, statistics: Statistics, names: Names, networks: Sequence[Network], as_of: str) -> list[Row]:
    """Table city_statistics, for the places of the release: figures of different sources stand beside each other, never merged."""
    rows = [*_populations(described), *_shares(described, statistics), *_printed(described, statistics, names, networks)]
    return [{**row, "capture_id": statistics.capture_id(str(row["source_id"])), "as_of": as_of} for row in rows]


def universe_rows(statistics: Statistics, as_of: str) -> list[Row]:
    """Table universes; units without residents, which no figure has, say so."""
    return [
        {
            "country": cell.country,
            "size_class": cell.size_class or None,
            "degurba": cell.degurba,
            "municipalities": cell.municipalities,
            "residents": cell.residents,
            "year": statistics.lau_year,
            "gap": None if cell.size_class else NO_RESIDENTS,
            "source": lau_source(statistics.lau_year),
            "as_of": as_of,
        }
        for cell in statistics.universes
    ]


def _populations(described: Described) -> Iterator[Row]:
    for place_id, place in described.places.items():
        unit, city = described.municipalities[place_id], described.cities[place_id]
        if unit is not None and unit.population is not None:
            yield _of_municipality(place, unit, unit.population, described.lau_year)
        if city is not None:
            yield _of_city(place, city)


def _of_municipality(place: Place, unit: Municipality, residents: int, edition: int) -> Row:
    year = population_year(edition, unit.country)
    values: Row = {"indicator": "population", "value": float(residents), "unit": "persons", "year": year, "source_id": f"lau_{edition}"}
    return _row(place.place_id, {**values, "territory_kind": "municipality", "territory_code": unit.lau_code})


def _of_city(place: Place, city: Figure) -> Row:
    values: Row = {"indicator": "population", "value": city.value, "unit": "persons", "year": city.year, "source_id": city.dataset}
    territory: Row = {"territory_kind": "statistical_city", "territory_code": city.territory, "flag": city.flags or None}
    return _row(place.place_id, {**values, **territory, "note": "may be a greater city"})


def _shares(described: Described, statistics: Statistics) -> Iterator[Row]:
    """Eurostat's share of non-EU citizens of the statistical city that a place is."""
    shares = {share.territory: share for share in non_eu_shares(statistics.figures)}
    for place_id, territory in described.territories.items():
        if territory in shares:
            yield _share_row(described.places[place_id], shares[territory])


def _share_row(place: Place, share: NonEuShare) -> Row:
    values: Row = {"indicator": "non_eu_citizens_share", "value": share.percent, "unit": "percent", "year": share.year}
    territory: Row = {"territory_kind": "statistical_city", "territory_code": share.territory, "flag": share.flags or None}
    made: Row = {"published_or_computed": "published" if share.published else "computed", "eu_definition": share.eu_definition or None}
    return _row(place.place_id, {**values, **territory, **made, "source_id": share.dataset, "note": _noted(place, NOTE)})


def _printed(described: Described, statistics: Statistics, names: Names, networks: Sequence[Network]) -> Iterator[Row]:
    """The report's shares as printed, of the cities that are places of the release."""
    known = {network.id: network for network in networks}
    for share in statistics.printed:
        place = described.places.get(_place_of(share, names, known))
        if place is None:
            continue
        misprint = (MISPRINT,) if (share.city, share.percent) in POSSIBLE_MISPRINTS else ()
        values: Row = {"indicator": "non_eu_citizens_share", "value": share.percent, "unit": "percent", "source_id": REPORT}
        yield _row(place.place_id, {**values, "territory_kind": "as_printed", "note": _noted(place, *misprint, AS_PRINTED)})


def _place_of(share: PrintedShare, names: Names, networks: Mapping[str, Network]) -> str:
    """The place that the city is on the lists of the networks it is marked in; "" where they do not lead to one and the same.

    Country codes of the table are judged on network by network (SW is Sweden there), so the networks have to be asked.
    """
    asked = [networks[network_id] for network_id in share.networks if network_id in networks]
    found = {names.resolve(network, share.city, share.country_as_published).place_id for network in asked} - {""}
    return found.pop() if len(found) == 1 else ""


def _noted(place: Place, *notes: str) -> str:
    return "; ".join((*notes, RECOGNISED_NON_CITIZENS) if place.country in NON_CITIZENS_IN else notes)


def _row(place_id: str, values: Row) -> Row:
    empty = dict.fromkeys(("year", "territory_code", "flag", "eu_definition", "note"))
    return {"place_id": place_id, **empty, "published_or_computed": "published", **values}
