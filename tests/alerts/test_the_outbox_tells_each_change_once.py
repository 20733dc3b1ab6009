"""Any order of news, kills, closed channels, days, re-runs and replays: in the end each subscriber was told each change once."""

import json
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alerts.conftest import subscribed, world_of_alerts
from alerts.releases import PLACES, at, change, publish
from citynet.alerts import outbox
from citynet.alerts.outbox import Message
from citynet.errors import SourceUnavailable
from citynet.pipelines import alerts
from citynet.pipelines.outside import Outside
from citynet.store import open_store
from loopback import Answer, Site, page, serving

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("news"), st.integers(1, 3)),
        st.tuples(st.just("write, killed at"), st.integers(0, 6)),
        st.tuples(st.just("send, killed at"), st.integers(0, 6)),
        st.tuples(st.just("write"), st.just(0)),
        st.tuples(st.just("send"), st.just(0)),
        st.tuples(st.just("closed"), st.integers(0, 1)),
        st.tuples(st.just("replay"), st.just(0)),
        st.tuples(st.just("days pass"), st.integers(1, 3)),
    ),
    max_size=12,
)


class Killed(Exception):
    """Ends a step at a write; what was written before stays, as after kill -9."""


def deadly(store, writes):
    left = [None] * writes

    class Failing(type(store)):
        def write(self, key, data):
            if not left:
                raise Killed
            left.pop()
            super().write(key, data)

    return Failing(store.url, store.fs, store.root, store.local)


@dataclass
class Played:
    """A world while steps are played on it. taken: (channel, key, text) of each message that a channel took."""

    outside: Outside
    site: Site
    now: datetime = field(default_factory=lambda: at("2024-02-01"))
    changes: list[dict[str, str]] = field(default_factory=list)
    captures: list[str] = field(default_factory=lambda: ["c1"])
    closed: set[int] = field(default_factory=set)
    taken: list[tuple[str, str, str]] = field(default_factory=list)

    def answer(self, number: int) -> Answer:
        def one(handler: BaseHTTPRequestHandler) -> None:
            if number not in self.closed:
                text = json.loads(self.site.posted[-1])["message"]
                self.taken.append((f"/{number}", handler.headers["Idempotency-Key"], text))
            page(b"", 503 if number in self.closed else 200)(handler)

        return one

    def news(self, number: int) -> None:
        self.captures.append(f"c{len(self.captures) + 1}")
        for _ in range(min(number, 9 - len(self.changes))):  # from 10 on a digest has one line, without ids
            day = f"2024-02-{len(self.changes) + 1:02}"
            place = sorted(PLACES)[len(self.changes) % len(PLACES)]
            dated = {"evidence_capture_id": self.captures[-1], "earliest": day, "latest": day}
            self.changes.append(change(f"id{len(self.changes):02}", place, **dated))
        publish(self.outside, f"2024-02-01-{len(self.captures):012x}", *self.changes, captures=self.captures)

    def attempt(self, step: Callable[[Outside, datetime], object], world: Outside) -> None:
        with suppress(Killed, SourceUnavailable):
            step(world, self.now)

    def killed(self, step: Callable[[Outside, datetime], object], writes: int) -> None:
        self.attempt(step, replace(self.outside, store=deadly(self.outside.store, writes)))

    def days_pass(self, number: int) -> None:
        self.now += timedelta(days=number)

    def replayed(self, _: int) -> None:
        for step in (alerts.write_messages, alerts.send):
            self.attempt(step, replace(self.outside, mode="replay"))

    def play(self, what: str, number: int) -> None:
        does: dict[str, Callable[[int], object]] = {
            "news": self.news,
            "write, killed at": lambda n: self.killed(alerts.write_messages, n),
            "send, killed at": lambda n: self.killed(alerts.send, n),
            "write": lambda _: self.attempt(alerts.write_messages, self.outside),
            "send": lambda _: self.attempt(alerts.send, self.outside),
            "closed": lambda n: self.closed.symmetric_difference_update({n}),
            "replay": self.replayed,
            "days pass": self.days_pass,
        }
        does[what](number)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@example([("news", 1), ("write", 0), ("send, killed at", 0), ("news", 1), ("write", 0)])
@example([("news", 1), ("write", 0), ("send, killed at", 1), ("news", 1), ("write", 0)])
@example([("news", 1), ("write", 0), ("send, killed at", 4), ("days pass", 1), ("news", 1), ("write", 0)])
@given(STEPS)
def test_whatever_happens_each_channel_takes_each_change_once(steps):
    with tempfile.TemporaryDirectory() as folder, serving() as site:
        daily, instant = (f"json://127.0.0.1:{site.port}/{number}" for number in (0, 1))
        played = Played(replace(world_of_alerts(Path(folder)), channels=(daily,)), site)
        subscribed(played.outside, "at_once", instant, frequency="instant")
        site.answers |= {f"/{number}": played.answer(number) for number in (0, 1)}
        publish(played.outside, "2024-02-01-000000000000")
        alerts.write_messages(played.outside, played.now)
        for what, number in steps:
            played.play(what, number)
        played.closed.clear()
        for _ in range(3):
            played.days_pass(1)
            alerts.write_messages(played.outside, played.now)
            alerts.send(played.outside, played.now)
        folded = {(path, key): text for path, key, text in reversed(played.taken)}  # a webhook keeps one message a key
        ids = Counter(c["change_id"] for c in played.changes)
        for channel in ("/0", "/1"):
            texts = [text for (path, _), text in folded.items() if path == channel]
            assert Counter({i: sum(f"[{i}]" in text for text in texts) for i in ids}) == ids
        assert {m.state for m in outbox.messages(played.outside.store)} <= {"sent"}


def message(number: int) -> Message:
    return Message(f"m{number}", "r", "digest", "waiting", "2024-02-01-aaaaaaaaaaaa", "2024-02-01T00:00:00Z", "", "title", "body")


def test_a_message_that_is_kept_already_stays_as_it_is_in_whatever_state(tmp_path):
    store = open_store(str(tmp_path))
    assert outbox.post(store, message(1))
    marked = outbox.sent(store, outbox.trying(store, message(1)), "2024-02-01T00:00:00Z")
    assert not outbox.post(store, message(1))
    assert outbox.messages(store) == [marked]
    assert (marked.state, marked.body) == ("sent", "")


def test_a_message_that_an_older_version_kept_is_read_and_tried_on(tmp_path):
    store = open_store(str(tmp_path))
    outbox.post(store, replace(message(1), state="trying"))
    kept = json.loads(store.read(message(1).key))
    store.write(message(1).key, json.dumps({field: value for field, value in kept.items() if field not in ("tries", "withheld")}).encode())
    (read,) = outbox.messages(store)
    assert outbox.trying(store, read).tries == 1
    assert outbox.messages(store) == [replace(message(1), state="trying", tries=1)]


def test_a_message_that_was_tried_cannot_be_taken_back(tmp_path):
    store = open_store(str(tmp_path))
    outbox.post(store, message(1))
    with pytest.raises(ValueError, match="expected a message that waits"):
        outbox.take_back(store, outbox.trying(store, message(1)))


@given(st.sets(st.text(min_size=1), min_size=1), st.text(), st.text())
def test_the_id_of_a_message_goes_with_its_content_and_recipient_and_not_with_the_order(content, one, other):
    first = outbox.message_id(one, "digest", sorted(content))
    assert first == outbox.message_id(one, "digest", sorted(content, reverse=True))
    assert (first == outbox.message_id(other, "digest", content)) is (one == other)
    assert first != outbox.message_id(one, "correction", content)
