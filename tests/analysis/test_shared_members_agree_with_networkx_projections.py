"""Pair counts and ratios of network_overlap against networkx, on Table 1, on random tables and on extremes."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from networkx.algorithms import bipartite

from analysis.incidence_maker import EXTREMES, Matrix, lists_of, random_table, table1
from citynet.analysis.incidence import Eligible, incidence, jointly_eligible, jointly_eligible_members, shared_counts
from citynet.analysis.overlap import network_overlap

TABLES = {
    "table 1": table1(),
    **{f"random {seed}": random_table(12, 60, seed) for seed in range(4)},
    **{name: table for name, table in EXTREMES.items() if table.any()},
}


def projected(table: Matrix) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(f"n{a:02}" for a in range(len(table)))
    graph.add_edges_from((f"n{a:02}", f"p{p:02}") for a, p in zip(*np.nonzero(table), strict=True))
    return graph


@pytest.mark.parametrize("name", TABLES)
def test_shared_jaccard_and_overlap_coefficient_are_those_of_networkx(name: str) -> None:
    graph, rows = projected(TABLES[name]), network_overlap(lists_of(TABLES[name]), set(), "2021-09-16")
    networks = [node for node in graph if node.startswith("n")]
    counted = bipartite.weighted_projected_graph(graph, networks)
    ratios = {key: bipartite.overlap_weighted_projected_graph(graph, networks, jaccard=key == "jaccard") for key in ("jaccard", "overlap")}
    shared = shared_counts(incidence(lists_of(TABLES[name])))
    assert [(row["network_a"], row["network_b"]) for row in rows] == list(combinations(networks, 2))
    for row, (a, b) in zip(rows, combinations(range(len(networks)), 2), strict=True):
        edge = networks[a], networks[b]
        expected = counted.edges[edge]["weight"] if counted.has_edge(*edge) else 0
        assert (row["shared"], int(shared[a, b]), int(shared[b, a])) == (expected,) * 3
        for column, key in (("jaccard", "jaccard"), ("overlap_coefficient", "overlap")):
            if expected:
                assert row[column] == pytest.approx(ratios[key].edges[edge]["weight"], abs=1e-12)
            else:
                assert row[column] in (0, None)


def test_the_universe_of_a_pair_is_whoever_may_join_both() -> None:
    """A fourth network's rules are unknown: everybody may join it; p04 is none of the known places."""
    lists = lists_of(np.array([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]]))
    lists[0] = lists_of(np.array([[1, 1, 0, 0, 1]]), ["XX"] * 4 + ["US"])[0]
    known = Eligible(
        [f"p{n:02}" for n in range(4)],
        ["XX"] * 4,
        {"n00": np.array([True, True, False, False]), "n01": np.array([False, True, True, True]), "n02": np.array([False] * 4)},
    )
    table = incidence(lists, known)
    assert jointly_eligible(table).tolist() == [[3, 1, 0, 2], [1, 3, 1, 3], [0, 1, 1, 1], [2, 3, 1, 4]]
    assert jointly_eligible_members(table).tolist() == [[3, 1, 0, 2], [1, 2, 0, 2], [0, 1, 1, 1], [0, 0, 0, 0]]
    assert table.outside_rules == 1


def test_marks_that_do_not_fit_the_places_and_two_lists_of_a_network_are_refused() -> None:
    (one,) = lists_of(np.array([[1, 0]]))
    with pytest.raises(ValueError, match="n00: expected 2 marks of who may join, got 3"):
        incidence([one], Eligible(["p00", "p01"], ["XX", "XX"], {"n00": np.ones(3, bool)}))
    with pytest.raises(ValueError, match="one list a network, got two of n00"):
        incidence([one, one])
