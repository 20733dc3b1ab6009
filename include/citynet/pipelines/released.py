"""The current release as those who tell of it read it: its tables, and its world changes with the names that a message needs."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from citynet.alerts.digest import Told
from citynet.alerts.telling import first_live_captures, is_membership, never_told
from citynet.pipelines.outside import Outside
from citynet.publishing.release import current

Table = list[dict[str, str]]
Membership = tuple[object, ...]
_TOLD_AS_IS = ("change_id", "network_id", "place_id", "tie", "change", "cause", "earliest", "latest", "printed_on", "known_at")


def current_release(outside: Outside) -> str | None:
    """The id of the current release, None before the first."""
    return current(outside.published)


def table(outside: Outside, release_id: str, name: str) -> Table:
    """The rows of a published table as text; none where this release has no such table."""
    key = f"{release_id}/data/{name}.csv"
    if not outside.published.exists(key):
        return []
    return list(csv.DictReader(io.StringIO(outside.published.read(key).decode())))


def told_changes(outside: Outside, release_id: str, *, members_only: bool) -> list[tuple[Told, dict[str, str]]]:
    """Each world change as a reader is told of it, with its row. members_only: without partners of projects, observers and the like."""
    networks = {row["network_id"]: row for row in table(outside, release_id, "networks")}
    places = {row["place_id"]: row for row in table(outside, release_id, "places")}
    absences = {membership(row): row.get("not_seen") or "0" for row in table(outside, release_id, "memberships")}
    rows = [row for row in table(outside, release_id, "membership_changes") if not members_only or is_membership(row)]
    numbers = numbers_in_year(rows, first_live_captures(table(outside, release_id, "sources")))
    return [
        (
            replace(
                told_row(row, network=networks[row["network_id"]]["name"], place=places[row["place_id"]]["name"]),
                country=places[row["place_id"]]["country"],
                absences=int(absences.get(membership(row), "0")),
                number=numbers.get(row["change_id"], 0),
                members=int(networks[row["network_id"]].get("members_counted") or 0),
            ),
            row,
        )
        for row in rows
    ]


def told_row(row: Mapping[str, object], *, network: str, place: str) -> Told:
    """A row of membership_changes as a reader is told of it, under the names of network and place."""
    text: dict[str, Any] = {column: str(row[column] or "") for column in (*_TOLD_AS_IS, "capture_origin", "evidence_capture_id")}
    return Told(
        **{column: text[column] for column in _TOLD_AS_IS},
        network=network,
        place=place,
        country="",
        tie_before=str(row.get("tie_before") or "") if text["change"] == "tie_changed" else "",
        origin=text["capture_origin"],
        decided_by=f"{text['network_id']}/{text['evidence_capture_id']}",
    )


def membership(row: Mapping[str, object]) -> Membership:
    """What a membership goes by."""
    return (row["network_id"], row["place_id"], row["tie"])


def numbers_in_year(rows: Sequence[Mapping[str, object]], first_live: frozenset[str]) -> dict[str, int]:
    """change_id -> which one it is of its network in the year in which we knew of it, in the order of knowing: for messages and feeds.

    What is never told is not counted: a list of long ago that came in this year is no news of this year. What waits is, so that
    the others keep their number when it is told.
    """
    counts: dict[tuple[str, str], int] = {}
    numbers = {}
    counted = [row for row in rows if not never_told(row, (), first_live)]
    for row in sorted(counted, key=lambda r: (max(str(r["known_at"]), str(r.get("matched_on") or "")), str(r["change_id"]))):
        year = (str(row["network_id"]), str(row["known_at"])[:4])
        counts[year] = counts.get(year, 0) + 1
        numbers[str(row["change_id"])] = counts[year]
    return numbers
