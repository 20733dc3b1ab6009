"""One more listing on top of what is known gives what a new fold of everything gives, through the store or not."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.history.folding import State, begin, extend, history_of
from citynet.history.knowledge import learn, learn_all, learns
from citynet.history.listed import NOT_COMPARED
from citynet.history.plan import Plan, plan
from citynet.history.sightings import order_of
from citynet.history.stored import as_document, from_document
from citynet.model import ResolvedListing
from history.arbitrary_histories import Told, anything, on_time
from history.listing_maker import listing, network, unresolved

PAGES = [
    listing("2020-01-01", ["a", "b", unresolved("Odd", "DE")]),
    listing("2020-02-01", ["b"]),
    listing("2020-03-01", ["b", "c"]),
    listing("2020-04-01", ["b", "c"]),
]
RULES = plan(network(), ())
IDS = tuple(page.listing.capture_id for page in PAGES)


def rules(told: Told) -> Plan:
    return plan(told.network, told.statements, told.municipal_changes, unrecorded=told.unrecorded)


def through_the_store(state: State) -> State:
    back = from_document(as_document(state, "a test", ("one",)), state.plan, "a test")
    assert back is not None
    assert back[1] == ("one",)
    return back[0]


def one_by_one(told: Told, pages: list[ResolvedListing]) -> State:
    """As it is lived through: what may be added is added, by way of the store; whatever else comes makes a new fold."""
    state, known = learn_all(rules(told), ()), list[ResolvedListing]()
    for page in pages:
        known.append(page)
        state = learn(through_the_store(state), page) if learns(state, page) else learn_all(rules(told), known)
    return state


@given(anything())
@settings(max_examples=200)
def test_increments_and_a_rebuild_give_the_same_state_to_the_byte(told: Told) -> None:
    in_order = sorted(told.pages, key=lambda page: page.listing.known_at)
    lived, rebuilt = one_by_one(told, in_order), learn_all(rules(told), told.pages)
    assert as_document(lived, "x", ()) == as_document(rebuilt, "x", ())
    assert history_of(lived) == history_of(rebuilt) == told.history()


@given(anything().flatmap(lambda told: st.tuples(st.just(told), st.permutations(told.pages))))
@settings(max_examples=150)
def test_the_order_in_which_captures_are_processed_changes_nothing(both: tuple[Told, list[ResolvedListing]]) -> None:
    told, pages = both
    assert history_of(one_by_one(told, pages)) == told.history()


@given(anything(), st.permutations(range(3)), st.permutations(range(3)))
@settings(max_examples=60)
def test_the_order_of_statements_and_municipal_changes_changes_nothing(told: Told, first: list[int], second: list[int]) -> None:
    statements = [told.statements[n] for n in first if n < len(told.statements)]
    changes = tuple(told.municipal_changes[n] for n in second if n < len(told.municipal_changes))
    assert replace(told, statements=statements, municipal_changes=changes).history() == told.history()


@given(anything())
@settings(max_examples=100)
def test_a_state_comes_back_from_the_store_as_it_was(told: Told) -> None:
    state = learn_all(rules(told), told.pages)
    assert through_the_store(state) == state


def test_a_listing_that_is_not_later_than_the_others_cannot_be_added() -> None:
    state = learn_all(RULES, PAGES[1:])
    assert not learns(state, PAGES[0])
    with pytest.raises(ValueError, match="cap-2020-01-01-complete is not later"):
        extend(state, PAGES[0])


def test_a_listing_known_before_the_newest_one_cannot_be_added_though_it_shows_a_later_day() -> None:
    late = replace(PAGES[0], listing=replace(PAGES[0].listing, known_at=PAGES[3].listing.known_at))
    assert not learns(learn_all(RULES, [late]), PAGES[1])


@pytest.mark.parametrize(
    "harm",
    [
        lambda document: b"",
        lambda document: document[: len(document) // 2],
        lambda document: document.replace(b"full", b"none", 1),
        lambda document: document.replace(b"cap-2020-01-01", b"cap-2020-01-02", 1),
        lambda document: document.replace(b'"form":', b'"form":9', 1),
        lambda document: b"[1, 2]\n" + document.partition(b"\n")[2],
        lambda document: b"\xff" + document,
    ],
    ids=["empty", "cut", "changed inside", "other captures", "other form", "no document", "no text"],
)
def test_a_damaged_state_is_none(harm) -> None:
    document = as_document(learn_all(RULES, PAGES), "a test", IDS)
    assert from_document(document, RULES, "a test") is not None
    assert from_document(harm(document), RULES, "a test") is None


def test_a_state_made_for_something_else_is_none() -> None:
    assert from_document(as_document(learn_all(RULES, PAGES), "a test", IDS), RULES, "another") is None


def test_what_is_kept_of_earlier_lists_does_not_grow_with_their_number() -> None:
    """Of lists with the same open names only the newest can date an arrival; else each week would make the next one slower."""
    state = begin(RULES)
    for week in range(40):
        day = f"202{week // 12}-{week % 12 + 1:02}-01"
        state = extend(state, listing(day, ["a", unresolved("Odd", "DE"), *([unresolved("Other")] if week % 2 else [])]))
    assert len(state.earlier) == 2 if state.earlier[0].unresolved else 1
    sizes = [len(json.dumps(as_document(s, "", ()).decode())) for s in (learn_all(RULES, PAGES[2:3]), learn_all(RULES, PAGES[2:]))]
    assert sizes[1] - sizes[0] < 60


@given(on_time(), st.integers(0, 8))
@settings(max_examples=150)
def test_changes_applied_to_the_old_members_give_the_new_ones(told: Told, cut: int) -> None:
    """Who is a member after the newer lists is who was one, less those who left or whose body ended, and those who came."""
    told = replace(told, statements=[], pages=sorted(told.pages, key=order_of))
    before, after = replace(told, pages=told.pages[:cut]).history(), told.history()
    new = set(after.changes) - set(before.changes)
    members = {spell.place_id for spell in before.spells if spell.state != "departed" and spell.tie in TIES}
    gone = {c.place_id for c in new if c.change in ("left", "network_closed")}
    gone |= {c.before for c in new if c.change in ("merged", "split")}
    gone |= {c.place_id for c in new if c.after == NOT_COMPARED}  # our record of it ended with lists that do not compare
    come = {c.place_id for c in new if c.change in ("joined", "rejoined", "tie_changed", "source_restructured", "merged", "split")}
    now = {spell.place_id for spell in after.spells if spell.state != "departed" and spell.tie in TIES}
    first_seen = {s.place_id for s in set(after.spells) - set(before.spells) if s.first_seen or s.joined_on}
    assert now <= members | come | first_seen
    assert members - now <= gone | {c.place_id for c in new if c.change == "tie_changed"}


TIES = frozenset({"full", "associate"})
