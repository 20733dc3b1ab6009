"""Table connectivity_concentration: how memberships are spread over the municipalities of the observed complete lists."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from citynet.analysis.concentration import held_by_most_connected
from citynet.analysis.core_periphery import DEFINITION, Core, innermost_core
from citynet.analysis.inequality import Bounded, gini, hhi, mean, with_at_least, with_memberships
from citynet.analysis.lists import MemberList, no_ratio_because, unusable_because
from citynet.model import Row

UNIVERSE = "municipalities on at least one complete list observed; those on none are not in it"
COUNTED_BY = ("networks", "families")
THRESHOLDS = (2, 3)
"""In how many or more a municipality is: two make a connection, three is the threshold of the 2018 report's Table 1."""


@dataclass(frozen=True, slots=True)
class _Observed:
    """The lists of one pool counted in one way. members: network or family -> municipalities; places: how many each is in."""

    members: Mapping[str, frozenset[str]]
    places: Mapping[str, int]
    unresolved: int

    @property
    def counts(self) -> list[int]:
        """Each municipality's memberships, most first."""
        return sorted(self.places.values(), reverse=True)


@dataclass(frozen=True, slots=True)
class _Figure:
    """One measure. low and high: None where the bounds are not known, which the note says."""

    measure: str
    value: float
    low: float | None
    high: float | None
    note: str


def connectivity_concentration(
    lists: Sequence[MemberList], families: Mapping[str, str], pools: Mapping[str, Collection[str]], as_of: str, *, age_limit: bool = True
) -> list[Row]:
    """One row for each measure, way of counting (networks, families) and pool of networks; none for a pool without a usable list.

    lists: one a network. pools: name of a relevance (core_or_component, core) -> network ids. low and high: what
    names without a place could change; with_partial_lists: of counts that more lists can only
    raise, the figure if the known members of partial lists were memberships too, a lower bound; partial lists give no ratio.
    age_limit=False keeps lists older than 18 months at as_of.
    """
    rows: list[Row] = []
    for relevance, ids in pools.items():
        pooled = sorted((m for m in lists if m.network_id in ids), key=lambda m: m.network_id)
        complete = [m for m in pooled if not no_ratio_because(m, as_of, age_limit)]
        partial = [m for m in pooled if not m.complete and not unusable_because(m, as_of, age_limit)]
        for counted_by in COUNTED_BY:
            family = families if counted_by == "families" else {}
            rows += _rows(complete, partial, family, counted_by, relevance, as_of)
    return rows


def _rows(
    complete: Sequence[MemberList], partial: Sequence[MemberList], family: Mapping[str, str], counted_by: str, relevance: str, as_of: str
) -> Iterator[Row]:
    observed = _observed(complete, family)
    if not observed.places:
        return
    beside = {
        f.measure: f.value for f in _figures(_observed([*complete, *partial], family), counted_by) if partial and _only_rises(f.measure)
    }
    dates = sorted(m.list_date for m in complete)
    for figure in _figures(observed, counted_by):
        yield {
            "measure": figure.measure,
            "counted_by": counted_by,
            "relevance": relevance,
            "value": float(figure.value),
            "low": None if figure.low is None else float(figure.low),
            "high": None if figure.high is None else float(figure.high),
            "with_partial_lists": float(beside[figure.measure]) if figure.measure in beside else None,
            "n_places": len(observed.places),
            "n_memberships": sum(observed.counts),
            "n_unresolved": observed.unresolved,
            "networks_observed": len(complete),
            "networks_partial": len(partial),
            "lists_from": dates[0],
            "lists_to": dates[-1],
            "universe": UNIVERSE,
            "note": figure.note,
            "as_of": as_of,
        }


def _only_rises(measure: str) -> bool:
    """Whether each further list can only raise the measure, so that known members of partial lists give a lower bound."""
    return measure == "core_k" or measure.endswith("_or_more")


def _observed(lists: Sequence[MemberList], family: Mapping[str, str]) -> _Observed:
    members: dict[str, frozenset[str]] = {}
    for one in lists:
        unit = family.get(one.network_id, one.network_id)
        members[unit] = members.get(unit, frozenset()) | one.municipality_ids
    places = Counter(place_id for theirs in members.values() for place_id in theirs)
    return _Observed(members, places, sum(one.unresolved for one in lists))


def _figures(observed: _Observed, counted_by: str) -> Iterator[_Figure]:
    counts, names, most = observed.counts, observed.unresolved, len(observed.members)
    moved = f"low and high: wherever the {names} names without a place belong" if names else "every name has its place"
    for number in range(1, counts[0] + 1):
        yield _bounded(f"municipalities_in_{number}", with_memberships(counts, number, most, names), moved)
    for number in THRESHOLDS:
        yield _bounded(f"municipalities_in_{number}_or_more", with_at_least(counts, number, most, names), moved)
    yield _bounded("mean_memberships", mean(counts, names), moved)
    yield _bounded("gini", gini(counts, names), f"among these municipalities, 0 where all have as many; {moved}")
    yield _bounded(
        "hhi", hhi(counts, names), f"sum of squared shares of memberships, {1 / len(counts):.2g} where all have as many; {moved}"
    )
    yield from _top_decile(counts, names, moved)
    if core := innermost_core(observed.members):
        yield from _core(core, observed, counted_by)


def _bounded(measure: str, found: Bounded, note: str) -> _Figure:
    return _Figure(measure, found.value, found.low, found.high, note)


def _top_decile(counts: Sequence[int], names: int, moved: str) -> Iterator[_Figure]:
    """The share of the most connected tenth, and the band around it: without any of those tied at its border, and with all of them."""
    held = held_by_most_connected(counts, names)
    if held is None:
        return
    border, total = counts[held.most_connected - 1], sum(counts)
    above, tied = [c for c in counts if c > border], [c for c in counts if c == border]
    band = f"{len(above)} with more than {border} memberships and {held.most_connected - len(above)} of the {len(tied)} with {border}"
    told = f"the {held.most_connected} with most: {band}; {moved}"
    yield _Figure("share_of_top_decile", held.share, held.share_low, held.share_high, told)
    without = "bounds not computed: a name without a place may move the border itself" if names else moved
    for end, counted, who in (
        ("above", above, f"the {len(above)} with more than {border} memberships"),
        ("with", [*above, *tied], f"the {len(above) + len(tied)} with {border} memberships or more"),
    ):
        share = sum(counted) / total
        exact = None if names else share
        yield _Figure(f"share_{end}_border_of_top_decile", share, exact, exact, f"{who}; {without}")


def _core(core: Core, observed: _Observed, counted_by: str) -> Iterator[_Figure]:
    inside = sum(observed.places[place_id] for place_id in core.municipalities)
    named = f"{DEFINITION}; {counted_by} of this core: {', '.join(sorted(core.networks))}"
    lone = " (with k = 1 nobody is set apart: there is no core but everybody)" if core.k == 1 else ""
    unknown = (
        f"{named}; high not computed: names without a place can only raise k, and which would then be the core is not known"
        if observed.unresolved
        else named
    )
    exact = not observed.unresolved
    for measure, value, low in (
        ("core_k", core.k, float(core.k)),
        ("core_municipalities", len(core.municipalities), None),
        (f"core_{counted_by}", len(core.networks), None),
        ("periphery_municipalities", len(observed.places) - len(core.municipalities), None),
        ("core_share_of_memberships", inside / sum(observed.counts), None),
    ):
        yield _Figure(measure, value, float(value) if exact else low, float(value) if exact else None, unknown + lone)
