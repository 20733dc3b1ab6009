"""What a page says beside its list, whether the list goes on, and what of it may be kept outside the store."""

import pytest

from citynet.model import Fetched
from citynet.reading.page_to_keep import page_to_keep
from citynet.reading.surroundings import surroundings
from citynet.reading.way_on import ways_on

URL = "https://alpine.example/members"
HTML = "text/html; charset=utf-8"


def answer(inside, url=URL, content_type=HTML, headers=(), head=""):
    body = inside if content_type != HTML else f"<html><head>{head}</head><body>{inside}</body></html>"
    return Fetched(url, "GET", 200, content_type, headers, body.encode(), url)


@pytest.mark.parametrize(
    ("inside", "follow"),
    [
        ('<a rel="next" href="?page=2">More</a>', {"by": "next_link", "select": 'a[rel~="next"]'}),
        ('<li class="pager__item--next"><a href="?page=1">››</a></li>', {"by": "next_link", "select": ".pager__item--next a"}),
        ('<a class="next page-numbers" href="/members/page/2/">→</a>', {"by": "next_link", "select": "a.next"}),
        ('<p><a href="/members?seite=2">Nächste Seite</a></p>', {"by": "next_link", "select": 'a:-soup-contains-own("Nächste Seite")'}),
        ('<p><a href="?p=2">2</a> <a href="?p=3">3</a></p>', {"by": "page_number", "parameter": "p"}),
        ('<p><a href="?page=0">1</a> <a href="?page=1">2</a></p>', {"by": "page_number", "parameter": "page", "first": 0}),
    ],
)
def test_a_list_that_goes_on_is_told_by_how_its_page_leads_on(inside, follow):
    assert ways_on(answer(inside))[0] == follow


@pytest.mark.parametrize(
    "inside",
    [
        '<a rel="next" href="/2024/05/we-met-in-graz/">Next post</a>',
        '<a class="next" href="https://elsewhere.example/members?page=2">Next</a>',
        '<a class="next" href="#">Next</a>',
        '<p>Ghent <a href="#note-2">2</a></p>',
        '<a href="/members?page=2&sort=name">2</a>',
        '<a class="next" href="http://[">Next</a>',
    ],
)
def test_a_link_to_something_else_is_no_way_on(inside):
    assert ways_on(answer(inside)) == []


def test_an_interface_says_in_its_headers_that_it_goes_on():
    link = (("link", '<https://alpine.example/wp-json/wp/v2/cities?page=2>; rel="next"'),)
    assert ways_on(answer("[]", content_type="application/json", headers=link)) == [{"by": "link_header"}]
    pages = (("x-wp-totalpages", "4"),)
    assert ways_on(answer("[]", content_type="application/json", headers=pages)) == [{"by": "count_header", "parameter": "page"}]
    assert ways_on(answer("[]", content_type="application/json", headers=(("x-wp-totalpages", "1"),))) == []


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Our 120 member cities", [120]),
        ("Das Netzwerk hat 1.204 Mitglieder.", [1204]),
        ("Members (98)", [98]),
        ("In 2019 120 cities signed, in 2021 the members met", [120]),
        ("Founded in 2011, towns since 1998", []),
        ("Members: 40 %", []),
    ],
)
def test_a_total_is_a_number_of_members_and_no_year(text, counts):
    assert [total.count for total in surroundings(answer(f"<p>{text}</p>")).totals] == counts


def test_terms_and_data_are_found_by_the_words_and_addresses_of_links():
    links = (
        *(
            '<a href="/impressum">Wir</a>',
            '<a href="/x">Mentions légales</a>',
            '<a href="/news">News</a>',
            '<a href="javascript:x()">Terms</a>',
        ),
        *('<a href="/members.xlsx">Download</a>', '<a href="/report.pdf">Report</a>', '<a href="http://[">Terms</a>'),
    )
    head = (
        '<link rel="https://api.w.org/" href="/wp-json/"><meta property="og:site_name" content="Alpine Towns"><title>Members | Alps</title>'
    )
    found = surroundings(answer("".join(links), head=head))
    assert found.terms == ("https://alpine.example/impressum", "https://alpine.example/x")
    assert found.offered == ("https://alpine.example/wp-json/", "https://alpine.example/members.xlsx")
    assert found.names == ("Alpine Towns", "Alps", "Members")
    assert surroundings(answer("<button>Load more</button>")).more == "Load more"


@pytest.mark.parametrize("body", ["", "{}", "no markup", "<"])
def test_an_answer_that_says_nothing_is_looked_at_all_the_same(body):
    plain = Fetched(URL, "GET", 200, "text/plain", (), body.encode(), URL)
    assert surroundings(plain).names == ()
    assert ways_on(plain) == []


@pytest.mark.parametrize(
    "contact",
    [
        "<p>Write to desk.one@alpine.example today</p>",
        "<a href='mailto:desk.one@alpine.example'>Write</a>",
        "<p>Tel. 0316 872 0000</p>",
        "<p>+43 (316) 872-0000</p>",
        "<address>Desk.one, Street 872 0000</address>",
        "<!-- desk.one@alpine.example -->",
        "<span data-mail='desk.one@alpine.example'>x</span>",
    ],
)
def test_no_contact_is_kept(contact):
    kept = page_to_keep(f"<html><body><p>Ghent</p>{contact}</body></html>".encode(), HTML, lambda body: b"Ghent" in body)
    assert b"Ghent" in kept
    assert b"desk.one" not in kept.lower()
    assert b"872" not in kept


def test_coordinates_and_dates_are_no_telephone_numbers():
    text = '{"members": [{"name": "Ghent", "lat": 51.0012345678, "since": "2012-11-22"}]}'
    assert page_to_keep(text.encode(), "application/json", lambda body: True) == text.encode()


def test_a_cut_that_the_list_would_suffer_from_is_taken_back():
    page = '<html><body><style>p {}</style><script>var members = ["Ghent"];</script><form><p>Find</p></form></body></html>'
    kept = page_to_keep(page.encode(), HTML, lambda body: b"Ghent" in body)
    assert b"var members" in kept
    assert b"<style" not in kept
    assert b"Find" not in kept


def test_a_page_whose_list_is_of_contacts_is_not_kept():
    assert page_to_keep(b"<ul><li>ghent@alpine.example</li></ul>", HTML, lambda body: b"ghent@" in body) is None
