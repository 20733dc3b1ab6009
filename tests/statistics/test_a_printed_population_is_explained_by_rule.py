"""A population that a report prints without year and territory, beside the figures of Eurostat's that are at hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.statistics.report_comparison import KINDS, REASONS, Residents, compared, is_of_that_size, share_status


def city(value: int, year: int = 2016, kind: str = "city", **more: str) -> Residents:
    return Residents(kind, f"{kind}-code", year, value, "", "urb_cpop1", **more)


PARIS = [city(2_220_445, 2014), city(6_695_406, 2011, "greater_city"), city(6_754_282, 2014, "greater_city")]


@pytest.mark.parametrize(
    ("printed", "figures", "nearest", "reason"),
    [
        (6_695_406, PARIS, "greater_city", "greater_city"),
        (2_150_000, PARIS, "city", "within_10_percent"),
        (4_000_000, PARIS, "greater_city", "between_territories"),
        (9_000_000, PARIS, "greater_city", "larger_than_every_territory"),
        (1_000_000, PARIS, "city", "smaller_than_every_territory"),
        (753_000, [city(641_207), city(756_627, 2001)], "city", "other_year"),
        (331_201, [city(250_000, 2011), city(339_313, 2019, "municipality")], "municipality", "municipality"),
        (331_201, [city(339_313, 2019, "municipality")], "municipality", "within_10_percent"),
        (1_191_604, [city(179_277, 2019, "municipality"), city(1_198_726, 2018, "greater_city")], "greater_city", "greater_city"),
        (100, [], "", "not_obtained"),
    ],
)
def test_the_first_rule_that_holds_gives_the_reason(printed: int, figures: list[Residents], nearest: str, reason: str) -> None:
    found = compared(printed, figures, year=2018)
    assert (found.nearest, found.reason) == (nearest, reason)


def test_a_difference_is_that_of_the_report_to_the_nearest_figure_and_ten_percent_is_close() -> None:
    assert compared(110, [city(100)], year=2018).difference_percent == 10.0
    assert compared(110, [city(100)], year=2018).reason == "within_10_percent"
    assert compared(111, [city(100)], year=2018).reason == "larger_than_every_territory"
    assert compared(90, [city(100)], year=2018).difference_percent == -10.0


def test_the_year_is_the_newest_up_to_the_report_and_of_one_year_the_newest_vintage_counts() -> None:
    older, newer = city(100, 2014, vintage="2016-10-26"), city(104, 2014, vintage="2026-08-31")
    found = compared(100, [newer, older, city(90, 2012, vintage="2026-08-31"), city(150, 2024, vintage="2026-08-31")], year=2018)
    assert found.chosen == (newer,)
    assert compared(100, [city(150, 2024), city(140, 2020)], year=2018).chosen == (city(140, 2020),), "none before it: the oldest after"


def test_a_figure_that_is_printed_to_the_person_is_named_with_its_year() -> None:
    assert compared(6_695_406, PARIS, year=2018).note == "equals the greater city greater_city-code in 2011 to the person"
    assert compared(753_000, [city(641_207), city(756_627, 2001)], year=2018).note == "the city city-code had 756,627 in 2001"
    assert compared(2_150_000, PARIS, year=2018).note == ""


def test_a_territory_drawn_anew_in_the_last_year_is_left_out_and_told_and_one_with_two_years_is_not() -> None:
    before, after = city(2_220_445, 2014), replace(city(9_782_671, 2015), flags="b")
    found = compared(2_220_445, [before, after], year=2018)
    assert (found.chosen, found.reason) == ((before,), "within_10_percent")
    assert "city-code was drawn anew in 2015 (9,782,671, flag b), which is left out" in found.note
    assert compared(2_220_445, [before, after, city(9_800_000, 2016)], year=2018).chosen == (city(9_800_000, 2016),)
    assert compared(100, [city(100, 2014), city(300, 2015)], year=2018).chosen == (city(300, 2015),), "without a flag"
    assert compared(100, [city(100, 2014), replace(city(103, 2015), flags="b")], year=2018).nearest == "city", "a small one"


@pytest.mark.parametrize(
    ("printed", "percent", "status"),
    [(8.0, None, "not_obtained"), (8.0, 9.0, "within_1_point"), (8.0, 9.1, "over_1_point"), (0.0, 0.0, "within_1_point")],
)
def test_shares_are_alike_within_a_point(printed: float, percent: float | None, status: str) -> None:
    assert share_status(printed, percent, comparable=True) == status
    assert share_status(printed, percent, comparable=False) == ("not_obtained" if percent is None else "not_compared")


def test_whether_a_code_is_what_was_printed_is_told_by_its_residents_and_not_by_its_kind() -> None:
    today = [replace(city(value, year, "greater_city"), code="FR001C") for value, year in ((9_782_671, 2015), (10_353_710, 2022))]
    assert not is_of_that_size(6_695_406, [*PARIS, *today], "FR001C", 2016)
    assert is_of_that_size(6_695_406, [*PARIS, *today], "greater_city-code", 2016)
    assert is_of_that_size(9_500_000, today, "FR001C", 2018)
    assert not is_of_that_size(100, [city(0)], "city-code", 2016)


def test_a_territory_with_nobody_is_left_out_of_the_comparison() -> None:
    nobody = [city(0, 2010), replace(city(100, 2011), flags="b")]
    assert compared(100, nobody, year=2018).chosen == (nobody[1],)
    assert compared(100, nobody[:1], year=2018).reason == "not_obtained"


FIGURES = st.lists(
    st.builds(city, st.integers(1, 10**7), st.integers(1990, 2030), st.sampled_from(KINDS)),
    max_size=8,
    unique_by=lambda f: (f.kind, f.year),
)


@given(st.integers(1, 10**7), FIGURES)
def test_there_is_one_figure_a_kind_a_known_reason_and_close_figures_are_never_unexplained(printed: int, figures: list[Residents]) -> None:
    found = compared(printed, figures, year=2018)
    assert [f.kind for f in found.chosen] == [kind for kind in KINDS if any(f.kind == kind for f in figures)]
    assert found.reason in REASONS
    assert (found.difference_percent is None) == (found.nearest == "") == (found.reason == "not_obtained") == (not figures)
    assert compared(printed, figures[::-1], year=2018) == found
    if any(100 * abs(printed - f.value) <= 10 * f.value for f in figures):
        assert found.reason in REASONS[:4]
