"""A list that goes on at further addresses is kept whole or not at all, whatever happens to a part, on a real server."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from citynet.errors import SourceChanged, SourceForbidden, SourceUnavailable
from citynet.http.capture import load, responses
from citynet.http.fetch import LiveFetcher, Politeness
from citynet.model import Page
from citynet.pipelines import fetching, memberships
from citynet.pipelines.fetching import crawl_and_keep
from citynet.reading.following import parts_of
from loopback import Clock, serving
from loopback import page as told
from network_file import register

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 29, 6, 0, tzinfo=UTC)
OURS = Politeness(contact="desk@example.org", timeout=(2.0, 2.0), total_seconds=5.0, allow_private=True, tries=2)
NEXT = {"by": "next_link", "select": "a.next"}
NAMES = ("Ghent", "Aarhus", "Lodz", "Bari", "Nantes")


@pytest.fixture
def site():
    with serving() as found:
        yield found


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def way(clock):
    return LiveFetcher(OURS, sleep=clock.sleep, now=clock.now)


def html(number, then=True):
    link = f'<a class="next" href="/m?p={number + 1}">Next</a>' if then else ""
    return f"<ul><li>{NAMES[number - 1]}</li></ul>{link}".encode()


@pytest.fixture
def spec(site):
    """The registry's page of a list in five parts, each linked from the one before."""
    for number in range(1, 6):
        site.page("/m" if number == 1 else f"/m?p={number}", html(number, then=number < 5), ETag=f'"{number}"')
    return Page(site.url("/m"), "list", "li", follow=NEXT)


def kept(outside):
    return outside.store.keys()


def test_all_parts_are_one_capture_asked_politely_one_after_the_other(site, spec, way, clock, outside):
    made = crawl_and_keep(outside, "free_ports", [spec], way, AT)
    assert [page.url for page in made.pages] == [site.url("/m"), *(site.url(f"/m?p={n}") for n in range(2, 6))]
    assert [path for path, _ in site.every_request] == ["/robots.txt", "/m", *(f"/m?p={n}" for n in range(2, 6))]
    assert clock.slept == [2.0] * 5


def test_a_kept_crawl_is_walked_again_from_the_store(spec, way, outside):
    made = crawl_and_keep(outside, "free_ports", [spec], way, AT)
    answers = {a.url: a for a in responses(outside.store, load(outside.store, "free_ports", made.capture_id))}
    parts = parts_of(spec, answers, "free_ports", made.capture_id)
    assert [part.body for part in parts] == [html(n, then=n < 5) for n in range(1, 6)]


def cut(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"<ul><li>Lo")


@pytest.mark.parametrize(
    ("trouble", "error", "seen"),
    [
        (told(b"", 500), SourceUnavailable, r"p=3: expected status 200, got 500"),
        (cut, SourceUnavailable, r"p=3: expected a whole answer, the body was cut"),
        (told(b"gone", 404), SourceChanged, r"p=3: expected status 200, got 404"),
        (told(b"no", 403), SourceForbidden, r"p=3: expected status 200, got 403"),
        (told(b"", 302, Location="/login?to=m"), SourceChanged, r"p=3: expected part 3 of the list, was sent on to \S+/login\?to=m"),
        (told(html(1)), SourceChanged, r"p=3: expected part 3 of the list, got an earlier part again"),
        (
            told(b'<li>Lodz</li><a class="next" href="/m">Next</a>'),
            SourceChanged,
            r"p=3: expected the next part of the list, it leads back",
        ),
        (
            told(b'<li>Lodz</li><a class="next" href="http://other.example/">'),
            SourceChanged,
            r"p=3: expected the next part on 127\.0\.0\.1",
        ),
    ],
    ids=["500", "cut", "404", "403", "login", "repeat", "circle", "other host"],
)
def test_a_part_that_fails_fails_the_whole(site, spec, way, outside, trouble, error, seen):
    site.page("/login?to=m", b"<form><input type=password></form>")
    site.answers["/m?p=3"] = trouble
    with pytest.raises(error, match=seen):
        crawl_and_keep(outside, "free_ports", [spec], way, AT)
    assert kept(outside) == []


def test_a_passing_fault_at_a_part_is_waited_out(site, spec, way, outside):
    site.in_turn("/m?p=3", told(b"", 503), told(html(3)))
    assert len(crawl_and_keep(outside, "free_ports", [spec], way, AT).pages) == 5


NUMBERED = {"by": "page_number", "parameter": "p", "ends": "not_found"}


def test_a_list_that_ends_where_there_is_no_further_page_is_kept_with_that_answer(site, way, outside):
    for number in (1, 2):
        site.page("/n" if number == 1 else f"/n?p={number}", f"<li>{NAMES[number - 1]}</li>".encode())
    site.page("/n?p=3", b"<h1>Nothing here</h1>", 404)
    spec = Page(site.url("/n"), "list", "li", follow=NUMBERED)
    made = crawl_and_keep(outside, "free_ports", [spec], way, AT)
    assert [(page.status, page.bytes > 0) for page in made.pages] == [(200, True), (200, True), (404, False)]
    answers = {answer.url: answer for answer in responses(outside.store, load(outside.store, "free_ports", made.capture_id))}
    assert [part.status for part in parts_of(spec, answers, "free_ports", made.capture_id)] == [200, 200, 404]
    again = crawl_and_keep(outside, "free_ports", [spec], way, LATER)
    assert again.content_sha256 == made.content_sha256


@pytest.mark.parametrize("ends", [{}, {"ends": "not_found"}])
def test_a_first_page_that_is_not_there_fails_the_crawl(site, way, outside, ends):
    spec = Page(site.url("/nowhere"), "list", "li", follow={"by": "page_number", "parameter": "p"} | ends)
    with pytest.raises(SourceChanged, match="/nowhere: expected status 200, got 404"):
        crawl_and_keep(outside, "free_ports", [spec], way, AT)
    assert kept(outside) == []


@pytest.mark.parametrize(
    ("trouble", "error"),
    [(told(b"", 500), SourceUnavailable), (told(b"", 403), SourceForbidden), (told(b"", 302, Location="/"), SourceChanged)],
)
def test_any_other_trouble_with_a_further_page_is_no_end(site, way, outside, trouble, error):
    site.page("/n", b"<li>Ghent</li>")
    site.page("/", b"<p>Welcome</p>")
    site.answers["/n?p=2"] = trouble
    with pytest.raises(error, match=r"p=2: "):
        crawl_and_keep(outside, "free_ports", [Page(site.url("/n"), "list", "li", follow=NUMBERED)], way, AT)
    assert kept(outside) == []


def test_a_part_that_robots_txt_forbids_ends_the_crawl(site, spec, way, outside):
    site.page("/robots.txt", b"User-agent: *\nDisallow: /m?p=2\n")
    with pytest.raises(SourceForbidden, match=r"p=2: robots\.txt does not allow"):
        crawl_and_keep(outside, "free_ports", [spec], way, AT)
    assert [path for path, _ in site.asked] == ["/m"]
    assert kept(outside) == []


def test_a_list_without_end_is_left_after_as_many_parts_as_the_network_file_says(site, way, outside):
    for number in range(20):
        site.page(f"/e?p={number}", f'<li>{number}</li><a class="next" href="/e?p={number + 1}">'.encode())
    spec = Page(site.url("/e?p=0"), "list", "li", follow=NEXT | {"most": 6})
    with pytest.raises(SourceChanged, match="expected a list of at most 6 parts"):
        crawl_and_keep(outside, "free_ports", [spec], way, AT)
    assert len(site.asked) == 6
    assert kept(outside) == []


def test_answers_that_are_too_large_together_are_refused(spec, way, outside, monkeypatch):
    monkeypatch.setattr(fetching, "MAX_CRAWL_BYTES", 150)
    with pytest.raises(SourceChanged, match="free_ports: expected a list of at most 150 bytes"):
        crawl_and_keep(outside, "free_ports", [spec], way, AT)
    assert kept(outside) == []


def test_the_second_of_two_pages_fails_the_first_too(site, spec, way, outside):
    with pytest.raises(SourceChanged, match="/associates: expected status 200, got 404"):
        crawl_and_keep(outside, "free_ports", [spec, replace(spec, url=site.url("/associates"))], way, AT)
    assert kept(outside) == []


def test_two_rules_for_one_address_ask_it_once(site, way, outside):
    site.page("/both", b"<li>Ghent</li><p>Aarhus</p>")
    pages = [Page(site.url("/both"), "list", select) for select in ("li", "p")]
    assert len(crawl_and_keep(outside, "free_ports", pages, way, AT).pages) == 1
    assert len(site.asked) == 1


def test_each_part_is_asked_for_with_its_own_conditions_the_next_time(site, spec, way, outside):
    def unless_known(body, tag):
        def answer(handler):
            known = handler.headers.get("If-None-Match") == tag
            (told(b"", 304) if known else told(body, ETag=tag))(handler)

        return answer

    for number in range(1, 6):
        site.answers["/m" if number == 1 else f"/m?p={number}"] = unless_known(html(number, then=number < 5), f'"{number}"')
    first = crawl_and_keep(outside, "free_ports", [spec], way, AT)
    site.answers["/m?p=4"] = unless_known(html(4).replace(b"Bari", b"Brno"), '"4b"')
    second = crawl_and_keep(outside, "free_ports", [spec], way, LATER)
    assert [page.sha256 == before.sha256 for page, before in zip(second.pages, first.pages, strict=True)] == [True, True, True, False, True]
    assert [headers.get("if-none-match") for _, headers in site.asked[5:]] == [f'"{number}"' for number in range(1, 6)]


KILLED = """
import os, sys
from datetime import UTC, datetime
from citynet.http.fetch import LiveFetcher, Politeness
from citynet.model import Page
from citynet.pipelines.fetching import crawl_and_keep
from citynet.pipelines.outside import open_outside

ours = Politeness(contact="desk@example.org", allow_private=True, delay_seconds=0.0)
page = Page(sys.argv[1], "list", "li", follow={"by": "next_link", "select": "a.next"})
crawl_and_keep(open_outside(os.environ), "free_ports", [page], LiveFetcher(ours), datetime(2026, 11, 22, 6, 0, tzinfo=UTC))
"""


def test_a_run_killed_between_two_parts_leaves_nothing_and_the_next_one_keeps_all(site, spec, way, outside, tmp_path):
    children = []

    def kill(handler):
        children[0].send_signal(signal.SIGKILL)
        children[0].wait()

    site.answers["/m?p=3"] = kill
    environment = os.environ | {"CITYNET_STORE": str(tmp_path / "store"), "CITYNET_MODE": "none"}
    children.append(subprocess.Popen([sys.executable, "-c", KILLED, spec.url], env=environment))
    assert children[0].wait(timeout=60) == -signal.SIGKILL
    assert [path for path, _ in site.asked] == ["/m", "/m?p=2", "/m?p=3"]
    assert kept(outside) == []
    site.page("/m?p=3", html(3))
    assert len(crawl_and_keep(outside, "free_ports", [spec], way, AT).pages) == 5


# --- questions posted to one address --------------------------------------------------------------------------------

RELAY = {"by": "cursor", "select": "$.data.m[?@.more == true].end", "parameter": "after"}


def graphql(handler):
    """An interface that answers by the cursor of the question."""
    asked = json.loads(handler.server.posted[-1])["variables"]
    number = int(asked.get("after", "0")) + 1
    body = {"data": {"m": {"nodes": [{"name": NAMES[number - 1]}], "page": {"more": number < 3, "end": str(number)}}}}
    told(json.dumps(body).encode(), Content_Type="application/json")(handler)


@pytest.fixture
def asked(site):
    site.server.posted = site.posted
    site.answers["/graphql"] = graphql
    return Page(site.url("/graphql"), "graphql", "$.data.m.nodes[*]", {"name": "$.name"}, follow=RELAY, ask="{ m { nodes { name } } }")


def test_questions_posted_to_one_address_are_one_capture(site, asked, way, outside):
    made = crawl_and_keep(outside, "free_ports", [asked], way, AT)
    assert [json.loads(body)["variables"] for body in site.posted] == [{}, {"after": "1"}, {"after": "2"}]
    assert {headers["content-type"] for _, headers in site.asked} == {"application/json"}
    assert {path for path, _ in site.asked} == {"/graphql"}
    answers = {answer.url: answer for answer in responses(outside.store, made)}
    parts = parts_of(asked, answers, "free_ports", made.capture_id)
    assert [json.loads(part.body)["data"]["m"]["nodes"][0]["name"] for part in parts] == list(NAMES[:3])
    assert {answer.method for answer in answers.values()} == {"POST"}


def test_a_question_that_fails_fails_all_of_them(site, asked, way, outside):
    site.in_turn("/graphql", graphql, told(b"", 400))
    with pytest.raises(SourceChanged, match="got 400"):
        crawl_and_keep(outside, "free_ports", [asked], way, AT)
    assert kept(outside) == []


# --- the same from a folder, through the step of the DAG ------------------------------------------------------------

PAGES = """
    - url: "https://ports.example/wp-json/members"
      reader: json
      select: "$[*]"
      options: {name: "$.title"}
      follow: {by: count_header, parameter: page}
      since: 2023-01-01
"""


@pytest.fixture
def replayed(outside, tmp_path):
    """The outside world of a replay with a list of two parts, whose number is told in a header."""
    register(outside.registry, PAGES)
    folder = tmp_path / "replay" / "free_ports" / "2026-11-22"
    folder.mkdir(parents=True)
    rows = ["url,method,status,content_type,file,headers"]
    for number, query in ((1, ""), (2, "?page=2")):
        (folder / f"{number}.json").write_text(json.dumps([{"title": NAMES[number - 1]}]))
        rows.append(f"https://ports.example/wp-json/members{query},GET,200,application/json,{number}.json,X-WP-TotalPages: 2")
    (folder / "requests.csv").write_text("\n".join(rows) + "\n")
    return replace(outside, mode="replay", replay=tmp_path / "replay")


def test_a_list_in_parts_is_collected_from_a_folder_as_from_the_web(replayed):
    key = memberships.capture(replayed, "free_ports", AT)
    assert memberships.read_and_check(replayed, key) == key
    assert memberships.accept(replayed, [key]) == [key]


def test_a_list_that_ends_where_there_is_no_further_page_is_collected_from_a_folder_too(replayed):
    follow = "follow: {by: page_number, parameter: page, ends: not_found}"
    register(replayed.registry, PAGES.replace("follow: {by: count_header, parameter: page}", follow))
    requests = replayed.replay / "free_ports" / "2026-11-22" / "requests.csv"
    requests.write_text(requests.read_text() + "https://ports.example/wp-json/members?page=3,GET,404,,,\n")
    key = memberships.capture(replayed, "free_ports", AT)
    assert memberships.read_and_check(replayed, key) == key
    assert memberships.accept(replayed, [key]) == [key]


def test_a_crawl_that_ends_early_is_one_failed_attempt_and_no_capture(replayed):
    requests = replayed.replay / "free_ports" / "2026-11-22" / "requests.csv"
    requests.write_text("\n".join(requests.read_text().splitlines()[:2]) + "\n")
    with pytest.raises(SourceUnavailable, match=r"page=2: expected an answer in free_ports/2026-11-22"):
        memberships.capture(replayed, "free_ports", AT)
    assert kept(replayed) == ["attempts/free_ports/20261122T060000Z.json"]
    assert memberships.troubles(replayed)["free_ports"].startswith("unavailable: https://ports.example/wp-json/members?page=2")
