"""The municipalities that there are, those that a network's rules of the day of its list admit, and the tests among these."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from analysis.list_maker import members
from citynet.analysis.lists import MemberList
from citynet.analysis.model_figures import NOT_IN_THE_MEAN
from citynet.analysis.null_models import NULL_MODELS
from citynet.model import Network, Relation
from citynet.networks.registry import load
from citynet.pipelines.eligibility import admitted_sizes, no_universe_because, parts_admitted, where_admitted
from citynet.pipelines.eligible_municipalities import Admitted, eligible
from citynet.pipelines.known_municipalities import Known, known_municipalities
from citynet.pipelines.outside import PROJECT
from citynet.pipelines.overlap_tables import NO_PAIR, NO_TEST, chance_model_network_rows, chance_model_rows, chance_models, overlap_rows
from citynet.pipelines.place_tables import Described
from citynet.pipelines.statistics import Statistics
from citynet.places.gazetteer import Gazetteer
from citynet.statistics.place_territories import Found
from citynet.statistics.size_ranges import ANY_SIZE
from citynet.statistics.values import Municipality
from history.listing_maker import network

DAY = "2021-09-16"
SAXONY = "gn90"
LIST = (
    Municipality("01", "DE", "Ulm", "Ulm", 126_000, 1, ""),
    Municipality("02", "DE", "Celle", "Celle", 69_000, 2, ""),
    Municipality("03", "AT", "Graz", "Graz", 290_000, 1, ""),
)


def line(place_id: str, country: str, kind: str, lau_code: str = "", residents: int = 0, regions: str = "", of: str = "") -> str:
    return "\t".join((place_id, country, kind, of, lau_code, "", str(residents), "48.0", "10.0", regions, place_id))


GAZETTEER = Gazetteer(
    places=[
        line("gn1", "DE", "m", "01", 120_000),
        line("gn2", "DE", "m", "02", 70_000, SAXONY),
        line("gn3", "DE", "m", "09", 800, SAXONY),  # below what the cut list holds
        line("gn4", "DE", "s", "", 4_000),
        line("gn5", "US", "s", "", 600_000),
        line("gn6", "US", "d", "", 90_000),
        line("gn7", "US", "s", "", 8_000, of="gn5"),
        line("gn8", "UA", "m", "", 0),
    ],
    names=[],
    region_lines=[f"{SAXONY}\tDE\t1\tLand\tNiedersachsen"],
    region_names=[f"lower saxony\tDE\t{SAXONY}"],
)


def ids(lau_year: int, joined: dict[str, Municipality | None] | None = None) -> dict[str, int | None]:
    """Known municipality -> its residents."""
    found = known_municipalities(GAZETTEER, joined or {}, Statistics(municipalities=LIST, lau_year=lau_year))
    return {one.place_id: one.residents for one in found}


def test_a_unit_of_the_list_is_known_once_by_the_id_of_its_place() -> None:
    whole = ids(2024)
    assert whole == {"gn1": 126_000, "gn2": 69_000, "lauAT03": 290_000, "gn5": 600_000, "gn8": None}
    assert ids(2024, {"gn4": LIST[2], "gn9": None}) == {"gn1": 126_000, "gn2": 69_000, "gn4": 290_000, "gn5": 600_000, "gn8": None}


def test_what_a_cut_list_lacks_is_filled_from_the_gazetteer_of_the_same_codes() -> None:
    assert ids(2019) == {**ids(2024), "gn3": 800}


KNOWN = [
    Known("big", "DE", 600_000),
    Known("small", "DE", 9_000, (SAXONY,)),
    Known("unknown", "DE", None, (SAXONY,)),
    Known("abroad", "AT", 600_000),
    Known("far", "US", 600_000),
]


def ruled(network_id: str, *rules: dict[str, object], belongs_to: str = "") -> Network:
    relations = (Relation("members_must_belong_to", belongs_to, "2010", ""),) if belongs_to else ()
    return replace(network(), id=network_id, facts={"eligibility": list(rules)}, relations=relations)


def admitted(networks: Sequence[Network], lists: Sequence[MemberList]) -> dict[str, tuple[set[str], Admitted]]:
    """network_id -> who may join it."""
    found, told = eligible(lists, {one.id: one for one in networks}, KNOWN, GAZETTEER)
    return {name: ({p for p, yes in zip(found.place_ids, marks, strict=True) if yes}, told[name]) for name, marks in found.may_join.items()}


@pytest.mark.parametrize(
    ("rules", "may"),
    [
        ([{"countries": ["DE"]}], {"big", "small", "unknown"}),
        ([{"min_population": 50_000}], {"big", "abroad", "far"}),
        ([{"max_population": 9_000, "countries": ["DE"]}], {"small"}),
        ([{"countries": ["AT"]}, {"countries": ["US"], "min_population": 600_001}], {"abroad"}),
        ([{"countries": ["DE"], "within": "Lower Saxony"}], {"small", "unknown"}),
        ([{"countries": ["DE"], "within": "Atlantis"}], {"big", "small", "unknown"}),
        ([{"countries": ["DE"], "within": "Lower Saxony"}, {"min_population": 500_000}], {"big", "small", "unknown", "abroad", "far"}),
        ([{"countries": ["DE"], "within": "Lower Saxony", "min_population": 5_000}, {"countries": ["AT"]}], {"small", "abroad"}),
        ([{"kinds": ["region"]}], set()),
        ([{"countries": ["AT"], "since": "2021-09-17"}], {"big", "small", "unknown"}),
        ([{"countries": ["AT"], "until": "2020"}, {"countries": ["US"], "since": "2021"}], {"far"}),
    ],
)
def test_who_may_join_follows_the_rules_of_the_day_of_the_list(rules: list[dict[str, object]], may: set[str]) -> None:
    """Without a rule in force: all of the countries that the list names, here Germany."""
    found = admitted([ruled("net", *rules)], [members("net", ["big"], DAY, countries={"big": "DE"})])
    assert found["net"][0] == may
    assert found["net"][1].may_join == len(may)
    assert found["net"][1].outside_rules == ("big" not in may)


def test_a_part_of_a_country_limits_the_rule_that_names_it_and_no_other() -> None:
    part, whole = {"countries": ["DE"], "within": "Lower Saxony"}, {"countries": ["AT"]}
    both = ruled("net", part, whole)
    assert where_admitted(ruled("net", part), DAY).part == "Lower Saxony"
    assert (where_admitted(both, DAY).part, parts_admitted(both, DAY)) == ("", ("", "Lower Saxony"))
    assert [admitted_sizes(both, {}, DAY, country, part="") for country in ("DE", "AT")] == [(), ANY_SIZE]
    assert admitted_sizes(both, {}, DAY, "DE", part="Lower Saxony") == admitted_sizes(both, {}, DAY, "DE") == ANY_SIZE
    assert no_universe_because(both, {}, DAY).startswith("one of its rules admits bodies of Lower Saxony only; the list")


def test_what_could_not_be_applied_is_told() -> None:
    one = members("net", ["big"], DAY, countries={"big": "DE"})
    (_, lost), (_, none) = admitted([ruled("net", {"within": "Atlantis"})], [one])["net"], admitted([ruled("net")], [one])["net"]
    assert lost.note == "Atlantis is not known to the gazetteer as one region: not applied"
    assert (none.rule, none.note) == ("no rule of the file is in force", "taken as open to the countries that its list names")
    assert eligible([one], {"net": ruled("net")}, KNOWN, GAZETTEER)[0].assumed == {"net"}
    assert eligible([one], {"net": ruled("net", {})}, KNOWN, GAZETTEER)[0].assumed == frozenset()


def test_who_must_belong_to_another_network_is_on_its_list_where_that_is_here() -> None:
    networks = [ruled("child", {}, belongs_to="parent"), ruled("parent", {"min_population": 50_000})]
    child, parent = members("child", ["big", "small"], DAY), members("parent", ["big", "abroad"], "2021-03-01")
    both, alone = admitted(networks, [child, parent])["child"], admitted(networks, [child])["child"]
    assert (both[1].may_join, both[1].outside_rules) == (2, 1)
    assert both[1].note == "members of parent by its list of 2021-03-01"
    who, _ = eligible([child, parent], {one.id: one for one in networks}, KNOWN, GAZETTEER)
    assert who.belongs == {"child": ("parent",), "parent": ()}
    assert both[0] == alone[0] == {"big", "abroad", "far"}  # by the rules alone; who belongs is drawn anew in each sample
    assert alone[1].note == "members of parent, of which no list is here: only its rules are applied"


REGISTRY = load(str(PROJECT / "include/networks")).networks
TOWNS = [f"lauDE{n:02}" for n in range(40)]
GERMAN = Statistics(municipalities=tuple(Municipality(f"{n:02}", "DE", f"T{n}", "", 60_000, 1, "") for n in range(40)), lau_year=2024)
NOBODY = Described(places={}, municipalities={}, territories={}, cities=Found({}, {}, ()), items={}, lau_year=2024, checks=())
EMPTY = Gazetteer(places=[], names=[])
TWO = [
    members("staedte_sicherer_haefen", TOWNS[:20], DAY, countries=dict.fromkeys(TOWNS, "DE")),
    members("pact_of_free_cities", TOWNS[10:30], DAY, countries=dict.fromkeys(TOWNS, "DE")),
]
SHORT = members("eccar", TOWNS[5:12], DAY, countries=dict.fromkeys(TOWNS, "DE"))
"""Too short to be tested, it lets places with other numbers of memberships vary."""


def test_a_pair_is_tested_among_those_who_may_join_both() -> None:
    """The worked example of docs/methodology.md: of 40 who may join both, 20 and 20, expected 20 x 20 / 40 = 10 shared."""
    found = chance_models([*TWO, SHORT], REGISTRY, EMPTY, NOBODY, GERMAN, DAY, age_limit=True)
    (row,) = overlap_rows(TWO, REGISTRY, found, DAY, age_limit=True)
    assert (row["shared"], row["expected_hypergeometric"], row["not_computed_because"]) == (10, 10.0, None)
    assert "; hypergeometric model: 40 municipalities that may join both; other chance models: those on any list" in str(row["universe"])
    assert all(row[f"p_{model}"] + row[f"p_lower_{model}"] >= 1 for model in NULL_MODELS)  # type: ignore[operator]
    models = {model["model"]: model for model in chance_model_rows(found, DAY)}
    assert tuple(models) == NULL_MODELS
    assert {model["known_municipalities"] for model in models.values()} == {40}
    assert [models[name]["samples"] for name in NULL_MODELS] == [None, 10_000, 10_000, None]
    assert {model["family"] for model in models.values()} == {found.tests.family.stated(found.tests.family.pairs)}
    (short, pact, safe) = chance_model_network_rows(found, DAY)
    assert (short["network_id"], short["in_a_tested_pair"]) == ("eccar", False)
    assert (pact["network_id"], pact["may_join"], pact["outside_rules"], pact["in_a_tested_pair"]) == ("pact_of_free_cities", 40, 0, True)
    assert safe["rule"] == "municipalities in DE (since 2019-06-14)"


def test_where_memberships_settle_a_pair_the_models_that_keep_them_test_nothing() -> None:
    """Two lists alone: whoever has two memberships is shared, so that only the sizes of the lists leave something to chance."""
    found = chance_models(TWO, REGISTRY, EMPTY, NOBODY, GERMAN, DAY, age_limit=True)
    (row,) = overlap_rows(TWO, REGISTRY, found, DAY, age_limit=True)
    models = {model["model"]: model for model in chance_model_rows(found, DAY)}
    assert {name: model["pairs"] for name, model in models.items()} == {name: int(name == "hypergeometric") for name in NULL_MODELS}
    assert row["not_computed_because"] == f"nothing is left to chance by fixed_margins, fixed_margins_country; {NOT_IN_THE_MEAN}"
    assert [row[f"{figure}_bicm"] for figure in ("z", "p", "q", "q_by", "p_lower")] == [None] * 5
    assert (models["bicm"]["family"], models["bicm"]["not_computed_because"]) == (None, NO_TEST)
    assert (row["expected_fixed_margins"], row["q_fixed_margins"], row["p_lower_fixed_margins"]) == (10.0, None, None)


def test_without_a_pair_to_test_every_model_says_why_and_nothing_is_drawn() -> None:
    short = [TWO[0], members("pact_of_free_cities", TOWNS[:3], DAY)]
    found = chance_models(short, REGISTRY, EMPTY, NOBODY, GERMAN, DAY, age_limit=True)
    (row,) = overlap_rows(short, REGISTRY, found, DAY, age_limit=True)
    assert row["shared"] == 3
    assert [model["not_computed_because"] for model in chance_model_rows(found, DAY)] == [NO_PAIR] * 4
    assert chance_model_network_rows(found, DAY) == []
    assert (found.known, found.tests.mixing) == (0, {})
