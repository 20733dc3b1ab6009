"""The questions that wait for a person, and those that were answered, as the table review_cases states them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from citynet.model import Row
from citynet.publishing.site.context import Data, alphabetical, grouped_by, name_of

_PLACE_ID = r"(?:gn[0-9]+|lau[A-Z]{2}[A-Za-z0-9-]+|x-[a-z]{2}-[a-z0-9-]+)"
_WHERE = re.compile(r"capture (\S+?)(?:, rows? ([0-9, ]+))?")
_CANDIDATE = re.compile(rf"({_PLACE_ID}) (.+)")
_QUOTED = re.compile(r"“(.*)”")
_LOOKS = "the same list at "
"""How the part begins that says at how many looks a held list was the same."""
_LEFT_OPEN = ("stays open", "stands for several bodies")
"""How the outcome begins where a person looked and left the name unmatched (verdicts unsure and split)."""


@dataclass(frozen=True, slots=True)
class Question:
    """A case with its evidence taken apart. printed: the name asked about, "" of a capture; candidates: place_id and what is told
    of it; answered_by: the places that the outcome names, separated by semicolons; told: of a page that its rules can't read any
    more, what failed, what is proposed, and what to do, of a membership or merger what speaks for and against it; missing: the members
    missing from the list that the name may be, as candidates."""

    row: Row
    printed: str
    capture_id: str
    rows: tuple[int, ...]
    rule: str
    candidates: tuple[tuple[str, str], ...]
    answered_by: str
    told: tuple[str, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()


def review_page(data: Data) -> dict[str, Any]:
    """The open questions by network, in alphabetical order; those that a person left open, and the answered ones, in one list each."""
    rows = sorted(data.tables["review_cases"], key=lambda r: (str(r["opened"]), str(r["case_id"])), reverse=True)
    rows.sort(key=lambda r: (alphabetical(name_of(data.networks, r["network_id"])), str(r["network_id"])))
    still_open = [question(row) for row in rows if not row["outcome"]]
    looked_at = [question(row) for row in rows if row["outcome"]]
    groups = grouped_by((q.row for q in still_open), "network_id")
    by_case = {q.row["case_id"]: q for q in still_open}
    return {
        "groups": [(network_id, [by_case[row["case_id"]] for row in found]) for network_id, found in groups.items()],
        "open": len(still_open),
        "left_open": [q for q in looked_at if str(q.row["outcome"]).startswith(_LEFT_OPEN)],
        "answered": [q for q in looked_at if not str(q.row["outcome"]).startswith(_LEFT_OPEN)],
    }


def corrections_page(data: Data) -> dict[str, Any]:
    """The public log: claims that wait, then those that were answered, the newest first, and the median days to an answer."""
    rows = sorted(data.tables["corrections"], key=lambda r: (str(r["received"]), str(r["case_id"])), reverse=True)
    waiting, answered = [r for r in rows if not r["outcome"]], [r for r in rows if r["outcome"]]
    days = [int(str(r["days_to_answer"])) for r in answered if r["days_to_answer"] is not None]
    titled = (("Not answered yet", waiting), ("Answered", answered))
    return {
        "groups": [(title, found) for title, found in titled if found],
        "answered": len(answered),
        "answered_in": median(days) if days else None,
    }


def question(row: Row) -> Question:
    """A row of review_cases for a page."""
    where, *parts = str(row["evidence"]).split(" | ")
    found = _WHERE.fullmatch(where)
    quoted = _QUOTED.search(str(row["claim"])) if row["what"] == "name" else None
    return Question(
        row=row,
        printed=quoted[1] if quoted else "",
        capture_id=found[1] if found else "",
        rows=tuple(int(number) for number in (found[2] or "").split(",") if number.strip()) if found else (),
        rule=_part(parts, "rule "),
        candidates=_places(parts, "candidates "),
        answered_by="; ".join(re.findall(rf"\b{_PLACE_ID}", str(row["outcome"] or "").partition(", by ")[0])),
        told=tuple(parts) if row["what"] in ("reader", "membership", "merger") else tuple(p for p in parts if p.startswith(_LOOKS)),
        missing=_places(parts, "missing "),
    )


def _places(parts: Sequence[str], name: str) -> tuple[tuple[str, str], ...]:
    return tuple((c[1], c[2]) for text in _part(parts, name).split("; ") if (c := _CANDIDATE.fullmatch(text)))


def _part(parts: Sequence[str], name: str) -> str:
    return next((part.removeprefix(name) for part in parts if part.startswith(name)), "")
