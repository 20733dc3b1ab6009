"""What an HTTP status means for us; live fetching and replay both ask here, so that a replay fails as the web would."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from citynet.errors import SourceChanged, SourceForbidden, SourceUnavailable
from citynet.model import Fetched, is_gone, is_page

MAX_REDIRECTS = 5

_LATER = frozenset({202, 408, 425, 429})
_REFUSED = frozenset({401, 403, 451})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def header(fetched: Fetched, name: str) -> str:
    """The first header of that (lower-case) name, "" where there is none."""
    return next((value for key, value in fetched.headers if key == name), "")


def may_pass(status: int) -> bool:
    """Whether the fault may be gone later: not reached (0), asked to wait, or the server's own trouble."""
    return status == 0 or status in _LATER or status >= 500


def accepted(fetched: Fetched, previous: Fetched | None = None, *, or_gone: bool = False) -> Fetched:
    """The response if it is a page to read; `previous` itself where the source answers 304 (unchanged).

    or_gone: an answer that there is no such page (404, 410) is given back too, without a body.
    SourceUnavailable for 0 (not reached), 202, 408, 425, 429 and 5xx; SourceForbidden for 401, 403 and 451;
    SourceChanged for 404, 410 and whatever else is no page.
    """
    status = fetched.status
    if is_page(status):
        return fetched
    if or_gone and is_gone(status):
        return replace(fetched, body=b"")
    if status == 304 and previous is not None:
        return previous
    if status == 0:
        raise SourceUnavailable(f"{fetched.url}: expected an answer, was not reached")
    seen = f"{fetched.url}: expected status 200, got {status}" + _whence(fetched)
    if may_pass(status):
        wait = header(fetched, "retry-after")
        raise SourceUnavailable(seen + (f" (asks to wait: Retry-After {wait[:40]})" if wait else ""))
    if status in _REFUSED:
        raise SourceForbidden(f"{seen}; the source does not let us read this page")
    raise SourceChanged(f"{seen}; the page has moved or gone" if is_gone(status) else seen)


def _whence(fetched: Fetched) -> str:
    return f" from {fetched.final_url}" if fetched.final_url != fetched.url else ""


def redirect_target(fetched: Fetched) -> str | None:
    """Where a redirect leads, as an absolute URL; None for any other answer. SourceChanged for a redirect to nowhere."""
    if fetched.status not in _REDIRECTS:
        return None
    location = header(fetched, "location")
    if not location:
        raise SourceChanged(f"{fetched.url}: expected a Location with status {fetched.status}, got none")
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode()  # headers are read as latin-1, addresses are sent in UTF-8
    try:
        return urljoin(fetched.final_url, location)
    except ValueError as problem:
        raise SourceChanged(f"{fetched.url}: expected an address to be sent on to, got {location[:200]!r}") from problem


def too_many_redirects(url: str) -> SourceChanged:
    """The error for a page that sends us on and on."""
    return SourceChanged(f"{url}: expected a page after at most {MAX_REDIRECTS} redirects, was sent on again")


def seconds_asked(fetched: Fetched, at: datetime) -> float | None:
    """Seconds the source asks us to wait (Retry-After as seconds or date, RFC 9110); None where it says nothing readable.

    A date is counted from the answer's own Date, so that our clock does not matter, and from `at` where it has none.
    """
    text = header(fetched, "retry-after").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    until = _http_date(text)
    if until is None:
        return None
    return max(0.0, (until - (_http_date(header(fetched, "date")) or at)).total_seconds())


def _http_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo is not None else None
