"""Writes docs/tables.md from the contract (include/citynet/publishing/tables.yaml); `make docs` calls it, a test holds the page to it."""

from pathlib import Path

from citynet.publishing.contract import Table, contract

HEAD = """# The published tables

Generated from include/citynet/publishing/tables.yaml by `make docs`; do not edit. Each table comes as CSV and Parquet in data/
of a release, with this codebook in datapackage.json. Empty means "not known" or "does not apply", never 0. Columns are only ever added.
In CSV, text that a spreadsheet would take for a formula starts with an apostrophe.
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_section(table) for table in contract().tables)


def _section(table: Table) -> str:
    lines = [f"\n## {table.name}\n\n{table.title}. Key: {', '.join(table.key)}.\n\n| column | type | meaning |\n|---|---|---|\n"]
    for column in table.columns:
        words = f" One of: {', '.join(column.enum)}." if column.enum else ""
        lines.append(f"| {column.name} | {column.type} | {column.description}.{words} |\n".replace("<", "&lt;"))
    return "".join(lines)


if __name__ == "__main__":
    Path(__file__).with_name("tables.md").write_text(page(), encoding="utf-8")
