"""Channels that take none of their messages: since when, and which are no longer tried.

A channel that fails is told once and tried at each run; after 30 days in vain it is suspended: nothing more is written to it, and what it
was to be told waits, until a person says that it may be tried again.
"""

import json
from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from citynet.model import instant
from citynet.store import Store

FILE = "alerts/failing.json"
SUSPENDED_AFTER = timedelta(days=30)
SHORT = 8
"""Hex digits of a recipient by which people tell it from others."""


@dataclass(frozen=True, slots=True)
class Failing:
    """name: as messages to operators call the channel. since, last: instants of the first and of the latest try in vain."""

    name: str
    since: str
    last: str

    @property
    def suspended(self) -> bool:
        """Whether it is no longer tried."""
        return instant(self.last) - instant(self.since) >= SUSPENDED_AFTER

    @property
    def trouble(self) -> str:
        """What is the matter, for people."""
        if self.suspended:
            return f"suspended: took none of its messages for {SUSPENDED_AFTER.days} days and is not tried any more"
        return f"unavailable: takes none of its messages since {self.since[:10]}"


def failing(store: Store) -> dict[str, Failing]:
    """Recipient -> the channel that fails."""
    if not store.exists(FILE):
        return {}
    return {recipient: Failing(**kept) for recipient, kept in json.loads(store.read(FILE)).items()}


def suspended(store: Store) -> frozenset[str]:
    """The recipients that are not written to at present."""
    return frozenset(recipient for recipient, one in failing(store).items() if one.suspended)


def note(store: Store, failed: Set[str], everybody: Mapping[str, str], now: str) -> dict[str, Failing]:
    """Keep what a run found, and give it back. failed: recipients; everybody: all recipients there are, with their names.

    One that took all, or that nothing waits for any more, is forgotten, and so is one that is nobody's channel; one that is suspended
    stays. Where the last try is of another time, it counts anew.
    """
    before = failing(store)
    after = {
        recipient: replace(one, name=everybody[recipient]) for recipient, one in before.items() if recipient in everybody and one.suspended
    }
    for recipient in failed:
        was = before.get(recipient)
        recent = was is not None and instant(now) - instant(was.last) <= SUSPENDED_AFTER
        after[recipient] = Failing(everybody[recipient], was.since if was and recent else now, now)
    _write(store, before, after)
    return after


def called(found: Mapping[str, Failing], name: str) -> list[str]:
    """The recipients that fail under this name, or under the short id that `short` gives them."""
    return sorted(recipient for recipient, one in found.items() if name in (one.name, short(recipient)))


def short(recipient: str) -> str:
    """The beginning of a keyed hash: tells two addresses apart, and shows neither."""
    return recipient[:SHORT]


def resume(store: Store, recipient: str) -> None:
    """Try a channel that fails again from the next run on, for another 30 days."""
    before = failing(store)
    _write(store, before, {**before, recipient: replace(before[recipient], since=before[recipient].last)})


def _write(store: Store, before: Mapping[str, Failing], after: Mapping[str, Failing]) -> None:
    if after != before:
        kept = {recipient: asdict(one) for recipient, one in sorted(after.items())}
        store.write(FILE, (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode())
