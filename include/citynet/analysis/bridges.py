"""Table bridges: cities with seats in governing bodies of two networks, as far as anybody has told who sits there."""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations

from citynet.analysis.lists import Days, comparable
from citynet.model import Row


def bridges(bodies: Sequence[Row], related: AbstractSet[frozenset[str]], as_of: str) -> list[Row]:
    """One row for each city and pair of networks (network_a < network_b) in whose governing bodies it has, or had, a seat.

    bodies: rows of network_bodies. at_one_time is `yes` where the city is seen on both within 12 months, `not_known`
    elsewhere: that a seat is not seen later does not say that it was given up. related: pairs of one family or nested by rule.
    """
    seats: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in bodies:
        if row["governs"] and row["place_id"]:
            seats[str(row["place_id"])][str(row["network_id"])].append(row)
    return [
        {
            "place_id": place_id,
            "network_a": a,
            "network_b": b,
            "bodies_a": _joined(of[a], "body"),
            "bodies_b": _joined(of[b], "body"),
            **_seen(of[a], "a"),
            **_seen(of[b], "b"),
            "at_one_time": _at_one_time(of[a], of[b]),
            "nested_by_rule": frozenset((a, b)) in related,
            "sources": _joined([*of[a], *of[b]], "source"),
            "as_of": as_of,
        }
        for place_id, of in sorted(seats.items())
        for a, b in combinations(sorted(of), 2)
    ]


def _at_one_time(a: Sequence[Row], b: Sequence[Row]) -> str:
    known = [(one, other) for one in a for other in b if all(row[day] for row in (one, other) for day in ("seen_from", "seen_to"))]
    return "yes" if any(_together(one, other) for one, other in known) else "not_known"


def _together(a: Row, b: Row) -> bool:
    """Whether both are surely seen last at most 12 months apart, or each was held already when the other was seen last."""
    held_a, held_b = (str(row["seen_from"]) <= _last(other)[0] for row, other in ((a, b), (b, a)))
    return comparable(_last(a), _last(b)) or (held_a and held_b)


def _last(row: Row) -> Days:
    """First and last day that the newest list with the seat may show."""
    return str(row["dated_from"] or row["seen_to"]), str(row["seen_to"])


def _seen(rows: Sequence[Row], side: str) -> Row:
    """First and last day on which a seat is seen; None where no source has a day."""
    first = [str(row["seen_from"]) for row in rows if row["seen_from"]]
    last = [str(row["seen_to"]) for row in rows if row["seen_to"]]
    return {f"seen_from_{side}": min(first, default=None), f"seen_to_{side}": max(last, default=None)}


def _joined(rows: Sequence[Row], column: str) -> str:
    return "; ".join(sorted({str(row[column]) for row in rows}))
