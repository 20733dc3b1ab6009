"""pdf: members in running text or in tables, on the pages that are named; a scan, a locked or a damaged file says what it is."""

import io
import struct
import zlib

import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission, EncryptionMethod

from citynet.errors import SourceChanged
from citynet.reading.pdf import read_pdf
from reading.documents import document, members_of, page

TABLE = {"layout": "table", "name": "City", "country": "Country"}
TEXT = {"layout": "text", "after": "Members:", "before": "Contact", "end": "."}


def read(body, options, select=""):
    return read_pdf(body, "application/pdf", page("pdf", options, select), "free_ports x")


def rows(*names):
    return [["City", "Country"], *([name, "Spain"] for name in names)]


def test_a_table_that_goes_on_over_pages_is_one_list():
    body = document(["Annex 1", rows("Vigo", "Cádiz")], [rows("Bilbao")], ["The end"])
    printed = read(body, TABLE)
    assert members_of(printed) == [("Vigo", "Spain"), ("Cádiz", "Spain"), ("Bilbao", "Spain")]
    assert [member.evidence for member in printed.members] == ["page 1, row 2", "page 1, row 3", "page 2, row 2"]


def test_a_cell_of_two_lines_is_one_text():
    assert members_of(read(document([rows("Region of\nMurcia")]), TABLE)) == [("Region of Murcia", "Spain")]


def test_names_in_running_text_are_read_over_line_and_page_ends():
    names = [f"City {number}" for number in range(150)]
    body = document(["Members: " + ", ".join(names[:100]) + ","], [", ".join(names[100:]) + ".", "Contact us"])
    assert [name for name, _ in members_of(read(body, TEXT))] == names


def test_one_name_a_line_without_running_heads_and_page_numbers():
    body = document(["Free Ports 2026", "Vigo\nCádiz\nPage 1 of 2"], ["Free Ports 2026", "Bilbao\nPage 2 of 2"])
    options = {"layout": "text", "separator": "line_break", "drop_lines": r"Free Ports \d{4}|Page \d+ of \d+"}
    assert members_of(read(body, options)) == [("Vigo", ""), ("Cádiz", ""), ("Bilbao", "")]


def two_columns(left, right):
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        pdf.text(20, 20 + number * 8, one)
        pdf.text(pdf.w / 2 + 10, 20 + number * 8, other)
    return bytes(pdf.output())


def test_columns_are_read_one_after_the_other_where_the_network_file_says_how_many():
    body = two_columns(["Vigo", "Bilbao"], ["Bari", "Genoa"])
    options = {"layout": "text", "separator": "line_break", "columns": "2"}
    assert [name for name, _ in members_of(read(body, options))] == ["Vigo", "Bilbao", "Bari", "Genoa"]


def test_a_table_without_lines_is_read_by_the_places_of_its_words():
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    for number, (city, country) in enumerate([("City", "Country"), ("Vigo", "Spain"), ("Bari", "Italy"), ("Ghent", "Belgium")]):
        pdf.text(20, 20 + number * 8, city)
        pdf.text(80, 20 + number * 8, country)
    body = bytes(pdf.output())
    assert members_of(read(body, TABLE | {"lines_drawn": "no"})) == [("Vigo", "Spain"), ("Bari", "Italy"), ("Ghent", "Belgium")]
    with pytest.raises(SourceChanged, match="expected a table, got none on 1 pages"):
        read(body, TABLE)


THREE = document(["Statutes", rows("Oldtown")], ["List of members", rows("Vigo")], ["Partners", rows("Bari")])


@pytest.mark.parametrize(
    ("select", "more", "expected"),
    [
        ("2", {}, ["Vigo"]),
        ("2-3", {}, ["Vigo", "Bari"]),
        ("2-", {}, ["Vigo", "Bari"]),
        ("List of members", {}, ["Vigo", "Bari"]),
        ("List of members", {"until": "Partners"}, ["Vigo"]),
        ("", {"until": "List of members"}, ["Oldtown"]),
    ],
)
def test_pages_are_named_by_number_or_by_words(select, more, expected):
    assert [name for name, _ in members_of(read(THREE, TABLE | more, select))] == expected


@pytest.mark.parametrize(
    ("select", "more", "seen"),
    [
        ("4", {}, "expected the pages 4, the file has 3"),
        ("2-5", {}, "expected the pages 2-5, the file has 3"),
        ("Appendix", {}, "expected a page that says 'Appendix', got none among 3"),
        ("Partners", {"until": "Statutes"}, "expected a page that says 'Statutes'"),
        ("Partners", {"until": "Partners"}, "expected a page before the one that says 'Partners'"),
        ("", {"must_contain": "Free Ports"}, "expected a page that says 'Free Ports'"),
        ("1", {"name": "Town"}, r"row 1: column 'Town' found 0 times"),
    ],
)
def test_pages_or_words_that_are_not_there_are_a_changed_source(select, more, seen):
    with pytest.raises(SourceChanged, match=f"^free_ports x: .*{seen}"):
        read(THREE, TABLE | more, select)


def test_tables_that_differ_in_width_are_not_one_list():
    body = document([rows("Vigo")], [[["City", "Country", "Fee"], ["Bari", "Italy", "100"]]])
    with pytest.raises(SourceChanged, match="expected tables of 2 columns as the first has, got one of 3 on page 2"):
        read(body, TABLE)


def picture():
    """A white PNG of 8 by 8 points."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * 8) * 8)) + chunk(b"IEND", b"")


def test_a_scan_says_that_it_is_one():
    with pytest.raises(SourceChanged, match=r"page 1: expected text, got a picture of it \(a scan can't be read\)"):
        read(document([picture()]), TEXT)
    with pytest.raises(SourceChanged, match="page 2: expected text, got a picture"):
        read(document([rows("Vigo")], [picture()]), TABLE)
    assert members_of(read(document(["Logo", picture(), rows("Vigo")]), TABLE)) == [("Vigo", "Spain")]


def test_empty_pages_alone_are_a_changed_source():
    with pytest.raises(SourceChanged, match="expected text on the pages, got 2 without any"):
        read(document([], []), TEXT)


def test_a_file_with_a_password_is_told():
    pdf = FPDF()
    pdf.add_page()
    pdf.set_encryption(owner_password="a", user_password="b", permissions=AccessPermission.none(), encryption_method=EncryptionMethod.RC4)
    with pytest.raises(SourceChanged, match="it asks for a password"):
        read(bytes(pdf.output()), TEXT)


@pytest.mark.parametrize("body", [b"", b"<html>Log in</html>", io.BytesIO(b"PK\x03\x04").getvalue()])
def test_what_is_no_pdf_is_told(body):
    with pytest.raises(SourceChanged, match="expected a PDF, got application/pdf") as told:
        read(body, TEXT)
    assert told.value.gate == "reached"


@pytest.mark.parametrize(
    "damage", [lambda b: b[:300], lambda b: b"%PDF-1.7\n" + b"x" * 500, lambda b: b[: len(b) // 2]], ids=["cut", "junk", "half"]
)
def test_a_damaged_file_is_a_changed_source(damage):
    with pytest.raises(SourceChanged, match=r"^free_ports x: expected"):
        read(damage(THREE), TABLE)


def test_too_many_pages_are_refused():
    with pytest.raises(SourceChanged, match="expected at most 300 pages, got 301"):
        read(document(*([] for _ in range(301))), TEXT)


def test_a_file_that_unpacks_to_more_than_the_memory_it_may_have_ends_its_own_process_alone():
    body = document(["Vigo"])
    start, end = body.index(b"stream\n") + 7, body.index(b"\nendstream")
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(b" " * 10_000_000) for _ in range(110)) + packer.flush()
    length = body.rindex(b"/Length ", 0, start) + 8
    told = body[length : body.index(b"\n", length)]
    body = body[:length] + str(len(bomb)).encode() + body[length + len(told) : start] + bomb + body[end:]
    with pytest.raises(SourceChanged, match=r"within the limits of time and memory, reading it ended with \S*MemoryError"):
        read(body, {"layout": "text"})
