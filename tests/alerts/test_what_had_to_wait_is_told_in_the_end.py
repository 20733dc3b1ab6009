"""What may not be told for a while, or was asked of one contact only when the sender was killed, is neither lost nor told twice."""

import json
from dataclasses import replace

import pytest

from alerts.judged import claim, flags, withdraw
from alerts.receivers import receiver
from alerts.releases import at, change, departure, publish
from alerts.webhook import listening
from citynet.alerts import outbox
from citynet.errors import SourceUnavailable
from citynet.pipelines import alerts
from citynet.pipelines.secret_files import ADDRESSES, CONTACTS, read_addresses, write_secret

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
R1, R2, R3 = "2024-02-01-aaaaaaaaaaaa", "2024-02-02-bbbbbbbbbbbb", "2024-02-03-cccccccccccc"
GRAZ, LYON = change("a"), change("b", "gn2")
CLOSED = "json://127.0.0.1:9/"


@pytest.fixture
def hook(tmp_path):
    """A webhook that is down until it is started."""
    with receiver("http", tmp_path) as found:
        yield found


def run(outside, day):
    alerts.write_messages(outside, at(day))
    alerts.send(outside, at(day))


def run_in_vain(outside, day):
    with pytest.raises(SourceUnavailable):
        run(outside, day)


WAITING = {
    "a claim": (lambda outside: claim(outside, ""), lambda outside: claim(outside, "rejected")),
    "a harm flag": (lambda outside: flags(outside, "flagged"), lambda outside: flags(outside, "flagged", "lifted")),
    "a release without it": (lambda outside: publish(outside, R2, LYON), lambda outside: publish(outside, R3, GRAZ, LYON)),
}


@pytest.mark.parametrize(("begins", "ends"), WAITING.values(), ids=WAITING)
@pytest.mark.parametrize("beside", [(), (LYON,)], ids=["alone", "beside another change"])
@pytest.mark.parametrize("up_again", ["while it waits", "after that"])
def test_a_change_that_waits_between_two_tries_of_its_digest_is_named_by_one_digest(
    outside, subscribe, hook, begins, ends, beside, up_again
):
    subscribe("desk", hook.url("desk"))
    publish(outside, R1, GRAZ, *beside)
    run_in_vain(outside, "2024-02-01")
    begins(outside)
    if up_again == "while it waits":
        hook.start()
        run(outside, "2024-02-02")
        assert not any("Graz" in m["body"] for m in hook.got)
        ends(outside)
    else:
        alerts.write_messages(outside, at("2024-02-02"))
        ends(outside)
        hook.start()
    for day in ("2024-02-05", "2024-02-06", "2024-02-07"):
        run(outside, day)
    assert sum("Graz (AT) joined" in m["body"] for m in hook.got) == 1
    assert sum("Lyon" in m["body"] for m in hook.got) == len(beside)


def test_what_was_withheld_and_is_wrong_in_the_end_is_corrected_and_not_told(outside, subscribe, hook):
    subscribe("desk", hook.url("desk"))
    publish(outside, R1, GRAZ)
    run_in_vain(outside, "2024-02-01")
    claim(outside, "")
    hook.start()
    run(outside, "2024-02-02")
    claim(outside, "upheld")
    for day in ("2024-02-05", "2024-02-06"):
        run(outside, day)
    (correction,) = hook.got
    assert "A claim that it is wrong was upheld." in correction["body"]
    assert [m.state for m in outbox.messages(outside.store) if m.kind == "digest"] == ["void"]


def contacts(outside, network, city=""):
    """The network's contact, and the city's where there is one."""
    write_secret(outside.secrets / ADDRESSES, json.dumps({**read_addresses(outside), "n": network, "c": city or network}).encode())
    lines = "contacts:\n  - network_id: rivers\n    address: n\n" + ("  - place_id: gn1\n    address: c\n" if city else "")
    write_secret(outside.secrets / CONTACTS, lines.encode())


def test_after_a_kill_between_two_questions_the_second_contact_is_asked_all_the_same(outside):
    publish(outside, R1, departure("a"))
    with listening() as (network, asked), listening() as (city, also_asked):
        contacts(outside, network, city)
        alerts.write_messages(outside, at("2024-02-01"))
        first, _ = outbox.messages(outside.store)
        outbox.sent(outside.store, outbox.trying(outside.store, first), "2024-02-01T09:00:00Z")  # it arrived, then the sender was killed
        for day in ("2024-02-02", "2024-02-05"):
            run(outside, day)
        assert len(asked) + len(also_asked) == 1
    assert [m.state for m in outbox.messages(outside.store)] == ["sent", "sent"]


def test_who_becomes_a_contact_during_the_ten_days_is_asked_and_has_ten_days(outside, subscribe):
    publish(outside, R1, departure("a"))
    with listening() as (network, asked), listening() as (city, also_asked), listening() as (desk, got):
        subscribe("desk", desk)
        contacts(outside, network)
        run(outside, "2024-02-01")
        contacts(outside, network, city)
        for day in ("2024-02-08", "2024-02-16", "2024-02-22"):
            run(outside, day)
        assert (len(asked), len(also_asked), len(got)) == (1, 1, 0)
        run(outside, "2024-02-23")
        assert len(got) == 1


def test_a_question_that_is_being_tried_names_no_withdrawn_body_any_more(outside):
    contacts(outside, CLOSED)
    publish(outside, R1, departure("a"), departure("b", "gn2"))
    run_in_vain(outside, "2024-02-01")
    withdraw(outside)
    run_in_vain(outside, "2024-02-02")  # the release is still the one from before the withdrawal
    (question,) = [m for m in outbox.messages(outside.store) if m.kind == "question"]
    assert "Lyon" in question.body
    kept = "".join(outside.store.read(key).decode() for key in outside.store.keys("alerts/outbox"))
    assert "Graz" not in kept


@pytest.mark.parametrize("back", [R2, R1])
def test_a_question_is_tried_no_longer_when_the_city_is_back(outside, hook, back):
    contacts(outside, hook.url("rivers"))
    publish(outside, R1, departure("a"))
    run_in_vain(outside, "2024-02-01")
    publish(outside, R2)
    hook.start()
    run(outside, "2024-02-02")
    assert hook.got == []
    publish(outside, back, *([departure("a")] if back == R1 else []))
    run(outside, "2024-02-05")
    assert len(hook.got) == (back == R1)


def test_the_messages_to_those_who_left_name_no_withdrawn_body_either(outside):
    publish(outside, R1, captures=())
    channel = replace(outside, channels=(CLOSED,))
    alerts.write_messages(channel, at("2024-01-31"))
    publish(outside, R1, GRAZ)
    run_in_vain(channel, "2024-02-01")
    withdraw(outside)
    publish(outside, R2)
    run(outside, "2024-02-02")
    (message,) = outbox.messages(outside.store)
    assert (message.state, message.body) == ("void", "")
    assert message.changes[0]["place"] == ""


def test_a_correction_that_is_being_tried_names_no_body_that_was_withdrawn_since(outside, subscribe, hook):
    subscribe("desk", hook.url("desk"))
    hook.start()
    publish(outside, R1, GRAZ)
    run(outside, "2024-02-01")
    hook.kill()
    claim(outside, "upheld")
    run_in_vain(outside, "2024-02-02")
    withdraw(outside)
    publish(outside, R2)
    hook.start()
    for day in ("2024-02-03", "2024-02-04"):
        run(outside, day)
    (_, correction) = hook.got
    assert "An entry was withdrawn" in correction["body"]
    assert "Graz" not in correction["body"]


def test_a_channel_first_seen_on_the_day_on_which_a_departure_may_be_told_is_told_it(outside):
    publish(outside, R1, departure("a"))
    alerts.write_messages(outside, at("2024-02-01"))
    with listening() as (url, got):
        channel = replace(outside, channels=(url,))
        for day in ("2024-02-16", "2024-02-17"):
            run(channel, day)
        assert len(got) == 1
