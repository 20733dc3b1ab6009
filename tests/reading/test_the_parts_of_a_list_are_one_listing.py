"""All parts of a followed list are read as one page: rows name their part, totals are held against the sum, nothing is read twice."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.errors import SourceChanged
from citynet.model import Capture, CapturedPage, Departure, Expect, Network, instant
from citynet.reading import read_listing
from citynet.reading.following import next_part
from citynet.reading.suspect import wall
from reading.followed import JSON, NEXT, START, answer, by_url, data, html, page, walked

SECOND, THIRD = f"{START}?page=2", f"{START}?page=3"
NUMBERED = {"by": "page_number", "parameter": "page"}
KNOWN = {"must_contain": "Free Ports"}


def listing(pages, answers):
    network = Network(
        *("free_ports", "Free Ports", "", "active", "transnational", "migration_core", "body", "list", "complete", "full"),
        *({}, tuple(pages), Expect(), Departure(), (), "", "names", False, "", {}),
    )
    at = instant("2026-11-22T06:00:00Z")
    captured = tuple(CapturedPage(a.url, a.final_url, a.status, a.content_type, len(a.body), "0" * 64) for a in answers)
    return read_listing(network, Capture("c1", "free_ports", at, at, "live", "0" * 64, "0" * 64, captured), by_url(*answers))


def names(found):
    return [(row.number, row.name_as_published, row.page_url) for row in found.rows]


def linked(*bodies):
    return [answer(url, body) for url, body in zip((START, SECOND, THIRD), bodies, strict=False)]


def test_rows_are_numbered_through_and_name_the_part_on_which_they_stand():
    found = listing([page(NEXT)], linked(html("Ghent", "Aarhus", then="?page=2"), html("Lodz")))
    assert names(found) == [(1, "Ghent", START), (2, "Aarhus", START), (3, "Lodz", SECOND)]


def test_the_printed_total_is_that_of_all_parts():
    spec = page(NEXT, options={"total": r"(\d+) members"})
    parts = linked(html("Ghent", "Aarhus", then="?page=2", note="3 members"), html("Lodz", note="3 members"))
    assert listing([spec], parts).printed_count == 3


@pytest.mark.parametrize(
    ("first", "second", "seen"),
    [
        ("4 members", "4 members", f"{START}: the list prints a total of 4, read were 3"),
        ("3 members", "4 members", f"{START}: the list was changed while it was read: {START} prints a total of 3, {SECOND} of 4"),
        ("3 members", "Members", f"{SECOND}: expected a printed total"),
    ],
)
def test_a_total_that_contradicts_the_parts_is_a_changed_source(first, second, seen):
    spec = page(NEXT, options={"total": r"(\d+) members"})
    parts = linked(html("Ghent", "Aarhus", then="?page=2", note=first), html("Lodz", note=second))
    with pytest.raises(SourceChanged) as told:
        listing([spec], parts)
    assert seen in str(told.value)


def test_a_member_on_two_parts_means_that_the_list_was_shifted_while_it_was_read():
    parts = linked(html("Ghent", "Aarhus", then="?page=2"), html("Aarhus", "Lodz"))
    with pytest.raises(SourceChanged, match=rf"page=2: expected each member on one part .*'Aarhus' is on {START} too"):
        listing([page(NEXT)], parts)
    dropped = listing([page(NEXT, options={"repeats": "drop"})], parts)
    assert names(dropped) == [(1, "Ghent", START), (2, "Aarhus", START), (3, "Lodz", SECOND)]


def test_two_members_of_one_name_on_one_part_stay_two():
    parts = linked(html("Frankfurt", "Frankfurt", then="?page=2"), html("Lodz"))
    assert len(listing([page(NEXT)], parts).rows) == 3


def test_a_missing_part_is_told_by_its_address():
    with pytest.raises(SourceChanged, match=r"page=2: expected an answer in the capture c1, got none") as told:
        listing([page(NEXT)], linked(html("Ghent", then="?page=2")))
    assert told.value.gate == "reached"


def test_a_part_without_members_in_the_middle_is_a_changed_source():
    with pytest.raises(SourceChanged, match=r"page=2: 'li' matched 0"):
        listing([page(NEXT)], linked(html("Ghent", then="?page=2"), html(then="?page=3"), html("Lodz")))


@pytest.mark.parametrize("follow", [NEXT, {"by": "link_header"}])
def test_a_list_that_should_go_on_and_leads_nowhere_is_a_changed_source(follow):
    with pytest.raises(SourceChanged, match="expected a list that goes on at another address"):
        listing([page(follow)], linked(html("Ghent")))


def test_a_list_with_numbered_parts_ends_with_an_empty_part_of_its_own():
    found = listing([page(NUMBERED, options=KNOWN)], linked(html("Ghent"), html("Lodz"), html()))
    assert [name for _, name, _ in names(found)] == ["Ghent", "Lodz"]


WALL = b"<html><title>Log in</title><form><input name=user><input type=password name=password><button>Log in</button></form></html>"


@pytest.mark.parametrize(
    ("last", "seen"),
    [(html(note="About us"), "expected a page that says 'Free Ports'"), (WALL, "expected an empty last part, got a login wall")],
)
def test_a_foreign_page_in_place_of_the_empty_last_part_is_not_the_end(last, seen):
    with pytest.raises(SourceChanged, match=seen):
        listing([page(NUMBERED, options=KNOWN)], linked(html("Ghent"), html("Lodz"), last))


BANNER = (
    b'<form class="login">Log in <input name=user><input type=password name=password><button>Log in</button></form>'
    b"<div class=box><p>We value your privacy: we and our partners store cookies.</p><p>You may accept all cookies or reject them.</p>"
    b"<button>Accept all</button><button>Reject all</button></div>"
)


def test_a_banner_and_a_form_that_stand_on_every_part_are_no_wall_on_the_empty_last_one():
    assert wall(html() + BANNER, "text/html") is not None
    parts = linked(html("Ghent", "Aarhus") + BANNER, html("Lodz") + BANNER, html() + BANNER)
    assert len(listing([page(NUMBERED, options=KNOWN)], parts).rows) == 3
    with pytest.raises(SourceChanged, match="expected an empty last part, got a"):
        listing([page(NUMBERED, options=KNOWN)], linked(html("Ghent", "Aarhus"), html("Lodz"), html() + BANNER))


ENDS = NUMBERED | {"ends": "not_found"}


@pytest.mark.parametrize("status", [404, 410])
def test_a_list_may_end_where_there_is_no_further_page(status):
    parts = [*linked(html("Ghent"), html("Lodz")), answer(THIRD, b"", status=status)]
    assert [name for _, name, _ in names(listing([page(ENDS)], parts))] == ["Ghent", "Lodz"]


def test_no_further_page_is_the_end_only_where_the_network_file_says_so():
    parts = [*linked(html("Ghent"), html("Lodz")), answer(THIRD, b"", status=404)]
    with pytest.raises(SourceChanged, match=r"page=3: expected status 200, got 404") as told:
        listing([page(NUMBERED, options=KNOWN)], parts)
    assert told.value.gate == "reached"


def test_a_first_page_that_is_not_there_is_no_end():
    with pytest.raises(SourceChanged, match=f"{START}: expected status 200, got 404"):
        listing([page(ENDS)], [answer(START, b"", status=404)])


@pytest.mark.parametrize("empty", [html(), WALL], ids=["empty", "wall"])
def test_a_page_without_members_is_no_end_where_there_should_be_no_page(empty):
    with pytest.raises(SourceChanged, match=r"page=2: expected part 2 of the list or status 404, got a page without members"):
        listing([page(ENDS)], linked(html("Ghent"), empty))


def test_a_page_that_came_through_a_proxy_is_a_page():
    assert len(listing([page({})], [answer(START, html("Ghent"), status=203)]).rows) == 1


def test_an_error_in_place_of_the_empty_last_part_of_an_interface_is_not_the_end():
    spec = page(NUMBERED, reader="json", select="$.items[*]", options={"name": "$.name"})
    first = answer(START, data(items=[{"name": "Ghent"}]), JSON)
    assert len(listing([spec], [first, answer(SECOND, data(items=[]), JSON)]).rows) == 1
    with pytest.raises(SourceChanged, match=r"page=2: expected an empty last part with items as the first, got \['error'\]"):
        listing([spec], [first, answer(SECOND, data(error="rate limit"), JSON)])
    bare = replace(spec, select="$[*]")
    first = answer(START, json.dumps([{"name": "Ghent"}]).encode(), JSON)
    with pytest.raises(SourceChanged, match="expected an empty last part with a list as the first"):
        listing([bare], [first, answer(SECOND, data(), JSON)])


def test_the_answers_to_a_graphql_question_are_one_list():
    spec = page(
        {"by": "cursor", "select": "$.data.m.pageInfo[?@ != null]", "parameter": "after"},
        reader="graphql",
        select="$.data.m.nodes[*]",
        options={"name": "$.name"},
        ask="{ m }",
    )
    parts = []
    for name, cursor in (("Ghent", "c1"), ("Lodz", None)):
        told = data(data={"m": {"nodes": [{"name": name}], "pageInfo": {"end": cursor}}})
        parts.append(answer(next_part(spec, parts, "x").key, told, JSON, method="POST"))
    found = listing([spec], parts)
    assert [name for _, name, _ in names(found)] == ["Ghent", "Lodz"]
    assert len({url for _, _, url in names(found)}) == 2


def test_the_trouble_of_several_pages_is_told_for_each_address():
    other = "https://ports.example/associates"
    pages = [page({}), page({}, url=other), page({}, url=f"{other}/more")]
    with pytest.raises(SourceChanged) as told:
        listing(pages, [answer(START, html()), answer(other, html("Ghent")), answer(f"{other}/more", b"", status=500)])
    assert str(told.value).startswith(f"free_ports {START}: 'li' matched 0")
    assert f"; free_ports {other}/more: expected status 200, got 500" in str(told.value)
    assert told.value.gate == "reached"


def test_totals_of_several_pages_are_held_page_by_page():
    other = "https://ports.example/associates"
    options = {"total": r"(\d+) members"}
    pages = [page({}, options=options), page({}, url=other, options=options)]
    answers = [answer(START, html("Ghent", note="1 members")), answer(other, html("Lodz", "Aarhus", note="2 members"))]
    assert listing(pages, answers).printed_count == 3
    with pytest.raises(SourceChanged, match=rf"^free_ports {other}: the page prints a total of 5, read were 1$"):
        listing(pages, [answers[0], answer(other, html("Lodz", note="5 members"))])


WAYS = {
    "next_link": page(NEXT),
    "link_header": page({"by": "link_header"}, reader="json", select="$.items[*]", options={"name": "$.name"}),
    "page_number": page(NUMBERED, options=KNOWN),
    "count_header": page({"by": "count_header", "parameter": "page"}, reader="json", select="$.items[*]", options={"name": "$.name"}),
    "cursor": page(
        {"by": "cursor", "select": "$.next", "parameter": "page"}, reader="json", select="$.items[*]", options={"name": "$.name"}
    ),
}


def served(by, parts):
    """The answers of a site that shows the parts (lists of names) in this way."""
    urls = [START, *(f"{START}?page={number}" for number in range(2, len(parts) + 2))]
    for number, names in enumerate(parts, start=1):
        more = number < len(parts)
        if by in ("next_link", "page_number"):
            yield answer(urls[number - 1], html(*names, then=f"?page={number + 1}" if more and by == "next_link" else ""))
            continue
        body = {"items": [{"name": name} for name in names], "next": number + 1 if more else None}
        headers = {"Link": f"<?page={number + 1}>; rel=next"} if more else {}
        yield answer(urls[number - 1], data(**body), JSON, X_WP_TotalPages=str(len(parts)), **headers)
    if by == "page_number":
        yield answer(urls[len(parts)], html())


@given(st.sampled_from(sorted(WAYS)), st.integers(2, 40), st.integers(1, 7))
def test_however_a_list_is_cut_and_led_on_it_is_the_same_list(by, count, size):
    names = [f"City {number}" for number in range(max(count, size + 1))]
    parts = [names[start : start + size] for start in range(0, len(names), size)]
    answers = by_url(*served(by, parts))
    assert walked(WAYS[by], answers) == list(answers)
    assert [row.name_as_published for row in listing([WAYS[by]], list(answers.values())).rows] == names
