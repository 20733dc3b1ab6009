"""What a pull asks for is what the samples answer."""

import csv
from pathlib import Path

from citynet.statistics.datasets import REQUESTS

SAMPLES = Path(__file__).parents[2] / "include/samples/statistics"
NOT_BUNDLED = {"urb_cpopcb", "lau_2024"}
"""No genuine answer of the service is at hand; a body made for tests says so in its name, or is made in the test."""


def answers() -> dict[str, Path]:
    found = {}
    for table in sorted(SAMPLES.glob("*/requests.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            found |= {row["url"]: table.parent / row["file"] for row in csv.DictReader(file)}
    return found


def test_every_declared_request_is_answered_by_a_file_of_the_samples() -> None:
    assert sorted(answers()) == sorted(r.url for r in REQUESTS if r.dataset not in NOT_BUNDLED)
    assert all(path.is_file() for path in answers().values())


def test_the_city_cubes_are_never_asked_for_unfiltered() -> None:
    assert all("indic_ur=" in r.url for r in REQUESTS if r.dataset.startswith("urb_"))


def test_what_robots_are_kept_from_is_asked_live_only_with_leave() -> None:
    assert {r.dataset: r.needs_permission for r in REQUESTS if r.live} == {"lau_2024": False, "urb_cpop1": False, "wikidata": True}


def test_a_report_is_literature_and_never_the_statistical_office() -> None:
    assert {r.dataset: (r.source_type, r.source_class) for r in REQUESTS if r.source_type != "statistics"} == {
        "oomen_2018": ("literature", "third_party")
    }
