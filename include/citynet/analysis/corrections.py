"""Many tests at once: q-values that bound the false discovery rate."""

from collections.abc import Sequence


def q_values(p: Sequence[float]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Benjamini-Hochberg and Benjamini-Yekutieli q-values of one family of tests, in its order.

    Benjamini-Hochberg (1995) is exact for independent tests and holds under positive dependence; Benjamini-Yekutieli (2001) holds
    under any. A family of none has none.
    """
    from scipy.stats import false_discovery_control  # type: ignore[import-untyped]

    if not p:
        return (), ()
    return tuple(false_discovery_control(p, method="bh").tolist()), tuple(false_discovery_control(p, method="by").tolist())
