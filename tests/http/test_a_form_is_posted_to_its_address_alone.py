"""A question too long for an address is posted: as politely as any request, to that address alone, and its answer is kept as any other."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from citynet.errors import SourceChanged, SourceForbidden, SourceUnavailable
from citynet.http import Form
from citynet.http.capture import bodies, keep, make_capture
from citynet.http.fetch import LiveFetcher, Politeness
from citynet.http.replay import ReplayFetcher
from citynet.store import open_store

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
OURS = Politeness(contact="desk@example.org", timeout=(2.0, 2.0), total_seconds=5.0, max_bytes=10_000, allow_private=True)
QUESTION = Form(b"query=SELECT+%3Fitem", "application/sparql-results+json")


def fetcher(clock, permitted=(), **changes):
    return LiveFetcher(replace(OURS, **changes), permitted=permitted, sleep=clock.sleep, now=clock.now)


def test_the_form_arrives_whole_and_says_what_it_is_and_who_asks(site, clock):
    site.page("/sparql", b"{}", Content_Type="application/sparql-results+json")
    fetched = fetcher(clock).fetch(site.url("/sparql"), at=AT, form=QUESTION)
    assert (fetched.method, fetched.status, fetched.body, fetched.url) == ("POST", 200, b"{}", site.url("/sparql"))
    assert site.posted == [b"query=SELECT+%3Fitem"]
    ((path, headers),) = site.asked
    assert path == "/sparql"
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert headers["accept"] == "application/sparql-results+json"
    assert headers["user-agent"].endswith("(+desk@example.org)")


def test_robots_txt_holds_for_a_form_too(site, clock):
    site.page("/robots.txt", b"User-agent: *\nDisallow: /sparql\n")
    with pytest.raises(SourceForbidden, match=r"robots\.txt does not allow"):
        fetcher(clock).fetch(site.url("/sparql"), at=AT, form=QUESTION)
    assert site.posted == []


def test_a_permitted_address_is_asked_all_the_same_and_no_other_one(site, clock):
    site.page("/robots.txt", b"User-agent: *\nDisallow: /\n")
    site.page("/sparql", b"{}")
    ours = fetcher(clock, permitted=[site.url("/sparql")])
    assert ours.fetch(site.url("/sparql"), at=AT, form=QUESTION).body == b"{}"
    with pytest.raises(SourceForbidden):
        ours.fetch(site.url("/sparql/other"), at=AT)


def test_a_passing_fault_is_waited_out_and_the_form_sent_again(site, clock):
    def busy(handler):
        handler.send_response(503)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    def fine(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"{}")

    site.in_turn("/sparql", busy, fine)
    assert fetcher(clock).fetch(site.url("/sparql"), at=AT, form=QUESTION).body == b"{}"
    assert site.posted == [QUESTION.body, QUESTION.body]
    site.in_turn("/sparql", busy)
    with pytest.raises(SourceUnavailable, match="503"):
        fetcher(clock, tries=2).fetch(site.url("/sparql"), at=AT, form=QUESTION)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_form_is_never_sent_on_to_another_address(site, clock, status):
    site.page("/sparql", b"", status, Location=site.url("/elsewhere"))
    site.page("/elsewhere", b"{}")
    with pytest.raises(SourceChanged, match=f"expected status 200, got {status}"):
        fetcher(clock).fetch(site.url("/sparql"), at=AT, form=QUESTION)
    assert [path for path, _ in site.asked] == ["/sparql"]


def test_the_answer_is_kept_as_any_other_and_a_replay_gives_it_again(site, clock, tmp_path):
    site.page("/sparql", b'{"head": {}}')
    fetched = fetcher(clock).fetch(site.url("/sparql"), at=AT, form=QUESTION)
    store = open_store(str(tmp_path / "store"))
    capture, warc = make_capture("statistics.wikidata", [fetched], captured_at=AT, known_at=AT, origin="live")
    keep(store, capture, warc)
    assert bodies(store, capture) == {site.url("/sparql"): b'{"head": {}}'}
    folder = tmp_path / "replay/statistics/2026-11-22"
    folder.mkdir(parents=True)
    (folder / "answer.json").write_bytes(fetched.body)
    rows = ["url,method,status,content_type,file", f"{site.url('/sparql')},POST,200,application/sparql-results+json,answer.json"]
    (folder / "requests.csv").write_text("\n".join(rows) + "\n")
    again = ReplayFetcher(folder).fetch(site.url("/sparql"), at=AT, form=QUESTION)
    assert (again.method, again.body) == ("POST", fetched.body)
