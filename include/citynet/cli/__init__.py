"""`citynet …`: every command starts without Airflow and without pandas; what a command needs it imports itself.

Exit codes: 0 well; 1 not released, verify found a fault, or a page was not to be had; 2 bad arguments or input; 3 no list of members
was found (read --auto, new-network); 4 released, but a source failed or was held, or commission could not reach or read a page.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from citynet import __version__
from citynet.errors import CitynetError, ConfigError

COMMANDS = {
    "run": "the whole way once, in one process, through the DAGs",
    "read": "read the members out of one page",
    "resolve": "say which place each printed name means",
    "analyse": "who shares members with whom, who is in and who is not, in a table of memberships",
    "compare": "what changed from one list of members to another",
    "networks": "the registry, with state and freshness",
    "new-network": "look at the page of a network that is not in the registry, and draft its file",
    "commission": "look at each page that nobody has verified, and report; accepts and publishes nothing",
    "review": "the questions that wait for a person; takes the answers",
    "subscribers": "who is told: add, confirm, remove, list",
    "judgements": "move answers from the store into the files of judgements",
    "rebuild": "the release again, from captures alone",
    "verify": "checksums, schema, foreign keys and sums of a release",
    "serve": "the published site on loopback",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a fault that the project knows becomes one line on stderr and an exit code."""
    parser = argparse.ArgumentParser(prog="citynet", description="City Network Monitor", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    given = list(sys.argv[1:] if arguments is None else arguments)
    for name, text in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        _where(command)
        if name in given:  # only the command that is called is loaded
            _module(name).arguments(command)
    options = parser.parse_args(given)
    for variable in ("store", "published", "registry", "judgements"):
        if value := getattr(options, variable):
            os.environ[f"CITYNET_{variable.upper()}"] = value
    try:
        return int(_module(options.command).call(options))
    except ConfigError as problem:
        print(f"citynet {options.command}: {problem}", file=sys.stderr)
        return 2
    except CitynetError as problem:
        print(f"citynet {options.command}: {problem}", file=sys.stderr)
        return 1
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        print(f"citynet {options.command}: {where}{problem.strerror or problem}", file=sys.stderr)
        return 1


def _where(command: argparse.ArgumentParser) -> None:
    command.add_argument("--store", help="folder or fsspec URL of captures (CITYNET_STORE)")
    command.add_argument("--published", help="folder or fsspec URL of releases (CITYNET_PUBLISHED)")
    command.add_argument("--registry", help="folder of network files (CITYNET_REGISTRY)")
    command.add_argument("--judgements", help="folder of judgements (CITYNET_JUDGEMENTS)")


def _module(name: str):  # type: ignore[no-untyped-def]  # a module with arguments() and call()
    from importlib import import_module

    return import_module(f"citynet.cli.{name.replace('-', '_')}")
