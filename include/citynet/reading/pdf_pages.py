"""The text or tables of a PDF's pages, printed as JSON: run as a process of its own, because a PDF can be built to take for ever.

    python -m citynet.reading.pdf_pages FIRST LAST LAYOUT COLUMNS < file.pdf

FIRST and LAST: page numbers from 1, LAST 0 for the end. LAYOUT: text | table | table_without_lines. COLUMNS: into how many
columns of equal width a page is cut. Exit code 2 with one line on stderr where the file can't be read.
"""

import io
import json
import resource
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pdfplumber.page import Page

SECONDS = 60
"""Of computing; a table on 100 pages takes 7."""

BYTES = 1_000_000_000
"""Of memory; a table on 100 pages takes 80 MB."""

MAX_PAGES = 300
MAX_LETTERS = 50_000
"""On one page; a dense page has 6,000."""


class Unreadable(Exception):
    """The file is no PDF that can be read; the text says what was expected and seen."""


def pages_of(body: bytes, first: int, last: int, layout: str, columns: int) -> dict[str, Any]:
    """{"count": pages in the file, "pages": [{"number", "text", "tables", "pictures"}]} of the pages from first to last."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(body)) as document:
            count = len(document.pages)
            if count > MAX_PAGES:
                raise Unreadable(f"expected at most {MAX_PAGES} pages, got {count}")
            chosen = document.pages[first - 1 : last or None]
            return {"count": count, "pages": [_page(page, layout, columns) for page in chosen]}
    except (PdfminerException, PSException) as problem:
        # pdfplumber wraps whatever pdfminer raises while the file is opened.
        inner = problem.args[0] if problem.args and isinstance(problem.args[0], BaseException) else problem
        if isinstance(inner, MemoryError):
            raise inner from problem
        locked = isinstance(inner, PDFPasswordIncorrect)
        raise Unreadable("expected a PDF that may be read, it asks for a password" if locked else _damaged(inner)) from problem
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError) as problem:
        # What pdfminer raises for files that are cut or altered (seen: each of these).
        raise Unreadable(_damaged(problem)) from problem


def _damaged(problem: BaseException) -> str:
    return f"expected a whole PDF, got a damaged one ({type(problem).__name__})"


def _page(page: "Page", layout: str, columns: int) -> dict[str, Any]:
    if len(page.chars) > MAX_LETTERS:
        raise Unreadable(f"expected at most {MAX_LETTERS} letters on a page, got {len(page.chars)} on page {page.page_number}")
    parts = [page.crop(box) for box in _boxes(page, columns)] if columns > 1 else [page]
    strategy = "lines" if layout == "table" else "text"
    settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy}
    tables = [] if layout == "text" else [table for part in parts for table in part.extract_tables(settings)]
    found = {
        "number": page.page_number,
        "text": "\n".join(part.extract_text() for part in parts),
        "tables": [[[cell or "" for cell in row] for row in table] for table in tables],
        "pictures": len(page.images),
    }
    page.close()  # pdfplumber keeps every letter of a page until told not to
    return found


def _boxes(page: "Page", columns: int) -> list[tuple[float, float, float, float]]:
    left, top, right, bottom = page.bbox
    width = (right - left) / columns
    return [(left + number * width, top, left + (number + 1) * width, bottom) for number in range(columns)]


def main(arguments: list[str]) -> int:
    """Read standard input within the limits and print what it holds."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    first, last, layout, columns = arguments
    try:
        found = pages_of(sys.stdin.buffer.read(), int(first), int(last), layout, int(columns))
    except Unreadable as problem:
        print(problem, file=sys.stderr)
        return 2
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
