"""The listing of one capture: each registered page read by its reader, checked against itself, rows numbered through."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.errors import ConfigError, SourceChanged
from citynet.model import Capture, Fetched, Listing, ListingRow, Network, Page
from citynet.reading.auto import Known
from citynet.reading.by_name import reader_of
from citynet.reading.following import parts_of, parts_with_members, total_of_parts, without_repeats
from citynet.reading.mail_addresses import without_addresses
from citynet.reading.readers import MAX_ROWS, MAX_TEXT, Member, Printed
from citynet.reading.suspect import wall
from citynet.reading.twice_encoded import repaired, with_unseen_named, without_unseen

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of letters, which JSON can write and no table can hold."""
_UNFILLED = re.compile(r"\{\{|\{%|\$\{|\[object Object\]")
"""What a template shows that was never filled."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """The members of one page, in the page's order, numbered from 1, and the total that the page itself prints."""

    rows: tuple[ListingRow, ...]
    printed_count: int | None


def read_listing(network: Network, capture: Capture, answers: Mapping[str, Fetched], known: Known | None = None) -> Listing:
    """The members as printed in the capture; `answers` holds each captured answer under its url.

    Read are the network's pages that are asked at captured_at, each with all the parts at which its list goes on; all must be
    in the capture. The listing is partial as soon as one page is (a page without own coverage has the network's), and
    replication_only as soon as one page is. SourceChanged, naming each page concerned, where one is not as the network file
    says; ConfigError where no page is registered for the date.
    """
    on = capture.captured_at.date().isoformat()
    pages = [page for page in network.pages if page.since <= on and (not page.until or on < page.until)]
    if not pages:
        raise ConfigError(f"{network.id}.yml: membership.pages: expected a page that is asked on {on}, got none")
    rows: list[ListingRow] = []
    totals: list[int] = []
    troubles: list[SourceChanged] = []
    for page in pages:
        try:
            read = read_list(network, page, answers, capture.capture_id, len(rows) + 1, known)
        except SourceChanged as problem:
            troubles.append(problem)
            continue
        rows.extend(read.rows)
        totals.extend([] if read.printed_count is None else [read.printed_count])
    if troubles:
        raise _as_one(troubles)
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


def _as_one(troubles: Sequence[SourceChanged]) -> SourceChanged:
    """One page's trouble as it is; of several pages all messages, and the earliest gate of them."""
    if len(troubles) == 1:
        return troubles[0]
    gate = "reached" if any(trouble.gate == "reached" for trouble in troubles) else "layout"
    return SourceChanged("; ".join(map(str, troubles)), gate=gate)


def read_list(
    network: Network, page: Page, answers: Mapping[str, Fetched], capture_id: str, first_number: int = 1, known: Known | None = None
) -> PageRead:
    """The members of one registered page over all its parts; each row names the part on which it stands.

    Raises as `read_page`, and where a part is not among the answers.
    """
    parts = parts_of(page, answers, network.id, capture_id)
    if not page.follow:
        return read_page(network, page, parts[0].body, parts[0].content_type, first_number, known)
    rows: list[ListingRow] = []
    totals: list[tuple[str, int]] = []
    for part in parts_with_members(page, parts, network.id):
        spec = replace(page, url=part.url)
        printed = printed_on(network, spec, part.body, part.content_type, known)
        total = printed_total(printed.shown, spec, f"{network.id} {part.url}")
        totals += [] if total is None else [(part.url, total)]
        found = rows_of(network, spec, printed.members, first_number + len(rows))
        rows.extend(without_repeats(page, rows, found, f"{network.id} {part.url}"))
        if len(rows) > MAX_ROWS:
            raise SourceChanged(f"{network.id} {page.url}: expected at most {MAX_ROWS} members, got more")
    numbered = (replace(row, number=number) for number, row in enumerate(rows, start=first_number))
    return PageRead(tuple(numbered), total_of_parts(totals, len(rows), f"{network.id} {page.url}"))


def read_page(network: Network, page: Page, body: bytes, content_type: str, first_number: int = 1, known: Known | None = None) -> PageRead:
    """The members printed on one page, by the reader that the network file names.

    SourceChanged "<network id> <url>: ..." for a page that is empty, somebody else's, a login or maintenance page, or not
    laid out as expected; ConfigError for a reader that cannot be had (auto without `known`, custom without its module).
    """
    printed = printed_on(network, page, body, content_type, known)
    total = printed_total(printed.shown, page, f"{network.id} {page.url}")
    if total is not None and total != len(printed.members):
        seen = f"the page prints a total of {total}, read were {len(printed.members)}"
        raise SourceChanged(f"{network.id} {page.url}: {seen}", parsed=len(printed.members), printed=total)
    return PageRead(rows=rows_of(network, page, printed.members, first_number), printed_count=total)


def printed_on(network: Network, page: Page, body: bytes, content_type: str, known: Known | None = None) -> Printed:
    """What one answer shows and its members, not yet held against the page's total: a list may go on at further addresses."""
    where = f"{network.id} {page.url}"
    try:
        printed = reader_of(network, page, known)(body, content_type, page, where)
    except SourceChanged as problem:
        raise _told_as_wall(problem, body, content_type, page.url, where) from problem
    if len(printed.members) > MAX_ROWS:
        raise SourceChanged(f"{where}: expected at most {MAX_ROWS} members, got {len(printed.members)}")
    return printed


def _told_as_wall(problem: SourceChanged, body: bytes, content_type: str, url: str, where: str) -> SourceChanged:
    """The problem of a reader as it is, or the wall that the page is; a page that its rules read is never asked for one."""
    found = wall(body, content_type, url) if problem.gate == "layout" and problem.parsed is None else None
    if found is None:
        return problem
    read = str(problem).removeprefix(f"{where}: ")
    return SourceChanged(f"{where}: expected the page, got a {found.what}: {found.seen} ({read})", gate="reached")


def printed_total(shown: str, page: Page, where: str) -> int | None:
    """The total that the page prints ("11 cities"), where the network file says how; None where it says nothing."""
    pattern = page.options.get("total")
    if pattern is None:
        return None
    found = re.search(pattern, shown)
    digits = re.sub(r"\D", "", found[1] or "") if found else ""
    if not found or not digits:
        raise SourceChanged(f"{where}: expected a printed total like {pattern!r}, got {repr(found[0][:80]) if found else 'none'}")
    return int(digits)


def rows_of(network: Network, page: Page, members: Sequence[Member], first_number: int = 1) -> tuple[ListingRow, ...]:
    """The rows of the members, numbered on, without e-mail addresses; SourceChanged for one without a name, too long, or of an
    unknown kind."""
    where = f"{network.id} {page.url}"
    return tuple(_row(network, page, member, number, where) for number, member in enumerate(members, start=first_number))


def _row(network: Network, page: Page, printed: Member, number: int, where: str) -> ListingRow:
    member = replace(
        printed,
        name=without_addresses(without_unseen(printed.name)),
        country=without_addresses(without_unseen(printed.country)),
        kind=without_addresses(without_unseen(printed.kind)),
        evidence=without_addresses(_with_what_was_printed(printed)),
    )
    for what, text in (("name", member.name), ("country", member.country), ("kind", member.kind)):
        if len(text) > MAX_TEXT:
            raise SourceChanged(f"{where}: {member.evidence}: expected a {what} of at most {MAX_TEXT} characters, got {text[:40]!r}...")
        if _UNPRINTABLE.search(text):
            raise SourceChanged(f"{where}: {member.evidence}: expected a {what} of printable characters, got {text[:40]!r}")
        if _UNFILLED.search(text):
            raise SourceChanged(f"{where}: {member.evidence}: expected a {what}, got a template that was not filled: {text[:40]!r}")
    countries = page.options.get("country_values")
    if countries is not None and member.country not in countries.split("|"):
        raise SourceChanged(f"{where}: {member.evidence}: expected a country of {countries[:200]}, got {member.country!r}")
    if not member.name:
        raise SourceChanged(f"{where}: {member.evidence}: expected a name, got nothing")
    return ListingRow(
        number=number,
        name_as_published=repaired(member.name),
        country_as_published=repaired(member.country),
        kind_as_published=member.kind,
        tie=_tie(network, page, member, where),
        page_url=page.url,
        evidence=member.evidence,
        joined_on=member.joined_on,
        on_hold=member.on_hold,
    )


def _with_what_was_printed(member: Member) -> str:
    """Where the member stands, and what is printed there where the row holds it repaired ("li 7; printed GospiÄ‡")."""
    printed = [text for text in (member.name, member.country) if repaired(without_unseen(text)) != text]
    return "; ".join([member.evidence, *(f"printed {with_unseen_named(text)}" for text in printed)])


def _tie(network: Network, page: Page, member: Member, where: str) -> str:
    """The tie of the printed kind; a kind that the network file does not know is a changed source, never a guess.

    A sample for the replication marks that a city is in a network and not how: its tie is unknown.
    """
    if member.former:
        return "former"
    if not member.kind or not network.ties:
        return "unknown" if page.use == "replication_only" else network.default_tie
    if member.kind not in network.ties:
        known = ", ".join(sorted(network.ties))
        raise SourceChanged(f"{where}: {member.evidence}: expected a kind of {known}, got {member.kind!r}")
    return network.ties[member.kind]
