"""An outside world that pulls statistics: from a replay folder that a test fills, or from a Eurostat of the test's own on loopback."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bundled_datasets import DATASETS
from citynet.errors import ConfigError, DataRefused, SourceError, SourceUnavailable
from citynet.http.fetch import LiveFetcher, Politeness
from citynet.pipelines import statistics
from citynet.pipelines.outside import PROJECT, Outside, open_outside
from fake_eurostat import Cells, FakeEurostat, outage

SAMPLES = PROJECT / "include/samples/statistics"
START = datetime(2026, 1, 1, 10, 23, tzinfo=UTC)
"""The first of the runs that ask live, twelve hours apart."""
SOURCE = "statistics.urb_cpop1"
DAY_1, DAY_2, DAY_3 = (datetime(2026, 9, day, tzinfo=UTC) for day in (1, 2, 3))


def world(home: Path, **more: str) -> Outside:
    """The bundled registry and judgements, a store of the test's own, and a replay folder that a test fills."""
    (home / "replay").mkdir()
    own = {"CITYNET_STORE": str(home / "store"), "CITYNET_PUBLISHED": str(home / "published")}
    return open_outside({**own, "CITYNET_REPLAY": str(home / "replay"), **more})


def answer(replay: Path, at: datetime, **bodies: bytes) -> None:
    """A statistics folder of that date that answers these data sets."""
    folder = replay / "statistics" / f"{at:%Y-%m-%d}"
    folder.mkdir(parents=True)
    lines = ["url,method,status,content_type,file"]
    for dataset, body in bodies.items():
        (folder / dataset).write_bytes(body)
        kind = "application/json" if DATASETS[dataset].kind == "jsonstat" else "text/csv"
        lines.append(f'"{DATASETS[dataset].url}",GET,200,{kind},{dataset}')
    (folder / "requests.csv").write_text("\n".join(lines) + "\n")


def cube(**changes: object) -> bytes:
    """The bundled answer of urb_cpop1 (36 places), with other members."""
    body = json.loads((SAMPLES / "2026-08-31/urb_cpop1_DE1001V.json").read_bytes())
    return json.dumps({**body, **changes}).encode()


def run(outside: Outside, at: datetime) -> list[str]:
    """What pull_city_statistics does with one date; the keys of what was decoded."""
    decoded = []
    for dataset in statistics.due(outside, at):
        try:
            if key := statistics.pull(outside, dataset, at):
                decoded.append(statistics.decode_and_check(outside, key))
        except (SourceError, DataRefused, ConfigError):
            continue
    return told(outside, decoded)


def told(outside: Outside, keys: list[str]) -> list[str]:
    """The same keys, once the releases have been told of those that are new."""
    statistics.settle(outside, statistics.accept(outside, keys))
    return keys


def everything(outside: Outside) -> statistics.Statistics:
    """What a release takes of all captures of the store."""
    return statistics.newest(outside, lambda source_id: frozenset(outside.store.folders(f"captures/{source_id}")))


def live(home: Path, fake: FakeEurostat, *names: str) -> Outside:
    """A world that collects live, with only these data sets, all of them asked at the fake service."""
    (home / "datasets").mkdir(exist_ok=True)
    for name in names:
        text = (PROJECT / f"include/datasets/{name}.yaml").read_text(encoding="utf-8")
        (home / f"datasets/{name}.yaml").write_text(f'{text}api: "{fake.api}"\n', encoding="utf-8")
    return replace(
        open_outside({"CITYNET_STORE": str(home / "store"), "CITYNET_MODE": "live", "CITYNET_CONTACT": "desk@example.org"}),
        datasets=home / "datasets",
        allow_private=True,
    )


def way() -> LiveFetcher:
    """The live way to a service on loopback, without the pauses that politeness asks for."""
    return LiveFetcher(Politeness("desk@example.org", delay_seconds=0, allow_private=True, tries=1), sleep=lambda seconds: None)


def population(year: int = 2025, *, more: float = 0.0, places: int = 12) -> Cells:
    """Made cells of urb_cpop1: so many Austrian cities from 2020 to a year, the newest figure of each raised by `more`."""
    return {
        ("DE1001V", f"AT{number:03d}C", at): (100_000.0 + 1_000 * number + 100 * (at - 2020) + (more if at == year else 0), "")
        for number in range(1, places + 1)
        for at in range(2020, year + 1)
    }


def pulled(outside: Outside, at: datetime, by: LiveFetcher | None = None, dataset: str = "urb_cpop1") -> str:
    """One run of a data set to its end; the key that its pull hands on to be decoded, "" where the task is skipped."""
    key = statistics.pull(outside, dataset, at, by or way())
    return "".join(told(outside, [statistics.decode_and_check(outside, key)])) if key else ""


def simulated(
    outside: Outside, fake: FakeEurostat, changes: Mapping[int, str], *, runs: int, outages: Collection[int] = ()
) -> tuple[list[int], list[int]]:
    """So many runs twelve hours apart: those that had a new vintage, and those that failed.

    changes: run before which the service gets a new vintage -> its `updated`; outages: runs in which it answers a page for people.
    """
    by, new, failed = way(), [], []
    for number in range(runs):
        if number in changes:
            fake.put(population(more=number), updated=changes[number])
        if number in outages:
            fake.troubles.append(outage())
        try:
            if pulled(outside, START + number * timedelta(hours=12), by):
                new.append(number)
        except SourceUnavailable:
            failed.append(number)
    return new, failed
