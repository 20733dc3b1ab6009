"""Published tables as bytes: CSV for everybody, Parquet for programs. Same frame, same bytes."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from citynet.publishing.contract import Table

if TYPE_CHECKING:
    import pandas as pd

DEFUSED_NOTE = (
    "Text that a spreadsheet could take for a formula (beginning with = + - @, a tab or a line break) has one apostrophe put before it in "
    "the CSV; where the text is apostrophes and then such a character, one of them is ours. The Parquet files hold the text as it is."
)
# The characters after which spreadsheets evaluate a cell, with their full-width forms (OWASP, "CSV Injection").
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def defuse(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet could take it for a formula; undone by `restore`."""
    return "'" + text if _FORMULA.match(text) else text


def restore(text: str) -> str:
    """The text as it was before `defuse`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def csv_bytes(table: Table, rows: "pd.DataFrame") -> bytes:
    """The frame as RFC 4180 CSV in UTF-8 with line feeds; missing is empty, booleans are true and false, numbers stay numbers."""
    kinds = [c.type for c in table.columns]
    lines = [quoted_line([c.name for c in table.columns])]
    for record in rows.itertuples(index=False, name=None):
        lines.append(quoted_line([_written(value, kind) for value, kind in zip(record, kinds, strict=True)]))
    return "".join(lines).encode()


def quoted_line(values: Sequence[str]) -> str:
    """One line of CSV with its line feed, each cell quoted where it must be."""
    return ",".join(map(_quoted, values)) + "\n"


def parquet_bytes(table: Table, rows: "pd.DataFrame") -> bytes:
    """The frame as Parquet: dates as date32, instants as UTC timestamps; column descriptions stand in the fields' metadata."""
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds: dict[str, Any] = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("ms", tz="UTC"),
    }
    schema = pa.schema([pa.field(c.name, kinds[c.type], metadata={"description": c.description}) for c in table.columns])
    arrays = [_array(rows[c.name].tolist(), c.type, kinds[c.type]) for c in table.columns]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()


def _array(values: list[Any], kind: str, arrow: Any) -> Any:
    from datetime import date, datetime

    import pyarrow as pa

    known = [None if _missing(v) else v for v in values]
    if kind == "date":
        known = [None if v is None else date.fromisoformat(v) for v in known]
    if kind == "datetime":
        known = [None if v is None else datetime.strptime(v, "%Y-%m-%dT%H:%M:%S%z") for v in known]
    return pa.array(known, type=arrow)


def _missing(value: Any) -> bool:
    # frames hold pd.NA, or NaN where a text column keeps its missing values so
    return type(value).__name__ == "NAType" or value != value


def _written(value: Any, kind: str) -> str:
    if _missing(value):
        return ""
    if kind == "boolean":
        return "true" if value else "false"
    if kind == "number":
        return repr(float(value))
    return defuse(str(value)) if kind == "string" else str(value)


def _quoted(text: str) -> str:
    # by hand, because the csv module of Python 3.11 leaves a lone carriage return unquoted
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in '",\r\n') else text
