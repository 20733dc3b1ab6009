"""The list of local administrative units (LAU), from our trimmed copy of Eurostat's table."""

import csv
import gzip

from citynet.errors import SourceChanged
from citynet.statistics.values import Municipality

COLUMNS = ("country", "lau_code", "lau_name_national", "lau_name_latin", "population", "degurba", "city_id")
UNIVERSE_FLOOR = 5_000
"""The size universe starts here (measures.md: all municipalities of at least 5,000); smaller rows are namesakes only."""
GAPS = {
    "CY": "no population in the table",
    "FR": "no population in the table",
    "GR": "units are municipal communities, not municipalities",
    "IE": "units are electoral areas, not municipalities",
    "PT": "units are parishes, not municipalities",
}
"""Countries of the 2019 list that are left out of the size universe, and why (ISO codes)."""
_ISO = {"EL": "GR", "UK": "GB"}


def read_lau(body: bytes) -> tuple[Municipality, ...]:
    """The municipalities of the table (CSV in UTF-8, may be gzipped), sorted by country and code; country becomes ISO.

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
    missing = [c for c in COLUMNS if row.get(c) is None]
    if missing or not row["country"] or not row["lau_code"] or not row["lau_name_national"]:
        raise SourceChanged(f"{where}: expected {len(COLUMNS)} columns with country, code and name, got {row}")
    try:
        population, degurba = (int(value) if (value := row[c] or "") else None for c in ("population", "degurba"))
    except ValueError as problem:
        raise SourceChanged(f"{where}: expected whole numbers or nothing as population and degurba: {problem}") from problem
    return Municipality(
        lau_code=row["lau_code"] or "",
        country=_ISO.get(row["country"] or "", row["country"] or ""),
        name=row["lau_name_national"] or "",
        name_latin=row["lau_name_latin"] or "",
        population=population,
        degurba=degurba,
        city_code=row["city_id"] or "",
    )
