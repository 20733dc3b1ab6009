"""A page that keeps its visitor out, is not there, or was spoilt by strangers is told from one that shows its list."""

from pathlib import Path

import pytest

from citynet.reading.suspect import injected_spam, no_name, wall

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
HEALTHY = sorted([*(HERE / "pages").rglob("*.html"), *(PROJECT / "include" / "samples").rglob("*.html")])
URL = "https://rivers.example/members"
MEMBERS = "".join(
    f"<li><a href='/cities/{n}'>{name}</a></li>" for n, name in enumerate(("Graz", "Lyon", "Gdańsk", "Malmö", "Porto", "Ghent"))
)
NAVIGATION = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/login'>Log in</a></li><li><a href='/news'>News</a></li></ul></nav>"
BANNER = """<div class="cookie-banner" role="dialog"><p>We value your privacy. We and our 842 partners store cookies.</p>
<button>Accept all</button><button>Reject all</button><a href="/cookies">Cookie policy</a></div>"""


def page(inside: str, title: str = "Members") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{inside}</body></html>".encode()


def found(body: bytes) -> str:
    seen = wall(body, "text/html; charset=utf-8", URL)
    return seen.what if seen else ""


@pytest.mark.parametrize("file", HEALTHY, ids=lambda file: "/".join(file.parts[-3:]))
def test_no_page_that_shows_its_list_is_taken_for_a_wall_or_for_spoilt(file):
    body = file.read_bytes()
    assert wall(body, "text/html", URL) is None
    assert injected_spam(body, "text/html", URL) is None


@pytest.mark.parametrize(
    ("title", "inside", "what"),
    [
        ("Just a moment...", "<h1>rivers.example</h1><p>Verify you are human by completing the action below.</p>", "bot wall"),
        ("Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1><p>Ray ID: 8a</p>", "bot wall"),
        ("Rivers", "<div id='cf-chl-widget'></div><p>Please wait</p>", "bot wall"),
        ("Zugriff verweigert", "<h1>Zugriff verweigert</h1><p>Ihre Anfrage wurde abgelehnt.</p>", "bot wall"),
        ("Accès refusé", "<h1>Accès refusé</h1>", "bot wall"),
        ("Wartungsarbeiten", "<h1>Wartungsarbeiten</h1><p>Wir sind bald zurück.</p>", "maintenance page"),
        ("Rivers", "<h1>Briefly unavailable for scheduled maintenance.</h1>", "maintenance page"),
        ("Sitio en mantenimiento", "<h1>Volvemos pronto</h1>", "maintenance page"),
        ("Seite nicht gefunden – Rivers", f"{NAVIGATION}<p>Die Seite gibt es nicht mehr.</p>", "page not found"),
        ("404", "<h1>Page introuvable</h1><p>Retour à l'accueil</p>", "page not found"),
        ("Sign in", "<form><input name='user'><input type='password'><button>Sign in</button></form>", "login wall"),
        ("Anmelden", f"{NAVIGATION}<p>Bitte melden Sie sich an.</p><form><input type='password'></form>", "login wall"),
        ("Before you continue", BANNER, "consent wall"),
        ("Rivers", NAVIGATION + BANNER + "<footer><p>Imprint</p></footer>", "consent wall"),
        (
            "Ihre Privatsphäre",
            "<h2>Datenschutz</h2><p>Wir bitten um Ihre Einwilligung.</p><button>Alle akzeptieren</button>",
            "consent wall",
        ),
        (
            "Vie privée",
            "<p>Nos partenaires déposent des cookies.</p><button>Tout accepter</button><button>Tout refuser</button>",
            "consent wall",
        ),
    ],
)
def test_a_page_that_is_little_more_than_a_wall_is_named(title, inside, what):
    assert found(page(inside, title)) == what


@pytest.mark.parametrize(
    "beside",
    [
        NAVIGATION,
        BANNER,
        NAVIGATION + BANNER + "<footer><a href='/cookies'>Cookie settings</a> <a href='/privacy'>Privacy</a></footer>",
        "<header><form><input type='password'><button>Log in</button></form></header>",
        "<p>The network keeps its casino, its pharmacy and its slot machines under review: betting is a matter of cities.</p>",
        "<h2>Maintenance of bridges</h2><p>A working group.</p>",
        "<p>404 cities have signed.</p>",
        "<p>A novel on an escort of refugees, by a writer of ICORN.</p>",
        "<ul>" + "".join(f"<li><a href='https://city{n}.example'>City {n}</a></li>" for n in range(60)) + "</ul>",
        "<div style='display:none'><a href='https://a.example'>Graz</a><a href='https://b.example'>Lyon</a></div>",
        "<a class='skip' style='position:absolute;left:-9999px' href='#main'>Skip to the content</a>",
    ],
)
def test_a_list_with_a_banner_a_link_to_log_in_or_a_word_of_doubt_beside_it_is_healthy(beside):
    body = page(f"<h1>Our members</h1>{beside}<ul>{MEMBERS}</ul>")
    assert found(body) == ""
    assert injected_spam(body, "text/html", URL) is None


@pytest.mark.parametrize(
    "spam",
    [
        "<p>travesti istanbul travesti ankara travesti izmir escort bayan</p>",
        "".join(f"<a href='https://win{n}.example/'>best online casino bonus</a>" for n in range(3)),
        "<div style='position:absolute; left:-9999px'>"
        + "".join(f"<a href='https://shop{n}.example/'>cheap bags {n}</a>" for n in range(5))
        + "</div>",
        "<span style='font-size:0px'>" + "".join(f"<a href='https://x{n}.example/'>read</a>" for n in range(6)) + "</span>",
        "<div style='display:none'>" + "".join(f"<a href='https://p{n}.example/'>cheap viagra</a>" for n in range(4)) + "</div>",
    ],
)
def test_words_and_links_of_strangers_are_told_and_the_page_is_no_wall(spam):
    body = page(f"{spam}<h1>Our members</h1><ul>{MEMBERS}</ul>")
    seen = injected_spam(body, "text/html", URL)
    assert seen is not None
    assert seen.what == "injected spam"
    assert found(body) == ""


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("https://casino.example/win", "an address of the web"),
        ("www.rivers.example", "an address of the web"),
        ("info@rivers.example", "an e-mail address"),
        ("only €49.90", "a price"),
        ("20 EUR", "a price"),
        ("a" * 121, "a text of 121 characters"),
        ("best casino bonus poker", "words of spam"),
        ("Casino", ""),
        ("St. Gallen", ""),
        ("Herford (Hanseatic City of Herford)", ""),
        ("Kara - Commune de Kozah 1", ""),
        ("Kyiv (Kiev), Ukraine", ""),
        ("Eurométropole de Strasbourg", ""),
        ("a" * 120, ""),
    ],
)
def test_a_row_that_is_no_name_is_told_from_one_that_may_be(printed, why):
    assert no_name(printed) == why


def test_a_list_of_every_printed_name_of_the_samples_holds_no_row_apart():
    names = [line.split(",")[0] for file in (HERE / "pages").rglob("*.members.csv") for line in file.read_text().splitlines()[1:]]
    assert [name for name in names if no_name(name)] == []


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00\xff\xfe", ("<div>" * 20_000).encode(), b"<html><a href='http://[bad'>x</a></html>"])
def test_hostile_answers_are_no_wall_and_no_fault(body):
    assert found(body) == ""
    assert injected_spam(body, "text/html", URL) is None


def test_what_is_no_html_is_never_a_wall():
    assert wall(b'{"title": "Log in"}', "application/json") is None
