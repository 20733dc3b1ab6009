"""The review queue of the Airflow UI: which cases a round asks and how, and what becomes of each answer."""

import csv
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.errors import ConfigError
from citynet.model import instant
from citynet.pipelines import queue
from citynet.pipelines.asking import APPROVE, LONGEST, OPTIONS, POSTPONE, REJECT, plain
from citynet.pipelines.cases import Case
from citynet.places.judgement_files import COLUMNS, VERDICTS
from history.listing_maker import network
from pipelines.live_pages import capture, listed, page, register

NOW = instant("2026-11-19T12:00:00Z")
CITIES = ("Graz (Austria)", "Lyon (France)", "Malmö (Sweden)", "Ghent (Belgium)", "Turin (Italy)", "Utrecht (Netherlands)")
GRAZ = "gn2778067"
moments = st.integers(0, 60 * 24 * 60).map(lambda minutes: datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@pytest.fixture
def rivers(outside):
    """A network with an accepted list, of which one name is open, a held one, and a page that its rules can't read."""
    register(outside)
    capture(outside, "2024-01-01", listed(*CITIES, "Nowhere **ville** (Germany)"))
    capture(outside, "2024-02-01", listed(*CITIES[:2], "Krems (Austria)"))
    capture(outside, "2024-03-01", page("<div><p>Ghent</p><p>Graz</p></div>"))
    return outside


def asked(outside, most: int = 100) -> dict[str, queue.Question]:
    """What a round asks, by what it is about."""
    found = queue.questions(outside, NOW, most)
    assert len({one["case_id"] for one in found}) == len(found)
    return {one["what"]: one for one in found}


def answer(outside, question, option: str, by: str = "a-reviewer", at=NOW, **fields: str) -> list[str]:
    return queue.answer(outside, question, option, fields, by, at)


def judgements(outside) -> list[dict[str, str]]:
    return [json.loads(outside.store.read(key))["values"] for key in outside.store.keys("judgements")]


def write_claims(outside, *claims: dict[str, str]) -> None:
    with (outside.judgements / "claims.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS["claims.csv"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(claims)


def a_case(what: str, name: str, opened: str = "2024-01-01") -> Case:
    return Case(f"{what}-{name}", what, network(), name, "DE", "Germany", opened, "c", (1,), 1, "")


@given(moments)
def test_a_round_ends_when_the_next_weekly_collection_is_in(begun):
    end = queue.round_end(begun)
    assert (end.weekday(), end.hour, end.minute, end.second) == (0, 7, 0, 0)
    assert timedelta(0) < end - begun <= timedelta(weeks=1)


def test_before_anything_was_collected_nothing_is_asked(outside):
    register(outside)
    assert queue.questions(outside, NOW, 100) == []


def test_each_open_case_is_one_question_and_waits_until_the_round_ends(rivers):
    found = queue.questions(rivers, NOW, 100)
    assert [one["what"] for one in found] == ["capture", "reader", "name"]
    assert {one["seconds"] for one in found} == {(instant("2026-11-23T07:00:00Z") - NOW).total_seconds()}
    assert [one["seconds"] for one in queue.questions(rivers, NOW, 1, 0.5)] == [1800]
    assert json.loads(json.dumps(found)) == found  # handed from task to task as JSON


def test_what_a_round_leaves_for_the_next_is_said_in_each_question_and_in_the_log(rivers, capsys):
    (first,) = asked(rivers, most=1).values()
    assert "2 more open cases wait their turn" in first["body"]
    assert capsys.readouterr().out.startswith("1 of 3 open cases are asked until 2026-11-23 07:00 UTC; 2 wait their turn")
    assert "wait their turn" not in asked(rivers)["capture"]["body"]


@settings(max_examples=40)
@given(moments, st.integers(0, 4), st.integers(0, 12), st.integers(1, 9))
def test_what_is_pressing_comes_first_and_every_name_has_its_turn(begun, captures, named, most):
    pressing = [a_case("capture", str(number)) for number in range(captures)]
    names = [a_case("name", f"ort{number}") for number in range(named)]
    rounds = [queue.in_turn([*names, *pressing], begun + timedelta(weeks=week), most) for week in range(named + 1)]
    for found in rounds:
        assert len(found) == len({case.case_id for case in found}) == min(most, captures + named)
        assert {case.what for case in found[:captures]} <= {"capture"}
    if most > captures:
        assert {case.case_id for found in rounds[: -(-named // (most - captures)) + 1] for case in found} == {
            case.case_id for case in (*pressing, *names)
        }


def test_a_held_list_is_shown_with_its_difference_and_both_captures(rivers):
    body = asked(rivers)["capture"]["body"]
    for line in (
        "held: collapse: 5 of 7",
        "beside the accepted list of 2024-01-01: 2 the same, 5 gone, 1 new",
        r"gone: Ghent, Malmö, Nowhere \*\*ville\*\*, Turin, Utrecht",
        "new: Krems",
        "an answer is wanted by 2024-03-14",
    ):
        assert f"- {line}" in body or line in body
    (this, last) = re.findall(
        r"(this list|last accepted list): capture `(\w+-\w+)` of (\S+), served by <https://rivers.example/members>", body
    )
    assert (this[0], this[2], last[0], last[2]) == ("this list", "2024-02-01", "last accepted list", "2024-01-01")


def test_a_capture_that_the_site_shows_is_linked_inside_the_airflow_ui(rivers):
    (this,) = re.findall(r"this list: capture `(\S+)`", asked(rivers)["capture"]["body"])
    assert "/citynet/site/list/" not in asked(rivers)["capture"]["body"]
    rivers.published.write("latest.json", b'{"release_id": "2024-02-01-0123456789ab"}')
    rivers.published.write(f"2024-02-01-0123456789ab/site/list/rivers/{this}.html", b"")
    assert f"](/citynet/site/list/rivers/{this}.html)" in asked(rivers)["capture"]["body"]


def test_names_that_the_terms_of_a_network_withhold_are_not_told_in_a_difference(rivers):
    register(rivers, republish="counts_only")
    body = asked(rivers)["capture"]["body"]
    assert "2 the same, 5 gone, 1 new" in body
    assert "Krems" not in body


def test_a_page_that_fails_is_asked_about_with_what_may_be_done_and_can_only_be_postponed(rivers):
    question = asked(rivers)["reader"]
    assert (question["options"], question["fields"]) == ([POSTPONE], {})
    assert "failure: rivers" in question["body"]
    assert "include/networks/rivers.yml" in question["body"]


def test_a_claim_is_asked_about_first_until_its_line_has_an_outcome(rivers):
    claim = {
        "case_id": "claim-1",
        "what": "correction",
        "row_id": f"rivers/{GRAZ}/full",
        "network_id": "rivers",
        "place_id": GRAZ,
        "claim": "We [left](x) in 2023",
        "evidence_url": "https://graz.example/council",
        "received": "2026-11-10",
    }
    write_claims(rivers, claim)
    (question, *others) = queue.questions(rivers, NOW, 2)
    assert (question["what"], question["options"]) == ("correction", [POSTPONE])
    assert r"correction: We \[left\](x) in 2023" in question["body"]
    assert "<https://graz.example/council>" in question["body"]
    assert "an answer is wanted by 2026-11-24" in question["body"]
    assert [one["what"] for one in others] == ["capture"]
    assert "2 more open cases wait their turn" in question["body"]
    assert queue.is_open(rivers, question)
    write_claims(rivers, claim | {"outcome": "noted", "answered_on": "2026-11-19", "reviewer": "a-reviewer", "reason": "heard"})
    assert not queue.is_open(rivers, question)


def test_every_verdict_of_the_files_can_be_chosen():
    assert set(OPTIONS["capture"].values()) == VERDICTS["captures.csv"][1]
    assert set(OPTIONS["name"].values()) == VERDICTS["places.csv"][1]


@given(st.text())
def test_text_from_the_web_is_shown_letter_by_letter(text):
    shown = plain(text)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>&|~#]", shown.replace("\\\\", ""))
    letters = re.sub(r"\\(.)", r"\1", shown)
    assert len(letters) <= LONGEST
    if text.isprintable() and len(text) <= LONGEST:
        assert letters == " ".join(text.split())


def test_who_approves_a_held_list_has_judged_and_is_asked_no_more(rivers):
    question = asked(rivers)["capture"]
    assert queue.is_open(rivers, question)
    (key,) = answer(rivers, question, APPROVE, reason="  compared  with the page\n", evidence_url="https://rivers.example/members")
    assert rivers.store.exists(key)
    (line,) = judgements(rivers)
    assert line["capture_id"] in question["body"]
    del line["capture_id"]
    assert line == {
        "network_id": "rivers",
        "verdict": "accept",
        "reviewer": "a-reviewer",
        "date": "2026-11-19",
        "reason": "compared with the page",
        "evidence_url": "https://rivers.example/members",
    }
    assert not queue.is_open(rivers, question)
    assert "capture" not in asked(rivers)


def test_an_answer_that_is_kept_twice_is_one_judgement(rivers, capsys):
    question = asked(rivers)["capture"]
    assert len(answer(rivers, question, REJECT, reason="cut")) == 1
    assert answer(rivers, question, REJECT, reason="cut", at=NOW + timedelta(days=1)) == []
    assert answer(rivers, question, REJECT, by="another", reason="cut off") == []
    assert "said already by a-reviewer" in capsys.readouterr().out
    assert len(judgements(rivers)) == 1


@pytest.mark.parametrize("by", ["a-reviewer", ""])
def test_what_is_postponed_or_not_answered_in_time_leaves_nothing_and_is_asked_again(rivers, by, capsys):
    before = asked(rivers)
    assert answer(rivers, before["capture"], POSTPONE, by=by, reason="later") == []
    assert ("postponed by a-reviewer" if by else "nobody answered in time") in capsys.readouterr().out
    assert judgements(rivers) == []
    assert asked(rivers) == before


@pytest.mark.parametrize(
    ("what", "option", "by", "fields", "told"),
    [
        ("capture", REJECT, "a-reviewer", {}, "expected reason to be filled.*not kept: 'reject as source broken' by a-reviewer"),
        ("capture", APPROVE, "me@example.org", {"reason": "seen"}, "a role or a handle, found an address.*reason 'seen'"),
        ("name", "it is this place", "a-reviewer", {"reason": "seen"}, "expected a place_id"),
        ("name", "it is this place", "a-reviewer", {"reason": "seen", "place_id": "gn1"}, "gazetteer.*place_id 'gn1', reason 'seen'"),
        ("name", "no city", "a-reviewer", {"reason": "seen", "scope": "world"}, "scope to be all or network"),
    ],
)
def test_an_answer_that_can_not_hold_is_told_in_full_and_nothing_is_kept(what, option, by, fields, told, rivers):
    with pytest.raises(ConfigError, match=told):
        answer(rivers, asked(rivers)[what], option, by=by, **fields)
    assert judgements(rivers) == []


def test_an_answer_against_a_judgement_made_meanwhile_names_both_and_the_first_one_stays(rivers):
    question = asked(rivers)["name"]
    answer(rivers, question, "no city", by="first", reason="a joke")
    with pytest.raises(ConfigError, match=rf"contradicts or repeats .*not kept: 'it is this place' by second, place_id '{GRAZ}'"):
        answer(rivers, question, "it is this place", by="second", place_id=GRAZ, reason="seen")
    assert [(line["verdict"], line["reviewer"]) for line in judgements(rivers)] == [("not_a_city", "first")]


def test_an_answer_to_a_list_that_was_decided_otherwise_meanwhile_undoes_nothing(rivers):
    question = asked(rivers)["capture"]
    answer(rivers, question, REJECT, by="first", reason="cut")
    with pytest.raises(ConfigError, match=r"is decided: reject by first on 2026-11-19 .*--anew; not kept: 'approve as true' by second"):
        answer(rivers, question, APPROVE, by="second", reason="whole", at=NOW + timedelta(days=1))
    assert [(line["verdict"], line["reviewer"]) for line in judgements(rivers)] == [("reject", "first")]


def test_an_answer_to_a_question_that_is_none_any_more_is_told(rivers):
    question = asked(rivers)["name"]
    with pytest.raises(ConfigError, match=r"expected case_id.*not kept: 'no city'"):
        answer(rivers, {**question, "case_id": "name-000000000000"}, "no city", reason="a joke")
    (rivers.registry / "rivers.yml").rename(rivers.registry / "lakes.yml")
    assert not queue.is_open(rivers, question)


def test_an_answer_on_a_name_holds_for_all_networks_where_its_country_is_printed(rivers):
    question = asked(rivers)["name"]
    assert question["fields"]["scope"]["value"] == "all"
    answer(rivers, question, "it is this place", place_id=GRAZ, reason="seen", scope="network")
    (line,) = judgements(rivers)
    assert (line["network_id"], line["place_id"], line["verdict"]) == ("rivers", GRAZ, "is")
    assert "name" not in asked(rivers)


def test_a_name_without_a_country_is_answered_for_its_network_and_offers_its_candidates(rivers):
    register(rivers, options="{}")
    capture(rivers, "2024-04-01", listed("Graz", "Lyon", "Valencia", "Malmö", "Turin", "Utrecht"))
    (question,) = [one for one in queue.questions(rivers, NOW, 100) if "Valencia" in one["subject"]]
    place = question["fields"]["place_id"]
    assert question["fields"]["scope"]["value"] == "network"
    assert place["value"] == ""
    assert {"gn2509954", "gn3625549"} <= set(place["schema"]["examples"])
    assert all(f"candidate `{place_id}`: " in question["body"] for place_id in place["schema"]["examples"])
