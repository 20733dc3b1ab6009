"""The fingerprint of a page changes with its layout and with nothing else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.reading.fingerprint import layout_sha256

HTML, JSON = "text/html; charset=utf-8", "application/json"


def page(*names: str, container: str = "members", around: str = "") -> str:
    items = "".join(f"<li class='card card-{n}' id='m{n}'><a href='/c/{n}'>{name}</a></li>" for n, name in enumerate(names, 1))
    head = f"<html><head><title>{len(names)}</title></head>"
    return f"{head}<body class='page page-id-17'>{around}<ul class='{container}'>{items}</ul></body></html>"


def seen(html: str) -> str:
    return layout_sha256(html.encode(), HTML)


BASE = seen(page("Graz", "Lyon"))


@pytest.mark.parametrize(
    "same",
    [
        page("Graz", "Lyon", "Ghent"),
        page("Graz"),
        page("Gdańsk", "Malmö"),
        page("<b>Graz</b>", "Lyon<br>France"),
        page("Graz", "Lyon").replace("page-id-17", "page-id-204"),
        page("Graz", "Lyon").replace("id='m1'", "id='x-9f8e7d'"),
        page("Graz", "Lyon", around="<script nonce='r4nd0m'>var build = 7</script><!-- built at 05:17 -->"),
        page("Graz", "Lyon").replace("<li ", "<li data-nonce='81ff' "),
        page("Graz", "Lyon").replace("card card-1", "card-1 card").replace("\n", ""),
    ],
)
def test_members_texts_ids_nonces_and_scripts_are_no_layout(same):
    assert seen(same) == BASE


@pytest.mark.parametrize(
    "other",
    [
        page("Graz", "Lyon", container="member-list"),
        page("Graz", "Lyon").replace("<ul", "<ol").replace("</ul", "</ol"),
        page("Graz", "Lyon").replace("class='card", "class='tile"),
        page("Graz", "Lyon").replace("<ul", "<div class='wrap'><ul").replace("</ul>", "</ul></div>"),
        "<html><body class='page page-id-17'><table><tr><td>Graz</td></tr></table></body></html>",
    ],
)
def test_a_renamed_container_another_element_or_a_table_is_another_layout(other):
    assert seen(other) != BASE


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("css-1ab2c3", "css-9zz81q"),
        ("sc-bdVaJa hKVzxp", "sc-kYhQza dLwTrm"),
        ("Members_list__3xYzA", "Members_list__Q81bc"),
        ("jsx-2819384", "jsx-77"),
        ("svelte-1hd8k2", "svelte-zq8d1x"),
        ("elementor-element-5fa3b2c", "elementor-element-91bc0de"),
        ("post-12 tag-refugees hentry", "post-90 tag-housing hentry"),
        ("item active", "item"),
    ],
)
def test_class_names_that_a_machine_made_are_no_layout(one, two):
    assert seen(f"<div class='{one}'><p>a</p></div>") == seen(f"<div class='{two}'><p>a</p></div>")


@pytest.mark.parametrize(("one", "two"), [("card__title", "card__label"), ("page-content", "site-content"), ("col-6", "row-6")])
def test_class_names_that_a_person_chose_are(one, two):
    assert seen(f"<div class='{one}'><p>a</p></div>") != seen(f"<div class='{two}'><p>a</p></div>")


@given(st.lists(st.text(alphabet=st.characters(blacklist_characters="<>&", blacklist_categories=("Cs", "Cc"))), min_size=1, max_size=30))
def test_no_text_of_members_changes_the_layout(names):
    assert seen(page(*names)) == BASE


def test_json_is_known_by_its_keys_and_types():
    def told(document: object) -> str:
        return layout_sha256(json.dumps(document).encode(), JSON)

    base = told({"count": 2, "items": [{"name": "Graz", "since": 2019}, {"name": "Lyon", "since": None}]})
    assert told({"items": [{"since": 2001, "name": "Ghent"}], "count": 1}) == base
    assert told({"count": 2, "items": [{"title": "Graz", "since": 2019}]}) != base
    assert told({"count": "2", "items": [{"name": "Graz", "since": 2019}]}) != base


def test_an_object_over_its_members_is_a_list_by_another_name():
    def told(count: int) -> str:
        return layout_sha256(json.dumps({f"city{chr(97 + n)}": {"name": "x"} for n in range(count)}).encode(), JSON)

    assert told(9) == told(12)


@pytest.mark.parametrize(
    ("body", "kind"), [(b"", HTML), (b"%PDF-1.4", "application/pdf"), (b"{", JSON), (b"[" * 100_000, JSON), (b"a,b", "text/csv")]
)
def test_what_has_no_structure_of_this_kind_has_no_fingerprint(body, kind):
    assert layout_sha256(body, kind) == ""


def test_a_page_nested_twenty_thousand_deep_has_one():
    assert len(seen("<div>" * 20_000)) == 64
