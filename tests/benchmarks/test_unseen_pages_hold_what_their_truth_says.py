"""The unseen pages: made again alike, true to their truth in what a reader sees, various, and none with a list by mistake."""

import itertools
import json
import re
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_pages import Listing, Row, folded, read_listings
from reading_pages.unseen import FAMILIES, pages, pool_of
from reading_pages.unseen.words import LANGUAGES, words

LISTINGS = read_listings([Path(__file__).parents[2] / "include" / "samples" / "facts"])
POOL = pool_of(LISTINGS)


@pytest.fixture(scope="module")
def made():
    return tuple(pages(LISTINGS, 11))


def tree_of(page):
    return lxml.html.fromstring(page.body, parser=lxml.html.HTMLParser(encoding="utf-8"))


def strings_of(value):
    """The strings a JSON answer holds, at any depth."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for part in value for text in strings_of(part)]
    return [value] if isinstance(value, str) else []


def scripts_of(tree):
    """What the scripts of a page hold as JSON, a variable's object too."""
    found = [re.search(r"\{.*\}", script.text or "", re.DOTALL) for script in tree.iter("script")]
    return [text for data in found if data and data[0][1] == '"' for text in strings_of(json.loads(data[0]))]


def texts_of(page):
    """Every text a reader of the page meets: folded text of the page, and of its data."""
    if page.content_type == "application/json":
        return strings_of(json.loads(page.body))
    tree = tree_of(page)
    return [folded(" ".join(tree.itertext())), *scripts_of(tree)]


def shape_of(page):
    """Which tags and classes a page is made of."""
    if page.content_type == "application/json":
        return set(re.findall(r'"(\w+)":', page.body.decode()))
    return {(node.tag, node.get("class", "")) for node in tree_of(page).iter() if isinstance(node.tag, str)}


def test_pages_are_the_same_for_the_same_seed_and_others_for_another(made):
    assert tuple(pages(LISTINGS, 11)) == made
    assert {page.body for page in pages(LISTINGS, 12) if page.truth}.isdisjoint(page.body for page in made)


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(min_value=0, max_value=100_000))
def test_every_member_of_the_truth_stands_on_its_page(seed):
    for page in pages(LISTINGS, seed):
        texts = texts_of(page)
        assert [name for name in page.truth if not any(name in text for text in texts)] == [], page.name
        assert len({name.casefold() for name in page.truth}) == len(page.truth), page.name


def test_names_with_signs_that_markup_uses_stand_on_the_page_as_they_are():
    names = ("L'Aquila", "Brighton & Hove", 'Ville de "Sion"', "A <b> C", "Łódź", "Saint-Denis", "Ry", "Åre")
    listing = Listing("signs", tuple(Row(name, "France", "FR", "member") for name in names))
    for page in pages([listing], 3):
        texts = texts_of(page)
        assert all(any(name in text for text in texts) for name in page.truth), page.name
        assert not page.truth or {"L'Aquila", "Brighton & Hove"} <= set(page.truth), page.name


def test_truth_is_the_names_of_the_member_lists_as_they_were_printed(made):
    known = {member.name for members in (*POOL.single, POOL.joined, POOL.bodies) for member in members}
    assert {name for page in made for name in page.truth} <= known
    assert not [name for name in known if name.rstrip("0123456789").endswith(("*", ",", "(", "-"))]


def test_names_never_hold_the_sign_that_parts_them_on_their_page(made):
    apart = {family.name: family.apart for family in FAMILIES}
    for page in made:
        assert not any(sign in name for name in page.truth for sign in apart.get(page.family, "")), page.name


def test_there_are_enough_families_and_sizes_and_pages_without_a_list(made):
    listed = [page for page in made if page.truth]
    assert len(FAMILIES) >= 14
    assert sorted(page.family for page in listed) == sorted(family.name for family in FAMILIES for _ in range(4))
    assert sum(page.family == "no list" and page.truth == () for page in made) >= 40
    sizes = sorted(len(page.truth) for page in listed)
    assert 4 <= sizes[0] <= 9
    assert 150 <= sizes[-1] <= 410


def test_no_two_families_share_their_markup_and_no_two_pages_are_one(made):
    assert len({page.body for page in made}) == len(made)
    shapes = {page.family: shape_of(page) for page in made if page.truth}
    for (one, first), (other, second) in itertools.combinations(shapes.items(), 2):
        assert len(first & second) / len(first | second) < 0.6, (one, other)


def test_pages_speak_six_languages_with_and_without_a_list(made):
    for group in ([page for page in made if page.truth], [page for page in made if not page.truth]):
        trees = [tree_of(page) for page in group if page.content_type.startswith("text/html")]
        assert {tree.get("lang") for tree in trees} >= set(LANGUAGES)


def test_every_language_has_every_word_and_as_many_of_each():
    counted = {
        language: {key: len(value) if isinstance(value, list) else 1 for key, value in found.items()} for language, found in words().items()
    }
    assert tuple(counted) == LANGUAGES
    assert all(found == counted["en"] for found in counted.values())


def test_a_page_names_one_country_only_where_all_its_members_are_of_it(made):
    isos = {}
    for member in (*POOL.joined, *POOL.bodies):
        isos.setdefault(member.name, set()).add(member.iso)
    named = [page for page in made if page.country]
    assert named
    for page in named:
        assert all(page.country in isos[name] for name in page.truth), page.name
