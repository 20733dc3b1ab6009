"""The feeds of a release, Atom and JSON Feed 1.1: changes of membership and changes of our records, never mixed.

Same tables, same bytes. An entry goes by the id of its change in every release; its text is the sentence that alerts use. It is dated
by the day from which it is told and moves up when what it says changes; what was told and does not stand stays, as a correction. Links
are relative where the public address of the published folder is not known, else they lead through `latest`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from citynet.model import Row
from citynet.publishing.headlines import is_demonstration

MOST_ENTRIES = 250
"""The newest so many are in a feed; the tables hold all."""
ID, CORRECTION = "urn:citynet:change:", "urn:citynet:correction:"
LATER = "A departure that no source prints is told once those concerned have had their days to reply."
DEMONSTRATION = (
    "Empty: this is a demonstration release built from dated excerpts, whose changes are of the past. They stand in its tables and pages."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What feeds tell of one change. places: the bodies in whose feeds it stands; published, updated: instants, see `_of_change`."""

    id: str
    network_id: str
    places: frozenset[str]
    title: str
    text: str
    published: str
    updated: str


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed. path: below feeds/, without ending; page: below site/; about: what it tells, for readers."""

    path: str
    title: str
    about: str
    page: str
    entries: Sequence[Entry]


def feed_files(tables: Mapping[str, Sequence[Row]], as_of: str, home: str = "") -> dict[str, bytes]:
    """Path below feeds/ -> bytes, two formats a feed. home: public address of the published folder, "" where there is none.

    World changes: overall, one feed a network and one a body that lists name. Changes of our records: overall and a network. A
    demonstration release has the same feeds, each empty and saying why.
    """
    shown = {} if is_demonstration(tables.get("sources", ())) else tables
    names = {str(row["network_id"]): str(row["name"]) for row in tables.get("networks", ())}
    why = "" if shown or not tables else DEMONSTRATION
    files = {}
    for feed in _feeds(tables, names, _world(shown), _records(shown)):
        newest = sorted(feed.entries, key=lambda entry: (entry.updated, entry.id), reverse=True)[:MOST_ENTRIES]
        updated = newest[0].updated if newest else f"{as_of}T00:00:00Z"
        about = f"{feed.about} {why}".strip()
        files[f"{feed.path}.atom"] = _atom(feed, about, updated, newest, names, home)
        files[f"{feed.path}.json"] = _json(feed, about, newest, names, home)
    return files


def _feeds(
    tables: Mapping[str, Sequence[Row]], names: Mapping[str, str], world: Sequence[Entry], records: Sequence[Entry]
) -> Iterable[Feed]:
    told, ours = f"Changes of membership, as lists show them. {LATER}", "Changes of our records. No city joined or went by these."
    by_network, of_records = _by_network(world), _by_network(records)
    by_place: dict[str, list[Entry]] = {}
    for entry in world:
        for place_id in entry.places:
            by_place.setdefault(place_id, []).append(entry)
    yield Feed("changes", "City Network Monitor: changes of membership", told, "changes.html", world)
    yield Feed("records", "City Network Monitor: changes of our records", ours, "changes.html", records)
    for network_id, name in sorted(names.items()):
        page = f"network/{network_id}.html"
        yield Feed(f"networks/{network_id}", f"{name}: changes of membership", told, page, by_network.get(network_id, ()))
        yield Feed(f"networks/{network_id}-records", f"{name}: changes of our records", ours, page, of_records.get(network_id, ()))
    listed = {str(row["place_id"]) for row in tables.get("memberships", ())}
    for place in tables.get("places", ()):
        place_id = str(place["place_id"])
        if place_id in listed:
            page = f"city/{place_id}.html"
            yield Feed(f"cities/{place_id}", f"{place['name']}: changes of membership", told, page, by_place.get(place_id, ()))


def _by_network(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.network_id, []).append(entry)
    return found


def _world(tables: Mapping[str, Sequence[Row]]) -> list[Entry]:
    """The changes that may be told, and a correction of each that was told, or may have been, and does not stand."""
    changes = {str(row["change_id"]): row for row in tables.get("membership_changes", ())}
    answered = sorted(tables.get("corrections", ()), key=lambda row: (str(row["answered_on"] or ""), str(row["case_id"])))
    overturned = {str(row["row_id"]): row for row in answered if row["takes_back"]}
    return [
        *(_of_change(row) for row in changes.values() if row["telling"] == "now"),
        *(_of_claim(row, changes.get(change_id)) for change_id, row in overturned.items()),
        *(_of_record(row) for row in tables.get("record_changes", ()) if row["takes_back"]),
    ]


def _records(tables: Mapping[str, Sequence[Row]]) -> list[Entry]:
    """The changes of our records that may be told."""
    return [
        _entry(ID, row, str(row["sentence"]), "", str(row["known_at"]), str(row["known_at"]))
        for row in tables.get("record_changes", ())
        if row["sentence"]
    ]


def _of_change(row: Row) -> Entry:
    """A change that is told. published: since when; updated: when its text changed last, so that readers show it again."""
    notes = (
        f"Change {row['number_in_year']} of this network in {str(row['known_at'])[:4]}." if row["number_in_year"] else "",
        f"Its name was matched on {row['matched_on']} only." if row["matched_on"] else "",
        f"Reply of those concerned: {row['replies']}" if row["replies"] else "",
    )
    published = str(row["feed_published"] or row["known_at"])
    return _entry(ID, row, str(row["sentence"]), " ".join(filter(None, notes)), published, str(row["feed_updated"] or published))


def _of_claim(row: Row, change: Row | None) -> Entry:
    """The correction that takes the place of the entry of a change, under the same id."""
    answered = f"{row['answered_on']}T00:00:00Z"
    published = str((change or {}).get("feed_published") or answered)
    return _entry(ID, {**row, "change_id": row["row_id"]}, str(row["takes_back"]), "", published, max(published, answered))


def _of_record(row: Row) -> Entry:
    """The correction that a change of our records is: of an entry that is in no table any more, so that its id is not known."""
    known_at = str(row["known_at"])
    made = _entry(CORRECTION, row, str(row["takes_back"]), "", known_at, known_at)
    return replace(made, places=frozenset(filter(None, (*made.places, *(str(row[c] or "") for c in ("before", "after"))))))


def _entry(kind: str, row: Row, sentence: str, notes: str, published: str, updated: str) -> Entry:
    told, sure, rest = sentence.partition(". How sure: ") if ". How sure: " in sentence else sentence.partition(". ")
    told = told.rstrip(".")
    return Entry(
        id=f"{kind}{row['change_id']}",
        network_id=str(row["network_id"]),
        places=frozenset({str(row["place_id"] or "")}),
        title=told,
        text=" ".join(filter(None, (f"{told}{sure or '.'}{rest}".strip(), notes, "Evidence and how to dispute it: see the page."))),
        published=published,
        updated=updated,
    )


def _address(path: str, depth: int, home: str) -> str:
    return f"{home.rstrip('/')}/latest/{path}" if home else "../" * depth + path


def _atom(feed: Feed, about: str, updated: str, entries: Sequence[Entry], names: Mapping[str, str], home: str) -> bytes:
    from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]

    made = FeedGenerator()
    made.id(_feed_id(feed, home))
    made.title(feed.title)
    made.subtitle(about)
    made.author({"name": "City Network Monitor"})
    made.generator("City Network Monitor")
    made.language("en")
    made.updated(_instant(updated))
    own = f"{home.rstrip('/')}/latest/feeds/{feed.path}.atom" if home else f"{feed.path.rpartition('/')[2]}.atom"
    made.link([{"href": own, "rel": "self"}, {"href": _address(f"site/{feed.page}", _depth(feed), home), "rel": "alternate"}])
    for entry in entries:
        one = made.add_entry(order="append")
        one.id(entry.id)
        one.title(entry.title)
        one.published(_instant(entry.published))
        one.updated(_instant(entry.updated))
        one.content(entry.text, type="text")
        one.link(href=_evidence(entry, feed, home), rel="alternate")
        one.category(term=names.get(entry.network_id, entry.network_id))
    document: bytes = made.atom_str(pretty=True)
    return document


def _json(feed: Feed, about: str, entries: Sequence[Entry], names: Mapping[str, str], home: str) -> bytes:
    document: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": about,
        "language": "en",
        "authors": [{"name": "City Network Monitor"}],
        "home_page_url": _address(f"site/{feed.page}", _depth(feed), home),
        **({"feed_url": f"{home.rstrip('/')}/latest/feeds/{feed.path}.json"} if home else {}),
        "items": [
            {
                "id": entry.id,
                "url": _evidence(entry, feed, home),
                "title": entry.title,
                "content_text": entry.text,
                "date_published": entry.published,
                "date_modified": entry.updated,
                "tags": [names.get(entry.network_id, entry.network_id)],
            }
            for entry in entries
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _feed_id(feed: Feed, home: str) -> str:
    """By the public address, so that the feeds of two installations are two; the same in every release."""
    return f"{home.rstrip('/')}/feeds/{feed.path}" if home else f"urn:citynet:feed:{feed.path.replace('/', ':')}"


def _evidence(entry: Entry, feed: Feed, home: str) -> str:
    return _address(f"site/changes.html#{entry.network_id}", _depth(feed), home)


def _depth(feed: Feed) -> int:
    """Folders between a feed and its release."""
    return feed.path.count("/") + 1


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
