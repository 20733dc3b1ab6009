"""The declared data sets as the steps see them: one whose file breaks keeps its last good one, so that its figures are not lost."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from citynet.errors import ConfigError
from citynet.networks.checked_yaml import against_schema, marked, refuse
from citynet.pipelines.outside import Outside
from citynet.statistics.datasets import ENDING, SCHEMA, Dataset, Datasets, load, load_one

FOLDER = "datasets"
"""Where the store keeps the file by which a data set was last captured."""


def open_datasets(outside: Outside) -> Datasets:
    """Read every file of a data set; a broken one is known by the copy that was kept with its last capture, if there is any."""
    found = declared(outside.datasets)
    kept = {name: copy for name in found.broken if (copy := last_good(outside, name)) is not None}
    return Datasets(dict(sorted({**found.known, **kept}.items())), found.broken)


def declared(folder: Path) -> Datasets:
    """The data sets of a folder, without what a store has kept."""
    return load(folder, _read)


def keep_good(outside: Outside, dataset: str) -> None:
    """Keep the file that a capture was made by."""
    key = f"{FOLDER}/{dataset}{ENDING}"
    data = (outside.datasets / f"{dataset}{ENDING}").read_bytes()
    if not (outside.store.exists(key) and outside.store.read(key) == data):
        outside.store.write(key, data)


def kept_copies(outside: Outside) -> list[str]:
    """The keys of the kept copies that stand in for broken files, sorted."""
    return [key for name in sorted(declared(outside.datasets).broken) if outside.store.exists(key := f"{FOLDER}/{name}{ENDING}")]


def last_good(outside: Outside, dataset: str) -> Dataset | None:
    """The data set by the file that was kept with its last capture; None where none is kept that can be read."""
    key = f"{FOLDER}/{dataset}{ENDING}"
    if not outside.store.exists(key):
        return None
    try:
        return load_one(f"{dataset}{ENDING}", outside.store.read(key), _read)
    except ConfigError:
        return None  # kept by an older version of the schema: then the data set has no file at all


@lru_cache(maxsize=256)
def _read(name: str, data: bytes) -> Mapping[str, Any]:
    """The document of these bytes; kept in memory, because every step of a run opens the data sets and a file costs 10 ms to check."""
    source = marked(name, data)
    refuse(name, against_schema(source, SCHEMA))
    return cast(Mapping[str, Any], source.value)
