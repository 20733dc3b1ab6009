"""How far the interval of a logit reaches over all ways in which missing members may be among the municipalities.

The lowest end over all placings is looked for among those of placed_likelihood.py, and proved: a slope is below every end if some
other slope is more likely by 1.92 whatever the placing, and of two given slopes the least gain over all placings is a sum over
countries, of which each allocation of the missing members costs a known amount. The highest end is the lowest of the sizes turned round.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, log, log2
from typing import Any

import citynet.analysis.profile_likelihood as profile
from citynet.analysis.placed_likelihood import Stratum, likelihoods, strata
from citynet.analysis.size_models import Fit, Sample, as_ratio

Array = Any
PROVED = 1e-6
"""How far a gain in log likelihood may stay below 1.92 by the accuracy of solvers; it moves an end by less than their accuracy does."""
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Missing:
    """Members of whom nobody knows which municipality they are, how large, or whether they are one of the sample at all.

    anywhere: those that may lie in any country; within: country -> those that can lie in that one only; at_least: country -> of each
    known place there of which the list has no residents, how many it surely has by another source.
    """

    anywhere: int = 0
    within: Mapping[str, int] = field(default_factory=dict)
    at_least: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """All of them."""
        return self.anywhere + sum(self.within.values()) + sum(map(len, self.at_least.values()))


@dataclass(frozen=True, slots=True)
class End:
    """One end of the interval, as far as any placing moves it. slope: in log odds per doubling, infinite where it never ends.

    placed: country -> how many of its others are then members, the smallest for the lowest end, the largest for the highest, and how
    many of these have a known least size. attained: whether the end is that of this placing; else no placing reaches further, and none
    is known to reach so far.
    """

    slope: float
    placed: Mapping[str, tuple[int, int]]
    attained: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """The interval over all placings, as ratios; placings: in words, which of them reach furthest."""

    low: float
    high: float
    placings: str


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """Arrays of one row a municipality, and what may be placed where. own: missing members that lie in each country by its number."""

    size: Array
    member: Array
    group: Array
    countries: tuple[Stratum, ...]
    own: tuple[int, ...]
    anywhere: int
    near: tuple[float, float]


def logit_reach(sample: Sample, missing: Missing, fit: Fit) -> Reach | None:
    """How far the fit's interval reaches wherever missing members lie; None where none are missing or there is no interval."""
    import numpy as np

    if not missing.number or fit.low is None or fit.high is None:
        return None
    near = (0.0, 0.1) if fit.ratio is None or not 0 < fit.low < fit.high < inf else (log(fit.ratio), log(fit.high / fit.low) / 4)
    low, high = widest(sample.countries, np.log2(sample.residents), sample.joined > 0, missing, near)
    words = f"lower end {_told(low, 'smallest')}; upper end {_told(high, 'largest')}; no placing reaches further"
    return Reach(min(fit.low, as_ratio(low.slope)), max(fit.high, as_ratio(high.slope)), words)


def _told(end: End, which: str) -> str:
    numbers = (
        (country, f"{number}, {bounded} of a known least size" if bounded else number) for country, (number, bounded) in end.placed.items()
    )
    where = ", ".join(f"{country} ({number})" for country, number in numbers)
    who = f"with the {which} others of {where}" if where else "with none of them in the sample"
    return who if end.attained else f"near that {who}, set so far out that none can pass it"


def widest(countries: Array, size: Array, member: Array, missing: Missing, near: tuple[float, float] = (0.0, 0.1)) -> tuple[End, End]:
    """The lowest and the highest end over all placings. size: log2 residents; member: True or False; each placing makes other
    municipalities members, as many as are missing or fewer, since a missing one may be none of them. near: a first guess of the slope
    and its error, which costs time alone where it is bad."""
    import numpy as np

    codes, group = np.unique(countries, return_inverse=True)
    names = [str(code) for code in codes]
    least = [[log2(number) for number in missing.at_least.get(name, ())] for name in names]
    own = tuple(missing.within.get(name, 0) for name in names)

    def search(turned: Array, mine: tuple[int, ...], bounds: Sequence[Sequence[float]]) -> End:
        countries = strata(turned, member, group, [missing.anywhere + number for number in mine], bounds)
        guess = (near[0] if turned is size else -near[0], near[1])
        return _lowest(_Search(turned, member, group, countries, mine, missing.anywhere, guess), names)

    low = search(size, own, least)
    # What is larger than its bound lies further up: among the largest a least size binds nobody.
    high = search(-size, tuple(number + len(of) for number, of in zip(own, least, strict=True)), [[] for _ in names])
    return low, End(-high.slope, high.placed, high.attained)


def _lowest(of: _Search, names: Sequence[str]) -> End:
    """From the placing of nobody to that which fits the slope at its end best, as long as the end moves; then the proof."""
    placed: tuple[tuple[int, int], ...] = ((0, 0),) * len(of.countries)
    best, low = _fitted(of, placed)
    attained = True
    while low > -inf:
        gain, better = _least_gain(of, likelihoods(of.countries, low), best)
        if gain >= profile.DROP - PROVED:
            break
        other_best, other_low = _fitted(of, better)
        if other_low >= low:
            proved = _bound(of, low, best)
            low, attained = proved, proved == low
            break
        placed, best, low = better, other_best, other_low
    return End(low, {name: (sum(both), both[1]) for name, both in zip(names, placed, strict=True) if any(both)}, attained)


def _fitted(of: _Search, placed: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """The slope that fits a placing best and the lower end of its interval; (0, -inf) where it tells nothing of size."""
    import numpy as np

    member = of.member.copy()
    for country, (free, bounded) in zip(of.countries, placed, strict=True):
        member[country.chosen(free, bounded)] = True
    members, everybody = np.bincount(of.group, member), np.bincount(of.group)
    mixed = (members > 0) & (members < everybody)
    inside = mixed[of.group]
    if not any(np.ptp(of.size[of.group == number]) for number in np.flatnonzero(mixed)):
        return 0.0, -inf
    data = profile.prepared(of.size[inside], member[inside].astype(float), of.group[inside])
    slope = {"larger": inf, "smaller": -inf}[data.separation] if data.separation else profile.at_the_top(data, *of.near)
    return slope, profile.interval(data, slope, max(of.near[1], 0.01))[0]


def _least_gain(of: _Search, before: Sequence[Array], slope: float) -> tuple[float, tuple[tuple[int, int], ...]]:
    """Of all placings the least gain in log likelihood at the slope (at most the steepest) on that before, and how many are placed: of
    any size, and of a least size."""
    import numpy as np

    after = likelihoods(of.countries, min(slope, profile.STEEPEST))
    costs = [np.where(c.possible, there - here, inf) for c, there, here in zip(of.countries, after, before, strict=True)]
    bounded = [cost.argmin(1) for cost in costs]
    gain, free = cheapest([cost.min(1) for cost in costs], of.own, of.anywhere)
    return gain, tuple((number, int(best[number])) for number, best in zip(free, bounded, strict=True))


def cheapest(costs: Sequence[Array], own: Sequence[int], anywhere: int) -> tuple[float, tuple[int, ...]]:
    """The least sum of costs[country][k] over numbers k, of which what exceeds a country's own is at most `anywhere` in all.

    One country after the other, for each number of those from anywhere that are used so far.
    """
    import numpy as np

    least, choices = np.zeros(anywhere + 1), []
    for cost, mine in zip(costs, own, strict=True):
        options = [int(np.argmin(cost[: mine + extra + 1])) for extra in range(max(1, min(anywhere + 1, len(cost) - mine)))]
        found, chosen = np.full(anywhere + 1, inf), np.zeros(anywhere + 1, dtype=int)
        for extra, number in enumerate(options):
            reached = least[: anywhere + 1 - extra] + cost[number]
            better = reached < found[extra:]
            found[extra:][better], chosen[extra:][better] = reached[better], extra
        choices.append((chosen, options))
        least = found
    left = int(np.argmin(least))
    total, placed = float(least[left]), []
    for chosen, options in reversed(choices):
        placed.append(options[chosen[left]])
        left -= int(chosen[left])
    return total, tuple(reversed(placed))


def _bound(of: _Search, low: float, best: float) -> float:
    """The slope itself if it is proved to be below every end, else one further down that is; -inf if none is found."""
    reach = min(best, low + profile.STEEPEST) - low
    step, at = 0.0, low
    for _ in range(_STEPS):
        at = low - step
        short = profile.DROP - _surest_gain(of, likelihoods(of.countries, at), at, reach)
        if short <= PROVED:
            return at
        step = 2 * step + short * reach / profile.DROP
    return -inf


def _surest_gain(of: _Search, before: Sequence[Array], at: float, reach: float) -> float:
    """The greatest over slopes of the least gain over placings; the least of concave functions has one hill."""
    from scipy.optimize import minimize_scalar  # type: ignore[import-untyped]

    def loss(slope: float) -> float:
        return -_least_gain(of, before, slope)[0]

    found = minimize_scalar(loss, bounds=(at, at + 3 * reach), method="bounded", options={"xatol": 1e-6 * reach})
    return -float(found.fun)
