"""Published releases rewritten without what was withdrawn: the one exception to "never changed".

What each file is to become is kept in the private store before the first file is touched, so that a run that is killed in between
is finished by the next, and a file that was damaged by somebody else is not taken for one of ours.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from citynet.errors import DataRefused
from citynet.publishing.csvfile import quoted_line
from citynet.publishing.datapackage import digest
from citynet.publishing.list_pages import Entries, merged, printed_rows
from citynet.publishing.reading_back import cells
from citynet.publishing.rebuilt_pages import Entry
from citynet.publishing.release import POINTER, RELEASE_ID, current, folder_of
from citynet.publishing.verify import verify
from citynet.publishing.withdrawn import TELLING, Gone, Withdrawal, feed_without, gone, page_entries, page_without, recounted, rows_without
from citynet.store import Store

PLANS = "withdrawing"
DONE = f"{PLANS}/done.json"
"""Release -> hash of the withdrawals that it is without, so that a release is read again only for new ones."""
LOG = "withdrawals.csv"
WAY = 2
"""Counted up when more is taken out than before, so that releases which an earlier version rewrote are read again."""
_NAMING = ("data/membership_changes.csv", "data/record_changes.csv", "data/memberships.csv", "data/places.csv")
"""The files that tell how a body is called: the last to be written, so that a run that was killed still knows."""

Files = Mapping[str, bytes | None]
"""Path below the release -> new bytes, None where the file goes."""


def withdraw(
    published: Store,
    store: Store,
    withdrawals: Sequence[Withdrawal],
    log: Iterable[tuple[str, str]],
    say: Callable[[str], None] = lambda _: None,
) -> list[str]:
    """Take what is withdrawn out of every published release; the ids of those that were rewritten.

    log: date and reason class of each withdrawal, all that stays of it (withdrawals.csv beside the releases). say: told one line a
    release that is looked through. Doing it again changes nothing; killed in between, the next call finishes. DataRefused where
    a release was damaged before: it is not touched.
    """
    told = sorted(log)
    if told or published.exists(LOG):
        document = "".join(quoted_line(line) for line in (("date", "reason_class"), *told)).encode()
        if not published.exists(LOG) or published.read(LOG) != document:
            published.write(LOG, document)
    releases = [name for name in published.folders() if RELEASE_ID.fullmatch(name)] if withdrawals else []
    asked = digest(repr((WAY, sorted(map(astuple, withdrawals)))).encode())
    done: dict[str, str] = json.loads(store.read(DONE)) if store.exists(DONE) else {}
    rewritten, due = [], [name for name in releases if done.get(name) != asked]
    for number, release_id in enumerate(due, 1):
        changed = _rewrite(published, store, release_id, withdrawals)
        say(f"withdrawals: release {release_id} ({number} of {len(due)}) {'rewritten' if changed else 'names nothing withdrawn'}")
        rewritten += [release_id] if changed else []
        done[release_id] = asked
        store.write(DONE, _json(dict(sorted(done.items()))))
    return rewritten


def _rewrite(published: Store, store: Store, release_id: str, withdrawals: Sequence[Withdrawal]) -> bool:
    folder = folder_of(published, release_id)
    if not folder.exists("index.json"):
        return False  # the rest of a run that was killed while it wrote: never served, and deleted with the next release
    key = f"{PLANS}/{release_id}.json"
    plan = _planned(store, key)
    found = _found(folder, withdrawals, plan)
    new = _new_files(folder, found)
    if not new and not plan.files:
        return False
    _refuse_damaged(folder, release_id, plan.files)
    _keep(store, key, found, plan.files | {path: digest(data) if data is not None else "" for path, data in new.items()})
    for path in sorted(new, key=lambda p: (_NAMING.index(p) if p in _NAMING else -1, p)):
        data = new[path]
        folder.delete(path) if data is None else folder.write(path, data)
    _seal(published, folder, release_id)
    if faults := verify(folder):
        raise DataRefused(f"release {release_id} without what was withdrawn", tuple(faults))
    store.delete(key)
    return True


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a call means a release to become. files: path -> hash, "" where it goes; entries: the rows of its rebuilt pages, and named:
    the names it prints, both as they were before."""

    files: dict[str, str]
    entries: Entries
    named: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Found:
    """What goes, by the release's own tables and list pages."""

    every: tuple[Gone, ...]
    entries: Entries
    named: dict[str, list[str]]


def _planned(store: Store, key: str) -> _Plan:
    """The plan of a call that was killed, else an empty one. Version 0.7.0 wrote the files alone."""
    told = json.loads(store.read(key)) if store.exists(key) else {}
    entries = {text: tuple(Entry(*row) for row in rows) for text, rows in told.get("entries", {}).items()}
    return _Plan(told.get("files", told), entries, told.get("named", {}))


def _keep(store: Store, key: str, found: _Found, files: Mapping[str, str]) -> None:
    entries = {text: [*map(astuple, rows)] for text, rows in found.entries.items()}
    store.write(key, _json({"files": files, "entries": entries, "named": found.named}))


def _found(folder: Store, withdrawals: Sequence[Withdrawal], plan: _Plan) -> _Found:
    """What goes by the release as it is, with what a call that was killed had found."""
    keys = {key.removeprefix("data/").removesuffix(".csv"): key for key in folder.keys("data") if key.endswith(".csv")}
    tables = {name: [dict[str, object](row) for row in cells(folder.read(key))] for name, key in keys.items() if name in TELLING}
    pages = [(key.split("/")[2], page := folder.read(key).decode(), printed_rows(page)) for key in folder.keys("site/list")]
    rows = [row for _, _, printed in pages for row in printed]
    called = {w.place_id: {*plan.named.get(w.place_id, ()), *(row.name for row in rows if row.place_id == w.place_id)} for w in withdrawals}
    named = {place_id: sorted(names) for place_id, names in sorted(called.items())}
    every = tuple(gone(withdrawal, tables, named) for withdrawal in withdrawals)
    return _Found(every, merged([plan.entries, *(page_entries(*page, every) for page in pages)]), named)


def _refuse_damaged(folder: Store, release_id: str, plan: Mapping[str, str]) -> None:
    """A file is as its release was published, or as an earlier call that was killed meant it to be; anything else is damage."""
    listed = json.loads(folder.read("index.json"))["files"]
    present = [key for key in folder.keys("") if key != "index.json"]
    sound = {path: {entry["sha256"], plan.get(path, "")} for path, entry in listed.items()}
    bad = [p for p in present if not (plan and p == "datapackage.json") and digest(folder.read(p)) not in sound.get(p, ())]
    missing = [path for path in listed if path not in present and plan.get(path) != ""]
    if bad or missing:
        told = (f"{path} is not as it was published; mend or remove the release first" for path in sorted([*bad, *missing])[:5])
        raise DataRefused(f"release {release_id}", tuple(told))


def _new_files(folder: Store, what: _Found) -> dict[str, bytes | None]:
    """What changes in a release, and only that."""
    found: dict[str, bytes | None] = {}
    for key in folder.keys(""):
        old = folder.read(key)
        new = _new_file(folder, key, old, what)
        if new != old:
            found[key] = new
    return found


def _new_file(folder: Store, key: str, old: bytes, found: _Found) -> bytes | None:
    room, _, path = key.partition("/")
    if room == "data":
        return _csv(folder, key, old, found.every) if key.endswith(".csv") else _parquet(folder, key, old, found.every)
    if room == "site" and key.endswith(".html"):
        page = page_without(path, old.decode(), found.every, found.entries)
        return None if page is None else page.encode()
    return feed_without(path, old, found.every) if room == "feeds" else old


def _csv(folder: Store, key: str, old: bytes, every: Sequence[Gone]) -> bytes:
    table = key.removeprefix("data/").removesuffix(".csv")
    rows: list[dict[str, object]] = [dict(row) for row in cells(old)]
    left = rows_without(table, rows, every)
    if table == "networks":
        memberships = [dict[str, object](row) for row in cells(folder.read("data/memberships.csv"))]
        left = recounted(left, rows_without("memberships", memberships, every))
    if left == rows:
        return old
    header = next(csv.reader(io.StringIO(old.decode(), newline="")))
    return "".join([quoted_line(header), *(quoted_line([str(row[c]) for c in header]) for row in left)]).encode()


def _parquet(folder: Store, key: str, old: bytes, every: Sequence[Gone]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = key.removeprefix("data/").removesuffix(".parquet")
    read: Any = pq.read_table(io.BytesIO(old))
    rows = read.to_pylist()
    left = rows_without(table, rows, every)
    if table == "networks":
        memberships = pq.read_table(io.BytesIO(folder.read("data/memberships.parquet"))).to_pylist()
        left = recounted(left, rows_without("memberships", memberships, every))
    if left == rows:
        return old
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(left, schema=read.schema), out, compression="zstd")
    return out.getvalue()


def _seal(published: Store, folder: Store, release_id: str) -> None:
    """Checksums anew: of the tables in datapackage.json, of all files in index.json, of that in the pointer."""
    package = json.loads(folder.read("datapackage.json"))
    for resource in package["resources"]:
        for told in (resource, resource["parquet"]):
            data = folder.read(told["path"])
            told |= {"bytes": len(data), "hash": "sha256:" + digest(data)}
    folder.write("datapackage.json", _json(package))
    index = json.loads(folder.read("index.json"))
    listed = {key: folder.read(key) for key in folder.keys("") if key != "index.json"}
    index["files"] = {key: {"bytes": len(data), "sha256": digest(data)} for key, data in sorted(listed.items())}
    document = _json(index)
    folder.write("index.json", document)
    if current(published) == release_id:
        published.write(POINTER, _json(json.loads(published.read(POINTER)) | {"index_sha256": digest(document)}))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
