"""Where a list goes on: by a link, a number, a header or a cursor, to its end, in no circle, and never on another host."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.errors import ConfigError, SourceChanged
from citynet.reading.following import next_in, next_part, with_parameter
from reading.followed import JSON, NEXT, START, answer, by_url, data, html, page, walked


def test_a_page_that_does_not_go_on_is_asked_once():
    assert walked(page({}), by_url(answer(START, html("Ghent", then="?page=2")))) == [START]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("?page=2", f"{START}?page=2"),
        ("/members/2/", "https://ports.example/members/2/"),
        ("//ports.example/2", "https://ports.example/2"),
        ("HTTPS://PORTS.example/2#top", "https://PORTS.example/2"),
        ("2?a=b&amp;c=d", "https://ports.example/2?a=b&c=d"),
    ],
)
def test_a_next_link_leads_where_a_browser_would_go(link, expected):
    part = next_part(page(NEXT), [answer(START, html("Ghent", then=link))], "x")
    assert part is not None
    assert part.url == expected


def test_a_link_is_resolved_against_the_base_that_the_page_states():
    body = b'<base href="https://ports.example/en/">' + html("Ghent", then="2")
    assert next_part(page(NEXT), [answer(START, body)], "x").url == "https://ports.example/en/2"


def test_links_are_followed_to_the_last_part_and_the_same_link_twice_is_one():
    first = answer(START, html("Ghent", then="?p=2") + b'<a class="next" href="?p=2">&raquo;</a>')
    second = answer(f"{START}?p=2", html("Aarhus", then="?p=3"))
    third = answer(f"{START}?p=3", html("Lodz") + b'<a class="next" href="#">Next</a><a class="next">Next</a>')
    assert walked(page(NEXT), by_url(first, second, third)) == [START, f"{START}?p=2", f"{START}?p=3"]


@pytest.mark.parametrize(
    ("link", "seen"),
    [
        (START, "leads back to"),
        ("https://other.example/2", "it leads to https://other.example/2"),
        ("https://ports.example.evil.example/2", "it leads to"),
        ("ftp://ports.example/2", "it leads to ftp://"),
        ("http://[::1", "expected the address of the next part"),
    ],
)
def test_a_way_in_a_circle_or_to_another_host_is_a_changed_source(link, seen):
    with pytest.raises(SourceChanged, match=rf"^free_ports {START}: .*{seen}"):
        next_part(page(NEXT), [answer(START, html("Ghent", then=link))], "free_ports")


def test_two_links_that_differ_are_a_changed_source():
    body = html("Ghent", then="?p=2") + b'<a class="next" href="?p=9">Next</a>'
    with pytest.raises(SourceChanged, match="expected one next part, got 2"):
        next_part(page(NEXT), [answer(START, body)], "x")


def test_a_list_may_go_on_at_the_host_that_its_address_was_sent_on_to():
    first = answer(START, html("Ghent", then="/members?p=2"), final_url="https://www.ports.example/members")
    assert next_part(page(NEXT), [first], "x").url == "https://www.ports.example/members?p=2"


def test_an_archived_list_goes_on_from_its_original_address():
    kept = "https://web.archive.org/web/20200615000000/"
    first = answer(START, html("Ghent", then="?p=2"), final_url=kept + START)
    second = answer(f"{START}?p=2", html("Aarhus"), final_url=f"{kept}{START}?p=2")
    assert walked(page(NEXT), by_url(first, second)) == [START, f"{START}?p=2"]


def test_a_further_part_that_was_sent_on_elsewhere_is_no_part_of_the_list():
    first = answer(START, html("Ghent", then="?p=2"))
    login = answer(f"{START}?p=2", html("Log in"), final_url="https://ports.example/login?next=members")
    with pytest.raises(SourceChanged, match=r"expected part 2 of the list, was sent on to https://ports\.example/login") as told:
        walked(page(NEXT), by_url(first, login))
    assert told.value.gate == "reached"


def test_a_part_that_repeats_an_earlier_one_is_a_changed_source():
    body = html("Ghent", then="?p=2")
    with pytest.raises(SourceChanged, match="got an earlier part again"):
        walked(page(NEXT), by_url(answer(START, body), answer(f"{START}?p=2", body)))


def test_a_list_without_end_is_a_changed_source():
    answers = {START: answer(START, html("0", then="?p=1"))} | {
        f"{START}?p={n}": answer(f"{START}?p={n}", html(str(n), then=f"?p={n + 1}")) for n in range(1, 9)
    }
    with pytest.raises(SourceChanged, match="expected a list of at most 5 parts, it goes on at"):
        walked(page({**NEXT, "most": 5}), answers)


# --- numbered parts -------------------------------------------------------------------------------------------------


def test_numbers_count_up_until_a_part_has_no_member():
    answers = by_url(answer(START, html("Ghent")), answer(f"{START}?page=2", html("Aarhus")), answer(f"{START}?page=3", html()))
    assert walked(page({"by": "page_number", "parameter": "page"}), answers) == list(answers)


def test_numbers_begin_where_the_network_file_says():
    answers = by_url(answer(START, html("Ghent")), answer(f"{START}?page=1", html()))
    assert walked(page({"by": "page_number", "parameter": "page", "first": 0}), answers) == list(answers)


def test_an_address_that_holds_another_number_than_the_first_is_a_fault_of_the_network_file():
    spec = page({"by": "page_number", "parameter": "page"}, url=f"{START}?page=0")
    with pytest.raises(ConfigError, match=r"follow\.first: expected the number that the address holds \(0\), got 1"):
        next_part(spec, [answer(f"{START}?page=0", html("Ghent"))], "x")


def test_a_site_that_shows_its_last_part_again_is_seen_by_its_members_whatever_else_changes():
    answers = by_url(answer(START, html("Ghent")), *(answer(f"{START}?page={n}", html("Aarhus", note=f"shown at {n}")) for n in (2, 3)))
    with pytest.raises(SourceChanged, match=r"page=3: expected part 3 of the list, got the members of the part before"):
        walked(page({"by": "page_number", "parameter": "page"}), answers)


def test_rows_below_the_header_are_the_members_of_a_table_in_parts():
    def table(*names):
        return ("<table><tr><th>City</th></tr>" + "".join(f"<tr><td>{name}</td></tr>" for name in names) + "</table>").encode()

    spec = page({"by": "page_number", "parameter": "p"}, reader="table", select="table", options={"name": "City"})
    assert walked(spec, by_url(answer(START, table("Ghent")), answer(f"{START}?p=2", table()))) == [START, f"{START}?p=2"]


def test_a_reader_without_countable_members_cannot_be_followed_by_number():
    with pytest.raises(ConfigError, match="expected a reader of list, cards, table"):
        next_part(page({"by": "page_number", "parameter": "p"}, reader="paragraph"), [answer(START, html("Ghent"))], "x")


# --- headers --------------------------------------------------------------------------------------------------------


def test_the_count_in_a_header_says_how_many_parts_there_are():
    answers = by_url(
        *(answer(START + query, data(items=[number]), JSON, X_WP_TotalPages="3") for number, query in enumerate(["", "?page=2", "?page=3"]))
    )
    assert walked(page({"by": "count_header", "parameter": "page"}, reader="json", select="$.items[*]"), answers) == list(answers)


@pytest.mark.parametrize("told", ["", "many", "-1", "²"])
def test_a_count_that_is_none_is_a_changed_source(told):
    first = answer(START, data(items=[1]), JSON, X_WP_TotalPages=told)
    with pytest.raises(SourceChanged, match="expected the number of parts in the header X-WP-TotalPages"):
        next_part(page({"by": "count_header", "parameter": "page"}), [first], "x")


def test_a_count_that_changes_under_way_is_a_list_that_was_changed_while_it_was_read():
    answers = by_url(
        answer(START, data(a=1), JSON, X_Pages="3"),
        answer(f"{START}?page=2", data(a=2), JSON, X_Pages="2"),
    )
    with pytest.raises(SourceChanged, match="it says 3 parts on the first and 2 on part 2"):
        walked(page({"by": "count_header", "parameter": "page", "header": "X-Pages"}), answers)


def test_a_count_beyond_all_measure_is_refused_before_anything_more_is_asked():
    with pytest.raises(SourceChanged, match="the header X-WP-TotalPages says 100000"):
        next_part(page({"by": "count_header", "parameter": "page"}), [answer(START, b"[]", JSON, X_WP_TotalPages="100000")], "x")


def test_a_link_header_is_followed():
    first = answer(START, data(a=1), JSON, Link=f'<{START}?p=1>; rel="prev", <?p=2>; rel="next"')
    second = answer(f"{START}?p=2", data(a=2), JSON, Link=f"<{START}>; rel=prev")
    assert walked(page({"by": "link_header"}), by_url(first, second)) == [START, f"{START}?p=2"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ('<a>; rel="next"', ["a"]),
        ("<a>;rel=next", ["a"]),
        ('<a>; title="one, <b>; rel=next"; rel="last next"', ["a"]),
        ('<a,b;c>; rel="next"', ["a,b;c"]),
        ('<a>; rel="prev", <b>; rel=NEXT', ["b"]),
        ("<a>", []),
        ("", []),
        ("<a>; rel=nextish", []),
        ('<a>; notrel="next"', []),
    ],
)
def test_link_headers_are_read_as_rfc_8288_writes_them(header, expected):
    assert next_in(header) == expected


@given(st.text(max_size=200))
def test_no_link_header_ends_in_an_error(header):
    assert all(link in header for link in next_in(header))


# --- cursors and questions ------------------------------------------------------------------------------------------


def test_a_cursor_is_sent_as_a_parameter_until_none_is_given():
    answers = by_url(
        answer(START, data(items=["Ghent"], next="a b&c"), JSON),
        answer(f"{START}?after=a+b%26c", data(items=["Aarhus"], next=17), JSON),
        answer(f"{START}?after=17", data(items=["Lodz"], next=None), JSON),
    )
    assert walked(page({"by": "cursor", "select": "$.next", "parameter": "after"}, reader="json"), answers) == list(answers)


@pytest.mark.parametrize("end", [{}, {"next": None}, {"next": ""}, {"next": False}])
def test_a_cursor_that_says_nothing_is_the_end(end):
    assert next_part(page({"by": "cursor", "select": "$.next", "parameter": "p"}), [answer(START, data(**end), JSON)], "x") is None


@pytest.mark.parametrize("odd", [True, ["a"], {"a": 1}, 1.5])
def test_a_cursor_that_is_none_is_a_changed_source(odd):
    with pytest.raises(SourceChanged, match=r"expected one cursor at \$\.next"):
        next_part(page({"by": "cursor", "select": "$.next", "parameter": "p"}), [answer(START, data(next=odd), JSON)], "x")


def test_a_cursor_that_is_an_address_is_followed_on_the_same_host_alone():
    spec = page({"by": "cursor", "select": "$.links.next.href"})
    assert next_part(spec, [answer(START, data(links={"next": {"href": "?p=2"}}), JSON)], "x").url == f"{START}?p=2"
    with pytest.raises(SourceChanged, match=r"leads to https://other\.example"):
        next_part(spec, [answer(START, data(links={"next": {"href": "https://other.example/"}}), JSON)], "x")


RELAY = "$.data.members[?@.hasNextPage == true].endCursor"


def relay(number, more, cursor):
    return data(data={"members": {"nodes": [{"name": f"City {number}"}], "pageInfo": {"hasNextPage": more, "endCursor": cursor}}})


def test_a_graphql_question_is_posted_again_with_its_cursor_and_each_answer_has_a_key_of_its_own():
    spec = page({"by": "cursor", "select": RELAY, "parameter": "after"}, reader="graphql", ask="query($after: String) { members }")
    first = next_part(spec, [], "x")
    assert json.loads(first.posted) == {"query": spec.ask, "variables": {}}
    assert first.key.startswith(f"{START}#")
    one = answer(first.key, relay(1, True, "c1"), JSON, method="POST")
    second = next_part(spec, [one], "x")
    assert json.loads(second.posted)["variables"] == {"after": "c1"}
    assert second.url == first.url
    assert second.key != first.key
    assert next_part(spec, [one, answer(second.key, relay(2, False, "c2"), JSON, method="POST")], "x") is None


def test_a_graphql_cursor_that_comes_again_is_a_circle():
    spec = page({"by": "cursor", "select": RELAY, "parameter": "after"}, reader="graphql", ask="{ members }")
    first = answer(next_part(spec, [], "x").key, relay(1, True, "c1"), JSON)
    second = answer(next_part(spec, [first], "x").key, relay(2, True, "c1"), JSON)
    with pytest.raises(SourceChanged, match="leads back to"):
        next_part(spec, [first, second], "x")


def test_a_graphql_question_may_count_its_parts():
    spec = page({"by": "page_number", "parameter": "page", "first": 0}, reader="graphql", select="$.data.m[*]", ask="{ m }")
    first = next_part(spec, [], "x")
    second = next_part(spec, [answer(first.key, data(data={"m": [1]}), JSON)], "x")
    assert [json.loads(part.posted)["variables"] for part in (first, second)] == [{"page": 0}, {"page": 1}]


@pytest.mark.parametrize(
    ("follow", "missing"),
    [({"by": "next_link"}, "select"), ({"by": "page_number"}, "parameter"), ({"by": "cursor", "parameter": "p"}, "select")],
)
def test_a_way_without_what_it_needs_is_a_fault_of_the_network_file(follow, missing):
    with pytest.raises(ConfigError, match=f"expected the field '{missing}', it is missing"):
        next_part(page(follow), [answer(START, html("Ghent"))], "x")


def test_a_selector_or_path_that_is_none_is_a_fault_of_the_network_file():
    with pytest.raises(ConfigError, match="expected CSS selectors"):
        next_part(page({"by": "next_link", "select": "a["}), [answer(START, html("Ghent"))], "x")
    with pytest.raises(ConfigError, match="expected a JSON path"):
        next_part(page({"by": "cursor", "select": "$.["}), [answer(START, b"{}", JSON)], "x")


def test_a_page_where_the_interface_was_is_a_changed_source():
    with pytest.raises(SourceChanged, match="expected JSON"):
        next_part(page({"by": "cursor", "select": "$.next"}), [answer(START, html("Log in"))], "x")


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
def test_a_parameter_is_set_once_and_the_others_stay(name, value):
    from urllib.parse import parse_qsl, urlsplit

    once = with_parameter("https://ports.example/m?a=1&%C3%A9=2&a=1", name, value)
    again = with_parameter(once, name, value)
    assert again == once
    pairs = parse_qsl(urlsplit(once).query, keep_blank_values=True)
    assert pairs.count((name, value)) == 1
    assert [pair for pair in pairs if pair[0] != name] == [pair for pair in (("a", "1"), ("é", "2"), ("a", "1")) if pair[0] != name]
