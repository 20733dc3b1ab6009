"""What people had decided by the end of a day: the judgements that are knowledge of a day, for views of earlier ones.

What a printed name or a territory code means (places, bodies, countries, statistical_cities) is how lists are read, as the gazetteer is:
it is always today's. Withdrawals hold for every view.
"""

from collections.abc import Sequence
from dataclasses import replace

from citynet.model import Judgement
from citynet.pipelines.names import Names
from citynet.places.claims import is_open_claim
from citynet.places.judgement_files import Lines

DATED = {
    "captures.csv": "date",
    "claims.csv": "received",
    "harm_flags.csv": "date",
    "memberships.csv": "decided_on",
    "municipal_changes.csv": "decided_on",
}
"""File -> the column that says since when its line is known."""
_ANSWER = ("outcome", "answered_on", "reviewer", "reason")
"""What a claim has only once it is answered."""


def lines_known_by(lines: Lines, day: str) -> Lines:
    """The lines as they were known at the end of a day (ISO date, "" = all): a claim that was answered later is open."""
    return {file: _known(file, found, day) for file, found in lines.items()} if day else lines


def names_known_by(names: Names, day: str) -> Names:
    """The names with the judgements known by the end of a day (ISO date, "" = all); what a name means stays as it is today."""
    if not day:
        return names
    judged = names.judgements
    known = replace(
        judged,
        captures=_known("captures.csv", judged.captures, day),
        memberships=_known("memberships.csv", judged.memberships, day),
        municipal_changes=_known("municipal_changes.csv", judged.municipal_changes, day),
        lines=lines_known_by(judged.lines, day),
    )
    return replace(names, judgements=known)


def _known(file: str, lines: Sequence[Judgement], day: str) -> tuple[Judgement, ...]:
    dated = DATED.get(file)
    return tuple(_as_known(file, line, day) for line in lines if dated is None or line.values[dated] <= day)


def _as_known(file: str, line: Judgement, day: str) -> Judgement:
    if file != "claims.csv" or is_open_claim(file, line.values) or line.values["answered_on"] <= day:
        return line
    return replace(line, values={**line.values, **dict.fromkeys(_ANSWER, "")})
