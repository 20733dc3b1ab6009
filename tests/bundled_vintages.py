"""The genuine vintages of urb_cpop1 that the project comes with, decoded as a release decodes them."""

from functools import cache
from pathlib import Path

from bundled_datasets import DATASETS
from citynet.model import Fetched
from citynet.statistics.eurostat import decode_answers
from citynet.statistics.values import Observations

SAMPLES = Path(__file__).parents[1] / "include/samples/statistics"
FILES = {
    "urb_cpop1": SAMPLES / "2026-08-31/urb_cpop1_DE1001V.json",
    "urb_cpop1_2016": SAMPLES / "2018-09-30/urb_cpop1_2016.json.gz",
    "urb_cpop1_2018": SAMPLES / "2018-09-30/urb_cpop1_2018.json.gz",
}


@cache
def bundled(dataset: str) -> Observations:
    """One of them."""
    answer = Fetched(DATASETS[dataset].url, "GET", 200, "application/json", (), FILES[dataset].read_bytes(), "")
    return decode_answers([answer], DATASETS[dataset])
