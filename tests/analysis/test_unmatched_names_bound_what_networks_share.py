"""What names without a place could change in the overlap of two lists, against all that they may be, tried one by one."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.list_maker import members
from citynet.analysis.lists import MemberList
from citynet.analysis.overlap import network_overlap
from citynet.analysis.overlap_bounds import BOUNDED, overlap_bounds
from citynet.model import Row

AS_OF = "2022-09-27"
PLACES = st.frozensets(st.sampled_from("abcd"))
NAMES = st.integers(0, 2)
NEW = ("new1", "new2", "new3", "new4")
"""Municipalities on neither list: as many as both lists can have unmatched names."""


def row_of(a: MemberList, b: MemberList) -> Row:
    (row,) = network_overlap([a, b], set(), AS_OF)
    return row


def completed(one: MemberList) -> Iterator[MemberList]:
    """The list with each unmatched name some municipality that it has not, or none."""
    others = sorted({*"abcd", *NEW} - one.municipality_ids)
    for found in chain.from_iterable(combinations(others, count) for count in range(one.unresolved + 1)):
        yield replace(one, municipality_ids=one.municipality_ids | {*found}, unresolved=0)


@settings(max_examples=60)
@given(PLACES, PLACES, NAMES, NAMES)
def test_the_bounds_are_the_least_and_the_most_over_all_that_unmatched_names_may_be(
    x: frozenset[str], y: frozenset[str], of_x: int, of_y: int
) -> None:
    a, b = members("a", x, unresolved=of_x), members("b", y, unresolved=of_y)
    every = [row_of(one, other) for one in completed(a) for other in completed(b)]
    row = row_of(a, b)
    for name in BOUNDED:
        low, high = row[f"{name}_low"], row[f"{name}_high"]
        if row[name] is None:
            assert (low, high) == (None, None)
            continue
        values = [float(str(found[name])) for found in every if found[name] is not None]
        assert (low, high) == (pytest.approx(min(values)), pytest.approx(max(values)))
        assert low <= row[name] <= high  # type: ignore[operator]


def test_without_unmatched_names_each_figure_is_its_own_bound() -> None:
    row = row_of(members("a", "abc"), members("b", "bcde"))
    assert {(row[f"{name}_low"], row[f"{name}_high"]) == (row[name], row[name]) for name in BOUNDED} == {True}


def test_a_name_may_be_the_other_lists_member_or_meet_its_open_name() -> None:
    """Of 1 and 2 open names one may be c, one a, and the third meets none: at most 3 of 3 and 4 are shared."""
    a, b = members("a", "ab", unresolved=1), members("b", "bc", unresolved=2)
    assert overlap_bounds(a, b)["shared"] == (1, 3)
    assert overlap_bounds(members("a", "b", unresolved=2), members("b", "b", unresolved=2))["shared"] == (1, 3)


def test_a_partial_list_has_no_bounds_above() -> None:
    row = row_of(members("a", "abc", unresolved=1), members("b", "bc", complete=False))
    assert (row["n_a_low"], row["n_a_high"]) == (3, 4)
    assert {row[f"{name}_{end}"] for name in BOUNDED if name != "n_a" for end in ("low", "high")} == {None}
