"""What the pages on the spread of memberships, access, size, the course of time and the sensitivity of headlines show."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from citynet.model import Row
from citynet.publishing.contract import contract
from citynet.publishing.headlines import Headline, followed, in_headlines
from citynet.publishing.site.analysis_pages import size_classes
from citynet.publishing.site.context import Data, alphabetical, grouped_by
from citynet.publishing.site.countries import country_name
from citynet.publishing.site.overlap_pages import held_by_most_connected

POOLS = {"core_or_component": "Networks on migration and inclusion", "core": "Core networks alone"}
MEASURES = {
    "mean_memberships": "Memberships a municipality",
    "gini": "Gini coefficient (0: all have as many)",
    "hhi": "Herfindahl-Hirschman index (1: one has all)",
    "share_of_top_decile": "Share held by the tenth with most memberships",
    "share_above_border_of_top_decile": "Share of those above the border of that tenth",
    "share_with_border_of_top_decile": "Share with all who are tied at its border",
    "core_k": "k of the innermost core",
    "core_municipalities": "Municipalities of the core",
    "core_networks": "Networks of the core",
    "core_families": "Families of the core",
    "periphery_municipalities": "Municipalities of the periphery",
    "core_share_of_memberships": "Share of memberships held by the core",
}
SHARES = frozenset(m for m in MEASURES if m.startswith("share_") or m == "core_share_of_memberships")
COUNTS = frozenset(("core_k", "core_municipalities", "core_networks", "core_families", "periphery_municipalities"))
ACCESS = {
    "municipality_size_class": "residents of the municipality",
    "degurba": "degree of urbanisation",
    "region_of_europe": "region of Europe",
    "eu_membership": "membership of the European Union",
    "country": "country",
}
DEGURBA = {"1": "cities", "2": "towns and suburbs", "3": "rural areas"}


def connectivity_page(data: Data) -> dict[str, Any]:
    """The spread of memberships by pool: how many municipalities are in 1, 2, 3 … networks, and the measures of concentration."""
    pools = []
    for pool, title in POOLS.items():
        rows = [r for r in data.tables["connectivity_concentration"] if r["relevance"] == pool]
        if rows:
            pools.append({"title": title, "first": rows[0], "spread": _spread(rows), "measures": _measures(rows), "notes": _notes(rows)})
    return {"pools": pools, "held": held_by_most_connected(data)}


def _spread(rows: Sequence[Row]) -> list[tuple[str, Row | None, Row | None]]:
    by = {(str(r["measure"]), str(r["counted_by"])): r for r in rows}
    found = {int(m.group(1)) for measure, _ in by if (m := re.fullmatch(r"municipalities_in_(\d+)", measure))}
    named = [(f"in {number}", f"municipalities_in_{number}") for number in sorted(found)]
    named += [(f"in {number} or more", f"municipalities_in_{number}_or_more") for number in (2, 3)]
    return [(name, by.get((measure, "networks")), by.get((measure, "families"))) for name, measure in named]


def _measures(rows: Sequence[Row]) -> list[tuple[str, str, Row | None, Row | None]]:
    """(name, how its figure is written, by networks, by families) of each measure that the pool has."""
    by = {(str(r["measure"]), str(r["counted_by"])): r for r in rows}
    how = {measure: "share" if measure in SHARES else "count" if measure in COUNTS else "figure" for measure in MEASURES}
    both = [(title, how[m], by.get((m, "networks")), by.get((m, "families"))) for m, title in MEASURES.items()]
    return [(title, written, one, other) for title, written, one, other in both if one or other]


def _notes(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """(what, note) of the measures whose note says more than its bounds."""
    told = [
        (MEASURES[str(r["measure"])], str(r["note"]))
        for r in rows
        if r["counted_by"] == "networks" and r["measure"] in ("share_of_top_decile", "core_k")
    ]
    return sorted(told)


def access_page(data: Data) -> dict[str, Any]:
    """Each network's access in alphabetical order, by size class; those without a figure with the reason."""
    rows = grouped_by(data.tables["access"], "network_id")
    order = [str(n["network_id"]) for n in _in_order(followed(data.networks.values())) if str(n["network_id"]) in rows]
    whole = {i: next((r for r in rows[i] if r["dimension"] == "all"), None) for i in order}
    known = [(i, row) for i in order if (row := whole[i]) is not None and row["municipalities_may_join_percent_low"] is not None]
    sizes = size_classes()
    by_size = {(i, str(r["class"])): r for i, _ in known for r in rows[i] if r["dimension"] == "municipality_size_class"}
    cut = [i for i, row in known if row["municipalities_may_join_percent"] != 100 or row["must_belong_to"]]
    return {
        "known": known,
        "every": [i for i, _ in known if i not in cut],
        "some": [(i, row) for i, row in known if i in cut],
        "rules": {i: row["rule"] for i, row in known},
        "universes": sorted({str(row["universe"]) for _, row in known if row["universe"]}, key=lambda name: (len(name), name)),
        "universe_of": {i: row["universe"] for i, row in known},
        "sizes": [size for size in sizes if any(key[1] == size for key in by_size)],
        "by_size": by_size,
        "without": [(i, row) for i, row in whole.items() if row is not None and i not in dict(known)],
        "details": [(i, [(title, _classes(rows[i], dimension)) for dimension, title in ACCESS.items()]) for i in cut],
    }


def _classes(rows: Sequence[Row], dimension: str) -> list[tuple[str, Row]]:
    """Classes of which the rules admit some or all; of countries those alone, so that 40 empty ones do not hide them."""
    same = [r for r in rows if r["dimension"] == dimension]
    shown = [r for r in same if r["municipalities_may_join_percent_high"]] if dimension == "country" else same
    if dimension == "municipality_size_class":  # rows are sorted by the letters of their key
        shown = sorted(shown, key=lambda r: size_classes().index(str(r["class"])))
    named = [(_class_name(r), r) for r in shown]
    return sorted(named, key=lambda each: alphabetical(each[0])) if dimension == "country" else named


def _class_name(row: Row) -> str:
    if row["dimension"] == "country":
        return country_name(row["class"])
    return DEGURBA.get(str(row["class"]), str(row["class"])) if row["dimension"] == "degurba" else str(row["class"])


def size_page(data: Data) -> dict[str, Any]:
    """What may be said of size and of capitals: all families together first, then network by network in alphabetical order."""
    rows = data.tables["size_and_membership"]
    order = [str(n["network_id"]) for n in _in_order(data.networks.values())]
    of = {network_id: [r for r in rows if r["network_id"] == network_id] for network_id in order}
    told = [(i, of[i]) for i in order if any(r["reading"] for r in of[i])]
    return {
        "pooled": [r for r in rows if not r["network_id"]],
        "inside": [(i, same) for i, same in told if in_headlines(data.networks[i])],
        "beside": [(i, same) for i, same in told if not in_headlines(data.networks[i])],
        "without": [(i, str(of[i][0]["not_computed_because"]).removeprefix(f"{i}: ")) for i in order if of[i] and i not in dict(told)],
        "dates": sorted({str(r[c]) for _, same in told for r in same for c in ("lists_from", "lists_to") if r[c]}),
        "rows": [r for r in rows if r["reading"]],
    }


def trends_page(data: Data) -> dict[str, Any]:
    """The fixed panel by span of time, the networks that can be compared, and why others can't."""
    rows = data.tables["membership_trends"]
    spans = sorted({(str(r["date_from"]), str(r["date_to"])) for r in rows}, reverse=True)
    return {"spans": [_span(data, rows, span) for span in spans]}


def _span(data: Data, rows: Sequence[Row], span: tuple[str, str]) -> dict[str, Any]:
    same = [r for r in rows if (str(r["date_from"]), str(r["date_to"])) == span]
    whole = {str(r["network_id"]): r for r in same if r["network_id"] and r["dimension"] == "all"}
    order = [i for i in (str(n["network_id"]) for n in _in_order(data.networks.values())) if i in whole]
    reasons: dict[str, list[str]] = {}
    for network_id in order:
        if whole[network_id]["not_computed_because"]:
            reasons.setdefault(str(whole[network_id]["not_computed_because"]), []).append(network_id)
    return {
        "span": span,
        "panel": [r for r in same if not r["network_id"]],
        "networks": [whole[i] for i in order if not whole[i]["not_computed_because"]],
        "reasons": sorted(reasons.items()),
    }


def badges(tables: Mapping[str, Sequence[Row]], shown: Sequence[Headline]) -> list[tuple[Headline, Sequence[Row]]]:
    """Each headline with its alternatives as the table has them; none where the table has no such headline."""
    by = grouped_by(tables["headline_sensitivity"], "headline")
    order = next(c.enum for c in contract().table("headline_sensitivity").columns if c.name == "headline")
    return [(headline, by.get(key, ())) for headline, key in zip(shown, order, strict=True)]


def _in_order(networks: Any) -> list[Row]:
    return sorted(networks, key=lambda n: (alphabetical(n["name"]), str(n["network_id"])))
