"""Sending judges anew: what was judged since it was written, a file that cannot be read, a store that cannot be written, a role left."""

import errno
import json
from dataclasses import replace

import pytest

from alerts.judged import claim, flags, withdraw
from alerts.receivers import receiver
from alerts.releases import at, change, departure, publish
from alerts.webhook import listening
from citynet.alerts import outbox
from citynet.errors import ConfigError, SourceUnavailable
from citynet.pipelines import alerts, operators
from citynet.pipelines.secret_files import ADDRESSES, CONTACTS, read_addresses, write_secret
from citynet.pipelines.subscribers import erase

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
R1, R2 = "2024-02-01-aaaaaaaaaaaa", "2024-02-02-bbbbbbbbbbbb"
CLOSED = "json://127.0.0.1:9/"
JUDGED = {
    "a claim": lambda outside: claim(outside, ""),
    "a reply": lambda outside: claim(outside, "", what="reply"),
    "a harm flag": lambda outside: flags(outside, "flagged"),
    "a withdrawal": withdraw,
}


@pytest.fixture
def hook(tmp_path):
    """A webhook that is down until it is started."""
    with receiver("http", tmp_path) as found:
        yield found


def planned(outside, hook, *, tried):
    """A digest of Graz and Lyon that waits, or was tried in vain."""
    publish(outside, R1, change("a"), change("b", "gn2"))
    alerts.write_messages(outside, at("2024-02-01"))
    if tried:
        with pytest.raises(SourceUnavailable):
            alerts.send(outside, at("2024-02-01"))
    hook.start()


@pytest.mark.parametrize("tried", [False, True], ids=["waiting", "tried"])
@pytest.mark.parametrize("judged", JUDGED.values(), ids=JUDGED)
def test_what_was_judged_after_a_message_was_written_counts_when_it_is_sent(outside, subscribe, hook, judged, tried):
    subscribe("desk", hook.url("desk"))
    planned(outside, hook, tried=tried)
    judged(outside)
    alerts.send(outside, at("2024-02-02"))
    assert not any("Graz (AT) joined" in message["body"] for message in hook.got)
    assert sum("Lyon (FR) joined" in message["body"] for message in hook.got) == 1


@pytest.mark.parametrize("tried", [False, True], ids=["waiting", "tried"])
def test_with_a_judgement_that_cannot_be_read_nothing_goes_and_nothing_is_lost(outside, subscribe, hook, tried):
    subscribe("desk", hook.url("desk"))
    planned(outside, hook, tried=tried)
    (outside.judgements / "claims.csv").write_text("case_id,what\nx,y\n")
    with pytest.raises(ConfigError, match=r"claims\.csv:1: expected the columns"):
        alerts.send(outside, at("2024-02-02"))
    assert hook.got == []
    (outside.judgements / "claims.csv").unlink()
    alerts.send(outside, at("2024-02-02", 12))
    assert len(hook.got) == 1


@pytest.mark.parametrize("tried", [False, True], ids=["waiting", "tried"])
def test_a_store_that_cannot_be_written_hands_nothing_on_however_often_it_is_tried(outside, subscribe, hook, tried):
    for name in ("ada", "bo"):
        subscribe(name, hook.url(name))
    planned(outside, hook, tried=tried)

    class Full(type(outside.store)):
        def write(self, key, data):
            raise OSError(errno.ENOSPC, "No space left on device")

    full = replace(outside, store=Full(outside.store.url, outside.store.fs, outside.store.root, outside.store.local))
    for hour in (9, 10, 11):
        with pytest.raises(OSError, match="No space left"):
            alerts.send(full, at("2024-02-02", hour))
    assert hook.got == []
    alerts.send(outside, at("2024-02-03"))
    assert sorted(message["to"] for message in hook.got) == ["ada", "bo"]


OTHER_ROLES = {
    "a contact": lambda outside, url, subscribe: contact(outside, url),
    "of the curators": lambda outside, url, subscribe: subscribe("night", url, audience="curators"),
    "of the operators": lambda outside, url, subscribe: subscribe("night", url, audience="operators"),
    "subscribed to other networks": lambda outside, url, subscribe: subscribe("night", url, networks=("hills",)),
}


def contact(outside, url):
    write_secret(outside.secrets / ADDRESSES, json.dumps({**read_addresses(outside), "hills": url}).encode())
    write_secret(outside.secrets / CONTACTS, b"contacts:\n  - network_id: hills\n    address: hills\n")


@pytest.mark.parametrize("tried", [False, True], ids=["waiting", "tried"])
@pytest.mark.parametrize("role", OTHER_ROLES.values(), ids=OTHER_ROLES)
def test_who_left_gets_nothing_that_was_planned_for_it_though_its_address_has_another_role(outside, subscribe, hook, role, tried):
    url = hook.url("desk")
    subscribe("desk", url)
    role(outside, url, subscribe)
    planned(outside, hook, tried=tried)
    erase(outside, "desk", "2024-02-01T12:00:00Z")
    for day in ("2024-02-01", "2024-02-02"):
        alerts.send(outside, at(day, 13))
    assert hook.got == []


def test_who_left_as_a_curator_is_still_told_what_it_subscribed_to(outside, subscribe, hook):
    subscribe("desk", hook.url("desk"))
    subscribe("night", hook.url("desk"), audience="curators")
    planned(outside, hook, tried=True)
    erase(outside, "night", "2024-02-01T12:00:00Z")
    alerts.send(outside, at("2024-02-02"))
    assert ["Lyon" in message["body"] for message in hook.got] == [True]


def test_a_question_that_is_tried_again_gives_ten_days_from_that_day(outside, hook):
    contact(outside, hook.url("secretariat"))
    publish(outside, R1, departure("a", network_id="hills"))
    with pytest.raises(SourceUnavailable):
        alerts.send(outside, at("2024-02-01"))
    hook.start()
    alerts.send(outside, at("2024-02-08"))
    (question,) = hook.got
    assert "Your reply by the end of 2024-02-22" in question["title"]  # told from the 23rd
    assert "After 2024-02-22 the City Network Monitor" in question["body"]


CASES = [
    {"case_id": "k1", "what": "claim", "network_id": "rivers", "claim": "Graz says that it never left", "due": "", "outcome": ""},
    {"case_id": "k2", "what": "claim", "network_id": "rivers", "claim": "Lyon says so too", "due": "", "outcome": ""},
    {"case_id": "n1", "what": "name", "network_id": "rivers", "claim": "Ulm?", "due": "", "outcome": ""},
]


@pytest.mark.parametrize("released", [False, True], ids=["before a release without it", "after it"])
def test_word_to_curators_that_was_not_taken_yet_names_no_withdrawn_body(outside, subscribe, hook, released):
    subscribe("night", hook.url("night"), audience="curators")
    publish(outside, R1, change("a"), cases=CASES)
    operators.tell_curators(outside, at("2024-02-01"))
    with pytest.raises(SourceUnavailable):
        alerts.send(outside, at("2024-02-01"))
    withdraw(outside)
    if released:
        publish(outside, R2, cases=CASES[1:])
    hook.start()
    for day in ("2024-02-02", "2024-02-03"):
        operators.tell_curators(outside, at(day))
        alerts.send(outside, at(day))
    (word,) = hook.got
    assert "rivers: claim, open: Lyon says so too\nrivers: printed names to be matched, open: 1\n" in word["body"]
    assert "Graz" not in word["body"]
    assert not any(b"Graz" in outside.store.read(key) for key in outside.store.keys("alerts"))


def test_word_to_curators_of_withdrawn_bodies_alone_does_not_go(outside, subscribe):
    with listening() as (url, got):
        subscribe("night", url, audience="curators")
        publish(outside, R1, change("a"), cases=CASES[:1])
        operators.tell_curators(outside, at("2024-02-01"))
        withdraw(outside)
        alerts.send(outside, at("2024-02-01"))
        assert got == []
    assert [m.kind for m in outbox.messages(outside.store)] == []


def test_an_open_question_that_is_worded_anew_while_the_channel_is_down_reaches_the_curators_once(outside, subscribe, hook):
    held = {"case_id": "capture-1", "what": "capture", "network_id": "rivers", "due": "", "outcome": ""}
    subscribe("night", hook.url("night"), audience="curators")
    publish(outside, R1, cases=[{**held, "claim": "a list of 40 names is held: 12 fewer"}])
    operators.tell_curators(outside, at("2024-02-01"))
    with pytest.raises(SourceUnavailable):
        alerts.send(outside, at("2024-02-01"))
    publish(outside, R2, cases=[{**held, "claim": "a list of 40 names is held: 11 fewer"}])
    hook.start()
    for day in ("2024-02-02", "2024-02-03"):
        operators.tell_curators(outside, at(day))
        alerts.send(outside, at(day))
    assert [word["body"].split("\n")[2] for word in hook.got] == ["rivers: capture, open: a list of 40 names is held: 11 fewer"]
