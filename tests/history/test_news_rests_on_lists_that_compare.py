"""Who left, came back or is missing is told only by lists that can show it, and never against what the page itself says."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.history.spells import fold
from citynet.model import Change, History, Judgement, ResolvedListing, Spell, instant
from history.arbitrary_histories import Told, anything, municipal, on_time
from history.listing_maker import Printed, listing, network, said

WEEKS = ["2020-01-06", "2020-01-13", "2020-01-20", "2020-01-27", "2020-02-03", "2020-02-10", "2020-02-17", "2020-02-24", "2020-03-02"]


def history(pages: list[ResolvedListing], *statements: Judgement, changes: tuple[Judgement, ...] = ()) -> History:
    return fold(network(), pages, statements, municipal_changes=changes)


def of(found: History, place: str) -> tuple[list[Spell], list[Change], list[Change]]:
    """The spells of a body, what happened to it, and what our records say of it, each in the order in which we knew it."""
    spells = sorted((s for s in found.spells if s.place_id == place), key=lambda s: (s.known_from, s.known_to or "9"))
    changes = sorted((c for c in found.changes if c.place_id == place), key=lambda c: (c.known_at, c.latest))
    return spells, [c for c in changes if c.world], [c for c in changes if not c.world]


def told(changes: list[Change]) -> list[tuple[str, str, str, str]]:
    return [(c.change, c.cause, c.earliest, c.latest) for c in changes]


def weekly(*rows: Printed | str, since: int = 0, until: int = len(WEEKS), origin: str = "live") -> list[ResolvedListing]:
    return [listing(day, rows, origin=origin) for day in WEEKS[since:until]]


# --- left ---


@pytest.mark.parametrize(
    "first",
    [listing("2019-06-03", ["a", "b"], "partial"), listing("2018-06-01", ["a", "b"], origin="reconstructed")],
    ids=["an excerpt", "a list we rebuilt"],
)
def test_a_body_that_no_list_of_the_same_sort_showed_ends_as_our_record_and_has_not_left(first: ResolvedListing) -> None:
    (spell,), world, records = of(history([first, *weekly("a")]), "b")
    assert world == []
    assert (spell.state, spell.cause, spell.to_latest) == ("departed", "source_restructured", WEEKS[0])
    assert [(c.change, c.cause, c.before) for c in records] == [("source_restructured", "layout", "listed")]


def test_a_list_of_another_sort_begins_another_count() -> None:
    shown, rebuilt = listing("2019-12-02", ["a", "b"]), listing("2019-12-09", ["a"], origin="reconstructed")
    (spell,), world, _ = of(history([shown, rebuilt, *weekly("a", until=2)]), "b")
    assert (spell.not_seen, world) == (2, [])
    assert told(of(history([shown, rebuilt, *weekly("a")]), "b")[1]) == [("left", "not_seen", "2019-12-02", WEEKS[0])]


@pytest.mark.parametrize("verdict", ["joined", "not_left"])
def test_a_person_who_says_that_it_is_a_member_makes_its_leaving_known(verdict: str) -> None:
    pages = [listing("2019-06-03", ["a", "b"], "partial"), *weekly("a", "b", until=1), *weekly("a", since=1)]
    pages[1] = replace(pages[1], listing=replace(pages[1].listing, coverage="partial"))
    _, world, _ = of(history(pages, said("b", verdict, "2019-06-03")), "b")
    assert ("left", "not_seen", WEEKS[0], WEEKS[1]) in told(world)


def test_who_is_said_not_to_have_left_is_listed_though_only_an_excerpt_had_shown_it() -> None:
    pages = [listing("2019-06-03", ["b"], "partial"), *weekly("a")]
    (spell,), world, records = of(history(pages, said("b", "not_left", "2020-03-09")), "b")
    assert (spell.state, world) == ("listed", [])
    assert [c.change for c in records] == ["source_restructured", "corrected"]


@given(on_time())
@settings(max_examples=100)
def test_nobody_leaves_a_list_without_a_complete_list_of_the_same_sort_that_had_shown_it(world: Told) -> None:
    alone = replace(world, statements=[], municipal_changes=())
    sort = {page.listing.capture_id: page.listing.origin == "reconstructed" for page in world.pages}
    for change in alone.history().changes:
        if change.change == "left" and change.cause == "not_seen":
            rebuilt = sort[change.evidence_capture_id]
            assert any(
                page.listing.coverage == "complete"
                and sort[page.listing.capture_id] == rebuilt
                and f"{page.listing.captured_at:%Y-%m-%d}" < change.latest
                and any(found.place_id == change.place_id for found in page.resolutions)
                for page in world.pages
            )


def test_two_lists_of_a_day_are_one_look() -> None:
    pages = [listing("2020-01-01", ["a", "b"]), listing("2020-01-02", ["a"]), listing("2020-02-13", ["a"])]
    again = pages[2].listing
    at = instant("2020-02-13T13:00:00Z")
    pages.append(replace(pages[2], listing=replace(again, capture_id="cap-2020-02-13-again", captured_at=at, known_at=at)))
    (spell,), world, _ = of(history(pages), "b")
    assert (spell.state, spell.not_seen, world) == ("departure_suspected", 2, [])


# --- a former member's mark ---


def test_a_mark_for_former_members_confirms_the_suspicion_and_dates_the_leaving_by_the_first_list_without_it() -> None:
    pages = [*weekly("a", "b", until=1), *weekly("a", since=1, until=3), listing(WEEKS[3], ["a", Printed("b", tie="former")])]
    spells, world, records = of(history(pages), "b")
    assert told(world) == [("left", "statement", WEEKS[0], WEEKS[1])]
    assert records == []
    assert [(s.tie, s.state, s.to_latest) for s in spells] == [("full", "departed", WEEKS[1]), ("former", "listed", "")]


# --- coming back ---


def test_a_return_that_an_excerpt_shows_first_is_told_with_the_next_complete_list() -> None:
    gone = [*weekly("a", "b", until=1), *weekly("a", since=1, until=8)]
    excerpt = listing("2020-03-01", ["b"], "partial")
    assert told(of(history([*gone, excerpt]), "b")[1])[1:] == []
    spells, world, _ = of(history([*gone, excerpt, *weekly("a", "b", since=8)]), "b")
    assert told(world)[1:] == [("rejoined", "listing", WEEKS[7], "2020-03-01")]
    assert (world[1].evidence_capture_id, spells[1].first_seen) == (f"cap-{WEEKS[8]}-complete", False)


def test_a_return_under_another_tie_is_told_before_the_new_tie() -> None:
    gone = [*weekly("a", "b", until=1), *weekly("a", since=1, until=8), listing("2020-03-01", ["b"], "partial")]
    _, world, _ = of(history([*gone, listing(WEEKS[8], ["a", Printed("b", tie="partner")])]), "b")
    assert sorted(c.change for c in world) == ["left", "rejoined", "tie_changed"]


def test_a_return_to_lists_of_another_sort_is_a_return() -> None:
    gone = [*weekly("a", "b", until=1, origin="reconstructed"), *weekly("a", since=1, until=8, origin="reconstructed")]
    _, world, _ = of(history([*gone, *weekly("a", "b", since=8)]), "b")
    assert told(world)[1:] == [("rejoined", "listing", WEEKS[0], WEEKS[8])]


COMING_AND_GOING = st.lists(st.tuples(st.sets(st.sampled_from("ab")), st.sampled_from(["complete", "partial"])), max_size=9)


@given(COMING_AND_GOING, st.integers(1, 2))
@settings(max_examples=100)
def test_read_in_order_the_changes_leave_nobody_out_whom_the_newest_complete_list_shows(rounds: list[tuple[set[str], str]], n: int) -> None:
    pages = [listing(f"2020-01-{day:02}", sorted(rows), coverage) for day, (rows, coverage) in enumerate(rounds, 1)]
    found = fold(network(not_seen=n, days=0), pages, ())
    shown = next((rows for rows, coverage in reversed(rounds) if coverage == "complete"), set[str]())
    for place in shown:
        assert [c.change for c in of(found, place)[1]][-1:] != ["left"]


# --- printed dates ---


def test_a_printed_date_later_than_the_first_list_tells_nothing_of_the_joining() -> None:
    pages = [*weekly("a", "b", until=1), listing("2020-02-03", ["a", Printed("b", joined_on="2021")])]
    (spell,), world, _ = of(history(pages), "b")
    assert (spell.joined_on, spell.first_seen, spell.from_latest, world) == ("", True, WEEKS[0], [])
    first, printed_ahead, _ = of(history(pages[1:]), "b")
    assert (first[0].joined_on, printed_ahead) == ("", [])


def test_a_stated_joining_later_than_the_first_list_says_only_that_it_is_a_member_on_that_day() -> None:
    pages = [*weekly("a", "b", until=1), *weekly("a", since=1, until=4)]
    (spell,), world, _ = of(history(pages, said("b", "joined", "2020-02-01", "2020-02-01")), "b")
    assert (spell.state, spell.joined_on, spell.from_latest, world) == ("listed", "", WEEKS[0], [])


def test_the_date_of_the_first_joining_does_not_date_the_return() -> None:
    printed = Printed("b", joined_on="2020")
    days = ["2020-05-01", "2020-06-01", "2020-07-01", "2020-08-01"]
    pages = [listing("2020-02-01", ["a"]), listing("2020-03-01", ["a", printed]), *(listing(day, ["a"]) for day in days)]
    spells, world, _ = of(history([*pages, listing("2020-09-01", ["a", printed])]), "b")
    assert told(world)[1:] == [("left", "not_seen", "2020-03-01", "2020-05-01"), ("rejoined", "listing", "2020-08-01", "2020-09-01")]
    assert [(s.joined_on, s.from_earliest) for s in spells] == [("2020", "2020-01-01"), ("", "2020-08-01")]


def test_a_return_of_a_printed_year_begins_after_the_departure() -> None:
    days = ["2020-05-01", "2020-06-01", "2020-07-01", "2020-08-01"]
    pages = [listing("2020-03-01", ["a", "b"]), *(listing(day, ["a"]) for day in days)]
    _, world, _ = of(history([*pages, listing("2020-09-01", ["a", Printed("b", joined_on="2020")])]), "b")
    assert told(world)[1:] == [("rejoined", "printed_date", "2020-03-01", "2020-09-01")]


@given(anything())
@settings(max_examples=100)
def test_no_stay_of_a_body_begins_before_the_one_before_it_can_have_ended(world: Told) -> None:
    found = world.history()
    for place, side in {(s.place_id, s.tie == "board_seat") for s in found.spells}:
        mine = [s for s in found.spells if s.place_id == place and (s.tie == "board_seat") == side]
        mine.sort(key=lambda s: (s.to_latest or "9999", s.to_earliest or "9999", s.from_latest))
        for one, later in pairwise(mine):
            assert one.to_earliest <= (later.from_earliest or later.from_latest)


@given(anything())
@settings(max_examples=100)
def test_a_date_of_joining_is_never_later_than_the_membership(world: Told) -> None:
    assert all(spell.joined_on <= spell.from_latest for spell in world.history().spells)


# --- missing ---


def test_a_member_on_hold_that_is_missing_as_well_stays_on_hold_until_it_departs() -> None:
    pages = [listing(WEEKS[0], ["a", Printed("b", on_hold=True)]), *weekly("a", since=1)]
    for until, state in ((2, "on_hold"), (3, "on_hold"), (9, "departed")):
        (spell,), _, _ = of(history(pages[:until]), "b")
        assert spell.state == state
    assert of(history(pages[:3]), "b")[0][0].not_seen == 2


# --- mergers and closings ---

INTO_S = (municipal("b", "merged_into", "s", on="2021-01-01"),)
SUSPECTED = [listing("2020-01-01", ["a", "b"]), listing("2020-02-01", ["a"]), listing("2020-03-01", ["a"])]


def test_who_was_missing_long_before_its_merger_had_left_by_its_own_dates() -> None:
    found = history([*SUSPECTED, listing("2021-06-01", ["a"])], changes=INTO_S)
    (spell,), world, _ = of(found, "b")
    assert told(world) == [("left", "not_seen", "2020-01-01", "2020-02-01")]
    assert (spell.cause, of(found, "s")) == ("not_seen", ([], [], []))


def test_a_successor_that_the_page_shows_continues_the_membership_of_one_who_was_missing() -> None:
    found = history([*SUSPECTED, listing("2021-06-01", ["a", "s"])], changes=INTO_S)
    assert [(s.state, s.not_seen) for s in of(found, "s")[0]] == [("listed", 0)]
    assert of(found, "b")[1] == []


def test_a_successor_leaves_by_lists_since_the_merger_only() -> None:
    later = [listing(day, ["a"]) for day in ("2021-01-05", "2021-02-01", "2021-03-01")]
    missing_once = [*SUSPECTED[:2], *later]
    for pages in (missing_once[:4], missing_once):
        _, world, _ = of(history(pages, changes=INTO_S), "s")
        assert all(c.earliest >= "2021-01-01" for c in world)
    assert told(world) == [("left", "not_seen", "2021-01-01", "2021-01-05")]


def test_a_closing_later_than_the_newest_list_is_known_from_its_first_day() -> None:
    closed, pages = network(status="closed", since="2020-02"), weekly("a", "b", until=4)
    assert {s.known_to for s in fold(closed, pages, ()).spells} == {"2020-02-01T00:00:00Z"}
    assert {c.known_at for c in fold(closed, pages, ()).changes} == {"2020-02-01T00:00:00Z"}
    assert {s.state for s in fold(closed, pages, (), as_of="2020-01-31").spells} == {"listed"}
