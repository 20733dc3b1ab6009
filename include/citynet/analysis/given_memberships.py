"""The configuration model given each place's number of memberships: it tells how far the tail of the sampled lists goes on.

A place with d memberships is in each set of d networks with a probability proportional to the product of the networks' weights,
which are fitted so that every network has its size in the mean. What two networks share is then a Poisson-binomial number. The plain
configuration model keeps a place's memberships in the mean only, so that a place of one membership may share: its expected numbers lie
far above those of lists with fixed margins, and its tail is not theirs.
"""

from typing import TYPE_CHECKING

from citynet.analysis.configuration_model import met, most_likely
from citynet.analysis.incidence import Incidence
from citynet.analysis.place_classes import Block, blocks, class_counts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def shared_chances(
    table: Incidence, pairs: "NDArray[np.int64]", *, within_country: bool
) -> tuple["NDArray[np.int64]", "NDArray[np.float64]"]:
    """Places of each class, and [pair, class]: the probability that both networks of a pair (two numbers of networks) have such a place.

    ArithmeticError: a network's size (within_country: in a country) is missed.
    """
    import numpy as np

    count = class_counts(table, within_country=within_country)
    found = np.zeros((len(pairs), len(count)))
    for block in blocks(table, within_country=within_country):
        both = _joint(block)
        met("configuration model given memberships", np.einsum("caa,c->a", both, block.count), block.size)
        found[:, block.at] = both[:, pairs[:, 0], pairs[:, 1]].T
    return count, found


def _joint(block: Block) -> "NDArray[np.float64]":
    """[class, network, network]: the probability of being in both; on the diagonal that of being in the one."""
    import numpy as np

    from citynet.analysis.subsets import joint_inclusion

    rows, wanted = np.asarray(block.free.any(axis=1)), block.size_left.astype(float)
    draws = [c for c in range(len(block.count)) if block.free[:, c].any()]

    def drawn(weights: "NDArray[np.float64]", c: int) -> tuple[float, "NDArray[np.float64]"]:
        mine, size = weights[block.free[:, c]], int(block.degree_left[c])
        return joint_inclusion(mine, size, float(np.exp(np.log(np.partition(mine, -size)[-size:]).mean())))

    def objective(theta: "NDArray[np.float64]") -> tuple[float, "NDArray[np.float64]"]:
        value, gradient, weights = -float(wanted[rows] @ theta), -wanted, _spread(np.exp(theta), rows)
        for c in draws:
            logarithm, both = drawn(weights, c)
            value += block.count[c] * logarithm
            gradient[block.free[:, c]] += block.count[c] * np.diag(both)
        return value, gradient[rows]

    def curvature(theta: "NDArray[np.float64]") -> "NDArray[np.float64]":
        total, weights = np.zeros((len(rows), len(rows))), _spread(np.exp(theta), rows)
        for c in draws:
            _, both = drawn(weights, c)
            total[np.ix_(block.free[:, c], block.free[:, c])] += block.count[c] * (both - np.outer(np.diag(both), np.diag(both)))
        return total[np.ix_(rows, rows)]

    weights = np.zeros(len(rows))
    if draws:
        begin = np.log(wanted[rows]) - np.log(wanted[rows]).mean()
        weights = _spread(np.exp(most_likely(objective, curvature, begin)), rows)
    result = block.settled.T[:, :, None] * block.settled.T[:, None, :]
    for c in draws:
        free, sure = block.free[:, c], block.settled[:, c] == 1
        _, both = drawn(weights, c)
        result[c][np.ix_(free, free)] = both
        result[c][np.ix_(sure, free)] = np.diag(both)
        result[c][np.ix_(free, sure)] = np.diag(both)[:, None]
    return result


def _spread(values: "NDArray[np.float64]", rows: "NDArray[np.bool_]") -> "NDArray[np.float64]":
    """The values at the marked networks, 0 elsewhere."""
    import numpy as np

    wide = np.zeros(len(rows))
    wide[rows] = values
    return wide
