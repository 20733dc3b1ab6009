"""Which instant a collecting run is dated by, since that becomes the date of its evidence."""

import json
import subprocess
import sys

import pytest

ASK = """
import json, os, sys
from datetime import datetime
from types import SimpleNamespace
from citynet.orchestration.outside import moment
for replay, *dates in json.loads(sys.argv[1]):
    os.environ["CITYNET_REPLAY"] = replay
    given = [datetime.fromisoformat(date) if date else None for date in dates]
    print(moment(SimpleNamespace(**dict(zip(("logical_date", "run_after", "start_date"), given)))).isoformat())
"""
SAMPLES, NOW, LATER = "2018-12-31T00:00:00+00:00", "2026-11-22T12:00:00+00:00", "2026-11-24T09:00:00+00:00"


@pytest.fixture
def dated(world):
    def ask(*runs):
        """The instants of runs given as (replay folder or empty, logical date, run_after, start)."""
        command = [sys.executable, "-W", "ignore", "-c", ASK, json.dumps(runs)]
        done = subprocess.run(command, env=world.environment, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[-len(runs) :]

    return ask


def test_a_replay_goes_by_the_chosen_date_and_a_live_page_is_never_dated_before_it_was_fetched(dated, tmp_path):
    replay = str(tmp_path)
    cases = {
        (replay, SAMPLES, NOW, LATER): SAMPLES,
        (replay, "", NOW, LATER): NOW,  # triggered by an asset, or without a date
        ("", SAMPLES, SAMPLES, LATER): LATER,  # a live backfill of 2018
        ("", NOW, NOW, LATER): LATER,  # a schedule that was missed for two days
        ("", NOW, NOW, ""): NOW,
    }
    assert dict(zip(cases, dated(*cases), strict=True)) == cases
