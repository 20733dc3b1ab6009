"""The contract: exact columns and types, additive only."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.errors import ConfigError, DataRefused
from citynet.publishing.contract import contract, frame, read_contract
from publishing.one_row import row
from publishing.rows import member, tables

COLUMNS_BY_VERSION = Path(__file__).with_name("columns_by_version.csv")


def test_columns_once_published_stay_with_their_type():
    published = {(c["table"], c["column"]): c["type"] for c in csv.DictReader(COLUMNS_BY_VERSION.read_text("utf-8").splitlines())}
    today = {(t.name, c.name): c.type for t in contract().tables for c in t.columns}
    assert len(published) >= 218  # what version 1.0 held
    assert {name: today.get(name) for name in published} == published


def test_a_new_column_needs_a_new_schema_version_and_a_line_in_the_snapshot():
    lines = list(csv.DictReader(COLUMNS_BY_VERSION.read_text("utf-8").splitlines()))
    today = {(t.name, c.name) for t in contract().tables for c in t.columns}
    assert today == {(c["table"], c["column"]) for c in lines}
    newest = max([int(n) for n in c["since_version"].split(".")] for c in lines)
    assert newest <= [int(n) for n in contract().schema_version.split(".")]  # a new value of a column raises it too
    assert contract().changelog[-1][0] == contract().schema_version


def test_a_frame_has_the_columns_in_order_with_their_types_sorted_by_key():
    made = frame("memberships", tables()["memberships"])
    assert list(made.columns)[:5] == ["network_id", "place_id", "tie", "state", "counted"]
    assert [str(made[c].dtype) for c in ("counted", "not_seen", "from_latest")] == ["boolean", "Int64", "string"]
    assert str(frame("representation", ())["participation_rate"].dtype) == "Float64"
    assert made["network_id"].tolist()[:2] == ["intercultural_cities", "intercultural_cities"]


@given(st.permutations(range(7)))
def test_the_order_of_rows_makes_no_difference(order):
    rows = tables()["memberships"]
    assert frame("memberships", [rows[i] for i in order]).equals(frame("memberships", rows))


def test_an_unknown_column_is_a_mistake_of_configuration():
    with pytest.raises(ConfigError, match="memberships, row 1: unknown columns rank"):
        frame("memberships", [{**member("a", "gn1", "20220915T000000Z-bbbbbbbbbbbb", 1), "rank": 1}])


def test_a_missing_column_is_refused_rather_than_filled():
    cut = member("a", "gn1", "20220915T000000Z-bbbbbbbbbbbb", 1)
    del cut["state"]
    with pytest.raises(DataRefused, match="missing columns state"):
        frame("memberships", [cut])


@pytest.mark.parametrize(
    ("column", "value"),
    [("not_seen", 1.5), ("not_seen", True), ("counted", "yes"), ("from_latest", "12/2019"), ("tie", 3), ("not_seen", "1")],
)
def test_a_value_of_another_type_is_refused_with_its_place(column, value):
    with pytest.raises(DataRefused, match=f"row 1, column {column}"):
        frame("memberships", [{**member("a", "gn1", "20220915T000000Z-bbbbbbbbbbbb", 1), column: value}])


@pytest.mark.parametrize("value", [None, "", float("nan")])
def test_missing_in_any_form_is_missing_and_never_zero(value):
    made = frame(
        "network_overlap", [row("network_overlap", network_a="a", network_b="b", universe="u", jaccard=value or None, p_method="")]
    )
    assert made["jaccard"].isna().all()
    assert made["p_method"].isna().all()


def test_infinity_is_no_published_number():
    with pytest.raises(DataRefused, match="jaccard"):
        frame("network_overlap", [row("network_overlap", network_a="a", network_b="b", universe="u", jaccard=float("inf"))])


def test_a_key_that_is_no_column_is_found_when_the_contract_is_read():
    raw = {
        "schema_version": "1.0",
        "changelog": [],
        "tables": {"t": {"title": "T", "key": ["id"], "columns": {"name": ["string", "A name"]}}},
    }
    with pytest.raises(ConfigError, match=r"tables\.yaml, t: key"):
        read_contract(raw)


def test_every_column_is_described():
    assert [f"{t.name}.{c.name}" for t in contract().tables for c in t.columns if len(c.description) < 3] == []
