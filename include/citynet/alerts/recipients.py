"""Who gets what: a subscription's filters, its rhythm, and which news is new to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from citynet.alerts.correcting import same_event
from citynet.alerts.digest import Told
from citynet.alerts.outbox import Message, told

AUDIENCES = ("public", "operators", "curators")
FREQUENCIES = ("daily", "instant")


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
    """Whether a digest may be posted: with a daily rhythm none that is under way, and none sent that day (UTC)."""
    mine = [m for m in kept if m.recipient == recipient.recipient and m.kind == "digest" and m.state != "void"]
    if recipient.frequency == "instant":
        return True
    today = f"{now:%Y-%m-%d}"
    return not any(m.state == "trying" or m.sent_on[:10] == today for m in mine)
