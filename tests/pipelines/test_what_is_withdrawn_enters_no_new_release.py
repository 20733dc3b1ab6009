"""Withdrawals, before a release is made: no row, stay, change, statement or rebuilt page of what is withdrawn goes into it."""

from dataclasses import replace

import pytest

from citynet.history.spells import fold
from citynet.model import Judgement
from citynet.pipelines.membership_tables import change_rows, membership_rows
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.views import member_lists
from citynet.pipelines.withdrawing import evidence_without, names_without, views_without
from citynet.publishing.evidence import Evidence, EvidencePage, EvidenceRow
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


def test_a_rebuilt_page_is_shown_without_the_name(names):
    view = a_view(names)
    decided = [type("Decided", (), {"resolved": resolved})() for resolved in view.accepted]
    rows = tuple(EvidenceRow(n, name, "", "", "full", "u", "resolved", "", "") for n, name in enumerate(("Berlin", "Munich"), 1))
    shown = Evidence(
        "net",
        "c",
        "2020-01-01T00:00:00Z",
        "reconstructed",
        "complete",
        "accepted",
        "",
        (EvidencePage("u", "0", "<li>Berlin<li>Munich"),),
        rows,
    )
    (left,) = evidence_without([shown], [replace(view, decided=tuple(decided))], with_withdrawal(names))
    assert [row.name_as_published for row in left.rows] == ["Munich"]
    assert left.pages[0].text == "<li>(withdrawn)<li>Munich"
