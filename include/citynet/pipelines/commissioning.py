"""Going live, page by page: each page that nobody has verified is fetched once and reported on, and a person decides.

Nothing of it becomes a capture, an attempt or a listing. A capture is an input of releases and of the fold over a network's
listings, and its answers would be dated and counted there under rules that are only being tried; the next run of
collect_memberships captures the page all the same and holds it until somebody sets verified_on. What is kept is the report,
commission/<network_id>/<instant>.json, with the SHA-256 of each answer, so that what was compared can be told from what a later
capture holds.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from citynet.errors import CitynetError, ConfigError, SourceError
from citynet.history.differing import Difference
from citynet.http import Fetcher
from citynet.model import Listing, Network, Page, ResolvedListing, written
from citynet.networks.registry import pages_at
from citynet.pipelines.fetching import crawl, fetcher, require_contact
from citynet.pipelines.gates import require_reached
from citynet.pipelines.listings import decide
from citynet.pipelines.looking import (
    Look,
    Meanings,
    Printed,
    auto_line,
    beside,
    beside_lines,
    bounds,
    counted,
    look_at,
    look_lines,
    meaning_lines,
    meanings,
    members_of,
    read_answers,
    rules_said,
)
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside
from citynet.pipelines.registry import Networks


@dataclass(frozen=True, slots=True)
class PageReport:
    """What came of one page. trouble: why it was not reached or not read by its rules, "" where it was both.

    look: None where it was not reached; answers: address of each part -> SHA-256; members: by its rules, else without rules;
    by_rules: how many its rules read, None where they failed; total: as printed and held against them, where the rules say how.
    """

    page: Page
    trouble: str
    look: Look | None = None
    answers: Mapping[str, str] | None = None
    members: tuple[Printed, ...] = ()
    by_rules: int | None = None
    total: int | None = None
    means: Meanings | None = None
    origin: str = "live"


@dataclass(frozen=True, slots=True)
class NetworkReport:
    """The pages of one network that nobody has verified, and their members beside its newest accepted listing.

    last_on: its date, "" where there is none; others: pages asked today that are verified, whose members are not among these.
    """

    network: Network
    at: str
    pages: tuple[PageReport, ...]
    last_on: str = ""
    beside_last: Difference | None = None
    others: int = 0

    @property
    def troubles(self) -> tuple[str, ...]:
        """What is wrong with each page that was not reached and read."""
        return tuple(page.trouble for page in self.pages if page.trouble)


def to_commission(outside: Outside, registry: Networks, on: str) -> list[Network]:
    """The networks that are not closed and have a page asked at the date (ISO) that nobody has verified, by id.

    ConfigError for a network asked for by name that the registry has not, or only in a file that can't be read.
    """
    wanted = [registry.get(name) for name in dict.fromkeys(outside.networks)]
    asked = wanted or [network for network in registry.networks.values() if network.id not in registry.broken]
    return [network for network in asked if network.status != "closed" and unverified(network, on)]


def unverified(network: Network, on: str) -> list[Page]:
    """The pages of a network asked at the date (ISO) that nobody has verified."""
    return [page for page in pages_at(network, on) if not page.verified_on]


def open_way(outside: Outside, at: datetime) -> Fetcher | None:
    """One way to the web for all networks, so that those of one host are asked in turn; None in a replay, where each has a folder.

    ConfigError where collecting is off or we have no contact to give.
    """
    require_contact(outside)
    return None if outside.mode == "replay" else fetcher(outside, "", at)


def commission(outside: Outside, network: Network, way: Fetcher | None, at: datetime, names: Names) -> NetworkReport:
    """Look at the network's unverified pages, one after the other; one that fails stops none. The report is kept."""
    on = f"{at:%Y-%m-%d}"
    pages = tuple(_page(network, page, way or fetcher(outside, network.id, at), at, names) for page in unverified(network, on))
    accepted = [one.resolved for one in decide(outside, network, names) if one.outcome == "accepted" and one.resolved is not None]
    last = _newest(accepted)
    members = tuple(member for page in pages for member in page.members)
    report = NetworkReport(
        network=network,
        at=written(at),
        pages=pages,
        last_on=f"{last.listing.captured_at:%Y-%m-%d}" if last else "",
        beside_last=beside(network, last, members, names) if last and members else None,
        others=len(pages_at(network, on)) - len(pages),
    )
    outside.store.write(f"commission/{network.id}/{at:%Y%m%dT%H%M%SZ}.json", _document(report))
    return report


def report_lines(report: NetworkReport) -> Iterator[str]:
    """The report as a person reads it."""
    shown = report.network.republish == "names"
    for page in report.pages:
        yield page.page.url
        yield from (f"  {line}" for line in _page_lines(page, names_shown=shown))
    if report.beside_last is not None:
        yield from (f"  {line}" for line in beside_lines(report.beside_last, report.last_on, names_shown=shown))
        if report.others:
            yield f"  of that list {report.others} verified pages are not among these members"
    elif not report.last_on:
        yield "  no accepted list to compare with"
    yield f"  to approve: compare page and members, then set verified_on: {report.at[:10]} in include/networks/{report.network.id}.yml"


# --- one page -------------------------------------------------------------------------------------------------------


def _page(network: Network, page: Page, way: Fetcher, at: datetime, names: Names) -> PageReport:
    try:
        answers, posted = crawl(network.id, [page], way, at)
        require_reached(network, answers)
    except (SourceError, ConfigError) as problem:
        return PageReport(page, _named(network, problem))
    look = look_at(next(iter(answers.values())), names)
    hashes = {url: hashlib.sha256(answer.body).hexdigest() for url, answer in answers.items()}
    try:
        listing = read_answers(network, page, answers, at, names, way.origin, posted)
    except (SourceError, ConfigError) as problem:
        members = members_of(look.auto)
        return PageReport(page, _named(network, problem), look, hashes, members, None, None, meanings(network, members, names), way.origin)
    members = _printed(listing)
    means = meanings(network, members, names)
    return PageReport(page, "", look, hashes, members, len(members), listing.printed_count, means, way.origin)


def _named(network: Network, problem: CitynetError) -> str:
    """The problem in one line that names its network."""
    said = " ".join(str(problem).split())
    return said if said.startswith(network.id) else f"{network.id}: {said}"


def _printed(listing: Listing) -> tuple[Printed, ...]:
    return tuple((row.name_as_published, row.country_as_published, row.kind_as_published) for row in listing.rows)


def _newest(accepted: Sequence[ResolvedListing]) -> ResolvedListing | None:
    """The newest listing, a complete one before any partial one."""
    complete = [one for one in accepted if one.listing.coverage == "complete"]
    newest = complete or list(accepted)
    return newest[-1] if newest else None


def _page_lines(report: PageReport, *, names_shown: bool) -> Iterator[str]:
    page, look = report.page, report.look
    if look is None:
        yield f"not reached: {report.trouble}"
        return
    parts = len(report.answers or {})
    robots = "robots.txt lets us read it" if report.origin == "live" else "from a replay, robots.txt was not asked"
    yield f"reached: yes{f', {parts} parts' if parts > 1 else ''}; {robots}"
    yield from look_lines(look)
    rules = rules_said(page.reader, page.select, page.options, page.follow)
    told = "the printed total agrees" if report.total is not None else "no printed total is held against it"
    yield f"its rules ({rules}): " + (f"{counted(report.by_rules)}, {told}" if report.by_rules is not None else report.trouble)
    yield auto_line(look.auto)
    yield from meaning_lines(report.means, names_shown=names_shown) if report.means else ()
    yield from _proposal(report, look)


def _proposal(report: PageReport, look: Look) -> Iterator[str]:
    """Rules where those of the page fail or are auto, and bounds."""
    found = look.auto
    if not found.refused and found.reader and (report.by_rules is None or report.page.reader == "auto"):
        yield f"proposed: {rules_said(found.reader, found.select, found.options, {})}"
    if look.ways_on and not report.page.follow:
        yield f"warning: the list seems to go on at further addresses: follow: {dict(look.ways_on[0])}"
    if report.members:
        least, most = bounds(len(report.members))
        yield f"proposed: expect: min {least}, max {most}"


def _document(report: NetworkReport) -> bytes:
    document = {
        "network_id": report.network.id,
        "at": report.at,
        "last_on": report.last_on,
        "beside_last": asdict(report.beside_last) if report.beside_last else None,
        "pages": [asdict(page) for page in report.pages],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, default=dict) + "\n").encode()
