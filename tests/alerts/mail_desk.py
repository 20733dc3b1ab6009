"""A mail server on loopback that keeps what arrives."""

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller


@dataclass
class Desk:
    """A mail server and what arrived there; answers: to whom an answer to each mail goes."""

    port: int
    mails: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    @property
    def channel(self) -> str:
        return f"mailto://127.0.0.1:{self.port}/desk@example.org?from=monitor@example.org&mode=insecure"

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802  # aiosmtpd calls it so
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)  # type: ignore[attr-defined]
        self.answers.append(str(message["Reply-To"] or message["From"]))
        self.mails.append(f"{message['Subject']}\n{message.get_content()}")
        return "250 OK"


@contextmanager
def open_desk() -> Iterator[Desk]:
    desk = Desk(free_port())
    controller = Controller(desk, hostname="127.0.0.1", port=desk.port)
    controller.start()
    yield desk
    controller.stop()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
