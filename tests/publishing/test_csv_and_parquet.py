"""Tables as bytes: deterministic, typed, and harmless in a spreadsheet."""

import csv
import io
from datetime import UTC, date, datetime

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.publishing.contract import contract, frame
from citynet.publishing.csvfile import csv_bytes, defuse, parquet_bytes, restore
from citynet.publishing.reading_back import cells
from publishing.one_row import row
from publishing.rows import tables


def as_csv(table, rows):
    return csv_bytes(contract().table(table), frame(table, rows))


def renamed(text):
    return row(
        "record_changes", change_id="r", network_id="n", change="renamed", cause="spelling", before=text, known_at="2022-09-15T00:00:00Z"
    )


@pytest.mark.parametrize("text", ['=HYPERLINK("http://evil.example","x")', "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_a_formula_from_a_page_is_text_in_a_spreadsheet(text):
    (line,) = cells(as_csv("record_changes", [renamed(text)]))
    assert line["before"] == "'" + text


def test_names_with_an_apostrophe_of_their_own_stay_as_they_are():
    (line,) = cells(as_csv("record_changes", [renamed("'s-Hertogenbosch")]))
    assert line["before"] == "'s-Hertogenbosch"


def test_negative_numbers_stay_numbers():
    rows = [row("places", place_id="gn1", name="Lisboa", place_kind="municipality", longitude=-9.13)]
    assert cells(as_csv("places", rows))[0]["longitude"] == "-9.13"


@given(st.text())
def test_defusing_is_undone_exactly(text):
    assert restore(defuse(text)) == text
    assert not defuse(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_any_text_survives_the_way_through_csv(text):
    (line,) = cells(as_csv("record_changes", [renamed(text)]))
    assert restore(line["before"]) == text


def test_lines_end_in_line_feeds_and_missing_is_empty():
    data = as_csv("places", tables()["places"])
    assert b"\r" not in data
    hague = next(c for c in csv.DictReader(io.StringIO(data.decode())) if c["place_id"] == "gn2747373")
    assert (hague["population_municipality"], hague["country"]) == ("", "NL")


def test_booleans_are_true_and_false_and_numbers_shortest():
    line = cells(as_csv("network_overlap", tables()["network_overlap"][:1]))[0]
    assert (line["nested_by_rule"], line["containment_b"], line["shared"]) == ("false", "0.3333333333333333", "1")


def test_parquet_holds_dates_and_instants_as_such_and_text_undefused():
    rows = [{**renamed("=1"), "latest": "2022-09-15"}]
    shape = contract().table("record_changes")
    (line,) = pq.read_table(io.BytesIO(parquet_bytes(shape, frame("record_changes", rows)))).to_pylist()
    assert line["latest"] == date(2022, 9, 15)
    assert line["known_at"] == datetime(2022, 9, 15, tzinfo=UTC)
    assert line["before"] == "=1"


@pytest.mark.parametrize("table", sorted(tables()))
def test_same_rows_give_the_same_bytes_whatever_their_order(table):
    rows = tables()[table]
    turned = [dict(reversed(r.items())) for r in reversed(rows)]
    shape = contract().table(table)
    assert as_csv(table, turned) == as_csv(table, rows)
    assert parquet_bytes(shape, frame(table, turned)) == parquet_bytes(shape, frame(table, rows))
