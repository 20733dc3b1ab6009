"""Which data sets are due and which vintages are accepted, on replay folders of a test's own; what fails leaves the last good one."""

import json
import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bundled_datasets import DATASETS
from citynet.errors import ConfigError, DataRefused, SourceChanged, SourceError
from citynet.pipelines import statistics
from citynet.pipelines.dataset_tables import dataset_rows, revision_rows
from citynet.pipelines.network_tables import source_rows
from citynet.pipelines.outside import Outside
from statistics_world import DAY_1, DAY_2, DAY_3, SAMPLES, answer, cube, everything, run, world

LIVE = sorted(d.id for d in DATASETS.values() if d.live and d.kind != "wikidata")
"""Wikidata has nothing to ask for: the store has no lists of members."""
POPULATION = json.loads(cube())["value"]
CELL = next(iter(POPULATION))
OF_CYPRUS = {at for code, at in json.loads(cube())["dimension"]["cities"]["category"]["index"].items() if code.startswith("CY")}
YEARS = 37
"""Cells of the bundled answer are numbered city by city."""


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    return world(tmp_path)


@pytest.fixture
def replay(outside: Outside, tmp_path: Path) -> Path:
    return tmp_path / "replay"


def figures(found: statistics.Statistics, dataset: str = "urb_cpop1") -> int:
    """How many figures the vintage in use has, 0 where there is none."""
    observed = found.of(dataset)
    return 0 if observed is None else int(observed.table["value"].notna().sum())


def row_of(found: statistics.Statistics, dataset: str = "urb_cpop1", *attempts: str) -> dict[str, object]:
    """Its row of table datasets."""
    return next(row for row in dataset_rows(found, attempts, "2026-09-30") if row["dataset_id"] == dataset)


def world_with(outside: Outside, datasets: Path) -> Outside:
    """The same world with another folder of data sets."""
    return replace(outside, datasets=datasets)


def test_only_the_data_sets_that_a_folder_answers_are_due(outside, replay):
    shutil.copytree(SAMPLES / "2018-12-31", replay / "statistics/2018-12-31")
    shutil.copytree(SAMPLES / "2026-08-31", replay / "statistics/2026-08-31")
    assert statistics.due(outside, datetime(2018, 12, 31, tzinfo=UTC)) == ["oomen_2018"]
    assert statistics.due(outside, datetime(2026, 8, 31, tzinfo=UTC)) == ["lau_2019", "universes_2019", "urb_cpop1"]
    assert statistics.due(outside, datetime(2020, 1, 1, tzinfo=UTC)) == []


def test_what_was_captured_at_a_date_is_due_no_more(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    assert len(run(outside, DAY_1)) == 1
    assert statistics.due(outside, DAY_1) == []


def test_the_same_answer_at_a_later_date_is_nothing_new(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    answer(replay, DAY_2, urb_cpop1=cube())
    run(outside, DAY_1)
    assert run(outside, DAY_2) == []
    assert statistics.troubles(outside) == {}
    assert len(outside.store.folders("captures/statistics.urb_cpop1")) == 1
    assert statistics.due(outside, DAY_2) == []


def test_a_folder_that_cannot_be_read_is_named_by_an_attempt_and_stops_nobody(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    (replay / "statistics/2026-09-01/requests.csv").write_text("url,file\n")
    assert statistics.due(outside, DAY_1) == LIVE
    assert run(outside, DAY_1) == []
    troubles = statistics.troubles(outside)
    assert sorted(troubles) == [f"statistics.{dataset}" for dataset in LIVE]
    for trouble in troubles.values():
        assert trouble.startswith("misconfigured: ")
        assert "requests.csv:1: expected the columns" in trouble


def test_a_vintage_that_cannot_be_is_refused_and_the_one_before_it_stays(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    answer(replay, DAY_2, urb_cpop1=cube(value={**POPULATION, CELL: 1e9}))
    (first,) = run(outside, DAY_1)
    key = statistics.pull(outside, "urb_cpop1", DAY_2)
    with pytest.raises(DataRefused, match="not above what can be"):
        statistics.decode_and_check(outside, key)
    with pytest.raises(SourceError, match=r"statistics\.urb_cpop1: .*not above what can be.*runbook: "):
        statistics.raise_if_missing(outside, ["urb_cpop1"], [])
    now = everything(outside)
    assert (figures(now), now.capture_id("urb_cpop1")) == (677, first.split("/")[1])
    rows = source_rows([], now.vintages)
    assert [(row["decision"], row["parsed_count"]) for row in rows] == [("accepted", 677), ("refused", 677)]
    assert "not above what can be" in str(rows[1]["decision_reason"])
    assert Counter(check.success for check in now.checks if check.severity == "critical")[False] == 1


def test_since_when_and_why_a_newer_vintage_is_not_used_is_published_and_told(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    answer(replay, DAY_2, urb_cpop1=cube(value={**POPULATION, CELL: 1e9}, updated="2026-09-01T23:00:00+0200"))
    answer(replay, DAY_3, urb_cpop1=cube(value={**POPULATION, CELL: 2e9}, updated="2026-09-02T23:00:00+0200"))
    for day in (DAY_1, DAY_2, DAY_3):
        run(outside, day)
    told = statistics.troubles(outside)["statistics.urb_cpop1"]
    assert told.endswith("; since 2026-09-02 the vintage of 2026-08-31T21:00:00Z stays in use")
    row = row_of(everything(outside), "urb_cpop1", "statistics.urb_cpop1 2026-09-03T00:00:00Z captured")
    assert (row["in_use_updated"], row["in_use_captured_on"]) == ("2026-08-31T21:00:00Z", "2026-09-01")
    assert (row["last_asked_on"], row["last_outcome"], row["refused_since"]) == ("2026-09-03", "refused", "2026-09-02")
    assert "not above what can be" in str(row["refused_because"])


def test_a_vintage_after_the_refused_ones_that_is_sound_ends_the_trouble(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    answer(replay, DAY_2, urb_cpop1=cube(value={"1": 1e9}))
    answer(replay, DAY_3, urb_cpop1=cube(value={**POPULATION, CELL: 5_000.0}))
    for day in (DAY_1, DAY_2, DAY_3):
        run(outside, day)
    now = everything(outside)
    assert (statistics.troubles(outside), now.refused, row_of(now)["refused_since"]) == ({}, {}, None)
    assert [str(row["what"]) for row in revision_rows(now, "2026-09-30")] == ["revised"]


def test_a_vintage_that_lost_most_of_its_figures_waits_until_a_person_has_looked(outside, replay, tmp_path):
    half = dict(list(POPULATION.items())[:200])
    answer(replay, DAY_1, urb_cpop1=cube())
    answer(replay, DAY_2, urb_cpop1=cube(value=half, updated="2026-09-01T23:00:00+0200"))
    run(outside, DAY_1)
    assert run(outside, DAY_2) == []
    assert "at least 50% of the figures of the vintage before" in statistics.troubles(outside)["statistics.urb_cpop1"]
    shutil.copytree(outside.datasets, tmp_path / "datasets")
    with (tmp_path / "datasets/urb_cpop1.yaml").open("a") as file:
        file.write('looked_at: {"2026-09-01T21:00:00Z": "withdrawn by Eurostat, see its notice; editor-first-pass"}\n')
    answered = world_with(outside, tmp_path / "datasets")
    assert (statistics.troubles(answered), figures(everything(answered))) == ({}, 200)


def test_a_refused_vintage_is_no_measure_for_the_next_one(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    answer(replay, DAY_2, urb_cpop1=cube(value={"0": 1e9}))
    without_cyprus = {key: value for key, value in POPULATION.items() if int(key) // YEARS not in OF_CYPRUS}
    answer(replay, DAY_3, urb_cpop1=cube(value=without_cyprus))
    for day in (DAY_1, DAY_2, DAY_3):
        run(outside, day)
    now = everything(outside)
    assert figures(now) == len(without_cyprus) < 677
    missing = next(c for c in now.checks if c.expectation == "no country missing that the vintage before had")
    assert (missing.severity, missing.success, missing.checked, missing.examples) == ("warning", False, 4, ("CY",))


def test_an_answer_of_another_form_leaves_the_figures_and_says_why(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    answer(replay, DAY_2, urb_cpop1=b"{}")
    run(outside, DAY_1)
    with pytest.raises(SourceChanged, match="expected a JSON-stat data set"):
        statistics.decode_and_check(outside, statistics.pull(outside, "urb_cpop1", DAY_2))
    now = everything(outside)
    assert figures(now) == 677
    assert [row["decision"] for row in source_rows([], now.vintages)] == ["accepted", "changed"]
    assert row_of(now, "urb_cpop1", "statistics.urb_cpop1 2026-09-02T00:00:00Z captured")["last_outcome"] == "changed"


def test_the_same_answer_is_checked_once_and_a_changed_record_is_made_anew(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    (key,) = run(outside, DAY_1)
    kept = f"statistics/{key}.json"
    document = json.loads(outside.store.read(kept))
    outside.store.write(kept, json.dumps({**document, "checks": []}).encode())
    assert everything(outside).checks == ()
    outside.store.write(kept, json.dumps({**document, "recipe": "of another version", "checks": []}).encode())
    assert len(everything(outside).checks) == len(document["checks"])
    assert json.loads(outside.store.read(kept)) == document


def test_a_file_that_breaks_keeps_the_figures_and_is_named(outside, replay, tmp_path):
    answer(replay, DAY_1, urb_cpop1=cube())
    run(outside, DAY_1)
    shutil.copytree(outside.datasets, tmp_path / "datasets")
    (tmp_path / "datasets/urb_cpop1.yaml").write_text("id: urb_cpop1\nkind: cube\n")
    broken = world_with(outside, tmp_path / "datasets")
    assert figures(everything(broken)) == 677
    assert "urb_cpop1.yaml:2: kind: expected one of jsonstat" in statistics.troubles(broken)["statistics.urb_cpop1"]
    with pytest.raises(ConfigError, match=r"urb_cpop1\.yaml:2"):
        statistics.pull(broken, "urb_cpop1", DAY_2)


def test_each_data_set_says_what_is_in_use_and_one_never_asked_that_it_never_was(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube(), oomen_2018=(SAMPLES / "2018-12-31/table1.csv").read_bytes())
    run(outside, DAY_1)
    told = ("statistics.urb_cpop1 2026-09-01T00:00:00Z captured", "statistics.urb_cpop1 2026-09-02T10:00:00Z nothing_new")
    rows = {row["dataset_id"]: row for row in dataset_rows(everything(outside), told, "2026-09-30")}
    cube_row, table, never = rows["urb_cpop1"], rows["oomen_2018"], rows["urb_cpopcb"]
    assert list(rows) == sorted(DATASETS)
    assert (cube_row["route"], cube_row["observations"], cube_row["territories"]) == ("json_stat", 677, 36)
    assert (cube_row["first_year"], cube_row["last_year"], cube_row["indicators"]) == (1990, 2025, "DE1001V")
    assert (cube_row["last_asked_on"], cube_row["last_outcome"], cube_row["seen_on"]) == ("2026-09-02", "nothing_new", "2026-08-31")
    assert (table["route"], table["observations"], table["territories"]) == ("file", 29, None)
    assert (never["last_outcome"], never["in_use_capture_id"], never["seen_on"], never["live"]) == ("never_asked", None, None, True)
