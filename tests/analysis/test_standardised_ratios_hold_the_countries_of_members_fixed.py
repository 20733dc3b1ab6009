"""Indirect standardisation by hand, its exact bounds against every placing of the missing, its interval against counting."""

from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.town_maker import universe
from citynet.analysis.columns import STANDARDISED
from citynet.analysis.lists import MemberList
from citynet.analysis.representation import representation
from citynet.analysis.standardised import standardised
from citynet.analysis.strata import RESIDENTS, Strata, strata
from citynet.model import Row

AS_OF = "2026-02-01"
TWO = {"small": {"DE": 90, "FR": 980}, "large": {"DE": 10, "FR": 20}}
"""France has many more small municipalities than Germany."""
Placed = dict[tuple[str, str], int]


def listed(placed: Placed, unresolved: int = 0) -> tuple[MemberList, dict[str, str | None]]:
    """Members by (country, class), "" where not known."""
    ids = [(f"{country}-{name}-{number}", country, name) for (country, name), count in placed.items() for number in range(count)]
    places = frozenset(place for place, _, _ in ids)
    countries = {place: country for place, country, _ in ids if country}
    members = MemberList("net", "2026-01-31", True, "current", places, places, unresolved, countries)
    return members, {place: name or None for place, _, name in ids}


def rows(placed: Placed, unresolved: int = 0, of: Strata | None = None) -> dict[str, Row]:
    members, classes = listed(placed, unresolved)
    of = of or universe(TWO)
    return dict(zip(of.counts, standardised(members, classes, of, AS_OF), strict=True))


def number(value: object) -> float:
    assert isinstance(value, float)
    return value


def test_the_formula_by_hand() -> None:
    large = rows({("DE", "large"): 4, ("DE", "small"): 16, ("FR", "small"): 10})["large"]
    assert large["expected_standardised"] == pytest.approx(2.2)  # 20 x 10/100 + 10 x 20/1000
    assert large["ratio_standardised"] == pytest.approx(4 / 2.2)
    assert large["ratio_standardised_low"] == large["ratio_standardised_high"] == large["ratio_standardised"]
    assert (large["reading_standardised"], list(large)) == ("over", list(STANDARDISED))


def test_municipalities_of_a_country_without_members_change_the_crude_ratio_only() -> None:
    placed = {("DE", "large"): 4, ("DE", "small"): 26}
    found = []
    for communes in (980, 30_000):
        counts = {"small": {"DE": 90, "FR": communes}, "large": {"DE": 10, "FR": 20}}
        members, classes = listed(placed)
        crude = representation(members, classes, universe(counts).universe, "municipality_size_class", AS_OF)[1]
        found.append((number(crude["representation_ratio"]), rows(placed, of=universe(counts))["large"]["ratio_standardised"]))
    assert found[1][0] > 5 * found[0][0]
    assert found[0][1] == found[1][1] == pytest.approx(4 / 3)


@settings(max_examples=50)
@given(st.integers(0, 8), st.integers(0, 8), st.integers(0, 4))
def test_in_one_country_it_is_the_crude_ratio_with_its_bounds(small: int, large: int, unresolved: int) -> None:
    of = universe({"small": {"DE": 90}, "large": {"DE": 10}})
    members, classes = listed({("DE", "small"): small, ("DE", "large"): large}, unresolved)
    crude = representation(members, classes, of.universe, "municipality_size_class", AS_OF)
    for before, after in zip(crude, standardised(members, classes, of, AS_OF), strict=True):
        if small + large:
            for one, other in (("representation_ratio", "ratio_standardised"), ("ratio_low", "ratio_standardised_low")):
                assert number(after[other]) == pytest.approx(number(before[one]))
            high = number(after["ratio_standardised_high"])
            # A ratio above 1/share cannot be: so the bound is the crude one.
            assert high == pytest.approx(number(before["ratio_high"]))
            assert after["reading_standardised"] == before["reading"]


@given(st.data())
def test_the_bounds_are_exactly_those_of_trying_every_place_for_every_missing_member(data: st.DataObject) -> None:
    sizes = st.integers(0, 6)
    counts = {name: {country: data.draw(sizes) for country in ("DE", "FR")} for name in ("small", "large")}
    placed = {(country, name): data.draw(st.integers(0, 3)) for country in ("DE", "FR") for name in ("small", "large")}
    totals = {country: counts["small"][country] + counts["large"][country] for country in ("DE", "FR")}
    placed = {key: count for key, count in placed.items() if totals[key[0]]}
    missing = {("DE", ""): data.draw(st.integers(0, 1)) if totals["DE"] else 0, ("", "large"): data.draw(st.integers(0, 1))}
    unresolved = data.draw(st.integers(0, 2))
    found = rows({**placed, **missing}, unresolved, universe(counts))["large"]
    if found["ratio_standardised"] is None:
        return
    every = [("DE", "")] * missing["DE", ""] + [("", "large")] * missing["", "large"] + [("", "")] * unresolved
    ratios = []
    for places in product(*(_possible(country, name, counts) for country, name in every)):
        there = dict(placed)
        for place in places:
            if place:
                there[place] = there.get(place, 0) + 1
        expected = sum(Fraction(count * counts["large"][c], totals[c]) for (c, _), count in there.items())
        ratios.append(sum(count for (_, name), count in there.items() if name == "large") / expected)
    assert number(found["ratio_standardised_low"]) == pytest.approx(float(min(ratios)))
    assert number(found["ratio_standardised_high"]) == pytest.approx(float(max(ratios)))


def _possible(country: str, name: str, counts: dict[str, dict[str, int]]) -> list[tuple[str, str] | None]:
    """Where one missing member may lie: outside the universe, or in a class that its country has."""
    inside = [(c, n) for c in ("DE", "FR") for n in ("small", "large") if counts[n][c] and country in ("", c) and name in ("", n)]
    return [None, *inside]


def test_the_interval_is_that_of_drawing_from_each_country_by_itself() -> None:
    of = universe({"small": {"DE": 12, "FR": 9}, "large": {"DE": 5, "FR": 3}})
    found = rows({("DE", "large"): 3, ("DE", "small"): 4, ("FR", "small"): 4, ("FR", "large"): 1}, of=of)["large"]
    chances: dict[int, Fraction] = {}
    for german, french in product(range(6), range(4)):
        ways = comb(5, german) * comb(12, 7 - german) * comb(3, french) * comb(9, 5 - french)
        chances[german + french] = chances.get(german + french, Fraction()) + Fraction(ways, comb(17, 7) * comb(12, 5))
    below = [sum(chances[k] for k in range(top + 1)) for top in range(9)]
    low = next(k for k, chance in enumerate(below) if chance > Fraction(25, 1000))
    high = next(k for k, chance in enumerate(below) if chance >= Fraction(975, 1000))
    expected = number(found["expected_standardised"])
    assert (found["interval_standardised_low"], found["interval_standardised_high"]) == pytest.approx((low / expected, high / expected))
    assert str(found["interval_standardised_model"]).startswith("hypergeometric within each country")


def test_more_members_than_the_source_has_municipalities_have_a_ratio_and_no_interval() -> None:
    of = universe({"small": {"DE": 6}, "large": {"DE": 5}})
    found = rows({("DE", "large"): 8, ("DE", "small"): 4}, of=of)["large"]
    assert found["ratio_standardised"] == pytest.approx(8 / 12 / (5 / 11))
    assert found["interval_standardised_low"] is None


def test_bounds_that_include_parity_read_cannot_tell() -> None:
    sure = rows({("DE", "large"): 6, ("DE", "small"): 14})["large"]
    open_names = rows({("DE", "large"): 6, ("DE", "small"): 14}, unresolved=60)["large"]
    assert (sure["reading_standardised"], open_names["reading_standardised"]) == ("over", "cannot_tell")


def test_there_is_no_reading_of_fewer_than_ten_members_nor_of_none_or_one_where_parity_is_less_than_one() -> None:
    assert rows({("DE", "large"): 9})["large"]["reading_standardised"] == "cannot_tell"
    read = [rows({("FR", "large"): count, ("FR", "small"): 29 - count})["large"]["reading_standardised"] for count in (0, 1, 2, 9)]
    assert read == ["cannot_tell", "cannot_tell", "over", "over"]  # parity: 0.58 members


def test_what_cannot_be_standardised_says_why() -> None:
    by_country = strata([], "at_least_5000", "country", "u", "s")
    assert standardised(*listed({}), by_country, AS_OF) == []
    one_class = Strata("at_least_5000", "country", "u", "s", {"DE": {"DE": 5}}, {})
    (row,) = standardised(*listed({("DE", "DE"): 3}), one_class, AS_OF)
    assert "one class only" in str(row["standardised_not_computed_because"])
    assert rows({}, unresolved=3)["large"]["standardised_not_computed_because"] == "no member has a known country and class"
    none_there = universe({"small": {"DE": 9, "FR": 9}, "large": {"DE": 0, "FR": 9}})
    assert "no country of the members" in str(rows({("DE", "small"): 9}, of=none_there)["large"]["standardised_not_computed_because"])


def test_a_list_without_ratios_has_only_the_reason() -> None:
    members, classes = listed({("DE", "large"): 4})
    partial = MemberList(members.network_id, members.list_date, False, "current", members.municipality_ids, members.listed_ids, 0)
    for row in standardised(partial, classes, universe(TWO), AS_OF):
        assert "is partial" in str(row["standardised_not_computed_because"])
        assert row["ratio_standardised"] is None


def test_against_residents_there_is_a_ratio_and_no_interval() -> None:
    large = rows({("DE", "large"): 6, ("DE", "small"): 14}, of=universe(TWO, RESIDENTS))["large"]
    assert large["ratio_standardised"] == pytest.approx(3.0)
    assert large["interval_standardised_low"] is None


def test_everybody_a_member_is_parity_in_every_class() -> None:
    placed = {(country, name): count for name, of in TWO.items() for country, count in of.items() if country == "DE"}
    for row in rows(placed).values():
        assert (row["ratio_standardised"], row["reading_standardised"]) == (1.0, "cannot_tell")
