"""citynet rebuild [--as-of DATE]"""

import argparse
import os
import sys
from datetime import date

from citynet.errors import ConfigError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the date."""
    parser.add_argument("--as-of", default="", metavar="DATE", help="what was known at the end of this day (UTC); `latest` does not move")


def call(options: argparse.Namespace) -> int:
    """Build the release again from the captures in the store, without fetching; prints its id."""
    from citynet.pipelines import monitor
    from citynet.pipelines.locking import alone
    from citynet.pipelines.outside import open_outside

    if options.as_of:
        try:
            options.as_of = date.fromisoformat(options.as_of).isoformat()
        except ValueError as problem:
            raise ConfigError(f"--as-of: expected a date YYYY-MM-DD, got {options.as_of!r}") from problem
    outside = open_outside(os.environ)
    with alone(outside.store, "run", lambda line: print(line, file=sys.stderr, flush=True)):
        print(monitor.rebuild(outside, options.as_of))
    return 0
