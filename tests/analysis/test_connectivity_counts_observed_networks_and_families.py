"""In how many networks a municipality is, and which networks are one family."""

from dataclasses import replace

from analysis.list_maker import members, network
from citynet.analysis.connectivity import place_connectivity
from citynet.analysis.families import families, related_pairs

AS_OF = "2022-09-27"


def test_related_networks_count_as_one_family_and_only_usable_lists_are_observed() -> None:
    lists = [
        members("eurocities", ["ghent", "riga"], "2022-01-01"),
        members("integrating_cities", ["ghent"], "2022-02-01"),
        members("pact", ["ghent", "riga"]),
        members("eccar", ["ghent"], use="replication_only"),
        members("partial_one", ["ghent"], complete=False),
        members("old_one", ["ghent"], "2010-02-15"),
    ]
    rows = place_connectivity(lists, {"eurocities": "eurocities", "integrating_cities": "eurocities"}, AS_OF)
    common = {"networks_observed": 3, "lists_from": "2021-09-16", "lists_to": "2022-02-01", "as_of": AS_OF}
    assert rows == [
        {"place_id": "ghent", "networks": 3, "families": 2, "network_ids": "eurocities;integrating_cities;pact", **common},
        {"place_id": "riga", "networks": 2, "families": 2, "network_ids": "eurocities;pact", **common},
    ]


def test_where_age_is_no_limit_an_old_list_is_observed_too() -> None:
    (row,) = place_connectivity([members("icc", ["lyon"], "2010-02-15")], {}, AS_OF, age_limit=False)
    assert (row["networks"], row["lists_from"]) == (1, "2010-02-15")


def test_a_list_that_names_no_members_is_not_observed() -> None:
    closed = replace(members("arrival_cities", []), no_figure_because="closed since 2018-05-03")
    (row,) = place_connectivity([members("pact", ["ghent"]), closed], {}, AS_OF)
    assert (row["networks_observed"], row["lists_to"]) == (1, "2021-09-16")


def test_without_a_usable_list_there_is_no_row() -> None:
    assert place_connectivity([members("pact", ["ghent"], complete=False)], {}, AS_OF) == []


def test_subnetworks_chapters_and_initiatives_of_networks_are_one_family_named_after_its_head() -> None:
    found = families(
        [
            network("solidarity_cities", ("initiative_of", "eurocities")),
            network("integrating_cities", ("subnetwork_of", "eurocities")),
            network("eurocities", ("hosted_by", "brussels")),
            network("reci", ("national_chapter_of", "intercultural_cities")),
            network("intercultural_cities", ("initiative_of", "council_of_europe")),
            network("congress", ("initiative_of", "council_of_europe")),
        ]
    )
    assert found == {
        "congress": "congress",
        "eurocities": "eurocities",
        "integrating_cities": "eurocities",
        "intercultural_cities": "intercultural_cities",
        "reci": "intercultural_cities",
        "solidarity_cities": "eurocities",
    }


def test_two_subnetworks_of_a_network_outside_the_registry_are_one_family() -> None:
    assert set(families([network("b", ("subnetwork_of", "uclg")), network("a", ("subnetwork_of", "uclg"))]).values()) == {"uclg"}


def test_pairs_are_related_by_family_or_because_members_must_belong_to_the_other() -> None:
    found = related_pairs([network("a", ("subnetwork_of", "b")), network("b"), network("c", ("members_must_belong_to", "b")), network("d")])
    assert found == {frozenset("ab"), frozenset("bc")}
