"""How well a slope fits each country if so many of its missing members are its smallest other municipalities.

Given how many members a country has, its likelihood is that of an exponential family: it rests on who they are by the sum of their
sizes alone, and the slope and both ends of its interval grow with that sum. So of all placings with as many members in each country
the smallest others give the lowest end, and no other placing need be looked at. Of those that have at least so many residents the
smallest that have; the largest such bound chooses first, and those without one last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from citynet.analysis.profile_likelihood import SMALL

_ROUNDS = 200
_NODES = 8
_CELLS = 4_000_000
"""Chances held in memory at one time."""
Array = Any


@dataclass(frozen=True, slots=True, eq=False)
class Stratum:
    """One country. size: log2 residents less their mean; members: how many; sums: of the sizes of all members if others are members too,
    k = 0, 1, ... that may have any size (row) and j = 0, 1, ... of least sizes, the least first (column); bounded: rows in the sample
    of these j, for each j; others: rows of all others, smallest first; possible: whether there are as many."""

    size: Array
    members: int
    sums: Array
    possible: Array
    bounded: tuple[Array, ...]
    others: Array

    def chosen(self, free: int, bounded: int) -> Array:
        """The rows in the sample of so many of any size and so many of the least sizes."""
        import numpy as np

        taken = self.bounded[bounded]
        return np.concatenate([taken, self.others[~np.isin(self.others, taken)][:free]])

    @property
    def numbers(self) -> Array:
        """How many are placed in each cell of `sums`."""
        import numpy as np

        return np.add.outer(*map(np.arange, self.sums.shape))


def strata(size: Array, member: Array, group: Array, most: Sequence[int], least: Sequence[Sequence[float]]) -> tuple[Stratum, ...]:
    """The countries by number. member: True or False a municipality; most: how many missing members of any size each country may hold;
    least: beside these, of each whose size has a bound the least size."""
    import numpy as np

    made = []
    for number, (room, bounds) in enumerate(zip(most, least, strict=True)):
        rows = np.flatnonzero(group == number)
        rows = rows[np.argsort(size[rows], kind="stable")]
        middle, inside = size[rows].mean(), member[rows]
        others = rows[~inside]
        room, whole = min(room, len(others)), float((size[rows[inside]] - middle).sum())
        taken = [_smallest_from(size, others, sorted(bounds)[:count]) for count in range(len(bounds) + 1)]
        sums, possible = np.zeros((room + 1, len(taken))), np.zeros((room + 1, len(taken)), bool)
        for count, chosen in enumerate(taken):
            grown = np.cumsum(size[others[~np.isin(others, chosen)]][:room] - middle)
            sums[: len(grown) + 1, count] = whole + (size[chosen] - middle).sum() + np.concatenate([[0.0], grown])
            possible[: len(grown) + 1, count] = len(chosen) == count
        made.append(Stratum(size[rows] - middle, int(inside.sum()), sums, possible, tuple(taken), others))
    return tuple(made)


def _smallest_from(size: Array, others: Array, bounds: Sequence[float]) -> Array:
    """For each bound the smallest row that is no smaller and not taken, the largest bound first; fewer where there is none."""
    import numpy as np

    left, taken = [int(row) for row in others] if bounds else [], []
    for bound in sorted(bounds, reverse=True):
        found = next((row for row in left if size[row] >= bound), None)
        if found is not None:
            left.remove(found)
            taken.append(found)
    return np.array(taken, dtype=int)


def likelihoods(countries: Sequence[Stratum], slope: float) -> list[Array]:
    """Of each country the log likelihood of the slope by the number of missing members there, in cells as `sums` has them; 0 where nobody
    or everybody is one, and whatever it is where so many are not possible."""
    found = []
    for of in countries:
        by_number = _conditional(of, slope) if len(of.size) <= SMALL else _profile(of, slope)
        found.append(slope * of.sums + by_number[of.numbers.clip(max=len(by_number) - 1)])
    return found


def _conditional(of: Stratum, slope: float) -> Array:
    """Less the log of the sum, over all ways to choose as many members, of exp(slope x their sizes); built one municipality at a time."""
    import numpy as np

    ways = np.full(len(of.size) + 1, -np.inf)
    ways[0] = 0.0
    for tilt in slope * of.size:
        ways[1:] = np.logaddexp(ways[1:], ways[:-1] + tilt)
    return -ways[of.members : of.members + sum(of.sums.shape) - 1]


def _profile(of: Stratum, slope: float) -> Array:
    """The greatest of effect x members less the sum of log(1 + exp(effect + slope x size)) over effects, for each number of members."""
    import numpy as np

    tilt, everybody = slope * of.size, len(of.size)
    totals = np.arange(of.members, min(of.members + sum(of.sums.shape) - 1, everybody + 1), dtype=float)
    found = np.zeros(len(totals))  # of nobody the limit is 0; of everybody less the sum of the tilts, 0 too as sizes are centred
    mixed = np.flatnonzero((totals > 0) & (totals < everybody))
    at_once = max(1, _CELLS // everybody)
    for start in range(0, len(mixed), at_once):
        part = mixed[start : start + at_once]
        found[part] = _greatest(tilt, totals[part])
    return found


def _greatest(tilt: Array, totals: Array) -> Array:
    import numpy as np

    even = np.log(totals / (len(tilt) - totals))
    nodes = np.unique(np.append(np.arange(0, len(totals), _NODES), len(totals) - 1))
    at_nodes = _effects(tilt, totals[nodes], even[nodes])
    # Between nodes the effect less that of equal sizes is all but straight, so that one step of Newton's method more is enough.
    effects = _effects(tilt, totals, even + np.interp(totals, totals[nodes], at_nodes - even[nodes]))
    return effects * totals - np.logaddexp(0.0, effects[:, None] + tilt).sum(1)


def _effects(tilt: Array, totals: Array, first: Array) -> Array:
    """The effect at which as many members are expected as there are, for each total; first: guesses.

    Newton's method, kept between bounds that surely hold the effect (as in profile_likelihood).
    """
    import numpy as np
    from scipy.special import expit  # type: ignore[import-untyped]

    even = np.log(totals / (len(tilt) - totals))
    lowest, highest = even - tilt.max(), even - tilt.min()
    effects = np.clip(first, lowest, highest)
    for _ in range(_ROUNDS):
        chances = expit(effects[:, None] + tilt)
        expected = chances.sum(1)
        gap = totals - expected
        lowest, highest = np.where(gap > 0, effects, lowest), np.where(gap < 0, effects, highest)
        moved = effects + gap / np.maximum(expected - np.einsum("ij,ij->i", chances, chances), 1e-300)
        moved = np.where((moved > lowest) & (moved < highest), moved, (lowest + highest) / 2)
        still = np.abs(moved - effects).max() < 1e-5  # what is left is of the square, and the likelihood flat: of its square
        effects = moved
        if still:
            break
    return effects
