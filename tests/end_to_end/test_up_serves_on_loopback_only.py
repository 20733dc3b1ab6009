"""The whole Airflow as `make up` starts it, on a free port and with a home of its own."""

import runpy
from pathlib import Path

UP = Path(__file__).resolve().parents[2] / "bin" / "up"


def test_all_four_processes_run_listen_on_loopback_only_and_stop_without_a_rest(operators_day):
    assert operators_day["listening"]
    assert set(operators_day["listening"]) <= {"127.0.0.1", "::1"}  # those of tests that run beside this one are loopback too
    assert operators_day["password_file_mode"] == 0o600
    assert operators_day["ended_with"] == 0
    assert operators_day["left_running"] == []


def test_up_says_where_pages_come_from(operators_day):
    assert "up: pages are replayed from " in operators_day["printed"]
    said = runpy.run_path(str(UP))["pages_come_from"]
    assert "CITYNET_CONTACT is not set" in said({})
    assert "someone@example.org" in said({"CITYNET_CONTACT": "someone@example.org"})
    assert "collecting is off" in said({"CITYNET_MODE": "none"})


def test_the_health_checks_of_the_served_system_tell_who_is_well(operators_day):
    assert operators_day["health_checks"] == {"metadatabase": 0, "scheduler": 0, "triggerer": 0, "dag_processor": 0, "nobody": 1}
