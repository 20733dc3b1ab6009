"""The ledger: one file a change in the store, saying that it was sent or suppressed. What it holds is never told again."""

import json
from collections.abc import Iterable

from citynet.store import Store

FOLDER = "alerts/ledger"


def known(store: Store) -> frozenset[str]:
    """The change_ids that were sent or suppressed."""
    return frozenset(key.removeprefix(f"{FOLDER}/").removesuffix(".json") for key in store.keys(FOLDER))


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
