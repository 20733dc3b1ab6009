"""pull_city_statistics: the declared data sets pulled, kept, decoded and checked; and what a release takes of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from citynet.errors import ConfigError, SourceChanged, SourceError, SourceUnavailable
from citynet.http.capture import bodies, load
from citynet.http.replay import STATISTICS, due_at
from citynet.model import Capture, Figure, Municipality
from citynet.pipelines.fetching import attempts, captured, fetch_and_keep, fetcher, readable, record, require_contact
from citynet.pipelines.outside import Outside
from citynet.statistics.datasets import REQUESTS, Request
from citynet.statistics.jsonstat import decode
from citynet.statistics.lau import read_lau

PREFIX = "statistics."
"""Captures of a data set lie under this and its name; a network's id has no dot."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The newest decodable vintage of each data set. vintages: (data set, capture it comes from), sorted."""

    figures: tuple[Figure, ...]
    municipalities: tuple[Municipality, ...]
    vintages: tuple[tuple[str, Capture], ...]


def due(outside: Outside, at: datetime) -> list[str]:
    """The data sets to pull in a run at `at`: in a replay those of a date that has a statistics folder, live all that can be."""
    if outside.mode == "replay" and outside.replay is not None:
        found = [r.dataset for r in REQUESTS if STATISTICS in due_at(outside.replay, at.date())]
    else:
        require_contact(outside)
        found = [r.dataset for r in REQUESTS if r.live and outside.mode == "live"]
    return sorted(d for d in found if not captured(outside.store, f"{PREFIX}{d}", at))


def pull(outside: Outside, dataset: str, at: datetime) -> str:
    """Fetch and keep one data set; returns its capture key. An answer that is kept already is not kept again."""
    source_id = f"{PREFIX}{dataset}"
    try:
        made = fetch_and_keep(outside, source_id, [_request(dataset).url], fetcher(outside, STATISTICS, at), at, once=True)
    except (SourceError, ConfigError) as problem:
        record(outside.store, source_id, at, problem=problem)
        raise
    record(outside.store, source_id, at, capture=made)
    return f"{source_id}/{made.capture_id}"


def decode_and_check(outside: Outside, capture_key: str) -> str:
    """Decode one capture, which checks its shape; returns the key. SourceChanged, or SourceUnavailable for a passing answer."""
    source_id, capture_id = capture_key.split("/")
    decoded(outside, load(outside.store, source_id, capture_id))
    return capture_key


def accept(outside: Outside, capture_keys: Sequence[str]) -> list[str]:
    """Of the captures just decoded, those that no earlier run had: the new vintages."""
    new = []
    for key in sorted(capture_keys):
        source_id, capture_id = key.split("/")
        runs = [a for a in attempts(outside.store, source_id) if a.capture_id == capture_id]
        if len(runs) == 1:
            new.append(key)
    return new


def raise_if_missing(outside: Outside, due: Sequence[str], decoded_keys: Sequence[str]) -> None:
    """SourceError naming each due data set that did not decode, and why; it turns the run red."""
    done = {dataset_of(key) for key in decoded_keys}
    failed = [dataset for dataset in due if dataset not in done]
    if failed:
        known = troubles(outside)
        raise SourceError("; ".join(f"{dataset}: {known.get(PREFIX + dataset, 'never tried')}" for dataset in failed))


def troubles(outside: Outside) -> dict[str, str]:
    """Source id -> what is wrong with the newest attempt at it, for the data sets where something is."""
    found = {}
    for request in REQUESTS:
        source_id = f"{PREFIX}{request.dataset}"
        tries = attempts(outside.store, source_id)
        if not tries:
            continue
        if tries[-1].outcome != "captured":
            found[source_id] = f"{tries[-1].outcome}: {tries[-1].reason}"
            continue
        try:
            decoded(outside, load(outside.store, source_id, tries[-1].capture_id))
        except (SourceChanged, SourceUnavailable, ConfigError) as problem:
            found[source_id] = str(problem)
    return found


def decoded(outside: Outside, capture: Capture) -> tuple[Figure, ...] | tuple[Municipality, ...]:
    """What one capture holds: figures of a JSON-stat answer, or municipalities of the LAU list."""
    request = _request(capture.source_id.removeprefix(PREFIX))
    page = capture.pages[0]
    body = bodies(outside.store, capture)[page.url]
    if request.kind == "lau":
        return read_lau(body)
    return tuple(decode(body, dataset=request.dataset, content_type=page.content_type, status=page.status))


def newest(outside: Outside, inputs: Callable[[str], frozenset[str]]) -> Statistics:
    """The newest vintage of each data set among the inputs (source id -> capture ids) that decodes."""
    figures: list[Figure] = []
    municipalities: list[Municipality] = []
    vintages: list[tuple[str, Capture]] = []
    for request in REQUESTS:
        source_id = f"{PREFIX}{request.dataset}"
        for capture in reversed([c for c in readable(outside.store, source_id) if c.capture_id in inputs(source_id)]):
            try:
                found = decoded(outside, capture)
            except SourceError:
                continue  # its attempt is red and named by troubles(); the vintage before it stays in use
            figures += [item for item in found if isinstance(item, Figure)]
            municipalities += [item for item in found if isinstance(item, Municipality)]
            vintages.append((request.dataset, capture))
            break
    return Statistics(tuple(figures), tuple(municipalities), tuple(vintages))


def dataset_of(capture_key: str) -> str:
    """The data set of a capture key."""
    return capture_key.split("/")[0].removeprefix(PREFIX)


def _request(dataset: str) -> Request:
    return next(request for request in REQUESTS if request.dataset == dataset)
