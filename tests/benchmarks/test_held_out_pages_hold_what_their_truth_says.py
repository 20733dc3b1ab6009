"""The held-out pages: the same for the same seed, every name of the truth on the page, no two pages alike, none with a list by mistake."""

import html
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_pages import read_listings
from reading_pages.held_out import pages as make_pages
from reading_pages.held_out.members import Body, one_country

PROJECT = Path(__file__).parents[2]
FACTS = PROJECT / "include" / "samples" / "facts"
ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")


@pytest.fixture(scope="module")
def held_out():
    listings = read_listings([FACTS])
    return lambda seed: list(make_pages(listings, seed))


@pytest.fixture(scope="module")
def pages(held_out):
    return held_out(1)


def text_of(page):
    """What stands on a page, in text, attributes or scripts, with entities and escapes read and white space folded."""
    charset = "cp1252" if "windows-1252" in page.content_type else "utf-8"
    plain = ESCAPED.sub(lambda found: chr(int(found[1], 16)), page.body.decode(charset))
    return " ".join(html.unescape(plain).split())


def test_the_same_seed_gives_the_same_pages(held_out, pages):
    assert held_out(1) == pages


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(min_value=2, max_value=10_000))
def test_every_name_of_the_truth_stands_on_its_page_once_in_the_truth(held_out, seed):
    for page in held_out(seed):
        text = text_of(page)
        assert [name for name in page.truth if name not in text] == [], page.name
        assert len({name.casefold() for name in page.truth}) == len(page.truth), page.name


def test_another_seed_gives_other_pages_of_the_same_families(held_out, pages):
    others = held_out(2)
    assert Counter(page.family for page in others) == Counter(page.family for page in pages)
    assert {page.body for page in others if page.truth}.isdisjoint(page.body for page in pages)


def test_there_are_families_enough_and_pages_enough_that_hold_no_list(pages):
    families = {page.family for page in pages if page.truth}
    assert len(families) >= 12
    assert sum(not page.truth for page in pages) >= 40
    assert all(page.truth for page in pages if page.family in families)


def markup_of(page):
    """The kinds of nodes of a page, or of a JSON answer its keys, whatever the names on it."""
    if page.content_type.endswith("json"):
        return frozenset(re.findall(r'"(\w+)":', page.body.decode()))
    return frozenset(re.findall(rb"<\w+(?: class=.[\w-]+)?", page.body))


def test_no_page_is_another_one_with_other_names_only(pages):
    assert len({page.body for page in pages}) == len(pages)
    families = {page.family: markup_of(page) for page in pages if page.truth}
    for family, markup in families.items():
        for other, others in families.items():
            alike = len(markup & others) / len(markup | others)
            assert family == other or alike < 0.7, (family, other, alike)


def test_pages_without_a_list_differ_in_what_stands_between_their_frames(pages):
    bodies = [markup_of(page) | {page.name} for page in pages if not page.truth]
    assert len(set(bodies)) == len(bodies)


def test_json_answers_are_json_and_sizes_reach_from_few_to_many(pages):
    for page in pages:
        if page.content_type == "application/json":
            json.loads(page.body)
    counts = sorted(len(page.truth) for page in pages if page.truth)
    assert counts[0] <= 12
    assert counts[-1] >= 150


def test_a_page_names_its_country_only_where_all_members_share_it():
    assert one_country([Body("Bonn", "DE"), Body("Ulm", "DE")]) == "DE"
    assert one_country([Body("Bonn", "DE"), Body("Graz", "AT")]) == ""
    assert one_country([Body("Bonn", "DE"), Body("Graz", "")]) == ""
