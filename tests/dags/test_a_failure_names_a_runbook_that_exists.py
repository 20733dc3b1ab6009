"""Whoever is sent to docs/operations.md by a message, a DAG or a page finds the heading there."""

import re
from pathlib import Path

import pytest

from citynet.errors import SourceError
from citynet.pipelines import memberships, statistics
from citynet.pipelines.fetching import OUTCOMES
from citynet.pipelines.outside import open_outside

PROJECT = Path(__file__).resolve().parents[2]
OPERATIONS = PROJECT / "docs" / "operations.md"
RUNBOOKS = ("source-changed", "source-unavailable", "data-refused", "held-capture", "eurostat-late", "airflow-will-not-parse")


def anchors():
    lines = [line.removeprefix("## ") for line in OPERATIONS.read_text(encoding="utf-8").splitlines() if line.startswith("## ")]
    return {re.sub(r"[^a-z0-9 -]", "", line.lower()).replace(" ", "-") for line in lines}


def section(anchor):
    sections = OPERATIONS.read_text(encoding="utf-8").split("\n## ")
    return next(s for s in sections if re.sub(r"[^a-z0-9 -]", "", s.splitlines()[0].lower()).replace(" ", "-") == anchor)


def test_every_reference_to_the_operations_page_leads_to_a_heading():
    files = [*(PROJECT / "include").rglob("*.py"), *(PROJECT / "dags").glob("*.py"), *(PROJECT / "docs").rglob("*.md")]
    files += [PROJECT / name for name in ("README.md", "bin/up", "docker-compose.yaml", ".env.example")]
    named = {a for file in files for a in re.findall(r"operations\.md#([a-z0-9-]+)", file.read_text(encoding="utf-8"))}
    named |= set(re.findall(r"\]\(#([a-z0-9-]+)\)", OPERATIONS.read_text(encoding="utf-8")))
    assert "eurostat-late" in named
    assert named - anchors() == set()


def test_every_outcome_of_an_attempt_has_its_runbook():
    assert {name for _, name in OUTCOMES} | {"refused", "held", "damaged"} == set(memberships.RUNBOOKS)
    assert set(memberships.RUNBOOKS.values()) <= anchors()


@pytest.mark.parametrize("anchor", RUNBOOKS)
def test_a_runbook_says_what_is_seen_whether_it_is_urgent_what_to_do_and_how_to_run_again(anchor):
    for part in ("**You see**", "**Is it urgent**", "**What to do**", "**Run again**"):
        assert part in section(anchor)


def test_a_source_of_which_nothing_was_recorded_ends_with_a_runbook_too(tmp_path):
    outside = open_outside(
        {"CITYNET_STORE": str(tmp_path / "store"), "CITYNET_PUBLISHED": str(tmp_path / "published"), "CITYNET_MODE": "none"}
    )
    from citynet.model import instant

    with pytest.raises(SourceError, match=r"^eccar: failed before .*; runbook: docs/operations\.md#a-task-failed-without-a-record$"):
        memberships.raise_if_missing(outside, ["eccar"], [], at=instant("2026-01-01T00:00:00Z"))
    with pytest.raises(SourceError, match=r"^statistics\.lau_2019: failed .*; runbook: docs/operations\.md#eurostat-late$"):
        statistics.raise_if_missing(outside, ["lau_2019"], [])
