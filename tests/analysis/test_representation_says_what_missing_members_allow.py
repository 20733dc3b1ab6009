"""Ratios by hand, bounds, readings and what is left empty."""

from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.list_maker import contract, members
from citynet.analysis.chance import hypergeometric_quantiles
from citynet.analysis.representation import Universe, representation
from citynet.model import Row

AS_OF = "2022-09-27"
SIZES = Universe("municipalities of at least 5,000", "LAU 2019", {"small": 90, "large": 10})
FIGURES = ("n_c", "n_members", "participation_rate", "representation_ratio", "ratio_low", "ratio_high", "reading", "interval_low")


def rows(small: int, large: int, unknown: int = 0, unresolved: int = 0, universe: Universe = SIZES, **kind: object) -> dict[object, Row]:
    classes: dict[str, str | None] = {f"s{n}": "small" for n in range(small)} | {f"l{n}": "large" for n in range(large)}
    classes |= dict.fromkeys([f"u{n}" for n in range(unknown)])
    made = members("net", classes, unresolved=unresolved, **kind)  # type: ignore[arg-type]
    return {row["class"]: row for row in representation(made, classes, universe, "municipality_size_class", AS_OF)}


def test_the_formulas_by_hand() -> None:
    large = rows(small=6, large=2, unknown=1, unresolved=1)["large"]
    assert (large["n_c"], large["n_classified"], large["n_members"], large["coverage_percent"]) == (2, 8, 10, 80.0)
    assert (large["u_c"], large["u"], large["participation_rate"]) == (10, 100, 0.2)
    assert large["representation_ratio"] == pytest.approx(2.5)  # 2/8 over 10/100
    assert large["ratio_low"] == pytest.approx(2.0)  # 2/10 over 10/100: both missing ones are small
    assert large["ratio_high"] == pytest.approx(4.0)  # 4/10 over 10/100: both are large
    assert large["parity_gap_points"] == pytest.approx(15.0)
    assert (large["parity_gap_low"], large["parity_gap_high"]) == pytest.approx((10.0, 30.0))
    assert (large["participation_rate_low"], large["participation_rate_high"]) == (0.2, 0.4)
    assert (large["reading"], large["interval_model"]) == ("over", None)


def test_bounds_that_include_parity_read_cannot_tell() -> None:
    found = rows(small=7, large=1, unknown=2)
    assert (found["small"]["reading"], found["large"]["reading"]) == ("cannot_tell", "cannot_tell")
    assert rows(small=5, large=5)["small"]["reading"] == "under"


def test_fewer_than_ten_members_give_no_reading() -> None:
    """One member of Switzerland among seven is no finding about Switzerland."""
    assert rows(small=1, large=8)["large"]["reading"] == "cannot_tell"
    assert rows(small=1, large=9)["large"]["reading"] == "over"


def test_exact_parity_is_no_finding() -> None:
    assert [row["reading"] for row in rows(small=9, large=1).values()] == ["cannot_tell", "cannot_tell"]


def test_having_none_where_parity_is_less_than_one_member_is_no_finding() -> None:
    assert rows(small=9, large=0)["large"]["reading"] == "cannot_tell"
    assert rows(small=9, large=0, unknown=1)["large"]["reading"] == "cannot_tell"
    assert rows(small=10, large=0)["large"]["reading"] == "under"


def test_many_where_parity_is_less_than_one_member_are_a_finding_and_a_single_one_is_none() -> None:
    """Parity is 0.3 members: nobody can have that, so one is no more a finding than none is; two and more are."""
    rare = Universe("u", "s", {"common": 990, "rare": 10})
    read = [rows_of_rare(count, rare)["reading"] for count in (0, 1, 2, 5)]
    assert read == ["cannot_tell", "cannot_tell", "over", "over"]
    assert rows_of_rare(5, rare, unresolved=600)["reading"] == "cannot_tell"  # bounds that include parity


def rows_of_rare(count: int, universe: Universe, unresolved: int = 0) -> Row:
    classes = {f"m{number}": "rare" if number < count else "common" for number in range(30)}
    made = members("net", classes, unresolved=unresolved)
    return representation(made, classes, universe, "municipality_size_class", AS_OF)[1]


@given(st.tuples(*[st.integers(0, 4)] * 3), st.integers(0, 2), st.integers(0, 2), st.sampled_from((3, 90)))
def test_the_bounds_are_exactly_those_of_trying_every_place_for_every_missing_member(
    counts: tuple[int, int, int], unknown: int, unresolved: int, u_c: int
) -> None:
    """A missing member may lie in any class or outside the universe; of participation no more than the whole class."""
    universe = Universe("u", "s", {"a": 60, "b": u_c, "c": 10})
    classes = {f"{name}{n}": name for name, count in zip("abc", counts, strict=True) for n in range(count)}
    listed: list[str] = [*classes, *(f"u{n}" for n in range(unknown))]
    found = representation(members("net", listed, unresolved=unresolved), classes, universe, "municipality_size_class", AS_OF)
    if not classes:
        assert {row["participation_rate"] for row in found} | {row["ratio_low"] for row in found} == {None}
        return
    for row, n_c in zip(found, counts, strict=True):
        of = int(str(row["u_c"]))
        placed = [
            (n_c + place.count(True), len(classes) + sum(one is not None for one in place))
            for place in product((True, False, None), repeat=unknown + unresolved)  # in the class, in another, outside
        ]
        ratios = [(n / total) * (60 + u_c + 10) / of for n, total in placed]
        assert (row["ratio_low"], row["ratio_high"]) == pytest.approx((min(ratios), max(ratios)))
        gaps = [100 * (n / total - of / (60 + u_c + 10)) for n, total in placed]
        assert (row["parity_gap_low"], row["parity_gap_high"]) == pytest.approx((min(gaps), max(gaps)))
        rates = [min(n, max(of, n_c)) / of for n, _ in placed]
        assert (row["participation_rate_low"], row["participation_rate_high"]) == pytest.approx((min(rates), max(rates)))


@pytest.mark.parametrize("kind", [{"complete": False}, {"use": "replication_only"}, {"date": "2010-02-15"}])
def test_a_list_that_is_partial_a_sample_or_too_old_has_only_a_reason(kind: dict[str, object]) -> None:
    for row in rows(small=6, large=2, **kind).values():
        assert [row[name] for name in FIGURES] == [None] * len(FIGURES)
        assert str(row["not_computed_because"]).startswith("net: ")
        assert row["u_c"] in (90, 10)


def test_an_old_list_has_figures_where_age_is_no_limit() -> None:
    old = members("icc", ["s0"], "2010-02-15")
    assert representation(old, {"s0": "small"}, SIZES, "municipality_size_class", AS_OF, age_limit=False)[0]["n_c"] == 1


def test_the_columns_are_columns_of_the_contract_in_its_order() -> None:
    made = list(rows(1, 1)["small"])
    assert made == [name for name in contract("representation") if name in made]


def test_members_outside_the_universe_are_not_missing_members() -> None:
    europe = Universe("municipalities of AT", "LAU 2019", {"AT": 3}, countries=("AT",))
    pact = members("pact", ["vienna", "taipei", "linz"], countries={"vienna": "AT", "taipei": "TW", "linz": "AT"})
    (row,) = representation(pact, {"vienna": "AT"}, europe, "country", AS_OF)
    assert (row["n_c"], row["n_classified"], row["n_members"]) == (1, 1, 2)


def test_a_class_without_municipalities_and_a_list_without_classes_say_so() -> None:
    empty = Universe("u", "s", {"small": 5, "none": 0})
    assert rows(2, 0, universe=empty)["none"]["not_computed_because"] == "the universe has no municipality of this class"
    assert rows(0, 0, unknown=2)["small"]["not_computed_because"] == "no member has a known class"


def test_an_interval_needs_ten_members_and_a_class_of_five_and_names_its_model() -> None:
    assert rows(9, 1)["large"]["interval_model"] == "hypergeometric, 95 %: if membership were unrelated to class"
    assert rows(8, 1)["large"]["interval_model"] is None
    assert rows(9, 1, universe=Universe("u", "s", {"small": 96, "large": 4}))["large"]["interval_low"] is None


@given(st.integers(1, 40), st.integers(0, 40), st.integers(0, 40))
def test_the_quantiles_are_those_of_the_counted_distribution(universe: int, marked: int, drawn: int) -> None:
    marked, drawn = min(marked, universe), min(drawn, universe)
    below = [sum(comb(marked, i) * comb(universe - marked, drawn - i) for i in range(k + 1)) for k in range(drawn + 1)]
    of = comb(universe, drawn)
    low = next(k for k, ways in enumerate(below) if 1000 * ways > 25 * of)
    high = next(k for k, ways in enumerate(below) if 1000 * ways >= 975 * of)
    assert hypergeometric_quantiles(universe, marked, drawn) == (low, high)


@given(st.integers(0, 20), st.integers(0, 10), st.integers(0, 5), st.integers(0, 5))
def test_bounds_contain_the_ratio_and_a_reading_never_crosses_parity(small: int, large: int, unknown: int, unresolved: int) -> None:
    for row in rows(small, large, unknown, unresolved).values():
        ratio, low, high = row["representation_ratio"], row["ratio_low"], row["ratio_high"]
        if small + large:
            assert isinstance(ratio, float)
            assert isinstance(low, float)
            assert isinstance(high, float)
            assert low <= ratio + 1e-12
            assert ratio <= high + 1e-12
            assert {"over": low > 1, "under": high < 1, "cannot_tell": True}[str(row["reading"])]


@given(st.integers(1, 30), st.integers(1, 30))
def test_a_network_that_everybody_joined_represents_every_class_at_parity(small: int, large: int) -> None:
    for row in rows(small, large, universe=Universe("u", "s", {"small": small, "large": large})).values():
        assert (row["participation_rate"], row["representation_ratio"], row["reading"]) == (1.0, 1.0, "cannot_tell")


RESIDENTS = Universe("residents of 2 countries", "LAU 2019", {"small": 9_000_000, "large": 1_000_000}, unit="residents")


def test_against_residents_there_is_a_ratio_of_shares_but_no_rate_and_no_interval() -> None:
    large = rows(small=6, large=6, universe=RESIDENTS)["large"]
    assert (large["n_c"], large["u_c"], large["u"]) == (6, 1_000_000, 10_000_000)
    assert large["representation_ratio"] == pytest.approx(5.0)  # half of the members, a tenth of the residents
    assert (large["participation_rate"], large["participation_rate_high"]) == (None, None)
    assert (large["interval_low"], large["interval_model"]) == (None, None)
    assert (large["reading"], large["not_computed_because"]) == ("over", None)


def test_residents_of_no_class_are_told_as_residents() -> None:
    empty = Universe("residents", "s", {"small": 10, "none": 0}, unit="residents")
    assert rows(2, 0, universe=empty)["none"]["not_computed_because"] == "the universe has no residents of this class"


@given(st.data())
def test_every_member_is_counted_once_and_the_shares_add_up(data: st.DataObject) -> None:
    """n_c add up to n_classified; with the missing they are n_members; with those outside they are the whole list."""
    names = ("small", "middle", "large")
    counts = {name: data.draw(st.integers(1, 10**6)) for name in names}
    unit = data.draw(st.sampled_from(("municipalities", "residents")))
    universe = Universe("u", "s", counts, ("AT", "BE"), unit)
    drawn = data.draw(st.lists(st.tuples(st.sampled_from([*names, "other", None]), st.sampled_from(["AT", "BE", "NO", ""])), max_size=40))
    classes = {f"m{number}": name for number, (name, _) in enumerate(drawn)}
    countries = {f"m{number}": country for number, (_, country) in enumerate(drawn)}
    unresolved = data.draw(st.integers(0, 5))
    made = members("net", classes, unresolved=unresolved, countries=countries)
    found = representation(made, classes, universe, "municipality_size_class", AS_OF)
    outside = sum(country == "NO" or name == "other" for name, country in drawn)
    missing = sum(country != "NO" and name is None for name, country in drawn) + unresolved
    first = found[0]
    assert sum(int(str(row["n_c"])) for row in found) == first["n_classified"]
    assert (first["n_outside"], int(str(first["n_members"])) - int(str(first["n_classified"]))) == (outside, missing)
    assert int(str(first["n_members"])) + outside == len(drawn) + unresolved
    if first["n_classified"]:
        of_universe = [float(str(row["u_c"])) / float(str(row["u"])) for row in found]
        shares = [float(str(row["representation_ratio"])) * of for row, of in zip(found, of_universe, strict=True)]
        assert sum(of_universe) == pytest.approx(1)
        assert sum(shares) == pytest.approx(1)
        assert sum(float(str(row["parity_gap_points"])) for row in found) == pytest.approx(0, abs=1e-9)
