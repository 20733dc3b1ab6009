"""Feeds: only changes that may be told, the same bytes for the same tables, readable by what people read feeds with."""

import json

import feedparser
import pytest

from citynet.publishing.feeds import DEMONSTRATION, feed_files
from publishing.one_row import AS_OF, row
from publishing.rows import PACT_2022, claim, source, tables

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
        row("membership_changes", **shared, **told, **dated("a1", "gn3060972", "2022-09-15T08:00:00Z"), number_in_year=1),
        row(
            "membership_changes", **shared, **later, change_id="a2", place_id="gn3054643", known_at="2022-09-16T08:00:00Z", number_in_year=2
        ),
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


def dated(change_id: str, place_id: str, since: str, updated: str = "") -> dict[str, str]:
    """A change that feeds tell since we knew of it."""
    dates = {"known_at": since, "feed_published": since, "feed_updated": updated or since}
    return {"change_id": change_id, "place_id": place_id, **dates}


def entries(made: dict, path: str = "changes") -> list:
    """The entries of a feed as readers of Atom get them; the JSON feed has the same in the same order."""
    found = feed_files(made, AS_OF, HOME)
    atom, items = feedparser.parse(found[f"{path}.atom"]), json.loads(found[f"{path}.json"])["items"]
    assert not atom.bozo
    told = [(e.id, e.title, e.published[:19], e.updated[:19]) for e in atom.entries]
    assert told == [(i["id"], i["title"], i["date_published"][:19], i["date_modified"][:19]) for i in items]
    return atom.entries


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
        "Pact: Bratislava (SK) joined by 2022-09-15. How sure: <two> lists & more. Change 1 of this network in 2022."
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
    days = [f"20{n // 12 + 10}-{n % 12 + 1:02}-01T00:00:00Z" for n in range(300)]
    made["membership_changes"] = [{**first, **dated(f"{n:04}", "gn3060972", day)} for n, day in enumerate(days)]
    told = entries(made)
    assert len(told) == 250
    assert told[0].id.endswith(":0299")


def test_a_departure_that_had_to_wait_is_dated_by_the_day_on_which_it_is_told_and_stands_first():
    """Joins that became known while it waited stand below it, however many they are."""
    made = live()
    join, left = made["membership_changes"]
    told = {**left, "telling": "now", "feed_published": "2022-09-30T00:00:00Z", "feed_updated": "2022-09-30T00:00:00Z"}
    joins = [{**join, **dated(f"j{n:03}", "gn3060972", "2022-09-20T08:00:00Z")} for n in range(300)]
    made["membership_changes"] = [*joins, told]
    assert (entries(made)[0].id, entries(made)[0].published) == ("urn:citynet:change:a2", "2022-09-30T00:00:00+00:00")


def test_a_reply_shows_an_entry_again_and_what_is_told_beside_it_leaves_it_as_it_was():
    made = live()
    first, left = made["membership_changes"]
    before = entries(made)[0]
    made["membership_changes"] = [first, {**left, "telling": "now", "feed_published": "2022-09-30T00:00:00Z"}]
    again = next(entry for entry in entries(made) if entry.id == before.id)
    assert (again.content, again.updated) == (before.content, before.updated)
    made["membership_changes"] = [{**first, "replies": "It is so.", "feed_updated": "2022-10-05T00:00:00Z"}]
    (replied,) = entries(made)
    assert replied.content[0].value.endswith("Reply of those concerned: It is so. Evidence and how to dispute it: see the page.")
    assert (replied.published, replied.updated) == (before.published, "2022-10-05T00:00:00+00:00")


TAKEN_BACK = (
    "Correction: Pact: Bratislava (SK) joined by 2022-09-15. This does not stand: a claim that it is wrong was upheld on 2022-10-01."
)


@pytest.mark.parametrize("gone", [False, True])
def test_what_was_told_and_overturned_stays_as_a_correction_under_its_id(gone):
    made = live()
    never = [{**row, "telling": "never"} for row in made["membership_changes"] if row["change_id"] == "a1"]
    made["membership_changes"] = [] if gone else never
    answered = {"outcome": "upheld", "answered_on": "2022-10-01", "place_id": "gn3060972"}
    made["corrections"] = [claim("correction-1", "correction", "a1", **answered, takes_back=TAKEN_BACK)]
    for path in ("changes", "networks/pact_of_free_cities", "cities/gn3060972"):
        (entry,) = entries(made, path)
        assert (entry.id, entry.updated) == ("urn:citynet:change:a1", "2022-10-01T00:00:00+00:00")
        assert entry.title == TAKEN_BACK.partition(". ")[0]
        assert "does not stand: a claim that it is wrong was upheld on 2022-10-01." in entry.content[0].value


def test_a_claim_that_takes_nothing_back_makes_no_entry():
    made = live()
    made["corrections"] = [claim("correction-1", "correction", "a9", outcome="upheld", answered_on="2022-10-01")]
    assert [entry.id for entry in entries(made)] == ["urn:citynet:change:a1"]


def test_a_name_matched_to_another_body_is_a_correction_in_the_feeds_of_both():
    made = live()
    said = (
        "Correction: Pact: what was told before 2022-10-01 of Praha (CZ) does not stand: the printed name is matched to Budapest (HU) now."
    )
    facts = {"network_id": "pact_of_free_cities", "tie": "full", "change": "re_resolved", "cause": "judgement", "takes_back": said}
    bodies = {"place_id": "gn3054643", "before": "gn3067696", "after": "gn3054643"}
    made["record_changes"] = [row("record_changes", change_id="b3", **facts, **bodies, known_at="2022-10-01T00:00:00Z", sentence="Pact.")]
    for path in ("changes", "cities/gn3054643", "cities/gn3067696"):
        assert entries(made, path)[0].id == "urn:citynet:correction:b3"
    assert [entry.id for entry in entries(made, "records")] == ["urn:citynet:change:b3"]


def test_a_saint_in_a_title_is_told_whole():
    made = live()
    made["membership_changes"][0]["sentence"] = "Pact: St. Gallen (CH) joined by 2022-09-15. How sure: two lists."
    (entry,) = entries(made)
    assert entry.title == "Pact: St. Gallen (CH) joined by 2022-09-15"
    assert entry.content[0].value.startswith("Pact: St. Gallen (CH) joined by 2022-09-15. How sure: two lists. Change 1 of this network")


def test_the_feeds_of_two_installations_are_two_and_keep_their_ids(files):
    other = feed_files(live(), "2023-01-01", "https://another.example")
    ids = [feedparser.parse(found["changes.atom"]).feed.id for found in (files, feed_files(live(), "2023-01-01", HOME), other)]
    assert ids[0] == ids[1] != ids[2]
