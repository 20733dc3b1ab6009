"""A member that is missing while the municipality it is a part of today is on the list: a merger that nobody recorded, or a departure?"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.history.spells import fold
from citynet.history.unrecorded import UnrecordedMerger, heirs_of
from citynet.model import History, Judgement, ResolvedListing
from history.arbitrary_histories import Told, anything, municipal
from history.listing_maker import Printed, listing, network, said, unresolved

FORMER, HEIR, OTHER, HEIRS_HEIR = "gn-former", "gn-heir", "gn-other", "gn-heirs-heir"
MERGER = (UnrecordedMerger(FORMER, HEIR),)
DAYS = ("2020-02-01", "2020-03-01", "2020-04-01", "2020-05-01", "2020-09-01", "2021-09-01")


def pages(*rows: list[Printed | str], origin: str = "live") -> list[ResolvedListing]:
    """One list a month, of the rows beside a member that never changes."""
    return [listing(day, [*found, "x"], origin=origin) for day, found in zip(("2020-01-01", *DAYS), rows, strict=False)]


def history(
    lists: list[ResolvedListing], statements: tuple[Judgement, ...] = (), changes: tuple[Judgement, ...] = (), merger=MERGER, **rules: int
) -> History:
    return fold(network(**rules), lists, statements, municipal_changes=changes, unrecorded=merger)


def standing(found: History, place: str = FORMER) -> list[tuple[str, str, str]]:
    return [(spell.state, spell.cause, spell.heir) for spell in found.spells if spell.place_id == place]


def world(found: History) -> list[tuple[str, str]]:
    return [(change.place_id, change.change) for change in found.changes if change.world]


HELD = [("departure_suspected", "", HEIR)]
LEFT = [("departed", "not_seen", "")]
GONE = [[FORMER, HEIR], *[[HEIR]] * 6]


def test_a_member_is_missing_while_what_it_is_a_part_of_is_a_member_all_along():
    found = history(pages(*GONE))
    assert standing(found) == HELD
    assert world(found) == []
    assert standing(fold(network(), pages(*GONE), ())) == LEFT  # as anybody whom no file tells of


def test_the_other_one_comes_onto_the_list_when_the_member_goes():
    found = history(pages([FORMER], *[[HEIR]] * 6))
    assert standing(found) == HELD
    assert (FORMER, "left") not in world(found)


def test_it_is_still_in_doubt_when_the_other_one_leaves_the_list_later():
    found = history(pages([FORMER, HEIR], [HEIR], *[[]] * 5))
    assert standing(found) == HELD
    assert world(found) == [(HEIR, "left")]


def test_where_the_list_has_lost_both_each_leaves_by_the_rule():
    found = history(pages([FORMER, HEIR], *[[]] * 6))
    assert standing(found) == LEFT
    assert world(found) == [(FORMER, "left"), (HEIR, "left")]


@pytest.mark.parametrize(
    "beside",
    [[], [OTHER], [Printed(HEIR, tie="former")], [Printed(HEIR, tie="board_seat")], [Printed(HEIR, tie="project_partner")]],
    ids=["nobody", "another body", "a former member", "a seat on the board", "a partner of a project"],
)
def test_one_whose_heir_is_no_member_leaves_by_the_rule(beside):
    assert standing(history(pages([FORMER], *[beside] * 6))) == LEFT


@pytest.mark.parametrize("tie", ["associate", "partner", "observer", "unknown"])
def test_a_member_under_another_tie_may_have_taken_over(tie):
    assert standing(history(pages([FORMER], *[[Printed(HEIR, tie=tie)]] * 6))) == HELD


def test_a_partner_of_a_project_and_a_former_member_leave_no_membership_to_be_held():
    rows = [[Printed(FORMER, tie="project_partner"), HEIR], *[[HEIR]] * 6]
    assert standing(history(pages(*rows))) == LEFT
    rows[0] = [Printed(FORMER, tie="former"), HEIR]
    assert [state for state, _, _ in standing(history(pages(*rows)))] == ["departed"]


def test_rebuilt_lists_and_lists_as_served_end_no_record_of_it_either():
    assert standing(history([*pages([FORMER], origin="reconstructed"), *pages([HEIR], *[[HEIR]] * 6)[1:]])) == HELD


@pytest.mark.parametrize(("listed", "expected"), [("", HELD), ("2019", HELD), ("2020", HELD), ("2021", LEFT), ("2024", LEFT)])
def test_one_that_was_a_municipality_still_in_a_later_year_was_not_merged_by_then(listed, expected):
    found = history(pages([FORMER, HEIR], *[[HEIR]] * 5), merger=(UnrecordedMerger(FORMER, HEIR, listed),))
    assert standing(found) == expected


def test_one_list_may_be_all_it_takes_to_leave_and_still_does_not_end_it():
    found = history(pages([FORMER, HEIR], [HEIR]), not_seen=1, days=0)
    assert [state for state, _, _ in standing(found)] == ["not_seen"]
    assert standing(history(pages(*GONE), not_seen=1, days=0)) == HELD


def test_a_person_says_that_it_left():
    found = history(pages(*GONE), (said(FORMER, "left", "2020-01-01/2020-02-01", "2020-06-01"),))
    assert standing(found) == [("departed", "judgement", "")]
    assert world(found) == [(FORMER, "left")]


def test_a_person_says_that_it_is_a_member_still():
    found = history(pages(*GONE), (said(FORMER, "not_left", "2020-06-01", "2020-06-02"),))
    assert [state for state, _, _ in standing(found)] == ["departure_suspected"]
    assert [heir for _, _, heir in standing(found)] == [""]  # the word keeps it, nobody need be asked


def test_the_page_says_that_it_left():
    rows = [[FORMER, HEIR], [HEIR], [HEIR], [Printed(FORMER, tie="former"), HEIR]]
    found = history(pages(*rows))
    assert [(s.state, s.cause) for s in found.spells if s.place_id == FORMER and s.tie == "full"] == [("departed", "statement")]


def test_the_page_shows_it_again():
    found = history(pages([FORMER, HEIR], [HEIR], [HEIR], [FORMER, HEIR]))
    assert standing(found) == [("listed", "", "")]
    assert [(c.change, c.cause) for c in found.changes if not c.world] == [("corrected", "reappeared")]


def test_a_person_records_the_merger():
    found = history(pages(*GONE), changes=(municipal(FORMER, "merged_into", HEIR, "2020-01-15"),))
    assert standing(found) == [("departed", "merged", "")]
    assert world(found) == []
    assert [(c.place_id, c.change) for c in found.changes] == [(HEIR, "merged")]


def test_a_recorded_merger_that_came_after_it_had_gone_lets_it_leave_by_its_own_days():
    rows = [[FORMER], *[[]] * 3, [], [HEIR], [HEIR]]
    record = (municipal(FORMER, "merged_into", HEIR, "2021-01-01"),)
    assert world(history(pages(*rows), changes=record)) == world(fold(network(), pages(*rows), (), municipal_changes=record))


def test_an_open_name_that_may_be_the_member_counts_for_nothing_as_before():
    lists = pages([FORMER, HEIR], *[[HEIR, unresolved("Former by another name", "DE")]] * 4)
    assert [(s.state, s.not_seen, s.heir) for s in history(lists).spells if s.place_id == FORMER] == [("not_seen", 0, "")]


def test_the_heir_of_the_heir_counts_whoever_tells_of_it():
    both = (*MERGER, UnrecordedMerger(HEIR, HEIRS_HEIR))
    lists = pages([FORMER], *[[HEIRS_HEIR]] * 4)
    held = [("departure_suspected", "", HEIRS_HEIR)]
    assert standing(history(lists, merger=both)) == held
    assert standing(history(lists, changes=(municipal(HEIR, "merged_into", HEIRS_HEIR, "2020-01-15"),))) == held


def test_a_successor_is_not_held_for_what_its_predecessor_was():
    """The former body was recorded as merged into another than the file says; that one is missing later, and leaves by the rule."""
    lists = pages([FORMER, HEIR], [OTHER, HEIR], *[[HEIR]] * 5)
    found = history(lists, changes=(municipal(FORMER, "merged_into", OTHER, "2020-01-15"),))
    assert standing(found, OTHER) == LEFT
    assert world(found) == [(OTHER, "left")]


def test_heirs_that_lead_back_are_none_of_themselves():
    ring = (UnrecordedMerger("a", "b"), UnrecordedMerger("b", "a"), UnrecordedMerger("c", "c"))
    assert {place: heirs.place_ids for place, heirs in heirs_of(ring, (), frozenset()).items()} == {"a": ("b",), "b": ("a",)}


@given(anything())
@settings(max_examples=150)
def test_only_bodies_that_may_have_been_merged_fare_otherwise_than_without_the_file(told: Told) -> None:
    """What the file adds is a doubt: it ends nothing, and of all other bodies it changes nothing."""
    may_be_merged = {merger.place_id for merger in told.unrecorded}
    with_file, without = told.history(), replace(told, unrecorded=()).history()
    touched = may_be_merged | {change["successor_id"] for change in (line.values for line in told.municipal_changes)}
    assert {s for s in with_file.spells if s.place_id not in touched} == {s for s in without.spells if s.place_id not in touched}
    assert {s.place_id for s in with_file.spells if s.heir} <= may_be_merged
    assert all(s.state != "departed" for s in with_file.spells if s.heir)


@given(st.lists(st.sets(st.sampled_from([FORMER, HEIR])), min_size=1, max_size=9), st.integers(1, 3))
def test_a_member_leaves_by_counting_unless_a_list_counted_against_it_showed_its_heir(rows: list[set[str]], not_seen: int) -> None:
    departures, member, absences, held = 0, False, 0, False
    for row in rows:
        if FORMER in row:
            member, absences, held = True, 0, False
        elif member:
            absences, held = absences + 1, held or HEIR in row
            if absences >= 3 and not held:  # three monthly lists span 42 days, fewer do not
                departures, member = departures + 1, False
    lists = [listing(f"2020-{month:02}-01", ["x", *sorted(row)]) for month, row in enumerate(rows, 1)]
    found = history(lists, not_seen=not_seen)
    assert world(found).count((FORMER, "left")) == departures
    assert [bool(heir) for state, _, heir in standing(found) if state != "departed"] == [held] * member
