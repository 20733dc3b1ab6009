"""Who we say we are, what robots.txt lets us ask, and how we wait."""

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from citynet.errors import ConfigError, SourceChanged, SourceForbidden, SourceUnavailable
from citynet.http.fetch import LiveFetcher, Politeness

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
OURS = Politeness(contact="desk@example.org", timeout=(2.0, 2.0), total_seconds=5.0, max_bytes=10_000, allow_private=True)


def fetcher(clock, **changes):
    return LiveFetcher(replace(OURS, **changes), sleep=clock.sleep, now=clock.now)


def answer(status=200, **headers):
    def send(handler):
        handler.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()

    return send


@pytest.mark.parametrize("contact", ["", "  ", "a\r\nX-Evil: 1", "bureau@exämple.org"])
def test_without_a_usable_contact_nothing_is_asked_at_all(contact):
    with pytest.raises(ConfigError, match="contact"):
        Politeness(contact=contact)


@pytest.mark.parametrize(("name", "value"), [("tries", 0), ("ca_bundle", "/nowhere/bundle.pem")])
def test_limits_that_cannot_work_are_refused_at_once(name, value):
    with pytest.raises(ConfigError, match=name):
        replace(OURS, **{name: value})


def test_each_request_says_who_asks_and_whom_to_write_to(site, clock):
    site.page("/members")
    fetched = fetcher(clock).fetch(site.url("/members"), at=AT)
    assert fetched.body == b"<p>Ghent</p>"
    assert (fetched.status, fetched.content_type, fetched.final_url) == (200, "text/html; charset=utf-8", site.url("/members"))
    assert [headers["user-agent"] for _, headers in site.every_request] == ["CityNetworkMonitor/0.9.0 (+desk@example.org)"] * 2


def test_robots_txt_is_asked_first_and_once_a_host(site, clock):
    site.page("/a")
    site.page("/b")
    ours = fetcher(clock)
    ours.fetch(site.url("/a"), at=AT)
    ours.fetch(site.url("/b"), at=AT)
    assert [path for path, _ in site.every_request] == ["/robots.txt", "/a", "/b"]


def test_a_page_that_robots_txt_forbids_is_not_asked(site, clock):
    site.page("/robots.txt", b"User-agent: CityNetworkMonitor\nDisallow: /members\n")
    with pytest.raises(SourceForbidden, match=r"robots\.txt"):
        fetcher(clock).fetch(site.url("/members/list"), at=AT)
    assert site.asked == []


def test_rules_for_other_robots_are_not_ours(site, clock):
    site.page("/robots.txt", b"User-agent: OtherBot\nDisallow: /\n")
    site.page("/members")
    assert fetcher(clock).fetch(site.url("/members"), at=AT).status == 200


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_robots_txt_that_is_not_there_allows_everything(site, clock, status):
    site.page("/robots.txt", b"no", status)
    site.page("/members")
    assert fetcher(clock).fetch(site.url("/members"), at=AT).status == 200


@pytest.mark.parametrize("status", [429, 500, 503])
def test_while_robots_txt_fails_nothing_else_is_asked(site, clock, status):
    site.page("/robots.txt", b"", status)
    with pytest.raises(SourceUnavailable, match=f"robots.txt.*{status}"):
        fetcher(clock).fetch(site.url("/members"), at=AT)
    assert site.asked == []


def test_robots_txt_of_the_host_we_are_sent_to_counts_too(site, clock):
    site.page("/robots.txt", b"User-agent: *\nDisallow: /private\n")
    site.answers["/members"] = answer(302, Location="/private/members")
    with pytest.raises(SourceForbidden, match="/private/members"):
        fetcher(clock).fetch(site.url("/members"), at=AT)
    assert [path for path, _ in site.asked] == ["/members"]


def test_between_two_requests_to_a_host_lies_the_delay(site, clock):
    site.page("/a")
    fetcher(clock, delay_seconds=2.0).fetch(site.url("/a"), at=AT)
    assert clock.slept == [2.0]


@pytest.mark.parametrize(("asked", "waited"), [(b"7", 7.0), (b"1", 2.0), (b"86400", 60.0)])
def test_a_longer_crawl_delay_is_honoured_up_to_a_minute(site, clock, asked, waited):
    site.page("/robots.txt", b"User-agent: *\nCrawl-delay: " + asked + b"\n")
    for path in ("/a", "/b"):
        site.page(path)
    ours = fetcher(clock)
    ours.fetch(site.url("/a"), at=AT)
    ours.fetch(site.url("/b"), at=AT)
    assert clock.slept[-1] == waited


def test_threads_ask_one_host_one_at_a_time(site):
    open_now, most = 0, 0
    counting = threading.Lock()

    def slow(handler):
        nonlocal open_now, most
        with counting:
            open_now += 1
            most = max(most, open_now)
        time.sleep(0.05)
        with counting:
            open_now -= 1
        answer()(handler)

    for number in range(4):
        site.answers[f"/{number}"] = slow
    ours = LiveFetcher(replace(OURS, delay_seconds=0.0))
    threads = [threading.Thread(target=ours.fetch, args=(site.url(f"/{number}"),), kwargs={"at": AT}) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(site.asked) == 4
    assert most == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_fault_is_waited_out_longer_each_time(site, clock, status):
    site.in_turn("/a", answer(status), answer(status), answer(200))
    assert fetcher(clock, delay_seconds=0.0).fetch(site.url("/a"), at=AT).status == 200
    assert clock.slept == [2.0, 4.0]


def test_a_fault_that_stays_is_reported_after_the_last_try(site, clock):
    site.answers["/a"] = answer(503)
    with pytest.raises(SourceUnavailable, match=r"/a: expected status 200, got 503"):
        fetcher(clock, tries=3).fetch(site.url("/a"), at=AT)
    assert len(site.asked) == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry_After": "30"},
        {"Retry_After": "Sun, 22 Nov 2026 06:00:30 GMT", "Date": "Sun, 22 Nov 2026 06:00:00 GMT"},
    ],
)
def test_a_wait_the_source_asks_for_is_kept(site, clock, headers):
    def busy(handler):
        handler.send_response_only(429)
        for name, value in {"Content-Length": "0", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()

    site.in_turn("/a", busy, answer(200))
    fetcher(clock, delay_seconds=0.0).fetch(site.url("/a"), at=AT)
    assert clock.slept == [30.0]


def test_a_source_that_asks_for_hours_is_left_alone_until_the_next_run(site, clock):
    site.answers["/a"] = answer(503, Retry_After="7200")
    with pytest.raises(SourceUnavailable, match="Retry-After 7200"):
        fetcher(clock).fetch(site.url("/a"), at=AT)
    assert len(site.asked) == 1


def test_a_connection_that_breaks_is_tried_again(site, clock):
    site.in_turn("/a", lambda handler: handler.connection.close(), answer(200))
    assert fetcher(clock).fetch(site.url("/a"), at=AT).status == 200
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, SourceForbidden),
        (403, SourceForbidden),
        (451, SourceForbidden),
        (404, SourceChanged),
        (410, SourceChanged),
        (418, SourceChanged),
    ],
)
def test_a_plain_no_is_not_asked_again(site, clock, status, error):
    site.page("/a", b"", status)
    with pytest.raises(error, match=str(status)):
        fetcher(clock).fetch(site.url("/a"), at=AT)
    assert len(site.asked) == 1


def test_an_unchanged_page_comes_back_as_it_was(site, clock):
    def conditional(handler):
        known = (
            handler.headers.get("If-None-Match") == '"v1"' and handler.headers.get("If-Modified-Since") == "Sat, 21 Nov 2026 00:00:00 GMT"
        )
        (answer(304) if known else answer(200, ETag='"v1"', Last_Modified="Sat, 21 Nov 2026 00:00:00 GMT"))(handler)

    site.answers["/a"] = conditional
    ours = fetcher(clock)
    first = ours.fetch(site.url("/a"), at=AT)
    assert ours.fetch(site.url("/a"), at=AT, previous=first) is first


def test_conditions_are_not_sent_to_another_address(site, clock):
    site.page("/a", ETag='"v1"')
    site.page("/b")
    ours = fetcher(clock)
    first = ours.fetch(site.url("/a"), at=AT)
    assert ours.fetch(site.url("/b"), at=AT, previous=first).url == site.url("/b")
    assert "if-none-match" not in site.asked[-1][1]


def test_a_304_nobody_asked_for_is_a_changed_source(site, clock):
    site.answers["/a"] = answer(304)
    with pytest.raises(SourceChanged, match="304"):
        fetcher(clock).fetch(site.url("/a"), at=AT)


def test_credentials_in_an_address_are_used_and_never_told(site, clock, caplog):
    site.page("/a", b"", 403)
    caplog.set_level("INFO")
    with pytest.raises(SourceForbidden) as refused:
        fetcher(clock).fetch(f"http://desk:s3cret@127.0.0.1:{site.port}/a", at=AT)
    assert site.asked[0][1]["authorization"].startswith("Basic ")
    assert "s3cret" not in str(refused.value) + caplog.text
    assert "GET http://127.0.0.1" in caplog.text


def test_cookies_are_not_kept(site, clock):
    site.page("/a", Set_Cookie="session=42")
    fetched = fetcher(clock).fetch(site.url("/a"), at=AT)
    assert "set-cookie" not in dict(fetched.headers)
