"""Municipalities that were merged away, as include/gazetteer/former_municipalities.csv tells of them; not what people recorded."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from citynet.errors import ConfigError
from citynet.places.normalise import normalise

FILE = "former_municipalities.csv"
COLUMNS = ("country", "names", "place_id", "successor", "successor_id", "listed", "gone", "basis", "source")


@dataclass(frozen=True, slots=True)
class FormerMunicipality:
    """A municipality that is a part of another one today.

    keys, successor_keys: normalised names; place_id, successor_id: "" where the gazetteer has none; listed, gone: year of the newest
    source that has it and of the oldest that has it no more, "" unknown; basis: official (read off the list of the state's
    statisticians), places or names (inferred).
    """

    country: str
    keys: tuple[str, ...]
    place_id: str
    successor_keys: tuple[str, ...]
    successor_id: str
    listed: str
    gone: str
    basis: str
    source: str


def load_former_municipalities(gazetteer: Path) -> tuple[FormerMunicipality, ...]:
    """The file beside the gazetteer (its file or folder), in its order; none where a gazetteer has no such file (about 40 ms).

    ConfigError where its columns are not those that include/gazetteer/former.py writes.
    """
    path = (gazetteer if gazetteer.is_dir() else gazetteer.parent) / FILE
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        seen = tuple(next(rows, ()))
        if seen != COLUMNS:
            raise ConfigError(f"{FILE}:1: expected the columns {', '.join(COLUMNS)}, found {', '.join(seen) or 'nothing'}")
        return tuple(_read(rows))


def _read(rows: Iterator[list[str]]) -> Iterator[FormerMunicipality]:
    for number, row in enumerate(rows, 2):
        if len(row) != len(COLUMNS):
            raise ConfigError(f"{FILE}:{number}: expected {len(COLUMNS)} columns, found {len(row)}")
        country, names, place_id, successor, *rest = row
        yield FormerMunicipality(country, _keys(names), place_id, _keys(successor), *rest)


def _keys(names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalise(name) for name in names.split("|")))
