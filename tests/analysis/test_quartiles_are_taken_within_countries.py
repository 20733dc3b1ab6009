"""Quartiles of the share of non-EU citizens: within each country, and only where enough of its cities have a figure."""

from hypothesis import given
from hypothesis import strategies as st

from citynet.analysis.lists import MemberList
from citynet.analysis.quartiles import CLASSES, LEFT_OUT, quartiles_within_countries
from citynet.analysis.represented import represented
from citynet.analysis.strata import strata_of

EU = "EU27_2020"


def shares(country: str, known: list[float], without: int = 0) -> dict[str, tuple[str, float | None]]:
    figures = {f"{country}{number}": (country, share) for number, share in enumerate(known)}
    return {**figures, **{f"{country}x{number}": (country, None) for number in range(without)}}


def test_a_city_is_compared_with_its_own_country_only() -> None:
    found = quartiles_within_countries(shares("DE", [10, 11, 12, 13, 14, 15, 16, 17]) | shares("PL", [1, 2, 3, 4, 5, 6, 7, 8]), EU)
    for country in ("DE", "PL"):
        assert [found.classes[f"{country}{n}"] for n in range(8)] == ["Q1", "Q1", "Q2", "Q2", "Q3", "Q3", "Q4", "Q4"]
    assert found.left_out == {}


def test_countries_under_sixty_percent_or_of_few_cities_are_left_out_and_named() -> None:
    thin = shares("FR", [float(n) for n in range(11)], without=8)
    barely = shares("IT", [float(n) for n in range(9)], without=6)
    found = quartiles_within_countries({**thin, **barely, **shares("LU", [1, 2, 3])}, EU)
    assert (found.classes["FR0"], found.classes["FRx0"], found.classes["LU0"]) == (LEFT_OUT, LEFT_OUT, LEFT_OUT)
    assert found.left_out == {"FR": "11 of 19 cities have a share, under 60 %", "LU": "3 cities with a share, under 8"}
    assert (found.classes["IT0"], found.classes["ITx0"]) == ("Q1", None)  # 9 of 15 is 60 %
    assert found.universe == (
        "statistical cities of IT with a share of non-EU citizens (EU27_2020); left out: FR: 11 of 19 cities have a share, under 60 %; "
        "LU: 3 cities with a share, under 8"
    )
    assert "recognised non-citizens" in quartiles_within_countries(shares("LV", [float(n) for n in range(9)]), EU).universe


@given(st.lists(st.sampled_from([0.0, 1.5, 2.0, 7.25, 30.0]), min_size=8, max_size=40))
def test_equal_shares_are_in_one_class_and_larger_ones_never_in_a_lower_one(known: list[float]) -> None:
    found = quartiles_within_countries(shares("DE", known), EU)
    classes = [str(found.classes[f"DE{n}"]) for n in range(len(known))]
    for share, name in zip(known, classes, strict=True):
        for other, its in zip(known, classes, strict=True):
            assert (share < other and name <= its) or (share == other and name == its) or share > other
    # No class but the lowest may hold more than a quarter and the ties on its lower bound.
    above = sum(name == "Q4" for name in classes)
    assert above <= len(known) / 4 + 1


def test_members_in_countries_left_out_lie_outside_and_those_without_a_share_are_missing() -> None:
    found = quartiles_within_countries(shares("DE", [float(n) for n in range(12)], without=1) | shares("LU", [1, 2, 3]), EU)
    of = strata_of(found.listed, "non_eu_citizens_share_quartile", found.universe, "urb_cpopcb", CLASSES)
    assert dict(of.universe.counts) == {"Q1": 3, "Q2": 3, "Q3": 3, "Q4": 3}
    ids = frozenset(("DE0", "DE11", "DE10", "DEx0", "LU0"))
    countries = {place: place[:2] for place in ids}
    members = MemberList("net", "2026-01-31", True, "current", ids, ids, 0, countries)
    row = represented(members, found.classes, of, "2026-02-01")[3]
    assert (row["n_c"], row["n_classified"], row["n_members"], row["n_outside"]) == (2, 3, 4, 1)
    assert "cities in quartile Q4 of their country" in str(row["sentence"])
