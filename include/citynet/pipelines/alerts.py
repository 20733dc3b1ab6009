"""send_alerts: what of the current release has not been told yet, told once, and only where the evidence is live."""

import csv
import io
import json

from citynet.alerts import ledger
from citynet.alerts.digest import Told, digest
from citynet.alerts.sending import send as send_to_channels
from citynet.model import MEMBER_TIES
from citynet.pipelines.outside import Outside
from citynet.publishing.release import current

PREVIEW = "alerts_preview.txt"
NOT_SENT = (
    "Preview only, nothing was sent: the lists behind these changes were rebuilt or archived, or are read otherwise now than at first."
)
DIGESTS = "alerts/digests"
LOOKED_AT = "alerts/looked_at.json"


def write_digest(outside: Outside) -> list[str]:
    """Enter what must not be sent as suppressed, and keep a digest of what may be sent; its key, or nothing.

    Sent is what a live capture decided that no digest has looked at before, or what was due before and is not sent yet. A
    change that turns up behind an older capture comes from reading it anew (a mended reader, a judgement, a backfill) and is
    no news. All is written in an order in which a kill between two writes leaves the same to be done again.
    """
    release_id = current(outside.published)
    if release_id is None:
        return []
    known, looked_at, due = ledger.known(outside.store), _looked_at(outside), _due_before(outside)
    changes = _changes(outside, release_id)
    new = [change for change in changes if change.change_id not in known]
    live = [c for c in new if c.origin == "live" and (c.change_id in due or c.decided_by not in looked_at)]
    silent = [change for change in new if change not in live]
    if silent:
        entered = ledger.suppressed_with(outside.store, release_id)  # by a run that was killed while it entered them
        previewed = [c for c in changes if c in silent or c.change_id in entered]
        outside.published.write(PREVIEW, digest(previewed, release_id=release_id, head=[NOT_SENT, ""]).encode())
        ledger.enter(outside.store, (change.change_id for change in silent), outcome="suppressed", release_id=release_id)
    key = f"{DIGESTS}/{release_id}.json"
    if live:
        kept = {"release_id": release_id, "change_ids": sorted(c.change_id for c in live), "body": digest(live, release_id=release_id)}
        outside.store.write(key, (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    now = looked_at | {f"{s['source_id']}/{s['capture_id']}" for s in _table(outside, release_id, "sources") if s["decision"] == "accepted"}
    if now != looked_at:
        outside.store.write(LOOKED_AT, (json.dumps(sorted(now), indent=1) + "\n").encode())
    return [key] if live else []


def send(outside: Outside, digest_key: str) -> None:
    """Send the digest and enter its changes as sent; without channels nothing is sent and the changes stay untold.

    A kill between the two sends the same digest, with the same release in its title, again: told twice rather than never.
    """
    kept = json.loads(outside.store.read(digest_key))
    if set(kept["change_ids"]) <= ledger.known(outside.store):
        print(f"{digest_key} was sent before")
        return
    if not outside.channels:
        print(f"no CITYNET_ALERT_CHANNELS: {len(kept['change_ids'])} change(s) stay untold")
        return
    send_to_channels(outside.channels, title=f"City Network Monitor: membership changes, release {kept['release_id']}", body=kept["body"])
    ledger.enter(outside.store, kept["change_ids"], outcome="sent", release_id=kept["release_id"])


def _looked_at(outside: Outside) -> frozenset[str]:
    """The accepted captures of the releases that a digest was made of so far."""
    return frozenset(json.loads(outside.store.read(LOOKED_AT))) if outside.store.exists(LOOKED_AT) else frozenset()


def _due_before(outside: Outside) -> frozenset[str]:
    """The changes of all digests so far; those that were sent are in the ledger too."""
    kept = [json.loads(outside.store.read(key)) for key in outside.store.keys(DIGESTS)]
    return frozenset(change_id for digest_kept in kept for change_id in digest_kept["change_ids"])


def _changes(outside: Outside, release_id: str) -> list[Told]:
    """The changes of the ties that are membership; project partners, observers and the like come and go untold."""
    networks = {row["network_id"]: row["name"] for row in _table(outside, release_id, "networks")}
    places = {row["place_id"]: row for row in _table(outside, release_id, "places")}
    return [
        Told(
            change_id=row["change_id"],
            network=networks[row["network_id"]],
            place=places[row["place_id"]]["name"],
            country=places[row["place_id"]]["country"],
            change=row["change"],
            earliest=row["earliest"],
            latest=row["latest"],
            printed_on=row["printed_on"],
            origin=row["capture_origin"],
            decided_by=f"{row['network_id']}/{row['evidence_capture_id']}",
        )
        for row in _table(outside, release_id, "membership_changes")
        if row["tie"] in MEMBER_TIES
    ]


def _table(outside: Outside, release_id: str, table: str) -> list[dict[str, str]]:
    text = outside.published.read(f"{release_id}/data/{table}.csv").decode()
    return list(csv.DictReader(io.StringIO(text)))
