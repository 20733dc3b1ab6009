"""candidates.csv: each bad line is told with its number, the good ones stay; each candidate comes up again after six months."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.networks import Candidate, due, load, load_candidates
from citynet.networks.candidates import COLUMNS

FOLDER = Path(__file__).parents[2] / "include" / "networks"
HEADER = "name,where_seen,address,date,decision,reason\n"
GOOD = "Alpine Towns,a directory,https://alpine.example,2026-11-22,undecided,whether it has a list is to be looked up\n"


def told(folder, text, networks=()):
    (folder / "candidates.csv").write_text(text, encoding="utf-8")
    found = load_candidates(str(folder), networks)
    return [c.name for c in found.listed], [str(problem) for problem in found.broken]


def test_a_folder_without_the_file_has_no_candidates(tmp_path):
    assert load_candidates(str(tmp_path)) == load_candidates(str(tmp_path / "nowhere"))
    assert load_candidates(str(tmp_path)).listed == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (",a,https://b.example,2026-11-22,undecided,c", "candidates.csv:3: name: expected text, got nothing"),
        (
            "Bay,a,b.example,2026-11-22,undecided,c",
            "candidates.csv:3: address: expected an address beginning with http:// or https://, got 'b.example'",
        ),
        ("Bay,a,https://b.example,22.11.2026,undecided,c", "candidates.csv:3: date: expected a day YYYY-MM-DD, got '22.11.2026'"),
        ("Bay,a,https://b.example,2026-02-30,undecided,c", "candidates.csv:3: date: expected a day YYYY-MM-DD, got '2026-02-30'"),
        (
            "Bay,a,https://b.example,2026-11-22,included,c",
            "candidates.csv:3: decision: expected one of undecided, excluded, got 'included'",
        ),
        ("Bay,a,https://b.example,2026-11-22,undecided,", "candidates.csv:3: reason: expected text, got nothing"),
        ("Bay,a,https://b.example,2026-11-22", "candidates.csv:3: expected 6 cells, got 4"),
        (
            "alpine  towns,a,https://b.example,2026-11-22,undecided,c",
            "candidates.csv:3: name: expected each candidate once, got 'alpine  towns' again (first in line 2)",
        ),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_others_stay(tmp_path, line, expected):
    assert told(tmp_path, f"{HEADER}{GOOD}{line}\nZones,a,https://z.example,2026-11-22,excluded,c\n") == (
        ["Alpine Towns", "Zones"],
        [expected],
    )


def test_another_header_is_no_table_of_candidates(tmp_path):
    listed, (problem,) = told(tmp_path, f"name,date\n{GOOD}")
    assert listed == []
    assert problem == "candidates.csv:1: expected the columns name,where_seen,address,date,decision,reason, got name,date"


def test_a_network_of_the_registry_is_no_candidate_by_any_of_its_names(tmp_path):
    registry = load(str(FOLDER)).networks
    _, (problem,) = told(tmp_path, f"{HEADER}{GOOD.replace('Alpine Towns', 'iash')}", registry)
    assert problem == "candidates.csv:2: name: expected no network of the registry, got 'iash', which is iash.yml"


def test_the_bundled_candidates_are_sound_and_none_is_decided_without_a_reason():
    found = load_candidates(str(FOLDER), load(str(FOLDER)).networks)
    assert found.broken == ()
    assert len(found.listed) >= 30
    assert {c.decision for c in found.listed} == {"undecided", "excluded"}
    assert all(len(c.reason) > 15 for c in found.listed)


def candidate(day: str) -> Candidate:
    return Candidate(**{**dict.fromkeys(COLUMNS, "x"), "date": day})


@pytest.mark.parametrize(("seen", "again"), [("2026-11-22", "2027-05-22"), ("2026-08-31", "2027-02-28"), ("2023-08-31", "2024-02-29")])
def test_a_candidate_comes_up_again_six_months_later(seen, again):
    assert candidate(seen).look_again_on == again


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_six_months_are_half_a_year_give_or_take_some_days(seen):
    assert 181 - 3 <= (date.fromisoformat(candidate(seen.isoformat()).look_again_on) - seen).days <= 184


def test_only_what_is_due_is_named_the_longest_due_first():
    many = [candidate(day) for day in ("2026-11-22", "2026-01-31", "2026-11-21")]
    assert [c.date for c in due(many, "2027-05-21")] == ["2026-01-31", "2026-11-21"]
