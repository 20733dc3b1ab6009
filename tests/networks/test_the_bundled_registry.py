"""The network files of this repository."""

import csv
from pathlib import Path

import pytest

from citynet.networks import load, pages_at

FOLDER = Path(__file__).parents[2] / "include" / "networks"
REGISTRY = load(str(FOLDER))
NETWORKS = {network.id: network for network in REGISTRY.networks}


def test_every_file_is_well_and_the_first_eleven_are_there():
    assert REGISTRY.broken == ()
    assert set(NETWORKS) >= {
        "arrival_cities",
        "eccar",
        "eurocities",
        "global_parliament_of_mayors",
        "icorn",
        "integrating_cities",
        "intercultural_cities",
        "pact_of_free_cities",
        "partnership_inclusion",
        "solidacities",
        "solidarity_cities",
    }


@pytest.mark.parametrize("network", REGISTRY.networks, ids=lambda network: network.id)
def test_an_editor_finds_the_schema_by_the_first_line(network):
    first = (FOLDER / f"{network.id}.yml").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (FOLDER / first.split("=", 1)[1]).is_file()


def test_a_sample_chosen_by_number_of_memberships_feeds_replication_only():
    for network in REGISTRY.networks:
        for page in pages_at(network, "2018-12-31"):
            assert (page.use, page.coverage, page.source_class) == ("replication_only", "partial", "third_party")
    assert sum(bool(pages_at(network, "2018-12-31")) for network in REGISTRY.networks) == 9


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
    ],
)
def test_a_page_is_asked_from_since_until_the_day_before_until(network_id, date, coverages):
    assert [page.coverage for page in pages_at(NETWORKS[network_id], date)] == coverages


def test_the_family_of_eurocities_is_declared():
    family = {n.id for n in REGISTRY.networks for r in n.relations if r.relation == "subnetwork_of" and r.to == "eurocities"}
    assert family == {"integrating_cities", "solidarity_cities"}


def test_every_page_names_words_that_another_page_lacks():
    assert all(page.options.get("must_contain") for network in REGISTRY.networks for page in network.pages)


def test_candidates_are_not_networks_of_the_registry_too():
    with (FOLDER / "candidates.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ids = [row["network_id"] for row in rows]
    assert ids == sorted(set(ids))
    assert not set(ids) & set(NETWORKS)
    assert all(row["name"] and row["seen_in"] and row["seen_on"] for row in rows)
