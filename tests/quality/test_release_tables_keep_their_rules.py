"""Checks on release tables: the sample release passes, and each rule names the rows that break it."""

import re

import pytest

from citynet.errors import DataRefused
from citynet.publishing.contract import contract
from citynet.quality import check_tables, refuse_if_critical
from citynet.quality.checking import _validate
from citynet.quality.suites import Rule
from publishing.rows import PACT_2022, SAMPLE_2018, tables

SHAPES = contract().tables


def failed_of(table, changed):
    """What fails when only the tables that the rules of one need are checked (the others cost time)."""
    needed = {table, "sources", *(to for name, to in contract().table(table).foreign_keys)}
    results = check_tables({name: rows for name, rows in changed.items() if name in needed}, SHAPES)
    return {(r.subject, r.expectation): r for r in results if not r.success and r.subject == table}


def test_the_sample_release_keeps_every_rule():
    results = check_tables(tables(), SHAPES)
    assert [r for r in results if not r.success] == []
    assert {r.subject for r in results} == set(tables())
    assert {r.suite for r in results} == {"tables"}
    assert len({(r.subject, r.expectation, r.column) for r in results}) == len(results)


def test_nothing_to_check_is_nothing_said():
    assert check_tables({}, SHAPES) == ()


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "expectation"),
    [
        ("networks", 0, "name", None, "never empty"),
        ("networks", 0, "freshness", "fresh", "a word of the codebook"),
        ("places", 0, "place_id", "Q1", "gn, lau or x- id"),
        ("places", 0, "country", "Slovakia", "two capital letters"),
        ("places", 0, "latitude", 91.0, "a latitude"),
        ("places", 1, "place_id", "gn3060972", "unique key"),
        ("memberships", 0, "place_id", "gn1", "stands in places"),
        ("memberships", 0, "network_id", "nowhere", "stands in networks"),
        ("memberships", 0, "from_earliest", "2022-01-01", "not above from_latest"),
        ("memberships", 0, "not_seen", -1, "at least 0"),
        ("memberships", 0, "evidence_capture_id", "20000101T000000Z-000000000000", "the evidence is a capture in sources"),
        ("network_overlap", 0, "jaccard", 1.2, "between 0 and 1"),
        ("network_overlap", 0, "shared", 3, "not above n_a"),
        ("network_overlap", 0, "n_a", None, "no ratio or test without two complete lists"),
        ("place_connectivity", 0, "families", 3, "not above networks"),
        ("representation", 0, "coverage_percent", 101.0, "between 0 and 100"),
        ("representation", 0, "ratio_low", 99.0, "not above representation_ratio"),
        ("representation", 0, "participation_rate", -0.1, "between 0 and 1"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named(table, row, column, value, expectation):
    changed = tables()
    changed[table][row][column] = value
    result = failed_of(table, changed)[table, expectation]
    assert result.severity == "critical"
    key = " / ".join(str(changed[table][row][k]) for k in contract().table(table).key)
    assert any(key in example for example in result.examples), result.examples
    with pytest.raises(DataRefused, match=re.escape(expectation)):
        refuse_if_critical("release", [result])


@pytest.mark.parametrize(("cause", "refused"), [("listing", True), ("not_seen", True), ("printed_date", False), ("statement", False)])
def test_no_join_or_departure_follows_from_comparing_a_partial_list(cause, refused):
    changed = tables()
    changed["membership_changes"][0].update({"cause": cause, "evidence_capture_id": SAMPLE_2018, "network_id": "sample_2018"})
    found = failed_of("membership_changes", changed)
    assert (("membership_changes", "no joined or left whose deciding list is partial") in found) is refused


def test_a_rebuilt_page_is_never_called_live():
    changed = tables()
    changed["membership_changes"][0]["capture_origin"] = "live"
    found = failed_of("membership_changes", changed)
    assert found["membership_changes", "the origin is that of its capture in sources"].examples == ("c1",)


def test_a_name_is_not_published_against_the_terms_of_its_source():
    changed = tables()
    for source in changed["sources"]:
        if source["capture_id"] == PACT_2022:
            source["republish"] = "counts_only"
    found = failed_of("unresolved_names", changed)
    assert found["unresolved_names", "names are published only where the source allows it"].unexpected == 1


def test_examples_are_ten_and_the_rest_is_counted():
    changed = tables()
    changed["places"] = [{**changed["places"][0], "place_id": f"gn{n}", "country": "xx"} for n in range(15)]
    result = failed_of("places", changed)["places", "two capital letters"]
    assert (result.unexpected, len(result.examples), result.checked) == (15, 10, 15)
    with pytest.raises(DataRefused, match=r"15 of 15 rows did not hold \(gn0; .* and 5 more\)"):
        refuse_if_critical("release", [result])


def test_an_expectation_that_falls_over_has_failed_and_says_why():
    import pandas as pd

    frame = pd.DataFrame({"name": ["a"]})
    (result,) = _validate("s", "t", frame, ["row"], [Rule("a column", "other", "ExpectColumnValuesToNotBeNull", {"column": "other"})])
    assert not result.success
    assert "other" in result.examples[0]
