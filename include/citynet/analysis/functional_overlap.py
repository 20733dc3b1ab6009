"""Table functional_overlap: what two networks both show to do, item by item, beside the members they share.

No product of the two, and no order of pairs or items by any gain: doing the same is not necessarily a problem.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from citynet.model import Row

FUNCTION, THEME, POLICY_DOMAIN, ADDRESSEE = "function", "theme", "policy_domain", "addressee"
WHATS = (FUNCTION, THEME, POLICY_DOMAIN, ADDRESSEE)
YES, NO, NOT_KNOWN = "yes", "no", "not_known"
ANY = "any"
"""The item of a pair of which nobody has looked at either network."""

FUNCTIONS = ("sharing_information", "showcasing", "story_telling", "shaming", "seeking_support", "standard_setting")
"""Oomen, Baumgärtel, Durmuş 2018."""
POLICY_DOMAINS = (
    *("legal_political", "socio_economic", "cultural_religious", "spatial"),
    *("municipal_foreign_policy", "policy_harmonisation_and_transfer", "public_awareness"),
)
"""Alexander 2003; the last three Doomernik and Ardon 2018."""

Shown = Mapping[str, Mapping[str, str]]
"""Network -> item that it shows -> strength of the evidence; a network at which nobody has looked is left out."""


def functional_overlap(network_ids: Sequence[str], shown: Mapping[str, Shown], overlap: Sequence[Row], as_of: str) -> list[Row]:
    """One row for each pair of networks (network_a < network_b) and item, sorted by pair, kind of item and item.

    shown: kind of item (one of WHATS) -> what networks show of it. Functions and policy domains have a row for every one of them
    where somebody has looked at one of the two, themes and addressees for every one that one of the two shows; where
    nobody has looked at either, one row says so. `no`: somebody has looked and found nothing that shows it, which is
    no proof that it is not done. overlap: rows of network_overlap.
    """
    pairs = {(str(row["network_a"]), str(row["network_b"])): row for row in overlap}
    rows: list[Row] = []
    for a, b in combinations(sorted(network_ids), 2):
        beside = _beside(pairs.get((a, b)))
        for what in WHATS:
            of = shown.get(what, {})
            for item in _items(what, of.get(a), of.get(b)):
                rows.append({"network_a": a, "network_b": b, "what": what, "item": item, **_pair(of, a, b, item), **beside, "as_of": as_of})
    return rows


def _items(what: str, a: Mapping[str, str] | None, b: Mapping[str, str] | None) -> Sequence[str]:
    if a is None and b is None:
        return (ANY,)
    fixed = {FUNCTION: FUNCTIONS, POLICY_DOMAIN: POLICY_DOMAINS}.get(what)
    return fixed or sorted({*(a or {}), *(b or {})})


def _pair(of: Shown, a: str, b: str, item: str) -> Row:
    return {
        "in_a": _told(of.get(a), item),
        "in_b": _told(of.get(b), item),
        "strength_a": _strength(of, a, item),
        "strength_b": _strength(of, b, item),
    }


def _told(items: Mapping[str, str] | None, item: str) -> str:
    if items is None:
        return NOT_KNOWN
    return YES if item in items else NO


def _strength(of: Shown, network_id: str, item: str) -> str | None:
    return of.get(network_id, {}).get(item)


def _beside(row: Row | None) -> Row:
    """The members that the pair shares, of the same two lists as in table network_overlap."""
    columns = {"shared_members": "shared", "shared_members_at_least": "shared_at_least"}
    same = ("list_date_a", "list_date_b", "nested_by_rule")
    return {**{new: row[old] if row else None for new, old in columns.items()}, **{c: row[c] if row else None for c in same}}


def functions_shown(function_rows: Sequence[Row]) -> Shown:
    """Of rows of network_functions: a network with any has been looked at for all six functions."""
    found: dict[str, dict[str, str]] = {}
    for row in function_rows:
        found.setdefault(str(row["network_id"]), {})[str(row["function"])] = str(row["strength"])
    return found


def themes_shown(themes: Mapping[str, Sequence[str]]) -> Shown:
    """Of network -> themes of its file; a network without any has not been looked at."""
    return {network_id: dict.fromkeys(of, "stated") for network_id, of in themes.items() if of}
