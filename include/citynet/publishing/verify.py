"""Is a release folder what it says it is? Checksums both ways, the Data Package, and the sums that must agree.

Reports faults, and never raises on a damaged release: a damaged release is what it is for.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from citynet.publishing.datapackage import digest
from citynet.publishing.foreign_keys import Cells, foreign_key_faults
from citynet.publishing.reading_back import cells
from citynet.publishing.sums import sum_faults
from citynet.store import Store, open_store

MAX_FAULTS = 100


def verify(folder: Store | Path | str) -> list[str]:
    """The faults of a release folder, one sentence each, at most 100 of a kind; [] for a sound release.

    ConfigError where the folder is given as a URL of an unknown kind.
    """
    store = folder if isinstance(folder, Store) else open_store(str(folder))
    faults = list(_checksum_faults(store))[:MAX_FAULTS]
    if not store.exists("datapackage.json"):
        return faults or ["datapackage.json: missing"]
    tables, unread = _tables(store)
    found = (_package_faults(store), unread, _key_faults(store, tables), _sum_faults(tables))
    return [*faults, *(fault for kind in found for fault in list(kind)[:MAX_FAULTS])]


def _checksum_faults(store: Store) -> Iterator[str]:
    try:
        index = json.loads(store.read("index.json"))["files"]
        listed = {str(k): (v["bytes"], v["sha256"]) for k, v in index.items()}
    except FileNotFoundError:
        yield "index.json: missing; the release is unfinished or this is no release folder"
        return
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        yield f"index.json: expected the checksums of all files, got: {problem!r}"
        return
    present = set(store.keys()) - {"index.json"}
    yield from (f"{key}: not listed in index.json" for key in sorted(present - listed.keys()))
    for key, (size, sha256) in sorted(listed.items()):
        if key not in present:
            yield f"{key}: missing"
            continue
        data = store.read(key)
        if (len(data), digest(data)) != (size, sha256):
            yield f"{key}: changed; expected {size} bytes with SHA-256 {sha256}, got {len(data)} bytes with {digest(data)}"


def _package_faults(store: Store) -> Iterator[str]:
    """What frictionless says of the descriptor, each cell and the unique keys."""
    if store.local:
        yield from _frictionless(Path(store.root))
        return
    with tempfile.TemporaryDirectory() as copy:
        for key in store.keys(""):
            if key == "datapackage.json" or (key.startswith("data/") and key.endswith(".csv")):
                target = Path(copy, key)
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(store.read(key))
        yield from _frictionless(Path(copy))


def _frictionless(folder: Path) -> Iterator[str]:
    from frictionless import FrictionlessException, Package

    try:
        # read here, so that no path of this machine enters a message
        descriptor = json.loads((folder / "datapackage.json").read_bytes())
        resources = descriptor["resources"]
        # A schema is looked at with its table alone: a package looks at all of them three times more.
        plain = [{k: v for k, v in resource.items() if k != "schema"} for resource in resources]
        Package.from_descriptor({**descriptor, "resources": plain}, basepath=str(folder))
    except (FrictionlessException, ValueError, TypeError, AttributeError, KeyError) as problem:
        yield f"datapackage.json: {problem}".replace(str(folder), "…")
        return
    for resource in resources:
        yield from _table_faults(folder, resource)


def _table_faults(folder: Path, resource: Mapping[str, Any]) -> tuple[str, ...]:
    """What frictionless says of one table; it is asked once a process of the same bytes: much of a release stands in the next one too."""
    descriptor, file = json.dumps(resource, sort_keys=True), folder / str(resource.get("path", ""))
    known = digest(descriptor.encode() + (file.read_bytes() if file.is_file() else b"missing"))
    if known not in _TOLD:
        _TOLD[known] = tuple(_asked(folder, resource))
    return _TOLD[known]


_TOLD: dict[str, tuple[str, ...]] = {}


def _asked(folder: Path, resource: Mapping[str, Any]) -> Iterator[str]:
    from frictionless import FrictionlessException
    from frictionless.resources import TableResource

    try:
        table: Any = TableResource.from_descriptor(dict(resource), basepath=str(folder))
        if table.schema:
            table.schema.foreign_keys = []  # each reads the other table anew, half of all the time: see `_key_faults`
        report = table.validate()
    except (FrictionlessException, ValueError, TypeError, AttributeError) as problem:
        yield f"datapackage.json: {problem}".replace(str(folder), "…")
        return
    yield from (f"datapackage.json: {error.message}".replace(str(folder), "…") for error in report.errors)
    for task in report.tasks:
        yield from (f"{task.name}: {error.message}".replace(str(folder), "…") for error in task.errors)


def _tables(store: Store) -> tuple[dict[str, list[dict[str, str]]], list[str]]:
    """The cells of the tables that can be read, by table, and what is wrong with the others."""
    tables: dict[str, list[dict[str, str]]] = {}
    faults = []
    for key in store.keys("data"):
        if not key.endswith(".csv"):
            continue
        try:
            tables[key.removeprefix("data/").removesuffix(".csv")] = cells(store.read(key))
        except ValueError as problem:
            faults.append(f"{key}: {problem}")
    return tables, faults


def _key_faults(store: Store, tables: Mapping[str, Cells]) -> Iterator[str]:
    try:
        yield from foreign_key_faults(json.loads(store.read("datapackage.json")), tables)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        yield f"datapackage.json: foreign keys not to be read: {problem!r}"


def _sum_faults(tables: Mapping[str, Cells]) -> Iterator[str]:
    try:
        yield from sum_faults(tables)
    except (KeyError, ValueError) as problem:
        yield f"sums: not computable, a column is missing or holds no number: {problem!r}"
