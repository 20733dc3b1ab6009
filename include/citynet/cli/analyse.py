"""citynet analyse MEMBERSHIPS.csv [--places F.csv] --out DIR"""

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the tables and the folder."""
    parser.add_argument(
        "memberships",
        help="CSV of one row a membership: network_id, place_id; coverage (complete, partial), list_date, family, counted where known",
    )
    parser.add_argument(
        "--places",
        metavar="F.csv",
        help="CSV of those who may be members: place_id; country, population_municipality, degurba, municipality_id, capital where known",
    )
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for the tables and report.md; made where there is none")


def call(options: argparse.Namespace) -> int:
    """Analyse somebody's memberships as a release is; every table is made before the first one is written."""
    from pathlib import Path

    from citynet.cli.tables import folder_for, read_lines, write_files
    from citynet.pipelines.analysing import analysed, memberships
    from citynet.pipelines.analysis_report import counted, report
    from citynet.pipelines.given_tables import given, given_places
    from citynet.publishing.contract import contract, frame
    from citynet.publishing.csvfile import csv_bytes, quoted_line

    folder = folder_for(options.out)
    places = given_places(options.places, *read_lines(options.places, ["place_id"])) if options.places else None
    found = given(options.memberships, *read_lines(options.memberships, ["network_id", "place_id"]), places)
    tables = analysed(found)
    files = {f"{name}.csv": csv_bytes(contract().table(name), frame(name, rows)) for name, rows in sorted(tables.items())}
    columns, rows = memberships(found, [column.name for column in contract().table("memberships").columns])
    lines = [quoted_line(columns), *(quoted_line([str(row[column]) for column in columns]) for row in rows)]
    files["memberships.csv"] = "".join(lines).encode()
    files["report.md"] = report(found, tables, Path(options.memberships).name).encode()
    write_files(folder, files)
    print(f"{counted(found)}: " + ", ".join(f"{name} {len(table)}" for name, table in sorted(tables.items())))
    return 0
