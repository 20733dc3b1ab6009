"""The file of municipalities that were merged away: what it says, what it leaves out, and that it is as documented."""

import re
from collections import Counter
from pathlib import Path

import pytest

from citynet.errors import ConfigError
from citynet.places.former import COLUMNS, FILE, FormerMunicipality, load_former_municipalities
from citynet.places.normalise import normalise

GAZETTEER = Path(__file__).parents[2] / "include/gazetteer"


@pytest.fixture(scope="module")
def former() -> tuple[FormerMunicipality, ...]:
    return load_former_municipalities(GAZETTEER / "places.tsv.gz")


@pytest.mark.parametrize(
    ("country", "name", "successor_id", "basis"),
    [
        ("FR", "Pierrefitte-sur-Seine", "gn2980916", "official"),
        ("BE", "Neerpelt", "gn2789403", "places"),
        ("NO", "Nedre Eiker", "gn3159016", "places"),
        ("NO", "Os", "gn12110619", "places"),
        ("NL", "Weesp", "gn2759794", "places"),
        ("EE", "Kuressaare linn", "gn11776874", "places"),
        ("LV", "Ikšķiles novads", "gn457065", "places"),
        ("GB", "Poole", "gn12165737", "places"),
        ("BE", "Borgloon", "", "names"),
    ],
)
def test_a_merged_municipality_has_its_heir_and_the_sort_of_its_source(former, country, name, successor_id, basis):
    (line,) = [line for line in former if line.country == country and normalise(name) in line.keys]
    assert (line.successor_id, line.basis) == (successor_id, basis)


@pytest.mark.parametrize(
    ("country", "name"),
    [
        ("NO", "Drammen"),  # lives on under its name, larger
        ("NO", "Haram"),  # merged in 2020, a municipality again since 2024
        ("NL", "Haaren"),  # shared out among four
        ("DE", "Neukölln"),  # sections of a city
        ("GB", "Greenwich"),
        ("FR", "Lomme"),  # a section of Lille since 2000
        ("GB", "Oxford"),  # a district in a county
        ("EE", "Tallinna linn"),  # another print
    ],
)
def test_what_lives_on_was_shared_out_or_was_none_is_not_in_it(former, country, name):
    assert not [line for line in former if line.country == country and normalise(name) in line.keys]


def test_every_id_is_one_of_the_gazetteer_and_nobody_is_a_part_of_itself(former, gazetteer):
    ids = {place_id for line in former for place_id in (line.place_id, line.successor_id) if place_id}
    assert {place_id for place_id in ids if gazetteer.get(place_id) is None} == set()
    assert [line for line in former if line.place_id and line.place_id == line.successor_id] == []
    assert [line for line in former if set(line.keys) & set(line.successor_keys)] == []
    assert all(line.keys and "" not in line.keys and "" not in line.successor_keys for line in former)


def test_it_was_listed_before_it_was_gone(former):
    assert all(line.listed < line.gone for line in former if line.listed)
    assert {line.basis for line in former} == {"official", "places", "names"}


def test_the_lines_are_sorted_and_the_readme_states_their_number(former):
    lines = (GAZETTEER / FILE).read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) == len(set(lines)) == len(former)
    readme = (GAZETTEER / "README.md").read_text(encoding="utf-8")
    stated = {country: int(number.replace(",", "")) for country, number in re.findall(r"\b([A-Z]{2}) ([0-9,]+)\b(?=[^|\n]*lines)", readme)}
    assert stated == dict(Counter(line.country for line in former))


def test_a_gazetteer_without_the_file_knows_of_none(tmp_path):
    assert load_former_municipalities(tmp_path / "places.tsv.gz") == ()


@pytest.mark.parametrize(("text", "told"), [("country,names\n", ":1: "), (f"{','.join(COLUMNS)}\nNO,Os\n", ":2: "), ("", "nothing")])
def test_a_file_of_another_form_is_refused_with_its_line(tmp_path, text, told):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=re.escape(FILE)) as refused:
        load_former_municipalities(tmp_path)
    assert told in str(refused.value)
