"""How far figures reach: counts that add up, years that nobody has, and what can't be counted, which is never 0."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.statistics.coverage import (
    ALL_COUNTRIES,
    NO_CITY,
    NO_YEAR,
    Reach,
    cities_in,
    figures_by_territory,
    national_figures,
    reach_of_people,
    reach_of_units,
    reach_unknown,
)
from observed import observed

CODES = [f"{country}00{number}C" for country in ("AT", "BE", "EL") for number in range(1, 5)]
YEARS = st.frozensets(st.integers(2010, 2016))


def by_cell(found: tuple[Reach, ...]) -> dict[tuple[str, int | None], Reach]:
    cells = {(reach.country, reach.year): reach for reach in found}
    assert len(cells) == len(found)
    return cells


@given(st.frozensets(st.sampled_from(CODES)), st.dictionaries(st.sampled_from(CODES), YEARS))
def test_each_count_is_that_of_the_units_themselves_and_all_countries_are_their_sum(
    served: frozenset[str], known: dict[str, frozenset[int]]
) -> None:
    units = cities_in(served)
    found = reach_of_units(units, known)
    for (country, year), reach in by_cell(found).items():
        among = [unit for unit in units if country in (units[unit], ALL_COUNTRIES)]
        having = [unit for unit in among if (year in known.get(unit, ()) if year else known.get(unit))]
        assert (reach.total, reach.held) == (len(among), len(having)) or not among
        assert reach.percent is None or 0 <= reach.percent <= 100
    assert {reach.country for reach in found} >= set(units.values())


def test_a_year_that_one_country_has_and_another_lacks_is_lacking_there() -> None:
    cells = by_cell(reach_of_units({"AT001C": "AT", "BE001C": "BE"}, {"AT001C": frozenset({2012, 2014}), "BE001C": frozenset()}))
    assert [cells["BE", year].percent for year in (None, 2012, 2013, 2014)] == [0, 0, 0, 0]
    assert [cells["AT", year].percent for year in (None, 2012, 2013, 2014)] == [100, 100, 0, 100]
    assert [cells[ALL_COUNTRIES, year].percent for year in (None, 2013, 2014)] == [50, 0, 50]


def test_where_nobody_knows_there_is_a_total_and_no_count() -> None:
    found = by_cell(reach_unknown({"AT001C": "AT", "AT002C": "AT", "BE001C": "BE"}, "not asked"))
    assert found == {
        ("", None): Reach("", None, 3, None, "not asked"),
        ("AT", None): Reach("AT", None, 2, None, "not asked"),
        ("BE", None): Reach("BE", None, 1, None, "not asked"),
    }
    assert {reach.percent for reach in found.values()} == {None}


def test_a_country_of_which_nothing_is_known_has_no_count_and_its_units_stay_in_the_total_of_all() -> None:
    units = {"AT001C": "AT", "DE001C": "DE", "DE002C": "DE"}
    cells = by_cell(reach_of_units(units, {"AT001C": frozenset({2014})}, {"DE": NO_CITY, "ES": "no code"}))
    assert cells["DE", None] == Reach("DE", None, 2, None, NO_CITY)
    assert cells["ES", None] == Reach("ES", None, None, None, "no code")
    assert (cells[ALL_COUNTRIES, None].total, cells[ALL_COUNTRIES, None].held) == (3, 1)
    assert (cells[ALL_COUNTRIES, 2014].total, cells[ALL_COUNTRIES, 2014].held) == (3, 1)
    assert ("DE", 2014) not in cells


def test_people_are_of_one_year_in_city_and_country_and_the_newest_such_year_is_named() -> None:
    national = {("AT", 2012): 1_000, ("AT", 2014): 1_100, ("AT", 2020): 1_300, ("GR", 2013): 500}
    cities = {"AT001C": {2012: 300, 2014: 330}, "AT002C": {2012: 100, 2013: 110}, "EL001C": {2014: 200}}
    cells = by_cell(reach_of_people(national, cities, {"AT001C": frozenset({2012}), "EL001C": frozenset({2014})}))
    assert [(cells["AT", year].total, cells["AT", year].held) for year in (2012, 2013, 2014)] == [(1_000, 300), (None, 0), (1_100, 0)]
    assert cells["AT", 2013].because == "no figure of the whole country is held for the year"
    assert cells["AT", None] == Reach("AT", None, 1_000, 300, of_year=2012)
    assert cells["GR", None] == Reach("GR", None, None, None, NO_YEAR), "200 of 2014 are never held against 500 of 2013"
    assert (cells[ALL_COUNTRIES, None].total, cells[ALL_COUNTRIES, None].held, cells[ALL_COUNTRIES, None].of_year) == (1_000, 300, 2012)
    assert (cells[ALL_COUNTRIES, 2013].total, cells[ALL_COUNTRIES, 2013].held) == (500, 0), "of the countries with a count alone"


def test_countries_with_different_newest_years_are_not_added_up() -> None:
    national = {("AT", 2014): 1_100, ("GR", 2016): 500, ("DE", 2016): 83_000}
    cities = {"AT001C": {2014: 330}, "EL001C": {2016: 200}}
    known = {"AT001C": frozenset({2014}), "EL001C": frozenset({2016})}
    cells = by_cell(reach_of_people(national, cities, known, ["DE"]))
    assert [cells[country, None].of_year for country in ("AT", "GR")] == [2014, 2016]
    because = "the newest years of the countries differ (2014 to 2016) and are not added up"
    assert cells[ALL_COUNTRIES, None] == Reach(ALL_COUNTRIES, None, None, None, because)
    assert cells["DE", None] == Reach("DE", None, None, None, NO_CITY), "nobody of 83,000 would be a claim on Germany"


@given(
    st.dictionaries(st.tuples(st.sampled_from(("AT", "BE", "GR")), st.integers(2010, 2016)), st.integers(500, 1_000)),
    st.dictionaries(st.sampled_from(CODES), st.dictionaries(st.integers(2010, 2016), st.integers(1, 100), min_size=1)),
    st.dictionaries(st.sampled_from(CODES), YEARS),
)
def test_a_newest_row_of_people_is_the_row_of_the_year_that_it_names(
    national: dict[tuple[str, int | None], int], cities: dict[str, dict[int, int]], known: dict[str, frozenset[int]]
) -> None:
    cells = by_cell(reach_of_people(national, cities, known))
    for (country, year), reach in cells.items():
        if year is None and reach.percent is not None:
            same = cells[country, reach.of_year]
            assert (reach.total, reach.held) == (same.total, same.held) or country == ALL_COUNTRIES


def test_cities_with_more_people_than_their_country_are_told_and_not_counted() -> None:
    cells = by_cell(reach_of_people({("AT", 2014): 100}, {"AT001C": {2014: 101}}, {"AT001C": frozenset({2014})}))
    assert cells["AT", None].percent is None
    assert cells["AT", None].because == "the figures of its cities add up to more than that of the country"


def test_the_national_figure_is_of_the_first_source_that_has_the_year() -> None:
    found = national_figures(
        {"EL": {2012: 11_000}, "CH": {2016: 8_300}, "EL001C": {2014: 3_000}},
        {"EL": {2012: 11_001, 2020: 10_700}, "EU27_2020": {2020: 447_000}},
        {"GR": {2020: 10_800}, "RO": {2019: 22_200}},
    )
    assert found == {
        ("GR", 2012): 11_000,
        ("GR", 2020): 10_700,
        ("CH", 2016): 8_300,
        ("RO", 2019): 22_200,
    }


@pytest.mark.parametrize("code", ["BE", "EU27_2020", "BE001F", "BE001L2", "BE001C1", "BE100", "be001C", ""])
def test_countries_unions_and_functional_urban_areas_are_no_cities(code: str) -> None:
    assert cities_in(["UK001C", "EL001C"], [code]) == {"EL001C": "GR", "UK001C": "GB"}


def test_a_flag_without_a_value_is_no_figure() -> None:
    table = observed("urb_cpop1", [("DE1001V", "BE001C", 2012, 1_000.4, "e"), ("DE1001V", "BE001C", 2013, None, "c")]).table
    assert figures_by_territory(table) == {"BE001C": {2012: 1_000}}
