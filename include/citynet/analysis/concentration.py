"""How much of all memberships the most-connected cities hold."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_CONNECTED = 0.1
"""The most-connected cities: this share of all member cities, rounded up, those with most memberships."""


@dataclass(frozen=True, slots=True)
class HeldByMostConnected:
    """What the most-connected of the member cities hold. share_low and share_high: the widest that unmatched names allow."""

    cities: int
    memberships: int
    most_connected: int
    share: float
    share_low: float
    share_high: float


def held_by_most_connected(memberships: Sequence[int], unresolved: int = 0) -> HeldByMostConnected | None:
    """Of each member city's number of memberships, in any order; None where nobody is a member.

    Which of several cities with as many memberships are counted in changes nothing. unresolved: memberships whose city is not
    known: all may be other cities' (low), or the most-connected cities' own, or of cities not seen so far (high); the bounds
    do not ask whether a city is in that network already, so that they are if anything too wide. ValueError: a city without memberships.
    """
    if not memberships:
        return None
    if min(memberships) < 1 or unresolved < 0:
        raise ValueError(f"held_by_most_connected: expected memberships of 1 or more and unresolved of 0 or more, got {min(memberships)}")
    counts, total = sorted(memberships, reverse=True), sum(memberships)
    held = sum(counts[: _most(len(counts))])
    high = max(_held_with(counts, new) + unresolved - new for new in range(unresolved + 1))
    everyone = total + unresolved
    return HeldByMostConnected(len(counts), total, _most(len(counts)), held / total, held / everyone, min(1.0, high / everyone))


def _most(cities: int) -> int:
    """A tenth, rounded up, in whole numbers."""
    return -(-cities * round(MOST_CONNECTED * 100) // 100)


def _held_with(counts: Sequence[int], new: int) -> int:
    """What the most-connected hold if so many cities of one membership each are added."""
    most = _most(len(counts) + new)
    return sum(counts[:most]) + min(new, max(0, most - len(counts)))
