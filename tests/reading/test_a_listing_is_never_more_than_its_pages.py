"""From pages to a listing: which pages are read at a date, and what the listing may claim."""

import pytest

from citynet.errors import ConfigError, SourceChanged
from citynet.model import Capture, CapturedPage, Departure, Expect, Fetched, Network, Page, instant
from citynet.reading import read_listing

A, B = "https://a.example/", "https://b.example/"


def page(url, **more):
    return Page(url=url, reader="list", select="li", **more)


def listing(pages, answers, coverage="complete", date="2020-06-15", status=200):
    network = Network(
        *("free_ports", "Free Ports", "", "active", "transnational", "migration_core", "body", "list", coverage, "full"),
        *({}, tuple(pages), Expect(), Departure(), (), "", "names", False, "", {}),
    )
    at = instant(f"{date}T23:59:59Z")
    captured = tuple(CapturedPage(url, url, status, "text/html", len(body), "0" * 64) for url, body in answers.items())
    fetched = {url: Fetched(url, "GET", status, "text/html", (), body, url) for url, body in answers.items()}
    return read_listing(network, Capture("c1", "free_ports", at, at, "live", "0" * 64, "0" * 64, captured), fetched)


@pytest.mark.parametrize(
    ("coverages", "of_network", "expected"),
    [
        (["", ""], "complete", "complete"),
        (["", "partial"], "complete", "partial"),
        (["complete", ""], "partial", "partial"),
        (["complete", "complete"], "partial", "complete"),
    ],
)
def test_one_partial_page_makes_the_listing_partial(coverages, of_network, expected):
    pages = [page(url, coverage=coverage) for url, coverage in zip((A, B), coverages, strict=True)]
    assert listing(pages, {A: b"<li>Bonn</li>", B: b"<li>Trier</li>"}, of_network).coverage == expected


def test_one_page_for_replication_makes_the_listing_for_replication():
    answers = {A: b"<li>Bonn</li>", B: b"<li>Trier</li>"}
    assert listing([page(A), page(B)], answers).use == "current"
    assert listing([page(A), page(B, use="replication_only")], answers).use == "replication_only"


def test_rows_are_numbered_through_and_keep_their_page():
    found = listing([page(B), page(A)], {A: b"<li>Bonn</li>", B: b"<li>Trier</li><li>Jena</li>"})
    assert [(row.number, row.name_as_published, row.page_url, row.evidence) for row in found.rows] == [
        (1, "Trier", B, "li 1"),
        (2, "Jena", B, "li 2"),
        (3, "Bonn", A, "li 1"),
    ]


@pytest.mark.parametrize(("date", "name"), [("2020-06-14", "Old"), ("2020-06-15", "New"), ("2020-06-16", "New")])
def test_the_page_of_the_day_of_capture_is_read(date, name):
    pages = [page(A, until="2020-06-15"), page(B, since="2020-06-15")]
    assert [row.name_as_published for row in listing(pages, {A: b"<li>Old</li>", B: b"<li>New</li>"}, date=date).rows] == [name]


def test_totals_of_all_pages_add_up_or_say_nothing():
    body = b"<h2>1 city</h2><li>Bonn</li>"
    counting = {"options": {"total": r"(\d+) city"}}
    assert listing([page(A, **counting), page(B, **counting)], {A: body, B: body}).printed_count == 2
    assert listing([page(A, **counting), page(B)], {A: body, B: body}).printed_count is None


def test_one_page_in_trouble_gives_no_half_listing():
    with pytest.raises(SourceChanged, match=r"^free_ports https://b\.example/: 'li' matched 0"):
        listing([page(A), page(B)], {A: b"<li>Bonn</li>", B: b"<p>Back soon</p>"})


def test_a_page_missing_from_the_capture_is_named():
    with pytest.raises(SourceChanged, match=r"^free_ports https://b\.example/: expected an answer in the capture c1, got none"):
        listing([page(A), page(B)], {A: b"<li>Bonn</li>"})


def test_an_error_status_is_refused_whatever_the_page_shows():
    with pytest.raises(SourceChanged, match=r"^free_ports https://a\.example/: expected status 200, got 503"):
        listing([page(A)], {A: b"<li>Bonn</li>"}, status=503)


def test_a_date_without_page_is_a_matter_of_the_network_file():
    with pytest.raises(ConfigError, match=r"free_ports\.yml: membership\.pages: expected a page that is asked on 2020-06-15, got none"):
        listing([page(A, until="2020-01-01")], {A: b"<li>Bonn</li>"})
