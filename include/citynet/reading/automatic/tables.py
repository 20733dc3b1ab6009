"""The columns of HTML tables, for cells that span rows and columns."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_SPAN = 1000
"""Columns that a cell may span, as in the HTML standard; no list of members has as many."""


def columns_of(row: "HtmlElement", spans: dict[int, int]) -> "dict[HtmlElement, int]":
    """Cell -> its column, counting cells that reach down from rows above; `spans` (column -> rows to come) is brought up to date."""
    found, column = {}, 0
    taken = {at for at, left in spans.items() if left > 0}
    for at in taken:
        spans[at] -= 1
    for cell in row:
        if cell.tag not in ("td", "th"):
            continue
        while column in taken:
            column += 1
        found[cell] = column
        wide, deep = _span(cell.get("colspan")), _span(cell.get("rowspan"))
        for at in range(column, column + wide):
            if deep > 1:
                spans[at] = deep - 1
        column += wide
    return found


def _span(written: str | None) -> int:
    return min(int(written), MAX_SPAN) if written and written.isdecimal() and int(written) else 1
