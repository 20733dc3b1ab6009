"""How a list goes on at further addresses: what to ask next is worked out from the answers so far, and from nothing else.

The same function leads the fetching and the reading of what was kept, so that an old capture is walked as it was crawled. All
parts together are one page of the registry; a part that fails, leads in a circle or is not the list's own fails the whole.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote_plus, unquote_plus, urldefrag, urljoin, urlsplit, urlunsplit

from citynet.errors import ConfigError, SourceChanged
from citynet.model import Fetched, ListingRow, Page, is_gone, is_page
from citynet.reading.finding import items_on, leads_to, values_at
from citynet.reading.last_part import require_own_end
from citynet.reading.structured import data_of

MOST = 200
"""More parts than this are a list that does not end, unless the network file says `most`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One request of a list. posted: the JSON of a GraphQL question, b"" where the address is simply asked.

    or_gone: the answer that there is no such page is the end of the list.
    """

    url: str
    posted: bytes = b""
    or_gone: bool = False

    @property
    def key(self) -> str:
        """The url of its answer within a capture. Questions posted to one address differ by their text alone, so the first
        12 hex digits of its SHA-256 are put behind a #."""
        return f"{self.url}#{hashlib.sha256(self.posted).hexdigest()[:12]}" if self.posted else self.url


def next_part(page: Page, answered: Sequence[Fetched], where: str) -> Part | None:
    """What to ask after the answers so far (in order, none at the start); None where the list is at its end.

    where opens the messages ("<network id>"). SourceChanged for a way that leads in a circle, to another host or on for ever, a
    part that repeats the one before or was sent on elsewhere; ConfigError where `follow` lacks what its kind needs.
    """
    if not answered:
        return _part(page, page.url, _first_number(page) if page.follow.get("by") == "page_number" else None)
    if not page.follow:
        return None
    where = f"{where} {answered[-1].url}"
    _require_its_own(answered, where)
    part = _WAYS[str(page.follow["by"])](page, answered, where)
    if part is None:
        return None
    if part.key in {answer.url for answer in answered}:
        raise SourceChanged(f"{where}: expected the next part of the list, it leads back to {part.key}", gate="reached")
    most = _most(page)
    if len(answered) >= most:
        raise SourceChanged(f"{where}: expected a list of at most {most} parts, it goes on at {part.key}", gate="reached")
    return part


def parts_of(page: Page, kept: Mapping[str, Fetched], where: str, capture_id: str) -> list[Fetched]:
    """The answers of a capture (by url) that make up the page, in the list's order; SourceChanged where one is missing."""
    parts: list[Fetched] = []
    while (part := next_part(page, parts, where)) is not None:
        answer = kept.get(part.key)
        if answer is None:
            raise SourceChanged(f"{where} {part.key}: expected an answer in the capture {capture_id}, got none", gate="reached")
        if not (is_page(answer.status) or (part.or_gone and is_gone(answer.status))):
            raise SourceChanged(f"{where} {part.key}: expected status 200, got {answer.status}", gate="reached")
        parts.append(answer)
    return parts


def parts_with_members(page: Page, parts: Sequence[Fetched], where: str) -> Sequence[Fetched]:
    """The parts to read: without the one at which a list with numbered parts ends, once it is seen to be the list's own end.

    SourceChanged where the list is said to go on and its first part leads nowhere.
    """
    by, first, last = page.follow.get("by"), parts[0], parts[-1]
    if by in ("next_link", "link_header", "cursor") and len(parts) == 1:
        sought = f"{page.follow.get('select') or 'rel=next'!r} found nothing"
        raise SourceChanged(f"{where} {first.url}: expected a list that goes on at another address, {sought}")
    if by == "page_number" and len(parts) > 1:
        if not is_gone(last.status):
            require_own_end(page, first, last, f"{where} {last.url}")
        return parts[:-1]
    return parts


def without_repeats(page: Page, before: Sequence[ListingRow], rows: Sequence[ListingRow], where: str) -> list[ListingRow]:
    """The rows of a part that no earlier part has; a member on two parts means that the list was shifted while it was read.

    SourceChanged for one, unless the network file says (option `repeats: drop`) that parts overlap: exact repeats are then left out.
    """
    seen = {_member(row): row for row in before}
    repeated = [row for row in rows if _member(row) in seen]
    if repeated and page.options.get("repeats") != "drop":
        name, first = repeated[0].name_as_published, seen[_member(repeated[0])].page_url
        raise SourceChanged(f"{where}: expected each member on one part of the list, got {len(repeated)} again: {name!r} is on {first} too")
    return [row for row in rows if _member(row) not in seen]


def _member(row: ListingRow) -> tuple[str, str, str]:
    return row.name_as_published, row.country_as_published, row.kind_as_published


def total_of_parts(totals: Sequence[tuple[str, int]], count: int, where: str) -> int | None:
    """The total that each part prints (by its address), held against the members of all parts; None where none is printed."""
    if not totals:
        return None
    first, total = totals[0]
    other = next(((url, seen) for url, seen in totals if seen != total), None)
    if other is not None:
        raise SourceChanged(f"{where}: the list was changed while it was read: {first} prints a total of {total}, {other[0]} of {other[1]}")
    if total != count:
        raise SourceChanged(f"{where}: the list prints a total of {total}, read were {count}", parsed=count, printed=total)
    return total


def _require_its_own(answered: Sequence[Fetched], where: str) -> None:
    """A part after the first must be what was asked (a login page is where one is sent on to) and no copy of another part."""
    *before, last = answered
    if not before:
        return
    if _bare(_stood_at(last)) != _bare(last.url):
        raise SourceChanged(f"{where}: expected part {len(answered)} of the list, was sent on to {last.final_url}", gate="reached")
    if any(other.body == last.body for other in before):
        raise SourceChanged(f"{where}: expected part {len(answered)} of the list, got an earlier part again", gate="reached")


def _stood_at(answer: Fetched) -> str:
    """Where the answer came from; of an archived one the address of the original, which a web archive puts behind its own."""
    return re.sub(r"^https?://[^/]+/(?:web/|wayback/)?\d{14}(?:[a-z]{2}_)?/(?=https?://)", "", answer.final_url)


def _bare(url: str) -> tuple[str, str]:
    """Path and query: from http to https, or to www, is no detour."""
    parts = urlsplit(url)
    return parts.path.rstrip("/"), parts.query


# --- the ways on ----------------------------------------------------------------------------------------------------


def _by_next_link(page: Page, answered: Sequence[Fetched], where: str) -> Part | None:
    return _linked(page, answered, leads_to(answered[-1], _said(page, "select"), where), where)


def _by_link_header(page: Page, answered: Sequence[Fetched], where: str) -> Part | None:
    found = {link for name, value in answered[-1].headers if name == "link" for link in next_in(value)}
    return _linked(page, answered, found, where)


def _by_page_number(page: Page, answered: Sequence[Fetched], where: str) -> Part | None:
    ends_gone = page.follow.get("ends") == "not_found"
    if ends_gone and len(answered) > 1 and is_gone(answered[-1].status):
        return None
    items = items_on(page, answered[-1], where)
    if not items and ends_gone and len(answered) > 1:
        # A site that ends its list so has no empty part: what is empty is something else in its place.
        raise SourceChanged(f"{where}: expected part {len(answered)} of the list or status 404, got a page without members", gate="reached")
    if not items:
        return None
    if len(answered) > 1 and items == items_on(page, answered[-2], where):
        raise SourceChanged(f"{where}: expected part {len(answered)} of the list, got the members of the part before", gate="reached")
    return _numbered(page, len(answered))


def _by_count_header(page: Page, answered: Sequence[Fetched], where: str) -> Part | None:
    name = str(page.follow.get("header") or "X-WP-TotalPages")
    told = [next((value for key, value in answer.headers if key == name.lower()), "").strip() for answer in answered]
    if not (told[-1].isascii() and told[-1].isdigit()):
        raise SourceChanged(f"{where}: expected the number of parts in the header {name}, got {told[-1][:40] or 'none'!r}")
    if told[-1] != told[0]:
        seen = f"{told[0]} parts on the first and {told[-1]} on part {len(told)}"
        raise SourceChanged(f"{where}: expected a list that stays while it is read, it says {seen}", gate="reached")
    count = int(told[-1][:9])
    if count > _most(page):
        raise SourceChanged(f"{where}: expected a list of at most {_most(page)} parts, the header {name} says {count}", gate="reached")
    return _numbered(page, len(answered)) if len(answered) < count else None


def _by_cursor(page: Page, answered: Sequence[Fetched], where: str) -> Part | None:
    path = _said(page, "select")
    found = values_at(data_of(answered[-1].body, answered[-1].content_type, where), path, where)
    cursors = {str(value) for value in found if isinstance(value, (str, int)) and not isinstance(value, bool)} - {""}
    odd = [value for value in found if not (value is None or value is False or isinstance(value, (str, int))) or value is True]
    if len(cursors) > 1 or odd:
        seen = ", ".join(map(repr, odd or sorted(cursors)))[:80]
        raise SourceChanged(f"{where}: expected one cursor at {path}, got {seen}")
    if not cursors:
        return None
    (cursor,) = cursors
    return _part(page, page.url, cursor) if "parameter" in page.follow else _linked(page, answered, {cursor}, where)


_WAYS: Mapping[str, Callable[[Page, Sequence[Fetched], str], Part | None]] = {
    "next_link": _by_next_link,
    "link_header": _by_link_header,
    "page_number": _by_page_number,
    "count_header": _by_count_header,
    "cursor": _by_cursor,
}


# --- addresses and questions ----------------------------------------------------------------------------------------


def _numbered(page: Page, done: int) -> Part:
    """The request after `done` ones; ConfigError where the address itself holds another first number than `first`."""
    name, first = _said(page, "parameter"), _first_number(page)
    written = [value for key, value in parse_qsl(urlsplit(page.url).query) if key == name]
    if written and written != [str(first)]:
        raise ConfigError(f"page {page.url}: follow.first: expected the number that the address holds ({', '.join(written)}), got {first}")
    return replace(_part(page, page.url, first + done), or_gone=page.follow.get("ends") == "not_found")


def _part(page: Page, url: str, value: int | str | None) -> Part:
    """The request with the value of the parameter that counts or leads on; None: the first request, without it."""
    if page.reader == "graphql":
        variables = {} if value is None else {_said(page, "parameter"): value}
        question = {"query": page.ask, "variables": variables}
        return Part(url, json.dumps(question, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode())
    if value is None or value == _first_number(page):
        return Part(url)
    return Part(with_parameter(url, _said(page, "parameter"), str(value)))


def with_parameter(url: str, name: str, value: str) -> str:
    """The address with that query parameter set; all others stay as they are written."""
    parts = urlsplit(url)
    kept = [piece for piece in parts.query.split("&") if piece and unquote_plus(piece.partition("=")[0]) != name]
    return urlunsplit(parts._replace(query="&".join([*kept, f"{quote_plus(name, safe='[]')}={quote_plus(value)}"]), fragment=""))


def _linked(page: Page, answered: Sequence[Fetched], links: set[str], where: str) -> Part | None:
    """The one address that the links mean, on a host of the list; None for no link."""
    try:
        found = sorted({urldefrag(urljoin(_stood_at(answered[-1]), link)).url for link in links})
        hosts = {(urlsplit(url).hostname or "").lower() for url in (page.url, _stood_at(answered[0]))}
        away = [
            url for url in found if (urlsplit(url).hostname or "").lower() not in hosts or urlsplit(url).scheme not in ("http", "https")
        ]
    except ValueError as problem:
        raise SourceChanged(f"{where}: expected the address of the next part, got {sorted(links)[0][:80]!r}") from problem
    if away:
        raise SourceChanged(f"{where}: expected the next part on {', '.join(sorted(hosts))}, it leads to {away[0][:200]}")
    if len(found) > 1:
        raise SourceChanged(f"{where}: expected one next part, got {len(found)}: {', '.join(found)[:200]}")
    return Part(found[0]) if found else None


def _said(page: Page, field: str) -> str:
    value = page.follow.get(field)
    if not isinstance(value, str):
        raise ConfigError(f"page {page.url}: follow by {page.follow.get('by')}: expected the field {field!r}, it is missing")
    return value


def _first_number(page: Page) -> int:
    return int(str(page.follow.get("first", 1)))


def _most(page: Page) -> int:
    return int(str(page.follow.get("most", MOST)))


def next_in(header: str) -> list[str]:
    """The addresses of rel=next in a Link header (RFC 8288); a parameter may be quoted and hold commas."""
    found = []
    for link, parameters in re.findall(r'<([^<>]*)>((?:\s*;\s*[\w!#$&*+.^`|~-]+(?:\s*=\s*(?:"[^"]*"|[^\s",;]+))?)*)', header):
        relations = re.search(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))', parameters, re.IGNORECASE)
        if relations and "next" in (relations[1] or relations[2] or "").lower().split():
            found.append(link.strip())
    return found
