"""Rules alike of several tables are asked as one: what is told of them is what each tells when it is asked alone."""

import pandas as pd
import pytest

from citynet.quality.asking import broken_rows
from citynet.quality.rule import Rule, at_most, never
from citynet.quality.together import sound_rules

NOT_EMPTY = Rule("never empty", "a, b", "ExpectColumnValuesToNotBeNull", {"column": "value"}, stack=("a", "b"))
NO_TWINS = Rule("unique key", "a", "ExpectColumnValuesToBeUnique", {"column": "a"})
RULES = (never("odd", "nothing odd", "a"), NOT_EMPTY, at_most("low", "high", "low before high", "low"), NO_TWINS)
ALIKE = {(table, rule) for table in (0, 1) for rule in (0, 1, 2)}
"""The rules that may be asked as one; whether a value stands twice depends on its own table."""


def frame(**cells):
    """Two rows of a table, with these cells in the second."""
    words = {"a": ["x", "y"], "b": ["x", "x"], "odd": ["no", "no"]}
    made = {name: pd.Series(values, dtype="object") for name, values in words.items()}
    made |= {"low": pd.Series([1.0, None]), "high": pd.Series([2.0, 5.0])}
    for name, cell in cells.items():
        made[name][1] = cell
    return pd.DataFrame(made)


@pytest.mark.parametrize("table", [0, 1])
@pytest.mark.parametrize(
    ("cells", "broken"),
    [
        ({}, set()),
        ({"odd": "yes"}, {0}),
        ({"b": None}, {1}),
        ({"low": 6.0}, {2}),
        ({"odd": "yes", "a": None, "low": 5.5}, {0, 1, 2}),
        ({"a": "x"}, set()),
    ],
)
def test_a_rule_is_sound_in_every_table_but_in_that_whose_row_breaks_it(table, cells, broken):
    frames = [frame(), frame()]
    frames[table] = frame(**cells)
    assert sound_rules([(f, RULES) for f in frames], broken_rows) == ALIKE - {(table, rule) for rule in broken}


def test_where_the_rows_cannot_be_told_no_rule_is_called_sound():
    assert sound_rules([(frame(), RULES)] * 2, lambda *_: None) == set()


def test_a_rule_that_no_other_resembles_is_left_to_be_asked_alone():
    more = Rule("never empty", "a, b, low", "ExpectColumnValuesToNotBeNull", {"column": "value"}, stack=("a", "low"))
    assert sound_rules([(frame(), [RULES[0]]), (frame(), [more])], broken_rows) == set()
    assert sound_rules([(frame(), [NO_TWINS]), (frame(), [NO_TWINS])], broken_rows) == set()
