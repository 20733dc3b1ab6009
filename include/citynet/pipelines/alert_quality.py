"""How good what is told has been: table alert_quality of a release, and beside the releases the same with what was sent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from citynet.alerts import outbox
from citynet.model import Row
from citynet.pipelines.outside import Outside
from citynet.pipelines.released import current_release, table
from citynet.publishing.contract import contract, frame
from citynet.publishing.csvfile import csv_bytes

Tables = Mapping[str, Sequence[Mapping[str, object]]]
FILE = "alert_quality.csv"
"""Beside the releases, as checks.json is: the ledger of what was sent is no input of a release."""
MODEL = "Clopper-Pearson exact, 95 %: if the claims that were answered were a random draw of what was told"


def quality_rows(tables: Tables, as_of: str, sent: Collection[str] | None = None) -> list[Row]:
    """Table alert_quality. sent: ids of the changes that messages told, None within a release, which knows of none."""
    claims = [c for c in tables["corrections"] if "/" not in str(c["row_id"]) and (sent is None or c["row_id"] in sent)]
    disputes = [c for c in claims if c["what"] == "correction"]
    judged = [c for c in disputes if c["outcome"] in ("upheld", "rejected")]
    wrong = [c for c in judged if c["outcome"] == "upheld"]
    replies = [c for c in claims if c["what"] == "reply"]
    told = sum(c["telling"] == "now" for c in tables["membership_changes"])
    whose = "changes of membership" if sent is None else "changes that messages told"
    return [
        _row("alerts_sent", as_of, None if sent is None else len(sent), len(sent or ()), _SENT if sent is None else _SENT_BESIDE),
        _row("changes_told", as_of, told, len(tables["membership_changes"]), "Changes that the feeds tell, of all changes of membership."),
        _row("disputed", as_of, len(disputes), len(claims), f"Corrections asked for of {whose}, open ones among them."),
        _row("adjudicated", as_of, len(judged), len(disputes), f"Corrections of {whose} that a person upheld or rejected."),
        _row("corrected", as_of, len(wrong), len(judged), f"Corrections of {whose} that a person upheld."),
        _row("replied_to", as_of, len(replies), len(claims), f"Replies of those concerned to {whose}."),
        _precision(len(judged) - len(wrong), len(judged), as_of),
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
    sent = {i for m in outbox.messages(outside.store) if m.kind == "digest" and m.may_have_arrived for i in m.change_ids}
    shape = contract().table("alert_quality")
    document = csv_bytes(shape, frame(shape.name, quality_rows(tables, release_id[:10], sent)))
    if not outside.published.exists(FILE) or outside.published.read(FILE) != document:
        outside.published.write(FILE, document)


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


def _precision(right: int, judged: int, as_of: str) -> Row:
    note = (
        "Of the changes whose correction was asked for and answered, the share that stood. Who asks has a reason: most changes that are "
        "right are never disputed."
    )
    row = _row("precision", as_of, right / judged if judged else None, judged, note)
    if not judged:
        return row
    from scipy.stats import binomtest  # type: ignore[import-untyped]

    interval = binomtest(right, judged).proportion_ci(confidence_level=0.95, method="exact")
    return {**row, "low": float(interval.low), "high": float(interval.high), "interval_model": MODEL}


def _median(measure: str, days: Sequence[float], as_of: str, note: str) -> Row:
    from statistics import median

    return _row(measure, as_of, median(days) if days else None, len(days), note)


def _row(measure: str, as_of: str, value: float | None, n: int, note: str) -> Row:
    empty = dict.fromkeys(("low", "high", "interval_model"))
    return {"measure": measure, "value": value, "n": n, **empty, "note": note, "as_of": as_of}


def _number(value: object) -> float:
    return float(str(value))
