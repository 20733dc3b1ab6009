"""A banner or a form for members beside a list that is read is no wall; where the list is not read, the wall is named."""

import json

import pytest

from citynet.errors import SourceChanged
from citynet.reading.suspect import injected_spam, wall
from reading.small_network import printed_page as read

BANNER = """<div class="cookie"><p>We value your privacy. We and our partners store cookies on your device to personalise content and to
analyse traffic. You can manage your consent in the privacy settings of this site. Some vendors rely on legitimate interest.</p>
<button>Accept all</button><button>Reject all</button></div>"""
LOGIN = "<form><input name='user'><input type='password'><button>Log in</button></form>"
NAMES = ["Aarhus", "Graz", "Leipzig", "Porto"]
DATA = f"<script id='data' type='application/json'>{json.dumps(NAMES)}</script>"
HTML = "text/html"


@pytest.mark.parametrize("beside", [BANNER, LOGIN])
@pytest.mark.parametrize(
    ("shown", "reader", "select", "options"),
    [
        (f"<p class='members'>{', '.join(NAMES)}</p>", "paragraph", "p.members", {}),
        (DATA, "script", "$[*]", {"script": "#data"}),
    ],
    ids=["paragraph", "script"],
)
def test_a_list_that_is_read_stands_beside_a_banner_or_a_form(beside, shown, reader, select, options):
    body = f"<title>Members</title><h1>Our members</h1>{shown}{beside}"
    assert wall(body.encode(), HTML) is not None
    assert [row.name_as_published for row in read(body, reader, select, **options).rows] == NAMES


@pytest.mark.parametrize(("body", "what"), [(BANNER, "consent wall"), (LOGIN, "login wall"), ("<h1>404</h1>", "page not found")])
def test_the_wall_is_told_with_what_the_reader_missed(body, what):
    with pytest.raises(SourceChanged, match=rf"expected the page, got a {what}: .* \('p.members' matched 0") as caught:
        read(f"<title>Members</title>{body}", "paragraph", "p.members")
    assert caught.value.gate == "reached"


def test_a_total_that_differs_is_no_wall():
    with pytest.raises(SourceChanged, match="prints a total of 9, read were 2") as caught:
        read(f"<p>9 cities</p><ul><li>Bonn</li><li>Trier</li></ul>{BANNER}", "list", "li", total=r"(\d+) cities")
    assert caught.value.gate == "layout"


@pytest.mark.parametrize(
    "page",
    [
        "<title>Road maintenance cities – members</title><h1>Members</h1><p>Aarhus, Graz</p>",
        "<title>Members</title><h1>404 cities have signed</h1><p>Aarhus, Graz</p>",
        "<h1>Members</h1><p>Aarhus, Graz</p><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
    ],
)
def test_a_word_in_a_heading_or_a_script_for_all_visitors_is_no_wall(page):
    assert wall(page.encode(), HTML) is None


@pytest.mark.parametrize("title", ["404", "Error 404", "404 | Rivers", "Site under maintenance", "Rivers – Wartung", "404 Not Found"])
def test_a_heading_that_says_no_more_than_the_error_is_one(title):
    assert wall(f"<title>{title}</title><p>Sorry.</p>".encode(), HTML) is not None


@pytest.mark.parametrize("style", ["opacity: 0", "height:0", "max-height: 0px"])
def test_a_slide_or_a_closed_panel_is_not_off_screen(style):
    links = "".join(f"<div style='{style}'><a href='https://{name}.example'>{name}</a></div>" for name in "abcdef")
    assert injected_spam(links.encode(), HTML, "https://ports.example/") is None


def test_links_off_screen_are_spam_unless_they_bear_the_names_of_members():
    links = "".join(f"<a href='https://{name.lower()}.example'>{name}</a>" for name in [*NAMES, "Bonn"])
    body = f"<div style='left:-9999px'>{links}</div>".encode()
    assert injected_spam(body, HTML, "https://ports.example/") is not None
    assert injected_spam(body, HTML, "https://ports.example/", [*NAMES, "Bonn"]) is None
