"""citynet compare OLD.csv NEW.csv --out F.csv"""

import argparse

COLUMNS = ("change", "cause", "place_id", "name_old", "name_new", "country")
CHANGES = ("joined", "left", "renamed", "tie_changed", "unclear")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the two lists."""
    needed = "CSV of a complete list: name_as_published; country_as_published and kind_as_published where printed"
    parser.add_argument("old", help=needed)
    parser.add_argument("new", help="the same at a later time")
    parser.add_argument("--network", metavar="ID", help="resolve the names as on the lists of this network of the registry")
    parser.add_argument("--out", required=True, help="CSV to write: one row a difference, none where nothing differs")


def call(options: argparse.Namespace) -> int:
    """Compare two lists as printed and write what changed in the world, what in print only, and what can't be told."""
    import os
    from dataclasses import asdict

    from citynet.cli.tables import read_table, write_table
    from citynet.errors import ConfigError
    from citynet.pipelines.comparing import compare_lists, in_no_network, listed_names
    from citynet.pipelines.names import open_names
    from citynet.pipelines.outside import open_outside
    from citynet.pipelines.registry import open_registry

    old, new = (listed_names(path, *read_table(path, ())) for path in (options.old, options.new))
    for path, listed in ((options.old, old), (options.new, new)):
        if not listed:
            raise ConfigError(f"{path}: expected the members of a complete list, found no name; was the page read?")
    outside = open_outside(os.environ)
    names = open_names(outside)
    resolved = in_no_network(names)
    if options.network:
        network = open_registry(outside).get(options.network)
        resolved = lambda row: names.resolve(network, row.name, row.country)  # noqa: E731
    differences = compare_lists(old, new, resolved, names)
    write_table(options.out, COLUMNS, [asdict(difference) for difference in differences])
    counts = {change: sum(difference.change == change for difference in differences) for change in CHANGES}
    print(f"{len(old)} and {len(new)} names: " + ", ".join(f"{count} {change}" for change, count in counts.items()))
    return 0
