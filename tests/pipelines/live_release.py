"""A small release with live lists of two months, and what is put into it: changes of the world and of records, judgements on them."""

from citynet.model import Judgement
from publishing.one_row import row
from publishing.rows import PACT_2022, source, tables

LATER = "20221015T000000Z-bbbbbbbbbbbb"
PACT = {"network_id": "pact_of_free_cities", "tie": "full"}


def change(change_id: str, **values):
    facts = {"place_id": "gn3060972", "change": "joined", "cause": "listing", "earliest": "2022-09-15", "latest": "2022-10-15"}
    facts |= {"known_at": "2022-10-15T08:00:00Z", "evidence_capture_id": LATER, "capture_origin": "live"}
    return row("membership_changes", change_id=change_id, **{**PACT, **facts, **values})


def release(*changes, records=()):
    """The sample with live lists of September and October and these changes."""
    made = tables()
    live = {"capture_origin": "live"}
    made["sources"] = [
        source("pact_of_free_cities", capture, "https://pact.example", at, **live)
        for capture, at in ((PACT_2022, "2022-09-15T00:00:00Z"), (LATER, "2022-10-15T00:00:00Z"))
    ]
    return made | {"membership_changes": list(changes), "record_changes": list(records), "corrections": [], "alert_quality": []}


def judged(file: str, **values) -> dict:
    return {file: (Judgement(f"{file}:2", values),)}


def record(**values):
    facts = {"place_id": "gn3060972", "change": "renamed", "cause": "spelling", "before": "Pressburg", "after": "Bratislava"}
    facts |= {"latest": "2022-10-15", "known_at": "2022-10-15T08:00:00Z", "evidence_capture_id": LATER, "capture_origin": "live"}
    return row("record_changes", change_id="b1", **PACT, **{**facts, **values})


LEFT = {"change": "left", "cause": "not_seen", "place_id": "gn3054643"}
FLAG = {"place_id": "gn3060972", "verdict": "flagged", "change_id": "", "reviewer": "r", "date": "2022-10-01", "reason": "threats"}
CLAIM = {"case_id": "correction-9", "what": "correction", "row_id": "a1", "place_id": "gn3060972", "claim": "No", "evidence_url": ""}
CLAIM |= {
    "network_id": "pact_of_free_cities",
    "received": "2022-10-16",
    **dict.fromkeys(("outcome", "answered_on", "reviewer", "reason"), ""),
}
ANSWERED = {**CLAIM, "answered_on": "2022-10-20", "reviewer": "r", "reason": "why"}
REMATCHED = {"change": "re_resolved", "cause": "judgement", "before": "gn3067696", "after": "gn3060972", "latest": "2022-11-10"}
TO_NOTHING = {**REMATCHED, "after": "", "place_id": "gn3067696"}
UNDONE = {"change": "corrected", "cause": "judgement", "before": "departed", "after": "listed", "latest": "2022-11-10"}
