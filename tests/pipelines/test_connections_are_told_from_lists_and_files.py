"""How memberships are spread, what two networks both show to do, and who sits in two boards: from the lists and files of a release."""

from dataclasses import replace

import pytest

from analysis.list_maker import members
from citynet.analysis.lists import MemberList
from citynet.model import Judgement, Network, Row
from citynet.pipelines.connection_tables import concentration_rows, connection_tables, functional_rows, headline_networks, seated
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.place_tables import connectivity_rows, describe
from citynet.pipelines.registry_tables import body_rows
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.views import View
from citynet.pipelines.withdrawing import bodies_without
from pipelines.dated_views import LEFT_OUT, NETWORK, listing, seen

AS_OF = "2021-12-31"
BERLIN, HAMBURG, MUNICH = "gn2950159", "gn2911298", "gn2867714"


def network(network_id: str, **changed: object) -> Network:
    return replace(NETWORK, id=network_id, **changed)  # type: ignore[arg-type]


NETWORKS = [
    network("core", facts={"themes": ["asylum"]}),
    network("component", relevance="migration_component", facts={"themes": ["asylum", "housing"]}),
    network("other", relevance="comparison"),
    network("national", scope="national"),
    network("excluded", facts=LEFT_OUT),
]


@pytest.fixture
def names(outside: Outside) -> Names:
    return open_names(outside)


def lists() -> list[MemberList]:
    return [members(name, [BERLIN, HAMBURG][: 2 - n % 2]) for n, name in enumerate(("core", "component", "other", "national"))]


def test_headlines_pool_neither_national_nor_comparison_networks_nor_those_left_out() -> None:
    assert list(headline_networks(NETWORKS)) == ["component", "core"]
    rows = {
        (r["measure"], r["relevance"]): r
        for r in concentration_rows(lists(), NETWORKS, AS_OF, age_limit=True)
        if r["counted_by"] == "networks"
    }
    assert rows["municipalities_in_2", "core_or_component"]["value"] == 1
    assert rows["municipalities_in_1", "core"]["value"] == 2
    assert {row["networks_observed"] for (_, pool), row in rows.items() if pool == "core_or_component"} == {2}


def test_a_network_not_decided_yet_is_counted_nowhere_whoever_counts() -> None:
    """The pool is decided once: the same networks connect a place, and spread memberships."""
    undecided = network("undecided", facts={"inclusion": {"decision": "undecided"}})
    networks, more = [*NETWORKS, undecided], [*lists(), members("undecided", [BERLIN])]
    pooled = headline_networks(networks)
    assert list(pooled) == ["component", "core"]
    rows = connectivity_rows(more, networks, AS_OF, age_limit=True, pooled=pooled)
    assert {row["place_id"]: row["network_ids"] for row in rows} == {BERLIN: "component;core", HAMBURG: "core"}
    assert {row["networks_observed"] for row in rows} == {2}
    assert concentration_rows(more, networks, AS_OF, age_limit=True) == concentration_rows(lists(), NETWORKS, AS_OF, age_limit=True)


def test_what_two_networks_both_show_stands_beside_the_members_they_share() -> None:
    shown = [{"network_id": "core", "function": "showcasing", "strength": "weak"}]
    shared: Row = {"network_a": "component", "network_b": "core", "shared": 1, "shared_at_least": 1, "nested_by_rule": False}
    rows = functional_rows(NETWORKS, shown, [{**shared, "list_date_a": AS_OF, "list_date_b": AS_OF}], AS_OF)
    found = {(row["what"], row["item"]): row for row in rows}
    assert {(row["network_a"], row["network_b"], row["shared_members"]) for row in rows} == {("component", "core", 1)}
    assert [found["function", "showcasing"][side] for side in ("in_a", "in_b", "strength_b")] == ["not_known", "yes", "weak"]
    assert [found["theme", item]["in_b"] for item in ("asylum", "housing")] == ["yes", "not_known"]
    assert found["addressee", "any"]["in_a"] == "not_known"


def views(names: Names) -> list[View]:
    """Berlin on the boards of two networks; Hamburg on that of one, in which Munich is a member."""
    first = seen(listing(names, "2021-05-01", "Berlin=board_seat", "Hamburg=board_seat"), network=network("a_net"))
    second = seen(listing(names, "2021-09-01", "Berlin=board_seat", "Munich"), network=network("b_net"))
    return [first, second]


def made(names: Names) -> dict[str, list[Row]]:
    bodies = body_rows(views(names), names, AS_OF)
    described = describe(sorted(seated(bodies) | {MUNICH}), names, Statistics())
    there: dict[str, list[Row]] = {"network_functions": [], "network_overlap": [], "access": []}
    return connection_tables(views(names), [members("b_net", [MUNICH], "2021-09-01")], bodies, described, there, AS_OF, age_limit=True)


def test_a_city_on_two_boards_is_a_bridge_and_each_seat_is_told(names: Names) -> None:
    tables = made(names)
    assert seated(tables["network_bodies"]) == {BERLIN, HAMBURG}
    (bridge,) = tables["bridges"]
    assert (bridge["place_id"], bridge["network_a"], bridge["network_b"]) == (BERLIN, "a_net", "b_net")
    assert (bridge["seen_to_a"], bridge["seen_to_b"], bridge["at_one_time"]) == ("2021-05-01", "2021-09-01", "yes")


def test_evidence_tells_who_is_in_and_who_sits_by_the_countries_of_places(names: Names) -> None:
    told = {(row["network_id"], row["item"]): row for row in made(names)["legitimacy_evidence"]}
    assert told["a_net", "share_of_seats:board:country:DE"]["figure"] == 100
    assert told["a_net", "share_of_seats:board:size_class"]["note"] == "2 have no known class"
    assert told["b_net", "share_of_members:size_class"]["note"] == "1 have no known class"
    assert {told[n, "effect"]["value"] for n in ("a_net", "b_net")} == {"not_looked_for"}


def test_a_seat_of_a_withdrawn_city_is_told_nowhere(names: Names) -> None:
    line = {
        "what": "membership",
        "place_id": BERLIN,
        "network_id": "a_net",
        "reason_class": "safety",
        "date": "2022-01-01",
        "reviewer": "r",
    }
    kept = {**names.judgements.lines, "withdrawals.csv": (Judgement("withdrawals.csv:2", line),)}
    judged = replace(names, judgements=replace(names.judgements, lines=kept))
    left = {(row["network_id"], row["place_id"]) for row in bodies_without(body_rows(views(names), names, AS_OF), judged)}
    assert left == {("a_net", None), ("a_net", HAMBURG), ("b_net", None), ("b_net", BERLIN)}
