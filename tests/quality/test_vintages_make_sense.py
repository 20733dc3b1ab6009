"""Checks on a decoded vintage: the bundled ones pass, and each rule names what breaks it."""

from dataclasses import replace
from pathlib import Path

import pytest

from citynet.errors import DataRefused
from citynet.quality import check_vintage, refuse_if_critical
from citynet.statistics.jsonstat import decode
from citynet.statistics.lau import read_lau
from citynet.statistics.printed_shares import read_printed_shares
from citynet.statistics.universes import read_universes
from citynet.statistics.values import Figure
from citynet.statistics.vintage_rows import countries_of, identity_rows, rows_of
from citynet.statistics.wikidata import read_items

SAMPLES = Path(__file__).parents[2] / "include/samples/statistics"
NOW = SAMPLES / "2026-08-31"
CITIES = decode((NOW / "urb_cpop1_DE1001V.json").read_bytes(), dataset="urb_cpop1")
CITY = next(figure for figure in CITIES if figure.territory == "BE003C")
UNIVERSES = read_universes((NOW / "universes_2019.csv").read_bytes())
BUNDLED = {
    "jsonstat": CITIES,
    "lau": read_lau((NOW / "lau_2019_trimmed.csv.gz").read_bytes()),
    "universes": UNIVERSES,
    "table1": read_printed_shares((SAMPLES / "2018-12-31/table1.csv").read_bytes()),
    "wikidata": read_items((NOW / "wikidata.json").read_bytes()),
}


def check(kind, items, before=None):
    return check_vintage("data/capture", kind, rows_of(items, 2026), identity_rows(items), before or {})


def failed(results):
    return {r.expectation: (r.severity, r.examples) for r in results if not r.success}


def refused(results, told):
    with pytest.raises(DataRefused, match=told):
        refuse_if_critical("data/capture", results)


@pytest.mark.parametrize("kind", sorted(BUNDLED))
def test_the_bundled_vintages_keep_every_rule_and_lack_nothing_beside_themselves(kind):
    results = check(kind, BUNDLED[kind], countries_of(rows_of(BUNDLED[kind], 2026)))
    assert failed(results) == {}
    assert {(r.suite, r.subject) for r in results} == {("statistics", "data/capture")}
    assert "no country missing that the vintage before had" in {r.expectation for r in results}


@pytest.mark.parametrize(
    ("change", "expectation"),
    [
        ({"value": -1.0}, "not below what can be"),
        ({"value": 5e7 + 1}, "not above what can be"),
        ({"indicator": "DE2003I", "value": 100.1}, "not above what can be"),
        ({"flags": "bx"}, "flags that Eurostat explains"),
        ({"year": 1988}, "a year of the cube"),
        ({"year": 2028}, "a year of the cube"),
        ({"territory": "1X001C"}, "two capital letters"),
    ],
)
def test_a_figure_that_cannot_be_is_named_and_its_vintage_refused(change, expectation):
    odd = replace(CITY, **change)
    results = check("jsonstat", [odd, *(f for f in CITIES if f != CITY)])
    severity, examples = failed(results)[expectation]
    assert (severity, examples) == ("critical", (f"{odd.indicator} {odd.territory} {odd.year}",))
    refused(results, expectation)


@pytest.mark.parametrize("change", [{"value": 0.0}, {"year": 2027}, {"flags": "be"}, {"flags": "C"}])
def test_what_is_rare_but_genuine_passes(change):
    assert failed(check("jsonstat", [replace(CITIES[0], **change), *CITIES[1:]])) == {}


def test_a_figure_that_stands_twice_is_refused():
    refused(check("jsonstat", [*CITIES, CITIES[0]]), "unique key")


def test_an_answer_without_a_figure_is_refused_and_does_not_wipe_the_figures_before_it():
    refused(check("jsonstat", []), "at least one row")


def test_cells_that_do_not_add_up_to_the_totals_of_their_country_are_refused():
    lost = [cell for cell in UNIVERSES if not (cell.country == "BE" and cell.size_class == "<5k" and cell.degurba == 3)]
    assert len(lost) == len(UNIVERSES) - 1
    results = check("universes", lost)
    severity, examples = failed(results)["the cells of a country add up to its totals"]
    assert severity == "critical"
    assert all(example.startswith("BE / ") for example in examples)


def test_residents_outside_the_bounds_of_their_class_are_refused():
    cell = next(c for c in UNIVERSES if c.country == "AT" and c.size_class == "5-10k")
    for residents, told in ((4_999 * cell.municipalities, "not below"), (10_000 * cell.municipalities, "not above")):
        refused(check("universes", [replace(cell, residents=residents, all_residents=residents)]), told)


def test_a_country_that_the_vintage_before_had_is_a_warning_that_names_it():
    results = check("jsonstat", [f for f in CITIES if f.territory[:2] != "CY"], countries_of(rows_of(CITIES, 2026)))
    assert failed(results) == {"no country missing that the vintage before had": ("warning", ("CY",))}
    refuse_if_critical("data/capture", results)


def test_many_fewer_rows_than_before_are_a_warning():
    results = check("jsonstat", CITIES[::2], countries_of(rows_of(CITIES, 2026)))
    assert failed(results) == {"at least 610 rows, 90% of the vintage before": ("warning", ("observed 339",))}


def test_counts_and_shares_of_one_city_that_disagree_are_a_warning():
    def of(indicator, value):
        return Figure("urb_cpopcb", indicator, "BE003C", "Gent", 2021, value, "", "2026-02-06T10:00:00Z")

    agreeing = [of("DE2002V", 7000.0), of("DE2003V", 5000.0), of("DE2012V", 12000.0)]
    assert failed(check("jsonstat", agreeing)) == {}
    results = check("jsonstat", [*agreeing[:2], of("DE2012V", 12100.0)])
    expected = {"counts and shares of one city and year agree": ("warning", ("BE003C 2021: DE2002V + DE2003V = DE2012V",))}
    assert failed(results) == expected
