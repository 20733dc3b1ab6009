"""What the API answers becomes figures, or one clear error a kind of failure."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.errors import SourceChanged, SourceUnavailable
from citynet.statistics.jsonstat import decode
from citynet.statistics.values import Figure

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "include/samples/statistics/2026-08-31/urb_cpop1_DE1001V.json"


def answer(**changes: Any) -> bytes:
    cube = json.loads((HERE / "answer_flags.json").read_bytes())
    cube.update(changes)
    return json.dumps({k: v for k, v in cube.items() if v is not None}).encode()


def test_the_genuine_answer_gives_its_677_values_with_known_ones_in_place() -> None:
    figures = decode(SAMPLE.read_bytes(), dataset="urb_cpop1")
    by_cell = {(f.territory, f.year): f.value for f in figures}
    assert len(figures) == len(by_cell) == 677
    # Brussels 2014 stands so in an export of 2018 too; the others are read off the long table of the same vintage.
    assert by_cell["BE001C", 2014] == 1183841
    assert by_cell["BE005C", 1999] == 187538
    assert by_cell["BE005C", 2001] == 359314
    assert by_cell["CH003C", 2009] == 347161
    assert {f.vintage for f in figures} == {"2026-08-31T21:00:00Z"}
    assert figures == sorted(figures, key=lambda f: (f.indicator, f.territory, f.year))


def test_flags_are_sorted_letters_labels_are_stripped_and_a_flag_without_value_is_no_figure() -> None:
    common = {"dataset": "urb_cpop1", "indicator": "DE1001V", "vintage": "2026-02-06T10:00:00Z"}
    assert decode((HERE / "answer_flags.json").read_bytes(), dataset="urb_cpop1") == [
        Figure(territory="BE", label="Belgium", year=2019, value=100.0, flags="p", **common),
        Figure(territory="NL016C", label="Middelburg", year=2020, value=120.0, flags="be", **common),
    ]


def test_confidentiality_behind_a_bar_is_a_flag_like_any_other() -> None:
    figures = decode(answer(value={"1": 7}), dataset="urb_cpop1")
    assert [(f.territory, f.year, f.flags) for f in figures] == [("BE", 2020, "C")]


def test_a_filter_that_matches_nothing_gives_no_figures_and_no_error() -> None:
    assert decode(answer(value={}, status=None), dataset="urb_cpop1") == []


@pytest.mark.parametrize(
    ("file", "status", "kind", "told"),
    [
        ("answer_async_413.json", 200, SourceUnavailable, "ask the same address again later"),
        ("answer_error_500.json", 500, SourceUnavailable, "500, id 500: Internal error"),
        ("answer_outage.html", 200, SourceUnavailable, "HTML page"),
        ("answer_error_404_no_results.json", 404, SourceChanged, "404, id 100: ERR_NOT_FOUND_4"),
        ("answer_error_400_bad_value.json", 400, SourceChanged, "400, id 150: INVALID_QUERY_DIMENSION_VALUE"),
        ("answer_error_413_too_big.json", 413, SourceChanged, "EXTRACTION_TOO_BIG"),
    ],
)
def test_each_failure_has_its_own_outcome_and_says_where(file: str, status: int, kind: type[Exception], told: str) -> None:
    with pytest.raises(kind, match=told) as caught:
        decode((HERE / file).read_bytes(), dataset="urb_cpop1", status=status)
    assert str(caught.value).startswith("Eurostat urb_cpop1: ")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "got 0 bytes"),
        (b"\xff\xfe\x00", "that are none"),
        (b"[1, 2]", "JSON object, got list"),
        (b'{"class": "collection"}', "got class 'collection'"),
        (answer(size=[1, 1, 2]), "of one length"),
        (answer(size=[1, 1, 3, 2]), "dimension cities: expected each position below size 3 once, got 2 codes"),
        (
            answer(id=["freq", "indic_ur", "geo", "time"]),
            "expected the dimensions freq, indic_ur, cities, time; got freq, indic_ur, geo, time",
        ),
        (answer(value={"4": 1}), "expected cells below 4 in value"),
        (answer(value={"-1": 1}), "different cell numbers"),
        (answer(value={"0": 1, "00": 2}), "different cell numbers"),
        (answer(value=[1, 2]), "expected 4 cells in value"),
        (answer(value=None), "expected value as an object"),
        (answer(value={"0": "many"}), "expected a number in cell 0, found 'many'"),
        (answer(status={"9": "b"}), "expected cells below 4 in status"),
        (answer(updated="yesterday"), "expected updated as an instant"),
    ],
)
def test_any_other_shape_is_a_changed_source_that_no_retry_helps(body: bytes, told: str) -> None:
    with pytest.raises(SourceChanged, match=told):
        decode(body, dataset="urb_cpop1")


@settings(deadline=None)  # the first example pays for imports
@given(data=st.data())
def test_random_sparse_cubes_come_back_cell_by_cell_whatever_the_order_of_keys(data: st.DataObject) -> None:
    cities = data.draw(st.lists(st.from_regex(r"[A-Z]{2}[0-9]{3}C", fullmatch=True), min_size=1, max_size=5, unique=True))
    years = data.draw(st.lists(st.integers(1989, 2025).map(str), min_size=1, max_size=5, unique=True))
    order = data.draw(st.permutations(["freq", "indic_ur", "cities", "time"]))
    codes = {"freq": ["A"], "indic_ur": ["DE1001V"], "cities": cities, "time": years}
    wanted = data.draw(
        st.dictionaries(
            st.tuples(st.sampled_from(cities), st.sampled_from(years)),
            st.tuples(st.integers(0, 10**7), st.sampled_from(["", "b", "eb", "p"])),
        )
    )
    value, status = {}, {}
    for (city, year), (number, flags) in wanted.items():
        cell = 0
        for name in order:
            cell = cell * len(codes[name]) + codes[name].index({"cities": city, "time": year}.get(name, codes[name][0]))
        value[str(cell)] = number
        if flags:
            status[str(cell)] = flags
    dimension = {n: {"category": {"index": {c: i for i, c in enumerate(codes[n])}}} for n in order}
    keys = data.draw(st.permutations(list(value)))
    body = answer(id=order, size=[len(codes[n]) for n in order], dimension=dimension, value={k: value[k] for k in keys}, status=status)
    found = {(f.territory, str(f.year)): (int(f.value), f.flags) for f in decode(body, dataset="urb_cpop1")}
    assert found == {cell: (number, "".join(sorted(flags))) for cell, (number, flags) in wanted.items()}
