"""Of what two lists have left over in a country: other words for the form, states beside the name, associations in two languages."""

import pytest

from citynet.pipelines.comparing import ListedName, compare_lists, in_no_network
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.outside import open_outside
from pipelines.compared_names import changes

SURELY_ONE = [
    ("AU", "Albury Council", "Albury City Council"),
    ("AU", "Strathbogie Shire", "Shire of Strathbogie"),
    ("US", "Wyandotte Co./Kansas City, KS", "Wyandotte County/Kansas City, KS"),
    ("FR", "Île-Saint-Denis (L')", "L'Île-Saint-Denis"),
    ("NL", "Hague (The)", "The Hague"),
    ("IT", "Spezia (La)", "La Spezia"),
    ("AR", "Tres de Febrero", "3 de Febrero"),
    ("AR", "Santo Tomé (Santa Fe)", "Santo Tomé"),
]
TWO_BODIES = [
    ("US", "Aurora, IL", "Aurora, CO"),
    ("US", "Portland", "Portland, ME"),
    ("", "Tacoma, WA", "Takoma Park, MD"),
    ("AU", "City of Campbelltown (SA)", "Campbelltown (NSW)"),
    ("CA", "Windsor, Ontario", "Windsor, NS"),
    ("ES", "Federación Valenciana de Municipios", "Federación Andaluza de Municipios"),
    ("IR", "Shushtar", "Bandar Abbas"),
    ("AU", "Marrickville City Council", "Rockdale Municipal Council"),
]
NOBODY_CAN_TELL = [
    ("AU", "Town of Vic Park", "Town of Victoria Park"),
    ("SE", "Asociación Sueca de Autoridades Locales y Regiones", "SALAR"),
    ("AR", "Federación Argentina de Municipios", "Argentinean Federation of Municipalities (FAM)"),
    ("PH", "Liga de Ciudades de Filipinas", "League of Cities of the Philippines"),
    ("SN", "Gorée Island", "Île de Gorée"),
    ("ES", "St. Lawrence of the Escorial", "San Lorenzo de El Escorial"),
    ("IR", "Shushtar", "Chouchtar"),
    ("FR", "STIF - ILE DE FRANCE", "Ile-de-France Mobilités"),
    ("ES", "CATALONIA (ATM)", "ATM Barcelona"),
    ("MC", "Monaco", "Monte-Carlo (Monaco)"),
]


@pytest.fixture(scope="module")
def names() -> Names:
    return open_names(open_outside({}))


@pytest.mark.parametrize(("country", "old", "new"), SURELY_ONE)
def test_another_word_for_the_form_or_a_number_is_another_print(names, country, old, new):
    for there in (changes(names, country, [old], [new]), changes(names, country, [new], [old])):
        assert {change for change, _, _ in there} == {"renamed"}


@pytest.mark.parametrize(("country", "old", "new"), TWO_BODIES)
def test_two_states_two_shires_and_two_federations_are_two_bodies(names, country, old, new):
    assert changes(names, country, [old], [new]) == {("left", old, ""), ("joined", "", new)}
    assert changes(names, country, [new], [old]) == {("left", new, ""), ("joined", "", old)}


@pytest.mark.parametrize(("country", "old", "new"), NOBODY_CAN_TELL)
def test_two_languages_of_one_name_are_unclear(names, country, old, new):
    for there in (changes(names, country, [old], [new]), changes(names, country, [new], [old])):
        assert {change for change, _, _ in there} == {"unclear"}


def test_a_namesake_in_another_state_joins_beside_the_one_that_stays(names):
    found = changes(names, "US", ["Portland"], ["Portland, OR", "Portland, ME"])
    assert ("joined", "", "Portland, ME") in found
    assert not [name for change, name, _ in found if change == "left"]


def test_of_several_associations_of_a_country_the_pair_that_shares_most_is_open(names):
    old = ["Confederación de Municipios de Brasil", "Frente Nacional de Prefeitos"]
    found = changes(names, "BR", old, ["National Confederation of Municipalities (CNM)"])
    assert found == {("unclear", old[0], "National Confederation of Municipalities (CNM)"), ("left", old[1], "")}


def test_an_only_pair_of_spellings_is_open_only_where_nothing_else_is_left_over(names):
    found = changes(names, "IR", ["Shushtar", "Tabriz"], ["Chouchtar"])
    assert {change for change, _, _ in found} == {"left", "joined"}


def test_a_list_without_countries_beside_one_of_a_single_country_is_of_that_country(names):
    new = ["Albury City Council", "Liverpool City Council", "Sydney", "Melbourne", "Brisbane"]
    before = [ListedName(name, "", "") for name in ("Albury Council", "Liverpool Council", *new[2:])]
    found = compare_lists(before, [ListedName(name, "Australia", "") for name in new], in_no_network(names), names)
    assert [(d.change, d.name_old) for d in found] == [("renamed", "Albury Council"), ("renamed", "Liverpool Council")]
    assert {d.country for d in found} == {"AU"}
