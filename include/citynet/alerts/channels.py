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


def note(store: Store, failed: Mapping[str, str], everybody: Set[str], now: str) -> dict[str, Failing]:
    """Keep what a run found, and give it back. failed: recipient -> name; everybody: all recipients there are.

    One that took all, or that nothing waits for any more, is forgotten, and so is one that is nobody's channel; one that is suspended
    stays. Where the last try is of another time, it counts anew.
    """
    before = failing(store)
    after = {recipient: one for recipient, one in before.items() if recipient in everybody and one.suspended}
    for recipient, name in failed.items():
        was = before.get(recipient)
        recent = was is not None and instant(now) - instant(was.last) <= SUSPENDED_AFTER
        after[recipient] = Failing(name, was.since if was and recent else now, now)
    _write(store, before, after)
    return after


def resume(store: Store, name: str) -> bool:
    """Try the channel of this name again from the next run on, for another 30 days; False where none of that name fails."""
    before = failing(store)
    _write(store, before, {recipient: replace(one, since=one.last) if one.name == name else one for recipient, one in before.items()})
    return any(one.name == name for one in before.values())


def _write(store: Store, before: Mapping[str, Failing], after: Mapping[str, Failing]) -> None:
    if after != before:
        kept = {recipient: asdict(one) for recipient, one in sorted(after.items())}
        store.write(FILE, (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode())
