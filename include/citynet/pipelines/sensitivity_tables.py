"""Table headline_sensitivity: the shares that headlines say, as published and in each of the other ways fixed in docs/methodology.md."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from citynet.analysis.concentration import held_by_most_connected
from citynet.analysis.families import families
from citynet.analysis.lists import MemberList, no_ratio_because, unusable_because
from citynet.analysis.sensitivity import CORE, HEADLINES, PARTIAL, WITHOUT_LARGEST, Share, headline_sensitivity, shares_held
from citynet.analysis.strata import AT_LEAST_5000, ELIGIBLE, RESIDENTS
from citynet.model import FALSE_DISCOVERIES, Network, Row
from citynet.publishing.headlines import OBSERVED, is_demonstration, sampled_only

Tables = Mapping[str, Sequence[Row]]
_NULLS = {
    "beyond_chance_within_country": "q_fixed_margins_country",
    "beyond_chance_fixed_margins": "q_fixed_margins",
    "beyond_chance_hypergeometric": "q_hypergeometric",
    "beyond_chance_bicm": "q_bicm",
}
_KINDS = {"against_those_who_may_join": ELIGIBLE, "against_residents": RESIDENTS}


@dataclass(frozen=True, slots=True)
class Pool:
    """The networks that a figure is of, and what is known of them. core: ids of those with migration as their core.

    complete, usable: their newest lists that yield ratios, and those that yield at least facts on members; families: network -> family.
    """

    ids: frozenset[str]
    core: frozenset[str]
    complete: tuple[MemberList, ...]
    usable: tuple[MemberList, ...]
    families: Mapping[str, str]
    tables: Tables

    def only(self, ids: frozenset[str]) -> "Pool":
        """The same of some of the networks."""
        complete, usable = (tuple(m for m in lists if m.network_id in ids) for lists in (self.complete, self.usable))
        return Pool(self.ids & ids, self.core & ids, complete, usable, self.families, self.tables)

    def rows(self, table: str, *columns: str) -> list[Row]:
        """The rows of a table of which each of the columns names a network of the pool."""
        return [row for row in self.tables[table] if all(row[column] in self.ids for column in columns)]


def sensitivity_rows(
    lists: Sequence[MemberList], networks: Sequence[Network], pooled: frozenset[str], tables: Tables, as_of: str, *, age_limit: bool
) -> list[Row]:
    """Table headline_sensitivity. lists: the newest of each network; pooled: the networks that headlines are about; tables: the others."""
    inside = [m for m in lists if m.network_id in pooled]
    pool = Pool(
        ids=pooled,
        core=frozenset(n.id for n in networks if n.id in pooled and n.relevance == "migration_core"),
        complete=tuple(m for m in inside if not no_ratio_because(m, as_of, age_limit)),
        usable=tuple(m for m in inside if not unusable_because(m, as_of, age_limit)),
        families=families(networks),
        tables=tables,
    )
    published = {headline.headline: _FIGURES[headline.headline](pool, "") for headline in HEADLINES}
    others = {(h.headline, name): _other(h.headline, name, pool) for h in HEADLINES for name in h.alternatives}
    return headline_sensitivity(published, others, as_of)


def _other(headline: str, alternative: str, pool: Pool) -> Share:
    """The share of a headline under one alternative: of fewer networks, or in another way."""
    figure = _FIGURES[headline]
    if alternative == CORE:
        return figure(pool.only(pool.core), "")
    if alternative == WITHOUT_LARGEST:
        largest = max(pool.complete, key=lambda m: (len(m.municipality_ids), m.network_id), default=None)
        return figure(pool.only(pool.ids - {largest.network_id}), "") if largest else Share(0, 0, "no network has a complete list")
    return figure(pool, alternative)


def _complete_lists(pool: Pool, alternative: str) -> Share:
    networks = pool.rows("networks", "network_id")
    column = "last_listed_on" if alternative == PARTIAL else "last_complete_on"
    return Share(sum(bool(row[column]) and not row["not_read_because"] for row in _observed(networks, pool.tables)), len(networks))


def _memberships_in_core(pool: Pool, alternative: str) -> Share:
    column = "last_complete_on" if alternative == "complete_lists_only" else "last_listed_on"
    observed = {row["network_id"] for row in _observed(pool.rows("networks", "network_id"), pool.tables) if row[column]}
    rows = [r for r in pool.rows("memberships", "network_id") if r["counted"] is True and r["use"] == "current"]
    ties = [(str(row["network_id"]), row["place_id"]) for row in rows if row["network_id"] in observed]
    if alternative != "by_families":
        return Share(sum(network_id in pool.core for network_id, _ in ties), len(ties))
    core = {pool.families.get(network_id, network_id) for network_id in pool.core}
    once = {(pool.families.get(network_id, network_id), place) for network_id, place in ties}
    return Share(sum(family in core for family, _ in once), len(once))


def _observed(networks: Sequence[Row], tables: Tables) -> list[Row]:
    """The networks of which the overview counts lists; in a demonstration also those with old lists."""
    levels = (*OBSERVED, "last_known") if is_demonstration(tables["sources"]) else OBSERVED
    sampled = sampled_only(tables["sources"])
    return [row for row in networks if row["freshness"] in levels and row["network_id"] not in sampled]


def _counts(pool: Pool, alternative: str, *, by_families: bool) -> tuple[list[int], list[int]]:
    """Of each municipality the networks or families that it is in, and its memberships of networks."""
    lists = pool.usable if alternative == PARTIAL else pool.complete
    memberships = Counter(place for m in lists for place in m.municipality_ids)
    of = pool.families if by_families else {}
    counted = Counter(place for _, place in {(of.get(m.network_id, m.network_id), p) for m in lists for p in m.municipality_ids})
    order = sorted(memberships)
    return [counted[place] for place in order], [memberships[place] for place in order]


def _in_one_only(pool: Pool, alternative: str) -> Share:
    counts, _ = _counts(pool, alternative, by_families=alternative == "by_families")
    return Share(counts.count(1), len(counts))


def _in_several(pool: Pool, alternative: str, *, held: bool) -> Share:
    counts, memberships = _counts(pool, alternative, by_families=alternative != "by_networks")
    if alternative == "most_connected_tenth":
        found = held_by_most_connected(memberships)
        return Share(round(found.share * found.memberships), found.memberships) if found else Share(0, 0)
    least = {"two_or_more": 2, "four_or_more": 4}.get(alternative, 3)
    return shares_held(counts, memberships, least)[held]


def _pairs_that_share(pool: Pool, alternative: str) -> Share:
    rows = pool.rows("network_overlap", "network_a", "network_b")
    if alternative in _NULLS:
        tested = [_number(row[_NULLS[alternative]]) for row in rows if row[_NULLS[alternative]] is not None]
        return Share(sum(q <= FALSE_DISCOVERIES for q in tested), len(tested), "" if tested else "no pair is tested")
    least = 5 if alternative == "at_least_five_shared" else 1
    shared = [_number(row["shared"]) for row in rows if row["shared"] is not None]
    if alternative == PARTIAL:  # at least one shared is known; at least none is not
        shared += [_number(row["shared_at_least"]) for row in rows if row["shared"] is None and row["shared_at_least"]]
    return Share(sum(count >= least for count in shared), len(shared))


def _representation_told(pool: Pool, alternative: str) -> Share:
    kind = _KINDS.get(alternative, AT_LEAST_5000)
    column = "reading_standardised" if alternative == "standardised_by_country" else "reading"
    rows = [
        r for r in pool.rows("representation", "network_id") if r["dimension"] == "municipality_size_class" and r["universe_kind"] == kind
    ]
    read = [row[column] for row in rows if row[column] not in (None, "excluded_by_rule")]
    return Share(sum(reading != "cannot_tell" for reading in read), len(read))


def _names_not_matched(pool: Pool, alternative: str) -> Share:
    complete = {m.network_id for m in pool.complete}
    ids = pool.ids & complete if alternative == "complete_lists_only" else pool.ids
    rates = [row for row in pool.tables["resolution_rates"] if row["dimension"] == "network" and row["class"] in ids]
    parts = ("unknown",) if alternative == "names_without_any_candidate" else ("review", "unknown")
    return Share(round(sum(_number(row[part]) for row in rates for part in parts)), round(sum(_number(row["names"]) for row in rates)))


def _number(value: object) -> float:
    return float(str(value or 0))


_FIGURES: Mapping[str, Callable[[Pool, str], Share]] = {
    "complete_lists": _complete_lists,
    "memberships_in_core": _memberships_in_core,
    "in_one_network_only": _in_one_only,
    "in_three_families": partial(_in_several, held=False),
    "held_by_those": partial(_in_several, held=True),
    "pairs_that_share": _pairs_that_share,
    "representation_told": _representation_told,
    "names_not_matched": _names_not_matched,
}
"""Headline -> its share, as published ("") or in another way."""
