"""Tails of the hypergeometric and the Poisson-binomial distribution, compiled: many pairs, exact sums of positive terms.

Imported inside functions only: importing it loads numba. The compiled code is kept beside this file, or where NUMBA_CACHE_DIR says.
"""

from math import exp, lgamma, log, log1p

import numpy as np
from numba import njit
from numpy.typing import NDArray

NEGLIGIBLE = 1e-17
"""A term smaller than this part of its sum no longer changes it."""
LEAST = 1e-40
"""Jumps of one class less probable than this are left out: tails are right down to about here."""
LOWEST = -600.0
"""Below this logarithm a product of probabilities is too near to 0 to start from."""


@njit(cache=True, nogil=True)
def hypergeometric_tails(
    universe: NDArray[np.int64], marked: NDArray[np.int64], drawn: NDArray[np.int64], shared: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """P(X <= shared) and P(X >= shared) of each case, X the marked among `drawn` without replacement from `universe`.

    The tail that leads away from the mode is summed, for its terms fall quickly; the other is what it lacks.
    """
    lower, upper = np.empty(len(shared)), np.empty(len(shared))
    for n in range(len(shared)):
        size, m, d, k = universe[n], marked[n], drawn[n], shared[n]
        least, most = max(0, d + m - size), min(m, d)
        at = exp(_log_choose(m, k) + _log_choose(size - m, d - k) - _log_choose(size, d))
        term, beyond = 1.0, 1.0
        if k * (size + 2) < (d + 1) * (m + 1):
            for j in range(k, least, -1):
                term *= j * (size - m - d + j) / ((m - j + 1) * (d - j + 1))
                beyond += term
                if term < NEGLIGIBLE * beyond:
                    break
            lower[n] = min(1.0, at * beyond)
            upper[n] = min(1.0, 1 - lower[n] + at)
        else:
            for j in range(k, most):
                term *= (m - j) * (d - j) / ((j + 1) * (size - m - d + j + 1))
                beyond += term
                if term < NEGLIGIBLE * beyond:
                    break
            upper[n] = min(1.0, at * beyond)
            lower[n] = min(1.0, 1 - upper[n] + at)
    return lower, upper


@njit(cache=True, nogil=True)
def poisson_binomial_tails(
    chance: NDArray[np.float64], count: NDArray[np.int64], shared: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """P(X <= shared) and P(X >= shared) of each case, X how many of independent places come true.

    chance[case, class] is the probability of each of the count[class] places of a class. States above `shared` are one, so that
    either tail is a sum of positive terms.
    """
    lower, upper = np.empty(len(shared)), np.empty(len(shared))
    for n in range(len(shared)):
        k = shared[n]
        state = np.zeros(k + 2)
        state[0] = 1.0
        for c in range(len(count)):
            if chance[n, c] > 0:
                _add(state, chance[n, c], count[c])
        upper[n] = min(1.0, state[k] + state[k + 1])
        lower[n] = min(1.0, state[: k + 1].sum())
    return lower, upper


@njit(cache=True, nogil=True)
def _add(state: NDArray[np.float64], p: float, count: int) -> None:
    """Adds a binomial number of places to the distribution `state`, whose last entry means "as many or more"."""
    most = len(state) - 1
    jump = np.zeros(most + 1)
    _binomial(jump, p, count)
    for s in range(most, -1, -1):
        held = state[s]
        if held == 0.0:
            continue
        state[s] = held * jump[0] if s < most else held
        room = most - s
        beyond = 0.0
        for j in range(1, most + 1):
            if jump[j] == 0.0:
                continue
            if j < room:
                state[s + j] += held * jump[j]
            else:
                beyond += jump[j]
        if s < most:
            state[most] += held * beyond


@njit(cache=True, nogil=True)
def _binomial(jump: NDArray[np.float64], p: float, count: int) -> None:
    """Fills `jump` with the binomial probabilities of 0, 1, ... places, the last entry with that of as many or more."""
    most = len(jump) - 1
    if p >= 1.0:
        jump[min(count, most)] = 1.0
        return
    odds, base, mean = log(p) - log1p(-p), count * log1p(-p), count * p
    term = exp(base)
    for j in range(count + 1):
        if base < LOWEST:
            term = exp(_log_choose(count, j) + j * odds + base)
        jump[min(j, most)] += term
        if j > mean and (term < LEAST or (j > most and term < NEGLIGIBLE * jump[most])):
            break
        term *= (count - j) / (j + 1) * p / (1 - p)


@njit(cache=True, nogil=True)
def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0)
