"""Municipalities that were merged away, as include/gazetteer/former_municipalities.csv tells of them; not what people recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from citynet.places.tables_beside import keys_of, rows_beside

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
    return tuple(_read(row) for _, row in rows_beside(gazetteer, FILE, COLUMNS))


def _read(row: Sequence[str]) -> FormerMunicipality:
    country, names, place_id, successor, *rest = row
    return FormerMunicipality(country, keys_of(names), place_id, keys_of(successor), *rest)
