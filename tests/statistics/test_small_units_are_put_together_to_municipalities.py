"""Greek communities, Portuguese parishes and Irish electoral areas as municipalities."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.errors import SourceChanged
from citynet.statistics import aggregation
from citynet.statistics.aggregation import aggregated, degree_of
from citynet.statistics.values import Municipality

TABLE = Path(aggregation.__file__).with_name("irish_councils.csv")


def unit(country: str, code: str, residents: int | None, degree: int | None = 3, name: str = "x", nuts3: str = "") -> Municipality:
    return Municipality(code, country, name, "", residents, degree, "", nuts3)


def test_parts_of_one_municipality_become_one_and_all_others_stay_as_they_are() -> None:
    ghent = unit("BE", "44021", 262_219, 1)
    made = aggregated([unit("PT", "110656", 14_000, 1), ghent, unit("PT", "1106AB", 6_000, 1), unit("GR", "45010101", 664_046, 1)])
    assert made == (
        ghent,
        Municipality("4501", "GR", "lauGR4501", "", 664_046, 1, ""),
        Municipality("1106", "PT", "lauPT1106", "", 20_000, 1, ""),
    )


def test_a_population_is_missing_where_that_of_any_part_is() -> None:
    (made,) = aggregated([unit("PT", "110601", 9_000), unit("PT", "110602", None)])
    assert (made.population, made.degurba) == (None, None)


def test_a_region_is_kept_only_where_all_parts_lie_in_it() -> None:
    (one,) = aggregated([unit("PT", "110601", 1, nuts3="PT170"), unit("PT", "110602", 1, nuts3="PT170")])
    (other,) = aggregated([unit("PT", "110601", 1, nuts3="PT170"), unit("PT", "110602", 1, nuts3="PT16D")])
    assert (one.nuts3, other.nuts3) == ("PT170", "")


@pytest.mark.parametrize(
    ("city", "town", "rural", "degree"),
    [(50, 30, 20, 1), (49, 51, 0, 2), (49, 0, 51, 3), (40, 30, 30, 2), (0, 50, 50, 2), (30, 20, 50, 2), (0, 49, 51, 3)],
)
def test_the_degree_is_eurostats_rule_by_residents(city: int, town: int, rural: int, degree: int) -> None:
    parts = [unit("PT", f"11060{number}", residents, number) for number, residents in ((1, city), (2, town), (3, rural))]
    assert degree_of(parts) == degree


def test_irish_areas_are_told_apart_by_region_and_found_in_any_spelling() -> None:
    made = aggregated(
        [
            unit("IE", "a", 19_979, name="ATHLONE", nuts3="IE042"),
            unit("IE", "b", 22_692, name="Athlone", nuts3="IE063"),
            unit("IE", "c", 41_627, name="Dun Laoghaire", nuts3="IE061"),
            unit("IE", "d", 34_121, name="Laytown-Bettystown", nuts3="IE062"),
        ]
    )
    assert {u.lau_code for u in made} == {"1319", "1323", "1326-dun-laoghaire-rathdown", "1316"}


def test_the_table_of_irish_areas_has_all_166_in_31_councils_each_once() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (len(rows), len({row["council_code"] for row in rows}), len({row["council"] for row in rows})) == (166, 31, 31)
    assert len({(row["nuts3"], row["area"]) for row in rows}) == 166


@pytest.mark.parametrize(
    ("stray", "told"),
    [
        (unit("IE", "1", 1, name="ATLANTIS", nuts3="IE061"), "expected the Irish electoral areas of 2018 .* got 'ATLANTIS' in IE061"),
        (unit("GR", "4501", 1), "expected codes of the form .* in GR, got '4501'"),
        (unit("PT", "LISBOA", 1), "in PT, got 'LISBOA'"),
    ],
)
def test_units_of_another_form_are_refused(stray: Municipality, told: str) -> None:
    with pytest.raises(SourceChanged, match=told):
        aggregated([stray])


@given(st.lists(st.tuples(st.sampled_from(["1106", "1312", "0806"]), st.integers(0, 10**6), st.sampled_from([1, 2, 3])), max_size=50))
def test_no_resident_is_lost_or_counted_twice(parts: list[tuple[str, int, int]]) -> None:
    units = [unit("PT", f"{code}{number:02}", residents, degree) for number, (code, residents, degree) in enumerate(parts)]
    made = aggregated(units)
    assert sum(u.population or 0 for u in made) == sum(residents for _, residents, _ in parts)
    assert len(made) == len({code for code, _, _ in parts})
