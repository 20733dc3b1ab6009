"""Columns of one answer, and the observations that the answers of one vintage make together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citynet.errors import SourceChanged
from citynet.statistics.values import Observations

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """One column of codes: the codes, and which of them each row has (by position)."""

    codes: Sequence[str]
    rows: "NDArray[np.int32]"


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One answer as columns, one row a cell with a value or a flag, in any order. value is NaN where a flag is served alone."""

    updated: str
    labels: Mapping[str, str]
    indicator: Coded
    territory: Coded
    year: "NDArray[np.int16]"
    value: "NDArray[np.float64]"
    flags: Coded


def joined(parts: Sequence[Part], dataset: str) -> Observations:
    """The parts of one vintage as one sorted table. SourceChanged for parts of two vintages and for a cell that stands twice."""
    import numpy as np
    import pandas as pd

    updated = sorted({part.updated for part in parts})
    if len(updated) != 1:
        raise SourceChanged(f"Eurostat {dataset}: expected parts of one vintage, got parts updated {' and '.join(updated) or 'never'}")
    indicator = _together([part.indicator for part in parts])
    territory = _together([part.territory for part in parts])
    flags = _together([part.flags for part in parts])
    year = parts[0].year if len(parts) == 1 else np.concatenate([part.year for part in parts])
    value = parts[0].value if len(parts) == 1 else np.concatenate([part.value for part in parts])
    key = indicator.rows.astype(np.int64)
    for column, width in ((territory.rows, max(len(territory.codes), 1)), (year, 10_000)):
        key *= width
        key += column
    order = np.argsort(key, kind="stable")
    _require_once(key[order], order, indicator, territory, year, dataset)
    del key
    table = pd.DataFrame(
        {
            "indicator": _category(indicator, order),
            "territory": _category(territory, order),
            "year": year[order],
            "value": value[order],
            "flags": _category(flags, order),
        },
        copy=False,
    )
    labels = {code: label for part in parts for code, label in part.labels.items()}
    return Observations(dataset, updated[0], table, dict(sorted(labels.items())))


def letters(flags: str) -> str:
    """The flags of a cell as sorted letters, each once; "be" for the "eb" of one route and "C" for the "|C" of another."""
    return "".join(sorted({letter for letter in flags if letter.isascii() and letter.isalpha()}))


def _together(columns: Sequence[Coded]) -> Coded:
    """The columns one after another, on the codes that any row has, sorted."""
    import numpy as np

    codes = sorted({column.codes[position] for column in columns for position in _used(column)})
    rank = {code: number for number, code in enumerate(codes)}
    moved = [np.array([rank.get(code, -1) for code in column.codes], dtype=np.int32)[column.rows] for column in columns]
    return Coded(codes, moved[0] if len(moved) == 1 else np.concatenate(moved))


def _used(column: Coded) -> "NDArray[np.intp]":
    """The positions of the codes that any row has; a mark for each is quicker than sorting rows."""
    import numpy as np

    seen = np.zeros(len(column.codes), dtype=np.bool_)
    seen[column.rows] = True
    return seen.nonzero()[0]


def _category(column: Coded, order: "NDArray[np.intp]") -> "pd.Categorical[str]":
    import pandas as pd

    return pd.Categorical.from_codes(column.rows[order], categories=pd.Index(list(column.codes), dtype="str"))


def _require_once(
    ordered: "NDArray[np.int64]", order: "NDArray[np.intp]", indicator: Coded, territory: Coded, year: "NDArray[np.int16]", dataset: str
) -> None:
    twice = (ordered[1:] == ordered[:-1]).nonzero()[0]
    if len(twice):
        row = order[twice[0]]
        cell = f"{indicator.codes[indicator.rows[row]]} of {territory.codes[territory.rows[row]]} in {year[row]}"
        raise SourceChanged(f"Eurostat {dataset}: expected each cell once, got {cell} and {len(twice) - 1} more twice")
