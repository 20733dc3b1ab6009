"""How a figure moved over its newest years that can be compared: up to the last break of the series, and no further.

A series breaks at a year that the source flags b (break), where it moves faster than a territory that stays the same does (it was drawn
anew, and not always flagged), and for shares where the European Union was another one.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from citynet.statistics.shares import union

if TYPE_CHECKING:
    import pandas as pd

SERIES_START, BREAK_FLAG, JUMP, EU_DEFINITION = "series_start", "break_flag", "jump", "eu_definition"
BREAK_CAUSES = (BREAK_FLAG, JUMP, EU_DEFINITION)
"""Where several hold for one year, the first of these is named."""
SHARE_POINTS_A_YEAR = 3.0
"""Points a year beyond which a share has jumped. A share of 1 percent that becomes 1.2 has grown by a fifth and yet nothing is
wrong, so that shares are not measured in percent of themselves."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Beyond how much a year a series has jumped, taken as a yearly mean over years without a figure.

    unit: percent of the figure before (counts), or points (shares).
    """

    a_year: float
    unit: Literal["percent", "points"] = "percent"


def breaks(series: "pd.DataFrame", bound: Bound, beside: "pd.DataFrame | None" = None) -> "pd.DataFrame":
    """One row a break, sorted: territory, year, cause, year_before, value_before, value, percent_a_year.

    series: territory, year, value, flags, sorted and each once, with eu_definition for shares; a row without a value may carry the
    flag of a break all the same. beside: breaks of another series that are breaks of this one too (the population under a share).
    year: the first with a figure after the break. percent_a_year: the change over it, missing where the figure before is 0.
    """
    steps = _steps(series, bound, beside)
    columns = ["territory", "year", "cause", "year_before", "value_before", "value", "percent_a_year"]
    return steps.loc[steps["cause"] != "", columns].astype({"year_before": "int64"}).reset_index(drop=True)


def trends(series: "pd.DataFrame", bound: Bound, beside: "pd.DataFrame | None" = None) -> "pd.DataFrame":
    """One row a territory, its newest unbroken stretch: territory, first_year, last_year, years_observed, value_first, value_last,
    change_percent, change_percent_a_year, begins_with, break_year, break_percent_a_year, year_before, value_before, flags.

    As in `breaks`; changes are missing for a stretch of one year or one that begins with 0.
    """
    steps = _steps(series, bound, beside)
    steps["stretch"] = (steps["cause"] != "").groupby(steps["territory"]).cumsum()
    last = steps[steps["stretch"] == steps.groupby("territory")["stretch"].transform("max")]
    first = last.drop_duplicates("territory").set_index("territory")
    newest = last.drop_duplicates("territory", keep="last").set_index("territory")
    found = first[["year_before", "value_before"]].assign(
        first_year=first["year"],
        last_year=newest["year"],
        years_observed=last.groupby("territory").size(),
        value_first=first["value"],
        value_last=newest["value"],
        begins_with=first["cause"],
        break_percent_a_year=first["percent_a_year"],
        flags=_flags(last).reindex(first.index, fill_value=""),
    )
    found["begins_with"] = found["begins_with"].where(found["begins_with"] != "", SERIES_START)
    found["break_year"] = found["first_year"].where(found["begins_with"] != SERIES_START)
    return _with_changes(found.reset_index())


def yearly_percent(before: "pd.Series[float]", after: "pd.Series[float]", years: "pd.Series[float]") -> "pd.Series[float]":
    """Change in percent a year as the yearly (geometric) mean over the years between; missing where the figure before is not over 0."""
    ratio = after / before.where((before > 0) & years.notna())
    return 100 * (ratio ** (1 / years) - 1)


def jumped(before: "pd.Series[float]", after: "pd.Series[float]", years: "pd.Series[float]", bound: Bound) -> "pd.Series[bool]":
    """Whether a figure moved further than the bound a year, or from nobody to somebody; the one rule of trends and of checks."""
    if bound.unit == "points":
        return ((after - before) / years).abs() > bound.a_year
    return (yearly_percent(before, after, years).abs() > bound.a_year) | ((before == 0) & (after != before))


def _steps(series: "pd.DataFrame", bound: Bound, beside: "pd.DataFrame | None") -> "pd.DataFrame":
    """The figures in order, each with the one before it, the yearly change between them, and why it is a break ("" for none)."""
    plain = series.astype({"territory": "str", "flags": "str", "year": "int64"})
    steps = plain[plain["value"].notna()].reset_index(drop=True)
    before = steps.groupby("territory")[["year", "value"]].shift()
    years = steps["year"] - before["year"]
    steps["year_before"], steps["value_before"] = before["year"], before["value"]
    steps["percent_a_year"] = yearly_percent(before["value"], steps["value"], years)
    causes = {
        BREAK_FLAG: _marked(steps, plain[plain["flags"].str.contains("b", regex=False)]),
        JUMP: jumped(before["value"], steps["value"], years, bound),
        EU_DEFINITION: _other_union(steps),
    }
    if beside is not None:
        for cause in BREAK_CAUSES:
            causes[cause] |= _marked(steps, beside[beside["cause"] == cause])
    steps["cause"] = ""
    for cause in reversed(BREAK_CAUSES):
        steps.loc[causes[cause] & before["year"].notna(), "cause"] = cause
    return steps


def _marked(steps: "pd.DataFrame", marks: "pd.DataFrame") -> "pd.Series[bool]":
    """Whether a mark (territory, year) lies after the figure before and not after this one: a break in a year without a figure
    stands between the two beside it."""
    import pandas as pd

    ordered = steps[["territory", "year", "year_before"]].reset_index().sort_values(["year", "index"])
    known = marks[["territory", "year"]].assign(marked=marks["year"]).astype({"territory": "str", "year": "int64"}).sort_values("year")
    found = pd.merge_asof(ordered, known, on="year", by="territory").set_index("index").sort_index()
    return found["marked"] > found["year_before"]


def _other_union(steps: "pd.DataFrame") -> "pd.Series[bool]":
    """Whether the European Union was another one than in the figure before; never for a series to which it is nothing."""
    import pandas as pd

    if "eu_definition" not in steps.columns:
        return pd.Series(False, index=steps.index)
    before = steps.groupby("territory")["eu_definition"].shift()
    return steps["eu_definition"] != before


def _flags(last: "pd.DataFrame") -> "pd.Series[str]":
    """Territory -> every flag of its stretch, for those that have any."""
    flagged = last[last["flags"] != ""]
    return union([flagged.groupby("territory")["flags"].agg("".join)])


def _with_changes(found: "pd.DataFrame") -> "pd.DataFrame":
    long = (found["years_observed"] > 1) & (found["value_first"] > 0)
    years = (found["last_year"] - found["first_year"]).where(long)
    found["change_percent"] = 100 * ((found["value_last"] / found["value_first"]).where(long) - 1)
    found["change_percent_a_year"] = yearly_percent(found["value_first"], found["value_last"], years)
    return found


def series_of(table: "pd.DataFrame", indicator: str) -> "pd.DataFrame":
    """The series of one indicator in a table of Observations."""
    return table.loc[table["indicator"] == indicator, ["territory", "year", "value", "flags"]]
