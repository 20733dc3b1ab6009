"""The claims of the 2018 report against its printed Table 1: figures come from the rows, verdicts from the rules."""

import csv
from pathlib import Path

import pytest

from analysis.list_maker import contract, network
from citynet.analysis.families import families
from citynet.analysis.ranks import spearman_p
from citynet.analysis.replication import replication
from citynet.analysis.table1 import NETWORK_COLUMNS, size_class
from citynet.errors import ConfigError
from citynet.model import Row

PRINTED = Path(__file__).parents[2] / "include/literature/oomen_2018_table1.csv"
TABLE = list(csv.DictReader(PRINTED.read_text(encoding="utf-8").splitlines()))
PARENTS = {"integrating_cities": ("subnetwork_of", "eurocities"), "solidarity_cities": ("subnetwork_of", "eurocities")}
NETWORKS = [network(name, *([PARENTS[name]] if name in PARENTS else []), named_in=["oomen_2018"]) for name in NETWORK_COLUMNS]


def found(table: list[dict[str, str]] = TABLE) -> dict[object, Row]:
    return {row["claim_id"]: row for row in replication(table, NETWORKS, families(NETWORKS), [], {}, "2022-09-27")}


@pytest.mark.parametrize(
    ("claim_id", "figure", "verdict"),
    [
        ("cities_in_table", "29 cities", "internal_contradiction"),
        ("memberships_add_up", "29 of 29 rows add up", "agrees"),
        ("mean_population", "mean 1,540,598; median 753,000; mean without London and Paris 1,104,000", "agrees"),
        ("ghent_population", "260,341", "internal_contradiction"),
        ("social_democratic", "13 of 29", "agrees"),
        (
            "centre_left",
            "social democratic 13 of 29 (45%); with centre-left 14 of the 18 classifiable",
            "weaker_or_stronger_than_the_table_allows",
        ),
        ("footnote_14_sum", "13 + 3 + 11 = 27 of 30", "internal_contradiction"),
        ("size_class_ghent", "printed M with 260,341 residents, which is L", "internal_contradiction"),
        ("size_class_the_hague", "printed L with 500,000 residents, which is XL", "internal_contradiction"),
        ("size_class_copenhagen", "printed XXL with 600,000 residents, which is XL", "internal_contradiction"),
        ("capitals", "marked otherwise than they are: Helsinki", "differs"),
        ("subnetwork_members", "in a subnetwork only: Stockholm", "internal_contradiction"),
        ("country_codes", "no code of ISO 3166-1: PPL, SW, UK", "differs"),
        ("three_or_more_families", "12 of 29 cities fall below three", "weaker_or_stronger_than_the_table_allows"),
        ("networks", "9 so far", "not_testable"),
        ("european_level", "0 so far", "not_testable"),
        ("mayoral_forum_origin", "footnote 7: created by the United Nations; footnote 9: horizontal", "internal_contradiction"),
        ("solidacities_name", "text: Solidacities; heading of Table 1: Solidarities", "internal_contradiction"),
        ("non_eu_barcelona", "23.8 %, the highest of 29; outlying above 19.4 %; next in ES Madrid 10.8 %", "not_testable"),
    ],
)
def test_each_claim_has_its_figure_and_verdict(claim_id: str, figure: str, verdict: str) -> None:
    row = found()[claim_id]
    assert (row["our_figure"], row["verdict"]) == (figure, verdict)
    assert row["rule"]


def test_a_relation_of_size_and_memberships_cannot_be_tested_on_cities_chosen_by_memberships() -> None:
    row = found()["size_and_memberships"]
    assert row["verdict"] == "not_testable"
    assert row["our_figure"] == "Spearman 0.34 (n = 29; p 0.07; 95 % -0.05 to 0.68; leaving one out 0.30 to 0.47)"


def test_every_claim_has_its_place_and_its_rule_and_names_its_basis() -> None:
    rows = found()
    assert all(row["place_in_report"] and row["rule"] for row in rows.values())
    assert {name for name, row in rows.items() if row["basis"] == "registry"} == {"networks", "european_level", "three_or_more_families"}


def test_barcelonas_share_is_called_a_possible_misprint_only_while_it_stands_out() -> None:
    note = str(found()["non_eu_barcelona"]["note"])
    assert note.startswith("Possible misprint: outlying")
    assert note.endswith("Riga 22.4 %.")
    mended = [{**row, "non_eu_percent": "13.8"} if row["city"] == "Barcelona" else row for row in TABLE]
    assert found(mended)["non_eu_barcelona"]["note"] == "No outlier by this rule."


@pytest.mark.parametrize(("rho", "n", "p"), [(0.5, 10, 0.141113), (-0.5, 11, 0.117307), (0.0, 29, 1.0), (0.3406570553, 29, 0.070556)])
def test_the_p_value_is_students_two_sided(rho: float, n: int, p: float) -> None:
    """Reference values: scipy.stats.t.sf."""
    assert spearman_p(rho, n) == pytest.approx(p, abs=5e-5)


def test_the_figures_follow_the_table_and_not_the_report() -> None:
    other = [{**row, "population": "240100"} if row["city"] == "Ghent" else row for row in TABLE] + [{**TABLE[0], "city": "Mechelen"}]
    rows = found(other)
    assert (rows["cities_in_table"]["our_figure"], rows["cities_in_table"]["verdict"]) == ("30 cities", "agrees")
    assert (rows["ghent_population"]["our_figure"], rows["ghent_population"]["verdict"]) == ("240,100", "agrees")
    assert rows["size_class_ghent"]["verdict"] == "agrees"


def test_only_ghent_the_hague_and_copenhagen_have_a_letter_that_their_population_does_not_fit() -> None:
    off = {row["city"] for row in TABLE if size_class(int(row["population"])) != row["size_class_as_published"]}
    assert off == {"Ghent", "The Hague", "Copenhagen"}


def test_the_columns_are_those_of_the_contract_and_rows_are_sorted() -> None:
    rows = replication(TABLE, NETWORKS, families(NETWORKS), [], {}, "2022-09-27")
    assert list(rows[0]) == list(contract("replication"))
    assert [row["claim_id"] for row in rows] == sorted(str(row["claim_id"]) for row in rows)


def test_without_the_nine_networks_in_the_registry_families_cannot_be_tested() -> None:
    row = {r["claim_id"]: r for r in replication(TABLE, [], {}, [], {}, "2022-09-27")}["three_or_more_families"]
    assert row["verdict"] == "not_testable"


def test_with_all_networks_of_the_report_in_the_registry_their_number_and_origin_are_tested() -> None:
    origins = ["eu"] * 8 + ["council_of_europe"] * 2 + ["cities"] * 17
    named = [network(f"n{number}", named_in=["oomen_2018"], initiated_by=origin) for number, origin in enumerate(origins)]
    others = [network("cemr", named_in=["doomernik_ardon_2018"], initiated_by="eu")]
    rows = {row["claim_id"]: row for row in replication(TABLE, [*named, *others], {}, [], {}, "2022-09-27")}
    assert [(rows[name]["our_figure"], rows[name]["verdict"]) for name in ("networks", "european_level")] == [
        ("27", "agrees"),
        ("10", "agrees"),
    ]
    rows = {row["claim_id"]: row for row in replication(TABLE, [*named[1:], network("x", named_in="oomen_2018")], {}, [], {}, "2022-09-27")}
    assert (rows["european_level"]["our_figure"], rows["european_level"]["verdict"]) == ("9", "differs")
    assert "our coding" in str(rows["european_level"]["note"])


def test_a_table_that_lacks_a_column_a_city_or_a_number_says_which() -> None:
    with pytest.raises(ConfigError, match="missing politics"):
        replication([{k: v for k, v in row.items() if k != "politics"} for row in TABLE], [], {}, [], {}, "2022-09-27")
    with pytest.raises(ConfigError, match="missing Ghent"):
        replication(TABLE[1:], [], {}, [], {}, "2022-09-27")
    for column, value in (("population", "n/a"), ("non_eu_percent", "5,9"), ("non_eu_percent", "")):
        with pytest.raises(ConfigError, match="not so for Ghent"):
            replication([{**TABLE[0], column: value}, *TABLE[1:]], [], {}, [], {}, "2022-09-27")
