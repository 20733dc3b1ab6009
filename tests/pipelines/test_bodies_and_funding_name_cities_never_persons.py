"""Tables network_bodies and network_funding, and what legitimacy_evidence takes from network files and lists."""

from dataclasses import replace

import pytest

from citynet.analysis.bridges import bridges
from citynet.analysis.families import related_pairs
from citynet.analysis.legitimacy import PlaceClasses
from citynet.model import Network, Row
from citynet.networks.registry import load
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.outside import PROJECT, Outside
from citynet.pipelines.registry_tables import body_rows, funding_rows, legitimacy_rows, stated
from citynet.pipelines.views import View
from pipelines.dated_views import NETWORK, listing, seen

NETWORKS = load(str(PROJECT / "include/networks")).networks
VIEWS = [seen(network=network) for network in NETWORKS]
AS_OF = "2026-08-31"
BERLIN, POTSDAM = "gn2950159", "gn2852458"


@pytest.fixture
def names(outside: Outside) -> Names:
    return open_names(outside)


def view_with(*lists: object, **facts: object) -> View:
    return seen(*lists, network=replace(NETWORK, facts=facts))  # type: ignore[arg-type]


def test_every_body_of_every_file_has_one_row_with_its_source(names: Names) -> None:
    rows = body_rows(VIEWS, names, AS_OF)
    assert len(rows) == sum(len(network.facts.get("bodies") or ()) for network in NETWORKS)
    assert len({(row["network_id"], row["body"], row["place_id"]) for row in rows}) == len(rows)
    assert all(row["source"] and row["role"] for row in rows)


def test_the_cities_of_the_files_are_these_and_no_organisation_is_taken_for_one(names: Names) -> None:
    cities = {(row["network_id"], row["name"]): row for row in body_rows(VIEWS, names, AS_OF) if row["place_id"]}
    assert {network_id for network_id, _ in cities} == {
        *(
            "arrival_cities",
            "cemr",
            "clip",
            "eccar",
            "eurocities",
            "habitat",
            "iash",
            "intercultural_cities_morocco",
            "partnership_inclusion",
        ),
        *("staedte_sicherer_haefen", "uclg", "uclg_social_inclusion", "unesco_iccar"),
    }
    assert {name for network_id, name in cities if network_id == "clip"} == {"Stuttgart", "Vienna", "Amsterdam"}
    assert {row["place_id"] for (_, name), row in cities.items() if name == "Barcelona, Spain"} == {"gn3128760"}


def test_what_governs_is_told_from_secretariats_and_partners(names: Names) -> None:
    governing = {(row["network_id"], row["body"], row["place_id"] is not None) for row in body_rows(VIEWS, names, AS_OF) if row["governs"]}
    assert governing == {
        ("clip", "Steering Committee", False),
        ("clip", "Steering Committee", True),
        ("eccar", "Steering Committee", False),
        ("eccar", "Steering Committee", True),
        ("eurocities", "Executive Committee", False),
        ("eurocities", "Executive Committee", True),
        ("mayoral_forum", "International Organization for Migration", False),
        ("mayoral_forum", "Mayors Migration Council", False),
        ("mayoral_forum", "United Cities and Local Governments", False),
        ("mayors_migration_council", "Governing Board", False),
        ("mayors_migration_council", "Leadership Board", False),
        ("unesco_iccar", "Global Steering Committee", False),
        ("unesco_iccar", "Global Steering Committee", True),
    }


def test_a_number_of_seats_is_read_where_the_file_gives_one_and_never_less_than_its_cities(names: Names) -> None:
    rows = [row for row in body_rows(VIEWS, names, AS_OF) if row["governs"] and row["basis"] == "network_file"]
    seats = {row["network_id"]: row["seats"] for row in rows if row["seats"] and not row["place_id"]}
    cities = {network_id: [row for row in rows if row["network_id"] == network_id and row["place_id"]] for network_id in seats}
    assert seats == {"eurocities": 12, "eccar": 26}
    assert {network_id: len(of) for network_id, of in cities.items()} == {"eurocities": 10, "eccar": 26}
    assert {(row["seats"], row["on_newest_list"]) for of in cities.values() for row in of} == {(1, True)}


def test_a_date_of_a_file_shows_a_seat_at_that_time_and_not_later(names: Names) -> None:
    described = [
        {"name": "Committee", "role": "2 cities", "source": "https://net.example"},
        {"name": "Berlin, Germany", "role": "in the Committee", "since": "2020", "source": "https://net.example"},
        {"name": "Potsdam", "role": "in the Committee", "since": "2021-05-03", "source": "https://net.example"},
    ]
    rows = {row["place_id"]: row for row in body_rows([view_with(bodies=described)], names, AS_OF)}
    days = ("dated_from", "seen_from", "seen_to", "on_newest_list")
    assert [rows[BERLIN][day] for day in days] == ["2020-01-01", "2020-12-31", "2020-12-31", False]
    assert [rows[POTSDAM][day] for day in days] == [None, "2021-05-03", "2021-05-03", True]


def told(rows: list[Row]) -> dict[object, tuple[object, ...]]:
    columns = ("body", "seats", "seen_from", "seen_to", "on_newest_list")
    return {row["place_id"]: tuple(row[column] for column in columns) for row in rows}


def test_seats_of_lists_are_the_citys_and_the_newest_list_says_who_sits(names: Names) -> None:
    lists = [
        listing(names, "2020-01-01", "Berlin=board_seat", "Potsdam=board_seat", "Graz", coverage="partial"),
        listing(names, "2021-01-01", "Berlin=board_seat", "Nowhere at all=board_seat", coverage="partial"),
    ]
    assert told(body_rows([seen(*lists)], names, AS_OF)) == {
        None: ("board", 2, "2020-01-01", "2021-01-01", True),
        BERLIN: ("board", 1, "2020-01-01", "2021-01-01", True),
        POTSDAM: ("board", 1, "2020-01-01", "2020-01-01", False),
    }


def test_a_board_that_the_file_describes_is_one_body_with_its_list(names: Names) -> None:
    described = [{"name": "Council", "role": "guides it; read as board seats", "since": "2018", "source": "https://file.example"}]
    printed = listing(names, "2021-01-01", "Berlin=board_seat", coverage="partial")
    rows = body_rows([view_with(printed, bodies=described)], names, AS_OF)
    assert [(row["body"], row["place_id"], row["role"], row["since"]) for row in rows] == [
        ("Council", None, "guides it; read as board seats", "2018"),
        ("Council", BERLIN, "seat", None),
    ]
    assert rows[0]["source"] == "https://file.example; https://net.example"


def test_no_row_has_a_column_for_a_person(names: Names) -> None:
    rows = [*body_rows(VIEWS, names, AS_OF), *funding_rows(VIEWS, AS_OF)]
    assert not {column for row in rows for column in row if column in ("person", "mayor", "holder", "kind")}


def test_a_city_in_two_governing_bodies_is_found_from_lists_and_files(names: Names) -> None:
    described = [{"name": "Berlin, Germany", "role": "in the Steering Committee", "since": "2021-11", "source": "https://other.example"}]
    views = [
        seen(listing(names, "2021-01-01", "Berlin=board_seat", coverage="partial")),
        seen(network=replace(NETWORK, id="other", facts={"bodies": described})),
    ]
    (row,) = bridges(body_rows(views, names, AS_OF), related_pairs([view.network for view in views]), AS_OF)
    assert (row["place_id"], row["network_a"], row["network_b"], row["at_one_time"]) == (BERLIN, "net", "other", "yes")


def test_every_funder_host_and_initiator_has_its_row_with_a_source() -> None:
    rows = funding_rows(VIEWS, AS_OF)
    assert len({tuple(row[column] for column in ("network_id", "funder", "kind_of_funding", "period")) for row in rows}) == len(rows)
    assert all(row["source"] and row["kind_of_funding"] for row in rows)
    council = {(row["funder"], row["kind_of_funding"]) for row in rows if row["network_id"] == "mayors_migration_council"}
    assert council == {
        *((funder, "grant") for funder in ("Open Society Foundations", "Robert Bosch Stiftung", "IKEA Foundation")),
        ("Swiss Agency for Development and Cooperation", "grant"),
        ("cities", "initiator"),
        ("rockefeller_philanthropy_advisors", "host"),
    }


def test_one_row_names_one_funder() -> None:
    assert not [row["funder"] for row in funding_rows(VIEWS, AS_OF) if ", " in str(row["funder"])]


@pytest.mark.parametrize(
    ("fees", "value"),
    [
        (["none"], "no"),
        (["none; a yearly review instead"], "no"),
        (["none found"], "not_found"),
        (["not found"], "not_found"),
        (["none for the national network, EUR 5,000 a year for the international one"], "yes"),
        (["not found", "EUR 500 a year"], "yes"),
        ([None], "not_looked_for"),
    ],
)
def test_a_fee_is_yes_no_not_found_or_not_looked_for(fees: list[str | None], value: str) -> None:
    rules = [{"kinds": ["municipality"], "source": "https://net.example", **({"fee": fee} if fee else {})} for fee in fees]
    assert stated(view_with(eligibility=rules), AS_OF).facts["fee"].value == value


def test_a_file_without_rules_was_not_looked_at_and_one_with_rules_tells_them() -> None:
    assert stated(view_with(), AS_OF).facts["rule_on_who_may_join"].value == "not_looked_for"
    rule = {"min_population": 250000, "kinds": ["municipality"], "source": "https://net.example", "source_date": "2020"}
    told = stated(view_with(eligibility=[rule]), AS_OF).facts["rule_on_who_may_join"]
    assert (told.value, told.source, told.source_date) == ("yes", "https://net.example", "2020")
    assert "250,000 residents or more" in str(told.note)


def test_how_a_network_is_run_is_taken_from_its_file_item_by_item(names: Names) -> None:
    written = {"statutes": {"value": "not_found"}, "annual_report": {"value": "yes", "note": "of 2019", "source": "https://net.example"}}
    places = PlaceClasses({}, (), {}, {})
    rows = legitimacy_rows([view_with(governance=written)], [], [], [], places, AS_OF, age_limit=True)
    told = {row["item"]: (row["dimension"], row["value"], row["note"]) for row in rows}
    assert told["annual_report"] == ("throughput", "yes", "of 2019")
    assert told["statutes"] == ("throughput", "not_found", None)
    assert told["voting_rule"] == ("throughput", "not_looked_for", None)


def network(network_id: str) -> Network:
    return next(network for network in NETWORKS if network.id == network_id)


def test_every_network_has_the_same_items_of_how_it_is_run(names: Names) -> None:
    places = PlaceClasses({}, (), {}, {})
    rows = legitimacy_rows(VIEWS, [], body_rows(VIEWS, names, AS_OF), [], places, AS_OF, age_limit=True)
    items = {n.id: {row["item"] for row in rows if row["network_id"] == n.id and row["dimension"] != "input"} for n in NETWORKS}
    assert {frozenset(of) for of in items.values()} == {frozenset(items["eccar"])}
    published = {row["network_id"]: row["value"] for row in rows if row["item"] == "member_list"}
    assert (published["eccar"], published["mayors_migration_council"]) == ("yes", "no")
    assert network("mayors_migration_council").publishes == "none"
