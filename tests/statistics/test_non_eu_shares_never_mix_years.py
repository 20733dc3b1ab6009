"""The share of non-EU citizens: published where published, else computed of one city and one year. All figures are synthetic."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.statistics.citizenship import COUNTRY_NON_EU_CITIZENS, NON_EU_CITIZENS, eu_definition, non_eu_shares
from citynet.statistics.shares import newest, shares
from observed import Cell, decoded, observed

BODY = Path(__file__).parent / "synthetic_urb_cpopcb_DE2003I.json"
PARTS = ("DE2001V", "DE2002V", "DE2003V", "DE2003I", "DE2012V")
CITY = "BE003C"
Found = tuple[str, int, float, str, bool]


def found_in(cells: Sequence[Cell]) -> list[Found]:
    """Territory, year, percent, flags, published; the population stands in a data set of its own, as it does at the source."""
    population = [cell for cell in cells if cell[0] == "DE1001V"]
    parts = [cell for cell in cells if cell[0] != "DE1001V"]
    rows = non_eu_shares(observed("urb_cpopcb", parts), observed("urb_cpop1", population))
    return list(rows[["territory", "year", "percent", "flags", "published"]].itertuples(index=False, name=None))


def cell(indicator: str, value: float | None, year: int = 2021, flags: str = "", territory: str = CITY) -> Cell:
    return indicator, territory, year, value, flags


def test_the_answer_made_for_tests_says_so_itself() -> None:
    body = BODY.read_bytes()
    assert b"synthetic" in body.lower()
    found = newest(non_eu_shares(decoded("urb_cpopcb", body)))
    assert list(found[["territory", "year", "percent", "flags", "published", "eu_definition"]].itertuples(index=False, name=None)) == [
        ("AT001C", 2014, 14.0, "", True, "EU28"),
        ("BE", 2021, 5.5, "", True, "EU27_2020"),
        ("BE003C", 2021, 7.5, "d", True, "EU27_2020"),
        ("CH003C", 2011, 21.0, "e", True, "EU27_2007"),
    ]


def test_a_published_share_comes_before_any_computed_one() -> None:
    cells = [cell("DE2003I", 7.5, flags="e"), cell("DE2003V", 50, flags="b"), cell("DE1001V", 1000)]
    assert found_in(cells) == [(CITY, 2021, 7.5, "e", True)]


def test_each_way_of_computing_is_taken_in_its_order_with_the_flags_of_all_it_stands_on() -> None:
    non_eu, population = cell("DE2003V", 50, flags="b"), cell("DE1001V", 1000, flags="e")
    foreign, eu, nationals = cell("DE2012V", 120), cell("DE2002V", 60, flags="p"), cell("DE2001V", 880)
    assert found_in([non_eu, population, foreign, eu, nationals]) == [(CITY, 2021, 5.0, "be", False)]
    assert found_in([population, foreign, eu]) == [(CITY, 2021, 6.0, "ep", False)]
    assert found_in([non_eu, nationals, foreign]) == [(CITY, 2021, 5.0, "b", False)]
    assert found_in([non_eu, foreign]) == []


def test_it_is_said_how_a_share_was_computed() -> None:
    parts = [cell("DE2012V", 120), cell("DE2002V", 60), cell("DE2003I", 7.0, 2019)]
    found = non_eu_shares(observed("urb_cpopcb", parts), observed("urb_cpop1", [cell("DE1001V", 1000)]))
    assert list(found["way"]) == ["", "(DE2012V - DE2002V) / DE1001V"]
    assert [str(way) for way in NON_EU_CITIZENS.ways] == [
        "DE2003V / DE1001V",
        "(DE2012V - DE2002V) / DE1001V",
        "DE2003V / (DE2001V + DE2012V)",
    ]


def test_a_total_of_another_data_set_that_was_drawn_anew_is_refused() -> None:
    """As in France in 2015: urb_cpop1 has greater Paris while the counts by citizenship are still of the old city."""
    parts = {"DE2003V": 300_000.0, "DE2001V": 1_900_000.0, "DE2012V": 320_000.0}
    counts = observed("urb_cpopcb", [(code, "FR001C", 2015, value, "") for code, value in parts.items()])
    redrawn = observed("urb_cpop1", [("DE1001V", "FR001C", 2015, 9_782_671.0, "b")])
    (row,) = non_eu_shares(counts, redrawn).to_dict("records")
    assert (row["percent"], row["way"], row["flags"]) == (pytest.approx(13.5135, abs=1e-4), "DE2003V / (DE2001V + DE2012V)", "")
    assert (row["second"], row["totals"]) == ("urb_cpop1", "differ")


def test_without_a_way_inside_one_data_set_such_a_share_is_none() -> None:
    parts = {"DE2012V": 320_000.0, "DE2002V": 20_000.0, "DE2001V": 1_900_000.0}
    counts = observed("urb_cpopcb", [(code, "FR001C", 2015, value, "") for code, value in parts.items()])
    assert non_eu_shares(counts, observed("urb_cpop1", [("DE1001V", "FR001C", 2015, 9_782_671.0, "b")])).empty


@pytest.mark.parametrize(("population", "totals"), [(1010, "agree"), (1011, "differ"), (990, "differ"), (991, "agree")])
def test_the_totals_of_two_data_sets_agree_within_one_percent(population: int, totals: str) -> None:
    parts = [cell("DE2003V", 50), cell("DE2001V", 880), cell("DE2012V", 120)]
    (row,) = non_eu_shares(observed("urb_cpopcb", parts), observed("urb_cpop1", [cell("DE1001V", population)])).to_dict("records")
    assert (row["second"], row["totals"]) == ("urb_cpop1", totals)


def test_a_total_that_cannot_be_held_against_another_says_so_and_a_published_share_needs_none() -> None:
    parts = [cell("DE2003V", 50), cell("DE2003I", 5.0, 2020), cell("DE2003V", 50, 2020)]
    found = non_eu_shares(observed("urb_cpopcb", parts), observed("urb_cpop1", [cell("DE1001V", 1000), cell("DE1001V", 1000, 2020)]))
    assert list(zip(found["year"], found["second"], found["totals"], strict=True)) == [(2020, "", ""), (2021, "urb_cpop1", "unchecked")]
    within = observed("migr_pop1ctz", [cell("NEU27_2020_FOR", 60, territory="BE"), cell("TOTAL", 1000, territory="BE")])
    assert list(shares(COUNTRY_NON_EU_CITIZENS, within)["second"]) == [""]


def test_a_figure_that_is_withheld_is_none_and_the_next_way_is_taken() -> None:
    withheld = [cell("DE2003I", None, flags="c"), cell("DE2003V", None, flags="c")]
    assert found_in([*withheld, cell("DE1001V", 1000), cell("DE2012V", 120), cell("DE2002V", 60)]) == [(CITY, 2021, 6.0, "", False)]
    assert found_in(withheld) == []


def test_counts_of_two_years_or_of_two_cities_give_no_share() -> None:
    assert found_in([cell("DE2003V", 50, 2021), cell("DE1001V", 1000, 2020)]) == []
    assert found_in([cell("DE2003V", 50), cell("DE1001V", 1000, territory="BE002C")]) == []


@pytest.mark.parametrize(
    "counts", [{"DE2003V": 0, "DE1001V": 0}, {"DE2003V": 11, "DE1001V": 10}, {"DE2012V": 5, "DE2002V": 6, "DE1001V": 10}]
)
def test_counts_that_cannot_be_a_share_give_none(counts: dict[str, int]) -> None:
    assert found_in([cell(name, value) for name, value in counts.items()]) == []


def test_without_a_population_or_without_any_figure_there_is_what_can_be() -> None:
    parts = observed("urb_cpopcb", [cell("DE2003V", 50), cell("DE2001V", 880), cell("DE2012V", 120)])
    assert list(non_eu_shares(parts)["percent"]) == [5.0]
    assert non_eu_shares(observed("urb_cpopcb", [])).empty


def test_the_newest_year_that_has_a_share_is_a_citys_own() -> None:
    cells = [
        cell("DE2003I", 5.0, 2014),
        cell("DE2003I", 6.0, 2016),
        cell("DE1001V", 1000, 2024),
        cell("DE2003I", 9.0, 2022, territory="AT001C"),
    ]
    found = newest(non_eu_shares(observed("urb_cpopcb", cells)))
    assert list(zip(found["territory"], found["year"], found["percent"], strict=True)) == [("AT001C", 2022, 9.0), (CITY, 2016, 6.0)]


def test_how_far_a_published_share_is_from_its_own_counts_is_told() -> None:
    parts = [cell("DE2003I", 5.1), cell("DE2003V", 50), cell("DE2003I", 5.3, 2020), cell("DE2003V", 50, 2020)]
    found = non_eu_shares(observed("urb_cpopcb", parts), observed("urb_cpop1", [cell("DE1001V", 1000), cell("DE1001V", 1000, 2020)]))
    assert list(zip(found["year"], found["gap"], strict=True)) == [(2020, 0.3), (2021, 0.1)]
    assert list(found["percent"]) == [5.3, 5.1], "the published figure stays what the source prints"


def test_a_countrys_share_is_of_its_groups_of_citizenship() -> None:
    groups = [cell("NEU27_2020_FOR", 60, territory="BE"), cell("TOTAL", 1000, flags="p", territory="BE")]
    others = [cell("FOR_STLS", 120, territory="AT"), cell("EU27_2020_FOR", 50, territory="AT"), cell("TOTAL", 1000, territory="AT")]
    found = shares(COUNTRY_NON_EU_CITIZENS, observed("migr_pop1ctz", [*groups, *others]))
    assert list(zip(found["territory"], found["percent"], found["flags"], strict=True)) == [("AT", 7.0, ""), ("BE", 6.0, "p")]


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
    found = non_eu_shares(observed("urb_cpopcb", [cell("DE2003I", 5.0, year)]))
    assert list(found["eu_definition"]) == [expected]


def one_by_one(cells: Sequence[Cell]) -> list[Found]:
    """The rule of the methodology, read off figure by figure."""
    found = []
    for territory, year in sorted({(c[1], c[2]) for c in cells}):
        at = {c[0]: (c[3], c[4]) for c in cells if c[1:3] == (territory, year) and c[3] is not None}
        value = {name: float(held[0] or 0) for name, held in at.items()}
        if "DE2003I" in at:
            found.append((territory, year, value["DE2003I"], at["DE2003I"][1], True))
            continue
        for part, whole in ((["DE2003V"], ["DE1001V"]), (["DE2012V", "DE2002V"], ["DE1001V"]), (["DE2003V"], ["DE2001V", "DE2012V"])):
            if not {*part, *whole} <= at.keys() or sum(value[name] for name in whole) <= 0:
                continue
            own = value["DE2001V"] + value["DE2012V"] if {"DE2001V", "DE2012V"} <= at.keys() else None
            if whole == ["DE1001V"] and own is not None and abs(own - value["DE1001V"]) > value["DE1001V"] / 100:
                continue
            percent = round(100 * (value[part[0]] - sum(value[n] for n in part[1:])) / sum(value[n] for n in whole), 4)
            if 0 <= percent <= 100:
                flags = "".join(sorted({letter for name in (*part, *whole) for letter in at[name][1]}))
                found.append((territory, year, percent, flags, False))
                break
    return found


CELLS = st.dictionaries(
    st.tuples(st.sampled_from((*PARTS, "DE1001V")), st.sampled_from(("AT001C", "BE001C", CITY)), st.integers(2012, 2020)),
    st.tuples(st.none() | st.integers(0, 100), st.sampled_from(("", "b", "be", "p"))),
)


@settings(max_examples=12)
@given(CELLS)
def test_any_figures_give_the_shares_that_the_rule_gives_one_by_one(drawn: dict[tuple[str, str, int], tuple[int | None, str]]) -> None:
    cells: list[Cell] = [(*key, *held) for key, held in drawn.items()]
    expected = one_by_one(cells)
    found = found_in(cells)
    assert [(*f[:2], *f[3:]) for f in found] == [(*e[:2], *e[3:]) for e in expected]
    assert [f[2] for f in found] == pytest.approx([e[2] for e in expected], abs=1e-4)
