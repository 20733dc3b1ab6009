"""Feeds: only changes that may be told, the same bytes for the same tables, readable by what people read feeds with."""

import json

import feedparser
import pytest

from citynet.publishing.feeds import DEMONSTRATION, feed_files
from publishing.one_row import AS_OF, row
from publishing.rows import PACT_2022, source, tables

HOME = "https://monitor.example"


def live() -> dict:
    """The sample as if its lists had been fetched, with a change of each sort: told, waiting, of the record."""
    made = tables()
    made["sources"] = [source("pact_of_free_cities", PACT_2022, "https://pact.example", "2022-09-15T00:00:00Z", capture_origin="live")]
    shared = {"network_id": "pact_of_free_cities", "tie": "full", "cause": "listing", "latest": "2022-09-15", "capture_origin": "live"}
    shared |= {"evidence_capture_id": PACT_2022}
    told = {"change": "joined", "telling": "now", "sentence": "Pact: Bratislava (SK) joined by 2022-09-15. How sure: <two> lists & more."}
    later = {"change": "left", "telling": "later", "sentence": "Pact: Budapest (HU) left by 2022-09-15. How sure: absent."}
    made["membership_changes"] = [
        row("membership_changes", change_id="a1", place_id="gn3060972", known_at="2022-09-15T08:00:00Z", **shared, **told),
        row("membership_changes", change_id="a2", place_id="gn3054643", known_at="2022-09-16T08:00:00Z", **shared, **later),
    ]
    renamed = {"change": "renamed", "cause": "spelling", "sentence": "Pact, our record of Praha (CZ): renamed (spelling). No change."}
    made["record_changes"] = [
        row("record_changes", change_id="b1", place_id="gn3067696", known_at="2022-09-15T08:00:00Z", **{**shared, **renamed}),
        row(
            "record_changes",
            change_id="b2",
            place_id="gn3067696",
            known_at="2022-09-15T08:00:00Z",
            **{**shared, **renamed, "sentence": None},
        ),
    ]
    return made


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return feed_files(live(), AS_OF, HOME)


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("changes", ["a1"]),
        ("records", ["b1"]),
        ("networks/pact_of_free_cities", ["a1"]),
        ("networks/pact_of_free_cities-records", ["b1"]),
        ("networks/intercultural_cities", []),
        ("cities/gn3060972", ["a1"]),
        ("cities/gn3054643", []),
    ],
)
def test_both_formats_hold_exactly_the_changes_that_may_be_told(path, ids, files):
    atom, document = feedparser.parse(files[f"{path}.atom"]), json.loads(files[f"{path}.json"])
    assert not atom.bozo
    assert [entry.id.rpartition(":")[2] for entry in atom.entries] == ids
    assert [item["id"] for item in document["items"]] == [entry.id for entry in atom.entries]
    assert document["version"] == "https://jsonfeed.org/version/1.1"


def test_a_departure_that_waits_is_named_in_no_feed(files):
    assert [path for path, data in files.items() if b"Budapest (HU) left" in data] == []


def test_an_entry_says_what_alerts_say_when_we_knew_and_where_the_evidence_is(files):
    entry = feedparser.parse(files["changes.atom"]).entries[0]
    assert entry.title == "Pact: Bratislava (SK) joined by 2022-09-15"
    assert entry.content[0].value.startswith(
        "Pact: Bratislava (SK) joined by 2022-09-15. How sure: <two> lists & more. Change 1 of this network that is told in 2022."
    )
    assert entry.updated == "2022-09-15T08:00:00+00:00"
    assert entry.link == "https://monitor.example/latest/site/changes.html#pact_of_free_cities"


def test_a_feed_without_entries_is_dated_by_its_release(files):
    assert feedparser.parse(files["cities/gn3054643.atom"]).feed.updated == f"{AS_OF}T00:00:00+00:00"


def test_without_a_public_address_links_are_relative_to_the_feed():
    found = feed_files(live(), AS_OF)
    assert feedparser.parse(found["changes.atom"]).entries[0].link == "../site/changes.html#pact_of_free_cities"
    assert json.loads(found["cities/gn3060972.json"])["items"][0]["url"] == "../../site/changes.html#pact_of_free_cities"


def test_the_same_tables_in_another_order_give_the_same_bytes(files):
    turned = {name: list(reversed(rows)) for name, rows in live().items()}
    assert feed_files(turned, AS_OF, HOME) == files


def test_feeds_of_a_demonstration_release_are_all_there_empty_and_say_why(files):
    found = feed_files(tables(), AS_OF, HOME)
    assert found.keys() == files.keys()
    for path, data in found.items():
        if path.endswith(".atom"):
            feed = feedparser.parse(data)
            assert not feed.bozo
            assert feed.entries == []
            assert DEMONSTRATION in feed.feed.subtitle
        else:
            assert json.loads(data)["items"] == []
            assert DEMONSTRATION in json.loads(data)["description"]


def test_a_full_feed_holds_the_newest(files):
    made = live()
    first = made["membership_changes"][0]
    made["membership_changes"] = [
        {**first, "change_id": f"{n:04}", "known_at": f"20{n // 12 + 10}-{n % 12 + 1:02}-01T00:00:00Z"} for n in range(300)
    ]
    entries = feedparser.parse(feed_files(made, AS_OF)["changes.atom"]).entries
    assert len(entries) == 250
    assert entries[0].id.endswith(":0299")
