"""A rebuilt page without what is withdrawn: the row, item or card goes with every cell, or no text is shown."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from citynet.publishing.rebuilt_pages import NOT_SHOWN, Entry, text_without

GREEK = {"Athens", "GR", "3072922", "Centre-left"}
ROWS = [Entry("Amsterdam", "NL", False), Entry("Athens", "GR", True), Entry("Berlin", "DE", False)]


def shown(body: str, entries=ROWS, **values) -> str:
    return text_without(f"<html><head><title>Members</title></head><body>{body}</body></html>", entries, **values)


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w-]+", text))


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>Amsterdam</td><td>NL</td></tr>\n<tr><td>Athens</td><td>GR</td><td>3072922</td><td>Centre-left</td></tr>\n"
        "<tr><td>Berlin</td><td>DE</td></tr></table>",
        "<ul>\n<li>Amsterdam (NL)\n<li><b>Athens</b> (GR), 3072922, Centre-left\n<li>Berlin (DE)</ul>",
        "<div class=m><h3>Amsterdam</h3>NL</div><div class=m><h3>Athens</h3>GR<p>3072922, Centre-left</p></div>"
        "<div class=m><h3>Berlin</h3>DE</div>",
        "<h2>Amsterdam</h2><p>NL</p><h2>Athens</h2><p>GR</p><p>3072922, Centre-left</p><h2>Berlin</h2><p>DE</p>",
        "<dl><dt>Amsterdam</dt><dd>NL</dd><dt>Athens</dt><dd>GR</dd><dd>3072922, Centre-left</dd><dt>Berlin</dt><dd>DE</dd></dl>",
        "<ul><li>GR<ul><li>Athens, 3072922, Centre-left</li></ul></li><li>DE<ul><li>Berlin</li></ul></li>"
        "<li>NL<ul><li>Amsterdam</li></ul></li></ul>",
    ],
    ids=["row", "item", "card", "heading", "definition", "nested"],
)
def test_an_entry_goes_with_all_it_says_and_the_others_stay(body):
    found = shown(body)
    assert not words(found) & GREEK
    assert {"Amsterdam", "NL", "Berlin", "DE"} <= words(found)


def test_no_empty_line_tells_where_it_stood():
    assert "<li>Amsterdam</li>\n<li>Berlin</li>" in shown("<ul>\n<li>Amsterdam</li>\n<li>Athens</li>\n<li>Berlin</li>\n</ul>")


@pytest.mark.parametrize(
    "body",
    [
        "<p>Amsterdam, Athens, Berlin</p>",
        "<p>Amsterdam</p><p>NL</p><p>Athens</p><p>GR</p><p>Berlin</p><p>DE</p>",
        "Amsterdam, NL<br><b>Athens</b>, GR<br>Berlin, DE",
        "<h2>GR</h2><ul><li>Athens</li></ul><h2>Others</h2><ul><li>Amsterdam</li><li>Berlin</li></ul>",
        "<ul><li>Amsterdam</li><li>Athens</li><li>Berlin</li></ul><script>var host = 'Athens'</script>",
        "<ul><li>Amsterdam</li><li>ATHENS</li><li>Berlin</li></ul>",
        "<h2>ATHENS</h2><ul><li>Amsterdam</li><li>Athens</li><li>Berlin</li></ul>",
        "<ul><li>Amsterdam</li><li>Athens</li><li>Berlin</li></ul><div data-points='amsterdam,athens'></div>",
        "<table><tr><td>Amsterdam</td><td>Athens</td><td>Berlin</td></tr></table>",
        "<table><tr><td>Athens</td></tr><tr><td>3072922, Centre-left</td></tr><tr><td>Berlin</td></tr><tr><td>DE</td></tr>"
        "<tr><td>Amsterdam</td></tr></table>",
        "<ul><li>Amsterdam<li class=d>1.2<li>Athens<li class=d>3072922, Centre-left<li>Berlin</ul>",
    ],
    ids=[
        *("paragraph", "one by one", "lines", "under its country", "elsewhere", "printed otherwise", "in capitals too", "in small letters"),
        *("side by side", "rows of details", "items of details"),
    ],
)
def test_where_no_entry_can_be_told_apart_no_text_is_shown(body):
    assert shown(body) == NOT_SHOWN


def test_without_its_accents_a_name_is_still_the_name():
    body = "<ul><li>Berlin</li><li>München</li></ul><div data-points='berlin,munchen'></div>"
    entries = [Entry("München", "", True), Entry("Berlin", "", False)]
    assert shown(body, entries) == NOT_SHOWN
    assert shown("<h2>MÜNCHEN</h2><ul><li>Berlin</li></ul>", entries[1:], named=["München"]) == NOT_SHOWN


def test_a_header_and_a_first_or_last_row_hide_nothing():
    head = "<table><tr><th>City</th><th>Country</th></tr>"
    for first, second in (("Athens", "Berlin"), ("Berlin", "Athens")):
        found = shown(f"{head}<tr><td>{first}</td></tr><tr><td>{second}</td></tr></table>", [e for e in ROWS if e.name != "Amsterdam"])
        assert f"{head}<tr><td>Berlin</td></tr></table>" in found


def test_of_two_bodies_of_one_name_the_country_tells_which():
    rows = [Entry("Valencia", "ES", True), Entry("Valencia", "VE", False), Entry("Berlin", "DE", False)]
    found = shown("<ul><li>Valencia (ES), 800000</li><li>Berlin</li><li>Valencia (VE), 1500000</li></ul>", rows)
    assert {"Valencia", "VE", "1500000"} <= words(found)
    assert not words(found) & {"ES", "800000"}
    assert shown("<ul><li>Valencia</li><li>Berlin</li><li>Valencia</li></ul>", rows) == NOT_SHOWN


def test_a_name_of_one_letter_is_no_part_of_a_longer_one():
    rows = [Entry("Å", "NO", True), Entry("Ålesund", "NO", False), Entry("Västra Å", "SE", False)]
    found = shown("<ul><li>Å, 500</li><li>Ålesund, 60000</li><li>Västra Å</li></ul>", rows)
    assert "<ul><li>Ålesund, 60000</li><li>Västra Å</li></ul>" in found


def test_the_name_of_a_network_and_a_longer_one_of_another_body_stay():
    rows = [Entry("The Hague", "NL", True), Entry("Province of The Hague", "", False), Entry("Ede", "NL", False)]
    body = "<h1>The Hague Process</h1><ul><li>Ede</li><li>Province of The Hague</li><li>The Hague</li></ul>"
    found = shown(body, rows, kept=["The Hague Process"])
    assert "<h1>The Hague Process</h1><ul><li>Ede</li><li>Province of The Hague</li></ul>" in found


def test_a_body_withdrawn_everywhere_goes_where_no_row_was_read_of_it():
    body = "<table><tr><td>Athens</td><td>no</td></tr><tr><td>Berlin</td><td>yes</td></tr></table>"
    found = shown(body, [Entry("Berlin", "", False)], named=["Athens"])
    assert "<tr><td>Berlin</td><td>yes</td></tr>" in found
    assert not words(found) & {"Athens", "no"}
    assert shown("<p>Athens was the host</p><ul><li>Oslo</li></ul>", [], named=["Athens"]) == NOT_SHOWN  # whose rows are not shown


def test_a_page_that_names_nothing_withdrawn_is_as_it_was():
    text = "<ul><li class=b id=a>Berlin &amp; Potsdam<li>Ede</ul>"
    assert text_without(text, [Entry("Ede", "NL", False)], named=["Athens"]) == text


NAMES = st.sampled_from(["Å", "Aa", "Ede", "Bonn", "New York", "York", "Sankt Pölten", "'s-Gravenhage", "A & B", "Valencia"])
CELL = st.text("bcfgjkpq", min_size=4, max_size=9)
"""Of letters of which no word of the markup is made."""
MEMBERS = st.lists(st.tuples(NAMES, CELL, CELL), min_size=2, max_size=7, unique_by=(lambda m: m[0], lambda m: m[1], lambda m: m[2]))


@given(MEMBERS, st.sets(st.integers(0, 6), min_size=1), st.sampled_from(["table", "list", "cards", "headings"]))
def test_of_what_goes_no_cell_is_left_and_of_what_stays_every_one(members, going, layout):
    cells = [cell for _, country, figure in members for cell in (country, figure)]
    assume(len(set(cells)) == len(cells))
    entries = [Entry(name, country, number in going) for number, (name, country, _) in enumerate(members)]
    gone = [m for m, e in zip(members, entries, strict=True) if e.gone]
    stay = [m for m in members if m not in gone]
    assume(gone)
    found = shown(page(members, layout), entries)
    if not stay:
        assert found == NOT_SHOWN
        return
    assert not words(found) & {cell for _, *cells in gone for cell in cells}
    assert {cell for _, *cells in stay for cell in cells} <= words(found)


def page(members, layout) -> str:
    rows = [tuple(cell.replace("&", "&amp;") for cell in member) for member in members]
    if layout == "table":
        return "<table>{}</table>".format("\n".join("<tr><th>{}</th><td>{}</td><td>{}</td></tr>".format(*row) for row in rows))
    if layout == "list":
        return "<ul>{}</ul>".format("\n".join("<li><a href='#'>{}</a> {}; {}".format(*row) for row in rows))
    if layout == "cards":
        return "\n".join("<div class='card'><p>{}</p><p>{}</p><p>{}</p></div>".format(*row) for row in rows)
    return "".join("<h3>{}</h3><p>{}</p><p>{}</p>".format(*row) for row in rows)
