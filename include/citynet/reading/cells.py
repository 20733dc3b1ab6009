"""The rows of a file (csv, xlsx, tables of a pdf) made ready to be read as a table: where the header stands, what a heading is."""

from collections.abc import Sequence

from citynet.errors import SourceChanged
from citynet.model import Page
from citynet.reading.columns import Row, columns_of, members_of_rows
from citynet.reading.readers import Member

HEADER_AMONG = 30
"""The header is looked for among so many first rows: files open with titles, dates and notes."""


def members_of_cells(lines: Sequence[tuple[str, Sequence[str]]], spec: Page, where: str) -> list[Member]:
    """One member a row below the header. lines: where a row stands ("row 7") and its cells, as many in each; none wholly empty.

    With heading_is, a row with one filled cell is a heading over those below it. SourceChanged as columns.members_of_rows.
    """
    if not lines:
        raise SourceChanged(f"{where}: expected a header and rows, got no row that holds anything")
    return members_of_rows([_row(at, cells, spec) for at, cells in lines[header_of(lines, spec, where) :]], spec, where)


def _row(at: str, cells: Sequence[str], spec: Page) -> Row:
    filled = [cell for cell in cells if cell]
    if len(filled) == 1 and "heading_is" in spec.options:
        return Row((filled[0], *[""] * (len(cells) - 1)), 1, at=at)
    return Row(tuple(cells), len(cells), at=at)


def header_of(lines: Sequence[tuple[str, Sequence[str]]], spec: Page, where: str) -> int:
    """The position of the first row with all the columns; where none has them, what the fullest of the rows looked at lacks."""
    looked_at = sorted(enumerate(lines[:HEADER_AMONG]), key=lambda one: -sum(map(bool, one[1][1])))
    found: list[int] = []
    troubles: list[SourceChanged] = []
    for number, (at, cells) in looked_at:
        try:
            columns_of(cells, spec, f"{where}: {at}")
            found.append(number)
        except SourceChanged as problem:  # a title or a note above the header, or a row below it
            troubles.append(problem)
    if not found:
        raise troubles[0]
    return min(found)
