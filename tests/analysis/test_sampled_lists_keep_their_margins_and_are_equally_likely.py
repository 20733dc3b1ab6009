"""The sampler against all lists with the observed margins, counted one by one; and what it promises of any table."""

from collections import Counter
from collections.abc import Callable
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from analysis.incidence_maker import EXTREMES, Matrix, lists_of, random_table
from citynet.analysis.fastball import walk
from citynet.analysis.fixed_margins import named_generator, sample_fixed_margins
from citynet.analysis.incidence import Eligible, Incidence, incidence, shared_counts, within_parents

SMALL = np.array([[1, 1, 0, 0, 1, 0], [0, 1, 1, 0, 0, 1], [1, 0, 0, 1, 0, 0]])
RING = np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]])
"""Each network may have any place but one; only three at once can hand on."""
CHILD = np.array([[1, 1, 1, 1, 0, 0], [1, 0, 1, 0, 0, 0], [0, 1, 0, 0, 1, 1]])
"""The members of the second network must belong to the first."""
STRANGER = np.array([[1, 1, 1, 0, 0], [0, 1, 0, 1, 0], [1, 0, 0, 0, 1], [0, 0, 1, 1, 0]])
"""The same, where the second has a member that does not belong."""


def all_tables(table: Matrix, may: Matrix, countries: Matrix) -> list[Matrix]:
    """Every table with the same sizes by country, the same memberships and no cell that may not be."""
    rows = []
    for row, open_cells in zip(table, may, strict=True):
        drawn = [np.isin(np.arange(len(row)), chosen) for chosen in combinations(np.flatnonzero(open_cells), int(row.sum()))]
        by_country = np.bincount(countries, weights=row)
        rows.append([one for one in drawn if np.array_equal(np.bincount(countries, weights=one), by_country)])
    tables = (np.stack(one).astype(np.int64) for one in product(*rows))
    return [one for one in tables if np.array_equal(one.sum(axis=0), table.sum(axis=0))]


def within(table: Matrix, first: Matrix, nested: list[tuple[int, int]]) -> bool:
    """Whether each child has as strangers to its parent those whom it had before, and nobody else."""
    return all(np.array_equal(table[child] & ~table[parent] & 1, first[child] & ~first[parent] & 1) for child, parent in nested)


def steps(table: Incidence, memberships: Matrix, seed: str) -> Callable[[Matrix], int]:
    """The compiled walk: lists, changed in place by five steps -> 1, or 0 where a place has other than its memberships."""
    begin, chance = np.concatenate([[0], np.cumsum(memberships)]), named_generator(seed)
    shape = len(table.networks), len(table.networks)
    sums = [np.zeros((1, *shape), np.int64) for _ in range(2)] + [np.zeros(shape, np.int64) for _ in range(2)]
    rules = table.start, table.country, table.pattern, table.allowed, table.nested, begin, shared_counts(table)
    rings = len(table.nested) > 0 or not table.allowed.all()
    return lambda members: int(walk(members, *rules, np.zeros(1, np.int64), 5, rings, chance, *sums))


@pytest.mark.parametrize(
    ("table", "may", "countries"),
    [
        (SMALL, np.ones((3, 6), int), np.zeros(6, int)),
        (SMALL, np.ones((3, 6), int), np.array([0, 0, 0, 1, 1, 1])),
        (SMALL, np.array([[1] * 6, [0, 1, 1, 1, 1, 1], [1, 1, 0, 1, 0, 0]]), np.zeros(6, int)),
        (RING, 1 - np.eye(3, dtype=int), np.zeros(3, int)),
    ],
    ids=["free", "within country", "some may not join", "only rings of three"],
)
def test_all_lists_with_the_same_margins_come_up_equally_often(table: Matrix, may: Matrix, countries: Matrix) -> None:
    names = [f"p{n:02}" for n in range(table.shape[1])]
    known = Eligible(names, [f"C{c}" for c in countries], {f"n{a:02}": row.astype(bool) for a, row in enumerate(may)})
    found = incidence(lists_of(table), known)
    possible, members = all_tables(table, may, countries), found.members.copy()
    step, came = steps(found, found.memberships, "equally often"), Counter[tuple[int, ...]]()
    for _ in range(200 * len(possible)):
        assert step(members) == 1
        came[tuple(members.tolist())] += 1
    assert len(came) == len(possible) > 1
    assert chisquare(list(came.values())).pvalue > 0.001


@pytest.mark.parametrize("countries", [np.zeros(6, int), np.array([0, 0, 0, 1, 1, 1])], ids=["free", "within country"])
@pytest.mark.parametrize("table", [CHILD, STRANGER], ids=["all belong", "one does not"])
def test_whoever_must_belong_is_drawn_from_the_drawn_list_and_all_such_lists_come_up(table: Matrix, countries: Matrix) -> None:
    nested, countries = [(1, 0)], countries[: table.shape[1]]
    names, belongs = [f"p{n:02}" for n in range(table.shape[1])], {f"n{c:02}": [f"n{p:02}"] for c, p in nested}
    found = incidence(lists_of(table), Eligible(names, [f"C{c}" for c in countries], belongs=belongs))
    assert found.nested.tolist() == [list(pair) for pair in nested]
    every = all_tables(table, np.ones_like(table), countries)
    possible, members = [one for one in every if within(one, table, nested)], found.members.copy()
    assert 1 < len(possible) < len(every) or countries.any()
    step, came = steps(found, found.memberships, "belonging"), Counter[tuple[int, ...]]()
    for _ in range(200 * len(possible)):
        assert step(members) == 1
        came[tuple(members.tolist())] += 1
    assert len(came) == len(possible)
    assert chisquare(list(came.values())).pvalue > 0.001


@settings(max_examples=60)
@given(st.integers(3, 7), st.integers(2, 20), st.integers(0, 1000), st.booleans())
def test_no_sample_has_a_member_that_must_belong_elsewhere_and_does_not(networks: int, places: int, seed: int, chain: bool) -> None:
    """Of a chain of three networks, or two children of one, some members of which do not belong from the beginning."""
    chance, table = np.random.default_rng(seed), random_table(networks, places, seed)
    nested = [(1, 0), (2, 1 if chain else 0)]
    for child, parent in nested:
        table[child] &= table[parent] | (chance.random(places) < 0.1)
    belongs = {f"n{child:02}": [f"n{parent:02}"] for child, parent in nested}
    found = incidence(lists_of(table), Eligible([f"p{n:02}" for n in range(places)], ["XX"] * places, belongs=belongs))
    members, step = found.members.copy(), steps(found, found.memberships, f"belonging {seed}")
    for _ in range(30):
        assert step(members) == 1
        drawn = np.zeros_like(table)
        drawn[np.repeat(np.arange(networks), found.sizes), members] = 1
        assert within(drawn, table, nested)
    sampled = sample_fixed_margins(found, "belonging", within_country=False, samples=20)
    for child, parent in nested:
        beyond = int((table[child] & ~table[parent] & 1).sum())
        assert sampled.mean[min(child, parent), max(child, parent)] == table[child].sum() - beyond


def test_models_that_draw_each_network_apart_take_the_other_list_as_it_stands() -> None:
    found = incidence(lists_of(STRANGER), Eligible([f"p{n:02}" for n in range(5)], ["XX"] * 5, belongs={"n01": ["n00", "elsewhere"]}))
    may = within_parents(found).allowed[within_parents(found).pattern]
    assert may[:, 1].tolist() == [True, True, True, True, False]
    assert may[:, [0, 2, 3]].all()
    assert within_parents(table := incidence(lists_of(STRANGER))) is table


@pytest.mark.parametrize("within_country", [False, True])
def test_p_is_that_of_counting_all_lists(within_country: bool) -> None:
    countries = np.array([0, 0, 0, 1, 1, 1])
    possible = all_tables(SMALL, np.ones((3, 6), int), countries if within_country else np.zeros(6, int))
    table = incidence(lists_of(SMALL, [f"C{c}" for c in countries]))
    sampled = sample_fixed_margins(table, "counting", within_country=within_country, samples=4000)
    shared = [one @ one.T for one in possible]
    for a, b in ((0, 1), (0, 2), (1, 2)):
        observed = (SMALL @ SMALL.T)[a, b]
        exact = np.mean([one[a, b] >= observed for one in shared])
        assert sampled.at_least[a, b] / 4000 == pytest.approx(exact, abs=0.03)
        assert sampled.mean[a, b] == pytest.approx(np.mean([one[a, b] for one in shared]), abs=0.05)
        assert sampled.deviation[a, b] == pytest.approx(np.std([one[a, b] for one in shared]), abs=0.05)
        assert 0.99 < sampled.r_hat[a, b] < 1.02
        assert 1500 < sampled.effective[a, b] <= 4000
    assert sampled.moved > 0.1


@settings(max_examples=60)
@given(st.integers(2, 8), st.integers(2, 25), st.integers(0, 1000), st.booleans())
def test_any_table_keeps_its_margins_its_countries_and_who_may_join(networks: int, places: int, seed: int, within: bool) -> None:
    """The sampler itself compares every sample with the observed margins; here its ends are read once more from outside."""
    chance = np.random.default_rng(seed)
    table = random_table(networks, places, seed)
    may = (chance.random(table.shape) < 0.8) | (table == 1)
    countries = [f"C{c}" for c in chance.integers(0, 3, places)]
    known = Eligible([f"p{n:02}" for n in range(places)], countries, {f"n{a:02}": row for a, row in enumerate(may)})
    found = incidence(lists_of(table, countries), known)
    sampled = sample_fixed_margins(found, "margins", within_country=within, samples=50, steps=2)
    assert sampled.samples == 50
    upper = np.triu_indices(networks, 1)
    assert np.all(sampled.at_least[upper] + sampled.at_most[upper] >= 50)
    assert np.all(sampled.mean[upper] <= np.minimum.outer(table.sum(axis=1), table.sum(axis=1))[upper])


@pytest.mark.parametrize("name", ["everyone in everything", "perfectly nested", "nobody anywhere"])
def test_where_nothing_can_vary_every_sample_is_the_observed_one(name: str) -> None:
    table = incidence(lists_of(EXTREMES[name]))
    sampled = sample_fixed_margins(table, "fixed", within_country=False, samples=50)
    upper = np.triu_indices(len(table.networks), 1)
    assert set(sampled.at_least[upper]) == set(sampled.at_most[upper]) == {50}
    assert (sampled.moved, float(sampled.deviation.max())) == (0, 0)
    assert np.array_equal(sampled.mean[upper], shared_counts(table)[upper])


def test_the_same_name_gives_the_same_samples_and_another_name_others() -> None:
    table = incidence(lists_of(random_table(6, 40, 3)))
    one, same, other = (sample_fixed_margins(table, seed, within_country=False, samples=200) for seed in ("a", "a", "b"))
    assert np.array_equal(one.mean, same.mean)
    assert not np.array_equal(one.mean, other.mean)


def test_lists_with_other_memberships_than_observed_are_told() -> None:
    """Wrong numbers of memberships stand for any fault of the walk."""
    table = incidence(lists_of(SMALL))
    assert steps(table, table.memberships, "told")(table.members.copy()) == 1
    assert steps(table, table.memberships[::-1], "told")(table.members.copy()) == 0
