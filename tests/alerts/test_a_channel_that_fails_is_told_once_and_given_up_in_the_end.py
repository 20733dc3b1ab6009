"""A dead address: red once, told to operators when it begins and ends, suspended after 30 days; and it silences nobody else."""

import io
import json
import re
from contextlib import suppress

import pytest

from alerts.judged import claim
from alerts.receivers import receiver
from alerts.releases import at, change, departure, publish
from alerts.webhook import listening
from citynet.alerts import channels, outbox
from citynet.cli import main
from citynet.errors import SourceUnavailable
from citynet.pipelines import alerts, operators
from citynet.pipelines.secret_files import ADDRESSES, CONTACTS, ledger_key, read_addresses, write_secret
from citynet.pipelines.subscribers import erase
from pipelines.live_pages import register

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
BO = "subscription bo (webhook)"
R1, R2 = "2024-02-01-aaaaaaaaaaaa", "2024-03-20-bbbbbbbbbbbb"


@pytest.fixture
def dead(tmp_path):
    """A webhook that is down until it is started."""
    with receiver("http", tmp_path) as found:
        yield found


@pytest.fixture
def well():
    with listening() as found:
        yield found


def sends(outside, day, hour=9):
    alerts.send(outside, at(day, hour))


def contacts(outside, *urls):
    """Contacts of one network, each at an address of its own."""
    names = {f"rivers{n}": url for n, url in enumerate(urls)}
    write_secret(outside.secrets / ADDRESSES, json.dumps({**read_addresses(outside), **names}).encode())
    entries = [f"  - network_id: rivers\n    address: {name}\n" for name in names]
    write_secret(outside.secrets / CONTACTS, ("contacts:\n" + "".join(entries)).encode())


def command(tmp_path, monkeypatch, *words):
    """`citynet subscribers` on the world of the test."""
    for name in ("store", "published", "registry", "judgements"):
        monkeypatch.setenv(f"CITYNET_{name.upper()}", str(tmp_path / name))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    return main(["subscribers", *words])


def listed(tmp_path, monkeypatch, capsys):
    """What `citynet subscribers list` prints: no address."""
    assert command(tmp_path, monkeypatch, "list") == 0
    said = capsys.readouterr().out
    assert "127.0.0.1" not in said
    return said


@pytest.fixture
def one_dead(outside, subscribe, dead, well):
    """Two subscribers, one of whom cannot be reached, and one join to tell."""
    subscribe("ada", well[0])
    subscribe("bo", dead.url("bo"))
    publish(outside, R1, change("a"))


def test_a_run_is_red_where_a_channel_begins_to_fail_and_at_each_of_its_own_tries_and_not_later(outside, one_dead, capsys):
    for _ in range(2):  # the task tries again, dated as before
        with pytest.raises(SourceUnavailable, match=r"subscription bo \(webhook\) did not take"):
            sends(outside, "2024-02-01")
    sends(outside, "2024-02-02")
    assert "since 2024-02-01T09:00:00Z: subscription bo (webhook) did not take" in capsys.readouterr().out


def test_a_run_stays_red_as_long_as_nobody_at_all_is_reached(outside, subscribe, dead):
    subscribe("bo", dead.url("bo"))
    publish(outside, R1, change("a"))
    for day in ("2024-02-01", "2024-02-02"):
        with pytest.raises(SourceUnavailable):
            sends(outside, day)


def test_a_run_is_red_too_when_all_channels_are_suspended_and_none_is_tried(outside, subscribe, dead):
    subscribe("bo", dead.url("bo"))
    publish(outside, R1, change("a"))
    for day in ("2024-02-01", "2024-02-20", "2024-03-02"):
        with pytest.raises(SourceUnavailable):
            sends(outside, day)
    for day in ("2024-03-03", "2024-04-03"):
        with pytest.raises(SourceUnavailable, match=r"subscription bo \(webhook\): suspended: took none"):
            sends(outside, day)
    assert dead.got == []


def test_operators_hear_of_a_channel_when_it_begins_to_fail_when_it_is_suspended_and_when_it_takes_its_messages_again(
    outside, one_dead, subscribe, dead
):
    register(outside)
    with listening() as (url, got):
        subscribe("night", url, audience="operators")
        told = []
        for day in ("2024-02-01", "2024-02-02", "2024-02-20", "2024-03-02", "2024-03-03", "2024-03-04"):
            operators.tell_operators(outside, at(day))
            if day == "2024-02-01":
                with pytest.raises(SourceUnavailable):
                    sends(outside, day)
            else:
                sends(outside, day)
            told += [day] * (len(got) - len(told))
        dead.start()
        channels.resume(outside.store, outbox.keyed_hash(ledger_key(outside), read_addresses(outside)["bo"]))
        for day in ("2024-03-06", "2024-03-07"):
            operators.tell_operators(outside, at(day))
            sends(outside, day)
            told += [day] * (len(got) - len(told))
    said = [line for body in got for line in json.loads(body)["message"].split("\n") if line.startswith("subscription bo")]
    assert said == [
        f"{BO}: unavailable: takes none of its messages since 2024-02-01",
        f"{BO}: changed, in trouble since 2024-02-02: suspended: took none of its messages for 30 days and is not tried any more",
        f"{BO}: ended, was in trouble since 2024-02-02",
    ]
    assert told == ["2024-02-02", "2024-03-03", "2024-03-07"]


def test_what_is_due_to_a_suspended_channel_comes_when_it_is_tried_again(outside, one_dead, dead, well, tmp_path, monkeypatch, capsys):
    for day in ("2024-02-01", "2024-02-15", "2024-03-03"):
        try:
            sends(outside, day)
        except SourceUnavailable:
            assert day == "2024-02-01"
    dead.start()
    more = [change(f"m{n}", place, evidence_capture_id="c2") for n, place in enumerate(("gn2", "gn3"))]
    publish(outside, R2, change("a"), *more, captures=("c1", "c2"))
    sends(outside, "2024-03-20")
    assert (len(well[1]), dead.got) == (2, [])
    assert command(tmp_path, monkeypatch, "list") == 0
    assert "subscription bo (webhook): suspended: took none" in capsys.readouterr().out
    assert command(tmp_path, monkeypatch, "resume", "nobody") == 2
    assert command(tmp_path, monkeypatch, "resume", "bo") == 0
    for day in ("2024-03-21", "2024-03-22"):
        sends(outside, day)
    assert ["Graz" in m["body"] for m in dead.got] == [True, False]
    assert "Lyon" in dead.got[1]["body"]
    assert "Łódź" in dead.got[1]["body"]


def test_two_contacts_of_a_network_are_told_apart_without_their_addresses(outside, subscribe, dead, well, tmp_path, monkeypatch, capsys):
    register(outside)
    subscribe("night", well[0], audience="operators")
    contacts(outside, dead.url("office"), dead.url("chair"))
    gone = [
        departure(name, place, evidence_capture_id=f"c{n}") for n, (name, place) in enumerate((("a", "gn1"), ("b", "gn2"), ("c", "gn3")), 1)
    ]
    for newest, day in ((1, "2024-02-01"), (2, "2024-02-14"), (3, "2024-02-26"), (3, "2024-03-04")):
        publish(outside, R1, *gone[:newest], captures=("c1", "c2", "c3")[:newest])
        with suppress(SourceUnavailable):
            sends(outside, day)
    office, chair = sorted(channels.failing(outside.store))
    assert {channels.short(office), channels.short(chair)} == set(re.findall(r"[0-9a-f]{8}", listed(tmp_path, monkeypatch, capsys)))
    assert command(tmp_path, monkeypatch, "resume", channels.short(chair)) == 0
    assert {to: one.suspended for to, one in channels.failing(outside.store).items()} == {office: True, chair: False}
    operators.tell_operators(outside, at("2024-03-04", 10))
    sends(outside, "2024-03-04", 11)
    told = json.loads(well[1][-1])["message"]
    assert [f"contact of rivers (webhook, {to[:8]}): " in told for to in (office, chair)] == [True, True]


def test_a_name_that_two_channels_bear_resumes_neither_and_says_how_to_tell_them_apart(outside, dead, tmp_path, monkeypatch, capsys):
    """Up to 0.8 contacts of one network and kind had one name, and a suspended one keeps it until the next run."""
    kept = {n * 32: {"name": "contact of rivers (webhook)", "since": "2024-02-01T09:00:00Z", "last": "2024-03-03T09:00:00Z"} for n in "ab"}
    outside.store.write(channels.FILE, json.dumps(kept).encode())
    assert command(tmp_path, monkeypatch, "resume", "contact of rivers (webhook)") == 2
    assert "aaaaaaaa, bbbbbbbb" in capsys.readouterr().err
    assert all(one.suspended for one in channels.failing(outside.store).values())


def test_a_suspended_address_is_resumed_by_any_of_its_subscriptions(outside, one_dead, subscribe, dead, tmp_path, monkeypatch):
    subscribe("bo_too", dead.url("bo"), networks=("rivers",))
    for day in ("2024-02-01", "2024-02-20", "2024-03-03"):
        with suppress(SourceUnavailable):
            sends(outside, day)
    assert channels.suspended(outside.store)
    assert command(tmp_path, monkeypatch, "resume", "bo_too") == 0
    assert not channels.suspended(outside.store)


def test_a_channel_that_nobody_has_any_more_is_forgotten(outside, one_dead):
    with pytest.raises(SourceUnavailable):
        sends(outside, "2024-02-01")
    assert channels.failing(outside.store).keys() == {outbox.keyed_hash(ledger_key(outside), read_addresses(outside)["bo"])}
    erase(outside, "bo", "2024-02-01T12:00:00Z")
    sends(outside, "2024-02-02")
    assert channels.failing(outside.store) == {}


def test_a_contact_that_cannot_be_reached_delays_a_departure_by_ten_working_days_and_the_message_says_so(outside, subscribe, dead, well):
    url, got = well
    subscribe("ada", url)
    contacts(outside, dead.url("rivers"))
    publish(outside, R1, departure("a"))
    with pytest.raises(SourceUnavailable, match="contact of rivers"):
        sends(outside, "2024-02-05")
    sends(outside, "2024-02-19")
    assert got == []
    sends(outside, "2024-02-20")
    (message,) = got
    assert "Graz (AT) left" in message
    assert "Those concerned could not be asked: no message to them has been taken since 2024-02-05." in message
    dead.start()
    sends(outside, "2024-02-21")
    assert dead.got == []  # it was told; there is nothing left to ask


def test_a_contact_that_is_reached_at_last_has_its_ten_days_from_then(outside, subscribe, dead, well):
    url, got = well
    subscribe("ada", url)
    contacts(outside, dead.url("rivers"))
    publish(outside, R1, departure("a"))
    with pytest.raises(SourceUnavailable):
        sends(outside, "2024-02-05")
    dead.start()
    for day in ("2024-02-12", "2024-02-20", "2024-02-26"):
        sends(outside, day)
    assert (len(dead.got), got) == (1, [])
    sends(outside, "2024-02-27")
    assert ["could not be asked" in message for message in got] == [False]


def test_a_channel_that_nothing_waits_for_any_more_is_in_no_trouble(outside, one_dead):
    with pytest.raises(SourceUnavailable):
        sends(outside, "2024-02-01")
    assert [one.name for one in channels.failing(outside.store).values()] == [BO]
    claim(outside, "")
    sends(outside, "2024-02-02")
    assert channels.failing(outside.store) == {}
