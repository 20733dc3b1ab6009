"""Replay folders: what they answer, what they refuse, and when their pages stood so."""

import gzip
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from citynet.errors import ConfigError, SourceChanged, SourceForbidden, SourceUnavailable
from citynet.http.capture import make_capture
from citynet.http.replay import ReplayFetcher, due_at, replay_dates
from citynet.model import Fetched

AT = datetime(2019, 12, 16, tzinfo=UTC)
HEADER = "url,method,status,content_type,file\n"
URL = "https://www.pactoffreecities.com"


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "replay" / "pact_of_free_cities" / "2019-12-16"
    found.mkdir(parents=True)
    return found


def rebuilt(folder: Path, *rows: str, header: str = HEADER) -> ReplayFetcher:
    (folder / "home.html").write_bytes(b"<li>Bratislava</li>")
    (folder / "requests.csv").write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return ReplayFetcher(folder)


def archived(folder: Path, *records: tuple[str, str, list[tuple[str, str]], bytes], name: str = "a.warc.gz") -> ReplayFetcher:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, status, headers, body in records:
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), length=len(body), http_headers=http))
    (folder / name).write_bytes(out.getvalue())
    return ReplayFetcher(folder)


def test_dates_ascend_over_all_networks_and_statistics(tmp_path):
    for name in ("b/2022-09-30", "b/2019-12-16", "a/2021-09-21", "statistics/2019-12-16"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "README.md").write_text("how they were made")
    assert replay_dates(tmp_path) == [date(2019, 12, 16), date(2021, 9, 21), date(2022, 9, 30)]
    assert due_at(tmp_path, date(2019, 12, 16)) == ["b", "statistics"]
    assert due_at(tmp_path, date(2020, 1, 1)) == []


@pytest.mark.parametrize("name", ["16-12-2019", "20191216", "2019-02-30", "2019-1-2"])
def test_a_folder_that_is_no_date_is_named_rather_than_passed_over(tmp_path, name):
    (tmp_path / "a" / name).mkdir(parents=True)
    with pytest.raises(ConfigError, match="YYYY-MM-DD"):
        replay_dates(tmp_path)


def test_a_replay_folder_without_anything_is_not_an_empty_success(tmp_path):
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(ConfigError, match="to replay, found none"):
            replay_dates(folder)


def test_a_rebuilt_page_is_given_as_the_web_would(folder):
    fetcher = rebuilt(folder, f"{URL},GET,200,text/html; charset=utf-8,home.html")
    assert fetcher.fetch(URL, at=AT) == Fetched(
        url=URL,
        method="GET",
        status=200,
        content_type="text/html; charset=utf-8",
        headers=(("content-type", "text/html; charset=utf-8"),),
        body=b"<li>Bratislava</li>",
        final_url=URL,
    )
    assert (fetcher.origin, fetcher.captured_at(AT)) == ("reconstructed", datetime(2019, 12, 16, tzinfo=UTC))


def test_spellings_of_an_address_find_the_same_page(folder):
    fetcher = rebuilt(folder, f"{URL},GET,200,text/html,home.html")
    assert fetcher.fetch("https://WWW.pactoffreecities.com/#members", at=AT).body == b"<li>Bratislava</li>"


def test_an_address_the_folder_does_not_hold_is_unavailable(folder):
    fetcher = rebuilt(folder, f"{URL},GET,200,text/html,home.html")
    with pytest.raises(SourceUnavailable, match=r"/news: expected an answer in pact_of_free_cities/2019-12-16"):
        fetcher.fetch(f"{URL}/news", at=AT)


@pytest.mark.parametrize(
    ("status", "error"),
    [(0, SourceUnavailable), (503, SourceUnavailable), (429, SourceUnavailable), (403, SourceForbidden), (404, SourceChanged)],
)
def test_a_status_means_what_it_means_live(folder, status, error):
    with pytest.raises(error, match=URL):
        rebuilt(folder, f"{URL},GET,{status},,").fetch(URL, at=AT)


def test_an_unchanged_page_is_the_previous_one(folder):
    previous = Fetched(URL, "GET", 200, "", (), b"as before", URL)
    assert rebuilt(folder, f"{URL},GET,304,,").fetch(URL, at=AT, previous=previous) is previous


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (f"{URL},GET,200,text/html,missing.html", r"requests\.csv:3: expected the file missing\.html"),
        (f"{URL},GET,200,text/html,../../../secret", r"requests\.csv:3: expected a file inside this folder"),
        (f"{URL},GET,200,text/html,/etc/hostname", r"requests\.csv:3: expected a file inside this folder"),
        (f"{URL},GET,200,text/html,link", r"requests\.csv:3: expected a file inside this folder"),
        (f"{URL},GET,200,text/html,", r"requests\.csv:3: expected a file"),
        (f"{URL},GET,200", r"requests\.csv:3: expected a file"),
        (f"{URL},GET,ok,text/html,home.html", r"requests\.csv:3: expected 0 or a status"),
        (f"{URL},PUT,200,text/html,home.html", r"requests\.csv:3: expected GET or POST"),
        ("ftp://x.org/a,GET,200,text/html,home.html", r"requests\.csv:3: expected an http or https address"),
        ("http://[,GET,200,text/html,home.html", r"requests\.csv:3: expected an http or https address"),
        ("https://x.org/ok#top,GET,200,text/html,home.html", r"requests\.csv:3: expected each address once"),
        (f'"{URL}', r"requests\.csv: expected a CSV file"),
    ],
)
def test_a_broken_row_is_named_with_file_and_line(folder, row, expected):
    (folder.parent / "secret").write_text("not of this replay")
    (folder / "link").symlink_to(folder.parent / "secret")
    fetcher = rebuilt(folder, "https://x.org/ok,GET,200,text/html,home.html", row)
    with pytest.raises(ConfigError, match=expected):
        fetcher.fetch(URL, at=AT)


def test_a_missing_column_is_named(folder):
    with pytest.raises(ConfigError, match=r"requests\.csv:1: .*missing: method, file"):
        rebuilt(folder, "x", header="url,status,content_type\n").fetch(URL, at=AT)


def test_a_table_that_is_not_utf8_is_named(folder):
    fetcher = rebuilt(folder)
    (folder / "requests.csv").write_bytes(HEADER.encode() + b"https://x.org/\xe9\xe8,GET,200,,\n")
    with pytest.raises(ConfigError, match=r"requests\.csv: expected a CSV file in UTF-8"):
        fetcher.fetch(URL, at=AT)


def test_a_dated_folder_with_nothing_in_it_is_named(folder):
    with pytest.raises(ConfigError, match="neither"):
        ReplayFetcher(folder).fetch(URL, at=AT)


def test_a_dated_folder_with_both_kinds_has_no_one_origin(folder):
    rebuilt(folder)
    with pytest.raises(ConfigError, match="both"):
        archived(folder, (URL, "200 OK", [], b"")).fetch(URL, at=AT)


def test_an_archived_page_stood_so_at_its_memento_date(folder):
    headers = [
        ("Content-Type", "text/html"),
        ("Memento-Datetime", "Mon, 16 Dec 2019 17:45:10 GMT"),
        ("Link", f'<{URL}/>; rel="original", <https://archive.example/timemap>; rel="timemap"'),
    ]
    fetcher = archived(folder, (f"https://archive.example/x/{URL}/", "200 OK", headers, b"<li>Praha</li>"))
    fetched = fetcher.fetch(URL, at=AT)
    assert (fetched.url, fetched.body, fetched.content_type) == (URL, b"<li>Praha</li>", "text/html")
    assert (fetcher.origin, fetcher.captured_at(AT)) == ("archived", datetime(2019, 12, 16, 17, 45, 10, tzinfo=UTC))


def test_an_archive_address_leads_to_the_original_and_without_a_memento_the_folder_dates_it(folder):
    fetcher = archived(folder, (f"https://web.archive.org/web/20191216174510id_/{URL}/", "200 OK", [], b"<li>Praha</li>"))
    assert fetcher.fetch(URL, at=AT).body == b"<li>Praha</li>"
    assert fetcher.captured_at(AT) == datetime(2019, 12, 16, tzinfo=UTC)


def test_packed_and_chunked_records_are_unpacked(folder):
    packed = gzip.compress(b"<li>Praha</li>", mtime=0)
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
    headers = [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    assert archived(folder, (URL, "200 OK", headers, chunked)).fetch(URL, at=AT).body == b"<li>Praha</li>"


def test_redirects_in_an_archive_are_followed(folder):
    fetcher = archived(
        folder,
        (f"{URL}/", "301 Moved Permanently", [("Location", "/members")], b""),
        (f"{URL}/members", "200 OK", [], b"<li>Praha</li>"),
        (f"{URL}/round", "302 Found", [("Location", "/round")], b""),
    )
    assert (fetcher.fetch(URL, at=AT).url, fetcher.fetch(URL, at=AT).final_url) == (URL, f"{URL}/members")
    with pytest.raises(SourceChanged, match="5 redirects"):
        fetcher.fetch(f"{URL}/round", at=AT)


def test_a_capture_of_ours_can_be_replayed(folder):
    original = Fetched(URL, "GET", 200, "text/html", (), "<li>Łódź</li>".encode(), f"{URL}/home")
    _, warc = make_capture("pact_of_free_cities", [original], captured_at=AT, known_at=AT, origin="live")
    (folder / "capture.warc.gz").write_bytes(warc)
    fetched = ReplayFetcher(folder).fetch(URL, at=AT)
    assert (fetched.body, fetched.final_url, fetched.content_type) == (original.body, original.final_url, "text/html")


@pytest.mark.parametrize("keep", [-1, -40, 300, 30, 1, 0])
def test_a_cut_archive_is_named(folder, keep):
    fetcher = archived(folder, (URL, "200 OK", [], b"<li>Praha</li>" * 20))
    whole = (folder / "a.warc.gz").read_bytes()
    (folder / "a.warc.gz").write_bytes(whole[:keep])
    with pytest.raises(SourceChanged, match=r"2019-12-16/a\.warc\.gz: expected"):
        fetcher.fetch(URL, at=AT)


def test_a_cut_record_in_a_plain_archive_under_a_gzip_name_is_named(folder):
    archived(folder, (URL, "200 OK", [], b"<li>Praha</li>" * 20))
    plain = gzip.decompress((folder / "a.warc.gz").read_bytes())
    (folder / "a.warc.gz").write_bytes(plain[:-50])
    with pytest.raises(SourceChanged, match="46 more bytes"):
        ReplayFetcher(folder).fetch(URL, at=AT)
