"""How unequally memberships are spread over municipalities, with the widest that unmatched names allow.

Every unmatched name may be a municipality seen already, one not seen so far, or none at all; which municipality a
network's unmatched names cannot be is not asked, so that the bounds are if anything too wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Bounded:
    """A figure of the memberships seen, and the widest that unmatched names allow."""

    value: float
    low: float
    high: float


def gini(counts: Sequence[int], unresolved: int = 0) -> Bounded:
    """Gini coefficient of memberships among municipalities with at least one: 0 where all have as many.

    counts: each municipality's memberships, 1 or more, at least one municipality. Lowest: so many names are municipalities not seen
    before with one membership each, the rest raises those with fewest (in parts of a membership); highest: so many are new, the rest
    is the most connected one's. Each number of new ones is tried.
    """
    import numpy as np

    own = np.sort(np.asarray(counts, dtype=float))
    low = high = seen = _gini(own)
    for new in range(unresolved + 1):
        every = np.concatenate([np.ones(new), own])
        low = min(low, _gini(_filled(every, unresolved - new)))
        every[-1] += unresolved - new
        high = max(high, _gini(every))
    return Bounded(seen, max(0.0, low), high)


def hhi(counts: Sequence[int], unresolved: int = 0) -> Bounded:
    """Herfindahl-Hirschman index: the sum of squared shares of all memberships, 1/n where n municipalities have as many, 1 at most.

    Lowest: every unmatched name is a municipality not seen before; highest: every one is a membership of the most connected.
    """
    total, squares, most = sum(counts), sum(count * count for count in counts), max(counts)
    everyone = (total + unresolved) ** 2
    high = (squares - most**2 + (most + unresolved) ** 2) / everyone
    return Bounded(squares / total**2, (squares + unresolved) / everyone, high)


def mean(counts: Sequence[int], unresolved: int = 0) -> Bounded:
    """Memberships a municipality. Lowest: every unmatched name is a municipality not seen before; highest: none is."""
    total, n = sum(counts), len(counts)
    return Bounded(total / n, (total + unresolved) / (n + unresolved), (total + unresolved) / n)


def with_memberships(counts: Sequence[int], number: int, most: int, unresolved: int = 0) -> Bounded:
    """How many municipalities have exactly so many memberships. most: how many one can have, the number of networks observed."""
    exactly = sum(count == number for count in counts)
    gone = 0 if number >= most else min(exactly, unresolved)
    return Bounded(exactly, exactly - gone, exactly + _raised(counts, number, unresolved) if number <= most else exactly)


def with_at_least(counts: Sequence[int], number: int, most: int, unresolved: int = 0) -> Bounded:
    """How many municipalities have so many memberships or more; names not matched can only add to them."""
    found = sum(count >= number for count in counts)
    return Bounded(found, found, found + _raised(counts, number, unresolved) if number <= most else found)


def _raised(counts: Sequence[int], number: int, names: int) -> int:
    """How many municipalities so many names can at most lift to `number`: those that lack least first, then new ones."""
    raised = 0
    for lacking in range(1, number):
        lifted = min(sum(count == number - lacking for count in counts), names // lacking)
        raised, names = raised + lifted, names - lifted * lacking
    return raised + names // number


def _gini(ascending: "NDArray[np.float64]") -> float:
    import numpy as np

    n, total = len(ascending), ascending.sum()
    return float(2 * (np.arange(1, n + 1) * ascending).sum() / (n * total) - (n + 1) / n)


def _filled(ascending: "NDArray[np.float64]", amount: int) -> "NDArray[np.float64]":
    """The same with an amount poured over those with least, until they stand level."""
    import numpy as np

    before = np.concatenate([[0.0], np.cumsum(ascending)[:-1]])
    level = int(np.searchsorted(np.arange(len(ascending)) * ascending - before, amount, side="right"))
    filled = ascending.copy()
    filled[:level] = (ascending[:level].sum() + amount) / level
    return filled
