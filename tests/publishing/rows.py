"""A small hand-written release: four networks, one partial and one without a list, five bodies, one departure suspected, one open name."""

import json

from citynet.model import Row
from publishing.connection_rows import connection_tables
from publishing.one_row import row
from publishing.representation_rows import representation_tables
from publishing.statistics_rows import LAU, REPORT, URB, statistics_tables

PACT_2019, PACT_2022 = "20191216T000000Z-aaaaaaaaaaaa", "20220915T000000Z-bbbbbbbbbbbb"
ICC_2010_LATER = [f"20100{month}01T000000Z-{12 * str(month)}" for month in (7, 8, 9)]
ICC_2010, SAMPLE_2018 = "20100712T000000Z-cccccccccccc", "20180601T000000Z-dddddddddddd"
GATES = ("reached", "layout", "bounds", "collapse", "identities")
JOINED = "Pact of Free Cities: 's-Gravenhage (NL) joined between 2019-12-16 and 2022-09-15 (dates of the lists). How sure: two lists."
PACT_URL = "https://www.pactoffreecities.example/members"

STATISTICAL_CITY: Row = {
    **{"population_statistical_city": 440948, "population_statistical_city_year": 2020, "population_statistical_city_code": "SK001C"},
    **{"population_statistical_city_flag": "b", "population_statistical_city_kind": "statistical_city", "urban_centre_size_class": "L"},
    **{"non_eu_citizens_share": 3.1, "non_eu_citizens_share_year": 2020, "non_eu_citizens_share_flag": "be"},
    **{"non_eu_citizens_share_published_or_computed": "computed", "non_eu_citizens_share_eu_definition": "EU27_2020"},
}
PAIR_FIGURES: Row = {
    **{"n_a": 2, "n_b": 3, "shared": 1},
    **{"jaccard": 0.25, "overlap_coefficient": 0.5, "containment_a": 0.5, "containment_b": 1 / 3},
}
"""Of the pair of two complete lists, in which every name is matched."""


def tables() -> dict[str, list[Row]]:
    """All tables of the sample; a fresh copy each time."""
    return {
        "networks": [
            network(
                "pact_of_free_cities", "Pact of Free Cities", "migration_component", PACT_2022, members_counted=3, founded="2019-12-16"
            ),
            network("intercultural_cities", "Intercultural Cities", "migration_core", ICC_2010, members_counted=2, freshness="last_known"),
            network(
                "sample_2018", "Network known from a sample", "migration_core", SAMPLE_2018, coverage="partial", freshness="last_known"
            ),
            {
                **network("no_list", "Network without a list", "migration_core", PACT_2022, scope="national", publishes="none"),
                **{"coverage": None, "freshness": "never_read", "last_listed_on": None, "last_complete_on": None},
                **{"last_attempt_on": None, "last_attempt_outcome": None, "members_counted": None, "unresolved_names": None},
                **{"not_read_because": "It publishes no list of its members.", "status": "closed", "status_since": "2018-05"},
                **{"closed_reason": "project_ended", "succeeded_by": "pact_of_free_cities"},
            },
        ],
        "network_functions": [
            row(
                "network_functions",
                **{"network_id": "pact_of_free_cities", "function": "shaming", "evidence": "a joint letter to the Council"},
                **{"strength": "stated", "source": "https://www.pactoffreecities.example/letter", "source_date": "2021"},
            )
        ],
        "network_relations": [
            row(
                "network_relations",
                network_id="intercultural_cities",
                relation="initiative_of",
                to_network_id="council_of_europe",
                since="2008",
            ),
            row("network_relations", network_id="pact_of_free_cities", relation="subnetwork_of", to_network_id="intercultural_cities"),
        ],
        "places": [
            {**place("gn3060972", "Bratislava", "SK", 475503, "250-500k"), **STATISTICAL_CITY},
            place("gn3054643", "Budapest", "HU", 1752286, "1-5M"),
            place("gn3067696", "Praha", "CZ", 1301432, "1-5M"),
            place("gn2747373", "'s-Gravenhage", "NL", None, None),
            {**place("x-sk-stare-mesto", "Staré Mesto", "SK", None, None), "place_kind": "district", "municipality_id": "gn3060972"},
        ],
        "memberships": [
            member("pact_of_free_cities", "gn3060972", PACT_2022, 1, joined_on="2019-12-16", from_latest="2019-12-16"),
            member("pact_of_free_cities", "gn3054643", PACT_2022, 2, first_seen=True, from_latest="2019-12-16"),
            member("pact_of_free_cities", "gn2747373", PACT_2022, 3, from_earliest="2019-12-16", from_latest="2022-09-15"),
            member(
                "intercultural_cities",
                "gn3067696",
                ICC_2010,
                1,
                first_seen=True,
                from_latest="2010-07-12",
                state="departure_suspected",
                not_seen=3,
                absent_since="2010-09-01",
                list_date="2010-09-01",
                absent_capture_ids="; ".join(ICC_2010_LATER),
            ),
            member("intercultural_cities", "gn3060972", ICC_2010, 2, first_seen=True, from_latest="2010-07-12", list_date="2010-09-01"),
            member(
                "pact_of_free_cities",
                "x-sk-stare-mesto",
                PACT_2022,
                5,
                first_seen=True,
                from_latest="2022-09-15",
                tie="project_partner",
                counted=False,
            ),
            member("sample_2018", "gn3067696", SAMPLE_2018, 1, tie="observer", counted=False, coverage="partial", from_latest="2018-06-01"),
        ],
        "membership_changes": [
            row(
                "membership_changes",
                **{"change_id": "c1", "network_id": "pact_of_free_cities", "place_id": "gn2747373", "tie": "full", "change": "joined"},
                **{"cause": "listing", "earliest": "2019-12-16", "latest": "2022-09-15", "known_at": "2022-09-15T00:00:00Z"},
                **{"evidence_capture_id": PACT_2022, "capture_origin": "reconstructed"},
                **{"telling": "never", "not_told_because": "no live capture decided it", "open_claims": 1, "sentence": JOINED},
            )
        ],
        "record_changes": [
            row(
                "record_changes",
                **{"change_id": "r1", "network_id": "pact_of_free_cities", "place_id": "gn3067696", "tie": "full", "change": "renamed"},
                **{"cause": "spelling", "before": "Prague", "after": "=Praha", "latest": "2022-09-15", "known_at": "2022-09-15T00:00:00Z"},
                **{"evidence_capture_id": PACT_2022, "capture_origin": "reconstructed"},
            ),
            row(
                "record_changes",
                **{"change_id": "r2", "network_id": "sample_2018", "place_id": "gn3067696", "tie": "observer", "change": "network_closed"},
                **{"cause": "registry", "before": "listed", "after": "network_closed", "latest": "2022-09-15"},
                **{"known_at": "2022-09-15T00:00:00Z", "evidence_capture_id": SAMPLE_2018, "capture_origin": "reconstructed"},
            ),
        ],
        "network_overlap": [
            row(
                "network_overlap",
                **{"network_a": "intercultural_cities", "network_b": "pact_of_free_cities", "universe": "municipalities eligible for both"},
                **{"list_date_a": "2010-07-12", "list_date_b": "2022-09-15", "shared_at_least": 1, "nested_by_rule": False},
                **PAIR_FIGURES,
                **{f"{name}_{end}": value for name, value in PAIR_FIGURES.items() for end in ("low", "high")},
                **{"not_computed_because": "no test: a list is shorter than 10"},
            ),
            row(
                "network_overlap",
                **{"network_a": "intercultural_cities", "network_b": "sample_2018", "universe": "municipalities of either list"},
                **{"list_date_a": "2010-07-12", "list_date_b": "2018-06-01", "shared_at_least": 1, "nested_by_rule": False},
                **{
                    "not_computed_because": "sample_2018: list of 2018-06-01 is partial; "
                    "lists more than 12 months apart: 2010-07-12 and 2018-06-01"
                },
            ),
            row(
                "network_overlap",
                **{"network_a": "pact_of_free_cities", "network_b": "sample_2018", "universe": "municipalities of either list"},
                **{"list_date_a": "2022-09-15", "list_date_b": "2018-06-01", "shared_at_least": 0, "nested_by_rule": False},
                **{"not_computed_because": "sample_2018: list of 2018-06-01 is partial"},
            ),
        ],
        "place_connectivity": [
            {
                **connectivity("gn3060972", "intercultural_cities;pact_of_free_cities"),
                "families": 1,
            },  # the one is a subnetwork of the other
            connectivity("gn3054643", "pact_of_free_cities"),
            connectivity("gn3067696", "intercultural_cities"),
            connectivity("gn2747373", "pact_of_free_cities"),
        ],
        "representation": [
            representation("1-5M", 1, 25, 10.2, "over"),
            representation("250-500k", 1, 150, 1.7, "cannot_tell"),
            {**representation("1", 2, 900, 3.0, "over"), "dimension": "degurba"},
            {**representation("3", 0, 9000, 0.0, "under"), "dimension": "degurba"},
            {**representation("SK", 1, 300, 40.0, "over"), "dimension": "country", "interval_low": 0.0, "interval_high": 3.1}
            | {"interval_model": "hypergeometric, 95 %: if membership were unrelated to class"},
            {**representation("AT", 0, 700, 0.0, "cannot_tell"), "dimension": "country"},
            {**representation("1-5M", 1, 25, 1.2, "cannot_tell"), "universe": "residents of 29 countries", "participation_rate": None}
            | {"universe_kind": "residents"},
        ],
        "universes": [
            universe("SK", "250-500k", 1, 1, 475503),
            universe("SK", "<5k", 3, 2700, 2000000),
            universe("FR", None, None, 34970, None, gap="the source gives no residents"),
        ],
        **statistics_tables(),
        **connection_tables(),
        **representation_tables(),
        "sources": [
            source("pact_of_free_cities", PACT_2019, PACT_URL, "2019-12-16T00:00:00Z"),
            source("pact_of_free_cities", PACT_2022, PACT_URL, "2022-09-15T00:00:00Z", printed_count=30),
            source("intercultural_cities", ICC_2010, "https://www.coe.example/list?a=1&b=2", "2010-07-12T00:00:00Z"),
            source("sample_2018", SAMPLE_2018, "https://www.report.example/table-1", "2018-06-01T00:00:00Z", coverage="partial"),
            {
                **source("urb_cpop1", URB, "https://ec.europa.example/urb_cpop1", "2022-09-01T00:00:00Z"),
                **{
                    "source_type": "statistics",
                    "source_class": "statistical_office",
                    "note": "Source: Eurostat, CC BY 4.0",
                    "coverage": None,
                    "gates": None,
                },
            },
            {
                **source("lau_2019", LAU, "https://ec.europa.example/lau", "2022-09-01T00:00:00Z"),
                **{"source_type": "statistics", "source_class": "statistical_office", "coverage": None, "gates": None},
            },
            {
                **source("oomen_2018", REPORT, "https://report.example/table-1#csv", "2018-12-31T00:00:00Z"),
                **{"source_type": "literature", "source_class": "third_party", "note": "as printed", "coverage": None, "gates": None},
            },
        ],
        "quality": [
            row(
                "quality",
                **{
                    "suite": "listing",
                    "subject": "pact_of_free_cities",
                    "expectation": "each body stands once",
                    "column": "name_as_published",
                },
                **{"severity": "warning", "success": False, "checked": 3, "unexpected": 2, "examples": "row 2: Budapest"},
            ),
            row(
                "quality",
                **{"suite": "tables", "subject": "networks", "expectation": "the key is unique", "column": "network_id"},
                **{"severity": "critical", "success": True, "checked": 4, "unexpected": 0},
            ),
        ],
        "unresolved_names": [
            row(
                "unresolved_names",
                **{"network_id": "pact_of_free_cities", "capture_id": PACT_2022, "row": 4, "name_as_published": "Springfield"},
                **{"verdict": "review", "route": "several places of that name", "candidates": "gn1;gn2"},
            )
        ],
        "resolution_rates": [
            rates("all", "all", 8, 7, 0.875, 0.875),
            rates("network", "intercultural_cities", 2, 2, 1.0, 1.0),
            rates("network", "pact_of_free_cities", 5, 4, 0.8, 0.8),
            rates("network", "sample_2018", 1, 1, 1.0, 1.0),
            *(rates("country", code, n, n, n / (n + 1), None) for code, n in (("CZ", 2), ("HU", 1), ("NL", 1), ("SK", 3))),
            rates("country", "not_known", 1, 0, None, None),
            rates("place_kind", "municipality", 6, 6, 6 / 7, None),
            rates("place_kind", "district", 1, 1, 0.5, None),
            rates("place_kind", "not_known", 1, 0, None, None),
            rates("municipality_size_class", "250-500k", 3, 3, 0.75, None),
            rates("municipality_size_class", "1-5M", 3, 3, 0.75, None),
            rates("municipality_size_class", "not_known", 2, 1, None, None),
        ],
        "review_cases": [
            case(
                "name-000000000001",
                "name",
                "What does “Springfield” (US) mean on the list of Pact of Free Cities?",
                f"capture {PACT_2022}, row 4 | rule ambiguous_in_country"
                " | candidates gn3060972 Springfield (US, settlement, in Illinois); gn1 Springfield (US, settlement)",
            ),
            case(
                "name-000000000002",
                "name",
                "What does “Springfield” mean on the list of Pact of Free Cities?",
                f"capture {PACT_2022}, rows 4, 5 | rule judgement:unsure | candidates gn1 Springfield (US); gn2 Springfield (US)",
                outcome="stays open between gn1; gn2, by editor-first-pass on 2026-11-22",
            ),
            case(
                f"capture-{PACT_2019[-12:]}",
                "capture",
                "Is the list of Pact of Free Cities of 2019-12-16 to be believed? Held: layout changed",
                f"capture {PACT_2019} | rows read: 3",
                opened="2019-12-16",
            ),
        ],
        "judgements": [
            judgement("d1", "place_name", "Springfield", "unsure", "gn1; gn2"),
            judgement(
                "d2", "membership", "gn3067696", "left", "gn3067696", network_id="intercultural_cities", happened="2009-01-01/2010-07-12"
            ),
        ],
        "corrections": [
            claim("correction-1", "correction", "c1", received="2022-09-01", due="2022-09-15"),
            claim(
                "reply-1",
                "reply",
                "pact_of_free_cities/gn2747373/full",
                received="2022-09-01",
                due="2022-09-15",
                outcome="noted",
                answered_on="2022-09-04",
                days_to_answer=3,
                reviewer="editor-first-pass",
                reason="the city may speak for itself",
            ),
        ],
        "alert_quality": [
            row("alert_quality", measure="precision", n=0, note="Of the changes whose correction was answered, the share that stood."),
        ],
        "replication": [
            row(
                "replication",
                **{"claim_id": "cities_in_table", "claim": "“30 cities” in the text", "place_in_report": "p. 10", "verdict": "differs"},
                **{"basis": "recomputed_from_same_table", "our_figure": "29", "rule": "agrees if the table has 30 rows"},
            )
        ],
    }


def candidates() -> tuple[Row, ...]:
    """Two networks that are not followed, neither in alphabetical order nor by decision."""
    shared: Row = {"where_seen": "a directory", "date": "2022-09-15", "look_again_on": "2023-03-15"}
    zones: Row = {"name": "Zones", "address": "https://zones.example", "decision": "excluded", "reason": "its members are firms"}
    alps: Row = {"name": "Alpine Towns", "address": "javascript:alert(1)", "decision": "undecided", "reason": "no list found yet"}
    return ({**shared, **zones}, {**shared, **alps})


def rates(dimension: str, kind: str, names: int, resolved: int, low: float | None, rate: float | None) -> Row:
    """The open names wait for review; rate_high is that of the counts where there is any."""
    facts: Row = {"dimension": dimension, "class": kind, "names": names, "resolved": resolved, "judged": 0, "not_a_city": 0}
    facts |= {"review": names - resolved, "unknown": 0, "rate_low": low, "rate": rate}
    return row("resolution_rates", **facts, rate_high=None if low is None else resolved / names)


def claim(case_id: str, what: str, row_id: str, **values: object) -> Row:
    facts: Row = {"case_id": case_id, "what": what, "row_id": row_id, "network_id": "pact_of_free_cities", "place_id": "gn2747373"}
    return row("corrections", **{**facts, "claim": f"What is said in {case_id}", "evidence_url": "https://www.denhaag.example/", **values})


def case(case_id: str, what: str, claim: str, evidence: str, **values: object) -> Row:
    facts: Row = {"case_id": case_id, "what": what, "network_id": "pact_of_free_cities", "claim": claim, "evidence": evidence}
    return row("review_cases", **{**facts, "opened": "2022-09-15", "due": "2022-10-27", **values})


def judgement(judgement_id: str, about: str, subject: str, verdict: str, place_id: str, **values: object) -> Row:
    facts: Row = {"judgement_id": judgement_id, "about": about, "subject": subject, "verdict": verdict, "place_id": place_id}
    facts |= {"reviewer": "editor-first-pass", "decided_on": "2026-11-22", "reason": f"the reason of {judgement_id}"}
    return row("judgements", **{**facts, "evidence_url": f"https://www.evidence.example/{judgement_id}", **values})


def universe(country: str, size_class: str | None, degurba: int | None, units: int, residents: int | None, gap: str | None = None) -> Row:
    facts: Row = {"country": country, "size_class": size_class, "degurba": degurba, "municipalities": units, "residents": residents}
    return row("universes", **facts, year=2019, gap=gap, source="Source: Eurostat, local administrative units 2019")


def network(network_id: str, name: str, relevance: str, capture: str, **values: object) -> Row:
    day = f"{capture[:4]}-{capture[4:6]}-{capture[6:8]}"
    coverage = values.get("coverage", "complete")
    facts: Row = {"network_id": network_id, "name": name, "relevance": relevance, "status": "active", "scope": "transnational"}
    facts |= {
        "homepage": "https://www.network.example/",
        "who_joins": "body",
        "publishes": "list",
        "coverage": coverage,
        "freshness": "current",
    }
    facts |= {"last_listed_on": day, "last_complete_on": day if coverage == "complete" else None, "last_attempt_on": day}
    return row("networks", **{**facts, "last_attempt_outcome": "accepted", "members_counted": 0, "unresolved_names": 0, **values})


def place(place_id: str, name: str, country: str, population: int | None, size_class: str | None) -> Row:
    facts: Row = {"place_id": place_id, "name": name, "country": country, "place_kind": "municipality", "municipality_id": place_id}
    facts |= {"population_municipality": population, "population_municipality_year": 2021 if population else None}
    return row("places", **facts, municipality_size_class=size_class, latitude=48.1, longitude=17.1)


def member(network_id: str, place_id: str, capture: str, number: int, **values: object) -> Row:
    day = f"{capture[:4]}-{capture[4:6]}-{capture[6:8]}"
    facts: Row = {"network_id": network_id, "place_id": place_id, "tie": "full", "state": "listed", "counted": True, "first_seen": False}
    facts |= {
        "last_confirmed_on": day,
        "list_date": day,
        "not_seen": 0,
        "open_claims": 0,
        "coverage": "complete",
        "use": "current",
        "evidence_capture_id": capture,
    }
    return row("memberships", **{**facts, "evidence_row": number, **values})


def connectivity(place_id: str, networks: str) -> Row:
    count = networks.count(";") + 1
    facts: Row = {"place_id": place_id, "networks": count, "families": count, "networks_observed": 2, "network_ids": networks}
    return row("place_connectivity", **facts, lists_from="2010-07-12", lists_to="2022-09-15")


def representation(size_class: str, n_c: int, u_c: int, ratio: float, reading: str) -> Row:
    facts: Row = {"network_id": "pact_of_free_cities", "universe": "municipalities of at least 5,000 residents", "class": size_class}
    facts |= {"dimension": "municipality_size_class", "n_c": n_c, "n_members": 4, "n_classified": 2, "coverage_percent": 50.0, "u_c": u_c}
    facts |= {"u": 12000, "participation_rate": n_c / u_c, "representation_ratio": ratio, "ratio_low": ratio / 2, "ratio_high": ratio * 1.5}
    facts |= {
        "participation_rate_low": n_c / u_c,
        "participation_rate_high": (n_c + 2) / u_c,
        "parity_gap_points": 100 * (n_c / 2 - u_c / 12000),
    }
    facts |= {"parity_gap_low": 100 * (n_c / 4 - u_c / 12000), "parity_gap_high": 100 * ((n_c + 2) / 4 - u_c / 12000)}
    facts |= {"universe_kind": "at_least_5000", "sentence": f"Pact of Free Cities, {size_class}: we cannot tell more than the row."}
    return row("representation", **facts, reading=reading, list_date="2022-09-15", universe_source="Eurostat, LAU list 2021")


def source(source_id: str, capture: str, url: str, captured_at: str, **values: object) -> Row:
    facts: Row = {
        "source_id": source_id,
        "source_type": "membership_list",
        "capture_id": capture,
        "page_url": url,
        "page_sha256": "ab" * 32,
    }
    facts |= {"http_status": 200, "captured_at": captured_at, "known_at": captured_at, "capture_origin": "reconstructed"}
    facts |= {"source_class": "network", "coverage": "complete", "use": "current", "decision": "accepted", "parsed_count": 3}
    gates = [{"name": name, "required": True, "passed": True, "expected": "members", "seen": "3 rows"} for name in GATES]
    facts["gates"] = json.dumps(gates) if values.get("source_type", "membership_list") == "membership_list" else None
    return row("sources", **{**facts, "republish": "names", **values})
