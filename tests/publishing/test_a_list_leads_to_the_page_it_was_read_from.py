"""The pages of lists: each row as printed, what became of it, and the page behind it, ours or another's."""

from dataclasses import replace

import pytest

from citynet.errors import DataRefused
from citynet.publishing.site import render
from publishing.conftest import CONTEXT, RELEASE
from publishing.evidence import evidence
from publishing.rows import ICC_2010, PACT_2019, PACT_2022, tables
from publishing.test_site_says_only_what_is_known import DEMONSTRATION, HOSTILE, SIZES, pages, text_of


def test_the_page_of_a_list_shows_each_row_what_became_of_it_and_where_it_comes_from():
    page = pages()[f"list/pact_of_free_cities/{PACT_2022}.html"]
    assert '<tr id="row-3">' in page
    assert '<a href="../../city/gn2747373.html">&#39;s-Gravenhage</a>' in page
    shown = text_of(page)
    assert "4 Springfield US city full member waits for a person several places of that name" in shown
    assert "5 rows; 4 matched to a place" in shown
    assert "5 Staré Mesto printed StarÃ© Mesto" in shown  # put right for reading, and still told as the page has it
    assert f"Hash of our file {'ab' * 32}" in shown
    assert (
        shown.count("page rebuilt by this project from facts stated at https://www.pactoffreecities.example/members ; not an original") == 2
    )


def test_the_page_of_a_list_that_was_not_read_says_so_and_shows_the_page_all_the_same():
    page = pages()[f"list/pact_of_free_cities/{PACT_2019}.html"]
    assert "held: layout changed" in page
    assert "No row is shown" in page
    assert "&lt;li&gt;Bratislava&lt;/li&gt;" in page
    assert "<script" not in page


def test_a_page_that_was_fetched_is_an_address_and_a_hash_and_no_copy():
    live = [replace(e, origin="live", pages=tuple(replace(p, text="") for p in e.pages)) for e in evidence()]
    made = render(RELEASE, tables(), replace(CONTEXT, evidence=tuple(live)), SIZES)
    page = made[f"list/pact_of_free_cities/{PACT_2022}.html"].decode()
    assert "rebuilt" not in text_of(page).replace(DEMONSTRATION, "")
    assert "SHA-256 of the page" in page
    assert "<pre>" not in page


def test_evidence_leads_to_the_source_where_a_list_has_no_page_of_its_own():
    page = pages()["network/intercultural_cities.html"]
    assert f'href="../network/intercultural_cities.html#{ICC_2010}"' in page
    assert "list/intercultural_cities" not in page


def test_a_row_that_the_page_of_the_list_does_not_show_leads_to_the_page_without_a_row():
    changed = tables()
    for membership in changed["memberships"]:
        membership["evidence_row"] = 99
    page = pages(changed)["network/pact_of_free_cities.html"]
    assert f'href="../list/pact_of_free_cities/{PACT_2022}.html"' in page
    assert "#row-99" not in page


def test_a_hostile_list_stays_text_on_its_page():
    bad = [
        replace(
            e,
            reason=HOSTILE,
            pages=tuple(replace(p, url="javascript:alert(1)", text=f"</pre>{HOSTILE}") for p in e.pages),
            rows=tuple(replace(r, name_as_published=HOSTILE, route=HOSTILE, page_url="javascript:alert(1)") for r in e.rows),
        )
        for e in evidence()
    ]
    made = render(RELEASE, tables(), replace(CONTEXT, evidence=tuple(bad)), SIZES)
    page = made[f"list/pact_of_free_cities/{PACT_2022}.html"].decode()
    assert page.count("&lt;script&gt;") >= 11
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert page.count("</pre>") == 1


@pytest.mark.parametrize("bad", ["../x", "a/b", ".hidden", ""])
def test_a_capture_that_is_no_file_name_is_refused(bad):
    with pytest.raises(DataRefused, match="file name"):
        render(RELEASE, tables(), replace(CONTEXT, evidence=(replace(evidence()[0], capture_id=bad),)), SIZES)
