"""Corrections asked for and replies: cases of the review queue, a public log, and what stands beside the row they are about."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from citynet.errors import ConfigError
from citynet.model import Judgement, Row

DAYS_TO_ANSWER = 14
"""A correction or reply is answered within so many days (include/judgements/README.md)."""
SHOWN = ("noted", "upheld")
"""Outcomes with which a reply is published beside its row; a rejected one stands in the log alone."""
_OF_A_MEMBERSHIP = ("network_id", "place_id", "tie")


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims by the row they are about: a change_id, or network_id/place_id/tie of a membership."""

    by_row: Mapping[str, Sequence[Judgement]] = field(default_factory=dict)

    def beside(self, *row_ids: str) -> Row:
        """The columns open_claims and replies of a row that goes by these ids."""
        about = [line for row_id in dict.fromkeys(row_ids) for line in self.by_row.get(row_id, ())]
        replies = [line.values["claim"] for line in about if line.values["what"] == "reply" and line.values["outcome"] in SHOWN]
        return {"open_claims": sum(not line.values["outcome"] for line in about), "replies": " | ".join(replies) or None}


def by_row(lines: Iterable[Judgement]) -> Claims:
    """The lines of claims.csv, ready to ask; they keep their order."""
    found: dict[str, list[Judgement]] = {}
    for line in lines:
        found.setdefault(line.values["row_id"], []).append(line)
    return Claims(found)


def claim_lines(lines: Mapping[str, Sequence[Judgement]]) -> Sequence[Judgement]:
    """The lines of claims.csv among those of all files of judgements."""
    return lines.get("claims.csv", ())


def with_claims(memberships: Sequence[Row], changes: Sequence[Row], claims: Claims) -> tuple[list[Row], list[Row]]:
    """Both tables with open_claims and replies. A claim on a change stands beside its membership too, and the other way round."""
    ids: dict[str, list[str]] = {}
    for change in changes:
        ids.setdefault(membership_id(change), []).append(str(change["change_id"]))
    return (
        [{**row, **claims.beside(membership_id(row), *ids.get(membership_id(row), ()))} for row in memberships],
        [{**row, **claims.beside(str(row["change_id"]), membership_id(row))} for row in changes],
    )


def membership_id(row: Row) -> str:
    """The row_id of a membership: network_id/place_id/tie."""
    return "/".join(str(row[column] or "") for column in _OF_A_MEMBERSHIP)


def case_rows(lines: Iterable[Judgement], networks: Collection[str]) -> list[Row]:
    """The claims as rows of review_cases; ConfigError with file and line for one on a network that the registry lacks."""
    return [
        {
            "case_id": values["case_id"],
            "what": values["what"],
            "network_id": values["network_id"],
            "claim": values["claim"],
            "evidence": " | ".join(filter(None, (f"row {values['row_id']}", values["evidence_url"]))),
            "opened": values["received"],
            "due": due(values["received"]),
            "outcome": f"{values['outcome']}, by {values['reviewer']} on {values['answered_on']}" if values["outcome"] else None,
        }
        for values in _known(lines, networks)
    ]


def correction_rows(lines: Iterable[Judgement], networks: Collection[str]) -> list[Row]:
    """Table corrections: the public log; ConfigError as in `case_rows`."""
    stated = ("case_id", "what", "network_id", "place_id", "row_id", "claim", "received")
    answered = ("evidence_url", "outcome", "answered_on", "reviewer", "reason")
    return [
        {
            **{column: values[column] for column in stated},
            **{column: values[column] or None for column in answered},
            "due": due(values["received"]),
            "days_to_answer": _days(values["received"], values["answered_on"]) if values["outcome"] else None,
        }
        for values in _known(lines, networks)
    ]


def due(received: str) -> str:
    """The day by which a claim received on that day (ISO) is to be answered."""
    return (date.fromisoformat(received) + timedelta(days=DAYS_TO_ANSWER)).isoformat()


def _days(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def _known(lines: Iterable[Judgement], networks: Collection[str]) -> Iterable[Mapping[str, str]]:
    for line in lines:
        if line.values["network_id"] not in networks:
            raise ConfigError(f"{line.where}: expected network_id to be in the registry, found {line.values['network_id']!r}")
        yield line.values
