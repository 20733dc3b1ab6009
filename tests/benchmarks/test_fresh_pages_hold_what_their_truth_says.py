"""The fresh pages: made again alike, true to their truth in what a reader sees, various, and none with a list by mistake."""

import html
import json
from pathlib import Path

import pytest
from reading_pages import Listing, Row, folded, read_listings
from reading_pages.fresh import FAMILIES, pages
from reading_pages.fresh.words import LANGUAGES, words

LISTINGS = read_listings([Path(__file__).parents[2] / "include" / "samples" / "facts"])


@pytest.fixture(scope="module")
def made():
    return tuple(pages(LISTINGS, 4))


def text_of(page):
    """What a page says, its escapes undone: those of JSON in answers and in a map's data, those of markup elsewhere."""
    text = page.body.decode()
    if page.content_type == "application/json":
        return json.dumps(json.loads(text), ensure_ascii=False)
    for line in text.splitlines():
        if line.startswith("window.mapSettings = "):
            text = json.dumps(json.loads(line.partition("= ")[2].rstrip(";")), ensure_ascii=False)
    return folded(html.unescape(text))


def names_missing(page):
    text = text_of(page)
    written = (lambda name: json.dumps(name, ensure_ascii=False)) if page.family in {"inline_map", "api_answer"} else str
    return [name for name in page.truth if written(name) not in text]


def test_pages_are_the_same_for_the_same_seed_and_others_for_another(made):
    assert tuple(pages(LISTINGS, 4)) == made
    assert {page.body for page in pages(LISTINGS, 5) if page.truth}.isdisjoint(page.body for page in made)


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_every_member_of_the_truth_stands_on_its_page_once_in_the_truth(seed):
    for page in pages(LISTINGS, seed):
        assert names_missing(page) == [], page.name
        assert len({name.casefold() for name in page.truth}) == len(page.truth), page.name


def test_names_with_signs_that_markup_uses_stand_on_the_page_as_they_are():
    names = ("L'Aquila", "Brighton & Hove", 'Ville de "Sion"', "A <b> C", "Łódź", "Saint-Denis", "Ry", "Åre")
    for page in pages([Listing("signs", tuple(Row(name, "France", "FR", "member") for name in names))], 3):
        assert names_missing(page) == [], page.name
        assert not page.truth or {"L'Aquila", "Brighton & Hove"} <= set(page.truth), page.name


def test_there_are_ten_families_of_four_pages_of_all_sizes_and_26_pages_without_a_list(made):
    listed = [page for page in made if page.truth]
    assert sorted(page.family for page in listed) == sorted(family.name for family in FAMILIES for _ in range(4))
    assert len(FAMILIES) == 10
    assert sum(page.family == "no list" and page.truth == () for page in made) == 26
    sizes = sorted(len(page.truth) for page in listed)
    assert 6 <= sizes[0] <= 12
    assert 150 <= sizes[-1] <= 300
    assert len({page.name for page in made}) == len({page.body for page in made}) == len(made)


def test_every_language_has_the_same_words_and_pages_with_and_without_a_list(made):
    shapes = {
        language: {key: len(value) for key, value in found.items() if not isinstance(value, str)} for language, found in words().items()
    }
    assert tuple(shapes) == LANGUAGES
    assert all(shape == shapes["en"] for shape in shapes.values())
    for listed in (True, False):
        bodies = [page.body.decode() for page in made if bool(page.truth) is listed]
        assert all(any(f'lang="{language}"' in body for body in bodies) for language in LANGUAGES)
