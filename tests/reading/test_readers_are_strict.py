"""A page that is not as the network file says is a changed source; a page that is, is read as printed."""

import pytest

from citynet.errors import ConfigError, SourceChanged
from reading.small_network import printed_page as read


def printed(found):
    return [(row.name_as_published, row.country_as_published, row.kind_as_published) for row in found.rows]


def test_a_card_gives_its_parts_by_their_selectors():
    html = (
        '<div class="card"><h3>Bergen</h3><p class="land">norway</p><span class="k">Full member</span><time>03.02.2014</time></div>'
        '<div class="card"><h3>Halle <small>(Saale)</small></h3>'
        '<p class="land">germany</p><span class="k">Guest</span><i class="hold"></i></div>'
    )
    found = read(
        html,
        "cards",
        "div.card",
        ties={"Full member": "full", "Guest": "observer"},
        name="h3",
        country="p.land",
        kind=".k",
        joined_on="time",
        joined_on_format="%d.%m.%Y",
        on_hold="i.hold",
    )
    assert printed(found) == [("Bergen", "norway", "Full member"), ("Halle (Saale)", "germany", "Guest")]
    assert [(row.tie, row.joined_on, row.on_hold, row.evidence) for row in found.rows] == [
        ("full", "2014-02-03", False, "div 1"),
        ("observer", "", True, "div 2"),
    ]


def test_a_paragraph_is_read_between_its_words():
    html = "<p>In 2023 the IASH Member Cities: Athen, Lagoa and Frankfurt (Oder), St. Gallen and Washington D.C. See also: Rome</p>"
    found = read(html, "paragraph", "p", after="Cities:", before=" See also", last_separator=" and ")
    assert [name for name, *_ in printed(found)] == ["Athen", "Lagoa and Frankfurt (Oder)", "St. Gallen", "Washington D.C."]
    assert found.rows[3].evidence == "p 1, name 4"


def test_the_full_stop_after_the_last_name_goes_only_where_the_file_says_so():
    assert printed(read("<p>Bonn, Trier.</p>", "paragraph", "p", end="."))[1][0] == "Trier"
    assert printed(read("<p>Bonn, Trier.</p>", "paragraph", "p"))[1][0] == "Trier."


def test_a_table_keeps_the_rows_with_the_asked_value_under_their_printed_number():
    html = (
        "<table><thead><tr><th>Town</th><th>In?</th><th>Hold</th></tr></thead>"
        "<tr><td>Bonn</td><td>no</td><td></td></tr><tr><th>Town</th><th>In?</th><th>Hold</th></tr>"
        "<tr><td>Trier</td><td>yes</td><td>on hold</td></tr></table>"
    )
    found = read(
        html, "table", "table", name="Town", where_column="In?", where_equals="yes", on_hold_column="Hold", on_hold_equals="on hold"
    )
    assert [(row.name_as_published, row.on_hold, row.evidence, row.number) for row in found.rows] == [("Trier", True, "row 2", 1)]


def test_lines_broken_by_markup_are_words_apart_and_letters_in_markup_are_not():
    html = "<ul><li>Aix<br>Marseille</li><li><b>L</b>yon</li><li>La<div>Rochelle</div>x</li></ul>"
    assert [name for name, *_ in printed(read(html, "list", "li"))] == ["Aix Marseille", "Lyon", "La Rochelle x"]


def test_a_footnote_mark_is_left_out_where_the_file_says_so():
    assert printed(read("<li>Bonn<sup>[2]</sup></li>", "list", "li", drop="sup")) == [("Bonn", "", "")]


def test_a_total_on_the_page_is_kept_when_it_is_the_number_read():
    found = read("<h2>1,002 cities</h2>" + "<li>Bonn</li>" * 1002, "list", "li", total=r"([\d,]+) cities")
    assert found.printed_count == 1002
    assert read("<li>Bonn</li>", "list", "li").printed_count is None


@pytest.mark.parametrize(
    ("body", "content_type", "name"),
    [
        ("<li>Malmö</li>".encode("latin-1"), "text/html; charset=ISO-8859-1", "Malmö"),
        ('<meta charset="iso-8859-2"><li>Łódź</li>'.encode("iso-8859-2"), "text/html", "Łódź"),
        ("<li>Łódź</li>".encode(), "text/html", "Łódź"),
        ("<li>Malmö</li>".encode("windows-1252"), "text/html", "Malmö"),
        ("<li>Malmö</li>".encode(), "text/html; charset=no-such-thing", "Malmö"),
        (b"\xef\xbb\xbf" + "<li>Malmö</li>".encode(), "text/html; charset=latin-1", "Malmö"),
    ],
    ids=["header", "meta", "utf-8", "windows-1252", "unknown name", "byte order mark"],
)
def test_letters_arrive_whatever_the_encoding(body, content_type, name):
    assert printed(read(body, "list", "li", content_type)) == [(name, "", "")]


TABLE = "<table><tr><th>City</th><th>In</th></tr><tr><td>Bonn</td><td>yes</td></tr></table>"
CHANGED = {
    "no match": ("<p>x</p>", "list", "li.city", {}, "'li.city' matched 0, expected at least 1$"),
    "a login": ("<input type=password>", "list", "li", {}, "matched 0, expected at least 1; the page asks for a password"),
    "an empty name": ("<li>Bonn</li><li> </li>", "list", "li", {}, r"li 2: expected 'Name', got ''"),
    "another form": (
        "<li>Bonn, Germany</li>",
        "list",
        "li",
        {"pattern": "Name (Country)"},
        r"expected 'Name \(Country\)', got 'Bonn, Germany'",
    ),
    "one in another": ("<li>Bonn<ul><li>Beuel</li></ul></li>", "list", "li", {}, "expected no 'li' inside another, got one in li 1"),
    "a card without name": ("<li><p>Bonn</p></li>", "cards", "li", {"name": "h3"}, "li 1: 'h3' matched 0, expected the name"),
    "a card without country": ("<li><h3>Bonn</h3></li>", "cards", "li", {"name": "h3", "country": "i"}, "li 1: 'i' matched 0, expected 1"),
    "a wrong total": ("<p>12 cities</p><li>Bonn</li>", "list", "li", {"total": r"(\d+) cities"}, "prints a total of 12, read were 1"),
    "no total": ("<li>Bonn</li>", "list", "li", {"total": r"(\d+) cities"}, "expected a printed total like .*, got none"),
    "somebody else": ("<li>Bonn</li>", "list", "li", {"must_contain": "Free Ports"}, "expected a page that says 'Free Ports', got 'Bonn'"),
    "a text as name": (f"<li>{'x' * 301}</li>", "list", "li", {}, "expected a name of at most 300 characters"),
    "a header without rows": (
        "<table><tr><th>City</th></tr></table>",
        "table",
        "table",
        {"name": "City"},
        "a header and 0 rows, expected at least 1",
    ),
    "an empty table": ("<table></table>", "table", "table", {"name": "City"}, "column 'City' found 0 times, expected 1"),
    "two tables": (TABLE * 2, "table", "table", {"name": "City"}, "'table' matched 2, expected 1"),
    "a missing column": (TABLE, "table", "table", {"name": "Town"}, "column 'Town' found 0 times, expected 1; header: City | In"),
    "a short row": (
        TABLE.replace("<td>yes</td>", ""),
        "table",
        "table",
        {"name": "City"},
        "row 1: expected 2 cells as the header has, got 1",
    ),
    "no member": (TABLE, "table", "table", {"name": "City", "where_column": "In", "where_equals": "no"}, "1 rows, 0 of them with In = no"),
    "an unseen value": (
        TABLE.replace("yes", "maybe"),
        "table",
        "table",
        {"name": "City", "where_column": "In", "where_equals": "yes", "where_values": "yes|no"},
        "row 1: column 'In': expected one of yes|no, got 'maybe'",
    ),
    "another date": ("<li>Bonn<time>May</time></li>", "list", "li", {"joined_on": "time"}, "expected a date as %Y-%m-%d, got 'May'"),
    "no such words": ("<p>Bonn</p>", "paragraph", "p", {"after": "Members:"}, "p 1: expected the words 'Members:', got 'Bonn'"),
    "a hole in a paragraph": ("<p>Bonn, , Trier</p>", "paragraph", "p", {}, "p 1, name 2: expected 'Name', got ''"),
}


@pytest.mark.parametrize(("body", "reader", "select", "options", "message"), CHANGED.values(), ids=CHANGED.keys())
def test_a_changed_page_is_named_with_what_was_expected_and_seen(body, reader, select, options, message):
    with pytest.raises(SourceChanged, match=r"^free_ports https://ports\.example/members: ") as caught:
        read(body, reader, select, **options)
    assert caught.match(message.replace("|", r"\|"))


def test_a_kind_that_the_file_does_not_know_is_a_changed_source():
    html = "<li>Bonn <i>Patron</i></li>"
    with pytest.raises(SourceChanged, match=r"li 1: expected a kind of Guest, got 'Patron'"):
        read(html, "list", "li", ties={"Guest": "observer"}, kind="i")
    assert read(html, "list", "li", kind="i").rows[0].tie == "full"
    assert read("<li>Bonn <i></i></li>", "list", "li", ties={"Guest": "observer"}, kind="i").rows[0].tie == "full"


@pytest.mark.parametrize("content_type", ["application/json", "application/pdf", "text/plain; charset=utf-8"])
def test_an_answer_that_is_no_page_is_a_changed_source(content_type):
    with pytest.raises(SourceChanged, match=r"expected an HTML page, got (application|text)/"):
        read(b'{"error": 404}', "list", "li", content_type)


@pytest.mark.parametrize(
    ("reader", "select", "message"),
    [
        ("auto", "li", "the reader auto needs to be told which names are places"),
        ("custom", "li", r"expected the module citynet\.reading\.custom\.free_ports, found none"),
        ("list", "li[", "expected CSS selectors"),
        ("json", "$[", r"expected a JSON path in the network file, got '\$\['"),
    ],
)
def test_a_network_file_that_cannot_be_followed_is_a_fault_of_the_file(reader, select, message):
    with pytest.raises(ConfigError, match=message):
        read("[]" if reader == "json" else "<li>Bonn</li>", reader, select)


def test_a_page_nested_deeper_than_python_recurses_is_read():
    assert len(read("<div>" * 5000 + "<li>Bonn</li>", "list", "li").rows) == 1


def test_an_old_page_with_an_xml_declaration_is_read_like_any_other():
    head = '<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">'
    body = f'{head}<html xmlns="http://www.w3.org/1999/xhtml"><body><ul><li>Malmö</li></ul></body></html>'
    assert printed(read(body.encode("latin-1"), "list", "li", "application/xhtml+xml")) == [("Malmö", "", "")]


@pytest.mark.parametrize(
    "body",
    [
        "https://ports.example/elsewhere",
        "members.html",
        "   \n",
        "\x00\x01",
        "<",
        "<li",
        "&#xFFFFFFFF;",
        "<?xml version='1.0'?><rss><li/></rss>",
    ],
)
def test_an_answer_of_scraps_is_a_changed_source(body):
    with pytest.raises(SourceChanged, match=r"^free_ports "):
        read(body, "list", "li")
