"""Suggestions by spelling, and transliterations written alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.places.similar import CUTOFF, MOST, folded
from citynet.places.similar import similar as similar_in


def similar(key: str, keys: list[str]) -> list[tuple[str, float]]:
    """Asked as the resolver does: the names with the same first letter, shortest first."""
    return similar_in(key, sorted((k for k in keys if k[:1] == key[:1]), key=len))


KEYS = sorted(["castelnuovo di garfagnana", "celje", "francavilla al mare", "mont roig del camp", "shadwell", "sandbach", "reykjavik"])


@pytest.mark.parametrize(
    ("key", "suggestion"),
    [("francavilla a mare", "francavilla al mare"), ("celjie", "celje"), ("reykjavic", "reykjavik"), ("castelnuovo garfagnana", KEYS[0])],
)
def test_a_misspelt_name_leads_to_the_name(key: str, suggestion: str) -> None:
    assert similar(key, KEYS)[0][0] == suggestion


@pytest.mark.parametrize("key", ["sandwell", "bath and north east somerset", "greater london authority", "", "cel"])
def test_a_part_of_a_name_or_another_place_is_not_suggested(key: str) -> None:
    assert similar(key, sorted([*KEYS, "bath", "london"])) == []


@given(st.lists(st.text(alphabet="abcdef ", min_size=1, max_size=12), max_size=30), st.text(alphabet="abcdef ", min_size=1, max_size=12))
def test_suggestions_are_few_similar_and_in_a_fixed_order(names: list[str], key: str) -> None:
    keys = sorted(set(names))
    found = similar(key, keys)
    assert len(found) <= MOST
    assert all(score >= CUTOFF and name in keys and name[0] == key[0] for name, score in found)
    assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))
    if key in keys and len(key) > 3:
        assert found[0] == (key, 100.0)


@pytest.mark.parametrize(
    ("country", "spellings"),
    [
        ("GR", ("karpenhsioy", "karpenisiou")),
        ("GR", ("ilioupolis", "ilioupoli", "hlioypolh")),
        ("GR", ("amaroussion", "amarousi")),
        ("UA", ("bilhorod dnistrovskyy", "bilhorod dnistrovskyi", "bilgorod dnistrovskyi")),
        ("UA", ("kropyvnytskyy", "kropyvnytskyi")),
    ],
)
def test_transliterations_of_one_name_are_written_alike(country: str, spellings: tuple[str, ...]) -> None:
    assert len({folded(spelling, country) for spelling in spellings}) == 1


def test_elsewhere_nothing_is_written_alike() -> None:
    assert folded("gent", "BE") == ""
