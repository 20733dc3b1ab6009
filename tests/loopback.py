"""A real HTTP server on loopback that answers by a table of functions and notes what it was asked, and a clock that only sleeping moves."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """answers: path -> function that answers; asked: (path, headers in lower case) of each request but robots.txt; posted: bodies."""

    server: ThreadingHTTPServer
    answers: dict[str, Answer] = field(default_factory=dict)
    every_request: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    posted: list[bytes] = field(default_factory=list)

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def asked(self) -> list[tuple[str, dict[str, str]]]:
        return [request for request in self.every_request if request[0] != "/robots.txt"]

    def page(self, path: str, body: bytes = b"<p>Ghent</p>", status: int = 200, **headers: str) -> None:
        self.answers[path] = page(body, status, **headers)

    def in_turn(self, path: str, *answers: Answer) -> None:
        """One answer after the other; the last one stays."""
        left = list(answers)
        self.answers[path] = lambda handler: (left.pop(0) if len(left) > 1 else left[0])(handler)


def page(body: bytes = b"<p>Ghent</p>", status: int = 200, **headers: str) -> Answer:
    """An answer with that body; header names are given with underscores."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        sent = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        handler.send_response(status)
        for name, value in sent.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@contextmanager
def serving() -> Iterator[Site]:
    """The server while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found.every_request.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            self.close_connection = True
            found.answers.get(self.path, page(b"not here", 404))(self)

        def do_POST(self) -> None:
            found.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.do_GET()

        def log_message(self, *args: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(OSError):  # the fetcher hangs up on purpose in some tests
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = Site(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Clock:
    """A monotonic clock that only sleeping moves; threads may share it."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def now(self) -> float:
        return self.time
