"""A person's decision on a held list has a day of its own: what rests on the list was not known before it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.history.accepting import accept_all
from citynet.history.believing import beliefs
from citynet.history.sightings import in_order, turning_days
from citynet.history.spells import fold
from citynet.model import Judgement, ResolvedListing, written
from citynet.pipelines.membership_tables import change_id
from history.arbitrary_histories import DAYS, lists
from history.listing_maker import listing, network

MANY = list("abcdefgh")
FEW = MANY[:2]
NET = network()
WEEKS = ("2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01")


def judged(day: str, verdict: str, date: str) -> Judgement:
    values = {"network_id": "net", "capture_id": f"cap-{day}-complete", "verdict": verdict, "reviewer": "list-reviewer", "date": date}
    return Judgement("captures.csv:2", {**values, "reason": "asked the secretariat", "evidence_url": ""})


def believed(pages: list[ResolvedListing], *judgements: Judgement) -> list[ResolvedListing]:
    """The listings that are or were believed, as a release folds them."""
    found = beliefs(NET, pages, judgements)
    accepted = {decision.capture_id for decision in found.decisions if decision.accepted}
    return [one for capture_id, one in found.listings.items() if capture_id in accepted or one.believed]


def left(pages: list[ResolvedListing], as_of: str = "") -> set[tuple[str, str, str]]:
    return {(c.place_id, c.known_at[:10], c.latest) for c in fold(NET, pages, (), as_of=as_of).changes if c.change == "left"}


def test_a_departure_by_a_held_list_is_known_from_the_day_on_which_the_list_was_let_in() -> None:
    pages = [listing(WEEKS[0], MANY), *(listing(day, FEW) for day in WEEKS[1:])]
    assert [decision.accepted for decision in beliefs(NET, pages, ()).decisions] == [True, False, False, False]
    let_in = believed(pages, judged(WEEKS[1], "accept", "2020-05-04"))
    assert left(let_in) == {(body, "2020-05-04", "2020-02-01") for body in MANY[2:]}
    assert left(let_in, "2020-05-03") == left(believed(pages)) == set()
    assert [one.believed for one in let_in] == [(), *[("2020-05-04",)] * 3]


def test_letting_in_the_newest_list_leaves_what_was_known_before_as_it_was_known() -> None:
    pages = [listing(WEEKS[0], [*MANY, "z"]), *(listing(day, MANY) for day in WEEKS[1:]), listing("2020-04-20", FEW)]
    before = fold(NET, believed(pages), ()).changes
    after = fold(NET, believed(pages, judged("2020-04-20", "accept", "2020-05-04")), ()).changes
    assert [change.change for change in before] == ["left"]
    assert {change_id(change): change.known_at for change in before}.items() <= {change_id(c): c.known_at for c in after}.items()


def test_a_held_list_between_others_dates_better_what_they_said_and_moves_neither_id_nor_day() -> None:
    pages = [listing(WEEKS[0], MANY), *(listing(day, MANY[1:]) for day in WEEKS[1:])]
    between = listing("2020-01-10", FEW)
    (was,) = fold(NET, believed([*pages, between]), ()).changes
    (now,) = fold(NET, believed([*pages, between], judged("2020-01-10", "accept", "2020-05-04")), ()).changes
    assert (was.earliest, now.earliest) == ("2020-01-01", "2020-01-10")
    assert change_id(now) == change_id(was)
    assert now.known_at == was.known_at == "2020-04-01T12:00:00Z"


def test_what_follows_from_taking_a_list_back_was_not_known_before_that() -> None:
    """With the list of March nobody had left; without it, a was missing from January on."""
    pages = [listing(WEEKS[0], ["a", "b"]), *(listing(day, ["b"]) for day in WEEKS[1:]), listing("2020-03-10", ["a", "b"])]
    refused = judged("2020-03-10", "reject", "2020-06-01")
    assert left(believed(pages)) == set()
    assert left(believed(pages, refused)) == {("a", "2020-06-01", "2020-02-01")}
    assert left(believed(pages, refused), "2020-05-31") == set()


def test_a_list_that_is_believed_at_once_and_for_good_has_no_days_of_its_own() -> None:
    pages = [listing(day, MANY) for day in WEEKS]
    same = beliefs(NET, pages, [judged(WEEKS[1], "accept", "2020-05-04")])
    assert list(same.listings.values()) == pages
    assert same.decisions[1].reason.startswith("accept by list-reviewer on 2020-05-04")


@pytest.mark.parametrize("left", [False, True])
def test_a_change_whose_list_is_refused_rests_on_the_list_that_decides_without_it_and_keeps_id_and_day(left: bool) -> None:
    pages = [listing(WEEKS[0], ["b"]), *(listing(day, ["b", "c"]) for day in WEEKS[1:])]
    pages += [listing(day, ["b"]) for day in ("2020-04-08", "2020-04-29", "2020-05-13", "2020-05-20", "2020-05-27")] if left else []
    (was,) = [c for c in fold(NET, believed(pages), ()).changes if c.change == ("left" if left else "joined")]
    refused = judged(was.evidence_capture_id[4:14], "reject", "2020-06-01")
    (now,) = [c for c in fold(NET, believed(pages, refused), ()).changes if c.change == was.change]
    assert (change_id(now), now.known_at) == (change_id(was), was.known_at)
    assert now.evidence_capture_id == f"cap-{'2020-05-27' if left else '2020-03-01'}-complete"


def test_the_origin_of_a_change_whose_list_is_refused_is_that_of_its_new_evidence() -> None:
    """Only what a live capture decided is sent."""
    pages = [listing(WEEKS[0], ["b"]), listing(WEEKS[1], ["b", "c"]), listing(WEEKS[2], ["b", "c"], origin="archived")]
    (now,) = fold(NET, believed(pages, judged(WEEKS[1], "reject", "2020-06-01")), ()).changes
    assert (now.latest, now.origin) == (WEEKS[2], "archived")


def test_a_list_let_in_again_gives_back_no_second_change() -> None:
    pages = [listing(WEEKS[0], ["b"]), *(listing(day, ["b", "c"]) for day in WEEKS[1:])]
    again = [judged(WEEKS[1], "reject", "2020-06-01"), judged(WEEKS[1], "accept", "2020-07-01")]
    (was,), (now,) = fold(NET, believed(pages), ()).changes, fold(NET, believed(pages, *again), ()).changes
    assert (change_id(now), now.known_at, now.latest) == (change_id(was), was.known_at, was.latest)


def test_decisions_before_the_list_that_a_judgement_is_about_are_taken_as_they_were() -> None:
    pages = [listing(day, MANY) for day in WEEKS]
    first = replace(accept_all(NET, pages[:1], ())[0], reason="decided before")
    decisions = accept_all(NET, pages, (), before=[first])
    assert (decisions[0], decisions[1:]) == (first, accept_all(NET, pages, ())[1:])


JUDGED = st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["accept", "reject"]), DAYS), max_size=3)


@given(lists(turns=st.just(())), JUDGED, st.lists(DAYS, min_size=1, max_size=4))
@settings(max_examples=150)
def test_what_was_believed_on_a_day_is_what_was_decided_by_what_was_known_on_it(
    pages: list[ResolvedListing], said: list[tuple[int, str, str]], days: list[str]
) -> None:
    judgements = [
        Judgement("c", {**judged("", verdict, date).values, "capture_id": pages[n].listing.capture_id})
        for n, verdict, date in said
        if n < len(pages)
    ]
    found = beliefs(NET, pages, judgements)
    assert found.decisions == accept_all(NET, pages, judgements)
    accepted = {decision.capture_id for decision in found.decisions if decision.accepted}
    ever = {i: one for i, one in found.listings.items() if i in accepted or one.believed}
    for day in days:
        by_then = [page for page in pages if written(page.listing.known_at)[:10] <= day]
        decided = accept_all(NET, by_then, [j for j in judgements if j.values["date"] <= day])
        turned = {i: sum(turn <= day for turn in turning_days(one)) for i, one in ever.items()}
        assert {i for i, turns in turned.items() if turns % 2} == {d.capture_id for d in decided if d.accepted}


def test_a_list_obtained_late_that_changes_what_others_are_held_against_does_so_from_its_own_day() -> None:
    """An eighth of the members is gone in March: held, until a page of February shows that some were gone by then already."""
    many = [f"m{n:02}" for n in range(40)]
    newest, between = listing(WEEKS[2], many[:35]), listing(WEEKS[1], many[:38])
    late = replace(between, listing=replace(between.listing, known_at=newest.listing.known_at + timedelta(90)))
    found = in_order(believed([listing(WEEKS[0], many), newest, late]))
    assert [(one.listing.capture_id[4:14], one.believed) for one in found] == [(WEEKS[0], ()), (WEEKS[1], ()), (WEEKS[2], ("2020-05-30",))]
