"""Headings with nothing under them, counts that differ, paths that find nothing: each is a changed source, with what was seen."""

import json
import sys

import pytest

from citynet.errors import ConfigError, SourceChanged
from reading.small_network import printed_page as read

JSON = "application/json"
TWO = "<h3>Norway (2)</h3><ul><li>Bergen</li><li>Oslo</li></ul><h3>Malta (1)</h3><ul><li>Valletta</li></ul>"
COUNTRIES = {"heading_is": "country", "heading_pattern": "Heading (Count)"}
ROWS = "<table><tr><th>City</th><th>State</th></tr><tr><td colspan=2>Malta</td></tr><tr><td>Valletta</td><td>in</td></tr></table>"
SHIFTED = "<p>Aarhus<br>denmark<br>Bonn<br>Trier<br>germany<br>Gent<br>belgium<br>Lyon<br>germany<br>Ulm<br>belgium<br>Mons</p>"

CHANGED = {
    "nothing under a heading": (TWO.replace("<li>Valletta</li>", ""), "headings", "h3", COUNTRIES, "h3 2 'Malta': expected members under"),
    "nothing under any": ("<h3>Africa (2)</h3><h3>Europe (5)</h3>", "headings", "h3", COUNTRIES, "'li' matched 0, expected at least 1"),
    "another count": (TWO.replace("<li>Oslo</li>", ""), "headings", "h3", COUNTRIES, "'Norway': the heading prints 2, read were 1"),
    "no count": (TWO.replace(" (2)", ""), "headings", "h3", COUNTRIES, r"h3 1: expected a heading as 'Heading \(Count\)', got 'Norway'"),
    "an unseen heading": (
        TWO,
        "headings",
        "h3",
        {**COUNTRIES, "headings": "Norway|Sweden"},
        r"h3 2: expected one of the headings Norway\|Sweden, got 'Malta'",
    ),
    "a member before the headings": ("<li>Home</li>" + TWO, "headings", "h3", COUNTRIES, "every 'li' under a heading, got 'Home' before"),
    "an outer heading with nothing": (
        "<h2>Europe</h2><h2>Africa</h2>" + TWO,
        "headings",
        "h3",
        {**COUNTRIES, "outer": "h2", "outer_is": "group"},
        "'Europe': expected members under the heading, got none",
    ),
    "all headings skipped": (TWO, "headings", "h3", {**COUNTRIES, "skip": "Norway|Malta"}, "got 2 headings and nothing under them"),
    "a term without members": ("<dl><dt>Norway<dt>Malta<dd>Valletta</dl>", "definitions", "dl", {"heading_is": "country"}, "a dd after dt"),
    "members without a term": (
        "<dl><dd>Oslo<dt>Malta<dd>Valletta</dl>",
        "definitions",
        "dl",
        {"heading_is": "country"},
        "before the first dd",
    ),
    "an empty definition list": ("<dl></dl>", "definitions", "dl", {}, "expected dt and dd in the definition list, got none"),
    "another number of values": ("<dl><dt>Oslo<dd>Norway<dd>2001</dl>", "definitions", "dl", {}, r"expected 1 dd \(country\), got 2"),
    "an unnamed placeholder": (
        "<select><option value=''>Choose<option>Oslo</select>",
        "select_options",
        "select",
        {},
        "got 'Choose' without",
    ),
    "an option outside": (
        "<select><optgroup label=Malta><option>Valletta</optgroup><option>Oslo</select>",
        "select_options",
        "select",
        {"heading_is": "country"},
        "option 3: expected every option within an optgroup, got 'Oslo' outside",
    ),
    "an empty group of options": (
        "<select><optgroup label=Malta></optgroup><optgroup label=Norway><option>Oslo</optgroup></select>",
        "select_options",
        "select",
        {"heading_is": "country"},
        "'Malta': expected members under the heading, got none",
    ),
    "an empty box": ("<select></select>", "select_options", "select", {}, "got 0 headings and nothing under them"),
    "a country row without rows": (
        ROWS.replace("<td>Valletta</td><td>in</td>", "<td colspan=2>Norway</td>"),
        "table",
        "table",
        {"name": "City", "heading_is": "country"},
        "'Malta': expected members under the heading, got none",
    ),
    "a country row that nobody told": (ROWS, "table", "table", {"name": "City"}, "row 1: expected 2 cells as the header has, got 1"),
    "a row before the countries": (
        ROWS.replace("<td colspan=2>Malta</td>", "<td>Bonn</td><td>in</td>"),
        "table",
        "table",
        {"name": "City", "heading_is": "country"},
        "row 1: expected a heading before the first member",
    ),
    "two headers that fit": (ROWS.replace("State", "Town"), "table", "table", {"name": "City|Town"}, r"column 'City\|Town' found 2 times"),
    "a missing line": (
        "<p>Aarhus<br>denmark<br>Bonn</p>",
        "paragraph",
        "p",
        {"lines": "Name|Country"},
        r"lines \(Name\|Country\), got 3 lines",
    ),
    "two missing lines": (
        SHIFTED,
        "paragraph",
        "p",
        {"lines": "Name|Country"},
        "a name and its country by turns, got what looks like countries for names: germany, belgium",
    ),
    "an unseen country": (
        "<p>Oslo (Nowhere)</p>",
        "paragraph",
        "p",
        {"pattern": "Name (Country)", "country_values": "Norway"},
        "got 'Nowhere'",
    ),
    "an attribute gone": ("<li><img></li>", "cards", "li", {"name": "img@alt"}, "li 1: 'img@alt' matched 0, expected the name"),
    "another script": ("<script>var a = [];</script>", "script", "$[*]", {"marker": "var members ="}, "found 0 times, expected 1"),
    "two such scripts": ("<script>var m=[1]</script>" * 2, "script", "$[*]", {"marker": "var m ="}, "marker 'var m =' found 2 times"),
    "no data after the marker": ("<script>var m = load()</script>", "script", "$[*]", {"marker": "var m ="}, r"data in \[ \] or"),
    "data cut off": (
        '<script id="d">{"a": [{"n": "Bon</script>',
        "script",
        "$.a[*]",
        {"script": "#d"},
        "expected data in JSON or JavaScript",
    ),
    "text after the data": ('<script id="d">{"a": 1}} x</script>', "script", "$.a", {"script": "#d"}, "expected nothing after the data"),
    "data joined to others": (
        '<script>var m = ["Bonn"].concat(more);</script>',
        "script",
        "$[*]",
        {"marker": "var m ="},
        r"expected ; , \) or the end after the data, got '.concat\(more\);'",
    ),
    "a call in the data": ("<script>m = [{n: f('Bonn')}];</script>", "script", "$[*]", {"marker": "m ="}, r"is computed: 'f\('"),
    "a sum in the data": ("<script>m = [{n: 'Bo' + 'nn'}];</script>", "script", "$[*]", {"marker": "m ="}, "a value that is computed"),
    "a filled template": ("<script>m = [{n: `B${x}`}];</script>", "script", "$[*]", {"marker": "m ="}, "a value that is computed"),
    "a marker in a comment": ("<script>// m = ['Bonn'];</script>", "script", "$[*]", {"marker": "m ="}, "found 0 times, expected 1"),
    "a marker in a long comment": ("<script>/* old:\nm = ['Bonn'];\n*/</script>", "script", "$[*]", {"marker": "m ="}, "found 0 times"),
    "no such element": ("<p>x</p>", "script", "$[*]", {"script": "#__NEXT_DATA__"}, "'#__NEXT_DATA__' matched 0, expected at least 1"),
    "no such attribute": (
        "<div id=m></div>",
        "script",
        "$[*]",
        {"script": "#m", "attribute": "data-m"},
        "the attribute 'data-m', got none",
    ),
    "no flight": ("<script>x()</script>", "script", "$..m[*]", {"marker": "self.__next_f.push"}, r"expected self.__next_f.push\(\[1, "),
    "the list elsewhere in the data": (
        '<script id="d">{"a": []}</script>',
        "script",
        "$.b[*]",
        {"script": "#d"},
        "matched 0, expected at least",
    ),
}

DATA = {
    "no items": ({"cities": []}, "$.cities[*]", {}, r"'\$.cities\[\*\]' matched 0, expected at least 1"),
    "a list for its items": ({"cities": ["Bonn"]}, "$.cities", {}, r"got a list of 1 \(\$.cities\[\*\] finds its items\)"),
    "a list among its items": ({"cities": ["Bonn", ["Graz"]]}, "$.cities[*]", {}, "expected members, got a list of 1"),
    "numbers for names": ([17, 18], "$[*]", {}, "expected a name, got 17"),
    "a number for a name": ([{"n": "Bonn"}, {"n": 18}], "$[*]", {"name": "$.n"}, r"\$\[1\]: '\$.n': expected a name, got 18"),
    "an item without a name": ([{"n": "Bonn"}, {"m": 1}], "$[*]", {"name": "$.n"}, r"\$\[1\]: '\$.n' matched 0, expected 1"),
    "an empty name": ([{"n": ""}], "$[*]", {"name": "$.n"}, "expected 'Name', got ''"),
    "no name at all": ([{"n": None}], "$[*]", {"name": "$.n"}, "expected 'Name', got ''"),
    "an object for a name": ([{"n": {"de": "Bonn"}}], "$[*]", {"name": "$.n"}, r"expected a text, got '{\"de\": \"Bonn\"}'"),
    "two countries": ([{"n": "Bonn", "c": ["DE", "AT"]}], "$[*]", {"name": "$.n", "country": "$.c"}, "expected a text, got"),
    "an unseen state": (
        [{"n": "Bonn", "s": "odd"}],
        "$[*]",
        {"name": "$.n", "where_column": "$.s", "where_equals": "in", "where_values": "in|out"},
        r"expected one of in\|out, got 'odd'",
    ),
    "no member": ([{"n": "Bonn", "s": "out"}], "$[*]", {"name": "$.n", "where_column": "$.s", "where_equals": "in"}, "1 items, 0 of them"),
    "half a letter": ([{"n": "Bonn\ud800"}], "$[*]", {"name": "$.n"}, "expected a name of printable characters"),
    "another date": ([{"n": "Bonn", "d": "soon"}], "$[*]", {"name": "$.n", "joined_on": "$.d"}, "expected a date as %Y-%m-%d, got 'soon'"),
    "another total": ({"n": 2, "c": ["Bonn"]}, "$.c[*]", {"total": r'"n": (\d+)'}, "prints a total of 2, read were 1"),
    "somebody else's data": ({"c": ["Bonn"]}, "$.c[*]", {"must_contain": "free-ports"}, "expected a page that says 'free-ports'"),
}


@pytest.mark.parametrize(("body", "reader", "select", "options", "message"), CHANGED.values(), ids=CHANGED.keys())
def test_a_changed_page_is_named_with_what_was_expected_and_seen(body, reader, select, options, message):
    with pytest.raises(SourceChanged, match=r"^free_ports https://ports\.example/members: ") as caught:
        read(body, reader, select, **options)
    assert caught.match(message)


@pytest.mark.parametrize(("data", "select", "options", "message"), DATA.values(), ids=DATA.keys())
def test_changed_data_are_named_with_what_was_expected_and_seen(data, select, options, message):
    with pytest.raises(SourceChanged, match=r"^free_ports https://ports\.example/members: ") as caught:
        read(json.dumps(data), "json", select, JSON, **options)
    assert caught.match(message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<html>moved</html>", "expected JSON, got application/json: '<html>moved</html>'"),
        ("", "expected JSON, got application/json: ''"),
        ('["Bonn"', "expected JSON"),
        ("[" * 100_000, "expected JSON"),
        ("[" + "9" * 5000 + "]", "expected JSON"),
    ],
    ids=["a page", "nothing", "cut off", "too deep", "a number of 5000 digits"],
)
def test_an_answer_that_is_no_json_is_a_changed_source(body, message):
    with pytest.raises(SourceChanged, match=message):
        read(body, "json", "$[*]", JSON)


@pytest.mark.parametrize(
    "answer",
    [
        {"errors": [{"message": "Cannot query field safe_harbour"}]},
        {"data": {"c": ["Bonn"]}, "errors": [{"message": "c is cut"}]},
        {"data": None},
        [1],
    ],
)
def test_an_answer_of_graphql_with_errors_or_without_data_is_a_changed_source(answer):
    with pytest.raises(SourceChanged, match="expected a GraphQL answer with data and no errors, got "):
        read(json.dumps(answer), "graphql", "$.data.c[*]", JSON)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"type": "Topology"}, "expected a GeoJSON FeatureCollection, got 'Topology'"),
        ([], "got 'list'"),
        ({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": None}]}, "expected a feature with properties"),
        ({"type": "FeatureCollection", "features": []}, "matched 0, expected at least 1"),
    ],
)
def test_another_kind_of_map_data_is_a_changed_source(data, message):
    with pytest.raises(SourceChanged, match=message):
        read(json.dumps(data), "geojson", "", JSON, name="$.n")


def test_a_path_and_elements_that_the_file_mixes_up_are_faults_of_the_file():
    with pytest.raises(ConfigError, match="expected a JSON path in the network file"):
        read("[]", "json", "$[?(", JSON)
    with pytest.raises(ConfigError, match="select and items to match different elements"):
        read("<li>Bonn</li>", "headings", "li", heading_is="group")


@pytest.mark.parametrize(
    "script",
    [
        "m = ['Bonn (Rhein)'];",
        "f(m = ['Bonn (Rhein)'], 1)",
        "m = ['Bonn (Rhein)']",
        "m = ['Bonn (Rhein)']\nlet z = 1",
        "x = {m = ['Bonn (Rhein)']}",
    ],
)
def test_data_may_end_as_a_statement_does(script):
    assert read(f"<script>{script}</script>", "script", "$[*]", marker="m =").rows[0].name_as_published == "Bonn (Rhein)"


def test_a_module_of_its_own_reads_what_no_options_can(tmp_path, monkeypatch):
    """Two names in one line with nothing between them, parted by the words that open each of them."""
    (tmp_path / "free_ports.py").write_text(
        "import re\n"
        "from citynet.reading.markup import matched\n"
        "from citynet.reading.printed import parsed, text_of\n"
        "from citynet.reading.readers import Member, Printed\n"
        "def members(body, content_type, spec, where):\n"
        "    page = parsed(body, content_type, where)\n"
        "    text = text_of(matched(page, spec.select, where)[0])\n"
        "    names = re.findall(r'(?:Stadt|Landkreis) .+?(?= Stadt| Landkreis|$)', text)\n"
        "    return Printed(text, [Member(name, '', '', f'name {n}') for n, name in enumerate(names, start=1)])\n"
    )
    import citynet.reading.custom

    monkeypatch.setattr(citynet.reading.custom, "__path__", [str(tmp_path)])
    found = read("<td>Stadt Aurich Stadt Bad Bentheim Landkreis Leer</td>", "custom", "td")
    assert [row.name_as_published for row in found.rows] == ["Stadt Aurich", "Stadt Bad Bentheim", "Landkreis Leer"]
    del sys.modules["citynet.reading.custom.free_ports"]  # the next test of this process must not find it
