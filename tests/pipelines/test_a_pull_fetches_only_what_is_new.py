"""pull_city_statistics against a Eurostat on loopback: `updated` decides what is fetched, for years, through outages and new requests."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from citynet.errors import DataRefused, OutageHtml, SourceError
from citynet.http.capture import keep
from citynet.pipelines import statistics
from citynet.pipelines.dataset_tables import dataset_rows, revision_rows
from citynet.pipelines.datasets import open_datasets
from citynet.pipelines.fetching import attempts, captured_of
from citynet.pipelines.outside import Outside
from citynet.statistics import eurostat as eurostat_client
from fake_eurostat import Cells, FakeEurostat, eurostat, in_preparation, json_error, outage, too_big_json
from statistics_world import SOURCE, START, everything, live, population, pulled, simulated, way

LATER = START + timedelta(hours=12)
FEBRUARY = "2026-02-01T11:00:00+0100"


@pytest.fixture
def fake() -> Iterator[FakeEurostat]:
    with eurostat() as found:
        found.put(population())
        yield found


@pytest.fixture
def outside(tmp_path, fake) -> Outside:
    return live(tmp_path, fake, "urb_cpop1")


def captures(outside) -> list[str]:
    return outside.store.folders(f"captures/{SOURCE}")


def test_runs_twice_a_day_keep_a_vintage_a_change_and_ask_for_no_figure_in_between(outside, fake):
    """Four weeks; benchmarks/year_of_pulls.py does the same for a year."""
    changes = {11: "2026-01-06T23:00:00+0100", 40: "2026-01-20T23:00:00+0100", 41: "2026-01-21T11:00:00+0100"}
    assert simulated(outside, fake, changes, runs=56, outages=[20]) == ([0, *changes], [20])
    assert fake.kinds().count("data") == len(captures(outside)) == 1 + len(changes)
    assert fake.kinds().count("metadata") == 55
    assert len(outside.store.keys(f"attempts/{SOURCE}")) == 1 + len(changes) + 1
    assert [a.outcome for a in attempts(outside.store, SOURCE)].count("nothing_new") == 56 - 1 - len(changes) - 1
    assert len(outside.store.keys(f"looks/{SOURCE}")) == 1


def test_where_nothing_is_new_the_task_is_skipped_and_the_attempt_says_so(outside, fake):
    assert pulled(outside, START) != ""
    later = START + timedelta(hours=12)
    assert pulled(outside, later) == ""
    assert [(a.at, a.outcome) for a in attempts(outside.store, SOURCE)][-1] == ("2026-01-01T22:23:00Z", "nothing_new")
    assert statistics.troubles(outside) == {}
    statistics.raise_if_missing(outside, ["urb_cpop1"], [])
    assert statistics.due(outside, later) == []


def test_a_request_that_has_changed_is_fetched_though_nothing_is_new(outside, fake):
    pulled(outside, START)
    file = outside.datasets / "urb_cpop1.yaml"
    file.write_text(file.read_text().replace("indicators:", "filters: {cities: [AT001C, AT002C]}\nlooked_at: {}\nindicators:"))
    key = pulled(outside, START + timedelta(hours=12))
    assert key.split("/")[1] in captures(outside)
    assert sorted(set(everything(outside).observations["urb_cpop1"].table["territory"])) == ["AT001C", "AT002C"]
    assert pulled(outside, START + timedelta(hours=24)) == ""


def test_another_bound_is_no_other_request(outside, fake):
    pulled(outside, START)
    file = outside.datasets / "urb_cpop1.yaml"
    file.write_text(file.read_text().replace("jump_percent_a_year: 8", "jump_percent_a_year: 9"))
    assert pulled(outside, LATER) == ""
    assert fake.kinds() == ["data", "metadata"]


def test_an_outage_leaves_the_vintage_in_use_and_a_long_one_is_gone_around(outside, fake):
    """TSV comes without the date of update, so that it is asked for until the JSON service is back."""
    pulled(outside, START)
    first = captures(outside)
    for number in range(1, 15):
        fake.troubles.append(outage())
        with pytest.raises(OutageHtml):
            pulled(outside, START + number * timedelta(hours=12))
    assert captures(outside) == first
    assert statistics.troubles(outside)[SOURCE].startswith("unavailable: ")
    fake.put(population(more=5.0), updated="2026-01-08T11:00:00+0100")
    for number in (15, 16):
        fake.troubles += [outage()] * (2 if number == 15 else 1)
        pulled(outside, START + number * timedelta(hours=12))
    found = everything(outside)
    (row,) = dataset_rows(found, [], "2026-01-10")
    assert (row["route"], row["in_use_updated"], len(captures(outside))) == ("sdmx_tsv", None, 2)
    assert found.of("urb_cpop1").table["value"].max() == 112_505
    assert "at least 50% of the figures of the vintage before" in {check.expectation for check in found.checks}
    pulled(outside, START + 17 * timedelta(hours=12))
    (row,) = dataset_rows(everything(outside), [], "2026-01-10")
    assert (row["route"], row["in_use_updated"]) == ("json_stat", "2026-01-08T10:00:00Z")


def test_a_capture_that_nobody_was_told_of_is_told_by_the_next_run(outside, fake):
    """As after a kill between the capture and the record of its attempt."""
    key = statistics.pull(outside, "urb_cpop1", START, way())
    outside.store.delete(f"attempts/{SOURCE}")
    assert statistics.pull(outside, "urb_cpop1", LATER, way()) == key
    assert statistics.accept(outside, [key]) == [key]
    assert len(captures(outside)) == 1


def test_a_vintage_whose_run_ended_before_the_releases_were_told_is_told_by_the_next_run(outside, fake):
    """As after a kill in decode_and_check or accept: the attempt is recorded, and nothing came of it."""
    key = statistics.pull(outside, "urb_cpop1", START, way())
    with pytest.raises(SourceError, match="failed before its end"):
        statistics.raise_if_missing(outside, ["urb_cpop1"], [])
    assert statistics.pull(outside, "urb_cpop1", LATER, way()) == key
    with pytest.raises(SourceError, match="failed before its end"):
        statistics.raise_if_missing(outside, ["urb_cpop1"], [])
    assert statistics.accept(outside, [statistics.decode_and_check(outside, key)]) == [key]
    statistics.settle(outside, [key])
    assert statistics.pull(outside, "urb_cpop1", START + timedelta(hours=24), way()) == ""
    assert statistics.accept(outside, [key]) == []


def test_the_same_run_tried_again_hands_on_the_vintage_that_its_first_try_kept(outside, fake):
    key = statistics.pull(outside, "urb_cpop1", START, way())
    assert statistics.pull(outside, "urb_cpop1", START, way()) == key
    assert [(a.outcome, a.capture_id) for a in attempts(outside.store, SOURCE)] == [("captured", key.split("/")[1])]
    assert (statistics.troubles(outside), statistics.due(outside, START)) == ({}, [])


def test_one_page_for_people_in_place_of_figures_is_waited_out_like_an_outage_of_the_metadata(outside, fake):
    pulled(outside, START)
    fake.put(population(more=700.0), updated=FEBRUARY)
    fake.troubles += [None, outage()]
    with pytest.raises(OutageHtml):
        pulled(outside, LATER)
    assert (len(captures(outside)), "tsv" in fake.kinds()) == (1, False)
    assert pulled(outside, LATER + timedelta(hours=12)) != ""


def test_metadata_too_big_or_still_in_preparation_make_the_whole_be_asked_for(outside, fake):
    pulled(outside, START)
    fake.troubles += [too_big_json(), too_big_json()]
    assert pulled(outside, LATER) == ""
    fake.troubles.append(in_preparation())
    assert pulled(outside, LATER + timedelta(hours=12)) == ""
    assert fake.kinds() == ["data", "metadata", "data", "data", "metadata", "data"]
    assert len(captures(outside)) == 1
    fake.put(population(more=5.0), updated=FEBRUARY)
    fake.troubles += [too_big_json(), too_big_json()]
    assert pulled(outside, LATER + timedelta(hours=24)) != ""


def told_changes(outside) -> list[tuple[object, object, object]]:
    rows = revision_rows(everything(outside), "2026-03-01")
    assert {row["updated_before"] for row in rows} <= {"2026-08-31T21:00:00Z"}
    return [(row["indicator"], row["what"], row["value_after"]) for row in rows]


def test_another_request_for_the_same_vintage_does_not_hide_what_the_vintage_changed(outside, fake):
    pulled(outside, START)
    newer = population(more=700.0)
    men = {("DE1002V", territory, year): (50_000.0, "") for _, territory, year in newer}
    fake.put({**newer, **men}, updated="2026-09-30T11:00:00+0200")
    pulled(outside, LATER)
    changes = told_changes(outside)
    assert changes == [("DE1001V", "revised", 101_200.0 + 1_000 * number) for number in range(1, 13)]
    file = outside.datasets / "urb_cpop1.yaml"
    more = "indicators:\n  DE1002V: {name: men, unit: persons, least: 0, most: 50000000}"
    file.write_text(file.read_text().replace("indicators:", more))
    pulled(outside, LATER + timedelta(hours=12))
    assert (len(captures(outside)), len(everything(outside).of("urb_cpop1").table)) == (3, 144)
    assert told_changes(outside) == changes


def test_a_vintage_that_came_by_tsv_first_hides_no_revision_and_keeps_its_labels(outside, fake):
    labels = {"AT001C": "Wien"}
    fake.put(population(), labels=labels)
    pulled(outside, START)
    fake.put(population(more=700.0), labels=labels, updated="2026-09-30T11:00:00+0200")
    fake.troubles.append(outage())
    answers = eurostat_client.pull(way(), open_datasets(outside).get("urb_cpop1"), LATER, api=fake.api)
    keep(outside.store, *captured_of(SOURCE, answers, way(), LATER))
    found = everything(outside)
    assert (found.of("urb_cpop1").updated, found.of("urb_cpop1").labels["AT001C"]) == ("", "Wien")
    changes = told_changes(outside)
    assert len(changes) == 12
    pulled(outside, LATER + timedelta(hours=12))
    assert everything(outside).of("urb_cpop1").updated == "2026-09-30T09:00:00Z"
    assert told_changes(outside) == changes


def shares(*, without: Collection[str] = ()) -> Cells:
    """Made cells of urb_cpopcb: twelve Austrian cities, two years."""
    values = {"DE2001V": 90_000.0, "DE2002V": 4_000.0, "DE2003V": 6_000.0, "DE2003I": 6.0, "DE2012V": 10_000.0}
    cities = [f"AT{number:03d}C" for number in range(1, 13)]
    return {(i, city, year): (value, "") for i, value in values.items() if i not in without for city in cities for year in (2020, 2021)}


def test_an_indicator_that_the_source_withdrew_is_told_figure_by_figure_and_named(tmp_path, fake):
    outside = live(tmp_path, fake, "urb_cpopcb")
    fake.put(shares(), code="urb_cpopcb")
    pulled(outside, START, dataset="urb_cpopcb")
    fake.put(shares(without=["DE2001V"]), code="urb_cpopcb", updated="2026-09-30T11:00:00+0200")
    pulled(outside, LATER, dataset="urb_cpopcb")
    assert told_changes(outside) == [("DE2001V", "withdrawn", None)] * 24
    missing = next(c for c in everything(outside).checks if c.expectation == "no indicator missing that the vintage before had")
    assert (missing.severity, missing.success, missing.examples) == ("warning", False, ("DE2001V",))


def test_indicators_that_vanish_are_missed_though_the_answer_came_in_parts(tmp_path, fake):
    """Too big as a whole by now, so that each indicator is asked for by itself; four of five have no results."""
    outside = live(tmp_path, fake, "urb_cpopcb")
    fake.put(shares(), code="urb_cpopcb")
    pulled(outside, START, dataset="urb_cpopcb")
    gone = ["DE2001V", "DE2002V", "DE2003V", "DE2012V"]
    fake.put(shares(without=gone), code="urb_cpopcb", updated="2026-09-30T11:00:00+0200")
    none = json_error(404, 100, "ERR_NOT_FOUND_4: No results found")
    fake.troubles += [None, too_big_json(), none, none, none, None, none]
    with pytest.raises(DataRefused, match="at least 50% of the figures of the vintage before"):
        pulled(outside, LATER, dataset="urb_cpopcb")
    assert len(everything(outside).of("urb_cpopcb").table) == 120


def test_a_capture_whose_body_is_damaged_is_out_of_use_is_named_and_is_mended_by_the_next_pull(outside, fake, tmp_path):
    pulled(outside, START)
    first = everything(outside).capture_id("urb_cpop1")
    fake.put(population(more=7.0), updated=FEBRUARY)
    cut(tmp_path, pulled(outside, LATER))
    found = everything(outside)
    assert found.capture_id("urb_cpop1") == first
    assert "expected a WARC with sha256" in found.refused["urb_cpop1"].because
    assert "expected a WARC with sha256" in statistics.troubles(outside)[SOURCE]
    assert pulled(outside, LATER + timedelta(hours=12)) != ""
    found = everything(outside)
    assert (found.of("urb_cpop1").table["value"].max(), found.refused, statistics.troubles(outside)) == (112_507, {}, {})
    assert pulled(outside, LATER + timedelta(hours=24)) == ""
    assert len(captures(outside)) == 3


def test_a_damaged_vintage_before_the_one_in_use_costs_its_revisions_alone(outside, fake, tmp_path):
    first = pulled(outside, START)
    fake.put(population(more=7.0), updated=FEBRUARY)
    pulled(outside, LATER)
    cut(tmp_path, first)
    found = everything(outside)
    assert (found.of("urb_cpop1").table["value"].max(), found.previous, revision_rows(found, "2026-03-01")) == (112_507, {}, [])
    fake.put(population(more=8.0), updated="2026-03-01T11:00:00+0100")
    assert pulled(outside, LATER + timedelta(hours=12)) != ""


def cut(home: Path, capture_key: str) -> None:
    """Leave the first bytes of a capture's WARC, as a disk that fails does."""
    file = home / "store/captures" / capture_key / "capture.warc.gz"
    file.write_bytes(file.read_bytes()[:200])
