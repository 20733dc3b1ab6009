"""Words and abbreviations for bodies that are no municipalities, and the name that is left without them."""

import pytest

from citynet.places.body_kinds import is_company, kind_of_body, numbered


@pytest.mark.parametrize(
    ("name", "country", "kinds", "words"),
    [
        ("Landkreis Lüneburg", "DE", {"county"}, ("luneburg",)),
        ("LK Lüneburg", "DE", {"county"}, ("luneburg",)),
        ("Lüneburg (Landkreis)", "DE", {"county"}, ("luneburg",)),
        ("SG Amelinghausen", "DE", {"grouping"}, ("amelinghausen",)),
        ("Provincia di Savona", "IT", {"county"}, ("savona",)),
        ("Prov. di Savona", "IT", {"county"}, ("savona",)),
        ("Regione Toscana", "IT", {"state"}, ("toscana",)),
        ("Limoges - CA", "FR", {"grouping"}, ("limoges",)),
        ("Communauté d’agglomération de Limoges", "FR", {"grouping"}, ("limoges",)),
        ("Conseil départemental du Val-de-Marne", "FR", {"county"}, ("val", "marne")),
        ("Grand Nancy", "FR", {"grouping"}, ("nancy",)),
        ("Jihomoravský kraj", "CZ", {"state"}, ("jihomoravsky",)),
        ("Powiat toruński", "PL", {"county"}, ("torunski",)),
        ("Pest megye", "HU", {"county"}, ("pest",)),
        ("LB Camden", "GB", {"section"}, ("camden",)),
        ("Jung-gu (Daegu)", "KR", {"section"}, ("jung", "daegu")),
        ("Viljandi Parish", "EE", {"rural"}, ("viljandi",)),
        ("Region Hannover", "DE", {"state", "county"}, ("hannover",)),
        ("Regierungsbezirk Kassel", "DE", {"between"}, ("kassel",)),
        ("Junta de Freguesia de Arroios", "PT", {"section"}, ("arroios",)),
        ("Junta de Andalucía", "ES", {"state"}, ("andalucia",)),
        ("District Antwerpen", "BE", {"section"}, ("antwerpen",)),
        ("Kaunas District", "LT", {"rural"}, ("kaunas",)),
    ],
)
def test_a_word_for_the_kind_is_parted_from_the_name(name, country, kinds, words):
    said = kind_of_body(name, country)
    assert (said.kinds, said.words) == (kinds, words)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Lüneburg", "DE"),
        ("Konya Metropolitan Municipality", "TR"),
        ("Daegu Metropolitan City", "KR"),
        ("Stroud District Council", "GB"),
        ("Le Grand-Quevilly", "NL"),
        ("Kreis", "DE"),
        ("Wrexham County Borough", "GB"),
        ("Junta de Benfica", "PT"),
    ],
)
def test_a_municipality_s_name_says_none(name, country):
    assert kind_of_body(name, country).kinds == frozenset()


def test_numbers_of_sections_are_written_alike():
    assert {numbered(words) for words in (("lyon", "7e"), ("lyon", "vii"), ("lyon", "7th"), ("lyon", "7"))} == {("lyon", "7")}


def test_companies_are_known_by_their_legal_form():
    assert is_company("Kristianstad Energi AB")
    assert not is_company("Habo")
