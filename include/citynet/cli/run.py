"""citynet run [--replay DIR | --live] [--networks a,b]"""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from citynet.errors import ConfigError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add where the pages come from, and which networks."""
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--replay", metavar="DIR", help="pages from this folder: <network_id>/<YYYY-MM-DD>/ (CITYNET_REPLAY)")
    way.add_argument(
        "--live", action="store_true", help="pages from the web; needs CITYNET_CONTACT, an address that owners of pages can reach"
    )
    parser.add_argument("--networks", default="", metavar="a,b", help="only these networks")


def call(options: argparse.Namespace) -> int:
    """Run every DAG but review_queue once; 0 well, 1 not released, 2 bad arguments, 4 released but a source has trouble."""
    _choose(options)
    from citynet.pipelines.fetching import require_contact
    from citynet.pipelines.locking import alone
    from citynet.pipelines.outside import open_outside

    outside = open_outside(os.environ)
    require_contact(outside)
    _known_networks(outside.registry, outside.networks)
    with alone(outside.store, "run", _say):
        from citynet.orchestration.airflow_home import alone_in, prepare
        from citynet.orchestration.whole_way import whole_way

        home = prepare(os.environ)
        with alone_in(home, _say):
            summary = whole_way(outside, log=home / "logs" / "one-shot.log", now=datetime.now(UTC), say=_say)
    for line in summary.troubles:
        print(line, file=sys.stderr)
    for line in summary.report:
        print(line)
    if not summary.released:
        return 1
    return 4 if summary.troubles else 0


def _choose(options: argparse.Namespace) -> None:
    """Put the arguments where the tasks look: in the environment."""
    if options.replay:
        os.environ["CITYNET_REPLAY"] = str(Path(options.replay).resolve())
    if options.live:
        os.environ.pop("CITYNET_REPLAY", None)
        os.environ["CITYNET_MODE"] = "live"
    if options.networks:
        os.environ["CITYNET_NETWORKS"] = options.networks


def _known_networks(registry: Path, asked: tuple[str, ...]) -> None:
    known = {file.stem for file in registry.glob("*.yml")}
    unknown = [name for name in asked if name not in known]
    if unknown:
        raise ConfigError(f"--networks: expected ids of the registry, got {', '.join(unknown)}")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
