"""The network files of this repository."""

from pathlib import Path

import pytest

from citynet.networks import load, pages_at

FOLDER = Path(__file__).parents[2] / "include" / "networks"
REGISTRY = load(str(FOLDER))
NETWORKS = {network.id: network for network in REGISTRY.networks}
LITERATURE = {"Oomen, Baumgärtel, Durmuş 2018", "Doomernik and Ardon 2018", "Mundt and Klink 2020"}
INCLUDED = [network for network in REGISTRY.networks if network.facts["inclusion"]["decision"] == "included"]
EXCLUDED = {network.id: network for network in REGISTRY.networks if network.facts["inclusion"]["decision"] == "excluded"}
NAMED_IN_THE_LITERATURE = (
    *("arrival_cities", "cemr", "cities_of_migration", "cities_withrefugees", "clip", "congress_local_regional", "eccar", "eurocities"),
    *("global_parliament_of_mayors", "habitat", "hague_process", "human_rights_cities", "icorn", "integrating_cities"),
    *("intercultural_cities", "mayoral_forum", "mayors_migration_council", "mc2cm", "pact_of_free_cities", "partnership_inclusion"),
    *("right_to_the_city", "save_me", "shelter_city", "solidacities", "solidarity_cities", "uclg", "uclg_social_inclusion", "uia"),
    *("unesco_iccar", "unesco_learning_cities", "vng_international", "world_mayors_foundation"),
)

EVERY = pytest.mark.parametrize("network", REGISTRY.networks, ids=lambda network: network.id)
EVERY_INCLUDED = pytest.mark.parametrize("network", INCLUDED, ids=lambda network: network.id)


def test_every_file_is_well_and_all_networks_of_the_literature_are_there():
    assert REGISTRY.broken == ()
    assert len(NAMED_IN_THE_LITERATURE) == 32
    assert set(NETWORKS) >= {*NAMED_IN_THE_LITERATURE, "reci", "rpci", "seebruecke_sichere_haefen", "staedte_sicherer_haefen"}
    assert {network.id for network in REGISTRY.networks if network.facts.get("named_in")} >= set(NAMED_IN_THE_LITERATURE)


def test_the_registry_holds_at_least_forty_networks():
    assert len(NETWORKS) >= 40


@EVERY
def test_a_network_says_why_it_is_followed_or_not_and_how_it_began(network):
    facts = network.facts
    assert facts["inclusion"]["decision"] in ("included", "excluded")
    assert facts["inclusion"]["date"] >= "2026-11-22"
    assert len(facts["inclusion"]["reason"]) > 30
    assert facts["status_source"]
    assert facts["who_joins"] in ("body", "office_holder", "council_decision")
    assert facts["themes"]
    # Of Solidacities no source states a founding, of VNG International none was found, and who began MC2CM has no word.
    assert not facts.get("founded") or facts["founded_source"]
    assert not facts.get("initiated_by") or facts["initiated_by_source"]


def test_most_networks_say_when_they_began_and_who_began_them():
    assert sum(bool(network.facts.get("founded") and network.facts.get("initiated_by")) for network in REGISTRY.networks) >= 45


def test_what_no_city_joins_is_excluded_and_says_so():
    assert set(EXCLUDED) >= {
        *("cities_of_migration", "congress_local_regional", "habitat", "hague_process", "right_to_the_city"),
        *("vng_international", "world_mayors_foundation"),
    }
    assert not {network.id for network in INCLUDED if network.scope == "not_a_network"}
    for network in EXCLUDED.values():
        assert network.publishes == "none"
        assert not network.pages


@EVERY
def test_a_network_of_which_no_page_is_read_says_why_in_its_first_note(network):
    own = [page for page in network.pages if page.use != "replication_only"]
    if not own:
        reason = network.facts["notes"][0]
        assert len(reason) > 40
        assert reason.endswith(".")


@EVERY
def test_a_network_that_closed_says_when_and_how(network):
    ended = network.status_since and network.facts.get("closed_reason")
    assert bool(ended) == (network.status == "closed")


@EVERY
def test_a_network_says_what_may_be_republished(network):
    rights = network.facts["rights"]
    assert {"terms_url", "robots", "permission", "republish"} <= set(rights)
    assert not network.pages or rights["permission"] in ("none_needed", "granted")


@EVERY
def test_every_function_has_evidence_and_a_source(network):
    assert network.facts["functions"]
    for name, shown in network.facts["functions"].items():
        assert len(shown["evidence"]) > 15, name
        assert shown["source"].startswith("http") or shown["source"] in LITERATURE or "address not kept" in shown["source"], name


@EVERY
def test_relations_bodies_funders_and_counts_have_a_source(network):
    for relation in network.relations:
        assert relation.since, relation
        assert relation.source, relation
    for key in ("bodies", "funders", "published_counts"):
        for item in network.facts.get(key, []):
            assert item["source"], item


@EVERY_INCLUDED
def test_who_may_join_is_dated_and_has_a_source(network):
    assert network.facts.get("eligibility") or network.id == "solidacities"
    for rule in network.facts.get("eligibility", []):
        assert rule["source"]
        assert rule.get("kinds")
        assert rule.get("since") or rule.get("source_date") or "undated" in rule.get("note", "")


@pytest.mark.parametrize("network", [n for n in REGISTRY.networks if n.scope == "national"], ids=lambda network: network.id)
def test_a_network_of_one_country_admits_that_country_only(network):
    admitted = {tuple(rule["countries"]) for rule in network.facts["eligibility"]}
    assert [len(countries) for countries in admitted] == [1]


def test_networks_that_shelter_persons_are_marked():
    assert {network.id for network in REGISTRY.networks if network.protects_persons} >= {"icorn", "shelter_city"}


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
        ("cities_withrefugees", "2018-06-20", ["", ""]),
        ("clip", "2012-12-31", [""]),
        ("global_parliament_of_mayors", "2021-10-28", [""]),
        ("mayors_migration_council", "2019-08-01", [""]),
        ("unesco_learning_cities", "2022-09-02", [""]),
        ("unesco_learning_cities", "2022-10-01", []),
    ],
)
def test_a_page_is_asked_from_since_until_the_day_before_until(network_id, date, coverages):
    assert [page.coverage for page in pages_at(NETWORKS[network_id], date)] == coverages


def test_families_are_declared():
    declared = {(n.id, r.relation, r.to) for n in REGISTRY.networks for r in n.relations if r.to in NETWORKS}
    assert declared == {
        ("cemr", "subnetwork_of", "uclg"),
        ("citta_del_dialogo", "national_chapter_of", "intercultural_cities"),
        ("eccar", "subnetwork_of", "unesco_iccar"),
        ("integrating_cities", "members_must_belong_to", "eurocities"),
        ("integrating_cities", "subnetwork_of", "eurocities"),
        *(
            (f"intercultural_cities_{country}", "national_chapter_of", "intercultural_cities")
            for country in ("australia", "morocco", "norway", "uk", "ukraine")
        ),
        ("metropolis", "subnetwork_of", "uclg"),
        ("reci", "national_chapter_of", "intercultural_cities"),
        ("rpci", "national_chapter_of", "intercultural_cities"),
        ("seebruecke_sichere_haefen_niedersachsen", "subnetwork_of", "seebruecke_sichere_haefen"),
        ("solidarity_cities", "subnetwork_of", "eurocities"),
        ("uclg_social_inclusion", "subnetwork_of", "uclg"),
    }


def test_every_page_that_somebody_described_names_words_that_another_page_lacks():
    described = [page for network in REGISTRY.networks for page in network.pages if page.reader != "auto"]
    assert all(page.options.get("must_contain") for page in described)


def test_a_page_that_nobody_has_seen_is_not_verified():
    unseen = [page for network in REGISTRY.networks for page in network.pages if page.reader == "auto"]
    assert {page.verified_on for page in unseen} == {""}


def test_the_relations_of_the_european_coalition_lead_to_its_roof():
    assert NETWORKS["unesco_iccar"].publishes == "none"
    assert not NETWORKS["unesco_iccar"].pages


def test_a_board_is_no_membership():
    assert NETWORKS["mayors_migration_council"].default_tie == "board_seat"
    assert NETWORKS["global_parliament_of_mayors"].ties == {"executive committee": "board_seat"}
