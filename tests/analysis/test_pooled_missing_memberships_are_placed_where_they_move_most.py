"""The search for placings of missing memberships in the count model, held against every placing of small samples."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pytest

from citynet.analysis.count_placings import count_reach, furthest
from citynet.analysis.negative_binomial import counts_of, fitted
from citynet.analysis.placings import Missing
from citynet.analysis.size_models import Fit, Sample, families_by_size


def sample(seed: int, overdispersed: float) -> Sample:
    """Some thirty municipalities of three countries, in the last of which nobody joined any of up to five families."""
    chance = np.random.default_rng(seed)
    countries = np.repeat(["AT", "DE", "FR"], [10, 12, 6])
    residents = np.exp(chance.normal(10, 1.2, len(countries)))
    may_join = chance.integers(2, 6, len(countries))
    mean = np.exp(0.4 * (np.log2(residents) - 14)) * chance.gamma(1 / overdispersed, overdispersed, len(countries))
    joined = np.minimum(may_join, chance.poisson(0.9 * mean / mean.mean()))
    joined[countries == "FR"] = 0
    return Sample(countries, residents, joined, may_join)


def every_placing(of: Sample, missing: Missing) -> Iterator[np.ndarray]:
    for number in range(missing.number + 1):
        for rows in combinations_with_replacement(range(len(of.joined)), number):
            placed = np.bincount(rows, minlength=len(of.joined)) if rows else np.zeros(len(of.joined), dtype=int)
            counts = {country: int(placed[of.countries == country].sum()) for country in ("AT", "DE", "FR")}
            beyond = sum(max(0, count - missing.within.get(country, 0)) for country, count in counts.items())
            if beyond <= missing.anywhere and (of.joined + placed <= of.may_join).all():
                yield placed


def with_placed(of: Sample, placed: np.ndarray) -> Fit:
    return families_by_size(replace(of, joined=of.joined + placed))


@pytest.mark.parametrize(
    ("seed", "overdispersed", "missing"),
    [(0, 0.2, Missing(1)), (6, 0.2, Missing(1)), (13, 1.0, Missing(0, {"AT": 1, "DE": 1})), (15, 1.0, Missing(1, {"FR": 1}))],
)
def test_of_small_samples_the_furthest_of_all_placings_is_found(seed: int, overdispersed: float, missing: Missing) -> None:
    of = sample(seed, overdispersed)
    fit = families_by_size(of)
    reach = count_reach(of, missing, fit)
    assert reach is not None
    every = [with_placed(of, placed) for placed in every_placing(of, missing)]
    assert reach.low == pytest.approx(min(found.low for found in every if found.low), rel=1e-6)
    assert reach.high == pytest.approx(max(found.high for found in every if found.high), rel=1e-6)
    assert reach.low < (fit.low or 0)
    assert reach.high > (fit.high or 0)


def test_an_end_is_that_of_the_placing_that_is_told() -> None:
    of, missing = sample(15, 1.0), Missing(2, {"FR": 1})
    ends = furthest(of, missing)
    assert ends is not None
    low, high = (with_placed(of, end.placed) for end in ends)
    assert (low.low, high.high) == pytest.approx((ends[0].ratio, ends[1].ratio), rel=1e-6)
    for end in ends:
        assert (of.joined + end.placed <= of.may_join).all()
        assert end.placed[of.countries != "FR"].sum() <= 2
        assert end.placed.sum() <= 3


def test_what_is_found_is_told_as_found_by_search() -> None:
    of = sample(15, 1.0)
    reach = count_reach(of, Missing(1), families_by_size(of))
    assert reach is not None
    assert reach.placings.endswith("; found by search, and no proof that none reaches further")
    assert "1 more in " in reach.placings


def test_nothing_missing_and_no_model_have_no_reach() -> None:
    of = sample(15, 1.0)
    assert count_reach(of, Missing(), families_by_size(of)) is None
    nobody = replace(of, joined=np.zeros(len(of.joined), dtype=int))
    assert count_reach(nobody, Missing(3), families_by_size(nobody)) is None


def whole_list(each: int = 10) -> Sample:
    """Hundreds or thousands of municipalities, most of them small and in no family, as a list of local units has them."""
    chance = np.random.default_rng(0)
    countries = np.repeat(["AT", "DE", "ES", "FR"], [20 * each, 80 * each, 100 * each, 200 * each])
    residents = np.maximum(50, np.exp(chance.normal(7.5, 1.5, len(countries)))).round()
    mean = 3 / (1 + np.exp2(1.4 * (15 - np.log2(residents))))
    return Sample(countries, residents, np.minimum(10, chance.poisson(mean)), np.full(len(countries), 10))


def test_the_fast_fit_is_that_of_the_published_model() -> None:
    for of in (whole_list(), sample(6, 0.2), sample(13, 1.0)):
        published, fast = families_by_size(of), fitted(counts_of(of.countries, of.residents, of.may_join), of.joined)
        assert fast is not None
        ends = [np.exp(fast.slope + way * 1.959963984540054 * fast.error) for way in (-1, 1)]
        assert ends == pytest.approx([published.low, published.high], rel=1e-6)
        assert fast.alpha == pytest.approx(published.overdispersion, abs=1e-5)


def test_many_memberships_heaped_on_the_smallest_municipalities_take_no_reach_away() -> None:
    """Solvers that start from the rates of countries never come back from such a placing, so that one try spoiled all."""
    of = whole_list()
    fit, reach = families_by_size(of), count_reach(of, Missing(60), families_by_size(of))
    assert reach is not None
    assert reach.low < (fit.low or 0) < (fit.high or 0) < reach.high
    heaped = np.zeros(len(of.joined), dtype=int)
    heaped[np.argsort(of.residents + 10**9 * of.joined, kind="stable")[:6]] = 10
    assert with_placed(of, heaped).converged
    assert reach.low <= (with_placed(of, heaped).low or 0) * (1 + 1e-6)


def test_a_known_large_place_is_not_placed_among_the_small() -> None:
    of = whole_list(2)
    fit = families_by_size(of)
    anybody, large = (
        count_reach(of, missing, fit) for missing in (Missing(0, {"DE": 2}), Missing(1, {}, {"DE": [int(of.residents.max()) + 1]}))
    )
    nobody = count_reach(of, Missing(0, {}, {"DE": [int(of.residents.max()) + 1]}), fit)
    assert anybody is not None and large is not None and nobody is not None  # noqa: PT018
    assert nobody.low == pytest.approx(fit.low, rel=1e-6)
    assert large.low < nobody.low
    assert nobody.high > (fit.high or 0)
