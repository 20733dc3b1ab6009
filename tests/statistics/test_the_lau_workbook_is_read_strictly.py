"""Eurostat's workbook of local units, as real xlsx files with the headings of its editions."""

import io
import zipfile
from collections.abc import Sequence

import pytest
from openpyxl import Workbook

from citynet.errors import SourceChanged
from citynet.statistics import lau_workbook
from citynet.statistics.lau import read_lau
from citynet.statistics.values import Municipality

OF_2019 = (
    "NUTS 3 CODE",
    "LAU CODE",
    "LAU NAME NATIONAL",
    "LAU NAME LATIN",
    "CHANGE (Y/N)",
    "POPULATION",
    "TOTAL AREA (m2)",
    "DEGURBA",
    "DEG change compared to last year",
    "COASTAL AREA (yes/no)",
    "COAST change compared to last year",
    "CITY_ID",
    "CITY_ID change compared to last year",
    "CITY_NAME",
)
OF_2024 = ("NUTS3", "LAU CODE", "EU LAU CODE", "LAU NAME NATIONAL", "LAU NAME LATIN", "CHANGE", "POPULATION", "TOTAL AREA (m2)", "DEGURBA")
GHENT = ("BE234", 44021, "Gent", "Gand", "no", 262219, 157_700_000, 1, "no", "no", "no", "BE003C1", "no", "Gent")
Rows = Sequence[Sequence[object]]


def workbook(**sheets: Rows) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def test_a_sheet_of_the_edition_of_2019_becomes_municipalities() -> None:
    body = workbook(
        Overview=[("Local administrative units", 2019)], BE=[OF_2019, GHENT], UK=[OF_2019, ("UKC11", "E06000001", "Hartlepool")]
    )
    assert read_lau(body) == (
        Municipality("44021", "BE", "Gent", "Gand", 262_219, 1, "BE003C1", "BE234"),
        Municipality("E06000001", "GB", "Hartlepool", "", None, None, "", "UKC11"),
    )


def test_a_region_of_albania_has_a_shorter_code() -> None:
    (unit,) = read_lau(workbook(AL=[OF_2019, ("AL11", "AL111", "BULQIZË", "", "no", 31_210, 1, 3)]))
    assert unit.nuts3 == "AL11"


def test_the_edition_of_2024_gives_codes_with_their_leading_zeros_by_the_eu_code() -> None:
    flensburg = ("DEF01", 1001000, "DE_01001000", "Flensburg, Stadt", "Flensburg, Stadt", None, 92_550.0, 56_730_000, 1)
    (unit,) = read_lau(workbook(DE=[OF_2024, flensburg]))
    assert (unit.lau_code, unit.name, unit.name_latin, unit.population, unit.nuts3) == ("01001000", "Flensburg, Stadt", "", 92_550, "DEF01")


def test_a_code_kept_as_a_number_gets_its_leading_zeros_back_where_all_codes_of_the_country_are_as_long() -> None:
    flensburg = ("DEF01", 1001000, "Flensburg, Stadt", "", "no", 89504, 1, 1)
    beltinci = ("SI031", 2, "Beltinci", "", "no", 8104, 1, 3)
    units = read_lau(workbook(DE=[OF_2019, flensburg], SI=[OF_2019, beltinci]))
    assert [u.lau_code for u in units] == ["01001000", "2"]


def test_headings_below_a_title_notes_below_the_table_and_empty_rows_do_no_harm() -> None:
    title, note = ("Belgium", None), ("Source: national statistical office",)
    (unit,) = read_lau(workbook(BE=[title, (), [heading.title() for heading in OF_2019], (), GHENT, (), note]))
    assert unit.lau_code == "44021"


def test_missing_figures_and_what_is_no_degree_stay_empty() -> None:
    units = read_lau(
        workbook(CY=[OF_2019, ("CY000", 1000, "Λευκωσία", "Lefkosia", "no", ":", 1, 9)], FR=[OF_2019, ("FRK21", "01001", "A")])
    )
    assert [(u.population, u.degurba, u.name_latin) for u in units] == [(None, None, "Lefkosia"), (None, None, "")]


def test_parishes_come_as_their_municipality() -> None:
    rows = [OF_2019, ("PT170", 110656, "Lumiar", "", "no", 45_605, 1, 1), ("PT170", 110601, "Ajuda", "", "no", 15_617, 1, 1)]
    (lisbon,) = read_lau(workbook(PT=rows))
    assert (lisbon.lau_code, lisbon.population, lisbon.degurba, lisbon.nuts3) == ("1106", 61_222, 1, "PT170")


def test_a_formula_is_not_computed() -> None:
    body = workbook(BE=[OF_2019, (*GHENT[:5], "=1+1", *GHENT[6:])])
    (unit,) = read_lau(body)
    assert unit.population is None


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [("NUTS3", "LAU CODE", "NAME"), ("BE234", 44021, "Gent")],
            "sheet BE: expected the headings .*LAU NAME NATIONAL.*; seen NUTS3, LAU CODE",
        ),
        ([("Belgium",)] * 30, "sheet BE: expected the headings .*; seen BELGIUM"),
        ([OF_2019, (*GHENT[:5], "many", *GHENT[6:])], "sheet BE, row 2: expected a whole number or nothing as population, got 'many'"),
        ([OF_2019, (*GHENT[:5], -3, *GHENT[6:])], "row 2: expected a whole number"),
        ([OF_2019, (*GHENT[:5], 2.5, *GHENT[6:])], "row 2: expected a whole number"),
        ([OF_2019, GHENT, GHENT], "sheet BE, row 3: expected each code once, got 44021 again"),
        ([OF_2019, ("FR123", *GHENT[1:])], "row 2: expected a LAU code, a name and a NUTS 3 code of BE"),
        ([OF_2019, (GHENT[0], None, *GHENT[2:])], "row 2: expected a LAU code"),
        ([OF_2024, ("BE234", 44021, "DE_44021", "Gent", "", "", 5, 1, 1)], "expected an EU LAU code BE_<code>, got 'DE_44021'"),
        ([OF_2019], "expected sheets named by country codes with units, got none"),
    ],
)
def test_another_form_is_refused_with_sheet_and_row(rows: Rows, told: str) -> None:
    with pytest.raises(SourceChanged, match=told):
        read_lau(workbook(BE=rows))


def test_the_turkish_sheet_is_passed_over_where_its_headings_are_others_and_no_other_one() -> None:
    other = [("İL", "İLÇE"), ("Adana", "Seyhan")]
    assert [u.country for u in read_lau(workbook(BE=[OF_2019, GHENT], TR=other))] == ["BE"]
    with pytest.raises(SourceChanged, match="sheet AL: expected the headings"):
        read_lau(workbook(BE=[OF_2019, GHENT], AL=other))


def test_a_workbook_without_country_sheets_is_refused() -> None:
    with pytest.raises(SourceChanged, match="got none"):
        read_lau(workbook(Overview=[OF_2019, GHENT]))


def test_a_cut_file_and_an_archive_of_something_else_are_refused_in_one_sentence() -> None:
    whole = workbook(BE=[OF_2019, GHENT])
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("readme.txt", "no workbook")
    for body in (whole[: len(whole) // 2], other.getvalue()):
        with pytest.raises(SourceChanged, match=r"LAU workbook: expected a sound xlsx file, got one that breaks \(\w+\)$"):
            read_lau(body)


def test_a_workbook_that_swells_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lau_workbook, "_UNPACKED_BYTES_MOST", 1_000)
    with pytest.raises(SourceChanged, match="expected at most 1000 bytes unpacked"):
        read_lau(workbook(BE=[OF_2019, GHENT]))
