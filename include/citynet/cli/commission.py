"""citynet commission [--networks a,b]"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citynet.model import Network


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add which networks."""
    parser.add_argument("--networks", default="", metavar="a,b", help="only these networks")


def call(options: argparse.Namespace) -> int:
    """Look at every page that nobody has verified and report; 0 where all were reached and read by their rules, else 4.

    Needs CITYNET_CONTACT. Nothing is accepted or published.
    """
    from citynet.cli.printing import print_lines
    from citynet.pipelines.commissioning import commission, open_way, report_lines, to_commission
    from citynet.pipelines.names import open_names
    from citynet.pipelines.outside import open_outside
    from citynet.pipelines.registry import open_registry

    if options.networks:
        os.environ["CITYNET_NETWORKS"] = options.networks
    outside, at = open_outside(os.environ), datetime.now(UTC)
    registry = open_registry(outside)
    networks = to_commission(outside, registry, f"{at:%Y-%m-%d}")
    troubles = [] if outside.networks else [str(problem) for problem in registry.broken.values()]
    if not networks:
        return _ended([], troubles)
    way, names = open_way(outside, at), open_names(outside)
    for number, network in enumerate(networks, start=1):
        print(f"{network.id} ({number} of {len(networks)})", file=sys.stderr, flush=True)
        report = commission(outside, network, way, at, names)
        print_lines([network.id, *report_lines(report), ""])
        troubles += report.troubles
    return _ended(networks, troubles)


def _ended(networks: "Sequence[Network]", troubles: Sequence[str]) -> int:
    """The exit code, and what is wrong a line each."""
    if not networks:
        print("no page waits: every page asked today is verified, or its network is closed")
    for line in troubles:
        print(line, file=sys.stderr)
    return 4 if troubles else 0
