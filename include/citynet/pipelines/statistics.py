"""pull_city_statistics: the declared data sets pulled, kept, decoded and checked; and what a release takes of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from citynet.errors import ConfigError, SourceChanged, SourceError
from citynet.http import Fetcher
from citynet.http.capture import load
from citynet.http.replay import STATISTICS, ReplayFetcher, due_at
from citynet.pipelines.datasets import keep_good, open_datasets
from citynet.pipelines.fetching import NOTHING_NEW, Attempt, attempts, captured, fetcher, look, readable, record, require_contact
from citynet.pipelines.locking import alone
from citynet.pipelines.outside import Outside
from citynet.pipelines.pulling import announce, announced, geonames_ids, pulled
from citynet.pipelines.vintages import Held, InUse, Vintage, in_use, vintages
from citynet.quality.rule import CheckResult
from citynet.statistics.datasets import Dataset, Datasets
from citynet.statistics.printed_shares import PrintedShare
from citynet.statistics.universes import UniverseCell, counted
from citynet.statistics.values import Municipality, Observations
from citynet.statistics.wikidata import Item

PREFIX = "statistics."
"""Captures of a data set lie under this and its name; a network's id has no dot."""

WIKIDATA = "wikidata"
TRIMMED = "lau_2019"
"""The edition of which only a part is at hand."""
RUNBOOK = "docs/operations.md#eurostat-late"
UNFINISHED = "failed before its end; see the log of its task"


@dataclass(frozen=True, slots=True)
class Refused:
    """That the newest vintages of a data set are not used: since which day (of the oldest of them), and why the newest is not."""

    since: str
    because: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """The newest accepted vintage of each data set, and those after it that failed: vintages, by data set and time.

    datasets: every declared data set by id. observations: of each cube the newest accepted vintage; previous: the accepted one
    before it that holds other data, where there is one; in_both: the indicators that both were asked for. refused: data sets of
    which a newer vintage is not used. municipalities and universes: of the
    newest edition of the list of local units, whose year is lau_year; 0 where there is none.
    """

    datasets: Mapping[str, Dataset] = field(default_factory=dict)
    observations: Mapping[str, Observations] = field(default_factory=dict)
    previous: Mapping[str, Observations] = field(default_factory=dict)
    in_both: Mapping[str, frozenset[str]] = field(default_factory=dict)
    refused: Mapping[str, Refused] = field(default_factory=dict)
    municipalities: tuple[Municipality, ...] = ()
    universes: tuple[UniverseCell, ...] = ()
    printed: tuple[PrintedShare, ...] = ()
    items: tuple[Item, ...] = ()
    lau_year: int = 0
    vintages: tuple[Vintage, ...] = ()

    def of(self, dataset: str) -> Observations | None:
        """The newest accepted vintage of a cube; None where none was ever accepted."""
        return self.observations.get(dataset)

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        """What the suite said of each vintage here."""
        return tuple(check for vintage in self.vintages for check in vintage.checks)

    def capture_id(self, dataset: str) -> str | None:
        """The capture whose vintage of the data set is in use; None where there is none."""
        return next((v.capture.capture_id for v in self.vintages if v.dataset == dataset and v.accepted), None)


def due(outside: Outside, at: datetime) -> list[str]:
    """The data sets to pull in a run at `at`: in a replay those whose address the date's folder answers, live all that can be.

    One whose file is broken is due live: its attempt says what is wrong with it, and the others are pulled all the same.
    """
    declared = open_datasets(outside)
    if outside.mode == "replay" and outside.replay is not None:
        found = _answered(outside, declared, at) if STATISTICS in due_at(outside.replay, at.date()) else []
    else:
        require_contact(outside)
        found = [d.id for d in declared.known.values() if outside.mode == "live" and _may_be_asked(outside, d)]
        found += [name for name in declared.broken if outside.mode == "live" and name not in found]
    if WIKIDATA in found and _nothing_to_ask(outside):
        found.remove(WIKIDATA)
    return sorted(d for d in found if not captured(outside.store, f"{PREFIX}{d}", at))


def _may_be_asked(outside: Outside, dataset: Dataset) -> bool:
    return dataset.live and (not dataset.needs_permission or dataset.id in outside.permitted)


def _nothing_to_ask(outside: Outside) -> bool:
    try:
        return not geonames_ids(outside)
    except ConfigError:
        return False  # registry or judgements are broken: its own attempt says so, and the other data sets are pulled all the same


def _answered(outside: Outside, declared: Datasets, at: datetime) -> list[str]:
    """What a statistics folder answers; of a broken one the live data sets, whose attempts then say what is wrong with it."""
    way = fetcher(outside, STATISTICS, at)
    if not isinstance(way, ReplayFetcher):
        raise TypeError(f"a replay is read by ReplayFetcher, not by {type(way).__name__}")
    try:
        return [d.id for d in declared.known.values() if way.answers(d.url)]
    except (ConfigError, SourceChanged):
        return [d.id for d in declared.known.values() if d.live]


def pull(outside: Outside, dataset: str, at: datetime, way: Fetcher | None = None) -> str:
    """Fetch and keep one data set; returns its capture key, "" where the source has nothing new and the releases know it all.

    way: by which it is asked, else by the outside's own. One pull of a data set at a time: a second one waits and then finds what
    the first has kept.
    """
    source_id = f"{PREFIX}{dataset}"
    with alone(outside.store, f"pull-{dataset}", print):
        try:
            declared = open_datasets(outside).get(dataset)
            made = pulled(outside, source_id, declared, at, way)
        except (SourceError, ConfigError) as problem:
            record(outside.store, source_id, at, problem=problem)
            raise
        keep_good(outside, dataset)
        if made.new:
            record(outside.store, source_id, at, capture=made.capture)
        else:
            look(outside.store, source_id, at)
    return "" if made.settled else f"{source_id}/{made.capture.capture_id}"


def decode_and_check(outside: Outside, capture_key: str) -> str:
    """Decode and check one capture; returns the key.

    SourceChanged, or SourceUnavailable for a passing answer; DataRefused where a critical expectation failed, and then the
    vintage before it stays in use.
    """
    source_id, capture_id = capture_key.split("/")
    load(outside.store, source_id, capture_id)  # says what is wrong with a damaged manifest, which `readable` passes over
    kept, declared = readable(outside.store, source_id), open_datasets(outside).get(dataset_of(capture_key))
    (made,) = (v for v in vintages(outside, declared, kept) if v.capture.capture_id == capture_id)
    if made.problem is not None:
        raise made.problem
    return capture_key


def accept(outside: Outside, capture_keys: Sequence[str]) -> list[str]:
    """Of the captures just decoded, those that the releases have not been told of: the new vintages."""
    return [key for key in sorted(capture_keys) if not announced(outside.store, key)]


def settle(outside: Outside, capture_keys: Sequence[str]) -> None:
    """Keep that the releases have been told of these. A step of its own after `accept`: a run that ends between them tells it again."""
    for key in capture_keys:
        announce(outside.store, key)


def raise_if_missing(outside: Outside, due: Sequence[str], decoded_keys: Sequence[str]) -> None:
    """SourceError naming each due data set that did not decode, why, and the runbook; it turns the run red.

    A data set that had nothing new and whose newest vintage the releases know is none of them.
    """
    done = {dataset_of(key) for key in decoded_keys}
    known = troubles(outside)
    failed = [d for d in due if d not in done and (PREFIX + d in known or not _settled(outside, d))]
    if failed:
        told = (f"{PREFIX}{d}: {known.get(PREFIX + d, UNFINISHED)}; runbook: {RUNBOOK}" for d in failed)
        raise SourceError("; ".join(told))


def _settled(outside: Outside, dataset: str) -> bool:
    source_id = f"{PREFIX}{dataset}"
    tries, kept = attempts(outside.store, source_id), readable(outside.store, source_id)
    looked = bool(tries) and tries[-1].outcome == NOTHING_NEW
    return looked and bool(kept) and announced(outside.store, f"{source_id}/{kept[-1].capture_id}")


def troubles(outside: Outside) -> dict[str, str]:
    """Source id -> what is wrong with the newest attempt at it or with its newest vintage, for the data sets where something is."""
    declared = open_datasets(outside)
    found = {}
    for name in sorted({*declared.known, *declared.broken}):
        source_id = f"{PREFIX}{name}"
        tries = attempts(outside.store, source_id)
        if tries and (trouble := _trouble(outside, declared, name, tries)):
            found[source_id] = trouble
    return found


def _trouble(outside: Outside, declared: Datasets, name: str, tries: Sequence[Attempt]) -> str:
    source_id, last = f"{PREFIX}{name}", tries[-1]
    if last.outcome not in ("captured", NOTHING_NEW):
        return f"{last.outcome}: {last.reason}"
    if name in declared.broken:
        return f"misconfigured: {declared.broken[name]}"
    newest_capture = next((a.capture_id for a in reversed(tries) if a.capture_id), "")
    try:
        if newest_capture:
            load(outside.store, source_id, newest_capture)
    except (SourceChanged, ConfigError) as problem:
        return str(problem)
    made = vintages(outside, declared.known[name], readable(outside.store, source_id))
    if not made or made[-1].accepted:
        return ""
    return f"{made[-1].problem}{_still_in_use(made)}"


def _still_in_use(made: Sequence[Vintage]) -> str:
    """Which vintage is used in place of the newest, and since when; nothing where there never was one."""
    good = [number for number, vintage in enumerate(made) if vintage.accepted]
    if not good:
        return ""
    used, first = made[good[-1]], made[good[-1] + 1]
    since = f"{first.capture.captured_at:%Y-%m-%d}"
    return f"; since {since} the vintage of {used.updated or f'{used.capture.captured_at:%Y-%m-%d}'} stays in use"


def newest(outside: Outside, inputs: Callable[[str], frozenset[str]]) -> Statistics:
    """The newest accepted vintage of each data set among the inputs (source id -> capture ids), and what came after it."""
    declared = open_datasets(outside)
    used: dict[str, InUse] = {}
    refused: dict[str, Refused] = {}
    shown: list[Vintage] = []
    for dataset in declared.known.values():
        source_id = f"{PREFIX}{dataset.id}"
        made = vintages(outside, dataset, [c for c in readable(outside.store, source_id) if c.capture_id in inputs(source_id)])
        good = [number for number, vintage in enumerate(made) if vintage.accepted]
        # A newer one that failed is red and named by troubles(); the vintage before it stays in use.
        after = made[good[-1] :] if good else made
        shown += after
        if good:
            used[dataset.id] = in_use(outside, [made[number] for number in good])
        if (why := _refused([v for v in after if not v.accepted])) is not None:
            refused[dataset.id] = why
    return _taken(declared, used, refused, shown)


def _taken(declared: Datasets, used: Mapping[str, InUse], refused: Mapping[str, Refused], shown: Sequence[Vintage]) -> Statistics:
    held: dict[str, Held] = {dataset: one.held for dataset, one in used.items()}
    edition = next((dataset for dataset in declared.editions if dataset in held), "")
    lists = [items for items in held.values() if not isinstance(items, Observations)]
    every = [item for items in lists for item in items]
    units = held.get(edition, ())
    municipalities = tuple(item for item in units if isinstance(item, Municipality)) if not isinstance(units, Observations) else ()
    # The bundled list is trimmed, so that its counts come as a table of their own; of a whole list they are counted here.
    counts = f"universes_{edition.removeprefix('lau_')}"
    tabled = tuple(item for item in every if isinstance(item, UniverseCell)) if counts in held else ()
    return Statistics(
        datasets=declared.known,
        observations={dataset: items for dataset, items in held.items() if isinstance(items, Observations)},
        previous={dataset: one.previous for dataset, one in used.items() if one.previous is not None},
        in_both={dataset: one.in_both for dataset, one in used.items() if one.previous is not None},
        refused=refused,
        municipalities=municipalities,
        universes=tabled if edition == TRIMMED else counted(municipalities),
        printed=tuple(item for item in every if isinstance(item, PrintedShare)),
        items=tuple(item for item in every if isinstance(item, Item)),
        lau_year=declared.known[edition].edition if edition else 0,
        vintages=tuple(shown),
    )


def _refused(not_used: Sequence[Vintage]) -> Refused | None:
    """Since when and why, of the vintages after the last accepted one."""
    if not not_used:
        return None
    return Refused(f"{not_used[0].capture.captured_at:%Y-%m-%d}", str(not_used[-1].problem))


def dataset_of(capture_key: str) -> str:
    """The data set of a capture key."""
    return capture_key.split("/")[0].removeprefix(PREFIX)
