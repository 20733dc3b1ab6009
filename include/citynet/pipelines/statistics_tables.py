"""The tables of figures of the places: city_statistics, one row a figure of the newest year, and statistics_trends."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from math import isnan
from typing import Any

from citynet.model import Network, Place, Row
from citynet.pipelines.figures import COUNTRIES, POPULATION, Newest, Series
from citynet.pipelines.names import Names
from citynet.pipelines.place_tables import Described
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.territories import exception_of
from citynet.statistics import birthplace, citizenship
from citynet.statistics.datasets import population_year
from citynet.statistics.identities import POINTS
from citynet.statistics.joining import MAY_BE_ONE
from citynet.statistics.printed_shares import POSSIBLE_MISPRINTS, PrintedShare
from citynet.statistics.shares import AGREE, DIFFER, TOTALS_PERCENT, UNCHECKED
from citynet.statistics.values import Municipality

REPORT = "oomen_2018"
AS_PRINTED = "year, territory and EU definition are not printed; the table is a sample of cities chosen by number of memberships"
MISPRINT = "may be a misprint of the source"
RECOGNISED_NON_CITIZENS = "the source does not say whether recognised non-citizens count"
NON_CITIZENS_IN = ("EE", "LV")
"""Countries with a large group of residents who are citizens of no state by law; a share with and without them differs widely."""
NON_EU_SHARE, FOREIGN_BORN_SHARE, BORN_OUTSIDE_EU_SHARE = (
    citizenship.NON_EU_CITIZENS.name,
    birthplace.FOREIGN_BORN_SHARE.name,
    birthplace.BORN_OUTSIDE_EU_SHARE.name,
)
INDICATORS = (POPULATION, NON_EU_SHARE, FOREIGN_BORN_SHARE, BORN_OUTSIDE_EU_SHARE)
MEANINGS: Mapping[str, str] = {
    NON_EU_SHARE: citizenship.NOTE,
    FOREIGN_BORN_SHARE: birthplace.NOTE,
    BORN_OUTSIDE_EU_SHARE: f"{birthplace.NOTE}; {citizenship.ASSUMED}",
}
"""Indicator -> what a reader must know of it."""
CONTEXT = ("nuts3", "country")
"""Territories whose figures are shown where a place has no statistical city: they tell of its surroundings, not of the place."""
TERRITORIES: Mapping[str, str] = {
    "greater_city": "of the greater city as Eurostat draws it, which may hold more municipalities than this one",
    "functional_urban_area": "of the city with its commuting zone",
    "nuts3": "of the NUTS 3 region: no figure of a statistical city is at hand for the place",
    "country": "of the whole country: no figure of a statistical city is at hand for the place",
}
"""Kind of territory -> what a reader must know of it."""
SECOND: Mapping[str, str] = {
    AGREE: f"the total is of {{}} and agrees with that of {{}} within {TOTALS_PERCENT:g} percent",
    UNCHECKED: "the total is of {}; {} has no total of the year to hold it against",
    DIFFER: f"the total of {{}} is not used: it is over {TOTALS_PERCENT:g} percent off that of {{}}, as where one of them was drawn anew",
}
"""How the total of another data set stands to a computed share -> what is said of it; {}: both data sets, the other one first."""
DECIMALS = 4
"""To how many decimals changes in percent are rounded."""


def city_statistic_rows(described: Described, statistics: Statistics, names: Names, networks: Sequence[Network], as_of: str) -> list[Row]:
    """Table city_statistics, for the places of the release: figures of different sources stand beside each other, never merged."""
    rows = [*_municipalities(described), *_territories(described, statistics), *_printed(described, statistics, names, networks)]
    return [_dated(row, statistics, as_of) for row in rows]


def trend_rows(described: Described, statistics: Statistics, as_of: str) -> list[Row]:
    """Table statistics_trends: of each figure of a place's own city and functional urban area the newest unbroken stretch."""
    followed: dict[str, dict[str, Mapping[Hashable, Any]]] = {}
    rows = []
    for place, kind, code, series in _of_places(described):
        if kind not in CONTEXT:
            key = f"{series.indicator} {series.dataset}"
            if key not in followed:
                stretches = series.trends()
                followed[key] = dict(zip(stretches["territory"], stretches.to_dict("records"), strict=True))
            row = _trend(place, kind, code, series, followed[key][code])
            rows.append({**row, "capture_id": statistics.capture_id(series.dataset), "as_of": as_of})
    return rows


def _dated(row: Row, statistics: Statistics, as_of: str) -> Row:
    """The row with its age and with the vintage that it is of."""
    dataset, year = str(row["source_id"]), row["year"]
    vintage = statistics.of(dataset)
    return {
        **row,
        "capture_id": statistics.capture_id(dataset),
        "age_years": None if year is None else int(as_of[:4]) - int(str(year)),
        "vintage": (vintage.updated or None) if vintage else None,
        "as_of": as_of,
    }


def _municipalities(described: Described) -> Iterator[Row]:
    for place_id, unit in described.municipalities.items():
        if unit is not None and unit.population is not None:
            yield _of_municipality(described.places[place_id], unit, unit.population, described.lau_year)


def _of_municipality(place: Place, unit: Municipality, residents: int, edition: int) -> Row:
    year = population_year(edition, unit.country)
    values: Row = {"indicator": POPULATION, "value": float(residents), "unit": "persons", "year": year, "source_id": f"lau_{edition}"}
    return _row(place.place_id, {**values, "territory_kind": "municipality", "territory_code": unit.lau_code})


def _territories(described: Described, statistics: Statistics) -> Iterator[Row]:
    """The newest figure of each indicator, of the place's own territories, or of what it lies in where it has no city's."""
    for place, kind, code, series in _of_places(described):
        figure = series.newest[code]
        made = figure.way != ""
        values: Row = {"indicator": series.indicator, "value": figure.value, "unit": series.unit, "year": figure.year}
        territory: Row = {"territory_kind": kind, "territory_code": code, "flag": figure.flags or None, "source_id": series.dataset}
        share: Row = {"published_or_computed": "computed" if made else "published", "eu_definition": figure.eu_definition or None}
        notes = [f"computed: 100 x {figure.way}", *_second(figure, series, statistics)] if made else []
        if figure.gap is not None and abs(figure.gap) > POINTS:
            notes.append(f"of the source's own counts it would be {figure.value - figure.gap:.1f}")
        notes += [_of_region(described)] if kind == "nuts3" else []
        yield _row(place.place_id, {**values, **territory, **share, "note": _noted(place, series, kind, code, *notes)})


def _second(figure: Newest, series: Series, statistics: Statistics) -> list[str]:
    """Both vintages that a computed share stands on, and how their totals stand to each other; nothing within one data set."""
    if not figure.second:
        return []
    return [SECOND[figure.totals].format(*(_vintage(dataset, statistics) for dataset in (figure.second, series.dataset)))]


def _vintage(dataset: str, statistics: Statistics) -> str:
    """A data set with the capture in use and the source's own date of it."""
    vintage, capture = statistics.of(dataset), statistics.capture_id(dataset)
    updated = f"updated {vintage.updated}" if vintage and vintage.updated else "date of update not known"
    return f"{dataset} ({f'capture {capture}, ' if capture else ''}{updated})"


def _of_region(described: Described) -> str:
    """From which list a region's code is: regions are redrawn every three years, and a code that stayed may be of another region."""
    return f"the region's code is that of the list of municipalities of {described.lau_year}, and its figures are of the regions served now"


def _of_places(described: Described) -> Iterator[tuple[Place, str, str, Series]]:
    """Place, kind and code of the territory, and series: of every figure that is joined to a place of the release."""
    for place_id, place in described.places.items():
        theirs = described.territories[place_id]
        outside = not theirs.city and (place.place_kind in MAY_BE_ONE or described.municipalities[place_id] is not None)
        for kind, code in theirs.coded():
            if kind in CONTEXT and not outside:
                continue
            for indicator in INDICATORS:
                if (series := described.figures.of(indicator, kind, code)) is not None:
                    yield place, kind, code, series


def _trend(place: Place, kind: str, code: str, series: Series, stretch: Mapping[Hashable, Any]) -> Row:
    known = {name: None if isinstance(value, float) and isnan(value) else value for name, value in stretch.items()}
    changes = {name: known[name] for name in ("change_percent", "change_percent_a_year", "break_percent_a_year")}
    return {
        "place_id": place.place_id,
        "indicator": series.indicator,
        "territory_code": known["territory"],
        "territory_kind": kind,
        **{name: known[name] for name in ("first_year", "last_year", "years_observed", "value_first", "value_last", "begins_with")},
        **{name: None if change is None else round(change, DECIMALS) for name, change in changes.items()},
        "break_year": None if known["break_year"] is None else int(known["break_year"]),
        "flag": known["flags"] or None,
        "source_id": series.dataset,
        "note": _noted(place, series, kind, code, *_before(series, known)),
    }


def _before(series: Series, known: Mapping[Hashable, Any]) -> tuple[str, ...]:
    """What the figure was before the break, which is not to be compared with those after it."""
    if known["year_before"] is None:
        return ()
    value = f"{known['value_before']:,.0f}" if series.unit == "persons" else f"{known['value_before']:.1f} percent"
    return (f"the figure before the break is {value} in {int(known['year_before'])}",)


def _printed(described: Described, statistics: Statistics, names: Names, networks: Sequence[Network]) -> Iterator[Row]:
    """The report's shares as printed, of the cities that are places of the release."""
    known = {network.id: network for network in networks}
    for share in statistics.printed:
        place = described.places.get(_place_of(share, names, known))
        if place is None:
            continue
        misprint = (MISPRINT,) if (share.city, share.percent) in POSSIBLE_MISPRINTS else ()
        values: Row = {"indicator": NON_EU_SHARE, "value": share.percent, "unit": "percent", "source_id": REPORT}
        yield _row(
            place.place_id, {**values, "territory_kind": "as_printed", "note": "; ".join((*misprint, AS_PRINTED, *_of_country(place)))}
        )


def _place_of(share: PrintedShare, names: Names, networks: Mapping[str, Network]) -> str:
    """The place that the city is on the lists of the networks it is marked in; "" where they do not lead to one and the same.

    Country codes of the table are judged on network by network (SW is Sweden there), so the networks have to be asked.
    """
    asked = [networks[network_id] for network_id in share.networks if network_id in networks]
    found = {names.resolve(network, share.city, share.country_as_published).place_id for network in asked} - {""}
    return found.pop() if len(found) == 1 else ""


def _noted(place: Place, series: Series, kind: str, code: str, *notes: str) -> str | None:
    """What a reader must know of the territory and its code, of the indicator and of this figure, in that order."""
    meaning = (
        citizenship.COUNTRY_NOTE if series.dataset == COUNTRIES and series.indicator == NON_EU_SHARE else MEANINGS.get(series.indicator)
    )
    exception = exception_of(code)
    said = [TERRITORIES.get(kind), f"{code}: {exception}" if exception else None, meaning, *notes]
    said += _of_country(place) if series.indicator == NON_EU_SHARE else ()
    return "; ".join(note for note in said if note) or None


def _of_country(place: Place) -> tuple[str, ...]:
    return (RECOGNISED_NON_CITIZENS,) if place.country in NON_CITIZENS_IN else ()


def _row(place_id: str, values: Row) -> Row:
    empty = dict.fromkeys(("year", "territory_code", "flag", "eu_definition", "note"))
    return {"place_id": place_id, **empty, "published_or_computed": "published", **values}
