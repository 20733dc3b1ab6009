"""The way to the outside: polite fetching, captures as WARC files, and replay of kept or rebuilt pages.

    addresses   which addresses may be asked at all       transport   one guarded, capped HTTP exchange
    robots      what a host's robots.txt allows           fetch       LiveFetcher: turns, retries, redirects
    answers     what a status means (live and replay)     capture     manifest and WARC in the store
    warc        WARC bytes written and read               replay      the same fetch() from a folder

Importing this module is cheap; requests, warcio and protego load where they are used.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from citynet.model import Fetched


@dataclass(frozen=True, slots=True)
class Form:
    """A question too long for an address: posted to an API whose documentation says so. accept: the form of answer.

    An address may be asked several questions in one go: its answers are then told apart by what follows a # in the address
    (the asker's own mark, never sent).
    """

    body: bytes
    accept: str
    content_type: str = "application/x-www-form-urlencoded"


class Fetcher(Protocol):
    """What collectors ask for pages: the web (fetch.LiveFetcher) or a folder (replay.ReplayFetcher)."""

    @property
    def origin(self) -> str:
        """capture_origin of what it gives: live | archived | reconstructed."""

    def captured_at(self, at: datetime) -> datetime:
        """When the pages stood so, for a run at `at`: that instant if live, the folder's own date in a replay."""

    def fetch(self, url: str, *, at: datetime, previous: Fetched | None = None, form: Form | None = None, or_gone: bool = False) -> Fetched:
        """The page now; `previous` itself when the source says it is unchanged. SourceError where there is none.

        form: posted to the address instead of a plain GET; its answer is always a new one. or_gone: where the source answers that
        there is no such page (404, 410), that answer is given, without a body.
        """

    def ask(self, url: str, *, at: datetime) -> Fetched:
        """The answer of an API, whatever its status, with its body; a redirect to another host is not followed, but given as it is.

        SourceUnavailable where the API is not reached or its answer is cut; SourceForbidden where robots.txt says no; TooBig.
        """
