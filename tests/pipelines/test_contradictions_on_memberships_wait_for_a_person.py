"""What lists print and people record of a membership, and what cannot both be true, is asked once and answered by a line or a list."""

import csv

import pytest

from citynet.cli.review import _printed, _rows
from citynet.model import Row, instant
from citynet.networks import load_one
from citynet.pipelines import queue
from citynet.pipelines.asking import POSTPONE
from citynet.pipelines.cases import Case
from citynet.pipelines.inputs import gather
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.review import all_cases, review_rows
from citynet.pipelines.views import View, view
from citynet.places.judgement_files import COLUMNS
from citynet.publishing.withdrawn import Withdrawal, tables_without
from pipelines.live_pages import capture, listed, page, register

DATED = "{pattern: Name (Country), joined_on: '@data-since', joined_on_format: '%Y'}"
OTHERS = ("Lyon (France)", "Malmö (Sweden)", "Ghent (Belgium)", "Turin (Italy)", "Utrecht (Netherlands)")
GRAZ, LINZ = "gn2778067", "gn2772400"
WEEKS = ("2024-02-05", "2024-02-26", "2024-03-25")
NOW = instant("2026-11-19T12:00:00Z")


def seen(outside: Outside, day: str = "", *, anew: bool = True) -> View:
    names = open_names(outside)
    inputs = gather(outside, names, day)
    assert inputs is not None
    return view(outside, inputs, load_one(str(outside.registry / "rivers.yml")), names, misconfigured=False, anew=anew)


def rows(outside: Outside, day: str = "") -> list[Row]:
    """The cases on memberships as they are published; the same from the state in the store and between releases."""
    names = open_names(outside)
    found = review_rows([seen(outside, day)], names)
    if not day:
        assert review_rows([seen(outside, anew=False)], names) == found
        assert {case.case_id for case in all_cases(outside, names)} == {row["case_id"] for row in found}
    return [row for row in found if row["what"] == "membership"]


def state(outside: Outside, *lines: dict[str, str]) -> None:
    """Write memberships.csv of the network: place_id, verdict, date and decided_on of each line."""
    signed = {"network_id": "rivers", "reviewer": "a-reviewer", "reason": "asked the secretariat", "evidence_url": ""}
    with (outside.judgements / "memberships.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS["memberships.csv"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(
            sorted((signed | line for line in lines), key=lambda line: [line[column] for column in COLUMNS["memberships.csv"]])
        )


def said(verdict: str, date: str, decided_on: str, place_id: str = GRAZ) -> dict[str, str]:
    return {"place_id": place_id, "verdict": verdict, "date": date, "decided_on": decided_on}


def dated_list(outside: Outside, day: str, since: str) -> str:
    """Keep a list on which Graz is printed with a year of joining, "" for none; the id of the capture."""
    mark = f" data-since='{since}'" if since else ""
    items = "".join(f"<li>{city}</li>" for city in OTHERS)
    return capture(outside, day, page(f"<ul class='members'>{items}<li{mark}>Graz (Austria)</li></ul>")).capture_id


@pytest.fixture
def dated(outside: Outside) -> Outside:
    """A page that prints no date at first, then one after the day on which Graz stood on it."""
    register(outside, options=DATED)
    dated_list(outside, "2023-05-01", "")
    dated_list(outside, "2024-02-05", "2024")
    return outside


@pytest.fixture
def undated(outside: Outside) -> Outside:
    register(outside)
    capture(outside, "2024-01-01", listed(*OTHERS, "Graz (Austria)"))
    return outside


def test_an_impossible_date_is_asked_in_one_sentence_with_both_captures_and_is_not_published(dated: Outside) -> None:
    (row,) = rows(dated)
    assert row["claim"] == (
        "Rivers prints 2024 as the date on which Graz (AT) joined, and its complete list of 2023-05-01 shows it already. Which holds?"
    )
    evidence = str(row["evidence"]).split(" | ")
    assert evidence[0].startswith("capture 20240205T120000Z-")
    assert evidence[0].endswith(", row 6")
    assert evidence[1] == f"row rivers/{GRAZ}/full"
    assert "first shown by the complete list of 2023-05-01, capture 20230501T120000Z-" in evidence[3]
    assert (row["opened"], row["due"], row["outcome"]) == ("2024-02-05", "2024-03-18", None)
    (spell,) = [spell for spell in seen(dated).history.spells if spell.place_id == GRAZ]
    assert (spell.joined_on, spell.first_seen, spell.from_latest) == ("", True, "2023-05-01")
    assert seen(dated).history.changes == ()


def test_the_question_stays_one_while_newer_lists_print_the_date_and_ends_when_they_stop(dated: Outside) -> None:
    (first,) = rows(dated)
    newer = dated_list(dated, "2024-03-04", "2024")
    (row,) = rows(dated)
    assert (row["case_id"], row["opened"]) == (first["case_id"], first["opened"])
    assert newer in str(row["evidence"])
    dated_list(dated, "2024-04-01", "2012")
    (row,) = rows(dated)
    assert (row["case_id"], row["outcome"]) == (first["case_id"], "the list of 2024-04-01 prints it no more")


@pytest.mark.parametrize(("verdict", "date"), [("joined", "2012"), ("not_left", "2023-06")])
def test_a_word_on_the_joining_answers_the_question_and_earlier_days_keep_it_open(dated: Outside, verdict: str, date: str) -> None:
    (first,) = rows(dated)
    state(dated, said(verdict, date, "2024-02-20"))
    (row,) = rows(dated)
    assert (row["case_id"], row["outcome"]) == (first["case_id"], f"{verdict} {date}, by a-reviewer on 2024-02-20")
    assert [row["outcome"] for row in rows(dated, "2024-02-19")] == [None]
    spells = [spell for spell in seen(dated).history.spells if spell.place_id == GRAZ]
    assert [spell.joined_on for spell in spells] == ["2012" if verdict == "joined" else ""]


def test_a_line_that_says_nothing_on_the_date_leaves_the_question_open(dated: Outside) -> None:
    state(dated, said("not_left", "2024-02-10", "2024-02-20"), said("joined", "2024", "2024-02-20", LINZ))
    assert [row["outcome"] for row in rows(dated)] == [None]


def test_a_departure_that_the_lists_do_not_bear_out_is_asked_once_until_a_line_is_added(undated: Outside) -> None:
    state(undated, said("left", "2024-01-15", "2024-01-20"))
    for day in WEEKS:
        assert rows(undated) == []
        capture(undated, day, listed(*OTHERS, "Graz (Austria)"))
    (row,) = rows(undated)
    assert row["claim"] == (
        "Graz (AT) is recorded as having left Rivers (2024-01-15, by a-reviewer on 2024-01-20), and 3 complete lists from 2024-02-05 to"
        " 2024-03-25 show it. Which holds?"
    )
    assert (row["opened"], row["outcome"]) == ("2024-03-25", None)
    state(undated, said("left", "2024-01-15", "2024-01-20"), said("left", "2024-01", "2024-04-02"))
    assert [(r["case_id"], r["outcome"]) for r in rows(undated)] == [(row["case_id"], "left 2024-01, by a-reviewer on 2024-04-02")]
    capture(undated, "2024-04-08", listed(*OTHERS, "Graz (Austria)"))
    assert [r["case_id"] for r in rows(undated) if r["outcome"]] == [row["case_id"]]


def test_a_departure_whose_line_is_taken_back_or_whose_page_is_updated_is_asked_no_more(undated: Outside) -> None:
    state(undated, said("left", "2024-01-15", "2024-01-20"))
    for day in WEEKS:
        capture(undated, day, listed(*OTHERS, "Graz (Austria)"))
    capture(undated, "2024-04-08", listed(*OTHERS))
    assert [row["outcome"] for row in rows(undated)] == ["the list of 2024-04-08 is without it"]
    state(undated)
    assert rows(undated) == []


def test_a_word_that_the_lists_do_not_bear_out_is_asked(undated: Outside) -> None:
    state(undated, said("not_left", "2024-01-02", "2024-01-02"))
    for day in ("2024-03-04", "2024-03-25", "2024-04-22"):
        assert rows(undated) == []
        capture(undated, day, listed(*OTHERS))
    (row,) = rows(undated)
    assert row["claim"] == (
        "Graz (AT) is recorded as a member of Rivers (2024-01-02, by a-reviewer on 2024-01-02), and 3 complete lists from 2024-03-04 to"
        " 2024-04-22 are without it. Which holds?"
    )
    assert (row["opened"], row["outcome"]) == ("2024-04-22", None)
    state(undated, said("not_left", "2024-01-02", "2024-01-02"), said("left", "2024-02", "2024-05-01"))
    assert rows(undated) == []


def test_nothing_tells_who_is_on_a_list_whose_names_may_not_be_printed(dated: Outside) -> None:
    register(dated, options=DATED, republish="counts_only")
    (row,) = rows(dated)
    assert row["claim"] == "A record of Rivers contradicts its lists. Which holds?"
    assert GRAZ not in str(row["evidence"])


@pytest.mark.parametrize(("network_id", "whole"), [("rivers", False), ("", True)])
def test_a_contradiction_on_what_is_withdrawn_goes_with_it(dated: Outside, network_id: str, whole: bool) -> None:
    names = open_names(dated)
    tables = {
        "places": [{"place_id": GRAZ, "name": "Graz", "country": "AT"}],
        "review_cases": review_rows([seen(dated)], names),
    }
    left = tables_without(tables, [Withdrawal(GRAZ, network_id, whole)])
    assert [row for row in left["review_cases"] if row["what"] == "membership"] == []


def test_a_round_shows_what_speaks_for_and_against_and_no_answer_there_closes_it(dated: Outside) -> None:
    (question,) = queue.questions(dated, NOW, 100)
    assert (question["what"], question["options"], question["fields"]) == ("membership", [POSTPONE], {})
    assert question["subject"] == "Rivers: what holds of the membership of Graz?"
    assert "first shown by the complete list of 2023-05-01" in question["body"]
    assert "to answer: a line of memberships.csv" in question["body"]
    assert queue.is_open(dated, question)
    state(dated, said("joined", "2012", "2024-02-20"))
    assert not queue.is_open(dated, question)


def test_a_member_printed_otherwise_each_week_is_asked_about_with_the_names_that_may_be_it(undated: Outside) -> None:
    weeks = [f"2024-0{month}-{day}" for month in (2, 3, 4) for day in ("05", "19")]
    for number, day in enumerate(weeks):
        capture(undated, day, listed(*OTHERS, f"Murstadt{number} (Austria)"))
    (row,) = rows(undated)
    assert row["claim"] == (
        "Graz (AT) is on none of 6 complete lists of Rivers from 2024-02-05 to 2024-04-19 and not counted as missing, since they print"
        " open names that may be it, another one each time. Which holds?"
    )
    assert "open names that may be it: Murstadt0, Murstadt1, Murstadt2, Murstadt3, Murstadt4, Murstadt5" in str(row["evidence"])
    assert (row["opened"], row["outcome"]) == ("2024-03-19", None)
    (spell,) = [spell for spell in seen(undated).history.spells if spell.place_id == GRAZ]
    assert (spell.state, spell.not_seen) == ("departure_suspected", 0)
    state(undated, said("left", "2024-02", "2024-05-01"))
    assert rows(undated) == []


@pytest.fixture
def respelled(outside: Outside) -> Outside:
    """Graz goes missing while an open name of Austria comes, and another that stood beside it stays."""
    register(outside)
    capture(outside, "2024-01-01", listed(*OTHERS, "Graz (Austria)", "Beside (Austria)"))
    capture(outside, "2024-02-01", listed(*OTHERS, "Murstadt (Austria)", "Beside (Austria)"))
    return outside


def names_asked(outside: Outside) -> dict[str, Case]:
    return {case.name: case for case in all_cases(outside, open_names(outside))}


def test_an_open_name_tells_the_missing_members_that_it_may_be(respelled: Outside) -> None:
    found = names_asked(respelled)
    assert {name: case.missing for name, case in found.items()} == {"Murstadt": (GRAZ,), "Beside": ()}
    published = {row["case_id"]: str(row["evidence"]) for row in review_rows([seen(respelled)], open_names(respelled))}
    assert f" | missing {GRAZ} Graz (AT, municipality" in published[found["Murstadt"].case_id]
    assert "missing" not in published[found["Beside"].case_id]


def test_who_is_asked_about_an_open_name_can_answer_with_the_missing_member_in_one_step(respelled: Outside) -> None:
    (question,) = [q for q in queue.questions(respelled, NOW, 100) if "Murstadt" in q["subject"]]
    assert f"may be the missing member `{GRAZ}`: Graz" in question["body"]
    assert GRAZ in question["fields"]["place_id"]["schema"]["examples"]
    names = open_names(respelled)
    cases = [case for case in all_cases(respelled, names) if case.name == "Murstadt"]
    assert any(
        f"{GRAZ}  Graz (AT, municipality" in line and "missing from the list of rivers" in line for line in _printed(cases, names, "")
    )
    assert any(GRAZ in row["candidates"] for row in _rows(cases, names))
    queue.answer(respelled, question, "it is this place", {"place_id": GRAZ, "reason": "a slip"}, "a-reviewer", NOW)
    assert names_asked(respelled)["Murstadt"].missing == ()
    assert [spell.state for spell in seen(respelled).history.spells if spell.place_id == GRAZ] == ["listed"]
