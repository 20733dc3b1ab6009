"""The share of non-EU citizens: published where published, else computed of one city and one year. All figures are synthetic."""

from pathlib import Path

import pytest

from citynet.statistics.citizenship import NonEuShare, eu_definition, identities, non_eu_shares
from citynet.statistics.jsonstat import decode
from citynet.statistics.values import Figure

BODY = Path(__file__).parent / "synthetic_urb_cpopcb_DE2003I.json"


def figure(indicator: str, value: float, year: int = 2021, flags: str = "", territory: str = "BE003C") -> Figure:
    dataset = "urb_cpop1" if indicator == "DE1001V" else "urb_cpopcb"
    return Figure(dataset, indicator, territory, territory, year, value, flags, "2026-02-06T10:00:00Z")


def shares(*figures: Figure) -> list[tuple[int, float, str, bool]]:
    return [(s.year, round(s.percent, 6), s.flags, s.published) for s in non_eu_shares(figures)]


def test_the_body_made_for_tests_says_so_itself() -> None:
    assert b"synthetic" in BODY.read_bytes().lower()
    found = non_eu_shares(decode(BODY.read_bytes(), dataset="urb_cpopcb"))
    assert found == (
        NonEuShare("urb_cpopcb", "AT001C", 2014, 14.0, "", True, "EU28"),
        NonEuShare("urb_cpopcb", "BE003C", 2021, 7.5, "d", True, "EU27_2020"),
        NonEuShare("urb_cpopcb", "CH003C", 2011, 21.0, "e", True, "EU27_2007"),
    )


def test_a_published_share_comes_before_any_computed_one() -> None:
    assert shares(figure("DE2003I", 7.5, flags="e"), figure("DE2003V", 50), figure("DE1001V", 1000)) == [(2021, 7.5, "e", True)]


def test_each_way_of_computing_is_taken_in_its_order_with_the_flags_of_all_it_stands_on() -> None:
    non_eu, population = figure("DE2003V", 50, flags="b"), figure("DE1001V", 1000, flags="e")
    foreign, eu, nationals = figure("DE2012V", 120), figure("DE2002V", 60, flags="p"), figure("DE2001V", 880)
    assert shares(non_eu, population, foreign, eu, nationals) == [(2021, 5.0, "be", False)]
    assert shares(population, foreign, eu) == [(2021, 6.0, "ep", False)]
    assert shares(non_eu, nationals, foreign) == [(2021, 5.0, "b", False)]
    assert shares(non_eu, foreign) == []


def test_counts_of_two_years_or_of_two_cities_give_no_share() -> None:
    assert shares(figure("DE2003V", 50, 2021), figure("DE1001V", 1000, 2020)) == []
    assert shares(figure("DE2003V", 50), figure("DE1001V", 1000, territory="BE002C")) == []


def test_the_newest_year_that_has_a_share_is_taken_and_its_age_stays_visible() -> None:
    assert shares(figure("DE2003I", 5.0, 2014), figure("DE2003I", 6.0, 2016), figure("DE1001V", 1000, 2024)) == [(2016, 6.0, "", True)]


def test_a_country_row_is_no_city_and_a_population_of_none_gives_no_share() -> None:
    assert shares(figure("DE2003I", 7.0, territory="BE")) == []
    assert shares(figure("DE2003V", 0), figure("DE1001V", 0)) == []


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2025, "EU27_2020"),
        (2020, "EU27_2020"),
        (2019, "EU28"),
        (2013, "EU28"),
        (2012, "EU27_2007"),
        (2007, "EU27_2007"),
        (2006, "EU25"),
        (1985, ""),
    ],
)
def test_the_european_union_is_that_of_the_reference_year(year: int, expected: str) -> None:
    assert eu_definition(year) == expected


def test_identities_are_held_only_where_all_of_their_figures_are_published() -> None:
    parts = [figure("DE2001V", 880), figure("DE2002V", 60), figure("DE2003V", 50), figure("DE2012V", 120), figure("DE1001V", 1000)]
    gaps = {what: gap for what, gap, _ in identities([*parts, figure("DE2003I", 5.3)])}
    assert gaps == {
        "BE003C 2021: DE2002V + DE2003V = DE2012V": 10,
        "BE003C 2021: DE2001V + DE2012V = DE1001V": 0,
        "BE003C 2021: DE2003I as computed": pytest.approx(0.3),
    }
    assert list(identities(parts[:1])) == []
