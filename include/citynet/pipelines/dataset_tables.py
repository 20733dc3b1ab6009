"""The tables that tell of the data sets themselves: datasets and statistics_revisions."""

from collections.abc import Iterator, Mapping, Sequence

from citynet.errors import DataRefused
from citynet.model import Row
from citynet.pipelines.fetching import NOTHING_NEW
from citynet.pipelines.statistics import PREFIX, Statistics
from citynet.pipelines.vintages import Vintage, by_sdmx
from citynet.statistics.datasets import Dataset
from citynet.statistics.revisions import revisions
from citynet.statistics.values import Observations

NEVER = "never_asked"
_OF_A_VINTAGE = ("in_use_capture_id", "in_use_updated", "in_use_captured_on", "route", "observations", "checks_failed")
_OF_A_CUBE = ("territories", "first_year", "last_year")


def dataset_rows(statistics: Statistics, attempts: Sequence[str], as_of: str) -> list[Row]:
    """Table datasets: every declared one, with the vintage in use, and since when and why a newer one is not.

    attempts: those of the release's inputs, "<source_id> <instant> <outcome>" each, oldest first of each source.
    """
    asked = {source_id: (at[:10], outcome) for source_id, at, outcome in (told.split(" ") for told in sorted(attempts))}
    return [_row(dataset, statistics, asked.get(f"{PREFIX}{dataset.id}"), as_of) for dataset in statistics.datasets.values()]


def revision_rows(statistics: Statistics, as_of: str) -> list[Row]:
    """Table statistics_revisions: of each cube the vintage in use against the accepted one of other data before it, where there is one."""
    return [row for dataset in sorted(statistics.previous) for row in _revised(statistics, dataset, as_of)]


def _row(dataset: Dataset, statistics: Statistics, asked: tuple[str, str] | None, as_of: str) -> Row:
    refused = statistics.refused.get(dataset.id)
    mine = [v for v in statistics.vintages if v.dataset == dataset.id]
    used = next((v for v in mine if v.accepted), None)
    return {
        "dataset_id": dataset.id,
        "title": dataset.title,
        "dataset_kind": dataset.kind,
        "indicators": ";".join(dataset.indicators) or None,
        "territory_kind": dataset.territory_kind,
        "citation": dataset.citation,
        "source_url": dataset.url,
        "live": dataset.live,
        "seen_on": dataset.seen_on or None,
        **dict.fromkeys((*_OF_A_VINTAGE, *_OF_A_CUBE)),
        **(_in_use(used, statistics.of(dataset.id)) if used else {}),
        "last_asked_on": asked[0] if asked else None,
        "last_outcome": _outcome(asked[1], mine) if asked else NEVER,
        "refused_since": refused.since if refused else None,
        "refused_because": refused.because if refused else None,
        "as_of": as_of,
    }


def _in_use(used: Vintage, observed: Observations | None) -> Row:
    capture = used.capture
    cube: Mapping[str, object] = {}
    if observed is not None:
        figures = observed.table[observed.table["value"].notna()]
        years = figures["year"]
        span = {"first_year": int(years.min()), "last_year": int(years.max())} if len(figures) else {}
        cube = {"territories": int(figures["territory"].nunique()), **span}
    return {
        "in_use_capture_id": capture.capture_id,
        "in_use_updated": used.updated or None,
        "in_use_captured_on": f"{capture.captured_at:%Y-%m-%d}",
        "route": _route(used),
        "observations": sum(used.countries.values()),
        "checks_failed": sum(not check.success for check in used.checks),
        **cube,
    }


def _route(used: Vintage) -> str:
    if used.source.kind != "jsonstat":
        return "file"
    return "sdmx_tsv" if by_sdmx(used.capture) else "json_stat"


def _outcome(told: str, mine: Sequence[Vintage]) -> str:
    """What the newest try came to: of a capture, what became of the vintage."""
    if told not in ("captured", NOTHING_NEW):
        return told
    if not mine or not mine[-1].accepted:
        return "refused" if mine and isinstance(mine[-1].problem, DataRefused) else "changed"
    return NOTHING_NEW if told == NOTHING_NEW else "new_vintage"


def _revised(statistics: Statistics, dataset: str, as_of: str) -> Iterator[Row]:
    before, after = statistics.previous[dataset], statistics.observations[dataset]
    fixed: Row = {"dataset_id": dataset, "updated_before": before.updated or None, "updated_after": after.updated or None, "as_of": as_of}
    for row in revisions(before, after, statistics.in_both[dataset]).to_dict("records"):
        yield {
            **fixed,
            "indicator": row["indicator"],
            "territory_code": row["territory"],
            "year": int(row["year"]),
            "what": row["what"],
            **{name: row[name] if row[name] == row[name] else None for name in ("value_before", "value_after")},
            **{name: row[name] or None for name in ("flag_before", "flag_after")},
        }
