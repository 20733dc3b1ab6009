"""citynet verify RELEASE_DIR"""

import argparse
import sys
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the release's folder."""
    parser.add_argument("release", help="folder of a release, e.g. published/latest")


def call(options: argparse.Namespace) -> int:
    """Print each fault; 0 where there is none, 1 where there are some, 2 where there is no folder."""
    from citynet.errors import ConfigError
    from citynet.publishing.verify import verify

    folder = Path(options.release)
    if not folder.is_dir():
        raise ConfigError(f"expected the folder of a release, got {options.release!r}, which is none")
    faults = verify(folder.resolve())
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{folder.resolve().name}: {'no fault' if not faults else f'{len(faults)} fault(s)'}")
    return 1 if faults else 0
