"""Table functional_overlap: what two networks both show to do, item by item, beside the members they share.

No product of the two, and no order of pairs or items by any gain: doing the same is not necessarily a problem.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from citynet.model import Row

FUNCTION, THEME, POLICY_DOMAIN, ADDRESSEE = "function", "theme", "policy_domain", "addressee"
WHATS = (FUNCTION, THEME, POLICY_DOMAIN, ADDRESSEE)
YES, NOT_KNOWN = "yes", "not_known"
"""There is no third: network files state what a source shows, and none states what somebody has looked for in vain."""
ANY = "any"
"""The item of a pair of which nothing is known of either network."""

Shown = Mapping[str, Mapping[str, str]]
"""Network -> item that it shows -> strength of the evidence."""


def functional_overlap(network_ids: Sequence[str], shown: Mapping[str, Shown], overlap: Sequence[Row], as_of: str) -> list[Row]:
    """One row for each pair of networks (network_a < network_b) and item that one of them shows, sorted by pair, kind of item and item.

    shown: kind of item (one of WHATS) -> what networks show of it; where neither shows any, one row says so. What a network is not
    known to show is `not_known`, never no: nobody may have looked for it. overlap: rows of network_overlap.
    """
    pairs = {(str(row["network_a"]), str(row["network_b"])): row for row in overlap}
    rows: list[Row] = []
    for a, b in combinations(sorted(network_ids), 2):
        beside = _beside(pairs.get((a, b)))
        for what in WHATS:
            of = shown.get(what, {})
            for item in sorted({*of.get(a, ()), *of.get(b, ())}) or (ANY,):
                rows.append({"network_a": a, "network_b": b, "what": what, "item": item, **_pair(of, a, b, item), **beside, "as_of": as_of})
    return rows


def _pair(of: Shown, a: str, b: str, item: str) -> Row:
    return {
        "in_a": YES if item in of.get(a, ()) else NOT_KNOWN,
        "in_b": YES if item in of.get(b, ()) else NOT_KNOWN,
        "strength_a": _strength(of, a, item),
        "strength_b": _strength(of, b, item),
    }


def _strength(of: Shown, network_id: str, item: str) -> str | None:
    return of.get(network_id, {}).get(item)


def _beside(row: Row | None) -> Row:
    """The members that the pair shares, of the same two lists as in table network_overlap."""
    columns = {"shared_members": "shared", "shared_members_at_least": "shared_at_least"}
    same = ("list_date_a", "list_date_b", "nested_by_rule")
    return {**{new: row[old] if row else None for new, old in columns.items()}, **{c: row[c] if row else None for c in same}}


def functions_shown(function_rows: Sequence[Row]) -> Shown:
    """Of rows of network_functions."""
    found: dict[str, dict[str, str]] = {}
    for row in function_rows:
        found.setdefault(str(row["network_id"]), {})[str(row["function"])] = str(row["strength"])
    return found


def themes_shown(themes: Mapping[str, Sequence[str]]) -> Shown:
    """Of network -> themes of its file."""
    return {network_id: dict.fromkeys(of, "stated") for network_id, of in themes.items()}
