"""send_alerts: what of the current release has not been told yet, told once, and only where the evidence is live."""

import csv
import io
import json

from citynet.alerts import ledger
from citynet.alerts.digest import Told, digest
from citynet.alerts.sending import send as send_to_channels
from citynet.pipelines.outside import Outside
from citynet.publishing.release import current

PREVIEW = "alerts_preview.txt"
NOT_SENT = "Preview only, nothing was sent: the lists behind these changes were rebuilt or archived, not read live."


def write_digest(outside: Outside) -> list[str]:
    """Enter what must not be sent as suppressed, and keep a digest of what may be sent; its key, or nothing.

    Suppressed changes are written to alerts_preview.txt beside the releases first and entered second, so that a kill
    between the two writes the same preview again.
    """
    release_id = current(outside.published)
    if release_id is None:
        return []
    known = ledger.known(outside.store)
    new = [change for change in _changes(outside, release_id) if change.change_id not in known]
    silent = [change for change in new if change.origin != "live"]
    if silent:
        outside.published.write(PREVIEW, digest(silent, release_id=release_id, head=[NOT_SENT, ""]).encode())
        ledger.enter(outside.store, (change.change_id for change in silent), outcome="suppressed", release_id=release_id)
    live = [change for change in new if change.origin == "live"]
    if not live:
        return []
    key = f"alerts/digests/{release_id}.json"
    kept = {"release_id": release_id, "change_ids": sorted(c.change_id for c in live), "body": digest(live, release_id=release_id)}
    outside.store.write(key, (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    return [key]


def send(outside: Outside, digest_key: str) -> None:
    """Send the digest and enter its changes as sent; without channels nothing is sent and the changes stay untold.

    A kill between the two sends the same digest, with the same release in its title, again: told twice rather than never.
    """
    kept = json.loads(outside.store.read(digest_key))
    if not outside.channels:
        print(f"no CITYNET_ALERT_CHANNELS: {len(kept['change_ids'])} change(s) stay untold")
        return
    send_to_channels(outside.channels, title=f"City Network Monitor: membership changes, release {kept['release_id']}", body=kept["body"])
    ledger.enter(outside.store, kept["change_ids"], outcome="sent", release_id=kept["release_id"])


def _changes(outside: Outside, release_id: str) -> list[Told]:
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
        )
        for row in _table(outside, release_id, "membership_changes")
    ]


def _table(outside: Outside, release_id: str, table: str) -> list[dict[str, str]]:
    text = outside.published.read(f"{release_id}/data/{table}.csv").decode()
    return list(csv.DictReader(io.StringIO(text)))
