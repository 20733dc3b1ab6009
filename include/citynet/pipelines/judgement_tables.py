"""Table judgements: what people decided, as the files state it."""

import hashlib
from collections.abc import Mapping, Sequence

from citynet.model import Judgement, Row
from citynet.pipelines.judged_by import lines_known_by
from citynet.places.claims import is_open_claim
from citynet.places.judgements import Judgements

ABOUT = {
    "bodies.csv": ("body", "name"),
    "captures.csv": ("capture", "capture_id"),
    "claims.csv": ("claim", "row_id"),
    "countries.csv": ("country_name", "printed"),
    "memberships.csv": ("membership", "place_id"),
    "municipal_changes.csv": ("municipal_change", "place_id"),
    "places.csv": ("place_name", "name"),
    "statistical_cities.csv": ("statistical_city", "territory_code"),
}
"""File -> what its lines are about, and the column that names it. Withdrawals and harm flags are not published: the first would
tell what was withdrawn, the second would point at places where somebody may come to harm."""


def judgement_rows(judgements: Judgements, known_by: str) -> list[Row]:
    """One row a decision, by file and line, whether a file holds it or an answer in the store.

    known_by (ISO date, "" = all): without what was decided later (citynet.pipelines.judged_by). A claim only once it is answered: until
    then nothing is decided.
    """
    known = sorted(lines_known_by(judgements.lines, known_by).items())
    return [_row(file, line) for file, lines in known if file in ABOUT for line in lines if not is_open_claim(file, line.values)]


def _row(file: str, line: Judgement) -> Row:
    values, (about, subject) = line.values, ABOUT[file]
    dated = "decided_on" in values  # only there `date` is of the event
    return {
        "judgement_id": _id(file, list(values.values())),
        "about": about,
        "network_id": values.get("network_id") or None,
        "subject": values[subject],
        "country": (None if file == "countries.csv" else values.get("country")) or None,
        "verdict": values.get("verdict") or values.get("outcome") or _verdict(file, values),
        "place_id": values.get("successor_id") or values.get("place_id") or None,
        "happened": values["date"] if dated else None,
        "reviewer": values["reviewer"],
        "decided_on": values["decided_on"] if dated else values.get("answered_on") or values["date"],
        "reason": values["reason"],
        "evidence_url": values["evidence_url"] or None,
    }


def _verdict(file: str, values: Mapping[str, str]) -> str:
    """What a line says that has no column for it."""
    if file == "municipal_changes.csv":
        return f"renamed, before {values['former_name']}" if values["change"] == "renamed" else values["change"]
    return {"countries.csv": f"is {values.get('country')}", "bodies.csv": "is a body"}.get(file, "is")


def _id(file: str, values: Sequence[str]) -> str:
    return hashlib.sha256("|".join((file, *values)).encode()).hexdigest()[:12]
