"""What must agree between figures of one territory and year, and how far it does: sums of counts, and published shares.

The bounds and the arithmetic are the same in the checks of a vintage, which look at one data set, and at release time.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from citynet.statistics import birthplace, citizenship
from citynet.statistics.shares import Measure, shares, wide
from citynet.statistics.values import Observations

if TYPE_CHECKING:
    import pandas as pd

SUMS = (
    (citizenship.NATIONALS, citizenship.FOREIGNERS, citizenship.POPULATION),
    (birthplace.NATIVE_BORN, birthplace.FOREIGN_BORN, citizenship.POPULATION),
)
"""What must add up where it is all published: (one, other, whole). Sums within one data set are declared in its file; here the whole
stands in another one than its parts."""
PUBLISHED: tuple[Measure, ...] = (citizenship.NON_EU_CITIZENS,)
"""The shares of which both a published figure and the counts behind it may be at hand."""
PERSONS = 1000
"""One person in this many may be missing in a sum: statistical offices round, and some do so cell by cell."""
POINTS = 0.1
"""Percentage points by which a published share may differ from one computed of the same territory and year (rounding)."""


def sum_gaps(parts: "pd.Series[float]", whole: "pd.Series[float]") -> "pd.DataFrame":
    """How many persons a sum is off, and how many it may be: gap, allowed; never negative."""
    return (parts - whole).abs().to_frame("gap").assign(allowed=(whole / PERSONS).clip(lower=1.0))


def share_gaps(published: "pd.Series[float]", computed: "pd.Series[float]") -> "pd.DataFrame":
    """How many points a published share is off the computed one, and how many it may be: gap, allowed; never negative."""
    return (published - computed).abs().round(6).to_frame("gap").assign(allowed=POINTS)


def identities(observations: Sequence[Observations]) -> "pd.DataFrame":
    """One row an identity, territory and year whose figures are all there: what, territory, year, gap, allowed; sorted.

    gap: persons for sums, percentage points for shares, never negative. observations: the data sets that are asked together, first
    the one of the parts. What stands in the first alone is told by the checks of its vintage and not here again.
    """
    import pandas as pd

    values, _, _ = wide(observations, {name for sums in SUMS for name in sums})
    parts = [_sum(values, *sums) for sums in SUMS if set(sums) <= set(values.columns)]
    parts += [_as_computed(measure, observations) for measure in PUBLISHED]
    columns = ["what", "territory", "year", "gap", "allowed"]
    rows = pd.concat(parts, ignore_index=True)[columns]
    return rows.sort_values(["territory", "year", "what"], ignore_index=True)


def _sum(values: "pd.DataFrame", one: str, other: str, whole: str) -> "pd.DataFrame":
    found = values[[one, other, whole]].dropna()
    return sum_gaps(found[one] + found[other], found[whole]).assign(what=f"{one} + {other} = {whole}").reset_index()


def _as_computed(measure: Measure, observations: Sequence[Observations]) -> "pd.DataFrame":
    """Published shares against the counts, without those of which the first data set has all that its own check asks for."""
    found = shares(measure, *observations).dropna(subset="gap").set_index(["territory", "year"])
    own, _, _ = wide(observations[:1], measure.indicators)
    asked = [*measure.everybody, *measure.ways[0].plus]
    if set(asked) <= set(own.columns):
        found = found[~found.index.isin(own[asked].dropna().index)]
    gaps = share_gaps(found["gap"], 0 * found["gap"])
    return gaps.assign(what=f"{measure.published} as computed").reset_index()
