"""How memberships are spread over municipalities: measures against published values, counting and networkx; bounds against every way."""

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations_with_replacement

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.list_maker import members
from citynet.analysis.connectivity_concentration import connectivity_concentration
from citynet.analysis.core_periphery import innermost_core
from citynet.analysis.inequality import Bounded, gini, hhi, mean, with_at_least, with_memberships
from citynet.model import Row
from citynet.pipelines.outside import PROJECT
from citynet.publishing.phrases import forbidden_in

AS_OF = "2022-09-27"
COUNTS = st.lists(st.integers(1, 5), min_size=1, max_size=6)


def by_differences(counts: Sequence[int]) -> float:
    """Gini as half the relative mean absolute difference."""
    return sum(abs(a - b) for a in counts for b in counts) / (2 * len(counts) * sum(counts))


def every_way(counts: Sequence[int], names: int) -> Iterator[list[int]]:
    """Each name is one of the municipalities, one not seen before (of which several may be the same), or none."""
    for owners in combinations_with_replacement(range(len(counts) + names + 1), names):
        filled = [*counts, *[0] * (names + 1)]
        for owner in owners:
            filled[owner] += 1
        yield [count for count in filled[:-1] if count]


def test_gini_of_one_to_n_and_of_equal_ones() -> None:
    assert gini(range(1, 11)).value == pytest.approx(9 / 30)  # (n - 1) / 3n
    assert gini([3] * 7).value == pytest.approx(0)
    assert gini([5]).value == pytest.approx(0)


def test_hhi_of_the_merger_guidelines_example() -> None:
    """Four firms with 30, 30, 20 and 20 percent have 2,600 points of 10,000 (US Horizontal Merger Guidelines)."""
    assert hhi([30, 30, 20, 20]).value == pytest.approx(0.26)
    assert hhi([2, 2, 2, 2]).value == pytest.approx(0.25)


@given(COUNTS)
def test_gini_is_half_the_relative_mean_difference(counts: list[int]) -> None:
    assert gini(counts).value == pytest.approx(by_differences(counts))


@given(COUNTS, st.integers(0, 3))
def test_whatever_open_names_are_the_measures_lie_within_their_bounds(counts: list[int], names: int) -> None:
    measures: dict[str, Callable[..., Bounded]] = {"gini": gini, "hhi": hhi, "mean": mean}
    bounds = {name: measure(counts, names) for name, measure in measures.items()}
    for filled in every_way(counts, names):
        for name, measure in measures.items():
            assert bounds[name].low - 1e-9 <= measure(filled).value <= bounds[name].high + 1e-9, (name, filled)


@given(COUNTS, st.integers(0, 3), st.integers(1, 6))
def test_bounds_of_the_distribution_are_reached_and_never_passed(counts: list[int], names: int, number: int) -> None:
    exactly, at_least = with_memberships(counts, number, 99, names), with_at_least(counts, number, 99, names)
    ways = list(every_way(counts, names))
    assert max(filled.count(number) for filled in ways) == exactly.high
    assert min(filled.count(number) for filled in ways) == exactly.low
    assert max(sum(count >= number for count in filled) for filled in ways) == at_least.high
    assert at_least.low == at_least.value


def test_hhi_reaches_its_bounds() -> None:
    assert hhi([2, 1], 2) == Bounded(5 / 9, 7 / 25, 17 / 25)


def test_nobody_is_in_more_networks_than_there_are() -> None:
    assert with_memberships([2, 2, 1], 2, 2, 5) == Bounded(2, 2, 5)
    assert with_at_least([2, 2, 1], 3, 2, 5) == Bounded(0, 0, 0)


@given(st.dictionaries(st.sampled_from("ABCDE"), st.frozensets(st.sampled_from("uvwxyz")), max_size=5))
def test_the_core_is_that_of_networkx(lists: dict[str, frozenset[str]]) -> None:
    graph = nx.Graph([(network, place) for network, places in lists.items() for place in places])
    core = innermost_core(lists)
    if not graph:
        assert core is None
        return
    numbers = nx.core_number(graph)
    assert core is not None
    assert core.k == max(numbers.values())
    assert core.networks | core.municipalities == {node for node, k in numbers.items() if k == core.k}


def test_measures_agree_with_counting_and_networkx_on_the_table_of_the_2018_report() -> None:
    """29 cities by nine networks: a reference to compute with, never a list that figures stand on."""
    with (PROJECT / "include/literature/oomen_2018_table1.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    networks = [column for column in table[0] if {row[column] for row in table} == {"yes", "no"} and column != "capital"]
    lists = {network: frozenset(row["city"] for row in table if row[network] == "yes") for network in networks}
    counts = [sum(row[network] == "yes" for network in networks) for row in table]
    graph = nx.Graph([(network, city) for network, cities in lists.items() for city in cities])
    core = innermost_core(lists)
    assert (len(networks), len(counts)) == (9, 29)
    assert gini(counts).value == pytest.approx(by_differences(counts))
    assert hhi(counts).value == pytest.approx(sum((count / sum(counts)) ** 2 for count in counts))
    assert core is not None
    assert core.networks | core.municipalities == set(nx.k_core(graph))


def rows_of(*lists: object, families: dict[str, str] | None = None, **more: object) -> dict[tuple[str, str], Row]:
    pool = {"core_or_component": [m.network_id for m in lists]}  # type: ignore[attr-defined]
    rows = connectivity_concentration(lists, families or {}, pool, AS_OF, **more)  # type: ignore[arg-type]
    return {(str(row["measure"]), str(row["counted_by"])): row for row in rows}


def test_families_are_counted_once_and_dates_and_universe_stand_on_every_row() -> None:
    rows = rows_of(
        members("eurocities", ["ghent", "riga"], "2022-01-01"),
        members("integrating_cities", ["ghent"], "2022-02-01"),
        members("pact", ["ghent", "oslo"]),
        families={"integrating_cities": "eurocities", "eurocities": "eurocities"},
    )
    assert rows["municipalities_in_3", "networks"]["value"] == 1
    assert rows["municipalities_in_3_or_more", "families"]["value"] == 0
    assert rows["municipalities_in_2", "families"]["value"] == 1
    for row in rows.values():
        assert (row["lists_from"], row["lists_to"], row["networks_observed"]) == ("2021-09-16", "2022-02-01", 3)
        assert (row["n_places"], row["relevance"]) == (3, "core_or_component")
        assert row["universe"]
        assert row["low"] == row["value"] == row["high"]
        assert forbidden_in(f"{row['universe']} {row['note']}") == []


def test_a_partial_list_stands_beside_and_never_in_the_figure() -> None:
    rows = rows_of(
        members("pact", ["ghent", "oslo"]), members("eccar", ["ghent", "riga"], complete=False), members("old", ["x"], "2010-01-01")
    )
    found = rows["municipalities_in_2_or_more", "networks"]
    assert (found["value"], found["with_partial_lists"], found["networks_observed"], found["networks_partial"]) == (0, 1, 1, 1)
    beside = {measure for (measure, _), row in rows.items() if row["with_partial_lists"] is not None}
    assert beside == {"municipalities_in_2_or_more", "municipalities_in_3_or_more", "core_k"}


def test_ties_at_the_border_of_the_tenth_are_a_band() -> None:
    towns = [f"town{number}" for number in range(10)]
    rows = rows_of(members("a", towns), members("b", towns[:3]), members("c", towns[:1]), members("d", towns[1:2]))
    held = [rows[measure, "networks"]["value"] for measure in ("share_above_border_of_top_decile", "share_of_top_decile")]
    assert (*held, rows["share_with_border_of_top_decile", "networks"]["value"]) == (0, 3 / 15, 6 / 15)


def test_open_names_leave_the_core_without_an_upper_bound() -> None:
    rows = rows_of(members("a", ["x", "y"], unresolved=1), members("b", ["x", "y"]))
    core = rows["core_k", "networks"]
    assert (core["value"], core["low"], core["high"]) == (2, 2, None)
    assert "not computed" in str(core["note"])


def test_everyone_in_everything_and_nobody_anywhere() -> None:
    rows = rows_of(*(members(name, ["x", "y", "z"]) for name in "abc"))
    assert rows["gini", "networks"]["value"] == pytest.approx(0)
    assert rows["hhi", "networks"]["value"] == pytest.approx(1 / 3)
    assert (rows["core_k", "networks"]["value"], rows["periphery_municipalities", "networks"]["value"]) == (3, 0)
    assert rows_of(members("a", [])) == {}
    assert rows_of() == {}
