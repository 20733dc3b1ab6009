"""The share of all memberships that the most-connected tenth of the cities holds, and how far unmatched names may move it."""

from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.analysis.concentration import held_by_most_connected


def test_the_tenth_with_most_memberships_by_hand() -> None:
    found = held_by_most_connected([5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2], 0)
    assert found is not None
    assert (found.cities, found.memberships, found.most_connected) == (11, 16, 2)
    assert (found.share, found.share_low, found.share_high) == (7 / 16, 7 / 16, 7 / 16)


def test_equal_cities_hold_their_part_and_one_city_holds_all() -> None:
    equal, one = held_by_most_connected([3] * 100), held_by_most_connected([4])
    assert equal is not None
    assert one is not None
    assert (equal.share, one.share) == (0.1, 1)


def test_nobody_holds_nothing_and_a_city_without_memberships_is_refused() -> None:
    assert held_by_most_connected([]) is None
    with pytest.raises(ValueError, match="memberships of 1 or more and unresolved of 0 or more, got 0"):
        held_by_most_connected([1, 0])


@given(st.lists(st.integers(1, 5), min_size=1, max_size=12), st.integers(0, 3))
def test_whosever_the_unmatched_names_are_the_share_lies_within_its_bounds(counts: list[int], unresolved: int) -> None:
    """Every way to give the unmatched to cities seen or not seen before."""
    found = held_by_most_connected(counts, unresolved)
    assert found is not None
    for owners in combinations_with_replacement(range(len(counts) + unresolved), unresolved):
        filled = [*counts, *[0] * unresolved]
        for owner in owners:
            filled[owner] += 1
        truth = held_by_most_connected([count for count in filled if count])
        assert truth is not None
        assert found.share_low - 1e-12 <= truth.share <= found.share_high + 1e-12
