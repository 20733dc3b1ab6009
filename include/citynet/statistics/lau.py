"""The list of local administrative units (LAU): Eurostat's workbook, or the trimmed table of it that serves for replay."""

import csv
import gzip

from citynet.errors import SourceChanged
from citynet.statistics.joining import iso_of
from citynet.statistics.lau_workbook import is_workbook, read_workbook
from citynet.statistics.values import Municipality

COLUMNS = ("country", "lau_code", "lau_name_national", "lau_name_latin", "population", "degurba", "city_id", "nuts3")
UNIVERSE_FLOOR = 5_000
"""The size universe starts here (measures.md: all municipalities of at least 5,000); smaller rows serve to join places only."""


def read_lau(body: bytes) -> tuple[Municipality, ...]:
    """The municipalities of a workbook or a trimmed table, sorted by country and code; countries as ISO codes.

    SourceChanged where the form is another; the message names sheet or line.
    """
    return read_workbook(body) if is_workbook(body) else read_trimmed(body)


def read_trimmed(body: bytes) -> tuple[Municipality, ...]:
    """The municipalities of our table (CSV in UTF-8, may be gzipped).

    SourceChanged where columns differ, a code comes twice, or a figure is no whole number; the message names the line.
    """
    try:
        text = (gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body).decode()
    except (OSError, EOFError, UnicodeDecodeError) as problem:
        raise SourceChanged(f"LAU table: expected CSV in UTF-8, gzipped or plain, got: {problem}") from problem
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise SourceChanged(f"LAU table: expected the columns {','.join(COLUMNS)}; got {','.join(reader.fieldnames or ()) or 'nothing'}")
    units: dict[tuple[str, str], Municipality] = {}
    for row in reader:
        where = f"LAU table, line {reader.line_num}"
        unit = _municipality(row, where)
        if (unit.country, unit.lau_code) in units:
            raise SourceChanged(f"{where}: expected each code once, got {unit.country} {unit.lau_code} again")
        units[unit.country, unit.lau_code] = unit
    if not units:
        raise SourceChanged("LAU table: expected municipalities, got a header without rows")
    return tuple(units[key] for key in sorted(units))


def _municipality(row: dict[str, str | None], where: str) -> Municipality:
    text = {column: row.get(column) or "" for column in COLUMNS}
    if None in row or any(row.get(c) is None for c in COLUMNS) or not (text["country"] and text["lau_code"] and text["lau_name_national"]):
        raise SourceChanged(f"{where}: expected {len(COLUMNS)} columns with country, code and name, got {row}")
    try:
        population, degurba = (int(text[c]) if text[c] else None for c in ("population", "degurba"))
    except ValueError as problem:
        raise SourceChanged(f"{where}: expected whole numbers or nothing as population and degurba: {problem}") from problem
    return Municipality(
        lau_code=text["lau_code"],
        country=iso_of(text["country"]),
        name=text["lau_name_national"],
        name_latin=text["lau_name_latin"],
        population=population,
        degurba=degurba,
        city_code=text["city_id"],
        nuts3=text["nuts3"],
    )
