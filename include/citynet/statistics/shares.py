"""Shares of residents in percent, by territory and year: as published, else computed of counts of that territory and year."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from citynet.statistics.values import Observations

if TYPE_CHECKING:
    import pandas as pd

DECIMALS = 4
"""To how many a computed share is rounded: a millionth of the whole, finer than any count behind it."""
TOTALS_PERCENT = 1.0
"""By how much the total of one data set may differ from that of another one for the same code and year: beyond it one of them was
drawn anew and the other was not (France 2015), and their quotient would be of two territories. It is wider than what rounding
explains, since a few residents of unknown citizenship or country of birth may be missing in a sum."""
AGREE, DIFFER, UNCHECKED = "agree", "differ", "unchecked"


@dataclass(frozen=True, slots=True)
class Way:
    """One way of computing a share of counts: the sum of `plus` less that of `minus`, over the sum of `whole` (indicators)."""

    plus: tuple[str, ...]
    whole: tuple[str, ...]
    minus: tuple[str, ...] = ()

    @property
    def indicators(self) -> tuple[str, ...]:
        """What it stands on."""
        return (*self.plus, *self.minus, *self.whole)

    def __str__(self) -> str:
        part = " - ".join((" + ".join(self.plus), *self.minus))
        whole = " + ".join(self.whole)
        return f"{f'({part})' if ' ' in part else part} / {f'({whole})' if ' ' in whole else whole}"


@dataclass(frozen=True, slots=True)
class Measure:
    """A share under the name in which the monitor publishes it.

    published: the indicator in which the source prints it, "" for none; ways: of computing it, in the order in which they are tried;
    everybody: the counts that add up to all residents within the data set of the parts, against which a total of another is held.
    """

    name: str
    published: str
    ways: tuple[Way, ...]
    everybody: tuple[str, ...] = ()

    @property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator that it may stand on, each once, sorted."""
        used = {name for way in self.ways for name in way.indicators} | set(self.everybody)
        return tuple(sorted(used | ({self.published} if self.published else set())))


def shares(measure: Measure, *observations: Observations) -> "pd.DataFrame":
    """The share of every territory and year that has one, sorted: territory, year, percent, flags, published, way, gap, second, totals.

    flags: every letter of the figures it stands on, sorted; way: how it was computed, "" where it is published; gap: published less
    computed in points, where both are there. Figures of two territories or two years never make one share, and what counts would
    make less than 0 or more than 100 is no share. Where two data sets have an indicator the first one's figure is taken. second: the
    other data set whose total was used or refused, "" for none; totals: agree, differ (then it was not used) or unchecked, where the
    first data set has no total of its own.
    """
    import pandas as pd

    values, flags, origins = wide(observations, measure.indicators)
    found = pd.DataFrame({"percent": float("nan"), "flags": "", "way": "", "second": "", "totals": ""}, index=values.index)
    for way in measure.ways:
        if set(way.indicators) <= set(values.columns):
            second = _second(way, origins, observations[0].dataset)
            totals = _totals(way, measure.everybody, values, second)
            percent = _percent(way, values)
            open_now = found["percent"].isna() & percent.between(0, 100)
            refused = open_now & (totals == DIFFER)
            found.loc[refused, "second"], found.loc[refused, "totals"] = second[refused], DIFFER
            taken = open_now & (totals != DIFFER)
            found.loc[taken, "percent"] = percent[taken]
            found.loc[taken, "flags"] = union([flags.loc[taken, name] for name in way.indicators])
            found.loc[taken, "way"] = str(way)
            named = taken & (second != "")
            found.loc[named, "second"], found.loc[named, "totals"] = second[named], totals[named]
    found = _with_published(found, measure, values, flags)
    columns = ["territory", "year", "percent", "flags", "published", "way", "gap", "second", "totals"]
    return found[found["percent"].notna()].reset_index()[columns]


def _with_published(found: "pd.DataFrame", measure: Measure, values: "pd.DataFrame", flags: "pd.DataFrame") -> "pd.DataFrame":
    """The shares as the source prints them in place of the computed ones, where it does, and how far they are apart."""
    found["published"], found["gap"] = False, float("nan")
    if measure.published in values.columns:
        printed = values[measure.published]
        found["published"] = printed.notna()
        found["gap"] = (printed - found["percent"]).round(DECIMALS)
        found.loc[printed.notna(), "percent"] = printed
        found.loc[printed.notna(), "flags"] = flags[measure.published]
        found.loc[printed.notna(), ["way", "second", "totals"]] = ""
    return found


def _second(way: Way, origins: "pd.DataFrame", own: str) -> "pd.Series[str]":
    """The data set other than `own` that a figure of the way comes from, "" for none."""
    import pandas as pd

    found = pd.Series("", index=origins.index)
    for name in way.indicators:
        found = found.where(origins[name].isin(["", own]), origins[name])
    return found


def _totals(way: Way, everybody: tuple[str, ...], values: "pd.DataFrame", second: "pd.Series[str]") -> "pd.Series[str]":
    """How the whole of another data set stands to that of the parts' own: agree, differ, unchecked; "" within one data set."""
    found = second.map({name: UNCHECKED if name else "" for name in second.unique()}).astype("str")
    if everybody and set(everybody) <= set(values.columns):
        own, other = values[list(everybody)].sum(axis=1, skipna=False), values[list(way.whole)].sum(axis=1, skipna=False)
        far = (own - other).abs() > other * TOTALS_PERCENT / 100
        found[(second != "") & own.notna()] = AGREE
        found[(second != "") & own.notna() & far] = DIFFER
    return found


def newest(found: "pd.DataFrame") -> "pd.DataFrame":
    """Of rows sorted by territory and year the newest year of each territory."""
    return found.drop_duplicates("territory", keep="last")


def wide(observations: Sequence[Observations], indicators: Collection[str]) -> "tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]":
    """Values, flags and data sets by (territory, year), one column an indicator, only where there is a value; sorted.

    A cell that holds nothing but a flag counts as missing.
    """
    import pandas as pd

    parts = []
    for one in observations:
        kept = one.table[one.table["indicator"].isin(list(indicators)) & one.table["value"].notna()]
        parts.append(kept.astype({"indicator": "str", "territory": "str", "flags": "str", "year": "int64"}).assign(dataset=one.dataset))
    columns = ["indicator", "territory", "year", "value", "flags", "dataset"]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    table = table.drop_duplicates(["indicator", "territory", "year"]).set_index(["territory", "year", "indicator"]).sort_index()
    flags, origins = table["flags"].unstack(fill_value=""), table["dataset"].unstack(fill_value="")
    return table["value"].unstack().astype("float64"), flags, origins


def union(columns: "Sequence[pd.Series[str]]") -> "pd.Series[str]":
    """The letters that any of the columns has, row by row, sorted and each once."""
    joined = reduce(lambda one, other: one + other, columns)
    return joined.map({text: "".join(sorted(set(text))) for text in joined.unique()})


def _percent(way: Way, values: "pd.DataFrame") -> "pd.Series[float]":
    """The share in percent by that way; missing where a figure is missing or the whole is nobody."""
    part = values[list(way.plus)].sum(axis=1, skipna=False) - values[list(way.minus)].sum(axis=1, skipna=False)
    whole = values[list(way.whole)].sum(axis=1, skipna=False)
    return (100 * part / whole.where(whole > 0)).round(DECIMALS)
