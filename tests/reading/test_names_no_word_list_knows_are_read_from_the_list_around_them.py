"""Associations under initials, and other names that no gazetteer knows: countries beside them or a heading of members tell of them."""

import json

import pytest

from reading.unknown_pages import TWELVE, auto, each, names, page, pairs

BODIES = {
    "AECM": "Spain",
    "Deutscher Städtetag": "Germany",
    "Eesti Linnade Liit": "Estonia",
    "KEDE": "Greece",
    "Kommunernes Landsforening": "Denmark",
    "SKGO": "Serbia",
    "Svaz měst a obcí": "Czech Republic",
    "TÖOSZ": "Hungary",
    "VNG": "Netherlands",
    "ZMOS": "Slovakia",
}
INITIALS = ("ACOR", "AECM", "AFCCRE", "AICCRE", "ANMP", "COSLA", "FEMP", "KEDE", "NALAS", "SALAR", "SKGO", "SYVICOL", "VNG", "ZMOS")
PAIRS = tuple(enumerate(BODIES.items(), start=1))
OBJECTS = json.dumps([{"id": n, "title": name, "country": country} for n, (name, country) in PAIRS], ensure_ascii=False)


def every(template):
    return "".join(template.format(name=name, country=country, number=n) for n, (name, country) in PAIRS)


BESIDE = {
    "in a column": "<table><tr><th>Name<th>Country<th>Since</tr>" + every("<tr><td>{name}<td>{country}<td>1951</tr>") + "</table>",
    "in a column before them": "<table>" + every("<tr><td>{number}<td>{country}<td>{name}</tr>") + "</table>",
    "on a card with a link": every("<div class=card><h3>{name}</h3><p>{country}</p><a href=/m/{number}>Read more</a></div>"),
    "after a label on a card": every("<div class=card><h4>{name}</h4><p><b>Country:</b> {country}</p></div>"),
    "as headings": every("<h3>{country}</h3><ul><li>{name}</ul>"),
    "as panels": every("<details><summary>{country} (1)</summary><p>{name}</p></details>"),
    "as tables of their own": every("<div><h4>{country}</h4><table><tr><td>{name}<td>1951</table></div>"),
    "in data": f"<div id=map></div><script>var places = {OBJECTS};</script>",
    "in popups of a map": "<script>"
    + every("L.marker([5{number}.1, 4.{number}]).addTo(map).bindPopup('<b>{name}</b><br>{country}');\n")
    + "</script>",
}


@pytest.mark.parametrize("inside", BESIDE.values(), ids=BESIDE.keys())
@pytest.mark.parametrize("heading", ["Our members", "Who takes part", "Ils nous ont rejoints", "Wer mitmacht"])
def test_countries_beside_unknown_names_tell_that_they_are_bodies(inside, heading):
    assert pairs(auto(page(inside, heading=heading))) == BODIES


def test_a_country_in_a_cell_that_reaches_down_is_that_of_each_row_beside_it():
    rows = "<tr><td rowspan=2>Germany<td>DStGB</tr><tr><td>RGRE</tr><tr><td>Greece<td>KEDE</tr><tr><td rowspan=3>Italy<td>AICCRE</tr>"
    found = auto(page(f"<table><tr><th>Country<th>Member</tr>{rows}<tr><td>ANCI</tr><tr><td>UPI</tr></table>"))
    assert pairs(found) == {"DStGB": "Germany", "RGRE": "Germany", "KEDE": "Greece", "AICCRE": "Italy", "ANCI": "Italy", "UPI": "Italy"}


UNDER_A_HEADING = {
    "a list": "<ul>" + each("<li>{name}</li>", INITIALS) + "</ul>",
    "lines": "<p>" + each("{name}<br>", INITIALS) + "</p>",
    "logos with a word before each": each('<figure><img src="{number}.png" alt="Logo {name}"></figure>', INITIALS),
    "titles of markers": "<script>"
    + each('new google.maps.Marker({{position: {{lat: 5{number}.1, lng: 4}}, title: "{name}"}});\n', INITIALS)
    + "</script>",
}


@pytest.mark.parametrize("inside", UNDER_A_HEADING.values(), ids=UNDER_A_HEADING.keys())
def test_initials_under_a_heading_of_members_are_members(inside):
    assert names(auto(page(inside))) == INITIALS


@pytest.mark.parametrize("heading", ["Abbreviations", "Who funds us", "Our partners", "Related networks"])
def test_initials_under_another_heading_are_not(heading):
    assert auto(page("<ul>" + each("<li>{name}</li>", INITIALS[:10]) + "</ul>", heading=heading)).refused


NO_BODIES = {
    "people in countries": ("National coordinators", "<p>Anna Nowak</p>"),
    "addresses": ("Embassies", "<p>Main street 5</p>"),
    "laws": ("Our members and their laws", "<p>Act No 12</p>"),
}


@pytest.mark.parametrize(("heading", "line"), NO_BODIES.values(), ids=NO_BODIES.keys())
def test_other_things_beside_countries_are_no_members(heading, line):
    assert auto(page(every("<h3>{country}</h3>" + line), heading=heading)).refused


def test_a_printed_number_that_fits_the_list_announces_it():
    bodies = ("Migration Office", *TWELVE[:6], "Policy Forum", "Harbour Trust", "Open Door", "Welcome House", "Bridge Fund")
    inside = "<ul>" + each("<li>{name}</li>", bodies) + "</ul>"
    assert auto(page(inside, heading="Where we are")).refused
    assert names(auto(page("<p>Our network has 12 members.</p>" + inside, heading="Where we are"))) == bodies


def test_lists_of_several_kinds_are_one_list_though_each_is_built_otherwise():
    inside = (
        "<h2>Full members</h2><ul>" + each("<li>{name}</li>", TWELVE[:6]) + "</ul>"
        "<h2>Associate members</h2><div>" + each("<p>{name}</p>", TWELVE[6:9]) + "</div>"
        "<h2>Observers</h2><div>" + each("<p>{name}</p>", TWELVE[9:]) + "</div>"
    )
    assert names(auto(page(inside, heading="The network"))) == TWELVE


def test_a_part_under_a_heading_of_its_own_is_left_out_though_it_is_built_like_the_list():
    inside = each("<div><h2>{country}</h2><ul><li>{name}</li></ul></div>")
    others = "<div><h2>They pay for it</h2><ul><li>UNHCR<li>Council of Europe<li>European Commission</ul></div>"
    assert names(auto(page(inside + others))) == TWELVE


MEASURES = {"weather": "<td>-2 °C<td>68 %", "prices": "<td>from 99 €", "a timetable": "<td>12:30<td>B4"}


@pytest.mark.parametrize("beside", MEASURES.values(), ids=MEASURES.keys())
def test_a_table_of_measurements_without_headers_is_refused(beside):
    assert auto(page("<table>" + each("<tr><td>{name}" + beside + "</tr>") + "</table>", title="Home", heading="Home")).refused
