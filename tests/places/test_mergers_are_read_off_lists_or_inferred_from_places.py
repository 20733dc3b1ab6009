"""How former municipalities are found: read off the French official code, or inferred from where their places lie today."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from citynet.places.gazetteer import Gazetteer

FOLDER = Path(__file__).parents[2] / "include/gazetteer"
MODULES = ("former", "former_inferred", "former_sources", "sources", "local_units")
NUMBERS = {"Oldham": 1, "Westby": 2, "Estby": 3}


@pytest.fixture(scope="module")
def modules() -> Iterator[dict[str, ModuleType]]:
    """The scripts beside former.py, taken out of sys.modules again with all that they import from there."""
    before = set(sys.modules)
    sys.path.insert(0, str(FOLDER))
    try:
        yield {name: importlib.import_module(name) for name in MODULES}
    finally:
        sys.path.remove(str(FOLDER))
        for name in set(sys.modules) - before:
            if str(FOLDER) in str(getattr(sys.modules[name], "__file__", "")):
                del sys.modules[name]


def town(modules: dict[str, ModuleType], name: str, population: int = 1000, at: float = 60.0, country: str = "NO"):
    return modules["sources"].City(NUMBERS[name], name, country, population, at, 10.0, ())


def world(modules: dict[str, ModuleType], now: dict[str, int], codes: dict[str, str], *lines: str):
    """A gazetteer of these lines, and two units of today: Newland (row 1) and Oldham (row 2)."""
    admins = {
        row: modules["sources"].Admin(row, 900 + row, "NO", "", "", 2, "", name, (), 0) for row, name in ((1, "Newland"), (2, "Oldham"))
    }
    within = {NUMBERS[name]: (row,) for name, row in now.items()}
    feature = {NUMBERS[name]: modules["sources"].Codes(code, "", "") for name, code in codes.items()}
    gazetteer = Gazetteer(places=sorted(lines), names=())
    return modules["former_inferred"].world_of(gazetteer, admins, within, feature)


def from_2015(modules: dict[str, ModuleType], there, known, second: str = "Oldham") -> list[tuple[str, str]]:
    places = [modules["former_sources"].OldPlace("NO", "Shire", second, city.latitude, 10.0) for city in there]
    every = [modules["sources"].City(8 + n, "far", code, 1, 1.0, 1.0, ()) for n, code in enumerate(("EE", "LV", "NL"))]
    known.unit_now.update({city.number: 1 for city in every})
    found = modules["former_inferred"].from_2015(places, [*there, *every], [], known)
    return [(line.names, line.successor) for line in found]


def test_a_unit_whose_places_lie_in_one_of_another_name_was_merged(modules):
    there = [town(modules, "Westby"), town(modules, "Estby", at=61.0)]
    known = world(modules, {"Westby": 1, "Estby": 1}, {})
    assert from_2015(modules, there, known, "Sowerland") == [("Sowerland", "Newland")]


def test_one_whose_places_lie_in_two_units_is_left_out(modules):
    there = [town(modules, "Westby"), town(modules, "Estby", at=61.0)]
    assert from_2015(modules, there, world(modules, {"Westby": 1, "Estby": 2}, {}), "Sowerland") == []


def test_one_place_tells_of_a_unit_called_after_it_or_run_from_it_only(modules):
    there = [town(modules, "Westby")]
    assert from_2015(modules, there, world(modules, {"Westby": 1}, {})) == []
    assert from_2015(modules, there, world(modules, {"Westby": 1}, {"Westby": "PPLA2"})) == [("Oldham", "Newland")]
    assert from_2015(modules, [town(modules, "Oldham")], world(modules, {"Oldham": 1}, {})) == [("Oldham", "Newland")]


def test_another_print_of_the_name_is_no_merger(modules):
    there = [town(modules, "Westby"), town(modules, "Estby", at=61.0)]
    assert from_2015(modules, there, world(modules, {"Westby": 2, "Estby": 2}, {}), "Oeldham kommune") == []


def french(modules: dict[str, ModuleType], *editions):
    read = {str(2021 + n): modules["former_sources"].FrenchEdition(*edition) for n, edition in enumerate(editions)}
    return [(line.names, line.successor, line.listed, line.gone) for line in modules["former"].french(read, [], world(modules, {}, {}))]


def test_a_commune_that_is_none_any_more_is_a_part_of_the_one_that_has_its_code(modules):
    before, after = ({"1": "Old", "2": "Big"}, {}, {}), ({"2": "Big"}, {}, {"1": "2"})
    assert french(modules, before, before, after) == [("Old", "Big", "2022", "2023")]


def test_a_commune_keeps_its_mayor_within_one_of_another_name(modules):
    edition = ({"2": "Twins"}, {"1": "Old", "2": "Big"}, {"1": "2"})
    assert french(modules, ({"1": "Old", "2": "Big"}, {}, {}), edition) == [
        ("Old", "Twins", "2021", "2022"),
        ("Big", "Twins", "2021", "2022"),
    ]


def test_a_commune_merged_and_merged_again_is_a_part_of_the_last(modules):
    editions = (({"1": "A", "2": "B", "3": "C"}, {}, {}), ({"2": "B", "3": "C"}, {}, {"1": "2"}), ({"3": "C"}, {}, {"2": "3"}))
    assert {(names, heir) for names, heir, *_ in french(modules, *editions)} == {("A", "C"), ("B", "C")}


def test_a_new_name_or_a_commune_founded_again_is_no_merger(modules):
    assert french(modules, ({"1": "Old"}, {}, {}), ({"1": "New"}, {}, {})) == []
    assert french(modules, ({"1": "Old", "2": "Big"}, {}, {}), ({"2": "Big"}, {}, {"1": "2"}), ({"1": "Old", "2": "Big"}, {}, {})) == []


def test_sources_that_name_two_heirs_contradict_each_other(modules):
    made = modules["former_inferred"].Former
    one = made("NO", "Old", "gn1", "New", "gn2", "2015", "2026", "places", "a")
    other = made("NO", "Old", "gn1", "Else", "gn3", "2019", "2026", "places", "b")
    later = made("NO", "Old", "gn1", "New", "gn2", "2019", "2026", "places", "b")
    assert modules["former"].without_contradictions([one, other]) == []
    assert modules["former"].without_contradictions([one, later]) == [later]
