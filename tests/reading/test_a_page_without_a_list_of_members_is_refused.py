"""`auto` writes nothing where a page holds no list of members, and says why; no markup, however hostile, breaks it."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading.unknown_pages import COUNTRIES, HTML, JSON, TWELVE, auto, each, names, page

LIST = "<ul>" + each("<li>{name}</li>") + "</ul>"
NONE = {
    "news": page("<ul>" + each("<li><a href='/news/{number}'>{name}: mayor opens new centre</a></li>") + "</ul>", heading="News"),
    "events": page(
        "<table><tr><th>Date<th>City<th>Event</tr>" + each("<tr><td>0{number}.05.2020<td>{name}<td>Fair</tr>") + "</table>",
        heading="Events",
    ),
    "weather": page("<table><tr><th>City<th>Temperature</tr>" + each("<tr><td>{name}<td>{number} °C</tr>") + "</table>", heading="Today"),
    "events told by a column only": page(
        "<table><tr><th>City<th>Departure</tr>" + each("<tr><td>{name}<td>1{number}:30</tr>") + "</table>", heading="Welcome"
    ),
    "offices": page(LIST, heading="Our offices"),
    "the cities of a project only": page(f"<h2>Projekt ARRIVE: miasta partnerskie</h2><p>{', '.join(TWELVE)}</p>", heading="O nas"),
    "study visits only": page(
        "<h2>Visite di studio svolte</h2><ul>" + each("<li>20{number:02}: {name}</li>") + "</ul>", heading="La rete in cifre"
    ),
    "guides and the newest members": page(
        "<h2>Städteführer</h2><ul>" + each("<li>Ein Wochenende in {name}</li>", TWELVE[:4]) + "</ul>"
        "<h2>Neue Mitglieder</h2><ul>" + each("<li>{name} (2025)</li>", TWELVE[4:7]) + "</ul>",
        heading="Über uns",
    ),
    "a headline in bold, underlined by a rule": page(f"<p><b>Latest news from</b></p><hr><p>{'<br>'.join(TWELVE)}</p>", heading="Welcome"),
    "logos of bodies that pay, each under a heading": page(
        "<h2>Partners and funders</h2>"
        + "".join(
            f"<div><img alt='{name}'><h3>{name}</h3></div>"
            for name in (
                "European Commission",
                "Open Society Foundations",
                "Council of Europe",
                "UNHCR",
                "Mercator Foundation",
                "ECCAR",
                "UCLG",
            )
        ),
        heading="About us",
    ),
    "an empty list": page("<ul></ul>"),
    "a header without rows": page("<table><tr><th>City<th>Country</tr></table>"),
    "a wall to log in": page("<form><label>Password<input type=password></label></form><p>Please log in to see our member cities.</p>"),
    "countries only": page("<ul>" + "".join(f"<li>{country}</li>" for country in COUNTRIES.values()) + "</ul>"),
    "two names": page("<ul><li>Bonn<li>Oslo</ul>"),
    "names in the navigation only": page(f"<nav>{LIST}</nav><p>Welcome.</p>", heading="Welcome"),
    "names in the footer only": page(f"<p>Welcome.</p><footer>{LIST}</footer>", heading="Welcome"),
    "an empty page": "",
    "a text": "Not found",
    "an error as data": '{"error": "not found", "status": 404}',
}


@pytest.mark.parametrize("body", NONE.values(), ids=NONE.keys())
def test_it_is_refused_with_a_reason(body):
    found = auto(body, JSON if body.startswith("{") else HTML)
    assert found.refused
    assert (found.members, found.reader, found.select, dict(found.options)) == ((), "", "", {})
    assert 0 <= found.confidence < 0.5


NEST = 2000
READ = {
    "elements nested deep before the list": "<div>" * NEST + "</div>" * NEST + LIST,
    "elements nested deep around the list": "<div>" * 200 + LIST + "</div>" * 200,
    "marks of text nested deep": "<p>" + "<b>" * 300 + "Bonn" + "</b>" * 300 + "</p>" + LIST,
    "an attribute of a megabyte": f"<div title='{'x' * 1_000_000}' data-x='{'[' * 1_000_000}'></div>{LIST}",
    "a script of three megabytes": f"<script>var x = 1;{'f(a,1);' * 400_000}</script>{LIST}",
    "a script that opens and never closes": f"<script>{'var a = [{' * 20_000}</script>{LIST}",
    "a stream that never ends": f"<script>{'self.__next_f.push([1,' * 20_000}</script>{LIST}",
    "data nested deep": f'<script type="application/json">{"[" * 100_000}{"]" * 100_000}</script>{LIST}',
    "NUL bytes": LIST.replace("<li>", "\0<li>"),
    "control characters": LIST.replace("<li>", "<li>\x01\x1f\x7f"),
    "comments and instructions": f"<?php echo 1 ?><!-- <li>Bonn</li> -->{LIST}<![CDATA[x]]>",
    "spans out of all bounds": "<table><tr><td rowspan=99999999999 colspan=-3>x<td colspan='²'>y</table>" + LIST,
}


@pytest.mark.parametrize("inside", READ.values(), ids=READ.keys())
def test_hostile_markup_around_a_list_does_not_keep_it_from_being_read(inside):
    began = time.process_time()
    assert names(auto(page(inside))) == TWELVE
    assert time.process_time() - began < 20


def test_a_page_in_utf_16_is_read():
    assert names(auto(page(LIST).encode("utf-16"))) == TWELVE


def test_what_stands_behind_more_levels_than_the_parser_takes_is_refused_and_no_part_of_it_read():
    """libxml2 stops at 2,048 levels, far beyond those of any page seen."""
    assert auto(page("<div>" * 5000 + "</div>" * 5000 + LIST)).refused


def test_json_nested_too_deep_is_refused():
    assert auto("[" * 100_000 + "]" * 100_000, JSON).refused


PIECES = st.sampled_from(
    [
        *("<ul>", "</ul>", "<li>", "</li>", "<table>", "<tr>", "<td rowspan=2>", "<th>", "</table>", "<div class='news'>", "</div>", "<p>"),
        *("<br>", "<h2>", "</h2>", "<select>", "<option>", "<dl><dt>", "<dd>", "<script>", "</script>", "<svg>", "<pre>", "<b>", "<sup>"),
        *(
            "Members",
            "Germany",
            "Bonn",
            "Oslo",
            "Aarhus (Denmark)",
            "A",
            "2009",
            ", ",
            "; ",
            " – ",
            "[{",
            "}]",
            "&nbsp;",
            '{"a": ["Bonn"]}',
        ),
    ]
)


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=60))
def test_any_nesting_is_read_or_refused_and_twice_the_same(pieces):
    body = "".join(pieces)
    found = auto(body)
    assert found == auto(body)
    assert bool(found.refused) != bool(found.members)


@settings(max_examples=200)
@given(st.binary(max_size=400), st.sampled_from([HTML, JSON, "text/html; charset=utf-16", "text/html; charset=nonsense", ""]))
def test_any_bytes_are_read_or_refused(body, content_type):
    found = auto(body, content_type)
    assert bool(found.refused) != bool(found.members)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(TWELVE),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=6), inner, max_size=5),
    max_leaves=40,
)


@settings(max_examples=200)
@given(VALUES)
def test_any_data_are_read_or_refused(value):
    found = auto(json.dumps(value), JSON)
    assert bool(found.refused) != bool(found.members)
