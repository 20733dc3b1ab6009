"""An operator serves three samples, one of them broken, and triggers the collection for their date in the UI."""

import re

from conftest import PROJECT

GOOD, BROKEN = {"eccar", "icorn"}, "solidarity_cities"


def test_the_dags_are_not_paused_so_that_one_click_goes_the_whole_way(operators_day):
    assert operators_day["dag_errors"] == []
    assert {"collect_memberships", "pull_city_statistics", "publish_monitor", "send_alerts"} <= set(operators_day["paused"])
    assert set(operators_day["paused"].values()) == {False}


def test_airflows_own_first_run_finds_nothing_due_and_is_no_alarm(operators_day):
    assert operators_day["scheduled"] == ["success"]


def test_each_network_is_a_mapped_group_with_its_name(operators_day):
    captured = {name: state for task, name, state in operators_day["tasks"] if task == "one_network.capture"}
    assert captured == dict.fromkeys({*GOOD, BROKEN}, "success")
    read = {name: state for task, name, state in operators_day["tasks"] if task == "one_network.read_and_check"}
    assert read == dict.fromkeys(GOOD, "success") | {BROKEN: "failed"}


def test_one_broken_sample_turns_the_run_red_and_the_others_are_published(operators_day):
    states = {task: state for task, _, state in operators_day["tasks"]}
    assert operators_day["run"] == "failed"
    assert (states["accept"], states["report_failures"]) == ("success", "failed")
    assert operators_day["releases"] == [["asset_triggered", "success"]]
    rows = operators_day["published"]["data/memberships.csv"].splitlines()[1:]
    assert {row.split(",")[0] for row in rows} == GOOD


def test_the_failure_names_the_source_and_the_runbook_and_the_runbook_exists(operators_day):
    told = re.search(rf"{BROKEN}: changed: .*?; runbook: docs/operations\.md#([a-z-]+)", operators_day["failure"])
    assert told, operators_day["failure"]
    assert not any(f"{network}: " in told.group(0) for network in GOOD)
    assert "\n## Source changed\n" in (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert told.group(1) == "source-changed"
