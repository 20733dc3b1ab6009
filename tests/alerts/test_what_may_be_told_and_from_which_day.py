"""The one rule for messages and feeds, on single rows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.releases import change, departure
from citynet.alerts.telling import after_working_days, first_live_captures, may_be_told

TODAY = "2024-03-01"


def told(row, flags=(), claims=(), notices=None, today=TODAY, first_live=()):
    return may_be_told(row, flags, claims, notices or {}, today, first_live=first_live)


def test_a_join_that_a_live_capture_decided_may_be_told_from_the_day_on_which_we_knew():
    found = told(change("a"))
    assert (found.outcome, found.alert_from, found.why) == ("now", "2024-02-01", "")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (change("a", tie="observer"), "no membership"),
        (change("a", capture_origin="archived"), "no live capture"),
        (change("a", capture_origin="reconstructed"), "no live capture"),
        (change("a", capture_origin=""), "no live capture"),
        ({**change("a"), "capture_origin": None}, "no live capture"),
        (change("a", evidence_capture_id="c0"), "first live capture"),
    ],
)
def test_what_no_live_capture_decided_what_is_no_membership_and_a_first_capture_are_never_told(row, why):
    found = told(row, first_live={"rivers/c0"})
    assert found.outcome == "never"
    assert why in found.why


@pytest.mark.parametrize(("latest", "outcome"), [("2019-05-31", "never"), ("2024-01-01", "now")])
def test_a_date_that_a_page_begins_to_print_later_is_news_only_where_we_looked_before(latest, outcome):
    row = change("a", cause="printed_date", printed_on=latest, latest=latest)
    assert told(row, first_live={"rivers/20240101T000000Z-0a"}).outcome == outcome


FIRST, NEXT = "2024-01-01", "2024-01-08"


@pytest.mark.parametrize(
    ("earliest", "latest", "outcome"),
    [("2019-06-01", "2023-12-31", "never"), ("2019-06-01", FIRST, "never"), (FIRST, FIRST, "later"), (FIRST, NEXT, "later")],
)
@pytest.mark.parametrize("cause", ["not_seen", "listing"])
def test_what_had_happened_by_the_first_live_list_is_told_by_no_later_one(earliest, latest, outcome, cause):
    """An archived list of years ago shows it, no live one does: the departure of the years between is confirmed live, and no news."""
    row = change("a", change="left" if cause == "not_seen" else "rejoined", cause=cause, earliest=earliest, latest=latest)
    found = told(row, first_live={"rivers/20240101T000000Z-0a"})
    assert found.outcome == (outcome if cause == "not_seen" or outcome == "never" else "now")


def test_the_first_capture_is_the_oldest_live_one_that_was_accepted():
    def row(source_id, capture_id, decision="accepted", origin="live"):
        return {"source_id": source_id, "capture_id": capture_id, "decision": decision, "capture_origin": origin}

    rows = [
        row("n", "20240105T"),
        row("n", "20240101T", "held"),
        row("n", "20240103T"),
        row("n", "20230101T", origin="archived"),
        row("m", "x"),
    ]
    assert first_live_captures(rows) == {"n/20240103T", "m/x"}


@pytest.mark.parametrize(("outcome", "expected"), [("", "later"), ("rejected", "now"), ("noted", "now"), ("upheld", "never")])
@pytest.mark.parametrize("what", ["correction", "reply"])
def test_an_open_claim_waits_for_its_answer_and_an_upheld_one_ends_it(what, outcome, expected):
    found = told(change("a"), claims=[{"what": what, "row_id": "a", "outcome": outcome}])
    assert found.outcome == ("now" if (what, outcome) == ("reply", "upheld") else expected)


def test_a_claim_on_the_membership_waits_too_and_one_on_another_does_not():
    assert told(change("a"), claims=[{"what": "reply", "row_id": "rivers/gn1/full", "outcome": ""}]).waits_for == "claim"
    assert told(change("a"), claims=[{"what": "reply", "row_id": "rivers/gn2/full", "outcome": ""}]).outcome == "now"


FLAG = {"place_id": "gn1", "verdict": "flagged", "change_id": "", "date": "2024-01-10"}
LIFT = {"place_id": "gn1", "verdict": "lifted", "change_id": "", "date": "2024-01-20"}
AGREED = {"place_id": "gn1", "verdict": "agreed", "change_id": "a", "date": "2024-02-02"}


@pytest.mark.parametrize(
    ("flags", "outcome"),
    [
        ([FLAG], "later"),
        ([FLAG, LIFT], "now"),
        ([LIFT, FLAG], "now"),
        ([FLAG, LIFT, {**FLAG, "date": "2024-02-01"}], "later"),
        ([LIFT, {**FLAG, "date": "2024-01-20"}], "later"),
        ([FLAG, AGREED], "now"),
        ([FLAG, {**AGREED, "change_id": "b"}], "later"),
        ([{**FLAG, "date": "2024-02-03"}, AGREED], "later"),
        ([{**FLAG, "date": "2024-02-02"}, AGREED], "now"),
        ([{**FLAG, "place_id": "gn2"}], "now"),
    ],
)
def test_a_place_under_a_harm_flag_is_told_only_where_somebody_agreed_to_that_change(flags, outcome):
    assert told(change("a"), flags).outcome == outcome


def test_a_departure_waits_until_contacts_were_asked_and_ten_working_days_have_gone():
    """Asked on Thursday 15 February; the tenth working day is Thursday 29 February."""
    assert told(departure("a")).waits_for == "contacts"
    waiting = told(departure("a"), notices={"a": "2024-02-15"}, today="2024-02-29")
    assert (waiting.outcome, waiting.alert_from, waiting.waits_for) == ("later", "2024-03-01", "reply")
    assert told(departure("a"), notices={"a": "2024-02-15"}).outcome == "now"


@pytest.mark.parametrize("printed", [{"cause": "statement"}, {"printed_on": "2024-01"}])
def test_a_departure_that_the_network_prints_waits_for_nobody(printed):
    assert told(departure("a") | printed).outcome == "now"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 40))
def test_between_asking_and_telling_lie_exactly_so_many_working_days(start, days):
    end = date.fromisoformat(after_working_days(start.isoformat(), days))
    between = [date.fromordinal(n) for n in range(start.toordinal() + 1, end.toordinal())]
    assert sum(day.weekday() < 5 for day in between) == days
    assert between[-1].weekday() < 5
