"""Connections in the small release: no pair long enough to test, one bridge, a board, and what is known of how a network is run."""

from citynet.model import Row
from publishing.one_row import row

PACT_2022 = "20220915T000000Z-bbbbbbbbbbbb"
PACT_URL = "https://www.pactoffreecities.example/members"
TOO_SHORT = "no two complete lists of unrelated networks of one time have 10 members each"
HALF: Row = {
    "figure": 50.0,
    "figure_low": 50.0,
    "figure_high": 50.0,
    "universe": "municipalities on the complete list of 2022-09-15",
    "source_date": "2022-09-15",
    "note": "1 of 2",
}
LISTS: Row = {"lists_from": "2010-07-12", "lists_to": "2022-09-15"}


def connection_tables() -> dict[str, list[Row]]:
    """The tables on chance models, connections and how networks are run; a fresh copy each time."""
    return {
        "chance_models": [chance_model(model) for model in ("hypergeometric", "fixed_margins", "fixed_margins_country", "bicm")],
        "chance_model_networks": [
            row(
                "chance_model_networks",
                **{"network_id": "pact_of_free_cities", "list_date": "2022-09-15", "members": 3, "in_a_tested_pair": False},
                **{"may_join": 34_000, "outside_rules": 1, "rule": "municipalities of any country (since 2019-12-16)"},
            )
        ],
        "connectivity_concentration": concentration(),
        "functional_overlap": [
            shown("function", "shaming", "yes", "not_known", strength_a="stated"),
            shown("policy_domain", "any", "not_known", "not_known"),
        ],
        "bridges": [
            row(
                "bridges",
                **{"place_id": "gn3060972", "network_a": "intercultural_cities", "network_b": "pact_of_free_cities"},
                **{"bodies_a": "Board", "bodies_b": "Presidency", "seen_from_a": "2010-07-12", "seen_to_a": "2010-07-12"},
                **{"at_one_time": "not_known", "nested_by_rule": True, "sources": "https://www.coe.example/board"},
            )
        ],
        "network_bodies": [
            body("Presidency", None, "all seats on the newest list of this body", seats=2),
            body("Presidency", "gn3060972", "seat", seats=1),
            body("Secretariat", None, "secretariat", basis="network_file", governs=False, capture_id=None, source_date=None),
        ],
        "network_funding": [
            row("network_funding", network_id="pact_of_free_cities", funder="its cities", kind_of_funding="fees", source=PACT_URL),
        ],
        "legitimacy_evidence": [
            evidence("input", "fee", "yes", note="by residents", source=PACT_URL),
            *(evidence("input", f"share_of_members:country:{country}", "figure", **HALF) for country in ("HU", "SK")),
            evidence("throughput", "statutes", "not_found", note="not on its pages"),
            evidence("output", "effect", "not_looked_for"),
        ],
    }


def chance_model(model: str) -> Row:
    return row("chance_models", model=model, holds="the members of each network", networks=0, pairs=0, not_computed_because=TOO_SHORT)


def concentration() -> list[Row]:
    """Bratislava in two of two networks, three cities in one."""
    counts: Row = {"n_places": 4, "n_memberships": 5, "n_unresolved": 1, "networks_observed": 2, "networks_partial": 1}
    named: Row = {"counted_by": "networks", "relevance": "core_or_component", "universe": "municipalities on at least one list"}
    figures = [
        ("municipalities_in_1", 3.0, 2.0, 4.0),
        ("municipalities_in_2", 1.0, 1.0, 2.0),
        ("municipalities_in_2_or_more", 1.0, 1.0, 2.0),
    ]
    figures += [("share_of_top_decile", 0.4, 0.33, 0.5)]
    return [
        row("connectivity_concentration", **counts, **named, **LISTS, measure=measure, value=value, low=low, high=high)
        for measure, value, low, high in figures
    ]


def shown(what: str, item: str, in_a: str, in_b: str, **values: object) -> Row:
    pair: Row = {"network_a": "intercultural_cities", "network_b": "pact_of_free_cities", "shared_members": 1, "shared_members_at_least": 1}
    dates: Row = {"list_date_a": "2010-07-12", "list_date_b": "2022-09-15", "nested_by_rule": False}
    return row("functional_overlap", **pair, **dates, what=what, item=item, in_a=in_a, in_b=in_b, **values)


def body(name: str, place_id: str | None, role: str, **values: object) -> Row:
    facts: Row = {"network_id": "pact_of_free_cities", "body": name, "place_id": place_id, "role": role, "governs": True, "basis": "list"}
    facts |= {"source": PACT_URL, "source_date": "2022-09-15", "capture_id": PACT_2022}
    return row("network_bodies", **{**facts, **values})


def evidence(dimension: str, item: str, value: str, **values: object) -> Row:
    return row("legitimacy_evidence", network_id="pact_of_free_cities", dimension=dimension, item=item, value=value, **values)
