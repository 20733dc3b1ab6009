"""Properties of the readers: what is written on a page comes back as printed, whatever the letters and the markup."""

import html

from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.model import Departure, Expect, Network, Page
from citynet.reading import read_page
from citynet.reading.twice_encoded import repaired

NETWORK = Network(
    *("free_ports", "Free Ports", "", "active", "transnational", "migration_core", "body", "list", "complete", "full"),
    *({}, (), Expect(), Departure(), (), "", "names", False, "", {}),
)

# Printable characters of all scripts; brackets and commas part names from countries and from one another. Without letters
# encoded twice, which are put right (test_letters_encoded_twice_are_put_right.py). A brace may open an unfilled template.
LETTERS = st.characters(categories=["L", "M", "N", "P", "S", "Zs"], exclude_characters="(),{\ufffe\uffff")
NAMES = (
    st.text(LETTERS, min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(lambda name: name and repaired(name) == name)
)
MEMBERS = st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=12)
MARKUP = st.sampled_from(
    ["{}", "<b>{}</b>", "<a href='/x?a=1&amp;b=2'>{}</a>", "<!-- {{}} -->{}", "<span>\n {} </span>", "{}<script>x()</script>"]
)


def read(body, reader, select, **options):
    page = Page(url="https://ports.example/", reader=reader, select=select, options=options)
    rows = read_page(NETWORK, page, f"<meta charset=utf-8><body>{body}".encode(), "text/html").rows
    return [(row.name_as_published, row.country_as_published) for row in rows]


@given(MEMBERS, MARKUP)
@settings(max_examples=60)
def test_a_list_reads_back_as_plain_text(members, markup):
    items = "".join(f"<li>{markup.format(html.escape(name))} ({html.escape(country)})</li>" for name, country in members)
    assert read(f"<ul>{items}</ul>", "list", "li", pattern="Name (Country)") == members


@given(MEMBERS, MARKUP)
@settings(max_examples=60)
def test_a_table_reads_back_as_plain_text(members, markup):
    rows = "".join(f"<tr><td>{html.escape(country)}</td><td>{markup.format(html.escape(name))}</td></tr>" for name, country in members)
    table = f"<table><tr><th>Land</th><th>City</th></tr>{rows}</table>"
    expected = [(name, country) for name, country in members if (country, name) != ("Land", "City")]
    assert read(table, "table", "table", name="City", country="Land") == expected


@given(MEMBERS)
@settings(max_examples=60)
def test_a_paragraph_reads_back_as_plain_text(members):
    text = ", ".join(f"{name} ({country})" for name, country in members)
    assert read(f"<p>Cities: {html.escape(text)}.</p>", "paragraph", "p", after="Cities: ", end=".", pattern="Name (Country)") == members


@given(MEMBERS)
@settings(max_examples=30)
def test_reading_twice_gives_the_same(members):
    items = "".join(f"<li><h3>{html.escape(name)}</h3><i>{html.escape(country)}</i></li>" for name, country in members)
    first = read(items, "cards", "li", name="h3", country="i")
    assert first == members == read(items, "cards", "li", name="h3", country="i")
