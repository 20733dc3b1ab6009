"""csv and xlsx: members in the rows of a file, columns named by their headers as in a table of a page.

Cells are text with white space folded. Nothing is computed: of a formula the value counts that was saved with it.
"""

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from citynet.errors import ConfigError, SourceChanged
from citynet.model import Page
from citynet.reading.cells import header_of, members_of_cells
from citynet.reading.columns import columns_of, is_total
from citynet.reading.markup import must_contain
from citynet.reading.printed import decoded
from citynet.reading.readers import MAX_ROWS, Printed

MAX_UNPACKED_BYTES = 200_000_000
"""A workbook that unpacks to more is refused before it is opened; a list of 12,000 members takes about 3 MB."""

MAX_CELLS = 5_000_000
_DELIMITERS = (",", ";", "\t", "|")
_FAULTS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
"""What a formula that failed leaves in a cell (ISO/IEC 29500-1, 18.17.3)."""


def read_csv(body: bytes, content_type: str, spec: Page, where: str) -> Printed:
    """csv: one member a row; delimiter and encoding as the options say, else as the file shows them.

    SourceChanged for a web page in place of the file, an empty file, and quotes that are not closed.
    """
    text = _text(body, content_type, spec, where)
    delimiter, text = _delimiter(text, spec.options.get("delimiter", ""), where)
    try:
        rows = _filled(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), where)
    except csv.Error as problem:
        raise SourceChanged(f"{where}: expected a CSV file, got: {problem}") from problem
    return _printed(rows, spec, where, as_wide=True)


def _text(body: bytes, content_type: str, spec: Page, where: str) -> str:
    encoding = spec.options.get("encoding")
    try:
        text = body.decode(encoding) if encoding else decoded(body, content_type)
    except LookupError as problem:
        raise ConfigError(f"{where}: expected the name of an encoding in the network file, got {encoding!r}") from problem
    except UnicodeDecodeError as problem:
        raise SourceChanged(f"{where}: expected text in {encoding}, got the byte 0x{body[problem.start]:02x}") from problem
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise SourceChanged(f"{where}: expected a CSV file, got an empty answer of {len(body)} bytes")
    if re.match(r"\s*<(!doctype|html|\?xml)", text, re.IGNORECASE):
        raise SourceChanged(f"{where}: expected a CSV file, got a page: {text[:80]!r}", gate="reached")
    return text


def _delimiter(text: str, told: str, where: str) -> tuple[str, str]:
    """(delimiter, the text without a line that tells it): told by the network file, by Excel's first line, or by most lines."""
    if told:
        delimiter = "\t" if told == "tab" else told
        if len(delimiter) != 1:
            raise ConfigError(f"{where}: expected a delimiter of one character or 'tab' in the network file, got {told!r}")
        return delimiter, text
    first = re.match(r"sep=(.)\r?\n", text)
    if first:
        return first[1], text[first.end() :]
    return max(_DELIMITERS, key=lambda delimiter: _agreement(text, delimiter)), text


def _agreement(text: str, delimiter: str) -> int:
    """How many of the first rows have the commonest width that is more than one cell, with this delimiter."""
    lines = text.splitlines(keepends=True)[:200]
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    except csv.Error:
        return 0
    return max(widths.values(), default=0)


def read_xlsx(body: bytes, content_type: str, spec: Page, where: str) -> Printed:
    """xlsx: one member a row of the sheet that the option names, else of the only visible sheet that holds anything.

    SourceChanged for anything else than a workbook, one too large once unpacked, and for several sheets to choose from.
    """
    import openpyxl

    try:
        _require_workbook(body, content_type, where)
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
        try:
            rows = _filled(_sheet(book, spec, where), where)
        finally:
            book.close()
    except (zipfile.BadZipFile, zlib.error, ParseError, SyntaxError, KeyError, ValueError, TypeError, EOFError, OSError) as problem:
        # What openpyxl and zipfile raise for files that are cut or hold something else (seen: each of these).
        raise SourceChanged(f"{where}: expected a whole xlsx file, got a damaged one ({type(problem).__name__})") from problem
    return _printed(rows, spec, where)


def _require_workbook(body: bytes, content_type: str, where: str) -> None:
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceChanged(f"{where}: expected an xlsx file, got an old Excel file (.xls) or one with a password")
    if not zipfile.is_zipfile(io.BytesIO(body)):
        raise SourceChanged(f"{where}: expected an xlsx file, got {content_type or 'no content type'}: {body[:40]!r}")
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        unpacked = sum(part.file_size for part in packed.infolist())
    if unpacked > MAX_UNPACKED_BYTES:
        raise SourceChanged(f"{where}: expected at most {MAX_UNPACKED_BYTES} bytes unpacked, got {unpacked}")


def _sheet(book: Any, spec: Page, where: str) -> Iterator[list[str]]:
    """The rows of the sheet to read, as text."""
    wanted = spec.options.get("sheet")
    if wanted is not None:
        if wanted not in book.sheetnames:
            raise SourceChanged(f"{where}: expected the sheet {wanted!r}, got {', '.join(book.sheetnames)[:200]}")
        return _rows(book[wanted])
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = [sheet for sheet in visible if next(filter(any, _rows(sheet)), None)]
    if len(filled) != 1:
        names = ", ".join(sheet.title for sheet in filled)[:200]
        raise SourceChanged(f"{where}: expected one sheet with cells (the option sheet names one of several), got {names or 'none'}")
    return _rows(filled[0])


def _rows(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    return ([_written(value) for value in row] for row in sheet.iter_rows(values_only=True))


def _written(value: object) -> str:
    """A cell as it is read: whole numbers without decimals, dates as YYYY-MM-DD."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | datetime):
        return value.isoformat()[:10]
    return str(value)


def _filled(cells: Iterable[list[str]], where: str) -> list[tuple[str, list[str]]]:
    """The rows that hold anything, each with where it stands ("row 7"); SourceChanged for too many rows or cells."""
    rows: list[tuple[str, list[str]]] = []
    count = 0
    for number, row in enumerate(cells, start=1):
        count += len(row)
        if len(rows) > MAX_ROWS or count > MAX_CELLS:
            raise SourceChanged(f"{where}: expected at most {MAX_ROWS} rows and {MAX_CELLS} cells, got more")
        folded = [" ".join(cell.split()) for cell in row]
        if any(folded):
            rows.append((f"row {number}", folded))
    return rows


def _printed(rows: list[tuple[str, list[str]]], spec: Page, where: str, as_wide: bool = False) -> Printed:
    """The members of the rows, all made as wide as the widest. as_wide: rows below the header must have all its cells."""
    width = max((max(column for column, cell in enumerate(row, start=1) if cell) for _, row in rows), default=0)
    shown = "\n".join(" ".join(filter(None, row)) for _, row in rows)
    must_contain(shown, spec, where)
    lines = [(at, [*row, *[""] * width][:width]) for at, row in rows]
    if lines:
        header = header_of(lines, spec, where)
        # A row that adds up the others may be shorter than they are.
        total = header < len(lines) - 1 and is_total(lines[-1][1], columns_of(lines[header][1], spec, where))
        _require_width_of_header(rows[header : len(rows) - total], spec, where, as_wide=as_wide)
    members = members_of_cells(lines, spec, where)
    for member in members:
        if member.name in _FAULTS:
            raise SourceChanged(f"{where}: {member.evidence}: expected a name, got the failed formula {member.name}")
    return Printed(shown, members)


def _require_width_of_header(rows: list[tuple[str, list[str]]], spec: Page, where: str, as_wide: bool) -> None:
    """SourceChanged for a filled cell beyond the header's last, and where asked for a row with fewer cells: its cells are shifted.

    A sheet keeps no empty cells at the end of a row, so that a short row says nothing there; a heading may stand alone.
    """
    header = rows[0][1]
    width = max(column for column, cell in enumerate(header, start=1) if cell)
    for at, row in rows[1:]:
        beyond = next((cell for cell in row[width:] if cell), "")
        if beyond:
            raise SourceChanged(f"{where}: {at}: expected {width} cells as the header has, got {beyond[:40]!r} beyond them")
        alone = "heading_is" in spec.options and sum(map(bool, row)) == 1
        if as_wide and len(row) < width and not alone:
            raise SourceChanged(f"{where}: {at}: expected {width} cells as the header has, got {len(row)}")
