"""Channels are URLs with passwords and tokens in them; what goes wrong is told without."""

import json
import logging
import socket

import pytest

from alerts.releases import at
from alerts.webhook import listening
from citynet.alerts.sending import Parcel, deliver, send
from citynet.errors import ConfigError, SourceUnavailable

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
SECRET = "hunter2"  # no secret: what must not be shown


@pytest.fixture
def closed_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def hook():
    with listening() as found:
        yield found


def test_a_channel_that_apprise_does_not_know_is_named_by_number_and_scheme_only():
    with pytest.raises(ConfigError) as problem:
        send([f"nonsense://user:{SECRET}@example.org/{SECRET}"], title="t", body="b")
    assert "number 1 (nonsense)" in str(problem.value)
    assert SECRET not in str(problem.value)
    assert "example.org" not in str(problem.value)


def test_a_url_without_a_scheme_is_not_repeated():
    with pytest.raises(ConfigError) as problem:
        send([f"{SECRET}@example.org"], title="t", body="b")
    assert "number 1 (no scheme)" in str(problem.value)
    assert SECRET not in str(problem.value)


@pytest.mark.parametrize(
    "channel", ["mailto://robot:{s}@127.0.0.1:{p}?from=a@example.org&to=b@example.org&mode=insecure", "json://{s}:{s}@127.0.0.1:{p}/{s}"]
)
def test_a_channel_that_takes_nothing_is_told_without_its_secret_also_in_the_log(caplog, closed_port, channel):
    with caplog.at_level(logging.DEBUG), pytest.raises(SourceUnavailable) as problem:
        send([channel.format(s=SECRET, p=closed_port)], title="t", body="b")
    assert f"number 1 ({channel.split(':')[0]})" in str(problem.value)
    assert SECRET not in str(problem.value)
    assert SECRET not in "\n".join(r.getMessage() for r in caplog.records if r.levelno >= logging.INFO)


LOUD = (
    "sinch://aaaaaaaabbbbbbbbccccccccdddddddd:eeeeeeeeffffffffgggggggghhhhhhhh@15551233456/15551239876",
    "tgram://123456789:abcdefghij_klmnopqrstuvwxyz123456789/123155440/",
    "json://robot:hunter2@private-hook.example/hunter2",
    "mailto://robot:hunter2@mail.example?to=alice@example.org&from=desk@example.org",
)
"""Channels whose parts apprise logs, of its own accord, when it reads them, sends or fails."""


@pytest.mark.parametrize("channel", LOUD)
def test_apprise_itself_logs_no_part_of_a_channel(caplog, monkeypatch, channel):
    def nobody(*_: object, **__: object):
        raise socket.gaierror("no such host")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    parcel = Parcel("a" * 32, "t", "b", at("2024-02-01"))
    with caplog.at_level(logging.DEBUG):
        for sending in (lambda: deliver(parcel, channel, name="subscription desk"), lambda: send([channel], title="t", body="b")):
            with pytest.raises((ConfigError, SourceUnavailable)) as problem:
                sending()
            assert "subscription desk" in str(problem.value) or "number 1" in str(problem.value)
    assert caplog.text == ""


def test_other_loggers_and_apprise_outside_of_sending_are_heard_as_before(hook):
    loggers = [logging.getLogger(name) for name in ("", "apprise", "urllib3", "citynet")]
    before = [logger.level for logger in loggers]
    deliver(Parcel("a" * 32, "t", "b", at("2024-02-01")), hook[0], name="desk")
    assert [logger.level for logger in loggers] == before


def test_one_failing_channel_does_not_keep_the_digest_from_the_others(hook, closed_port):
    url, got = hook
    with pytest.raises(SourceUnavailable, match=r"number 1 \(json\) did not take the digest 'news'"):
        send([f"json://127.0.0.1:{closed_port}/", url], title="news", body="Graz joined")
    assert len(got) == 1
    assert "Graz joined" in got[0]


def test_title_and_body_arrive_as_they_are(hook):
    url, got = hook
    send([url], title="City Network Monitor", body="  Łódź (PL) joined <b>*x*</b>  [c1]\n")
    message = json.loads(got[0])
    assert message["title"] == "City Network Monitor"
    assert "Łódź (PL) joined <b>*x*</b>  [c1]" in message["message"]
