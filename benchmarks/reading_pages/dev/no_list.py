"""Pages without a list of members, most of them full of towns: what the auto reader must refuse."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

from reading_pages.dev import blocks
from reading_pages.dev.blocks import PARTNERS, SISTERS, STREETS, TOPICS, Block, Item
from reading_pages.dev.by_hand import BOOTSTRAP, BREAKS, BUILT, HANDMADE, OLD
from reading_pages.dev.content_systems import DIVI, DRUPAL, LIFERAY, WEBFLOW, WORDPRESS
from reading_pages.dev.layout import country_filter, page
from reading_pages.dev.markup import document, each, el, link
from reading_pages.dev.subject import Subject
from reading_pages.dev.themes import Theme, block
from reading_pages.dev.words import EUROPE, country

THEMES = (WORDPRESS, DRUPAL, LIFERAY, WEBFLOW, DIVI, HANDMADE, BOOTSTRAP, BUILT, BREAKS, OLD)
GIVEN_NAMES = ("Alex", "Sam", "Robin", "Kim", "Noa", "Sasha", "Luca", "Jo", "Mika", "Toni", "Charlie", "Eli")


def _page(s: Subject, main: str, key: str = "news") -> bytes:
    """The page in any theme, without the blocks that repeat members. key: of its title."""
    return page(replace(s, members=s.members[:1]), _theme(s), main, least=0, most=3, title=s.say(key))


def _theme(s: Subject) -> Theme:
    return s.chance.choice(THEMES)


def _headed(s: Subject, key: str, main: str) -> bytes:
    """The page under a heading that is its title too."""
    return _page(s, el("h1", escape(s.say(key))) + main, key)


def _blocks(s: Subject, *shown: Block) -> bytes:
    theme = _theme(s)
    main = "".join(block(theme, one) for one in shown)
    return page(replace(s, members=s.members[:1]), theme, main, least=0, most=2, title=shown[0].heading)


def _article(s: Subject, paragraphs: int) -> str:
    text = []
    for _ in range(paragraphs):
        city, other, third, fourth = s.chance.sample(s.towns, 4)
        text.append(escape(s.say("article", city=city, other=other, third=third, fourth=fourth)))
    city, other = s.chance.sample(s.towns, 2)
    return el("article", el("h1", escape(s.say("news_visit", city=city, other=other))), each("p", text))


def _towns_block(s: Subject, key: str, text: Callable[[str], str], extra: Callable[[], str], count: int) -> bytes:
    """A block about that many towns, with a smaller text beside each."""
    return _blocks(s, Block(key, s.say(key), tuple(Item(text(town), f"/{key}/{town}", extra()) for town in s.towns[:count])))


def article(s: Subject) -> bytes:
    return _page(s, _article(s, 6))


def long_article(s: Subject) -> bytes:
    return _page(s, _article(s, 25))


def archive(s: Subject) -> bytes:
    return _towns_block(s, "news", lambda town: s.say("news_hosts", city=town), lambda: f"{s.chance.randrange(1, 29):02}.05.2026", 24)


def news_of_two(s: Subject) -> bytes:
    return _towns_block(s, "news", lambda town: s.say("news_visit", city=town, other=s.towns[-1]), lambda: s.say("read_more"), 15)


def blog_by_city(s: Subject) -> bytes:
    return _towns_block(
        s, "news", lambda town: f"{town}: {s.chance.choice(TOPICS)} {s.chance.randrange(2015, 2027)}", lambda: s.say("read_more"), 20
    )


def calendar(s: Subject) -> bytes:
    return _towns_block(
        s, "events", lambda town: f"{s.say('event_meeting')}, {town}", lambda: f"{s.chance.randrange(1, 29):02}.11.2026", 18
    )


def calendar_table(s: Subject) -> bytes:
    heads = el("tr", each("th", (escape(s.say(key)) for key in ("calendar", "events", "city"))))
    rows = ((f"{s.chance.randrange(1, 29):02}.10.2026", s.say("event_training"), town) for town in s.towns[:14])
    return _headed(s, "calendar", el("table", heads, each("tr", (each("td", map(escape, row)) for row in rows))))


def contact(s: Subject) -> bytes:
    cards = (
        el("h4", escape(s.say("contact"))) + el("p", f"{s.chance.choice(STREETS)}<br>{s.chance.randrange(10_000, 99_999)} {t}")
        for t in s.towns[:12]
    )
    return _headed(s, "address", each("div", cards, class_="office"))


def contact_lines(s: Subject) -> bytes:
    lines = tuple(Item(f"{s.chance.choice(STREETS)}, {s.chance.randrange(10_000, 99_999)} {town}") for town in s.towns[:9])
    return _blocks(s, Block("address", s.say("address"), lines, note="Tel. +49 30 1234567"))


def publications(s: Subject) -> bytes:
    return _towns_block(s, "publications", lambda town: s.say("news_report", city=town), lambda: "PDF, 1.2 MB", 16)


def staff(s: Subject) -> bytes:
    people = tuple(Item(f"{name} {s.chance.choice('ABKMRSTW')}.", f"/team/{name}", s.say("job")) for name in GIVEN_NAMES)
    return _blocks(s, Block("team", s.say("staff"), people))


def staff_by_town(s: Subject) -> bytes:
    people = tuple(
        Item(f"{name} {s.chance.choice('ABKMRSTW')}.", "", f"{s.say('job')}, {town}")
        for name, town in zip(GIVEN_NAMES, s.towns, strict=False)
    )
    return _blocks(s, Block("team", s.say("staff"), people))


def partners(s: Subject) -> bytes:
    return _blocks(s, Block("partners", s.say("partners"), tuple(Item(name, "#") for name in PARTNERS)))


def partner_logos(s: Subject) -> bytes:
    return _blocks(s, Block("logos", s.say("funded"), tuple(Item("", "#", image=f"Logo {name}") for name in PARTNERS)))


def sister_networks(s: Subject) -> bytes:
    return _blocks(s, Block("related", s.say("related"), tuple(Item(name, "#") for name in SISTERS)))


def countries(s: Subject) -> bytes:
    return _blocks(s, Block("countries", s.say("country"), tuple(Item(country(code, s.language), f"/{code}") for code in EUROPE)))


def country_counts(s: Subject) -> bytes:
    rows = tuple(Item(country(code, s.language), "", str(s.chance.randrange(1, 50))) for code in EUROPE)
    return _blocks(s, Block("statistics", s.say("statistics"), rows, as_table=True))


def country_choice(s: Subject) -> bytes:
    return _headed(s, "our_members", el("form", country_filter(s), el("button", escape(s.say("search")))))


def fees_and_rules(s: Subject) -> bytes:
    return _blocks(s, blocks.fees(s), Block("join", s.say("join"), (), note=s.say("about_text")))


def weather(s: Subject) -> bytes:
    return _towns_block(s, "weather", lambda town: town, lambda: f"{s.chance.randrange(-5, 30)} °C", 20)


def weather_table(s: Subject) -> bytes:
    rows = tuple(Item(town, "", f"{s.chance.randrange(-5, 30)} °C, {s.chance.randrange(0, 90)} km/h") for town in s.towns[:25])
    return _blocks(s, Block("weather", s.say("weather"), rows, as_table=True))


def night_trains(s: Subject) -> bytes:
    return _towns_block(
        s,
        "travel",
        lambda town: f"{town} – {s.chance.choice(s.towns)}",
        lambda: f"{s.chance.randrange(6, 23)}:15, {s.chance.randrange(29, 199)} €",
        16,
    )


def vacancies(s: Subject) -> bytes:
    return _towns_block(s, "jobs", lambda town: f"{s.say('job')} (m/f/d), {town}", lambda: "TV-L E 11", 15)


def login(s: Subject) -> bytes:
    form = el("form", el("label", escape(s.say("password"))), '<input type="password" name="p">', el("button", escape(s.say("login"))))
    return _headed(s, "members", el("p", escape(s.say("locked"))) + form)


def bare_login(s: Subject) -> bytes:
    form = el("form", '<input name="user"><input type="password" name="p">', el("button", escape(s.say("login"))))
    return document(s.language, s.say("login"), form).encode()


def consent(s: Subject) -> bytes:
    purposes = each("li", (el("label", '<input type="checkbox">', text) for text in ("Matomo", "YouTube", "OpenStreetMap", "Vimeo")))
    buttons = el("button", escape(s.say("accept"))) + el("button", escape(s.say("reject")))
    return document(
        s.language, s.network, el("div", el("p", escape(s.say("consent"))), el("ul", purposes), buttons, role="dialog")
    ).encode()


def loading(s: Subject) -> bytes:
    return _headed(s, "our_members", el("div", el("p", escape(s.say("loading"))), id="app", class_="spinner"))


def empty_table(s: Subject) -> bytes:
    head = el("thead", el("tr", each("th", (escape(s.say(key)) for key in ("city", "country", "since")))))
    return _headed(s, "our_members", el("table", head, el("tbody", "")))


def bare_headings(s: Subject) -> bytes:
    regions = ("Africa", "Arab States", "Asia and the Pacific", "Europe and North America", "Latin America and the Caribbean")
    return _headed(s, "newest", "".join(el("h3", el("button", text)) + el("div", "", class_="panel") for text in regions))


def bare_country_headings(s: Subject) -> bytes:
    parts = (el("h3", escape(country(code, s.language))) + el("div", "", class_="collapse") for code in EUROPE[:20])
    return _headed(s, "our_members", "".join(parts))


def broken(s: Subject) -> bytes:
    return document(s.language, "Error", el("h1", "500") + el("p", escape(s.say("error")))).encode()


def not_found(s: Subject) -> bytes:
    return _headed(s, "not_found", el("p", link(s.say("home"), "/")))


def board_sentence(s: Subject) -> bytes:
    one, two, three = s.towns[:3]
    return _headed(
        s,
        "board",
        el("p", escape(f"{s.say('chair')}: {one}. {s.say('vice_chair')}: {two} {s.say('and')} {three}.")),
    )


def about(s: Subject) -> bytes:
    founders = f" {s.say('and')} ".join(s.towns[:3])
    return _headed(s, "about", el("p", escape(s.say("about_text"))) + el("p", escape(f"1996: {founders}.")) + _article(s, 2))


def city_page(s: Subject) -> bytes:
    town = s.towns[0]
    facts = ((s.say("population"), "240 000"), (s.say("since"), "2011"), (s.say("mayor"), "2024–2030"), (s.say("country"), "Europe"))
    profile = el("dl", "".join(el("dt", escape(key)) + el("dd", value) for key, value in facts))
    return _page(s, el("h1", escape(town)) + profile + el("p", escape(s.say("quote"))), "cities")


def navigation_only(s: Subject) -> bytes:
    return _page(s, "", "home")


def slider(s: Subject) -> bytes:
    slides = (
        el("h2", escape(s.say("news_award", city=t, other=s.towns[40], third=s.towns[41]))) + link(s.say("read_more"), "#")
        for t in s.towns[:5]
    )
    return _page(s, each("div", slides, class_="slide"), "home")


def quotes(s: Subject) -> bytes:
    said = tuple(Item(f"“{s.say('quote')}”", "", f"{s.say('mayor')}, {town}") for town in s.towns[:12])
    return _blocks(s, Block("testimonials", s.say("testimonials"), said))


def projects(s: Subject) -> bytes:
    return _towns_block(s, "projects", lambda town: f"{s.chance.choice(TOPICS)} {town}", lambda: f"{s.chance.randrange(50, 900)} 000 €", 14)


def timeline(s: Subject) -> bytes:
    entries = tuple(Item(f"{year}: {s.say('news_hosts', city=town)}") for year, town in zip(range(2004, 2026), s.towns, strict=False))
    return _blocks(s, Block("history", s.say("about"), entries))


def photo_gallery(s: Subject) -> bytes:
    pictures = tuple(
        Item("", "", f"© {s.say('press')} {1990 + i}", image=f"{s.say('event_meeting')} {town}") for i, town in enumerate(s.towns[:16])
    )
    return _blocks(s, Block("gallery", s.say("press"), pictures))


def json_posts(s: Subject) -> bytes:
    posts = [{"id": i, "title": {"rendered": s.say("news_hosts", city=town)}, "date": "2026-05-01"} for i, town in enumerate(s.towns[:20])]
    return json.dumps(posts).encode()


def json_error(s: Subject) -> bytes:
    return json.dumps({"code": "rest_no_route", "message": s.say("not_found"), "data": {"status": 404}}).encode()


def json_countries(s: Subject) -> bytes:
    return json.dumps([{"code": code, "name": country(code, s.language), "members": s.chance.randrange(40)} for code in EUROPE]).encode()


def json_empty(s: Subject) -> bytes:
    return json.dumps({"total": 0, "members": []}).encode()


_MADE: Sequence[Callable[[Subject], bytes]] = (
    article, long_article, archive, news_of_two, blog_by_city, calendar, calendar_table, contact, contact_lines, publications, staff,
    staff_by_town, partners, partner_logos, sister_networks, countries, country_counts, country_choice, fees_and_rules, weather,
    weather_table, night_trains, vacancies, login, bare_login, consent, loading, empty_table, bare_headings, bare_country_headings, broken,
    not_found, board_sentence, about, city_page, navigation_only, slider, quotes, projects, timeline, photo_gallery, json_posts, json_error,
    json_countries, json_empty,
)  # fmt: skip
KINDS = {make.__name__: make for make in _MADE}
"""Each kind of page without a list, by name; JSON where the name begins so."""
