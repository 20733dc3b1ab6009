"""Eurostat's workbook of local administrative units: one sheet a country, a heading row, one unit a row.

Headings as public programs read them of the editions 2019 to 2025: "NUTS 3 CODE" became "NUTS3", and "EU LAU CODE" came in
beside "LAU CODE". Cells hold codes as text or as numbers, whose leading zeros are then lost; the EU code keeps them.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from citynet.errors import SourceChanged
from citynet.statistics.aggregation import aggregated
from citynet.statistics.joining import iso_of
from citynet.statistics.values import Municipality

Cell = object
"""A cell as openpyxl gives it: text, number, date, yes or no, or None."""

_ZIP = b"PK\x03\x04"
_UNPACKED_BYTES_MOST = 400_000_000
"""A workbook that unpacks to more is refused; one of 100,000 units takes about a quarter of it."""
_HEADING_ROWS = 10
"""Within so many rows the headings must come: some editions print a title above them."""
_ROWS_MOST = 60_000
"""More units than any country has (France: 35,000)."""

REQUIRED = {
    "nuts3": ("NUTS 3 CODE", "NUTS3"),
    "lau_code": ("LAU CODE",),
    "name": ("LAU NAME NATIONAL",),
    "population": ("POPULATION",),
    "degurba": ("DEGURBA",),
}
OPTIONAL = {"eu_code": ("EU LAU CODE",), "latin": ("LAU NAME LATIN",), "city": ("CITY_ID", "CITY CODE")}
"""What we take -> the headings under which it stands, in capitals with single blanks."""
_OTHER_HEADINGS = frozenset({"TR"})
"""Sheets passed over where their headings are others, as that of Türkiye in the edition of 2024; all others must fit."""
_WIDTHS = {"AT": 5, "BE": 5, "CY": 4, "DE": 8, "DK": 3, "EL": 8, "ES": 5, "FI": 3, "FR": 5, "HR": 5, "HU": 5, "IS": 4, "IT": 6}
_WIDTHS |= {"LU": 4, "LV": 7, "PT": 6, "SE": 4}
"""Sheet -> digits of a code where all have the same number (list of 2019), so that a number gets its leading zeros back."""
_NOTHING = frozenset({"", ":", "-", "N/A", "N.A.", "NA"})
"""How a missing figure is printed."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A country's sheet: its name, the place of each column, and the rows below the headings with their numbers."""

    name: str
    columns: Mapping[str, int]
    rows: Iterable[tuple[int, Sequence[Cell]]]


def is_workbook(body: bytes) -> bool:
    """Whether the bytes are a zipped workbook (xlsx)."""
    return body.startswith(_ZIP)


def read_workbook(body: bytes) -> tuple[Municipality, ...]:
    """The municipalities of all country sheets, sorted by country and code; smaller units put together (see aggregation).

    Formulas are never computed. SourceChanged for a damaged or swollen file, headings or cells that are not as expected, or a
    code given twice; the message names sheet and row.
    """
    units: dict[tuple[str, str], Municipality] = {}
    try:
        for sheet in _sheets(body):
            for number, row in sheet.rows:
                where = f"LAU workbook, sheet {sheet.name}, row {number}"
                unit = _unit(sheet, row, where)
                if unit is None:
                    continue
                if (unit.country, unit.lau_code) in units:
                    raise SourceChanged(f"{where}: expected each code once, got {unit.lau_code} again")
                units[unit.country, unit.lau_code] = unit
    except (zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, EOFError, OSError) as problem:
        # What openpyxl and zipfile raise for files that are cut or hold something else (seen: each of these).
        raise SourceChanged(f"LAU workbook: expected a sound xlsx file, got one that breaks ({type(problem).__name__})") from problem
    if not units:
        raise SourceChanged("LAU workbook: expected sheets named by country codes with units, got none")
    return aggregated(units.values())


def _sheets(body: bytes) -> Iterator[_Sheet]:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        unpacked = sum(entry.file_size for entry in packed.infolist())
    if unpacked > _UNPACKED_BYTES_MOST:
        raise SourceChanged(f"LAU workbook: expected at most {_UNPACKED_BYTES_MOST} bytes unpacked, got {unpacked}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl tells of styles and validations that it leaves out
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    for name in book.sheetnames:
        if re.fullmatch("[A-Z]{2}", name):
            rows = enumerate(book[name].iter_rows(values_only=True, max_row=_ROWS_MOST), 1)
            columns = _columns(name, rows)
            if columns is not None:
                yield _Sheet(name, columns, rows)


def _columns(sheet: str, rows: Iterator[tuple[int, Sequence[Cell]]]) -> dict[str, int] | None:
    """Where each column stands, by the heading row, which is read; None for a sheet that is passed over."""
    seen: list[str] = []
    for number, row in rows:
        headings = [" ".join(str(cell).upper().split()) if cell is not None else "" for cell in row]
        if "LAU CODE" in headings:
            found = {what: headings.index(h) for what, known in {**REQUIRED, **OPTIONAL}.items() for h in known if h in headings}
            if found.keys() >= REQUIRED.keys():
                return found
        seen = [heading for heading in headings if heading] or seen
        if number >= _HEADING_ROWS or "LAU CODE" in headings:
            break
    if sheet in _OTHER_HEADINGS:
        return None
    expected = ", ".join(" or ".join(known) for known in REQUIRED.values())
    raise SourceChanged(f"LAU workbook, sheet {sheet}: expected the headings {expected}; seen {', '.join(seen)[:300] or 'nothing'}")


def _unit(sheet: _Sheet, row: Sequence[Cell], where: str) -> Municipality | None:
    """The unit of a row; None for an empty row and for a note below the table."""
    at = {what: row[place] if place < len(row) else None for what, place in sheet.columns.items()}
    code, name = _code(sheet.name, at["lau_code"], at.get("eu_code"), where), _text(at["name"])
    population = _whole(at["population"], where, "population")
    if not code and population is None:
        return None
    nuts3 = _text(at["nuts3"])
    if not code or not name or not re.fullmatch(rf"{sheet.name}[A-Z0-9]{{2,3}}", nuts3):  # Albania's have 2 (list of 2019)
        raise SourceChanged(f"{where}: expected a LAU code, a name and a NUTS 3 code of {sheet.name}, got {code!r}, {name!r}, {nuts3!r}")
    degurba = _whole(at["degurba"], where, "degurba")
    latin = _text(at.get("latin"))
    return Municipality(
        lau_code=code,
        country=iso_of(sheet.name),
        name=name,
        name_latin=latin if latin != name else "",
        population=population,
        degurba=degurba if degurba in (1, 2, 3) else None,  # 9 is none: communities of Cyprus have it
        city_code=_text(at.get("city")),
        nuts3=nuts3,
    )


def _code(sheet: str, printed: Cell, eu: Cell, where: str) -> str:
    """The national code: what the EU code has behind the country, else the code as printed with its leading zeros."""
    if eu is not None and _text(eu):
        country, line, code = _text(eu).partition("_")
        if (country, line) != (sheet, "_") or not code:
            raise SourceChanged(f"{where}: expected an EU LAU code {sheet}_<code>, got {_text(eu)!r}")
        return code
    if isinstance(printed, int | float) and not isinstance(printed, bool):
        return f"{printed:.0f}".zfill(_WIDTHS.get(sheet, 0))
    return _text(printed)


def _text(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _whole(cell: Cell, where: str, what: str) -> int | None:
    """A whole number of at least 0, or None where nothing is printed."""
    if isinstance(cell, str):
        if cell.strip().upper() in _NOTHING:
            return None
        cell = int(cell) if re.fullmatch("[0-9]{1,9}", cell.strip()) else cell
    if cell is None:
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float) or cell < 0 or cell != int(cell):
        raise SourceChanged(f"{where}: expected a whole number or nothing as {what}, got {cell!r}")
    return int(cell)
