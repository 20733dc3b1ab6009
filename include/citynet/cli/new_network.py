"""citynet new-network ID URL [--name NAME] [--file FILE] [--no-page]"""

import argparse
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citynet.model import Fetched

REFUSED = (
    "if the page shows a list, look for the one that holds it: the page of a map, a file, an interface of the site",
    "if its script loads the list, find the address that it asks, and see whether that is documented or permitted",
    "if there is no list, write the file by hand with publishes none, or publishes list without pages and the reason in notes",
)
"""What a person can do where no list was found."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the network is called and where its members are printed."""
    parser.add_argument("id", metavar="ID", help="id of the new network: small letters, digits and _")
    parser.add_argument("url", metavar="URL", help="address of the page that lists its members (asking it needs CITYNET_CONTACT)")
    parser.add_argument("--name", default="", help="name of the network (default: what the page is called)")
    parser.add_argument("--file", default="", metavar="FILE", help="that page, saved: nothing is fetched")
    parser.add_argument("--no-page", action="store_true", help="keep neither the page nor its members for tests")


def call(options: argparse.Namespace) -> int:
    """Write the draft of a network file; 3 where the page shows no list, 1 where it is not to be had, and nothing is written then."""
    from citynet.cli.printing import print_lines
    from citynet.pipelines.drafting import Asked, draft_network, write_all
    from citynet.pipelines.outside import open_outside

    saved = _saved(options.file, options.url) if options.file else None
    asked = Asked(options.id, options.url, options.name.strip(), saved, keep_page=not options.no_page)
    drafted = draft_network(open_outside(os.environ), asked, datetime.now(UTC))
    if drafted.refused:
        print_lines(drafted.lines)
        print(f"citynet new-network: {options.url}: no list of members was found, nothing written: {drafted.refused}", file=sys.stderr)
        for line in REFUSED:
            print(f"citynet new-network: {line}", file=sys.stderr)
        return 3
    write_all(drafted.files)
    print_lines(drafted.lines)
    return 0


def _saved(file: str, url: str) -> "Fetched":
    """The saved page as if it had been the answer of the address."""
    from pathlib import Path

    from citynet.cli.read import TYPES
    from citynet.errors import ConfigError
    from citynet.model import Fetched

    path = Path(file)
    if not path.is_file():
        raise ConfigError(f"{file}: expected a saved page, found none")
    return Fetched(url, "GET", 200, TYPES.get(path.suffix.lower(), "text/html"), (), path.read_bytes(), url)
