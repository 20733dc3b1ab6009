"""The distributions behind the chance models against scipy, the package bicm and plain enumeration."""

import json
import os
import subprocess
import sys
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom, poisson_binom
from statsmodels.stats.multitest import multipletests

from analysis.incidence_maker import EXTREMES, Matrix, all_pairs, lists_of, random_table, table1
from citynet.analysis import configuration_model, given_memberships
from citynet.analysis.corrections import q_values
from citynet.analysis.incidence import Eligible, incidence, shared_counts
from citynet.analysis.null_models import bipartite_configuration, hypergeometric
from citynet.analysis.subsets import joint_inclusion
from citynet.analysis.tails import hypergeometric_tails, poisson_binomial_tails

TABLES = {"table 1": table1(), **{f"random {seed}": random_table(9, 40, seed) for seed in range(3)}, **EXTREMES}
BY_BICM = """
import json, sys
import numpy as np
from bicm import BipartiteGraph
found = []
for table in json.load(sys.stdin):
    graph = BipartiteGraph(np.array(table))
    graph.solve_tool(print_error=False, linsearch=False)
    found.append(graph.avg_mat.tolist())
print(json.dumps(found))
"""


def tidy(table: Matrix) -> Matrix:
    """Without empty rows and columns."""
    kept = table[table.sum(axis=1) > 0]
    return kept[:, kept.sum(axis=0) > 0]


def fitted(table: Matrix) -> np.ndarray:
    """Networks by places, from the classes of places."""
    found = incidence(lists_of(table))
    kinds = np.unique(found.memberships[found.memberships > 0])
    chance = np.hstack([configuration_model.chances(found), np.zeros((len(table), 1))])
    return chance[:, [int(np.searchsorted(kinds, joined)) if joined else -1 for joined in table.sum(axis=0)]]


def test_the_configuration_model_is_that_of_the_package_bicm() -> None:
    """In a process of its own, uncompiled: the package compiles anew in each process, which takes longer than its work here."""
    tables = [tidy(TABLES[name]) for name in ("table 1", "random 0", "random 1", "random 2", "identical networks")]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(
        [sys.executable, "-c", BY_BICM],
        input=json.dumps([table.tolist() for table in tables]),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    for table, theirs in zip(tables, json.loads(done.stdout.splitlines()[-1]), strict=True):
        assert np.allclose(fitted(table), theirs, atol=1e-6)


@pytest.mark.parametrize("name", TABLES)
def test_both_configuration_models_meet_their_margins(name: str) -> None:
    """Each network's size in the mean; where every margin is forced, nothing varies."""
    table = incidence(lists_of(TABLES[name]))
    for within in (False, True):
        chance = configuration_model.chances(table, within_country=within)
        assert np.all((chance >= 0) & (chance <= 1))
    both = np.stack([np.arange(len(table.networks))] * 2, axis=1)
    count, alone = given_memberships.shared_chances(table, both, within_country=False)
    assert np.allclose(alone @ count, table.sizes, atol=1e-6)
    if name in ("everyone in everything", "perfectly nested"):
        assert set(np.unique(configuration_model.chances(table))) <= {0.0, 1.0}


def test_where_rules_keep_places_out_the_models_give_them_nothing() -> None:
    table = random_table(5, 30, 7, mean=0.6)
    may = np.ones(table.shape, bool)
    may[0, 15:] = may[1, :10] = False
    table &= may
    known = Eligible([f"p{n:02}" for n in range(30)], ["AA"] * 12 + ["BB"] * 18, {f"n{a:02}": row for a, row in enumerate(may)})
    found = incidence(lists_of(table), known)
    count, shared = given_memberships.shared_chances(found, all_pairs(5), within_country=True)
    assert (shared @ count)[0] <= 5
    universe = 5
    row = hypergeometric(found, all_pairs(5))
    a, b = (table[n, 10:15].sum() for n in (0, 1))
    assert row.p[0] == pytest.approx(hypergeom.sf(table[0] @ table[1] - 1, universe, a, b), abs=1e-12)
    assert row.expected[0] == pytest.approx(a * b / universe)


@given(st.data())
def test_hypergeometric_tails_are_scipys(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 20_000))
    marked, drawn = data.draw(st.integers(0, size)), data.draw(st.integers(0, size))
    k = data.draw(st.integers(max(0, marked + drawn - size), min(marked, drawn)))
    lower, upper = hypergeometric_tails(*(np.array([x], dtype=np.int64) for x in (size, marked, drawn, k)))
    assert lower[0] == pytest.approx(hypergeom.cdf(k, size, marked, drawn), rel=1e-7, abs=1e-13)
    assert upper[0] == pytest.approx(hypergeom.sf(k - 1, size, marked, drawn), rel=1e-7, abs=1e-13)


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 12)), min_size=1, max_size=6), st.data())
def test_poisson_binomial_tails_are_scipys(classes: list[tuple[float, int]], data: st.DataObject) -> None:
    single = np.repeat([p for p, _ in classes], [n for _, n in classes])
    k = data.draw(st.integers(0, len(single)))
    chance, count = np.array([[p for p, _ in classes]]), np.array([n for _, n in classes], dtype=np.int64)
    lower, upper = poisson_binomial_tails(chance, count, np.array([k], dtype=np.int64))
    pmf = poisson_binom.pmf(np.arange(len(single) + 1), single)
    assert lower[0] == pytest.approx(pmf[: k + 1].sum(), abs=1e-9)
    assert upper[0] == pytest.approx(pmf[k:].sum(), abs=1e-9)


def test_a_tail_far_below_what_floats_can_subtract_is_still_right() -> None:
    """All of 40 places of probability 0.2 by one half: 0.1 to the 40th; and 30 places of 1,000 in hypergeometric lists of 30."""
    one, many = np.array([[0.1, 0.0]]), np.array([40, 1000], dtype=np.int64)
    assert poisson_binomial_tails(one, many, np.array([40]))[1][0] == pytest.approx(1e-40, rel=1e-9)
    _, upper = hypergeometric_tails(*(np.array([x]) for x in (1000, 30, 30, 30)))
    assert upper[0] == pytest.approx(hypergeom.pmf(30, 1000, 30, 30), rel=1e-6)


@given(st.lists(st.floats(0.01, 100), min_size=2, max_size=6), st.data())
def test_weighted_sets_are_those_of_enumeration(weights: list[float], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(weights)))
    whole, both = 0.0, np.zeros((len(weights), len(weights)))
    for chosen in combinations(range(len(weights)), size):
        product_of = float(np.prod([weights[n] for n in chosen]))
        whole += product_of
        both[np.ix_(chosen, chosen)] += product_of
    logarithm, found = joint_inclusion(np.array(weights), size, 1.0)
    assert logarithm == pytest.approx(np.log(whole), abs=1e-9)
    assert np.allclose(found, both / whole, atol=1e-9)


def test_given_memberships_the_model_weighs_each_citys_sets_of_networks() -> None:
    """Three networks, every city in two: a pair's mean is what the sizes leave, for there are as many equations as pairs."""
    table = np.array([[1, 1, 1, 0], [1, 1, 0, 1], [0, 0, 1, 1]])
    count, chance = given_memberships.shared_chances(incidence(lists_of(table)), all_pairs(3), within_country=False)
    assert (chance @ count).tolist() == pytest.approx([2, 1, 1])


@pytest.mark.parametrize("name", TABLES)
def test_expected_and_tails_of_the_configuration_model_add_up(name: str) -> None:
    table = incidence(lists_of(TABLES[name]))
    pairs = all_pairs(len(table.networks))
    model, shared, chance = bipartite_configuration(table, pairs), shared_counts(table), fitted(TABLES[name])
    for n, (a, b) in enumerate(pairs):
        single = chance[a] * chance[b]
        pmf = poisson_binom.pmf(np.arange(len(single) + 1), single)
        assert model.expected[n] == pytest.approx(single.sum(), abs=1e-6)
        assert model.p[n] == pytest.approx(pmf[shared[a, b] :].sum(), abs=1e-6)
        assert model.p_lower[n] == pytest.approx(pmf[: shared[a, b] + 1].sum(), abs=1e-6)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_q_values_are_those_of_statsmodels(p: list[float]) -> None:
    q, q_by = q_values(p)
    assert q == pytest.approx(multipletests(p, method="fdr_bh")[1])
    assert q_by == pytest.approx(multipletests(p, method="fdr_by")[1])


def test_a_family_of_none_has_no_q_values() -> None:
    assert q_values([]) == ((), ())


def test_every_pair_of_small_tables_has_hypergeometric_p_by_counting() -> None:
    """All lists of two and three members of five places, one by one."""
    draws = [np.isin(range(5), chosen) for chosen in combinations(range(5), 3)]
    for first, second in product(draws[:4], repeat=2):
        table = np.array([first, second]).astype(np.int64)
        places = Eligible([f"p{n:02}" for n in range(5)], ["XX"] * 5)
        model, shared = hypergeometric(incidence(lists_of(table), places), all_pairs(2)), first & second
        assert model.p[0] == pytest.approx(np.mean([(first & draw).sum() >= shared.sum() for draw in draws]))
        assert model.p_lower[0] == pytest.approx(np.mean([(first & draw).sum() <= shared.sum() for draw in draws]))
