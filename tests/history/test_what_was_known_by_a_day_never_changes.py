"""Valid time and knowledge time: lists that become known late, archived ones above all, add knowledge and rewrite none."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given, settings

from citynet.history.sightings import turning_days
from citynet.history.spells import fold
from citynet.model import Change, ResolvedListing, instant, written
from citynet.pipelines.membership_tables import change_id
from history.arbitrary_histories import DAYS, Told, anything, municipal, on_time
from history.listing_maker import listing, network, said


def known(page: ResolvedListing, day: str, origin: str = "archived") -> ResolvedListing:
    return replace(page, listing=replace(page.listing, known_at=instant(f"{day}T12:00:00Z"), origin=origin))


def known_since(page: ResolvedListing) -> str:
    return page.believed[0] if page.believed else written(page.listing.known_at)[:10]


def as_known_by(page: ResolvedListing, day: str) -> ResolvedListing:
    return replace(page, believed=tuple(turn for turn in page.believed if turn <= day))


def ids(changes: tuple[Change, ...]) -> dict[str, Change]:
    return {change_id(change): change for change in changes}


WEEKS = [listing("2026-01-05", ["a", "b"]), *(listing(day, ["b"]) for day in ("2026-01-12", "2026-02-02", "2026-03-02"))]


@given(anything(), DAYS)
@settings(max_examples=200)
def test_the_view_as_of_a_day_holds_whatever_becomes_known_later(told: Told, day: str) -> None:
    by_then = [as_known_by(page, day) for page in told.pages if known_since(page) <= day]
    stated = [line for line in told.statements if line.values["decided_on"] <= day]
    recorded = tuple(line for line in told.municipal_changes if line.values["decided_on"] <= day)
    assert replace(told, pages=by_then, statements=stated, municipal_changes=recorded).history(day) == told.history(day)


STATED_BEFORE_THE_LIST_CAME = Told(
    network(),
    [listing("2019-09-01", ["a"]), listing("2019-09-02", []), known(listing("2019-09-03", []), "2019-10-03", "live")],
    [said("a", "not_left", "2019-09-03", "2019-09-03")],
    (),
)
BELIEVED_AGAIN = Told(
    network(),
    [listing("2019-09-02", ["a"]), replace(listing("2020-01-01", []), believed=("2020-01-11", "2020-02-10", "2020-12-06"))],
    [],
    (municipal("a", "merged_into", "b", "2020"),),
)

REFUSED_LATER = Told(
    network(),
    [
        *(listing("2019-10-01", ["b"]), listing("2019-12-01", ["b", "c"])),
        replace(listing("2019-11-01", ["b", "c"]), believed=("2019-11-01", "2020-01-01")),
    ],
    [],
    (),
)


@given(anything(), DAYS)
@example(STATED_BEFORE_THE_LIST_CAME, "2019-09-03")
@example(BELIEVED_AGAIN, "2020-02-10")
@settings(max_examples=200)
def test_what_says_it_was_known_by_a_day_stands_in_the_view_of_that_day(told: Told, day: str) -> None:
    """The other way round it need not: what was believed then can have been taken back."""
    told = replace(told, network=network())  # a closing is dated by the newest list, whenever it is
    now, then = told.history(), told.history(day)
    early = {key: change for key, change in ids(now.changes).items() if change.known_at[:10] <= day}
    assert set(early) <= set(ids(then.changes))
    bodies = {spell.place_id for spell in then.spells}
    assert {spell.place_id for spell in now.spells if spell.known_from[:10] <= day} <= bodies
    over = {spell.place_id for spell in now.spells if spell.known_to and spell.known_to[:10] <= day}
    assert over <= {spell.place_id for spell in then.spells if spell.state == "departed"}


@given(anything())
@settings(max_examples=150)
def test_no_spell_is_known_to_be_over_before_it_is_known(told: Told) -> None:
    for spell in told.history().spells:
        assert spell.known_from <= (spell.known_to or "9999")


@given(on_time())
@settings(max_examples=60)
def test_where_nothing_became_known_late_everything_is_known_with_its_capture(told: Told) -> None:
    known_at = {page.listing.capture_id: written(page.listing.known_at) for page in told.pages}
    told = replace(told, statements=[], network=network())  # a closing is known by itself
    assert all(change.known_at == known_at[change.evidence_capture_id] for change in told.history().changes)


@given(anything(), DAYS)
@example(REFUSED_LATER, "2020-02-01")
@settings(max_examples=100)
def test_no_change_rests_on_a_list_that_is_not_believed_any_more(told: Told, day: str) -> None:
    changes = told.history(day).changes
    believed = {page.listing.capture_id for page in told.pages if sum(turn <= day for turn in turning_days(page)) % 2}
    assert {change.evidence_capture_id for change in changes} <= believed | {""}
    assert len(ids(changes)) == len(changes)


def test_an_archived_list_obtained_later_narrows_the_dates_and_leaves_the_departure_its_id() -> None:
    before = fold(network(), WEEKS, ())
    between = known(listing("2026-01-08", ["a", "b"]), "2026-06-01")
    after = fold(network(), [*WEEKS, between], ())
    (was,), (is_now,) = before.changes, after.changes
    assert change_id(was) == change_id(is_now)
    assert (was.earliest, is_now.earliest, is_now.latest) == ("2026-01-05", "2026-01-08", "2026-01-12")
    assert (is_now.known_at, is_now.evidence_capture_id, is_now.origin) == (was.known_at, was.evidence_capture_id, "live")


def test_a_departure_that_an_archived_list_makes_certain_earlier_was_still_known_when_it_was() -> None:
    without = known(listing("2026-02-25", ["b"]), "2026-06-01")
    (left,) = fold(network(), [*WEEKS, without], ()).changes
    assert (left.known_at, left.evidence_capture_id) == ("2026-03-02T12:00:00Z", "cap-2026-03-02-complete")


def test_a_departure_that_only_the_archived_list_shows_is_known_from_the_day_it_was_obtained() -> None:
    without = known(listing("2026-02-25", ["b"]), "2026-06-01")
    pages = [WEEKS[0], WEEKS[1], WEEKS[3], without]
    assert fold(network(), pages, (), as_of="2026-05-31").changes == ()
    (left,) = fold(network(), pages, ()).changes
    assert (left.change, left.known_at) == ("left", written(without.listing.known_at))
    (spell,) = [s for s in fold(network(), pages, ()).spells if s.place_id == "a"]
    assert (spell.known_from, spell.known_to) == ("2026-01-05T12:00:00Z", left.known_at)


def test_an_older_list_dates_a_membership_back_and_leaves_when_we_first_knew_of_it() -> None:
    old = known(listing("2020-05-01", ["a"]), "2026-06-01")
    (spell,) = [s for s in fold(network(), [WEEKS[0], old], ()).spells if s.place_id == "a"]
    assert (spell.from_latest, spell.known_from) == ("2020-05-01", "2026-01-05T12:00:00Z")


@pytest.mark.parametrize("decided_on", ["2026-01-20", "2026-08-01"])
def test_a_statement_is_known_from_the_day_on_which_it_was_decided(decided_on: str) -> None:
    history = fold(network(), WEEKS, [said("a", "left", "2026-01-06", decided_on)])
    (left,) = history.changes
    assert (left.cause, left.known_at, left.latest) == ("judgement", f"{decided_on}T00:00:00Z", "2026-01-06")


def test_what_follows_from_a_late_statement_was_not_known_before_it() -> None:
    pages = [*WEEKS[:2], listing("2026-01-20", ["a", "b"])]
    (left, back) = fold(network(), pages, [said("a", "left", "2026-01-13", "2026-08-01")]).changes[::-1]
    assert {left.change, back.change} == {"left", "rejoined"}
    assert {left.known_at[:10], back.known_at[:10]} == {"2026-08-01"}


def test_many_lists_obtained_late_on_one_day_are_one_piece_of_knowledge() -> None:
    late = [known(listing(f"2025-{month:02}-01", ["a", "b"]), "2026-06-01") for month in range(1, 7)]
    spells = fold(network(), [*WEEKS, *late], ()).spells
    assert {(s.place_id, s.from_latest, s.known_from[:10]) for s in spells} == {
        ("a", "2025-01-01", "2026-01-05"),
        ("b", "2025-01-01", "2026-01-05"),
    }
    assert late[0].listing.known_at - late[0].listing.captured_at > timedelta(400)
