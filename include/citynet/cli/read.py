"""citynet read --network ID FILE|URL --out F.csv"""

import argparse
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from citynet.model import ListingRow, Network, Page

if TYPE_CHECKING:
    from citynet.pipelines.outside import Outside

COLUMNS = ("name_as_published", "country_as_published", "kind_as_published", "evidence")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to read, and by which network's rules."""
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--network", metavar="ID", help="read by this network's page rules")
    how.add_argument("--auto", action="store_true", help="find the members without rules (not built yet: refuses)")
    parser.add_argument("page", metavar="FILE|URL", help="a file, or an address (needs CITYNET_CONTACT)")
    parser.add_argument("--country", default="", help="country of all members where the page prints none")
    parser.add_argument("--out", required=True, help="CSV to write")


def call(options: argparse.Namespace) -> int:
    """Read one page and write its members; 3 where --auto refuses, 1 where the page is not as the rules expect."""
    import os

    from citynet.cli.tables import write_table
    from citynet.pipelines.outside import open_outside
    from citynet.pipelines.registry import open_registry

    if options.auto:
        print("citynet read: --auto refused: members can only be read by a network's page rules so far", file=sys.stderr)
        return 3
    outside = open_outside(os.environ)
    network = open_registry(outside).get(options.network)
    body, content_type = _page(options.page, outside)
    found = _read(network, _rules(network, options.page), body, content_type)
    rows = [
        {
            "name_as_published": row.name_as_published,
            "country_as_published": row.country_as_published or options.country,
            "kind_as_published": row.kind_as_published,
            "evidence": row.evidence,
        }
        for row in found
    ]
    write_table(options.out, COLUMNS, rows)
    print(f"{len(rows)} members")
    return 0


def _page(where: str, outside: "Outside") -> tuple[bytes, str]:
    from pathlib import Path

    from citynet.errors import ConfigError
    from citynet.http.fetch import LiveFetcher, Politeness

    if where.startswith(("http://", "https://")):
        way = LiveFetcher(Politeness(contact=outside.contact, allow_private=outside.allow_private))
        fetched = way.fetch(where, at=datetime.now(UTC))
        return fetched.body, fetched.content_type
    if not Path(where).is_file():
        raise ConfigError(f"{where}: expected a file or an address, found none")
    return Path(where).read_bytes(), "text/html"


def _rules(network: Network, where: str) -> list[Page]:
    """The page rules to try: those of this address, or for a file all of them, the newest first."""
    from citynet.errors import ConfigError

    if not network.pages:
        raise ConfigError(f"{network.id}: expected a page in its registry file, found none (publishes: {network.publishes})")
    newest_first = sorted(network.pages, key=lambda page: page.since, reverse=True)
    return [page for page in newest_first if page.url == where] or newest_first


def _read(network: Network, rules: list[Page], body: bytes, content_type: str) -> tuple[ListingRow, ...]:
    """The members by the first rules that fit; where none does, the trouble that the newest had."""
    from citynet.errors import SourceChanged
    from citynet.reading.listing import read_page

    trouble = None
    for page in rules:
        try:
            return read_page(network, page, body, content_type).rows
        except SourceChanged as problem:
            trouble = trouble or problem
    assert trouble is not None
    raise trouble
