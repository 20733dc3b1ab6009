"""How many printed names are matched to a place, by class: what precision costs, and for whom."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citynet.model import Row

DIMENSIONS = ("all", "network", "country", "place_kind", "municipality_size_class")
NOT_KNOWN = "not_known"
OPEN = ("review", "unknown")
"""The verdicts that leave a name without a place though it may be a city."""


@dataclass(frozen=True, slots=True)
class PrintedName:
    """One name of a network's list. verdict: resolved | review | unknown | not_a_city; judged: a person decided.

    classes: dimension -> the classes to which it may belong; one where that is known, none where it may be any of them.
    """

    verdict: str
    judged: bool
    classes: Mapping[str, frozenset[str]]

    def only_class(self, dimension: str) -> str:
        """The class to which it belongs, not_known where it may be one of several."""
        possible = self.classes.get(dimension, frozenset())
        return next(iter(possible)) if len(possible) == 1 else NOT_KNOWN

    def may_be(self, dimension: str, kind: str) -> bool:
        """Whether it may belong to the class."""
        possible = self.classes.get(dimension, frozenset())
        return not possible or kind in possible


def resolution_rates(names: Sequence[PrintedName], as_of: str) -> list[Row]:
    """Table resolution_rates, sorted by dimension and class."""
    return [row for dimension in sorted(DIMENSIONS) for row in _rows(names, dimension, as_of)]


def _rows(names: Sequence[PrintedName], dimension: str, as_of: str) -> list[Row]:
    counts: dict[str, Counter[str]] = {}
    for name in names:
        count = counts.setdefault(name.only_class(dimension), Counter())
        count[name.verdict] += 1
        count["judged"] += name.verdict == "resolved" and name.judged
    astray = [n for n in names if n.verdict in OPEN and n.only_class(dimension) == NOT_KNOWN]
    rows: list[Row] = []
    for kind, count in sorted(counts.items()):
        listed = count["resolved"] + count["review"] + count["unknown"]
        rows.append(
            {
                "dimension": dimension,
                "class": kind,
                "names": listed,
                **{column: count[column] for column in ("resolved", "judged", "review", "unknown", "not_a_city")},
                **_rates(kind, count["resolved"], listed, sum(n.may_be(dimension, kind) for n in astray)),
                "as_of": as_of,
            }
        )
    return rows


def _rates(kind: str, resolved: int, listed: int, astray: int) -> Row:
    """astray: the open names of no known class that may belong here. Names without a class are no class: they have no rate."""
    if kind == NOT_KNOWN or not listed:
        return {"rate": None, "rate_low": None, "rate_high": None}
    high = resolved / listed
    return {"rate": None if astray else high, "rate_low": resolved / (listed + astray), "rate_high": high}
