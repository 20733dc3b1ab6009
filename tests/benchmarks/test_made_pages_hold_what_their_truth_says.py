"""Every set of made pages: made again alike, true to its truth in what a reader meets, various, and none with a list by mistake."""

import html
import importlib
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from reading_pages import Listing, Row, folded, read_listings

FACTS = Path(__file__).parents[2] / "include" / "samples" / "facts"
SETS = ("dev", "held_out", "unseen", "fresh", "later", "other", "last")
ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")
SEED, ANOTHER = 4, 5


@pytest.fixture(scope="module", params=SETS)
def make(request):
    return importlib.import_module(f"reading_pages.{request.param}").pages


@pytest.fixture(scope="module")
def made(make):
    return tuple(make(read_listings([FACTS]), SEED))


def source_of(page):
    charset = re.search(r"charset=([\w-]+)", page.content_type)
    return page.body.decode(charset[1] if charset else "utf-8")


def texts_of(page):
    """What a reader meets: the source with escapes and entities undone, and the text of the page without its tags."""
    source = source_of(page)
    plain = re.sub(r'\\+(["/])', r"\1", html.unescape(ESCAPED.sub(lambda found: chr(int(found[1], 16)), source)))
    tree = None if page.content_type.startswith("application/json") else lxml.html.fromstring(re.sub(r"^<\?xml[^>]*>", "", source))
    return (folded(plain), "" if tree is None else folded(" ".join(tree.itertext())))


def missing(page):
    texts = texts_of(page)
    return [name for name in page.truth if not any(name in text for text in texts)]


def markup_of(page):
    """The kinds of nodes of a page, or of a JSON answer its keys, whatever the names on it."""
    if page.content_type.startswith("application/json"):
        return frozenset(re.findall(r'"(\w+)":', source_of(page)))
    return frozenset(re.findall(rb"<\w+(?: class=.[\w-]+)?", page.body))


def test_pages_are_the_same_for_the_same_seed_and_others_of_the_same_families_for_another(make, made):
    listings = read_listings([FACTS])
    others = tuple(make(listings, ANOTHER))
    assert tuple(make(listings, SEED)) == made
    assert Counter(page.family for page in others) == Counter(page.family for page in made)
    assert {page.body for page in others if page.truth}.isdisjoint(page.body for page in made)
    assert [(page.name, missing(page)) for page in others if missing(page)] == []


def test_every_member_of_the_truth_stands_on_its_page_once_in_the_truth(made):
    assert [(page.name, missing(page)) for page in made if missing(page)] == []
    assert [page.name for page in made if len({name.casefold() for name in page.truth}) != len(page.truth)] == []


def test_names_with_signs_that_markup_uses_stand_on_the_page_as_they_are(make):
    names = ("L'Aquila", "Brighton & Hove", 'Ville de "Sion"', "Łódź", "Saint-Denis", "Ry", "Åre", "Halle (Saale)", "Bois-d’Amont")
    signs = Listing("signs", tuple(Row(name, "France", "FR", "member") for name in names))
    found = tuple(make([*(replace(signs, listing_id=f"signs_{number}") for number in range(40)), *read_listings([FACTS])], 3))
    assert [(page.name, missing(page)) for page in found if missing(page)] == []
    assert {name for page in found for name in page.truth} & set(names)


def test_there_are_families_and_sizes_enough_and_pages_without_a_list(made):
    listed = Counter(page.family for page in made if page.truth)
    sizes = sorted(len(page.truth) for page in made if page.truth)
    assert len(listed) >= 10
    assert sum(not page.truth for page in made) >= 26
    assert {page.family for page in made if not page.truth}.isdisjoint(listed)
    assert sizes[0] <= 12
    assert sizes[-1] >= 120


def test_no_page_is_another_one_with_other_names_only(made):
    assert len({page.name for page in made}) == len({page.body for page in made}) == len(made)
    families = {page.family: markup_of(page) for page in made if page.truth}
    assert len(set(families.values())) == len(families)


def test_a_page_names_one_country_only_where_all_its_members_can_be_of_it(made):
    isos = {}
    for row in (row for listing in read_listings([FACTS]) for row in listing.rows if row.iso):
        isos.setdefault(row.name, set()).add(row.iso)
    wrong = [
        (page.name, name) for page in made if page.country for name in page.truth if page.country not in isos.get(name, {page.country})
    ]
    assert wrong == []
