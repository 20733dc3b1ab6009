"""How far the interval of the pooled count model reaches if missing memberships are placed where they move it most.

No proof is known for this model: its overdispersion ties all countries together and grows with where members are placed. So this is a
search: each municipality is weighed by how one membership more there would move the end, the model is fitted again with all missing
ones where they weigh most, then with some of them moved, and so on while the end still moves. What is found is the furthest tried.
Municipalities of one country, size and number of families are alike, so that of placings that differ by such ones alone one is tried.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any

from citynet.analysis.negative_binomial import CountFit, Counts, counts_of, expected, fitted
from citynet.analysis.placings import Missing, Reach
from citynet.analysis.size_models import Fit, Sample, as_ratio

Array = Any
_LEAST_FITS, _MUNICIPALITIES = 24, 400_000
"""Fits for each end: so many, or as many as all together hold so many municipalities if that is more, but never above _MOST_FITS."""
_MOST_FITS = 400
_REACH = 1.959963984540054
"""Standard errors from an estimate to its 95 % limit."""


@dataclass(frozen=True, slots=True, eq=False)
class Furthest:
    """One end of the interval as a ratio, and the memberships placed: one number a municipality of the sample.

    tried, failed: with how many placings the model was fitted, and with how many of these it did not converge.
    """

    ratio: float
    placed: Array
    tried: int
    failed: int


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """One end: way -1 for the lower, 1 for the upper. alike: the same number for municipalities of which either may be taken."""

    sample: Sample
    missing: Missing
    counts: Counts
    alike: Array
    way: int

    def end(self, fit: CountFit) -> float:
        """The end of the interval, in logs."""
        return fit.slope + self.way * _REACH * fit.error


def count_reach(sample: Sample, missing: Missing, fit: Fit) -> Reach | None:
    """How far the fit's interval reaches by the placings found; None where none are missing or the model has no limits with any."""
    if not missing.number or fit.low is None or fit.high is None:
        return None
    ends = furthest(sample, missing)
    if ends is None:
        return None
    low, high = (_told(sample, end.placed) for end in ends)
    failed, tried = (sum(getattr(end, count) for end in ends) for count in ("failed", "tried"))
    without = f"; left out: {failed} of {tried} placings tried, with which the model does not converge" if failed else ""
    words = f"lower end {low}; upper end {high}; found by search, and no proof that none reaches further{without}"
    return Reach(min(fit.low, ends[0].ratio), max(fit.high, ends[1].ratio), words)


def _told(sample: Sample, placed: Array) -> str:
    """Memberships added in each country, with the residents of the municipalities that they are added to."""
    import numpy as np

    told = []
    for country in np.unique(sample.countries[placed > 0]):
        rows = np.flatnonzero((placed > 0) & (sample.countries == country))
        sizes = sorted({int(sample.residents[rows].min()), int(sample.residents[rows].max())})
        of = " to ".join(f"{size:,}" for size in sizes)
        told.append(f"{int(placed[rows].sum())} more in {country} (in {len(rows)} of {of} residents)")
    return "with " + " and ".join(told) if told else "with none of them in the sample"


def furthest(sample: Sample, missing: Missing) -> tuple[Furthest, Furthest] | None:
    """The lowest and the highest end found; None where the model converged with none of the placings tried, nor without any."""
    import numpy as np

    counts = counts_of(sample.countries, sample.residents, sample.may_join)
    start = fitted(counts, sample.joined)
    if start is None:
        return None
    same = np.stack([counts.group, sample.residents, sample.joined, sample.may_join], axis=1)
    alike = np.unique(same, axis=0, return_inverse=True)[1].ravel()
    low, high = (_searched(_Search(sample, missing, counts, alike, way), start) for way in (-1, 1))
    return None if low is None or high is None else (low, high)


def _searched(of: _Search, start: CountFit) -> Furthest | None:
    """Whatever moves the end is kept and the weighing begins anew, within a budget of fits; None where every fit failed."""
    import numpy as np

    fit, placed = start, np.zeros(len(of.sample.joined), dtype=int)
    seen, failed, moved = {_kind(of, placed)}, 0, True
    budget = min(max(_LEAST_FITS, _MUNICIPALITIES // len(placed)), _MOST_FITS)
    while moved and len(seen) <= budget:
        moved = False
        for other in _tries(of, placed, fit):
            kind = _kind(of, other)
            if kind in seen:
                continue
            if len(seen) > budget:
                break
            seen.add(kind)
            found = fitted(of.counts, of.sample.joined + other, fit) or fitted(of.counts, of.sample.joined + other)
            failed += found is None
            if found is not None and of.way * of.end(found) > of.way * of.end(fit):
                fit, placed, moved = found, other, True
                break
    tried = len(seen) - 1
    return None if tried and failed == tried else Furthest(as_ratio(of.end(fit)), placed, tried, failed)


def _kind(of: _Search, placed: Array) -> tuple[tuple[int, int], ...]:
    """What a placing is to the model: how many memberships in which kinds of municipality."""
    return tuple(sorted((int(of.alike[row]), int(placed[row])) for row in placed.nonzero()[0]))


def _tries(of: _Search, placed: Array, fit: CountFit) -> Iterator[Array]:
    """All missing memberships where they pull most, then by size alone, spread over municipalities and heaped on few; then some moved."""
    import numpy as np

    room = of.sample.may_join - of.sample.joined
    pull = _pull(of, of.sample.joined + placed, fit)
    for order in (pull, of.way * np.log2(of.sample.residents) + 1000.0):
        for heaped in (False, True):
            yield _placed(of, order, room, heaped=heaped)
    known = set()
    for row in np.argsort(-pull, kind="stable"):
        kind = (int(of.alike[row]), int(placed[row]))
        if placed[row] < room[row] and kind not in known:
            known.add(kind)
            yield from (other for other in _moved(placed, pull, int(row), int(room[row])) if _allowed(of, other))


def _moved(placed: Array, pull: Array, to: int, room: int) -> Iterator[Array]:
    """The placings with one membership more in a municipality, or with one, or all that it has room for, moved there from another one
    that has some, the least pulled first."""
    import numpy as np

    more = np.zeros(len(placed), dtype=int)
    more[to] = 1
    yield placed + more
    for gone in sorted(np.flatnonzero(placed), key=lambda row: (pull[row], row)):
        for number in sorted({1, min(int(placed[gone]), room - int(placed[to]))}):
            if gone != to:
                other = placed + number * more
                other[gone] -= number
                yield other


def _allowed(of: _Search, placed: Array) -> bool:
    """Whether so many in each country are no more than are missing there or anywhere, those of known least size not below it."""
    residents, beyond = dict[str, list[float]](), 0
    for row in placed.nonzero()[0]:
        residents.setdefault(str(of.sample.countries[row]), []).extend([float(of.sample.residents[row])] * int(placed[row]))
    for country, sizes in residents.items():
        left = sorted(sizes)
        for least in _floors(of, country):
            if left and left[-1] >= least:
                left.pop()
        beyond += max(0, len(left) - of.missing.within.get(country, 0))
    return beyond <= of.missing.anywhere


def _floors(of: _Search, country: str) -> list[int]:
    """The least residents of known places of a country, largest first; the upper end asks for none, since what is larger lies further."""
    least = of.missing.at_least.get(country, ())
    return sorted(least, reverse=True) if of.way < 0 else [0] * len(least)


def _placed(of: _Search, pull: Array, room: Array, *, heaped: bool) -> Array:
    """One membership after the other where the pull is greatest and there is room; none where it pulls the other way.

    Known places first, from the largest; then those of a known country, then those from anywhere; heaped: as many at once as there is
    room for.
    """
    import numpy as np

    taken = np.zeros(len(room), dtype=int)
    countries = set(of.missing.within) | set(of.missing.at_least)
    order = [int(row) for row in np.argsort(-pull, kind="stable") if pull[row] > 0 and room[row] > 0]
    order = order if of.missing.anywhere else [row for row in order if str(of.sample.countries[row]) in countries]
    for country in sorted(of.missing.at_least):
        for least in _floors(of, country):
            fits = (r for r in order if of.sample.residents[r] >= least and of.sample.countries[r] == country and taken[r] < room[r])
            if (first := next(fits, None)) is not None:
                taken[first] += 1
    left, anywhere, moved = dict(of.missing.within), of.missing.anywhere, True
    while moved and (anywhere or any(left.values())):
        moved = False
        for row in order:
            country = str(of.sample.countries[row])
            wanted = int(room[row] - taken[row]) if heaped else min(1, int(room[row] - taken[row]))
            own = min(wanted, left.get(country, 0))
            free = min(wanted - own, anywhere)
            if own:
                left[country] -= own
            anywhere -= free
            taken[row] += own + free
            moved |= own + free > 0
            if not anywhere and not any(left.values()):
                break
    return taken


def _pull(of: _Search, joined: Array, fit: CountFit) -> Array:
    """How far one membership more in each municipality would move the end outwards, to first order: by the slope, by the information
    that it adds, and by the overdispersion that it shows."""
    import numpy as np

    group, size, alpha = of.counts.group, of.counts.size, fit.alpha
    mean = expected(of.counts, fit)
    weight = (1 + alpha * joined) / (1 + alpha * mean) ** 2
    chance = of.counts.may_join * np.exp(fit.slope * size)
    share = np.where(np.bincount(group, mean)[group] > 0, mean, chance) * weight
    whole = np.maximum(np.bincount(group, share), 1e-300)
    apart = size - (np.bincount(group, share * size) / whole)[group]
    spread = (np.bincount(group, share * apart**2) / whole)[group]
    information = float((mean * weight * apart**2).sum())
    if information <= 0:
        return of.way * apart
    wider = -0.5 * information**-1.5 * (spread + alpha * mean * apart**2) / (1 + alpha * mean) ** 2
    if alpha > 0:
        wider = wider + _by_overdispersion(joined, mean, apart, alpha)
    return of.way * apart / (1 + alpha * mean) / information + _REACH * wider


def _by_overdispersion(joined: Array, mean: Array, apart: Array, alpha: float) -> Array:
    """How one membership more widens the standard error by raising the overdispersion: implicit differentiation at the fit."""
    import numpy as np
    from scipy.special import digamma, polygamma  # type: ignore[import-untyped]

    def score(at: float) -> float:
        by = (digamma(1 / at) - digamma(joined + 1 / at) + np.log1p(at * mean)) / at**2 + (joined - mean) / (at * (1 + at * mean))
        return float(by.sum())

    def error(at: float) -> float:
        return 1 / sqrt(float((mean * (1 + at * joined) / (1 + at * mean) ** 2 * apart**2).sum()))

    step = 1e-4 * alpha
    bend = (score(alpha + step) - score(alpha - step)) / (2 * step)
    if bend >= 0:
        return np.zeros(len(joined))
    raised = (1 / alpha - mean / (1 + alpha * mean) - polygamma(1, joined + 1 / alpha) / alpha**2) / -bend
    return (error(alpha + step) - error(alpha - step)) / (2 * step) * raised
