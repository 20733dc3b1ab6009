"""Who may join at all decides the universe; a size class that a network's own rule keeps out is read as excluded_by_rule."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from citynet.analysis.lists import MemberList
from citynet.model import Network, Row
from citynet.networks.registry import load
from citynet.pipelines.admission import admissions
from citynet.pipelines.eligibility import Where, admitted_countries, admitted_sizes, where_admitted
from citynet.pipelines.outside import PROJECT
from citynet.pipelines.place_tables import Described
from citynet.pipelines.representation_tables import CUT, NO_CELLS, access_rows, representation_rows
from citynet.pipelines.statistics import Statistics
from citynet.statistics.place_territories import Found
from citynet.statistics.universes import read_universes
from citynet.statistics.values import Municipality

NETWORKS = {network.id: network for network in load(str(PROJECT / "include/networks")).networks}
UNIVERSES = read_universes((PROJECT / "include/samples/statistics/2026-08-31/universes_2019.csv").read_bytes())
CITIES = [f"gn{number}" for number in range(20)]


def read(network_id: str, *, networks: Mapping[str, Network] = NETWORKS, day: str = "2026-08-01") -> list[Row]:
    """Representation of a network whose twenty members are German cities of 600,000 residents, by its list of a day."""
    city = Municipality("DE1", "DE", "City", "", 600_000, 1, "")
    cities = dict.fromkeys(CITIES, city)
    described = Described(
        places={}, names={}, municipalities=cities, territories={}, cities=Found({}, {}, ()), items={}, lau_year=2019, checks=()
    )
    members = MemberList(network_id, day, True, "current", frozenset(CITIES), frozenset(CITIES), 0, dict.fromkeys(CITIES, "DE"))
    statistics, every = Statistics(universes=UNIVERSES, lau_year=2019), list(networks.values())
    admitted = admissions({(network_id, day)}, every, statistics)
    return representation_rows([members], every, described, statistics, admitted, "2026-09-01", age_limit=False)


def readings(network_id: str) -> dict[str, object]:
    """Reading by size class, against municipalities of at least 5,000 residents."""
    own = [r for r in read(network_id) if (r["dimension"], r["universe_kind"]) == ("municipality_size_class", "at_least_5000")]
    return {str(r["class"]): r["reading"] for r in own}


def least(network_id: str, day: str = "2026-09-01") -> float:
    """From how many residents on German municipalities may join."""
    return admitted_sizes(NETWORKS[network_id], NETWORKS, day, "DE")[0][0]


def test_the_minimum_of_the_network_to_which_members_must_belong_binds_too():
    """Integrating Cities takes members of Eurocities, whose smallest tie asks for 50,000 residents."""
    assert least("integrating_cities") == 50_000
    found = readings("integrating_cities")
    assert {found[size] for size in ("5-10k", "10-20k", "20-50k")} == {"excluded_by_rule"}
    assert found["50-100k"] == "under"


def test_advice_and_an_ended_rule_keep_nobody_out():
    advised, ended, none = ("intercultural_cities", "uia", "shelter_city")
    assert [least(network_id) for network_id in (advised, none)] == [0, 0]
    assert admitted_sizes(NETWORKS[ended], NETWORKS, "2026-09-01", "DE") == ()  # nobody may join any more, which is no minimum
    assert least(ended, "2019-09-01") == 50_000
    assert "excluded_by_rule" not in readings("shelter_city").values()


def test_a_national_network_is_held_against_its_own_country():
    rows = read("staedte_sicherer_haefen")
    assert admitted_countries(NETWORKS["staedte_sicherer_haefen"]) == ("DE",)
    assert {str(r["universe"]) for r in rows if r["dimension"] == "municipality_size_class"} == {
        "municipalities that may join staedte_sicherer_haefen by its own rules of 2026-08-01 "
        "(municipalities in DE (since 2019-06-14)) in DE of the list",
        "municipalities of at least 5000 residents in DE (the only ones that the network's rules admit on the day of the list)",
        "residents of DE (the only ones that the network's rules admit on the day of the list)",
    }
    assert not [r for r in rows if r["dimension"] in ("country", "region_of_europe", "eu_membership")]


@pytest.mark.parametrize("column", ["representation_ratio", "reading", "participation_rate"])
def test_a_network_of_a_part_of_a_country_has_no_universe_and_says_so(column):
    network_id = "seebruecke_sichere_haefen_niedersachsen"
    for day, of_the_day in (("2026-09-01", True), ("2017-06-15", False)):  # its rule is of 2018
        assert where_admitted(NETWORKS[network_id], day) == Where(("DE",), "Lower Saxony", of_the_day)
        rows = read(network_id, day=day)
        assert rows
        assert {r[column] for r in rows} == {None}
        assert all("admits bodies of Lower Saxony only" in str(r["not_computed_because"]) for r in rows)


@pytest.mark.parametrize(
    ("rules", "where"),
    [
        ([{"countries": ["DE"], "within": "Lower Saxony", "since": "2021"}], Where(("DE",), "Lower Saxony", False)),
        ([{"within": "Lower Saxony", "since": "2021"}], Where((), "Lower Saxony", False)),
        (
            [{"countries": ["DE"], "within": "Lower Saxony", "until": "2015"}, {"countries": ["DE"], "since": "2021"}],
            Where(("DE",), "", False),
        ),
        ([{"countries": ["DE"], "within": "Hesse", "tie": "observer"}], Where((), "", False)),
        ([{"countries": ["DE"], "within": "Hesse"}, {"countries": ["DE"], "within": "Bavaria"}], Where(("DE",), "Bavaria or Hesse", True)),
        ([], Where((), "", False)),
    ],
)
def test_the_newest_rule_says_of_countries_and_of_a_part_where_none_is_in_force(rules, where):
    assert where_admitted(replace(NETWORKS["shelter_city"], facts={"eligibility": rules}), "2020-06-15") == where


def test_rules_of_a_network_to_which_members_must_belong_are_told_as_its_own_and_belonging_is_no_part_of_the_share():
    rows = [r for r in read("integrating_cities") if r["dimension"] == "municipality_size_class"]
    small = [r for r in rows if r["reading"] == "excluded_by_rule"]
    assert small
    assert all("by its own rules and those of Eurocities, to which members must belong" in str(r["sentence"]) for r in small)
    (universe,) = {str(r["universe"]) for r in rows if r["universe_kind"] == "eligible_by_rule"}
    assert universe.startswith("municipalities that may join integrating_cities by its own rules and those of eurocities of 2026-08-01 (")
    assert "rules of eurocities: full: municipalities of 250,000 residents or more in AT" in universe
    assert "they must also be members of eurocities" in universe
    statistics, every = Statistics(universes=UNIVERSES, lau_year=2019), list(NETWORKS.values())
    found = admissions({(network_id, "2026-08-01") for network_id in NETWORKS}, every, statistics)
    told = {str(r["network_id"]): r for r in access_rows(every, statistics, found, "2026-08-01") if r["dimension"] == "all"}
    bound, free = told["integrating_cities"], told["staedte_sicherer_haefen"]
    assert (bound["must_belong_to"], free["must_belong_to"]) == ("eurocities", None)
    assert "By the rules of Integrating Cities and Eurocities in force on" in str(bound["sentence"])
    assert "they must also be members of Eurocities, whose rules are in this share and whose list is not" in str(bound["sentence"])
    assert (bound["countries_admitted"], free["countries_admitted"]) == (None, "DE")
    assert "of the universe may join, all of them in DE; in these live" in str(free["sentence"])


@pytest.mark.parametrize(
    ("network_id", "kinds", "because"),
    [
        ("intercultural_cities_norway", {"eligible_by_rule", "at_least_5000", "residents"}, NO_CELLS),
        ("solidacities", {"eligible_by_rule"}, "who may join is not known: its file states no rule of who may join"),
        ("cemr", {"eligible_by_rule"}, "who may join is not known: municipalities can't join, only: association"),
    ],
)
def test_a_universe_that_cannot_be_counted_has_rows_along_size_classes_that_say_why(network_id, kinds, because):
    rows = [r for r in read(network_id) if r["universe_kind"] != "statistical_cities"]
    without = [r for r in rows if r["u"] is None]
    assert {str(r["universe_kind"]) for r in without} == kinds
    assert {r["dimension"] for r in without} == {"municipality_size_class"}
    assert {(r["n_c"], r["reading"], r["not_computed_because"]) for r in without} == {(None, None, f"{network_id}: {because}")}
    assert all(f"no figure, for {network_id}: {because}" in str(r["sentence"]) for r in without)
    assert {str(r["universe_kind"]) for r in rows if r["u"]} == {"eligible_by_rule", "at_least_5000", "residents"} - kinds


def test_where_a_limit_runs_through_a_class_that_the_list_does_not_have_whole_there_is_no_universe_of_those_who_may_join():
    limited = [{"min_population": 30_000, "countries": ["DE"]}]
    rows = read("shelter_city", networks={**NETWORKS, "shelter_city": replace(NETWORKS["shelter_city"], facts={"eligibility": limited})})
    assert {r["not_computed_because"] for r in rows if r["universe_kind"] == "eligible_by_rule"} == {f"shelter_city: {CUT}"}


RULES = [
    {"countries": ["DE"], "since": "2010", "until": "2019"},
    {"countries": ["AT", "DE"], "since": "2020", "min_population": 1_000_000},
]
"""Of one network: first all German municipalities, then only metropolises of two countries."""


@pytest.mark.parametrize(("day", "n_outside", "countries"), [("2019-06-30", 0, "in DE (the"), ("2026-08-01", 20, "2 countries (")])
def test_a_list_is_held_against_the_rules_of_its_own_day(day, n_outside, countries):
    changed = replace(NETWORKS["shelter_city"], facts={"eligibility": RULES})
    rows = read("shelter_city", networks={**NETWORKS, "shelter_city": changed}, day=day)
    own = [r for r in rows if (r["dimension"], r["universe_kind"]) == ("municipality_size_class", "eligible_by_rule")]
    assert {r["n_outside"] for r in own} == {n_outside}
    assert all(f"may join shelter_city by its own rules of {day} (" in str(r["universe"]) for r in own)
    larger = [r for r in rows if (r["dimension"], r["universe_kind"]) == ("municipality_size_class", "at_least_5000")]
    assert all(countries in str(r["universe"]) for r in larger)
    assert ({str(r["reading"]) for r in larger if r["class"] == "20-50k"} == {"excluded_by_rule"}) is (n_outside > 0)


def test_on_a_day_without_a_rule_in_force_the_newest_still_says_of_which_countries():
    changed = replace(NETWORKS["shelter_city"], facts={"eligibility": RULES[:1]})
    rows = read("shelter_city", networks={**NETWORKS, "shelter_city": changed}, day="2026-08-01")
    told = "in DE (the only ones that the network's rules name, of which none is in force on the day of the list)"
    assert all(told in str(r["universe"]) for r in rows if r["universe_kind"] == "at_least_5000")
    assert all("no rule of membership is in force on 2026-08-01" in str(r["not_computed_because"]) for r in rows if r["u"] is None)


def test_a_list_of_the_days_before_a_network_closed_is_held_against_its_rules_of_then():
    open_to_all = {"eligibility": [{"countries": "any", "since": "2010"}]}
    closed = replace(NETWORKS["shelter_city"], status="closed", status_since="2020", facts=open_to_all)
    for day, counted in (("2019-12-31", True), ("2020-01-01", False)):
        rows = read("shelter_city", networks={**NETWORKS, "shelter_city": closed}, day=day)
        assert all(bool(r["u"]) is counted for r in rows if r["universe_kind"] == "eligible_by_rule")
