"""The compact gazetteer: what it holds, how it is asked, what happens when it is broken."""

import gzip
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from citynet.errors import ConfigError
from citynet.places.gazetteer import Gazetteer, load_gazetteer

BUILD = Path(__file__).parents[2] / "include/gazetteer/build.py"


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gazetteer_build", BUILD)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def city(number: int, name: str, country: str, population: int, *others: str) -> dict[str, object]:
    return {
        "geonameid": number,
        "name": name,
        "countrycode": country,
        "population": population,
        "latitude": 1.23456,
        "longitude": -2.0,
        "alternatenames": list(others),
    }


def test_cities_of_the_samples_are_found_by_id_and_by_name(gazetteer: Gazetteer) -> None:
    berlin = gazetteer.get("gn2950159")
    assert berlin is not None
    assert (berlin.name, berlin.country, berlin.place_kind, berlin.municipality_id) == ("Berlin", "DE", "settlement", "gn2950159")
    for key, country, place_id in [("prag", "CZ", "gn3067696"), ("taoyuan", "TW", "gn6696918"), ("los angeles", "US", "gn5368361")]:
        assert [p.place_id for p in gazetteer.candidates(key, (country,))] == [place_id]


def test_an_id_that_only_starts_alike_is_not_found(gazetteer: Gazetteer) -> None:
    assert gazetteer.get("gn295015") is None
    assert gazetteer.get("gn29501599") is None
    assert gazetteer.get("lauDE11000000") is None
    assert gazetteer.candidates("berli", ()) == ()


def test_namesakes_are_all_told_largest_first(gazetteer: Gazetteer) -> None:
    assert [p.place_id for p in gazetteer.candidates("barcelona", ())] == ["gn3128760", "gn3648559"]


def test_names_of_a_place_are_all_the_keys_that_lead_to_it(gazetteer: Gazetteer) -> None:
    names = gazetteer.names_of(["gn3099434", "x-de-nowhere"])
    assert {"danzig", "gdansk"} <= set(names["gn3099434"])
    assert all("gn3099434" in {p.place_id for p in gazetteer.candidates(n, ("PL",))} for n in names["gn3099434"])
    assert names["x-de-nowhere"] == ()


def test_both_parts_are_sorted_as_bisection_needs_them(gazetteer: Gazetteer) -> None:
    assert list(gazetteer.places) == sorted(gazetteer.places)
    assert list(gazetteer.names) == sorted(gazetteer.names)


def test_the_build_keeps_europe_in_full_and_the_world_above_the_floor(build: ModuleType) -> None:
    cities = {1: city(1, "Ulm", "DE", 0), 2: city(2, "Ulm", "US", 99_999), 3: city(3, "Lima", "PE", 100_000)}
    assert [c["geonameid"] for c in build.select(cities)] == [1, 3]


def test_the_build_writes_one_line_a_name_and_country_and_drops_codes_and_far_scripts(build: ModuleType) -> None:
    cities = [city(20, "Gdańsk", "PL", 5, "GDN", "Danzig", "グダニスク"), city(3, "Danzig", "PL", 1), city(4, "Danzig", "DE", 1)]
    assert build.name_lines(cities) == ["danzig\tDE\t4", "danzig\tPL\t3,20", "gdansk\tPL\t20"]
    assert build.place_lines(cities[:1]) == ["20\tPL\t5\t1.2346\t-2.0000\tGdańsk"]


@pytest.mark.parametrize("content", [b"", b"not gzip", gzip.compress(b"1\tDE\n\nulm\tDE\t1\n"), gzip.compress(b"1\tDE\t1\t1\t1\tUlm\n")])
def test_a_broken_or_foreign_file_is_refused_in_one_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "places.tsv.gz").write_bytes(content)
    with pytest.raises(ConfigError, match=r"places\.tsv\.gz: expected .*build\.py"):
        load_gazetteer(tmp_path)


def test_a_missing_file_is_refused_and_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.tsv\.gz"):
        load_gazetteer(tmp_path / "none.tsv.gz")
