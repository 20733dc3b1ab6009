"""Families that print more than names: profiles with text, dates, kinds as headings, countries over several rows, numbers, notes."""

from collections.abc import Sequence
from html import escape

from reading_pages.dev.by_hand import BOOTSTRAP, BREAKS, BUILT, HANDMADE
from reading_pages.dev.content_systems import DRUPAL, WORDPRESS
from reading_pages.dev.layout import page
from reading_pages.dev.markup import each, el, link
from reading_pages.dev.subject import Member, Subject, by_country
from reading_pages.dev.themes import Theme, fixed

WIKI = Theme(
    "wiki",
    fixed({"list": "", "item": "", "heading": "", "link": "extiw", "table": "wikitable"}, "mw-{}"),
    heading="h2",
    head='<meta name="generator" content="MediaWiki 1.42.1">',
    body_class="mediawiki ltr sitedir-ltr ns-0 ns-subject skin-vector",
)


def profiles(s: Subject) -> bytes:
    """A card with some sentences a member, which name other towns, and links."""
    cards = []
    for m in s.members:
        text = s.say("profile") + " " + s.say("profile_visit", year=m.year, city=s.chance.choice(s.towns))
        foot = el("small", escape(m.country)) + link(s.say("read_more"), f"/{m.slug}") + link(s.say("website"), f"https://{m.slug}.example")
        cards.append(
            el("h3", escape(m.name), class_="card-title")
            + el("p", escape(text), class_="card-text")
            + el("div", foot, class_="card-footer")
        )
    return page(s, s.chance.choice((BOOTSTRAP, WORDPRESS, BUILT)), el("div", each("div", cards, class_="card h-100"), class_="row"))


def dated(s: Subject) -> bytes:
    """The year of joining beside each name, and a mark for some."""
    form = s.chance.choice(("{name} ({year})", "{name} (since {year})", "{year} – {name}", "{name}, {year}", "{name} – {country} – {year}"))
    items = []
    for m in s.members:
        mark = "*" if s.chance.random() < 0.1 else ""
        country = m.country or s.say("country")
        items.append(escape(form.format(name=m.name + mark, year=m.year, country=country)))
    listed = el("ul", each("li", items)) if s.chance.random() < 0.7 else el("p", "<br>".join(items))
    return page(s, s.chance.choice((HANDMADE, WORDPRESS, BREAKS)), listed + el("p", "* 2026"))


def kinds(s: Subject) -> bytes:
    """Kinds of membership as headings over lists or over rows of a table."""
    parts = _parted(s.members, s.chance.choice((2, 3)))
    headed = zip(("full_members", "associates", "partner_cities"), parts, strict=False)
    form = s.chance.choice(("{}", "{} ({})"))
    inside = (
        el("h3", escape(s.say(key)))
        + el("ul", each("li", (escape(form.format(m.name, m.country) if m.country else m.name) for m in members)))
        for key, members in headed
    )
    return page(s, s.chance.choice((HANDMADE, DRUPAL, BUILT)), each("section", inside))


def _parted(members: Sequence[Member], parts: int) -> list[Sequence[Member]]:
    """Most in the first part, the rest shared among the others."""
    first = max(2, len(members) * 2 // 3)
    rest = max(1, -(-(len(members) - first) // (parts - 1)))
    return [members[:first], *(members[at : at + rest] for at in range(first, len(members), rest))]


def spanning(s: Subject) -> bytes:
    """A table whose country stands once over several rows, before or above its members."""
    beside = s.chance.random() < 0.6
    rows = []
    for head, members in by_country(s):
        if not beside:
            rows.append(el("tr", el("td", el("strong", escape(head)), colspan="2")))
        for number, m in enumerate(members):
            opening = el("td", escape(head), rowspan=str(len(members))) if beside and not number else ""
            rows.append(el("tr", opening + el("td", escape(m.name)) + ("" if beside else el("td", m.year))))
    head_row = el("tr", each("th", (escape(s.say(key)) for key in (("country", "city") if beside else ("city", "since")))))
    return page(s, s.chance.choice((HANDMADE, BOOTSTRAP, DRUPAL)), el("table", head_row, *rows, class_="table"))


def numbered(s: Subject) -> bytes:
    """Numbers before the names: an ordered list, a column, or written into the text."""
    shape = s.chance.choice(("ol", "column", "text"))
    if shape == "ol":
        inside = el("ol", each("li", (escape(f"{m.name}, {m.country}" if m.country else m.name) for m in s.members)))
    elif shape == "column":
        rows = (each("td", (str(n), escape(m.name), escape(m.country))) for n, m in enumerate(s.members, 1))
        inside = el("table", el("tr", each("th", ("#", escape(s.say("city")), escape(s.say("country"))))), each("tr", rows))
    else:
        inside = el("div", each("p", (f"{n}. {escape(m.name)}" for n, m in enumerate(s.members, 1))))
    return page(s, s.chance.choice((HANDMADE, BREAKS, WORDPRESS)), inside)


def wiki(s: Subject) -> bytes:
    """A wiki's sortable table or list: flags as pictures, links on everything, notes in brackets."""
    entries = []
    for number, m in enumerate(s.members):
        flag = el("span", f'<img alt="" src="/flag/{m.iso}.svg" width="23">', class_="flagicon") if m.iso else ""
        note = el("sup", link(f"[{number % 9 + 1}]", f"#cite_note-{number}"), class_="reference") if s.chance.random() < 0.2 else ""
        entries.append(
            (flag + " " + link(m.name, f"/wiki/{m.slug}") + note, link(m.country, f"/wiki/{m.iso}") if m.country else "", m.year)
        )
    if s.chance.random() < 0.6:
        head = el("tr", each("th", (escape(s.say(key)) for key in ("city", "country", "year"))))
        inside = el("table", el("tbody", head, each("tr", (each("td", entry) for entry in entries))), class_="wikitable sortable")
    else:
        inside = el("div", el("ul", each("li", (entry[0] for entry in entries))), class_="div-col")
    return page(s, WIKI, el("div", inside, class_="mw-parser-output"))
