"""Bodies that a reform of local government merged, split or formed anew, as include/gazetteer/reorganisations.csv tells of them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from citynet.errors import ConfigError
from citynet.places.normalise import normalise

FILE = "reorganisations.csv"
COLUMNS = ("country", "former", "former_kind", "heir", "heir_kind", "since", "source_url", "seen")
KINDS = ("municipality", "region", "unitary")


@dataclass(frozen=True, slots=True)
class Reorganised:
    """A body that is no more and one of those that took over from it.

    keys, heir_keys: normalised names; kind, heir_kind: municipality, region (a county among them) or unitary (a council with the tasks
    of both, whose name is often that of the county); since: first day, month or year without the former body, as the source has it.
    """

    country: str
    keys: tuple[str, ...]
    kind: str
    heir_keys: tuple[str, ...]
    heir_kind: str
    since: str


def load_reorganised(gazetteer: Path) -> tuple[Reorganised, ...]:
    """The file beside the gazetteer (its file or folder), in its order; none where a gazetteer has no such file.

    ConfigError with file and line where its columns, a kind or a name are not as they have to be.
    """
    path = (gazetteer if gazetteer.is_dir() else gazetteer.parent) / FILE
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        seen = tuple(next(rows, ()))
        if seen != COLUMNS:
            raise ConfigError(f"{FILE}:1: expected the columns {', '.join(COLUMNS)}, found {', '.join(seen) or 'nothing'}")
        return tuple(_read(f"{FILE}:{number}", row) for number, row in enumerate(rows, 2))


def _read(where: str, row: Sequence[str]) -> Reorganised:
    if len(row) != len(COLUMNS) or not all(row):
        raise ConfigError(f"{where}: expected {len(COLUMNS)} filled columns, found {sum(map(bool, row))}")
    country, former, kind, heir, heir_kind, since, _, _ = row
    for one in (kind, heir_kind):
        if one not in KINDS:
            raise ConfigError(f"{where}: expected a kind of {', '.join(KINDS)}, found {one!r}")
    return Reorganised(country, _keys(former), kind, _keys(heir), heir_kind, since)


def _keys(names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalise(name) for name in names.split("|")))
