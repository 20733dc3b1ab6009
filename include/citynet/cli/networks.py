"""citynet networks [--check]"""

import argparse
import os
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the check."""
    parser.add_argument("--check", action="store_true", help="only say what is wrong with the network files; exit 2 where anything is")


def call(options: argparse.Namespace) -> int:
    """List the registry with what the current release knows of each network; name broken files, file and line."""
    from citynet.pipelines.outside import open_outside
    from citynet.pipelines.registry import open_registry
    from citynet.publishing.reading_back import cells
    from citynet.publishing.release import current

    outside = open_outside(os.environ)
    registry = open_registry(outside)
    for problem in registry.broken.values():
        print(problem, file=sys.stderr)
    if options.check:
        print(f"{len(registry.networks)} network files read, {len(registry.broken)} broken")
        return 2 if registry.broken else 0
    release = current(outside.published)
    rows = cells(outside.published.read(f"{release}/data/networks.csv")) if release else []
    known = {row["network_id"]: row for row in rows}
    line = "{:<28} {:<8} {:<14} {:<11} {:<12} {:>8}  {}"
    print(line.format("network", "status", "scope", "freshness", "last listed", "counted", "last attempt"))
    for network in registry.networks.values():
        row = known.get(network.id, {})
        print(
            line.format(
                network.id,
                network.status,
                network.scope,
                row.get("freshness") or "never_read",
                row.get("last_listed_on") or "-",
                row.get("members_counted") or "-",
                " ".join(filter(None, (row.get("last_attempt_on"), row.get("last_attempt_outcome")))) or "-",
            )
        )
    return 0
