"""The figures of statistical territories that a release uses: every series of each indicator, from whichever data set has it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from citynet.pipelines.statistics import Statistics
from citynet.quality.checking import EXAMPLES
from citynet.quality.rule import CheckResult
from citynet.statistics.birthplace import BORN_OUTSIDE_EU_SHARE, FOREIGN_BORN_SHARE, born_outside_eu_shares, foreign_born_shares
from citynet.statistics.citizenship import NON_EU_CITIZENS, country_non_eu_shares, non_eu_shares
from citynet.statistics.identities import identities
from citynet.statistics.shares import Measure, newest
from citynet.statistics.trends import SHARE_POINTS_A_YEAR, Bound, breaks, series_of, trends
from citynet.statistics.values import Observations

if TYPE_CHECKING:
    import pandas as pd

POPULATION, CITY, COUNTRY = "population", "statistical_city", "country"
CITIES, CITIZENSHIP, BIRTHPLACE, COUNTRIES = "urb_cpop1", "urb_cpopcb", "urb_cpopcb_birth", "migr_pop1ctz"
"""The data sets of which shares are made. Which data sets have populations is said by their files."""
REGIONS = "demo_r_pjanaggr3"
"""The data set of NUTS 3 regions."""
NEIGHBOURS = {"statistical_city": CITY, "greater_city": CITY}
"""Kinds of territory that one data set serves under one kind of code."""


@dataclass(frozen=True, slots=True)
class Newest:
    """The figure of a territory's newest year that has one. way: how it was computed, "" where the source prints it; gap: the
    printed one less the computed one in points, None where only one is there; eu_definition: "" where it is nothing to it; second:
    the other data set whose total it was computed with, or whose total was refused, and totals: which of both (statistics/shares.py)."""

    year: int
    value: float
    flags: str
    way: str
    gap: float | None
    eu_definition: str
    second: str = ""
    totals: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One indicator of one kind of territory, of one data set. vintage: its `updated`, "" where the source does not say.

    table: territory, year, value, flags, way, gap, eu_definition, sorted; newest: territory -> its newest figure; bound: beyond how
    much a year it has jumped; beside: breaks of the population under a share, which are its breaks too.
    """

    indicator: str
    territory_kind: str
    dataset: str
    vintage: str
    table: "pd.DataFrame"
    newest: Mapping[str, Newest]
    bound: Bound
    beside: "pd.DataFrame | None"

    @property
    def unit(self) -> str:
        """Of its values."""
        return "persons" if self.indicator == POPULATION else "percent"

    def trends(self) -> "pd.DataFrame":
        """The newest unbroken stretch, one row a territory."""
        return trends(self.table, self.bound, self.beside)


@dataclass(frozen=True, slots=True)
class Figures:
    """Every series of a release, by indicator, kind of territory and data set."""

    series: tuple[Series, ...] = ()

    def of(self, indicator: str, territory_kind: str, code: str) -> Series | None:
        """The series that has the figure of this territory. Of a country it may be one of cities, whose cubes hold rows of countries."""
        kind = NEIGHBOURS.get(territory_kind, territory_kind)
        for wanted in (kind, CITY) if kind == COUNTRY else (kind,):
            for one in self.series:
                if (one.indicator, one.territory_kind) == (indicator, wanted) and code in one.newest:
                    return one
        return None

    def newest(self, indicator: str, territory_kind: str, code: str) -> Newest | None:
        """The newest figure of this territory; None where there is none."""
        found = self.of(indicator, territory_kind, code)
        return None if found is None else found.newest[code]


def figures(statistics: Statistics) -> Figures:
    """The series of the vintages in use; data sets that are replayed for a comparison only (live: false) give none."""
    made = [*_populations(statistics), *_shares(statistics)]
    return Figures(tuple(sorted(made, key=lambda one: (one.indicator, one.territory_kind, one.dataset))))


def figure_checks(statistics: Statistics) -> list[CheckResult]:
    """What must agree between data sets, and printed shares with the counts behind them, for table quality; warnings."""
    population = _given(statistics, CITIES)
    results = []
    for dataset in (CITIZENSHIP, BIRTHPLACE):
        if statistics.of(dataset) is None:
            continue
        for what, rows in identities([*_given(statistics, dataset), *population]).groupby("what"):
            broken = rows[rows["gap"] > rows["allowed"]].sort_values(["territory", "year"])
            told = [f"{row.territory} {row.year}: {row.gap:g}" for row in broken.head(EXAMPLES).itertuples()]
            found = (not len(broken), len(rows), len(broken), tuple(told))
            results.append(CheckResult("statistics", dataset, str(what), "value", "warning", *found))
    return results


def _populations(statistics: Statistics) -> Iterator[Series]:
    """Every indicator that the file of a data set calls population."""
    for dataset, vintage in sorted(statistics.observations.items()):
        about = statistics.datasets[dataset]
        if about.live and (found := _population(statistics, dataset)) is not None:
            table, bound = found
            yield _series(POPULATION, about.territory_kind, vintage, table, bound)


def _shares(statistics: Statistics) -> Iterator[Series]:
    """The shares of residents by citizenship and by country of birth; where a population breaks its shares do."""
    population = _given(statistics, CITIES)
    made: list[tuple[Measure, str, Observations, pd.DataFrame]] = []
    for one in _given(statistics, CITIZENSHIP):
        made.append((NON_EU_CITIZENS, CITY, one, non_eu_shares(one, *population)))
    for one in _given(statistics, BIRTHPLACE):
        made.append((FOREIGN_BORN_SHARE, CITY, one, foreign_born_shares(one, *population)))
        made.append((BORN_OUTSIDE_EU_SHARE, CITY, one, born_outside_eu_shares(one, *population)))
    for one in _given(statistics, COUNTRIES):
        made.append((NON_EU_CITIZENS, COUNTRY, one, country_non_eu_shares(one)))
    for measure, kind, one, found in made:
        residents = _population(statistics, CITIES if kind == CITY else COUNTRIES)
        beside = None if residents is None else breaks(*residents)
        table = found.rename(columns={"percent": "value"}).drop(columns="published")
        yield _series(measure.name, kind, one, table, Bound(SHARE_POINTS_A_YEAR, "points"), beside)


def _given(statistics: Statistics, dataset: str) -> list[Observations]:
    found = statistics.of(dataset)
    return [] if found is None else [found]


def _population(statistics: Statistics, dataset: str) -> "tuple[pd.DataFrame, Bound] | None":
    """Residents by territory and year, rows with nothing but a flag too, and beyond how much a year they have jumped."""
    about, found = statistics.datasets.get(dataset), statistics.of(dataset)
    indicator = next((i for i in about.indicators.values() if i.name == POPULATION), None) if about else None
    if found is None or indicator is None:
        return None
    return series_of(found.table, indicator.code), Bound(indicator.jump_percent_a_year)


def _series(
    indicator: str, kind: str, vintage: Observations, table: "pd.DataFrame", bound: Bound, beside: "pd.DataFrame | None" = None
) -> Series:
    plain: dict[str, str | float] = {"way": "", "gap": float("nan"), "eu_definition": "", "second": "", "totals": ""}
    whole = table.copy()
    for column in plain.keys() - set(table.columns):
        whole[column] = plain[column]
    last = newest(whole[whole["value"].notna()])[["territory", "year", "value", "flags", *plain]]
    known = {
        str(territory): Newest(int(year), float(value), str(flags), str(way), None if isnan(gap) else float(gap), *map(str, said))
        for territory, year, value, flags, way, gap, *said in last.itertuples(index=False, name=None)
    }
    return Series(indicator, kind, vintage.dataset, vintage.updated, whole, known, bound, beside)
