"""table: members in the rows of the only table that `select` matches."""

from typing import TYPE_CHECKING

from citynet.model import Page
from citynet.reading.columns import members_of_rows
from citynet.reading.grid import rows_of_table
from citynet.reading.markup import matched
from citynet.reading.readers import Member

if TYPE_CHECKING:
    from bs4 import BeautifulSoup


def read_table(page: "BeautifulSoup", spec: Page, where: str) -> list[Member]:
    """One member a row; its columns are named by their headers, in any row of the thead or in the first rows of the table."""
    (table,) = matched(page, spec.select, where, exactly=1)
    rows = rows_of_table(table, f"{where}: {spec.select!r}")
    head = [number for number, row in enumerate(rows) if row.in_head]
    if not head:
        first_of_cells = next((number for number, row in enumerate(rows) if not row.all_headers), len(rows))
        head = list(range(first_of_cells)) or [0]
    return members_of_rows(rows, spec, f"{where}: {spec.select!r}", head)
