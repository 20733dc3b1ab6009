"""docs/statistics.md explains every published column of the tables of statistics, every data set, and no column that is not there."""

import re
from pathlib import Path

import pytest

from citynet.publishing.contract import contract

PROJECT = Path(__file__).resolve().parents[2]
PAGE = (PROJECT / "docs" / "statistics.md").read_text(encoding="utf-8")
WHOLE = ("city_statistics", "datasets", "statistics_revisions", "statistics_trends", "territories", "table1_comparison", "universes")
TABLES = (*WHOLE, "network_universes", "coverage")
OF_PLACES = ("population_", "urban_centre_size_class", "municipality_size_class", "non_eu_citizens_share")


def section(title):
    return PAGE.split(f"\n### {title}\n")[1].split("\n### ")[0].split("\n## ")[0]


def columns(title):
    return re.findall(r"^\| `([a-z0-9_]+)` \| \S", section(title), re.MULTILINE)


@pytest.mark.parametrize("table", TABLES)
def test_each_column_of_the_table_is_explained_in_its_order(table):
    assert columns(table) == [c.name for c in contract().table(table).columns]


def test_each_column_of_places_that_statistics_fill_is_explained():
    published = [c.name for c in contract().table("places").columns]
    assert columns("places") == [name for name in published if name.startswith(OF_PLACES)]


@pytest.mark.parametrize("table", ["places", *TABLES])
def test_each_table_says_its_universe_its_gaps_and_its_traps(table):
    assert re.findall(r"\*\*(\w+):\*\* \S", section(table).split("| column |")[0]) == ["Universe", "Gaps", "Traps"]


def test_each_data_set_is_named_and_no_other():
    table = PAGE.split("## The data sets")[1].split("\n## ")[0]
    named = {name for line in table.splitlines() if line.startswith("| `") for name in re.findall(r"`([a-z0-9_]+)`", line.split(" | ")[0])}
    assert named == {file.stem for file in (PROJECT / "include" / "datasets").glob("*.yaml")}
