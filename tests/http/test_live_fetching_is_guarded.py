"""What comes from the web is hostile: sizes, times and addresses."""

import gzip
import socket
import time
import tracemalloc
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from citynet.errors import SourceChanged, SourceForbidden, SourceUnavailable
from citynet.http.addresses import allowed, is_public, resolved, same_page_key, without_credentials
from citynet.http.decoding import TooLarge, decoded
from citynet.http.fetch import LiveFetcher, Politeness

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
OURS = Politeness(
    contact="desk@example.org", delay_seconds=0.0, timeout=(2.0, 2.0), total_seconds=5.0, max_bytes=10_000, tries=1, allow_private=True
)


def fetcher(clock, resolve=resolved, **changes):
    return LiveFetcher(replace(OURS, **changes), sleep=clock.sleep, now=clock.now, resolve=resolve)


def redirect(location):
    def send(handler):
        handler.send_response(302)
        handler.send_header("Location", location)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return send


def test_a_body_over_the_limit_is_refused(site, clock):
    site.page("/a", b"x" * 10_001)
    with pytest.raises(SourceChanged, match="at most 10000 bytes"):
        fetcher(clock).fetch(site.url("/a"), at=AT)


def test_a_body_at_the_limit_is_read(site, clock):
    site.page("/a", b"x" * 10_000)
    assert len(fetcher(clock).fetch(site.url("/a"), at=AT).body) == 10_000


def test_an_endless_body_is_refused_at_the_limit(site, clock):
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 1_000)

    site.answers["/a"] = endless
    started = time.monotonic()
    with pytest.raises(SourceChanged, match="at most 10000 bytes"):
        fetcher(clock).fetch(site.url("/a"), at=AT)
    assert time.monotonic() - started < 2.0  # at the limit, not when the five seconds are over


@pytest.mark.parametrize("packed", [gzip.compress(b"0" * 5_000_000), gzip.compress(b"0" * 9_000) * 2], ids=["one member", "two members"])
def test_a_decompression_bomb_is_refused(site, clock, packed):
    assert len(packed) < 10_000
    site.page("/a", packed, Content_Encoding="gzip")
    with pytest.raises(SourceChanged, match="beyond the limit"):
        fetcher(clock).fetch(site.url("/a"), at=AT)


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_bomb_is_not_even_unpacked(encoding, pack):
    bomb = pack(b"0" * 30_000_000)
    tracemalloc.start()
    with pytest.raises(TooLarge):
        decoded(bomb, encoding, most=10_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"Ghent")),
        ("x-gzip", gzip.compress(b"Gh") + gzip.compress(b"ent")),
        ("deflate", zlib.compress(b"Ghent")),
        ("deflate", zlib.compress(b"Ghent")[2:-4]),
        ("gzip", b"Ghent"),
        ("identity", b"Ghent"),
    ],
    ids=["gzip", "two gzip members", "deflate", "bare deflate", "gzip in name only", "identity"],
)
def test_the_body_is_unpacked(site, clock, encoding, packed):
    site.page("/a", packed, Content_Encoding=encoding)
    assert fetcher(clock).fetch(site.url("/a"), at=AT).body == b"Ghent"
    assert site.asked[0][1]["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("encoding", "packed"), [("br", b"\x0b\x02\x80"), ("gzip", b"\x1f\x8b\x08\x00" + b"\xff" * 30)], ids=["brotli", "broken gzip"]
)
def test_a_body_that_is_not_in_its_encoding_is_a_changed_source(site, clock, encoding, packed):
    site.page("/a", packed, Content_Encoding=encoding)
    with pytest.raises(SourceChanged, match="/a: expected"):
        fetcher(clock).fetch(site.url("/a"), at=AT)


def test_a_body_shorter_than_announced_is_not_taken_for_whole(site, clock):
    site.page("/a", b"Ghent", Content_Length="500")
    with pytest.raises(SourceUnavailable, match="cut after 5 bytes with 495 to come"):
        fetcher(clock).fetch(site.url("/a"), at=AT)


def test_a_packed_body_that_stops_early_is_not_taken_for_whole(site, clock):
    site.page("/a", gzip.compress(b"Ghent, Leuven, Antwerp")[:-9], Content_Encoding="gzip")
    with pytest.raises(SourceUnavailable, match="stops after"):
        fetcher(clock).fetch(site.url("/a"), at=AT)


def test_a_chunked_body_that_stops_early_is_not_taken_for_whole(site, clock):
    def cut(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"5\r\nGhent\r\n")

    site.answers["/a"] = cut
    with pytest.raises(SourceUnavailable, match="whole answer"):
        fetcher(clock).fetch(site.url("/a"), at=AT)


def drip_body(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def drip_headers(handler):
    for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 200:
        handler.wfile.write(bytes([letter]))
        time.sleep(0.05)


@pytest.mark.parametrize("drip", [drip_body, drip_headers])
def test_a_server_that_drips_is_cut_off_when_the_time_is_over(site, clock, drip):
    site.answers["/a"] = drip
    started = time.monotonic()
    with pytest.raises(SourceUnavailable, match=r"longer than 0\.4 s"):
        fetcher(clock, total_seconds=0.4).fetch(site.url("/a"), at=AT)
    assert time.monotonic() - started < 3.0


def test_a_server_that_says_nothing_is_left_after_the_read_timeout(site, clock):
    site.answers["/a"] = lambda handler: time.sleep(1.0)
    with pytest.raises(SourceUnavailable, match=r"nothing came for 0\.2 s"):
        fetcher(clock, timeout=(1.0, 0.2)).fetch(site.url("/a"), at=AT)


def test_a_closed_port_is_an_unavailable_source(clock):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening
        port = taken.getsockname()[1]
        with pytest.raises(SourceUnavailable, match="Connection refused"):
            fetcher(clock).fetch(f"http://127.0.0.1:{port}/a", at=AT)


def test_an_unknown_host_name_is_an_unavailable_source(clock):
    def unknown(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(SourceUnavailable, match=r"nowhere\.example: expected a known host name"):
        fetcher(clock, resolve=unknown).fetch("http://nowhere.example/a", at=AT)


def test_redirects_are_followed_to_the_page(site, clock):
    site.answers["/a"] = redirect("b?x=1")
    site.answers["/b?x=1"] = redirect(site.url("/c", host="localhost"))
    site.page("/c")
    fetched = fetcher(clock, resolve=lambda host, port: ["127.0.0.1"]).fetch(site.url("/a"), at=AT)
    assert (fetched.url, fetched.final_url) == (site.url("/a"), site.url("/c", host="localhost"))


@pytest.mark.parametrize(("status", "error"), [(302, SourceChanged), (503, SourceUnavailable), (404, SourceChanged)])
def test_the_body_of_an_answer_that_is_no_page_is_not_read(site, clock, status, error):
    def endless(handler):
        handler.send_response(status)
        handler.send_header("Location", "/gone")
        handler.send_header("Content-Encoding", "br")
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 1_000)

    site.answers["/a"] = endless
    with pytest.raises(error, match="expected status 200"):
        fetcher(clock).fetch(site.url("/a"), at=AT)


def test_a_redirect_to_an_address_in_other_letters_is_followed(site, clock):
    def send(handler):
        handler.send_response(302)
        handler.wfile.write(b"".join(handler._headers_buffer) + "Location: /Łódź\r\nContent-Length: 0\r\n\r\n".encode())

    site.answers["/a"] = send
    site.page("/%C5%81%C3%B3d%C5%BA")
    assert fetcher(clock).fetch(site.url("/a"), at=AT).final_url == site.url("/Łódź")


def test_a_page_that_sends_us_on_and_on_is_a_changed_source(site, clock):
    site.answers["/a"] = redirect("/a")
    with pytest.raises(SourceChanged, match="at most 5 redirects"):
        fetcher(clock).fetch(site.url("/a"), at=AT)
    assert len(site.asked) == 6


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/a", "javascript:alert(1)", "http://[", "http://h:99999/"])
def test_a_redirect_to_anything_but_the_web_is_refused(site, clock, location):
    site.answers["/a"] = redirect(location)
    with pytest.raises((SourceForbidden, SourceChanged), match="expected"):
        fetcher(clock).fetch(site.url("/a"), at=AT)
    assert len(site.asked) == 1


@pytest.mark.parametrize("target", ["127.0.0.2", "10.0.0.7", "[::1]", "[::ffff:10.0.0.7]", "169.254.169.254", "inside.example"])
def test_a_redirect_into_our_own_network_is_refused(site, clock, monkeypatch, target):
    # The server of this test stands for the open internet, so its address alone counts as public.
    monkeypatch.setattr("citynet.http.addresses.is_public", lambda address: address == "127.0.0.1" or is_public(address))
    known = {"network.example": ["127.0.0.1"], "inside.example": ["127.0.0.1", "192.168.1.5"]}
    site.answers["/a"] = redirect(f"http://{target}:{site.port}/secret")
    ours = fetcher(clock, resolve=lambda host, port: known.get(host, [host.strip("[]")]), allow_private=False)
    with pytest.raises(SourceForbidden, match="expected an address on the open internet"):
        ours.fetch(f"http://network.example:{site.port}/a", at=AT)
    assert [path for path, _ in site.every_request] == ["/robots.txt", "/a"]


def test_our_own_machine_is_not_asked_unless_the_operator_allows_it(site, clock):
    with pytest.raises(SourceForbidden, match=r"127\.0\.0\.1"):
        fetcher(clock, allow_private=False).fetch(site.url("/a"), at=AT)
    assert site.every_request == []


def test_a_name_is_looked_up_once_a_connection_so_that_it_cannot_change_its_mind(site, clock):
    asked = []

    def changing(host, port):
        asked.append(host)
        return ["127.0.0.1"]

    site.page("/a")
    fetcher(clock, resolve=changing).fetch(f"http://network.example:{site.port}/a", at=AT)
    assert asked == ["network.example", "network.example"]  # robots.txt, then the page
    assert site.asked[0][1]["host"] == f"network.example:{site.port}"


LOCAL = ["127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "0.0.0.0", "0.1.2.3"]
SPECIAL = [
    "100.64.0.1",
    "100.127.255.255",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
]
IPV6 = ["::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "2001:db8::1", "64:ff9b:1::1"]
IPV4_IN_IPV6 = [
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:a00:1::",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
]


@pytest.mark.parametrize("address", [*LOCAL, *SPECIAL, *IPV6, *IPV4_IN_IPV6])
def test_addresses_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_open_internet_are_public(address):
    assert is_public(address)


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    with pytest.raises(SourceForbidden, match=r"10\.0\.0\.1"):
        allowed("mixed.example", 443, resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"], allow_private=False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://Example.org", "https://example.org/"),
        ("https://example.org/a#list", "https://example.org/a"),
        ("https://me:pw@example.org/a", "https://example.org/a"),
        ("https://example.org/a b", "https://example.org/a%20b"),
    ],
)
def test_spellings_of_one_address_are_one_page(one, other):
    assert same_page_key(one) == same_page_key(other)


@pytest.mark.parametrize("url", ["http://h.example/a\r\nX: 1", "http://h.example/\x00", " http://", "//h.example/a", "h.example", ""])
def test_what_is_no_web_address_is_not_asked(clock, url):
    with pytest.raises(SourceForbidden, match="expected an http or https address"):
        fetcher(clock).fetch(url, at=AT)


@pytest.mark.parametrize("url", ["http://me:pw@h.example/a@b", "http://me:pw@[bad/a", "http://me:p@w@h.example/"])
def test_an_address_is_shown_without_credentials(url):
    assert "pw" not in without_credentials(url).replace("p@w", "pw")
