"""Who is over- and under-represented in a network, with what the missing members could change."""

from collections.abc import Mapping
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
    whose country it does not cover, lies outside and is not counted. ratio_low and ratio_high are the widest that missing
    members allow for this class: every one of them outside it, then every one in it. For the smallest and
    the largest class that is the same as putting all of them first there and then at the other end. The reading is `over` or
    `under` only if the bounds exclude parity, and only if parity would mean at least one member. A list that
    is partial, a sample, or too old (unless age_limit=False) has no figures, only the reason.
    """
    reason = no_ratio_because(members, as_of, age_limit)
    census = None if reason else _census(members, classes, universe)
    return [_row(members, census, universe, dimension, name, as_of, reason) for name in universe.counts]


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


def _row(members: MemberList, census: _Census | None, universe: Universe, dimension: str, name: str, as_of: str, reason: str) -> Row:
    u_c, u = universe.counts[name], sum(universe.counts.values())
    total = None if census is None else census.classified + census.missing
    row: Row = {
        "network_id": members.network_id,
        "universe": universe.name,
        "dimension": dimension,
        "class": name,
        "n_c": None if census is None else census.per_class[name],
        "n_members": total,
        "n_classified": None if census is None else census.classified,
        "n_outside": None if census is None else census.outside,
        "coverage_percent": 100 * census.classified / total if census and total else None,
        "u_c": u_c,
        "u": u,
        "participation_rate": census.per_class[name] / u_c if census and u_c and universe.unit == "municipalities" else None,
        **dict.fromkeys(("representation_ratio", "ratio_low", "ratio_high", "parity_gap_points", "reading")),
        **dict.fromkeys(("interval_low", "interval_high", "interval_model")),
        "list_date": members.list_date,
        "not_computed_because": reason or None,
        "universe_source": universe.source,
        "as_of": as_of,
    }
    if census is None:
        return row
    if u_c == 0 or census.classified == 0:
        what = "municipality" if universe.unit == "municipalities" else "residents"
        because = f"the universe has no {what} of this class" if u_c == 0 else "no member has a known class"
        return {**row, "not_computed_because": because}
    row |= _figures(census.per_class[name], census.classified, census.missing, u_c, u)
    return row | _interval(census.classified, u_c, u) if universe.unit == "municipalities" else row


def _figures(n_c: int, classified: int, missing: int, u_c: int, u: int) -> Row:
    share = u_c / u
    low = n_c / (classified + missing) / share
    high = (n_c + missing) / (classified + missing) / share
    return {
        "representation_ratio": n_c / classified / share,
        "ratio_low": low,
        "ratio_high": high,
        "parity_gap_points": 100 * (n_c / classified - share),
        "reading": _reading(n_c, classified, missing, u_c, u),
    }


def _reading(n_c: int, classified: int, missing: int, u_c: int, u: int) -> str:
    """Compared in whole numbers: a rounding error must not turn parity into a finding.

    No reading under ten members, nor where parity would be less than one member: there one more or less decides.
    """
    if classified + missing < MIN_MEMBERS_FOR_INTERVAL or classified * u_c < u:
        return "cannot_tell"
    parity = (classified + missing) * u_c
    if n_c * u > parity:
        return "over"
    return "under" if (n_c + missing) * u < parity else "cannot_tell"


def _interval(classified: int, u_c: int, u: int) -> Row:
    """The range of the ratio under the chance model; none where numbers are too small for it to say anything."""
    if not MIN_MEMBERS_FOR_INTERVAL <= classified <= u or u_c < MIN_CLASS_FOR_INTERVAL:
        return {}
    low, high = hypergeometric_quantiles(u, u_c, classified)
    at_parity = classified * u_c / u
    return {"interval_low": low / at_parity, "interval_high": high / at_parity, "interval_model": INTERVAL_MODEL}
