"""The listing of one capture: each registered page read by its reader, checked against itself, rows numbered through."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citynet.errors import ConfigError, SourceChanged
from citynet.model import Capture, Listing, ListingRow, Network, Page
from citynet.reading.printed import parsed, text_of
from citynet.reading.readers import MAX_ROWS, MAX_TEXT, Member, read_items, read_paragraph
from citynet.reading.table import read_table
from citynet.reading.twice_encoded import repaired

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

READERS: "Mapping[str, Callable[[BeautifulSoup, Page, str], list[Member]]]" = {
    "list": read_items,
    "cards": read_items,
    "table": read_table,
    "paragraph": read_paragraph,
}


@dataclass(frozen=True, slots=True)
class PageRead:
    """The members of one page, in the page's order, numbered from 1, and the total that the page itself prints."""

    rows: tuple[ListingRow, ...]
    printed_count: int | None


def read_listing(network: Network, capture: Capture, bodies: Mapping[str, bytes]) -> Listing:
    """The members as printed in the capture; `bodies` holds each captured page's payload under its url.

    Read are the network's pages that are asked at captured_at; each must be in the capture. The listing is partial as
    soon as one page is (a page without own coverage has the network's), and replication_only as soon as one page is.
    SourceChanged where a page is not as the network file says; ConfigError where no page is registered for the date.
    """
    on = capture.captured_at.date().isoformat()
    pages = [page for page in network.pages if page.since <= on and (not page.until or on < page.until)]
    if not pages:
        raise ConfigError(f"{network.id}.yml: membership.pages: expected a page that is asked on {on}, got none")
    captured = {page.url: page for page in capture.pages}
    rows: list[ListingRow] = []
    totals: list[int] = []
    for page in pages:
        answer = captured.get(page.url)
        if answer is None or page.url not in bodies:
            raise SourceChanged(f"{network.id} {page.url}: expected an answer in the capture {capture.capture_id}, got none")
        if answer.status != 200:
            raise SourceChanged(f"{network.id} {page.url}: expected status 200, got {answer.status}")
        read = read_page(network, page, bodies[page.url], answer.content_type, first_number=len(rows) + 1)
        rows.extend(read.rows)
        totals.extend([] if read.printed_count is None else [read.printed_count])
    coverages = {page.coverage or network.coverage for page in pages}
    return Listing(
        network_id=network.id,
        capture_id=capture.capture_id,
        captured_at=capture.captured_at,
        known_at=capture.known_at,
        origin=capture.origin,
        coverage="partial" if "partial" in coverages else "complete",
        use="replication_only" if any(page.use == "replication_only" for page in pages) else "current",
        rows=tuple(rows),
        printed_count=sum(totals) if totals and len(totals) == len(pages) else None,
        dated_from=max(page.dated_from for page in pages) if all(page.dated_from for page in pages) else "",
    )


def read_page(network: Network, page: Page, body: bytes, content_type: str, first_number: int = 1) -> PageRead:
    """The members printed on one page, by the reader that the network file names.

    SourceChanged "<network id> <url>: ..." for a page that is empty, somebody else's, a login or maintenance page, or not
    laid out as expected; ConfigError for a reader that does not exist yet.
    """
    where = f"{network.id} {page.url}"
    reader = READERS.get(page.reader)
    if reader is None:
        raise ConfigError(f"{network.id}.yml: page {page.url}: expected a reader of {', '.join(READERS)}; {page.reader!r} comes later")
    from soupsieve import SelectorSyntaxError

    tree = parsed(body, content_type, where)
    try:
        for node in tree.select(page.options["drop"]) if "drop" in page.options else []:
            node.decompose()
        shown = text_of(tree)
        marker = page.options.get("must_contain", "")
        if marker not in shown:
            raise SourceChanged(f"{where}: expected a page that says {marker!r}, got {shown[:80]!r}")
        members = reader(tree, page, where)
    except SelectorSyntaxError as problem:
        raise ConfigError(f"{network.id}.yml: page {page.url}: expected CSS selectors, got: {str(problem).splitlines()[0]}") from problem
    if len(members) > MAX_ROWS:
        raise SourceChanged(f"{where}: expected at most {MAX_ROWS} members, got {len(members)}")
    total = _printed_total(shown, page, len(members), where)
    rows = tuple(_row(network, page, member, number, where) for number, member in enumerate(members, start=first_number))
    return PageRead(rows=rows, printed_count=total)


def _printed_total(shown: str, page: Page, count: int, where: str) -> int | None:
    """The total that the page prints ("11 cities"), where the network file says how; it must be the number of members read."""
    pattern = page.options.get("total")
    if pattern is None:
        return None
    found = re.search(pattern, shown)
    if not found:
        raise SourceChanged(f"{where}: expected a printed total like {pattern!r}, got none")
    total = int(re.sub(r"\D", "", found[1]) or -1)
    if total != count:
        raise SourceChanged(f"{where}: the page prints a total of {found[1]}, read were {count}")
    return total


def _row(network: Network, page: Page, member: Member, number: int, where: str) -> ListingRow:
    for what, text in (("name", member.name), ("country", member.country), ("kind", member.kind)):
        if len(text) > MAX_TEXT:
            raise SourceChanged(f"{where}: {member.evidence}: expected a {what} of at most {MAX_TEXT} characters, got {text[:40]!r}...")
    if not member.name:
        raise SourceChanged(f"{where}: {member.evidence}: expected a name, got nothing")
    return ListingRow(
        number=number,
        name_as_published=repaired(member.name),
        country_as_published=repaired(member.country),
        kind_as_published=member.kind,
        tie=_tie(network, page, member, where),
        page_url=page.url,
        evidence=_with_what_was_printed(member),
        joined_on=member.joined_on,
        on_hold=member.on_hold,
    )


def _with_what_was_printed(member: Member) -> str:
    """Where the member stands, and what is printed there where the row holds it repaired ("li 7; printed GospiÄ‡")."""
    printed = [text for text in (member.name, member.country) if repaired(text) != text]
    return "; ".join([member.evidence, *(f"printed {text}" for text in printed)])


def _tie(network: Network, page: Page, member: Member, where: str) -> str:
    """The tie of the printed kind; a kind that the network file does not know is a changed source, never a guess.

    A sample for the replication marks that a city is in a network and not how: its tie is unknown.
    """
    if not member.kind or not network.ties:
        return "unknown" if page.use == "replication_only" else network.default_tie
    if member.kind not in network.ties:
        known = ", ".join(sorted(network.ties))
        raise SourceChanged(f"{where}: {member.evidence}: expected a kind of {known}, got {member.kind!r}")
    return network.ties[member.kind]
