"""The file of reforms of local government: every line has its source, kinds and day, and what cannot be read is named with its line."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from citynet.errors import ConfigError
from citynet.places.reorganised import COLUMNS, FILE, KINDS, Reorganised, load_reorganised

GAZETTEER = Path(__file__).parents[2] / "include/gazetteer"
HEADER = ",".join(COLUMNS)
LINE = "NO,Oppland|Oppland County,region,Innlandet,region,2020-01-01,https://example.org/a,2026-11-23"


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (GAZETTEER / FILE).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_each_line_says_who_became_whom_when_and_where_that_is_written(rows):
    for row in rows:
        assert re.fullmatch(r"[A-Z]{2}", row["country"])
        assert {row["former_kind"], row["heir_kind"]} <= set(KINDS)
        assert re.fullmatch(r"\d{4}(-\d\d-\d\d)?", row["since"])
        assert re.fullmatch(r"https?://\S+", row["source_url"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["seen"])
        assert row["since"] <= row["seen"]


def test_the_lines_are_sorted_and_none_is_there_twice(rows):
    listed = [tuple(row.values()) for row in rows]
    assert listed == sorted(set(listed))
    facts = [(row["country"], row["former"], row["former_kind"], row["heir"]) for row in rows]
    assert len(set(facts)) == len(facts)


def test_no_municipality_is_its_own_heir():
    for line in load_reorganised(GAZETTEER / "places.tsv.gz"):
        assert line.kind != line.heir_kind or line.kind == "region" or not set(line.keys) & set(line.heir_keys), line


@pytest.mark.parametrize(
    ("country", "name"),
    [
        ("IT", "brione"),
        ("IT", "vezzano"),
        ("CH", "rapperswil"),
        ("CH", "saint sulpice"),
        ("CH", "le paquier"),
        ("LV", "daugavpils"),
        ("AU", "wellington"),
        ("CA", "aylmer"),
    ],
)
def test_a_name_that_a_living_municipality_bears_too_is_no_former_one(country, name):
    assert [line for line in load_reorganised(GAZETTEER) if line.country == country and name in line.keys] == []


def test_a_body_is_called_the_same_on_all_of_its_lines(rows):
    names: dict[tuple[str, str, str], set[str]] = {}
    for row in rows:
        names.setdefault((row["country"], row["former_kind"], row["former"].partition("|")[0]), set()).add(row["former"])
    assert {key for key, called in names.items() if len(called) > 1} == set()


def test_the_readme_counts_the_lines_by_country(rows):
    counts = Counter(row["country"] for row in rows)
    told = ", ".join(f"{country} {counts[country]}" for country in sorted(counts))
    assert f"{len(rows)} lines: {told}" in " ".join((GAZETTEER / "README.md").read_text(encoding="utf-8").split())


def test_a_line_is_read_with_normalised_names(tmp_path):
    (tmp_path / FILE).write_text(f"{HEADER}\n{LINE}\n", encoding="utf-8")
    assert load_reorganised(tmp_path) == (
        Reorganised("NO", ("oppland", "oppland county"), "region", ("innlandet",), "region", "2020-01-01"),
    )


def test_a_gazetteer_without_the_file_knows_none(tmp_path):
    assert load_reorganised(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "found nothing"),
        ("country,former\n", "reorganisations.csv:1: expected the columns country, former, former_kind"),
        (f"{HEADER}\n{LINE}\nNO,Oppland\n", "reorganisations.csv:3: expected 8 columns, found 2"),
        (f"{HEADER}\n{LINE.replace('https://example.org/a', '')}\n", "reorganisations.csv:2: expected 8 filled columns, found 7"),
        (f"{HEADER}\n{LINE.replace('region,2020', 'county,2020')}\n", "expected a kind of municipality, region, unitary, found 'county'"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path, text, message):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=re.escape(message)):
        load_reorganised(tmp_path)
