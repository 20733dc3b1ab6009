"""What subscribers get: each round's state as a small release, told by send_alerts' own steps to a webhook on loopback."""

import csv
import io
import json
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

from citynet.alerts import outbox
from citynet.history.folding import history_of
from citynet.model import History
from citynet.pipelines.alerts import send, write_messages
from citynet.pipelines.membership_tables import change_rows
from citynet.pipelines.outside import Outside
from citynet.pipelines.views import View
from citynet.publishing.contract import contract
from simulation.platform import Platform
from simulation.truth import Truth

RELEASE = "2020-01-01-0123456789ab"
"""All rounds write over one release: what is told depends on its tables, not on its id."""


@dataclass(slots=True)
class Desk:
    """A webhook and what came to it. keys: of each message, as often as it came."""

    url: str
    keys: list[str] = field(default_factory=list)


@contextmanager
def webhook() -> Iterator[Desk]:
    """A receiver on loopback that takes everything."""
    desk = Desk("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            desk.keys.append(self.headers["Idempotency-Key"] or "")
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        desk.url = f"json://127.0.0.1:{server.server_address[1]}/hook"
        try:
            yield desk
        finally:
            server.shutdown()
            thread.join()


def tell(platform: Platform, truth: Truth, now: datetime) -> None:
    """Publish what is known now, and run the steps of send_alerts."""
    release(platform, truth)
    write_messages(platform.outside, now)
    send(platform.outside, now)


def tell_again(platform: Platform, desk: Desk, now: datetime) -> int:
    """How many messages two more runs send, one at the same instant and one of the next hour."""
    before = len(desk.keys)
    for at in (now, now + timedelta(hours=1)):
        write_messages(platform.outside, at)
        send(platform.outside, at)
    return len(desk.keys) - before


def told_changes(outside: Outside) -> Counter[str]:
    """change_id -> how often a digest told of it."""
    return Counter(
        change["change_id"] for message in outbox.messages(outside.store) if message.kind == "digest" for change in message.changes
    )


def corrections(outside: Outside) -> int:
    """How many corrections were sent."""
    return sum(message.kind == "correction" for message in outbox.messages(outside.store))


def release(platform: Platform, truth: Truth) -> None:
    """Write the tables that send_alerts reads, as the release of this round would hold them."""
    history = history_of(platform.state)
    view = View(platform.network, (), (), history, (), False)
    tables: dict[str, Sequence[Mapping[str, object]]] = {
        "networks": [{"network_id": platform.network_id, "name": platform.network.name, "members_counted": _members(history)}],
        "places": [{"place_id": b.place_id, "name": b.name, "country": b.country} for b in _places(platform, truth, history)],
        "memberships": [
            {"network_id": spell.network_id, "place_id": spell.place_id, "tie": spell.tie, "not_seen": spell.not_seen}
            for spell in history.spells
        ],
        "membership_changes": change_rows([view], world=True),
        "record_changes": change_rows([view], world=False),
        "sources": [
            {
                "source_id": platform.network_id,
                "source_type": "membership_list",
                "coverage": platform.network.coverage,
                "capture_id": one.capture.capture_id,
                "decision": "accepted" if one.outcome == "accepted" else "held",
                "capture_origin": one.capture.origin,
            }
            for one in platform.kept
        ],
    }
    published = platform.outside.published
    for shape in contract().tables:
        published.write(f"{RELEASE}/data/{shape.name}.csv", _csv([c.name for c in shape.columns], tables.get(shape.name, ())))
    published.write("latest.json", json.dumps({"release_id": RELEASE}).encode())


def _members(history: History) -> int:
    return sum(spell.state != "departed" for spell in history.spells)


@dataclass(frozen=True, slots=True)
class _Place:
    place_id: str
    name: str
    country: str


def _places(platform: Platform, truth: Truth, history: History) -> list[_Place]:
    """The places of the release: also those that nobody meant, if the platform names them."""
    named = {spell.place_id for spell in history.spells} | {change.place_id for change in history.changes}
    found = []
    for place_id in sorted(named):
        place = truth.bodies[place_id] if place_id in truth.bodies else platform.names.place(place_id)
        found.append(_Place(place_id, place.name, place.country))
    return found


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> bytes:
    """The table with all columns of the contract, those that no alert asks for empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: "" if value is None else value for column, value in row.items()} for row in rows)
    return out.getvalue().encode()
