"""A whole page: the members' markup among menus, teasers, lists of other towns and a footer."""

import json
from html import escape

from reading_pages.dev import blocks
from reading_pages.dev.blocks import Block, Item
from reading_pages.dev.markup import document, each, el, link
from reading_pages.dev.subject import Subject
from reading_pages.dev.themes import Theme, block, entries
from reading_pages.dev.words import EUROPE, LANGUAGES, country

MENU = ("home", "about", "members", "news", "events", "projects", "groups", "publications", "press", "jobs", "contact")
HEADINGS = ("our_members", "our_members", "our_members", "members", "members", "signatories", "participating", "cities")
"""What a list is headed with, by how often."""


def page(s: Subject, theme: Theme, members: str, *, least: int = 3, most: int = 9, title: str = "") -> bytes:
    """The page around the members' markup, with `least` to `most` blocks before, after and beside it.

    title: of a page that holds no list, which then has no opening either; "" for one of HEADINGS.
    """
    chosen = s.chance.sample(blocks.ALL, s.chance.randrange(least, most + 1))
    shown = [block(theme, make(s)) for make in chosen]
    cut, aside = len(shown) // 3, 2 * len(shown) // 3
    before, after, beside = shown[:cut], shown[cut:aside], shown[aside:]
    heading = s.say(s.chance.choice(HEADINGS))
    opening = "" if title else el(s.chance.choice(("h1", "h1", "h2")), escape(heading)) + _intro(s)
    main = opening + "".join(before) + members + "".join(after)
    body = (
        _cookies(s, theme) + header(s, theme) + el("main", main, class_=theme.classes("content")) + _aside(theme, beside) + footer(s, theme)
    )
    return document(
        s.language, f"{s.say('members')} | {s.network}", body, head=theme.head + _organisation(s), body_class=theme.body_class
    ).encode()


def header(s: Subject, theme: Theme) -> str:
    """Logo, menu with sub-menus, languages, breadcrumbs, search."""
    top = [Item(s.say(key), f"/{key}") for key in MENU]
    below = entries(theme, Block("submenu", "", tuple(Item(town, f"/projects/{town.casefold()}") for town in s.chance.sample(s.towns, 3))))
    if theme.items in ("br", "table"):
        menu = el("p", " | ".join(link(item.text, item.href) for item in top))
    else:
        menu = el("ul", each("li", (link(item.text, item.href) + (below if item.href == "/projects" else "") for item in top)))
    languages = el("div", " ".join(link(code.upper(), f"/{code}") for code in LANGUAGES), class_=theme.classes("languages"))
    crumbs = el("p", f"{escape(s.say('home'))} &raquo; {escape(s.say('about'))} &raquo; {escape(s.say('members'))}")
    logo = f'<a href="/"><img src="/logo.svg" alt="{escape(s.network)}"></a>'
    return el("header", logo, el("nav", menu, class_=theme.classes("nav")), languages, _search(s)) + crumbs


def footer(s: Subject, theme: Theme) -> str:
    """Address, legal links, newsletter."""
    office = block(theme, blocks.offices(s))
    links = block(theme, Block("legal", "", tuple(Item(s.say(key), f"/{key}") for key in ("imprint", "privacy", "statutes", "join"))))
    letter = el("form", el("label", escape(s.say("newsletter"))), '<input type="email" name="mail">')
    return el("footer", office, links, letter, el("p", f"© 2026 {escape(s.network)}"), class_=theme.classes("footer"))


def country_filter(s: Subject) -> str:
    """A choice of forty countries."""
    options = each("option", (escape(country(code, s.language)) for code in EUROPE))
    return el("label", escape(s.say("filter"))) + el("select", el("option", escape(s.say("all"))), options, name="country")


def _intro(s: Subject) -> str:
    total = s.say("total", count=str(len(s.members)))
    text = el("p", escape(s.say("intro", network=s.network)))
    return (
        text
        + (el("p", el("strong", escape(total))) if s.chance.random() < 0.4 else "")
        + (country_filter(s) if s.chance.random() < 0.3 else "")
    )


def _search(s: Subject) -> str:
    return el("form", f'<input type="search" placeholder="{escape(s.say("search"))}">', action="/search", role="search")


def _cookies(s: Subject, theme: Theme) -> str:
    if s.chance.random() < 0.5:
        return ""
    buttons = el("button", escape(s.say("accept"))) + el("button", escape(s.say("reject")))
    return el("div", el("p", escape(s.say("cookies"))), buttons, class_=theme.classes("cookie banner"), role="dialog")


def _aside(theme: Theme, beside: list[str]) -> str:
    return el("aside", *beside, class_=theme.classes("sidebar")) if beside else ""


def _organisation(s: Subject) -> str:
    """The network itself for search engines, in a script with a town in it."""
    town = s.chance.choice(s.towns)
    data = {"@context": "https://schema.org", "@type": "Organization", "name": s.network, "address": {"addressLocality": town}}
    return el("script", json.dumps(data, ensure_ascii=False), type="application/ld+json")
