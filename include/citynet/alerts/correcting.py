"""Whether what was told still stands, and whether two changes tell of the same event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citynet.alerts.digest import Told
from citynet.alerts.telling import Line, upheld

EXPLAINS = frozenset({"corrected", "re_resolved", "merged", "split"})
"""Record changes that explain why a change of membership is no longer in the release."""
TAKEN_BACK = frozenset({"joined", "left", "rejoined", "tie_changed", "on_hold", "resumed"})
"""What a correction names in `before` where a list was decided anew; other corrections name the state of a membership there."""


def told_of(change: Told) -> dict[str, str]:
    """What the outbox keeps of a change, so that it can be recognised and corrected later."""
    names, dates = ("network", "place", "country"), ("earliest", "latest", "printed_on")
    kept = ("change_id", "network_id", "place_id", *names, "tie", "tie_before", "change", *dates)
    return {column: getattr(change, column) for column in kept}


def same_event(change: Told, other: Mapping[str, str]) -> bool:
    """Whether both tell of one event: the same id, or the same membership and sort of change with dates that overlap.

    An id goes with the list that decided; an older list that comes in later, or a judgement, may move that.
    """
    if change.change_id == other["change_id"]:
        return True
    if (change.network_id, change.place_id, change.tie, change.change) != _sort(other):
        return False
    return change.earliest <= (other["latest"] or "9999") and other["earliest"] <= (change.latest or "9999")


@dataclass(frozen=True, slots=True)
class Current:
    """The changes of the current release, found by id and by membership and sort."""

    by_id: Mapping[str, Told]
    by_sort: Mapping[tuple[str, ...], Sequence[Told]]

    def find(self, change: Mapping[str, str]) -> Told | None:
        """The one that tells of the same event."""
        same = (other for other in self.by_sort.get(_sort(change), ()) if same_event(other, change))
        return self.by_id.get(change["change_id"]) or next(same, None)


def current_of(changes: Sequence[Told]) -> Current:
    """The changes of a release for `why_wrong`."""
    by_sort: dict[tuple[str, ...], list[Told]] = {}
    for change in changes:
        by_sort.setdefault(_sort(told_of(change)), []).append(change)
    return Current({change.change_id: change for change in changes}, by_sort)


def why_wrong(
    change: Mapping[str, str],
    current: Current,
    records: Sequence[Line],
    claims: Sequence[Line],
    withdrawals: Sequence[Line],
) -> str:
    """Why a change that was told does not stand: withdrawn | upheld | corrected | vanished, or "" where it stands.

    vanished: the release does not hold it any more and no record says why; that is for a person to look at, not to be told.
    """
    if withdrawn(change, withdrawals):
        return "withdrawn"
    if upheld(change["change_id"], claims):
        return "upheld"
    if current.find(change):
        return ""
    return "corrected" if any(explains(record, change) for record in records) else "vanished"


def withdrawn(change: Mapping[str, str], withdrawals: Sequence[Line]) -> bool:
    """Whether the body of a change was withdrawn, everywhere or from that network."""
    return any(
        line["place_id"] == change["place_id"] and (line.get("network_id") or change["network_id"]) == change["network_id"]
        for line in withdrawals
    )


def _sort(change: Mapping[str, str]) -> tuple[str, ...]:
    return (change["network_id"], change["place_id"], change["tie"], change["change"])


def is_decided_anew(record: Line) -> bool:
    """Whether a row of record_changes takes a change of the world back by its name, because a person decided on a list anew."""
    return record.get("change") == "corrected" and record.get("before") in TAKEN_BACK


def explains(record: Line, change: Mapping[str, str]) -> bool:
    """Whether a change of our records may be why a change that was told is in the release no more."""
    if is_decided_anew(record) and record.get("before") != change["change"]:
        return False
    named = {record.get("place_id"), record.get("before"), record.get("after")}
    return record.get("network_id") == change["network_id"] and record.get("change") in EXPLAINS and change["place_id"] in named
