"""Gmina, vald, novads and rajono savivaldybė around a town of the same name: the rural body or a question, never the town. Rule 8."""

import pytest

from citynet.places.gazetteer import Gazetteer
from citynet.places.judgements import Judgements
from citynet.places.resolve import resolve

GMINA_LUBAN, LUBAN = "lauPL1003021011004", "gn3093040"
VILJANDI_VALD, VILJANDI = "gn11054708", "gn587577"
JELGAVAS_NOVADS, JELGAVA = "gn459278", "gn459279"


def place_and_verdict(name: str, country: str, gazetteer: Gazetteer) -> tuple[str, str]:
    found = resolve(name, country, gazetteer=gazetteer, judgements=Judgements())
    return found.place_id, found.verdict


@pytest.mark.parametrize(
    ("name", "country", "place_id"),
    [
        ("Gmina Lubań", "PL", GMINA_LUBAN),
        ("Municipality of Gmina Lubań", "PL", GMINA_LUBAN),
        ("Gmina Lubań Municipality", "PL", GMINA_LUBAN),
        ("Gmina Wiejska Lubań", "PL", GMINA_LUBAN),
        ("Gmina Wiejska Lubań", "", GMINA_LUBAN),
        ("Gmina Wiejska Lubań (Poland)", "", GMINA_LUBAN),
        ("Urząd Gminy Lubań", "PL", GMINA_LUBAN),
        ("Lubań (gmina)", "PL", GMINA_LUBAN),
        ("Lubań (gmina wiejska)", "PL", GMINA_LUBAN),
        ("Lubań, gmina", "PL", GMINA_LUBAN),
        ("Lubań/Gmina wiejska", "PL", GMINA_LUBAN),
        ("Lubań Rural Municipality", "PL", GMINA_LUBAN),
        ("Viljandi vald", "EE", VILJANDI_VALD),
        ("Municipality of Viljandi vald", "EE", VILJANDI_VALD),
        ("Viljandi vald municipality", "EE", VILJANDI_VALD),
        ("Viljandi Vallavalitsus", "EE", VILJANDI_VALD),
        ("Rural Municipality of Viljandi", "EE", VILJANDI_VALD),
        ("Voru Rural Municipality Government", "EE", "gn7522483"),
        ("Harku Rural Municipality", "EE", "gn794963"),
        ("Municipality of Jelgavas novads", "LV", JELGAVAS_NOVADS),
        ("Jelgavas novada pašvaldība", "LV", JELGAVAS_NOVADS),
        ("Jelgava (novads)", "LV", JELGAVAS_NOVADS),
        ("Ventspils novada dome", "LV", "gn454307"),
        ("Ādaži novads", "LV", "gn461650"),
    ],
)
def test_it_is_found_by_its_form_whatever_else_stands_beside_it(name: str, country: str, place_id: str, gazetteer: Gazetteer) -> None:
    assert place_and_verdict(name, country, gazetteer) == (place_id, "resolved")


@pytest.mark.parametrize(
    ("name", "country", "place_id"),
    [
        ("Miasto Lubań", "PL", LUBAN),
        ("Lubań (miasto)", "PL", LUBAN),
        ("Gmina Miejska Lubań", "PL", LUBAN),
        ("Gmina Miasto Lubań", "PL", LUBAN),
        ("Municipality of Gmina Miejska Lubań", "PL", LUBAN),
        ("Urząd Miasta Lubań", "PL", LUBAN),
        ("Gmina Lublin", "PL", "gn765876"),
        ("Gmina Przykona", "PL", "gn3087836"),
        ("Urząd Gminy Przykona", "PL", "gn3087836"),
        ("Gmina Dobre Miasto", "PL", "gn773148"),
        ("Viljandi linn", "EE", VILJANDI),
        ("Tartu Linnavalitsus", "EE", "gn588335"),
        ("Jelgavas pilsēta", "LV", JELGAVA),
        ("Ogres novada pašvaldība", "LV", "gn457065"),
        ("Kauno miesto savivaldybė", "LT", "gn598316"),
    ],
)
def test_the_town_and_a_municipality_with_no_town_beside_it_are_found_as_before(
    name: str, country: str, place_id: str, gazetteer: Gazetteer
) -> None:
    assert place_and_verdict(name, country, gazetteer) == (place_id, "resolved")


@pytest.mark.parametrize(
    ("name", "country", "verdict"),
    [
        ("Miasto gmina Lubań", "PL", "review"),
        ("City of Gmina Lubań", "PL", "review"),
        ("Gmina Lubań City Council", "PL", "review"),
        ("Gmina Lubań / Lubań", "PL", "review"),
        ("Gmina Lubań (Lubań)", "PL", "review"),
        ("Gmina Wiejska Zielona Góra", "PL", "review"),
        ("City of Rakvere vald", "EE", "review"),
        ("Viljandi vald / Viljandi", "EE", "review"),
        ("City of Daugavpils novads", "LV", "review"),
        ("Liepājas novads", "LV", "unknown"),
        ("Kaunas (rajono savivaldybė)", "LT", "review"),
        ("Municipality of Kauno rajono savivaldybė", "LT", "not_a_city"),
    ],
)
def test_what_contradicts_itself_or_is_not_known_stays_open(name: str, country: str, verdict: str, gazetteer: Gazetteer) -> None:
    assert place_and_verdict(name, country, gazetteer) == ("", verdict)


def test_a_person_is_shown_both_bodies(gazetteer: Gazetteer) -> None:
    found = resolve("Miasto gmina Lubań", "PL", gazetteer=gazetteer, judgements=Judgements())
    assert (found.route, found.suggestions) == ("rural_form:luban", (GMINA_LUBAN, LUBAN))


@pytest.mark.parametrize("printed", ["Municipality of {}", "{} Municipality", "City of {}", "Town of {}", "{} City Council", "{} ({})"])
def test_no_second_form_leads_from_any_gmina_around_a_town_to_the_town(printed: str, gazetteer: Gazetteer) -> None:
    around = [key for key in gazetteer.keys("PL") if key.startswith("gmina ") and gazetteer.bears(key.removeprefix("gmina "), "PL")]
    assert len(around) > 100
    for key in around:
        town = {named.place.place_id for named in gazetteer.bearers(key.removeprefix("gmina "), ("PL",))}
        town -= {named.place.place_id for named in gazetteer.bearers(key, ("PL",))}
        assert place_and_verdict(printed.format(key, key.removeprefix("gmina ")), "PL", gazetteer)[0] not in town, key


@pytest.mark.parametrize(
    ("name", "country", "place_id"),
    [
        ("Comune di Città di Castello", "IT", "gn3178619"),
        ("Ayuntamiento de Villa del Prado", "ES", "gn3105675"),
        ("Mairie de La Ville-du-Bois", "FR", "gn3005524"),
    ],
)
def test_a_second_form_that_is_of_the_name_itself_stays(name: str, country: str, place_id: str, gazetteer: Gazetteer) -> None:
    assert place_and_verdict(name, country, gazetteer) == (place_id, "resolved")
