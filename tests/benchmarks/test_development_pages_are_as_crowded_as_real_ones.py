"""What the development pages of the reading benchmark hold beyond every set: tickers, crowds of other towns, registers; and listings."""

import json
import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from reading_pages import Listing, Row, municipalities, read_listings
from reading_pages.dev import FAMILIES, PAGES, no_list, pages
from reading_pages.dev.subject import REGISTER

from citynet.reading.printed import parsed, text_of

INCLUDE = Path(__file__).parents[2] / "include"
SEED = 5
LISTINGS = read_listings([INCLUDE / "samples" / "facts"])


@pytest.fixture(scope="module")
def made():
    """All pages of one seed, those that hold no list too; more than a second's work."""
    return list(pages(LISTINGS, SEED))


@pytest.fixture(scope="module")
def listed(made):
    """The pages that hold a list."""
    return [page for page in made if page.truth]


def printed(page):
    """What the page's source says, references and escapes undone, white space folded."""
    text = page.body.decode()
    if "json" in page.content_type:
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return " ".join(unescape(unescape(text)).replace('\\"', '"').split())


def words_of(page):
    """The words that a visitor sees."""
    return re.findall(r"\w+", text_of(parsed(page.body, page.content_type, page.name)))


def test_every_family_has_its_pages_and_forty_kinds_hold_no_list(listed, made):
    families = Counter(page.family for page in listed)
    assert families == dict.fromkeys(FAMILIES, PAGES)
    assert len({page.name for page in made}) == len(made)
    assert len(no_list.KINDS) == sum(not page.truth for page in made) >= 40


def test_a_ticker_prints_each_name_twice_and_its_truth_once(listed):
    for page in (page for page in listed if page.family == "ticker"):
        assert all(printed(page).count(name) >= 2 for name in page.truth)


def test_names_that_a_comma_would_cut_stand_in_no_comma_paragraph(listed):
    for page in (page for page in listed if page.family in ("paragraphs", "country_paragraphs")):
        assert not any("," in name for name in page.truth)


def test_pages_are_crowded_with_other_towns(listed):
    """Beside the members each site names towns in its menu, its footer or its news; else the pages would be too easy."""
    towns = {row.name for listing in LISTINGS for row in listing.rows}
    shown = [page for page in listed if "html" in page.content_type]
    crowded = [page for page in shown if len(towns.difference(page.truth).intersection(words_of(page))) >= 3]
    assert len(crowded) >= 0.9 * len(shown)


def test_a_register_is_read_whole_and_lends_its_names_to_no_other_page(made):
    long = Listing("register", tuple(Row(f"Neustadt {number}", "DE", "DE", "signatory") for number in range(REGISTER)))
    with_it = list(pages((*LISTINGS, long), SEED))
    registers = [page for page in with_it if page.family == "register"]
    assert [len(page.truth) for page in registers] == [REGISTER] * 3
    assert [page for page in with_it if page.family != "register"] == made


def test_a_listing_as_long_as_a_register_comes_from_the_gazetteer():
    rows = municipalities(INCLUDE / "gazetteer", ("ES", "IT"), 20).rows
    assert [row.iso for row in rows] == ["ES"] * 20 + ["IT"] * 20
    assert all(row.name and row.country == row.iso for row in rows)


def test_listings_are_read_with_their_white_space_folded(tmp_path):
    file = tmp_path / "deep" / "a__2020.csv"
    file.parent.mkdir()
    file.write_text("name_as_published,country_as_published,membership_kind\n Antwerp  ,belgium,full\n,FR,\nAthens,EL,\n", encoding="utf-8")
    (listing,) = read_listings([tmp_path])
    assert listing == Listing("a__2020", (Row("Antwerp", "belgium", "BE", "full"), Row("Athens", "EL", "GR", "")))
