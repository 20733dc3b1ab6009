"""One HTTP exchange: to a checked address, capped in size and time, nothing followed and nothing tried again."""

import errno
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any

from citynet.errors import SourceChanged, SourceUnavailable, TooBig
from citynet.http.addresses import Resolve, allowed, without_credentials
from citynet.http.decoding import CutShort, TooLarge, Undecodable, unpacked
from citynet.http.politeness import Politeness
from citynet.model import Fetched, is_page

if TYPE_CHECKING:
    import requests
    from requests.adapters import HTTPAdapter

_ADDRESSES_TRIED = 4
_PIECE = 65_536
_IN_MEMORY = 1_000_000


class _Deadline:
    """Cuts the watched sockets when the time is over: a read timeout alone lets a server drip a byte now and then for ever."""

    def __init__(self, seconds: float):
        self.passed = False
        self._watched: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def watch(self, connection: socket.socket) -> None:
        # A duplicate stays valid when TLS takes the socket object over; a shutdown through it ends both.
        self._watched.append(connection.dup())

    def _cut(self) -> None:
        self.passed = True
        for connection in list(self._watched):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self._timer.cancel()
        self._timer.join()
        for connection in self._watched:
            connection.close()


def exchange(
    url: str, headers: Mapping[str, str], politeness: Politeness, resolve: Resolve, posted: bytes | None = None, *, api: bool = False
) -> Fetched:
    """One GET, or a POST of the bytes `posted`: the response whatever its status; the body of a page only, its content-encoding undone.

    api: the body of an error answer too, for an API says there what is the matter; and bodies up to api_max_bytes.
    SourceForbidden for an address not to be asked; SourceUnavailable where it is not reached in time or the body is cut;
    TooBig for a body too large, SourceChanged for one not in its declared encoding. Proxies and .netrc of the environment are not
    used: the address check would see the proxy only, and credentials would go where nobody meant them to.
    """
    import requests
    import urllib3

    shown = without_credentials(url)
    with _Deadline(politeness.total_seconds) as deadline, closing(_guarded(_connector(deadline, politeness, resolve))) as adapter:
        try:
            # The adapter alone, without a session: a session reads the body of a redirect whole, whatever its size.
            method = "GET" if posted is None else "POST"
            request = requests.Request(method, url, headers=_asked(headers, politeness), data=posted).prepare()
            with adapter.send(request, stream=True, timeout=politeness.timeout, verify=politeness.ca_bundle or True) as answer:
                most = politeness.api_max_bytes if api else politeness.max_bytes
                wanted = is_page(answer.status_code) or (api and answer.status_code >= 400)
                body = _body(answer, most, shown) if wanted else b""
                fetched = _fetched(answer, body, shown, method)
        except (requests.exceptions.InvalidURL, UnicodeError) as problem:
            raise SourceChanged(f"{shown}: expected an address that can be asked, got one that is malformed") from problem
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as problem:
            raise SourceUnavailable(f"{shown}: expected a whole answer, {_reason(problem, deadline.passed, politeness)}") from problem
        if deadline.passed:
            raise SourceUnavailable(f"{shown}: expected a whole answer, {_reason(None, True, politeness)}")
    return fetched


def _asked(headers: Mapping[str, str], politeness: Politeness) -> dict[str, str]:
    return {"User-Agent": politeness.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip, deflate", **headers}


def _connector(deadline: _Deadline, politeness: Politeness, resolve: Resolve) -> Callable[[str, int], socket.socket]:
    def connect(host: str, port: int) -> socket.socket:
        seen = "no address"
        for address in allowed(host, port, resolve=resolve, allow_private=politeness.allow_private)[:_ADDRESSES_TRIED]:
            try:
                connection = socket.create_connection((address, port), timeout=politeness.timeout[0])
            except OSError as problem:
                seen = problem.strerror or f"no answer within {politeness.timeout[0]:g} s"
                continue
            deadline.watch(connection)
            return connection
        raise SourceUnavailable(f"{host}:{port}: expected a connection, got: {seen}")

    return connect


def _guarded(connect: Callable[[str, int], socket.socket]) -> "HTTPAdapter":
    """A requests adapter all of whose connections are made by `connect`; TLS still checks the host name."""
    from requests.adapters import HTTPAdapter
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self.host, self.port or 80)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self.host, self.port or 443)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **named: Any) -> None:
            super().init_poolmanager(*args, **named)
            self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    return Adapter()


def _body(answer: "requests.Response", most: int, shown: str) -> bytes:
    """The body, its content-encoding undone as it arrives: on disk until it is whole, so that a large one is in memory once.

    urllib3 itself raises where it is shorter than its Content-Length or breaks off in a chunk.
    """
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        try:
            for piece in unpacked(_payload(answer, most, shown), answer.headers.get("Content-Encoding", ""), most=most):
                file.write(piece)
        except CutShort as problem:
            raise SourceUnavailable(f"{shown}: {problem}") from problem
        except TooLarge as problem:
            raise TooBig(f"{shown}: {problem}") from problem
        except Undecodable as problem:
            raise SourceChanged(f"{shown}: {problem}") from problem
        file.seek(0)
        return file.read()


def _payload(answer: "requests.Response", most: int, shown: str) -> Iterator[bytes]:
    """The body as sent, still packed."""
    size = 0
    for piece in answer.raw.stream(_PIECE, decode_content=False):
        size += len(piece)
        if size > most:
            raise TooBig(f"{shown}: expected a body of at most {most} bytes, got more")
        yield piece


def _fetched(answer: "requests.Response", body: bytes, shown: str, method: str) -> Fetched:
    headers = tuple((name.lower(), value) for name, value in answer.raw.headers.items() if name.lower() != "set-cookie")
    return Fetched(
        url=shown,
        method=method,
        status=answer.status_code,
        content_type=answer.headers.get("Content-Type", ""),
        headers=headers,
        body=body,
        final_url=shown,
    )


def _reason(problem: Exception | None, late: bool, politeness: Politeness) -> str:
    """What went wrong, in words of ours: the libraries' messages hold memory addresses and whole URLs."""
    import requests
    import urllib3

    if late:
        return f"it took longer than {politeness.total_seconds:g} s"
    if isinstance(problem, (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError)):
        return f"nothing came for {politeness.timeout[1]:g} s"
    if isinstance(problem, (requests.exceptions.SSLError, urllib3.exceptions.SSLError)):
        return "the TLS certificate or connection was not sound"
    if isinstance(problem, OSError) and problem.errno == errno.ENOSPC:
        return "there is no space left here to hold it"
    cut = problem.__cause__ if problem is not None else None
    if isinstance(cut, urllib3.exceptions.IncompleteRead) and isinstance(cut.partial, int):
        return f"the body was cut after {cut.partial} bytes with {cut.expected} to come"
    return f"the connection broke ({type(problem).__name__})"
