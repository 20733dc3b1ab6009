"""A release: written whole under its own id, verified, and only then pointed to. Killed at any moment, the old one is served."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from citynet.errors import ConfigError, DataRefused
from citynet.model import Row
from citynet.publishing.contract import contract, frame
from citynet.publishing.csvfile import csv_bytes, parquet_bytes
from citynet.publishing.datapackage import datapackage, digest
from citynet.publishing.reading_back import cells
from citynet.publishing.verify import verify
from citynet.store import Store

if TYPE_CHECKING:
    from citynet.publishing.site import SiteContext

POINTER = "latest.json"
CHECKS = "checks.json"
RELEASE_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}")

CHECK_TIME = frozenset(
    {
        # when we looked, not what we found
        *("as_of", "last_attempt_on", "last_attempt_outcome", "last_listed_on", "last_complete_on", "last_confirmed_on"),
        *("last_asked_on", "last_outcome", "age_years"),
        *("captured_at", "known_at", "http_status", "list_date", "list_date_a", "list_date_b", "lists_from", "lists_to"),
        # which of several captures that say the same is the evidence
        *("capture_id", "page_sha256", "evidence_capture_id", "evidence_row", "in_use_capture_id", "in_use_captured_on"),
        # checks name the capture they looked at and count its rows; whether they held is compared
        *("subject", "checked"),
    }
)
"""The columns that move whenever a list is read again though nothing in it changed. A repeated reading that moves these
alone makes no release: it would tell readers of news where there is none. It is kept in checks.json instead.
Changes carry their own id, which stands for their known_at."""


def release_id(as_of: str, inputs: Sequence[str]) -> str:
    """<as_of>-<first 12 hex of SHA-256 over the sorted inputs>: no clock, no order; as_of is YYYY-MM-DD."""
    joined = "\n".join(sorted(inputs)).encode()
    return f"{as_of}-{hashlib.sha256(joined).hexdigest()[:12]}"


def current(published: Store) -> str | None:
    """The id of the release that latest.json names, None before the first; ConfigError where the pointer can't be read."""
    if not published.exists(POINTER):
        return None
    try:
        named = json.loads(published.read(POINTER))["release_id"]
    except (ValueError, KeyError, TypeError) as problem:
        raise ConfigError(f"{POINTER}: expected JSON with a release_id, got: {problem}") from problem
    return _checked_id(named)


def publish(published: Store, release_id: str, tables: Mapping[str, Sequence[Row]], *, context: "SiteContext", point: bool = True) -> None:
    """Write, verify and point to a release; repeating it changes nothing, and nothing of another release is touched.

    Tables of the contract that are not given are published empty. ConfigError for an unknown table or a malformed id, DataRefused where
    the finished folder does not verify or a complete release of this id holds other bytes (a release never changes).
    """
    files = _files(_checked_id(release_id), tables, context)
    index = _index(release_id, context, files)
    if not _complete(published, release_id, index):
        _refuse_other_content(published, release_id)
        _write_folder(published, release_id, {**files, "index.json": index})
        faults = verify(folder_of(published, release_id))
        if faults:
            raise DataRefused(f"release {release_id}", tuple(faults))
    if point:
        _point(published, release_id, context, index)


def same_content(published: Store, release_id: str, tables: Mapping[str, Sequence[Row]]) -> bool:
    """Whether the tables say what that release says, check-time columns (CHECK_TIME) aside. Rows are compared as sets."""
    for shape in contract().tables:
        key = f"{release_id}/data/{shape.name}.csv"
        if not published.exists(key):
            return False
        old = cells(published.read(key))
        new = cells(csv_bytes(shape, frame(shape.name, tables.get(shape.name, ()))))
        if _content(old) != _content(new):
            return False
    return True


def append_check(published: Store, key: str, entry: Mapping[str, object]) -> None:
    """Keep in checks.json, sorted by key, that somebody looked; the same look twice changes nothing."""
    checks = read_checks(published)
    if checks.get(key) != dict(entry):
        checks[key] = dict(entry)
        published.write(CHECKS, _json(dict(sorted(checks.items()))))


def mend_link(published: Store) -> None:
    """Let `latest` point where latest.json says: a kill between the two leaves the link behind."""
    release_id = current(published)
    if release_id is not None and published.local:
        _link(Path(published.path("latest")), release_id)


def read_checks(published: Store) -> dict[str, dict[str, object]]:
    """The attempts kept so far: key -> entry; ConfigError where checks.json can't be read."""
    if not published.exists(CHECKS):
        return {}
    try:
        return {str(k): dict(v) for k, v in json.loads(published.read(CHECKS)).items()}
    except (ValueError, AttributeError, TypeError) as problem:
        raise ConfigError(f"{CHECKS}: expected a JSON object of objects, got: {problem}") from problem


def _files(release_id: str, tables: Mapping[str, Sequence[Row]], context: "SiteContext") -> dict[str, bytes]:
    from citynet.publishing.feeds import feed_files
    from citynet.publishing.site import render

    shapes = contract()
    for name in tables:
        shapes.table(name)  # raises for a name that is not published
    files: dict[str, bytes] = {}
    for shape in shapes.tables:
        rows = frame(shape.name, tables.get(shape.name, ()))
        files[f"data/{shape.name}.csv"] = csv_bytes(shape, rows)
        files[f"data/{shape.name}.parquet"] = parquet_bytes(shape, rows)
    files["datapackage.json"] = datapackage(release_id, context.as_of, shapes, files, tables.get("sources", ()))
    files |= {f"feeds/{path}": data for path, data in feed_files(tables, context.as_of, context.home).items()}
    pages = render(release_id, tables, context, {path: len(data) for path, data in files.items()})
    return files | {f"site/{path}": data for path, data in pages.items()}


def _index(release_id: str, context: "SiteContext", files: Mapping[str, bytes]) -> bytes:
    listed = {path: {"bytes": len(data), "sha256": digest(data)} for path, data in sorted(files.items())}
    return _json({"release_id": release_id, "as_of": context.as_of, "package_version": context.package_version, "files": listed})


def _complete(published: Store, release_id: str, index: bytes) -> bool:
    key = f"{release_id}/index.json"
    return published.exists(key) and published.read(key) == index and not verify(folder_of(published, release_id))


def _refuse_other_content(published: Store, release_id: str) -> None:
    # index.json is written last: a folder that has one and verifies is a finished release, not a rest of a killed run
    if published.exists(f"{release_id}/index.json") and not verify(folder_of(published, release_id)):
        problem = "is published with other bytes; a release never changes, so raise the package version or remove its folder"
        raise DataRefused(f"release {release_id}", (problem,))


def _write_folder(published: Store, release_id: str, files: Mapping[str, bytes]) -> None:
    top = published.path(release_id)
    present = [str(p) for p in published.fs.find(top)] if published.fs.exists(top) else []
    for path in present:  # rests of a killed write, unfinished temporary files among them
        name = path[len(published.root) + 1 :]
        if name.removeprefix(f"{release_id}/") not in files:
            published.delete(name)
    for name, data in files.items():  # index.json is the last
        key = f"{release_id}/{name}"
        if not (published.exists(key) and published.read(key) == data):
            published.write(key, data)


def _point(published: Store, release_id: str, context: "SiteContext", index: bytes) -> None:
    pointer = _json({"release_id": release_id, "as_of": context.as_of, "index_sha256": digest(index)})
    if not published.exists(POINTER) or published.read(POINTER) != pointer:
        published.write(POINTER, pointer)
    if published.local:
        _link(Path(published.path("latest")), release_id)


def _link(link: Path, release_id: str) -> None:
    """Let the symlink show the release; replaced by one rename, so that it never points nowhere."""
    if link.is_symlink() and str(link.readlink()) == release_id:
        return
    temporary = link.with_name(".tmp-latest")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(release_id, target_is_directory=True)
    temporary.replace(link)


def folder_of(published: Store, release_id: str) -> Store:
    """The folder of a release as a store of its own."""
    return Store(f"{published.url.rstrip('/')}/{release_id}", published.fs, published.path(release_id), published.local)


def _content(rows: list[dict[str, str]]) -> set[tuple[tuple[str, str], ...]]:
    return {tuple((k, v) for k, v in row.items() if k not in CHECK_TIME) for row in rows}


def _checked_id(value: object) -> str:
    if not isinstance(value, str) or not RELEASE_ID.fullmatch(value):
        raise ConfigError(f"release id {value!r}: expected <YYYY-MM-DD>-<12 hex digits>")
    return value


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
