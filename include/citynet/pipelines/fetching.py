"""How a step comes by pages, from the replay folder or from the web through the same path, and the record of each try."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from citynet.errors import CitynetError, ConfigError, SourceChanged, SourceForbidden, SourceUnavailable
from citynet.http import Fetcher
from citynet.http.capture import keep, make_capture
from citynet.http.fetch import LiveFetcher, Politeness
from citynet.http.replay import ReplayFetcher
from citynet.model import Capture, instant, written
from citynet.pipelines.outside import Outside
from citynet.store import Store

OUTCOMES: tuple[tuple[type[CitynetError], str], ...] = (
    (SourceUnavailable, "unavailable"),
    (SourceChanged, "changed"),
    (SourceForbidden, "forbidden"),
    (ConfigError, "misconfigured"),
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a source. outcome: captured | unavailable | changed | forbidden | misconfigured."""

    source_id: str
    at: str
    outcome: str
    reason: str
    capture_id: str


def fetcher(outside: Outside, folder: str, at: datetime) -> Fetcher:
    """The way to the pages of one source for a run at `at`; `folder` is its name in a replay. ConfigError where none is open."""
    if outside.mode == "replay" and outside.replay is not None:
        return ReplayFetcher(outside.replay / folder / f"{at:%Y-%m-%d}")
    if outside.mode == "live":
        return LiveFetcher(Politeness(contact=outside.contact, allow_private=outside.allow_private))
    raise ConfigError("collecting is off (CITYNET_MODE=none)")


def fetch_and_keep(
    outside: Outside, source_id: str, urls: Sequence[str], way: Fetcher, at: datetime, *, kept: Sequence[Capture] = ()
) -> Capture:
    """Fetch the addresses in turn and keep the answers as one capture before anything reads them.

    Where the newest of `kept` holds the very same answers, that one is given back and nothing is kept twice.
    """
    fetched = [way.fetch(url, at=at) for url in urls]
    captured_at = way.captured_at(at)
    # A rebuilt page has no history of its own: it counts as known when it stood so (design, Time).
    known_at = captured_at if way.origin == "reconstructed" else at
    capture, warc = make_capture(source_id, fetched, captured_at=captured_at, known_at=known_at, origin=way.origin)
    if kept and kept[-1].content_sha256 == capture.content_sha256:
        return kept[-1]
    keep(outside.store, capture, warc)
    return capture


def record(store: Store, source_id: str, at: datetime, *, capture: Capture | None = None, problem: CitynetError | None = None) -> None:
    """Keep what came of a try under attempts/<source_id>/<instant>.json; a later try of the same run replaces it."""
    outcome = "captured" if problem is None else next(name for error, name in OUTCOMES if isinstance(problem, error))
    attempt = Attempt(source_id, written(at), outcome, str(problem or ""), capture.capture_id if capture else "")
    store.write(_key(source_id, at), (json.dumps(asdict(attempt), ensure_ascii=False, sort_keys=True) + "\n").encode())


def attempts(store: Store, source_id: str) -> list[Attempt]:
    """Every try at a source, oldest first."""
    return [Attempt(**json.loads(store.read(key))) for key in store.keys(f"attempts/{source_id}")]


def captured(store: Store, source_id: str, at: datetime) -> bool:
    """Whether the run at `at` has its capture already."""
    key = _key(source_id, at)
    return store.exists(key) and json.loads(store.read(key))["outcome"] == "captured"


def attempted_on(attempt: Attempt) -> str:
    """The date of a try, YYYY-MM-DD."""
    return f"{instant(attempt.at):%Y-%m-%d}"


def _key(source_id: str, at: datetime) -> str:
    return f"attempts/{source_id}/{at:%Y%m%dT%H%M%SZ}.json"
