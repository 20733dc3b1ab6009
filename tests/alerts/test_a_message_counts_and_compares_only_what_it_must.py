"""Which changes a message names and counts, its ties, and the work that a run costs in which nothing is new."""

import cProfile
import json
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.releases import at, change, publish
from alerts.webhook import listening
from citynet.alerts.correcting import current_of, same_event, told_of
from citynet.alerts.frames import FRAMES
from citynet.model import Change, History
from citynet.pipelines import alerts
from citynet.pipelines.membership_tables import change_rows
from citynet.pipelines.released import told_row

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
R1, R2 = "2024-02-01-aaaaaaaaaaaa", "2024-02-02-bbbbbbbbbbbb"


@pytest.fixture
def sent(outside, subscribe):
    """Publish changes and run once; the text that the one subscriber got, "" where there was none."""

    def publish_and_run(*changes):
        with listening() as (url, got):
            subscribe("desk", url)
            publish(outside, R1, *changes)
            alerts.write_messages(outside, at("2024-02-02"))
            alerts.send(outside, at("2024-02-02"))
        return json.loads(got[0])["message"] if got else ""

    return publish_and_run


def test_lists_of_long_ago_that_came_in_this_year_are_no_changes_of_this_year(sent):
    old = {"known_at": "2024-01-15T00:00:00Z", "earliest": "2009-01-01", "latest": "2010-01-01"}
    archived = [change(f"o{n}", "gn2", capture_origin="archived", **old) for n in range(4)]
    at_first = change("first", "gn3", evidence_capture_id="c0", known_at="2024-01-20T00:00:00Z")
    assert "1st change of this network in 2024" in sent(*archived, at_first, change("a"))


def test_what_only_a_person_decided_is_not_sent(sent):
    assert sent(change("a", change="left", cause="judgement", printed_on="2024-01-20", evidence_capture_id="", capture_origin="")) == ""


@pytest.mark.parametrize(("before", "after"), [("full", "observer"), ("observer", "full"), ("associate", "partner")])
def test_a_changed_tie_is_told_with_both_ties_also_where_no_membership_is_left(sent, before, after):
    text = sent(change("a", change="tie_changed", tie=after, tie_before=before))
    words = [FRAMES[f"tie_{tie}"]["en"] for tie in (after, before)]
    assert f"Graz (AT) changed its tie: {words[0]}, before: {words[1]} between 2024-01-01 and 2024-02-01" in text
    assert "1st change of this network in 2024" in text


def test_a_changed_tie_that_never_was_a_membership_is_not_told(sent):
    assert sent(change("a", change="tie_changed", tie="observer", tie_before="candidate")) == ""


def test_a_run_without_news_compares_no_two_changes(outside, subscribe):
    """Twenty changes told to three subscribers: compared each with each that would be 1,200 comparisons and more."""
    for name in ("ada", "bo", "cleo"):
        subscribe(name, f"json://127.0.0.1:9/{name}")
    days = [f"2024-02-{n:02}" for n in range(1, 21)]
    publish(outside, R1, *(change(f"id{day}", earliest=day, latest=day) for day in days))
    alerts.write_messages(outside, at("2024-02-01"))
    for key in outside.store.keys("alerts/outbox"):
        outside.store.write(key, outside.store.read(key).replace(b'"sent_on": ""', b'"sent_on": "2024-02-01"').replace(b"waiting", b"sent"))
    with cProfile.Profile() as profile:
        assert alerts.write_messages(outside, at("2024-02-02")) == []
    calls = {entry.code.co_name: entry.callcount for entry in profile.getstats() if not isinstance(entry.code, str)}
    assert calls.get("same_event", 0) == 0
    assert calls["why_wrong"] == len(days)


DAYS = st.sampled_from(["", "2024-01-01", "2024-01-10", "2024-01-20"])
CHANGES = st.builds(
    lambda change_id, place_id, tie, earliest, latest: told_row(
        change(change_id, place_id, tie=tie, earliest=earliest, latest=latest), network="Rivers", place="Graz"
    ),
    st.sampled_from("abcdef"),
    st.sampled_from(["gn1", "gn2"]),
    st.sampled_from(["full", "partner"]),
    DAYS,
    DAYS,
)


@given(st.lists(CHANGES, max_size=6), CHANGES)
def test_a_change_is_found_in_a_release_exactly_if_one_there_tells_of_the_same_event(changes, asked):
    assert bool(current_of(changes).find(told_of(asked))) is any(same_event(other, told_of(asked)) for other in changes)


def test_the_table_of_changes_says_which_tie_a_new_one_replaced():
    happened = Change(True, "rivers", "gn1", "observer", "tie_changed", "listing", "2024-01-01", "2024-02-01", "", "", "c1", "live", "full")
    (row,) = change_rows([SimpleNamespace(history=History((), (happened,)), rematched=(), accepted=())], world=True)
    assert (row["tie_before"], row["tie"]) == ("full", "observer")
