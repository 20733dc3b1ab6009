"""citynet read (--network ID | --auto) FILE|URL [--country CC] --out F.csv"""

import argparse
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from citynet.model import Fetched, ListingRow, Network, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citynet.http.fetch import LiveFetcher
    from citynet.pipelines.outside import Outside
    from citynet.reading.auto import AutoRead

TYPES = {
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".pdf": "application/pdf",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Ending of a file -> the type of answer it stands for; any other is a page."""

COLUMNS = ("name_as_published", "country_as_published", "kind_as_published", "evidence")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to read, and by which network's rules."""
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--network", metavar="ID", help="read by this network's page rules")
    how.add_argument("--auto", action="store_true", help="find the members without rules, or refuse")
    parser.add_argument("page", metavar="FILE|URL", help="a file, or an address (needs CITYNET_CONTACT)")
    parser.add_argument("--country", default="", help="country of all members where the page prints none")
    parser.add_argument("--out", required=True, help="CSV to write")


def call(options: argparse.Namespace) -> int:
    """Read one page and write its members; 3 where --auto refuses, 1 where the page is not as the rules expect."""
    import os

    from citynet.cli.tables import write_table
    from citynet.pipelines.outside import open_outside
    from citynet.pipelines.registry import open_registry

    outside = open_outside(os.environ)
    if options.auto:
        found = _without_rules(outside, options.page)
        if found.refused:
            print(f"citynet read: {options.page}: refused, nothing written: {found.refused}", file=sys.stderr)
            return 3
        members = [(m.name, m.country, m.kind, m.evidence) for m in found.members]
        print(f"confidence {found.confidence:.2f}")
    else:
        network = open_registry(outside).get(options.network)
        read = _by_rules(outside, network, options.page)
        members = [(row.name_as_published, row.country_as_published, row.kind_as_published, row.evidence) for row in read]
    rows = [dict(zip(COLUMNS, (name, country or options.country, kind, at), strict=True)) for name, country, kind, at in members]
    write_table(options.out, COLUMNS, rows)
    print(f"{len(rows)} members")
    return 0


def _without_rules(outside: "Outside", where: str) -> "AutoRead":
    """What the auto reader finds; a wall in place of the page is a refusal."""
    from citynet.pipelines.auto import known
    from citynet.places.gazetteer import load_gazetteer
    from citynet.reading.auto import AutoRead, read_auto
    from citynet.reading.suspect import wall

    answer = _file(where) or _fetched(outside, where)
    found = wall(answer.body, answer.content_type, answer.final_url)
    if found is not None:
        return AutoRead((), "", "", {}, 0.0, f"a {found.what}: {found.seen}")
    return read_auto(answer.body, answer.content_type, known(load_gazetteer(outside.gazetteer)), propose=False)


def _by_rules(outside: "Outside", network: Network, where: str) -> tuple[ListingRow, ...]:
    """The members by the first rules that fit, of an address with all parts at which its list goes on."""
    from citynet.errors import SourceChanged
    from citynet.pipelines.auto import known
    from citynet.pipelines.gates import require_reached
    from citynet.places.gazetteer import load_gazetteer
    from citynet.reading.listing import read_list, read_page

    rules = _rules(network, where)
    told = known(load_gazetteer(outside.gazetteer)) if any(page.reader == "auto" for page in rules) else None
    answer = _file(where)
    if answer is None and rules[0].url == where:
        answers = _crawled(outside, network, rules[0])
        require_reached(network, answers)
        return read_list(network, rules[0], answers, "", known=told).rows
    answer = answer or _fetched(outside, where)
    require_reached(network, {where: answer})
    trouble = None
    for page in rules:
        try:
            return read_page(network, page, answer.body, answer.content_type, known=told).rows
        except SourceChanged as problem:
            trouble = trouble or problem
    assert trouble is not None
    raise trouble


def _crawled(outside: "Outside", network: Network, page: Page) -> "Mapping[str, Fetched]":
    from citynet.pipelines.fetching import crawl

    return crawl(network.id, [page], _way(outside), datetime.now(UTC))[0]


def _fetched(outside: "Outside", where: str) -> Fetched:
    return _way(outside).fetch(where, at=datetime.now(UTC))


def _way(outside: "Outside") -> "LiveFetcher":
    from citynet.http.fetch import LiveFetcher, Politeness

    return LiveFetcher(Politeness(contact=outside.contact, allow_private=outside.allow_private))


def _file(where: str) -> Fetched | None:
    """The file as the answer it would be, None for an address; ConfigError where it is neither."""
    from pathlib import Path

    from citynet.errors import ConfigError

    if where.startswith(("http://", "https://")):
        return None
    if not Path(where).is_file():
        raise ConfigError(f"{where}: expected a file or an address, found none")
    kind = TYPES.get(Path(where).suffix.lower(), "text/html")
    return Fetched(where, "GET", 200, kind, (), Path(where).read_bytes(), where)


def _rules(network: Network, where: str) -> list[Page]:
    """The page rules to try: those of this address, or for a file all of them, the newest first."""
    from citynet.errors import ConfigError

    if not network.pages:
        raise ConfigError(f"{network.id}: expected a page in its registry file, found none (publishes: {network.publishes})")
    newest_first = sorted(network.pages, key=lambda page: page.since, reverse=True)
    return [page for page in newest_first if page.url == where] or newest_first
