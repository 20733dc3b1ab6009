"""A mail server and a webhook, each a process of its own on loopback, that keep what arrives and may be killed at any message.

Run as a program: `receivers.py smtp|http PORT FILE [before|after N]`; it appends one JSON line a message to FILE and, asked to, ends by
SIGKILL at its N-th message, before it answers or after.
"""

import email
import email.policy
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path


@dataclass
class Receiver:
    """A receiver at a fixed port; started and killed as a test likes."""

    kind: str
    port: int
    file: Path
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self, *deadly: object) -> None:
        command = [sys.executable, "-W", "ignore", __file__, self.kind, str(self.port), str(self.file), *map(str, deadly)]
        self.process = subprocess.Popen(command)
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)
        raise AssertionError(f"{self.kind} does not answer on {self.port}")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    @property
    def got(self) -> list[dict[str, str]]:
        """Each message that arrived: id, to, title, body."""
        return [json.loads(line) for line in self.file.read_text().splitlines()] if self.file.exists() else []

    def url(self, name: str) -> str:
        """The apprise URL of one recipient here."""
        if self.kind == "http":
            return f"json://127.0.0.1:{self.port}/{name}"
        return f"mailto://127.0.0.1:{self.port}/{name}@example.org?from=monitor@example.org&mode=insecure"


@contextmanager
def receiver(kind: str, folder: Path) -> Iterator[Receiver]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        found = Receiver(kind, int(one.getsockname()[1]), folder / f"{kind}.jsonl")
    try:
        yield found
    finally:
        found.kill()


def _keep(file: Path, message: dict[str, str]) -> int:
    with file.open("a") as out:
        out.write(json.dumps(message) + "\n")
        out.flush()
        os.fsync(out.fileno())
    return len(file.read_text().splitlines())


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _serve(kind: str, port: int, file: Path, when: str, number: int) -> None:
    """Keep messages for ever, or until the number-th of this process."""
    seen = [0]

    def came(message: dict[str, str]) -> None:
        _keep(file, message)
        seen[0] += 1
        if when == "before" and seen[0] == number:
            _die()
        if when == "after" and seen[0] == number:
            threading.Timer(0.3, _die).start()

    if kind == "smtp":
        from aiosmtpd.controller import Controller

        class Desk:
            async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802  # aiosmtpd calls it so
                mail = email.message_from_bytes(envelope.content, policy=email.policy.default)  # type: ignore[attr-defined]
                ids = mail.get_all("Message-ID", [])
                body = mail.get_content()
                came({"id": " ".join(ids), "to": str(mail["To"]), "title": str(mail["Subject"]), "body": body})
                return "250 OK"

        Controller(Desk(), hostname="127.0.0.1", port=port).start()
        threading.Event().wait()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            key = self.headers["Idempotency-Key"] or ""
            came({"id": key, "to": self.path.strip("/"), "title": said["title"], "body": said["message"]})
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", port), Handler) as server:
        server.serve_forever()


if __name__ == "__main__":
    deadly = sys.argv[4:] or ["never", "0"]
    _serve(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), deadly[0], int(deadly[1]))
