"""Rows on shared members, connections and how networks are run: those of the sample break no rule, and each rule sees what breaks it."""

import pytest

from citynet.quality.derived_connections import ACROSS_ROWS, IN_ONE_ROW, MODELS, TESTED
from publishing.rows import tables
from quality.broken_rules import broken

TESTS = {**{f"{figure}_{model}": 0.5 for model in MODELS for figure in ("expected", *TESTED)}, "p_method": "hypergeometric: exact"}
"""What a tested pair has, z aside."""
SAMPLED = {
    "not_computed_because": None,
    "pairs": 3,
    "family": "Family of tests: 3 pairs",
    "samples": 10_000,
    "seed": "s",
    "moved_share": 0.9,
}


@pytest.mark.parametrize("table", sorted({*IN_ONE_ROW, *ACROSS_ROWS}))
def test_rows_of_the_sample_break_no_rule(table: str) -> None:
    assert broken(table, tables()) == {}


SETTLED = {**TESTS, **{f"{figure}_bicm": None for figure in TESTED}}
"""The same where one of the models leaves nothing to chance."""


@pytest.mark.parametrize(
    ("table", "row", "values"), [("network_overlap", 0, TESTS), ("network_overlap", 0, SETTLED), ("chance_models", 1, SAMPLED)]
)
def test_a_pair_with_all_its_tests_and_a_sampled_model_break_no_rule(table: str, row: int, values: dict[str, object]) -> None:
    changed = tables()
    changed[table][row] |= values
    assert broken(table, changed) == {}


@pytest.mark.parametrize(
    ("table", "row", "values", "rule"),
    [
        ("network_overlap", 1, {"jaccard": 0.2}, "ratio_of_partial"),
        ("network_overlap", 0, {**TESTS, "p_lower_bicm": None}, "half_tested"),
        ("network_overlap", 0, {**TESTS, "expected_bicm": None}, "half_tested"),
        ("network_overlap", 0, {**TESTS, "p_method": None}, "half_tested"),
        ("network_overlap", 0, {"p_method": "hypergeometric: exact"}, "half_tested"),
        ("network_overlap", 0, {**TESTS, "nested_by_rule": True}, "nested_tested"),
        ("network_overlap", 0, {**TESTS, "p_bicm": 0.4}, "tails_off"),
        ("network_overlap", 0, {"shared_at_least": 0}, "bound_off"),
        ("chance_models", 1, {**SAMPLED, "seed": None}, "unsampled"),
        ("chance_models", 0, {**SAMPLED}, "unsampled"),
        ("chance_models", 0, {"not_computed_because": None}, "unsaid"),
        ("chance_models", 0, {"family": "Family of tests: 3 pairs"}, "unsaid"),
        ("chance_models", 1, {**SAMPLED, "worst_r_hat": 1.11}, "not_mixed"),
        ("connectivity_concentration", 3, {"value": 1.4}, "share_off"),
        ("connectivity_concentration", 0, {"n_places": 5}, "not_added_up"),
        ("connectivity_concentration", 1, {"n_memberships": 6}, "not_added_up"),
        ("functional_overlap", 0, {"strength_b": "weak"}, "strength_off"),
        ("functional_overlap", 0, {"in_a": "not_known", "in_b": "not_known", "strength_a": None}, "nothing_known"),
        ("functional_overlap", 1, {"in_a": "no"}, "nothing_known"),
        ("network_bodies", 1, {"capture_id": "20000101T000000Z-000000000000"}, "no_evidence"),
        ("network_bodies", 2, {"basis": "list"}, "no_evidence"),
        ("network_bodies", 0, {"seats": 0}, "too_many_seats"),
        ("legitimacy_evidence", 0, {"figure": 3.0}, "figure_off"),
        ("legitimacy_evidence", 1, {"figure": None}, "figure_off"),
        ("legitimacy_evidence", 1, {"figure_low": 50.2}, "bound_off"),
        ("legitimacy_evidence", 1, {"figure_high": None}, "bound_off"),
        ("legitimacy_evidence", 1, {"figure_low": None, "figure_high": None}, "bound_off"),
        ("legitimacy_evidence", 0, {"figure_low": 60.0, "figure_high": 50.0}, "bound_off"),
        ("legitimacy_evidence", 1, {"universe": None}, "no_universe"),
        ("legitimacy_evidence", 1, {"figure": 40.0}, "not_all"),
    ],
)
def test_a_row_that_breaks_a_rule_is_seen(table: str, row: int, values: dict[str, object], rule: str) -> None:
    changed = tables()
    changed[table][row] |= values
    assert rule in broken(table, changed)[row]


def test_core_and_periphery_are_all_municipalities() -> None:
    changed = tables()
    (first, *_) = rows = changed["connectivity_concentration"]
    rows += [{**first, "measure": "core_municipalities", "value": 1.0}, {**first, "measure": "periphery_municipalities", "value": 2.0}]
    assert broken("connectivity_concentration", changed)[len(rows) - 1] == {"not_added_up"}
    rows[-1]["value"] = 3.0
    assert broken("connectivity_concentration", changed) == {}
