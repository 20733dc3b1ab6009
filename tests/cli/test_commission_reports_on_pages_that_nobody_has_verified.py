"""citynet commission: each unverified page is asked once and reported on; nothing is accepted, published or kept but the report."""

import json
import re

import pytest

from citynet.http.capture import keep, make_capture
from citynet.model import Fetched, instant
from citynet.store import open_store
from cli.network_site import LOGIN, MEMBERS, named, opened_desk, page_of

NEXT = '<a class="next" href="/members?page=2">Next</a>'


@pytest.fixture
def desk(tmp_path, citynet, monkeypatch):
    with opened_desk(tmp_path / "home", citynet, monkeypatch) as opened:
        yield opened


def reports(desk):
    """Path below the store -> document, of all that the store holds."""
    return {name.removeprefix("store/"): json.loads(data) for name, data in desk.files().items() if name.startswith("store/")}


def test_a_page_that_its_rules_read_ends_with_0_and_a_report_in_words(desk):
    desk.register("alpine_towns")
    done = desk.citynet("commission")
    assert (done.code, done.stderr) == (0, "alpine_towns (1 of 1)\n")
    assert "reached: yes; robots.txt lets us read it" in done.stdout
    assert f"terms to read: {desk.site.url('/imprint')}" in done.stdout
    assert re.search(r"its rules \(reader: list, select: ul\.members > li, .*\): 24 members", done.stdout)
    assert re.search(r"without rules: 24 members, confidence 0\.\d\d", done.stdout)
    assert "printed total: 24 (“" in done.stdout
    assert "countries: IT 6, AT 5" in done.stdout
    assert "proposed: expect: min 20, max 48" in done.stdout
    assert "no accepted list to compare with" in done.stdout
    assert re.search(r"then set verified_on: \d{4}-\d\d-\d\d in include/networks/alpine_towns\.yml", done.stdout)


def test_nothing_is_kept_but_the_report(desk):
    desk.register("alpine_towns")
    before = {name for name in desk.files() if not name.startswith("store/")}
    desk.citynet("commission")
    ((name, report),) = reports(desk).items()
    assert re.fullmatch(r"commission/alpine_towns/\d{8}T\d{6}Z\.json", name)
    (page,) = report["pages"]
    assert (page["by_rules"], page["trouble"]) == (24, "")
    assert [(name, country) for name, country, _ in page["members"]] == named(MEMBERS)
    assert list(page["answers"]) == [desk.url]
    assert {name for name in desk.files() if not name.startswith("store/")} == before


def test_only_pages_asked_today_of_open_networks_that_nobody_has_verified_are_asked(desk):
    desk.register("verified", desk.site.url("/verified"), more=", verified_on: 2026-01-01")
    desk.register("past", desk.site.url("/past"), more=", since: 2012-01-01, until: 2013-01-01")
    closed = "status: closed\nstatus_since: 2020-01-01\nclosed_reason: dissolved"
    desk.register("closed", desk.site.url("/closed"))
    file = desk.registry / "closed.yml"
    file.write_text(file.read_text().replace("status: active", closed))
    done = desk.citynet("commission")
    assert (done.code, done.stderr) == (0, "")
    assert "no page waits" in done.stdout
    assert desk.site.every_request == []


def test_networks_of_one_host_are_asked_in_turn_and_robots_once(desk):
    desk.site.page("/others", page_of(MEMBERS[:5]))
    desk.register("alpine_towns")
    desk.register("bigger_towns", desk.site.url("/others"))
    done = desk.citynet("commission")
    assert done.stderr.splitlines() == ["alpine_towns (1 of 2)", "bigger_towns (2 of 2)"]
    assert [path for path, _ in desk.site.every_request] == ["/robots.txt", "/members", "/others"]


def test_a_list_over_several_addresses_is_read_whole(desk):
    desk.site.page("/members", page_of(MEMBERS[:12], NEXT))
    desk.site.page("/members?page=2", page_of(MEMBERS[12:]))
    desk.register("alpine_towns", more=', follow: {by: next_link, select: "a.next"}')
    done = desk.citynet("commission")
    assert done.code == 0, done.stderr
    assert "reached: yes, 2 parts" in done.stdout
    assert re.search(r"its rules \(.*follow: \{by: next_link, select: a\.next\}\): 24 members", done.stdout)


def test_a_list_that_goes_on_where_the_file_does_not_say_so_is_warned_of(desk):
    desk.site.page("/members", page_of(MEMBERS[:12], NEXT))
    desk.register("alpine_towns")
    done = desk.citynet("commission")
    assert "warning: the list seems to go on" in done.stdout


def test_where_the_rules_fail_the_page_is_read_without_them_and_rules_are_proposed(desk):
    desk.register("alpine_towns", select="div.cards > p")
    done = desk.citynet("commission")
    assert done.code == 4
    assert "'div.cards > p' matched 0, expected at least 1" in done.stderr.splitlines()[-1]
    assert re.search(r"proposed: reader: list, select: .*members.*li", done.stdout)
    ((_, report),) = reports(desk).items()
    assert report["pages"][0]["by_rules"] is None
    assert len(report["pages"][0]["members"]) == 24


def test_one_network_in_trouble_stops_no_other_and_is_named_on_a_line(desk):
    desk.site.page("/robots.txt", b"User-agent: *\nDisallow: /private\n", Content_Type="text/plain")
    desk.site.page("/wall", LOGIN.encode())
    for network_id, path in (("alpine_towns", "/members"), ("gone_towns", "/gone"), ("kept_out", "/private"), ("walled_towns", "/wall")):
        desk.register(network_id, desk.site.url(path))
    done = desk.citynet("commission")
    assert done.code == 4
    troubles = [line for line in done.stderr.splitlines() if not re.fullmatch(r"\w+ \(\d of \d\)", line)]
    assert [line.split()[0].rstrip(":") for line in troubles] == ["gone_towns", "kept_out", "walled_towns"]
    for line, words in zip(troubles, ("got 404", "robots.txt does not allow", "login wall"), strict=True):
        assert words in line
    assert "alpine_towns" in done.stdout
    assert len(reports(desk)) == 4
    assert all(path != "/private" for path, _ in desk.site.every_request)


def kept_before(desk, members):
    """A page of the network that a person chose from an archive, in the store."""
    at = instant("2024-03-01T12:00:00Z")
    answer = Fetched(desk.url, "GET", 200, "text/html; charset=utf-8", (), page_of(members), desk.url)
    made, warc = make_capture("alpine_towns", [answer], captured_at=at, known_at=at, origin="archived")
    keep(open_store(str(desk.store)), made, warc)


@pytest.mark.parametrize(("republish", "told"), [("names", True), ("counts_only", False)])
def test_the_members_stand_beside_the_newest_accepted_list(desk, republish, told):
    desk.register("alpine_towns", republish=republish)
    kept_before(desk, [*MEMBERS[2:], "Bled (Slovenia)"])
    done = desk.citynet("commission")
    assert done.code == 0, done.stderr
    assert "beside the accepted list of 2024-03-01: 22 the same, 1 gone, 2 new" in done.stdout
    assert ("gone: Bled" in done.stdout, "new: Graz, Innsbruck" in done.stdout) == (told, told)


def test_a_capture_is_neither_made_nor_an_attempt_recorded(desk):
    desk.register("alpine_towns")
    kept_before(desk, MEMBERS)
    desk.citynet("commission")
    store = open_store(str(desk.store))
    assert [len(store.folders(f"captures/{network}")) for network in store.folders("captures")] == [1]
    assert store.folders("attempts") == []


def test_only_the_networks_asked_for_are_looked_at(desk):
    desk.register("alpine_towns")
    desk.register("gone_towns", desk.site.url("/gone"))
    done = desk.citynet("commission", "--networks", "alpine_towns")
    assert (done.code, done.stderr) == (0, "alpine_towns (1 of 1)\n")


@pytest.mark.parametrize(("arguments", "contact", "words"), [(["--networks", "nobody"], "desk@example.org", "nobody"), ([], "", "contact")])
def test_bad_arguments_end_with_2_before_anything_is_asked(desk, arguments, contact, words):
    desk.register("alpine_towns")
    done = desk.citynet("commission", *arguments, contact=contact)
    assert done.code == 2
    assert words in done.stderr.lower()
    assert desk.site.every_request == []
    assert reports(desk) == {}


def test_a_file_that_can_not_be_read_is_told_and_stops_no_other(desk):
    desk.register("alpine_towns")
    (desk.registry / "broken.yml").write_text("id: [not closed\n")
    done = desk.citynet("commission")
    assert done.code == 4
    assert "broken.yml:" in done.stderr
    assert "24 members" in done.stdout
