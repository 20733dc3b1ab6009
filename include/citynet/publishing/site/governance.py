"""What the page of a network shows of how it is run: evidence on legitimacy, governing bodies, funding. Never a score, never an order."""

from collections.abc import Sequence
from typing import Any

from citynet.model import Row
from citynet.publishing.contract import contract
from citynet.publishing.site.context import Data, alphabetical, grouped_by, name_of
from citynet.publishing.site.countries import country_name

SHARES = ("share_of_members", "share_of_seats")
DIMENSIONS = {
    "input": "Input: who may join, who is in, who is heard",
    "throughput": "Throughput: how it is run",
    "output": "Output: four levels that are never added up",
}
ITEMS = {
    "rule_on_who_may_join": "A rule on who may join",
    "members_voice": "A voice of members",
    "migrants_voice": "A voice of migrants",
    "municipalities_that_may_join_percent": "Municipalities that may join",
    "residents_that_may_join_percent": "People who live in them",
    "share_of_members": "Who is in, by size and country",
    "share_of_seats": "Who sits in them, by size and country",
    "member_list": "A public list of members",
    "public_minutes": "Public minutes",
    "transparency_register": "An entry in the EU transparency register",
    "activity": "Activity",
    "commitments_met": "Commitments met",
    "uptake": "Uptake",
    "effect": "Effect",
}


def governance(data: Data, network_id: str) -> dict[str, Any]:
    """Evidence by dimension, shares of members beside shares of seats, bodies with their cities, and funders."""
    evidence, bodies, funding = (
        [r for r in data.tables[table] if r["network_id"] == network_id]
        for table in ("legitimacy_evidence", "network_bodies", "network_funding")
    )
    plain = [r for r in evidence if str(r["item"]).partition(":")[0] not in SHARES or r["figure"] is None]
    return {
        "evidence": [(title, [r for r in plain if r["dimension"] == dimension]) for dimension, title in DIMENSIONS.items()]
        if evidence
        else [],
        "shares": [made for by in ("size_class", "country") if (made := _side_by_side(evidence, by))],
        "seats": _by_body(bodies, data),
        "funding": sorted(funding, key=lambda r: (alphabetical(r["kind_of_funding"]), alphabetical(r["funder"]), str(r["period"] or ""))),
    }


def evidence_item(item: object) -> str:
    """What was looked at, in words."""
    name, _, rest = str(item).partition(":")
    told = ITEMS.get(name, name.replace("_", " ").capitalize())
    return f"{told}: {rest.replace('size_class', 'by size').replace(':', ', ')}" if rest else told


def _side_by_side(evidence: Sequence[Row], by: str) -> dict[str, Any]:
    """Shares of members and of the seats of each body, class by class; a class that one of them lacks is 0 there."""
    columns: dict[str, dict[str, Row]] = {}
    for row in evidence:
        parts = str(row["item"]).split(":")
        if parts[0] in SHARES and len(parts) >= 3 and parts[-2] == by:
            columns.setdefault(": ".join(parts[1:-2]) or "members", {})[parts[-1]] = row
    classes = {name for found in columns.values() for name in found}
    if not classes:
        return {}
    order = list(next(c.enum for c in contract().table("places").columns if c.name == "municipality_size_class"))
    if by == "country":
        named = sorted(((country_name(code), code) for code in classes), key=lambda each: alphabetical(each[0]))
    else:
        named = [(name, name) for name in sorted(classes, key=lambda name: order.index(name) if name in order else len(order))]
    heads = [(name, next(iter(found.values()))) for name, found in columns.items()]
    rows = [(name, [found.get(code) for found in columns.values()]) for name, code in named]
    return {
        "by": by,
        "heads": heads,
        "rows": rows,
        "rest": _without(heads),
        "bounded": any(r["figure_low"] != r["figure_high"] for _, found in rows for r in found if r),
    }


def _without(heads: Sequence[tuple[str, Row]]) -> str:
    """How many members or seats have no known class, from the notes of the figures."""
    told = [f"{name}: {note.split('; ', 1)[1]}" for name, row in heads if "; " in (note := str(row["note"] or ""))]
    return "; ".join(told) or "every member and seat has a class"


def _by_body(bodies: Sequence[Row], data: Data) -> list[tuple[str, list[Row], list[Row]]]:
    """(body, what is told of it as such, its cities in alphabetical order), governing bodies first, then the others."""
    found = []
    for name, rows in grouped_by(bodies, "body").items():
        cities = sorted((r for r in rows if r["place_id"]), key=lambda r: alphabetical(name_of(data.places, r["place_id"])))
        found.append((name, [r for r in rows if not r["place_id"]], cities))
    return sorted(found, key=lambda each: (not any(r["governs"] for r in (*each[1], *each[2])), alphabetical(each[0])))
