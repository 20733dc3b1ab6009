"""The lines of judgements as they are kept: CSV files in the repository, and beside them one answer a file in the store."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from citynet.errors import ConfigError
from citynet.model import Judgement
from citynet.places.claims import CLAIM_COLUMNS, broken_rule, is_open_claim

_SIGNED = ("reviewer", "date", "reason", "evidence_url")
_HAPPENED = ("date", "reviewer", "decided_on", "reason", "evidence_url")
"""Of something that happened: `date` is when, `decided_on` when the reviewer said so."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "bodies.csv": ("place_id", "name", "country", "place_kind", "municipality_id", "geonames_id", "latitude", "longitude", *_SIGNED),
    "captures.csv": ("network_id", "capture_id", "verdict", *_SIGNED),
    "claims.csv": CLAIM_COLUMNS,
    "countries.csv": ("printed", "network_id", "country", *_SIGNED),
    "harm_flags.csv": ("place_id", "verdict", "change_id", "reviewer", "date", "reason"),
    "memberships.csv": ("network_id", "place_id", "verdict", *_HAPPENED),
    "municipal_changes.csv": ("place_id", "change", "successor_id", "former_name", *_HAPPENED),
    "places.csv": ("name", "country", "network_id", "verdict", "place_id", *_SIGNED),
    "statistical_cities.csv": ("territory_code", "place_id", *_SIGNED),
    "withdrawals.csv": ("what", "place_id", "network_id", "reason_class", "date", "reviewer"),
}
VERDICTS: Mapping[str, tuple[str, frozenset[str]]] = {
    "captures.csv": ("verdict", frozenset({"accept", "reject"})),
    "claims.csv": ("what", frozenset({"correction", "reply"})),
    "harm_flags.csv": ("verdict", frozenset({"flagged", "lifted", "agreed"})),
    "memberships.csv": ("verdict", frozenset({"left", "joined", "on_hold", "resumed", "not_left"})),
    "municipal_changes.csv": ("change", frozenset({"merged_into", "split_into", "renamed"})),
    "places.csv": ("verdict", frozenset({"is", "is_not", "not_a_city", "unsure", "split"})),
    "withdrawals.csv": ("what", frozenset({"place", "membership"})),
}
"""File -> the column that decides, and what it may say."""
_DATES = {"memberships.csv": "YYYY-MM-DD, YYYY-MM, YYYY or <from>/<to>", "municipal_changes.csv": "YYYY-MM-DD, YYYY-MM or YYYY"}
"""How a file may write the `date` of what happened; every other date of a judgement is a day."""
_DAY = "YYYY-MM-DD"
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters, line breaks of any sort and halves of characters: a line is one line of text."""

Lines = Mapping[str, tuple[Judgement, ...]]
"""File -> its lines."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One line that a person gave as an answer, not in the files yet. where: its key in the store, or file:line; file: where it belongs."""

    where: str
    file: str
    values: Mapping[str, str]


def read_lines(folder: str | Path, answers: Sequence[Answer] = ()) -> Lines:
    """The lines of every file and the answers that belong to it, sorted; what stands in both counts once, as of the file.

    So it makes no difference where a decision is kept. ConfigError, naming the place: an unknown file or column, lines out of
    order, a missing signature, an unknown verdict.
    """
    root = Path(folder)
    if not root.is_dir():
        raise ConfigError(f"judgements: expected a folder at {root}, found none")
    for file in sorted(root.glob("*.csv")):
        if file.name not in COLUMNS:
            raise ConfigError(f"{file.name}: unknown file of judgements, expected one of {', '.join(sorted(COLUMNS))}")
    given: dict[str, list[Judgement]] = {name: list(_read(root / name)) for name in COLUMNS}
    for answer in answers:
        given[_file_of(answer)].append(_line(answer.where, answer.file, answer.values))
    return {name: _once(lines) for name, lines in given.items()}


def written(file: str, lines: Iterable[Judgement]) -> bytes:
    """A file of judgements with these lines, sorted, each once."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS[file])
    writer.writerows(sorted({tuple(line.values[column] for column in COLUMNS[file]) for line in lines}))
    return out.getvalue().encode()


def sha256_of(lines: Lines) -> str:
    """One hash over what the lines say, wherever they are kept."""
    stated = sorted(json.dumps([file, *line.values.values()]) for file, found in lines.items() for line in found)
    return hashlib.sha256("\n".join(stated).encode()).hexdigest()


def _once(lines: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The lines by what they say, the first of each."""
    first: dict[tuple[str, ...], Judgement] = {}
    for line in lines:
        first.setdefault(tuple(line.values.values()), line)
    return tuple(first[key] for key in sorted(first))


def _file_of(answer: Answer) -> str:
    if answer.file not in COLUMNS:
        raise ConfigError(f"{answer.where}: unknown file of judgements {answer.file!r}, expected one of {', '.join(sorted(COLUMNS))}")
    if set(answer.values) != set(COLUMNS[answer.file]):
        raise ConfigError(f"{answer.where}: expected the columns {','.join(COLUMNS[answer.file])}; found {','.join(sorted(answer.values))}")
    return answer.file


def _read(file: Path) -> tuple[Judgement, ...]:
    """The lines of one file, with columns, order and each line's own form checked."""
    if not file.exists():
        return ()
    expected = COLUMNS[file.name]
    try:
        # Parted by line feeds alone: splitlines() would also cut at characters that may stand within a quoted cell.
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8")), strict=True))
    except (UnicodeDecodeError, csv.Error) as problem:
        raise ConfigError(f"{file.name}: expected CSV in UTF-8, got: {problem}") from problem
    if not rows or tuple(rows[0]) != expected:
        raise ConfigError(f"{file.name}:1: expected the columns {','.join(expected)}; found {','.join(rows[0]) if rows else 'nothing'}")
    judgements = []
    for number, row in enumerate(rows[1:], 2):
        where = f"{file.name}:{number}"
        if len(row) != len(expected):
            raise ConfigError(f"{where}: expected {len(expected)} columns, found {len(row)}")
        if number > 2 and row <= rows[number - 2]:
            raise ConfigError(f"{where}: expected lines sorted and none twice; {','.join(row[:3])} does not come after the line before it")
        judgements.append(_line(where, file.name, dict(zip(expected, row, strict=True))))
    return tuple(judgements)


def _line(where: str, file: str, given: Mapping[str, str]) -> Judgement:
    """A line in the order of its columns, with its text, signature and verdict checked."""
    values = {column: given[column] for column in COLUMNS[file]}
    for column, value in values.items():
        if _NO_TEXT.search(value):
            raise ConfigError(f"{where}: expected {column} to be one line of text, found {value!r}")
    _check_signature(where, file, values)
    if file in VERDICTS:
        column, allowed = VERDICTS[file]
        if values[column] not in allowed:
            raise ConfigError(f"{where}: expected {column} to be one of {', '.join(sorted(allowed))}; found {values[column]!r}")
    if problem := broken_rule(file, values):
        raise ConfigError(f"{where}: {problem}")
    return Judgement(where, values)


def _check_signature(where: str, file: str, values: Mapping[str, str]) -> None:
    """Who, when and why must be told, of a claim once it is answered; evidence is an address or empty."""
    signed = [] if is_open_claim(file, values) else [c for c in ("reviewer", "reason") if c in values]
    for column in signed:
        if not values[column].strip():
            raise ConfigError(f"{where}: expected {column} to be filled, found nothing")
    if "@" in values["reviewer"]:
        raise ConfigError(f"{where}: expected reviewer to be a role or a handle, found an address")
    for column in ("date", "decided_on", *(("received", "answered_on") if signed else ("received",))):
        expected = _DATES.get(file, _DAY) if column == "date" else _DAY
        if column in values and not _is_date(values[column], expected):
            raise ConfigError(f"{where}: expected {column} as {expected}, found {values[column]!r}")
    evidence_url = values.get("evidence_url", "")
    if evidence_url and not evidence_url.startswith(("https://", "http://")):
        raise ConfigError(f"{where}: expected evidence_url to be a web address or empty, found {evidence_url!r}")


def _is_date(text: str, expected: str) -> bool:
    """Whether it is a day; where more is expected: or a month, a year, or two of these parted by a slash."""
    loose = expected != _DAY
    for part in text.split("/", 1) if "/" in expected else [text]:
        try:
            date.fromisoformat(part + "-01" * (2 - part.count("-")) if loose else part)
        except ValueError:
            return False
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", part):  # fromisoformat takes 20261122 too
            return False
    return True
