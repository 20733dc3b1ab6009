"""The network files of this repository."""

import csv
from pathlib import Path

import pytest

from citynet.networks import load, pages_at

FOLDER = Path(__file__).parents[2] / "include" / "networks"
REGISTRY = load(str(FOLDER))
NETWORKS = {network.id: network for network in REGISTRY.networks}
LITERATURE = {"Oomen, Baumgärtel, Durmuş 2018", "Doomernik and Ardon 2018", "Mundt and Klink 2020"}


EVERY = pytest.mark.parametrize("network", REGISTRY.networks, ids=lambda network: network.id)


def test_every_file_is_well_and_the_networks_are_there():
    assert REGISTRY.broken == ()
    assert set(NETWORKS) >= {
        *("arrival_cities", "eccar", "eurocities", "global_parliament_of_mayors", "icorn", "integrating_cities"),
        *("intercultural_cities", "mc2cm", "pact_of_free_cities", "partnership_inclusion", "reci", "rpci"),
        *("seebruecke_sichere_haefen", "seebruecke_sichere_haefen_niedersachsen", "shelter_city", "solidacities"),
        *("solidarity_cities", "staedte_sicherer_haefen", "uia"),
    }


@EVERY
def test_a_network_says_why_it_is_followed_and_how_it_began(network):
    facts = network.facts
    assert facts["inclusion"]["decision"] == "included"
    assert facts["inclusion"]["date"] == "2026-11-22"
    assert len(facts["inclusion"]["reason"]) > 30
    assert facts["status_source"]
    assert facts["who_joins"] in ("body", "office_holder", "council_decision")
    assert facts["themes"]
    # Of Solidacities nobody states a founding; who began MC2CM has no word in the vocabulary.
    assert network.id == "solidacities" or (facts["founded"] and facts["founded_source"])
    assert network.id == "mc2cm" or (facts["initiated_by"] and facts["initiated_by_source"])


@EVERY
def test_a_network_says_what_may_be_republished(network):
    rights = network.facts["rights"]
    assert {"terms_url", "robots", "permission", "republish"} <= set(rights)
    assert rights["permission"] in ("none_needed", "granted")


@EVERY
def test_every_function_has_evidence_and_a_source(network):
    assert network.facts["functions"]
    for name, shown in network.facts["functions"].items():
        assert len(shown["evidence"]) > 15, name
        assert shown["source"].startswith("http") or shown["source"] in LITERATURE, name


@EVERY
def test_relations_bodies_funders_and_counts_have_a_source(network):
    for relation in network.relations:
        assert relation.since, relation
        assert relation.source, relation
    for key in ("bodies", "funders", "published_counts"):
        for item in network.facts.get(key, []):
            assert item["source"], item


@EVERY
def test_who_may_join_is_dated_and_has_a_source(network):
    assert network.facts.get("eligibility") or network.id == "solidacities"
    for rule in network.facts.get("eligibility", []):
        assert rule["source"]
        assert rule.get("kinds")
        assert rule.get("since") or rule.get("source_date") or "undated" in rule.get("note", "")


def test_a_network_of_one_country_admits_that_country_only():
    admitted = {
        network.id: [rule["countries"] for rule in network.facts["eligibility"]]
        for network in REGISTRY.networks
        if network.scope == "national"
    }
    assert admitted == {
        "reci": [["ES"]],
        "rpci": [["PT"], ["PT"]],
        "seebruecke_sichere_haefen": [["DE"]],
        "seebruecke_sichere_haefen_niedersachsen": [["DE"]],
        "staedte_sicherer_haefen": [["DE"]],
    }


def test_networks_that_shelter_persons_are_marked():
    assert {network.id for network in REGISTRY.networks if network.protects_persons} == {"icorn", "shelter_city"}


@EVERY
def test_an_editor_finds_the_schema_by_the_first_line(network):
    first = (FOLDER / f"{network.id}.yml").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (FOLDER / first.split("=", 1)[1]).is_file()


def test_a_sample_chosen_by_number_of_memberships_feeds_replication_only():
    table_1 = {network.id: [page for page in network.pages if page.select == "table.table-1"] for network in REGISTRY.networks}
    assert sum(map(len, table_1.values())) == 9
    for network_id, pages in table_1.items():
        for page in pages:
            assert (page.use, page.coverage, page.source_class) == ("replication_only", "partial", "third_party")
            assert pages_at(NETWORKS[network_id], "2018-12-31") == (page,)


def test_no_other_page_feeds_replication_only():
    assert {p.select for n in REGISTRY.networks for p in n.pages if p.use == "replication_only"} == {"table.table-1"}


@pytest.mark.parametrize(
    ("network_id", "date", "coverages"),
    [
        ("pact_of_free_cities", "2019-12-15", []),
        ("pact_of_free_cities", "2019-12-16", ["complete"]),
        ("pact_of_free_cities", "2021-09-16", ["complete"]),
        ("pact_of_free_cities", "2022-09-26", ["complete"]),
        ("pact_of_free_cities", "2022-09-27", ["partial", "partial"]),
        ("pact_of_free_cities", "2022-10-01", []),
        ("intercultural_cities", "2009-03-04", ["partial"]),
        ("intercultural_cities", "2010-02-28", [""]),
        ("intercultural_cities", "2010-07-31", [""]),
        ("intercultural_cities", "2018-12-31", []),
        ("arrival_cities", "2016-12-31", [""]),
        ("arrival_cities", "2025-07-09", [""]),
        ("partnership_inclusion", "2016-12-31", ["partial"]),
        ("partnership_inclusion", "2023-12-31", ["complete"]),
        ("uia", "2016-10-11", []),
        ("uia", "2016-10-12", [""]),
        ("uia", "2019-08-31", ["", "", "", ""]),
        ("uia", "2020-12-31", ["", "", "", "", ""]),
        ("seebruecke_sichere_haefen", "2020-06-15", []),
    ],
)
def test_a_page_is_asked_from_since_until_the_day_before_until(network_id, date, coverages):
    assert [page.coverage for page in pages_at(NETWORKS[network_id], date)] == coverages


def test_families_are_declared():
    declared = {(n.id, r.relation, r.to) for n in REGISTRY.networks for r in n.relations if r.to in NETWORKS}
    assert declared == {
        ("integrating_cities", "members_must_belong_to", "eurocities"),
        ("integrating_cities", "subnetwork_of", "eurocities"),
        ("reci", "national_chapter_of", "intercultural_cities"),
        ("rpci", "national_chapter_of", "intercultural_cities"),
        ("seebruecke_sichere_haefen_niedersachsen", "subnetwork_of", "seebruecke_sichere_haefen"),
        ("solidarity_cities", "subnetwork_of", "eurocities"),
    }


def test_every_page_names_words_that_another_page_lacks():
    assert all(page.options.get("must_contain") for network in REGISTRY.networks for page in network.pages)


def test_candidates_are_not_networks_of_the_registry_too():
    with (FOLDER / "candidates.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ids = [row["network_id"] for row in rows]
    assert ids == sorted(set(ids))
    assert not set(ids) & set(NETWORKS)
    assert all(
        row["name"] and row["address"].startswith("http") and row["seen_in"] and row["seen_on"] and row["what_is_known"] for row in rows
    )
    assert {row["decision"] for row in rows} == {""}
