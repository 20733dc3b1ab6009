"""citynet new-network: one look at a page becomes a draft that passes the check and reads the same members, or nothing at all."""

import re
import shutil

import pytest

from citynet.networks.drafts import left_to_do
from cli.network_site import BY_SCRIPT, LOGIN, MEMBERS, named, opened_desk, page_of

DRAFT = "include/networks/alpine_towns.yml"


@pytest.fixture
def desk(tmp_path, citynet, monkeypatch):
    with opened_desk(tmp_path / "home", citynet, monkeypatch) as opened:
        yield opened


@pytest.fixture
def drafted(desk):
    (desk.home / "tests" / "reading").mkdir(parents=True)
    done = desk.citynet("new-network", "alpine_towns", desk.url)
    assert done.code == 0, done.stderr
    return done


def kept(desk):
    """The page and the proposed members that a draft leaves in a checkout."""
    folder = desk.home / "tests" / "reading" / "pages" / "alpine_towns"
    page, proposed = sorted(folder.iterdir())
    assert re.fullmatch(r"\d{4}-\d\d-\d\d\.html", page.name)
    assert proposed.name == page.name.replace(".html", ".proposed.csv")
    return page, proposed


def test_the_draft_passes_the_check_and_reads_the_members_of_the_page(desk, drafted, table_of):
    checked = desk.citynet("networks", "--check")
    assert checked.code == 0
    assert checked.stdout.startswith("2 network files read, 0 broken")
    page, proposed = kept(desk)
    out = desk.home / "members.csv"
    for where in (page, desk.url):
        read = desk.citynet("read", "--network", "alpine_towns", where, "--out", out)
        assert (read.code, read.stdout) == (0, "24 members\n"), read.stderr
        assert [(row["name_as_published"], row["country_as_published"]) for row in table_of(out)] == named(MEMBERS)
    assert [(row["name_as_published"], row["country_as_published"]) for row in table_of(proposed)] == named(MEMBERS)
    assert list(table_of(proposed)[0]) == ["name_as_published", "country_as_published", "kind_as_published"]


def test_the_report_says_what_was_seen_and_what_comes_next(desk, drafted):
    said = drafted.stdout
    assert "robots.txt: lets us read this page" in said
    assert f"terms to read: {desk.site.url('/imprint')}, {desk.site.url('/terms-of-use')}" in said
    assert "printed total: 24 (“" in said
    assert re.search(r"without rules: 24 members, confidence 0\.\d\d", said)
    assert "names: 2" in said
    assert "countries: IT 6, AT 5" in said
    assert "expect: min 20, max 48" in said
    assert "next: read the terms" in said


def test_a_draft_is_never_taken_for_a_network_that_was_decided(desk, drafted):
    text = (desk.home / DRAFT).read_text()
    for line in ("decision: undecided", "relevance: comparison", "coverage: partial", "default_tie: unknown", "republish: counts_only"):
        assert line in text
    assert not re.search(r"^\s*verified_on:", text, re.MULTILINE)
    assert re.search(r'robots: "lets us read this page, read \d{4}-\d\d-\d\d"', text)
    left = left_to_do(str(desk.registry))
    assert len(left) >= 12
    assert all(re.match(r"alpine_towns\.yml:\d+: TODO: \S", line) for line in left)
    assert any("verified_on" in line for line in left)
    checked = desk.citynet("networks", "--check")
    assert checked.stderr.splitlines() == [f"warning: {line}" for line in left]


def test_a_file_without_anything_left_to_do_is_not_named(desk):
    assert left_to_do(str(desk.registry)) == []


def test_no_contact_and_no_picture_stays_on_the_kept_page(desk, drafted):
    page, _ = kept(desk)
    text = page.read_text()
    for gone in ("desk@", "872 0000", "Main Street", "towns.jpg", "<script", "<style"):
        assert gone not in text
    assert "Network of Alpine Towns" in text
    assert all(member in text for member in MEMBERS)


def test_the_page_is_asked_once_after_robots_and_says_who_asks(desk, drafted):
    assert [path for path, _ in desk.site.every_request] == ["/robots.txt", "/members"]
    assert "desk@example.org" in desk.site.asked[0][1]["user-agent"]


def test_a_second_time_nothing_is_overwritten(desk, drafted):
    before = desk.files()
    again = desk.citynet("new-network", "alpine_towns", desk.url)
    assert again.code == 2
    assert "alpine_towns.yml" in again.stderr
    (desk.home / DRAFT).unlink()
    left = desk.citynet("new-network", "alpine_towns", desk.url)
    assert left.code == 2
    assert "nothing is overwritten" in left.stderr
    assert {name: data for name, data in before.items() if name != DRAFT} == desk.files()


def test_a_saved_page_needs_neither_web_nor_contact(desk, tmp_path, table_of):
    saved = tmp_path / "saved.html"
    saved.write_bytes(page_of(MEMBERS))
    asked = ("new-network", "alpine_towns", "https://alpine.example/members", "--file", saved, "--name", "Alpine Towns")
    done = desk.citynet(*asked, contact="")
    assert done.code == 0, done.stderr
    assert desk.site.every_request == []
    text = (desk.home / DRAFT).read_text()
    assert "name: Alpine Towns  # TODO" in text
    assert "robots: not_yet_read" in text
    folder = desk.registry / "pages" / "alpine_towns"  # no checkout here, so beside the network files
    assert {path.suffix for path in folder.iterdir()} == {".html", ".csv"}
    assert desk.citynet("networks", "--check").code == 0


def test_without_a_page_only_the_network_file_is_written(desk):
    before = desk.files()
    assert desk.citynet("new-network", "alpine_towns", desk.url, "--no-page").code == 0
    assert set(desk.files()) - set(before) == {DRAFT}


def test_a_list_over_several_addresses_is_followed_and_counted_whole(desk, table_of):
    for number in (1, 2, 3):
        link = f'<div class="pages"><a rel="next" href="/members?page={number + 1}">Next</a></div>' if number < 3 else ""
        path = "/members" if number == 1 else f"/members?page={number}"
        desk.site.page(path, page_of(MEMBERS[8 * number - 8 : 8 * number], link, "a network"))
    done = desk.citynet("new-network", "alpine_towns", desk.url)
    assert done.code == 0, done.stderr
    text = (desk.home / DRAFT).read_text()
    assert re.search(r"follow: \{by: next_link, select: ", text)
    assert "expect: {min: 20, max: 48}" in text
    assert "it reads: 24 members" in done.stdout


def test_a_list_that_can_not_be_followed_is_drafted_as_its_first_part_and_says_so(desk):
    desk.site.page("/members", page_of(MEMBERS[:12], '<a rel="next" href="/members?page=2">Next</a>', "a network"))
    done = desk.citynet("new-network", "alpine_towns", desk.url)
    assert done.code == 0, done.stderr
    text = (desk.home / DRAFT).read_text()
    assert "follow:" not in text
    assert "expect: {min: 10}" in text
    assert re.search(r"# TODO: the list seems to go on \(by: next_link.*404", text)
    assert desk.citynet("networks", "--check").code == 0


def not_allowed(desk):
    desk.site.page("/robots.txt", b"User-agent: *\nDisallow: /members\n", Content_Type="text/plain")


def behind_a_login(desk):
    desk.site.page("/members", LOGIN.encode())


def not_there(desk):
    desk.site.page("/members", b"<h1>Not found</h1>", 404)


def made_by_a_script(desk):
    desk.site.page("/members", BY_SCRIPT.encode())


def without_a_list(desk):
    desk.site.page("/members", b"<html><body><h1>Join us</h1><p>Towns may join at any time. Write to us.</p></body></html>")


@pytest.mark.parametrize(
    ("happens", "code", "words"),
    [
        (not_allowed, 1, "robots.txt does not allow"),
        (behind_a_login, 1, "login wall"),
        (not_there, 1, "expected status 200, got 404"),
        (made_by_a_script, 3, "nothing written"),
        (without_a_list, 3, "publishes none"),
    ],
)
def test_where_there_is_no_list_to_be_had_nothing_is_written(desk, happens, code, words):
    happens(desk)
    before = desk.files()
    done = desk.citynet("new-network", "alpine_towns", desk.url)
    assert done.code == code, done.stderr
    assert words in done.stderr
    assert desk.files() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rivers", "https://alpine.example/members"], "rivers.yml"),
        (["old_rivers", "https://alpine.example/members"], "once that of rivers"),
        (["Alpine-Towns", "https://alpine.example/members"], "an id of small letters"),
        (["../alpine", "https://alpine.example/members"], "an id of small letters"),
        (["alpine_towns", "alpine.example/members"], "beginning with http"),
        (["alpine_towns", "https://user:secret@alpine.example/members"], "without a password"),
        (["alpine_towns", "https://alpine.example/members", "--file", "/nowhere.html"], "/nowhere.html"),
    ],
)
def test_bad_arguments_end_with_2_before_anything_is_asked(desk, arguments, words):
    file = desk.registry / "rivers.yml"
    file.write_text(file.read_text() + "former_ids: [old_rivers]\n")
    before = desk.files()
    done = desk.citynet("new-network", *arguments)
    assert done.code == 2
    assert words in done.stderr
    assert desk.site.every_request == []
    assert desk.files() == before


def test_without_a_contact_no_page_is_asked(desk):
    done = desk.citynet("new-network", "alpine_towns", desk.url, contact="")
    assert done.code == 2
    assert "CITYNET_CONTACT" in done.stderr
    assert desk.site.every_request == []


def test_a_candidate_that_becomes_a_network_is_to_leave_the_candidates(desk):
    header = "name,where_seen,address,date,decision,reason\n"
    line = f"Alpine Towns,a list,{desk.url},2026-08-31,undecided,not looked at\n"
    (desk.registry / "candidates.csv").write_text(header + line)
    done = desk.citynet("new-network", "alpine_towns", desk.url)
    assert "next: take Alpine Towns out of candidates.csv" in done.stdout


def test_what_can_not_be_written_leaves_nothing_behind(desk):
    shutil.rmtree(desk.registry)
    desk.registry.mkdir()
    desk.register("rivers", "https://rivers.example/members")
    (desk.registry / "pages").write_text("a file where a folder is needed")
    done = desk.citynet("new-network", "alpine_towns", desk.url)
    assert done.code == 1
    assert sorted(path.name for path in desk.registry.iterdir()) == ["pages", "rivers.yml"]
