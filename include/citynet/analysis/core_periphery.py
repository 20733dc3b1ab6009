"""The core of the two-mode graph of municipalities and networks, and the periphery around it."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

DEFINITION = (
    "k-core of the graph of municipalities and networks (Seidman 1983, Network structure and minimum degree, Social Networks 5): "
    "each municipality of the core is in at least k networks of the core and each of these has at least k municipalities of the core; "
    "k is the largest for which there is one; all others are the periphery"
)


@dataclass(frozen=True, slots=True)
class Core:
    """The innermost core, k at least 1 (everybody where nobody is in two networks that share others too)."""

    k: int
    municipalities: frozenset[str]
    networks: frozenset[str]


def innermost_core(members: Mapping[str, Set[str]]) -> Core | None:
    """Of network (or family) -> its municipalities; None where nobody is a member.

    Peels from k to k + 1 what has fewer neighbours than that, until nothing is left: what was left before is the core.
    """
    graph = {network: frozenset(places) for network, places in members.items() if places}
    found, k = None, 1
    while graph:
        found = Core(k, frozenset().union(*graph.values()), frozenset(graph))
        k += 1
        graph = _core(graph, k)
    return found


def _core(members: Mapping[str, frozenset[str]], k: int) -> dict[str, frozenset[str]]:
    """What is left if all with fewer than k neighbours go, and then all that have fewer than k for that, and so on."""
    graph = dict(members)
    while True:
        count: dict[str, int] = {}
        for places in graph.values():
            for place_id in places:
                count[place_id] = count.get(place_id, 0) + 1
        kept = {network: frozenset(p for p in places if count[p] >= k) for network, places in graph.items()}
        kept = {network: places for network, places in kept.items() if len(places) >= k}
        if kept == graph:
            return kept
        graph = kept
