"""Numbers of residents that a rule admits, as ranges: half-open like the size classes, so that classes and rules fit together."""

from collections.abc import Iterable

Ranges = tuple[tuple[float, float], ...]
"""From (included) and to (not included), rising and apart from each other; infinity where there is no upper limit, () for nobody."""
NO_LIMIT = float("inf")
ANY_SIZE: Ranges = ((0, NO_LIMIT),)


def union(ranges: Iterable[tuple[float, float]]) -> Ranges:
    """The ranges in order, those that touch or overlap as one; empty ones go."""
    merged: list[tuple[float, float]] = []
    for low, high in sorted((low, high) for low, high in ranges if low < high):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


def intersection(one: Ranges, other: Ranges) -> Ranges:
    """What both admit."""
    return union((max(a, c), min(b, d)) for a, b in one for c, d in other)


def within(ranges: Ranges, residents: float) -> bool:
    """Whether so many residents are admitted."""
    return any(low <= residents < high for low, high in ranges)
