"""The outbox: each message to each recipient is kept before it is sent, and marked when it was; so nothing is told twice or lost.

State of a message: waiting (kept, never tried) -> trying (written before each try: it may have arrived) -> sent. One that is
tried and may say nothing at present is held, one of which nothing is left to say is void. Each try is written before it is made, so
that a store that cannot be written hands nothing on. A recipient is a keyed hash; no address
is ever written here.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from citynet.store import Store

FOLDER = "alerts/outbox"
NAMELESS: Mapping[str, str] = {"place": "", "country": "", "place_id": ""}
"""What is kept of a change whose body was withdrawn, in place of its name."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one recipient; posted_on, sent_on: instants. One that was tried was posted by the run that tried it first.

    kind: digest | correction | reinstatement | question | operators | layouts | curators.

    changes: of the membership changes that it tells, what is needed to tell of them again. withheld: the ids of those that were
    taken out of its text after a try, since they may not be told at present. title and body go once it is sent.
    """

    message_id: str
    recipient: str
    kind: str
    state: str
    release_id: str
    posted_on: str
    sent_on: str
    title: str
    body: str
    changes: tuple[Mapping[str, str], ...] = ()
    withheld: tuple[str, ...] = ()
    tries: int = 0

    @property
    def key(self) -> str:
        """Where the store keeps it."""
        return f"{FOLDER}/{self.recipient}/{self.message_id}.json"

    @property
    def change_ids(self) -> frozenset[str]:
        """The changes it tells, or told in a text that may have arrived."""
        return frozenset(change["change_id"] for change in self.changes)

    @property
    def said_ids(self) -> frozenset[str]:
        """The changes it tells, without those withheld: they are still to be told."""
        return self.change_ids - frozenset(self.withheld)

    @property
    def told_on(self) -> str:
        """The day on which it was sent, or tried first where nobody knows whether it arrived."""
        return (self.sent_on if self.state == "sent" else self.posted_on)[:10]

    @property
    def may_have_arrived(self) -> bool:
        """Whether it was sent, or a try was begun whose end nobody knows."""
        return self.state in ("sent", "trying", "held") or (self.state == "void" and bool(self.sent_on))


def keyed_hash(key: bytes, address: str) -> str:
    """The recipient of an address: HMAC-SHA256 with the installation's key, 32 hex digits."""
    return hmac.new(key, address.strip().encode(), hashlib.sha256).hexdigest()[:32]


def message_id(recipient: str, kind: str, content: Iterable[str]) -> str:
    """The same for the same content to the same recipient, whenever it is made: what mail programs and webhooks fold by."""
    said = "|".join((recipient, kind, *sorted(content)))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def messages(store: Store) -> list[Message]:
    """All messages, oldest first."""
    return in_order(_read(store, key) for key in store.keys(FOLDER))


def in_order(found: Iterable[Message]) -> list[Message]:
    """Oldest first: the order in which they are handed on."""
    return sorted(found, key=lambda m: (m.posted_on, m.recipient, m.message_id))


def post(store: Store, message: Message) -> bool:
    """Keep a message that waits; False where it is kept already, in whatever state."""
    if store.exists(message.key):
        return False
    _write(store, message)
    return True


def take_back(store: Store, message: Message) -> None:
    """Forget a message that nobody has tried to send."""
    if message.state != "waiting":
        raise ValueError(f"{message.key}: expected a message that waits, it is {message.state}")
    store.delete(message.key)


def trying(store: Store, message: Message) -> Message:
    """Write each try before the message is handed to its channel."""
    marked = replace(message, state="trying", tries=message.tries + 1)
    _write(store, marked)
    return marked


def sent(store: Store, message: Message, now: str) -> Message:
    """Mark it after its channel took it; its text is no longer needed."""
    marked = replace(message, state="sent", sent_on=now, title="", body="")
    _write(store, marked)
    return marked


def reworded(store: Store, message: Message, *, title: str, body: str, withheld: Iterable[str] = (), now: str) -> Message:
    """Another text under the same id for a message whose arrival is not known.

    Without a text it is held while something in it is withheld, and void where there is nothing left to say.
    """
    later = tuple(sorted(withheld))
    if body:
        marked = replace(message, state="trying" if message.state == "held" else message.state, title=title, body=body, withheld=later)
    elif later:
        marked = replace(message, state="held", title="", body="", withheld=later)
    else:
        marked = replace(message, state="void", sent_on=now, title="", body="", withheld=())
    if marked != message:
        _write(store, marked)
    return marked


def of_each(kept: Sequence[Message]) -> dict[str, list[Message]]:
    """Recipient -> its messages, in their order."""
    found: dict[str, list[Message]] = {}
    for message in kept:
        found.setdefault(message.recipient, []).append(message)
    return found


def unnamed(store: Store, message: Message, change_ids: Iterable[str]) -> Message:
    """Take the names of withdrawn bodies out of what is kept of the changes of a message."""
    hidden = frozenset(change_ids)
    marked = replace(message, changes=tuple({**c, **NAMELESS} if c["change_id"] in hidden else c for c in message.changes))
    if marked != message:
        _write(store, marked)
    return marked


def told(kept: Sequence[Message], recipient: str) -> list[Mapping[str, str]]:
    """The changes that a recipient was told of, or may have been; without those that were withheld since and are told again."""
    mine = (m for m in kept if m.recipient == recipient and m.kind == "digest" and m.may_have_arrived)
    return [change for message in mine for change in message.changes if change["change_id"] in message.said_ids]


def _read(store: Store, key: str) -> Message:
    values = json.loads(store.read(key))
    return Message(**{**values, "changes": tuple(values["changes"]), "withheld": tuple(values.get("withheld", ()))})


def _write(store: Store, message: Message) -> None:
    store.write(message.key, (json.dumps(asdict(message), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
