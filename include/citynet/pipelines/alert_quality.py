"""How good what is told has been: table alert_quality of a release, and beside the releases the same with what was sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from citynet.alerts import outbox
from citynet.alerts.outbox import Message
from citynet.model import Row
from citynet.pipelines.outside import Outside
from citynet.pipelines.released import current_release, table
from citynet.pipelines.taken_back import told_by_records
from citynet.publishing.contract import contract, frame
from citynet.publishing.csvfile import csv_bytes

Tables = Mapping[str, Sequence[Mapping[str, object]]]
FILE = "alert_quality.csv"
"""Beside the releases, as checks.json is: the ledger of what was sent is no input of a release."""
MODEL = "Clopper-Pearson exact, 95 %: if the changes that were looked at again were a random draw of what was told"
MODEL_OF_ALL = "Clopper-Pearson exact, 95 %: if each change told were found wrong by now with the same chance"


@dataclass(frozen=True, slots=True)
class Sent:
    """What messages told: ids of changes. ours: corrected because our records were; withdrawn: corrected because an entry was withdrawn."""

    told: frozenset[str] = frozenset()
    ours: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()


def quality_rows(tables: Tables, as_of: str, sent: Sent | None = None) -> list[Row]:
    """Table alert_quality. sent: None within a release, which does not know what messages told, only what feeds tell."""
    changes = tables["membership_changes"]
    claims = [c for c in tables["corrections"] if "/" not in str(c["row_id"]) and (sent is None or c["row_id"] in sent.told)]
    asked = {c["row_id"] for c in claims if c["what"] == "correction"}
    upheld = {c["row_id"] for c in claims if c["what"] == "correction" and c["outcome"] == "upheld"}
    rejected = {c["row_id"] for c in claims if c["what"] == "correction" and c["outcome"] == "rejected"} - upheld
    replied = {c["row_id"] for c in claims if c["what"] == "reply"}
    if sent is None:
        told = {c["change_id"] for c in changes if c["telling"] == "now" or c["feed_published"]}
        told |= asked | replied  # of a row that is in no table any more, or waits because of the claim
        records = tables["record_changes"]
        asked_as = told_by_records(claims, changes, records)
        ours = {asked_as.get(c["change_id"], c["change_id"]) for c in records if c["takes_back"]} - upheld
    else:
        stands = rejected & {c["change_id"] for c in changes}  # whoever left was corrected before, and not told of the rejection
        told, ours = set(sent.told), set(sent.ours - upheld - stands)
    rejected -= ours  # our record was put right after all
    wrong, judged, n = len(upheld) + len(ours), len(upheld) + len(ours) + len(rejected), len(told | ours)
    whose = "changes that feeds tell or told, or of which a correction was asked for" if sent is None else "changes that messages told"
    return [
        _row("alerts_sent", as_of, None if sent is None else n, 0 if sent is None else n, _SENT if sent is None else _SENT_BESIDE),
        _row("changes_told", as_of, sum(c["telling"] == "now" for c in changes), len(changes), _TOLD),
        _row("disputed", as_of, len(asked), n, f"Changes of which a correction was asked for, open ones among them. n: {whose}."),
        _row(
            "adjudicated", as_of, judged, n, f"Changes looked at again: a claim was answered, or we corrected our own record. n: {whose}."
        ),
        _row("corrected", as_of, wrong, judged, "Of those looked at again, the changes that did not stand."),
        _row("corrected_by_us", as_of, len(ours), wrong, _OURS if sent is None else _OURS_BESIDE),
        _share(
            "corrected_of_all", wrong, n, as_of, f"Share of changes found wrong so far; others may be found yet. n: {whose}.", MODEL_OF_ALL
        ),
        _row("withdrawn", as_of, None if sent is None else len(sent.withdrawn), n, _WITHDRAWN),
        _row("replied_to", as_of, len(replied), n, f"Changes to which those concerned replied. n: {whose}."),
        _share("precision", judged - wrong, judged, as_of, _PRECISION, MODEL),
        _median("median_days_to_answer", [_number(c["days_to_answer"]) for c in tables["corrections"] if c["outcome"]], as_of, _ANSWER),
        _median("median_days_to_departure", _days_to_departure(tables["membership_changes"]), as_of, _DEPARTURE),
        *_bounds(tables, as_of),
    ]


def publish_alert_quality(outside: Outside) -> None:
    """Write alert_quality.csv beside the releases: the measures of the current one, of what messages told."""
    release_id = current_release(outside)
    if release_id is None:
        return
    names = ("corrections", "membership_changes", "record_changes", "sources", "memberships")
    tables = {name: table(outside, release_id, name) for name in names}
    if not tables["membership_changes"] or "telling" not in tables["membership_changes"][0]:
        tables["membership_changes"] = []  # of a release that was made before this was told
    sent = sent_of(outbox.messages(outside.store))
    shape = contract().table("alert_quality")
    document = csv_bytes(shape, frame(shape.name, quality_rows(tables, release_id[:10], sent)))
    if not outside.published.exists(FILE) or outside.published.read(FILE) != document:
        outside.published.write(FILE, document)


def sent_of(messages: Sequence[Message]) -> Sent:
    """What messages told that may have arrived, and what corrections took back for good; a withdrawn body is nameless there."""
    arrived = [m for m in messages if m.may_have_arrived]
    told = frozenset(change_id for m in arrived if m.kind == "digest" for change_id in m.change_ids)
    corrected: dict[str, bool] = {}
    for message in arrived:
        for change in message.changes if message.kind == "correction" else ():
            corrected[change["change_id"]] = bool(change["place_id"])
        for change_id in message.change_ids if message.kind == "reinstatement" else ():
            corrected.pop(change_id, None)
    ours = frozenset(change_id for change_id, named in corrected.items() if named)
    return Sent(told, ours & told, (frozenset(corrected) - ours) & told)


_TOLD = "Changes that the feeds tell, of all changes of membership."
_OURS = (
    "Of the changes that did not stand, those of which our own record was corrected (a name matched to another place, a departure taken "
    "back, a list decided anew, a merger recorded late); that each of them had been told is not known here."
)
_OURS_BESIDE = "Of the changes that did not stand, those of which our own record was corrected and nobody had to ask."
_WITHDRAWN = (
    "Changes told of bodies that were withdrawn since; apart from those that were wrong. Only alert_quality.csv beside the releases knows."
)
_PRECISION = (
    "Of the changes looked at again, the share that stood. Who asks has a reason, and we look where we doubt: most changes that are right "
    "are never looked at again."
)
_SENT = "Not told here: what was sent is no input of a release; alert_quality.csv beside the releases counts it."
_SENT_BESIDE = "Changes told to at least one recipient, by message; an attempt that may have arrived counts."
_ANSWER = "Days from the receipt of a correction or reply to its answer; n answered ones."
_DEPARTURE = (
    "Days from the first complete list without the member to the list that confirmed the departure; departures by name on lists only, "
    "none that was printed or judged."
)
_BY_NAME = (
    "Bodies that an accepted complete list lacks beside the one before it, confirmed later or not; an upper bound of departures by name. "
    "n: lists."
)
_BY_TOTAL = (
    "How far totals that lists print fell from one list to the next, added up: at least so many memberships must have ended there, "
    "named or not. n: pairs of lists with totals."
)
_RETURNS = "Suspected departures that ended because a later list named the body again; n: these and the confirmed ones."


def _bounds(tables: Tables, as_of: str) -> list[Row]:
    lists = _accepted(tables["sources"])
    gone = [_number(s["implied_departures"]) for s in lists if s["implied_departures"] not in (None, "")]
    falls = _falls(lists)
    returned = sum(c["change"] == "corrected" and c["cause"] == "reappeared" for c in tables["record_changes"])
    left = sum(c["change"] == "left" and c["cause"] == "not_seen" for c in tables["membership_changes"])
    return [
        _row("departures_implied_by_names", as_of, sum(gone), len(gone), _BY_NAME),
        _row("departures_implied_by_totals", as_of, sum(max(0.0, fall) for fall in falls), len(falls), _BY_TOTAL),
        _row("suspicions_ended_by_return", as_of, returned, returned + left, _RETURNS),
    ]


def _accepted(sources: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """The accepted complete lists in their order, one row a capture."""
    found: dict[tuple[str, str], Mapping[str, object]] = {}
    for row in sources:
        key = (str(row["source_id"]), str(row["capture_id"]))
        listed = (row["source_type"], row["decision"], row["coverage"]) == ("membership_list", "accepted", "complete")
        if listed and (key not in found or found[key]["printed_count"] in (None, "")):
            found[key] = row
    return [found[key] for key in sorted(found)]


def _falls(lists: Sequence[Mapping[str, object]]) -> list[float]:
    """By how much the printed total of each list is below that of the list of its network before it."""
    printed = [(s["source_id"], _number(s["printed_count"])) for s in lists if s["printed_count"] not in (None, "")]
    return [before - now for (one, before), (other, now) in pairwise(printed) if one == other]


def _days_to_departure(changes: Iterable[Mapping[str, object]]) -> list[float]:
    """latest of a departure by absence is the date of the first list without the body, its capture the one that decided."""
    left = [c for c in changes if (c["change"], c["cause"]) == ("left", "not_seen") and c["latest"] and c["evidence_capture_id"]]
    return [float((_day_of(str(c["evidence_capture_id"])) - date.fromisoformat(str(c["latest"]))).days) for c in left]


def _day_of(capture_id: str) -> date:
    return date.fromisoformat(f"{capture_id[:4]}-{capture_id[4:6]}-{capture_id[6:8]}")


def _share(measure: str, part: int, n: int, as_of: str, note: str, model: str) -> Row:
    """A share with its exact interval; without anything to count on it is empty, and not 0 or 1."""
    row = _row(measure, as_of, part / n if n else None, n, note)
    if not n:
        return row
    from scipy.stats import binomtest  # type: ignore[import-untyped]

    interval = binomtest(part, n).proportion_ci(confidence_level=0.95, method="exact")
    return {**row, "low": float(interval.low), "high": float(interval.high), "interval_model": model}


def _median(measure: str, days: Sequence[float], as_of: str, note: str) -> Row:
    from statistics import median

    return _row(measure, as_of, median(days) if days else None, len(days), note)


def _row(measure: str, as_of: str, value: float | None, n: int, note: str) -> Row:
    empty = dict.fromkeys(("low", "high", "interval_model"))
    return {"measure": measure, "value": value, "n": n, **empty, "note": note, "as_of": as_of}


def _number(value: object) -> float:
    return float(str(value))
