"""Receivers that are slow, full, elsewhere or cut off: what they took is not told again, what they did not take is, under the same id."""

import email
import email.policy
import json
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

import pytest

from alerts.releases import at, change, publish
from citynet.alerts import outbox
from citynet.alerts.frames import LANGUAGES, sentence
from citynet.alerts.sending import Parcel, deliver
from citynet.errors import SourceUnavailable
from citynet.pipelines import alerts

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
R1 = "2024-02-01-aaaaaaaaaaaa"
PARCEL = Parcel("a" * 32, "title", "body", at("2024-02-01"))
SLOW = 0.8


@dataclass
class Peer:
    """Answers each connection as its script says, the last line for ever; got: what it took, webhooks as key and body."""

    kind: str
    port: int
    script: list[str]
    got: list[tuple[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """With time-outs of the channel's own that are shorter than a slow answer."""
        if self.kind == "http":
            return f"json://127.0.0.1:{self.port}/hook?rto=0.3"
        return f"mailto://127.0.0.1:{self.port}/desk@example.org?from=monitor@example.org&mode=insecure&cto=0.3"

    def serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                one, _ = listener.accept()
                how = self.script.pop(0) if len(self.script) > 1 else self.script[0]
                with one, suppress(OSError):
                    (self.webhook if self.kind == "http" else self.mail)(one, how)

    def webhook(self, one: socket.socket, how: str) -> None:
        with one.makefile("rb") as lines:
            lines.readline()
            headers = dict(line.decode().strip().lower().split(": ", 1) for line in iter(lines.readline, b"\r\n"))
            body = lines.read(int(headers.get("content-length", "0"))).decode()
        if how in ("taken", "slow", "reset"):
            self.got.append((headers["idempotency-key"], body))
        if how == "reset":
            cut(one)
            return
        if how == "slow":
            time.sleep(SLOW)
        status = {"full": "429 Too Many Requests\r\nRetry-After: 60", "broken": "500 Broken", "elsewhere": "302 Found\r\nLocation: /login"}
        one.sendall(f"HTTP/1.1 {status.get(how, '200 OK')}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())

    def mail(self, one: socket.socket, how: str) -> None:
        with one.makefile("rb") as lines:
            one.sendall(b"220 here\r\n")
            for line in lines:
                verb = line[:4].upper().strip()
                if verb == b"DATA":
                    one.sendall(b"354 go on\r\n")
                    if how == "reset":
                        lines.readline()
                        cut(one)
                        return
                    text = b"".join(iter(lines.readline, b".\r\n")).decode()
                    self.got.append((text.partition("Message-ID: ")[2].splitlines()[0], text))
                    if how == "slow":
                        time.sleep(SLOW)
                one.sendall(b"451 later\r\n" if how == "full" and verb == b"RCPT" else b"250 well\r\n")
                if verb == b"QUIT" or (verb == b"DATA" and how == "gone"):
                    return


def cut(one: socket.socket) -> None:
    """End a connection by a reset."""
    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@contextmanager
def peer(kind: str, *script: str) -> Iterator[Peer]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = Peer(kind, listener.getsockname()[1], list(script))
        thread = threading.Thread(target=found.serve, args=(listener,))
        thread.start()
        yield found
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


@pytest.mark.parametrize(
    ("kind", "how"), [("http", "full"), ("http", "broken"), ("http", "elsewhere"), ("http", "reset"), ("smtp", "full"), ("smtp", "reset")]
)
def test_what_a_channel_did_not_say_it_took_is_told_at_the_next_run_under_the_same_id(outside, subscribe, kind, how):
    """A reset after a webhook has read it all: whether it took it nobody knows, so it comes again, and the key folds the two."""
    with peer(kind, how, "taken") as found:
        subscribe("desk", found.url)
        publish(outside, R1, change("a"))
        with pytest.raises(SourceUnavailable, match="subscription desk"):
            alerts.send(outside, at("2024-02-01"))
        for hour in (10, 11):
            alerts.send(outside, at("2024-02-01", hour))
    assert len(found.got) == (2 if (kind, how) == ("http", "reset") else 1)
    (message,) = outbox.messages(outside.store)
    assert message.state == "sent"
    assert {key.strip("<>").partition("@")[0] for key, _ in found.got} == {message.message_id}


@pytest.mark.parametrize("kind", ["http", "smtp"])
def test_a_channel_that_is_slow_to_answer_is_not_told_twice(outside, subscribe, kind):
    with peer(kind, "slow") as found:
        subscribe("desk", found.url)
        publish(outside, R1, change("a"))
        for hour in (9, 10):
            alerts.send(outside, at("2024-02-01", hour))
    assert len(found.got) == 1


def test_a_mail_server_that_goes_away_after_it_took_a_mail_has_taken_it():
    with peer("smtp", "gone") as found:
        deliver(PARCEL, found.url, name="desk")
    assert len(found.got) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_bears_its_title_and_text_in_every_language_as_they_were_written(language):
    title = sentence("title", language, release="2024-02-01-aaaaaaaaaaaa")
    body = f"{sentence('head', language, n=1, site='https://monitor.example')}\nŁódź (PL), {'x' * 1200}\n"
    with peer("smtp", "taken") as found:
        deliver(replace(PARCEL, title=title, body=body), found.url, name="desk")
    ((_, text),) = found.got
    mail = email.message_from_string(text, policy=email.policy.default)
    assert (mail["Subject"], mail.get_content().replace("\r", "")) == (title, body)
    assert max(map(len, text.split("\r\n"))) <= 998


def test_a_webhook_is_handed_the_whole_message():
    with peer("http", "taken") as found:
        deliver(PARCEL, found.url, name="desk")
    ((key, body),) = found.got
    assert (key, json.loads(body)["title"], json.loads(body)["message"]) == ("a" * 32, "title", "body")
