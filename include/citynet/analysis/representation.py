"""Who is over- and under-represented in a network, with what the missing members could change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citynet.analysis.chance import hypergeometric_quantiles
from citynet.analysis.lists import MemberList, no_ratio_because
from citynet.model import Row

INTERVAL_MODEL = "hypergeometric, 95 %: if membership were unrelated to class"
MIN_MEMBERS_FOR_INTERVAL = 10
"""Below this many members neither an interval nor a reading is given."""
MIN_CLASS_FOR_INTERVAL = 5


@dataclass(frozen=True, slots=True)
class Universe:
    """A stated denominator: municipalities by class, or residents. countries (ISO codes): where it lies, () for everywhere.

    unit: municipalities | residents. Members are municipalities, so that against residents there is a ratio of two shares but
    neither a participation rate (members are no part of the residents) nor an interval (they are no draw from them).
    """

    name: str
    source: str
    counts: Mapping[str, int]
    countries: tuple[str, ...] = ()
    unit: str = "municipalities"


@dataclass(frozen=True, slots=True)
class _Census:
    """The members that lie in, or may lie in, the universe. missing: unresolved names and members without a known class.

    outside: members in countries or classes that the universe does not hold.
    """

    per_class: Mapping[str, int]
    classified: int
    missing: int
    outside: int


def representation(
    members: MemberList, classes: Mapping[str, str | None], universe: Universe, dimension: str, as_of: str, *, age_limit: bool = True
) -> list[Row]:
    """One row a class of the universe, in the universe's order, with all columns of table representation.

    classes: municipality -> its class, None (or no entry) where not known. A member whose class the universe lacks, or
    whose country it does not cover, lies outside and is not counted. The bounds of ratio, parity gap and participation are the
    widest that missing members allow for this class: every one of them outside it, then every one in it. For the smallest and
    the largest class that is the same as putting all of them first there and then at the other end. The reading is `over` or
    `under` only if the bounds exclude parity: see `told`. A list that is partial, a sample, or too old (unless age_limit=False)
    has no figures, only the reason.
    """
    reason = no_ratio_because(members, as_of, age_limit)
    census = None if reason else _census(members, classes, universe)
    return [_row(members, census, universe, dimension, name, as_of, reason) for name in universe.counts]


def no_universe(
    members: MemberList,
    universe: str,
    dimension: str,
    classes: Sequence[str],
    source: str,
    as_of: str,
    because: str,
    *,
    age_limit: bool = True,
) -> list[Row]:
    """The rows of a universe that cannot be counted: one a class, with why (or why the list yields no ratio), and no figure."""
    reason = no_ratio_because(members, as_of, age_limit) or f"{members.network_id}: {because}"
    return [_empty(members, universe, source, dimension, name, as_of, reason) for name in classes]


def _census(members: MemberList, classes: Mapping[str, str | None], universe: Universe) -> _Census:
    per_class = dict.fromkeys(universe.counts, 0)
    missing, outside = members.unresolved, 0
    for place_id in members.municipality_ids:
        country = members.countries.get(place_id, "")
        if universe.countries and country and country not in universe.countries:
            outside += 1
            continue
        name = classes.get(place_id)
        if name is None:
            missing += 1
        elif name in per_class:
            per_class[name] += 1
        else:
            outside += 1
    return _Census(per_class, sum(per_class.values()), missing, outside)


def _empty(members: MemberList, universe: str, source: str, dimension: str, name: str, as_of: str, reason: str) -> Row:
    """A row with its key, its source and a reason ("" where there is none), and no figure."""
    return {
        "network_id": members.network_id,
        "universe": universe,
        "dimension": dimension,
        "class": name,
        **dict.fromkeys(("n_c", "n_members", "n_classified", "n_outside", "coverage_percent", "u_c", "u", "participation_rate")),
        **dict.fromkeys(("representation_ratio", "ratio_low", "ratio_high", "parity_gap_points", "reading")),
        **dict.fromkeys(("interval_low", "interval_high", "interval_model")),
        "list_date": members.list_date,
        "not_computed_because": reason or None,
        "universe_source": source,
        "as_of": as_of,
        **dict.fromkeys(("participation_rate_low", "participation_rate_high", "parity_gap_low", "parity_gap_high")),
    }


def _row(members: MemberList, census: _Census | None, universe: Universe, dimension: str, name: str, as_of: str, reason: str) -> Row:
    u_c, u = universe.counts[name], sum(universe.counts.values())
    row = _empty(members, universe.name, universe.source, dimension, name, as_of, reason) | {"u_c": u_c, "u": u}
    if census is None:
        return row
    n_c, classified, missing = census.per_class[name], census.classified, census.missing
    total = classified + missing
    row |= {"n_c": n_c, "n_members": total, "n_classified": classified, "n_outside": census.outside}
    row |= {"coverage_percent": 100 * classified / total if total else None}
    if u_c == 0 or classified == 0:
        what = "municipality" if universe.unit == "municipalities" else "residents"
        because = f"the universe has no {what} of this class" if u_c == 0 else "no member has a known class"
        return {**row, "not_computed_because": because}
    row |= _figures(n_c, classified, missing, u_c, u)
    return row | _rates(n_c, missing, u_c) | _interval(classified, u_c, u) if universe.unit == "municipalities" else row


def _figures(n_c: int, classified: int, missing: int, u_c: int, u: int) -> Row:
    share = u_c / u
    low, high = n_c / (classified + missing), (n_c + missing) / (classified + missing)
    return {
        "representation_ratio": n_c / classified / share,
        "ratio_low": low / share,
        "ratio_high": high / share,
        "parity_gap_points": 100 * (n_c / classified - share),
        "parity_gap_low": 100 * (low - share),
        "parity_gap_high": 100 * (high - share),
        "reading": _reading(n_c, classified, missing, u_c, u),
    }


def _rates(n_c: int, missing: int, u_c: int) -> Row:
    """The share of the class that is in, and its bounds; a class has no more members than municipalities."""
    rate = n_c / u_c
    at_most = max(rate, min(1.0, (n_c + missing) / u_c))
    return {"participation_rate": rate, "participation_rate_low": rate, "participation_rate_high": at_most}


def _reading(n_c: int, classified: int, missing: int, u_c: int, u: int) -> str:
    """Compared in whole numbers: a rounding error must not turn parity into a finding."""
    parity = (classified + missing) * u_c
    above, below = n_c * u > parity, (n_c + missing) * u < parity
    return told(n_c, classified + missing, above, below, classified * u_c >= u)


def told(n_c: int, members: int, above: bool, below: bool, one_at_parity: bool) -> str:
    """The reading of bounds that lie above parity, below it, or neither. one_at_parity: whether parity is at least one member.

    None under ten members. Where parity is less than one member nobody could be at it: so having none is not `under`, nor a single
    one `over`; two or more are, which is a whole member or more above what parity would be.
    """
    if members < MIN_MEMBERS_FOR_INTERVAL:
        return "cannot_tell"
    if above and n_c > 1:
        return "over"
    return "under" if below and one_at_parity else "cannot_tell"


def _interval(classified: int, u_c: int, u: int) -> Row:
    """The range of the ratio under the chance model; none where numbers are too small for it to say anything."""
    if not MIN_MEMBERS_FOR_INTERVAL <= classified <= u or u_c < MIN_CLASS_FOR_INTERVAL:
        return {}
    low, high = hypergeometric_quantiles(u, u_c, classified)
    at_parity = classified * u_c / u
    return {"interval_low": low / at_parity, "interval_high": high / at_parity, "interval_model": INTERVAL_MODEL}
