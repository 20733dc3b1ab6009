"""What the pages of networks, of one network and of its captures show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from citynet.model import MEMBER_TIES, Row
from citynet.publishing.evidence import Evidence
from citynet.publishing.headlines import followed, in_headlines, left_out, no_member_list, sampled_only
from citynet.publishing.site.charts import timeline
from citynet.publishing.site.context import Data, alphabetical, name_of, newest_first
from citynet.publishing.site.governance import governance
from citynet.publishing.site.wording import dated, list_date


def network_page(data: Data, network_id: str, network: Row) -> dict[str, Any]:
    """Facts, functions, relations, members, changes and sources of one network."""
    rows = _memberships(data, network_id)
    tables, sources = data.tables, data.sources.get(network_id, ())
    relations, records = tables["network_relations"], _of(tables["record_changes"], network_id)
    sampled, rows = parted_by_use(rows)
    members, suspected, on_hold = parted_by_state([m for m in rows if m["tie"] in MEMBER_TIES])
    return {
        "network": network,
        "members": members,
        "suspected": suspected,
        "on_hold": on_hold,
        "bodies": len({m["place_id"] for m in members}),
        "counted": counted(data, network_id),
        "shown": shown_lists(members),
        "rough": rough_dates(sources).get(str(network["last_listed_on"]), ""),
        "sampled": sampled,
        "sample_only": network_id in sampled_only(tables["sources"]),
        "left_out": left_out(network),
        "ended": [m for m in rows if m["tie"] in MEMBER_TIES and m["state"] == "departed"],
        "other_ties": [m for m in rows if m["tie"] not in MEMBER_TIES],
        "sources": sorted(sources, key=lambda s: (str(s["captured_at"]), str(s["page_url"])), reverse=True),
        "timeline": timeline(sources),
        "relations": [r for r in relations if r["network_id"] == network_id],
        "related": [r for r in relations if r["to_network_id"] == network_id],
        "functions": _of(tables["network_functions"], network_id),
        "changes": newest_first(_of(tables["membership_changes"], network_id), data),
        "records": newest_first((c for c in records if c["change"] != "network_closed"), data),
        "closed": sum(c["change"] == "network_closed" for c in records),
        "unresolved": _of(tables["unresolved_names"], network_id),
        "asked": any(not case["outcome"] for case in _of(tables["review_cases"], network_id)),
        **governance(data, network_id),
        "access": next((r for r in _of(tables["access"], network_id) if r["dimension"] == "all"), None),
        "sized": [r for r in _of(tables["size_and_membership"], network_id) if r["reading"]],
        "represented": any(r["representation_ratio"] is not None for r in _of(tables["representation"], network_id)),
    }


def parted_by_use(memberships: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The memberships known from the report's sample alone, which feeds its replication only, and the others."""
    return [m for m in memberships if m["use"] == "replication_only"], [m for m in memberships if m["use"] != "replication_only"]


def parted_by_state(memberships: Sequence[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """The memberships that stand, those whose end is suspected, and those on hold; ended ones are none of these."""
    apart = {state: [m for m in memberships if m["state"] == state] for state in ("departure_suspected", "on_hold")}
    stands = [m for m in memberships if m["state"] not in ("departed", *apart)]
    return stands, apart["departure_suspected"], apart["on_hold"]


def counted(data: Data, network_id: str) -> int:
    """Memberships of the network that count now, on the evidence of its lists; a sample is no such evidence."""
    return sum(m["counted"] is True and m["use"] == "current" for m in data.by_network.get(network_id, ()))


def shown_lists(memberships: Sequence[Row]) -> list[tuple[str, bool]]:
    """Date and completeness of the lists that are the evidence of the memberships, oldest first."""
    return sorted({(list_date(m), m["coverage"] == "complete") for m in memberships if list_date(m)})


@dataclass(frozen=True, slots=True)
class Group:
    """Networks that may be seen together, in alphabetical order: those of whose members a list is held, and the others."""

    id: str
    title: str
    listed: tuple[Row, ...]
    unlisted: tuple[Row, ...]


def networks_page(data: Data, candidates: Sequence[Row]) -> dict[str, Any]:
    """The groups of networks, how many memberships of each count, and the networks that were looked at and left out."""
    groups = network_groups(data)
    listed = {str(n["network_id"]): counted(data, str(n["network_id"])) for group in groups for n in group.listed}
    rough = {i: rough_dates(data.sources.get(i, ())).get(str(n["last_listed_on"]), "") for i, n in data.networks.items()}
    left = [n for n in _in_order(data) if left_out(n)]
    return {"groups": groups, "counted": listed, "rough": rough, "left_out": left, "candidates": len(candidates)}


def candidates_page(candidates: Sequence[Row]) -> dict[str, Any]:
    """The candidates in alphabetical order: those not decided, and those looked at and left out."""
    order = sorted(candidates, key=lambda c: (alphabetical(c["name"]), str(c["name"])))
    return {
        "groups": [
            ("Not decided yet", [c for c in order if c["decision"] != "excluded"]),
            ("Looked at and left out for now", [c for c in order if c["decision"] == "excluded"]),
        ]
    }


def rough_dates(sources: Sequence[Row]) -> dict[str, str]:
    """Date of an accepted list -> between which dates it lies, where its page is dated roughly."""
    return {str(s["captured_at"])[:10]: dated(s["note"]) for s in sources if s["decision"] == "accepted" and dated(s["note"])}


def network_groups(data: Data) -> list[Group]:
    """The networks that are followed, in groups by scope and relevance that are never pooled."""
    sampled = sampled_only(data.tables["sources"])
    grouped: dict[str, list[Row]] = {name: [] for name in GROUPS}
    for network in followed(_in_order(data)):
        grouped[_group(network)].append(network)
    return [
        Group(
            id=name,
            title=GROUPS[name],
            listed=tuple(n for n in rows if not no_member_list(n, sampled)),
            unlisted=tuple(n for n in rows if no_member_list(n, sampled)),
        )
        for name, rows in grouped.items()
    ]


GROUPS = {
    "core": "Networks whose core is migration and inclusion",
    "component": "Networks with a component on migration and inclusion",
    "national": "National networks: shown beside, never pooled",
    "programmes": "Programmes and events: shown beside, never pooled",
    "comparison": "Networks on other themes, for comparison: shown beside, never pooled",
}


def _group(network: Row) -> str:
    if in_headlines(network):
        return "core" if network["relevance"] == "migration_core" else "component"
    if network["scope"] == "transnational":
        return "comparison"
    return "national" if network["scope"] == "national" else "programmes"


def _in_order(data: Data) -> list[Row]:
    return sorted(data.networks.values(), key=lambda n: (alphabetical(n["name"]), str(n["network_id"])))


def evidence_page(data: Data, evidence: Evidence) -> dict[str, Any]:
    """One capture: where it comes from, its rows as printed, and our own page where we rebuilt it."""
    pages = [s for s in data.sources.get(evidence.network_id, ()) if s["capture_id"] == evidence.capture_id]
    return {
        "evidence": evidence,
        "sources": {str(s["page_url"]): s for s in pages},
        "matched": sum(row.verdict == "resolved" for row in evidence.rows),
        "several_pages": len({row.page_url for row in evidence.rows}) > 1,
    }


def _memberships(data: Data, network_id: str) -> list[Row]:
    rows = data.by_network.get(network_id, ())
    return sorted(rows, key=lambda m: (alphabetical(name_of(data.places, m["place_id"])), str(m["place_id"]), str(m["tie"])))


def _of(rows: Sequence[Row], network_id: str) -> list[Row]:
    return [r for r in rows if r["network_id"] == network_id]
