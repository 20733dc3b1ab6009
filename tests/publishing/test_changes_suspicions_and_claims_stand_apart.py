"""Pages of changes, networks and cities: the world, our records, suspicion and holds apart; claims beside their row; feeds linked."""

import re
from pathlib import Path

import pytest

from citynet.publishing.phrases import forbidden_in
from publishing.conftest import RELEASE
from publishing.rows import ICC_2010, ICC_2010_LATER, PACT_2022, member, tables
from publishing.test_site_says_only_what_is_known import pages, text_of

ON_HOLD = member("pact_of_free_cities", "gn3067696", PACT_2022, 6, state="on_hold", counted=False, from_latest="2022-09-15")


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    return pages({"memberships": [*tables()["memberships"], ON_HOLD]})


def part(page: str, heading: str) -> str:
    """What stands under a heading of the third order."""
    return re.split(r"<h[23][ >]", page.split(f"<h3>{heading}</h3>")[1])[0]


@pytest.mark.parametrize("path", ["network/intercultural_cities.html", "changes.html", "city/gn3067696.html"])
def test_a_suspicion_stands_apart_with_every_list_that_lacks_the_body(path, site):
    suspected = part(site[path], "Suspected, not confirmed")
    assert "not on the list at the last 3 checks, unconfirmed" in text_of(suspected)
    for capture in ICC_2010_LATER:
        assert capture in suspected
    assert ICC_2010 not in suspected


def test_a_suspected_body_is_not_among_the_other_members(site):
    members = site["network/intercultural_cities.html"].split("<h2>Members</h2>")[1].split("<h3>")[0]
    assert "city/gn3060972.html" in members
    assert "city/gn3067696.html" not in members


@pytest.mark.parametrize("path", ["network/pact_of_free_cities.html", "city/gn3067696.html"])
def test_what_is_on_hold_stands_apart(path, site):
    assert "on hold by the network itself" in text_of(part(site[path], "On hold by the network itself"))
    assert "On hold by the network itself" in text_of(site["changes.html"])


def test_a_city_shows_changes_of_the_world_and_of_the_record_apart(site):
    hague, praha = site["city/gn2747373.html"], site["city/gn3067696.html"]
    assert "Changes of membership of" in part(hague, "In the world")
    assert "In our records" not in hague
    assert "None is known." in part(praha, "In the world")
    assert "renamed" in part(praha, "In our records")


def test_an_open_claim_is_shown_where_its_row_is(site):
    for path in ("changes.html", "network/pact_of_free_cities.html", "city/gn2747373.html"):
        assert "1 claim not answered yet" in text_of(site[path]), path


def test_a_reply_is_shown_where_its_row_is():
    replied = [{**m, "replies": "We <b>stay</b>"} if m["place_id"] == "gn2747373" else m for m in tables()["memberships"]]
    page = pages({"memberships": replied})["network/pact_of_free_cities.html"]
    assert "Reply of those concerned: “We &lt;b&gt;stay&lt;/b&gt;”" in page


def test_the_log_of_corrections_and_replies_is_public(site):
    page = text_of(site["corrections.html"])
    assert "answered within 3 days" in page
    assert "Correction" in page or "correction" in page
    assert "not answered yet" in page
    assert "noted, and published beside the row on 2022-09-04 by editor-first-pass" in page
    assert forbidden_in(site["corrections.html"]) == []


def test_every_page_leads_to_the_log_and_to_a_feed(site):
    for path, page in site.items():
        assert "corrections.html" in page, path
        assert "feeds/changes.atom" in page, path


def test_every_feed_that_a_page_links_is_in_the_release(sample):
    linked = set()
    for path in (sample / RELEASE / "site").rglob("*.html"):
        found = re.findall(r'href="([^"]*feeds/[^"]*)"', path.read_text())
        linked |= {(path.parent / href).resolve() for href in found}
    assert len(linked) > 10
    assert [str(Path(p)) for p in linked if not p.is_file()] == []
