"""citynet judgements export"""

import argparse
import os
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to do."""
    parser.add_argument("action", choices=["export"], help="export: move the answers from the store into the folder of judgements")


def call(options: argparse.Namespace) -> int:
    """Move all answers or none; one line a file that gained lines. 2 where two judgements contradict each other."""
    from citynet.cli.printing import print_lines
    from citynet.pipelines.answers import export
    from citynet.pipelines.locking import alone
    from citynet.pipelines.names import open_names
    from citynet.pipelines.outside import open_outside

    outside = open_outside(os.environ)
    with alone(outside.store, "judgements", lambda line: print(line, file=sys.stderr, flush=True)):
        gained = export(outside, open_names(outside).gazetteer)
    lines = [f"{file}: {count} {'line' if count == 1 else 'lines'} added" for file, count in gained.items()]
    print_lines(lines or ["no answer waits in the store"])
    return 0
