"""The ledger: what became of each change (sent to somebody, or suppressed for good), what is news since when, and new channels.

alerts/ledger/<change_id>.json holds sent | suppressed; what it holds without being news is never told. alerts/news/<change_id>.json
holds changes that may be told to those who subscribed by then; who was told is in the outbox.
"""

import json
from collections.abc import Iterable

from citynet.store import Store

FOLDER = "alerts/ledger"
NEWS = "alerts/news"
CHANNELS = "alerts/channels"


def known(store: Store) -> frozenset[str]:
    """The change_ids that were sent or suppressed."""
    return frozenset(_name(FOLDER, key) for key in store.keys(FOLDER))


def suppressed_with(store: Store, release_id: str) -> frozenset[str]:
    """The change_ids that were suppressed when this release was looked at."""
    entries = (json.loads(store.read(key)) for key in store.keys(FOLDER))
    return frozenset(e["change_id"] for e in entries if e["release_id"] == release_id and e["outcome"] == "suppressed")


def enter(store: Store, change_ids: Iterable[str], *, outcome: str, release_id: str) -> None:
    """Write each change as `sent` or `suppressed` with the release that brought it; a change entered before stays as it is."""
    for change_id in sorted(change_ids):
        key = f"{FOLDER}/{change_id}.json"
        if not store.exists(key):
            entry = {"change_id": change_id, "outcome": outcome, "release_id": release_id}
            store.write(key, (json.dumps(entry, sort_keys=True) + "\n").encode())


def news(store: Store) -> dict[str, str]:
    """change_id -> instant since which it is news."""
    return {_name(NEWS, key): json.loads(store.read(key))["since"] for key in store.keys(NEWS)}


def sequels(store: Store) -> frozenset[str]:
    """The change_ids that are news only for those who were told what they take the place of."""
    return frozenset(_name(NEWS, key) for key in store.keys(NEWS) if json.loads(store.read(key)).get("sequel"))


def add_news(store: Store, change_ids: Iterable[str], *, since: str, release_id: str, sequel: bool = False) -> None:
    """Keep each change as news since that instant; what is news already stays as it is. sequel: see `sequels`."""
    for change_id in sorted(change_ids):
        key = f"{NEWS}/{change_id}.json"
        if not store.exists(key):
            entry: dict[str, object] = {"change_id": change_id, "since": since, "release_id": release_id}
            entry |= {"sequel": True} if sequel else {}
            store.write(key, (json.dumps(entry, sort_keys=True) + "\n").encode())


def channel_since(store: Store, recipient: str, now: str) -> str:
    """The instant at which a channel of the installation was first seen, which is kept: what was news before is not told to it."""
    key = f"{CHANNELS}/{recipient}.json"
    if not store.exists(key):
        store.write(key, (json.dumps({"since": now}) + "\n").encode())
    since: str = json.loads(store.read(key))["since"]
    return since


def _name(folder: str, key: str) -> str:
    return key.removeprefix(f"{folder}/").removesuffix(".json")
