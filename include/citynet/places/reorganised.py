"""Bodies that a reform of local government merged, split or formed anew, as include/gazetteer/reorganisations.csv tells of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from citynet.errors import ConfigError
from citynet.places.tables_beside import keys_of, rows_beside

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
    return tuple(_read(where, row) for where, row in rows_beside(gazetteer, FILE, COLUMNS))


def _read(where: str, row: Sequence[str]) -> Reorganised:
    if not all(row):
        raise ConfigError(f"{where}: expected {len(COLUMNS)} filled columns, found {sum(map(bool, row))}")
    country, former, kind, heir, heir_kind, since, _, _ = row
    for one in (kind, heir_kind):
        if one not in KINDS:
            raise ConfigError(f"{where}: expected a kind of {', '.join(KINDS)}, found {one!r}")
    return Reorganised(country, keys_of(former), kind, keys_of(heir), heir_kind, since)
