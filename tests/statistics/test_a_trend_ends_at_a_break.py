"""A figure is followed back to the last break of its series and no further. Cities of the bundled answer are genuine, others are made."""

import math
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.pipelines.outside import PROJECT
from citynet.statistics.citizenship import eu_definition
from citynet.statistics.trends import SHARE_POINTS_A_YEAR, Bound, breaks, series_of, trends
from observed import decoded, observed

BODY = PROJECT / "include/samples/statistics/2026-08-31/urb_cpop1_DE1001V.json"
EIGHT = Bound(8.0)
POINTS = Bound(SHARE_POINTS_A_YEAR, "points")
Point = tuple[str, int, float | None, str]


@pytest.fixture(scope="module")
def cities() -> pd.DataFrame:
    """Residents of the statistical cities in the bundled answer of 2026, in which flags could not be had."""
    return series_of(decoded("urb_cpop1", BODY.read_bytes()).table, "DE1001V")


def series(*points: Point) -> pd.DataFrame:
    return series_of(observed("urb_cpop1", [("DE1001V", *point) for point in points]).table, "DE1001V")


def trend(found: pd.DataFrame, territory: str = "X") -> Mapping[str, object]:
    (row,) = found[found["territory"] == territory].to_dict("records")
    return {str(name): None if isinstance(value, float) and math.isnan(value) else value for name, value in row.items()}


def yearly(start: int, values: Iterable[float], territory: str = "X", flags: str = "") -> list[Point]:
    return [(territory, start + number, value, flags) for number, value in enumerate(values)]


@pytest.mark.parametrize(
    ("city", "before", "after", "a_year"),
    [
        ("BE004C", (2020, 203_314), (2021, 238_412), 17.26),
        ("BE005C", (1999, 187_538), (2001, 359_314), 38.42),
        ("BE009C", (2020, 95_922), (2021, 157_333), 64.02),
        ("CH003C", (2006, 801_604), (2009, 347_161), -24.34),
        ("CH010C", (2010, 51_991), (2011, 69_355), 33.40),
    ],
)
def test_cities_that_were_drawn_anew_begin_again(
    cities: pd.DataFrame, city: str, before: tuple[int, int], after: tuple[int, int], a_year: float
) -> None:
    found = trend(trends(cities, EIGHT), city)
    assert (found["year_before"], found["value_before"]) == before
    assert (found["first_year"], found["value_first"]) == after
    assert (found["begins_with"], found["break_year"]) == ("jump", after[0])
    assert found["break_percent_a_year"] == pytest.approx(a_year, abs=0.01)


def test_a_city_that_only_grew_is_followed_from_the_start(cities: pd.DataFrame) -> None:
    found = trend(trends(cities, EIGHT), "BE001C")
    assert (found["first_year"], found["last_year"], found["years_observed"]) == (1990, 2024, 35)
    assert (found["value_first"], found["value_last"]) == (964_385, 1_264_371)
    assert found["change_percent"] == pytest.approx(31.106, abs=0.001)
    assert found["change_percent_a_year"] == pytest.approx(0.7998, abs=0.0001)
    assert (found["begins_with"], found["break_year"], found["break_percent_a_year"]) == ("series_start", None, None)


def test_a_step_over_years_without_a_figure_is_taken_as_its_yearly_mean() -> None:
    slow = yearly(2000, [100]) + yearly(2010, [180, 181])
    assert trend(trends(series(*slow), EIGHT))["first_year"] == 2000
    assert trend(trends(series(*slow), Bound(5.0)))["first_year"] == 2010


def test_the_sources_own_flag_ends_a_trend_however_small_the_step() -> None:
    found = trend(trends(series(*yearly(2010, [100, 101]), ("X", 2012, 102, "be"), ("X", 2013, 103, "p")), EIGHT))
    assert (found["first_year"], found["begins_with"], found["break_year"], found["flags"]) == (2012, "break_flag", 2012, "bep")
    assert found["break_percent_a_year"] == pytest.approx(100 / 101)


def test_a_flag_on_a_year_without_a_figure_lies_between_its_neighbours() -> None:
    found = trend(trends(series(*yearly(2010, [100, 101]), ("X", 2012, None, "b"), ("X", 2014, 103, "")), EIGHT))
    assert (found["first_year"], found["begins_with"], found["years_observed"]) == (2014, "break_flag", 1)
    assert (found["change_percent"], found["change_percent_a_year"]) == (None, None)


def test_a_flag_on_the_oldest_figure_ends_nothing_that_is_there() -> None:
    found = trend(trends(series(*yearly(2010, [100], flags="b"), *yearly(2011, [101])), EIGHT))
    assert (found["first_year"], found["begins_with"], found["years_observed"]) == (2010, "series_start", 2)


def test_a_territory_that_had_nobody_cannot_be_followed_from_there() -> None:
    found = trend(trends(series(*yearly(2010, [0, 50, 51])), EIGHT))
    assert (found["first_year"], found["begins_with"], found["break_percent_a_year"]) == (2011, "jump", None)
    empty = trend(trends(series(*yearly(2010, [0, 0])), EIGHT))
    assert (empty["begins_with"], empty["change_percent"]) == ("series_start", None)


def shares(*points: Point) -> pd.DataFrame:
    made = series(*points)
    return made.assign(eu_definition=[eu_definition(year) for year in made["year"]])


def test_a_share_is_followed_only_as_long_as_the_union_is_the_same() -> None:
    found = trend(trends(shares(*yearly(2011, [4.0, 4.1, 4.0, 4.2])), POINTS))
    assert (found["first_year"], found["begins_with"], found["break_year"]) == (2013, "eu_definition", 2013)
    after = trend(trends(shares(*yearly(2018, [4.0, 4.1, 5.0, 5.2])), POINTS))
    assert (after["first_year"], after["begins_with"]) == (2020, "eu_definition")


def test_a_small_share_may_grow_by_half_but_not_by_points() -> None:
    assert trend(trends(shares(*yearly(2020, [1.0, 1.5, 2.2])), POINTS))["first_year"] == 2020
    assert trend(trends(shares(*yearly(2020, [1.0, 1.5, 5.2])), POINTS))["begins_with"] == "jump"


def test_where_the_city_was_drawn_anew_its_share_begins_again_too() -> None:
    population = breaks(series(*yearly(2019, [100, 101, 160, 161])), EIGHT)
    assert list(population[["year", "cause", "year_before", "value_before", "value"]].itertuples(index=False, name=None)) == [
        (2021, "jump", 2020, 101.0, 160.0)
    ]
    found = trend(trends(shares(*yearly(2020, [6.0, 6.1, 6.2])), POINTS, beside=population))
    assert (found["first_year"], found["begins_with"]) == (2021, "jump")
    other = trend(trends(shares(*yearly(2021, [6.0, 6.1, 6.2])), POINTS, beside=population))
    assert (other["first_year"], other["begins_with"]) == (2021, "series_start"), "no figure lies before the break"


def test_nothing_observed_gives_no_trend() -> None:
    assert trends(series(), EIGHT).empty
    assert trends(series(("X", 2020, None, "c")), EIGHT).empty
    assert breaks(series(), EIGHT).empty


def newest_stretch(points: Sequence[tuple[int, float | None, str]], most: float) -> tuple[list[int], str]:
    """The years of the newest stretch and what it begins with, walked year by year."""
    years: list[int] = []
    begins, flagged, before = "series_start", False, 0.0
    for year, value, flags in points:
        flagged = flagged or "b" in flags
        if value is None:
            continue
        if years:
            a_year = 100 * ((value / before) ** (1 / (year - years[-1])) - 1)
            cause = "break_flag" if flagged else "jump" if abs(a_year) > most else ""
            years, begins = ([], cause) if cause else (years, begins)
        years.append(year)
        before, flagged = value, False
    return years, begins


POINTS_OF_A_SERIES = st.dictionaries(
    st.integers(1990, 2025),
    st.tuples(st.none() | st.integers(900, 1300), st.sampled_from(("", "", "", "e", "b", "bd"))),
    max_size=12,
)


@settings(max_examples=8)
@given(st.lists(POINTS_OF_A_SERIES, min_size=1, max_size=25))
def test_any_series_is_cut_where_walking_it_year_by_year_cuts_it(drawn: list[dict[int, tuple[int | None, str]]]) -> None:
    points: list[Point] = [(f"X{n}", year, *held) for n, one in enumerate(drawn) for year, held in one.items()]
    found = trends(series(*points), EIGHT)
    walked = {f"X{n}": newest_stretch([(year, *one[year]) for year in sorted(one)], 8.0) for n, one in enumerate(drawn)}
    assert sorted(found["territory"]) == sorted(code for code, (years, _) in walked.items() if years)
    for code in found["territory"]:
        years, begins = walked[code]
        row = trend(found, code)
        assert (row["first_year"], row["last_year"], row["years_observed"]) == (years[0], years[-1], len(years))
        assert row["begins_with"] == begins
