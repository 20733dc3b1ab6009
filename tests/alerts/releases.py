"""Releases written by hand: the tables that those who tell of changes read, columns that they do not need left empty."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from citynet.pipelines.outside import Outside
from citynet.publishing.contract import contract

TABLES = ("networks", "places", "memberships", "membership_changes", "record_changes", "sources", "review_cases", "corrections")
NETWORKS = {"rivers": "Network of Rivers", "hills": "Hill Towns"}
PLACES = {"gn1": ("Graz", "AT"), "gn2": ("Lyon", "FR"), "gn3": ("Łódź", "PL"), "gn4": ("Ulm", "DE"), "gn5": ("Porto", "PT")}
FIRST = "c0"
"""The first live capture of each network, which is never news."""


def change(change_id: str, place_id: str = "gn1", **more: str) -> dict[str, str]:
    """A join that a live capture decided; more: its other columns."""
    return {
        "change_id": change_id,
        "network_id": "rivers",
        "place_id": place_id,
        "tie": "full",
        "change": "joined",
        "cause": "listing",
        "earliest": "2024-01-01",
        "latest": "2024-02-01",
        "printed_on": "",
        "known_at": "2024-02-01T12:00:00Z",
        "evidence_capture_id": "c1",
        "capture_origin": "live",
        **more,
    }


def departure(change_id: str, place_id: str = "gn1", **more: str) -> dict[str, str]:
    """A departure that no source prints."""
    return change(change_id, place_id, change="left", cause="not_seen", **more)


def publish(
    outside: Outside,
    release_id: str,
    *changes: Mapping[str, str],
    captures: Iterable[str] = ("c1",),
    held: Iterable[str] = (),
    records: Iterable[Mapping[str, str]] = (),
    cases: Iterable[Mapping[str, str]] = (),
    members: int = 100,
) -> None:
    """Point to a release with these changes; every capture named is live and accepted, but those held."""
    sources = [(n, c, "accepted") for n in NETWORKS for c in (FIRST, *captures)] + [(n, c, "held") for n in NETWORKS for c in held]
    rows: dict[str, list[Mapping[str, str]]] = {
        "networks": [{"network_id": i, "name": name, "members_counted": str(members)} for i, name in NETWORKS.items()],
        "places": [{"place_id": i, "name": name, "country": country} for i, (name, country) in PLACES.items()],
        "memberships": [{"network_id": "rivers", "place_id": place_id, "tie": "full", "not_seen": "3"} for place_id in PLACES],
        "membership_changes": list(changes),
        "record_changes": list(records),
        "sources": [{"source_id": n, "capture_id": c, "decision": d, "capture_origin": "live"} for n, c, d in sources],
        "review_cases": list(cases),
    }
    for name in TABLES:
        columns = [column.name for column in contract().table(name).columns]
        printed = [
            {**row, **{c: capture_id(row[c]) for c in ("capture_id", "evidence_capture_id") if c in row}} for row in rows.get(name, ())
        ]
        lines = [",".join(columns), *(",".join(row.get(column, "") for column in columns) for row in printed)]
        outside.published.write(f"{release_id}/data/{name}.csv", ("\n".join(lines) + "\n").encode())
    outside.published.write("latest.json", json.dumps({"release_id": release_id}).encode())


def capture_id(short: str) -> str:
    """The tests name captures c0, c1 in the order of their days."""
    return f"2024020{short[1:]}T120000Z-{short}" if short.startswith("c") else short


def at(day: str, hour: int = 9) -> datetime:
    """An instant of a day."""
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00").replace(tzinfo=UTC)
