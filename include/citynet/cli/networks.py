"""citynet networks [--check]"""

import argparse
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citynet.pipelines.outside import Outside
    from citynet.pipelines.registry import Networks


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the check."""
    parser.add_argument(
        "--check",
        action="store_true",
        help="only say what is wrong with the network files and the candidates; exit 2 where anything is. Candidates that are to be "
        "looked at again and lines marked TODO are named as warnings",
    )


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
        return _check(outside, registry, datetime.now(UTC).date().isoformat())
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


def _check(outside: "Outside", registry: "Networks", today: str) -> int:
    """Say how many files and candidates were read and what is wrong with the others; today (ISO) decides which candidates are due."""
    from citynet.networks.candidates import FILE, due, load_candidates
    from citynet.networks.drafts import left_to_do

    found = load_candidates(str(outside.registry), registry.networks.values())
    for problem in found.broken:
        print(problem, file=sys.stderr)
    for candidate in due(found.listed, today):
        print(f"warning: {FILE}: {candidate.name} was to be looked at again on {candidate.look_again_on}", file=sys.stderr)
    for line in left_to_do(str(outside.registry)):
        print(f"warning: {line}", file=sys.stderr)
    print(f"{len(registry.networks)} network files read, {len(registry.broken)} broken; {len(found.listed)} candidates")
    return 2 if registry.broken or found.broken else 0
