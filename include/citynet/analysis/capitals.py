"""The capital beside the largest other city of its country: whether capitals join more than cities of about their size do."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import inf

from citynet.analysis.lists import MemberList


@dataclass(frozen=True, slots=True)
class Pair:
    """A country's capital and its largest other municipality, by residents. other_larger: the capital is known not to be the largest.

    sized: whether the residents of the capital are known; they are needed for other_larger alone.
    """

    country: str
    capital: str
    other: str
    other_larger: bool
    sized: bool = True


@dataclass(frozen=True, slots=True)
class SignTest:
    """Exact two-sided sign test over the pairs that differ.

    share: of the differing pairs those in which the capital has more; interval: Clopper-Pearson, 95 %, None where no pair differs;
    widest: the same over all placings of missing members, None where no pair could differ either.
    """

    pairs: int
    capital_more: int
    other_more: int
    share: float | None
    interval: tuple[float, float] | None
    widest: tuple[float, float] | None
    p: float | None


def capital_pairs(
    residents: Mapping[str, tuple[str, int | None]],
    capitals: Mapping[str, str],
    in_parts: AbstractSet[str] = frozenset(),
    at_least: Mapping[str, int] | None = None,
) -> tuple[Pair, ...]:
    """One pair a country, sorted. residents: municipality -> (country, residents); capitals: country -> municipality.

    Of equal size the first id. A capital of unknown size is a capital all the same; one alone in its country has no pair, nor has one
    of a country whose largest cities are listed by their parts alone (in_parts), where nobody can tell which is the largest other. Nor
    has one of unknown size that does not surely exceed the other (at_least): that may be the capital itself by another id.
    """
    bounds = at_least or {}
    largest: dict[str, tuple[int, str]] = {}
    for unit, (country, count) in sorted(residents.items()):
        if count is not None and unit != capitals.get(country) and count > largest.get(country, (-1, ""))[0]:
            largest[country] = (count, unit)
    pairs = []
    for country, capital in sorted(capitals.items()):
        own = residents.get(capital, (country, None))[1]
        if country not in largest or country in in_parts:
            continue
        count, other = largest[country]
        if own is not None or bounds.get(capital, inf) > count:
            pairs.append(Pair(country, capital, other, own is not None and count > own, own is not None))
    return tuple(pairs)


def with_unsized_capitals(pairs: Sequence[Pair], eligible: AbstractSet[str]) -> frozenset[str]:
    """Who may join, and the capitals of unknown size where the largest other city may: no rule of residents can be held against them."""
    return frozenset(eligible) | {pair.capital for pair in pairs if not pair.sized and pair.other in eligible}


def eligible_pairs(pairs: Sequence[Pair], eligible: AbstractSet[str]) -> tuple[Pair, ...]:
    """The pairs of which both cities may join."""
    return tuple(pair for pair in pairs if {pair.capital, pair.other} <= eligible)


def network_sign_test(pairs: Sequence[Pair], members: MemberList) -> SignTest:
    """Whether capitals are members of one network more often; each unresolved name may be any city of a pair that is not listed."""
    joined = {unit: int(unit in members.municipality_ids) for pair in pairs for unit in (pair.capital, pair.other)}
    return pooled_sign_test(pairs, joined, dict.fromkeys(joined, 1), members.unresolved)


def pooled_sign_test(pairs: Sequence[Pair], joined: Mapping[str, int], may_join: Mapping[str, int], missing: int) -> SignTest:
    """The same over the number of families that each city is in (joined), of those that it may join; missing: names without a place."""
    room = {unit: may_join.get(unit, 0) - joined.get(unit, 0) for pair in pairs for unit in (pair.capital, pair.other)}
    ahead = [(joined.get(pair.capital, 0) - joined.get(pair.other, 0), pair) for pair in pairs]
    differences = [difference for difference, _ in ahead]
    against = _reached([(difference, room[pair.other]) for difference, pair in ahead], missing)
    in_favour = _reached([(-difference, room[pair.capital]) for difference, pair in ahead], missing)
    return _tested(differences, [*against, *((capital, other) for other, capital in in_favour)])


def _reached(ahead: Sequence[tuple[int, int]], missing: int) -> Iterator[tuple[int, int]]:
    """How many pairs may be (ahead, behind) if missing members go to the cities behind, each filling one place of their room.

    ahead: by how much a city leads its pair, and the room of the other, which is no less (both may join the same number). Leads that
    cost least are undone first, then ties are turned.
    """
    leading, trailing = sum(lead > 0 for lead, _ in ahead), sum(lead < 0 for lead, _ in ahead)
    undone = sorted((lead, -room) for lead, room in ahead if lead > 0)
    ties = sum(lead == 0 and room > 0 for lead, room in ahead)
    for number in range(len(undone) + 1):
        left = missing - sum(lead for lead, _ in undone[:number])
        if left < 0:
            return
        turned = ties + sum(-room > lead for lead, room in undone[:number])
        yield leading - number, trailing + min(left, turned)


def _tested(differences: Sequence[int], reached: Sequence[tuple[int, int]]) -> SignTest:
    capital, other = sum(d > 0 for d in differences), sum(d < 0 for d in differences)
    p, share, interval = _exact(capital, other)
    ends = [found for found in (interval, *(_exact(*each)[2] for each in reached)) if found]
    widest = (min(low for low, _ in ends), max(high for _, high in ends)) if ends else None
    return SignTest(len(differences), capital, other, share, interval, widest, p)


def _exact(capital: int, other: int) -> tuple[float | None, float | None, tuple[float, float] | None]:
    """p of the two-sided binomial test of a half, the share, and its Clopper-Pearson interval."""
    from scipy.special import bdtr, betaincinv  # type: ignore[import-untyped]

    total = capital + other
    if total == 0:
        return None, None, None
    low = float(betaincinv(capital, other + 1, 0.025)) if capital else 0.0
    high = float(betaincinv(capital + 1, other, 0.975)) if other else 1.0
    return min(1.0, 2 * float(bdtr(min(capital, other), total, 0.5))), capital / total, (low, high)
