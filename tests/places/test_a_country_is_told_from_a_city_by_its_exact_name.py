"""`country_named`: names and codes of countries in the languages of Europe, and nothing for cities or words."""

import pytest
from babel import Locale

from citynet.places.country_names import country_named

NAMED = {
    "Germany": "DE",
    "Deutschland": "DE",
    "Allemagne": "DE",
    "NIEMCY": "DE",
    "Ελλάδα": "GR",
    "The Netherlands": "NL",
    "Pays-Bas": "NL",
    "Czech Republic": "CZ",
    "Côte d’Ivoire": "CI",
    "Kosovo": "XK",
    "Republic of  Moldova": "MD",
    "Scotland": "GB",
    "Denmark,": "DK",
    "DE": "DE",
    "UK": "GB",
    "EL": "GR",
    "GER": "DE",
    "NLD": "NL",
    "USA": "US",
    "Kingdom of Morocco": "MA",
    "the Republic of Türkiye": "TR",
    "People's Republic of China": "CN",
    "United Kingdom of Great Britain and Northern Ireland": "GB",
    "Republic of the Congo": "CG",
}


@pytest.mark.parametrize(("text", "code"), NAMED.items())
def test_a_country_is_known_by_its_names_and_codes(text, code):
    assert country_named(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Berlin",
        "Paris",
        "Nice",
        "City of Luxembourg",
        "East Germany",
        "de",
        "it",
        "EU",
        "ZZ",
        "XYZ",
        "",
        " ",
        "12",
        "Europe",
        "Republic of Karelia",
        "Kingdom of",
    ],
)
def test_a_city_a_word_or_a_part_of_the_world_is_no_country(text):
    assert country_named(text) == ""


EUROPE = " AL AT BA BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LT LU LV MD ME MK MT NL NO PL PT RO RS SE SI SK TR UA "


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pl"])
def test_every_country_of_europe_is_known_in_the_larger_languages(language):
    names = Locale.parse(language).territories
    codes = [code for code in names if f" {code} " in EUROPE]
    assert {code: country_named(names[code]) for code in codes} == {code: code for code in codes}
