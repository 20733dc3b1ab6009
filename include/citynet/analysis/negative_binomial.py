"""The count model of size_models.py fitted again and again, for the many placings of missing memberships that are tried.

Newton's method on the same likelihood (NB2; Poisson where there is no overdispersion) and with the same errors, from the observed
information. The effect of a country meets no other country's, so each step is sums by country and a system of two unknowns, the slope
and the overdispersion: a hundredth of the time that a solver takes which does not know this.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Any

Array = Any
_ROUNDS, _HALVINGS, _STILL = 200, 40, 1e-10
_FLATTEST = 1e-7
"""Overdispersion below which the likelihood is Poisson's to all digits that are told."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Arrays of one row a municipality. size: log2 residents less its country's mean; group: number of its country."""

    size: Array
    group: Array
    groups: int
    may_join: Array


@dataclass(frozen=True, slots=True, eq=False)
class CountFit:
    """slope: log of expected families per doubling of residents, and its standard error; alpha: overdispersion, 0 for Poisson.

    levels: of each country the log of expected families at its mean size, -inf where nobody joined any.
    """

    slope: float
    error: float
    alpha: float
    levels: Array


def counts_of(countries: Array, residents: Array, may_join: Array) -> Counts:
    """The data of the model without who joined what."""
    import numpy as np

    codes, group = np.unique(countries, return_inverse=True)
    size = np.log2(residents)
    return Counts(size - (np.bincount(group, size) / np.bincount(group))[group], group, len(codes), may_join.astype(float))


def expected(of: Counts, fit: CountFit) -> Array:
    """The number of families expected of each municipality; 0 in countries without any."""
    import numpy as np

    return of.may_join * np.exp(fit.slope * of.size + fit.levels[of.group])


def fitted(of: Counts, joined: Array, near: CountFit | None = None) -> CountFit | None:
    """The fit to the families joined; near: that of similar numbers, to begin from. None where it does not converge."""
    import numpy as np

    total = np.bincount(of.group, joined, of.groups)
    inside = (total > 0)[of.group] & (of.may_join > 0)
    numbers = np.unique(of.group[inside], return_inverse=True)[1]
    used = Counts(of.size[inside], numbers, int(numbers.max()) + 1, of.may_join[inside])
    rows = _Rows(used, joined[inside].astype(float), np.bincount(joined[inside].astype(int)))
    slope = near.slope if near else 0.0
    levels = np.log(total[total > 0] / np.bincount(numbers, used.may_join * np.exp(slope * used.size)))
    poisson = _climbed(rows, _At(slope, levels, 0.0))
    if poisson is None:
        return None
    at, error = poisson
    mean = _mean(rows, at)
    excess = float(((rows.joined - mean) ** 2 - rows.joined).sum())
    if excess > 0:
        alpha = near.alpha if near and near.alpha else excess / float((mean**2).sum())
        found = _climbed(rows, _At(at.slope, at.levels, max(alpha, _FLATTEST)))
        if found is None:
            return None
        at, error = found
    every = np.full(of.groups, -np.inf)
    every[total > 0] = at.levels
    return CountFit(at.slope, error, at.alpha, every)


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Municipalities of the countries in which somebody joined. of_number: how many joined 0, 1, 2, ... families."""

    counts: Counts
    joined: Array
    of_number: Array


@dataclass(frozen=True, slots=True, eq=False)
class _At:
    slope: float
    levels: Array
    alpha: float


def _mean(rows: _Rows, at: _At) -> Array:
    import numpy as np

    return rows.counts.may_join * np.exp(np.minimum(at.slope * rows.counts.size + at.levels[rows.counts.group], 700.0))


def _log_likelihood(rows: _Rows, at: _At) -> float:
    """Up to what does not depend on the model; the logs of gamma functions as sums over whole numbers, which stay exact near Poisson."""
    import numpy as np

    mean = _mean(rows, at)
    who = rows.joined > 0
    told = float((rows.joined[who] * np.log(mean[who])).sum())
    if not at.alpha:
        return told - float(mean.sum())
    steps = np.arange(len(rows.of_number))
    beyond = rows.of_number[::-1].cumsum()[::-1][1:]  # of 0, 1, 2, ... how many joined more
    spread = float((beyond * np.log1p(at.alpha * steps[:-1])).sum())
    return told + spread - float(((rows.joined + 1 / at.alpha) * np.log1p(at.alpha * mean)).sum())


def _climbed(rows: _Rows, at: _At) -> tuple[_At, float] | None:
    """To the top of the likelihood, with the error of the slope there; the overdispersion moves only if it is not 0 at the start."""
    height = _log_likelihood(rows, at)
    for _ in range(_ROUNDS):
        step = _step(rows, at)
        if step is None:
            return None
        (slope, levels, alpha), error, gain = step
        if gain < _STILL:  # the last step doubles the digits
            return _At(at.slope + slope, at.levels + levels, at.alpha + alpha), error
        for halving in range(_HALVINGS):
            part = 0.5**halving
            grown = max(at.alpha + part * alpha, at.alpha / 4, _FLATTEST) if at.alpha else 0.0
            other = _At(at.slope + part * slope, at.levels + part * levels, grown)
            reached = _log_likelihood(rows, other)
            if reached > height:
                at, height = other, reached
                break
        else:  # no higher in any digit: the top, unless the step still promises something
            return (at, error) if gain < 1e-6 else None
    return None


def _step(rows: _Rows, at: _At) -> tuple[tuple[float, Array, float], float, float] | None:
    """Newton's step, the error of the slope, and by how much the likelihood should rise; None where the information is singular."""
    import numpy as np

    size, group, groups = rows.counts.size, rows.counts.group, rows.counts.groups
    mean, alpha = _mean(rows, at), at.alpha
    flat = 1 + alpha * mean
    score = (rows.joined - mean) / flat
    weight = mean * (1 + alpha * rows.joined) / flat**2
    by_country = np.bincount(group, score, groups)
    whole, tilted = np.bincount(group, weight, groups), np.bincount(group, weight * size, groups)
    if not (np.isfinite(whole).all() and (whole > 0).all()):
        return None
    slope_score = float((score * size).sum()) - float((tilted * by_country / whole).sum())
    information = float((weight * size**2).sum()) - float((tilted**2 / whole).sum())
    if information <= 0:
        return None
    if not alpha:
        slope = slope_score / information
        levels = (by_country - tilted * slope) / whole
        return (slope, levels, 0.0), 1 / sqrt(information), slope_score * slope + float((by_country**2 / whole).sum())
    mixed = score * mean / flat
    mixed_by = np.bincount(group, mixed, groups)
    own_score, bend = _of_alpha(rows, mean, alpha)
    own_score -= float((mixed_by * by_country / whole).sum())
    between = float((mixed * size).sum()) - float((tilted * mixed_by / whole).sum())
    bend -= float((mixed_by**2 / whole).sum())
    left = bend - between**2 / information
    if left > 0:
        more = (own_score - between * slope_score / information) / left
        error = sqrt(bend / (information * left))
    else:  # not yet near the top: twice or half of the overdispersion
        more, error = (alpha if own_score > 0 else -alpha / 2), 1 / sqrt(information)
    slope = (slope_score - between * more) / information
    levels = (by_country - tilted * slope - mixed_by * more) / whole
    gain = abs(slope_score * slope) + abs(own_score * more) + float((by_country**2 / whole).sum())
    return (slope, levels, more), error, gain


def _of_alpha(rows: _Rows, mean: Array, alpha: float) -> tuple[float, float]:
    """First derivative of the log likelihood by the overdispersion, and less the second."""
    import numpy as np

    steps = np.arange(len(rows.of_number))[:-1]
    beyond = rows.of_number[::-1].cumsum()[::-1][1:]
    share = steps / (1 + alpha * steps)
    logs, part = np.log1p(alpha * mean), mean / (1 + alpha * mean)
    first = float((beyond * share).sum()) + float((logs / alpha**2 - (rows.joined + 1 / alpha) * part).sum())
    second = float((2 * part / alpha**2 - 2 * logs / alpha**3 + (rows.joined + 1 / alpha) * part**2).sum())
    return first, float((beyond * share**2).sum()) - second
