"""Adding a data set: one YAML file and one recorded answer, and it is pulled, checked, kept by vintage and told in the tables."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import network_file
from citynet.pipelines import inputs, statistics
from citynet.pipelines.dataset_tables import dataset_rows, revision_rows
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import Outside
from empty_world import world_in
from fake_eurostat import Cells, jsonstat
from statistics_world import everything, run

FILE = """
id: urb_cecfi
title: Households of statistical cities
kind: jsonstat
code: urb_clivcon
dimensions: [freq, indic_ur, cities]
indicator_dimension: indic_ur
territory_dimension: cities
territory_kind: statistical_city
indicators:
  DE3001V: {name: households, unit: persons, least: 0, most: 20000000}
  DE3002V: {name: households of one person, unit: persons, least: 0, most: 20000000}
live: false
citation: "Source: Eurostat, urb_clivcon"
source_class: statistical_office
note: made for a test
"""
URL = (
    "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data/urb_clivcon?format=JSON&lang=EN&indic_ur=DE3001V&indic_ur=DE3002V"
)
CELLS: Cells = {("DE3001V", "AT001C", 2020): (900_000.0, "b"), ("DE3002V", "AT001C", 2020): (400_000.0, "")}
NEWER: Cells = {**CELLS, ("DE3001V", "AT001C", 2020): (910_000.0, "b"), ("DE3001V", "AT001C", 2021): (920_000.0, "p")}
APRIL, MAY = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def added(tmp_path: Path) -> Outside:
    """An empty world with that one data set, answered at two dates."""
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets/urb_cecfi.yaml").write_text(FILE, encoding="utf-8")
    for at, cells in ((APRIL, CELLS), (MAY, NEWER)):
        folder = tmp_path / f"replay/statistics/{at:%Y-%m-%d}"
        folder.mkdir(parents=True)
        (folder / "answer.json").write_bytes(jsonstat(cells, f"{at:%Y-%m-%d}T11:00:00+0200", {"AT001C": "Wien "}))
        (folder / "requests.csv").write_text(f"url,method,status,content_type,file\n{URL},GET,200,application/json,answer.json\n")
    made = replace(world_in(tmp_path, CITYNET_REPLAY=str(tmp_path / "replay")), datasets=tmp_path / "datasets")
    page = "    - {url: 'https://ports.example/members', reader: list, select: li, verified_on: 2024-01-01}"
    network_file.register(made.registry, page, "  expect: {min: 3, max: 50}\n")
    return made


def test_it_is_pulled_decoded_checked_and_told_with_its_flags(added):
    assert statistics.due(added, APRIL) == ["urb_cecfi"]
    assert len(run(added, APRIL)) == 1
    found = everything(added)
    observed = found.of("urb_cecfi")
    assert observed is not None
    assert observed.table.astype({"flags": "str"})["flags"].tolist() == ["b", ""]
    assert (observed.updated, observed.labels) == ("2026-04-01T09:00:00Z", {"AT001C": "Wien"})
    assert {check.success for check in found.checks} == {True}
    (row,) = dataset_rows(found, [], "2026-04-01")
    assert (row["title"], row["observations"], row["last_year"], row["live"]) == ("Households of statistical cities", 2, 2020, False)


def test_each_vintage_is_kept_and_the_newest_is_told_against_the_one_before(added):
    for at in (APRIL, MAY):
        run(added, at)
    found = everything(added)
    assert len(added.store.folders("captures/statistics.urb_cecfi")) == 2
    told = [(r["indicator"], r["year"], r["what"], r["value_before"], r["value_after"]) for r in revision_rows(found, "2026-05-01")]
    assert told == [("DE3001V", 2020, "revised", 900_000.0, 910_000.0), ("DE3001V", 2021, "added", None, 920_000.0)]
    first = revision_rows(found, "2026-05-01")[0]
    assert (first["updated_before"], first["updated_after"]) == ("2026-04-01T09:00:00Z", "2026-05-01T09:00:00Z")


def test_a_release_as_of_a_day_takes_the_vintage_of_that_day(added):
    run(added, APRIL)
    names = open_names(added)
    then = inputs.gather(added, names)
    run(added, MAY)
    now, again = inputs.gather(added, names), inputs.gather(added, names, "2026-04-30")
    assert then is not None
    assert now is not None
    assert again is not None
    assert now.release_id != then.release_id
    assert (again.captures, again.as_of) == (then.captures, then.as_of)
    of_then, of_now = statistics.newest(added, again.of), statistics.newest(added, now.of)
    assert [of.observations["urb_cecfi"].updated for of in (of_then, of_now)] == ["2026-04-01T09:00:00Z", "2026-05-01T09:00:00Z"]
    assert of_then.previous == {}


def test_its_file_is_an_input_of_the_release(added):
    run(added, APRIL)
    names = open_names(added)
    before = inputs.gather(added, names)
    file = added.datasets / "urb_cecfi.yaml"
    file.write_text(file.read_text() + "seen_on: 2026-04-01\n")
    after = inputs.gather(added, names)
    assert before is not None
    assert after is not None
    assert before.release_id != after.release_id


def test_the_table_of_city_codes_is_an_input_of_the_release(added, tmp_path, monkeypatch):
    run(added, APRIL)
    names = open_names(added)
    before = inputs.gather(added, names)
    codes = tmp_path / "codes"
    shutil.copytree(inputs.CODES, codes)
    table = codes / "territory_codes.csv"
    table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    monkeypatch.setattr(inputs, "CODES", codes)
    after = inputs.gather(added, names)
    assert before is not None
    assert after is not None
    assert before.release_id != after.release_id


def test_a_release_names_the_newest_look_and_not_each_of_them(added):
    run(added, APRIL)
    names = open_names(added)
    key = "looks/statistics.urb_cecfi/2026.json"
    added.store.write(key, json.dumps(["2026-04-02T10:23:00Z", "2026-04-02T22:23:00Z", "2026-04-03T10:23:00Z"]).encode())
    now, then = inputs.gather(added, names), inputs.gather(added, names, "2026-04-02")
    assert now is not None
    assert then is not None
    assert now.attempts[-1] == "statistics.urb_cecfi 2026-04-03T10:23:00Z nothing_new"
    assert (len(now.attempts), now.as_of) == (2, "2026-04-03")
    assert then.attempts[-1] == "statistics.urb_cecfi 2026-04-02T22:23:00Z nothing_new"
    (row,) = dataset_rows(statistics.newest(added, now.of), now.attempts, now.as_of)
    assert (row["last_asked_on"], row["last_outcome"]) == ("2026-04-03", "nothing_new")
