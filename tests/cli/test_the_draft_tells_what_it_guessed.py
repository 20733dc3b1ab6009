"""citynet new-network: what was guessed, and what the page shows beside what is read, is told to the person who goes on with the draft."""

import re

import pytest

from citynet.model import Fetched
from citynet.reading.surroundings import known_by, surroundings
from cli.network_site import MEMBERS, named, opened_desk, page_of

BY_COUNTRY: dict[str, list[str]] = {}
for city, country in named(MEMBERS):
    BY_COUNTRY.setdefault(country, []).append(city)


@pytest.fixture
def desk(tmp_path, citynet, monkeypatch):
    with opened_desk(tmp_path / "home", citynet, monkeypatch) as opened:
        yield opened


def drafted(desk, body: bytes, *arguments: str) -> tuple[str, str]:
    """(the report, the file) of the draft of a page."""
    desk.site.page("/members", body)
    done = desk.citynet("new-network", "alpine_towns", desk.url, *arguments)
    assert done.code == 0, done.stderr
    return done.stdout, (desk.registry / "alpine_towns.yml").read_text()


def under_headings(count: bool = True) -> bytes:
    parts = (
        f"<h3>{country}{f' ({len(cities)})' if count else ''}</h3><ul>{''.join(f'<li>{city}</li>' for city in cities)}</ul>"
        for country, cities in BY_COUNTRY.items()
    )
    return page_of((), "".join(parts)).replace(b'<ul class="members"></ul>', b"")


def test_countries_of_matched_names_are_told_as_a_guess(desk):
    report, _ = drafted(desk, page_of([name for name, _ in named(MEMBERS)]))
    assert "countries: not known 6, FR 4" in report
    assert "the countries are a guess: they are those of the places that names were matched to, none is read from the page" in report


def test_countries_that_are_read_are_no_guess(desk):
    report, _ = drafted(desk, page_of(MEMBERS))
    assert "guess" not in report


def test_numbers_in_headings_are_held_against_what_is_read(desk):
    report, _ = drafted(desk, under_headings())
    assert "headings print numbers: Austria 5, Italy 6, France 4, Switzerland 4, Germany 2, Slovenia 3; 24 in all, 24 were read" in report


def test_headings_without_numbers_are_not_spoken_of(desk):
    report, _ = drafted(desk, under_headings(count=False))
    assert "headings print" not in report
    assert "headings of the page" not in report


def test_a_list_of_former_members_is_mentioned_in_report_and_draft(desk):
    more = "<h2>Former member towns</h2><ul><li>Merano (Italy)</li><li>Sion (Switzerland)</li><li>Bled (Slovenia)</li></ul>"
    report, text = drafted(desk, page_of(MEMBERS, more))
    told = "the page has a part headed “Former member towns”: see that nobody in it is read, and say in notes that it is not"
    assert f"warning: {told}" in report
    assert f"# TODO: {told}" in text
    assert "it reads: 24 members" in report


def test_a_name_that_the_page_does_not_say_is_warned_of(desk):
    report, text = drafted(desk, page_of(MEMBERS), "--name", "League of Ports")
    assert "warning: the page does not say “League of Ports”" in report
    assert "TODO: the page does not say “League of Ports”" in text


@pytest.mark.parametrize("name", ["Network of Alpine Towns", "alpine  towns"])
def test_a_name_that_the_page_says_is_not(desk, name):
    report, _ = drafted(desk, page_of(MEMBERS), "--name", name)
    assert "does not say" not in report


def test_the_draft_knows_the_page_by_words_of_its_own(desk):
    _, text = drafted(desk, page_of(MEMBERS))
    assert "must_contain: Network of Alpine Towns" in text


HEADS = {
    "a heading that names the network": (
        "Rivers",
        "<title>Members - Rivers</title>",
        "<h1>Our members</h1><p>Rivers</p><h2>Cities of the Rivers network</h2>",
        "Cities of the Rivers network",
    ),
    "its name where headings say what any page says": ("Rivers", "", "<p>Rivers</p><h1>Our member cities</h1>", "Rivers"),
    "another heading where the name is not shown": ("Rivers", "", "<h1>Members</h1><h2>Cities on board</h2>", "Cities on board"),
    "no number that will change": ("Rivers", "", "<h1>The 45 Rivers cities</h1><p>Rivers</p>", "Rivers"),
    "nothing general": (
        "rivers_net",
        "<title>Home</title>",
        "<h1>Unsere Mitglieder</h1><h2>Nos villes membres</h2><h2>I nostri membri</h2>",
        "",
    ),
    "nothing that the page does not show": ("Rivers", "<title>Rivers</title>", "<h1>Members</h1>", ""),
}


@pytest.mark.parametrize(("name", "head", "inside", "words"), HEADS.values(), ids=HEADS.keys())
def test_words_that_tell_a_page_from_others_are_preferred(name, head, inside, words):
    body = f"<html><head>{head}</head><body>{inside}</body></html>".encode()
    url = "https://rivers.example/members"
    around = surroundings(Fetched(url, "GET", 200, "text/html; charset=utf-8", (), body, url))
    shown = re.sub(r"<[^>]+>", " ", inside)
    assert known_by(around, name, " ".join(shown.split())) == words


@pytest.mark.parametrize(
    "heading",
    [
        *("Former members", "Past member cities", "Ehemalige Mitglieder", "Frühere Mitgliedstädte", "Anciens membres", "Antiguos miembros"),
        *("Ex membri", "Voormalige leden", "Byli członkowie", "Tidigare medlemmar", "Ex-members"),
    ],
)
def test_former_members_are_known_in_several_languages(heading):
    url = "https://rivers.example/members"
    body = f"<html><body><h2>{heading}</h2><ul><li>Graz</li></ul></body></html>".encode()
    assert surroundings(Fetched(url, "GET", 200, "text/html; charset=utf-8", (), body, url)).former == heading


@pytest.mark.parametrize(
    "heading", ["Members", "Former mayors meet", "The past of our towns and its many long stories, told " + "again " * 9]
)
def test_other_headings_speak_of_no_former_members(heading):
    url = "https://rivers.example/members"
    body = f"<html><body><h2>{heading}</h2></body></html>".encode()
    assert surroundings(Fetched(url, "GET", 200, "text/html; charset=utf-8", (), body, url)).former == ""
