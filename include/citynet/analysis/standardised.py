"""Representation with the countries of the members held fixed: what remains of a ratio once fragmentation of countries is taken out.

Indirect standardisation: with N_k classified members in country k and the class's share s_k of that country's universe, E = sum of
N_k * s_k members of the class are expected; the standardised ratio is n_c / E. A country with many small municipalities and few
members no longer decides what "small" means for all the others.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from citynet.analysis.columns import STANDARDISED
from citynet.analysis.lists import MemberList, no_ratio_because
from citynet.analysis.representation import MIN_CLASS_FOR_INTERVAL, MIN_MEMBERS_FOR_INTERVAL, told
from citynet.analysis.strata import BY_COUNTRY, Counts, Strata
from citynet.model import Row

INTERVAL_MODEL = "hypergeometric within each country, 95 %: if membership were unrelated to class within countries"
_ONE_CLASS = "the classes are countries or groups of them: within a country there is one class only"

Placing = tuple[int, Fraction]
"""What one missing member would add: to the members of the class (0 or 1), and to those expected."""


@dataclass(frozen=True, slots=True)
class Members:
    """Where the members of a list lie. known: (country, class) -> members; missing: (country or "", class or "") -> members.

    Missing are unresolved names and members of which country or class is not known. Members in countries or classes that the
    universe does not hold are in neither.
    """

    known: Mapping[tuple[str, str], int]
    missing: Mapping[tuple[str, str], int]


def standardised(
    members: MemberList, classes: Mapping[str, str | None], strata: Strata, as_of: str, *, age_limit: bool = True
) -> list[Row]:
    """The STANDARDISED of one row a class, in the universe's order; arguments as of `representation`.

    The bounds are exact: over every way of placing the missing members in countries and classes that the universe has, or outside
    it. Fractions, so that parity is met exactly. The interval is of the members whose place is known.
    """
    reason = no_ratio_because(members, as_of, age_limit) or (_ONE_CLASS if strata.dimension in BY_COUNTRY else "")
    if reason:
        return [_without(reason) for _ in strata.counts]
    found = located(members, classes, strata)
    return [_row(found, strata, name) for name in strata.counts]


def located(members: MemberList, classes: Mapping[str, str | None], strata: Strata) -> Members:
    """The members of a list in the universe's countries and classes."""
    known, missing = Counter[tuple[str, str]](), Counter({("", ""): members.unresolved})
    countries = set(strata.countries)
    for place_id in members.municipality_ids:
        country, name = members.countries.get(place_id, ""), classes.get(place_id)
        if (country and country not in countries) or (name is not None and name not in strata.counts):
            continue
        into = known if country and name is not None else missing
        into[country, name or ""] += 1
    return Members(known, +missing)


def _row(members: Members, strata: Strata, name: str) -> Row:
    shares = _shares(strata.counts, name)
    of_country = Counter[str]()
    for (country, _), count in members.known.items():
        of_country[country] += count
    n_c = sum(count for (_, found), count in members.known.items() if found == name)
    expected = sum((count * shares[country] for country, count in of_country.items()), Fraction())
    if not expected:
        why = "no member has a known country and class" if not of_country else "no country of the members has this class"
        return _without(why)
    groups = [(_placings(shares, country, found, name), count) for (country, found), count in sorted(members.missing.items())]
    low, high = (_extreme(n_c, expected, groups, sign) for sign in (-1, 1))
    total = sum(of_country.values()) + sum(members.missing.values())
    row: Row = {
        "expected_standardised": float(expected),
        "ratio_standardised": float(n_c / expected),
        "ratio_standardised_low": float(low),
        "ratio_standardised_high": float(high),
        "reading_standardised": told(n_c, total, low > 1, high < 1, expected >= 1),
    }
    interval = _interval(strata, name, of_country) if strata.unit == "municipalities" else None
    if interval:
        at_parity = float(expected)
        row |= {"interval_standardised_low": interval[0] / at_parity, "interval_standardised_high": interval[1] / at_parity}
        row |= {"interval_standardised_model": INTERVAL_MODEL}
    return {**dict.fromkeys(STANDARDISED), **row}


def _shares(counts: Counts, name: str) -> dict[str, Fraction]:
    """Country -> the class's share of its universe."""
    totals = Counter[str]()
    for of_class in counts.values():
        totals.update(of_class)
    return {country: Fraction(counts[name].get(country, 0), total) for country, total in sorted(totals.items()) if total}


def _placings(shares: Mapping[str, Fraction], country: str, found: str, name: str) -> frozenset[Placing]:
    """What a missing member of a country and class ("" where not known) may add; outside the universe it adds nothing."""
    possible: set[Placing] = {(0, Fraction())}
    for share in (shares[country],) if country else shares.values():
        if share > 0 and found in ("", name):
            possible.add((1, share))
        if share < 1 and found != name:
            possible.add((0, share))
    return frozenset(possible)


def _extreme(n_c: int, expected: Fraction, groups: Iterable[tuple[frozenset[Placing], int]], sign: int) -> Fraction:
    """The smallest (sign -1) or largest (sign 1) ratio over all placings: Dinkelbach's algorithm for a ratio of two sums, exact."""
    groups = tuple(groups)
    ratio = n_c / expected
    while True:
        chosen = [(max(sorted(options), key=lambda option: sign * (option[0] - ratio * option[1])), count) for options, count in groups]
        above = n_c + sum(count * option[0] for option, count in chosen)
        found = above / (expected + sum((count * option[1] for option, count in chosen), Fraction()))
        if sign * (found - ratio) <= 0:
            return ratio
        ratio = found


def _interval(strata: Strata, name: str, of_country: Mapping[str, int]) -> tuple[int, int] | None:
    """The 2.5 % and 97.5 % quantile of the class's members if each country's were drawn from its universe; None where too few."""
    from numpy import array, convolve
    from scipy.stats import hypergeom  # type: ignore[import-untyped]

    totals = {country: sum(of.get(country, 0) for of in strata.counts.values()) for country in of_country}
    marked = strata.counts[name]
    if sum(of_country.values()) < MIN_MEMBERS_FOR_INTERVAL or sum(marked.values()) < MIN_CLASS_FOR_INTERVAL:
        return None
    if any(count > totals[country] for country, count in of_country.items()):
        return None
    chances = array([1.0])
    for country, count in sorted(of_country.items()):
        chances = convolve(chances, hypergeom.pmf(range(count + 1), totals[country], marked.get(country, 0), count))
    below = chances.cumsum()
    return int((below <= 0.025).sum()), int((below < 0.975).sum())


def _without(reason: str) -> Row:
    return {**dict.fromkeys(STANDARDISED), "standardised_not_computed_because": reason}
