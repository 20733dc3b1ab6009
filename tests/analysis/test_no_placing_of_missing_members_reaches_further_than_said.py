"""Intervals over all placings of missing members: held against every placing of small samples, one by one."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, permutations, product
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.analysis import profile_likelihood as profile
from citynet.analysis.placed_likelihood import likelihoods, strata
from citynet.analysis.placings import Missing, cheapest, logit_reach, widest
from citynet.analysis.size_models import Fit, Sample, membership_by_size

HALF_DROP = 3.841458820694124 / 2
STEEP = np.geomspace(8, 60, 100)
SLOPES = np.concatenate([-STEEP[:0:-1], np.linspace(-8, 8, 1601), STEEP[1:]])


def log_likelihood(size: np.ndarray, member: np.ndarray, group: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """Of who the members are given how many in each country, by writing out every way to choose as many."""
    total = np.zeros(len(slopes))
    for number in np.unique(group):
        sizes, inside = size[group == number], member[group == number]
        sums = np.array([sum(ways) for ways in combinations(sizes, int(inside.sum()))])
        total -= np.logaddexp.reduce(slopes[:, None] * (sums - sizes[inside].sum()), axis=1)
    return total


def placings(size: np.ndarray, member: np.ndarray, group: np.ndarray, missing: Missing) -> Iterator[np.ndarray]:
    """Every set of others that the missing members may be, fewer than all of them too, by every way to say who is whom."""
    others, whoever = np.flatnonzero(~member), [("", 0)] * missing.anywhere
    whoever += [(country, 0) for country, number in missing.within.items() for _ in range(number)]
    whoever += [(country, least) for country, bounds in missing.at_least.items() for least in bounds]
    for number in range(min(missing.number, len(others)) + 1):
        for chosen in combinations(others, number):
            if any(
                all(country in ("", group[row]) and 2 ** size[row] >= least for (country, least), row in zip(who, chosen, strict=True))
                for who in permutations(whoever, number)
            ):
                placed = member.copy()
                placed[list(chosen)] = True
                yield placed


def falls_short(size: np.ndarray, placed: np.ndarray, group: np.ndarray, at: float) -> float:
    """By how much less than 1.92 the slope at the lower end is less likely than the best above it: 0 if it is this placing's end."""
    above = np.append(SLOPES[at < SLOPES], at)
    curve = log_likelihood(size, placed, group, above)
    return float(HALF_DROP - (curve.max() - curve[-1]))


@st.composite
def samples(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, Missing]:
    counts = draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
    group = np.repeat([f"C{number}" for number in range(len(counts))], counts)
    size = np.array(draw(st.lists(st.integers(0, 12), min_size=len(group), max_size=len(group))), dtype=float) / 2
    member = np.array(draw(st.lists(st.booleans(), min_size=len(group), max_size=len(group))))
    within = {"C0": draw(st.integers(0, 1))}
    bounds = draw(st.lists(st.integers(1, 80), max_size=2))
    return size, member, group, Missing(draw(st.integers(0, 2 - len(bounds))), within, {"C0": bounds})


@settings(max_examples=60)
@given(samples())
def test_every_placing_lies_within_and_an_attained_end_is_that_of_its_placing(
    found: tuple[np.ndarray, np.ndarray, np.ndarray, Missing],
) -> None:
    size, member, group, missing = found
    for turned, end in zip((size, -size), widest(group, size, member, missing), strict=True):
        low = end.slope if turned is size else -end.slope
        # A least size may bind the lowest end alone: among the largest it binds nobody, and none is needed there.
        every = list(placings(size, member, group, missing if turned is size else without_bounds(missing)))
        if low > -inf:
            assert max(falls_short(turned, placed, group, low) for placed in every) <= 1e-3
        if low > -inf and end.attained:
            assert abs(falls_short(turned, smallest(turned, member, group, end.placed, missing), group, low)) <= 1e-3
        if low == -inf and end.attained:
            assert falls_short(turned, smallest(turned, member, group, end.placed, missing), group, -10.0) >= 0


def test_an_end_that_cannot_be_proved_is_set_further_out_and_said_to_be() -> None:
    group = np.array(["A"] * 3 + ["B"] * 6)
    size = np.array([-2.3, -2.1, 1.3, 0.5, -1.8, 1.1, 0.3, -2.6, -0.6])
    member = np.isin(np.arange(9), [0, 2, 6])
    low, high = widest(group, size, member, Missing(1))
    assert (low.attained, high.attained) == (False, True)
    short = [falls_short(size, placed, group, low.slope) for placed in placings(size, member, group, Missing(1))]
    assert -0.1 < max(short) < 0  # of each placing the end lies above, of one of them not far
    found = Sample(group, np.exp2(size + 12), member.astype(int), np.ones(9, dtype=int))
    reach = logit_reach(found, Missing(1), Fit("logit", low=1.0, high=1.0))
    assert reach is not None
    assert reach.placings == (
        "lower end near that with the smallest others of A (1), set so far out that none can pass it; "
        "upper end with the largest others of B (1); no placing reaches further"
    )


def without_bounds(missing: Missing) -> Missing:
    """The same members if nothing is known of their size."""
    return Missing(missing.anywhere, Counter(missing.within) + Counter({c: len(of) for c, of in missing.at_least.items()}))


def smallest(
    size: np.ndarray, member: np.ndarray, group: np.ndarray, placed: Mapping[str, tuple[int, int]], missing: Missing
) -> np.ndarray:
    """The members if of each country so many of its smallest others are members too, those of a least size chosen first."""
    made = member.copy()
    for country, (number, bounded) in placed.items():
        for least in [*sorted(sorted(missing.at_least.get(country, ()))[:bounded], reverse=True), *[0] * (number - bounded)]:
            rows = np.flatnonzero((group == country) & ~made & ((2**size >= least) | (least == 0)))
            made[rows[np.argsort(size[rows], kind="stable")][0]] = True
    return made


def test_a_known_large_member_is_not_placed_among_the_small_at_the_lower_end() -> None:
    of = sample({"AT": range(5000, 9000, 100)}, {"AT": range(20, 40, 2)})
    fit = membership_by_size(of)
    anybody, large, larger = (
        logit_reach(of, Missing(0, *each), fit) for each in (({"AT": 1},), ({}, {"AT": [8000]}), ({}, {"AT": [9000]}))
    )
    assert anybody is not None and large is not None and larger is not None  # noqa: PT018
    assert anybody.low < large.low <= larger.low == fit.low
    assert anybody.high == large.high == larger.high
    assert "lower end with the smallest others of AT (1);" in anybody.placings


def sample(sizes: Mapping[str, Sequence[int]], members: Mapping[str, Sequence[int]]) -> Sample:
    """Municipalities by country with their residents; members by their place in that order."""
    countries = [country for country, of in sizes.items() for _ in of]
    joined = [int(number in members.get(country, ())) for country, of in sizes.items() for number in range(len(of))]
    residents = [float(count) for of in sizes.values() for count in of]
    return Sample(np.array(countries), np.array(residents), np.array(joined), np.ones(len(joined), dtype=int))


def test_in_countries_too_large_for_the_conditional_likelihood_every_placing_lies_within_too() -> None:
    of = sample(
        {"AT": [5000 + 700 * n for n in range(61)], "DE": [4000 + 900 * n for n in range(9)]},
        {"AT": range(16, 60, 4), "DE": [3, 7]},
    )
    fit = membership_by_size(of)
    reach = logit_reach(of, Missing(1), fit)
    assert reach is not None
    every = [fit]
    for row in np.flatnonzero(of.joined == 0):
        placed = of.joined.copy()
        placed[row] = 1
        every.append(membership_by_size(replace(of, joined=placed), checks=False))
    assert reach.low == pytest.approx(min(found.low for found in every if found.low), rel=1e-5)
    assert reach.high == pytest.approx(max(found.high for found in every if found.high), rel=1e-5)


@pytest.mark.parametrize("slope", [-2.0, 0.0, 0.7, 6.0])
def test_the_likelihood_of_each_number_of_missing_members_is_that_of_the_model(slope: float) -> None:
    size = np.log2(np.concatenate([np.arange(1, 13) * 1000.0, np.arange(1, 81) * 500.0]))
    group = np.repeat([0, 1], [12, 80])
    member = np.isin(np.arange(92), [3, 9, 40, 70, 90])
    for number in (0, 1, 4, 11):
        placed = member.copy()
        for country in (0, 1):
            placed[np.flatnonzero((group == country) & ~member)[: min(number, 9)]] = True
        expected = profile.log_likelihood(profile.prepared(size, placed.astype(float), group), slope)
        found = likelihoods(strata(size, member, group, [11, 11], [(), ()]), slope)
        assert sum(of[min(number, 9), 0] for of in found) == pytest.approx(expected, abs=1e-7)


def test_where_everybody_or_nobody_is_a_member_a_country_tells_nothing() -> None:
    size, group = np.arange(70.0), np.zeros(70, dtype=int)
    found = likelihoods(strata(size, np.arange(70) > 4, group, [9], [()]), 0.3)[0]
    assert len(found) == 6
    assert found[-1] == pytest.approx(0, abs=1e-9)
    assert likelihoods(strata(size, np.zeros(70, dtype=bool), group, [0], [()]), 0.3)[0] == [[0.0]]


@given(
    st.lists(st.lists(st.integers(-9, 9), min_size=1, max_size=4), min_size=1, max_size=3),
    st.lists(st.integers(0, 2), min_size=3, max_size=3),
    st.integers(0, 4),
)
def test_the_cheapest_allocation_is_the_cheapest_of_all(costs: list[list[int]], own: list[int], anywhere: int) -> None:
    own = own[: len(costs)]
    costs = [cost[: mine + anywhere + 1] for cost, mine in zip(costs, own, strict=True)]
    total, placed = cheapest([np.array(cost, dtype=float) for cost in costs], own, anywhere)

    def beyond(numbers: Sequence[int]) -> int:
        return sum(max(0, number - mine) for number, mine in zip(numbers, own, strict=True))

    every = [numbers for numbers in product(*(range(len(cost)) for cost in costs)) if beyond(numbers) <= anywhere]
    assert beyond(placed) <= anywhere
    assert total == sum(cost[number] for cost, number in zip(costs, placed, strict=True))
    assert total == min(sum(cost[number] for cost, number in zip(costs, numbers, strict=True)) for numbers in every)


def test_nothing_missing_and_no_interval_have_no_reach() -> None:
    of = sample({"AT": range(5000, 9000, 100)}, {"AT": range(20, 40, 2)})
    assert logit_reach(of, Missing(), membership_by_size(of)) is None
    few = sample({"AT": range(5000, 9000, 100)}, {"AT": [3]})
    assert logit_reach(few, Missing(4), membership_by_size(few)) is None
