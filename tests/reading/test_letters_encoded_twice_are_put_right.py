"""A name whose letters were encoded twice is put right and what was printed is kept; every other name stays as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.reading.twice_encoded import repaired
from reading.sample_listings import facts_files, rows_of
from reading.test_readers_are_strict import read

ALPHABETS = {
    "Albanian": "abcçdeëfgxyz",
    "Armenian": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "Bulgarian and Russian": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "Croatian": "abcčćdđefghijklmnoprsštuvzž",
    "Czech and Slovak": "aáäbcčdďeéěfghiíjklĺľmnňoóôprŕřsštťuúůvyýzž",
    "Danish, Norwegian and Swedish": "abdefghiklmnoprstuvyæøåäö",
    "Dutch and French": "aàâæbcçdeèéêëfghiîïlmnoôœprstuùûüvyÿ",
    "Estonian and Finnish": "abdefghijklmnoprsšzžtuvõäöüå",
    "Georgian": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "German": "aäbcdefghijklmnoöprsßtuüvwxyz",
    "Greek": "αάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώ",
    "Hungarian": "aábcdeéfghiíjklmnoóöőprstuúüűvyz",
    "Icelandic": "aábdðeéfghiíjklmnoóprstuúvxyýþæö",
    "Irish and Italian": "aàábcdeèéfghiìílmnoòóprstuùúvz",
    "Latvian and Lithuanian": "aāąbcčdeēęėfgģhiīįjkķlļmnņoprsštuūųvzž",
    "Maltese": "abċdefġghħijklmnopqrstuvwxżz",
    "Polish": "aąbcćdeęfghijklłmnńoóprsśtuwyzźż",
    "Portuguese and Spanish": "aáâãàbcçdeéêfghiílmnñoóôõprstuúüvxz",
    "Romanian": "aăâbcdefghiîjlmnoprsștțuvxz",
    "Serbian and Macedonian": "абвгдѓђежзѕијќлљмнњопрстћуфхцџчш",
    "Turkish and Azerbaijani": "abcçdeəfgğhıijklmnoöprsştuüvyz",
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}


@st.composite
def names(draw):
    """One to three words of one alphabet, each with a capital first letter and a plain vowel of its script at the end."""
    letters = ALPHABETS[draw(st.sampled_from(sorted(ALPHABETS)))]
    words = draw(st.lists(st.text(letters, min_size=1, max_size=12), min_size=1, max_size=3))
    return draw(st.sampled_from([" ", "-", " (", ", "])).join(word.capitalize() + letters[0] for word in words)


@given(names(), st.sampled_from([str, str.upper, str.lower]))
def test_a_name_in_any_script_of_europe_stays_as_it_is(name, written):
    assert repaired(written(name)) == written(name)


@given(names())
def test_a_name_encoded_twice_reads_as_it_was(name):
    try:
        printed = name.encode("utf-8").decode("windows-1252")
    except UnicodeDecodeError:
        return
    if "\xa0" not in printed:  # lost with the white space of the page
        assert repaired(printed) == name


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("GospiÄ‡", "Gospić"),
        ("HaÈ›eg", "Hațeg"),
        ("MÃ¼nchen", "München"),
        ("DÄ…bie", "Dąbie"),
        ("Ã…lesund", "Ålesund"),
        ("Å\xa0ibenik", "Šibenik"),
        ("Malm<c3><b6>", "Malmö"),
        ("La L<c3><ad>nea de la Concepci<c3><b3>n", "La Línea de la Concepción"),
        ("LÃ¥sby", "Låsby"),
        ("â€™s-Hertogenbosch", "’s-Hertogenbosch"),
        ("ÎœÏ…Ï„Î¹Î»Î®Î½Î·", "Μυτιλήνη"),
    ],
)
def test_forms_seen_on_rosters(printed, meant):
    assert repaired(printed) == meant


@pytest.mark.parametrize(
    "name", ["PRIÄŽY", "VERHNJAJA PÕŠMA", "SÃO PAULO", "COVILHÃ (PORTUGAL)", "Å i Lofoten", "Forlì – Cesena", "L’Hospitalet", "Ａ"]
)
def test_capitals_quotes_and_widths_are_left_alone(name):
    assert repaired(name) == name


def test_no_name_of_the_samples_is_changed():
    printed = {row[column] for file in facts_files() for row in rows_of(file) for column in ("name_as_published", "country_as_published")}
    assert len(printed) > 200
    assert {text: repaired(text) for text in printed if repaired(text) != text} == {}


def test_the_row_holds_the_name_put_right_and_the_evidence_what_was_printed():
    html = "<ul><li>GospiÄ‡ (Croatia)</li><li>Graz (Ã–sterreich)</li><li>Bergen (norway)</li></ul>"
    rows = read(html, "list", "li", pattern="Name (Country)").rows
    assert [(r.name_as_published, r.country_as_published, r.evidence) for r in rows] == [
        ("Gospić", "Croatia", "li 1; printed GospiÄ‡"),
        ("Graz", "Österreich", "li 2; printed Ã–sterreich"),
        ("Bergen", "norway", "li 3"),
    ]
