"""Tables territories and table1_comparison: on the genuine vintages that come with the project, and shares on synthetic ones."""

import csv
from dataclasses import replace
from functools import cache

import pytest

from bundled_datasets import DATASETS
from bundled_vintages import FILES, SAMPLES, bundled
from citynet.model import Row
from citynet.pipelines.figures import figures
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import PROJECT, open_outside
from citynet.pipelines.place_tables import Described, describe
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.table1_statistics import table1_rows
from citynet.pipelines.territories import labelled, territory_rows
from citynet.publishing.contract import frame
from citynet.statistics.lau import read_lau
from citynet.statistics.values import Observations
from observed import Cell, observed

AS_OF = "2026-08-31"
with (PROJECT / "include/literature/oomen_2018_table1.csv").open(encoding="utf-8", newline="") as file:
    TABLE = list(csv.DictReader(file))
PLACES = {
    "Ghent": "gn2797656",
    "Brussels": "gn2800866",
    "Nicosia": "gn146268",
    "Helsinki": "gn658225",
    "Leipzig": "gn2879139",
    "Nuremberg": "gn2861650",
    "Munich": "gn2867714",
    "Berlin": "gn2950159",
    "Athens": "gn264371",
    "Riga": "gn456172",
    "Amsterdam": "gn2759794",
    "Rotterdam": "gn2747891",
    "The Hague": "gn2747373",
    "Utrecht": "gn2745912",
    "Oslo": "gn3143244",
    "Gdansk": "gn3099434",
    "Malmö": "gn2692969",
    "Stockholm": "gn2673730",
    "London": "gn2643743",
    "Toulouse": "gn2972315",
    "Paris": "gn2988507",
    "Nantes": "gn2990969",
    "Barcelona": "gn3128760",
    "Valencia": "gn2509954",
    "Zaragoza": "gn3104324",
    "Madrid": "gn3117735",
    "Vienna": "gn2761369",
    "Aarhus": "gn2624652",
    "Copenhagen": "gn2618425",
}
"""What a release on the samples resolves the cities of the table to."""
SYNTHETIC_SHARES = observed(
    "urb_cpopcb",
    [
        ("DE2003I", "AT001C", 2014, 15.4, "e"),
        ("DE2003I", "AT001C", 2020, 18.0, ""),
        ("DE2003I", "BE003C", 2024, 9.9, ""),
        ("DE2003I", "CY001C", 2012, 8.7, ""),
    ],
)
"""Synthetic: no genuine answer on citizenship is at hand."""


@cache
def described() -> tuple[Described, Statistics]:
    """The cities of the table as the places of a release."""
    units = read_lau((SAMPLES / "2026-08-31/lau_2019_trimmed.csv.gz").read_bytes())
    observations: dict[str, Observations] = {dataset: bundled(dataset) for dataset in FILES}
    statistics = Statistics(datasets=DATASETS, observations=observations, municipalities=units, lau_year=2019)
    names = open_names(open_outside({"CITYNET_MODE": "none"}))
    return describe(sorted(PLACES.values()), names, statistics), statistics


def compared(*, without: str = "", **more: Observations) -> dict[str, Row]:
    found, statistics = described()
    left = {dataset: vintage for dataset, vintage in statistics.observations.items() if dataset != without}
    now = replace(statistics, observations=left | more)
    rows = table1_rows(TABLE, PLACES, replace(found, figures=figures(now)), now, AS_OF)
    assert len(frame("table1_comparison", rows)) == 29
    return {str(row["city"]): row for row in rows}


def test_for_every_city_a_genuine_population_is_at_hand_and_each_difference_over_ten_percent_has_its_reason() -> None:
    reasons: dict[str, set[str]] = {}
    for city, row in compared().items():
        reasons.setdefault(str(row["reason"]), set()).add(city)
    within = reasons.pop("within_10_percent")
    assert reasons == {
        "greater_city": {"Brussels", "London", "Nicosia", "Paris", "Rotterdam", "Stockholm"},
        "other_year": {"Athens", "Riga"},
        "larger_than_every_territory": {"Amsterdam", "Helsinki"},
    }
    assert len(within) == 19


def test_the_three_figures_of_paris_stand_apart() -> None:
    paris = compared()["Paris"]
    assert (paris["population_city"], paris["population_city_year"], paris["population_city_code"]) == (2_220_445, 2014, "FR001C1")
    assert (paris["population_greater_city"], paris["population_greater_city_code"]) == (6_754_282, "FR001K1")
    assert (paris["population_city_source"], paris["population_city_flag"]) == ("urb_cpop1_2018", None)
    assert (paris["nearest"], paris["reason"], paris["difference_percent"]) == ("greater_city", "greater_city", -0.87)
    assert "equals the greater city FR001K1 in 2011 to the person" in str(paris["note"])


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("Ghent", ("city", "within_10_percent", "BE003C", 2018)),
        ("The Hague", ("city", "within_10_percent", "NL001C1", 2014)),
        ("Valencia", ("municipality", "within_10_percent", "ES003C1", 2016)),
    ],
)
def test_the_newest_vintage_up_to_the_reports_year_is_taken_under_its_own_code(city: str, expected: tuple[object, ...]) -> None:
    row = compared()[city]
    assert (row["nearest"], row["reason"], row["population_city_code"], row["population_city_year"]) == expected


def test_a_year_that_fits_is_named() -> None:
    riga = compared()["Riga"]
    assert riga["difference_percent"] == pytest.approx(17.5, abs=0.1)
    assert "the city LV001C1 had 756,627 in 2001" in str(riga["note"])


def test_what_does_not_fit_about_a_code_is_told_where_its_figure_is_shown() -> None:
    rows = compared()
    assert "FR001C1 was drawn anew in 2015 (9,782,671, flag b), which is left out" in str(rows["Paris"]["note"])
    assert "labelled a greater city in 2018, with the figures of the city alone" in str(rows["The Hague"]["note"])


def test_without_a_vintage_what_it_alone_has_is_not_obtained_and_nothing_is_made_up() -> None:
    everything, less = compared(), compared(without="urb_cpop1_2018")
    assert (everything["Paris"]["population_greater_city_year"], less["Paris"]["population_greater_city_year"]) == (2014, 2013)
    rows = table1_rows(TABLE, {}, described()[0], Statistics(datasets=DATASETS), AS_OF)
    empty = {(row["reason"], row["nearest"], row["difference_percent"], row["population_municipality"], row["country"]) for row in rows}
    assert empty == {("not_obtained", None, None, None, None)}


def test_shares_are_not_obtained_until_they_are() -> None:
    rows = compared().values()
    assert {(row["share_status"], row["non_eu_share_eurostat"], row["share_difference_points"]) for row in rows} == {
        ("not_obtained", None, None)
    }
    assert all(isinstance(row["non_eu_share_report"], float) for row in rows)


def test_synthetic_shares_are_compared_by_the_year_of_the_report_or_before_it_else_the_oldest_after() -> None:
    rows = compared(urb_cpopcb=SYNTHETIC_SHARES)
    told = {
        city: tuple(rows[city][c] for c in ("non_eu_share_eurostat", "non_eu_share_year", "share_difference_points", "share_status"))
        for city in ("Vienna", "Ghent", "Nicosia", "Riga")
    }
    assert told == {
        "Vienna": (15.4, 2014, None, "not_compared"),
        "Ghent": (9.9, 2024, None, "not_compared"),
        "Nicosia": (8.7, 2012, None, "not_compared"),
        "Riga": (None, None, None, "not_obtained"),
    }
    assert "Eurostat's share is not compared: it is of 2014, over 3 years from the report" in str(rows["Vienna"]["note"])
    assert "misprint" in str(rows["Barcelona"]["note"])


def test_a_share_is_compared_only_where_its_code_has_about_the_printed_population() -> None:
    cells: list[Cell] = [("DE2003I", code, 2016, percent, "e") for code, percent in (("AT001C", 15.4), ("FR001C", 9.7), ("BE003C", 8.0))]
    rows = compared(urb_cpopcb=observed("urb_cpopcb", cells))
    told = {city: tuple(rows[city][f"non_eu_share_{c}"] for c in ("code", "kind", "flag", "published_or_computed")) for city in rows}
    assert told["Vienna"] == ("AT001C", "greater_city", "e", "published")
    assert told["Ghent"] == ("BE003C", "city", "e", "published")
    assert set(told["Riga"]) == {None}
    assert (rows["Vienna"]["share_status"], rows["Vienna"]["share_difference_points"]) == ("within_1_point", 0.9), (
        "labelled a greater city, with the residents of the city alone"
    )
    assert (rows["Ghent"]["nearest"], rows["Ghent"]["share_status"]) == ("city", "over_1_point")
    redrawn = observed("urb_cpop1", [("DE1001V", "BE003C", 2016, 900_000, "b")])
    other = compared(urb_cpopcb=observed("urb_cpopcb", cells), urb_cpop1=redrawn)["Ghent"]
    assert (other["share_status"], other["share_difference_points"], other["non_eu_share_eurostat"]) == ("not_compared", None, 8.0)
    assert "it is of the city BE003C, which the printed population is not within 10 percent of" in str(other["note"])
    for city in ("Vienna", "Ghent"):
        assert "not compared" not in str(rows[city]["note"])


def test_a_region_that_is_no_longer_served_is_counted_and_named() -> None:
    found, statistics = described()
    regions = observed("demo_r_pjanaggr3", [("TOTAL", "AT130", 2024, 2_000_000, "")])
    names = open_names(open_outside({"CITYNET_MODE": "none"}))
    places = [PLACES[city] for city in ("Vienna", "Ghent")]
    checks = describe(places, names, replace(statistics, observations={"demo_r_pjanaggr3": regions})).checks
    (check,) = [c for c in checks if c.subject == "demo_r_pjanaggr3"]
    assert (check.severity, check.checked, check.unexpected, check.examples) == ("warning", 2, 1, ("BE234",))
    assert not [c for c in found.checks if c.subject == "demo_r_pjanaggr3"], "no vintage, no check"


def test_every_code_has_its_row_with_source_and_the_places_of_the_release() -> None:
    rows = territory_rows(described()[0].cities, AS_OF)
    assert len(frame("territories", rows)) == len(rows) > 2_300
    by_code = {row["territory_code"]: row for row in rows}
    vienna, former = by_code["AT001C"], by_code["AT001C1"]
    assert (vienna["place_id"], vienna["territory_kind"], vienna["former_codes"]) == ("gn2761369", "greater_city", "AT001C1")
    assert (former["current_code"], former["place_id"], former["municipalities"], former["nuts3"]) == ("AT001C", "gn2761369", 1, "AT130")
    assert vienna["joined_by"] == "former and current code: name_and_figures; place: code_and_label"
    assert all(str(row["source"]).startswith("Source: Eurostat") for row in rows)
    assert all(row["joined_by"] for row in rows if row["place_id"])


def test_a_vintage_that_came_without_labels_keeps_those_of_the_vintage_before() -> None:
    found, statistics = described()
    whole = statistics.observations["urb_cpop1"]
    bare = replace(whole, labels={})
    now = replace(statistics, observations={"urb_cpop1": bare}, previous={"urb_cpop1": whole})
    assert labelled(now) == labelled(statistics)
    assert labelled(now).cities["AT001C"] == "Wien (greater city)"
    assert set(labelled(replace(now, previous={})).cities.values()) == {""}
    assert set(found.cities.cities) == set(labelled(now).cities), "of cities alone: rows of countries and replayed vintages are none"
