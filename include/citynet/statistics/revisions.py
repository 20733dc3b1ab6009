"""What a newer vintage of a data set changed against the one before: figures added, withdrawn and revised, and other flags."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from citynet.statistics.values import Observations

if TYPE_CHECKING:
    import pandas as pd

KEY = ["indicator", "territory", "year"]
COLUMNS = [*KEY, "what", "value_before", "value_after", "flag_before", "flag_after"]


def revisions(before: Observations, after: Observations, indicators: Collection[str]) -> "pd.DataFrame":
    """One row a figure that differs, sorted by indicator, territory and year: what is added | withdrawn | revised | flag_changed.

    indicators: those asked for in both. One that we began or ceased to ask for is our change, not the source's; one that the source
    withdrew is withdrawn figure by figure. A cell with a flag and no value is no figure.
    """
    both = _plain(before).merge(_plain(after), on=KEY, how="outer", suffixes=("_before", "_after"))
    both = both[both["indicator"].isin(sorted(indicators))]
    was, is_now = both["value_before"].notna(), both["value_after"].notna()
    flags = {name: both[f"flags_{name}"].fillna("") for name in ("before", "after")}
    made = both.assign(what="", flag_before=flags["before"], flag_after=flags["after"])
    made.loc[flags["before"] != flags["after"], "what"] = "flag_changed"
    made.loc[was & is_now & (both["value_before"] != both["value_after"]), "what"] = "revised"
    made.loc[~was & is_now, "what"] = "added"
    made.loc[was & ~is_now, "what"] = "withdrawn"
    found = made.loc[(made["what"] != "") & (was | is_now), COLUMNS]
    return found.sort_values(KEY, ignore_index=True)


def _plain(observed: Observations) -> "pd.DataFrame":
    """The columns without categories, which two vintages do not share."""
    return observed.table.astype({"indicator": "object", "territory": "object", "year": "int64", "flags": "object"})
