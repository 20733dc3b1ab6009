"""Invented networks whose overlaps are known: some share members because one drew them from the other, all others only because their
members join generally or come from the same countries."""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from citynet.analysis.fixed_margins import named_generator
from citynet.analysis.incidence import Eligible
from citynet.analysis.lists import MemberList

DATE = "2026-11-23"
PLACES, COUNTRIES, NETWORKS = 1_500, 20, 30
REGIONS = 4
"""Groups of countries; a regional network has nearly all of its members in one of them."""
PLANTED = (0, 4, 10)
"""Pairs with planted overlap, in turn world by world: where none is, any finding is false."""
DRAWN = 0.4
"""The share of its members that the second network of a planted pair takes from the first, country for country."""


@dataclass(frozen=True)
class World:
    """One world. kinds: pair -> planted | country_only (two networks of one region) | degree_only (all others)."""

    lists: list[MemberList]
    eligible: Eligible
    kinds: dict[tuple[str, str], str]


def made_world(number: int) -> World:
    """The world of a number. A membership falls with odds = the network's times the city's times the network's in the city's country.

    Given list sizes by country and cities' memberships, all lists are then equally likely, which is what the chance model
    within country says; a third of the networks admit large cities only, and know it by their rules.
    """
    chance = named_generator(f"overlap world {number}")
    country = np.sort(chance.choice(COUNTRIES, PLACES, p=chance.dirichlet(np.full(COUNTRIES, 2.0))))
    joining = chance.normal(0, 1.3, PLACES)
    region = chance.integers(-REGIONS, REGIONS, NETWORKS)
    may = np.where(chance.random(NETWORKS)[:, None] < 1 / 3, chance.random(PLACES) < 0.6, True)
    inside = np.arange(COUNTRIES) % REGIONS == region[:, None]
    abroad = np.where(region[:, None] >= 0, np.where(inside, 1.5, -2.5), 0.0) + chance.normal(0, 0.4, (NETWORKS, COUNTRIES))
    size = np.clip(chance.lognormal(4.0, 0.9, NETWORKS), 15, 400)
    members = chance.random((NETWORKS, PLACES)) < _probabilities(joining + abroad[:, country], may, size)
    planted = chance.permutation(NETWORKS)[: 2 * PLANTED[number % len(PLANTED)]].reshape(-1, 2)
    for a, b in planted:
        _plant(members, may, a, b, country, chance)
    ids, names = [f"p{n:04}" for n in range(PLACES)], [f"n{n:02}" for n in range(NETWORKS)]
    empty = MemberList("", DATE, True, "current", frozenset(), frozenset(), 0)
    lists = [
        replace(empty, network_id=names[n], municipality_ids=frozenset(ids[p] for p in np.flatnonzero(members[n]))) for n in range(NETWORKS)
    ]
    kinds = {
        (names[a], names[b]): "country_only" if region[a] == region[b] >= 0 else "degree_only"
        for a in range(NETWORKS)
        for b in range(a + 1, NETWORKS)
    }
    kinds |= {(names[min(pair)], names[max(pair)]): "planted" for pair in planted.tolist()}
    return World(lists, Eligible(ids, [f"c{c:02}" for c in country], dict(zip(names, may, strict=True))), kinds)


def with_names_open(world: World, share: float, *, counted: bool = True) -> World:
    """The same lists where of each up to a share of the names has no place: those of the members on fewest lists, as small towns are.

    counted: whether the list says so; else the names are missing as if they had never been printed.
    """
    memberships = Counter(place for members in world.lists for place in members.municipality_ids)
    lists = []
    for members in world.lists:
        fewest = sorted(members.municipality_ids, key=lambda place: (memberships[place], place))
        lost = frozenset(fewest[: int(share * len(fewest))])
        lists.append(replace(members, municipality_ids=members.municipality_ids - lost, unresolved=len(lost) if counted else 0))
    return replace(world, lists=lists)


def _probabilities(effects: np.ndarray, may: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Probabilities of membership whose sums are the networks' sizes: each network's own effect by bisection."""
    low, high = np.full(len(size), -30.0), np.full(len(size), 30.0)
    for _ in range(60):
        middle = (low + high) / 2
        more = (may / (1 + np.exp(-(middle[:, None] + effects)))).sum(axis=1) > size
        low, high = np.where(more, low, middle), np.where(more, middle, high)
    return may / (1 + np.exp(-(low[:, None] + effects)))


def _plant(members: np.ndarray, may: np.ndarray, a: int, b: int, country: np.ndarray, chance: np.random.Generator) -> None:
    """Of b's members some leave for members of a in the same country that b lacks and admits."""
    for code in np.unique(country[members[b]]):
        leaving = chance.permutation(np.flatnonzero(members[b] & ~members[a] & (country == code)))
        coming = chance.permutation(np.flatnonzero(members[a] & ~members[b] & may[b] & (country == code)))
        swapped = min(round(DRAWN * (members[b] & (country == code)).sum()), len(leaving), len(coming))
        members[b, leaving[:swapped]] = False
        members[b, coming[:swapped]] = True
