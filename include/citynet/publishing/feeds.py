"""The feeds of a release, Atom and JSON Feed 1.1: changes of membership and changes of our records, never mixed.

Same tables, same bytes. An entry goes by the id of its change in every release; its text is the sentence that alerts use. Links are
relative where the public address of the published folder is not known, else they lead through `latest`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from citynet.model import Row
from citynet.publishing.headlines import is_demonstration
from citynet.publishing.site.context import grouped_by

MOST_ENTRIES = 250
"""The newest so many are in a feed; the tables hold all."""
ID = "urn:citynet:change:"
LATER = "A departure that no source prints is told once those concerned have had their days to reply."
DEMONSTRATION = (
    "Empty: this is a demonstration release built from dated excerpts, whose changes are of the past. They stand in its tables and pages."
)


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed. path: below feeds/, without ending; page: below site/; about: what it tells, for readers."""

    path: str
    title: str
    about: str
    page: str
    entries: Sequence[Row]


def feed_files(tables: Mapping[str, Sequence[Row]], as_of: str, home: str = "") -> dict[str, bytes]:
    """Path below feeds/ -> bytes, two formats a feed. home: public address of the published folder, "" where there is none.

    World changes: overall, one feed a network and one a body that lists name. Changes of our records: overall and a network. A
    demonstration release has the same feeds, each empty and saying why.
    """
    shown = {} if is_demonstration(tables.get("sources", ())) else tables
    world = [row for row in shown.get("membership_changes", ()) if row["telling"] == "now"]
    records = [row for row in shown.get("record_changes", ()) if row["sentence"]]
    counts = _numbers(world)
    names = {str(row["network_id"]): str(row["name"]) for row in tables.get("networks", ())}
    why = "" if shown or not tables else DEMONSTRATION
    files = {}
    for feed in _feeds(tables, names, world, records):
        newest = sorted(feed.entries, key=lambda row: (str(row["known_at"]), str(row["change_id"])), reverse=True)[:MOST_ENTRIES]
        entries = [_entry(row, names, counts, feed.path.count("/") + 1, home) for row in newest]
        updated = max((entry["updated"] for entry in entries), default=f"{as_of}T00:00:00Z")
        about = f"{feed.about} {why}".strip()
        files[f"{feed.path}.atom"] = _atom(feed, about, updated, entries, home)
        files[f"{feed.path}.json"] = _json(feed, about, entries, home)
    return files


def _feeds(tables: Mapping[str, Sequence[Row]], names: Mapping[str, str], world: Sequence[Row], records: Sequence[Row]) -> Iterable[Feed]:
    told, ours = f"Changes of membership, as lists show them. {LATER}", "Changes of our records. No city joined or went by these."
    by_network, by_place, of_records = grouped_by(world, "network_id"), grouped_by(world, "place_id"), grouped_by(records, "network_id")
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


def _entry(row: Row, names: Mapping[str, str], counts: Mapping[str, str], depth: int, home: str) -> dict[str, str]:
    """id, title, text, link and time of a change; depth: folders between the feed and its release."""
    change_id, network_id = str(row["change_id"]), str(row["network_id"])
    told, _, sure = str(row["sentence"]).partition(". ")
    notes = [counts.get(change_id, ""), f"Reply of those concerned: {row['replies']}" if row.get("replies") else ""]
    return {
        "id": ID + change_id,
        "title": told.rstrip("."),
        "text": " ".join(filter(None, (f"{told.rstrip('.')}.", sure, *notes, "Evidence and how to dispute it: see the page."))),
        "link": _address(f"site/changes.html#{network_id}", depth, home),
        "updated": str(row["known_at"]),
        "tag": names.get(network_id, network_id),
    }


def _numbers(changes: Sequence[Row]) -> dict[str, str]:
    """change_id -> which change of its network it is in the year in which we knew of it."""
    counts: dict[tuple[str, str], int] = {}
    found = {}
    for row in sorted(changes, key=lambda r: (str(r["known_at"]), str(r["change_id"]))):
        year = (str(row["network_id"]), str(row["known_at"])[:4])
        counts[year] = counts.get(year, 0) + 1
        found[str(row["change_id"])] = f"Change {counts[year]} of this network that is told in {year[1]}."
    return found


def _address(path: str, depth: int, home: str) -> str:
    return f"{home.rstrip('/')}/latest/{path}" if home else "../" * depth + path


def _atom(feed: Feed, about: str, updated: str, entries: Sequence[Mapping[str, str]], home: str) -> bytes:
    from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]

    depth = feed.path.count("/") + 1
    made = FeedGenerator()
    made.id(f"urn:citynet:feed:{feed.path.replace('/', ':')}")
    made.title(feed.title)
    made.subtitle(about)
    made.author({"name": "City Network Monitor"})
    made.generator("City Network Monitor")
    made.language("en")
    made.updated(_instant(updated))
    own = f"{home.rstrip('/')}/latest/feeds/{feed.path}.atom" if home else f"{feed.path.rpartition('/')[2]}.atom"
    made.link([{"href": own, "rel": "self"}, {"href": _address(f"site/{feed.page}", depth, home), "rel": "alternate"}])
    for entry in entries:
        one = made.add_entry(order="append")
        one.id(entry["id"])
        one.title(entry["title"])
        one.updated(_instant(entry["updated"]))
        one.content(entry["text"], type="text")
        one.link(href=entry["link"], rel="alternate")
        one.category(term=entry["tag"])
    document: bytes = made.atom_str(pretty=True)
    return document


def _json(feed: Feed, about: str, entries: Sequence[Mapping[str, str]], home: str) -> bytes:
    depth = feed.path.count("/") + 1
    document: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": about,
        "language": "en",
        "authors": [{"name": "City Network Monitor"}],
        "home_page_url": _address(f"site/{feed.page}", depth, home),
        **({"feed_url": f"{home.rstrip('/')}/latest/feeds/{feed.path}.json"} if home else {}),
        "items": [
            {
                "id": entry["id"],
                "url": entry["link"],
                "title": entry["title"],
                "content_text": entry["text"],
                "date_published": entry["updated"],
                "tags": [entry["tag"]],
            }
            for entry in entries
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
