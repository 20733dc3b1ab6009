"""The family of tests, the columns it fills in network_overlap, and what planted and unplanted overlaps come to."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.incidence_maker import EXTREMES, lists_of, random_table, table1
from analysis.list_maker import contract, members
from citynet.analysis import given_memberships
from citynet.analysis.incidence import Eligible, incidence, shared_counts
from citynet.analysis.lists import MemberList
from citynet.analysis.null_models import MOST_NETWORKS, NULL_MODELS, OverlapTests, overlap_tests
from citynet.analysis.overlap import network_overlap
from citynet.analysis.tails import poisson_binomial_tails
from citynet.model import Row

AS_OF = "2021-12-31"
SAMPLES = 400


def numbered(network_id: str, first: int, count: int, date: str = "2021-09-16", **more: object) -> MemberList:
    places = [f"p{n:03}" for n in range(first, first + count)]
    return replace(members(network_id, places, date, countries=dict.fromkeys(places, "AA")), **more)


def with_tests(lists: list[MemberList], related: set[frozenset[str]] | None = None, **more: object) -> tuple[OverlapTests, dict[str, Row]]:
    """The tests, and the rows of network_overlap by "a b"."""
    tests = overlap_tests(lists, related or set(), AS_OF, samples=SAMPLES, **more)  # type: ignore[arg-type]
    rows = network_overlap(lists, related or set(), AS_OF, tests=tests)
    return tests, {f"{row['network_a']} {row['network_b']}": row for row in rows}


def test_a_tested_pair_fills_all_columns_of_the_contract_and_has_no_reason() -> None:
    lists = [numbered("a", 0, 20), numbered("b", 10, 20), numbered("c", 0, 40), numbered("d", 25, 12)]
    tests, rows = with_tests(lists)
    row = rows["a b"]
    assert list(row) == list(contract("network_overlap"))
    assert row["not_computed_because"] is None
    assert [name for name, value in row.items() if value is None] == ["not_computed_because"]
    assert row["p_method"] == "hypergeometric: exact; fixed_margins: samples; fixed_margins_country: samples; bicm: poisson_binomial"
    others = "other chance models: those on any list of the family of tests, each in networks that it may join"
    listed = "the union of the two lists; hypergeometric model: 40 municipalities listed by any network given"
    assert str(row["universe"]).endswith(f"{listed}; {others}")
    assert (row["shared"], row["expected_hypergeometric"]) == (10, 10.0)
    assert set(tests.lower["a", "b"]) == {f"p_lower_{model}" for model in NULL_MODELS}
    figures = [[row[f"{figure}_{m}"] for figure in ("p", "q", "q_by")] for m in NULL_MODELS for row in rows.values()]
    assert all(p <= q <= q_by <= 1 for p, q, q_by in figures if p is not None)  # type: ignore[operator]
    assert tests.tested.keys() == set(NULL_MODELS)
    assert str(rows["a c"]["not_computed_because"]).startswith("what the two share is settled by")  # c has all 40 municipalities


def test_the_family_is_complete_unrelated_lists_of_ten_members_and_the_others_say_why_not() -> None:
    lists = [
        numbered("a", 0, 20),
        numbered("b", 10, 20),
        numbered("child", 0, 15),
        numbered("part", 0, 20, complete=False),
        numbered("old", 0, 20, "2020-08-01"),
        numbered("short", 0, 9),
    ]
    tests, rows = with_tests(lists, {frozenset(("a", "child"))})
    assert tests.family.pairs == (("a", "b"), ("b", "child"))
    assert [found.network_id for found in tests.family.lists] == ["a", "b", "child", "short"]
    told = "2 unrelated pairs of 3 networks with complete lists of 2021-09-16 to 2021-09-16, at least 10 municipalities each and"
    assert tests.family.stated(tests.family.pairs) == f"Family of tests: {told} at most 10 % of names not matched."
    reasons = {pair: row["not_computed_because"] for pair, row in rows.items()}
    assert reasons["a child"] == "related networks, nested by rule: no test"
    assert reasons["a part"] == "part: list of 2021-09-16 is partial"
    assert reasons["a old"] == "lists more than 12 months apart: 2021-09-16 and 2020-08-01"
    assert reasons["a short"] == "short: 9 members; chance models take at least 10"
    assert [pair for pair, row in rows.items() if row["p_bicm"] is not None] == ["a b", "b child"]


def test_of_dated_lists_the_year_with_most_tested_pairs_is_the_family() -> None:
    """Three lists of 2011 and two of 2021: the later pair is compared in the table, and stays untested."""
    lists = [numbered(name, 5 * n, 15, f"2011-0{n + 1}-01") for n, name in enumerate("abc")]
    lists += [numbered(name, 0, 15, "2021-01-01") for name in "de"]
    tests = overlap_tests(lists, set(), AS_OF, samples=SAMPLES, age_limit=False)
    assert tests.family.pairs == (("a", "b"), ("a", "c"), ("b", "c"))
    rows = network_overlap(lists, set(), AS_OF, age_limit=False, tests=tests)
    (late,) = (row for row in rows if row["network_a"] == "d")
    assert late["shared"] == 15
    assert late["not_computed_because"] == "outside the family of tests, which are lists of 2011-01-01 to 2011-03-01"


def test_a_network_that_stands_beside_is_untested_for_that_and_for_no_date() -> None:
    lists = [numbered("a", 0, 20), numbered("b", 10, 20)]
    tests = overlap_tests(lists, set(), AS_OF, samples=SAMPLES)
    rows = network_overlap([*lists, numbered("national", 0, 20)], set(), AS_OF, tests=tests)
    (row,) = (row for row in rows if (row["network_a"], row["network_b"]) == ("a", "national"))
    assert row["shared"] == 20
    assert str(row["not_computed_because"]).startswith("not both are among the networks tested together: national networks")


def test_a_pair_compared_at_its_newest_lists_is_never_tested_on_older_ones() -> None:
    lists = [numbered(name, 5 * n, 15, date) for n, name in enumerate("ab") for date in ("2020-12-01", "2021-12-01")]
    tests = overlap_tests([*lists, numbered("c", 10, 15, "2020-12-01")], set(), AS_OF, samples=SAMPLES)
    assert {found.list_date for found in tests.family.lists if found.network_id in "ab"} == {"2021-12-01"}
    assert ("a", "b") in tests.family.pairs


def test_without_two_lists_to_compare_there_is_no_test() -> None:
    tests, rows = with_tests([numbered("a", 0, 20), numbered("b", 0, 3)])
    assert (tests.figures, tests.mixing, tests.family.stated(())) == ({}, {}, "")
    assert (
        rows["a b"]["not_computed_because"]
        == "among the networks tested together no two complete, unrelated lists of one time have 10 members each"
    )


def test_a_table_of_very_many_networks_gets_the_hypergeometric_figures_and_says_so() -> None:
    lists = [numbered(f"n{n:03}", n, 10) for n in range(MOST_NETWORKS + 1)]
    tests = overlap_tests(lists, set(), AS_OF)
    (row,) = network_overlap(lists[:2], set(), AS_OF, tests=tests)
    assert row["p_hypergeometric"] is not None
    assert [row[f"p_{model}"] for model in NULL_MODELS[1:]] == [None] * 3
    assert (row["p_method"], tests.mixing) == ("hypergeometric: exact", {})
    assert row["not_computed_because"] == "more than 200 networks: of the chance models only the hypergeometric one"


def test_order_of_lists_changes_nothing() -> None:
    lists = lists_of(random_table(6, 80, 5, mean=0.6))
    one, other = (overlap_tests(given, set(), AS_OF, samples=SAMPLES) for given in (lists, lists[::-1]))
    assert (one.figures, one.lower, one.mixing) == (other.figures, other.lower, other.mixing)


def test_cities_that_join_everything_explain_away_what_list_sizes_do_not() -> None:
    """Thirty cities in most of eight networks, others in one: the naive test finds pairs, those that keep memberships find none."""
    chance = np.random.default_rng(4)
    table = (chance.random((8, 300)) < np.where(np.arange(300) < 30, 0.8, 0.06)).astype(np.int64)
    tests, _ = with_tests(lists_of(table))
    found = {model: sum(row[f"q_{model}"] <= 0.05 for row in tests.figures.values()) for model in NULL_MODELS}  # type: ignore[operator]
    assert found["hypergeometric"] > 20
    assert found["fixed_margins"] == found["fixed_margins_country"] == 0


def test_what_comes_from_the_same_countries_is_explained_within_country_only() -> None:
    """Four networks of one country and four of another: their twelve pairs at home share what any list from there shares."""
    chance = np.random.default_rng(5)
    at_home = np.arange(400) < 200
    table = (chance.random((8, 400)) < np.where(at_home == (np.arange(8) < 4)[:, None], 0.4, 0.01)).astype(np.int64)
    tests, _ = with_tests(lists_of(table, ["AA" if home else "BB" for home in at_home]))
    found = {model: sum(row[f"q_{model}"] <= 0.05 for row in tests.figures.values()) for model in NULL_MODELS}  # type: ignore[operator]
    assert found["fixed_margins"] == 12
    assert found["fixed_margins_country"] == 0


def test_a_planted_overlap_is_found_by_every_model_with_a_p_below_what_samples_can_tell() -> None:
    chance = np.random.default_rng(6)
    table = (chance.random((8, 400)) < 0.1).astype(np.int64)
    table[1] = np.where(chance.random(400) < 0.7, table[0], table[1])
    tests, rows = with_tests(lists_of(table))
    assert all(row[f"q_{model}"] <= 0.05 for model in NULL_MODELS for row in [tests.figures["n00", "n01"]])  # type: ignore[operator]
    assert rows["n00 n01"]["p_fixed_margins_country"] < 1 / (SAMPLES + 1)  # type: ignore[operator]
    assert "fixed_margins_country: poisson_binomial_given_memberships" in str(rows["n00 n01"]["p_method"])
    assert tests.lower["n00", "n01"]["p_lower_fixed_margins_country"] == 1


def test_the_tail_goes_on_where_the_samples_end() -> None:
    """On Table 1 both ways to p are near each other wherever there are samples enough for both."""
    lists = lists_of(table1())
    tests = overlap_tests(lists, set(), AS_OF, samples=4000)
    table = incidence(lists)
    pairs = np.array([[int(a[1:]), int(b[1:])] for a, b in tests.family.pairs], dtype=np.int64)
    count, chance = given_memberships.shared_chances(table, pairs, within_country=False)
    _, tail = poisson_binomial_tails(chance, count, shared_counts(table)[tuple(pairs.T)])
    sampled = np.array([row["p_fixed_margins"] for row in tests.figures.values()])
    assert np.all(tail > 0.5 * sampled)
    assert np.all(tail < 4 * sampled + 0.05)


@pytest.mark.parametrize("name", EXTREMES)
def test_extremes_give_figures_or_nothing_and_never_a_number_that_is_none(name: str) -> None:
    """Each extreme table three times as wide and tall, so that lists are long enough."""
    table = np.kron(EXTREMES[name], np.ones((1, 6), dtype=np.int64))
    tests, rows = with_tests(lists_of(table, ["AA", "BB"] * (table.shape[1] // 2)))
    for row in tests.figures.values():
        assert all(isinstance(value, str) or value is None or value == value for value in row.values())
        tested = [model for model in NULL_MODELS if row[f"p_{model}"] is not None]
        assert tested
        assert all(0 <= row[f"p_{model}"] <= row[f"q_{model}"] <= 1 for model in tested)  # type: ignore[operator]
        assert all(row[f"{figure}_{model}"] is None for model in {*NULL_MODELS} - {*tested} for figure in ("z", "q", "q_by"))
    if name == "everyone in everything":
        assert set(tests.tested.values()) == {()}
        assert "settled by who may join and by the sizes of the lists" in str(rows["n00 n01"]["not_computed_because"])
    if name in ("everyone in everything", "nobody anywhere"):
        assert tests.figures == {}


def test_a_pair_that_can_share_no_other_number_is_no_test_and_raises_nobody_elses_q() -> None:
    """Two lists that hold all who may join them share what they share; the q of the others is as if they were not there."""
    lists = [numbered("a", 0, 20), numbered("b", 10, 20), numbered("c", 15, 20)]
    everybody = [numbered("x", 50, 12), numbered("y", 50, 12)]
    places = [f"p{n:03}" for n in range(62)]
    inside = np.arange(62) < 50
    may = {name: inside for name in "abc"} | {name: ~inside for name in "xy"}
    known = Eligible(places, ["AA"] * 62, may)
    (few, _), (all_five, rows) = (with_tests(given, eligible=known) for given in (lists, [*lists, *everybody]))
    assert all_five.family.pairs == few.family.pairs == (("a", "b"), ("a", "c"), ("b", "c"))
    assert "settled by who may join" in str(rows["x y"]["not_computed_because"])
    assert (rows["x y"]["shared"], rows["x y"]["q_hypergeometric"]) == (12, None)
    assert [all_five.figures[pair]["q_hypergeometric"] for pair in few.figures] == [row["q_hypergeometric"] for row in few.figures.values()]


def test_a_list_with_over_a_tenth_of_its_names_open_is_not_tested_and_one_at_a_tenth_is() -> None:
    lists = [numbered("a", 0, 18, unresolved=2), numbered("b", 10, 20), numbered("open", 5, 17, unresolved=2)]
    tests, rows = with_tests(lists)
    assert tests.family.pairs == (("a", "b"),)
    told = "open: over 10 % of the names on the list not matched, no chance models"
    assert rows["b open"]["not_computed_because"] == f"open: 2 printed names not matched, so more may be shared; {told}"
    assert rows["a b"]["p_hypergeometric"] is not None
    assert "take each as a municipality on that list alone" in str(rows["a b"]["not_computed_because"])


def test_the_universe_says_where_who_may_join_is_not_known() -> None:
    known = Eligible([f"p{n:03}" for n in range(60)], ["AA"] * 60, assumed=frozenset("b"))
    _, rows = with_tests([numbered("a", 0, 20), numbered("b", 10, 20), numbered("c", 15, 20)], eligible=known)
    assumed = "; b: who may join is not known, taken as open to the countries on the list"
    assert [str(rows[pair]["universe"]).endswith(assumed) for pair in ("a b", "a c", "b c")] == [True, False, True]


def test_how_far_samples_had_come_to_rest_is_told_in_six_digits() -> None:
    tests, _ = with_tests(lists_of(random_table(6, 80, 5, mean=0.6)))
    for mixing in tests.mixing.values():
        told = [mixing.worst_r_hat, mixing.least_effective, mixing.median_effective, mixing.moved]
        assert [value for value in told if value is None or value != float(f"{value:.6g}")] == []


def test_members_outside_the_rules_count_as_let_in() -> None:
    lists = [numbered("a", 0, 20), numbered("b", 10, 20)]
    places = [f"p{n:03}" for n in range(100)]
    known = Eligible(places, ["AA"] * 100, {"a": np.arange(100) < 25})
    tests, rows = with_tests([numbered("a", 6, 24), lists[1]], eligible=known)
    assert tests.universe["a", "b"] == 30
    assert rows["a b"]["expected_hypergeometric"] == 16.0
