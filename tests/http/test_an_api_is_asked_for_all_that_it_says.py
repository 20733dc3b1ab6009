"""An API tells in the body of an error what is the matter, and may answer with more than a page ever holds."""

import gzip
import json
import os
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.errors import SourceForbidden, SourceUnavailable, TooBig
from citynet.http.capture import make_capture
from citynet.http.decoding import CutShort, unpacked
from citynet.http.fetch import LiveFetcher, Politeness
from citynet.http.replay import ReplayFetcher
from citynet.http.warc import read_warc
from citynet.model import Fetched
from loopback import Clock, Site

AT = datetime(2026, 11, 23, 11, tzinfo=UTC)
OURS = Politeness(
    contact="desk@example.org",
    delay_seconds=0.0,
    timeout=(2.0, 2.0),
    total_seconds=5.0,
    max_bytes=100,
    api_max_bytes=1_000,
    tries=2,
    allow_private=True,
)
ERROR = json.dumps({"error": [{"status": 413, "label": "EXTRACTION_TOO_BIG"}]}).encode()


def fetcher(clock: Clock, **changes: object) -> LiveFetcher:
    return LiveFetcher(replace(OURS, **changes), sleep=clock.sleep, now=clock.now)


@pytest.mark.parametrize("status", [200, 400, 404, 413, 500, 503])
def test_the_body_of_an_answer_is_given_whatever_its_status(site: Site, clock: Clock, status: int) -> None:
    site.page("/api", gzip.compress(ERROR), status, Content_Encoding="gzip")
    answer = fetcher(clock).ask(site.url("/api"), at=AT)
    assert (answer.status, answer.body, answer.url) == (status, ERROR, site.url("/api"))
    assert len(site.asked) == (2 if status >= 500 else 1)  # a fault that may pass is asked again, as any page is


def test_a_redirect_within_the_host_is_followed_and_one_to_another_host_is_told(site: Site, clock: Clock) -> None:
    site.page("/moved", b"", 301, Location="/api")
    site.page("/api", b"{}")
    assert fetcher(clock).ask(site.url("/moved"), at=AT).body == b"{}"
    site.page("/sorry", b"", 302, Location=site.url("/away", host="localhost"))
    answer = fetcher(clock).ask(site.url("/sorry"), at=AT)
    assert (answer.status, dict(answer.headers)["location"]) == (302, site.url("/away", host="localhost"))
    assert "/away" not in [path for path, _ in site.every_request]


def test_an_answer_may_be_larger_than_a_page_but_not_endless(site: Site, clock: Clock) -> None:
    site.page("/api", b"x" * 1_000)
    assert len(fetcher(clock).ask(site.url("/api"), at=AT).body) == 1_000
    site.page("/api", b"x" * 1_001)
    with pytest.raises(TooBig, match="at most 1000 bytes"):
        fetcher(clock).ask(site.url("/api"), at=AT)
    site.page("/api", gzip.compress(b"x" * 1_001), Content_Encoding="gzip")
    with pytest.raises(TooBig, match="beyond the limit"):
        fetcher(clock).ask(site.url("/api"), at=AT)


def test_robots_txt_holds_for_an_api_too(site: Site, clock: Clock) -> None:
    site.page("/robots.txt", b"User-agent: *\nDisallow: /api")
    with pytest.raises(SourceForbidden):
        fetcher(clock, max_bytes=1_000).ask(site.url("/api"), at=AT)


def test_a_replay_gives_the_same_answers(tmp_path: Path) -> None:
    folder = tmp_path / "statistics" / "2026-08-31"
    folder.mkdir(parents=True)
    (folder / "error.json").write_bytes(ERROR)
    api = "https://ec.europa.eu/api"
    rows = [
        f"{api}?a=1,GET,413,application/json,error.json,",
        f"{api}?a=2,GET,0,,,",
        f"{api}?a=3,GET,302,,,Location: https://sorry.ec.europa.eu/",
    ]
    (folder / "requests.csv").write_text("url,method,status,content_type,file,headers\n" + "\n".join(rows) + "\n", encoding="utf-8")
    way = ReplayFetcher(folder)
    assert (way.ask(f"{api}?a=1", at=AT).status, way.ask(f"{api}?a=1", at=AT).body) == (413, ERROR)
    assert way.ask(f"{api}?a=3", at=AT).status == 302
    for url in (f"{api}?a=2", f"{api}?a=4"):
        with pytest.raises(SourceUnavailable):
            way.ask(url, at=AT)


@given(st.lists(st.binary(max_size=200), max_size=5), st.integers(1, 70), st.sampled_from(["gzip", "deflate", "identity", "gzip, deflate"]))
def test_a_body_is_the_same_in_whatever_pieces_it_arrives(members: list[bytes], size: int, encoding: str) -> None:
    import zlib

    whole = b"".join(members)
    packed = b"".join(map(gzip.compress, members)) if "gzip" in encoding else whole
    packed = zlib.compress(packed) if "deflate" in encoding else packed
    arriving = (packed[start : start + size] for start in range(0, len(packed), size))
    assert b"".join(unpacked(arriving, encoding, most=2_000)) == whole


@given(st.binary(min_size=1, max_size=300), st.data())
def test_a_packed_body_cut_anywhere_is_never_taken_for_whole(body: bytes, data: st.DataObject) -> None:
    packed = gzip.compress(body)
    keep = data.draw(st.integers(2, len(packed) - 1))
    with pytest.raises(CutShort):
        b"".join(unpacked([packed[:keep]], "gzip", most=2_000))


def test_a_large_capture_is_read_into_memory_once() -> None:
    body = b"0123456789abcdef" * 1_250_000
    answer = Fetched("https://ec.europa.eu/api", "GET", 200, "application/json", (), body, "https://ec.europa.eu/api")
    _, warc = make_capture("statistics.urb_cpop1", [answer], captured_at=AT, known_at=AT, origin="live")
    tracemalloc.start()
    assert read_warc(warc, "capture.warc.gz")[0].body == body
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1.3 * len(body)


LARGE = """
import resource, sys
from datetime import UTC, datetime
from citynet.http.fetch import LiveFetcher, Politeness
way = LiveFetcher(Politeness(contact="desk@example.org", delay_seconds=0.0, allow_private=True))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
answer = way.ask(sys.argv[1], at=datetime(2026, 11, 23, tzinfo=UTC))
print(len(answer.body), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_a_large_answer_is_in_memory_once(site: Site) -> None:
    """60 MB, packed on the way: what arrives is unpacked to disk, and read from there when it is whole."""
    site.page("/large", gzip.compress(b"0123456789abcdef" * 3_750_000, compresslevel=1), Content_Encoding="gzip")
    site.page("/small", b"{}")
    used = {}
    for path in ("/small", "/large"):
        command = [sys.executable, "-c", LARGE, site.url(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ.copy(), timeout=60)
        used[path] = [int(number) for number in done.stdout.split()]
    assert used["/large"][0] == 60_000_000
    assert used["/large"][1] - used["/small"][1] < 1.3 * 60
