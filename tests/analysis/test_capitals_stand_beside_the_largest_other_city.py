"""The exact sign test of capitals: against scipy, against every placing of missing names, and on pairs by hand."""

from itertools import combinations, combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from citynet.analysis.capitals import Pair, capital_pairs, eligible_pairs, network_sign_test, pooled_sign_test, with_unsized_capitals
from citynet.analysis.lists import MemberList

RESIDENTS = {
    "Bern": ("CH", 134_000),
    "Zurich": ("CH", 423_000),
    "Vienna": ("AT", 1_982_000),
    "Graz": ("AT", 292_000),
    "Linz": ("AT", 292_000),
    "Luxembourg": ("LU", 132_000),
    "Oslo": ("NO", None),
    "Bergen": ("NO", 289_000),
}
CAPITALS = {"AT": "Vienna", "CH": "Bern", "LU": "Luxembourg", "NO": "Oslo"}


def members(*ids: str, unresolved: int = 0) -> MemberList:
    return MemberList("net", "2026-01-31", True, "current", frozenset(ids), frozenset(ids), unresolved)


def pairs(number: int) -> list[Pair]:
    return [Pair(f"C{n}", f"capital{n}", f"other{n}", False) for n in range(number)]


def test_the_other_city_is_the_largest_that_is_not_the_capital() -> None:
    found = capital_pairs(RESIDENTS, CAPITALS)
    assert [(pair.capital, pair.other, pair.other_larger) for pair in found] == [
        ("Vienna", "Graz", False),
        ("Bern", "Zurich", True),
        ("Oslo", "Bergen", False),
    ]
    assert eligible_pairs(found, frozenset(("Vienna", "Graz", "Zurich"))) == found[:1]


def test_a_capital_of_unknown_size_may_join_where_the_largest_other_city_may() -> None:
    found = capital_pairs(RESIDENTS, CAPITALS)
    assert [pair.capital for pair in found if not pair.sized] == ["Oslo"]
    assert with_unsized_capitals(found, frozenset({"Graz"})) == {"Graz"}
    assert with_unsized_capitals(found, frozenset({"Graz", "Bergen"})) == {"Graz", "Bergen", "Oslo"}


def test_a_country_whose_largest_cities_are_listed_by_their_parts_has_no_pair() -> None:
    assert [pair.country for pair in capital_pairs(RESIDENTS, CAPITALS, frozenset({"CH", "NO"}))] == ["AT"]


def test_what_may_be_the_capital_by_another_id_is_no_other_city() -> None:
    countries = {
        least: [pair.country for pair in capital_pairs(RESIDENTS, CAPITALS, at_least={"Oslo": least})] for least in (200_000, 300_000)
    }
    assert countries == {200_000: ["AT", "CH"], 300_000: ["AT", "CH", "NO"]}


def test_pairs_that_agree_say_nothing() -> None:
    both = ("capital0", "other0")
    found = network_sign_test(pairs(3), members(*both, "capital1"))
    assert (found.pairs, found.capital_more, found.other_more) == (3, 1, 0)
    assert (found.share, found.p) == (1.0, 1.0)
    nothing = network_sign_test(pairs(3), members(*both))
    assert (nothing.share, nothing.interval, nothing.p) == (None, None, None)


@given(st.integers(0, 12), st.integers(0, 12))
def test_p_and_interval_are_those_of_the_binomial_test(capital: int, other: int) -> None:
    joined = [f"capital{n}" for n in range(capital)] + [f"other{n}" for n in range(capital, capital + other)]
    found = network_sign_test(pairs(26), members(*joined))
    if capital + other:
        expected = binomtest(capital, capital + other)
        ends = expected.proportion_ci(method="exact")
        assert found.p == pytest.approx(expected.pvalue)
        assert found.interval == pytest.approx((ends.low, ends.high))
        assert found.widest == found.interval


@settings(max_examples=50)
@given(st.lists(st.sampled_from([(1, 1), (1, 0), (0, 1), (0, 0)]), min_size=1, max_size=4), st.integers(0, 3))
def test_missing_names_widen_the_interval_to_that_of_every_placing(joined: list[tuple[int, int]], unresolved: int) -> None:
    ids = [f"{side}{n}" for n, both in enumerate(joined) for side, yes in zip(("capital", "other"), both, strict=True) if yes]
    found = network_sign_test(pairs(len(joined)), members(*ids, unresolved=unresolved))
    free = [f"{side}{n}" for n, both in enumerate(joined) for side, yes in zip(("capital", "other"), both, strict=True) if not yes]
    ends = []
    for chosen in (few for number in range(unresolved + 1) for few in combinations(free, number)):
        each = network_sign_test(pairs(len(joined)), members(*ids, *chosen))
        ends += [each.interval] if each.interval else []
    if ends:
        assert found.widest == pytest.approx((min(low for low, _ in ends), max(high for _, high in ends)))
    else:
        assert found.widest is None


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=3), st.integers(0, 2))
def test_families_that_missing_names_may_add_stay_within_the_widest_interval(joined: list[tuple[int, int]], missing: int) -> None:
    counts = {f"{side}{n}": count for n, both in enumerate(joined) for side, count in zip(("capital", "other"), both, strict=True)}
    may_join = dict.fromkeys(counts, 3)
    found = pooled_sign_test(pairs(len(joined)), counts, may_join, missing)
    for chosen in combinations_with_replacement([None, *counts], missing):
        more = dict(counts)
        for place in chosen:
            if place and more[place] < 3:
                more[place] += 1
        each = pooled_sign_test(pairs(len(joined)), more, may_join, 0)
        if each.interval and found.widest:
            assert found.widest[0] <= each.interval[0] + 1e-12
            assert each.interval[1] <= found.widest[1] + 1e-12
