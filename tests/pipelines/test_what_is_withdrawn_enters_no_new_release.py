"""Withdrawals, before a release is made: no row, stay, change, statement or rebuilt page of what is withdrawn goes into it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from citynet.history.spells import fold
from citynet.model import Judgement
from citynet.pipelines.membership_tables import change_rows, membership_rows
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.views import member_lists
from citynet.pipelines.withdrawing import evidence_without, names_without, tables_told_without, views_without
from citynet.publishing.evidence import Evidence, EvidencePage, EvidenceRow
from citynet.publishing.rebuilt_pages import NOT_SHOWN
from pipelines.dated_views import NETWORK, listing, seen

BERLIN, MUNICH = "gn2950159", "gn2867714"
PLACE = {"what": "place", "place_id": BERLIN, "network_id": "", "reason_class": "safety", "date": "2022-01-01", "reviewer": "r"}


@pytest.fixture
def names(outside) -> Names:
    return open_names(outside)


def with_withdrawal(names, **values):
    lines = {**names.judgements.lines, "withdrawals.csv": (Judgement("withdrawals.csv:2", {**PLACE, **values}),)}
    return replace(names, judgements=replace(names.judgements, lines=lines))


def a_view(names):
    lists = [listing(names, "2020-01-01", "Berlin", "Munich"), listing(names, "2021-01-01", "Berlin", "Munich", "Hamburg")]
    return replace(seen(*lists), history=fold(NETWORK, lists, ()))


def told(views, as_of="2021-02-01") -> set[object]:
    return {r["place_id"] for r in (*membership_rows(views, as_of), *change_rows(views, world=True))}


def test_a_withdrawn_body_is_in_no_row_and_no_figure(names):
    judged = with_withdrawal(names)
    (left,) = views_without([a_view(names)], judged)
    assert BERLIN in told([a_view(names)])
    assert BERLIN not in told([left])
    assert MUNICH in told([left])
    assert [BERLIN in m.listed_ids for m in member_lists(left, names_without(judged), "2021-02-01")] == [False, False]


def test_a_membership_withdrawn_in_another_network_changes_nothing_here(names):
    (left,) = views_without([a_view(names)], with_withdrawal(names, what="membership", network_id="other"))
    assert told([left]) == told([a_view(names)])


def test_a_membership_withdrawn_here_goes_here(names):
    (left,) = views_without([a_view(names)], with_withdrawal(names, what="membership", network_id="net"))
    assert BERLIN not in told([left])


def test_a_statement_on_a_withdrawn_membership_does_not_bring_it_back(names):
    stated = Judgement("memberships.csv:2", {"network_id": "net", "place_id": BERLIN, "verdict": "joined"})
    judged = with_withdrawal(names)
    judged = replace(judged, judgements=replace(judged.judgements, memberships=(stated,)))
    assert names_without(judged).judgements.memberships == ()
    assert names_without(judged).judgements.sha256 == judged.judgements.sha256


def with_a_page(names, text):
    """A view whose first list stands on a page that this project rebuilt, and its evidence as it is published."""
    view = a_view(names)
    first = view.accepted[0].listing
    rows = (EvidenceRow(2, "Munich", "DE", "", "full", "https://net.example", "resolved", MUNICH, ""),)
    page = EvidencePage("https://net.example", "0", text)
    shown = Evidence("net", first.capture_id, "2020-01-01T00:00:00Z", "reconstructed", "complete", "accepted", "", (page,), rows)
    decided = [SimpleNamespace(resolved=resolved) for resolved in view.accepted]
    return replace(view, decided=tuple(decided)), shown


def test_from_a_rebuilt_page_the_whole_row_goes_as_it_does_from_a_published_release(names):
    view, shown = with_a_page(
        names, "<table><tr><td>Berlin</td><td>3.6 million</td></tr><tr><td>Munich</td><td>1.5 million</td></tr></table>"
    )
    (left,) = evidence_without([shown], [view], with_withdrawal(names), {})
    assert "<tr><td>Munich</td><td>1.5 million</td></tr>" in left.pages[0].text
    assert "3.6 million" not in left.pages[0].text
    assert left.rows == shown.rows


def test_no_text_is_shown_of_a_page_on_which_no_row_can_be_told_apart(names):
    view, shown = with_a_page(names, "<p>Berlin, Munich</p>")
    (left,) = evidence_without([shown], [view], with_withdrawal(names), {})
    assert left.pages[0].text == NOT_SHOWN


@pytest.mark.parametrize(
    "tables",
    [
        {"networks": [{"name": "Berlin Process"}]},
        {"network_funding": [{"funder": "Berlin Process"}]},
        {"places": [{"place_id": "x-de-process", "name": "Berlin Process"}]},
    ],
    ids=["a network", "a funder", "another body"],
)
def test_a_longer_name_stays_as_it_does_in_a_published_release(names, tables):
    view, shown = with_a_page(names, "<h1>Berlin Process</h1><ul><li>Berlin</li><li>Munich</li></ul>")
    (left,) = evidence_without([shown], [view], with_withdrawal(names), tables)
    assert "<h1>Berlin Process</h1><ul><li>Munich</li></ul>" in left.pages[0].text


def test_of_a_membership_withdrawn_elsewhere_the_page_stays_as_it_is(names):
    view, shown = with_a_page(names, "<p>Berlin, Munich</p>")
    assert evidence_without([shown], [view], with_withdrawal(names, what="membership", network_id="other"), {}) == [shown]


def test_words_on_a_withdrawn_body_go_by_the_names_that_lists_print(names):
    view, _ = with_a_page(names, "")
    quality = [{"subject": "net", "examples": "row 1: Berlin"}, {"subject": "net", "examples": "row 2: Munich"}]
    reasons = [{"place_id": MUNICH, "reason": "not Berlin but Munich"}]
    table1 = [{"city": "Berlin", "place_id": None, "population_as_printed": 3400000}]
    made = {"quality": quality, "judgements": reasons, "table1_comparison": table1}
    found = tables_told_without(made, [view], with_withdrawal(names))
    assert found["table1_comparison"] == []
    assert [row["examples"] for row in found["quality"]] == ["", "row 2: Munich"]
    assert found["judgements"] == [{"place_id": MUNICH, "reason": "not (withdrawn) but Munich"}]
