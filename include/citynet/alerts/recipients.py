"""Who gets what: a subscription's filters, its rhythm, and which news is new to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from citynet.alerts.correcting import same_event
from citynet.alerts.digest import Told
from citynet.alerts.outbox import Message, told

AUDIENCES = ("public", "operators", "curators")
FREQUENCIES = ("daily", "weekly", "instant")
DAYS = {"daily": 1, "weekly": 7}
"""Days from one digest to the next at the earliest."""
READERS: Mapping[str, tuple[str, ...]] = {
    "digest": ("public",),
    "correction": ("public", "contacts"),
    "reinstatement": ("public", "contacts"),
    "question": ("contacts",),
    "operators": ("operators",),
    "layouts": ("operators",),
    "curators": ("curators",),
}
"""Kind of message -> the audiences that it is for; the first that an address belongs to gives language and name."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address that agreed, by its keyed hash. address: a secret, shown nowhere. name: how messages to operators call it.

    since: from when on it is told news (a day or an instant). networks, places, countries, changes: empty for all; a change must
    fit each of them.
    """

    recipient: str
    name: str
    address: str
    channel: str
    audience: str = "public"
    language: str = "en"
    frequency: str = "daily"
    since: str = ""
    networks: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    subscription: str = ""


Everybody = Mapping[tuple[str, str], Sequence[Recipient]]
"""Audience and recipient -> the subscriptions of that address, or its contact."""


def by_role(found: Iterable[Recipient]) -> Everybody:
    """Everybody who may be written to, by what they are told."""
    roles: dict[tuple[str, str], list[Recipient]] = {}
    for one in found:
        roles.setdefault((one.audience, one.recipient), []).append(one)
    return roles


def readers(message: Message, everybody: Everybody) -> Sequence[Recipient]:
    """Those for whom a message is; none where its address has left that role, whatever others it has."""
    return next((everybody[role] for a in READERS[message.kind] if (role := (a, message.recipient)) in everybody), ())


def wants(recipient: Recipient, change: Told) -> bool:
    """Whether the change passes all filters of the recipient."""
    asked = (
        (recipient.networks, change.network_id),
        (recipient.places, change.place_id),
        (recipient.countries, change.country),
        (recipient.changes, change.change),
    )
    return all(not allowed or value in allowed for allowed, value in asked)


def due_to(recipient: Recipient, news: Sequence[tuple[Told, str]], kept: Sequence[Message]) -> list[Told]:
    """Of the news (each with the day or instant since which it may be told) what this recipient has not been told of."""
    before = told(kept, recipient.recipient)
    return [
        change
        for change, since in news
        if since >= recipient.since and wants(recipient, change) and not any(same_event(change, other) for other in before)
    ]


def may_write_today(recipient: Recipient, kept: Sequence[Message], now: datetime) -> bool:
    """Whether a digest may be posted: always at once, else none while one is under way, nor within a day or week (UTC) of the last."""
    mine = [m for m in kept if m.recipient == recipient.recipient and m.kind == "digest" and m.state != "void"]
    if recipient.frequency == "instant":
        return True
    newest_before = f"{now - timedelta(days=DAYS[recipient.frequency]):%Y-%m-%d}"
    return not any(m.state == "trying" or m.sent_on[:10] > newest_before for m in mine)
