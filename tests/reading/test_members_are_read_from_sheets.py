"""csv and xlsx: members in rows, whatever the delimiter, the encoding or the notes above the header; anything odd is a changed source."""

import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.errors import ConfigError, SourceChanged
from citynet.reading import sheets
from citynet.reading.sheets import read_csv, read_xlsx
from reading.documents import members_of, page, workbook

OPTIONS = {"name": "City|Stadt", "country": "Country|Land"}
ROWS = [["City", "Country"], ["Ghent", "Belgium"], ["Łódź", "Poland"]]
EXPECTED = [("Ghent", "Belgium"), ("Łódź", "Poland")]


def from_csv(body, content_type="text/csv", **options):
    return read_csv(body if isinstance(body, bytes) else body.encode(), content_type, page("csv", OPTIONS | options), "free_ports x")


def from_xlsx(body, **options):
    return read_xlsx(body, "application/vnd.openxmlformats", page("xlsx", OPTIONS | options), "free_ports x")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_delimiter_is_the_one_that_most_rows_agree_on(delimiter, end):
    assert members_of(from_csv(end.join(delimiter.join(row) for row in ROWS))) == EXPECTED


def test_commas_within_names_do_not_make_a_comma_the_delimiter():
    text = 'City;Country\nLagoa, Açores;Portugal\nWashington, DC;"United States"\nGhent;Belgium\n'
    assert members_of(from_csv(text)) == [("Lagoa, Açores", "Portugal"), ("Washington, DC", "United States"), ("Ghent", "Belgium")]


def test_a_file_of_one_column_needs_no_delimiter():
    printed = read_csv(b"City\nGhent\nBari\n", "text/csv", page("csv", {"name": "City"}), "x")
    assert members_of(printed) == [("Ghent", ""), ("Bari", "")]


def test_the_delimiter_may_be_told_by_the_network_file_or_by_excels_first_line():
    assert members_of(from_csv("City/Country\nGhent/Belgium", delimiter="/")) == EXPECTED[:1]
    assert members_of(from_csv("City\tCountry\nGhent\tBelgium", delimiter="tab")) == EXPECTED[:1]
    assert members_of(from_csv("sep=;\r\nCity;Country\r\nGhent;Belgium")) == EXPECTED[:1]
    with pytest.raises(ConfigError, match="expected a delimiter of one character or 'tab'"):
        from_csv("City", delimiter="; ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_the_encoding_is_seen_or_told(encoding):
    text = "\n".join(",".join(row) for row in ROWS)
    told = {"encoding": "cp1250"} if encoding == "cp1250" else {}
    assert members_of(from_csv(text.encode(encoding), **told)) == EXPECTED
    assert members_of(from_csv(text.encode("cp1250"), "text/csv; charset=cp1250")) == EXPECTED


def test_an_encoding_that_does_not_fit_is_a_changed_source_and_one_that_is_none_a_fault_of_the_network_file():
    with pytest.raises(SourceChanged, match="expected text in utf-8, got the byte 0xa3"):
        from_csv("City,Country\nŁódź,Poland".encode("cp1250"), encoding="utf-8")
    with pytest.raises(ConfigError, match="expected the name of an encoding"):
        from_csv("City", encoding="klingon")


def test_titles_and_notes_above_the_header_and_empty_rows_are_passed_over_and_the_evidence_is_the_row_of_the_file():
    printed = from_csv("Members of Free Ports\n\nas of 2026-11-01;;\nStadt;Land;Fee\nGhent;Belgium;100\n;;\nBari;Italy;\n")
    assert [(member.name, member.evidence) for member in printed.members] == [("Ghent", "row 5"), ("Bari", "row 7")]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("City,Country\nGhent,Belgium\nHalle, Saale,Germany\n", r"row 3: expected 2 cells as the header has, got 'Germany' beyond"),
        ("City,Country\nGhent,Belgium\nBari\n", "row 3: expected 2 cells as the header has, got 1"),
        ("City,Country,\nGhent,Belgium,x\n", "row 2: expected 2 cells as the header has, got 'x' beyond"),
    ],
)
def test_a_row_of_another_width_than_the_header_is_a_changed_source(text, seen):
    with pytest.raises(SourceChanged, match=seen):
        from_csv(text, delimiter=",")


def test_a_filled_cell_of_a_sheet_beyond_the_header_is_a_changed_source():
    with pytest.raises(SourceChanged, match="row 3: expected 2 cells as the header has, got 'Poland' beyond"):
        from_xlsx(workbook(members=[*ROWS[:2], ["Łódź", "", "Poland"]]))


def test_headings_between_the_rows_are_countries_where_the_network_file_says_so():
    spec = page("csv", {"name": "City", "kind": "Kind", "heading_is": "country"})
    printed = read_csv(b"City,Kind\nBelgium,\nGhent,full\nLeuven,full\nItaly,\nBari,full\n", "text/csv", spec, "x")
    assert members_of(printed) == [("Ghent", "Belgium"), ("Leuven", "Belgium"), ("Bari", "Italy")]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", "expected a CSV file, got an empty answer of 0 bytes"),
        ("<!DOCTYPE html><p>Log in", "expected a CSV file, got a page"),
        ("City,Country\n", "has a header and 0 rows"),
        ("Town,Country\nGhent,Belgium\n", r"row 1: column 'City\|Stadt' found 0 times"),
        ("City,City,Country\nGhent,Ghent,Belgium\n", "found 2 times, expected 1"),
        ('City,Country\n"Ghent,Belgium\n', "expected a CSV file, got: unexpected end of data"),
        ("City,Country\n,Belgium\n", "row 2"),
    ],
)
def test_a_file_that_is_not_as_expected_is_a_changed_source(text, seen):
    with pytest.raises(SourceChanged, match=f"^free_ports x.*{seen}"):
        from_csv(text)


def test_only_rows_with_the_value_asked_for_are_members_and_an_unseen_value_is_a_changed_source():
    which = {"where_column": "Status", "where_equals": "member", "where_values": "member|applicant"}
    text = "City,Country,Status\nGhent,Belgium,member\nBari,Italy,applicant\n"
    assert members_of(from_csv(text, **which)) == EXPECTED[:1]
    with pytest.raises(SourceChanged, match=r"row 3.*expected one of member\|applicant, got 'left'"):
        from_csv(text.replace("applicant", "left"), **which)


def test_rows_and_cells_are_bounded(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_CELLS", 5)
    with pytest.raises(SourceChanged, match="and 5 cells, got more"):
        from_csv("City,Country\nGhent,Belgium\nBari,Italy\n")


def test_words_and_totals_are_looked_for_in_all_cells():
    assert "Free Ports 2 members" in from_csv("Free Ports,2 members\nCity,Country\nGhent,Belgium\n", must_contain="Free Ports").shown
    with pytest.raises(SourceChanged, match="expected a page that says 'Free Ports'"):
        from_csv("City,Country\nGhent,Belgium\n", must_contain="Free Ports")


texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=15).filter(
    lambda text: text.strip() == text and not text.startswith("#")  # no failed formula
)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=20, unique=True), st.sampled_from([",", ";", "\t", "|"]))
def test_whatever_is_written_as_csv_is_read_back(rows, delimiter):
    rows = [row for row in rows if row != ("City", "Country")] or [("Ghent", "Belgium")]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("City", "Country"), *rows])
    assert members_of(from_csv(out.getvalue(), delimiter="tab" if delimiter == "\t" else delimiter)) == rows


@given(st.binary(max_size=300))
def test_no_bytes_end_in_a_foreign_error(body):
    for read in (from_csv, from_xlsx):
        with pytest.raises(SourceChanged):
            read(body)


# --- xlsx -----------------------------------------------------------------------------------------------------------


def test_a_workbook_is_read_with_numbers_and_dates_as_a_person_sees_them():
    spec = page("xlsx", OPTIONS | {"joined_on": "Since", "kind": "Level"})
    rows = [
        ["City", "Country", "Since", "Level"],
        ["Ghent", "Belgium", date(2019, 5, 1), 2.0],
        ["Bari", "Italy", datetime.fromisoformat("2020-01-02"), 3],
    ]
    printed = read_xlsx(workbook(Members=rows), "", spec, "x")
    assert [(m.name, m.joined_on, m.kind) for m in printed.members] == [("Ghent", "2019-05-01", "2"), ("Bari", "2020-01-02", "3")]


def test_of_several_sheets_the_named_one_is_read_and_none_is_guessed():
    body = workbook(Notes=[["As of today"]], Members=ROWS, Empty=[])
    assert members_of(from_xlsx(body, sheet="Members")) == EXPECTED
    with pytest.raises(SourceChanged, match=r"expected one sheet with cells .* got Notes, Members"):
        from_xlsx(body)
    with pytest.raises(SourceChanged, match="expected the sheet 'Mitglieder', got Notes, Members, Empty"):
        from_xlsx(body, sheet="Mitglieder")


def test_a_hidden_sheet_does_not_count():
    book = openpyxl.load_workbook(io.BytesIO(workbook(Members=ROWS, Old=[["City", "Country"], ["Turku", "Finland"]])))
    book["Old"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert members_of(from_xlsx(out.getvalue())) == EXPECTED


def test_a_formula_is_never_computed():
    with pytest.raises(SourceChanged, match="row 2"):  # no value was saved with it, so the cell has no text
        from_xlsx(workbook(Members=[ROWS[0], ['=CONCATENATE("Gh","ent")', "Belgium"]]))


def test_a_formula_that_failed_is_no_name():
    with pytest.raises(SourceChanged, match="row 2: expected a name, got the failed formula #REF!"):
        from_xlsx(workbook(Members=[ROWS[0], ["#REF!", "Belgium"]]))


def test_a_file_that_is_no_workbook_is_told_as_what_it_is():
    with pytest.raises(SourceChanged, match=r"an old Excel file \(\.xls\)"):
        from_xlsx(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(SourceChanged, match="expected an xlsx file, got"):
        from_xlsx(b"<html>Log in</html>")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    with pytest.raises(SourceChanged, match="expected a whole xlsx file, got a damaged one"):
        from_xlsx(packed.getvalue())


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_opened():
    packed = io.BytesIO(workbook(Members=ROWS))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/bomb.xml", "w") as bomb:
        for _ in range(201):
            bomb.write(b" " * 1_000_000)
    assert len(packed.getvalue()) < 1_000_000
    with pytest.raises(SourceChanged, match="expected at most 200000000 bytes unpacked, got 201"):
        from_xlsx(packed.getvalue())


def test_a_sheet_that_is_wide_and_long_without_need_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_CELLS", 1000)
    book = openpyxl.Workbook()
    book.active["A1"] = "City"
    book.active.cell(row=2, column=16_000, value="far away")
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(SourceChanged, match="and 1000 cells, got more"):
        from_xlsx(out.getvalue())


@given(st.data())
def test_a_damaged_workbook_never_ends_in_a_foreign_error(data):
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(whole) - 1))
        whole[start : start + data.draw(st.integers(1, 40))] = data.draw(st.binary(max_size=40))
    try:
        found = members_of(from_xlsx(bytes(whole)))
    except SourceChanged:
        return
    assert found == EXPECTED  # what a damage hit was not looked at


WHOLE = workbook(Members=ROWS)
