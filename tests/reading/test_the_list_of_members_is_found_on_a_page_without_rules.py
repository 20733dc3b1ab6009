"""`auto` on small pages, each with the members that a person reads off it: the shapes of lists, and what is left out beside them."""

import json

import pytest

from citynet.model import Page
from citynet.reading.by_name import READERS
from reading.unknown_pages import COUNTRIES, HTML, JSON, TWELVE, auto, each, names, page, pairs

LIST = "<ul>" + each("<li>{name}</li>") + "</ul>"
OTHERS = ("Cork", "Bonn", "Lyon", "Turin")
OBJECTS = [{"id": n, "name": name, "country": country, "lat": 1.5} for n, (name, country) in enumerate(COUNTRIES.items())]
DATA = json.dumps(OBJECTS, ensure_ascii=False)
FLIGHT = json.dumps([1, "2:" + json.dumps({"members": OBJECTS}) + "\n"])
HALVES = tuple(TWELVE[at : at + 4] for at in (0, 4, 8))

PLAIN = {
    "a list": LIST,
    "paragraphs": each("<p>{name}</p>"),
    "a preformatted text": "<pre>" + each("{name}\n") + "</pre>",
    "lines parted by breaks": "<p>" + each("{name}<br>") + "</p>",
    "a sentence": f"<p>Our members are {', '.join(TWELVE[:-1])} and {TWELVE[-1]}.</p>",
    "a text with semicolons": f"<p>{'; '.join(TWELVE)}</p>",
    "a text with dashes": f"<p>{' – '.join(TWELVE)}</p>",
    "under letters": "".join(f"<h3>{name[0]}</h3><ul><li>{name}</li></ul>" for name in TWELVE),
    "a ticker that shows each twice": "<div>" + 2 * each("<span>{name}</span>") + "</div>",
    "logos": each('<figure><img src="{number}.png" alt="{name}"></figure>'),
    "options without the placeholder": "<select><option>Choose a city</option>" + each("<option>{name}</option>") + "</select>",
    "with footnote marks": "<ul>" + each("<li>{name}<sup>1</sup></li>") + "</ul>",
    "with dots that lead to years": "<pre>" + each("{name} ............ 20{number:02}\n") + "</pre>",
    "in the popups of a map": "<script>" + each('L.marker([{number}, 1]).bindPopup("<b>{name}<\\/b><br>Member since 2009");') + "</script>",
    "under the rule that ends a box in bold": f"<p><b>News</b></p><p>Two new reports</p><hr><p>{'<br>'.join(TWELVE)}</p><hr><p>© 2020</p>",
    "with numbers": "<p>" + each("{number}. {name}<br>") + "</p>",
}
WITH_COUNTRIES = {
    "in brackets": "<ul>" + each("<li>{name} ({country})</li>") + "</ul>",
    "after a comma": "<ul>" + each("<li>{name}, {country}</li>") + "</ul>",
    "after a dash": "<ul>" + each("<li>{name} – {country}</li>") + "</ul>",
    "before a colon": "<ul>" + each("<li>{country}: {name}</li>") + "</ul>",
    "on the next line": "<p>" + each("{name}<br>{country}<br>") + "</p>",
    "in a column": "<table><tr><th>City<th>Country</tr>" + each("<tr><td>{name}<td>{country}</tr>") + "</table>",
    "in a card": each("<div class=card><h3>{name}</h3><p>{country}</p></div>"),
    "as headings": each("<h3>{country}</h3><ul><li>{name}</li></ul>"),
    "as terms": "<dl>" + each("<dt>{country}</dt><dd>{name}</dd>") + "</dl>",
    "in a script": f"<div id=map></div><script>var cities = {DATA};</script>",
    "in an attribute": f"<div id=map data-cities='{DATA}'></div>",
    "in a string of a script": f"<script>var cities = JSON.parse('{DATA}');</script>",
    "in the data of Next.js": f'<script id="__NEXT_DATA__" type="application/json">{{"props": {{"members": {DATA}}}}}</script>',
    "in a stream of Next.js": f"<script>self.__next_f.push({FLIGHT})</script>",
}
BESIDE = {
    "newest members": "<h2>Newest members</h2><ul>" + each("<li>{name}</li>", TWELVE[:3]) + "</ul>",
    "the cities of a project": f"<h2>Project ARRIVE: partner cities</h2><p>{', '.join(OTHERS)}, {', '.join(TWELVE[:3])}</p>",
    "study visits": "<h2>Study visits so far</h2><ul>" + each("<li>201{number}: {name}</li>", OTHERS) + "</ul>",
    "portraits": "<h2>City portraits</h2><ul>" + each("<li><a href='/{number}'>A weekend in {name}</a></li>", OTHERS) + "</ul>",
    "former members": "<h2>Former members</h2><ul>" + each("<li>{name}</li>", OTHERS) + "</ul>",
    "applicants": "<h2>Applicants</h2><ul>" + each("<li>{name}</li>", OTHERS) + "</ul>",
    "related networks": "<h2>Related networks</h2><ul><li>Eurocities<li>C40 Cities<li>Rainbow Cities</ul>",
    "offices in the footer": "<footer><h3>Our offices</h3><ul>" + each("<li>{name}</li>", OTHERS) + "</ul></footer>",
    "a navigation": "<nav><ul>" + each("<li><a href='/{number}'>{name}</a></li>", OTHERS) + "</ul></nav>",
    "testimonials": "<div class=testimonials>" + each("<blockquote>It helped us.<cite>{name}</cite></blockquote>", OTHERS) + "</div>",
    "news": "<h2>News</h2><ul>" + each("<li><a href='/news/{number}'>{name} opens a new centre</a></li>", OTHERS) + "</ul>",
}


@pytest.mark.parametrize("inside", PLAIN.values(), ids=PLAIN.keys())
def test_members_are_read_in_the_order_of_the_page(inside):
    found = auto(page(inside))
    assert names(found) == TWELVE, found.refused
    assert 0.5 < found.confidence <= 1


@pytest.mark.parametrize("inside", WITH_COUNTRIES.values(), ids=WITH_COUNTRIES.keys())
def test_countries_are_read_as_printed(inside):
    assert pairs(auto(page(inside))) == COUNTRIES


@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE.keys())
@pytest.mark.parametrize("first", [True, False], ids=["before the list", "after the list"])
def test_what_is_no_member_is_left_out(beside, first):
    heading = "<h2>All members</h2>"
    assert names(auto(page(beside + heading + LIST if first else heading + LIST + beside))) == TWELVE


def test_names_in_several_columns_are_all_read():
    table = "<table>" + "".join("<tr>" + each("<td>{name}", row) + "</tr>" for row in HALVES) + "</table>"
    assert sorted(names(auto(page(table)))) == sorted(TWELVE)


def test_a_country_heads_all_names_under_it():
    found = auto(page("<h2>Germany</h2><ul><li>Leipzig<li>Bonn</ul><h2>France (2)</h2><ul><li>Nantes<li>Lyon</ul>"))
    assert pairs(found) == {"Leipzig": "Germany", "Bonn": "Germany", "Nantes": "France", "Lyon": "France"}


def test_a_cell_that_spans_rows_keeps_names_in_their_column():
    rows = "".join(f"<tr><td rowspan=4>Part {n}<td>{row[0]}</tr>" + each("<tr><td>{name}</tr>", row[1:]) for n, row in enumerate(HALVES))
    assert names(auto(page(f"<table><tr><th>Part<th>City</tr>{rows}</table>"))) == TWELVE


@pytest.mark.parametrize("body", ["Regione Toscana", "Association of Finnish Municipalities", "University of Porto", "Luxembourg"])
def test_regions_associations_universities_and_states_are_members_too(body):
    assert names(auto(page("<ul>" + each("<li>{name}</li>", (*TWELVE, body)) + "</ul>"))) == (*TWELVE, body)


def test_a_state_under_its_letter_is_a_member_and_no_country_of_the_city_before_it():
    found = auto(
        page("<h2>A</h2><ul><li>Aarhus<li>Athens</ul><h2>B</h2><ul><li>Bologna<li>Bonn</ul><h2>C</h2><ul><li>Cork<li>Croatia</ul>")
    )
    assert pairs(found) == dict.fromkeys(("Aarhus", "Athens", "Bologna", "Bonn", "Cork", "Croatia"), "")


@pytest.mark.parametrize(
    "data",
    [{"items": OBJECTS}, OBJECTS, {"members": {o["name"]: {"country": o["country"], "since": "2009"} for o in OBJECTS}}],
    ids=["a list under a key", "a list", "objects under names"],
)
def test_members_are_read_from_a_json_answer(data):
    assert pairs(auto(json.dumps(data), JSON)) == COUNTRIES


def test_each_member_has_the_place_where_it_stands_as_evidence():
    found = auto(page(LIST))
    assert found.members[1].evidence == "html > body:nth-of-type(1) > ul:nth-of-type(1) > li:nth-of-type(2): Bilbao"


PROPOSED = {
    "list": ("<ul class=towns>" + each("<li>{name}</li>") + "</ul>", HTML),
    "table": (WITH_COUNTRIES["in a column"], HTML),
    "cards": (WITH_COUNTRIES["in a card"], HTML),
    "paragraph": (PLAIN["a sentence"], HTML),
    "select_options": (PLAIN["options without the placeholder"], HTML),
    "script": (WITH_COUNTRIES["in an attribute"], HTML),
    "json": (json.dumps({"items": OBJECTS}), JSON),
}


@pytest.mark.parametrize("reader", PROPOSED)
def test_the_proposed_rules_read_the_same_with_a_plain_reader(reader):
    body, content_type = PROPOSED[reader]
    body = page(body) if content_type == HTML else body
    found = auto(body, content_type)
    assert found.reader == reader
    rules = Page("https://ports.example/members", found.reader, found.select, dict(found.options))
    again = READERS[reader](body.encode("utf-8"), content_type, rules, "free_ports")
    assert {member.name: member.country for member in again.members} == pairs(found)


def test_a_kind_of_membership_is_never_proposed_as_a_country():
    body = page("<ul>" + each("<li>{name} (associate member)</li>") + "</ul>")
    found = auto(body)
    assert {member.kind for member in found.members} == {"associate member"}
    assert "Country" not in found.options.get("pattern", "")
