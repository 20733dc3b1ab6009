"""Small worlds of municipalities for the tests of representation, access and size: made with a seed, so that each is the same always."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import exp, log2
from random import Random

from citynet.analysis.lists import MemberList
from citynet.analysis.size_and_membership import Municipalities, Subject
from citynet.analysis.strata import AT_LEAST_5000, Cell, Strata

Towns = Mapping[str, tuple[str, int]]
"""Municipality -> (country, residents)."""
ORDER = ("5-10k", "10-20k", "20-50k")


def towns(of_country: Mapping[str, int], seed: int = 1, spread: float = 1.2) -> Towns:
    """So many municipalities a country, of log-normal size from 5,000 residents."""
    chance = Random(seed)
    return {
        f"{country}{number}": (country, 5000 + int(exp(chance.gauss(9, spread))))
        for country, count in of_country.items()
        for number in range(count)
    }


def joined(found: Towns, slope: float, level: float = -3.0, seed: int = 2, country: Callable[[str], float] = lambda _: 0.0) -> list[str]:
    """Who joins if each doubling of residents adds `slope` to the log odds, at `level` with 16,384 residents."""
    chance = Random(f"joined {seed}")  # no seed of `towns`: one stream for sizes and for joining would tie them
    odds = {town: exp(level + country(of) + slope * (log2(residents) - 14)) for town, (of, residents) in found.items()}
    return [town for town in found if chance.random() < odds[town] / (1 + odds[town])]


def municipalities(found: Towns, capitals: Mapping[str, str] | None = None) -> Municipalities:
    return Municipalities({town: (country, residents) for town, (country, residents) in found.items()}, capitals or {})


def subject(found: Towns, network_id: str = "net") -> Subject:
    return Subject(network_id, f"Network {network_id}", frozenset(found), "municipalities of at least 5,000 residents in three countries")


def listed(found: Towns, ids: Sequence[str], network_id: str = "net", unresolved: int = 0, date: str = "2026-01-31") -> MemberList:
    places = frozenset(ids)
    countries = {place: found[place][0] for place in places if place in found}
    return MemberList(network_id, date, True, "current", places, places, unresolved, countries)


def universe(counts: Mapping[str, Mapping[str, int]], kind: str = AT_LEAST_5000, people: int = 1000) -> Strata:
    """A universe along size, class -> country -> municipalities, each of so many residents."""
    residents = {name: {country: people * count for country, count in of.items()} for name, of in counts.items()}
    return Strata(kind, "municipality_size_class", "municipalities of two countries", "made for this test", counts, residents)


def cells(countries: Sequence[str] = ("AT", "DE", "NO"), each: int = 4, people: int = 1000) -> list[Cell]:
    """The same number of municipalities in each size class, degree and country."""
    return [Cell(c, size, degree, each, each * people) for c, size, degree in product(countries, ORDER, ("1", "2", "3"))]
