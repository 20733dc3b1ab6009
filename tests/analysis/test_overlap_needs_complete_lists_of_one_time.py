"""Shared members of pairs of networks: what is given, what is left empty, and why."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.list_maker import ICC_2010, PACT_2021, contract, members
from citynet.analysis.lists import MemberList, compared_dates, newest_comparable, newest_lists, within_months
from citynet.analysis.overlap import network_overlap
from citynet.model import Row

AS_OF = "2022-09-27"
RATIOS = ("jaccard", "overlap_coefficient", "containment_a", "containment_b")
IDS = st.frozensets(st.sampled_from("abcdefgh"))
DATES = st.dates(date(2017, 1, 1), date(2021, 12, 31)).map(date.isoformat)
DATED = st.dictionaries(DATES, IDS, min_size=1, max_size=4)


def one(rows: list[Row]) -> Row:
    (row,) = rows
    return row


def test_two_complete_lists_give_shared_members_and_ratios_by_hand() -> None:
    row = one(network_overlap([members("pact", ["a", "b", "c", "d"]), members("icc", ["c", "d", "e"])], set(), AS_OF))
    assert (row["network_a"], row["network_b"], row["n_a"], row["n_b"]) == ("icc", "pact", 3, 4)
    assert (row["shared"], row["shared_at_least"]) == (2, 2)
    assert [row[name] for name in RATIOS] == [2 / 5, 2 / 3, 2 / 3, 2 / 4]
    assert row["universe"] == "municipalities listed by icc or pact: the union of the two lists"
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


@pytest.mark.parametrize(("earlier", "shared"), [("2020-09-16", 1), ("2020-09-15", None)])
def test_lists_more_than_twelve_months_apart_share_nothing_at_one_date(earlier: str, shared: int | None) -> None:
    row = one(network_overlap([members("pact", ["a", "b"]), members("icc", ["a"], earlier)], set(), "2021-09-30"))
    assert (row["shared"], row["shared_at_least"]) == (shared, shared)
    assert ("lists more than 12 months apart: 2020-09-15 and 2021-09-16" in str(row["not_computed_because"])) == (shared is None)


def test_a_release_that_shows_the_past_says_how_many_two_far_lists_both_name_and_no_more() -> None:
    lists = [members("pact", ["a", "b"]), members("icc", ["a"], "2010-02-28")]
    row = one(network_overlap(lists, set(), AS_OF, age_limit=False))
    assert row["shared_at_least"] == 1
    assert [row[name] for name in ("n_a", "n_b", "shared", *RATIOS)] == [None] * 7
    assert str(row["not_computed_because"]).startswith("lists more than 12 months apart: 2010-02-28 and 2021-09-16; ")


def test_of_dated_lists_the_newest_two_within_twelve_months_are_compared() -> None:
    """Städte Sicherer Häfen of June 2019 with Lower Saxony's Sichere Häfen: its newer list is over 12 months later."""
    lists = [
        members("sichere_haefen_niedersachsen", ["hildesheim", "hannover"], "2019-07-31"),
        members("sichere_haefen_niedersachsen", ["hannover"], "2020-06-15"),
        members("staedte_sicherer_haefen", ["hildesheim", "berlin"], "2019-06-14"),
    ]
    row = one(network_overlap(lists, set(), AS_OF, age_limit=False))
    assert (row["list_date_a"], row["list_date_b"], row["n_a"], row["shared"]) == ("2019-07-31", "2019-06-14", 2, 1)


@pytest.mark.parametrize(
    ("a", "b", "chosen"),
    [
        (["2019-01-01", "2020-01-01"], ["2019-06-01", "2021-06-01"], ("2020-01-01", "2019-06-01")),
        (["2018-01-01", "2020-01-01"], ["2018-03-01", "2018-05-01"], ("2018-01-01", "2018-05-01")),
        (["2020-01-01", "2020-02-01"], ["2020-01-01", "2020-02-01"], ("2020-02-01", "2020-02-01")),
        (["2020-01-01"], ["2021-01-02"], None),
        ([], ["2021-01-02"], None),
    ],
)
def test_the_latest_later_date_wins_then_the_latest_earlier_one(a: list[str], b: list[str], chosen: tuple[str, str] | None) -> None:
    assert newest_comparable([(day, day) for day in a], [(day, day) for day in b]) == (chosen and tuple((day, day) for day in chosen))


DAYS = st.lists(st.tuples(DATES, DATES).map(lambda days: (min(days), max(days))))


@given(DAYS, DAYS)
def test_the_chosen_lists_are_the_best_of_all_that_may_be_compared(a: list[tuple[str, str]], b: list[tuple[str, str]]) -> None:
    def ends(pair: tuple[tuple[str, str], tuple[str, str]]) -> tuple[str, str]:
        return max(pair[0][1], pair[1][1]), min(pair[0][1], pair[1][1])

    may = [(x, y) for x, y in product(a, b) if within_months(x[0], y[1], 12) and within_months(y[0], x[1], 12)]
    chosen = newest_comparable(a, b)
    assert (chosen is None) == (not may)
    if chosen:
        assert chosen in may
        assert ends(chosen) == max(map(ends, may))


def test_a_roughly_dated_list_is_compared_only_where_all_its_days_allow_it() -> None:
    rough = replace(members("shelter", ["a"], "2021-12-31"), list_from="2020-01-01")
    row = one(network_overlap([members("pact", ["a"], "2021-09-16"), rough], set(), AS_OF, age_limit=False))
    assert (row["shared"], row["shared_at_least"]) == (None, 1)
    assert "perhaps more than 12 months apart: 2021-09-16 and 2021-12-31 (or from 2020-01-01 on)" in str(row["not_computed_because"])
    near = replace(rough, list_from="2021-07-01")
    assert one(network_overlap([members("pact", ["a"], "2021-09-16"), near], set(), AS_OF, age_limit=False))["shared"] == 1


def test_an_old_list_is_never_taken_because_another_is_near_it() -> None:
    old = [members("icc", ["a"], "2020-02-28"), members("pact", ["a"], "2020-03-01"), members("pact", ["a"], "2022-09-01")]
    row = one(network_overlap(old, set(), AS_OF))
    assert (row["shared_at_least"], row["list_date_b"]) == (None, "2022-09-01")
    assert "icc: list of 2020-02-28 is last known" in str(row["not_computed_because"])


def test_a_list_that_names_no_members_gives_its_reason_and_never_nought_shared() -> None:
    partners = MemberList(
        "uia",
        "2021-10-01",
        True,
        "current",
        frozenset(),
        frozenset(),
        2,
        no_figure_because="lists project partners, which is no membership",
    )
    row = one(network_overlap([members("pact", ["a"]), partners], set(), AS_OF, age_limit=False))
    assert [row[name] for name in ("n_b", "shared", "shared_at_least", *RATIOS)] == [None] * 7
    assert (
        row["not_computed_because"] == "uia: lists project partners, which is no membership; chance models are not computed in this release"
    )


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


def test_two_lists_of_one_network_and_date_are_refused() -> None:
    with pytest.raises(ValueError, match="one list a network and date, got two of a, 2021-09-16"):
        network_overlap([members("a", []), members("a", [])], set(), AS_OF)


@given(DATED, DATED, st.booleans())
def test_dated_lists_give_no_ratio_beyond_twelve_months_nor_more_shared_than_a_list_has(
    x: dict[str, frozenset[str]], y: dict[str, frozenset[str]], age_limit: bool
) -> None:
    lists, turned = (
        [members(n, ids, day) for n, of in zip(names, (x, y), strict=True) for day, ids in of.items()] for names in ("ab", "ba")
    )
    row, other = (one(network_overlap(given, set(), "2021-12-31", age_limit=age_limit)) for given in (lists, turned))
    for name in ("n_a", "n_b", "list_date_a", "list_date_b", "containment_a", "containment_b"):
        assert row[name] == other[name[:-1] + {"a": "b", "b": "a"}[name[-1]]]
    assert [row[name] for name in ("shared", "shared_at_least", "jaccard")] == [
        other[name] for name in ("shared", "shared_at_least", "jaccard")
    ]
    a, b = x[str(row["list_date_a"])], y[str(row["list_date_b"])]
    assert row["shared_at_least"] in (None, len(a & b))
    if not within_months(str(row["list_date_a"]), str(row["list_date_b"]), 12):
        assert [row[name] for name in ("shared", *RATIOS)] == [None] * 5
        assert (row["shared_at_least"] is None) == age_limit
        assert age_limit or (row["n_a"], row["n_b"]) == (None, None)
    if row["shared"] is not None:
        assert len(a & b) == row["shared"] <= min(len(a), len(b))


@given(st.dictionaries(st.sampled_from(["n1", "n2", "n3"]), DATED, min_size=2), st.booleans())
def test_the_dates_in_use_are_enough_for_every_pair(dated: dict[str, dict[str, frozenset[str]]], age_limit: bool) -> None:
    lists = [members(network_id, ids, day) for network_id, of in dated.items() for day, ids in of.items()]
    wanted = compared_dates({network_id: [(day, day) for day in of] for network_id, of in dated.items()})
    kept = [found for found in lists if found.list_date in wanted[found.network_id]]
    assert newest_lists(kept) == newest_lists(lists)
    assert network_overlap(kept, set(), "2021-12-31", age_limit=age_limit) == network_overlap(
        lists, set(), "2021-12-31", age_limit=age_limit
    )


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
