"""Changes of the world that were known and are not any more, because something older became known or a list was decided anew."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from citynet.history.periods import meet
from citynet.model import Change


@dataclass(frozen=True, slots=True)
class Undone:
    """A change of the world that was known until a day and not from it on. on: that day (ISO); turned: the captures that began or ceased
    to be believed on it."""

    change: Change
    on: str
    turned: tuple[str, ...] = ()


def undone(before: Iterable[Change], after: Iterable[Change], day: str, turned: Collection[str]) -> tuple[Undone, ...]:
    """The changes of the world known before the day that no change known since tells of, in their order."""
    since: dict[tuple[str, ...], list[Change]] = {}
    for change in (c for c in after if c.world):
        since.setdefault(_what(change), []).append(change)
    gone = (c for c in before if c.world and not any(same_days(c, other) for other in since.get(_what(c), ())))
    return tuple(Undone(change, day, tuple(sorted(turned))) for change in gone)


def same_days(one: Change, other: Change) -> bool:
    """Whether the intervals of two changes meet; one without a last day is open."""
    return meet((one.earliest, one.latest), (other.earliest, other.latest))


def _what(change: Change) -> tuple[str, ...]:
    return change.network_id, change.place_id, change.tie, change.change
