"""The hypergeometric distribution, exact up to the logarithms of factorials."""

from math import exp, lgamma


def hypergeometric_quantiles(universe: int, marked: int, drawn: int, tail: float = 0.025) -> tuple[int, int]:
    """Lower and upper quantile of the marked among `drawn` taken without replacement from a universe of which `marked` are marked.

    Lower: the smallest k with P(X <= k) > tail; upper: the smallest k with P(X <= k) >= 1 - tail. ValueError: drawing
    or marking more than there is.
    """
    if not (0 <= marked <= universe and 0 <= drawn <= universe):
        raise ValueError(f"hypergeometric: expected marked and drawn within 0..{universe}, got {marked} and {drawn}")
    least, most = max(0, drawn + marked - universe), min(marked, drawn)
    total, low = 0.0, None
    for k in range(least, most + 1):
        total += exp(_log_choose(marked, k) + _log_choose(universe - marked, drawn - k) - _log_choose(universe, drawn))
        if low is None and total > tail:
            low = k
        if total >= 1 - tail:
            return (k if low is None else low), k
    return (most if low is None else low), most


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
