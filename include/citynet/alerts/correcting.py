"""Whether what was told still stands, and whether two changes tell of the same event."""

from collections.abc import Mapping, Sequence

from citynet.alerts.digest import Told
from citynet.alerts.telling import Line, upheld

EXPLAINS = frozenset({"corrected", "re_resolved", "merged", "split"})
"""Record changes that explain why a change of membership is no longer in the release."""


def told_of(change: Told) -> dict[str, str]:
    """What the outbox keeps of a change, so that it can be recognised and corrected later."""
    kept = ("change_id", "network_id", "place_id", "network", "place", "country", "tie", "change", "earliest", "latest")
    return {column: getattr(change, column) for column in kept}


def same_event(change: Told, other: Mapping[str, str]) -> bool:
    """Whether both tell of one event: the same id, or the same membership and sort of change with dates that overlap.

    An id goes with the list that decided; an older list that comes in later, or a judgement, may move that.
    """
    if change.change_id == other["change_id"]:
        return True
    mine = (change.network_id, change.place_id, change.tie, change.change)
    if mine != (other["network_id"], other["place_id"], other["tie"], other["change"]):
        return False
    return change.earliest <= (other["latest"] or "9999") and other["earliest"] <= (change.latest or "9999")


def why_wrong(
    change: Mapping[str, str],
    current: Sequence[Told],
    records: Sequence[Line],
    claims: Sequence[Line],
    withdrawals: Sequence[Line],
) -> str:
    """Why a change that was told does not stand: withdrawn | upheld | corrected | vanished, or "" where it stands.

    vanished: the release does not hold it any more and no record says why; that is for a person to look at, not to be told.
    """
    if any(_withdraws(line, change) for line in withdrawals):
        return "withdrawn"
    if upheld(change["change_id"], claims):
        return "upheld"
    if any(same_event(other, change) for other in current):
        return ""
    return "corrected" if any(_explains(record, change) for record in records) else "vanished"


def _withdraws(line: Line, change: Mapping[str, str]) -> bool:
    return line["place_id"] == change["place_id"] and (line.get("network_id") or change["network_id"]) == change["network_id"]


def _explains(record: Line, change: Mapping[str, str]) -> bool:
    named = {record.get("place_id"), record.get("before"), record.get("after")}
    return record.get("network_id") == change["network_id"] and record.get("change") in EXPLAINS and change["place_id"] in named
