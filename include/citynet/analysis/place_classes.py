"""Places that no chance model can tell apart: same country where that counts, same rules, same number of memberships."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citynet.analysis.incidence import Incidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TOLERANCE = 1e-6
"""Members of a network, or memberships of a class of places, by which a fit may miss its margin."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One country, or all: what a fit has to meet, and which cells the margins leave open.

    at: the block's classes among all. size: members of each network here; degree and count: memberships and number of the places
    of each class. settled[network, class] is 1 where the margins force a membership; free marks the cells that they leave open, and
    size_left and degree_left what those must add up to.
    """

    at: "NDArray[np.bool_]"
    size: "NDArray[np.int64]"
    degree: "NDArray[np.int64]"
    count: "NDArray[np.int64]"
    settled: "NDArray[np.float64]"
    free: "NDArray[np.bool_]"
    size_left: "NDArray[np.int64]"
    degree_left: "NDArray[np.int64]"


def blocks(table: Incidence, *, within_country: bool) -> Iterator[Block]:
    """The blocks of a table, each with its classes of places that have any membership."""
    import numpy as np

    owner = np.repeat(np.arange(len(table.networks)), table.sizes)
    block = table.country if within_country else np.zeros_like(table.country)
    keys, count = _classes(table, block)
    for one in np.unique(keys[0]):
        at = keys[0] == one
        size = np.bincount(owner[block[table.members] == one], minlength=len(table.networks))
        degree = keys[2, at].astype(np.int64)
        yield Block(at, size, degree, count[at], *_settled(size, degree, count[at], table.allowed[keys[1, at]].T))


def class_counts(table: Incidence, *, within_country: bool) -> "NDArray[np.int64]":
    """How many places each class has, in the order that the blocks mark."""
    import numpy as np

    return _classes(table, table.country if within_country else np.zeros_like(table.country))[1]


def _classes(table: Incidence, block: "NDArray[np.int32]") -> tuple["NDArray[np.int32]", "NDArray[np.int64]"]:
    import numpy as np

    keys = np.stack([block, table.pattern, table.memberships.astype(np.int32)])[:, table.memberships > 0]
    classes, count = np.unique(keys, axis=1, return_counts=True)
    return classes, count.astype(np.int64)


def _settled(
    size: "NDArray[np.int64]", degree: "NDArray[np.int64]", count: "NDArray[np.int64]", allowed: "NDArray[np.bool_]"
) -> tuple["NDArray[np.float64]", "NDArray[np.bool_]", "NDArray[np.int64]", "NDArray[np.int64]"]:
    """Cells that the margins force to 0 or 1; which others are free; what the free ones have to add up to."""
    import numpy as np

    settled, free = np.zeros(allowed.shape), allowed.copy()
    k, d = size.astype(np.int64), degree.copy()
    while True:
        ones = free & ((free * count).sum(axis=1) == k)[:, None]
        if not ones.any():
            ones = free & (free.sum(axis=0) == d)
        settled[ones] = 1
        free &= ~ones
        k, d = k - (ones * count).sum(axis=1), d - ones.sum(axis=0)
        empty = free & ((k == 0)[:, None] | (d == 0))
        free &= ~empty
        if not ones.any() and not empty.any():
            return settled, free, k, d
