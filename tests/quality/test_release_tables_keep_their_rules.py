"""Checks on release tables: the sample release passes, and each rule names the rows that break it."""

import json
import re

import pytest

from citynet.errors import DataRefused
from citynet.publishing.contract import contract
from citynet.quality import check_tables, refuse_if_critical
from citynet.quality.checking import _validate
from citynet.quality.rule import Rule
from citynet.quality.table_rules import DOMAIN_RULES, table_rules
from publishing.one_row import row
from publishing.rows import PACT_2022, SAMPLE_2018
from publishing.rows import tables as written_by_hand
from publishing.statistics_rows import LAU

SHAPES = contract().tables


def tables():
    """The small release of the publishing tests, with the tables of statistics and figures of representation that add up."""
    made = written_by_hand()
    made["network_functions"] = [
        row(
            "network_functions",
            **{"network_id": "pact_of_free_cities", "function": "showcasing", "evidence": "common letters", "strength": "stated"},
            source="https://www.pactoffreecities.example/letters",
        )
    ]
    made["representation"] = [
        representation("municipalities of at least 5,000", "1-5M", 2, 20, 100, 0.1),
        representation("municipalities of at least 5,000", "250-500k", 2, 80, 100, 0.025),
        representation("residents of 29 countries", "1-5M", 4, 1000, 1000, None),
        representation("those who may join, which nobody can count", "1-5M", None, None, None, None),
    ]
    cell = {"country": "BE", "municipalities": 3, "year": 2019, "source": "Source: Eurostat"}
    made["universes"] = [
        row("universes", **cell, size_class="<5k", degurba=3, residents=9000),
        row("universes", **{**cell, "country": "FR"}, degurba=3, gap="no population in the table"),
    ]
    case = {"case_id": "name-1", "what": "name", "network_id": "pact_of_free_cities", "claim": "which place?", "evidence": "row 4"}
    made["review_cases"] = [row("review_cases", **case, opened="2022-09-15", due="2022-10-27")]
    return made


def representation(universe, name, n_c, u_c, u, rate):
    """One class of a universe, or of one that cannot be counted (u None)."""
    ratio = n_c / 4 / (u_c / u) if u else None
    facts = {"network_id": "pact_of_free_cities", "universe": universe, "dimension": "municipality_size_class", "class": name}
    counts = {"n_c": n_c, "n_classified": 4, "n_members": 4, "u_c": u_c, "u": u, "coverage_percent": 100.0, "participation_rate": rate}
    counts = counts if u else dict.fromkeys(counts)
    counts["universe_kind"] = "residents" if universe.startswith("residents") else "at_least_5000"
    return row("representation", **facts, **counts, representation_ratio=ratio, ratio_low=ratio, ratio_high=ratio, reading="cannot_tell")


def failed_of(table, changed):
    """What fails when only the tables that the rules of one need are checked (the others cost time)."""
    needed = {table, "sources", *(to for name, to in contract().table(table).foreign_keys)}
    results = check_tables({name: rows for name, rows in changed.items() if name in needed}, SHAPES)
    return {(r.subject, r.expectation): r for r in results if not r.success and r.subject == table}


def test_the_sample_release_keeps_every_rule():
    results = check_tables(tables(), SHAPES)
    assert [r for r in results if not r.success] == []
    assert {r.subject for r in results} == set(tables())
    assert {r.suite for r in results} == {"tables", "places"}
    assert {r.subject for r in results if r.suite == "places"} == {"places"}
    assert len({(r.suite, r.subject, r.expectation, r.column) for r in results}) == len(results)


def test_every_table_of_the_contract_has_its_rules_and_every_rule_is_of_a_table():
    assert set(DOMAIN_RULES) == {shape.name for shape in SHAPES}
    for shape in SHAPES:
        said = [rule.said for rule in table_rules(shape)]
        assert {"unique key", "never empty"} <= set(said), shape.name
        assert said.count("a word of the codebook") == sum(bool(column.enum) for column in shape.columns)


def test_no_rule_has_two_homes():
    """A place's country is looked at by the suite of places and not once more by that of tables."""
    (places,) = [shape for shape in SHAPES if shape.name == "places"]
    assert "two capital letters" not in {rule.said for rule in table_rules(places)}


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
        ("representation", 0, "representation_ratio", 2.6, "the ratio of n_c, n_classified, u_c and u"),
        ("representation", 0, "participation_rate", 0.2, "n_c over u_c, and empty against residents"),
        ("representation", 2, "participation_rate", 0.004, "n_c over u_c, and empty against residents"),
        ("representation", 0, "participation_rate_low", 0.2, "not above participation_rate"),
        ("representation", 1, "n_c", 1, "classes that add up to n_classified and u"),
        ("representation", 1, "u_c", 70, "classes that add up to n_classified and u"),
        ("universes", 0, "municipalities", -1, "at least 0"),
        ("universes", 0, "residents", None, "residents where there is a size class, and only there"),
        ("universes", 1, "gap", None, "a gap where there is no size class"),
        ("universes", 0, "country", "Belgium", "two capital letters"),
        ("universes", 0, "size_class", "small", "a word of the codebook"),
        ("city_statistics", 3, "value", 101.0, "a share of 0 to 100 percent, a population in persons"),
        ("city_statistics", 0, "value", -5.0, "a share of 0 to 100 percent, a population in persons"),
        ("city_statistics", 0, "unit", "percent", "a share of 0 to 100 percent, a population in persons"),
        ("city_statistics", 4, "capture_id", LAU, "the evidence is a capture in sources"),
        (
            "city_statistics",
            4,
            "territory_kind",
            "statistical_city",
            "as printed by literature, else a coded territory and a year of statistics",
        ),
        ("city_statistics", 3, "year", None, "as printed by literature, else a coded territory and a year of statistics"),
        ("city_statistics", 3, "eu_definition", None, "an EU definition for Eurostat's shares against the EU, and only there"),
        ("city_statistics", 4, "eu_definition", "EU28", "an EU definition for Eurostat's shares against the EU, and only there"),
        ("city_statistics", 0, "place_id", "gn1", "stands in places"),
        ("datasets", 0, "in_use_capture_id", "20000101T000000Z-000000000000", "the vintage is a capture in sources"),
        ("datasets", 0, "first_year", 2030, "not above last_year"),
        ("statistics_revisions", 0, "dataset_id", "urb_ctran", "stands in datasets"),
        ("statistics_revisions", 0, "updated_before", "2022-09-01T00:00:00Z", "not above updated_after"),
        ("coverage", 1, "with_figure", 9, "not above total"),
        ("coverage", 1, "share_percent", 101.0, "between 0 and 100"),
        ("network_functions", 0, "evidence", " ", "evidence and source in words"),
        ("network_functions", 0, "function", "lobbying", "a word of the codebook"),
        ("resolution_rates", 0, "resolved", 6, "resolved, review and unknown that add up to names, judged among the resolved"),
        ("resolution_rates", 0, "judged", 8, "resolved, review and unknown that add up to names, judged among the resolved"),
        ("resolution_rates", 1, "rate_high", 0.9, "rates of the counts beside them, and none of names without a class"),
        ("resolution_rates", 8, "rate_low", 0.0, "rates of the counts beside them, and none of names without a class"),
        ("resolution_rates", 1, "rate_low", 1.1, "between 0 and 1"),
        ("resolution_rates", 0, "rate_low", 0.9, "not above rate"),
        ("resolution_rates", 1, "rate", 1.2, "not above rate_high"),
        ("resolution_rates", 3, "class", "intercultural_cities", "unique key"),
        ("resolution_rates", 4, "not_a_city", 1, "classes of each dimension that add up to all names"),
        ("review_cases", 0, "due", None, "an answer, or a date by which one is wanted"),
        ("review_cases", 0, "what", "place", "a word of the codebook"),
        ("membership_changes", 0, "telling", "now", "told only where a live capture decided"),
        ("membership_changes", 0, "not_told_because", None, "a reason where it is not told, and only there"),
        ("corrections", 1, "reason", None, "an outcome with its date, signature and reason, or none of them"),
        ("corrections", 1, "days_to_answer", -1, "answered not before it was received"),
        ("corrections", 0, "network_id", "nowhere", "stands in networks"),
        ("alert_quality", 0, "low", 0.2, "both ends of an interval with its chance model, or none of them"),
        ("places", 0, "longitude", None, "latitude and longitude together"),
        ("places", 0, "municipality_id", "gn1", "a municipality of the table, of the same country"),
        ("places", 0, "municipality_id", "gn3054643", "a municipality of the table, of the same country"),
        ("places", 0, "population_municipality_year", None, "a population with its year, and the other way round"),
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


def test_a_suspicion_without_the_lists_behind_it_is_a_warning():
    changed = tables()
    suspected = next(m for m in changed["memberships"] if m["state"] == "departure_suspected")
    suspected["absent_capture_ids"] = None
    found = failed_of("memberships", changed)["memberships", "the complete lists that lack it where it is missing, and only there"]
    assert (found.severity, found.unexpected) == ("warning", 1)


def test_a_rebuilt_page_is_never_called_live():
    changed = tables()
    changed["membership_changes"][0]["capture_origin"] = "live"
    found = failed_of("membership_changes", changed)
    assert found["membership_changes", "the origin is that of its capture in sources"].examples == ("c1",)


def test_a_name_is_not_published_against_the_terms_of_its_source():
    changed = tables()
    for page in changed["sources"]:
        if page["capture_id"] == PACT_2022:
            page["republish"] = "counts_only"
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


@pytest.mark.parametrize(("city", "expected"), [(475503.0, True), (300_000.0, False), (4_700_000.0, True), (4_800_000.0, False)])
def test_a_statistical_city_that_does_not_fit_its_municipality_is_a_warning(city, expected):
    changed = tables()
    changed["places"][0] |= {"population_statistical_city": city, "population_statistical_city_year": 2024}
    found = failed_of("places", changed)
    assert (("places", "0.8 to 10 times the municipality") not in found) is expected
    assert {r.severity for r in found.values()} <= {"warning"}
    refuse_if_critical("release", list(found.values()))


@pytest.mark.parametrize(
    ("failed", "changes", "expectation"),
    [
        ({}, {"failed_gate": "layout"}, "the five gates in their order, of which failed_gate is the first that was not passed"),
        ({"bounds": True}, {"decision": "held"}, "the five gates in their order, of which failed_gate is the first that was not passed"),
        ({}, {"gates": None}, "the five gates in their order, of which failed_gate is the first that was not passed"),
        ({"bounds": True}, {"failed_gate": "bounds"}, "no accepted list with a required gate that was not passed"),
        ({}, {"decision": "held"}, "a failed gate or a person's word where a list is not accepted"),
        ({"bounds": True}, {"failed_gate": "bounds", "decision": "held"}, ""),
        ({"collapse": False}, {"failed_gate": "collapse", "decision_reason": "accept by a-reviewer on 2026-01-01: asked"}, ""),
        ({}, {"decision": "held", "decision_reason": "reject by a-reviewer on 2026-01-01: a test page"}, ""),
    ],
)
def test_gates_of_a_source_say_why_it_was_let_in_or_not(failed, changes, expectation):
    """failed: gate -> whether it is required."""
    changed = tables()
    page = changed["sources"][0]
    gates = json.loads(page["gates"])
    told = [{**gate, "passed": False, "required": failed[gate["name"]]} if gate["name"] in failed else gate for gate in gates]
    changed["sources"][0] = page | {"gates": json.dumps(told)} | changes
    assert {said for _, said in failed_of("sources", changed)} == ({expectation} if expectation else set())
