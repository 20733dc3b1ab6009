"""Mergers, splits and renames of municipalities: the membership goes on or ends with the body, and nobody joins or leaves by it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.errors import ConfigError
from citynet.history.accepting import accept_all
from citynet.history.believing import beliefs
from citynet.history.spells import fold
from citynet.model import Change, History, Judgement, ResolvedListing, Spell
from history.listing_maker import Printed, listing, network, said, unresolved

OLD, NEW, OTHER = "gn-old", "gn-new", "gn-other"
BEFORE, MERGED, AFTER = "2019-06-01", "2020-01-01", "2020-06-01"


def municipal(
    place: str, change: str, successor: str = "", on: str = MERGED, former_name: str = "", decided_on: str = "2020-02-01"
) -> Judgement:
    values = {"place_id": place, "change": change, "successor_id": successor, "former_name": former_name, "date": on}
    signed = {"reviewer": "history-reviewer", "decided_on": decided_on, "reason": "told", "evidence_url": "https://office.example"}
    return Judgement("municipal_changes.csv:2", values | signed)


MERGER = (municipal(OLD, "merged_into", NEW),)
SPLIT = (municipal(OLD, "split_into", NEW), municipal(OLD, "split_into", OTHER))


def spells(history: History, place: str) -> list[Spell]:
    return [spell for spell in history.spells if spell.place_id == place]


def world(history: History) -> list[Change]:
    return [change for change in history.changes if change.world]


def record(history: History) -> list[tuple[str, str, str, str, str]]:
    return [(c.place_id, c.change, c.cause, c.before, c.after) for c in history.changes if not c.world]


MERGED_INTO_NEW = (NEW, "merged", "municipal_change", OLD, NEW)


def test_the_successor_on_the_list_continues_the_membership():
    history = fold(network(), [listing(BEFORE, [OLD, "x"]), listing(AFTER, [NEW, "x"])], (), municipal_changes=MERGER)
    (old,), (new,) = spells(history, OLD), spells(history, NEW)
    assert (old.state, old.cause, old.to_earliest, old.to_latest, old.known_to) == (
        "departed",
        "merged",
        MERGED,
        MERGED,
        f"{AFTER}T12:00:00Z",
    )
    assert new.known_from == old.known_to
    assert (new.state, new.from_latest, new.first_seen, new.name_as_published, new.evidence_capture_id) == (
        "listed",
        BEFORE,
        True,
        NEW,
        f"cap-{AFTER}-complete",
    )
    assert world(history) == []
    assert record(history) == [MERGED_INTO_NEW]


def test_where_the_list_prints_neither_the_successor_may_be_missing():
    pages = [listing(BEFORE, [OLD, "x"]), listing(AFTER, ["x"]), listing("2020-07-01", ["x"])]
    history = fold(network(), pages, (), municipal_changes=MERGER)
    assert [(s.state, s.cause) for s in spells(history, OLD)] == [("departed", "merged")]
    assert [(s.state, s.not_seen, s.name_as_published) for s in spells(history, NEW)] == [("departure_suspected", 2, OLD)]
    assert world(history) == []


def test_the_successor_leaves_by_the_same_rule_as_anybody():
    pages = [listing(BEFORE, [OLD, "x"]), *(listing(day, ["x"]) for day in (AFTER, "2020-07-01", "2020-08-01"))]
    assert [(c.place_id, c.change) for c in world(fold(network(), pages, (), municipal_changes=MERGER))] == [(NEW, "left")]


def test_a_list_that_still_prints_the_old_name_confirms_the_successor():
    pages = [listing(BEFORE, [OLD, "x"]), listing(AFTER, [OLD, "x"]), listing("2020-09-01", [NEW, "x"])]
    history = fold(network(), pages, (), municipal_changes=MERGER)
    assert [(s.state, s.cause) for s in spells(history, OLD)] == [("departed", "merged")]
    assert [(s.state, s.last_confirmed_on, s.name_as_published) for s in spells(history, NEW)] == [("listed", "2020-09-01", NEW)]
    assert world(history) == []
    assert record(history) == [MERGED_INTO_NEW, (NEW, "renamed", "municipal_change", OLD, NEW)]


def test_an_old_name_beside_the_successor_adds_nothing():
    pages = [listing(BEFORE, [OLD, Printed(NEW, tie="associate")]), listing(AFTER, [OLD, Printed(NEW, tie="associate")])]
    history = fold(network(), pages, (), municipal_changes=MERGER)
    assert [(s.state, s.tie, s.name_as_published) for s in spells(history, NEW)] == [("listed", "associate", NEW)]
    assert world(history) == []
    assert record(history) == [MERGED_INTO_NEW]


def test_an_old_name_first_printed_after_the_merger_is_the_successor():
    history = fold(network(), [listing(BEFORE, ["x"]), listing(AFTER, [OLD, "x"])], (), municipal_changes=MERGER)
    assert {s.place_id for s in history.spells} == {NEW, "x"}
    assert [(c.place_id, c.change) for c in world(history)] == [(NEW, "joined")]


def test_before_a_list_stands_after_the_merger_nothing_has_changed():
    history = fold(network(), [listing(BEFORE, [OLD])], (), municipal_changes=MERGER)
    assert [(s.place_id, s.state) for s in history.spells] == [(OLD, "listed")]


def test_of_several_merged_members_the_longest_membership_goes_on():
    pages = [listing("2018-01-01", ["x", OTHER]), listing(BEFORE, ["x", OTHER, OLD]), listing(AFTER, ["x", NEW])]
    both = (*MERGER, municipal(OTHER, "merged_into", NEW))
    history = fold(network(), pages, (), municipal_changes=both)
    assert [(s.from_latest, s.state) for s in spells(history, NEW)] == [("2018-01-01", "listed")]
    assert [(c.place_id, c.change) for c in world(history)] == [(OLD, "joined")]
    assert {before for _, change, _, before, _ in record(history) if change == "merged"} == {OLD, OTHER}


def test_who_had_left_before_the_merger_leaves_nothing_to_the_successor():
    pages = [listing(BEFORE, [OLD, "x"]), listing(AFTER, ["x"]), listing("2020-08-01", [NEW, "x"])]
    history = fold(network(), pages, [said(OLD, "left", "2019-09-01")], municipal_changes=MERGER)
    assert [(c.place_id, c.change) for c in world(history)] == [(NEW, "joined"), (OLD, "left")]
    assert record(history) == []


def test_a_merger_of_a_known_year_is_effective_on_the_complete_list_that_lacks_the_body():
    roughly = (municipal(OLD, "merged_into", NEW, "2020"),)
    pages = [listing(BEFORE, [OLD, "x"]), listing("2020-03-01", [OLD, "x"]), listing(AFTER, [NEW, "x"])]
    history = fold(network(), pages, (), municipal_changes=roughly)
    assert [(s.cause, s.to_earliest, s.to_latest) for s in spells(history, OLD)] == [("merged", "2020-03-01", AFTER)]
    assert world(history) == []


def test_a_chain_of_mergers_is_followed_to_its_end():
    chain = (municipal(NEW, "merged_into", OTHER, "2021-01-01"), *MERGER)
    pages = [listing(BEFORE, [OLD]), listing(AFTER, [NEW]), listing("2021-06-01", [OTHER])]
    for taken in (pages, [pages[0], pages[2]]):
        history = fold(network(), taken, (), municipal_changes=chain)
        assert {s.place_id: s.state for s in history.spells} == {OLD: "departed", NEW: "departed", OTHER: "listed"}
        assert world(history) == []


def test_a_merger_after_the_network_closed_changes_no_membership():
    closed = network(status="closed", since="2019-12-01")
    pages = [listing(BEFORE, [OLD]), listing(AFTER, [OLD])]
    assert fold(closed, pages, (), municipal_changes=MERGER) == fold(closed, pages, ())


def test_a_merger_is_known_from_the_day_on_which_it_was_recorded_and_changes_no_view_of_an_earlier_one():
    pages = [listing(BEFORE, [OLD, "x"]), listing("2020-01-15", [NEW, "x"])]
    assert fold(network(), pages, (), as_of="2020-01-31", municipal_changes=MERGER) == fold(network(), pages, ())
    assert [(c.change, c.place_id) for c in world(fold(network(), pages, ()))] == [("joined", NEW)]
    history = fold(network(), pages, (), municipal_changes=MERGER)
    assert world(history) == []
    assert [(c.change, c.known_at, c.evidence_capture_id) for c in history.changes] == [
        ("merged", "2020-02-01T00:00:00Z", pages[1].listing.capture_id)
    ]
    (old,), (new,) = spells(history, OLD), spells(history, NEW)
    assert (old.to_latest, old.known_to) == (MERGED, "2020-02-01T00:00:00Z")
    assert (new.from_latest, new.known_from) == (BEFORE, f"{pages[1].listing.captured_at:%Y-%m-%d}T12:00:00Z")


def test_a_merger_recorded_before_a_list_stands_after_it_is_known_with_that_list():
    pages = [listing(BEFORE, [OLD, "x"]), listing(AFTER, [NEW, "x"])]
    early = (municipal(OLD, "merged_into", NEW, decided_on="2019-10-01"),)
    assert fold(network(), pages, (), as_of="2020-05-31", municipal_changes=early) == fold(network(), pages[:1], ())
    (merged,) = fold(network(), pages, (), municipal_changes=early).changes
    assert (merged.change, merged.known_at) == ("merged", f"{AFTER}T12:00:00Z")


def test_a_departure_that_was_known_is_taken_back_by_a_merger_recorded_later():
    pages = [listing(BEFORE, [OLD, NEW]), *(listing(f"2020-{month:02}-15", [NEW]) for month in (1, 2, 3))]
    later = (municipal(OLD, "merged_into", NEW, decided_on="2020-05-01"),)
    (left,) = world(fold(network(), pages, (), as_of="2020-04-30", municipal_changes=later))
    assert (left.place_id, left.change, left.known_at[:10]) == (OLD, "left", "2020-03-15")
    history = fold(network(), pages, (), municipal_changes=later)
    assert (world(history), [c.known_at[:10] for c in history.changes]) == ([], ["2020-05-01"])


def test_a_list_that_only_a_recorded_reform_explains_is_believed_from_the_day_of_the_record():
    merged = [f"m{n}" for n in range(4)]
    changes = tuple(municipal(place, "merged_into", NEW, decided_on="2020-09-01") for place in merged)
    pages = [listing(BEFORE, [*merged, NEW, "x", "y"]), listing(AFTER, [NEW, "x", "y"]), listing("2020-10-01", [NEW, "x", "y"])]
    found = beliefs(network(), pages, (), changes)
    assert [decision.accepted for decision in found.decisions] == [True, True, True]
    assert found.listings[pages[1].listing.capture_id].believed == ("2020-09-01",)
    assert [d.accepted for d in beliefs(network(), pages[:2], ()).decisions] == [True, False]


def test_the_successors_of_a_split_body_are_no_joins_and_one_that_is_not_listed_is_nothing():
    history = fold(network(), [listing(BEFORE, [OLD, "x"]), listing(AFTER, [NEW, "x"])], (), municipal_changes=SPLIT)
    assert {s.place_id: (s.state, s.cause) for s in history.spells} == {
        OLD: ("departed", "split"),
        NEW: ("listed", ""),
        "x": ("listed", ""),
    }
    assert world(history) == []
    assert record(history) == [(NEW, "split", "municipal_change", OLD, NEW)]


def test_a_split_body_whose_successor_is_a_member_already_ends_with_a_record():
    history = fold(network(), [listing(BEFORE, [OLD, NEW]), listing(AFTER, [NEW])], (), municipal_changes=SPLIT)
    assert [(s.state, s.cause) for s in spells(history, OLD)] == [("departed", "split")]
    assert world(history) == []
    assert record(history) == [(OLD, "split", "municipal_change", OLD, "")]


def test_a_split_body_without_a_successor_on_the_list_has_ended_and_not_left():
    history = fold(network(), [listing(BEFORE, [OLD, "x"]), listing(AFTER, ["x"])], (), municipal_changes=SPLIT)
    assert [(s.state, s.cause, s.to_latest) for s in spells(history, OLD)] == [("departed", "split", MERGED)]
    assert world(history) == []
    assert record(history) == [(OLD, "split", "municipal_change", OLD, "")]


def test_while_the_page_prints_the_split_body_it_stays_and_a_successor_beside_it_has_not_joined():
    pages = [listing(BEFORE, [OLD]), listing(AFTER, [OLD, NEW]), listing("2020-09-01", [NEW, OTHER])]
    history = fold(network(), pages, (), municipal_changes=SPLIT)
    assert {s.place_id: s.state for s in history.spells} == {OLD: "departed", NEW: "listed", OTHER: "listed"}
    assert world(history) == []
    assert [fact for fact in record(history) if fact[1] == "split"] == [
        (NEW, "split", "municipal_change", OLD, NEW),
        (OTHER, "split", "municipal_change", OLD, OTHER),
    ]


def test_an_unmatched_name_that_may_be_the_split_body_keeps_its_end_open():
    pages = [listing(BEFORE, [OLD]), listing(AFTER, [NEW, unresolved("Olde", "DE", OLD)])]
    assert [(s.state, s.not_seen) for s in spells(fold(network(), pages, (), municipal_changes=SPLIT), OLD)] == [("not_seen", 0)]


@pytest.mark.parametrize(
    ("before", "after", "page", "cause"),
    [
        ("Kirovohrad", "Kropyvnytskyi", AFTER, "municipal_change"),
        ("Kirovohrad (Kropyvnytskyy)", "Kropyvnytskyi", AFTER, "municipal_change"),
        ("Kirovohrad", "Kropyvnytskyi", "2019-09-01", "spelling"),
        ("Kirovohrad", "City of KIROVOHRAD", AFTER, "spelling"),
        ("Kropyvnytskyi", "Kirovohrad", AFTER, "spelling"),
    ],
)
def test_a_new_printed_name_says_whether_the_municipality_was_renamed(before, after, page, cause):
    renamed = (municipal(OLD, "renamed", former_name="Kirovohrad"),)
    pages = [listing(BEFORE, [Printed(OLD, before)]), listing(page, [Printed(OLD, after)])]
    assert record(fold(network(), pages, (), municipal_changes=renamed)) == [(OLD, "renamed", cause, before, after)]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ((municipal(OLD, "moved", NEW),), r"municipal_changes\.csv:2: expected a change of merged_into, split_into, renamed"),
        ((municipal(OLD, "merged_into", NEW, "soon"),), "a date YYYY, YYYY-MM or YYYY-MM-DD; got 'merged_into' and 'soon'"),
        ((*MERGER, municipal(NEW, "merged_into", OLD)), "expected successors that do not lead back"),
    ],
)
def test_a_change_that_cannot_be_followed_is_refused(changes, told):
    with pytest.raises(ConfigError, match=told):
        fold(network(), [listing(BEFORE, [OLD])], (), municipal_changes=changes)


def test_a_date_of_joining_printed_beside_the_successor_is_no_news():
    pages = [listing(BEFORE, [OLD]), listing(AFTER, [Printed(NEW, joined_on="2019-02")])]
    history = fold(network(), pages, (), municipal_changes=MERGER)
    assert [s.joined_on for s in spells(history, NEW)] == ["2019-02"]
    assert world(history) == []


def test_an_old_name_shown_as_former_member_says_nothing_of_the_successor():
    history = fold(
        network(), [listing(BEFORE, [OLD, "x"]), listing(AFTER, [Printed(OLD, tie="former"), "x"])], (), municipal_changes=MERGER
    )
    assert [s.state for s in spells(history, NEW)] == ["not_seen"]
    assert world(history) == []


def test_a_former_member_leaves_no_membership_to_the_successor():
    history = fold(network(), [listing(BEFORE, [Printed(OLD, tie="former"), "x"]), listing(AFTER, ["x"])], (), municipal_changes=MERGER)
    assert spells(history, NEW) == []


def test_the_tie_printed_beside_an_old_name_is_not_that_of_the_successor():
    pages = [listing(BEFORE, [Printed(NEW, tie="associate"), OLD]), listing(AFTER, [OLD])]
    history = fold(network(), pages, (), municipal_changes=MERGER)
    assert [(s.tie, s.state) for s in spells(history, NEW)] == [("associate", "listed")]
    assert world(history) == []


def test_a_continued_membership_does_not_reach_into_an_earlier_one_of_the_successor():
    pages = [listing("2017-01-01", [OLD, NEW]), *(listing(f"2018-0{month}-01", [OLD]) for month in (1, 2, 3)), listing(AFTER, [NEW])]
    earlier, later = sorted(spells(fold(network(), pages, (), municipal_changes=MERGER), NEW), key=lambda s: s.known_from)
    assert (earlier.cause, earlier.to_earliest, earlier.to_latest) == ("not_seen", "2017-01-01", "2018-01-01")
    assert (later.from_earliest, later.state) == ("2017-01-01", "listed")


def test_a_page_that_still_prints_one_who_left_before_the_merger_gives_the_successor_nothing():
    pages = [listing(BEFORE, [OLD, "x"]), listing("2019-09-01", [OLD, "x"]), listing(AFTER, [OLD, "x"])]
    history = fold(network(), pages, [said(OLD, "left", "2019-08-01")], municipal_changes=MERGER)
    assert spells(history, NEW) == []
    assert [(c.place_id, c.change) for c in world(history)] == [(OLD, "left")]


def test_a_split_body_printed_again_has_not_joined():
    pages = [listing(BEFORE, [OLD]), listing(AFTER, [NEW]), listing("2020-09-01", [OLD, NEW])]
    history = fold(network(), pages, (), municipal_changes=SPLIT)
    assert sorted((s.state, s.first_seen) for s in spells(history, OLD)) == [("departed", True), ("listed", True)]
    assert world(history) == []


REFORM = tuple(municipal(old, "merged_into", NEW) for old in ("a", "b", "c"))


@pytest.mark.parametrize("successors", [[NEW], ["x1"]])
def test_a_reform_that_merges_many_members_is_no_collapse_while_their_successor_is_listed(successors):
    others = [f"x{number}" for number in range(10)]
    pages = [listing(BEFORE, ["a", "b", "c", *others]), listing(AFTER, [*successors, *others])]
    _, reformed = accept_all(network(), pages, (), municipal_changes=REFORM)
    assert reformed.accepted is (NEW in successors)
    assert (reformed.gone, reformed.come) == ((0, 0) if reformed.accepted else (3, 0))
    _, unexplained = accept_all(network(), pages, ())
    assert (unexplained.accepted, unexplained.gone) == (False, 3)


# --- properties ---

START = date(2019, 6, 1)
ROW = st.sampled_from(
    [OLD, NEW, OTHER, "x", Printed(OLD, "Alt"), Printed(NEW, tie="associate"), unresolved("Odd", "DE"), Printed(NEW, on_hold=True)]
)
PLAIN = st.sampled_from([OLD, NEW, "x", Printed(OLD, "Alt"), Printed(NEW, "Neu"), Printed(OLD, tie="associate")])
CHANGES = st.sampled_from(
    [MERGER, SPLIT, (*MERGER, municipal(NEW, "merged_into", OTHER, "2020-03")), (municipal(OLD, "merged_into", NEW, "2020"),)]
)


def histories(rows: st.SearchStrategy[Printed | str]) -> st.SearchStrategy[list[ResolvedListing]]:
    """Up to eight pages, one every two months, from before the changes until after."""
    each = st.tuples(st.lists(rows, min_size=1, max_size=4), st.sampled_from(["complete", "complete", "partial"]))
    found = st.lists(each, min_size=1, max_size=8)
    return found.map(lambda pages: [listing((START + timedelta(61 * n)).isoformat(), *page) for n, page in enumerate(pages)])


@given(st.lists(PLAIN, max_size=3), st.sampled_from([OLD, NEW]), st.lists(PLAIN, min_size=1, max_size=4))
@settings(max_examples=150)
def test_a_merger_between_two_listings_is_never_a_change_of_the_world(others, member, after):
    history = fold(network(), [listing(BEFORE, [member, *others]), listing(AFTER, after)], (), municipal_changes=MERGER)
    assert [change for change in world(history) if change.place_id == OLD] == []
    members_before = {row.place if isinstance(row, Printed) else row for row in (member, *others)}
    if OLD in members_before and NEW not in members_before:
        assert [change for change in world(history) if change.place_id == NEW] == []
    assert not {"joined", "left", "rejoined"} & {change.change for change in world(history) if change.place_id == NEW}


@given(histories(ROW), CHANGES)
@settings(max_examples=150)
def test_spells_of_one_body_follow_each_other_and_at_most_one_is_open(pages, changes):
    found = fold(network(not_seen=2, days=30), pages, (), municipal_changes=changes).spells
    for place in {spell.place_id for spell in found}:
        mine = sorted((s for s in found if s.place_id == place), key=lambda s: (s.known_from, s.known_to or "9"))
        assert sum(not s.to_latest for s in mine) <= 1
        assert all((s.state == "departed") == bool(s.to_latest) == bool(s.known_to) for s in mine)
        assert all(s.from_earliest <= s.from_latest <= (s.to_latest or "9") and s.from_latest <= s.last_confirmed_on for s in mine)
        for one, later in pairwise(mine):
            assert one.to_latest
            assert one.to_earliest <= later.from_latest
            assert one.to_earliest <= (later.from_earliest or later.from_latest)


@given(histories(ROW).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))), CHANGES)
@settings(max_examples=100)
def test_neither_the_order_of_listings_nor_that_of_the_changes_matters(both, changes):
    assert fold(network(), both[0], (), municipal_changes=changes) == fold(network(), both[1], (), municipal_changes=changes[::-1])


@given(histories(ROW), CHANGES, st.integers(1, 7))
@settings(max_examples=100)
def test_a_new_listing_takes_no_change_back(pages, changes, cut):
    before = fold(network(), pages[:cut], (), municipal_changes=changes)
    assert set(before.changes) <= set(fold(network(), pages, (), municipal_changes=changes).changes)


@given(histories(ROW), CHANGES)
@settings(max_examples=100)
def test_after_its_merger_a_body_is_no_member_any_more(pages, changes):
    pages = [*pages, listing("2022-01-01", ["x"])]
    merged = {line.values["place_id"] for line in changes if line.values["change"] == "merged_into"}
    history = fold(network(), pages, (), municipal_changes=changes)
    assert {s.state for s in history.spells if s.place_id in merged} <= {"departed"}
    assert not [c for c in world(history) if c.place_id in merged and c.latest >= "2021-01-01"]
