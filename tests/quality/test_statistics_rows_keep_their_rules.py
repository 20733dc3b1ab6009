"""Rows of the tables of statistics: those of the sample break no rule, and each rule sees the row that breaks it."""

import pytest

from citynet.publishing.contract import contract
from citynet.quality.derived import with_derived
from citynet.quality.derived_statistics import BY_TABLE
from publishing.rows import tables
from quality.broken_rules import broken


@pytest.mark.parametrize("table", sorted(BY_TABLE))
def test_rows_of_the_sample_break_no_rule(table):
    assert broken(table, tables()) == {}


@pytest.mark.parametrize(
    ("table", "row", "values", "rule"),
    [
        ("city_statistics", 1, {"age_years": 3}, "age_off"),
        ("city_statistics", 4, {"age_years": 4}, "age_off"),
        ("city_statistics", 3, {"eu_definition": None}, "eu_off"),
        ("city_statistics", 1, {"eu_definition": "EU28"}, "eu_off"),
        ("city_statistics", 3, {"indicator": "foreign_born_share"}, "eu_off"),
        ("datasets", 0, {"observations": None}, "half_a_vintage"),
        ("datasets", 1, {"route": "json_stat"}, "half_a_vintage"),
        ("datasets", 0, {"in_use_capture_id": "20000101T000000Z-000000000000"}, "no_evidence"),
        ("datasets", 0, {"refused_because": None}, "half_refused"),
        ("datasets", 2, {"last_outcome": "refused"}, "half_refused"),
        ("statistics_revisions", 0, {"what": "added"}, "not_so"),
        ("statistics_revisions", 0, {"what": "flag_changed"}, "not_so"),
        ("statistics_revisions", 1, {"what": "withdrawn"}, "not_so"),
        ("statistics_revisions", 3, {"flag_after": None}, "not_so"),
        ("statistics_trends", 0, {"change_percent": 12.0}, "change_off"),
        ("statistics_trends", 0, {"value_first": 0.0}, "change_off"),
        ("statistics_trends", 0, {"years_observed": 10}, "no_such_years"),
        ("statistics_trends", 0, {"break_year": None}, "break_off"),
        ("statistics_trends", 0, {"begins_with": "series_start"}, "break_off"),
        ("territories", 0, {"current_code": "SK002C"}, "codes_off"),
        ("territories", 1, {"former_codes": "SK001C2"}, "codes_off"),
        ("territories", 1, {"current_code": "SK001C1"}, "codes_off"),
        ("territories", 0, {"joined_by": None}, "unsaid"),
        ("table1_comparison", 0, {"difference_percent": 5.0}, "difference_off"),
        ("table1_comparison", 0, {"nearest": "city"}, "difference_off"),
        ("table1_comparison", 0, {"nearest": None, "difference_percent": None}, "nearest_off"),
        ("table1_comparison", 0, {"population_city_year": None}, "figure_without_year"),
        ("network_universes", 0, {"not_computed_because": "why not"}, "unsaid"),
        ("network_universes", 2, {"not_computed_because": None}, "unsaid"),
        ("coverage", 1, {"share_percent": 99.0}, "share_off"),
        ("coverage", 1, {"share_percent": None}, "unsaid"),
        ("coverage", 6, {"counted_year": None}, "no_one_year"),
        ("coverage", 7, {"not_computed_because": None}, "unsaid"),
        ("places", 0, {"non_eu_citizens_share_year": None}, "figure_without_year"),
        ("places", 0, {"population_statistical_city_kind": None}, "figure_without_year"),
    ],
)
def test_a_row_that_breaks_a_rule_is_seen_by_that_rule(table, row, values, rule):
    changed = tables()
    changed[table][row] |= values
    if table == "places":
        keys = dict.fromkeys((t.name for t in contract().tables), frozenset())
        made = with_derived(contract().table(table), changed[table], changed["sources"], keys)
        assert [number for number, place in enumerate(made) if place[rule] == "yes"] == [row]
    else:
        assert broken(table, changed) == {row: {rule}}
