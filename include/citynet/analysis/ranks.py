"""Spearman's rank correlation, in the standard library's numbers."""

from collections.abc import Sequence
from math import atanh, sqrt, tanh
from statistics import correlation


def spearman(x: Sequence[float], y: Sequence[float]) -> float:
    """Pearson's correlation of the ranks, ties at their mean rank. StatisticsError where one side never varies."""
    return correlation(_ranks(x), _ranks(y))


def spearman_interval(rho: float, n: int) -> tuple[float, float]:
    """95 % interval on Fisher's scale with the variance of Bonett and Wright (2000), (1 + rho**2 / 2) / (n - 3)."""
    half = 1.96 * sqrt((1 + rho**2 / 2) / (n - 3))
    return tanh(atanh(rho) - half), tanh(atanh(rho) + half)


def leaving_one_out(x: Sequence[float], y: Sequence[float]) -> tuple[float, float]:
    """Smallest and largest correlation that remains when any one pair is left out."""
    left = [spearman([*x[:i], *x[i + 1 :]], [*y[:i], *y[i + 1 :]]) for i in range(len(x))]
    return min(left), max(left)


def _ranks(values: Sequence[float]) -> list[float]:
    in_order = sorted(values)
    return [in_order.index(value) + (in_order.count(value) + 1) / 2 for value in values]
