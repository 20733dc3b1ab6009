"""The readings of a printed name: legal forms, brackets, articles, double names, wrongly decoded bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.places.legal_forms import is_legal_form, readings, without_legal_form
from citynet.places.normalise import normalise
from citynet.places.spelling import enumerated, head, several, variants


@pytest.mark.parametrize(
    ("printed", "country", "name"),
    [
        ("City of Espoo", "FI", "espoo"),
        ("The City of Liverpool", "GB", "liverpool"),
        ("City and County of Swansea", "GB", "swansea"),
        ("Metropolitan Borough of Wigan", "GB", "wigan"),
        ("Reading Borough Council", "GB", "reading"),
        ("Sevenoaks District Council", "GB", "sevenoaks"),
        ("Comune di Prato", "IT", "prato"),
        ("Città di Torino", "IT", "torino"),
        ("Ville d'Angers", "FR", "angers"),
        ("Administration communale de La Hulpe", "BE", "la hulpe"),
        ("Gemeente Nijmegen", "NL", "nijmegen"),
        ("Landeshauptstadt Düsseldorf", "DE", "dusseldorf"),
        ("Magistrat der Stadt Wien", "AT", "wien"),
        ("Ajuntament de Barcelona", "ES", "barcelona"),
        ("Ajuntament de l'Hospitalet de Llobregat", "ES", "l hospitalet de llobregat"),
        ("Concello de Ribadeo", "ES", "ribadeo"),
        ("Câmara Municipal de Loures", "PT", "loures"),
        ("Gmina Miasto Świdnica", "PL", "swidnica"),
        ("Statutární město Brno", "CZ", "brno"),
        ("Balatonfüred Város Önkormányzata", "HU", "balatonfured"),
        ("Primăria Municipiului Focșani", "RO", "focsani"),
        ("Mestna občina Kranj", "SI", "kranj"),
        ("Obshtina Sofia", "BG", "sofia"),
        ("İzmir Büyükşehir Belediyesi", "TR", "izmir"),
        ("Tartu linn", "EE", "tartu"),
        ("Municipality of the City of Kranj", "SI", "kranj"),
    ],
)
def test_a_legal_form_is_taken_off_in_the_languages_of_europe(printed: str, country: str, name: str) -> None:
    assert without_legal_form(normalise(printed), country)[0] == name


@pytest.mark.parametrize(
    ("printed", "country", "name"),
    [
        ("Gislaveds kommun", "SE", "gislaved"),
        ("Stockholms stad", "SE", "stockholm"),
        ("Espoon kaupunki", "FI", "espoo"),
        ("Kauno miesto savivaldybė", "LT", "kaunas"),
        ("Vilniaus miesto savivaldybė", "LT", "vilnius"),
        ("Klaipėdos miesto savivaldybė", "LT", "klaipeda"),
        ("Rīgas valstspilsētas pašvaldība", "LV", "riga"),
        ("Δήμος Πάργας", "GR", "parga"),
        ("Dimos Athinaion", "GR", "athina"),
        ("Comune della Spezia", "IT", "la spezia"),
        ("Ville du Havre", "FR", "le havre"),
    ],
)
def test_the_name_beside_its_form_is_read_in_the_nominative_and_with_its_article(printed: str, country: str, name: str) -> None:
    assert name in without_legal_form(normalise(printed), country)


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("Viljandi vald municipality", ("viljandi vald", "viljandi rural municipality")),
        ("Municipality of Gmina Wiejska Lubań", ("gmina luban",)),
        ("Jelgavas novada pašvaldība", ("jelgavas novads", "jelgavas municipality")),
        ("City of Rakvere vald", ()),
        ("Miasto gmina Lubań", ()),
    ],
)
def test_the_form_of_a_rural_municipality_stays_and_beside_that_of_a_town_nothing_is_read(printed: str, kept: tuple[str, ...]) -> None:
    assert without_legal_form(normalise(printed)) == kept


def test_forms_go_one_by_one_so_that_one_that_is_of_the_name_is_found_with_it() -> None:
    assert list(readings("comune di citta di castello", "IT")) == ["citta di castello", "castello"]
    assert list(readings("municipality of gmina luban", "PL"))[:2] == ["gmina luban", "gmina luban"]


@pytest.mark.parametrize("name", ["Kauno rajono savivaldybė", "Kaunas District Municipality", "Oslo", "Cité", "London Borough of Lewisham"])
def test_what_is_no_form_of_a_city_stays(name: str) -> None:
    assert without_legal_form(normalise(name), "LT") == ()


def test_a_bracket_may_be_a_form() -> None:
    assert all(map(is_legal_form, ("city", "stadt", "federal city of", "miasto", "kommune")))
    assert not any(map(is_legal_form, ("landkreis", "algarve", "kiev", "")))


@pytest.mark.parametrize(
    ("name", "country", "reading"),
    [
        ("Bonn (Federal City of )", "DE", ("bonn", "legal_form", "", ())),
        ("Cuxhaven (Landkreis)", "DE", ("landkreis cuxhaven", "bracket_first", "", ())),
        ("Lagoa (Algarve)", "PT", ("lagoa", "bracket", "algarve", ())),
        ("Brugge (nominated cultural capital 2002)", "", ("brugge", "note", "", ())),
        ("Jonquera, La", "ES", ("la jonquera", "article", "", ())),
        ("Bristol, City of", "GB", ("bristol", "legal_form", "", ())),
        ("Mykolayiv, Lviv oblast", "UA", ("mykolayiv", "comma", "lviv oblast", ())),
        ("Pruszcz Gdański/Miasto", "PL", ("pruszcz gdanski", "legal_form", "", ())),
        ("Bruxelles-Brussel", "BE", ("bruxelles", "double", "", ("bruxelles", "brussel"))),
        ("Köln / Cologne", "DE", ("koln", "double", "", ("koln", "cologne"))),
        ("Diksmuide 2030", "BE", ("diksmuide", "year", "", ())),
        ("Heraklion Attica", "GR", ("heraklion", "region_behind", "attica", ())),
    ],
)
def test_a_name_is_read_with_what_stands_beside_it(name: str, country: str, reading: tuple[object, ...]) -> None:
    assert reading in [(v.key, v.how, v.hint, v.parts) for v in variants(name, country)]


def test_what_stands_in_brackets_does_not_hide_what_the_body_is() -> None:
    assert head("Cuxhaven (Landkreis)") == "Landkreis Cuxhaven"
    assert head("Jimbolia (Judetul Timis)") == "Jimbolia"
    assert head("Trento, Provincia autonoma") == "Provincia autonoma Trento"
    assert head("Mykolayiv, Lviv oblast") == "Mykolayiv"


def test_a_row_may_print_several_names() -> None:
    assert several("Beveren; Lokeren; Temse") == ("beveren", "lokeren", "temse")
    assert several("Leipzig-Halle") == ("leipzig", "halle")
    assert several("Oslo") == ("oslo",)


def test_a_name_may_count_several_up() -> None:
    assert enumerated("Bournemouth, Christchurch and Poole") == ("bournemouth", "christchurch", "poole")
    assert enumerated("Castellón de la Plana") == ()


@given(st.text(max_size=40), st.sampled_from(["", "GB", "GR", "LT", "SE", "DE"]))
def test_any_text_has_readings_of_which_the_first_is_the_text(name: str, country: str) -> None:
    readings = list(variants(name, country))
    assert readings[0].key == normalise(name)
    assert all(reading.key == normalise(reading.key) for reading in readings)
    assert readings == list(variants(name, country))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", max_size=30))
def test_a_form_once_taken_off_is_off(name: str) -> None:
    key = normalise(name)
    for bare in without_legal_form(key)[:1]:
        assert without_legal_form(bare)[:1] in ((), (bare,))
        assert bare
