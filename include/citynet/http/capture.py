"""Captures in the store: captures/<source_id>/<capture_id>/ with capture.warc.gz and, written last, manifest.json.

A capture exists if and only if its manifest does: a run killed between the two leaves nothing that anyone reads.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime

from citynet.errors import ConfigError, SourceChanged
from citynet.http import Form
from citynet.http.warc import read_warc, target_uri, written_warc
from citynet.model import Capture, CapturedPage, Fetched, instant, written
from citynet.store import Store

ORIGINS = ("live", "archived", "reconstructed")

_FOLDER = "captures"
_WARC = "capture.warc.gz"
_MANIFEST = "manifest.json"


def make_capture(
    source_id: str,
    fetched: Sequence[Fetched],
    *,
    captured_at: datetime,
    known_at: datetime,
    origin: str,
    posted: Mapping[str, Form] | None = None,
) -> tuple[Capture, bytes]:
    """The manifest and the WARC bytes of what was fetched in one go, pages in the order given.

    The same responses at the same instant give the same bytes, and in another order the same capture_id. Instants are
    kept to the second. posted: what was posted to an address, by the url of its answer; kept in the WARC beside it.
    ValueError (a bug of the caller) for nothing fetched, an address given twice with different content, an unknown origin
    or an instant without time zone.
    """
    if origin not in ORIGINS or not fetched:
        raise ValueError(f"{source_id}: expected responses of an origin among {ORIGINS}, got {len(fetched)} of {origin!r}")
    responses = _each_once(source_id, fetched)
    captured_at, known_at = _to_the_second(captured_at), _to_the_second(known_at)
    pages = tuple(_page(response) for response in responses)
    content = content_sha256(pages)
    capture_id = f"{captured_at:%Y%m%dT%H%M%SZ}-{content[:12]}"
    warc = written_warc(capture_id, captured_at, responses, posted or {})
    capture = Capture(capture_id, source_id, captured_at, known_at, origin, content, hashlib.sha256(warc).hexdigest(), pages)
    return capture, warc


def content_sha256(pages: Sequence[CapturedPage]) -> str:
    """SHA-256 over the sorted (url, status, sha256) of the pages, written as one JSON array without spaces."""
    triples = sorted((page.url, page.status, page.sha256) for page in pages)
    return hashlib.sha256(json.dumps(triples, separators=(",", ":")).encode()).hexdigest()


def _each_once(source_id: str, fetched: Sequence[Fetched]) -> list[Fetched]:
    found: dict[str, Fetched] = {}
    for response in fetched:
        first = found.setdefault(response.url, response)
        if (first.status, first.body) != (response.status, response.body):
            raise ValueError(f"{source_id}: expected one answer for {response.url}, got two that differ")
    return list(found.values())


def _to_the_second(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"expected an instant with a time zone, got {at.isoformat()}")
    return at.astimezone(UTC).replace(microsecond=0)


def _page(response: Fetched) -> CapturedPage:
    return CapturedPage(
        url=response.url,
        final_url=response.final_url,
        status=response.status,
        content_type=response.content_type,
        bytes=len(response.body),
        sha256=hashlib.sha256(response.body).hexdigest(),
    )


def key_of(source_id: str, capture_id: str) -> str:
    """The folder of a capture in the store."""
    return f"{_FOLDER}/{source_id}/{capture_id}"


def keep(store: Store, capture: Capture, warc: bytes) -> str:
    """Put a capture into the store, the manifest last, and give its folder; a capture that exists is left as it is.

    OSError where the store can't be written (nothing is then kept); ValueError where the WARC is another capture's.
    """
    if hashlib.sha256(warc).hexdigest() != capture.warc_sha256:
        raise ValueError(f"{capture.capture_id}: expected the WARC with sha256 {capture.warc_sha256}, got another one")
    folder = key_of(capture.source_id, capture.capture_id)
    if not store.exists(f"{folder}/{_MANIFEST}"):
        store.write(f"{folder}/{_WARC}", warc)
        store.write(f"{folder}/{_MANIFEST}", manifest(capture))
    return folder


def manifest(capture: Capture) -> bytes:
    """A capture as manifest.json: keys sorted, two spaces deep, a newline at the end."""
    values = asdict(capture) | {"captured_at": written(capture.captured_at), "known_at": written(capture.known_at)}
    return (json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def sources(store: Store) -> list[str]:
    """The ids of all sources with at least one capture, sorted."""
    return sorted({key.split("/")[1] for key in _manifest_keys(store, _FOLDER)})


def captures(store: Store, source_id: str) -> list[Capture]:
    """All captures of a source, sorted by (captured_at, capture_id). SourceChanged for a damaged manifest."""
    found = [_read_manifest(store, key) for key in _manifest_keys(store, f"{_FOLDER}/{source_id}")]
    return sorted(found, key=lambda capture: (capture.captured_at, capture.capture_id))


def _manifest_keys(store: Store, prefix: str) -> list[str]:
    """The manifests under a prefix, exactly at captures/<source_id>/<capture_id>/manifest.json."""
    return [key for key in store.keys(prefix) if key.count("/") == 3 and key.endswith(f"/{_MANIFEST}")]


def load(store: Store, source_id: str, capture_id: str) -> Capture:
    """One capture's manifest. ConfigError where there is no such capture, SourceChanged where it is damaged."""
    key = f"{key_of(source_id, capture_id)}/{_MANIFEST}"
    if not store.exists(key):
        raise ConfigError(f"{key}: expected a capture in the store, found none")
    return _read_manifest(store, key)


def _read_manifest(store: Store, key: str) -> Capture:
    try:
        values = json.loads(store.read(key))
        values |= {"captured_at": instant(values["captured_at"]), "known_at": instant(values["known_at"])}
        values["pages"] = tuple(CapturedPage(**page) for page in values["pages"])
        return Capture(**values)
    except (ValueError, TypeError, KeyError) as problem:
        raise SourceChanged(f"{key}: expected the manifest of a capture, got something else ({type(problem).__name__})") from problem


def warc_of(store: Store, capture: Capture) -> bytes:
    """The WARC of a capture as it was written. SourceChanged where it is missing or damaged."""
    key = _warc_key(capture)
    try:
        data = store.read(key)
    except FileNotFoundError as problem:
        raise SourceChanged(f"{key}: expected the WARC of this capture, found none") from problem
    seen = hashlib.sha256(data).hexdigest()
    if seen != capture.warc_sha256:
        raise SourceChanged(f"{key}: expected a WARC with sha256 {capture.warc_sha256}, got {len(data)} bytes with {seen}")
    return data


def _warc_key(capture: Capture) -> str:
    return f"{key_of(capture.source_id, capture.capture_id)}/{_WARC}"


def responses(store: Store, capture: Capture) -> list[Fetched]:
    """The responses of a capture out of its WARC, in the order fetched, each body checked against the manifest.

    Serves as `previous` for conditional requests. SourceChanged where the WARC is missing, damaged or lacks a page.
    """
    key = _warc_key(capture)
    kept = {response.url: response for response in read_warc(warc_of(store, capture), key)}
    for page in capture.pages:
        response = kept.get(target_uri(page.url))
        if response is None or hashlib.sha256(response.body).hexdigest() != page.sha256:
            found = "none" if response is None else f"{len(response.body)} other bytes"
            raise SourceChanged(f"{key}: expected {page.bytes} bytes of {page.url} with sha256 {page.sha256}, got {found}")
    return [
        replace(kept[target_uri(page.url)], url=page.url, content_type=page.content_type, final_url=page.final_url)
        for page in capture.pages
    ]


def bodies(store: Store, capture: Capture) -> dict[str, bytes]:
    """url -> body of each page of a capture, checked as in `responses`."""
    return {response.url: response.body for response in responses(store, capture)}
