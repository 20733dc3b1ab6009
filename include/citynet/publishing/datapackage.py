"""datapackage.json: what a program or a person needs to read a release without asking us (Data Package, Table Schema)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from citynet.model import Row
from citynet.publishing.contract import Column, Contract, Table
from citynet.publishing.csvfile import DEFUSED_NOTE

TITLE = "City Network Monitor"
ABOUT = (
    "Who is a member of which transnational city network on migration and inclusion, as dated lists show it, and how the networks overlap. "
    "Membership is a formal tie. Empty cells mean not known or does not apply, never 0. " + DEFUSED_NOTE
)
LICENCE = {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}


def digest(data: bytes) -> str:
    """SHA-256 of the bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def datapackage(release_id: str, as_of: str, contract: Contract, files: Mapping[str, bytes], sources: Sequence[Row]) -> bytes:
    """The descriptor as JSON bytes. files: path below the release folder -> bytes, with data/<table>.csv and .parquet of every table."""
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "city-network-monitor",
        "id": release_id,
        "title": TITLE,
        "description": ABOUT,
        "version": contract.schema_version,
        "created": f"{as_of}T00:00:00Z",
        "licenses": [LICENCE],
        "sources": _sources(sources),
        "resources": [_resource(table, files) for table in contract.tables],
    }
    return (json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(table: Table, files: Mapping[str, bytes]) -> dict[str, Any]:
    path, parquet = f"data/{table.name}.csv", f"data/{table.name}.parquet"
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "path": path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(files[path]),
        "hash": "sha256:" + digest(files[path]),
        "schema": _schema(table),
        # the same rows with their types; no resource of its own, since readers of Data Packages need extra drivers for Parquet
        "parquet": {"path": parquet, "bytes": len(files[parquet]), "hash": "sha256:" + digest(files[parquet])},
    }


def _schema(table: Table) -> dict[str, Any]:
    keys = [
        {"fields": [column], "reference": {"resource": "" if to == table.name else to, "fields": [_first_key(to)]}}
        for column, to in table.foreign_keys
    ]
    schema: dict[str, Any] = {"fields": [_field(c) for c in table.columns], "missingValues": [""], "primaryKey": list(table.key)}
    return {**schema, "foreignKeys": keys} if keys else schema


def _first_key(table: str) -> str:
    from citynet.publishing.contract import contract

    return contract().table(table).key[0]


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.enum:
        constraints["enum"] = list(column.enum)
    field = {"name": column.name, "type": column.type, "description": column.description}
    if column.type == "datetime":
        field["format"] = "%Y-%m-%dT%H:%M:%SZ"
    return {**field, "constraints": constraints} if constraints else dict(field)


def _sources(rows: Sequence[Row]) -> list[dict[str, str]]:
    pages = {(str(r["page_url"]), str(r["source_id"])) for r in rows if str(r["page_url"]).startswith(("http://", "https://"))}
    return [{"title": source, "path": url} for url, source in sorted(pages)]
