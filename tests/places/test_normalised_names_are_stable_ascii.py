"""Names are compared in one form."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.places.normalise import normalise


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Łódź", "lodz"),
        ("Đakovo", "dakovo"),
        ("Ærøskøbing", "aeroskobing"),
        ("Αθήνα", "athina"),
        ("  L'Aquila ", "l aquila"),
        ("Neu-Ulm", "neu ulm"),
        ("Berlin/Neukölln", "berlin neukolln"),
        ("–", ""),
        ("", ""),
    ],
)
def test_letters_of_all_europe_survive_and_marks_become_blanks(name: str, expected: str) -> None:
    assert normalise(name) == expected


def test_a_decomposed_name_is_the_same_name() -> None:
    assert normalise(unicodedata.normalize("NFD", "Мурманский Zürich")) == normalise("Мурманский Zürich")


@given(st.text())
def test_normalising_twice_changes_nothing_and_leaves_ascii_words(name: str) -> None:
    once = normalise(name)
    assert normalise(once) == once
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", once)
