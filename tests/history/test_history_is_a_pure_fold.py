"""Properties of the fold over arbitrary small histories."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.history.spells import fold
from citynet.model import ResolvedListing
from history.listing_maker import Printed, listing, network, unresolved

START = date(2020, 1, 1)
ROW = st.sampled_from(
    [
        "a",
        "b",
        "c",
        Printed("a", tie="associate"),
        Printed("b", on_hold=True),
        Printed("c", joined_on="2019"),
        unresolved("Odd", "DE"),
        unresolved("A or B", "DE", "a", "b"),
    ]
)
ROWS = st.lists(ROW, min_size=1, max_size=5)


def pages(coverage: st.SearchStrategy[str]) -> st.SearchStrategy[list[ResolvedListing]]:
    """Up to seven pages, one every three weeks."""
    each = st.lists(st.tuples(ROWS, coverage), min_size=1, max_size=7)
    return each.map(lambda found: [listing((START + timedelta(21 * n)).isoformat(), *page) for n, page in enumerate(found)])


ANY = pages(st.sampled_from(["complete", "partial"]))


@given(ANY.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
@settings(max_examples=60)
def test_the_order_in_which_listings_are_given_changes_nothing(both: tuple[list[ResolvedListing], list[ResolvedListing]]) -> None:
    assert fold(network(), both[0], ()) == fold(network(), both[1], ())


@given(ANY)
@settings(max_examples=60)
def test_a_listing_given_twice_changes_nothing(found: list[ResolvedListing]) -> None:
    assert fold(network(), found, ()) == fold(network(), found + found, ())


@given(pages(st.just("partial")))
@settings(max_examples=60)
def test_partial_listings_alone_never_give_a_join_a_departure_or_an_absence(found: list[ResolvedListing]) -> None:
    history = fold(network(not_seen=1, days=0), found, ())
    assert not {change.change for change in history.changes} & {"joined", "left", "rejoined", "tie_changed"}
    assert {spell.state for spell in history.spells} <= {"listed", "on_hold"}


@given(ANY, st.integers(1, 6))
@settings(max_examples=60)
def test_a_new_listing_adds_changes_and_takes_none_back(found: list[ResolvedListing], cut: int) -> None:
    before, after = fold(network(), found[:cut], ()), fold(network(), found, ())
    assert set(before.changes) <= set(after.changes)
    assert {spell for spell in before.spells if spell.state == "departed"} <= set(after.spells)


@given(ANY, st.integers(1, 4), st.integers(0, 80))
@settings(max_examples=80)
def test_a_body_leaves_only_after_n_complete_listings_without_it_over_d_days(found: list[ResolvedListing], n: int, days: int) -> None:
    for change in fold(network(not_seen=n, days=days), found, ()).changes:
        if change.change == "left":
            without = [
                page.listing.captured_at.date()
                for page in found
                if page.listing.coverage == "complete"
                and change.latest <= page.listing.captured_at.date().isoformat() <= change.known_at[:10]
                and change.place_id not in {resolution.place_id for resolution in page.resolutions}
            ]
            assert len(without) >= n
            assert (without[-1] - without[0]).days >= days


def beside(page: ResolvedListing, stranger: ResolvedListing) -> ResolvedListing:
    """The page with the rows of another added at its end."""
    rows = (*page.listing.rows, *(replace(row, number=row.number + 100) for row in stranger.listing.rows))
    return ResolvedListing(replace(page.listing, rows=rows), (*page.resolutions, *stranger.resolutions))


@given(ANY)
@settings(max_examples=60)
def test_a_row_that_can_be_none_of_the_bodies_changes_nothing(found: list[ResolvedListing]) -> None:
    """Its candidates name somebody else, so it never keeps a departure open nor makes a join uncertain."""
    stranger = listing("2020-01-01", [unresolved("X or Y", "DE", "x", "y")])
    assert fold(network(), [beside(page, stranger) for page in found], ()) == fold(network(), found, ())


@given(ANY)
@settings(max_examples=60)
def test_a_body_has_at_most_one_open_spell_and_ended_spells_are_departed(found: list[ResolvedListing]) -> None:
    spells = fold(network(), found, ()).spells
    open_ones = [spell.place_id for spell in spells if not spell.to_latest]
    assert len(open_ones) == len(set(open_ones))
    assert all((spell.state == "departed") == bool(spell.to_latest) == bool(spell.known_to) for spell in spells)
    assert all(spell.from_earliest <= spell.from_latest for spell in spells)
