"""Rows of two lists that print one body in other words, languages and abbreviations are no departure and no join; two bodies are both."""

import pytest

from citynet.model import Network
from citynet.pipelines.comparing import ListedName, compare_lists, in_no_network
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.outside import open_outside
from citynet.pipelines.registry import open_registry

ONE_BODY = [
    ("DE", "Landkreis Lüneburg", "LK Lüneburg"),
    ("DE", "Kreis Steinfurt", "Steinfurt (Kreis)"),
    ("IT", "Provincia di Savona", "Prov. di Savona"),
    ("IT", "Provinz Bozen", "Provincia autonoma di Bolzano"),
    ("IT", "Regione Toscana", "Tuscany Region"),
    ("PL", "Powiat toruński", "Toruń County"),
    ("PL", "Województwo śląskie", "Silesian Voivodeship"),
    ("CZ", "Jihomoravský kraj", "South Moravian Region"),
    ("HU", "Pest megye", "Pest County"),
    ("HR", "Istarska županija", "Istria County"),
    ("GR", "Περιφέρεια Κρήτης", "Region of Crete"),
    ("FR", "Limoges - CA", "Limoges Métropole"),
    ("FR", "Caen - CU", "Caen Normandie Métropole"),
    ("FR", "Région Île-de-France", "Ile-de-France"),
    ("ES", "Diputació de Girona", "Girona Provincial Council"),
    ("CZ", "Praha 13", "Prague XIII"),
    ("FR", "Lyon 7ème", "Lyon 7e arrondissement"),
    ("HU", "Budapest XIII. kerület", "Budapest 13th District"),
    ("GB", "London Borough of Camden", "Camden Council"),
    ("LT", "Vilniaus rajonas", "Vilnius District"),
    ("DE", "Königstein i. Ts.", "Königstein im Taunus"),
    ("DE", "Rothenburg o.d.T.", "Rothenburg ob der Tauber"),
    ("FR", "Boulogne-Bill.", "Boulogne-Billancourt"),
    ("ES", "Gernika-Lumo", "Guernica y Luno"),
    ("HR", "Å\xa0ibenik", "Šibenik"),
    ("GB", "Bournemouth", "Bournemouth, Christchurch and Poole"),
]
TWO_BODIES = [
    ("DE", "Landkreis Heilbronn", "Landkreis Aurich"),
    ("DE", "Kreis Steinburg", "Kreis Steinfurt"),
    ("DE", "Stadt Osnabrück", "Landkreis Osnabrück"),
    ("NL", "Gemeente Utrecht", "Provincie Utrecht"),
    ("ES", "Ayuntamiento de Valencia", "Diputación de Valencia"),
    ("FR", "Ville de Lyon", "Métropole de Lyon"),
    ("FR", "Nantes Métropole", "Rennes Métropole"),
    ("GR", "Περιφέρεια Κρήτης", "Region of Thessaly"),
    ("CZ", "Praha 13", "Prague 10"),
    ("FR", "Paris 13e", "Paris 14e"),
    ("SK", "Bratislava - Ružinov", "Bratislava - Petržalka"),
    ("KR", "Nam-gu (Ulsan)", "Nam-gu (Gwangju)"),
    ("SE", "Växjö", "Växjö Energi AB"),
]


@pytest.fixture(scope="module")
def names() -> Names:
    return open_names(open_outside({}))


def changes(names: Names, country: str, old: list[str], new: list[str]) -> set[tuple[str, str, str]]:
    before, after = ([ListedName(name, country, "") for name in side] for side in (old, new))
    return {(d.change, d.name_old, d.name_new) for d in compare_lists(before, after, in_no_network(names), names)}


@pytest.mark.parametrize(("country", "old", "new"), ONE_BODY)
def test_one_body_neither_left_nor_joined(names, country, old, new):
    for there in (changes(names, country, [old], [new]), changes(names, country, [new], [old])):
        assert {change for change, _, _ in there} <= {"renamed", "unclear"}


@pytest.mark.parametrize(("country", "old", "new"), TWO_BODIES)
def test_of_two_bodies_one_left_and_one_joined(names, country, old, new):
    assert changes(names, country, [old], [new]) == {("left", old, ""), ("joined", "", new)}


def test_a_city_leaves_though_the_body_around_it_stays_under_another_name(names):
    found = changes(names, "FR", ["Lyon", "Grand Lyon"], ["Métropole de Lyon"])
    assert found == {("left", "Lyon", ""), ("renamed", "Grand Lyon", "Métropole de Lyon")}


def test_a_name_alone_may_be_the_body_around_a_city_unless_its_list_tells_such_bodies(names):
    assert {change for change, _, _ in changes(names, "FR", ["Nancy"], ["Grand Nancy"])} == {"unclear"}
    others = ["Bordeaux Métropole", "Rennes Métropole", "Metz Métropole", "Lille Métropole", "Nantes Métropole"]
    found = changes(names, "FR", ["Nancy", *others], ["Grand Nancy", *others])
    assert found == {("left", "Nancy", ""), ("joined", "", "Grand Nancy")}


def test_what_is_left_over_of_a_surer_pair_has_joined(names):
    found = changes(names, "DE", ["Berlin"], ["Land Berlin", "Berlin-Mitte"])
    assert ("joined", "", "Berlin-Mitte") in found
    assert not [name for change, name, _ in found if change == "left"]


def test_on_captured_lists_a_recorded_body_under_another_print_waits_for_a_person(names):
    network: Network = open_registry(open_outside({})).networks["eurocities"]
    body = names.resolve(network, "Diputació de Barcelona", "Spain").place_id
    other = names.resolve(network, "Barcelona Provincial Council", "Spain")
    assert body
    assert other.place_id == ""
    assert body in other.suggestions
    assert body not in names.resolve(network, "Girona Provincial Council", "Spain").suggestions
