"""Which members each pair of networks shares. Ratios need two complete lists of about the same time."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations

from citynet.analysis.lists import COMPARABLE_MONTHS, MemberList, no_ratio_because, unusable_because, within_months
from citynet.model import Row

NULL_MODELS = ("hypergeometric", "fixed_margins", "fixed_margins_country", "bicm")
_NO_TEST = "chance models are not computed in this release"
_RELATED = "related networks, nested by rule: no test"


def network_overlap(lists: Sequence[MemberList], related: AbstractSet[frozenset[str]], as_of: str, *, age_limit: bool = True) -> list[Row]:
    """One row for every pair of networks (network_a < network_b), sorted, with all columns of table network_overlap.

    Complete lists at most 12 months apart give shared members and ratios; with a partial list only shared_at_least is
    given; a list that is a sample by memberships, or older than 18 months at as_of, gives nothing. Lists further apart
    share nothing at any one date, so that not even a lower bound stands. Related pairs are nested_by_rule.
    age_limit=False keeps old lists, for those studied as of their own time.
    ValueError: two lists of one network.
    """
    in_order = sorted(lists, key=lambda members: members.network_id)
    if len({members.network_id for members in in_order}) != len(in_order):
        raise ValueError(f"network_overlap: expected one list a network, got {[members.network_id for members in in_order]}")
    return [_pair(a, b, frozenset((a.network_id, b.network_id)) in related, as_of, age_limit) for a, b in combinations(in_order, 2)]


def _pair(a: MemberList, b: MemberList, nested: bool, as_of: str, age_limit: bool) -> Row:
    no_ratio = {m.network_id: no_ratio_because(m, as_of, age_limit) for m in (a, b)}
    unusable = [reason for m in (a, b) if (reason := unusable_because(m, as_of, age_limit))]
    if not unusable and not within_months(a.list_date, b.list_date, COMPARABLE_MONTHS):
        unusable = [f"lists more than {COMPARABLE_MONTHS} months apart: {a.list_date} and {b.list_date}"]
    reasons = unusable or [reason for reason in no_ratio.values() if reason]
    shared = len(a.municipality_ids & b.municipality_ids)
    return {
        "network_a": a.network_id,
        "network_b": b.network_id,
        "universe": f"municipalities listed by {a.network_id} or {b.network_id}",
        "list_date_a": a.list_date,
        "list_date_b": b.list_date,
        "n_a": None if no_ratio[a.network_id] else len(a.municipality_ids),
        "n_b": None if no_ratio[b.network_id] else len(b.municipality_ids),
        "shared": None if reasons else shared,
        "shared_at_least": None if unusable else shared,
        **_ratios(a, b, shared, not reasons),
        "nested_by_rule": nested,
        **{f"{figure}_{model}": None for model in NULL_MODELS for figure in ("expected", "z", "p", "q", "q_by")},
        "p_method": None,
        "not_computed_because": "; ".join([*reasons, *_notes(a, b), _RELATED if nested else _NO_TEST]),
        "as_of": as_of,
    }


def _ratios(a: MemberList, b: MemberList, shared: int, allowed: bool) -> Row:
    """An empty list has no ratio: nothing over nothing is not known, never 0."""
    n_a, n_b = len(a.municipality_ids), len(b.municipality_ids)
    parts = {"jaccard": n_a + n_b - shared, "overlap_coefficient": min(n_a, n_b), "containment_a": n_a, "containment_b": n_b}
    return {name: shared / of if allowed and of else None for name, of in parts.items()}


def _notes(a: MemberList, b: MemberList) -> list[str]:
    """Unresolved names make shared a lower bound, which a reader of the row must see."""
    return [f"{m.network_id}: {m.unresolved} printed names not matched, so more may be shared" for m in (a, b) if m.unresolved]
