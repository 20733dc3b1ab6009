"""The tables of facts beside the gazetteer: their rows, each with where it stands."""

import csv
from collections.abc import Sequence
from pathlib import Path

from citynet.errors import ConfigError
from citynet.places.normalise import normalise


def rows_beside(gazetteer: Path, file: str, columns: Sequence[str]) -> list[tuple[str, list[str]]]:
    """File and line with the cells of each row of a CSV beside the gazetteer (its file or folder), in its order; none without the file.

    ConfigError where its columns are others, or a row has more or fewer cells.
    """
    path = (gazetteer if gazetteer.is_dir() else gazetteer.parent) / file
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        seen = next(rows, [])
        if seen != [*columns]:
            raise ConfigError(f"{file}:1: expected the columns {', '.join(columns)}, found {', '.join(seen) or 'nothing'}")
        found = [(f"{file}:{number}", row) for number, row in enumerate(rows, 2)]
    for where, row in found:
        if len(row) != len(columns):
            raise ConfigError(f"{where}: expected {len(columns)} columns, found {len(row)}")
    return found


def keys_of(names: str) -> tuple[str, ...]:
    """The normalised names of a cell that parts them by a bar, each once."""
    return tuple(dict.fromkeys(normalise(name) for name in names.split("|")))
