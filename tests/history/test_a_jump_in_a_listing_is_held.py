"""Which listings are believed without a person."""

from dataclasses import replace

import pytest

from citynet.history.accepting import accept_all, decide
from citynet.model import Judgement, Network, Page
from history.listing_maker import listing, network, unresolved

TWENTY = [f"m{n:02}" for n in range(20)]
HUNDRED = [f"m{n:03}" for n in range(100)]
NET = network()


def judged(capture_id: str, verdict: str, date: str = "2020-03-01") -> Judgement:
    values = {"network_id": "net", "capture_id": capture_id, "verdict": verdict, "reviewer": "list-reviewer", "date": date}
    return Judgement("captures.csv:2", {**values, "reason": "asked the secretariat"})


@pytest.mark.parametrize(
    ("before", "after", "accepted"),
    [
        (TWENTY, TWENTY[2:], True),  # two gone: 10 %
        (TWENTY, TWENTY[3:], False),  # three gone: 15 %
        (HUNDRED, HUNDRED[10:], True),  # ten gone: 10 %, not over
        (HUNDRED, HUNDRED[11:], False),
        (["a", "b"], ["c", "d"], False),  # all gone, though only two
        (HUNDRED, [*HUNDRED[6:], *TWENTY[:4]], True),  # 6 gone, 4 new: 10 %, not over
        (HUNDRED, [*HUNDRED[6:], *TWENTY[:5]], False),  # 6 gone, 5 new: a mass re-key
        (["a"], ["a", *HUNDRED], True),  # growth is not a jump
        (["a"], [], False),
    ],
)
def test_a_complete_listing_is_held_from_three_gone_and_over_a_tenth(before: list[str], after: list[str], accepted: bool) -> None:
    decision = decide(listing("2020-01-01", before), listing("2020-02-01", after), NET, None)
    assert decision.accepted == accepted, decision.reason


def test_the_reason_says_what_was_seen() -> None:
    decision = decide(listing("2020-01-01", TWENTY), listing("2020-02-01", TWENTY[3:]), NET, None)
    assert decision.reason.startswith("collapse: 3 of 20 members of the last accepted listing are gone, 0 are new")
    assert (decision.gone, decision.come, decision.capture_id) == (3, 0, "cap-2020-02-01-complete")


def test_a_partial_listing_after_a_complete_one_is_accepted_and_nothing_is_gone_by_it() -> None:
    decision = decide(listing("2020-01-01", TWENTY), listing("2020-02-01", ["m00"], "partial"), NET, None)
    assert (decision.accepted, decision.gone) == (True, None)


def test_a_short_partial_page_does_not_hide_a_collapse_of_the_complete_list() -> None:
    pages = [listing("2020-01-01", TWENTY), listing("2020-02-01", TWENTY[:2], "partial"), listing("2020-03-01", TWENTY[:2])]
    assert [decision.accepted for decision in accept_all(NET, pages, ())] == [True, True, False]


def test_what_follows_a_held_listing_is_compared_with_the_last_accepted_one_in_order_of_capture() -> None:
    pages = [listing("2020-03-01", TWENTY[1:]), listing("2020-02-01", TWENTY[:5]), listing("2020-01-01", TWENTY)]
    decisions = accept_all(NET, pages, ())
    assert [(d.capture_id[4:11], d.accepted) for d in decisions] == [
        ("2020-01", True),
        ("2020-02", False),
        ("2020-03", True),
    ]


@pytest.mark.parametrize(("verdict", "accepted"), [("accept", True), ("reject", False)])
def test_a_judgement_overrides_and_the_newest_one_holds(verdict: str, accepted: bool) -> None:
    pages = [listing("2020-01-01", TWENTY), listing("2020-02-01", TWENTY[:5])]
    older = judged("cap-2020-02-01-complete", "reject" if accepted else "accept", "2020-02-02")
    decision = accept_all(NET, pages, [judged("cap-2020-02-01-complete", verdict), older])[1]
    assert (decision.accepted, decision.reason) == (accepted, f"{verdict} by list-reviewer on 2020-03-01: asked the secretariat")


def test_an_unresolved_name_is_the_same_body_when_printed_again_in_other_case() -> None:
    before, after = ["a", unresolved("Saint  Mary"), unresolved("Y"), unresolved("Z")], ["a", unresolved("saint mary"), unresolved("Y")]
    assert decide(listing("2020-01-01", before), listing("2020-02-01", after), NET, None).gone == 1


def test_a_printed_name_that_one_page_resolves_and_the_other_does_not_is_one_body() -> None:
    decision = decide(listing("2020-01-01", [unresolved("a"), "b"]), listing("2020-02-01", ["a", "b"]), NET, None)
    assert (decision.gone, decision.come) == (0, 0)


def with_pages(*pages: tuple[str, str, str, str]) -> Network:
    """A network with pages of (address, since, until, verified_on)."""
    return replace(NET, pages=tuple(Page(u, "list", since=s, until=e, verified_on=v) for u, s, e, v in pages))


@pytest.mark.parametrize(
    ("pages", "origin", "accepted"),
    [
        ([("a", "", "", "")], "live", False),
        ([("a", "", "", "2019-12-01")], "live", True),
        ([("a", "", "", "2019-12-01"), ("b", "", "", "")], "live", False),  # one page of two is enough to doubt
        ([("a", "", "", "2019-12-01"), ("b", "", "2020-01-01", "")], "live", True),  # b was asked until the day before
        ([("a", "", "", "2019-12-01"), ("b", "2020-01-01", "", "")], "live", False),
        ([("a", "", "", "2019-12-01"), ("b", "2020-01-02", "", "")], "live", True),  # b is asked from the day after
        ([("a", "", "", "")], "archived", True),
        ([("a", "", "", "")], "reconstructed", True),
    ],
)
@pytest.mark.parametrize("coverage", ["complete", "partial"])
def test_a_live_listing_of_a_page_nobody_verified_waits_for_a_person(pages, origin, accepted, coverage) -> None:
    decision = decide(None, listing("2020-01-01", TWENTY, coverage, origin), with_pages(*pages), None)
    assert decision.accepted == accepted, decision.reason


def test_the_reason_names_the_page_that_is_not_verified() -> None:
    net = with_pages(("https://a.example", "", "", "2019-12-01"), ("https://b.example", "", "", ""))
    reason = decide(None, listing("2020-01-01", TWENTY), net, None).reason
    assert reason.startswith("not verified: https://b.example has no verified_on")


def test_a_person_may_accept_a_live_listing_of_a_page_that_is_not_verified() -> None:
    net, pages = with_pages(("a", "", "", "")), [listing("2020-01-01", TWENTY), listing("2020-02-01", TWENTY)]
    decisions = accept_all(net, pages, [judged("cap-2020-01-01-complete", "accept")])
    assert [d.accepted for d in decisions] == [True, False]


def test_a_collapse_on_a_page_that_is_not_verified_is_told_as_the_collapse() -> None:
    reason = decide(listing("2020-01-01", TWENTY), listing("2020-02-01", TWENTY[3:]), with_pages(("a", "", "", "")), None).reason
    assert reason.startswith("collapse: 3 of 20")
