"""Table network_universes: whom each network's dated rules admit, counted from the list of municipalities, or why nobody can."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from citynet.model import Network, Relation, Row
from citynet.networks.registry import load
from citynet.pipelines.eligibility import admitted_sizes, in_force, in_words, no_universe_because
from citynet.pipelines.outside import PROJECT
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.universe_tables import NO_LIST, NO_UNITS, network_universe_rows, universe_rows
from citynet.statistics.lau import read_lau
from citynet.statistics.size_ranges import ANY_SIZE, NO_LIMIT
from citynet.statistics.universes import counted, read_universes
from citynet.statistics.values import Municipality
from history.listing_maker import network

FOLDER = PROJECT / "include/samples/statistics/2026-08-31"
BUNDLED = Statistics(
    municipalities=read_lau((FOLDER / "lau_2019_trimmed.csv.gz").read_bytes()),
    universes=read_universes((FOLDER / "universes_2019.csv").read_bytes()),
    lau_year=2019,
)
REGISTRY = load(str(PROJECT / "include/networks")).networks
ROWS = network_universe_rows(REGISTRY, BUNDLED, "2026-11-23")
DAY = "2026-11-23"


def ruled(*rules: dict[str, object], network_id: str = "net", relations: Sequence[Relation] = (), **changed: str) -> Network:
    return replace(network(), id=network_id, facts={"eligibility": list(rules)}, relations=tuple(relations), **changed)


def rows_of(network_id: str) -> list[Row]:
    return [row for row in ROWS if row["network_id"] == network_id]


def total(rows: Sequence[Row], column: str = "municipalities") -> int:
    return sum(int(str(row[column])) for row in rows if row[column] is not None)


def test_every_network_of_the_registry_has_a_count_or_a_reason() -> None:
    assert {str(row["network_id"]) for row in ROWS} == {one.id for one in REGISTRY}
    assert all((row["municipalities"] is None) == bool(row["not_computed_because"]) for row in ROWS)
    assert all(row["rule"] for row in ROWS)
    keys = [(row["network_id"], row["country"], row["size_class"], row["degurba"]) for row in ROWS]
    assert len(keys) == len(set(keys))


def test_a_network_that_admits_everybody_has_the_cells_of_the_whole_list() -> None:
    every = [(r["country"], r["size_class"], r["degurba"], r["municipalities"], r["residents"]) for r in universe_rows(BUNDLED, DAY)]
    assert [(r["country"], r["size_class"], r["degurba"], r["municipalities"], r["residents"]) for r in rows_of("eccar")] == every
    assert {(r["year"], r["source"]) for r in rows_of("eccar")} == {(2019, "Source: Eurostat, local administrative units 2019")}


@pytest.mark.parametrize("network_id", ["eurocities", "integrating_cities"])
def test_a_minimum_of_residents_counts_whom_it_admits_and_binds_those_who_must_belong(network_id: str) -> None:
    large = [unit for unit in BUNDLED.municipalities if (unit.population or 0) >= 50_000]
    assert total(rows_of(network_id)) == len(large)
    assert total(rows_of(network_id), "residents") == sum(unit.population or 0 for unit in large)
    assert {r["country"] for r in rows_of(network_id) if r["not_computed_because"]} == {"CY", "FR", "MK"}


@pytest.mark.parametrize(
    ("network_id", "because"),
    [
        ("hague_process", "no network: nobody joins"),
        ("mayoral_forum", "an event: nobody joins"),
        ("arrival_cities", "closed since 2018-05-03: nobody can join"),
        ("solidacities", "its file states no rule of who may join"),
        ("uia", "no rule of membership is in force on 2026-11-23: the last one ended 2020"),
        ("mayors_migration_council", "no rule of membership is in force on 2026-11-23: that for board_seat is none"),
        ("cemr", "municipalities can't join, only: association"),
        (
            "seebruecke_sichere_haefen_niedersachsen",
            "admits bodies of Lower Saxony only; the list of municipalities does not say which of them lie there",
        ),
    ],
)
def test_a_network_that_cannot_be_counted_has_one_row_with_the_reason(network_id: str, because: str) -> None:
    (row,) = rows_of(network_id)
    assert row["not_computed_because"] == because
    assert [row[c] for c in ("country", "size_class", "degurba", "municipalities", "residents", "year", "source")] == [None] * 7


def test_a_country_that_the_list_lacks_is_named_and_not_counted_as_nobody() -> None:
    (row,) = rows_of("intercultural_cities_norway")
    assert (row["country"], row["municipalities"], row["not_computed_because"]) == ("NO", None, NO_UNITS)


def test_the_rules_of_a_past_day_give_the_universe_of_that_day() -> None:
    uia = [one for one in REGISTRY if one.id == "uia"]
    then = network_universe_rows(uia, BUNDLED, "2019-06-30")
    members = {"AT", "BE", "BG", "CZ", "DE", "DK", "EE", "ES", "FI", "GB", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL"}
    members |= {"PL", "PT", "RO", "SE", "SI", "SK"}
    large = [u for u in BUNDLED.municipalities if (u.population or 0) >= 50_000 and u.country in members]
    assert total(then) == len(large)
    assert {row["rule"] for row in then} == {in_words(uia[0], "2019-06-30")}


def test_a_vintage_of_the_list_of_its_own_year_is_counted_itself() -> None:
    units = tuple(Municipality(str(n), "BE", "A", "", residents, 1, "") for n, residents in enumerate((4_000, 29_999, 30_000, 70_000)))
    newer = Statistics(municipalities=units, universes=counted(units), lau_year=2024)
    rows = network_universe_rows([ruled({"min_population": 30_000})], newer, DAY)
    assert [(r["size_class"], r["municipalities"], r["residents"], r["year"]) for r in rows] == [
        ("20-50k", 1, 30_000, 2024),
        ("50-100k", 1, 70_000, 2024),
    ]


def test_without_a_list_nothing_is_counted() -> None:
    (row,) = network_universe_rows([ruled({"countries": "any"})], Statistics(), DAY)
    assert (row["municipalities"], row["not_computed_because"]) == (None, NO_LIST)


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        ("", "", True),
        ("2026-11-23", "2026-11-23", True),
        ("2026", "2026", True),
        ("2026-11", "2026-11", True),
        ("2026-11-24", "", False),
        ("2027", "", False),
        ("", "2026-11-22", False),
        ("", "2025", False),
    ],
)
def test_a_rule_holds_from_the_first_to_the_last_day_of_its_dates(since: str, until: str, holds: bool) -> None:
    assert bool(in_force(ruled({"since": since, "until": until, "kinds": ["municipality"]}), DAY)) is holds


def test_of_several_rules_each_admits_and_the_largest_population_is_still_admitted() -> None:
    mixed = ruled(
        {"tie": "full", "min_population": 250_000},
        {"tie": "associate", "countries": ["DE"], "max_population": 20_000},
        {"tie": "observer"},
        {"kinds": ["university"]},
    )
    assert admitted_sizes(mixed, {}, DAY, "DE") == ((0, 20_001), (250_000, NO_LIMIT))
    assert admitted_sizes(mixed, {}, DAY, "FR") == ((250_000, NO_LIMIT),)


def test_a_member_of_two_networks_must_be_admitted_by_both() -> None:
    parent = ruled({"countries": ["DE"], "min_population": 10_000}, network_id="parent")
    child = ruled({"must_belong_to": ["parent"], "max_population": 99_999}, network_id="child")
    known = {one.id: one for one in (parent, child)}
    assert admitted_sizes(child, known, DAY, "DE") == ((10_000, 100_000),)
    assert admitted_sizes(child, known, DAY, "FR") == ()
    related = ruled({}, network_id="child", relations=[Relation("members_must_belong_to", "parent", since="2027")])
    assert admitted_sizes(related, known, DAY, "FR") == ANY_SIZE
    assert admitted_sizes(related, known, "2027-01-01", "FR") == ()


def test_why_a_parent_cannot_be_counted_is_why_its_child_cannot() -> None:
    child = ruled({"must_belong_to": ["parent"]}, network_id="child")
    assert no_universe_because(child, {"child": child}, DAY) == "members must belong to parent, of which there is no network file"
    for parent, because in (
        (ruled({"countries": "any"}, network_id="parent", status="closed", status_since="2020"), "closed since 2020: nobody can join"),
        (ruled({"kinds": ["region"]}, network_id="parent"), "municipalities can't join, only: region"),
    ):
        assert no_universe_because(child, {"child": child, "parent": parent}, DAY) == f"members must belong to parent: {because}"


def test_two_networks_that_ask_for_each_other_end_in_an_answer() -> None:
    one = ruled({"must_belong_to": ["other"], "min_population": 10_000}, network_id="one")
    other = ruled({"must_belong_to": ["one"]}, network_id="other")
    known = {"one": one, "other": other}
    assert no_universe_because(one, known, DAY) == ""
    assert {admitted_sizes(n, known, DAY, "DE") for n in known.values()} == {((10_000, NO_LIMIT),)}


def test_a_rule_is_told_in_words() -> None:
    told = ruled(
        {"tie": "full", "min_population": 250_000, "countries": ["FR", "DE"], "kinds": ["municipality", "region"], "since": "2015"},
        {"max_population": 50_000, "countries": "any", "must_belong_to": ["parent"], "until": "2027"},
        relations=[Relation("members_must_belong_to", "other")],
    )
    assert in_words(told, DAY) == (
        "full: municipalities of 250,000 residents or more in DE, FR (since 2015); "
        "or municipalities of at most 50,000 residents of any country, members of parent, whose rules bind too (until 2027); "
        "only members of other, whose rules bind too"
    )
    assert in_words(ruled(), DAY) == "no rule of the file is in force"


def test_a_network_to_which_members_must_belong_is_named_once() -> None:
    told = in_words(next(one for one in REGISTRY if one.id == "integrating_cities"), DAY)
    assert told == "municipalities of any country, members of eurocities, whose rules bind too (since 2010-02-22)"
