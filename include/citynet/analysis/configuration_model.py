"""The bipartite configuration model: memberships fall independently, with probabilities that keep all margins in the mean.

Saracco et al. 2015 and 2017. The package `bicm` fits the same model where every place may be in every network; here a network that a
place may not join has probability 0 there, and the fit may be made country by country.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from citynet.analysis.incidence import Incidence
from citynet.analysis.place_classes import TOLERANCE, Block, blocks, class_counts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Objective = Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]]
    Curvature = Callable[[NDArray[np.float64]], NDArray[np.float64]]

LONGEST_STEP = 10.0
"""Where the margins leave a cell all but settled the best effect is infinite; short steps stop at one that meets them."""


def chances(table: Incidence, *, within_country: bool = False) -> "NDArray[np.float64]":
    """[network, class of places]: the probability of membership that meets every margin in the mean.

    The margins: each network's size (within_country: in each country), each class's memberships. ArithmeticError: one is missed.
    """
    import numpy as np

    found = np.zeros((len(table.networks), len(class_counts(table, within_country=within_country))))
    for block in blocks(table, within_country=within_country):
        chance = block.settled + _free_chances(block)
        met("configuration model", chance @ block.count, block.size)
        met("configuration model", chance.sum(axis=0) * block.count, block.degree * block.count)
        found[:, block.at] = chance
    return found


def shared_chances(
    table: Incidence, pairs: "NDArray[np.int64]", *, within_country: bool = False
) -> tuple["NDArray[np.int64]", "NDArray[np.float64]"]:
    """Places of each class, and [pair, class]: the probability that both networks of a pair (two numbers of networks) have such a place."""
    chance = chances(table, within_country=within_country)
    return class_counts(table, within_country=within_country), chance[pairs[:, 0]] * chance[pairs[:, 1]]


def met(model: str, got: "NDArray[np.float64]", wanted: "NDArray[np.int64]") -> None:
    """ArithmeticError where a fitted margin is off by more than TOLERANCE."""
    missed = abs(got - wanted).max(initial=0)
    if not missed <= TOLERANCE:
        raise ArithmeticError(f"{model}: expected its margins met to {TOLERANCE}, missed one by {missed:.2g}")


def most_likely(objective: "Objective", curvature: "Curvature", begin: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """The minimum of a convex function whose gradient is what the margins are missed by.

    Near the minimum the function's own value is too coarse to tell better from worse; there Newton's steps go by the gradient.
    """
    import numpy as np
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    options = {"gtol": TOLERANCE / 10, "maxiter": 2000, "max_trust_radius": LONGEST_STEP}
    best = minimize(objective, begin, jac=True, hess=curvature, method="trust-exact", options=options).x
    missed = objective(best)[1]
    while abs(missed).max() > TOLERANCE / 10:
        tried = best - np.linalg.lstsq(curvature(best), missed)[0]
        still = objective(tried)[1]
        if not abs(still).max() < abs(missed).max():
            break
        best, missed = tried, still
    return best  # type: ignore[no-any-return]


def _free_chances(block: Block) -> "NDArray[np.float64]":
    """Of the free cells: maximum likelihood, which is concave."""
    import numpy as np
    from scipy.special import expit  # type: ignore[import-untyped]

    chance = np.zeros(block.free.shape)
    rows, columns = block.free.any(axis=1), block.free.any(axis=0)
    if not rows.any():
        return chance
    free, k = block.free[np.ix_(rows, columns)], block.size_left[rows].astype(float)
    n, d = block.count[columns], block.degree_left[columns].astype(float)

    def split(theta: "NDArray[np.float64]") -> "NDArray[np.float64]":
        return theta[: len(k), None] + theta[len(k) :]

    def objective(theta: "NDArray[np.float64]") -> tuple[float, "NDArray[np.float64]"]:
        eta = split(theta)
        p = free * n * expit(eta)
        value = (free * n * np.logaddexp(0, eta)).sum() - k @ theta[: len(k)] - (n * d) @ theta[len(k) :]
        return float(value), np.concatenate([p.sum(axis=1) - k, p.sum(axis=0) - n * d])

    def curvature(theta: "NDArray[np.float64]") -> "NDArray[np.float64]":
        p = expit(split(theta))
        v = free * n * p * (1 - p)
        return np.block([[np.diag(v.sum(axis=1)), v], [v.T, np.diag(v.sum(axis=0))]])

    edges = np.sqrt(k.sum())
    theta = most_likely(objective, curvature, np.concatenate([np.log(k / edges), np.log(d / edges)]))
    chance[np.ix_(rows, columns)] = free * expit(split(theta))
    return chance
