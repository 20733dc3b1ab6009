"""Observations for a test, in the form in which a decoded vintage has them: written out cell by cell, or of an answer in a file."""

from collections.abc import Iterable, Mapping

import pandas as pd

from bundled_datasets import DATASETS
from citynet.statistics.columns import joined
from citynet.statistics.jsonstat import read_jsonstat
from citynet.statistics.values import Observations

Cell = tuple[str, str, int, float | None, str]
"""Indicator, territory, year, value (None: served without one), flags."""


def observed(
    dataset: str, cells: Iterable[Cell], labels: Mapping[str, str] | None = None, updated: str = "2026-02-06T10:00:00Z"
) -> Observations:
    """One vintage of these cells, in any order; labels: those given, else each code is its own."""
    columns = ["indicator", "territory", "year", "value", "flags"]
    table = pd.DataFrame(sorted(cells, key=lambda cell: cell[:3]), columns=columns)
    kinds = {"indicator": "category", "territory": "category", "year": "int16", "value": "float64", "flags": "category"}
    named = {code: (labels or {}).get(code, code) for code in sorted(set(table["territory"]))}
    return Observations(dataset, updated, table.astype({**dict.fromkeys(columns[:2], "str"), "flags": "str"}).astype(kinds), named)


def decoded(dataset: str, body: bytes) -> Observations:
    """The vintage of one JSON-stat answer."""
    return joined([read_jsonstat(body, DATASETS[dataset], dataset)], dataset)
