"""Weighted sets of a given size, compiled: which pairs of things come together in them.

Imported inside functions only: importing it loads numba.
"""

from math import log

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def joint_inclusion(weights: NDArray[np.float64], size: int, scale: float) -> tuple[float, NDArray[np.float64]]:
    """The logarithm of the sum over all sets of `size` things of the product of their weights, and how likely two come together.

    On the diagonal: how likely one comes. scale: the geometric mean of the `size` largest weights, by which all are divided to keep
    the numbers small. Sums of products of the things before, between and after a pair (elementary symmetric polynomials), all
    terms positive: nothing cancels.
    """
    n = len(weights)
    w = weights / scale
    before, after = np.zeros((n + 1, size + 1)), np.zeros((n + 1, size + 1))
    before[0, 0] = after[n, 0] = 1.0
    for a in range(n):
        _with(before[a], w[a], before[a + 1])
        _with(after[n - a], w[n - 1 - a], after[n - 1 - a])
    whole = before[n, size]
    both, between, wider = np.zeros((n, n)), np.zeros(size + 1), np.zeros(size + 1)
    for a in range(n):
        both[a, a] = w[a] * _joined(before[a], after[a + 1], size - 1) / whole
        for j in range(size + 1):
            between[j] = before[a, j]
        for b in range(a + 1, n):
            both[a, b] = both[b, a] = w[a] * w[b] * _joined(between, after[b + 1], size - 2) / whole
            _with(between, w[b], wider)
            between, wider = wider, between
    return log(whole) + size * log(scale), both


@njit(cache=True, nogil=True)
def _with(sums: NDArray[np.float64], weight: float, wider: NDArray[np.float64]) -> None:
    """Fills `wider` with the sums for sets that may hold one thing more."""
    wider[0] = sums[0]
    for j in range(1, len(sums)):
        wider[j] = sums[j] + weight * sums[j - 1]


@njit(cache=True, nogil=True)
def _joined(left: NDArray[np.float64], right: NDArray[np.float64], size: int) -> float:
    """The sum for sets of `size` things of two separate groups, 0 for a negative size."""
    total = 0.0
    for j in range(size + 1):
        total += left[j] * right[size - j]
    return total
