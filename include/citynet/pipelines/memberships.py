"""collect_memberships: which networks are due, their pages kept, read, checked, and accepted or held."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from citynet.errors import ConfigError, SourceError
from citynet.http.capture import load
from citynet.http.replay import STATISTICS, due_at
from citynet.model import written
from citynet.networks.registry import pages_at
from citynet.pipelines import held_lists, listings
from citynet.pipelines.fetching import Attempt, attempts, captured, crawl_and_keep, fetcher, record, require_contact
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.registry import keep_good, open_registry
from citynet.pipelines.statistics import PREFIX

RUNBOOKS = {
    "unavailable": "source-unavailable",
    "forbidden": "source-forbidden",
    "changed": "source-changed",
    "refused": "data-refused",
    "held": "held-capture",
    "misconfigured": "network-file-misconfigured",
    "damaged": "capture-damaged",
}
"""Outcome of an attempt -> its runbook in docs/operations.md."""
UNRECORDED = "failed before it was recorded; see the log of its task"


def due(outside: Outside, at: datetime) -> list[str]:
    """The networks to collect in a run at `at`, sorted; those whose file is broken too, so that they turn red by name.

    Replay: the networks with a folder at that date. Live: all that are open and have a page to ask. Never one that this
    very run has captured already.
    """
    if outside.mode == "replay" and outside.replay is not None:
        found = [source for source in due_at(outside.replay, at.date()) if source != STATISTICS]
    elif outside.mode == "live":
        require_contact(outside)
        registry, today = open_registry(outside), f"{at:%Y-%m-%d}"
        found = [n.id for n in registry.networks.values() if n.status != "closed" and pages_at(n, today)]
        found += [name for name in registry.broken if name not in found]
    else:
        found = []
    wanted = [n for n in found if not outside.networks or n in outside.networks]
    return sorted(n for n in wanted if not captured(outside.store, n, at))


def capture(outside: Outside, network_id: str, at: datetime) -> str:
    """Fetch and keep a network's pages with all their parts; returns <network_id>/<capture_id>.

    SourceError or ConfigError, kept as the attempt; of the parts that did come nothing is kept then.
    """
    try:
        network = open_registry(outside).get(network_id)
        pages = pages_at(network, f"{at:%Y-%m-%d}")
        if not pages:
            raise ConfigError(f"{network_id}: expected a page to ask on {at:%Y-%m-%d}, the registry has none")
        made = crawl_and_keep(outside, network_id, pages, fetcher(outside, network_id, at), at)
    except (SourceError, ConfigError) as problem:
        record(outside.store, network_id, at, problem=problem)
        raise
    keep_good(outside, network)
    record(outside.store, network_id, at, capture=made)
    return f"{network_id}/{made.capture_id}"


def read_and_check(outside: Outside, capture_key: str) -> str:
    """Read a capture and check its listing; returns the key. SourceChanged or DataRefused where it can't be accepted."""
    network_id, capture_id = capture_key.split("/")
    network = open_registry(outside).get(network_id)
    made = listings.reading(outside, network, load(outside.store, network_id, capture_id), open_names(outside))
    listings.raise_unless_read(made)
    return capture_key


def accept(outside: Outside, capture_keys: Sequence[str]) -> list[str]:
    """Of the captures just read, those that the fold over the network's listings accepts; the others are held."""
    names = open_names(outside)
    registry = open_registry(outside)
    accepted = []
    for network_id in sorted({network_of(key) for key in capture_keys}):
        decided = listings.decide(outside, registry.get(network_id), names)
        accepted += [f"{network_id}/{d.reading.capture.capture_id}" for d in decided if d.outcome == "accepted"]
    return [key for key in accepted if key in set(capture_keys)]


def raise_if_missing(outside: Outside, due: Sequence[str], accepted: Sequence[str], at: datetime) -> None:
    """SourceError naming each network due at `at` without an accepted listing, why, and its runbook; it turns the run red."""
    done = {network_of(key) for key in accepted}
    failed = {n: [a for a in attempts(outside.store, n) if a.at == written(at)] for n in due if n not in done}
    if failed:
        told = _trouble_with(outside, {n: tries[-1] for n, tries in failed.items() if tries})
        raise SourceError("; ".join(f"{n}: {_with_runbook(told.get(n, UNRECORDED))}" for n in sorted(failed)))


def _with_runbook(trouble: str) -> str:
    anchor = RUNBOOKS.get(trouble.split(":", 1)[0], "a-task-failed-without-a-record")
    return f"{trouble}; runbook: docs/operations.md#{anchor}"


def troubles(outside: Outside) -> dict[str, str]:
    """Network id -> what is wrong with the newest attempt at it, for the networks where it did not end in acceptance."""
    tried = [source for source in outside.store.folders("attempts") if not source.startswith(PREFIX)]
    return _trouble_with(outside, {network_id: attempts(outside.store, network_id)[-1] for network_id in tried})


def _trouble_with(outside: Outside, tries: Mapping[str, Attempt]) -> dict[str, str]:
    """What is wrong with each of the attempts that did not end in acceptance, by network id."""
    names, registry, found = open_names(outside), open_registry(outside), {}
    for network_id, attempt in tries.items():
        if network_id in registry.broken:
            found[network_id] = f"misconfigured: {registry.broken[network_id]}"
        elif attempt.outcome != "captured":
            found[network_id] = f"{attempt.outcome}: {attempt.reason}"
        elif network_id not in registry.networks:
            found[network_id] = "misconfigured: no file in the registry any more"
        else:
            decided = {d.reading.capture.capture_id: d for d in listings.decide(outside, registry.get(network_id), names)}
            this = decided.get(attempt.capture_id)
            if this is None:
                found[network_id] = f"damaged: capture {attempt.capture_id} is lost or its manifest can't be read"
            elif this.outcome != "accepted":
                found[network_id] = f"{this.outcome}: {this.reason}"
    return found


def held_since(outside: Outside, network_ids: Iterable[str]) -> dict[str, str]:
    """Network id -> since when (ISO date) its lists are held, "" where none is after the last accepted one."""
    names, registry = open_names(outside), open_registry(outside)
    return {network_id: held_lists.held_since(listings.decide(outside, registry.get(network_id), names)) for network_id in network_ids}


def network_of(capture_key: str) -> str:
    """The network of a capture key."""
    return capture_key.split("/")[0]
