"""The last row of a table or sheet may add up the others; it is left out only where nothing else can be meant."""

import pytest

from citynet.errors import SourceChanged
from citynet.reading.sheets import read_csv, read_xlsx
from reading.documents import members_of, page, workbook
from reading.small_network import printed_page

HEADER = ["City", "Country", "Residents"]
CITIES = [["Ghent", "Belgium", "262219"], ["Bari", "Italy", "316140"]]
NAMES = ["Ghent", "Bari"]
OPTIONS = {"name": "City", "country": "Country"}
WORDS = ["Total", "TOTAL:", "Totale", "Summe", "Gesamt", "Insgesamt", "Somme", "Total général", "Suma", "Razem", "Totaal"]


def from_table(rows, **options):
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    read = printed_page(f"<table>{cells}</table>", "table", "table", **OPTIONS, **options)
    return [row.name_as_published for row in read.rows]


def from_csv(rows, **options):
    text = "\n".join(";".join(row) for row in rows)
    return [name for name, _ in members_of(read_csv(text.encode(), "text/csv", page("csv", OPTIONS | options), "x"))]


def from_xlsx(rows, **options):
    return [name for name, _ in members_of(read_xlsx(workbook(Members=rows), "", page("xlsx", OPTIONS | options), "x"))]


READERS = pytest.mark.parametrize("read", [from_table, from_csv, from_xlsx])


@READERS
@pytest.mark.parametrize("word", WORDS)
def test_a_last_row_that_says_total_beside_a_number_is_left_out(read, word):
    assert read([HEADER, *CITIES, [word, "", "578.359"]]) == NAMES
    assert read([HEADER, *CITIES, [word, "2", ""]]) == NAMES


@READERS
@pytest.mark.parametrize(
    "row",
    [
        ["Total", "", ""],
        ["Total", "Belgium", "unknown"],
        ["Totana", "Spain", "32329"],
        ["Total members", "", "2"],
        ["Summer", "Italy", "5"],
    ],
    ids=["no number", "words beside", "a town", "more words", "another word"],
)
def test_any_other_last_row_stays(read, row):
    assert read([HEADER, *CITIES, row]) == [*NAMES, row[0]]


@READERS
def test_such_a_row_stays_where_others_follow(read):
    assert read([HEADER, CITIES[0], ["Total", "", "262219"], CITIES[1]]) == ["Ghent", "Total", "Bari"]


@READERS
def test_a_table_that_adds_up_nothing_is_a_header_without_rows(read):
    with pytest.raises(SourceChanged, match="has a header and 0 rows"):
        read([HEADER, ["Total", "", "0"]])


@READERS
def test_it_needs_no_value_that_tells_members_from_others(read):
    rows = [[*HEADER, "State"], *([*city, "member"] for city in CITIES), ["Total", "", "578359", ""]]
    assert read(rows, where_column="State", where_equals="member", where_values="member|guest") == NAMES


def test_it_may_be_shorter_than_the_rows_above():
    assert from_csv([HEADER, *CITIES, ["Total", "2"]]) == NAMES
    with pytest.raises(SourceChanged, match="row 4: expected 3 cells as the header has, got 2"):
        from_csv([HEADER, *CITIES, ["Lodz", "2"]])
