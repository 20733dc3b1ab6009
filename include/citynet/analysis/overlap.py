"""Which members each pair of networks shares. Ratios need two complete lists of about the same time."""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations

from citynet.analysis.lists import (
    COMPARABLE_MONTHS,
    MemberList,
    comparable,
    newest_comparable,
    no_ratio_because,
    unusable_because,
    within_months,
)
from citynet.analysis.model_figures import FIGURES
from citynet.analysis.null_models import NULL_MODELS, OverlapTests
from citynet.analysis.overlap_bounds import BOUNDED, overlap_bounds
from citynet.model import Row

_NO_TEST = "chance models are not computed in this release"
_RELATED = "related networks, nested by rule: no test"


def network_overlap(
    lists: Sequence[MemberList],
    related: AbstractSet[frozenset[str]],
    as_of: str,
    *,
    age_limit: bool = True,
    tests: OverlapTests | None = None,
) -> list[Row]:
    """One row for every pair of networks (network_a < network_b), sorted, with all columns of table network_overlap.

    A network may have several lists, each of its own date. Of each pair the newest two usable lists at most 12 months apart
    are compared: complete ones give shared municipalities and ratios, a partial one only shared_at_least. A list that is a
    sample by memberships, names no members, or is older than 18 months at as_of, gives nothing. Nor do lists further
    apart: they share nothing at any one date. age_limit=False is for releases that show the past: old lists count there, and of
    lists further apart shared_at_least says how many municipalities both newest name. Related pairs are nested_by_rule.
    Figures have _low and _high: what the unmatched names of both lists could change; the chance models take each as on its list alone.
    tests: the chance models of the same lists; without them, and for pairs outside their family, those columns are empty.
    ValueError: two lists of one network and date.
    """
    of: dict[str, list[MemberList]] = defaultdict(list)
    for members in sorted(lists, key=lambda m: (m.network_id, m.list_date)):
        if of[members.network_id] and of[members.network_id][-1].list_date == members.list_date:
            raise ValueError(f"network_overlap: expected one list a network and date, got two of {members.network_id}, {members.list_date}")
        of[members.network_id].append(members)
    return [
        _pair(*_compared(of[a], of[b], as_of, age_limit), frozenset((a, b)) in related, as_of, age_limit, tests)
        for a, b in combinations(of, 2)
    ]


def _compared(of_a: Sequence[MemberList], of_b: Sequence[MemberList], as_of: str, age_limit: bool) -> tuple[MemberList, MemberList]:
    """The lists of two networks that are compared: of the usable ones the newest comparable, else each network's newest."""
    a, b = ({m.days: m for m in lists if not unusable_because(m, as_of, age_limit)} for lists in (of_a, of_b))
    if days := newest_comparable(list(a), list(b)):
        return a[days[0]], b[days[1]]
    return of_a[-1], of_b[-1]


def _pair(a: MemberList, b: MemberList, nested: bool, as_of: str, age_limit: bool, tests: OverlapTests | None) -> Row:
    no_ratio = {m.network_id: no_ratio_because(m, as_of, age_limit) for m in (a, b)}
    unusable = [reason for m in (a, b) if (reason := unusable_because(m, as_of, age_limit))]
    apart = _apart(a, b) if not unusable else []
    reasons = unusable or [*apart, *(reason for reason in no_ratio.values() if reason)]
    bounded = not unusable and not (apart and age_limit)
    shared = len(a.municipality_ids & b.municipality_ids)
    untested = _RELATED if nested else _NO_TEST if tests is None else "" if reasons else tests.family.untested_because(a, b)
    tested = tests if not untested and not reasons else None
    left_out = sorted(set(tested.left_out.values())) if tested else [untested] if untested else []
    row: Row = {
        "network_a": a.network_id,
        "network_b": b.network_id,
        "universe": _universe(a, b, tested),
        "list_date_a": a.list_date,
        "list_date_b": b.list_date,
        "n_a": None if apart or no_ratio[a.network_id] else len(a.municipality_ids),
        "n_b": None if apart or no_ratio[b.network_id] else len(b.municipality_ids),
        "shared": None if reasons else shared,
        "shared_at_least": shared if bounded else None,
        **_ratios(a, b, shared, not reasons),
        "nested_by_rule": nested,
        **{f"{figure}_{model}": None for model in NULL_MODELS for figure in (*FIGURES, "p_lower")},
        "p_method": None,
        **({**tested.figures[a.network_id, b.network_id], **tested.lower[a.network_id, b.network_id]} if tested else {}),
        "not_computed_because": None,
        "as_of": as_of,
    }
    notes = [*(_notes(a, b, tested is not None) if bounded else ()), *(tested.notes[a.network_id, b.network_id] if tested else ())]
    return {**row, **_bounds(a, b, row), "not_computed_because": "; ".join([*reasons, *notes, *left_out]) or None}


def _bounds(a: MemberList, b: MemberList, row: Row) -> Row:
    """The bounds of the figures that the row has."""
    found = overlap_bounds(a, b)
    known = {name: found[name] if row[name] is not None else (None, None) for name in BOUNDED}
    return {f"{name}_{end}": known[name][n] for name in BOUNDED for n, end in enumerate(("low", "high"))}


def _universe(a: MemberList, b: MemberList, tests: OverlapTests | None) -> str:
    """The union is what the ratios speak of, those who may join both the hypergeometric model, and those on any list the others.

    A municipality on no list has no membership, so that a model which keeps memberships never draws it.
    """
    union = f"municipalities listed by {a.network_id} or {b.network_id}: the union of the two lists"
    if tests is None:
        return union
    who = "that may join both" if tests.by_rule else "listed by any network given"
    others = (
        ""
        if "fixed_margins" in tests.left_out
        else "; other chance models: those on any list of the family of tests, each in networks that it may join"
    )
    unknown = [m.network_id for m in (a, b) if m.network_id in tests.assumed]
    assumed = f"; {' and '.join(unknown)}: who may join is not known, taken as open to the countries on the list" if unknown else ""
    return f"{union}; hypergeometric model: {tests.universe[a.network_id, b.network_id]} municipalities {who}{others}{assumed}"


def _apart(a: MemberList, b: MemberList) -> list[str]:
    if comparable(a.days, b.days):
        return []
    told = " and ".join(f"{m.list_date} (or from {m.list_from} on)" if m.list_from else m.list_date for m in (a, b))
    surely = "perhaps " if within_months(a.list_date, b.list_date, COMPARABLE_MONTHS) else ""
    return [f"lists {surely}more than {COMPARABLE_MONTHS} months apart: {told}"]


def _ratios(a: MemberList, b: MemberList, shared: int, allowed: bool) -> Row:
    """An empty list has no ratio: nothing over nothing is not known, never 0."""
    n_a, n_b = len(a.municipality_ids), len(b.municipality_ids)
    parts = {"jaccard": n_a + n_b - shared, "overlap_coefficient": min(n_a, n_b), "containment_a": n_a, "containment_b": n_b}
    return {name: shared / of if allowed and of else None for name, of in parts.items()}


def _notes(a: MemberList, b: MemberList, tested: bool) -> list[str]:
    """Unresolved names make shared a lower bound, which a reader of the row must see, and how the chance models take them."""
    told = [f"{m.network_id}: {m.unresolved} printed names not matched, so more may be shared" for m in (a, b) if m.unresolved]
    return (
        [*told, "expected, z, p and q take each as a municipality on that list alone, and no lower tail is told"]
        if told and tested
        else told
    )
