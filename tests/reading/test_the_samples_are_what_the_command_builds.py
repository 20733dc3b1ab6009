"""include/samples/build.py and what is committed beside it."""

import re
import subprocess
import sys
from calendar import monthrange

import pytest

from reading.sample_listings import FOLDERS, INCLUDE, SAMPLES, facts_files, files_built, pages_built, rows_of

STATISTICS = SAMPLES / "statistics" / "2018-12-31"


def test_the_committed_files_are_those_built_byte_for_byte():
    built = files_built()
    for name, text in built.items():
        assert (SAMPLES / name).read_bytes() == text.encode("utf-8"), name
    committed = {path.relative_to(SAMPLES).as_posix() for folder in (*FOLDERS, STATISTICS) for path in folder.iterdir()}
    assert committed == set(built)


def test_the_command_writes_what_it_builds_wherever_it_is_told_to(tmp_path):
    subprocess.run([sys.executable, str(SAMPLES / "build.py"), "--to", str(tmp_path)], check=True, timeout=60)
    written = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {name: text.encode("utf-8") for name, text in files_built().items()}


def test_table_1_is_served_unchanged_as_a_statistical_source():
    assert (STATISTICS / "table1.csv").read_bytes() == (INCLUDE / "literature" / "oomen_2018_table1.csv").read_bytes()
    (request,) = rows_of(STATISTICS / "requests.csv")
    assert request["url"] == "https://citiesofrefuge.eu/publications/transnational-city-networks-and-migration-policy#table-1"
    assert (request["status"], request["content_type"].split(";")[0], request["file"]) == ("200", "text/csv", "table1.csv")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"{path.parts[-2]}/{path.parts[-1]}")
def test_every_rebuilt_page_says_that_it_is_no_original(folder):
    for page in folder.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert '<p class="rebuilt">Page rebuilt by this project from facts stated at <a href="http' in text
        assert text.count("not an original") == 2


@pytest.mark.parametrize("file", facts_files(), ids=lambda path: path.stem)
def test_a_file_of_facts_names_one_date_and_a_source_for_every_row(file):
    rows = rows_of(file)
    assert rows
    assert len({row["source_date"] for row in rows}) == 1
    assert len({row["complete"] for row in rows}) == 1
    assert {row["complete"] for row in rows} <= {"yes", "no", "unknown"}
    assert all(row["name_as_published"] and row["source_url"].startswith("http") and row["source_url"].isascii() for row in rows)


def test_a_page_stands_at_the_date_of_its_source_or_at_the_end_of_its_month():
    first_shown = {page["facts"]: page["date"] for page in reversed(pages_built())}
    for facts, date in first_shown.items():
        stated = rows_of(SAMPLES / "facts" / f"{facts}.csv")[0]["source_date"]
        if re.fullmatch(r"\d{4}-\d{2}", stated):
            year, month = map(int, stated.split("-"))
            assert date == f"{stated}-{monthrange(year, month)[1]}"
        elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", stated):
            assert date == stated
        else:
            assert date.endswith("-12-31"), f"{facts}: a year, a range or no date at all stands for the end of a year"
