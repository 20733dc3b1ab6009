"""The auto reader splits a printed text into name, country and kind only where it recognises them; all else stays in the name."""

import pytest

from citynet.reading.automatic.credit import credit
from citynet.reading.automatic.cues import cue
from citynet.reading.automatic.dissect import dissect
from reading.unknown_pages import TWELVE, auto, each, names, page, pairs, world

SAID = {
    "Aarhus": ("Aarhus", "", ""),
    "Aarhus (Denmark)": ("Aarhus", "Denmark", ""),
    "Aarhus [DK]": ("Aarhus", "DK", ""),
    "Aarhus, Danmark": ("Aarhus", "Danmark", ""),
    "Aarhus – Dänemark": ("Aarhus", "Dänemark", ""),
    "Denmark: Aarhus": ("Aarhus", "Denmark", ""),
    "Aarhus Denmark": ("Aarhus", "Denmark", ""),
    "🇩🇰 Aarhus": ("Aarhus", "", ""),
    "Aarhus (🇩🇰)": ("Aarhus", "DK", ""),
    "12. Aarhus": ("Aarhus", "", ""),
    "• Aarhus*": ("Aarhus", "", ""),
    "Aarhus [3]": ("Aarhus", "", ""),
    "Aarhus (2009)": ("Aarhus", "", ""),
    "Aarhus, since 2009": ("Aarhus", "", ""),
    "Aarhus since 12 May 2009": ("Aarhus", "", ""),
    "12. Aarhus (Denmark), since 2009": ("Aarhus", "Denmark", ""),
    "Aarhus (associate member)": ("Aarhus", "", "associate member"),
    "Aarhus, Denmark (founding member since 2009)": ("Aarhus", "Denmark", "founding member"),
    "Aarhus (275,000 inhabitants)": ("Aarhus", "", ""),
    "Aarhus .................... 2009": ("Aarhus", "", ""),
    "Aarhus . . . . . . Denmark . . . . . . 2009": ("Aarhus", "Denmark", ""),
    "Halle a. d. Saale ........ 2009": ("Halle a. d. Saale", "", ""),
    "Halle (Saale)": ("Halle (Saale)", "", ""),
    "Washington, DC": ("Washington, DC", "", ""),
    "Frankfurt am Main": ("Frankfurt am Main", "", ""),
    "Saint-Denis": ("Saint-Denis", "", ""),
    "City of Luxembourg": ("City of Luxembourg", "", ""),
    "Denmark": ("", "Denmark", ""),
}


@pytest.mark.parametrize(("text", "said"), SAID.items())
def test_a_text_is_split_where_something_is_recognised(text, said):
    found = dissect(text, world().country_of)
    assert (found.name, found.country, found.kind) == said


@pytest.mark.parametrize("text", ["2009", "since May 2009", "full member", "12.", "A", "275 000", ""])
def test_a_date_a_count_or_a_kind_alone_is_no_name(text):
    assert dissect(text, world().country_of).name == ""


@pytest.mark.parametrize(
    ("stranger", "kept"),
    [
        ("Portland, ME", ("Portland, ME", "")),
        ("Cyprus - Agency", ("Cyprus - Agency", "")),
        ("Climate Alliance Hungary", ("Climate Alliance Hungary", "")),
    ],
)
def test_a_form_that_names_other_things_is_a_country_only_where_many_names_have_it(stranger, kept):
    alone = page("<ul>" + each("<li>{name}</li>", (*TWELVE, stranger)) + "</ul>")
    assert pairs(auto(alone)).get(kept[0]) == kept[1]


@pytest.mark.parametrize("template", ["{name}, DE", "DE - {name}", "{name} Germany"])
def test_such_a_form_is_a_country_where_all_names_have_it(template):
    found = pairs(auto(page("<ul>" + each(f"<li>{template}</li>") + "</ul>")))
    assert set(found) == set(TWELVE)
    assert set(found.values()) <= {"DE", "Germany"}


def test_words_that_all_texts_begin_with_are_no_part_of_their_names():
    found = auto(page("<div>" + each('<img src="{number}.png" alt="Logo of {name}">') + "</div>"))
    assert names(found) == TWELVE


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("Aarhus", "City of Elsewhere"),
        ("University of Elsewhere", "Welcome to the website"),
        ("Regione Toscana", "Read our report on integration"),
        ("Bonn", "Lord Mayor of Bonn"),
        ("Porto", "porto@example.org"),
        ("University of Elsewhere", "Weekend: Porto"),
        ("University of Elsewhere", "Un fine settimana a Porto"),
        ("Assembly of the Regions", "Travel guide to Porto"),
    ],
)
def test_a_known_place_weighs_more_than_a_body_and_a_body_more_than_a_sentence(more, less):
    assert credit(more, world()) > credit(less, world())


@pytest.mark.parametrize(
    ("heading", "announced"),
    [
        ("Our members", 2),
        ("Mitgliedsstädte", 2),
        ("Les collectivités adhérentes", 2),
        ("Nowi członkowie", 1),
        ("The cities", 1),
        ("About us", 0),
        ("City news", -1),
        ("Former members", -1),
        ("Ehemalige Mitglieder", -1),
        ("Our offices", -1),
        ("Filter members", 0),
        ("Project ARRIVE: partner cities", -1),
        ("Projet ARRIVE : villes partenaires", -1),
        ("Città partner del progetto", -1),
        ("Projekt ARRIVE: miasta partnerskie", -1),
        ("Ciudades del proyecto", -1),
        ("Projectsteden", -1),
        ("Our partner cities", 1),
        ("Members of the Healthy Cities project", 2),
        ("Dotychczasowe wizyty studyjne", -1),
        ("Visites d'étude passées", -1),
        ("Städteporträts", -1),
        ("Ritratti di città", -1),
        ("Stadsportretten", -1),
        ("Laufende Aufnahmeanträge", -1),
        ("Réseaux amis", -1),
        ("Paroles de maires", -1),
        ("Cuota anual", -1),
        ("Geschäftsstelle", -1),
        ("Partnerzy i fundatorzy", -1),
        ("Soci e socie", 2),
        ("Open Society Foundations", 0),
    ],
)
def test_a_heading_announces_members_cities_something_else_or_nothing(heading, announced):
    assert cue(heading) == announced


@pytest.mark.parametrize(
    "name",
    [
        "Trento",
        "Stoke-on-Trent",
        "Volos",
        "Villeneuve-sur-Lot",
        "Bad Staffelstein",
        "Termini Imerese",
        "Staffanstorp",
    ],
)
def test_a_name_that_begins_like_a_word_for_something_else_does_not_announce_it(name):
    """The words are beginnings of words in many languages: tren, volo, lot, staff, termin."""
    assert cue(name) in (0, 1)
