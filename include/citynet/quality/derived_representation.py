"""What the tables on access, size, trends and sensitivity break in one row: column -> whether the row breaks that rule."""

from collections.abc import Callable, Mapping

from citynet.model import Row
from citynet.quality.derived_statistics import Pages, differ, number

_MAY_JOIN = ("municipalities", "residents")


def _access(row: Row, pages: Pages) -> dict[str, bool]:
    """A share is that of its counts, within its bounds; where there is none the row says why."""
    off = False
    for unit in _MAY_JOIN:
        every, joins, share = (number(row[name]) for name in (unit, f"{unit}_may_join", f"{unit}_may_join_percent"))
        off |= share is not None and differ(share, 100 * joins / every if joins is not None and every else None)
    known = row["municipalities_may_join_percent_low"] is not None
    return {"share_off": off, "unsaid": not known and row["not_computed_because"] is None and bool(number(row["municipalities"]))}


def _size(row: Row, pages: Pages) -> dict[str, bool]:
    """A reading only of an interval; "no relation larger than" with its number; a relation only where the widest interval excludes 1."""
    reading, low, high = row["reading"], number(row["widest_low"]), number(row["widest_high"])
    none = 0.5 if row["term"] == "capital" else 1.0
    across = low is None or (low <= none and (high is None or high >= none))
    return {
        "unsaid": (reading is None) == (row["not_computed_because"] is None),
        "not_so": (reading == "relation" and across) or (reading == "no_relation_larger_than") != (row["no_larger_than"] is not None),
    }


def _trend(row: Row, pages: Pages) -> dict[str, bool]:
    """Members of both ends and of one add up, and the change is their difference."""
    before, after, both, gone, come, change = (
        number(row[name]) for name in ("members_from", "members_to", "at_both", "only_from", "only_to", "change")
    )
    if before is None or after is None or change is None:
        return {"change_off": change is not None, "unsaid": row["not_computed_because"] is None}
    off = change != after - before or before != (both or 0) + (gone or 0) or after != (both or 0) + (come or 0)
    return {"change_off": off, "unsaid": False}


def _sensitivity(row: Row, pages: Pages) -> dict[str, bool]:
    """Survived means that the share under the alternative is on the same side of the bound; not computable has no share or no headline."""
    bound, published, other = (number(row[name]) for name in ("bound", "figure_published", "figure"))
    if bound is None or published is None or other is None:
        return {"survived_off": row["survived"] != "not_computable", "unsaid": row["not_computed_because"] is None}
    same = (published > bound) == (other > bound)
    return {"survived_off": row["survived"] != ("yes" if same else "no"), "unsaid": False}


OF_REPRESENTATION: Mapping[str, Callable[[Row, Pages], dict[str, bool]]] = {
    "access": _access,
    "headline_sensitivity": _sensitivity,
    "membership_trends": _trend,
    "size_and_membership": _size,
}
