"""pull_city_statistics: the declared data sets pulled, kept, decoded and checked; and what a release takes of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from citynet.errors import ConfigError, SourceChanged, SourceError
from citynet.http import Form
from citynet.http.capture import load
from citynet.http.replay import STATISTICS, ReplayFetcher, due_at
from citynet.pipelines.fetching import attempts, captured, fetch_and_keep, fetcher, readable, record, require_contact
from citynet.pipelines.listings import decide
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.registry import open_registry
from citynet.pipelines.vintages import Vintage, decoded, vintages
from citynet.quality.rule import CheckResult
from citynet.statistics.datasets import LAU_EDITIONS, REQUESTS, Request, lau_year, request_of
from citynet.statistics.printed_shares import PrintedShare
from citynet.statistics.universes import UniverseCell, counted
from citynet.statistics.values import Figure, Municipality
from citynet.statistics.vintage_rows import Items
from citynet.statistics.wikidata import ACCEPT, Item, question

PREFIX = "statistics."
"""Captures of a data set lie under this and its name; a network's id has no dot."""

WIKIDATA = "wikidata"
TRIMMED = "lau_2019"
"""The edition of which only a part is at hand."""
RUNBOOK = "docs/operations.md#eurostat-late"
UNRECORDED = "failed before it was recorded; see the log of its task"


@dataclass(frozen=True, slots=True)
class Statistics:
    """The newest accepted vintage of each data set, and those after it that failed: vintages, by data set and time.

    municipalities and universes: of the newest edition of the list of local units, whose year is lau_year; 0 where there is none.
    """

    figures: tuple[Figure, ...]
    municipalities: tuple[Municipality, ...]
    universes: tuple[UniverseCell, ...]
    printed: tuple[PrintedShare, ...]
    items: tuple[Item, ...]
    lau_year: int
    vintages: tuple[Vintage, ...]

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        """What the suite said of each vintage here."""
        return tuple(check for vintage in self.vintages for check in vintage.checks)

    def capture_id(self, dataset: str) -> str | None:
        """The capture whose vintage of the data set is in use; None where there is none."""
        return next((v.capture.capture_id for v in self.vintages if v.dataset == dataset and v.accepted), None)


def due(outside: Outside, at: datetime) -> list[str]:
    """The data sets to pull in a run at `at`: in a replay those whose address the date's folder answers, live all that can be."""
    if outside.mode == "replay" and outside.replay is not None:
        found = _answered(outside, at) if STATISTICS in due_at(outside.replay, at.date()) else []
    else:
        require_contact(outside)
        found = [r.dataset for r in REQUESTS if outside.mode == "live" and _may_be_asked(outside, r)]
    if WIKIDATA in found and _nothing_to_ask(outside):
        found.remove(WIKIDATA)
    return sorted(d for d in found if not captured(outside.store, f"{PREFIX}{d}", at))


def _may_be_asked(outside: Outside, request: Request) -> bool:
    return request.live and (not request.needs_permission or request.dataset in outside.permitted)


def _nothing_to_ask(outside: Outside) -> bool:
    try:
        return not geonames_ids(outside)
    except ConfigError:
        return False  # registry or judgements are broken: its own attempt says so, and the other data sets are pulled all the same


def geonames_ids(outside: Outside) -> list[str]:
    """The GeoNames ids of the bodies on the accepted lists of the registry, and of the municipalities they lie in, sorted."""
    names = open_names(outside)
    bodies: set[str] = set()
    for network in open_registry(outside).networks.values():
        for decided in decide(outside, network, names):
            if decided.outcome == "accepted" and decided.resolved is not None:
                bodies |= {place_id for found in decided.resolved.resolutions for place_id in (found.place_id, found.municipality_id)}
    return sorted({names.place(place_id).geonames_id for place_id in bodies - {""}} - {""}, key=int)


def _answered(outside: Outside, at: datetime) -> list[str]:
    """What a statistics folder answers; of a broken one the live data sets, whose attempts then say what is wrong with it."""
    way = fetcher(outside, STATISTICS, at)
    if not isinstance(way, ReplayFetcher):
        raise TypeError(f"a replay is read by ReplayFetcher, not by {type(way).__name__}")
    try:
        return [r.dataset for r in REQUESTS if way.answers(r.url)]
    except (ConfigError, SourceChanged):
        return [r.dataset for r in REQUESTS if r.live]


def pull(outside: Outside, dataset: str, at: datetime) -> str:
    """Fetch and keep one data set; returns its capture key. An answer that is kept already is not kept again."""
    source_id, request = f"{PREFIX}{dataset}", request_of(dataset)
    try:
        form = Form(question(geonames_ids(outside)), ACCEPT) if dataset == WIKIDATA else None
        way = fetcher(outside, STATISTICS, at, permitted=[request.url] if dataset in outside.permitted else [])
        made = fetch_and_keep(outside, source_id, request.url, way, at, once=True, form=form)
    except (SourceError, ConfigError) as problem:
        record(outside.store, source_id, at, problem=problem)
        raise
    record(outside.store, source_id, at, capture=made)
    return f"{source_id}/{made.capture_id}"


def decode_and_check(outside: Outside, capture_key: str) -> str:
    """Decode and check one capture; returns the key.

    SourceChanged, or SourceUnavailable for a passing answer; DataRefused where a critical expectation failed, and then the
    vintage before it stays in use.
    """
    source_id, capture_id = capture_key.split("/")
    load(outside.store, source_id, capture_id)  # says what is wrong with a damaged manifest, which `readable` passes over
    kept = readable(outside.store, source_id)
    (made,) = (v for v in vintages(outside, request_of(dataset_of(capture_key)), kept) if v.capture.capture_id == capture_id)
    if made.problem is not None:
        raise made.problem
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
    """SourceError naming each due data set that did not decode, why, and the runbook; it turns the run red."""
    done = {dataset_of(key) for key in decoded_keys}
    failed = [dataset for dataset in due if dataset not in done]
    if failed:
        known = troubles(outside)
        told = (f"{PREFIX}{d}: {known.get(PREFIX + d, UNRECORDED)}; runbook: {RUNBOOK}" for d in failed)
        raise SourceError("; ".join(told))


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
            load(outside.store, source_id, tries[-1].capture_id)
        except (SourceChanged, ConfigError) as problem:
            found[source_id] = str(problem)
            continue
        made = {v.capture.capture_id: v.problem for v in vintages(outside, request, readable(outside.store, source_id))}
        if (problem_found := made.get(tries[-1].capture_id)) is not None:
            found[source_id] = str(problem_found)
    return found


def newest(outside: Outside, inputs: Callable[[str], frozenset[str]]) -> Statistics:
    """The newest accepted vintage of each data set among the inputs (source id -> capture ids), and what came after it."""
    items: dict[str, Items] = {}
    shown: list[Vintage] = []
    for request in REQUESTS:
        source_id = f"{PREFIX}{request.dataset}"
        made = vintages(outside, request, [c for c in readable(outside.store, source_id) if c.capture_id in inputs(source_id)])
        last = max((number for number, vintage in enumerate(made) if vintage.accepted), default=None)
        # A newer one that failed is red and named by troubles(); the vintage before it stays in use.
        shown += made if last is None else made[last:]
        if last is not None:
            items[request.dataset] = decoded(outside, request, made[last].capture)
    edition = next((dataset for dataset in LAU_EDITIONS if dataset in items), "")
    every = [item for found in items.values() for item in found]
    municipalities = tuple(item for item in items.get(edition, ()) if isinstance(item, Municipality))
    # The bundled list is trimmed, so that its counts come as a table of their own; of a whole list they are counted here.
    tabled = tuple(item for item in items.get(f"universes_{edition.removeprefix('lau_')}", ()) if isinstance(item, UniverseCell))
    return Statistics(
        figures=tuple(item for item in every if isinstance(item, Figure)),
        municipalities=municipalities,
        universes=tabled if edition == TRIMMED else counted(municipalities),
        printed=tuple(item for item in every if isinstance(item, PrintedShare)),
        items=tuple(item for item in every if isinstance(item, Item)),
        lau_year=lau_year(edition) if edition else 0,
        vintages=tuple(shown),
    )


def dataset_of(capture_key: str) -> str:
    """The data set of a capture key."""
    return capture_key.split("/")[0].removeprefix(PREFIX)
