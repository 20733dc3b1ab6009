"""The likelihood of a logit slope with country effects: for each slope the effects that fit best, or none where they would mislead.

An effect estimated from a handful of municipalities pulls the slope away from zero (twofold where a country has two). So countries of
at most SMALL municipalities enter by the conditional likelihood, that of which of them are members given how many are; in larger ones
the pull is under one in SMALL and the profile likelihood stands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import comb, inf, log
from typing import Any

STEEPEST = 60.0
"""Log odds per doubling beyond which a limit is called infinite: 60 is a factor of 10^26."""
SMALL = 60
DROP = 3.841458820694124 / 2
"""By how much the log likelihood falls from its greatest to a 95 % limit: half of the quantile of chi-squared, one degree of freedom."""
_ROUNDS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """Arrays of one row a municipality. size: log2 residents less its country's mean; group: number of its country.

    member: 0 or 1 (or a count, of which only `_design` is made); totals: members a country. separation: "larger" if in every
    country each member is at least as large as each other municipality, "smaller" the other way round, "" otherwise.
    small: of each country of at most SMALL its number, and a row of its municipalities filled up with -1.
    """

    size: Any
    member: Any
    group: Any
    groups: int
    totals: Any
    separation: str
    small: Any
    rows_of_small: Any


def prepared(size: Any, member: Any, group: Any) -> Data:
    """The data of a model; group numbers may have gaps."""
    import numpy as np

    group = np.unique(group, return_inverse=True)[1]
    groups = int(group.max()) + 1
    centred = size - (np.bincount(group, size) / np.bincount(group))[group]
    sizes = np.bincount(group)
    small = np.flatnonzero(sizes <= SMALL)
    rows = np.full((len(small), SMALL), -1)
    for number, country in enumerate(small):
        rows[number, : sizes[country]] = np.flatnonzero(group == country)
    separation = _separation(size, member > 0, group, groups)
    return Data(centred, member, group, groups, np.bincount(group, member), separation, small, rows)


def best_slope(data: Data, near: float, error: float) -> float:
    """The slope of greatest likelihood; near: that of the plain logit, which it is where no country is small."""
    return at_the_top(data, near, error) if len(data.small) else near


def at_the_top(data: Data, near: float, error: float) -> float:
    """The slope at the top of the likelihood, by search from a first guess and its error; there is one top, and none under separation."""
    from scipy.optimize import minimize_scalar  # type: ignore[import-untyped]

    found = minimize_scalar(lambda slope: -log_likelihood(data, slope), bracket=(near - error, near), tol=1e-8)
    return float(found.x)


def interval(data: Data, slope: float, error: float) -> tuple[float, float]:
    """95 % limits of the slope: where twice the log likelihood falls 3.84 below its greatest; infinite where it never does.

    slope: that of greatest likelihood, infinite under separation; error: a first guess of its standard error.
    """
    floor = _greatest(data, slope) - DROP

    def above(at: float) -> float:
        return log_likelihood(data, at) - floor

    start = slope if abs(slope) < inf else 0.0
    if slope == inf:
        return _lower(above, start, error), inf
    if slope == -inf:
        return -inf, -_lower(lambda at: above(-at), start, error)
    return _lower(above, start, error), -_lower(lambda at: above(-at), -start, error)


def p_of_none(data: Data, slope: float) -> float:
    """p of the likelihood-ratio test of no relation, chi-squared with one degree of freedom."""
    return chance_of(2 * (_greatest(data, slope) - log_likelihood(data, 0.0)))


def chance_of(statistic: float) -> float:
    """The chance that a chi-squared number with one degree of freedom is larger."""
    from scipy.stats import chi2  # type: ignore[import-untyped]

    return float(chi2.sf(max(statistic, 0.0), 1))


def log_likelihood(data: Data, slope: float) -> float:
    """The log likelihood at a slope, with the country effects that are best there; conditional in the small countries.

    Newton's method for each country, kept between bounds that surely hold the effect and halve where a step leaves them.
    """
    import numpy as np
    from scipy.special import expit  # type: ignore[import-untyped]

    shares = data.totals / np.bincount(data.group)
    tilt = slope * data.size
    steepest, flattest = np.full(data.groups, -inf), np.full(data.groups, inf)
    np.maximum.at(steepest, data.group, tilt)
    np.minimum.at(flattest, data.group, tilt)
    # With the effect at its lowest no chance exceeds the share of members, at its highest none is below it.
    lowest, highest = np.log(shares / (1 - shares)) - steepest, np.log(shares / (1 - shares)) - flattest
    effects = np.clip(np.log(shares / (1 - shares)), lowest, highest)
    for _ in range(_ROUNDS):
        chances = expit(tilt + effects[data.group])
        gap = data.totals - np.bincount(data.group, chances)
        lowest, highest = np.where(gap > 0, effects, lowest), np.where(gap < 0, effects, highest)
        moved = effects + gap / np.maximum(np.bincount(data.group, chances * (1 - chances)), 1e-300)
        moved = np.where((moved > lowest) & (moved < highest), moved, (lowest + highest) / 2)
        still = np.abs(moved - effects).max() < 1e-7  # the likelihood is flat there: an error of the square
        effects = moved
        if still:
            break
    reached = tilt + effects[data.group]
    return float((data.member * reached - np.logaddexp(0.0, reached)).sum()) - _log_chance_of_totals(data, expit(reached))


def _log_chance_of_totals(data: Data, chances: Any) -> float:
    """Log of the chance that each small country has as many members as it has, if each municipality joined by its own chance.

    Taken from the likelihood it leaves that of who they are given how many (the conditional likelihood); the effects, which make
    the number expected the number found, cancel. The sum of unequal trials is convolved one municipality of each country at a time.
    """
    import numpy as np

    if not len(data.small):
        return 0.0
    padded = np.where(data.rows_of_small < 0, 0.0, chances[data.rows_of_small])
    found = np.zeros((len(data.small), SMALL + 1))
    found[:, 0] = 1
    for column in padded.T:
        moved = found[:, :-1] * column[:, None]
        found *= 1 - column[:, None]
        found[:, 1:] += moved
    return float(np.log(found[np.arange(len(data.small)), data.totals[data.small].astype(int)]).sum())


def _lower(above: Callable[[float], float], start: float, error: float) -> float:
    """Where the function crosses zero below the start, at which it is above; or, if it is not (separation), above the start.

    The walk begins at 1.5 errors, just short of where a parabola would cross.
    """
    from scipy.optimize import brentq

    step = max(error, 1e-3)
    if above(start) < 0:
        inside, outside = start + step, start
        while above(inside) < 0:
            step *= 2
            outside, inside = inside, start + step
        return float(brentq(above, outside, inside, xtol=1e-9))
    inside, step = start, 1.5 * step
    while above(outside := start - step) >= 0:
        if outside < -STEEPEST:
            return -inf
        inside, step = outside, 1.5 * step
    return float(brentq(above, outside, inside, xtol=1e-9))


def _greatest(data: Data, slope: float) -> float:
    """The greatest log likelihood; under separation its limit, in which only municipalities as large as the edge are uncertain."""
    if abs(slope) < inf:
        return log_likelihood(data, slope)
    total = 0.0
    for number in range(data.groups):
        of = data.group == number
        size, member = data.size[of], data.member[of]
        edge = size[member > 0].min() if slope > 0 else size[member > 0].max()
        tied, chosen = int((size == edge).sum()), int(member[size == edge].sum())
        if number in data.small:
            total -= log(comb(tied, chosen))
        else:
            total += sum(count * log(count / tied) for count in (chosen, tied - chosen) if count)
    return total


def _separation(size: Any, member: Any, group: Any, groups: int) -> str:
    """With one measured size and country effects, separation means one thing only: no member on the other side of a non-member."""
    larger, smaller = True, True
    for number in range(groups):
        ours, others = size[member & (group == number)], size[~member & (group == number)]
        if len(ours) and len(others):
            larger &= bool(ours.min() >= others.max())
            smaller &= bool(ours.max() <= others.min())
    if larger == smaller:
        return ""
    return "larger" if larger else "smaller"
