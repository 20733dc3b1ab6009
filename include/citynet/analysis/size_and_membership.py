"""Table size_and_membership: how size and being a capital go with membership, per network and pooled over families."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from citynet.analysis.capitals import Pair, capital_pairs, eligible_pairs, network_sign_test, pooled_sign_test, with_unsized_capitals
from citynet.analysis.corrections import q_values
from citynet.analysis.count_placings import count_reach
from citynet.analysis.lists import MemberList, no_ratio_because
from citynet.analysis.placings import Missing, logit_reach
from citynet.analysis.size_models import LOGIT, NEGATIVE_BINOMIAL, Sample, families_by_size, membership_by_size
from citynet.analysis.size_rows import CAPITAL_TERM, RESIDENTS_TERM, finished, of_fit, of_test
from citynet.model import Row

POOLED = "pooled"


@dataclass(frozen=True, slots=True)
class Municipalities:
    """The whole list of municipalities. residents: id -> (country, residents or None); capitals: country -> id.

    ids: of the places as lists name them, any unique id for others. Of members whose residents the list lacks names are how they are
    told, and at_least how many they surely have by another source. in_parts: countries whose largest cities it has by their parts alone.
    """

    residents: Mapping[str, tuple[str, int | None]]
    capitals: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    at_least: Mapping[str, int] = field(default_factory=dict)
    in_parts: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Subject:
    """One network, or all of them pooled. eligible: who may join, None where no rule is known; universe: the same in words.

    names_in: country -> how many of its unresolved names lie there, by the country printed with them; of the others it is not known.
    countries: from which anybody may join, beside those of `eligible`, by which alone comparisons can be made.
    """

    subject: str
    name: str
    eligible: AbstractSet[str] | None
    universe: str
    names_in: Mapping[str, int] = field(default_factory=dict)
    countries: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Unseen:
    """Of a list what may be in the universe unseen: unmatched names, and known places without residents in the list, by id.

    outside: names and members that surely are not in the universe: in no country of which anybody may join, or not admitted.
    """

    missing: Missing
    unmatched: int
    places: tuple[str, ...]
    outside: int


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
    pairs = capital_pairs(towns.residents, towns.capitals, towns.in_parts, towns.at_least)
    subjects = {
        key: each if each.eligible is None else replace(each, eligible=with_unsized_capitals(pairs, each.eligible))
        for key, each in subjects.items()
    }
    ordered = sorted(lists, key=lambda m: m.network_id)
    reasons = {m.network_id: _reason(m, subjects[m.network_id], as_of, age_limit) for m in ordered}
    rows: list[Row] = []
    for members in ordered:
        rows += _network_rows(members, towns, subjects[members.network_id], pairs, reasons[members.network_id])
    used = [m for m in ordered if not reasons[m.network_id] and (pooled is None or m.network_id in pooled)]
    rows = _with_q(rows, pooled) + _pooled_rows(used, towns, subjects, families, pairs)
    names = {key: subject.name for key, subject in subjects.items()}
    return [finished({**row, "as_of": as_of}, names.get(str(row["subject"]), "All families of networks observed")) for row in rows]


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
    unseen = _not_placed(members, towns, subject, subject.eligible)
    missing = unseen.missing
    shared |= _told([unseen], towns)
    sample = _sample(towns, subject.eligible, members.municipality_ids)
    fit, both = membership_by_size(sample), eligible_pairs(pairs, subject.eligible)
    left = _without_pair([members], [subject], towns, both)
    test = of_test(network_sign_test(both, members), both, members.unresolved, left)
    return [{**shared, **of_fit(fit, logit_reach(sample, missing, fit), missing.number)}, {**shared, **test}]


def _pooled_rows(
    lists: Sequence[MemberList], towns: Municipalities, subjects: Mapping[str, Subject], families: Mapping[str, str], pairs: Sequence[Pair]
) -> list[Row]:
    """The number of families that each municipality is in, of those that it may join."""
    if not lists:
        return []
    joined, may_join = _of_families(lists, subjects, families, admitted=True), _of_families(lists, subjects, families, admitted=False)
    counted = [_not_placed(m, towns, subjects[m.network_id], subjects[m.network_id].eligible or frozenset()) for m in lists]
    missing = _together([each.missing for each in counted])
    dates = sorted(m.list_date for m in lists)
    number = len({families.get(m.network_id, m.network_id) for m in lists})
    shared: Row = {
        "subject": POOLED,
        "universe": f"municipalities that may join any of {number} families of networks with a complete list",
        "lists_from": dates[0],
        "lists_to": dates[-1],
        **_told(counted, towns),
    }
    sample = _sample(towns, frozenset(may_join), joined, may_join)
    fit = families_by_size(sample)
    figures = of_fit(fit, count_reach(sample, missing, fit), missing.number, model=NEGATIVE_BINOMIAL)
    alike = [pair for pair in pairs if may_join.get(pair.capital) and may_join.get(pair.capital) == may_join.get(pair.other)]
    unresolved = sum(m.unresolved for m in lists)
    left = _without_pair(lists, [subjects[m.network_id] for m in lists], towns, alike)
    test = of_test(pooled_sign_test(alike, joined, may_join, unresolved), alike, unresolved, left)
    return [{**shared, **figures}, {**shared, **test}]


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


def _not_placed(members: MemberList, towns: Municipalities, subject: Subject, eligible: AbstractSet[str]) -> _Unseen:
    countries = _countries(towns, eligible)
    names = {country: number for country, number in subject.names_in.items() if country in countries}
    within, at_least, places = Counter[str](names), dict[str, list[int]](), list[str]()
    unmatched = members.unresolved - sum(subject.names_in.values()) + within.total()
    anywhere, outside = unmatched - within.total(), members.unresolved - unmatched
    for place_id in sorted(members.municipality_ids):
        country, count = towns.residents.get(place_id, (members.countries.get(place_id, ""), None))
        if count is not None or (country and country not in countries):
            outside += count is None or place_id not in eligible
            continue
        places.append(place_id)
        if country and towns.at_least.get(place_id):
            at_least.setdefault(country, []).append(towns.at_least[place_id])
        elif country:
            within[country] += 1
        else:
            anywhere += 1
    return _Unseen(Missing(anywhere, dict(sorted(within.items())), dict(sorted(at_least.items()))), unmatched, tuple(places), outside)


def _countries(towns: Municipalities, units: AbstractSet[str]) -> set[str]:
    """The countries of those of the units whose residents are known."""
    return {towns.residents[unit][0] for unit in units if towns.residents.get(unit, ("", None))[1] is not None}


def _told(unseen: Sequence[_Unseen], towns: Municipalities) -> Row:
    """How many are missing, unmatched names and known places apart, and how many lie outside."""
    known = sorted({towns.names.get(place_id, place_id) for each in unseen for place_id in each.places})
    return {
        "n_missing": sum(each.missing.number for each in unseen),
        "n_unmatched": sum(each.unmatched for each in unseen),
        "without_residents": ";".join(known) or None,
        "n_outside": sum(each.outside for each in unseen),
    }


def _without_pair(lists: Sequence[MemberList], subjects: Sequence[Subject], towns: Municipalities, pairs: Sequence[Pair]) -> list[str]:
    """The countries from which anybody may join, or whose capital is on a list, of which no pair is compared."""
    may = set[str]()
    for members, subject in zip(lists, subjects, strict=True):
        may |= subject.countries | _countries(towns, subject.eligible or frozenset())
        may |= {country for country, capital in towns.capitals.items() if capital in members.municipality_ids}
    return sorted(may - {pair.country for pair in pairs})


def _together(missing: Sequence[Missing]) -> Missing:
    within, at_least = Counter[str](), dict[str, list[int]]()
    for each in missing:
        within.update(each.within)
        for country, bounds in each.at_least.items():
            at_least.setdefault(country, []).extend(bounds)
    return Missing(sum(each.anywhere for each in missing), dict(sorted(within.items())), dict(sorted(at_least.items())))


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
