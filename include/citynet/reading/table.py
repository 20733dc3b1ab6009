"""The table reader: members in rows, found by the headers of their columns and, where asked, by the value of one column."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from citynet.errors import SourceChanged
from citynet.model import Page
from citynet.reading.printed import text_of
from citynet.reading.readers import MAX_ROWS, Member, iso_date, matched

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

NAMED_COLUMNS = ("name", "country", "kind", "where_column", "joined_on", "on_hold_column")


def read_table(page: "BeautifulSoup", spec: Page, where: str) -> list[Member]:
    """table: one member a row of the only table that `select` matches, columns named by their printed headers.

    SourceChanged for a missing or doubled column, a row of another length, a header without rows, a value of where_column
    outside where_values, and where no row has where_equals.
    """
    (table,) = matched(page, spec.select, where, exactly=1)
    lines = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [_cells(row) for row in lines]
    header = cells[0] if cells else []
    columns = _columns(header, spec, where)
    rows = [row for row in cells[1:] if row and row != header]
    if not rows:
        raise SourceChanged(f"{where}: {spec.select!r} has a header and 0 rows, expected at least 1")
    if len(rows) > MAX_ROWS:
        raise SourceChanged(f"{where}: {spec.select!r} has more than {MAX_ROWS} rows, expected a membership list")
    members = []
    for number, row in enumerate(rows, start=1):
        if len(row) != len(header):
            raise SourceChanged(f"{where}: row {number}: expected {len(header)} cells as the header has, got {len(row)}")
        printed = {option: row[column] for option, column in columns.items()}
        if _is_member(printed, spec.options, f"{where}: row {number}"):
            members.append(_member(printed, spec, f"row {number}", where))
    if not members:
        asked = f"{spec.options['where_column']} = {spec.options['where_equals']}"
        raise SourceChanged(f"{where}: {len(rows)} rows, 0 of them with {asked}, expected at least 1")
    return members


def _cells(row: "Tag") -> list[str]:
    return [text_of(cell) for cell in row.find_all(["th", "td"], recursive=False)]


def _columns(header: list[str], spec: Page, where: str) -> dict[str, int]:
    """Option -> position of the column it names."""
    found: dict[str, int] = {}
    for option in NAMED_COLUMNS:
        wanted = spec.options.get(option)
        if wanted is None:
            continue
        if header.count(wanted) != 1:
            raise SourceChanged(
                f"{where}: column {wanted!r} found {header.count(wanted)} times, expected 1; header: {' | '.join(header)[:200]}"
            )
        found[option] = header.index(wanted)
    return found


def _is_member(printed: Mapping[str, str], options: Mapping[str, str], where: str) -> bool:
    if "where_column" not in options:
        return True
    value = printed["where_column"]
    allowed = options.get("where_values")
    if allowed is not None and value not in allowed.split("|"):
        raise SourceChanged(f"{where}: column {options['where_column']!r}: expected one of {allowed}, got {value[:40]!r}")
    return value == options["where_equals"]


def _member(printed: Mapping[str, str], spec: Page, at: str, where: str) -> Member:
    return Member(
        name=printed["name"],
        country=printed.get("country", ""),
        kind=printed.get("kind", ""),
        evidence=at,
        joined_on=iso_date(printed.get("joined_on", ""), spec, f"{where}: {at}"),
        on_hold="on_hold_column" in printed and printed["on_hold_column"] == spec.options["on_hold_equals"],
    )
