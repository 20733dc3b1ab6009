"""How far figures reach: of the cities, municipalities or people of each country and year, how many have the figure.

Nothing that is missing counts as known: what can't be counted has no count and says why.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from citynet.statistics.joining import iso_of
from citynet.statistics.territory_codes import CITY, TODAY

if TYPE_CHECKING:
    import pandas as pd

Cell = tuple[str, int | None]
"""Country (ISO code) and reference year, None for the newest year of each."""
Years = Mapping[str, frozenset[int]]
"""City or municipality -> the years of which it has the figure."""
Residents = Mapping[str, Mapping[int, int]]
"""Territory -> year -> residents."""
ALL_COUNTRIES = ""
NO_CITY = "no city of the country is in the vintage in use"
NO_YEAR = "no year is held both of the country and of one of its cities"
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Reach:
    """Of `total` (cities, municipalities or people) of a country, or of all, `held` have the figure of that year.

    year None: the newest year of each. because: why there is no count, "" where there is one; what of it is known stays. served: how
    many of the total the vintage in use names, figure or not, None where it is not asked; of_year: the one year that a row of people
    without a year stands on.
    """

    country: str
    year: int | None
    total: int | None
    held: int | None
    because: str = ""
    served: int | None = None
    of_year: int | None = None

    @property
    def percent(self) -> float | None:
        """held over total."""
        return 100 * self.held / self.total if self.held is not None and self.total and not self.because else None


def reach_of_units(units: Mapping[str, str], known: Years, absent: Mapping[str, str] | None = None) -> tuple[Reach, ...]:
    """By country and year, from the first year to the last that any has; units: city or municipality -> country.

    The total is of all units whatever the year: one that has no figure of a year lacks it, also where nobody has one. absent:
    country -> why nothing is known of any of its units; it has no count, and its units stay in the total of all countries.
    """
    gone = absent or {}
    years = sorted({year for unit in units for year in known.get(unit, ())})
    span = range(years[0], years[-1] + 1) if years else range(0)
    of_country = Counter(units.values())
    totals: dict[Cell, int | None] = {(c, year): of_country[c] for c in of_country if c not in gone for year in (None, *span)}
    held = Counter[Cell]()
    for unit, country in units.items():
        found = known.get(unit, frozenset())
        held.update((country, year) for year in found)
        held[country, None] += bool(found)
    each = [*_each(totals, held), *(Reach(c, None, of_country[c] or None, None, why) for c, why in gone.items())]
    together = [_added(year, [r for r in each if r.year == year and not r.because], len(units)) for year in _years(totals)]
    return (*together, *sorted(each, key=lambda reach: _order((reach.country, reach.year))))


def reach_of_people(national: Mapping[Cell, int], cities: Residents, known: Years, absent: Collection[str] = ()) -> tuple[Reach, ...]:
    """By country and year: who lives in a city that has the figure, of all residents of the country.

    national: residents of each country by year; cities: the residents of each by year. Figure, residents of the city and residents of
    the country are of one year always: the row without a year is that of the newest year for which a country has all three, and says
    which (of_year); all countries have such a row only where that year is one. absent: countries without a city in the vintage in use.
    Nobody is counted twice: of the cities whose codes of 2026 are known none lies in another one (checked with the lists of 2019).
    """
    held = Counter[Cell]()
    for city, residents in cities.items():
        found, country = known.get(city, frozenset()), iso_of(city)
        held.update({(country, year): persons for year, persons in residents.items() if year in found})
    counted_years = sorted({year for _, year in held if year is not None})
    span = range(counted_years[0], counted_years[-1] + 1) if counted_years else range(0)
    countries = sorted({iso_of(city) for city in cities} - set(absent))
    each = _each({(country, year): national.get((country, year)) for country in countries for year in span}, held)
    newest = [_newest_of(country, each) for country in countries]
    missing = [Reach(country, None, None, None, NO_CITY) for country in sorted({*absent, *(c for c, _ in national)} - set(countries))]
    together = [_added(year, [r for r in each if r.year == year and not r.because]) for year in span]
    return (_of_one_year(newest), *together, *sorted([*each, *newest, *missing], key=lambda reach: _order((reach.country, reach.year))))


def reach_unknown(units: Mapping[str, str], because: str) -> tuple[Reach, ...]:
    """The same where nobody knows which have the figure: how many there are by country, and why no more can be said."""
    of_country = Counter(units.values())
    each = [Reach(country, None, of_country[country], None, because) for country in sorted(of_country)]
    return (Reach(ALL_COUNTRIES, None, len(units) or None, None, because), *each)


def cities_in(*territories: Iterable[str]) -> dict[str, str]:
    """The statistical cities among codes as served today -> country (ISO code), sorted; rows of countries and unions are none."""
    return {code: iso_of(code) for code in sorted({c for served in territories for c in served if TODAY[CITY].fullmatch(c)})}


def figures_by_territory(table: "pd.DataFrame") -> dict[str, dict[int, int]]:
    """Territory -> year -> the figure as a whole number, of a table with these three columns; a flag without a value is none."""
    kept = table[table["value"].notna()]
    found: dict[str, dict[int, int]] = {}
    for territory, year, value in zip(kept["territory"].astype(str), kept["year"].tolist(), kept["value"].tolist(), strict=True):
        found.setdefault(territory, {})[year] = round(value)
    return found


def national_figures(*sources: Residents) -> dict[Cell, int]:
    """Residents of each country by year, from what figures_by_territory gave; of two sources with the year the first is taken."""
    found: dict[Cell, int] = {}
    for source in sources:
        for code in (code for code in source if _COUNTRY.fullmatch(code)):
            for year, persons in source[code].items():
                found.setdefault((iso_of(code), year), persons)
    return found


def _each(totals: Mapping[Cell, int | None], held: Mapping[Cell, int]) -> list[Reach]:
    return [_reach(country, year, totals[country, year], held.get((country, year), 0)) for country, year in sorted(totals, key=_order)]


def _years(totals: Mapping[Cell, int | None]) -> list[int | None]:
    """The years of the rows, None first and always."""
    return [None, *sorted({year for _, year in totals if year is not None})]


def _reach(country: str, year: int | None, total: int | None, held: int) -> Reach:
    found = Reach(country, year, total, held)
    if not total:
        return replace(found, because="no figure of the whole country is held for the year")
    if held > total:
        return replace(found, because="the figures of its cities add up to more than that of the country")
    return found


def _newest_of(country: str, each: Sequence[Reach]) -> Reach:
    """The row of the newest year for which the country and a city of it with the figure are held."""
    found = [reach for reach in each if reach.country == country and reach.total and reach.held]
    if not found:
        return Reach(country, None, None, None, NO_YEAR)
    newest = found[-1]
    return replace(newest, year=None, of_year=newest.year)


def _of_one_year(newest: Sequence[Reach]) -> Reach:
    """All countries in the one newest year that they share; why there is no such row where they do not."""
    counted = [reach for reach in newest if not reach.because]
    years = sorted({reach.of_year for reach in counted if reach.of_year is not None})
    if len(years) > 1:
        because = f"the newest years of the countries differ ({years[0]} to {years[-1]}) and are not added up"
        return Reach(ALL_COUNTRIES, None, None, None, because)
    return replace(_added(None, counted), of_year=years[0] if years else None)


def _added(year: int | None, counted: Sequence[Reach], total: int | None = None) -> Reach:
    """The countries that have a count as one; total: of all countries, where that is known of those without a count too."""
    if not counted:
        return Reach(ALL_COUNTRIES, year, total or None, None, "no country has a count")
    return Reach(ALL_COUNTRIES, year, total or sum(r.total or 0 for r in counted), sum(r.held or 0 for r in counted))


def _order(cell: Cell) -> tuple[str, bool, int]:
    country, year = cell
    return country, year is not None, year or 0
