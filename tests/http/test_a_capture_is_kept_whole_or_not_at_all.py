"""Captures: one WARC and one manifest, the same bytes for the same responses, damage never passed on."""

import gzip
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from citynet.errors import ConfigError, SourceChanged
from citynet.http.capture import bodies, captures, content_sha256, keep, key_of, load, make_capture, responses, sources
from citynet.http.warc import read_warc
from citynet.model import CapturedPage, Fetched
from citynet.store import open_store

AT = datetime(2019, 12, 16, 9, 30, tzinfo=UTC)


def response(url="https://example.org/members", body=b"<li>Praha</li>", **changes):
    headers = (("content-type", "text/html"), ("etag", '"v1"'), ("content-encoding", "gzip"), ("set-cookie", "id=1"), ("x-town", "Łódź"))
    return replace(Fetched(url, "GET", 200, "text/html", headers, body, url), **changes)


def captured(*fetched, at=AT, source="pact_of_free_cities", origin="live"):
    return make_capture(source, fetched or (response(),), captured_at=at, known_at=at, origin=origin)


@pytest.fixture
def store(tmp_path):
    return open_store(str(tmp_path / "store"))


def test_the_id_is_the_instant_and_the_start_of_the_content_hash():
    capture, _ = captured()
    of_body = hashlib.sha256(b"<li>Praha</li>").hexdigest()
    content = hashlib.sha256(f'[["https://example.org/members",200,"{of_body}"]]'.encode()).hexdigest()
    assert capture.capture_id == f"20191216T093000Z-{content[:12]}"
    assert capture.content_sha256 == content
    assert capture.pages == (CapturedPage("https://example.org/members", "https://example.org/members", 200, "text/html", 14, of_body),)


def test_the_same_responses_give_the_same_bytes():
    one, other = captured(), captured()
    assert one == other
    assert hashlib.sha256(one[1]).hexdigest() == one[0].warc_sha256


def test_the_warc_is_sound_and_names_neither_machine_nor_folder():
    _, warc = captured(response(), response("https://example.org/more", b"<li>Brno</li>"))
    records = [
        (r.rec_type, r.rec_headers.get_header("WARC-Date"), r.content_stream().read())
        for r in ArchiveIterator(io.BytesIO(warc), check_digests="raise")
    ]
    assert [(kind, date) for kind, date, _ in records] == [(kind, "2019-12-16T09:30:00Z") for kind in ("warcinfo", "response", "response")]
    assert [content for _, _, content in records[1:]] == [b"<li>Praha</li>", b"<li>Brno</li>"]
    plain = gzip.decompress(warc)
    assert os.uname().nodename.encode() not in plain
    assert b"hostname" not in plain
    assert b"set-cookie" not in plain.lower()
    assert b"content-encoding" not in plain.lower()


def test_another_time_zone_or_a_part_of_a_second_makes_no_other_capture():
    elsewhere = AT.astimezone(timezone(timedelta(hours=5))) + timedelta(microseconds=7)
    assert captured(at=elsewhere) == captured()


@pytest.mark.parametrize(
    ("fetched", "origin", "at"),
    [
        ((), "live", AT),
        ((response(),), "guessed", AT),
        ((response(), response(body=b"")), "live", AT),
        ((response(),), "live", AT.replace(tzinfo=None)),
    ],
    ids=["nothing fetched", "unknown origin", "one address twice", "no time zone"],
)
def test_what_cannot_be_a_capture_is_a_bug_of_the_caller(fetched, origin, at):
    with pytest.raises(ValueError, match="expected"):
        make_capture("x", fetched, captured_at=at, known_at=at, origin=origin)


def test_a_kept_capture_comes_back_as_it_was(store):
    moved = response("https://example.org/old", b"\x00\xff", final_url="https://example.org/new", content_type="", headers=())
    capture, warc = captured(response(), moved)
    assert keep(store, capture, warc) == f"captures/pact_of_free_cities/{capture.capture_id}"
    assert load(store, "pact_of_free_cities", capture.capture_id) == capture
    assert captures(store, "pact_of_free_cities") == [capture]
    assert bodies(store, capture) == {"https://example.org/members": b"<li>Praha</li>", "https://example.org/old": b"\x00\xff"}
    kept = responses(store, capture)
    assert dict(kept[0].headers)["etag"] == '"v1"'
    assert (kept[1].final_url, kept[1].status) == ("https://example.org/new", 200)


def test_the_manifest_is_written_for_people_and_for_diffs(store):
    capture, warc = captured()
    keep(store, capture, warc)
    text = store.read(f"{key_of('pact_of_free_cities', capture.capture_id)}/manifest.json").decode()
    assert text.endswith("}\n")
    values = json.loads(text)
    assert list(values) == sorted(values)
    assert values["captured_at"] == values["known_at"] == "2019-12-16T09:30:00Z"


def test_keeping_again_changes_no_byte(store, tmp_path):
    capture, warc = captured()
    keep(store, capture, warc)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*") if path.is_file()}
    keep(store, replace(capture, known_at=AT + timedelta(days=1)), warc)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*") if path.is_file()} == before


def test_captures_are_listed_by_instant_and_sources_by_name(store):
    for source, days in [("b", 2), ("b", 0), ("a", 1), ("b", 1)]:
        keep(store, *captured(at=AT + timedelta(days=days), source=source))
    assert sources(store) == ["a", "b"]
    assert [capture.captured_at.day for capture in captures(store, "b")] == [16, 17, 18]
    assert captures(store, "c") == []


def test_a_store_of_another_kind_holds_captures_too():
    store = open_store("memory://captures-of-a-test")
    capture, warc = captured()
    keep(store, capture, warc)
    assert sources(store) == ["pact_of_free_cities"]
    assert bodies(store, captures(store, "pact_of_free_cities")[0]) == {"https://example.org/members": b"<li>Praha</li>"}


def test_a_warc_without_manifest_is_no_capture(store):
    capture, warc = captured()
    store.write(f"{key_of('pact_of_free_cities', capture.capture_id)}/capture.warc.gz", warc)
    assert (sources(store), captures(store, "pact_of_free_cities")) == ([], [])
    with pytest.raises(ConfigError, match="found none"):
        load(store, "pact_of_free_cities", capture.capture_id)


def test_the_warc_of_another_capture_is_not_kept(store):
    capture, _ = captured()
    with pytest.raises(ValueError, match="another one"):
        keep(store, capture, captured(response(body=b"other"))[1])
    assert store.keys() == []


@pytest.mark.parametrize(
    "damage", [lambda warc: warc[:-30], lambda warc: b"", lambda warc: warc[:200] + b"\x00" + warc[201:]], ids=["cut", "empty", "altered"]
)
def test_a_damaged_warc_is_named_with_what_was_expected_and_seen(store, damage):
    capture, warc = captured()
    folder = keep(store, capture, warc)
    store.write(f"{folder}/capture.warc.gz", damage(warc))
    with pytest.raises(SourceChanged, match=rf"{folder}/capture.warc.gz: expected a WARC with sha256 {capture.warc_sha256}, got \d+ bytes"):
        bodies(store, capture)


def test_a_missing_warc_is_named(store):
    capture, warc = captured()
    folder = keep(store, capture, warc)
    store.delete(f"{folder}/capture.warc.gz")
    with pytest.raises(SourceChanged, match=rf"{folder}/capture\.warc\.gz: expected the WARC"):
        bodies(store, capture)


def test_a_page_that_is_not_the_one_of_the_manifest_is_named(store):
    capture, warc = captured()
    wrong = replace(capture, pages=(replace(capture.pages[0], sha256="0" * 64),))
    keep(store, wrong, warc)
    with pytest.raises(SourceChanged, match=r"https://example\.org/members with sha256 0000"):
        bodies(store, wrong)


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"{}", b'{"captured_at": "yesterday", "known_at": "", "pages": []}', b"\xff"])
def test_a_damaged_manifest_is_named(store, text):
    capture, warc = captured()
    folder = keep(store, capture, warc)
    store.write(f"{folder}/manifest.json", text)
    with pytest.raises(SourceChanged, match=rf"{folder}/manifest\.json: expected the manifest"):
        captures(store, "pact_of_free_cities")


@given(st.data())
def test_a_broken_warc_file_never_ends_in_a_foreign_error_nor_in_other_content(data):
    _, warc = captured(response(), response("https://example.org/more", b"<li>Brno</li>" * 50))
    plain = gzip.decompress(warc)
    whole = data.draw(st.sampled_from([warc, plain]))
    broken = whole[: data.draw(st.integers(0, len(whole) - 5))]
    with suppress(SourceChanged):
        assert {answer.body for answer in read_warc(broken, "some.warc.gz")} <= {b"<li>Praha</li>", b"<li>Brno</li>" * 50}


@pytest.mark.parametrize("url", ["https://example.org/Łódź?q=ü&x=1", "https://example.org/a b", "https://example.org/%C5%81?x=%0A"])
def test_addresses_in_other_letters_come_back_as_asked(store, url):
    capture, warc = captured(response(url))
    keep(store, capture, warc)
    assert bodies(store, capture) == {url: b"<li>Praha</li>"}


@given(st.data())
def test_an_altered_warc_file_never_ends_in_a_foreign_error(data):
    _, warc = captured(response(), response("https://example.org/more", b"<li>Brno</li>", headers=(("transfer-encoding", "chunked"),)))
    altered = bytearray(data.draw(st.sampled_from([warc, gzip.decompress(warc)])))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(altered) - 1))
        altered[start : start + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    with suppress(SourceChanged):
        read_warc(bytes(altered), "some.warc.gz")


pages = st.builds(
    CapturedPage,
    url=st.text(max_size=30),
    final_url=st.just(""),
    status=st.integers(200, 599),
    content_type=st.just(""),
    bytes=st.just(0),
    sha256=st.text("0123456789abcdef", min_size=4, max_size=4),
)


@given(st.lists(pages, max_size=6), st.randoms(use_true_random=False))
def test_the_content_hash_does_not_depend_on_the_order_of_pages(found, random):
    shuffled = random.sample(found, len(found))
    assert content_sha256(shuffled) == content_sha256(found)


@given(pages, pages)
def test_pages_that_differ_have_different_content_hashes(one, other):
    assert (content_sha256([one]) == content_sha256([other])) == (one == other)


@given(st.lists(st.tuples(st.integers(0, 9), st.binary(max_size=5)), min_size=1, max_size=6, unique_by=lambda pair: pair[0]))
def test_the_capture_id_does_not_depend_on_order_nor_on_headers(found):
    fetched = [response(f"https://example.org/{number}", body) for number, body in found]
    one, _ = captured(*fetched)
    other, _ = captured(*(replace(f, headers=(("date", "later"),)) for f in reversed(fetched)))
    assert one.capture_id == other.capture_id


KEEP = """
import sys
from datetime import UTC, datetime
from citynet.http.capture import keep, make_capture
from citynet.model import Fetched
from citynet.store import Store, open_store

at = datetime(2019, 12, 16, tzinfo=UTC)
url = "https://example.org/members"
body = bytes(range(256)) * 400
capture, warc = make_capture("x", [Fetched(url, "GET", 200, "", (), body, url)], captured_at=at, known_at=at, origin="live")
store = open_store(sys.argv[1])
"""


def child(code, store):
    return subprocess.run([sys.executable, "-c", KEEP + code, store.url], capture_output=True, text=True, timeout=60, check=False)


def test_a_run_killed_between_warc_and_manifest_leaves_no_capture_and_the_next_one_keeps_it(store):
    killed = child(
        """
import os, signal
write = Store.write
def write_and_die(self, key, data):
    write(self, key, data)
    os.kill(os.getpid(), signal.SIGKILL)
Store.write = write_and_die
keep(store, capture, warc)
""",
        store,
    )
    assert killed.returncode == -signal.SIGKILL
    assert [key.rsplit("/", 1)[-1] for key in store.keys("captures")] == ["capture.warc.gz"]
    assert captures(store, "x") == []
    assert child("keep(store, capture, warc)", store).returncode == 0
    assert len(bodies(store, captures(store, "x")[0])["https://example.org/members"]) == 256 * 400


def test_a_full_disk_leaves_nothing_half_written(store):
    full = child(
        """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))
keep(store, capture, warc)
""",
        store,
    )
    assert full.returncode == 1
    assert full.stderr.strip().endswith("OSError: [Errno 27] File too large")
    assert [path for path in Path(store.url).rglob("*") if path.is_file()] == []
