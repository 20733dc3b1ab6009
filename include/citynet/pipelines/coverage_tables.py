"""Table coverage: of which cities, member municipalities and people there are figures, by country and year."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.analysis.lists import MemberList, unusable_because
from citynet.model import Row
from citynet.pipelines.figures import CITIES, CITIZENSHIP, COUNTRIES, POPULATION, Figures
from citynet.pipelines.place_tables import Described
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.territories import current_cities
from citynet.pipelines.universe_tables import NO_LIST, NO_UNITS
from citynet.statistics.citizenship import NON_EU_CITIZENS
from citynet.statistics.coverage import (
    NO_CITY,
    Reach,
    Residents,
    Years,
    figures_by_territory,
    national_figures,
    reach_of_people,
    reach_of_units,
    reach_unknown,
)
from citynet.statistics.datasets import lau_source, population_year

SHARE = NON_EU_CITIZENS.name
DATASETS = {POPULATION: CITIES, SHARE: CITIZENSHIP}
"""Each indicator of the table -> the data set of cities that has it."""


NO_CODE = "no current code of its cities is known, and the vintage in use holds none"
TOTALS = {
    "statistical_cities": "cities and greater cities with a current code in table territories, and those that the vintage in use names",
    "member_municipalities": "municipalities on the lists that feed figures",
    "residents": "residents of the country in the year that the row stands on",
}
"""What is counted as the total of each subject."""


@dataclass(frozen=True, slots=True)
class _Cities:
    """current: city -> country; uncoded: countries with former codes only; served: indicator -> the cities that the vintage in use of
    its data set names, None where there is none."""

    current: Mapping[str, str]
    uncoded: Collection[str]
    served: Mapping[str, frozenset[str] | None]

    def absent(self, indicator: str, countries: Collection[str]) -> list[str]:
        """Those of the countries of which the vintage in use has no city, sorted."""
        there = {self.current[city] for city in self.served[indicator] or ()}
        return sorted(set(countries) - there)


def coverage_rows(lists: Sequence[MemberList], described: Described, statistics: Statistics, as_of: str, *, age_limit: bool) -> list[Row]:
    """Table coverage. lists: the newest of each network; those that feed no figure (too old, a sample) are left out.

    population: of cities Eurostat's, of municipalities that of the list of local units; the share of non-EU citizens: of the
    statistical city, also where it stands for a municipality or for people. The empty country is all countries together.
    """
    residents = _of_dataset(described.figures, POPULATION, CITIES)
    shares = _of_dataset(described.figures, SHARE, CITIZENSHIP)
    years = {POPULATION: _years(residents), SHARE: _years(shares)}
    members = _members(lists, described, as_of, age_limit)
    cities = _cities(described, statistics)
    listed = _listed(members, described, statistics)
    return [
        *_of_cities(statistics, cities, years, as_of),
        *_rows("member_municipalities", POPULATION, listed, _lau_source(described), as_of),
        *_rows("member_municipalities", SHARE, _with_share(members, described, cities, years[SHARE]), _source(statistics, SHARE), as_of),
        *_of_people(statistics, described.figures, cities, residents, years, as_of),
    ]


def _cities(described: Described, statistics: Statistics) -> _Cities:
    current, uncoded = current_cities(described.cities)
    served: dict[str, frozenset[str] | None] = {}
    for indicator, dataset in DATASETS.items():
        one = statistics.of(dataset)
        named = () if one is None else (*one.labels, *map(str, one.table["territory"].unique()))
        served[indicator] = None if one is None else frozenset(named) & current.keys()
    return _Cities(current, uncoded, served)


def _of_cities(statistics: Statistics, cities: _Cities, known: Mapping[str, Years | None], as_of: str) -> Iterator[Row]:
    """Of all current cities, whether the vintage in use names them or not; a country that it does not name at all says so."""
    for indicator, years in known.items():
        found = reach_unknown(cities.current, _not_held(indicator))
        if years is not None:
            absent = dict.fromkeys(cities.absent(indicator, set(cities.current.values())), NO_CITY)
            found = reach_of_units(cities.current, years, absent | dict.fromkeys(sorted(cities.uncoded), NO_CODE))
        told = [_with_served(reach, cities, indicator) for reach in found]
        yield from _rows("statistical_cities", indicator, told, _source(statistics, indicator), as_of)


def _with_served(reach: Reach, cities: _Cities, indicator: str) -> Reach:
    """The row without a year with the number of its cities that the vintage in use names."""
    named = cities.served[indicator]
    if reach.year is not None or named is None:
        return reach
    return replace(reach, served=sum(reach.country in ("", cities.current[city]) for city in named))


def _members(lists: Sequence[MemberList], described: Described, as_of: str, age_limit: bool) -> dict[str, str]:
    """The municipalities on lists that feed figures -> country, sorted; those whose country is not known are left out."""
    used = {p for members in lists if not unusable_because(members, as_of, age_limit) for p in members.municipality_ids}
    return {p: described.places[p].country for p in sorted(used) if described.places[p].country}


def _listed(members: Mapping[str, str], described: Described, statistics: Statistics) -> tuple[Reach, ...]:
    """Which have residents in the list of municipalities, by the year of its figures; a country that it lacks says so."""
    edition = described.lau_year
    if not edition:
        return reach_unknown(members, NO_LIST)
    listed = {p: unit for p in members if (unit := described.municipalities.get(p)) is not None and unit.population is not None}
    units = {cell.country for cell in statistics.universes}
    absent = {country: NO_UNITS for country in sorted(set(members.values())) if country not in units}
    return reach_of_units(members, {p: frozenset({population_year(edition, unit.country)}) for p, unit in listed.items()}, absent)


def _with_share(members: Mapping[str, str], described: Described, cities: _Cities, shares: Years | None) -> tuple[Reach, ...]:
    """Which are statistical cities that have a share."""
    if shares is None:
        return reach_unknown(members, _not_held(SHARE))
    absent = dict.fromkeys(cities.absent(SHARE, set(members.values())), NO_CITY)
    return reach_of_units(members, {p: shares.get(described.territories[p].city, frozenset()) for p in members}, absent)


def _of_people(
    statistics: Statistics,
    figures: Figures,
    cities: _Cities,
    residents: Residents | None,
    known: Mapping[str, Years | None],
    as_of: str,
) -> Iterator[Row]:
    """Residents of cities, of their country and the figure are of one year; a country's come from three sources in this order."""
    year = {c.country: population_year(statistics.lau_year, c.country) for c in statistics.universes}
    listed = {c.country: {year[c.country]: c.all_residents} for c in statistics.universes if c.all_residents}
    national = national_figures(residents or {}, _of_dataset(figures, POPULATION, COUNTRIES) or {}, listed)
    of_cities = {city: of for city, of in (residents or {}).items() if city in cities.current}
    for indicator, years in known.items():
        missing = next((name for name in (indicator, POPULATION) if known[name] is None), "")
        if years is None or missing:
            found = reach_unknown({}, _not_held(missing))
        else:
            absent = cities.absent(indicator, {country for country, _ in national} | {cities.current[city] for city in of_cities})
            found = reach_of_people(national, of_cities, years, absent)
        yield from _rows("residents", indicator, found, _source(statistics, indicator), as_of)


def _of_dataset(figures: Figures, indicator: str, dataset: str) -> Residents | None:
    """Territory -> year -> the figure as a whole number; None where no vintage of the data set has it."""
    found = next((one for one in figures.series if (one.indicator, one.dataset) == (indicator, dataset)), None)
    return None if found is None else figures_by_territory(found.table)


def _years(figures: Residents | None) -> Years | None:
    return None if figures is None else {territory: frozenset(by_year) for territory, by_year in figures.items()}


def _not_held(indicator: str) -> str:
    return f"no vintage of {DATASETS[indicator]} is in use"


def _source(statistics: Statistics, indicator: str) -> str | None:
    """How what is counted is to be cited; None where no vintage is in use."""
    dataset = DATASETS[indicator]
    return statistics.datasets[dataset].citation if statistics.of(dataset) is not None else None


def _lau_source(described: Described) -> str | None:
    return lau_source(described.lau_year) if described.lau_year else None


def _rows(subject: str, indicator: str, found: Sequence[Reach], source: str | None, as_of: str) -> Iterator[Row]:
    for reach in found:
        yield {
            "subject": subject,
            "country": reach.country or None,
            "year": reach.year,
            "indicator": indicator,
            "total_of": TOTALS[subject],
            "total": reach.total,
            "served": reach.served,
            "with_figure": reach.held,
            "share_percent": reach.percent,
            "counted_year": reach.of_year,
            "not_computed_because": reach.because or None,
            "source": source,
            "as_of": as_of,
        }
