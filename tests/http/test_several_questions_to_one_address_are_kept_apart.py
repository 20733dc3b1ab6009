"""One address answers several questions: their answers are told apart by a mark behind a #, in captures, WARC files and replays."""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from warcio.archiveiterator import ArchiveIterator

from citynet.errors import ConfigError, SourceForbidden, SourceUnavailable
from citynet.http import Form
from citynet.http.capture import keep, make_capture, responses
from citynet.http.fetch import LiveFetcher, Politeness
from citynet.http.replay import ReplayFetcher
from citynet.store import open_store

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
OURS = Politeness(contact="desk@example.org", timeout=(2.0, 2.0), total_seconds=5.0, allow_private=True)
JSON = "application/json"


def question(number):
    return Form(f'{{"page":{number}}}'.encode(), JSON, JSON)


def asked(url, number):
    return f"{url}#{hashlib.sha256(question(number).body).hexdigest()[:12]}"


@pytest.fixture
def url(site):
    """An interface that answers with the question it was asked."""

    def echo(handler):
        body = b'{"asked":' + site.posted[-1] + b"}"
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    site.answers["/graphql"] = echo
    return site.url("/graphql")


@pytest.fixture
def fetched(url, clock):
    ours = LiveFetcher(OURS, sleep=clock.sleep, now=clock.now)
    return [ours.fetch(asked(url, number), at=AT, form=question(number)) for number in (1, 2)]


def captured(url, fetched):
    posted = {asked(url, number): question(number) for number in (1, 2)}
    return make_capture("free_ports", fetched, captured_at=AT, known_at=AT, origin="live", posted=posted)


def test_the_mark_names_the_answer_and_is_never_sent(site, url, fetched):
    assert [(answer.url, answer.final_url, answer.method) for answer in fetched] == [(asked(url, n), url, "POST") for n in (1, 2)]
    assert [path for path, _ in site.asked] == ["/graphql", "/graphql"]
    assert {headers["content-type"] for _, headers in site.asked} == {JSON}


def test_a_mark_hides_no_address_from_robots_txt(site, url, clock):
    site.page("/robots.txt", b"User-agent: *\nDisallow: /graphql$\n")
    with pytest.raises(SourceForbidden, match=r"robots\.txt does not allow"):
        LiveFetcher(OURS, sleep=clock.sleep, now=clock.now).fetch(asked(url, 1), at=AT, form=question(1))


def test_questions_are_kept_in_the_warc_beside_their_answers(url, fetched):
    _, warc = captured(url, fetched)
    records = [
        (r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), r.content_stream().read(), r.rec_headers, r.http_headers)
        for r in ArchiveIterator(io.BytesIO(warc), check_digests="raise")
    ]
    assert [kind for kind, *_ in records] == ["warcinfo", "response", "request", "response", "request"]
    for number, ((_, of_answer, body, names, _), (_, of_question, posted, with_answer, sent)) in enumerate(
        zip(records[1::2], records[2::2], strict=True), start=1
    ):
        assert of_answer == of_question == asked(url, number)
        assert (body, posted) == (b'{"asked":' + question(number).body + b"}", question(number).body)
        assert with_answer.get_header("WARC-Concurrent-To") == names.get_header("WARC-Record-ID")
        assert (sent.protocol, sent.statusline) == ("POST", "/graphql HTTP/1.1")
        assert sent.get_header("User-Agent") is None


def test_the_same_questions_and_answers_give_the_same_bytes(url, fetched):
    assert captured(url, fetched) == captured(url, fetched)


def test_a_capture_gives_each_answer_back_with_its_mark_and_method(url, fetched, tmp_path):
    store = open_store(str(tmp_path / "store"))
    capture, warc = captured(url, fetched)
    keep(store, capture, warc)
    assert [(a.url, a.method, a.body) for a in responses(store, capture)] == [(a.url, "POST", a.body) for a in fetched]


def test_a_warc_of_ours_is_replayed_question_by_question(url, fetched, tmp_path):
    folder = tmp_path / "free_ports" / "2026-11-22"
    folder.mkdir(parents=True)
    (folder / "kept.warc.gz").write_bytes(captured(url, fetched)[1])
    for number in (1, 2):
        again = ReplayFetcher(folder).fetch(asked(url, number), at=AT, form=question(number))
        assert (again.url, again.body) == (asked(url, number), fetched[number - 1].body)


def rebuilt(tmp_path, *rows):
    folder = tmp_path / "free_ports" / "2026-11-22"
    folder.mkdir(parents=True)
    for number in (1, 2):
        (folder / f"{number}.json").write_text(f'{{"answer": {number}}}')
    (folder / "requests.csv").write_text("\n".join(["url,method,status,content_type,file,headers", *rows]) + "\n")
    return ReplayFetcher(folder)


ADDRESS = "https://ports.example/graphql"


def test_rows_of_a_rebuilt_folder_answer_the_question_that_they_are_marked_with(tmp_path):
    way = rebuilt(tmp_path, *(f"{asked(ADDRESS, n)},POST,200,{JSON},{n}.json," for n in (1, 2)))
    assert [way.fetch(asked(ADDRESS, n), at=AT, form=question(n)).body for n in (1, 2)] == [b'{"answer": 1}', b'{"answer": 2}']
    with pytest.raises(SourceUnavailable, match=rf"{asked(ADDRESS, 3)}: expected an answer in free_ports/2026-11-22"):
        way.fetch(asked(ADDRESS, 3), at=AT, form=question(3))


def test_a_row_without_a_mark_answers_whatever_is_asked(tmp_path):
    way = rebuilt(tmp_path, f"{ADDRESS},POST,200,{JSON},1.json,")
    assert way.fetch(asked(ADDRESS, 2), at=AT, form=question(2)).body == b'{"answer": 1}'


def test_a_marked_answer_is_not_given_to_a_plain_request(tmp_path):
    way = rebuilt(tmp_path, f"{asked(ADDRESS, 1)},POST,200,{JSON},1.json,")
    with pytest.raises(SourceUnavailable):
        way.fetch(ADDRESS, at=AT)


def test_two_rows_for_one_question_are_a_fault_of_the_folder(tmp_path):
    way = rebuilt(tmp_path, *(f"{asked(ADDRESS, 1)},POST,200,{JSON},{n}.json," for n in (1, 2)))
    with pytest.raises(ConfigError, match=r"requests\.csv:3: expected each address once"):
        way.fetch(ADDRESS, at=AT)


def test_a_rebuilt_folder_may_tell_headers(tmp_path):
    way = rebuilt(tmp_path, f'{ADDRESS},GET,200,{JSON},1.json,"Link: <{ADDRESS}?p=2>; rel=next\nX-WP-TotalPages: 2"')
    headers = dict(way.fetch(ADDRESS, at=AT).headers)
    assert (headers["link"], headers["x-wp-totalpages"], headers["content-type"]) == (f"<{ADDRESS}?p=2>; rel=next", "2", JSON)


def test_header_lines_that_are_none_are_told_with_file_and_line(tmp_path):
    way = rebuilt(tmp_path, f"{ADDRESS},GET,200,{JSON},1.json,two pages")
    with pytest.raises(ConfigError, match=r"requests\.csv:2: expected lines like 'Link: "):
        way.fetch(ADDRESS, at=AT)


def test_a_plain_capture_has_no_request_records(fetched):
    _, warc = make_capture("x", [replace(fetched[0], method="GET")], captured_at=AT, known_at=AT, origin="live")
    assert [record.rec_type for record in ArchiveIterator(io.BytesIO(warc))] == ["warcinfo", "response"]
