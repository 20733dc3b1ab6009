"""What a pull asks for is what the samples answer."""

import csv
from pathlib import Path

from citynet.statistics.datasets import REQUESTS

FOLDER = Path(__file__).parents[2] / "include/samples/statistics/2026-08-31"


def test_every_declared_request_is_answered_by_a_file_of_the_samples() -> None:
    with (FOLDER / "requests.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(r["url"] for r in rows) == sorted(r.url for r in REQUESTS)
    assert all((FOLDER / row["file"]).is_file() for row in rows)


def test_the_city_cube_is_never_asked_for_unfiltered() -> None:
    assert all("indic_ur=" in r.url for r in REQUESTS if r.dataset.startswith("urb_"))


def test_the_trimmed_table_is_replayed_and_never_asked_of_the_source() -> None:
    assert {r.dataset: r.live for r in REQUESTS} == {"lau_2019": False, "urb_cpop1": True}
