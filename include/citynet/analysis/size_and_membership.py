"""Table size_and_membership: how size and being a capital go with membership, per network and pooled over families."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from citynet.analysis.capitals import Pair, SignTest, capital_pairs, eligible_pairs, network_sign_test, pooled_sign_test
from citynet.analysis.columns import SIZE_AND_MEMBERSHIP
from citynet.analysis.corrections import q_values
from citynet.analysis.lists import MemberList, no_ratio_because
from citynet.analysis.sentences import size_sentence
from citynet.analysis.size_models import LOGIT, NEGATIVE_BINOMIAL, Fit, Sample, families_by_size, membership_by_size
from citynet.model import Row

EQUIVALENCE = 1.25
""""No relation larger than x" is said only where the whole interval lies within 1/1.25 to 1.25: beyond 0.8, the bound below which a
group is read as under-represented in clinical research (participation-to-prevalence ratio), a relation would matter."""
FALSE_DISCOVERIES = 0.05
PROFILE, WALD, EXACT = (
    "likelihood of the logit, countries of at most 60 municipalities conditional, 95 %",
    "Wald interval of the count model, 95 %",
    "Clopper-Pearson, 95 %, over pairs that differ",
)
RESIDENTS_TERM, CAPITAL_TERM = "residents_doubled", "capital"
POOLED = "pooled"

_EFFECTS = {LOGIT: "odds_ratio", "exact_sign_test": "share_of_differing_pairs"}


@dataclass(frozen=True, slots=True)
class Municipalities:
    """The whole list of municipalities. residents: id -> (country, residents or None); capitals: country -> id.

    ids: of the places as lists name them, any unique id for others.
    """

    residents: Mapping[str, tuple[str, int | None]]
    capitals: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """One network, or all of them pooled. eligible: who may join, None where no rule is known; universe: the same in words."""

    subject: str
    name: str
    eligible: AbstractSet[str] | None
    universe: str


def size_and_membership(
    lists: Sequence[MemberList],
    towns: Municipalities,
    subjects: Mapping[str, Subject],
    families: Mapping[str, str],
    as_of: str,
    *,
    age_limit: bool = True,
    pooled: Collection[str] | None = None,
) -> list[Row]:
    """Rows of SIZE_AND_MEMBERSHIP: for each network, sorted, then pooled, one of size and one of the capital.

    lists: the newest of each network. A list that yields no ratio, and a network whose rules are not known, have only a reason.
    pooled: the networks that headlines are about (None: all). The pool is of their families (network_id -> family), and q, q_by are
    Benjamini-Hochberg and Benjamini-Yekutieli over them, per term; the others have no q, and their reading takes p, as the pool's.
    """
    pairs = capital_pairs(towns.residents, towns.capitals)
    ordered = sorted(lists, key=lambda m: m.network_id)
    reasons = {m.network_id: _reason(m, subjects[m.network_id], as_of, age_limit) for m in ordered}
    rows: list[Row] = []
    for members in ordered:
        rows += _network_rows(members, towns, subjects[members.network_id], pairs, reasons[members.network_id])
    used = [m for m in ordered if not reasons[m.network_id] and (pooled is None or m.network_id in pooled)]
    rows = _with_q(rows, pooled) + _pooled_rows(used, towns, subjects, families, pairs)
    names = {key: subject.name for key, subject in subjects.items()}
    return [_finished({**row, "as_of": as_of}, names.get(str(row["subject"]), "All families of networks observed")) for row in rows]


def reading(widest: tuple[float, float] | None, q: float | None) -> tuple[str, float | None]:
    """relation | no_relation_larger_than (with x) | cannot_tell, from an interval of a ratio and a chance of error.

    widest: over the placings of missing members. q: p for a test that is in no family. A ratio of 1 is no relation;
    a large p alone never yields one.
    """
    if widest is None:
        return "cannot_tell", None
    low, high = widest
    if (low > 1 or high < 1) and q is not None and q <= FALSE_DISCOVERIES:
        return "relation", None
    if low >= 1 / EQUIVALENCE and high <= EQUIVALENCE:
        return "no_relation_larger_than", max(high, 1 / low)
    return "cannot_tell", None


def _reason(members: MemberList, subject: Subject, as_of: str, age_limit: bool) -> str:
    no_rule = f"{members.network_id}: who may join is not known" if subject.eligible is None else ""
    return no_ratio_because(members, as_of, age_limit) or no_rule


def _network_rows(members: MemberList, towns: Municipalities, subject: Subject, pairs: Sequence[Pair], reason: str) -> list[Row]:
    shared: Row = {
        "subject": members.network_id,
        "network_id": members.network_id,
        "universe": subject.universe,
        "lists_from": members.list_date,
        "lists_to": members.list_date,
        "not_computed_because": reason or None,
    }
    if reason or subject.eligible is None:
        return [{**shared, "term": RESIDENTS_TERM, "model": LOGIT}, {**shared, "term": CAPITAL_TERM, "model": "exact_sign_test"}]
    missing, outside = _not_placed(members, towns, subject.eligible)
    shared |= {"n_missing": missing, "n_outside": outside}
    sample = _sample(towns, subject.eligible, members.municipality_ids)
    fits = [membership_by_size(placed, checks=placed is sample) for placed in _placings(sample, missing)]
    both = eligible_pairs(pairs, subject.eligible)
    return [{**shared, **_of_fits(fits)}, {**shared, **_of_test(network_sign_test(both, members), both), "n_missing": members.unresolved}]


def _pooled_rows(
    lists: Sequence[MemberList], towns: Municipalities, subjects: Mapping[str, Subject], families: Mapping[str, str], pairs: Sequence[Pair]
) -> list[Row]:
    """The number of families that each municipality is in, of those that it may join."""
    if not lists:
        return []
    joined, may_join = _of_families(lists, subjects, families, admitted=True), _of_families(lists, subjects, families, admitted=False)
    counted = [_not_placed(m, towns, subjects[m.network_id].eligible or frozenset()) for m in lists]
    missing, outside = (sum(each) for each in zip(*counted, strict=True))
    dates = sorted(m.list_date for m in lists)
    number = len({families.get(m.network_id, m.network_id) for m in lists})
    shared: Row = {
        "subject": POOLED,
        "universe": f"municipalities that may join any of {number} families of networks with a complete list",
        "lists_from": dates[0],
        "lists_to": dates[-1],
        "n_missing": missing,
        "n_outside": outside,
    }
    sample = _sample(towns, frozenset(may_join), joined, may_join)
    fits = [families_by_size(placed) for placed in _placings(sample, missing)]
    alike = [pair for pair in pairs if may_join.get(pair.capital) and may_join.get(pair.capital) == may_join.get(pair.other)]
    unresolved = sum(m.unresolved for m in lists)
    test = pooled_sign_test(alike, joined, may_join, unresolved)
    return [{**shared, **_of_fits(fits, model=NEGATIVE_BINOMIAL)}, {**shared, **_of_test(test, alike), "n_missing": unresolved}]


def _of_families(
    lists: Sequence[MemberList], subjects: Mapping[str, Subject], families: Mapping[str, str], admitted: bool
) -> Mapping[str, int]:
    """Municipality -> number of families that it may join; with `admitted` of those that it is in."""
    by_family: dict[str, set[str]] = {}
    for members in lists:
        eligible = subjects[members.network_id].eligible or frozenset()
        inside = eligible & members.municipality_ids if admitted else eligible
        by_family.setdefault(families.get(members.network_id, members.network_id), set()).update(inside)
    counts = Counter[str]()
    for ids in by_family.values():
        counts.update(ids)
    return counts


def _not_placed(members: MemberList, towns: Municipalities, eligible: AbstractSet[str]) -> tuple[int, int]:
    """(missing, outside): names and members that may be in the universe unseen, and members who surely are not in it."""
    countries = {country for country, _ in towns.residents.values()}
    missing, outside = members.unresolved, 0
    for place_id in members.municipality_ids:
        country, count = towns.residents.get(place_id, (members.countries.get(place_id, ""), None))
        unknown = count is None and (not country or country in countries)
        missing += unknown
        outside += not unknown and place_id not in eligible
    return missing, outside


def _sample(
    towns: Municipalities,
    eligible: AbstractSet[str],
    joined: Collection[str] | Mapping[str, int],
    may_join: Mapping[str, int] | None = None,
) -> Sample:
    """The eligible municipalities with residents, smallest first, equal ones by id."""
    import numpy as np

    known = ((unit, *towns.residents.get(unit, ("", None))) for unit in eligible)
    sized = sorted((count, unit, country) for unit, country, count in known if count)
    of_unit: Callable[[str], int] = (lambda u: joined.get(u, 0)) if isinstance(joined, Mapping) else (lambda u: int(u in joined))
    return Sample(
        countries=np.array([country for _, _, country in sized], dtype=str),
        residents=np.array([count for count, _, _ in sized], dtype=float),
        joined=np.array([of_unit(unit) for _, unit, _ in sized], dtype=int),
        may_join=np.array([may_join[unit] if may_join else 1 for _, unit, _ in sized], dtype=int),
    )


def _placings(sample: Sample, missing: int) -> list[Sample]:
    """The sample as listed; then with every missing member among the smallest municipalities that can take one, then the largest.

    Not all placings: with effects of countries the missing members of one country could move the figure further.
    """
    if not missing:
        return [sample]
    ends = (_filled(sample.joined, sample.may_join, missing), _filled(sample.joined[::-1], sample.may_join[::-1], missing)[::-1])
    return [sample, *(replace(sample, joined=joined) for joined in ends)]


def _filled(joined: Any, may_join: Any, missing: int) -> Any:
    """One more membership for each municipality in turn, as long as it may join one more, until all missing ones are placed."""
    joined = joined.copy()
    while missing and (joined < may_join).any():
        taking = (joined < may_join).nonzero()[0][:missing]
        joined[taking] += 1
        missing -= len(taking)
    return joined


def _of_fits(fits: Sequence[Fit], model: str = LOGIT) -> Row:
    first = fits[0]
    limits = [(fit.low, fit.high) for fit in fits if fit.low is not None and fit.high is not None]
    widest = (min(low for low, _ in limits), max(high for _, high in limits)) if len(limits) == len(fits) else None
    found = first.not_computed_because == ""
    return {
        "term": RESIDENTS_TERM,
        "model": first.model if found else model,
        "n_units": first.units,
        "n_members": first.members,
        "countries": ";".join(first.countries),
        "countries_left_out": ";".join(first.left_out) or None,
        "effect": _EFFECTS.get(first.model, "rate_ratio") if found else None,
        "estimate": first.ratio,
        **_ends("interval", (first.low, first.high)),
        "interval_model": (PROFILE if first.model == LOGIT else WALD) if found else None,
        **_ends("widest", widest or (None, None)),
        "p": first.p,
        "converged": first.converged,
        "separation": first.separation,
        "overdispersion": first.overdispersion,
        "overdispersion_p": first.overdispersion_p,
        "linearity_p": first.linearity_p,
        "not_computed_because": first.not_computed_because or None,
    }


def _of_test(test: SignTest, pairs: Sequence[Pair]) -> Row:
    return {
        "term": CAPITAL_TERM,
        "model": "exact_sign_test",
        "n_units": test.pairs,
        "effect": _EFFECTS["exact_sign_test"],
        "estimate": test.share,
        **_ends("interval", test.interval or (None, None)),
        "interval_model": EXACT if test.interval else None,
        **_ends("widest", test.widest or (None, None)),
        "p": test.p,
        "capital_more": test.capital_more,
        "other_more": test.other_more,
        "other_larger": ";".join(pair.country for pair in pairs if pair.other_larger) or None,
        "not_computed_because": None if test.interval else "no pair of capital and other city differs",
    }


def _ends(name: str, ends: tuple[float | None, float | None]) -> Row:
    """An infinite end stays open: empty."""
    return {f"{name}_low": ends[0], f"{name}_high": None if ends[1] == inf else ends[1]}


def _with_q(rows: Sequence[Row], pooled: Collection[str] | None) -> list[Row]:
    """q of the p of each network in the pool, within its term: others stand beside, and never lower its q."""
    found = list(rows)
    inside = [n for n, row in enumerate(found) if row.get("p") is not None and (pooled is None or row["network_id"] in pooled)]
    for term in (RESIDENTS_TERM, CAPITAL_TERM):
        tested = [number for number in inside if found[number]["term"] == term]
        qs, qs_by = q_values([float(str(found[number]["p"])) for number in tested])
        for number, q, q_by in zip(tested, qs, qs_by, strict=True):
            found[number] = {**found[number], "q": q, "q_by": q_by}
    return found


def _rounded(value: object) -> object:
    """Six significant digits: what solvers give beyond depends on the processor, and the same inputs must give the same bytes."""
    return float(f"{value:.6g}") if isinstance(value, float) else value


def _finished(row: Row, name: str) -> Row:
    """The row with its reading and sentence, all columns in order."""
    made: Row = {**dict.fromkeys(SIZE_AND_MEMBERSHIP), **{column: _rounded(value) for column, value in row.items()}}
    if not made["not_computed_because"]:
        capital = made["term"] == CAPITAL_TERM
        low, high = made["widest_low"], made["widest_high"]
        widest = None if low is None else (float(str(low)), inf if high is None else float(str(high)))
        if capital and widest:  # a share of pairs as odds: half of the pairs is no relation
            widest = (widest[0] / (1 - widest[0]) if widest[0] < 1 else inf, widest[1] / (1 - widest[1]) if widest[1] < 1 else inf)
        q = made["p"] if made["q"] is None else made["q"]
        made["reading"], made["no_larger_than"] = reading(widest, None if q is None else float(str(q)))
    return {**made, "sentence": size_sentence(made, name)}
