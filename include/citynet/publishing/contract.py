"""The contract of the published tables, read from tables.yaml: which columns, of which type, in which order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from math import isfinite, isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citynet.errors import ConfigError, DataRefused
from citynet.model import Row

if TYPE_CHECKING:
    import pandas as pd

TABLES_FILE = Path(__file__).with_name("tables.yaml")
DTYPES = {"string": "string", "date": "string", "datetime": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
"""Column type -> dtype in frames. Dates stay ISO text: partial knowledge is text too, and text sorts as time does."""


@dataclass(frozen=True, slots=True)
class Column:
    """One published column. type: string | integer | number | boolean | date | datetime; enum () allows any value."""

    name: str
    type: str
    description: str
    required: bool
    enum: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One published table. foreign_keys: (column, table) pairs; each points at the first key column of that table."""

    name: str
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    foreign_keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Contract:
    """All published tables in the order of tables.yaml. changelog: (version, date, change), oldest first."""

    schema_version: str
    changelog: tuple[tuple[str, str, str], ...]
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table:
        """The table of that name; ConfigError for a name that is not published."""
        for table in self.tables:
            if table.name == name:
                return table
        raise ConfigError(f"table {name!r}: expected one of {', '.join(t.name for t in self.tables)}")


@cache
def contract() -> Contract:
    """The contract as committed in tables.yaml; ConfigError where the file breaks its own rules."""
    import yaml

    return read_contract(yaml.safe_load(TABLES_FILE.read_text("utf-8")))


def read_contract(raw: Mapping[str, Any]) -> Contract:
    """The parsed tables.yaml as values; ConfigError names the table and column that break the rules written on its top."""
    tables = tuple(_table(name, body) for name, body in raw["tables"].items())
    names = {t.name for t in tables}
    for table in tables:
        columns = {c.name for c in table.columns}
        unknown = [c for c in (*table.key, *(fk[0] for fk in table.foreign_keys)) if c not in columns]
        unknown += [to for _, to in table.foreign_keys if to not in names]
        if unknown:
            raise ConfigError(f"tables.yaml, {table.name}: key and foreign_keys name {unknown}, which are neither columns nor tables")
    log = tuple((str(e["version"]), str(e["date"]), str(e["change"])) for e in raw["changelog"])
    return Contract(str(raw["schema_version"]), log, tables)


def frame(table: str, rows: Sequence[Row]) -> "pd.DataFrame":
    """The rows as a data frame with the contract's columns, dtypes and order, sorted by the key (then by all columns).

    "" and NaN become missing. ConfigError for an unknown table or column; DataRefused for a missing column or a value of another type.
    """
    import pandas as pd

    shape, known = contract().table(table), records(table, rows)
    return pd.DataFrame({c.name: pd.Series([r[c.name] for r in known], dtype=DTYPES[c.type]) for c in shape.columns})


def records(table: str, rows: Sequence[Row]) -> list[Row]:
    """The rows as `frame` holds them, but as plain dicts with None for missing. Raises as `frame` does."""
    shape = contract().table(table)
    known = [_record(shape, number, row) for number, row in enumerate(rows, start=1)]
    places = {c.name: i for i, c in enumerate(shape.columns)}
    order = [*(places[k] for k in shape.key), *range(len(shape.columns))]
    known.sort(key=lambda r: [(r[i] is not None, r[i]) for i in order])
    return [{c.name: value for c, value in zip(shape.columns, record, strict=True)} for record in known]


def _table(name: str, body: Mapping[str, Any]) -> Table:
    columns = tuple(_column(f"tables.yaml, {name}.{column}", column, spec) for column, spec in body["columns"].items())
    return Table(name, str(body["title"]), tuple(body["key"]), columns, tuple(sorted(body.get("foreign_keys", {}).items())))


def _column(where: str, name: str, spec: Sequence[Any]) -> Column:
    options = spec[2] if len(spec) == 3 else {}
    if len(spec) not in (2, 3) or not isinstance(options, dict) or not options.keys() <= {"required", "enum"}:
        raise ConfigError(f"{where}: expected [type, description] or [type, description, {{required, enum}}], got {spec}")
    if spec[0] not in DTYPES:
        raise ConfigError(f"{where}: expected a type of {', '.join(DTYPES)}, got {spec[0]!r}")
    enum = tuple(str(v) for v in options.get("enum", ()))
    return Column(name, spec[0], str(spec[1]), bool(options.get("required", False)), enum)


def _record(shape: Table, number: int, row: Row) -> list[Any]:
    names = [c.name for c in shape.columns]
    unknown = sorted(row.keys() - set(names))
    if unknown:
        raise ConfigError(f"table {shape.name}, row {number}: unknown columns {', '.join(unknown)}; tables.yaml is the contract")
    missing = [n for n in names if n not in row]
    if missing:
        raise DataRefused(f"table {shape.name}, row {number}", (f"missing columns {', '.join(missing)}; a value not known is None",))
    return [_cell(shape.name, number, column, row[column.name]) for column in shape.columns]


def _cell(table: str, number: int, column: Column, value: Any) -> Any:
    value = value.item() if hasattr(value, "item") else value  # numpy scalars come from the analysis
    if value is None or value == "" or type(value).__name__ == "NAType" or (isinstance(value, float) and isnan(value)):
        return None
    try:
        return _READ[column.type](value)
    except (ValueError, TypeError) as problem:
        where = f"table {table}, row {number}, column {column.name}"
        raise DataRefused(where, (f"expected {column.type}, got {value!r} ({type(value).__name__})",)) from problem


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        raise TypeError
    return int(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise TypeError
    return float(value) + 0.0  # -0.0 becomes 0.0: one spelling a value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _date(value: Any) -> str:
    if date.fromisoformat(_text(value)).isoformat() != value:
        raise ValueError
    return str(value)


def _datetime(value: Any) -> str:
    datetime.strptime(_text(value), "%Y-%m-%dT%H:%M:%S%z")
    if not value.endswith("Z"):
        raise ValueError
    return str(value)


_READ: dict[str, Callable[[Any], Any]] = {
    "string": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
}
