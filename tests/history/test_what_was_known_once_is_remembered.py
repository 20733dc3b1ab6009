"""A change of the world that is not known any more is kept with the day on which it went, for those who had been told of it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.history.knowledge import learn_all
from citynet.history.plan import plan
from citynet.history.sightings import in_order
from citynet.history.stored import as_document, from_document
from citynet.history.undone import Undone
from citynet.model import ResolvedListing
from history.arbitrary_histories import DAYS, lists
from history.listing_maker import listing, network

RULES = plan(network(), ())
WEEKS = ("2020-01-06", "2020-01-13", "2020-01-20", "2020-01-27", "2020-02-03", "2020-02-10", "2020-02-17", "2020-02-24", "2020-03-02")


def told(undone: tuple[Undone, ...]) -> list[tuple[str, str, str]]:
    return [(one.change.place_id, one.change.change, one.on) for one in undone]


def until(page: ResolvedListing, day: str) -> ResolvedListing:
    """The list believed since it came until a day."""
    return replace(page, believed=(page.listing.capture_id.removeprefix("cap-")[:10], day))


def test_a_join_that_stood_on_a_list_refused_since_is_remembered_with_its_day_and_the_list():
    hacked = until(listing("2020-01-13", ["a", "b", "z"]), "2020-01-22")
    state = learn_all(RULES, [listing("2020-01-06", ["a", "b"]), hacked, listing("2020-01-20", ["a", "b"])])
    assert told(state.undone) == [("z", "joined", "2020-01-22")]
    assert state.undone[0].turned == (hacked.listing.capture_id,)
    kept = from_document(as_document(state, "x", ()), RULES, "x")
    assert kept is not None
    assert kept[0].undone == state.undone


def test_a_departure_and_the_return_after_it_go_with_the_cut_lists_between():
    whole = [listing(day, ["a", "b"]) for day in (WEEKS[0], WEEKS[-1])]
    cut = [listing(day, ["b"]) for day in WEEKS[1:-1]]
    assert learn_all(RULES, [*whole, *cut]).undone == ()
    state = learn_all(RULES, [*whole, *(until(page, "2020-03-05") for page in cut)])
    assert sorted(told(state.undone)) == [("a", "left", "2020-03-05"), ("a", "rejoined", "2020-03-05")]


def test_a_change_that_another_list_decides_as_well_is_not_lost():
    pages = [listing("2020-01-06", ["a"]), until(listing("2020-01-13", ["a", "z"]), "2020-01-25"), listing("2020-01-20", ["a", "z"])]
    assert learn_all(RULES, pages).undone == ()


@given(lists(), st.lists(DAYS, min_size=1, max_size=3))
@settings(max_examples=200)
def test_what_was_lost_by_a_day_stays_so_whatever_is_learnt_later(pages: list[ResolvedListing], days: list[str]) -> None:
    lost = learn_all(RULES, pages).undone
    for day in days:
        assert learn_all(RULES, in_order(pages, day)).undone == tuple(one for one in lost if one.on <= day)
