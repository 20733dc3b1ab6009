"""The benchmark of identity: its scores on a small labelled list that can be counted by hand."""

import math
import random
import runpy
from pathlib import Path

import pytest
from scipy.stats import binomtest

BENCHMARK = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "identity.py"))
Label, Outcome, Share = BENCHMARK["Label"], BENCHMARK["Outcome"], BENCHMARK["Share"]

LIST = """name_as_published,country_as_published,expected_geonameid_or_NOT_A_CITY,expected_name,notes,source
Ville de Gand,Belgium,2797656,Gent,prefix,a roster
Egedal Kommune,Denmark,6543948,Egedal,"suffix,adm_only",a roster
Aalst,Belgium,2803448,Aalst,plain,a roster
Greater Manchester,UK,NOT_A_CITY,,county,a roster
Landkreis Cuxhaven,Germany,NOT_A_CITY,,county,a roster
Brussels,Belgium,2800866,Brussels,"region; contestable",a roster
"""


@pytest.fixture
def labels(tmp_path):
    file = tmp_path / "names.csv"
    file.write_text(LIST, encoding="utf-8")
    return BENCHMARK["read_labels"](file)


def outcome(label, verdict="resolved", geonames_id="", place_kind="settlement", route="primary_name"):
    return Outcome(label, verdict, geonames_id, place_kind, route)


@pytest.fixture
def outcomes(labels):
    gent, egedal, aalst, manchester, cuxhaven = labels
    return [
        outcome(gent, geonames_id="2797656"),
        outcome(egedal, verdict="review", place_kind=""),
        outcome(aalst, geonames_id="2803449"),
        outcome(manchester, verdict="not_a_city", place_kind=""),
        outcome(cuxhaven, geonames_id="2939658"),
    ]


def test_contestable_rows_are_left_out_and_a_municipality_without_a_town_is_a_city(labels):
    assert [label.name for label in labels] == ["Ville de Gand", "Egedal Kommune", "Aalst", "Greater Manchester", "Landkreis Cuxhaven"]
    assert [label.expected for label in labels] == ["2797656", "6543948", "2803448", "", ""]


def test_precision_recall_and_non_cities_kept(outcomes):
    assert BENCHMARK["scores"](outcomes) == {
        "precision": Share(1, 3),  # Gent right; Aalst and Cuxhaven on a wrong city
        "recall": Share(1, 3),
        "non-cities kept": Share(1, 2),
    }


@pytest.mark.parametrize("kind", ["district", "region", "intermunicipal"])
def test_what_is_no_city_may_be_matched_to_the_body_that_it_is(labels, kind):
    found = BENCHMARK["scores"]([outcome(labels[-1], geonames_id="", place_kind=kind)])
    assert (found["precision"], found["non-cities kept"]) == (Share(0, 0), Share(1, 1))


def test_a_city_matched_to_a_region_is_wrong(labels):
    wrong, missed = BENCHMARK["errors"]([outcome(labels[0], place_kind="region")])
    assert ([o.label.name for o in wrong], missed) == (["Ville de Gand"], [])


def test_errors_are_told_wrong_ones_first_then_missed_ones(outcomes):
    wrong, missed = BENCHMARK["errors"](outcomes)
    assert [o.label.name for o in wrong] == ["Aalst", "Landkreis Cuxhaven"]
    assert [o.label.name for o in missed] == ["Egedal Kommune"]


def test_recall_by_size_of_the_city_meant(outcomes):
    residents = {"2797656": 265_086, "2803448": 87_332}
    assert BENCHMARK["by_size"](outcomes, residents.get) == {"50-250k": Share(0, 1), "> 250k": Share(1, 1), "not known": Share(0, 1)}


@pytest.mark.parametrize(
    ("residents", "name"),
    [(0, "< 10k"), (9_999, "< 10k"), (10_000, "10-50k"), (49_999, "10-50k"), (250_000, "> 250k"), (None, "not known")],
)
def test_sizes_are_half_open(residents, name):
    assert BENCHMARK["size"](residents) == name


@pytest.mark.parametrize(("part", "whole"), [(0, 10), (10, 10), (1, 3), (263, 270), (81, 263), (49, 50)])
def test_the_bounds_are_wilsons(part, whole):
    expected = binomtest(part, whole).proportion_ci(method="wilson")
    assert BENCHMARK["wilson"](part, whole) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_nothing_counted_is_no_share():
    assert BENCHMARK["wilson"](0, 0) == (0.0, 1.0)
    assert math.isnan(Share(0, 0).value)


def test_a_bar_that_is_not_reached_is_named_and_no_share_reaches_none():
    good = {"precision": Share(99, 100), "recall": Share(88, 100), "non-cities kept": Share(98, 100)}
    assert BENCHMARK["broken"]({"with country": good, "without country": good}) == []
    bad = {**good, "recall": Share(61, 100), "precision": Share(0, 0)}
    assert BENCHMARK["broken"]({"with country": good, "without country": bad}) == [
        "without country: precision nan of at least 0.97",
        "without country: recall 0.610 of at least 0.62",
    ]


def test_a_misspelt_name_is_another_and_the_same_each_time():
    made = [BENCHMARK["misspelt"]("Bratislava", random.Random(seed)) for seed in range(20)]
    assert "Bratislava" not in made
    assert made == [BENCHMARK["misspelt"]("Bratislava", random.Random(seed)) for seed in range(20)]
