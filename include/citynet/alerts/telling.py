"""Which world changes may be told, and from which day: the one rule for messages and feeds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from citynet.model import MEMBER_TIES

RIGHT_OF_REPLY = 10
"""Working days that the network's and the city's contacts have before a departure without a printed statement is told."""
PRINTED = frozenset({"printed_date", "statement"})
"""Causes of a change that mean that the network itself prints it."""

Line = Mapping[str, object]
"""A row of a published table or of a file of judgements; a missing value is None or ""."""


@dataclass(frozen=True, slots=True)
class Telling:
    """outcome: now | later | never. alert_from: first day (ISO) on which it may be told, "" where none is known. why: for people.

    waits_for: claim | agreement | contacts (to be asked) | reply, "" where it does not wait.
    """

    outcome: str
    alert_from: str
    why: str
    waits_for: str = ""


def may_be_told(
    change: Line,
    harm_flags: Sequence[Line],
    claims: Sequence[Line],
    notices: Mapping[str, str],
    today: str,
    *,
    first_live: Collection[str] = (),
) -> Telling:
    """Whether a row of membership_changes may be told on the day `today` (ISO).

    harm_flags, claims: the lines of those files. notices: change_id -> day on which the contacts were asked about a departure, or
    on which it was detected where no contact is known; without an entry it waits. first_live: see `first_live_captures`.
    """
    change_id = _of(change, "change_id")
    if never := never_told(change, claims, first_live):
        return Telling("never", "", never)
    if any(not _of(claim, "outcome") and is_about(claim, change) for claim in claims):
        return Telling("later", "", "a claim about it is open", "claim")
    flagged_on = _flagged_on(_of(change, "place_id"), harm_flags)
    if flagged_on and not _agreed(change_id, harm_flags, flagged_on):
        return Telling("later", "", "its place is under a harm flag and nobody has agreed", "agreement")
    if not needs_reply(change):
        return Telling("now", _of(change, "known_at")[:10], "")
    if change_id not in notices:
        return Telling("later", "", "the contacts have not been asked yet", "contacts")
    alert_from = after_working_days(notices[change_id], RIGHT_OF_REPLY)
    if alert_from > today:
        return Telling("later", alert_from, "the right of reply has not run out", "reply")
    return Telling("now", alert_from, "")


def needs_reply(change: Line) -> bool:
    """Whether it is a departure that no source prints, so that those concerned are asked first."""
    return _of(change, "change") == "left" and _of(change, "cause") not in PRINTED and not _of(change, "printed_on")


def first_live_captures(sources: Sequence[Line]) -> frozenset[str]:
    """The first accepted live capture of each network as <network_id>/<capture_id>: what differs there is new to us, no news.

    sources: the rows of that table. A capture id begins with its instant, so the smallest is the first.
    """
    first: dict[str, str] = {}
    for row in sources:
        network_id, capture_id = _of(row, "source_id"), _of(row, "capture_id")
        if _of(row, "decision") == "accepted" and _of(row, "capture_origin") == "live":
            first[network_id] = min(first.get(network_id, capture_id), capture_id)
    return frozenset(f"{network_id}/{capture_id}" for network_id, capture_id in first.items())


def after_working_days(start: str, days: int) -> str:
    """The day after the last of so many whole working days that follow `start` (ISO). Monday to Friday; holidays are not known."""
    day = date.fromisoformat(start)
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return (day + timedelta(days=1)).isoformat()


def is_membership(change: Line) -> bool:
    """Whether the tie of a change is a membership, or was one before it."""
    return bool(MEMBER_TIES & {_of(change, "tie"), _of(change, "tie_before")})


def never_told(change: Line, claims: Sequence[Line], first_live: Collection[str]) -> str:
    """Why a row of membership_changes is never told, "" where it is or may be."""
    if not is_membership(change):
        return "its tie is no membership"
    if _of(change, "capture_origin") != "live":
        return "no live capture decided it"
    network_id = _of(change, "network_id")
    if f"{network_id}/{_of(change, 'evidence_capture_id')}" in first_live:
        return "it stands on the first live capture of its network"
    since, happened = (_of(change, bound).replace("-", "") for bound in ("earliest", "latest"))
    first_day = _first_day(network_id, first_live)
    if _of(change, "cause") == "printed_date" and happened < first_day:
        return "its printed date is older than the first live capture of its network"
    # Between two captures of the first day it has happened since the first of them.
    if _of(change, "cause") != "printed_date" and happened and happened <= first_day and since < first_day:
        return "it had happened by the first live capture of its network"
    if upheld(_of(change, "change_id"), claims):
        return "a claim that it is wrong was upheld"
    return ""


def _first_day(network_id: str, first_live: Collection[str]) -> str:
    """The day (YYYYMMDD) of the network's first live capture: a date that a page begins to print later tells of the time before."""
    return next((key.rpartition("/")[2][:8] for key in sorted(first_live) if key.startswith(f"{network_id}/")), "")


def upheld(change_id: str, claims: Sequence[Line]) -> bool:
    """Whether a claim against this very change was upheld."""
    return any(
        _of(claim, "row_id") == change_id and _of(claim, "what") == "correction" and _of(claim, "outcome") == "upheld" for claim in claims
    )


def is_about(claim: Line, change: Line) -> bool:
    """Whether a claim is on this very change or on its membership."""
    membership = "/".join(_of(change, column) for column in ("network_id", "place_id", "tie"))
    return _of(claim, "row_id") in (_of(change, "change_id"), membership)


def _flagged_on(place_id: str, harm_flags: Sequence[Line]) -> str:
    """The day of the newest flag on the place, "" where it has none or it was lifted; of two lines of one day the flag counts."""
    lines = [line for line in harm_flags if _of(line, "place_id") == place_id and _of(line, "verdict") in ("flagged", "lifted")]
    day, flagged = max(((_of(line, "date"), _of(line, "verdict") == "flagged") for line in lines), default=("", False))
    return day if flagged else ""


def _agreed(change_id: str, harm_flags: Sequence[Line], flagged_on: str) -> bool:
    """Whether somebody agreed on or after that day: an agreement says nothing of a flag that was set later."""
    agreed = (flag for flag in harm_flags if _of(flag, "verdict") == "agreed" and _of(flag, "change_id") == change_id)
    return any(_of(flag, "date") >= flagged_on for flag in agreed)


def _of(line: Line, column: str) -> str:
    return str(line.get(column) or "")
