"""The building blocks of the gazetteer file: names of local units, which unit a place is in, which place is its seat."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "include/gazetteer"
MODULES = ("build", "crosswalk", "local_units", "measure", "records", "seats", "sections", "sources", "spelling")


@pytest.fixture(scope="module")
def modules() -> Iterator[dict[str, ModuleType]]:
    """The modules beside build.py, which are scripts and no package; taken out of sys.modules again."""
    sys.path.insert(0, str(FOLDER))
    try:
        yield {name: importlib.import_module(name) for name in MODULES}
    finally:
        sys.path.remove(str(FOLDER))
        for name in MODULES:
            sys.modules.pop(name, None)


def city(modules: dict[str, ModuleType], number: int, name: str, country: str, population: int = 1000, *others: str, at: float = 50.0):
    return modules["sources"].City(number, name, country, population, at, 5.0, others)


def row(modules: dict[str, ModuleType], country: str, code: str, national: str, latin: str = "", nuts3: str = "X", population: int = 1000):
    return modules["sources"].LauRow(country, code, national, latin, nuts3, population)


@pytest.mark.parametrize(
    ("country", "national", "latin", "short"),
    [
        ("DE", "Halle (Saale), Stadt", "Halle (Saale), Stadt", ("Halle (Saale)", "Halle")),
        ("DE", "Lauenburg/ Elbe, Stadt", "", ("Lauenburg/Elbe", "Lauenburg")),
        ("EE", "Pärnu linn", "Pärnu linn", ("Pärnu",)),
        ("RO", "Municipiul Bacău", "Municipiul Bacau", ("Bacău", "Bacau")),
        ("GB", "Bristol, City of", "", ("Bristol",)),
        ("GB", "City of London", "", ("City of London",)),
        ("GB", "City of Edinburgh", "", ("Edinburgh",)),
        ("GB", "Dundee City", "", ("Dundee",)),
        ("ES", "Campello, el", "Campello, el", ("el Campello",)),
        ("ES", "Ametlla del Vallès, L'", "", ("L'Ametlla del Vallès",)),
        ("ES", "Alacant/Alicante", "Alicante/Alacant", ("Alacant", "Alicante")),
        ("CH", "Zuzwil (BE)", "", ("Zuzwil (BE)", "Zuzwil")),
        ("IT", "Bolzano/Bozen", "Bozen", ("Bolzano", "Bozen")),
        ("FI", "Helsinki / Helsingfors", "", ("Helsinki", "Helsingfors")),
        ("TR", "ADIYAMAN", "", ("Adıyaman",)),
        ("AL", "KUKËS", "KUKES", ("Kukës", "Kukes")),
    ],
)
def test_local_units_are_named_as_people_write_them(
    modules: dict[str, ModuleType], country: str, national: str, latin: str, short: tuple[str, ...]
) -> None:
    (unit,) = modules["local_units"].municipalities([row(modules, country, "1", national, latin)])
    assert unit.short == short


def test_city_parts_areas_without_residents_and_nameless_centres_are_no_municipalities(modules: dict[str, ModuleType]) -> None:
    rows = [
        row(modules, "SK", "1", "Bratislava - mestská časť Ružinov"),
        row(modules, "DE", "2", "Sachsenwald, gemfr. Gebiet"),
        row(modules, "TR", "3", "MERKEZ"),
        row(modules, "CY", "4", "Λευκωσία"),
        row(modules, "CZ", "582786", "Brno"),
    ]
    assert [u.code for u in modules["local_units"].municipalities(rows)] == ["582786"]


def test_greek_and_portuguese_parts_make_one_municipality_with_the_sum_of_residents(modules: dict[str, ModuleType]) -> None:
    rows = [
        row(modules, "GR", "45010101", "Αθήνα", "Athens (psevdo)", population=600),
        row(modules, "GR", "45010102", "Β", "Municipal Commune of Small", population=50),
        row(modules, "PT", "110601", "Ajuda", population=10),
        row(modules, "PT", "110602", "Alcântara", population=20),
    ]
    greek, portuguese = modules["local_units"].municipalities(rows)
    assert (greek.code, greek.population, greek.parts[0], greek.official) == ("4501", 650, "Athens", ())
    assert (portuguese.code, portuguese.population, portuguese.parts) == ("1106", 30, ())


def test_irish_electoral_areas_are_put_together_to_councils(modules: dict[str, ModuleType]) -> None:
    areas = [("13100400", "BORRIS-IN-OSSORY -MOUNTMELLICK", "IE063"), ("1310400", "CARLOW", "IE052"), ("1310401", "TULLOW", "IE052")]
    rows = [modules["sources"].LauRow("IE", code, name, "", nuts3, 10) for code, name, nuts3 in areas]
    carlow, laois = modules["local_units"].municipalities(rows)
    assert (carlow.code, carlow.official, carlow.population) == ("131", ("Carlow",), 20)
    assert (laois.code, laois.official, laois.population) == ("1310", ("Laois",), 10)


def test_a_code_counts_only_if_the_list_has_it_and_goes_before_the_name(modules: dict[str, ModuleType]) -> None:
    units = modules["local_units"].municipalities([row(modules, "BE", "44021", "Gent"), row(modules, "BE", "12025", "Mechelen")])
    cities = [city(modules, 1, "Gent", "BE"), city(modules, 2, "Mechelen", "BE"), city(modules, 3, "Ledeberg", "BE")]
    codes = {n: modules["sources"].Codes("PPL", "", code) for n, code in ((1, "44021"), (2, "99999"), (3, "44021"))}
    found = modules["crosswalk"].match_places(cities, codes, {}, {}, units)
    assert found == {1: (("BE", "44021"), "code"), 3: (("BE", "44021"), "code"), 2: (("BE", "12025"), "name")}


def test_of_two_units_of_one_name_the_place_is_in_the_one_whose_region_is_near(modules: dict[str, ModuleType]) -> None:
    units = modules["local_units"].municipalities(
        [
            row(modules, "BE", "1", "Halle", nuts3="NORTH"),
            row(modules, "BE", "2", "Halle", nuts3="SOUTH"),
            row(modules, "BE", "3", "A", nuts3="NORTH"),
            row(modules, "BE", "4", "B", nuts3="SOUTH"),
        ]
    )
    near, between = city(modules, 1, "Halle", "BE", at=50.0), city(modules, 1, "Halle", "BE", at=50.5)
    known = [city(modules, 3, "A", "BE", at=50.05), city(modules, 4, "B", "BE", at=51.0)]
    crosswalk = modules["crosswalk"]
    points = crosswalk.region_points({3: (("BE", "3"), "code"), 4: (("BE", "4"), "code")}, known, units)
    assert crosswalk.match_by_name([near], points, units, {}) == {1: (("BE", "1"), "name")}
    assert crosswalk.match_by_name([between], points, units, {}) == {}


def test_two_places_that_bear_the_name_of_one_unit_leave_it_open(modules: dict[str, ModuleType]) -> None:
    units = modules["local_units"].municipalities([row(modules, "HU", "1", "Ófalu")])
    cities = [city(modules, 1, "Ófalu", "HU"), city(modules, 2, "Ófalu", "HU"), city(modules, 3, "Falu", "HU", 5, "Ófalu")]
    assert modules["crosswalk"].match_by_name(cities, {}, units, {}) == {}
    assert modules["crosswalk"].match_by_name(cities[1:], {}, units, {}) == {2: (("HU", "1"), "name")}


def test_a_name_counts_for_nothing_where_the_residents_speak_against_it(modules: dict[str, ModuleType]) -> None:
    units = modules["local_units"].municipalities([row(modules, "CZ", "1", "Háje", population=467)])
    match = modules["crosswalk"].match_by_name
    assert match([city(modules, 1, "Háje", "CZ", 22_059)], {}, units, {}) == {}
    assert match([city(modules, 1, "Háje", "CZ", 4)], {}, units, {}) == {}
    assert match([city(modules, 1, "Háje", "CZ", 3_000)], {}, units, {}) == {1: (("CZ", "1"), "name")}
    assert match([city(modules, 1, "Háje", "CZ", 0)], {}, units, {}) == {1: (("CZ", "1"), "name")}


def test_a_name_counts_for_nothing_where_admin_unit_and_nearest_place_are_of_another_region(modules: dict[str, ModuleType]) -> None:
    rows = [
        row(modules, "CH", "1", "Mex", nuts3="VAUD"),
        row(modules, "CH", "2", "Bex", nuts3="VAUD"),
        row(modules, "CH", "3", "C", nuts3="VALAIS"),
    ]
    units = modules["local_units"].municipalities(rows)
    mex = city(modules, 1, "Mex", "CH", at=46.18)
    points = {("CH", "VAUD"): [city(modules, 2, "Bex", "CH", at=46.25)], ("CH", "VALAIS"): [city(modules, 3, "C", "CH", at=46.19)]}
    match = modules["crosswalk"].match_by_name
    assert match([mex], points, units, {1: frozenset({"VALAIS"})}) == {}
    assert match([mex], points, units, {1: frozenset({"VALAIS", "VAUD"})}) == {1: (("CH", "1"), "name")}
    near = {**points, ("CH", "VAUD"): [city(modules, 2, "Bex", "CH", at=46.181)]}
    assert match([mex], near, units, {1: frozenset({"VALAIS"})}) == {1: (("CH", "1"), "name")}


def sections_of(modules: dict[str, ModuleType], country: str, place, *further: str) -> set[int]:
    """The sections among a city of 200,000 residents and one place; further: names of units without a seat beside the city's."""
    rows = [row(modules, country, str(n), name, population=200_000 // n) for n, name in enumerate(("Gross", *further), 1)]
    units = modules["local_units"].municipalities(rows)
    cities = [city(modules, 1, "Gross", country, 200_000), place]
    return modules["sections"].sections(cities, {}, {1: ((country, "1"), "code")}, {(country, "1"): 1}, units, {})


def test_a_place_beside_a_large_city_that_no_unit_is_called_after_is_a_section(modules: dict[str, ModuleType]) -> None:
    near, far = city(modules, 2, "Auxon-Dessus", "FR", at=50.05), city(modules, 2, "Auxon-Dessus", "FR", at=50.1)
    assert sections_of(modules, "FR", near) == {2}
    assert sections_of(modules, "FR", far) == set()
    assert sections_of(modules, "FR", near, "Auxon-Dessus") == set()
    assert sections_of(modules, "FR", near, "Auxon") == set()
    assert sections_of(modules, "FR", near, "Saint-Sulpice") == {2}
    assert sections_of(modules, "GB", city(modules, 2, "Hamlet", "GB", at=50.05)) == set()


def test_polish_codes_are_read_out_of_the_longer_ones_of_the_list(modules: dict[str, ModuleType]) -> None:
    assert modules["crosswalk"].teryt("1001121200106") == "120106"
    assert modules["crosswalk"].teryt("44021") == ""


def test_greek_names_meet_by_sound_in_greece_only(modules: dict[str, ModuleType]) -> None:
    keys_of = modules["spelling"].keys_of
    for one, other in [("Aghia Paraskevi", "Agía Paraskeví"), ("Pylea", "Pylaía"), ("Abelokipi", "Ampelókipoi"), ("Pireas", "Peiraiás")]:
        assert keys_of((one,), "GR") & keys_of((other,), "GR")
        assert not keys_of((one,), "IT") & keys_of((other,), "IT")
    assert not keys_of(("Kalamata",), "GR") & keys_of(("Kalamaria",), "GR")


def seat_of(modules: dict[str, ModuleType], unit, cities, features: dict[int, str]) -> int | None:
    codes = {number: modules["sources"].Codes(feature, "", "") for number, feature in features.items()}
    return modules["seats"].choose_seats([unit], {}, {(unit.country, unit.code): cities}, codes).get((unit.country, unit.code))


def test_the_seat_bears_the_name_as_its_own_and_is_no_section_of_a_town(modules: dict[str, ModuleType]) -> None:
    (unit,) = modules["local_units"].municipalities([row(modules, "DE", "1", "Berlin, Stadt", population=1000)])
    cities = [city(modules, 1, "Berlin", "DE", 900), city(modules, 2, "Mitte", "DE", 950, "Berlin"), city(modules, 3, "Berlin", "DE", 990)]
    assert seat_of(modules, unit, cities, {1: "PPLC", 2: "PPL", 3: "PPLX"}) == 1
    assert seat_of(modules, unit, cities[1:2], {2: "PPL"}) == 2
    assert seat_of(modules, unit, cities[1:2], {2: "PPLX"}) is None


def test_a_pair_of_towns_is_not_called_after_one_of_them(modules: dict[str, ModuleType]) -> None:
    pair, longer = modules["local_units"].municipalities([row(modules, "DK", "1", "Ringkøbing-Skjern"), row(modules, "SI", "2", "Ljubno")])
    assert seat_of(modules, pair, [city(modules, 1, "Ringkøbing", "DK")], {}) is None
    assert seat_of(modules, longer, [city(modules, 1, "Ljubno ob Savinji", "SI")], {}) == 1


def test_a_hamlet_is_not_the_seat_of_a_british_district_of_its_name(modules: dict[str, ModuleType]) -> None:
    (unit,) = modules["local_units"].municipalities([row(modules, "GB", "E07000999", "Arden", population=100_000)])
    assert seat_of(modules, unit, [city(modules, 1, "Arden", "GB", 900)], {}) is None
    assert seat_of(modules, unit, [city(modules, 1, "Arden", "GB", 20_000)], {}) == 1


def test_a_place_under_a_foreign_code_is_still_the_seat_of_the_unit_whose_name_it_bears(modules: dict[str, ModuleType]) -> None:
    units = modules["local_units"].municipalities(
        [row(modules, "ES", "08264", "Sant Vicenç de Montalt"), row(modules, "ES", "08197", "Sant Andreu")]
    )
    place = city(modules, 1, "Sant Vicenç de Montalt", "ES")
    unit_of, seats = {1: (("ES", "08197"), "code")}, {}
    modules["seats"].adopt(units, seats, [place], unit_of, {})
    assert seats == {("ES", "08264"): 1}
    assert unit_of == {1: (("ES", "08264"), "own name")}


def test_the_file_keeps_europe_in_full_and_the_world_above_the_floor(modules: dict[str, ModuleType]) -> None:
    cities = [city(modules, 1, "Ulm", "DE", 0), city(modules, 2, "Ulm", "US", 99_999), city(modules, 3, "Lima", "PE", 100_000)]
    assert [c.number for c in modules["records"].select(cities)] == [1, 3]


def test_lines_hold_one_name_and_country_and_drop_codes_and_far_scripts(modules: dict[str, ModuleType]) -> None:
    records = modules["records"]
    cities = [city(modules, 20, "Gdańsk", "PL", 5, "GDN", "Danzig", "グダニスク"), city(modules, 3, "Danzig", "DE", 1)]
    found = list(records.settlements(cities, {}, {}, {}, ()).values())
    assert records.name_lines(found) == ["danzig\tDE\t3*", "danzig\tPL\t20", "gdansk\tPL\t20*"]
    assert records.place_lines(found[:1]) == ["gn20\tPL\ts\t\t\t\t5\t50.0000\t5.0000\t\tGdańsk"]


def test_a_record_of_another_wire_type_is_refused(modules: dict[str, ModuleType], tmp_path: Path) -> None:
    file = tmp_path / "cities.pbf"
    file.write_bytes(bytes([6, 0x08, 0x0A, 0x12, 2]) + b"Ab" + bytes([2, 0x0D, 1]))
    with pytest.raises(SystemExit, match="wire type 5"):
        modules["sources"].read_codes(file)
    file.write_bytes(bytes([10, 0x08, 0x0A, 0x2A, 2]) + b"44" + bytes([0x3A, 2]) + b"PP")
    assert modules["sources"].read_codes(file) == {5: modules["sources"].Codes("PP", "44", "")}
