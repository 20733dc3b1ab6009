"""citynet resolve NAMES.csv --out F.csv"""

import argparse

ADDED = ("place_id", "geonames_id", "place_kind", "verdict", "route", "runner_up")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the two tables."""
    parser.add_argument("names", help="CSV with name_as_published, country_as_published (may be empty); network_id where known")
    parser.add_argument("--out", required=True, help="CSV to write: the same rows with place_id, verdict and route")


def call(options: argparse.Namespace) -> int:
    """Resolve each row by judgements and gazetteer, and in a network of the registry as its own lists are; further columns pass through."""
    import os

    from citynet.cli.tables import read_table, write_table
    from citynet.pipelines.names import open_names
    from citynet.pipelines.outside import open_outside
    from citynet.pipelines.registry import open_registry
    from citynet.places.resolve import resolve
    from citynet.reading.twice_encoded import repaired

    columns, rows = read_table(options.names, ["name_as_published", "country_as_published"])
    outside = open_outside(os.environ)
    names = open_names(outside)
    networks = open_registry(outside).networks if "network_id" in columns else {}
    for row in rows:
        name, country = (repaired(row[column]) for column in ("name_as_published", "country_as_published"))
        network_id = row.get("network_id", "")
        if network_id in networks:
            found = names.resolve(networks[network_id], name, country)
        else:
            found = resolve(name, country, gazetteer=names.gazetteer, judgements=names.judgements, network_id=network_id)
        row.update({column: getattr(found, column) for column in ADDED})
    write_table(options.out, [*[c for c in columns if c not in ADDED], *ADDED], rows)
    counts = {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in ("resolved", "review", "not_a_city", "unknown")}
    print(f"{len(rows)} names: " + ", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
    return 0
