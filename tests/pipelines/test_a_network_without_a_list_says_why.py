"""Table networks: no list of members is never 0 members, and the reason stands beside it."""

from dataclasses import replace

import pytest

from citynet.model import Page
from citynet.pipelines.fetching import Attempt
from citynet.pipelines.names import open_names
from citynet.pipelines.network_tables import network_rows
from pipelines.dated_views import LEFT_OUT, NETWORK, listing, seen

AS_OF = "2022-12-31"
PAGE = Page(url="https://net.example", reader="auto")
SAMPLE = Page(url="https://report.example", reader="table", use="replication_only")
OLD = Page(url="https://net.example/2010", reader="auto", since="2010-01-01", until="2011-01-01")


def row_of(view):
    (row,) = network_rows([view], AS_OF)
    return row


@pytest.fixture
def names(outside):
    return open_names(outside)


@pytest.mark.parametrize(
    ("pages", "facts", "publishes", "reason"),
    [
        ((), {"notes": ["Its members are associations.", "Another note."]}, "none", "Its members are associations."),
        ((SAMPLE,), {"notes": ["No page of it was found."]}, "none", "No page of it was found."),
        ((), {}, "none", "It publishes no list of its members."),
        ((), {}, "read_from_news", "It publishes no list; members are told in news only."),
        (
            (PAGE,),
            {"notes": ["A note on names."]},
            "list",
            "Its page has not been fetched yet; the first list that is read from it waits for a person.",
        ),
        ((OLD,), {}, "list", "The pages that we know of it are of the past, and none of them is at hand."),
    ],
)
def test_a_network_that_was_never_read_has_a_reason_and_no_count(pages, facts, publishes, reason):
    row = row_of(seen(network=replace(NETWORK, pages=pages, facts=facts, publishes=publishes)))
    assert (row["not_read_because"], row["members_counted"]) == (reason, None)


def test_an_attempt_that_failed_is_the_reason():
    tried = Attempt("net", "2022-12-01T00:00:00Z", "forbidden", "robots.txt", "")
    row = row_of(replace(seen(network=replace(NETWORK, pages=(PAGE,))), attempts=(tried,)))
    assert row["not_read_because"] == "No list of it has been accepted; the newest attempt, of 2022-12-01, ended so: forbidden."


def test_a_network_with_a_list_of_members_needs_no_reason(names):
    row = row_of(seen(listing(names, "2022-11-30", "Leipzig")))
    assert (row["not_read_because"], row["coverage"]) == (None, "complete")
    assert row["members_counted"] is not None


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        (["Leipzig=board_seat"], "It lists seats on a board, which is no membership."),
        (["European Commission"], "It lists associations and other bodies, none of which is a city."),
    ],
)
def test_a_list_of_others_is_no_list_of_members(names, printed, reason):
    row = row_of(seen(listing(names, "2022-11-30", *printed)))
    assert (row["not_read_because"], row["members_counted"], row["last_listed_on"]) == (reason, None, "2022-11-30")


def test_the_sample_of_the_report_is_no_list(names):
    row = row_of(seen(listing(names, "2018-12-31", "Leipzig", coverage="partial", use="replication_only")))
    assert (row["not_read_because"], row["members_counted"]) == ("It publishes a list, of which no page is read yet.", None)


@pytest.mark.parametrize(("status", "facts"), [("closed", {"closed_reason": "absorbed", "succeeded_by": "other"}), ("active", LEFT_OUT)])
def test_of_a_network_that_has_ended_or_was_left_out_nothing_is_counted(names, status, facts):
    row = row_of(seen(listing(names, "2022-11-30", "Leipzig"), network=replace(NETWORK, status=status, facts=facts)))
    assert (row["not_read_because"], row["members_counted"]) == (None, None)
    assert (row["closed_reason"], row["succeeded_by"]) == (facts.get("closed_reason"), facts.get("succeeded_by"))
