"""candidates.csv of the registry: networks seen and not followed, with the day by which each is looked at again."""

import csv
import io
import re
from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path

from citynet.errors import ConfigError
from citynet.model import Network

FILE = "candidates.csv"
LOOK_AGAIN_MONTHS = 6
DECISIONS = ("undecided", "excluded")
"""A candidate that is included becomes a network file and leaves the table."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line of candidates.csv. where_seen: the directory, paper or page that names it; date (ISO): when it was last looked at.

    decision: undecided | excluded; reason: why, or what is to be found out before it is decided.
    """

    name: str
    where_seen: str
    address: str
    date: str
    decision: str
    reason: str

    @property
    def look_again_on(self) -> str:
        """ISO date, six calendar months after `date`; the last day of a month that is shorter."""
        seen = date.fromisoformat(self.date)
        year, month = divmod(seen.year * 12 + seen.month - 1 + LOOK_AGAIN_MONTHS, 12)
        return date(year, month + 1, min(seen.day, monthrange(year, month + 1)[1])).isoformat()


COLUMNS = tuple(field.name for field in fields(Candidate))


@dataclass(frozen=True, slots=True)
class Candidates:
    """The lines that can be read, in the order of the file, and what is wrong with each of the others."""

    listed: tuple[Candidate, ...]
    broken: tuple[ConfigError, ...]


def load_candidates(folder: str, networks: Collection[Network] = ()) -> Candidates:
    """candidates.csv of the folder, nothing where there is none; a broken line is told apart and never hides the others.

    networks: those of the registry, whose names no candidate may have.
    """
    file = Path(folder) / FILE
    if not file.exists():
        return Candidates((), ())
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as problem:
        return Candidates((), (ConfigError(f"{FILE}: expected UTF-8 text, got the byte 0x{problem.object[problem.start]:02x}"),))
    return _understood(text, {_key(name): network.id for network in networks for name in _names(network)})


def due(candidates: Sequence[Candidate], today: str) -> list[Candidate]:
    """The candidates that are to be looked at again on or before the ISO date `today`, the longest due first."""
    return sorted((c for c in candidates if c.look_again_on <= today), key=lambda c: (c.look_again_on, astuple(c)))


def _understood(text: str, registered: Mapping[str, str]) -> Candidates:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    listed: list[Candidate] = []
    broken: list[ConfigError] = []
    first: dict[str, int] = {}
    try:
        header = tuple(next(lines, ()))
        if header != COLUMNS:
            return Candidates(
                (), (ConfigError(f"{FILE}:1: expected the columns {','.join(COLUMNS)}, got {','.join(header) or 'nothing'}"),)
            )
        for cells in lines:
            number = lines.line_num
            faults = [*_faults(cells), *_doubles(cells, number, first, registered)]
            broken.extend(ConfigError(f"{FILE}:{number}: {fault}") for fault in faults)
            if not faults:
                listed.append(Candidate(*cells))
    except csv.Error as problem:
        broken.append(ConfigError(f"{FILE}:{lines.line_num}: expected CSV, got: {problem}"))
    return Candidates(tuple(listed), tuple(broken))


def _faults(cells: Sequence[str]) -> Iterator[str]:
    """What is wrong with the cells of one line by themselves."""
    if len(cells) != len(COLUMNS):
        yield f"expected {len(COLUMNS)} cells, got {len(cells)}"
        return
    line = dict(zip(COLUMNS, cells, strict=True))
    yield from (f"{column}: expected text, got nothing" for column, cell in line.items() if not cell.strip())
    if line["address"].strip() and not re.fullmatch(r"https?://\S+", line["address"]):
        yield f"address: expected an address beginning with http:// or https://, got {line['address']!r}"
    if line["date"].strip() and not _is_day(line["date"]):
        yield f"date: expected a day YYYY-MM-DD, got {line['date']!r}"
    if line["decision"].strip() and line["decision"] not in DECISIONS:
        yield f"decision: expected one of {', '.join(DECISIONS)}, got {line['decision']!r}"


def _doubles(cells: Sequence[str], number: int, first: dict[str, int], registered: Mapping[str, str]) -> Iterator[str]:
    """Whether the name stands on an earlier line or is that of a network of the registry."""
    key = _key(cells[0]) if cells else ""
    if key and first.setdefault(key, number) != number:
        yield f"name: expected each candidate once, got {cells[0]!r} again (first in line {first[key]})"
    if key in registered:
        yield f"name: expected no network of the registry, got {cells[0]!r}, which is {registered[key]}.yml"


def _names(network: Network) -> list[str]:
    called = network.facts.get("also_called")
    return [network.name, *(str(name) for name in called if name)] if isinstance(called, list) else [network.name]


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
