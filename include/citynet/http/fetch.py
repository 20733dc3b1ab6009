"""Live fetching: who we are, one request at a time a host, robots.txt first, patience with passing faults."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from urllib.parse import urldefrag

from citynet.errors import SourceUnavailable
from citynet.http import Form
from citynet.http.addresses import Resolve, host_of, origin_of, require_web_address, resolved, same_page_key, without_credentials
from citynet.http.answers import MAX_REDIRECTS, accepted, header, may_pass, redirect_target, seconds_asked, too_many_redirects
from citynet.http.politeness import Politeness
from citynet.http.robots import Robots, robots_of
from citynet.http.transport import exchange
from citynet.model import Fetched, is_page

__all__ = ["LiveFetcher", "Politeness"]

MAX_WAIT_SECONDS = 120.0
"""The longest wait for another try; a source that asks for more is left alone until the next run."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Turn:
    """Whose turn it is at one host, and when (on our monotonic clock) the next request may start."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = float("-inf")


class LiveFetcher:
    """Fetches pages from the web within the limits of a Politeness; threads may share one.

    permitted: addresses whose owner has given the operator leave that robots.txt does not give; all else there still holds.
    sleep, now (monotonic seconds) and resolve are passed in by tests. robots.txt is asked once an origin and kept as long
    as the fetcher. Turns hold within one process: two processes do not know of each other's requests.
    """

    origin = "live"

    def __init__(
        self,
        politeness: Politeness,
        *,
        permitted: Collection[str] = (),
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
        resolve: Resolve = resolved,
    ):
        self._politeness = politeness
        self._permitted = frozenset(map(same_page_key, permitted))
        self._sleep = sleep
        self._now = now
        self._resolve = resolve
        self._lock = threading.Lock()
        self._turns: dict[str, _Turn] = {}
        self._robots: dict[str, Robots] = {}

    def captured_at(self, at: datetime) -> datetime:
        """The instant of the run: what is live stands so now."""
        return at

    def fetch(self, url: str, *, at: datetime, previous: Fetched | None = None, form: Form | None = None, or_gone: bool = False) -> Fetched:
        """The page at the URL now, following at most five redirects; `previous` itself where it is unchanged (304).

        at: the instant of the run, for Retry-After dates. The result's url is the one asked for, without credentials. form: posted
        to this very address without what follows its #, and never sent on to another one. or_gone: as answers.accepted takes it.
        SourceUnavailable, SourceChanged or SourceForbidden as told in answers.accepted, robots and transport.
        """
        if form is not None:
            return accepted(self._posted(url, form, at), or_gone=or_gone)
        answer = self._followed(url, at, previous=previous, check=partial(self._obey_robots, at))
        return accepted(answer, previous, or_gone=or_gone)

    def ask(self, url: str, *, at: datetime) -> Fetched:
        """The answer of an API, whatever its status, with its body; a redirect to another host is not followed, but given as it is.

        An error answer that may pass is asked for again as any page is. SourceUnavailable, TooBig or SourceForbidden as told in
        transport and robots.
        """
        return self._followed(url, at, previous=None, check=partial(self._obey_robots, at), api=True)

    def _posted(self, url: str, form: Form, at: datetime) -> Fetched:
        address = urldefrag(url).url
        require_web_address(address)
        self._obey_robots(at, address)
        answer = self._patiently(address, {"Accept": form.accept, "Content-Type": form.content_type}, at, form.body)
        return replace(answer, url=without_credentials(url))

    def _followed(self, url: str, at: datetime, *, previous: Fetched | None, check: Callable[[str], None], api: bool = False) -> Fetched:
        shown, hop = without_credentials(url), url
        for _ in range(MAX_REDIRECTS + 1):
            require_web_address(hop)
            check(hop)
            answer = self._patiently(hop, _conditions(hop, previous), at, api=api)
            target = redirect_target(answer)
            if target is None or (api and host_of(target) != host_of(url)):
                return replace(answer, url=shown)
            hop = target
        raise too_many_redirects(shown)

    def _obey_robots(self, at: datetime, url: str) -> None:
        if same_page_key(url) in self._permitted:
            return
        origin = origin_of(url)
        if origin not in self._robots:
            answer = self._followed(f"{origin}/robots.txt", at, previous=None, check=lambda hop: None)
            self._robots[origin] = robots_of(answer)
        self._robots[origin].require(without_credentials(url))

    def _patiently(self, url: str, headers: Mapping[str, str], at: datetime, posted: bytes | None = None, *, api: bool = False) -> Fetched:
        """The answer of the first try without a passing fault, else of the last one; waits between tries double from 2 s."""
        tries = self._politeness.tries
        for attempt in range(1, tries):
            wait = min(2.0**attempt, MAX_WAIT_SECONDS)
            try:
                answer = self._in_turn(url, headers, posted, api)
            except SourceUnavailable as problem:
                log.info("%s; try %d of %d, waiting %g s", problem, attempt, tries, wait)
            else:
                asked = seconds_asked(answer, at) or 0.0
                if not may_pass(answer.status) or asked > MAX_WAIT_SECONDS:
                    return answer
                wait = max(wait, asked)
                log.info("%s: status %d; try %d of %d, waiting %g s", answer.url, answer.status, attempt, tries, wait)
            self._sleep(wait)
        return self._in_turn(url, headers, posted, api)

    def _in_turn(self, url: str, headers: Mapping[str, str], posted: bytes | None, api: bool) -> Fetched:
        with self._turn(url):
            answer = exchange(url, headers, self._politeness, self._resolve, posted, api=api)
        log.info("%s %s: status %d, %d bytes", answer.method, answer.url, answer.status, len(answer.body))
        return answer

    @contextmanager
    def _turn(self, url: str) -> Iterator[None]:
        with self._lock:
            turn = self._turns.setdefault(host_of(url), _Turn())
        robots = self._robots.get(origin_of(url), Robots(None))
        with turn.lock:
            wait = turn.free_at - self._now()
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                turn.free_at = self._now() + max(self._politeness.delay_seconds, robots.crawl_delay_seconds)


def _conditions(url: str, previous: Fetched | None) -> dict[str, str]:
    """The headers that let a source answer "unchanged", for the address that gave the previous page and no other."""
    if previous is None or not is_page(previous.status) or same_page_key(previous.final_url) != same_page_key(url):
        return {}
    found = {"If-None-Match": header(previous, "etag"), "If-Modified-Since": header(previous, "last-modified")}
    return {name: value for name, value in found.items() if value}
