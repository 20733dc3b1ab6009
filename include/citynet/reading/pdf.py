"""pdf: members in the text or the tables of a PDF file. What is on its pages is found by pdf_pages, in a process with limits."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from citynet.errors import ConfigError, SourceChanged
from citynet.model import Page
from citynet.reading.cells import members_of_cells
from citynet.reading.markup import must_contain
from citynet.reading.paragraph import by_lines, members_in
from citynet.reading.readers import MAX_ROWS, Printed

_SECONDS = 180
"""On the clock, while other work may hold the processor; pdf_pages itself may compute for a third of it."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One page of the file: its number, its lines of text, and the cells of its tables."""

    number: int
    lines: list[str]
    tables: list[list[list[str]]]


def read_pdf(body: bytes, content_type: str, spec: Page, where: str) -> Printed:
    """pdf: members as rows of tables (`layout: table`) or as names in running text (`layout: text`) of the pages that `select` names.

    SourceChanged for anything else than a PDF, one that takes too long, pages that are not there, and pages that are pictures
    (a scan has no text to read).
    """
    if b"%PDF-" not in body[:1024]:
        raise SourceChanged(f"{where}: expected a PDF, got {content_type or 'no content type'}: {body[:40]!r}", gate="reached")
    sheets = _chosen(_pages(body, spec, where), spec, where)
    text = "\n".join(line for sheet in sheets for line in sheet.lines)
    shown = " ".join(text.split())
    must_contain(shown, spec, where)
    at = f"page {sheets[0].number}" if len(sheets) == 1 else f"pages {sheets[0].number} to {sheets[-1].number}"
    if spec.options.get("layout") == "table":
        return Printed(shown, members_of_cells(_rows(sheets, where), spec, where))
    return Printed(shown, members_in(text if by_lines(spec) else shown, spec, at, where))


def _pages(body: bytes, spec: Page, where: str) -> list[_Sheet]:
    """The pages in the range that `select` names (all where it names words), without the lines that `drop_lines` matches."""
    first, last = _range(spec.select)
    layout = spec.options.get("layout", "text")
    layout = "table_without_lines" if layout == "table" and spec.options.get("lines_drawn") == "no" else layout
    document = _extracted(body, [str(first), str(last), layout, spec.options.get("columns", "1")], where)
    if document["count"] < max(first, last):
        raise SourceChanged(f"{where}: expected the pages {spec.select}, the file has {document['count']}")
    drop = _dropped(spec, where)
    sheets = []
    for page in document["pages"]:
        if not page["text"].strip() and page["pictures"]:
            raise SourceChanged(f"{where}: page {page['number']}: expected text, got a picture of it (a scan can't be read)")
        lines = [" ".join(line.split()) for line in page["text"].splitlines()]
        sheets.append(_Sheet(page["number"], [line for line in lines if line and not (drop and drop.fullmatch(line))], page["tables"]))
    if not any(sheet.lines for sheet in sheets):
        raise SourceChanged(f"{where}: expected text on the pages, got {len(sheets)} without any")
    return sheets


def _range(select: str) -> tuple[int, int]:
    """(first page, last page or 0 for the end) of "3", "2-4" or "2-"; all pages for anything else."""
    found = re.fullmatch(r"([1-9]\d{0,3})(-([1-9]\d{0,3})?)?", select)
    if not found:
        return 1, 0
    first = int(found[1])
    return first, int(found[3]) if found[3] else 0 if found[2] else first


def _dropped(spec: Page, where: str) -> re.Pattern[str] | None:
    pattern = spec.options.get("drop_lines")
    try:
        return re.compile(pattern) if pattern else None
    except re.error as problem:
        raise ConfigError(f"{where}: expected a regular expression as drop_lines in the network file, got {pattern!r}") from problem


def _chosen(sheets: Sequence[_Sheet], spec: Page, where: str) -> Sequence[_Sheet]:
    """The pages from the one that holds the words `select` to the one before that which holds the words `until`."""
    words, until = spec.select, spec.options.get("until", "")
    if words and not re.fullmatch(r"[\d-]+", words):
        sheets = _from(sheets, words, where)
    if until:
        rest = _from(sheets, until, where)
        sheets = sheets[: len(sheets) - len(rest)]
    if not sheets:
        raise SourceChanged(f"{where}: expected a page before the one that says {until!r}, got none")
    return sheets


def _from(sheets: Sequence[_Sheet], words: str, where: str) -> Sequence[_Sheet]:
    for number, sheet in enumerate(sheets):
        if words in " ".join(sheet.lines):
            return sheets[number:]
    raise SourceChanged(f"{where}: expected a page that says {words!r}, got none among {len(sheets)}")


def _rows(sheets: Sequence[_Sheet], where: str) -> list[tuple[str, list[str]]]:
    """The rows of all tables, one after the other: a table goes on over pages, and its header may be printed on each."""
    rows: list[tuple[str, list[str]]] = []
    for sheet in sheets:
        number = 0
        for table in sheet.tables:
            for cells in table:
                number += 1
                folded = [" ".join(cell.split()) for cell in cells]
                if rows and len(folded) != len(rows[0][1]):
                    seen = f"one of {len(folded)} on page {sheet.number}"
                    raise SourceChanged(f"{where}: expected tables of {len(rows[0][1])} columns as the first has, got {seen}")
                rows.extend([(f"page {sheet.number}, row {number}", folded)] if any(folded) else [])
    if not rows:
        raise SourceChanged(f"{where}: expected a table, got none on {len(sheets)} pages")
    if len(rows) > MAX_ROWS:
        raise SourceChanged(f"{where}: expected at most {MAX_ROWS} rows, got {len(rows)}")
    return rows


def _extracted(body: bytes, arguments: list[str], where: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "citynet.reading.pdf_pages", *arguments]
    needed = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PATH": os.defpath}
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=_SECONDS, check=False, env=needed)
    except subprocess.TimeoutExpired as problem:
        raise SourceChanged(f"{where}: expected a PDF that can be read in {_SECONDS} s, it takes longer") from problem
    if done.returncode == 0:
        found: dict[str, Any] = json.loads(done.stdout)
        return found
    told = done.stderr.decode("utf-8", errors="replace").strip().splitlines()[-1:]
    if done.returncode == 2:
        raise SourceChanged(f"{where}: {told[0]}")
    ended = f"signal {-done.returncode}" if done.returncode < 0 else (told or [f"exit code {done.returncode}"])[0][:80]
    raise SourceChanged(f"{where}: expected a PDF that can be read within the limits of time and memory, reading it ended with {ended}")
