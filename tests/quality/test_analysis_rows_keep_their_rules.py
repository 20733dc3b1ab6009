"""Rows on access, size, time and sensitivity: those of the sample break no rule, and each rule sees the row that breaks it."""

import pytest

from citynet.quality.derived_representation import OF_REPRESENTATION
from publishing.rows import tables
from quality.broken_rules import broken


@pytest.mark.parametrize("table", sorted(OF_REPRESENTATION))
def test_rows_of_the_sample_break_no_rule(table):
    assert broken(table, tables()) == {}


@pytest.mark.parametrize(
    ("table", "row", "values", "rule"),
    [
        ("access", 0, {"municipalities_may_join_percent": 99.0}, "share_off"),
        ("access", 0, {"residents_may_join": 1}, "share_off"),
        ("access", 2, {"not_computed_because": None}, "unsaid"),
        ("size_and_membership", 0, {"widest_low": 0.9}, "not_so"),
        ("size_and_membership", 0, {"reading": "no_relation_larger_than"}, "not_so"),
        ("size_and_membership", 0, {"reading": None}, "unsaid"),
        ("size_and_membership", 1, {"not_computed_because": None}, "unsaid"),
        ("membership_trends", 0, {"change": 2}, "change_off"),
        ("membership_trends", 0, {"at_both": 2}, "change_off"),
        ("membership_trends", 1, {"change": 3}, "change_off"),
        ("membership_trends", 1, {"not_computed_because": None}, "unsaid"),
        ("headline_sensitivity", 0, {"survived": "yes"}, "survived_off"),
        ("headline_sensitivity", 1, {"survived": "not_computable"}, "survived_off"),
        ("headline_sensitivity", 2, {"survived": "yes"}, "survived_off"),
        ("headline_sensitivity", 2, {"not_computed_because": None}, "unsaid"),
    ],
)
def test_a_row_that_breaks_a_rule_is_seen(table, row, values, rule):
    changed = tables()
    changed[table][row] |= values
    assert broken(table, changed) == {row: {rule}}
