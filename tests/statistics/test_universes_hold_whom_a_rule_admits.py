"""The cells of a universe that a rule admits: nobody is lost, counted twice, or guessed where a limit runs through a class."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.statistics.joining import SIZE_CLASS_NAMES, size_class
from citynet.statistics.lau import read_lau
from citynet.statistics.size_ranges import ANY_SIZE, NO_LIMIT, Ranges, intersection, union, within
from citynet.statistics.universes import (
    NO_RESIDENTS,
    EligibleCell,
    UniverseCell,
    class_bounds,
    counted,
    eligible,
    read_universes,
    residents_by_cell,
)
from citynet.statistics.values import Municipality

FOLDER = Path(__file__).parents[2] / "include/samples/statistics/2026-08-31"

NUMBER = st.integers(0, 6_000_000) | st.sampled_from([0, 4_999, 5_000, 49_999, 50_000, 250_000, 5_000_000])
RANGES = st.lists(st.tuples(NUMBER, NUMBER | st.just(NO_LIMIT)), max_size=4).map(union)
UNITS = st.lists(
    st.builds(
        Municipality,
        lau_code=st.just("1"),
        country=st.sampled_from(["BE", "FR", "TR"]),
        name=st.just("A"),
        name_latin=st.just(""),
        population=st.none() | NUMBER,
        degurba=st.sampled_from([None, 1, 2, 3]),
        city_code=st.just(""),
    ),
    min_size=1,
    max_size=40,
)


def found(units: list[Municipality], admits: dict[str, Ranges]) -> tuple[EligibleCell, ...]:
    return eligible(counted(units), residents_by_cell(units), admits)


@given(UNITS, st.dictionaries(st.sampled_from(["BE", "FR", "TR"]), RANGES))
def test_the_cells_of_a_whole_list_add_up_to_exactly_those_whom_the_rule_admits(
    units: list[Municipality], admits: dict[str, Ranges]
) -> None:
    admitted = [u for u in units if u.population is not None and within(admits.get(u.country, ()), u.population)]
    cells = found(units, admits)
    sized = [cell for cell in cells if cell.size_class]
    assert not [cell for cell in sized if cell.municipalities is None]
    assert sum(cell.municipalities or 0 for cell in sized) == len(admitted)
    assert sum(cell.residents or 0 for cell in sized) == sum(u.population or 0 for u in admitted)
    by_cell = Counter((u.country, size_class(u.population), u.degurba) for u in admitted)
    assert {(cell.country, cell.size_class, cell.degurba): cell.municipalities for cell in sized} == by_cell


@given(UNITS)
def test_who_has_no_residents_in_the_source_is_admitted_by_a_rule_without_limits_alone(units: list[Municipality]) -> None:
    unsized = [u for u in units if u.population is None]
    free = [cell for cell in found(units, dict.fromkeys(("BE", "FR", "TR"), ANY_SIZE)) if not cell.size_class]
    assert sum(cell.municipalities or 0 for cell in free) == len(unsized)
    limited = [cell for cell in found(units, dict.fromkeys(("BE", "FR", "TR"), ((1, NO_LIMIT),))) if not cell.size_class]
    assert [(cell.municipalities, cell.residents) for cell in limited] == [(None, None)] * len(free)
    assert all(NO_RESIDENTS in cell.not_counted_because for cell in limited)


@given(RANGES, RANGES, NUMBER)
def test_ranges_are_joined_and_cut_as_sets_are(one: Ranges, other: Ranges, residents: int) -> None:
    assert within(union((*one, *other)), residents) == (within(one, residents) or within(other, residents))
    assert within(intersection(one, other), residents) == (within(one, residents) and within(other, residents))
    assert all(low < high for low, high in one)
    assert all(before[1] < after[0] for before, after in pairwise(one))


def test_the_bounds_of_the_classes_follow_one_another_without_a_gap() -> None:
    bounds = [class_bounds(name) for name in SIZE_CLASS_NAMES]
    assert (bounds[0][0], bounds[-1][1]) == (0, NO_LIMIT)
    assert [high for _, high in bounds[:-1]] == [low for low, _ in bounds[1:]]


@dataclass(frozen=True)
class Bundled:
    """The bundled universes, and the list that they were counted on."""

    cells: tuple[UniverseCell, ...]
    units: tuple[Municipality, ...]


@pytest.fixture(scope="module")
def of_2019() -> Bundled:
    cells = read_universes((FOLDER / "universes_2019.csv").read_bytes())
    return Bundled(cells, read_lau((FOLDER / "lau_2019_trimmed.csv.gz").read_bytes()))


def test_a_limit_inside_a_class_is_counted_from_the_list_of_2019_down_to_its_floor(of_2019: Bundled) -> None:
    countries = {cell.country for cell in of_2019.cells}
    cells = eligible(of_2019.cells, residents_by_cell(of_2019.units), dict.fromkeys(countries, ((30_000, NO_LIMIT),)))
    expected = [u for u in of_2019.units if (u.population or 0) >= 30_000]
    assert sum(cell.municipalities or 0 for cell in cells) == len(expected)
    assert sum(cell.residents or 0 for cell in cells) == sum(u.population or 0 for u in expected)
    assert {cell.country for cell in cells if cell.municipalities is None} == {"CY", "FR", "MK"}


def test_a_limit_below_the_floor_of_a_trimmed_list_is_not_counted_and_says_so(of_2019: Bundled) -> None:
    cells = eligible(of_2019.cells, residents_by_cell(of_2019.units), {"BE": ((2_000, NO_LIMIT),)})
    small = {(cell.size_class, cell.municipalities) for cell in cells if cell.not_counted_because}
    assert small == {("<5k", None)}
    told = next(cell.not_counted_because for cell in cells if cell.not_counted_because)
    assert told.startswith("a limit runs through the class, and the list at hand has ")
    large = sum(cell.municipalities or 0 for cell in cells if cell.size_class != "<5k")
    assert large == sum(c.municipalities for c in of_2019.cells if c.country == "BE" and c.size_class not in ("", "<5k"))
