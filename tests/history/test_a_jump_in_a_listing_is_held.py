"""Which listings are believed without a person."""

from dataclasses import replace

import pytest

from citynet.history.accepting import Standing, accept_all, accepted_too, decide
from citynet.history.spells import fold
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


def test_nothing_is_gone_by_a_partial_listing_whatever_it_lacks() -> None:
    before = [listing("2020-01-01", TWENTY), listing("2020-02-01", ["m00"], "partial")]
    third = accept_all(NET, [*before, listing("2020-03-01", ["m01"], "partial")], [judged("cap-2020-02-01-partial", "accept")])[2]
    assert (third.accepted, third.gone) == (True, None)


def test_a_short_partial_page_does_not_hide_a_collapse_of_the_complete_list() -> None:
    pages = [listing("2020-01-01", TWENTY), listing("2020-02-01", TWENTY[:2], "partial"), listing("2020-03-01", TWENTY[:2])]
    decisions = accept_all(NET, pages, [judged("cap-2020-02-01-partial", "accept")])
    assert [decision.accepted for decision in decisions] == [True, True, False]
    assert decisions[2].reason.startswith("collapse")


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


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("complete", "partial", "change of coverage: the listing is partial, those accepted before it are complete"),
        ("partial", "complete", "change of coverage: the listing is complete, those accepted before it are partial"),
    ],
)
@pytest.mark.parametrize("origin", ["live", "archived"])
def test_a_listing_of_another_coverage_than_those_before_it_waits_for_a_person(before, after, words, origin) -> None:
    pages = [listing("2020-01-01", TWENTY, before, origin), listing("2020-02-01", TWENTY, after, origin)]
    decisions = accept_all(NET, pages, ())
    assert [d.accepted for d in decisions] == [True, False]
    assert decisions[1].reason.startswith(words)
    assert [gate.name for gate in decisions[1].gates if not gate.passed] == ["layout"]


def test_a_coverage_that_a_person_accepted_once_is_not_asked_about_again() -> None:
    days = (("2020-01-01", "complete"), ("2020-02-01", "partial"), ("2020-03-01", "complete"), ("2020-04-01", "partial"))
    decisions = accept_all(NET, [listing(day, TWENTY, coverage) for day, coverage in days], [judged("cap-2020-02-01-partial", "accept")])
    assert [d.accepted for d in decisions] == [True, True, True, True]


@pytest.mark.parametrize(
    "other",
    [
        {"url": "https://other.example"},
        {"select": "ul.partners li"},
        {"reader": "table"},
        {"options": {"pattern": "Name (Country)"}},
        {"follow": {"next": "a.next"}},
    ],
    ids=["address", "selector", "reader", "options", "further parts"],
)
def test_a_listing_from_another_page_or_by_other_rules_than_any_accepted_one_waits_for_a_person(other) -> None:
    old = Page("https://net.example", "list", until="2020-02-01", verified_on="2019-12-01")
    new = replace(old, **{"since": "2020-02-01", "until": "", **other})
    pages = [listing("2020-01-01", TWENTY), listing("2020-02-01", [*TWENTY, "new"]), listing("2020-03-01", TWENTY)]
    net = replace(NET, pages=(old, new))
    assert [d.accepted for d in accept_all(net, pages, ())] == [True, False, False]
    told = accept_all(net, pages, ())[1].reason
    assert told.startswith("change of coverage: read from other pages, or by other rules, than any accepted listing")
    assert [d.accepted for d in accept_all(net, pages, [judged("cap-2020-02-01-complete", "accept")])] == [True, True, True]


def test_pages_that_this_project_rebuilt_are_of_the_coverage_that_a_person_stated_for_each() -> None:
    pages = [listing("2020-01-01", TWENTY, "partial", "reconstructed"), listing("2020-02-01", TWENTY, "complete", "reconstructed")]
    assert [d.accepted for d in accept_all(NET, [*pages, listing("2020-03-01", TWENTY)], ())] == [True, True, True]


MANY = [f"m{n:04}" for n in range(2000)]


@pytest.mark.parametrize(("each", "accepted"), [(9, True), (10, False)])
def test_many_joins_with_many_departures_are_held_even_where_they_are_a_small_share(each: int, accepted: bool) -> None:
    after = [*MANY[each:], *(f"new{n}" for n in range(each))]
    decision = decide(listing("2020-01-01", MANY), listing("2020-02-01", after), NET, None)
    assert decision.accepted == accepted, decision.reason
    if not accepted:
        assert decision.reason.startswith("many joins with many departures: 10 of 2000 members")


def test_many_joins_alone_or_many_departures_alone_under_a_tenth_are_news() -> None:
    for after in (MANY[150:], [*MANY, *(f"new{n}" for n in range(500))]):
        assert decide(listing("2020-01-01", MANY), listing("2020-02-01", after), NET, None).accepted


def test_the_first_listing_of_a_network_is_accepted_whatever_its_coverage_and_gives_no_change() -> None:
    for coverage in ("complete", "partial"):
        first = listing("2020-01-01", TWENTY, coverage)
        assert [d.accepted for d in accept_all(NET, [first], ())] == [True]
        history = fold(NET, [first], ())
        assert history.changes == ()
        assert all(spell.first_seen for spell in history.spells)


def test_decisions_on_all_listings_are_those_made_one_by_one_from_what_stands() -> None:
    pages = [listing("2020-01-01", TWENTY), listing("2020-02-01", TWENTY[:5]), listing("2020-03-01", [*TWENTY[1:], "new"])]
    standing, one_by_one = Standing(), []
    for page in pages:
        one_by_one.append(decide(standing.last, page, NET, None, scopes=standing.scopes))
        standing = accepted_too(standing, page, NET) if one_by_one[-1].accepted else standing
    assert tuple(one_by_one) == accept_all(NET, pages, ())
