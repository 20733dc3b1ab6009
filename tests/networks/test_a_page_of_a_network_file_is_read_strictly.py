"""What is wrong with a page of a network file is told when the file is read, not at the first capture: line, expected, seen."""

import pytest

from citynet.errors import ConfigError
from citynet.networks import load_one
from network_file import PAGES, network_file

GOOD = {
    "cards with attributes": "{reader: cards, select: a.logo, options: {name: img@alt, country: '@data-country'}}",
    "headings": "{reader: headings, select: h3, options: {heading_is: kind, heading_pattern: Count Heading, outer: h2, outer_is: kind}}",
    "two lines": "{reader: paragraph, select: p, options: {lines: Name|-|Country}}",
    "definitions": "{reader: definitions, select: dl, options: {values: country|kind}}",
    "a box": "{reader: select_options, select: 'select#c', options: {skip: Select a city}}",
    "json": "{reader: json, select: '$[*]', options: {name: $.title.rendered}, follow: {by: count_header, parameter: page}}",
    "geojson without select": "{reader: geojson, options: {name: $.title}}",
    "a documented graph": "{reader: graphql, select: '$.data.c[*]', ask: 'query{c{name}}', documented_at: 'https://ports.example/docs'}",
    "a script": "{reader: script, select: '$[*]', options: {marker: var m =, name: $.n}}",
    "a pdf": "{reader: pdf, select: '2-4', options: {layout: table, name: City}}",
    "a csv": "{reader: csv, options: {name: City|Stadt, delimiter: ';'}}",
    "numbered pages": "{reader: list, select: li, options: {must_contain: Free Ports}, follow: {by: page_number, parameter: page}}",
    "numbered pages that end with none": "{reader: list, select: li, follow: {by: page_number, parameter: page, ends: not_found}}",
    "own module": "{reader: custom, options: {anything: goes}}",
}

BAD = {
    "a selector that is none": ("{reader: list, select: 'li['}", r"select: expected a CSS selector \(Malformed .*, got 'li\['"),
    "a part that is none": ("{reader: cards, select: li, options: {name: 'h3 >'}}", "options.name: expected a CSS selector"),
    "a path that is none": ("{reader: json, select: '$[?('}", r"select: expected a JSON path .*, got '\$\[\?\('"),
    "a path within that is none": ("{reader: script, select: '$[*]', options: {name: '$['}}", "options.name: expected a JSON path"),
    "a total of no group": (
        "{reader: json, select: '$[*]', options: {total: 'n'}}",
        "options.total: expected a regular expression with one group",
    ),
    "lines that are no regular expression": ("{reader: pdf, options: {layout: text, drop_lines: '('}}", "drop_lines: expected a regular"),
    "headings of nothing": ("{reader: headings, select: h3, options: {items: li}}", "expected the field 'heading_is', it is missing"),
    "an outer heading of nothing": ("{reader: headings, select: h3, options: {heading_is: kind, outer: h2}}", "'outer_is' is a dependency"),
    "headings that are lines": (
        "{reader: headings, select: h3, options: {heading_is: line}}",
        "expected one of country, kind, group, got 'line'",
    ),
    "lines without a name": (
        "{reader: paragraph, select: p, options: {lines: Country|Kind}}",
        r"expected Name, Country, Kind, Joined or -",
    ),
    "terms that are both": (
        "{reader: definitions, select: dl, options: {heading_is: country, values: kind}}",
        "options: expected heading_is or values, not both",
    ),
    "data in two places": ("{reader: script, select: '$', options: {marker: a, attribute: b}}", "expected marker or attribute, not both"),
    "an option of another reader": ("{reader: json, select: '$[*]', options: {drop: sup}}", "expected one of .*, got 'drop'"),
    "a mark without a value": (
        "{reader: table, select: table, options: {name: City, former_column: State}}",
        "'former_equals' is a dependency",
    ),
    "a csv without a name": ("{reader: csv, options: {country: Land}}", "expected the field 'name', it is missing"),
    "text options in a table": (
        "{reader: pdf, options: {layout: table, name: City, separator: ';'}}",
        "expected with layout table the option name",
    ),
    "a graph nobody documented": (
        "{reader: graphql, select: '$.data[*]', ask: 'query{c}'}",
        "expected documented_at, or rights.permission granted",
    ),
    "a graph without a query": ("{reader: graphql, select: '$.data[*]', documented_at: 'https://x.example'}", "expected the field 'ask'"),
    "a query to a page": ("{reader: list, select: li, ask: 'query{c}'}", "reader: .*'graphql' was expected"),
    "a next link in data": (
        "{reader: json, select: '$[*]', follow: {by: next_link, select: a}}",
        "follow.by: expected with next_link a reader of list",
    ),
    "a next link of no selector": ("{reader: list, select: li, follow: {by: next_link}}", "expected the field 'select', it is missing"),
    "a next link that is none": (
        "{reader: list, select: li, follow: {by: next_link, select: 'a['}}",
        "follow.select: expected a CSS selector",
    ),
    "numbers without an end": (
        "{reader: list, select: li, follow: {by: page_number, parameter: p}}",
        "the option must_contain or total, by which",
    ),
    "an end of a list that has no numbers": (
        "{reader: list, select: li, follow: {by: next_link, select: a, ends: not_found}}",
        "follow.ends: expected with ends the way page_number, got 'next_link'",
    ),
    "an end that nobody knows": (
        "{reader: list, select: li, follow: {by: page_number, parameter: p, ends: redirect}}",
        "follow.ends: expected one of empty, not_found, got 'redirect'",
    ),
    "questions that end with no page": (
        "{reader: graphql, select: '$.d[*]', ask: 'query{c}', documented_at: 'https://x.example',"
        " follow: {by: page_number, parameter: p, ends: not_found}}",
        "follow.ends: expected with the reader graphql the end empty",
    ),
    "a pdf that goes on": ("{reader: pdf, options: {layout: text}, follow: {by: link_header}}", "expected with link_header a reader of"),
}


def read(tmp_path, page, **rights):
    path = tmp_path / "free_ports.yml"
    path.write_text(network_file(f"    - {{url: 'https://ports.example/members', {page[1:]}", **rights), encoding="utf-8")
    return load_one(str(path)).pages[0]


@pytest.mark.parametrize("page", GOOD.values(), ids=GOOD.keys())
def test_a_page_that_can_be_read_is_accepted(page, tmp_path):
    assert read(tmp_path, page).url == "https://ports.example/members"


@pytest.mark.parametrize(("page", "message"), BAD.values(), ids=BAD.keys())
def test_a_page_that_cannot_be_read_is_told_with_its_line(page, message, tmp_path):
    with pytest.raises(ConfigError, match=rf"free_ports\.yml:{PAGES}: membership\.pages\.0") as caught:
        read(tmp_path, page)
    assert caught.match(message)


def test_permission_opens_an_interface_that_nobody_documented(tmp_path):
    page = "{reader: graphql, select: '$.data[*]', ask: 'query{c}'}"
    assert read(tmp_path, page, permission="granted").ask == "query{c}"
