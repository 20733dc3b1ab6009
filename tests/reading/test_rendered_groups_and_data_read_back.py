"""Properties of the readers of headings, definitions, options, grids and data: what is written comes back as printed."""

import html
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.reading.script import FLIGHT
from reading.small_network import printed_page
from reading.test_rendered_members_read_back import MARKUP, NAMES

GROUPS = st.lists(st.tuples(NAMES, st.lists(NAMES, min_size=1, max_size=6)), min_size=1, max_size=6)
UNESCAPED = NAMES.filter(lambda name: "&" not in name and "<" not in name)
ITEMS = st.lists(st.tuples(UNESCAPED, UNESCAPED), min_size=1, max_size=12)


def read(body, reader, select, content_type="text/html; charset=utf-8", **options):
    rows = printed_page(body, reader, select, content_type, **options).rows
    return [(row.name_as_published, row.country_as_published) for row in rows]


def flat(groups):
    return [(name, country) for country, names in groups for name in names]


@given(GROUPS, MARKUP)
@settings(max_examples=60)
def test_lists_under_headings_read_back(groups, markup):
    body = "<nav><li>Home</li></nav>" + "".join(
        f"<section><h3>{html.escape(country)} ({len(names)})</h3><ul>"
        + "".join(f"<li>{markup.format(html.escape(name))}</li>" for name in names)
        + "</ul></section>"
        for country, names in groups
    )
    options = {"heading_is": "country", "heading_pattern": "Heading (Count)"}
    assert read(f"<main>{body}</main>", "headings", "h3", items="section li", **options) == flat(groups)


@given(GROUPS)
@settings(max_examples=60)
def test_definitions_read_back(groups):
    body = "".join(
        f"<dt>{html.escape(country)}</dt>" + "".join(f"<dd>{html.escape(name)}</dd>" for name in names) for country, names in groups
    )
    assert read(f"<dl>{body}</dl>", "definitions", "dl", heading_is="country") == flat(groups)


@given(GROUPS)
@settings(max_examples=60)
def test_options_read_back(groups):
    body = "".join(
        f'<optgroup label="{html.escape(country)}">' + "".join(f"<option>{html.escape(name)}</option>" for name in names) + "</optgroup>"
        for country, names in groups
    )
    assert read(f"<select>{body}</select>", "select_options", "select", heading_is="country") == flat(groups)


@given(GROUPS)
@settings(max_examples=60)
def test_a_table_whose_countries_span_rows_reads_back(groups):
    body = "".join(
        f"<tr><td rowspan={len(names)}>{html.escape(country)}</td>"
        + "</tr><tr>".join(f"<td>{html.escape(name)}</td>" for name in names)
        + "</tr>"
        for country, names in groups
    )
    table = f"<table><thead><tr><th colspan=2>Members</th></tr><tr><th>Land</th><th>City</th></tr></thead>{body}</table>"
    expected = [(name, country) for name, country in flat(groups) if (country, name) != ("Land", "City")]
    if expected:
        assert read(table, "table", "table", name="City", country="Land") == expected


@given(ITEMS)
@settings(max_examples=60)
def test_data_read_back_from_an_answer_a_script_an_attribute_and_a_flight(items):
    data = {"cities": [{"n": name, "at": {"c": country}} for name, country in items]}
    text = json.dumps(data)
    paths = {"name": "$.n", "country": "$.at.c"}
    assert read(text, "json", "$.cities[*]", "application/json", **paths) == items
    in_script = text.replace("</", "<\\/").replace("<!--", "<\\u0021--")
    assert read(f"<script>var m = {in_script};f()</script>", "script", "$.cities[*]", marker="var m =", **paths) == items
    attribute = f'<div data-m="{html.escape(text)}"></div>'
    assert read(attribute, "script", "$.cities[*]", script="div", attribute="data-m", **paths) == items
    stream = f"1:I[2]\n2:{text}\n"
    cut = len(stream) // 2
    pushes = "".join(f"<script>{FLIGHT}([1,{json.dumps(piece)}])</script>" for piece in (stream[:cut], stream[cut:]))
    assert read(pushes, "script", "$..cities[*]", marker=FLIGHT, **paths) == items


@given(st.lists(st.tuples(NAMES, st.sampled_from(["norway", "malta"])), min_size=1, max_size=12, unique_by=lambda one: one[0].casefold()))
@settings(max_examples=60)
def test_members_of_two_lines_read_back(members):
    members = [(name, country) for name, country in members if name.casefold() not in ("norway", "malta")] or [("Oslo", "norway")]
    body = "<p>".join(f"{html.escape(name)}<br>{country}" for name, country in members)
    assert read(f"<div>{body}</div>", "paragraph", "div", lines="Name|Country") == members
