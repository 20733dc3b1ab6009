"""Digests through a real mail server and a real webhook, each in a process of its own, with anybody killed at any message."""

import subprocess
import sys
from collections import Counter
from contextlib import suppress

import pytest

from alerts.receivers import receiver
from alerts.releases import at, change, publish
from citynet.alerts import outbox
from citynet.errors import SourceUnavailable
from citynet.pipelines import alerts

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
R1, R2 = "2024-02-01-aaaaaaaaaaaa", "2024-02-02-bbbbbbbbbbbb"
NAMES = ("ada", "bo", "cleo")

KILLED_SENDER = """
import os, signal, sys
from dataclasses import replace
from datetime import datetime
from citynet.pipelines import alerts
from citynet.pipelines.outside import open_outside
outside = open_outside(os.environ)
left = [int(sys.argv[1])]
class Deadly(type(outside.store)):
    def write(self, key, data):
        if b'"state": "sent"' in data:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        super().write(key, data)
store = Deadly(outside.store.url, outside.store.fs, outside.store.root, outside.store.local)
alerts.send(replace(outside, store=store), datetime.fromisoformat(sys.argv[2]))
"""

ONE_RUN = """
import os, sys
from datetime import datetime
from citynet.pipelines import alerts
from citynet.pipelines.outside import open_outside
outside, now = open_outside(os.environ), datetime.fromisoformat(sys.argv[1])
alerts.write_messages(outside, now)
alerts.send(outside, now)
"""


@pytest.fixture
def mail(tmp_path):
    with receiver("smtp", tmp_path) as found:
        yield found


@pytest.fixture
def hook(tmp_path):
    with receiver("http", tmp_path) as found:
        yield found


@pytest.fixture
def six(subscribe, mail, hook):
    """Three subscribers by mail and three by webhook."""
    for name in NAMES:
        subscribe(f"{name}_mail", mail.url(name))
        subscribe(f"{name}_hook", hook.url(name))


def arrived(receiver) -> Counter[tuple[str, str]]:
    """(to, id) -> how often; the same id is what a mail program or a webhook folds."""
    return Counter((m["to"].split("@")[0], m["id"]) for m in receiver.got)


def told_once(receiver) -> None:
    """Each of the three got one message, however often it came, and it names the city."""
    assert sorted(to for to, _ in arrived(receiver)) == sorted(NAMES)
    assert all("Graz (AT) joined" in m["body"] for m in receiver.got)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_receiver_killed_at_a_message_is_told_the_rest_later_and_the_other_not_again(outside, six, mail, hook, when, number):
    publish(outside, R1, change("a"))
    alerts.write_messages(outside, at("2024-02-01"))
    mail.start(when, number)
    hook.start(when, number)
    with suppress(SourceUnavailable):  # the last message of one that dies after it has answered gets through
        alerts.send(outside, at("2024-02-01"))
    mail.kill()
    hook.kill()
    mail.start()
    hook.start()
    alerts.send(outside, at("2024-02-01", 10))
    told_once(mail)
    told_once(hook)
    repeated = sum(arrived(mail).values()) + sum(arrived(hook).values()) - 6
    assert repeated <= (2 if when == "before" else 0)  # taken and not answered: came again under the same id
    assert {m.state for m in outbox.messages(outside.store)} == {"sent"}
    alerts.write_messages(outside, at("2024-02-02"))
    alerts.send(outside, at("2024-02-02"))
    told_once(mail)
    told_once(hook)


@pytest.mark.parametrize("number", [1, 3, 6])
def test_a_sender_killed_between_sending_and_recording_repeats_that_message_under_its_id(outside, six, mail, hook, tmp_path, number):
    mail.start()
    hook.start()
    publish(outside, R1, change("a"))
    alerts.write_messages(outside, at("2024-02-01"))
    environment = {
        "CITYNET_STORE": str(tmp_path / "store"),
        "CITYNET_PUBLISHED": str(tmp_path / "published"),
        "CITYNET_MODE": "none",
        "PATH": "/usr/bin:/bin",
    }
    command = [sys.executable, "-W", "ignore", "-c", KILLED_SENDER, str(number), "2024-02-01T09:00:00+00:00"]
    assert subprocess.run(command, env=environment, check=False).returncode == -9
    assert sum(arrived(mail).values()) + sum(arrived(hook).values()) == number
    alerts.send(outside, at("2024-02-01", 10))
    told_once(mail)
    told_once(hook)
    assert sum(arrived(mail).values()) + sum(arrived(hook).values()) == 7


def test_two_senders_at_once_send_each_message_once(outside, six, mail, hook, tmp_path):
    mail.start()
    hook.start()
    publish(outside, R1, change("a"))
    environment = {"CITYNET_STORE": str(tmp_path / "store"), "CITYNET_PUBLISHED": str(tmp_path / "published"), "CITYNET_MODE": "none"}
    both = [
        subprocess.Popen([sys.executable, "-W", "ignore", "-c", ONE_RUN, "2024-02-01T09:00:00+00:00"], env=environment) for _ in range(2)
    ]
    assert [one.wait() for one in both] == [0, 0]
    assert sum(arrived(mail).values()) == sum(arrived(hook).values()) == 3
    told_once(mail)
    told_once(hook)


def test_a_channel_that_is_down_keeps_its_digest_and_the_news_of_the_next_day_waits_for_its_own_day(outside, six, mail, hook):
    hook.start()
    publish(outside, R1, change("a"))
    alerts.write_messages(outside, at("2024-02-01"))
    with pytest.raises(SourceUnavailable, match="subscription ada_mail"):
        alerts.send(outside, at("2024-02-01"))
    publish(outside, R2, change("a"), change("b", "gn2", evidence_capture_id="c2"), captures=("c1", "c2"))
    mail.start()
    alerts.write_messages(outside, at("2024-02-02"))
    alerts.send(outside, at("2024-02-02"))
    assert {m["to"].split("@")[0] for m in mail.got} == set(NAMES)
    assert all("Graz" in m["body"] and "Lyon" not in m["body"] for m in mail.got)
    alerts.write_messages(outside, at("2024-02-03"))
    alerts.send(outside, at("2024-02-03"))
    assert sum("Lyon" in m["body"] for m in mail.got) == sum("Lyon" in m["body"] for m in hook.got) == 3
    assert len(mail.got) == len(hook.got) == 6


def test_a_mail_bears_one_id_and_says_how_to_leave_and_a_webhook_bears_a_key(outside, six, mail, hook):
    mail.start()
    hook.start()
    publish(outside, R1, change("a"))
    alerts.write_messages(outside, at("2024-02-01"))
    alerts.send(outside, at("2024-02-01"))
    ids = {m.message_id for m in outbox.messages(outside.store)}
    assert {m["id"] for m in hook.got} < ids
    assert {m["id"].strip("<>").split("@")[0] for m in mail.got} < ids
    assert all(m["id"].count("@") == 1 and m["id"].endswith("@example.org>") for m in mail.got)
    assert all("write to editor@monitor.example: leave " in m["body"] for m in (*mail.got, *hook.got))
    kept = "".join(outside.store.read(key).decode() for key in outside.store.keys("alerts"))
    assert "example.org" not in kept
    assert "127.0.0.1" not in kept
