"""Tables places, city_statistics and statistics_trends: whose a figure is, of which year, how sure, how made. All are synthetic."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from bundled_datasets import DATASETS
from citynet.model import Place, Row
from citynet.pipelines.figures import figure_checks, figures
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.place_tables import Described, place_rows
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.statistics_tables import city_statistic_rows, trend_rows
from citynet.publishing.contract import records
from citynet.statistics.place_territories import Found, PlaceTerritories
from citynet.statistics.values import Municipality
from empty_world import world_in
from observed import Cell, observed

AS_OF = "2026-09-01"
PARIS, MONTREUIL, TALLINN, HAMLET, FORUM = "gn2988507", "gn2992090", "gn588409", "gn1", "x-fr-forum"
PLACES = {
    PARIS: ("Paris", "FR", "municipality"),
    MONTREUIL: ("Montreuil", "FR", "municipality"),
    TALLINN: ("Tallinn", "EE", "municipality"),
    HAMLET: ("Hamlet", "FR", "settlement"),
    FORUM: ("Forum", "FR", "association"),
}
TERRITORIES = {
    PARIS: PlaceTerritories(greater_city="FR001C", functional_urban_area="FR001F", nuts3="FR101", country="FR", lies_in="FR001C"),
    MONTREUIL: PlaceTerritories(nuts3="FR106", country="FR", lies_in="FR001C"),
    TALLINN: PlaceTerritories(statistical_city="EE001C", nuts3="EE001", country="EE", lies_in="EE001C"),
    HAMLET: PlaceTerritories(nuts3="FRB01", country="FR"),
    FORUM: PlaceTerritories(country="FR"),
}
UNITS = {
    PARIS: Municipality("75056", "FR", "Paris", "Paris", 2_133_111, 1, "FR001K1", "FR101"),
    MONTREUIL: Municipality("93048", "FR", "Montreuil", "Montreuil", 111_455, 1, "", "FR106"),
}
POPULATION = [
    ("DE1001V", "FR001C", 2021, 10_300_000, "e"),
    ("DE1001V", "FR001C", 2022, 10_353_710, "be"),
    ("DE1001V", "FR", 2020, 67_000_000, ""),
    ("DE1001V", "EE001C", 2019, 430_000, ""),
    ("DE1001V", "EE001C", 2020, 437_000, ""),
    ("DE1001V", "EE001C", 2021, 438_000, "p"),
]
CITIZENSHIP = [
    ("DE2003V", "EE001C", 2021, 110_000, "e"),
    ("DE2003I", "EE001C", 2020, 25.0, ""),
    ("DE2003I", "EE001C", 2019, 24.9, ""),
    ("DE2003I", "FR001C", 2022, 9.5, ""),
    ("DE2003V", "FR001C", 2022, 1_000_000, ""),
]
REGIONS = [("TOTAL", "FRB01", 2024, 680_000, "e"), ("TOTAL", "FR101", 2024, 2_100_000, ""), ("TOTAL", "FRB", 2024, 2_500_000, "")]
COUNTRIES = [("TOTAL", "FR", 2024, 68_000_000, "p"), ("NEU27_2020_FOR", "FR", 2024, 3_400_000, "")]


def known(**cells: Iterable[Cell]) -> Statistics:
    """A release in which these are the vintages in use."""
    return Statistics(datasets=DATASETS, observations={dataset: observed(dataset, rows) for dataset, rows in cells.items()})


def described(statistics: Statistics) -> Described:
    places = {p: Place(p, name, country, kind, "", p.removeprefix("gn"), None, None, None) for p, (name, country, kind) in PLACES.items()}
    units = {p: UNITS.get(p) for p in PLACES}
    return Described(
        places=places,
        names={},
        municipalities=units,
        territories=TERRITORIES,
        cities=Found(TERRITORIES, {}, ()),
        items={},
        lau_year=2019,
        checks=(),
        figures=figures(statistics),
    )


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Names:
    return open_names(world_in(Path(tmp_path_factory.mktemp("world"))))


@pytest.fixture(scope="module")
def everything() -> Statistics:
    birth: list[Cell] = [("DE2009V", "EE001C", 2021, 120_000, "e"), ("DE2010V", "EE001C", 2021, 20_000, "")]
    areas: list[Cell] = [("DE1001V", "FR001F", 2022, 13_125_142, "")]
    older: list[Cell] = [("DE1001V", "FR001C", 2023, 1, "")]
    cells = {"urb_cpop1": POPULATION, "urb_cpopcb": CITIZENSHIP, "urb_cpopcb_birth": birth, "urb_lpop1": areas}
    return known(**cells, demo_r_pjanaggr3=REGIONS, migr_pop1ctz=COUNTRIES, urb_cpop1_2018=older)


@pytest.fixture(scope="module")
def release(everything: Statistics) -> Described:
    return described(everything)


@pytest.fixture(scope="module")
def rows(everything: Statistics, release: Described, names: Names) -> list[Row]:
    return records("city_statistics", city_statistic_rows(release, everything, names, [], AS_OF))


def rows_of(statistics: Statistics, names: Names) -> list[Row]:
    return records("city_statistics", city_statistic_rows(described(statistics), statistics, names, [], AS_OF))


def told(rows: list[Row], place_id: str, indicator: str) -> dict[tuple[object, object], Row]:
    """Kind and code of the territory -> its row."""
    return {(r["territory_kind"], r["territory_code"]): r for r in rows if (r["place_id"], r["indicator"]) == (place_id, indicator)}


def test_three_populations_of_one_name_stand_apart(rows: list[Row]) -> None:
    found = told(rows, PARIS, "population")
    assert {kind: (r["value"], r["year"], r["age_years"], r["flag"], r["source_id"]) for (kind, _), r in found.items()} == {
        "municipality": (2_133_111, 2019, 7, None, "lau_2019"),
        "greater_city": (10_353_710, 2022, 4, "be", "urb_cpop1"),
        "functional_urban_area": (13_125_142, 2022, 4, None, "urb_lpop1"),
    }
    assert "of the greater city" in str(found["greater_city", "FR001C"]["note"])
    assert "commuting zone" in str(found["functional_urban_area", "FR001F"]["note"])


def test_a_share_says_how_it_was_made_by_which_union_and_in_which_vintage(rows: list[Row]) -> None:
    (row,) = told(rows, TALLINN, "non_eu_citizens_share").values()
    assert (row["value"], row["unit"], row["year"], row["flag"]) == (25.1142, "percent", 2021, "ep")
    assert (row["published_or_computed"], row["eu_definition"]) == ("computed", "EU27_2020")
    assert (row["territory_kind"], row["territory_code"], row["source_id"]) == ("statistical_city", "EE001C", "urb_cpopcb")
    assert (row["vintage"], row["age_years"]) == ("2026-02-06T10:00:00Z", 5)
    for said in ("citizenship, not migration", "computed: 100 x DE2003V / DE1001V", "recognised non-citizens"):
        assert said in str(row["note"])
    assert "EU definition assumed by the reference year, not stated by the source" in str(row["note"])


def test_a_share_of_two_data_sets_names_both_vintages_and_how_their_totals_stand(names: Names) -> None:
    population: list[Cell] = [("DE1001V", "EE001C", 2021, 438_000, "")]
    parts: list[Cell] = [("DE2003V", "EE001C", 2021, 110_000, "")]
    told_of = {}
    for nationals in (None, 300_000, 100_000):
        own: list[Cell] = [("DE2001V", "EE001C", 2021, nationals, ""), ("DE2012V", "EE001C", 2021, 138_000, "")] if nationals else []
        statistics = known(urb_cpop1=population, urb_cpopcb=[*parts, *own])
        (row,) = told(rows_of(statistics, names), TALLINN, "non_eu_citizens_share").values()
        told_of[nationals] = (row["value"], str(row["note"]))
    both = ("urb_cpop1 (updated 2026-02-06T10:00:00Z)", "urb_cpopcb (updated 2026-02-06T10:00:00Z)")
    assert f"the total is of {both[0]}; {both[1]} has no total of the year to hold it against" in told_of[None][1]
    assert f"the total is of {both[0]} and agrees with that of {both[1]} within 1 percent" in told_of[300_000][1]
    assert f"the total of {both[0]} is not used: it is over 1 percent off that of {both[1]}" in told_of[100_000][1]
    assert [value for value, _ in told_of.values()] == [25.1142, 25.1142, 46.2185]


def test_a_place_with_a_share_and_no_residents_says_whose_share_it_is() -> None:
    rows = {r["place_id"]: r for r in place_rows(described(known(urb_cpopcb=CITIZENSHIP)))}
    assert (rows[PARIS]["non_eu_citizens_share"], rows[PARIS]["population_statistical_city"]) == (9.5, None)
    assert rows[PARIS]["population_statistical_city_kind"] == "greater_city"
    assert rows[HAMLET]["population_statistical_city_kind"] is None


def test_a_printed_share_that_its_counts_contradict_says_so(rows: list[Row]) -> None:
    (row,) = told(rows, PARIS, "non_eu_citizens_share").values()
    assert (row["value"], row["published_or_computed"]) == (9.5, "published")
    assert "of the source's own counts it would be 9.7" in str(row["note"])


def test_the_country_of_birth_stands_under_its_own_names(rows: list[Row]) -> None:
    (born_abroad,) = told(rows, TALLINN, "foreign_born_share").values()
    (born_outside,) = told(rows, TALLINN, "born_outside_eu_share").values()
    assert (born_abroad["value"], born_abroad["eu_definition"]) == (27.3973, None)
    assert (born_outside["value"], born_outside["eu_definition"]) == (22.8311, "EU27_2020")
    assert not told(rows, PARIS, "foreign_born_share")


def test_a_place_that_is_no_statistical_city_has_its_region_and_country_as_context(rows: list[Row]) -> None:
    assert {k: r["value"] for k, r in told(rows, HAMLET, "population").items()} == {
        ("nuts3", "FRB01"): 680_000,
        ("country", "FR"): 68_000_000,
    }
    (share,) = told(rows, HAMLET, "non_eu_citizens_share").values()
    assert (share["territory_kind"], share["value"], share["eu_definition"]) == ("country", 5.0, "EU27_2020")
    assert "no figure of a statistical city is at hand" in str(share["note"])
    region = told(rows, HAMLET, "population")["nuts3", "FRB01"]
    assert "the region's code is that of the list of municipalities of 2019" in str(region["note"])
    assert not {k for k, _ in told(rows, PARIS, "population")} & {"nuts3", "country"}, "a city speaks for itself"
    assert not told(rows, FORUM, "population"), "an association has no residents"


def test_a_country_without_a_national_figure_has_the_row_that_the_cubes_of_cities_hold(names: Names) -> None:
    rows = rows_of(known(urb_cpop1=POPULATION), names)
    row = told(rows, HAMLET, "population")["country", "FR"]
    assert (row["value"], row["source_id"]) == (67_000_000, "urb_cpop1")


def test_a_vintage_that_is_replayed_for_a_comparison_only_gives_no_figure(rows: list[Row]) -> None:
    assert "urb_cpop1_2018" not in {r["source_id"] for r in rows}


def test_the_table_of_places_names_kind_and_class_of_the_statistical_city(release: Described) -> None:
    rows = {r["place_id"]: r for r in records("places", place_rows(release))}
    city = ("population_statistical_city", "population_statistical_city_year", "population_statistical_city_flag")
    assert [rows[PARIS][column] for column in (*city, "population_statistical_city_kind")] == [10_353_710, 2022, "be", "greater_city"]
    assert rows[TALLINN]["population_statistical_city_kind"] == "statistical_city"
    classes = {p: row["urban_centre_size_class"] for p, row in rows.items()}
    assert classes == {PARIS: "Global", MONTREUIL: "Global", TALLINN: "L", HAMLET: None, FORUM: None}
    assert rows[MONTREUIL]["population_statistical_city"] is None, "the suburb is not the city"
    share = {column.removeprefix("non_eu_citizens_share"): value for column, value in rows[TALLINN].items() if column.startswith("non_eu")}
    assert share == {"": 25.1142, "_year": 2021, "_flag": "ep", "_published_or_computed": "computed", "_eu_definition": "EU27_2020"}
    assert rows[HAMLET]["non_eu_citizens_share"] is None, "a country's share is not its own"


def test_a_trend_is_told_of_a_places_own_territories_alone(everything: Statistics, release: Described) -> None:
    rows = records("statistics_trends", trend_rows(release, everything, AS_OF))
    found = {(r["territory_code"], r["indicator"]): r for r in rows}
    assert {place for place in (r["place_id"] for r in rows)} == {PARIS, TALLINN}
    paris = found["FR001C", "population"]
    assert (paris["first_year"], paris["begins_with"], paris["break_year"], paris["years_observed"]) == (2022, "break_flag", 2022, 1)
    assert (paris["change_percent"], paris["break_percent_a_year"], paris["flag"]) == (None, 0.5215, "be")
    assert "the figure before the break is 10,300,000 in 2021" in str(paris["note"])
    tallinn = found["EE001C", "population"]
    assert (tallinn["change_percent"], tallinn["change_percent_a_year"], tallinn["begins_with"]) == (1.8605, 0.9259, "series_start")
    share = found["EE001C", "non_eu_citizens_share"]
    assert (share["first_year"], share["begins_with"], share["value_first"]) == (2020, "eu_definition", 25.0)
    assert "the figure before the break is 24.9 percent in 2019" in str(share["note"])


def test_what_does_not_agree_between_data_sets_is_counted_in_quality(everything: Statistics) -> None:
    (gap,) = figure_checks(everything)
    assert (gap.subject, gap.expectation, gap.severity) == ("urb_cpopcb", "DE2003I as computed", "warning")
    assert (gap.success, gap.checked, gap.unexpected) == (False, 1, 1)
    nationals: list[Cell] = [("DE2001V", "EE001C", 2021, 300_000, ""), ("DE2012V", "EE001C", 2021, 130_000, "")]
    sums = figure_checks(known(urb_cpop1=POPULATION, urb_cpopcb=nationals))
    assert [(c.expectation, c.success, c.examples) for c in sums] == [("DE2001V + DE2012V = DE1001V", False, ("EE001C 2021: 8000",))]
    assert figure_checks(known(urb_cpop1=POPULATION)) == []


def test_without_any_vintage_there_are_the_municipalities_alone(names: Names) -> None:
    assert {r["territory_kind"] for r in rows_of(Statistics(datasets=DATASETS), names)} == {"municipality"}
