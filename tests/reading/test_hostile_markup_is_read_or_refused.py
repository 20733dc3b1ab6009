"""Markup that nobody would write by hand: it is read as printed or refused as a changed source, within a time, never a crash."""

import time

import pytest

from citynet.errors import SourceChanged
from reading.small_network import printed_page as read

DEEP = "<div>" * 20_000
MANY = "".join(f"<li>Town {n}</li>" for n in range(2000))
READ = {
    "nested deeper than Python recurses": (f"{DEEP}<h3>Malta</h3><li>Bonn</li>", "headings", "h3", {"heading_is": "country"}),
    "an attribute of a megabyte": (f'<li title="{"x" * 1_000_000}">Bonn</li>', "cards", "li", {"name": "li, :scope"}),
    "spans out of all bounds": (
        "<table><tr><th>City<th>Land</tr><tr><td rowspan=99999999999 colspan=-3>Bonn<td rowspan='x'>DE</table>",
        "table",
        "table",
        {"name": "City"},
    ),
    "a table in a table in a table": (
        "<table><tr><th>City</tr>" + "<tr><td>Bonn<table>" * 200,
        "table",
        "table:not(table table)",
        {"name": "City"},
    ),
    "entities beyond Unicode": ("<li>Bonn&#xFFFFFFFF;&notanentity;</li>", "list", "li", {}),
    "text that runs backwards": ("<li>\u202eBonn\u202c</li>", "list", "li", {}),
    "everything left open": ("<ul><li><b><a href='x>Bonn<li><i>Oslo", "list", "li", {}),
    "brackets that never close": (f"<p>Bonn{'(' * 200_000}, Oslo</p>", "paragraph", "p", {}),
    "a script that never ends": ('<script>var m = ["Bonn"];' + "[{(" * 50_000, "script", "$[*]", {"marker": "var m ="}),
    "a string of escapes": ("<script>var m = JSON.parse('[" + "\\\\" * 100_000 + "</script>", "script", "$[*]", {"marker": "var m ="}),
    "data nested too deep": ('<script id="d">' + "[" * 100_000 + "</script>", "script", "$[*]", {"script": "#d"}),
    "objects nested too deep": ('<script id="d">{a:' + "{a:" * 50_000 + "</script>", "script", "$[*]", {"script": "#d"}),
    "flight rows of no length": (
        '<script>self.__next_f.push([1,"1:Tffffffff,x\\n:\\n::\\n"])</script>',
        "script",
        "$[*]",
        {"marker": "self.__next_f.push"},
    ),
    "two thousand lists in one another": ("<ul><li>" * 2000 + "Bonn", "list", "li", {}),
    "two thousand headings": ("<h3>Malta</h3><li>Bonn</li>" * 2000, "headings", "h3", {"heading_is": "country"}),
    "options without a box": (f"<optgroup><option>{MANY}", "select_options", "select", {}),
}


@pytest.mark.parametrize(("body", "reader", "select", "options"), READ.values(), ids=READ.keys())
def test_it_is_read_or_refused_within_a_time(body, reader, select, options):
    began = time.process_time()
    message = ""
    try:
        assert read(body, reader, select, **options).rows
    except SourceChanged as problem:
        message = str(problem)
    assert not message or message.startswith("free_ports https://ports.example/members: ")
    assert len(message) < 600
    assert time.process_time() - began < 20


def test_a_table_wider_than_any_is_refused():
    body = "<table><tr><th>City</tr><tr>" + "<td colspan=1000>Bonn</td>" * 3 + "</table>"
    with pytest.raises(SourceChanged, match="expected a table of at most 1000 columns"):
        read(body, "table", "table", name="City")


def test_markup_in_data_is_text_and_never_markup():
    found = read('["<img src=x onerror=alert(1)>Bonn<script>evil()</script>", "R&amp;D <b>Oslo"]', "json", "$[*]", "application/json")
    assert [row.name_as_published for row in found.rows] == ["Bonn", "R&D Oslo"]
