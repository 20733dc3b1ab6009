"""Channels are URLs with passwords and tokens in them; what goes wrong is told without."""

import json
import logging
import socket

import pytest

from alerts.releases import at
from alerts.webhook import listening
from citynet.alerts.sending import Parcel, deliver
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


def sent(channel: str, title: str = "t", body: str = "b") -> None:
    """Handed to the channel as send_alerts does it; the name is that of an installation's first channel."""
    deliver(Parcel("a" * 32, title, body, at("2024-02-01")), channel, name="alert channels (CITYNET_ALERT_CHANNELS): number 1")


@pytest.mark.parametrize("channel", ["nonsense://user:{s}@example.org/{s}", "{s}@example.org", "{s}@{s}"])
def test_an_address_that_cannot_be_used_is_named_and_not_repeated(channel):
    with pytest.raises(ConfigError, match="number 1") as problem:
        sent(channel.format(s=SECRET))
    assert SECRET not in str(problem.value)
    assert "example.org" not in str(problem.value)


@pytest.mark.parametrize(
    "channel", ["mailto://robot:{s}@127.0.0.1:{p}?from=a@example.org&to=b@example.org&mode=insecure", "json://{s}:{s}@127.0.0.1:{p}/{s}"]
)
def test_a_channel_that_takes_nothing_is_told_without_its_secret_also_in_the_log(caplog, closed_port, channel):
    with caplog.at_level(logging.DEBUG), pytest.raises(SourceUnavailable, match="number 1 did not take 't'") as problem:
        sent(channel.format(s=SECRET, p=closed_port))
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
    with caplog.at_level(logging.DEBUG), pytest.raises((ConfigError, SourceUnavailable), match="number 1"):
        sent(channel)
    assert caplog.text == ""


def test_other_loggers_and_apprise_outside_of_sending_are_heard_as_before(hook):
    loggers = [logging.getLogger(name) for name in ("", "apprise", "urllib3", "citynet")]
    before = [logger.level for logger in loggers]
    sent(hook[0])
    assert [logger.level for logger in loggers] == before


def test_title_and_body_arrive_as_they_are(hook):
    url, got = hook
    sent(url, "City Network Monitor", "  Łódź (PL) joined <b>*x*</b>  [c1]\n")
    message = json.loads(got[0])
    assert message["title"] == "City Network Monitor"
    assert "Łódź (PL) joined <b>*x*</b>  [c1]" in message["message"]
