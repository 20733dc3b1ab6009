"""What lines on claims, harm flags and withdrawals must be like, beyond what every judgement must be."""

import re
from collections.abc import Mapping

CLAIM_COLUMNS = (
    *("case_id", "what", "row_id", "network_id", "place_id", "claim", "evidence_url", "received"),
    *("outcome", "answered_on", "reviewer", "reason"),
)
OUTCOMES = ("upheld", "rejected", "noted")
REASON_CLASSES = ("safety", "personal_data", "rights", "legal_order")
"""Why something is withdrawn: somebody may come to harm, a person can be recognised, the rights of a source, an order of a court."""
MOST_CHARACTERS = 500
_CASE_ID = re.compile(r"(?!(?:name|capture|reader)-)[a-z0-9]+(?:-[a-z0-9]+)*")
_ROW_ID = re.compile(r"[0-9a-z_]+")
"""A change_id, or the tie behind network_id and place_id."""
_ADDRESS = re.compile(r"\S@\S|(?:\+|\b00)\d[\d ()/.-]{6,}\d")
"""An e-mail address or a telephone number: of neither may anything be published."""


def is_open_claim(file: str, values: Mapping[str, str]) -> bool:
    """Whether the line is a claim that nobody has answered, which is not signed yet."""
    return file == "claims.csv" and not values["outcome"]


def broken_rule(file: str, values: Mapping[str, str]) -> str:
    """What a line was expected to be and is not, in words; "" where it is as it must be."""
    return {"claims.csv": _claim, "harm_flags.csv": _harm_flag, "withdrawals.csv": _withdrawal}.get(file, lambda _: "")(values)


def _claim(values: Mapping[str, str]) -> str:
    membership = f"{values['network_id']}/{values['place_id']}/"
    if not _CASE_ID.fullmatch(values["case_id"]):
        return f"expected case_id in small letters, digits and hyphens, not as the cases of lists begin; found {values['case_id']!r}"
    if not (values["network_id"] and values["place_id"]):
        return "expected network_id and place_id to be filled, found nothing"
    if not _ROW_ID.fullmatch(values["row_id"].removeprefix(membership)):
        return f"expected row_id as a change_id or {membership}<tie>, found {values['row_id']!r}"
    if not values["claim"].strip() or len(values["claim"]) > MOST_CHARACTERS:
        return f"expected claim in 1 to {MOST_CHARACTERS} characters, found {len(values['claim'])}"
    if any(_ADDRESS.search(values[column]) for column in ("claim", "reason")):
        return "expected no e-mail address or telephone number in claim and reason, found one: they are published"
    return _answer(values)


def _answer(values: Mapping[str, str]) -> str:
    if not values["outcome"]:
        told = [column for column in ("answered_on", "reviewer", "reason") if values[column]]
        return f"expected {' and '.join(told)} to be empty while outcome is" if told else ""
    if values["outcome"] not in OUTCOMES:
        return f"expected outcome to be one of {', '.join(OUTCOMES)} or empty; found {values['outcome']!r}"
    if values["answered_on"] < values["received"]:
        return f"expected answered_on not before received ({values['received']}), found {values['answered_on']}"
    return ""


def _harm_flag(values: Mapping[str, str]) -> str:
    if not values["place_id"]:
        return "expected place_id to be filled, found nothing"
    if (values["verdict"] == "agreed") != bool(values["change_id"]):
        return f"expected a change_id with agreed and with nothing else, found {values['verdict']} {values['change_id']!r}"
    return ""


def _withdrawal(values: Mapping[str, str]) -> str:
    if not values["place_id"]:
        return "expected place_id to be filled, found nothing"
    if values["what"] == "place" and values["network_id"]:
        return f"expected no network_id with place, which is withdrawn everywhere, found {values['network_id']!r}"
    if values["reason_class"] not in REASON_CLASSES:
        return f"expected reason_class to be one of {', '.join(REASON_CLASSES)}; found {values['reason_class']!r}"
    return ""
