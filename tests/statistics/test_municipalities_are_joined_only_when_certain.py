"""The LAU list, size classes and the join with places."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.errors import SourceChanged
from citynet.model import Place
from citynet.statistics.joining import (
    SIZE_CLASS_NAMES,
    index_municipalities,
    join,
    one_to_one,
    size_class,
    unit_by_code,
    unit_by_name,
)
from citynet.statistics.lau import COLUMNS, read_lau
from citynet.statistics.values import Municipality

TABLE = Path(__file__).parents[2] / "include/samples/statistics/2026-08-31/lau_2019_trimmed.csv.gz"
HEADER = ",".join(COLUMNS)
ULM = Place("gn2820256", "Ulm", "DE", "settlement", "gn2820256", "2820256", 48.4, 9.99, 120_451)


def unit(code: str, name: str, population: int | None, country: str = "DE", latin: str = "") -> Municipality:
    return Municipality(code, country, name, latin, population, 1, "")


def test_the_bundled_table_holds_known_municipalities_and_those_of_every_size_that_the_samples_name() -> None:
    units = read_lau(TABLE.read_bytes())
    by_id = {(u.country, u.lau_code): u for u in units}
    assert by_id["BE", "44021"] == Municipality("44021", "BE", "Gent", "Gand", 262_219, 1, "BE003C1", "BE234")
    assert by_id["DE", "08421000"].name == "Ulm, Universitätsstadt"
    assert by_id["GB", "E09000011"].population == 282_849
    assert by_id["GR", "4501"].population == 664_046, "Athens, put together of its communities"
    assert by_id["PT", "1106"].population == 552_700, "Lisbon, of its parishes"
    assert by_id["FR", "75056"].population is None, "Paris: named in the samples, and the list has no residents of France"
    assert (by_id["DE", "09577158"].name, by_id["DE", "09577158"].population) == ("Pappenheim, St", 4_023), (
        "small, and named in the samples"
    )
    assert sum((u.population or 0) >= 5_000 for u in units) == 14_784
    assert len(units) < 15_500


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("country,lau_code\nDE,1\n", "expected the columns country,lau_code,lau_name_national"),
        (HEADER + "\n", "a header without rows"),
        (HEADER + "\nDE,1,Ulm,,many,1,,\n", "line 2: expected whole numbers"),
        (HEADER + "\nDE,1,Ulm,,5,1,,\nDE,1,Ulm,,5,1,,\n", "line 3: expected each code once, got DE 1 again"),
        (HEADER + "\nDE,1,Ulm\n", "line 2: expected 8 columns"),
    ],
)
def test_a_table_of_another_form_is_refused_with_its_line(text: str, told: str) -> None:
    with pytest.raises(SourceChanged, match=told):
        read_lau(text.encode())


def test_a_truncated_gzip_is_refused_in_one_sentence() -> None:
    with pytest.raises(SourceChanged, match="expected CSV in UTF-8, gzipped or plain"):
        read_lau(gzip.compress((HEADER + "\nDE,1,Ulm,,5,1,,\n").encode())[:-9])


@pytest.mark.parametrize(
    ("population", "expected"),
    [
        (None, None),
        (0, "<5k"),
        (4_999, "<5k"),
        (5_000, "5-10k"),
        (49_999, "20-50k"),
        (50_000, "50-100k"),
        (999_999, "0.5-1M"),
        (5_000_000, ">5M"),
    ],
)
def test_size_classes_are_half_open(population: int | None, expected: str | None) -> None:
    assert size_class(population) == expected


def test_a_legal_form_behind_or_before_the_name_does_not_hinder_the_join() -> None:
    ulm, craiova = unit("08421000", "Ulm, Universitätsstadt", 126_329), unit("69900", "Municipiul Craiova", 303_057, "RO")
    index = index_municipalities([ulm, craiova, unit("09775135", "Neu-Ulm, GKSt", 58_707)], str.lower)
    assert unit_by_name(ULM, ["ulm"], index) == ulm
    assert unit_by_name(replace(ULM, country="RO", population=None), ["craiova"], index) == craiova


def test_a_name_borne_by_two_municipalities_or_by_none_joins_nothing() -> None:
    index = index_municipalities([unit("1", "Neustadt", 30_000), unit("2", "Neustadt, Stadt", 9_000)], str.lower)
    assert unit_by_name(ULM, ["neustadt"], index) is None
    assert unit_by_name(ULM, ["altstadt"], index) is None


def test_a_hamlet_does_not_inherit_the_figures_of_its_namesake_nor_a_city_those_of_a_village() -> None:
    index = index_municipalities([unit("1", "Berg", 20_000)], str.lower)
    assert unit_by_name(replace(ULM, population=300), ["berg"], index) is None
    assert unit_by_name(replace(ULM, population=2_000_000), ["berg"], index) is None
    assert unit_by_name(replace(ULM, population=15_000), ["berg"], index) is not None


def test_a_district_and_a_part_of_a_city_are_never_joined() -> None:
    index = index_municipalities(
        [unit("11000000", "Berlin, Stadt", 3_644_826), unit("5", "Košice - mestská časť Juh", 22_000, "SK")], str.lower
    )
    assert unit_by_name(replace(ULM, place_kind="district", population=None), ["berlin"], index) is None
    assert [key for key in index if key[0] == "SK"] == []


def test_an_id_a_judgement_or_the_gazetteers_code_names_the_municipality_itself() -> None:
    vilnius = unit("13", "Vilniaus miesto savivaldybė", 552_131, "LT")
    index = index_municipalities([vilnius], str.lower)
    place = Place("gn593116", "Vilnius", "LT", "settlement", "gn593116", "593116", None, None, 542_366)
    assert unit_by_code(place, index, {}) is None
    assert unit_by_code(place, index, {"lauLT13": "gn593116"}) == vilnius
    assert unit_by_code(replace(place, place_id="lauLT13"), index, {}) == vilnius
    assert unit_by_code(replace(place, lau_code="13"), index, {}) == vilnius
    assert unit_by_code(replace(place, lau_code="13", country="LV"), index, {}) is None
    assert unit_by_code(replace(place, lau_code="13", place_kind="district"), index, {}) == vilnius


def test_a_judgement_is_before_the_gazetteers_code() -> None:
    city, region = unit("21004", "Bruxelles", 179_277, "BE"), unit("21001", "Anderlecht", 119_714, "BE")
    index = index_municipalities([city, region], str.lower)
    place = Place("gn2800866", "Brussels", "BE", "municipality", "gn2800866", "2800866", None, None, None, lau_code="21001")
    assert unit_by_code(place, index, {"lauBE21004": "gn2800866"}) == city


def test_a_municipality_of_aland_stands_in_the_list_of_finland() -> None:
    mariehamn = unit("478", "Maarianhamina - Mariehamn", 11_679, "FI")
    index = index_municipalities([mariehamn], str.lower)
    place = Place("gn3041732", "Mariehamn", "AX", "municipality", "gn3041732", "3041732", None, None, None, lau_code="478")
    assert unit_by_code(place, index, {}) == mariehamn


def test_a_settlement_known_to_lie_in_another_municipality_is_never_joined_by_its_name() -> None:
    index = index_municipalities([unit("1", "Berg", 20_000)], str.lower)
    berg = replace(ULM, population=15_000)
    assert unit_by_name(berg, ["berg"], index) is not None
    assert unit_by_name(replace(berg, municipality_id="gn1"), ["berg"], index) is None


def test_a_code_is_before_a_name_and_two_places_of_the_same_way_both_lose() -> None:
    one, two = unit("1", "Berg", 6_000), unit("2", "Tal", 6_000)
    index = index_municipalities([one, two], str.lower)
    coded = replace(ULM, place_id="gn1", municipality_id="gn1", population=None, lau_code="1")
    named = replace(ULM, place_id="gn2", municipality_id="gn2", population=None)
    joined = join({"gn1": coded, "gn2": named}, {"gn1": [], "gn2": ["berg"]}, index, {})
    assert joined.units == {"gn1": one, "gn2": None}
    other = replace(named, place_id="gn3", municipality_id="gn3")
    joined = join({"gn2": named, "gn3": other}, {"gn2": ["tal"], "gn3": ["tal"]}, index, {})
    assert joined.units == {"gn2": None, "gn3": None}


def test_a_code_that_the_list_does_not_have_is_counted_and_the_name_may_lead_on() -> None:
    index = index_municipalities([unit("1", "Berg", 6_000)], str.lower)
    renumbered = replace(ULM, place_id="gn1", municipality_id="gn1", population=None, lau_code="99")
    gone = replace(renumbered, place_id="gn2", municipality_id="gn2")
    joined = join({"gn1": renumbered, "gn2": gone}, {"gn1": ["berg"], "gn2": ["tal"]}, index, {})
    assert (joined.coded, joined.not_listed, joined.by_name) == (("gn1", "gn2"), ("gn1", "gn2"), ("gn1",))
    assert [u.lau_code if u else None for u in joined.units.values()] == ["1", None]


def test_two_places_that_claim_one_municipality_both_lose_it() -> None:
    one, two = unit("1", "A", 6_000), unit("2", "B", 6_000)
    assert one_to_one({"gn3": two, "gn2": one, "gn1": one, "gn4": None}) == {"gn1": None, "gn2": None, "gn3": two, "gn4": None}


@given(st.integers(0, 10**8))
def test_every_population_has_one_class_and_a_larger_one_never_a_smaller_class(population: int) -> None:
    here, above = size_class(population), size_class(population + 1)
    assert here is not None
    assert above is not None
    assert SIZE_CLASS_NAMES.index(above) - SIZE_CLASS_NAMES.index(here) in (0, 1)
