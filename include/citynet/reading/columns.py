"""Members in rows of cells below a header, whether of an HTML table, a sheet or a printed page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.errors import SourceChanged
from citynet.model import Page
from citynet.reading.groups import Group, group_of, members_of_groups
from citynet.reading.readers import MAX_ROWS, Member, is_member, iso_date, member_of_text

NAMED_COLUMNS = ("name", "country", "kind", "where_column", "joined_on", "on_hold_column", "former_column")

TOTALS = frozenset(
    (
        *("total", "totals", "grand total", "sum", "summe", "gesamt", "gesamtsumme", "insgesamt", "somme", "total général"),
        *("totales", "total general", "suma", "suma total", "totale", "totali", "somma", "totale generale", "totaal", "razem", "ogółem"),
    )
)
"""What the last row of a table that adds up the others says where they have a name, in the languages of the networks' sites."""
_NUMBER = re.compile(r"[+-]?\d[\d.,'’ ]*\s*%?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row. cells: the text in each column; printed: how many cells it shows, where one may span several columns.

    in_head: it stands in the head of the table; all_headers: all its cells are marked as headers. at: where it stands, ""
    where that is its number below the header ("row 3").
    """

    cells: tuple[str, ...]
    printed: int
    in_head: bool = False
    all_headers: bool = False
    at: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns stand. at: option -> position of the column that it names; width: cells of a row."""

    at: Mapping[str, int]
    width: int


def members_of_rows(rows: Sequence[Row], spec: Page, where: str, head: Sequence[int] = (0,)) -> list[Member]:
    """One member a row below the header, which is the last of the rows numbered in `head` that has all columns.

    With heading_is, a row of one cell is a heading over the rows below it ("Germany"). SourceChanged for a missing or doubled
    column, a row of another length, a header without rows, a value of where_column outside where_values, a heading without
    rows, and where no row has where_equals. A last row that adds up the table is no member.
    """
    header, columns = _header(rows, head, spec, where)
    # A long table repeats its header.
    below = [row for row in rows[header + 1 :] if row.cells and row.cells != rows[header].cells]
    below = below[:-1] if below and is_total(below[-1].cells, columns) else below
    if not below:
        raise SourceChanged(f"{where} has a header and 0 rows, expected at least 1")
    if len(below) > MAX_ROWS:
        raise SourceChanged(f"{where} has more than {MAX_ROWS} rows, expected a membership list")
    groups = _groups(below, columns, spec, where)
    if "where_column" in spec.options and not any(members for _, members in groups):
        asked = f"{spec.options['where_column']} = {spec.options['where_equals']}"
        raise SourceChanged(f"{where}: {len(below)} rows, 0 of them with {asked}, expected at least 1")
    return members_of_groups(groups, spec, where)


def _header(rows: Sequence[Row], head: Sequence[int], spec: Page, where: str) -> tuple[int, Columns]:
    """The position of the header row and its columns; where none has all columns, the trouble that the last had."""
    trouble: SourceChanged | None = None
    for number in reversed(head):
        try:
            return number, columns_of(rows[number].cells if rows else (), spec, where)
        except SourceChanged as problem:
            trouble = trouble or problem
    assert trouble is not None
    raise trouble


def columns_of(header: Sequence[str], spec: Page, where: str) -> Columns:
    """The columns that the options name by their printed headers ("City|Member": either); each must be there once."""
    found: dict[str, int] = {}
    for option in NAMED_COLUMNS:
        wanted = spec.options.get(option)
        if wanted is None:
            continue
        places = [number for number, printed in enumerate(header) if printed in wanted.split("|")]
        if len(places) != 1:
            raise SourceChanged(f"{where}: column {wanted!r} found {len(places)} times, expected 1; header: {' | '.join(header)[:200]}")
        found[option] = places[0]
    return Columns(found, len(header))


def is_total(cells: Sequence[str], columns: Columns) -> bool:
    """Whether a row adds up a table: nothing but a word for a total where names stand, and a number beside it."""
    name = columns.at["name"]
    said = cells[name] if name < len(cells) else ""
    beside = [cell for number, cell in enumerate(cells) if number != name]
    return said.casefold().rstrip(" :") in TOTALS and any(_NUMBER.fullmatch(cell) for cell in beside)


def _groups(rows: Sequence[Row], columns: Columns, spec: Page, where: str) -> list[tuple[Group, list[Member]]]:
    """The members under their heading rows; without heading_is all of them under none."""
    with_headings = "heading_is" in spec.options
    groups: list[tuple[Group, list[Member]]] = [] if with_headings else [(Group("", "the table"), [])]
    number = 0
    for row in rows:
        lone = row.printed == 1 and columns.width > 1
        if with_headings and lone:
            groups.append((group_of(row.cells[0], spec, f"heading {len(groups) + 1}", where), []))
            continue
        number += 1
        at = row.at or f"row {number}"
        if not groups:
            raise SourceChanged(f"{where}: {at}: expected a heading before the first member, got {' | '.join(row.cells)[:80]!r}")
        if lone or len(row.cells) != columns.width:
            raise SourceChanged(f"{where}: {at}: expected {columns.width} cells as the header has, got {1 if lone else len(row.cells)}")
        member = member_of_row(row.cells, columns, spec, at, where)
        groups[-1][1].extend([member] if member else [])
    return groups


def member_of_row(cells: Sequence[str], columns: Columns, spec: Page, at: str, where: str) -> Member | None:
    """The member of one row, None where the row's where_column says that it is none."""
    printed = {option: cells[column] for option, column in columns.at.items()}
    options = spec.options
    if "where_column" in printed and not is_member(printed["where_column"], spec, f"{where}: {at}: column {options['where_column']!r}"):
        return None
    member = member_of_text(printed["name"], spec, at, where)
    return replace(
        member,
        country=printed.get("country", member.country),
        kind=printed.get("kind", member.kind),
        joined_on=iso_date(printed["joined_on"], spec, f"{where}: {at}") if "joined_on" in printed else member.joined_on,
        on_hold=member.on_hold or ("on_hold_column" in printed and printed["on_hold_column"] == options["on_hold_equals"]),
        former=member.former or ("former_column" in printed and printed["former_column"] == options["former_equals"]),
    )
