"""Spearman's rank correlation, in the standard library's numbers."""

from collections.abc import Sequence
from functools import lru_cache
from math import asin, pi, sqrt
from random import Random
from statistics import correlation, quantiles

RESAMPLES = 10_000
SEED = 2018
"""Named so that the same table gives the same interval; the year of the report, chosen before computing."""


def spearman(x: Sequence[float], y: Sequence[float]) -> float:
    """Pearson's correlation of the ranks, ties at their mean rank. StatisticsError where one side never varies."""
    return correlation(_ranks(x), _ranks(y))


def spearman_p(rho: float, n: int) -> float:
    """Two-sided p-value of rho under no relation, n >= 3 pairs: Student's t with n - 2 degrees of freedom.

    The finite sums of Abramowitz and Stegun, 26.7.3 and 26.7.4: the sine of their angle is rho itself.
    """
    freedom, cosine_squared = n - 2, 1 - rho**2
    term = sqrt(cosine_squared) if freedom % 2 else 1.0
    total, power = 0.0, freedom % 2
    while power <= freedom - 2:
        total += term
        term *= cosine_squared * (power + 1) / (power + 2)
        power += 2
    within = abs(rho) * total
    return 1 - (2 / pi * (asin(abs(rho)) + within) if freedom % 2 else within)


@lru_cache(maxsize=1)
def spearman_interval(x: tuple[float, ...], y: tuple[float, ...]) -> tuple[float, float]:
    """95 % percentile interval over resamples of the pairs, drawn with replacement; it needs no normal distribution.

    A resample in which one side never varies has no correlation and is left out. Kept, for it takes half a second.
    """
    random, found = Random(SEED), []
    for _ in range(RESAMPLES):
        drawn = random.choices(range(len(x)), k=len(x))
        a, b = [x[i] for i in drawn], [y[i] for i in drawn]
        if len(set(a)) > 1 and len(set(b)) > 1:
            found.append(spearman(a, b))
    cuts = quantiles(found, n=40, method="inclusive")
    return cuts[0], cuts[-1]


def leaving_one_out(x: Sequence[float], y: Sequence[float]) -> tuple[float, float]:
    """Smallest and largest correlation that remains when any one pair is left out."""
    left = [spearman([*x[:i], *x[i + 1 :]], [*y[:i], *y[i + 1 :]]) for i in range(len(x))]
    return min(left), max(left)


def _ranks(values: Sequence[float]) -> list[float]:
    first: dict[float, int] = {}
    last: dict[float, int] = {}
    for place, value in enumerate(sorted(values), 1):
        first.setdefault(value, place)
        last[value] = place
    return [(first[value] + last[value]) / 2 for value in values]
