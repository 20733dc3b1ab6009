"""The table of counts: the source's totals, strict reading, and which of it figures are compared with."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.analysis.strata import AT_LEAST_5000, RESIDENTS, Strata, strata
from citynet.errors import SourceChanged
from citynet.pipelines.admission import cells_of
from citynet.statistics.joining import SIZE_CLASS_NAMES, size_class
from citynet.statistics.lau import read_lau
from citynet.statistics.universes import BELOW_FLOOR, COLUMNS, UniverseCell, counted, gaps, read_universes, universe_name
from citynet.statistics.values import Municipality

FOLDER = Path(__file__).parents[2] / "include/samples/statistics/2026-08-31"
CELLS = read_universes((FOLDER / "universes_2019.csv").read_bytes())
GAPS = {"CY", "FR"}
"""No residents of these countries are in the table."""
HEADER = ",".join(COLUMNS) + "\n"

# Units and residents by country, counted in Eurostat's EU-28-LAU-2019 tables without the program that wrote the table.
TOTALS = {
    **{"AL": (61, 2800138), "AT": (2096, 8858775), "BE": (589, 11431406), "BG": (265, 7000039), "CH": (2222, 8484130), "CY": (615, 0)},
    **{"CZ": (6258, 10649800), "DE": (11087, 83019213), "DK": (99, 5806081), "EE": (79, 1323401), "ES": (8131, 47026208)},
    **{"FI": (311, 5517919), "FR": (34970, 0), "GB": (400, 66040229), "GR": (326, 10816286), "HR": (556, 4284889)},
    **{"HU": (3155, 9772756), "IE": (31, 4761865), "IS": (72, 356991), "IT": (7926, 60359546), "LI": (11, 38378), "LT": (60, 2794184)},
    **{"LU": (102, 613894), "LV": (119, 1919968), "MK": (80, 1746833), "MT": (68, 493559), "NL": (355, 17282163), "PL": (2478, 38411148)},
    **{"PT": (308, 10562178), "RO": (3181, 22213553), "SE": (290, 10230185), "SI": (212, 2080908), "SK": (2927, 5450421)},
    "TR": (973, 82003882),
}


def table(*lines: str) -> bytes:
    return (HEADER + "".join(f"{line}\n" for line in lines)).encode()


def test_units_and_residents_of_each_country_are_those_of_the_source() -> None:
    units, residents = Counter[str](), Counter[str]()
    for cell in CELLS:
        units[cell.country] += cell.municipalities
        residents[cell.country] += cell.residents or 0
    assert {country: (units[country], residents[country]) for country in sorted(units)} == TOTALS
    assert sum(units.values()) == 90_413


def held(cells: Iterable[UniverseCell], unit: str, dimension: str) -> Strata:
    """The universe of municipalities of at least 5,000, or of residents, as a list is held against it."""
    kept = cells_of(c for c in cells if unit == "residents" or c.size_class != BELOW_FLOOR)
    order = SIZE_CLASS_NAMES if dimension == "municipality_size_class" else ()
    return strata(kept, RESIDENTS if unit == "residents" else AT_LEAST_5000, dimension, "", "", order)


def test_larger_municipalities_are_as_many_as_the_list_that_joins_places_has() -> None:
    units = [u for u in read_lau((FOLDER / "lau_2019_trimmed.csv.gz").read_bytes()) if (u.population or 0) >= 5_000]
    by_size = Counter(size_class(u.population) for u in units)
    assert held(CELLS, "municipalities", "municipality_size_class").universe.counts == {
        n: by_size[n] for n in SIZE_CLASS_NAMES if by_size[n]
    }
    assert held(CELLS, "municipalities", "country").universe.counts == dict(sorted(Counter(u.country for u in units).items()))
    degrees = Counter(str(u.degurba) for u in units if u.degurba)
    assert held(CELLS, "municipalities", "degurba").universe.counts == dict(sorted(degrees.items()))


def test_residents_of_small_municipalities_are_in_the_universe_of_residents() -> None:
    residents = held(CELLS, "residents", "municipality_size_class").universe.counts
    assert next(iter(residents)) == "<5k"
    assert sum(residents.values()) == sum(of for country, (_, of) in TOTALS.items() if country not in GAPS)


def test_countries_with_a_gap_are_in_the_table_and_in_no_figure() -> None:
    assert set(gaps(CELLS)) == GAPS
    for dimension in ("municipality_size_class", "degurba", "country"):
        for unit in ("municipalities", "residents"):
            assert not GAPS & set(held(CELLS, unit, dimension).countries)


def test_a_country_without_degrees_is_left_out_along_degrees_alone_and_named() -> None:
    by_degree, by_size = (held(CELLS, "residents", d) for d in ("degurba", "municipality_size_class"))
    assert set(by_size.countries) - set(by_degree.countries) == {"TR"}
    left_out = "left out for gaps of the table: CY, FR"
    by_degree_name = f"residents of 31 countries ({left_out}; without degree of urbanisation: TR; others are not in it)"
    assert universe_name(CELLS, "residents", by_degree.countries) == by_degree_name
    assert universe_name(CELLS, "municipalities", by_size.countries).startswith(
        "municipalities of at least 5000 residents in 32 countries ("
    )


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"country,size_class\nBE,<5k\n", "expected the columns country,size_class,degurba"),
        (b"", "got nothing"),
        (b"\xff", "CSV in UTF-8"),
        (table(), "a header without rows"),
        (table("BE,<5k,1,3,9000,3"), "line 2: expected 7 columns"),
        (table("BE,<5k,1,3,9000,3,9000,9"), "line 2: expected 7 columns"),
        (table("Belgium,<5k,1,3,9000,3,9000"), "expected a country and a size class"),
        (table("BE,small,1,3,9000,3,9000"), "got 'BE' and 'small'"),
        (table("BE,<5k,4,3,9000,3,9000"), "expected 1, 2, 3 or nothing as degurba, got '4'"),
        (table("BE,<5k,1,-3,9000,3,9000"), "expected a whole number or nothing as municipalities, got '-3'"),
        (table("BE,<5k,1,3,9e3,3,9000"), "as residents, got '9e3'"),
        (table("BE,<5k,1,,9000,3,9000"), "expected counts"),
        (table("BE,<5k,1,3,,3,9000"), "residents where there is a size class and only there"),
        (table("BE,,1,3,9000,3,9000"), "residents where there is a size class and only there"),
    ],
)
def test_a_table_of_another_form_is_refused_with_its_line(body: bytes, told: str) -> None:
    with pytest.raises(SourceChanged, match=told):
        read_universes(body)


CELL = st.builds(
    UniverseCell,
    country=st.sampled_from(["BE", "FR", "TR", "XK"]),
    size_class=st.sampled_from(SIZE_CLASS_NAMES),
    degurba=st.sampled_from([None, 1, 2, 3]),
    municipalities=st.integers(1, 10**5),
    residents=st.integers(0, 10**9),
    all_municipalities=st.integers(0, 10**6),
    all_residents=st.one_of(st.none(), st.integers(0, 10**9)),
)


@given(st.lists(CELL, min_size=1))
def test_what_was_written_is_read_back(cells: list[UniverseCell]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(cell, column) for column in COLUMNS] for cell in cells)
    assert read_universes(text.getvalue().encode()) == tuple(cells)


@given(st.lists(CELL))
def test_no_unit_is_lost_or_counted_twice_along_any_dimension(cells: list[UniverseCell]) -> None:
    inside = [c for c in cells if c.size_class]
    for dimension in ("municipality_size_class", "country"):
        assert sum(held(cells, "residents", dimension).universe.counts.values()) == sum(c.residents or 0 for c in inside)
        large = sum(c.municipalities for c in inside if c.size_class != "<5k")
        assert sum(held(cells, "municipalities", dimension).universe.counts.values()) == large
    degreed = sum(c.residents or 0 for c in inside if c.degurba)
    assert sum(held(cells, "residents", "degurba").universe.counts.values()) == degreed


def test_a_whole_list_of_municipalities_is_counted_with_its_totals_beside() -> None:
    units = [
        Municipality("1", "BE", "A", "", 262_219, 1, ""),
        Municipality("2", "BE", "B", "", 119_714, 1, ""),
        Municipality("3", "BE", "C", "", None, None, ""),
        Municipality("1", "FR", "D", "", None, 3, ""),
    ]
    assert counted(units) == (
        UniverseCell("BE", "", None, 1, None, 3, 381_933),
        UniverseCell("BE", "100-250k", 1, 1, 119_714, 3, 381_933),
        UniverseCell("BE", "250-500k", 1, 1, 262_219, 3, 381_933),
        UniverseCell("FR", "", 3, 1, None, 1, None),
    )
    assert gaps(counted(units)) == ("FR",)
