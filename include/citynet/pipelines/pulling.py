"""One data set asked of its source: only what is new, by what the source says of its last update, and kept as one capture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from citynet.errors import AsyncPending, Malformed, OutageHtml, ServerFault, TooBig
from citynet.http import Fetcher, Form
from citynet.http.capture import keep
from citynet.http.replay import STATISTICS
from citynet.model import Capture, Fetched, instant
from citynet.pipelines.datasets import last_good
from citynet.pipelines.fetching import attempts, captured_of, fetch_and_keep, fetcher, holds, readable
from citynet.pipelines.listings import decide
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.registry import open_registry
from citynet.pipelines.vintages import Vintage, by_sdmx, vintages
from citynet.statistics import eurostat
from citynet.statistics.datasets import Dataset
from citynet.statistics.wikidata import ACCEPT, question
from citynet.store import Store

OUT_FOR_LONG = timedelta(days=7)
"""An outage that lasts longer is waited for no more: TSV without labels and date of update is better than no new figures."""
ANNOUNCED = "announced"
"""Where the store keeps which captures the releases have been told of."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull ended with. new: the capture was made now; settled: it is in use, and the releases have been told of it."""

    capture: Capture
    new: bool
    settled: bool


def pulled(outside: Outside, source_id: str, dataset: Dataset, at: datetime, way: Fetcher | None = None) -> Pulled:
    """Ask the source, by `way` or else by the outside's own, and keep what is new. SourceError and ConfigError as these raise them.

    Of a cube only `updated` is asked for at first, live: where it is that of the newest capture and the request is the same, nothing
    is fetched. Any answer that is kept already is not kept again.
    """
    way = way or fetcher(outside, STATISTICS, at, permitted=[dataset.url] if dataset.id in outside.permitted else [])
    made = vintages(outside, dataset, readable(outside.store, source_id))
    last = made[-1] if made else None
    if last is not None and way.origin == "live" and _stands(outside, last, dataset, way, at):
        return _known(outside, source_id, last.capture, last)
    capture = _fetched(outside, source_id, dataset, last, way, at)
    return _known(outside, source_id, capture, last)


def announced(store: Store, capture_key: str) -> bool:
    """Whether the releases have been told of a capture."""
    return store.exists(f"{ANNOUNCED}/{capture_key}")


def announce(store: Store, capture_key: str) -> None:
    """Keep that the releases have been told of a capture."""
    store.write(f"{ANNOUNCED}/{capture_key}", b"")


def geonames_ids(outside: Outside) -> list[str]:
    """The GeoNames ids of the bodies on the accepted lists of the registry, and of the municipalities they lie in, sorted."""
    names = open_names(outside)
    bodies: set[str] = set()
    for network in open_registry(outside).networks.values():
        for decided in decide(outside, network, names):
            if decided.outcome == "accepted" and decided.resolved is not None:
                bodies |= {place_id for found in decided.resolved.resolutions for place_id in (found.place_id, found.municipality_id)}
    return sorted({names.place(place_id).geonames_id for place_id in bodies - {""}} - {""}, key=int)


def _stands(outside: Outside, last: Vintage, dataset: Dataset, way: Fetcher, at: datetime) -> bool:
    """Whether the newest capture is what the source serves now, by `updated`, and answers what the data set's file asks for today.

    Where the JSON service is out the newest vintage stays in use at first, and after a while the whole is asked for, which then
    comes as TSV. That tells no `updated`, so that the whole is asked for until the JSON service is back. So it is where even the
    metadata are too big or have to be prepared first: the whole is asked for in parts, and waited for.
    """
    asked = last_good(outside, dataset.id)
    if dataset.kind != "jsonstat" or not last.updated or asked is None or asked.url != dataset.url:
        return False
    try:
        return eurostat.updated_of(way, dataset, at, api=dataset.api) == last.updated
    except (TooBig, AsyncPending):
        return False
    except (OutageHtml, ServerFault, Malformed):
        if not _may_be_tsv(outside, last.capture.source_id, last, at):
            raise
        return False


def _may_be_tsv(outside: Outside, source_id: str, last: Vintage | None, at: datetime) -> bool:
    """Whether the JSON service has been out for long, or was so when the newest capture was made."""
    return (last is not None and by_sdmx(last.capture)) or _out_since(outside, source_id, at) >= OUT_FOR_LONG


def _out_since(outside: Outside, source_id: str, at: datetime) -> timedelta:
    """For how long every try at the source has failed before this one."""
    failed = list(takewhile(lambda a: a.outcome in ("unavailable", "changed"), reversed(attempts(outside.store, source_id))))
    return at - instant(failed[-1].at) if failed else timedelta(0)


def _fetched(outside: Outside, source_id: str, dataset: Dataset, last: Vintage | None, way: Fetcher, at: datetime) -> Capture:
    if dataset.kind != "jsonstat" or way.origin != "live":
        form = Form(question(geonames_ids(outside)), ACCEPT) if dataset.kind == "wikidata" else None
        return fetch_and_keep(outside, source_id, dataset.url, way, at, once=True, form=form)
    tsv = _may_be_tsv(outside, source_id, last, at)
    answers: Sequence[Fetched] = eurostat.pull(way, dataset, at, api=dataset.api, tsv=tsv)
    made, warc = captured_of(source_id, answers, way, at)
    kept = readable(outside.store, source_id)
    if kept and holds(outside.store, kept[-1], made):
        return kept[-1]
    keep(outside.store, made, warc)
    return made


def _known(outside: Outside, source_id: str, capture: Capture, last: Vintage | None) -> Pulled:
    """Not settled: a run that ended after it kept the capture told nobody, and one whose checks failed is named until it is mended."""
    if last is None or capture.capture_id != last.capture.capture_id:
        return Pulled(capture, new=True, settled=False)
    told = any(a.capture_id == capture.capture_id for a in attempts(outside.store, source_id))
    return Pulled(capture, new=not told, settled=announced(outside.store, f"{source_id}/{capture.capture_id}") and last.accepted)
