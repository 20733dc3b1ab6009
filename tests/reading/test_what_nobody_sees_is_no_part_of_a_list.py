"""Templates that were never filled and hidden items are refused; characters that show nothing are no part of a name."""

import pytest

from citynet.errors import SourceChanged
from reading.small_network import printed_page as read


@pytest.mark.parametrize("name", ["{{ city.name }}", "{% city %}", "${name}", "[object Object]"])
def test_a_template_that_was_not_filled_is_a_changed_source(name):
    with pytest.raises(SourceChanged, match="li 2: expected a name, got a template that was not filled"):
        read(f"<li>Bonn</li><li>{name}</li>", "list", "li")


@pytest.mark.parametrize("hiding", ["hidden", "style='color: red; display: none'", "style=display:none"])
@pytest.mark.parametrize(("reader", "select"), [("list", "li"), ("headings", "h3")])
def test_a_hidden_item_is_refused_until_the_network_file_says_what_it_is(hiding, reader, select):
    html = f"<h3>Germany</h3><ul><li>Bonn</li><li {hiding}>Trier</li></ul>"
    with pytest.raises(SourceChanged, match="li 2: expected a shown item, got a hidden one: 'Trier'"):
        read(html, reader, select)
    left_out = read(html, reader, select, drop="li[hidden], li[style]")
    assert [row.name_as_published for row in left_out.rows] == ["Bonn"]


def test_hidden_items_are_read_where_the_selector_names_the_hiding():
    found = read("<ul><li>Bonn</li><li hidden>Trier</li></ul>", "list", "li, li[hidden]")
    assert [row.name_as_published for row in found.rows] == ["Bonn", "Trier"]


def test_a_list_in_a_closed_tab_is_read():
    assert len(read("<div style='display:none'><ul><li>Bonn</li></ul></div>", "list", "li").rows) == 1


@pytest.mark.parametrize(
    ("printed", "name", "told"),
    [
        ("Aar&#8203;hus", "Aarhus", "li 1; printed Aar\\u200bhus"),
        ("&shy;Graz", "Graz", "li 1; printed \\u00adGraz"),
        ("Łó&zwj;dź", "Łódź", "li 1; printed Łó\\u200ddź"),
        ("کرمان\u200cشاه", "کرمان\u200cشاه", "li 1"),
        ("Łódź", "Łódź", "li 1"),
    ],
)
def test_characters_that_show_nothing_are_dropped_and_told(printed, name, told):
    (row,) = read(f"<ul><li>{printed}</li></ul>", "list", "li").rows
    assert (row.name_as_published, row.evidence) == (name, told)


def test_a_name_of_nothing_but_such_characters_is_none():
    with pytest.raises(SourceChanged, match=r"li 1; .*: expected a name, got nothing"):
        read("<ul><li>&#8203;</li></ul>", "list", "li")


def test_the_last_heading_holds_no_more_than_its_own_container_and_no_frame_of_the_page():
    html = (
        "<body><nav><ul><li>Home</li></ul></nav><section><h3>Germany</h3><ul><li>Bonn</li></ul></section>"
        "<section><h3>Austria</h3><ul><li>Graz</li></ul><aside><ul><li>News</li></ul></aside></section>"
        "<div><ul><li>Partner</li></ul></div><footer><ul><li>Imprint</li></ul></footer></body>"
    )
    found = read(html, "headings", "h3", heading_is="country")
    assert [(row.name_as_published, row.country_as_published) for row in found.rows] == [("Bonn", "Germany"), ("Graz", "Austria")]


def test_items_beside_the_last_of_headings_in_boxes_of_their_own_are_kept():
    html = "<main><div><h3>Germany</h3></div><ul><li>Bonn</li></ul><div><h3>Austria</h3></div><ul><li>Graz</li></ul></main>"
    assert len(read(html, "headings", "h3", heading_is="country").rows) == 2
