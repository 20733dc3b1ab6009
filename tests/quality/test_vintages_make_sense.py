"""Checks on a decoded vintage: the bundled ones pass, and each rule names what breaks it."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from bundled_datasets import DATASETS
from citynet.errors import DataRefused
from citynet.model import Fetched
from citynet.quality import check_observations, check_vintage, refuse_if_critical
from citynet.quality.rule import CheckResult
from citynet.statistics.eurostat import decode_answers
from citynet.statistics.lau import read_lau
from citynet.statistics.observation_frames import frames
from citynet.statistics.printed_shares import read_printed_shares
from citynet.statistics.universes import read_universes
from citynet.statistics.values import Observations
from citynet.statistics.vintage_rows import countries_of, rows_of
from citynet.statistics.wikidata import read_items
from observed import Cell, observed

SAMPLES = Path(__file__).parents[2] / "include/samples/statistics"
NOW = SAMPLES / "2026-08-31"
BODY = (NOW / "urb_cpop1_DE1001V.json").read_bytes()
POPULATION, CITIZENS = DATASETS["urb_cpop1"], DATASETS["urb_cpopcb"]
CITIES = decode_answers([Fetched(POPULATION.url, "GET", 200, "application/json", (), BODY, POPULATION.url)], POPULATION)
UNIVERSES = read_universes((NOW / "universes_2019.csv").read_bytes())
BUNDLED = {
    "lau": read_lau((NOW / "lau_2019_trimmed.csv.gz").read_bytes()),
    "universes": UNIVERSES,
    "table1": read_printed_shares((SAMPLES / "2018-12-31/table1.csv").read_bytes()),
    "wikidata": read_items((NOW / "wikidata.json").read_bytes()),
}
CELLS: list[Cell] = [("DE1001V", f"AT{n:03d}C", year, 100_000.0 + n, "") for n in range(1, 21) for year in (2020, 2021)]
"""Twenty cities that do not grow."""


def check(kind, items, before=None):
    return check_vintage("data/capture", kind, rows_of(items), before or {})


def checked(
    cells: Iterable[Cell] | Observations, before: Iterable[Cell] | None = None, dataset=POPULATION, *, looked_at: bool = False
) -> tuple[CheckResult, ...]:
    """What the checks say of a cube of these cells beside the vintage before it."""
    now = cells if isinstance(cells, Observations) else observed(dataset.id, cells)
    then = observed(dataset.id, before) if before is not None else None
    return check_observations("data/capture", frames(now, then, dataset, 2026), looked_at=looked_at)


def failed(results):
    return {r.expectation: (r.severity, r.examples) for r in results if not r.success}


def refused(results, told):
    with pytest.raises(DataRefused, match=told):
        refuse_if_critical("data/capture", results)


@pytest.mark.parametrize("kind", sorted(BUNDLED))
def test_the_bundled_lists_keep_every_rule_and_lack_nothing_beside_themselves(kind):
    results = check(kind, BUNDLED[kind], countries_of(rows_of(BUNDLED[kind])))
    assert failed(results) == {}
    assert {(r.suite, r.subject) for r in results} == {("statistics", "data/capture")}
    assert "no country missing that the vintage before had" in {r.expectation for r in results}


def test_the_bundled_cube_keeps_every_critical_rule_beside_itself():
    results = check_observations("data/capture", frames(CITIES, CITIES, POPULATION, 2026), looked_at=False)
    refuse_if_critical("data/capture", results)
    assert {r.checked for r in results if r.expectation == "unique key"} == {677}
    assert "no country missing that the vintage before had" in {r.expectation for r in results}


@pytest.mark.parametrize(
    ("change", "expectation", "named"),
    [
        ({"value": -1.0}, "not below what can be", "DE1001V AT001C 2020"),
        ({"value": 5e7 + 1}, "not above what can be", "DE1001V AT001C 2020"),
        ({"year": 1988}, "not before the first year of the data set", "DE1001V AT001C 1988"),
        ({"year": 2028}, "not after the year to come", "DE1001V AT001C 2028"),
        ({"territory": "1X001C"}, "two capital letters", "1X001C"),
    ],
)
def test_a_figure_that_cannot_be_is_named_and_its_vintage_refused(change, expectation, named):
    odd = tuple({**dict(zip(("indicator", "territory", "year", "value", "flags"), CELLS[0], strict=True)), **change}.values())
    results = checked([odd, *CELLS[1:]])
    assert failed(results)[expectation] == ("critical", (named,))
    refused(results, expectation)


def test_a_share_over_a_hundred_percent_is_refused():
    refused(checked([("DE2003I", "AT001C", 2020, 100.1, "")], dataset=CITIZENS), "not above what can be")


def test_a_country_may_have_more_residents_than_any_city():
    assert failed(checked([*CELLS, ("DE1001V", "DE", 2020, 83_000_000.0, "")])) == {}


@pytest.mark.parametrize(
    "cell", [("DE1001V", "AT001C", 2020, 0.0, ""), ("DE1001V", "AT001C", 2027, 1.0, "be"), ("DE1001V", "AT001C", 2019, None, "C")]
)
def test_what_is_rare_but_genuine_passes(cell):
    kept = [other for other in CELLS if other[:3] != cell[:3]]
    assert [r.expectation for r in checked([cell, *kept]) if not r.success and r.severity == "critical"] == []


def test_a_figure_that_stands_twice_is_refused():
    refused(checked([*CELLS, CELLS[0]]), "unique key")


@pytest.mark.parametrize("cells", [[], [("DE1001V", "AT001C", 2020, None, "m"), ("DE1001V", "AT002C", 2020, None, "c")]])
def test_an_answer_without_a_figure_is_refused_and_does_not_wipe_the_figures_before_it(cells):
    refused(checked(cells, CELLS), "at least one figure")
    refused(checked(cells), "at least one figure")


@pytest.mark.parametrize("flags", ["bx", "i", "Np"])
def test_a_flag_that_nobody_has_explained_yet_is_told_and_costs_no_vintage(flags):
    results = checked([(*CELLS[0][:4], flags), *CELLS[1:]])
    assert failed(results) == {"flags that Eurostat explains": ("warning", (flags,))}
    refuse_if_critical("data/capture", results)


def test_a_data_set_of_longer_series_says_since_when():
    older = [("DE1001V", "AT001C", 1960, 90_000.0, ""), *CELLS]
    refused(checked(older), "not before the first year of the data set")
    assert failed(checked(older, dataset=replace(POPULATION, first_year=1960))) == {}


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
    more = [("DE1001V", "CY001C", 2020, 200_000.0, "")]
    results = checked(CELLS, [*CELLS, *more])
    assert failed(results) == {
        "no country missing that the vintage before had": ("warning", ("CY",)),
        "at least 90% of each country's figures of the vintage before": ("warning", ("CY",)),
    }
    refuse_if_critical("data/capture", results)


def test_a_tenth_fewer_figures_is_a_warning_and_half_of_them_gone_is_refused():
    warned = checked(CELLS[:34], CELLS)
    assert "at least 90% of the figures of the vintage before" in failed(warned)
    refuse_if_critical("data/capture", warned)
    refused(checked(CELLS[:18], CELLS), "at least 50% of the figures of the vintage before")


def moved(cells: Iterable[Cell], places: int, factor: float) -> list[Cell]:
    """The cells with the newest figure of the first so many cities multiplied."""
    return [(i, t, y, v * factor if y == 2021 and int(t[2:5]) <= places and v else v, f) for i, t, y, v, f in cells]


@pytest.mark.parametrize(("places", "severity"), [(1, ""), (2, "warning"), (10, "warning"), (11, "critical")])
def test_so_many_cities_that_jump_within_a_year_are_passed_told_or_refused(places, severity):
    """Of twenty cities one in twenty passes; more are a warning, and more than half another unit or a shift of codes."""
    results = [r for r in checked(moved(CELLS, places, 1.09)) if "cities jump" in r.expectation and not r.success]
    worst = "critical" if any(r.severity == "critical" for r in results) else "warning" if results else ""
    assert worst == severity
    if results:
        named = "DE1001V within its newest step, by over 8 % a year: "
        assert results[0].examples[0].startswith(f"{named}{places} of 20 cities (AT001C, AT002C")


def test_growth_within_the_bound_over_several_years_is_no_jump():
    slow = [(i, t, 2011 if y == 2020 else y, v * 1.5 if y == 2021 and v else v, f) for i, t, y, v, f in CELLS]
    assert failed(checked(slow)) == {}


def test_a_fall_over_years_is_measured_as_trends_measure_it() -> None:
    """40 percent in 6 years: 6.7 a year of the first figure, and 8.2 as a yearly mean, which is beyond the bound of 8."""
    fallen = [(i, t, 2015 if y == 2020 else y, v * 0.6 if y == 2021 and v else v, f) for i, t, y, v, f in CELLS]
    assert [r.severity for r in checked(fallen) if "cities jump" in r.expectation and not r.success]


def test_countries_are_followed_where_a_data_set_is_of_countries() -> None:
    countries = ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "EU27_2020")
    cells: list[Cell] = [("TOTAL", code, year, 1e6 * (9 if year == 2021 else 1), "") for code in countries for year in (2020, 2021)]
    jumps = [r for r in checked(cells, dataset=DATASETS["migr_pop1ctz"]) if not r.success and "jump" in r.expectation]
    assert any("10 of 10 countries (AT, BE" in example for r in jumps for example in r.examples)


def test_a_year_that_the_newer_vintage_tells_otherwise_for_most_cities_is_refused_until_a_person_has_looked():
    before = [(i, t, y, v / 1000 if v else v, f) for i, t, y, v, f in CELLS]
    results = checked(CELLS, before)
    refused(results, "figures of at most 50 % of the cities jump")
    assert any("against the same year of the vintage before" in example for r in results for example in r.examples)
    looked_at = checked(CELLS, before, looked_at=True)
    refuse_if_critical("data/capture", looked_at)
    assert "figures of at most 50 % of the cities jump" in failed(looked_at)


def test_few_cities_say_nothing_of_jumps():
    few = [cell for cell in CELLS if int(cell[1][2:5]) <= 9]
    assert [r for r in checked(moved(few, 9, 5.0)) if "jump" in r.expectation] == []


def citizens(**values: float) -> list[Cell]:
    return [(indicator, "BE003C", 2021, value, "") for indicator, value in values.items()]


def test_counts_and_shares_of_one_city_that_disagree_are_a_warning():
    agreeing = {"DE2001V": 88_000.0, "DE2002V": 7_000.0, "DE2003V": 5_000.0, "DE2012V": 12_000.0, "DE2003I": 5.0}
    assert failed(checked(citizens(**agreeing), dataset=CITIZENS)) == {}
    results = checked(citizens(**{**agreeing, "DE2012V": 12_100.0, "DE2003I": 5.2}), dataset=CITIZENS)
    severity, examples = failed(results)["counts and shares of one territory and year agree"]
    assert severity == "warning"
    assert set(examples) == {
        "BE003C 2021: DE2002V + DE2003V = DE2012V",
        "BE003C 2021: DE2003I = 100 x DE2003V / (DE2001V + DE2012V)",
    }
