"""The committed file is the one its README tells of."""

import re
from collections import Counter
from pathlib import Path

from citynet.places.gazetteer import Gazetteer

ROOT = Path(__file__).parents[2]


def test_the_readme_states_the_counts_of_the_file(gazetteer: Gazetteer) -> None:
    readme = (ROOT / "include/gazetteer/README.md").read_text(encoding="utf-8")
    stated = re.findall(r"^\| (?:Places|Names|Regions) \| ([0-9,]+[0-9])", readme, re.MULTILINE)
    assert stated == [f"{len(lines):,}" for lines in (gazetteer.places, gazetteer.names, gazetteer.region_lines)]
    kinds = Counter(line.split("\t")[2] for line in gazetteer.places)
    assert f"{kinds['m']:,} municipalities, {kinds['s']:,} settlements, {kinds['d']:,} districts" in readme
    with_code = sum(bool(line.split("\t")[4]) for line in gazetteer.places)
    assert f"| Local units | {with_code:,} of " in readme


def test_the_packed_file_carries_no_time_stamp() -> None:
    assert (ROOT / "include/gazetteer/places.tsv.gz").read_bytes()[4:8] == b"\0\0\0\0"
    assert (ROOT / "include/samples/statistics/2026-08-31/lau_2019_trimmed.csv.gz").read_bytes()[4:8] == b"\0\0\0\0"


def test_the_packed_file_stays_compact() -> None:
    assert (ROOT / "include/gazetteer/places.tsv.gz").stat().st_size < 8_000_000
