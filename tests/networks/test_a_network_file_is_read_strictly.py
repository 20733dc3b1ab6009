"""What a person must hear when a network file is not right: which file, which line, what was expected, what was seen."""

import hashlib

import pytest

from citynet.errors import ConfigError
from citynet.model import Departure, Expect, Page, Relation
from citynet.networks import load_one
from network_file import network_file

GOOD = network_file("""
    - url: https://ports.example/members
      reader: list
      select: li.city
      since: 2020-01-01
      until: 2021-01-01
""")


@pytest.fixture
def read(tmp_path):
    def read_text(text, stem="free_ports"):
        path = tmp_path / f"{stem}.yml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return load_one(str(path))

    return read_text


def test_what_is_left_out_has_the_defaults_of_the_design(read):
    network = read(GOOD)
    assert network.expect == Expect(min=1, max=100_000)
    assert network.departure == Departure(not_seen=3, days=42)
    assert (network.status_since, network.homepage, network.relations, network.protects_persons) == ("", "", (), False)
    page = Page(url="https://ports.example/members", reader="list", select="li.city", since="2020-01-01", until="2021-01-01")
    assert network.pages == (page,)
    assert (page.use, page.source_class, page.coverage, page.verified_on) == ("current", "network", "", "")


def test_all_fields_arrive_as_written(read):
    text = GOOD.replace("status: active", "status: closed\nstatus_since: 2024-05\nclosed_reason: dissolved") + (
        "  ties: {Member: full, Guest: observer}\n"
        "  expect: {min: 4, max: 9, per_country: {NO: 2}, per_tie: {full: 3}, per_kind: {Guest: 1}, must_include: [gn3060972]}\n"
        "  departure: {not_seen: 2, days: 10}\n"
        "relations: [{relation: hosted_by, to: city_of_x, since: '2019', source: https://x.example}]\n"
    )
    network = read(text)
    assert (network.status, network.status_since) == ("closed", "2024-05")
    assert network.ties == {"Member": "full", "Guest": "observer"}
    assert network.expect == Expect(4, 9, {"NO": 2}, {"full": 3}, ("gn3060972",), {"Guest": 1})
    assert network.departure == Departure(2, 10)
    assert network.relations == (Relation("hosted_by", "city_of_x", "2019", "https://x.example"),)


def test_a_minimum_of_a_kind_needs_no_ties(read):
    assert read(GOOD + "  expect: {per_kind: {Full member: 3}}\n").expect.per_kind == {"Full member": 3}


def test_the_fingerprint_is_taken_over_the_bytes_of_the_file(read):
    assert read(GOOD).sha256 == hashlib.sha256(GOOD.encode()).hexdigest()
    assert read(GOOD + "# a remark\n").sha256 != read(GOOD).sha256


def test_a_network_may_stand_without_a_page_where_its_notes_say_why(read):
    text = GOOD[: GOOD.index("  pages:")]
    assert read(text + "notes: [the list is behind an interface that needs a permission]\n").pages == ()
    assert read(text.replace("publishes: list", "publishes: none")).pages == ()


def test_norway_is_a_country_and_a_date_is_text(read):
    network = read(GOOD + "eligibility: [{since: 2020-01-01, countries: [NO, XK]}]\n")
    assert network.facts["eligibility"] == [{"since": "2020-01-01", "countries": ["NO", "XK"]}]


BROKEN = {
    "an unknown field": (GOOD + "colour: blue\n", r"free_ports\.yml:19: the file: expected one of also_called, .*, got 'colour'"),
    "a field missing": (GOOD.replace("name: Free Ports\n", ""), r"free_ports\.yml:1: the file: expected the field 'name', it is missing"),
    "a key twice": (GOOD + "name: Other\n", r"free_ports\.yml:19: expected each key once, got 'name' again \(first in line 2\)"),
    "no YAML": (GOOD + "a: [\n", r"free_ports\.yml:\d+: expected YAML, got: "),
    "an empty file": ("", r"free_ports\.yml:1: expected the fields of a network, got an empty file"),
    "a list": ("- a\n- b\n", r"free_ports\.yml:1: the file: expected the fields of a network, got \['a', 'b'\]"),
    "bytes that are no text": (b"id: \xff\xfe\n", r"free_ports\.yml:1: expected UTF-8 text, got the byte 0xff"),
    "another id": (
        GOOD.replace("id: free_ports", "id: other"),
        r"ports\.yml:1: id: expected 'free_ports' as the file is named, got 'other'",
    ),
    "an unknown status": (GOOD.replace("active", "alive"), r"yml:3: status: expected one of planned, active, dormant, closed, got 'alive'"),
    "a closed network without date": (GOOD.replace("active", "closed"), r"yml:1: the file: expected the field 'status_since'"),
    "an unknown tie": (
        GOOD.replace("default_tie: full", "default_tie: ful"),
        r"yml:12: membership\.default_tie: expected one of .*, got 'ful'",
    ),
    "a date that is none": (
        GOOD.replace("2021-01-01", "next year"),
        r"yml:18: membership\.pages\.0\.until: expected a date YYYY-MM-DD, got 'next year'",
    ),
    "a window without length": (
        GOOD.replace("2021-01-01", "2020-01-01"),
        r"yml:18: membership\.pages\.0\.until: expected a date after since",
    ),
    "an unknown country": (
        GOOD + "eligibility:\n  - countries: [NO, UK]\n",
        r"yml:20: eligibility\.0\.countries\.1: expected a country code \(ISO 3166-1 alpha-2, or XK\), got 'UK'",
    ),
    "a family that is not there": (
        GOOD + "relations:\n  - {relation: subnetwork_of, to: nowhere, source: a paper}\n",
        r"yml:20: relations\.0\.to: expected the id of a registered network, got 'nowhere'",
    ),
    "a reader without selector": (
        GOOD.replace("      select: li.city\n", ""),
        r"yml:14: membership\.pages\.0: expected the field 'select'",
    ),
    "an option of another reader": (
        GOOD + "      options: {where_column: x}\n",
        r"yml:19: membership\.pages\.0\.options: expected one of country, .*, got 'where_column'",
    ),
    "a total that counts nothing": (
        GOOD + "      options: {total: cities}\n",
        r"yml:19: membership\.pages\.0\.options\.total: expected a regular expression with one group, got 'cities'",
    ),
    "a minimum of a kind that is never read": (
        GOOD + "  ties: {Member: full}\n  expect:\n    per_kind: {Member: 2, member: 1}\n",
        r"yml:21: membership\.expect\.per_kind: expected a kind of Member, got 'member'",
    ),
    "a minimum of a kind that is no number": (
        GOOD + "  expect: {per_kind: {Member: some}}\n",
        r"yml:19: membership\.expect\.per_kind\.Member: expected integer, got 'some'",
    ),
    "members of which no page is read and nobody says why": (
        GOOD[: GOOD.index("  pages:")],
        r"yml:9: membership\.pages: expected a page, or in notes why none is read, got publishes 'list' and neither",
    ),
    "an anchor": (GOOD.replace("name: Free", "name: &n Free"), r"free_ports\.yml:2: expected plain YAML, got the anchor 'n'"),
    "a tag": (GOOD.replace("name: Free", "name: !!python/name:os.system Free"), r"free_ports\.yml:2: expected plain YAML, got the tag"),
}


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_a_fault_is_named_with_its_line(read, text, message):
    with pytest.raises(ConfigError, match=message):
        read(text)


def test_every_fault_of_a_file_is_told_at_once(read):
    with pytest.raises(ConfigError) as caught:
        read(GOOD.replace("active", "alive").replace("who_joins: body", "who_joins: nobody"))
    assert str(caught.value).count("free_ports.yml:") == 2


def test_no_message_holds_a_path_of_this_machine(read, tmp_path):
    with pytest.raises(ConfigError) as caught:
        read(GOOD + "colour: blue\n")
    assert str(tmp_path) not in str(caught.value)
