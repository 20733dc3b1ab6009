"""The committed file is the one its README tells of."""

import re
from pathlib import Path

from citynet.places.gazetteer import Gazetteer

ROOT = Path(__file__).parents[2]


def test_the_readme_states_the_counts_of_the_file(gazetteer: Gazetteer) -> None:
    readme = (ROOT / "include/gazetteer/README.md").read_text(encoding="utf-8")
    stated = re.findall(r"^\| (?:Places|Names) \| ([0-9,]+[0-9])", readme, re.MULTILINE)
    assert stated == [f"{len(gazetteer.places):,}", f"{len(gazetteer.names):,}"]


def test_the_packed_file_carries_no_time_stamp() -> None:
    assert (ROOT / "include/gazetteer/places.tsv.gz").read_bytes()[4:8] == b"\0\0\0\0"
    assert (ROOT / "include/samples/statistics/2026-08-31/lau_2019_trimmed.csv.gz").read_bytes()[4:8] == b"\0\0\0\0"
