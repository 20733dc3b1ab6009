"""An HTML table as a grid: cells that span columns or rows stand in each place that they cover."""

from itertools import takewhile
from typing import TYPE_CHECKING

from citynet.errors import SourceChanged
from citynet.reading.columns import Row
from citynet.reading.printed import text_of

if TYPE_CHECKING:
    from bs4 import Tag

MAX_COLUMNS = 1000  # as in the HTML standard, which cuts colspan there
MAX_SPAN = 65_534  # likewise for rowspan


def rows_of_table(table: "Tag", where: str) -> list[Row]:
    """The rows of the table without those of tables within it; SourceChanged for one wider than any table is."""
    from bs4 import Tag

    rows: list[Row] = []
    hanging: dict[int, tuple[str, int]] = {}  # column -> (text, how many more rows it covers)
    for line in table.find_all("tr"):
        above = [*takewhile(lambda parent: parent.name != "table", line.parents)]
        if (above[-1] if above else line).parent is not table:
            continue
        cells: list[str] = []
        own = [cell for cell in line.children if isinstance(cell, Tag) and cell.name in ("th", "td")]
        covered = 0
        for cell in own:
            covered += _cover(cells, hanging)
            text, right, down = text_of(cell), _span(cell, "colspan", MAX_COLUMNS), _span(cell, "rowspan", MAX_SPAN)
            for _ in range(right):
                if down > 1:
                    hanging[len(cells)] = (text, down - 1)
                cells.append(text)
            if len(cells) > MAX_COLUMNS:
                raise SourceChanged(f"{where}: expected a table of at most {MAX_COLUMNS} columns, got a wider one")
        covered += _cover(cells, hanging)
        in_head = any(parent.name == "thead" for parent in above)
        rows.append(Row(tuple(cells), len(own) + covered, in_head, bool(own) and all(cell.name == "th" for cell in own)))
    return rows


def _cover(cells: list[str], hanging: dict[int, tuple[str, int]]) -> int:
    """Fill the next columns with the cells that reach down from rows above; how many columns that are."""
    before = len(cells)
    while len(cells) in hanging:
        text, left = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (text, left - 1)
        cells.append(text)
    return len(cells) - before


def _span(cell: "Tag", attribute: str, most: int) -> int:
    """How far a cell reaches; what is no number is 1, as in browsers."""
    printed = str(cell.get(attribute, "1")).strip()
    return min(max(int(printed), 1), most) if printed.isascii() and printed.isdigit() and len(printed) < 10 else 1
