"""Shared members of pairs of networks: what is given, what is left empty, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.list_maker import ICC_2010, PACT_2021, contract, members
from citynet.analysis.lists import within_months
from citynet.analysis.overlap import network_overlap
from citynet.model import Row

AS_OF = "2022-09-27"
RATIOS = ("jaccard", "overlap_coefficient", "containment_a", "containment_b")
IDS = st.frozensets(st.sampled_from("abcdefgh"))


def one(rows: list[Row]) -> Row:
    (row,) = rows
    return row


def test_two_complete_lists_give_shared_members_and_ratios_by_hand() -> None:
    row = one(network_overlap([members("pact", ["a", "b", "c", "d"]), members("icc", ["c", "d", "e"])], set(), AS_OF))
    assert (row["network_a"], row["network_b"], row["n_a"], row["n_b"]) == ("icc", "pact", 3, 4)
    assert (row["shared"], row["shared_at_least"]) == (2, 2)
    assert [row[name] for name in RATIOS] == [2 / 5, 2 / 3, 2 / 3, 2 / 4]
    assert row["universe"] == "municipalities listed by icc or pact"
    assert row["not_computed_because"] == "chance models are not computed in this release"


def test_the_columns_are_those_of_the_contract_in_its_order() -> None:
    assert list(one(network_overlap([members("a", []), members("b", [])], set(), AS_OF))) == list(contract("network_overlap"))


def test_a_partial_list_gives_a_lower_bound_and_nothing_else() -> None:
    row = one(network_overlap([members("icc", ["a", "b"]), members("pact", [*PACT_2021, "a"], complete=False)], set(), AS_OF))
    assert (row["n_a"], row["n_b"], row["shared"], row["shared_at_least"]) == (2, None, None, 1)
    assert [row[name] for name in RATIOS] == [None] * 4
    assert "pact: list of 2021-09-16 is partial" in str(row["not_computed_because"])


def test_a_sample_chosen_by_memberships_gives_not_even_a_lower_bound() -> None:
    sample = members("eccar", ["a", "b"], complete=False, use="replication_only")
    row = one(network_overlap([members("pact", ["a"]), sample], set(), AS_OF))
    assert [row[name] for name in ("shared", "shared_at_least", "n_a", *RATIOS)] == [None] * 7
    assert "sample chosen by number of memberships: replication only" in str(row["not_computed_because"])


@pytest.mark.parametrize(("date", "shared"), [("2020-09-16", 1), ("2020-09-15", None)])
def test_lists_more_than_twelve_months_apart_share_nothing_at_one_date(date: str, shared: int | None) -> None:
    row = one(network_overlap([members("pact", ["a", "b"]), members("icc", ["a"], date)], set(), "2021-09-30"))
    assert (row["shared"], row["shared_at_least"]) == (shared, shared)
    assert ("lists more than 12 months apart: 2020-09-15 and 2021-09-16" in str(row["not_computed_because"])) == (shared is None)


def test_a_list_of_2010_is_last_known_in_2022_and_out_of_current_figures() -> None:
    row = one(network_overlap([members("icc", ICC_2010, "2010-02-15"), members("pact", PACT_2021)], set(), AS_OF))
    assert (row["n_a"], row["n_b"], row["shared_at_least"]) == (None, 24, None)
    assert "icc: list of 2010-02-15 is last known, older than 18 months on 2022-09-27" in str(row["not_computed_because"])


def test_old_lists_of_one_time_are_compared_where_age_is_no_limit() -> None:
    old = [members("icc", ["a", "b"], "2010-02-15"), members("clip", ["b"], "2010-03-01")]
    assert one(network_overlap(old, set(), AS_OF, age_limit=False))["shared"] == 1
    assert one(network_overlap(old, set(), AS_OF))["shared"] is None


def test_related_networks_are_nested_by_rule_and_not_tested() -> None:
    pair = [members("eurocities", ["a", "b"]), members("solidarity_cities", ["a"])]
    row = one(network_overlap(pair, {frozenset(("eurocities", "solidarity_cities"))}, AS_OF))
    assert (row["nested_by_rule"], row["containment_b"]) == (True, 1.0)
    assert row["not_computed_because"] == "related networks, nested by rule: no test"


def test_unresolved_names_are_told_because_more_may_be_shared() -> None:
    row = one(network_overlap([members("a", ["x"], unresolved=2), members("b", ["x"])], set(), AS_OF))
    assert "a: 2 printed names not matched, so more may be shared" in str(row["not_computed_because"])


def test_nothing_over_nothing_is_not_known() -> None:
    assert [one(network_overlap([members("a", []), members("b", [])], set(), AS_OF))[name] for name in RATIOS] == [None] * 4


def test_two_lists_of_one_network_are_refused() -> None:
    with pytest.raises(ValueError, match="one list a network"):
        network_overlap([members("a", []), members("a", [])], set(), AS_OF)


@given(IDS, IDS, IDS)
def test_pairs_are_complete_sorted_and_independent_of_order(x: frozenset[str], y: frozenset[str], z: frozenset[str]) -> None:
    lists = [members("n3", x), members("n1", y), members("n2", z)]
    rows = network_overlap(lists, set(), AS_OF)
    assert [(row["network_a"], row["network_b"]) for row in rows] == [("n1", "n2"), ("n1", "n3"), ("n2", "n3")]
    assert rows == network_overlap(lists[::-1], set(), AS_OF)


@given(IDS, IDS)
def test_overlap_is_symmetric_and_bounded_and_its_ratios_agree(x: frozenset[str], y: frozenset[str]) -> None:
    row, turned = (one(network_overlap([members("a", p), members("b", q)], set(), AS_OF)) for p, q in ((x, y), (y, x)))
    for name in ("shared", "jaccard", "overlap_coefficient"):
        assert row[name] == turned[name]
    assert (row["containment_a"], row["containment_b"]) == (turned["containment_b"], turned["containment_a"])
    for name in RATIOS:
        value = row[name]
        assert value is None or (isinstance(value, float) and 0 <= value <= 1)
    if x and y:
        assert row["overlap_coefficient"] == max(len(x & y) / len(x), len(x & y) / len(y))
        assert (row["containment_a"] == 1) == (x <= y)


@pytest.mark.parametrize(("later", "within"), [("2022-02-28", True), ("2022-03-01", False)])
def test_months_are_counted_on_the_calendar_and_end_with_a_shorter_month(later: str, within: bool) -> None:
    assert within_months("2021-08-31", later, 6) == within_months(later, "2021-08-31", 6) == within
