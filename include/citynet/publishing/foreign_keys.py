"""Foreign keys of a Data Package, held against the cells of its CSV files."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Cells = Sequence[Mapping[str, str]]


def foreign_key_faults(descriptor: Mapping[str, Any], tables: Mapping[str, Cells]) -> Iterator[str]:
    """One sentence for every row that names what the other table lacks; a row that names nothing is sound.

    tables: name -> rows; one that is not given is told elsewhere. KeyError or TypeError where the descriptor has no resources.
    """
    for resource in descriptor["resources"]:
        name = resource["name"]
        for key in resource.get("schema", {}).get("foreignKeys", ()):
            to = key["reference"]["resource"] or name  # "" is the table itself
            if name in tables and to in tables:
                yield from _lacking(name, tables[name], key["fields"], to, tables[to], key["reference"]["fields"])


def _lacking(name: str, rows: Cells, fields: Sequence[str], to: str, others: Cells, keys: Sequence[str]) -> Iterator[str]:
    known = {tuple(row[key] for key in keys) for row in others}
    for line, row in enumerate(rows, start=2):
        named = tuple(row[field] for field in fields)
        if any(named) and named not in known:
            yield f"{name}, line {line}: {', '.join(fields)} names {', '.join(named)}, which {to} does not have"
