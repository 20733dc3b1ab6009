"""Checks on a listing: each rule lets the good one through and names the rows of the bad one."""

from dataclasses import replace

import pytest

from citynet.errors import DataRefused
from citynet.model import Departure, Expect, Listing, ListingRow, Network, instant
from citynet.quality import check_listing, refuse_if_critical, rows_of

NAMES = (("Bratislava", "Slovakia"), ("Budapest", "Hungary"), ("Praha", "Czechia"), ("Wien", "Austria"))
PLACES = ("gn3060972", "gn3054643", "gn3067696", "gn2761369")


def network(**expect) -> Network:
    bounds = Expect(**{"min": 2, "max": 6, **expect})
    return Network(
        **{"id": "pact", "name": "Pact", "homepage": "", "status": "active", "scope": "transnational", "relevance": "migration_core"},
        **{"who_joins": "body", "publishes": "list", "coverage": "complete", "default_tie": "full", "ties": {}, "pages": ()},
        **{"expect": bounds, "departure": Departure(), "relations": (), "status_since": "", "republish": "names"},
        **{"protects_persons": False, "sha256": "", "facts": {}},
    )


def listing(*names: tuple[str, str]) -> Listing:
    rows = tuple(
        ListingRow(n, name, country, "", "full", "https://a.example", f"li {n}") for n, (name, country) in enumerate(names, start=1)
    )
    day = instant("2019-12-16T00:00:00Z")
    return Listing("pact", "20191216T000000Z-aaaaaaaaaaaa", day, day, "reconstructed", "complete", "current", rows)


def failed(results) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {r.expectation: (r.severity, r.examples) for r in results if not r.success}


def renamed(name: str) -> Listing:
    return listing(*NAMES[:3], (name, "Austria"))


def test_a_good_listing_passes_every_check():
    results = check_listing(network(per_country={"Austria": 1}, per_tie={"full": 4}, must_include=PLACES[:1]), listing(*NAMES), PLACES)
    assert failed(results) == {}
    assert {(r.suite, r.subject) for r in results} == {("listing", "pact/20191216T000000Z-aaaaaaaaaaaa")}
    assert len(results) == 8
    refuse_if_critical("pact", results)


@pytest.mark.parametrize("count", [0, 1, 7])
def test_too_few_or_too_many_rows_are_refused(count):
    results = check_listing(network(), listing(*[(f"Town {n}", "") for n in range(count)]), [""] * count)
    assert failed(results) == {"2 to 6 rows": ("critical", (f"observed {count}",))}
    with pytest.raises(DataRefused, match=f"expected 2 to 6 rows, .*observed {count}"):
        refuse_if_critical("pact", results)


@pytest.mark.parametrize(
    ("name", "expectation"),
    [
        ("", "no blank name"),
        ("   ", "no blank name"),
        ("x" * 201, "no name longer than 200 characters"),
        ("Wi\x07en", "no control characters"),
        ("\u202eneiW", "no control characters"),
        ("<b>Wien</b>", "no markup"),
    ],
)
def test_a_name_that_is_none_is_refused_with_its_row(name, expectation):
    results = check_listing(network(), renamed(name), PLACES)
    severity, examples = failed(results)[expectation]
    assert (severity, [e.split(":")[0] for e in examples]) == ("critical", ["row 4"])
    with pytest.raises(DataRefused, match=r"column name_as_published.*row 4"):
        refuse_if_critical("pact", results)


@pytest.mark.parametrize("name", ["x" * 200, "L'Aquila", "Αθήνα", "Saint-Étienne (Métropole)", "Łódź & Pabianice"])
def test_genuine_names_pass(name):
    assert failed(check_listing(network(), renamed(name), PLACES)) == {}


def test_a_body_printed_twice_is_a_warning_and_stops_nothing():
    results = check_listing(network(), listing(*NAMES, NAMES[0]), [*PLACES, PLACES[0]])
    assert failed(results) == {"no row printed twice": ("warning", ("row 1: Bratislava", "row 5: Bratislava"))}
    refuse_if_critical("pact", results)


def test_namesakes_of_two_countries_are_two_bodies():
    assert failed(check_listing(network(), listing(("Valencia", "Spain"), ("Valencia", "Venezuela")), ["", ""])) == {}


def test_a_tie_that_nobody_knows_is_refused():
    good = listing(*NAMES)
    odd = replace(good, rows=(replace(good.rows[0], tie="friend"), *good.rows[1:]))
    assert failed(check_listing(network(), odd, PLACES)) == {"a known tie": ("critical", ("row 1: Bratislava",))}


def test_a_country_that_went_missing_is_named_with_what_was_seen():
    results = check_listing(network(per_country={"Hungary": 2, "Slovakia": 1}), listing(*NAMES), PLACES)
    with pytest.raises(DataRefused, match="country Hungary: 1 seen, at least 2 expected"):
        refuse_if_critical("pact", results)


def test_countries_after_resolution_serve_a_page_that_prints_none():
    bare = listing(*[(name, "") for name, _ in NAMES])
    assert failed(check_listing(network(per_country={"SK": 1}), bare, PLACES, ["SK", "HU", "CZ", "AT"])) == {}
    assert len(failed(check_listing(network(per_country={"SK": 1}), bare, PLACES))) == 1


def test_a_member_that_must_be_there_and_is_not_is_named():
    results = check_listing(network(must_include=("gn1", *PLACES)), listing(*NAMES), PLACES)
    assert [examples for _, examples in failed(results).values()] == [("place gn1: 0 seen, at least 1 expected",)]


def test_too_few_of_a_tie_are_refused():
    assert len(failed(check_listing(network(per_tie={"partner": 1}), listing(*NAMES), PLACES))) == 1


def test_results_become_rows_of_the_quality_table():
    row = rows_of(check_listing(network(), renamed("<b>"), PLACES))[4]
    assert row == {
        **{"suite": "listing", "subject": "pact/20191216T000000Z-aaaaaaaaaaaa", "expectation": "no markup", "column": "name_as_published"},
        **{"severity": "critical", "success": False, "checked": 4, "unexpected": 1, "examples": "row 4: <b>"},
    }
