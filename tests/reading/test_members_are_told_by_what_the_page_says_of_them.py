"""Names are members where the page says so, in a heading or elsewhere, and not where it says something else or nothing of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading.unknown_pages import TWELVE, auto, each, names, page, pairs

LIST = "<ul>" + each("<li>{name}</li>") + "</ul>"
SILENT = "Where to find us"


@pytest.mark.parametrize(
    "heading",
    [
        "Embassies and consulates",
        "Ausländerbehörden",
        "Universités partenaires Erasmus",
        "Entfernungstabelle",
        "Nasze oddziały",
        "Reception places by municipality",
        "Services for our members",
        "Memberships that have ended",
        "Ausgetretene Mitglieder",
        "Search results for “members”",
        SILENT,
    ],
)
def test_a_heading_of_something_else_or_of_nothing_announces_no_members(heading):
    assert auto(page(LIST, title=heading, heading=heading)).refused


@pytest.mark.parametrize(
    "heading",
    ["Addresses of our members", "Overview of members and fees", "Adressen unserer Mitglieder", "Unsere Mitglieder stellen sich vor"],
)
def test_what_is_told_of_each_member_makes_it_no_other_list(heading):
    assert names(auto(page(LIST, title=heading, heading=heading))) == TWELVE


@pytest.mark.parametrize(
    "said",
    [
        '<link rel="canonical" href="https://ports.example/en/our-members/">',
        '<nav><a aria-current="page" href="#">Members</a><a href="#">News</a></nav>',
        "<p>These towns have joined our network since 2009.</p>",
        "<p>59 names</p><p>We are 12 members.</p>",
    ],
    ids=["its address", "the menu", "a sentence", "a count"],
)
def test_where_headings_are_silent_another_part_of_the_page_may_tell(said):
    assert names(auto(page(said + LIST, title=SILENT, heading=SILENT))) == TWELVE


def test_the_sentence_before_the_names_may_say_that_memberships_are_over():
    assert auto(page("<p>The cities below are no longer members.</p>" + LIST)).refused


def test_places_on_a_map_are_read_from_its_areas():
    areas = each("<area shape=circle coords='{number},9,6' href='members/{number}.html' alt='{name}'>")
    assert names(auto(page(f"<img src=map.gif usemap='#m' alt=Map><map name=m>{areas}</map>"))) == TWELVE


def test_a_country_in_several_languages_heads_its_cities():
    body = "<h2>Belgium / Belgien / Belgique</h2><ul><li>Ghent<li>Namur</ul><h2>Austria / Österreich</h2><ul><li>Graz<li>Linz</ul>"
    assert pairs(auto(page(body))) == {"Ghent": "Belgium", "Namur": "Belgium", "Graz": "Austria", "Linz": "Austria"}


def test_sentences_on_one_country_each_name_its_members():
    body = (
        "<p><b>Austria</b> is represented by Graz.</p><p><b>Belgium</b> is represented by Ghent, Namur and Liège.</p>"
        "<p><b>Italy</b> is represented by Bologna, Brescia and Reggio Calabria Metropolitan City.</p>"
    )
    assert names(auto(page(body))) == ("Graz", "Ghent", "Namur", "Liège", "Bologna", "Brescia", "Reggio Calabria Metropolitan City")


def test_streets_in_the_lines_of_an_entry_are_no_members():
    body = "<table>" + each("<tr><td><b>{name}</b><br>Town Hall {number}<br>{country}<td>Anna Schmid</tr>") + "</table>"
    assert names(auto(page(body, heading="Directory of members"))) == TWELVE


def test_a_city_called_as_its_country_is_read_under_it():
    body = "<h2>Belgium</h2><ul><li>Ghent<li>Namur</ul><h2>Luxembourg</h2><ul><li>Luxembourg</ul><h2>Italy</h2><ul><li>Bologna</ul>"
    assert pairs(auto(page(body)))["Luxembourg"] == "Luxembourg"


def test_descriptions_that_were_never_closed_are_one_list():
    body = "<dl><dt><b>BELGIUM</b><dd>Ghent<dd>Namur<dd>Liège<dt><b>ITALY</b><dd>Bologna<dd>Brescia<dt><b>AUSTRIA</b><dd>Graz</dl>"
    assert names(auto(page(body))) == ("Ghent", "Namur", "Liège", "Bologna", "Brescia", "Graz")


@given(st.sampled_from(["- {}", "{}", "* {}"]), st.sampled_from(["=", "-", "~"]))
def test_a_plain_text_is_read_line_by_line(form, rule):
    text = "\n".join(["LIST OF MEMBERS", rule * 30, "", *map(form.format, TWELVE), "", rule * 30, "Secretariat: Anna Rossi", ""])
    assert names(auto(text, "text/plain; charset=utf-8")) == TWELVE
