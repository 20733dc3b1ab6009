"""A body of the API becomes columns, cell by cell, or is refused: whatever it holds, no other figure is ever made of it."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.errors import EmptyForFilter, Malformed, SourceChanged
from citynet.model import Fetched
from citynet.statistics.eurostat import data_url, decode_answers
from citynet.statistics.values import Observations
from fake_eurostat import AUGUST, Cells, Cube, jsonstat, tsv

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "include/samples/statistics/2026-08-31/urb_cpop1_DE1001V.json"
CUBE = Cube()
Row = tuple[str, str, int, float | None, str]


def served(*bodies: bytes) -> list[Fetched]:
    return [Fetched(f"https://ec.europa.eu/{n}", "GET", 200, "application/json", (), body, "") for n, body in enumerate(bodies)]


def decoded(*bodies: bytes, cube: Cube = CUBE) -> Observations:
    return decode_answers(served(*bodies), cube)


def rows(found: Observations) -> list[Row]:
    columns = (found.table[name].tolist() for name in ("indicator", "territory", "year", "value", "flags"))
    return [(i, t, y, v if v == v else None, f) for i, t, y, v, f in zip(*columns, strict=True)]


def answer(**changes: Any) -> bytes:
    cube = json.loads((HERE / "answer_flags.json").read_bytes())
    cube.update(changes)
    return json.dumps({k: v for k, v in cube.items() if v is not None}).encode()


def test_the_genuine_answer_gives_its_677_values_with_known_ones_in_place() -> None:
    found = decoded(SAMPLE.read_bytes())
    by_cell = {(territory, year): value for _, territory, year, value, _ in rows(found)}
    assert len(found.table) == len(by_cell) == 677
    # Brussels 2014 stands so in an export of 2018 too; the others are read off the long table of the same vintage.
    assert by_cell["BE001C", 2014] == 1183841
    assert by_cell["BE005C", 1999] == 187538
    assert by_cell["BE005C", 2001] == 359314
    assert by_cell["CH003C", 2009] == 347161
    assert found.updated == "2026-08-31T21:00:00Z"


@pytest.mark.parametrize("served", ["2026-08-31T23:00:00+02:00", "2026-08-31T23:00:00.000+0200", "2026-08-31T21:00:00Z"])
def test_the_instant_of_a_vintage_may_be_written_in_any_usual_form(served: str) -> None:
    assert decoded(answer(updated=served)).updated == "2026-08-31T21:00:00Z"


def test_flags_are_sorted_letters_labels_are_stripped_and_a_flag_without_value_is_kept() -> None:
    found = decoded((HERE / "answer_flags.json").read_bytes())
    assert rows(found) == [
        ("DE1001V", "BE", 2019, 100.0, "p"),
        ("DE1001V", "BE", 2020, None, "C"),
        ("DE1001V", "NL016C", 2019, None, "m"),
        ("DE1001V", "NL016C", 2020, 120.0, "be"),
    ]
    assert found.labels == {"BE": "Belgium", "NL016C": "Middelburg"}
    assert found.updated == "2026-02-06T10:00:00Z"


def test_full_lists_of_values_and_flags_are_read_as_sparse_ones_are() -> None:
    dense = answer(value=[100, None, None, 120], status=["p", "|C", "m", "eb"])
    assert rows(decoded(dense)) == rows(decoded((HERE / "answer_flags.json").read_bytes()))


def test_a_value_null_without_a_flag_is_nothing_at_all() -> None:
    assert rows(decoded(answer(value={"0": None, "3": 1}, status=None))) == [("DE1001V", "NL016C", 2020, 1.0, "")]


@pytest.mark.parametrize(
    "body", [answer(value={}, status=None), answer(value=[None] * 4, status=None), answer(value={"1": None}, status={})]
)
def test_an_answer_without_any_cell_is_no_empty_vintage(body: bytes) -> None:
    with pytest.raises(EmptyForFilter, match="none for the filter indic_ur DE1001V"):
        decoded(body)


def test_words_that_look_like_cells_inside_a_label_change_nothing() -> None:
    """The reader finds the cells by their look before it reads the rest."""
    label = 'odd "value":{"0":1} \\"status\\":{"1":"b"} }, "2":'
    found = decoded(answer(label=label, note={"value": {"7": 1}, "status": {"9": "x"}}))
    assert rows(found) == rows(decoded((HERE / "answer_flags.json").read_bytes()))


@pytest.mark.parametrize("status", [{"0": "}"}, {"0": ',"1":"b'}, {"0": "p,", "1": '","'}])
def test_odd_flags_break_no_cell(status: dict[str, str]) -> None:
    assert rows(decoded(answer(status=status)))[0][:4] == ("DE1001V", "BE", 2019, 100.0)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "got 0 bytes"),
        (b"\xff\xfe\x00", "that are none"),
        (b"[" * 100_000, "none or cut"),
        (b"[1, 2]", "a JSON value of type list"),
        (b'{"class": "collection"}', "got class 'collection'"),
        (answer(size=[1, 1, 2]), "of one length"),
        (answer(size=[1, 1, 3, 2]), "dimension cities: expected each position below size 3 once, got 2 codes"),
        (answer(size=[1, 1, True, 2]), "below size True"),
        (answer(id=["freq", "indic_ur", "cities", "cities"]), "each dimension once"),
        (answer(value={"4": 1}), "expected cells below 4 in value"),
        (answer(value={"9" * 40: 1}), "expected cells below 4 in value"),
        (answer(value={"-1": 1}), "expected cell numbers as keys of value, got '-1'"),
        (answer(value={"1_0": 1}), "expected cell numbers as keys of value"),
        (answer(value={"": 1}), "expected cell numbers as keys of value"),
        (answer(value={"٣": 1}), "expected cell numbers as keys of value"),
        (answer(value={"0": 1, "00": 2}), "different cell numbers"),
        (answer().replace(b'"3": 120', b'"0": 120'), "different cell numbers"),
        (answer(value=[1, 2]), "expected 4 cells in value"),
        (answer(value=None), "expected value as an object"),
        (answer(value={"0": "12"}), "expected a number in cell 0, found '12'"),
        (answer(value={"0": True}), "expected a number in cell 0"),
        (answer(value={"0": [1]}), "expected a number in cell 0"),
        (answer(value={"0": float("nan")}), "NaN is no JSON"),
        (answer(value={"0": 10**400}), "more than 300 digits|limit"),
        (answer(status={"9": "b"}), "expected cells below 4 in status"),
        (answer(updated="yesterday"), "expected updated as an instant"),
        (answer(updated=None), "expected updated as an instant"),
        (answer(updated="2026-08-31T23:00:00"), "expected updated as an instant"),
    ],
)
def test_a_body_that_contradicts_itself_or_the_format_is_malformed(body: bytes, told: str) -> None:
    with pytest.raises(Malformed, match=told) as caught:
        decoded(body)
    assert str(caught.value).startswith("Eurostat urb_cpop1: ")


def with_sexes() -> bytes:
    cube = json.loads((HERE / "answer_flags.json").read_bytes())
    cube["dimension"]["freq"]["category"]["index"] = {"A": 0, "M": 1}
    return json.dumps(cube | {"size": [2, 1, 2, 2]}).encode()


def with_months() -> bytes:
    return (HERE / "answer_flags.json").read_bytes().replace(b'"2019":0', b'"2019-01":0')


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (with_sexes(), "expected one code in dimension freq, got 2; a filter is needed"),
        (with_months(), "expected years in dimension time, found '2019-01'"),
        (answer().replace(b"cities", b"geo"), "expected the dimensions indic_ur, cities, time; got freq, indic_ur, geo, time"),
    ],
)
def test_a_sound_cube_of_other_dimensions_is_a_changed_source(body: bytes, told: str) -> None:
    with pytest.raises(SourceChanged, match=told):
        decoded(body)


def test_parts_make_one_table_and_never_of_two_vintages_nor_with_a_cell_twice() -> None:
    one: Cells = {("DE1001V", "BE001C", 2014): (5, "b"), ("DE1001V", "AT001C", 2014): (6, "")}
    other: Cells = {("DE2001V", "AT001C", 2012): (7, "eb"), ("DE1001V", "AT001C", 2015): (8, "")}
    found = decoded(jsonstat(one, AUGUST, {}), jsonstat(other, AUGUST, {"AT001C": "Wien "}))
    assert rows(found) == sorted((i, t, y, v, "".join(sorted(f))) for (i, t, y), (v, f) in (one | other).items())
    assert found.labels == {"AT001C": "Wien", "BE001C": "BE001C"}
    with pytest.raises(SourceChanged, match="parts updated 2026-08-31T21:00:00Z and 2026-08-31T22:00:00Z"):
        decoded(jsonstat(one, AUGUST, {}), jsonstat(other, "2026-08-31T23:00:00+0100", {}))
    with pytest.raises(SourceChanged, match="DE1001V of AT001C in 2014 and 1 more twice"):
        decoded(jsonstat(one, AUGUST, {}), jsonstat(one, AUGUST, {}))


def test_the_address_names_format_language_and_filters_in_their_order() -> None:
    cube = Cube(code="migr_pop1ctz", filters={"age": ("TOTAL",), "citizen": ("NAT", "TOTAL")}, indicator_dimension="citizen")
    assert data_url(cube) == (
        "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data/migr_pop1ctz"
        "?format=JSON&lang=EN&age=TOTAL&citizen=NAT&citizen=TOTAL"
    )


some_cells = st.dictionaries(
    st.tuples(st.sampled_from(["DE1001V", "DE2003I"]), st.from_regex(r"[A-C]{2}[0-3]C", fullmatch=True), st.integers(1989, 2025)),
    st.one_of(
        st.tuples(st.floats(0, 1e9, allow_nan=False).map(lambda n: round(n, 2)), st.sampled_from(["", "b", "eb", "p", "|C"])),
        st.tuples(st.none(), st.sampled_from(["m", "c", "cu"])),
    ),
    min_size=1,
    max_size=30,
).filter(lambda cells: any(value is not None for value, _ in cells.values()))


def as_read(cells: Cells) -> list[Row]:
    return sorted((i, t, y, v, "".join(sorted(f.replace("|", "")))) for (i, t, y), (v, f) in cells.items())


@settings(max_examples=50)  # the first example pays for imports
@given(some_cells)
def test_both_routes_give_every_cell_of_any_cube_and_no_other(cells: Cells) -> None:
    assert rows(decoded(jsonstat(cells, AUGUST, {}))) == as_read(cells)
    assert rows(decoded(tsv(cells))) == as_read(cells)
    assert rows(decoded(gzip.compress(tsv(cells)))) == as_read(cells)


@settings(max_examples=50)
@given(data=st.data(), keys=st.permutations(range(4)))
def test_neither_the_order_of_dimensions_nor_of_keys_matters(data: st.DataObject, keys: list[int]) -> None:
    cells = data.draw(some_cells)
    cube = json.loads(jsonstat(cells, AUGUST, {}))
    size, names = [cube["size"][n] for n in keys], [cube["id"][n] for n in keys]

    def moved(cell: int) -> int:
        places = []
        for length in reversed(cube["size"]):
            cell, place = divmod(cell, length)
            places.insert(0, place)
        new = 0
        for n, length in zip(keys, size, strict=True):
            new = new * length + places[n]
        return new

    members = {}
    for member in ("value", "status"):
        entries = [(str(moved(int(cell))), entry) for cell, entry in cube.get(member, {}).items()]
        members[member] = dict(data.draw(st.permutations(entries)))
    assert rows(decoded(json.dumps(cube | members | {"id": names, "size": size}).encode())) == as_read(cells)


@settings(max_examples=50)
@given(data=st.data())
def test_an_answer_cut_anywhere_is_malformed_by_either_route(data: st.DataObject) -> None:
    cells = data.draw(some_cells)
    for body in (jsonstat(cells, AUGUST, {}), tsv(cells), gzip.compress(tsv(cells))):
        keep = data.draw(st.integers(0, len(body) - 1))
        if body[:keep].endswith(b"\r\n"):
            continue  # a plain table cut between two lines is one of fewer lines: which is why a packed one is asked for
        with pytest.raises(Malformed):
            decoded(body[:keep])


@pytest.mark.parametrize(
    ("body", "error", "told"),
    [
        (b"freq,indic_ur,cities\\TIME_PERIOD\t2019-Q1 \r\n", Malformed, "expected a head like"),
        (b"freq,indic_ur,cities\\TIME_PERIOD\t2019 \r\nA,DE1001V,BE001C\t1 b", Malformed, "ends with a line"),
        (b"freq,indic_ur,cities\\TIME_PERIOD\t2019 \t2020 \r\nA,DE1001V,BE001C\t1 b\r\n", Malformed, "expected 3 codes and 2 cells a line"),
        (b"freq,indic_ur,cities\\TIME_PERIOD\t2019 \r\nA,DE1001V,BE001C\tmany\tb\r\n", Malformed, "a line"),
        (b"freq,indic_ur,cities\\TIME_PERIOD\t2019 \r\nA,DE1001V,BE001C\t1,000 b\r\n", Malformed, "':' and flags in a cell, got '1,000 b'"),
        (b"freq,indic_ur,geo\\TIME_PERIOD\t2019 \r\nA,DE1001V,BE\t1\r\n", SourceChanged, "expected the dimension cities"),
        (
            b"freq,indic_ur,cities\\TIME_PERIOD\t2019 \r\nA,DE1001V,BE\t1\r\nM,DE1001V,BE\t1\r\n",
            SourceChanged,
            "one code in dimension freq, got 2",
        ),
    ],
)
def test_a_table_of_another_form_is_refused_with_what_was_seen(body: bytes, error: type[SourceChanged], told: str) -> None:
    with pytest.raises(error, match=told):
        decoded(body)


def test_cells_of_a_table_are_read_with_and_without_blanks() -> None:
    body = b"freq,indic_ur,cities\\TIME_PERIOD\t2017 \t2018 \t2019 \t2020 \t2021 \r\nA,DE1001V,BE\t: \t: c\t0n\tn\t1.5e3 bd\r\n"
    assert rows(decoded(body)) == [
        ("DE1001V", "BE", 2018, None, "c"),
        ("DE1001V", "BE", 2019, 0.0, "n"),
        ("DE1001V", "BE", 2020, None, "n"),
        ("DE1001V", "BE", 2021, 1500.0, "bd"),
    ]
