"""Telling and sentences of changes as columns of a release, by the rule that alerts use."""

import pytest

from citynet.model import Judgement
from citynet.pipelines.alert_tables import finished
from pipelines.live_release import ANSWERED, CLAIM, FLAG, LEFT, REMATCHED, TO_NOTHING, UNDONE, change, judged, record, release
from publishing.rows import PACT_2019, PACT_2022


def told(made, lines, as_of="2022-10-16") -> dict:
    rows = finished(made, lines, as_of)["membership_changes"]
    return {r["change_id"]: (r["telling"], r["alert_from"], r["not_told_because"]) for r in rows}


def test_a_join_between_two_live_lists_is_told_at_once_with_a_sentence():
    (made,) = finished(release(change("a1")), {}, "2022-10-16")["membership_changes"]
    assert (made["telling"], made["alert_from"]) == ("now", "2022-10-15")
    assert made["sentence"].startswith("Pact of Free Cities: Bratislava (SK) joined between 2022-09-15 and 2022-10-15")


@pytest.mark.parametrize(("as_of", "telling"), [("2022-10-28", "later"), ("2022-10-29", "now")])
def test_a_departure_that_nobody_printed_waits_ten_working_days(as_of, telling):
    assert told(release(change("a2", **LEFT)), {}, as_of)["a2"][:2] == (telling, "2022-10-29")


def test_the_days_of_a_list_that_a_person_let_in_run_from_that_day():
    """Its changes are known from that day on."""
    made = release(change("a2", **LEFT, known_at="2022-11-15T00:00:00Z"))
    assert told(made, {}, "2022-11-20")["a2"][:2] == ("later", "2022-11-30")


def test_what_a_rebuilt_or_the_first_live_list_shows_is_never_told():
    rebuilt = change("a3", evidence_capture_id=PACT_2019, capture_origin="reconstructed")
    first = change("a4", evidence_capture_id=PACT_2022)
    assert {telling for telling, _, _ in told(release(rebuilt, first), {}).values()} == {"never"}


def test_a_flagged_place_waits_for_a_person_and_no_row_says_that_it_is_flagged():
    made = release(change("a1"), records=[record()])
    found = finished(made, judged("harm_flags.csv", **FLAG), "2022-10-16")
    assert found["membership_changes"][0]["telling"] == "later"
    assert found["record_changes"][0]["sentence"] is None
    assert "harm" not in str(found)
    agreed = {"harm_flags.csv": (Judgement("h:2", FLAG), Judgement("h:3", {**FLAG, "verdict": "agreed", "change_id": "a1"}))}
    assert told(made, agreed)["a1"][0] == "now"


def test_waiting_for_an_agreement_looks_like_waiting_for_an_answer():
    flagged = told(release(change("a1")), judged("harm_flags.csv", **FLAG))
    assert flagged == told(release(change("a1")), judged("claims.csv", **CLAIM))
    assert flagged["a1"] == ("later", None, "it waits for a person")


def test_a_departure_of_a_flagged_place_says_what_any_departure_says_while_its_days_run():
    made, flag = release(change("a2", **LEFT)), judged("harm_flags.csv", **{**FLAG, "place_id": "gn3054643"})
    assert told(made, flag) == told(made, {})
    assert told(made, flag, "2022-10-29")["a2"] == ("later", None, "it waits for a person")


def in_feeds(made, lines, as_of="2022-12-01") -> dict:
    rows = finished(made, lines, as_of)["membership_changes"]
    return {r["change_id"]: (r["feed_published"] or "", r["feed_updated"] or "") for r in rows}


def test_feeds_date_a_change_by_the_day_from_which_it_may_be_told():
    made = release(change("a1"), change("a2", **LEFT), change("a3", matched_on="2022-11-10"))
    days = {"a1": "2022-10-15T08:00:00Z", "a2": "2022-10-29T00:00:00Z", "a3": "2022-11-10T00:00:00Z"}
    assert in_feeds(made, {}) == {change_id: (day, day) for change_id, day in days.items()}
    assert in_feeds(made, {}, "2022-10-28")["a2"] == ("", "")


def flags(*verdicts: tuple[str, str]) -> tuple[Judgement, ...]:
    return tuple(
        Judgement(f"h:{n}", {**FLAG, "verdict": verdict, "date": day, "change_id": "a1" if verdict == "agreed" else ""})
        for n, (verdict, day) in enumerate(verdicts)
    )


@pytest.mark.parametrize(
    "verdicts",
    [
        [("flagged", "2022-10-01"), ("agreed", "2022-11-02")],
        [("flagged", "2022-10-01"), ("lifted", "2022-11-02")],
        [("flagged", "2022-11-02"), ("lifted", "2022-11-20")],
    ],
    ids=["agreed", "lifted", "flagged later and lifted"],
)
def test_no_day_in_feeds_tells_that_a_place_was_under_a_flag(verdicts):
    assert in_feeds(release(change("a1")), {"harm_flags.csv": flags(*verdicts)}) == in_feeds(release(change("a1")), {})


def test_an_answer_shows_a_change_in_feeds_again():
    rejected = judged("claims.csv", **{**ANSWERED, "outcome": "rejected"})
    assert in_feeds(release(change("a1")), rejected)["a1"] == ("2022-10-15T08:00:00Z", "2022-10-20T00:00:00Z")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            change("a1"),
            "Correction: Pact of Free Cities: Bratislava (SK) joined between 2022-09-15 and 2022-10-15 (dates of the lists). This",
        ),
        (change("other"), "Correction: Pact of Free Cities: what was told of Bratislava (SK). This does not stand"),
        (change("a1", **LEFT), None),
        (change("a1", tie="observer"), None),
    ],
)
def test_an_upheld_claim_takes_back_what_feeds_told_and_nothing_that_they_never_did(changed, said):
    """A departure whose days still ran, and an observer, were never told; of a row that is gone nobody knows."""
    found = finished(release(changed), judged("claims.csv", **{**ANSWERED, "outcome": "upheld"}), "2022-12-01")["corrections"]
    assert (found[0]["takes_back"] or "").startswith(said or "")
    assert bool(found[0]["takes_back"]) is bool(said)


@pytest.mark.parametrize("row_id", ["a1", "other"], ids=["listed", "in no table any more"])
@pytest.mark.parametrize(
    "verdicts", [[("flagged", "2022-10-01")], [("flagged", "2022-11-02")]], ids=["flagged from the start", "flagged since"]
)
def test_feeds_do_not_name_a_flagged_place_to_take_back_what_was_told_of_it(verdicts, row_id):
    lines = {"harm_flags.csv": flags(*verdicts), **judged("claims.csv", **{**ANSWERED, "row_id": row_id, "outcome": "upheld"})}
    found = finished(release(change("a1")), lines, "2022-12-01")
    assert found["corrections"][0]["takes_back"] is None
    assert row_id != "a1" or found["membership_changes"][0]["feed_published"] is None


def test_what_a_flag_held_back_until_the_claim_came_was_not_told_when_the_flag_is_lifted():
    verdicts = flags(("flagged", "2022-10-01"), ("lifted", "2022-11-20"))
    upheld = judged("claims.csv", **{**ANSWERED, "outcome": "upheld"})
    assert in_feeds(release(change("a1")), {"harm_flags.csv": verdicts, **upheld})["a1"] == ("", "")
    told = flags(("flagged", "2022-10-18"), ("lifted", "2022-11-20"))
    assert in_feeds(release(change("a1")), {"harm_flags.csv": told, **upheld})["a1"][0] == "2022-10-15T08:00:00Z"


@pytest.mark.parametrize(
    ("facts", "matched_on", "said"),
    [
        (
            REMATCHED,
            "2022-11-10",
            "what was told before 2022-11-10 of Praha (CZ) does not stand: the printed name is matched to Bratislava (SK)",
        ),
        (REMATCHED, None, ""),
        ({**REMATCHED, "before": ""}, "2022-11-10", ""),
        ({**REMATCHED, "before": "gn3054643"}, "2022-11-10", ""),
        (TO_NOTHING, None, "what was told before 2022-11-10 of Praha (CZ) does not stand: the printed name is matched to no place now"),
        ({**TO_NOTHING, "latest": "2022-09-15"}, None, ""),
        (UNDONE, None, "Bratislava (SK) did not leave. What was told before 2022-11-10 of its departure does not stand."),
        ({**UNDONE, "before": "departure_suspected"}, None, ""),
    ],
)
def test_a_change_of_our_records_takes_back_what_feeds_may_have_told(facts, matched_on, said):
    """Not where the name meant nothing before, where the other body is listed all the same (Budapest), or on the first day read live."""
    made = release(change("a1", matched_on=matched_on), records=[record(**facts)])
    (found,) = finished(made, {}, "2022-12-01")["record_changes"]
    assert said in (found["takes_back"] or "")
    assert bool(found["takes_back"]) is bool(said)


@pytest.mark.parametrize("place_id", ["gn3067696", "gn3060972"], ids=["before", "after"])
def test_a_name_matched_from_or_to_a_flagged_place_is_not_taken_back_in_feeds(place_id):
    made = release(change("a1", matched_on="2022-11-10"), records=[record(**REMATCHED)])
    (found,) = finished(made, judged("harm_flags.csv", **{**FLAG, "place_id": place_id}), "2022-12-01")["record_changes"]
    assert (found["sentence"], found["takes_back"]) == (None, None)


def test_a_change_keeps_its_number_when_one_that_waited_is_told():
    made = release(change("a1", known_at="2022-10-16T08:00:00Z"), change("a2", **LEFT))
    for as_of in ("2022-10-17", "2022-12-01"):
        assert {r["change_id"]: r["number_in_year"] for r in finished(made, {}, as_of)["membership_changes"]} == {"a2": 1, "a1": 2}


def test_a_change_of_the_record_says_that_no_membership_changed():
    (made,) = finished(release(records=[record()]), {}, "2022-10-16")["record_changes"]
    assert made["sentence"].endswith("renamed from “Pressburg” to “Bratislava” (spelling). No change of membership.")


def test_an_open_claim_holds_a_change_back_and_is_a_case_and_a_line_of_the_log():
    found = finished(release(change("a1")), judged("claims.csv", **CLAIM), "2022-10-17")
    assert found["membership_changes"][0]["telling"] == "later"
    assert found["membership_changes"][0]["open_claims"] == 1
    assert "correction-9" in {c["case_id"] for c in found["review_cases"]}
    assert [c["case_id"] for c in found["corrections"]] == ["correction-9"]


def test_what_is_withdrawn_is_in_no_table_and_counts_nowhere():
    withdrawn = judged("withdrawals.csv", what="place", place_id="gn3054643", network_id="", reason_class="safety", date="2022-10-16")
    found = finished(release(change("a2", **LEFT)), withdrawn, "2022-10-16")
    assert [name for name, rows in found.items() if "gn3054643" in str(rows)] == []
    assert {n["network_id"]: n["members_counted"] for n in found["networks"]}["pact_of_free_cities"] == 2


def test_no_note_and_no_sentence_says_more_than_is_known():
    from citynet.publishing.phrases import forbidden_in

    found = finished(release(change("a1"), change("a2", **LEFT), records=[record()]), {}, "2022-10-16")
    told = [r["note"] for r in found["alert_quality"]]
    told += [r["sentence"] for name in ("membership_changes", "record_changes") for r in found[name]]
    assert [text for text in told if forbidden_in(text)] == []
