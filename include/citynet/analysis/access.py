"""Who may join a network at all: exclusion by rule, which is published as access and never as under-representation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citynet.analysis.sentences import access_sentence
from citynet.analysis.strata import AT_LEAST_5000, DIMENSIONS, ELIGIBLE, Cell, Counts, strata
from citynet.model import Row

ALL = "all"


@dataclass(frozen=True, slots=True)
class Admitted:
    """What a network's dated rules admit. rule: in words, with its date; "" where none is recorded, which gives no figure.

    surely: the part of each cell that may join; perhaps: what else may, where a rule cuts through a cell that cannot be counted.
    """

    network_id: str
    rule: str
    surely: Sequence[Cell]
    perhaps: Sequence[Cell] = ()


@dataclass(frozen=True, slots=True)
class _Counted:
    """Municipalities or residents of each class: all, those that surely may join, and those that may or may not."""

    every: Mapping[str, int]
    surely: Mapping[str, int]
    perhaps: Mapping[str, int]


def access(
    admitted: Admitted, cells: Sequence[Cell], source: str, as_of: str, *, order: Sequence[str] = (), name: str = "", universe: str = ""
) -> list[Row]:
    """Share of municipalities and of residents that may join: one row for all, then one a class of each dimension, in its order.

    Of all municipalities in the source, of any size; cells without residents in the source are left out. share_low and share_high differ
    only where a rule cuts through cells. A network without a recorded rule has no figure, only the reason. universe: the municipalities of
    the source in words, with the countries it leaves out.
    """
    rows = []
    for dimension in (ALL, *DIMENSIONS):
        municipalities, residents = (_counted(admitted, cells, dimension, unit, order) for unit in ("municipalities", "residents"))
        for found in municipalities.every:
            row: Row = {
                "network_id": admitted.network_id,
                "dimension": dimension,
                "class": found,
                **_shares(municipalities, found, "municipalities", bool(admitted.rule)),
                **_shares(residents, found, "residents", bool(admitted.rule)),
                "rule": admitted.rule or None,
                "not_computed_because": None if admitted.rule else "no rule on who may join is recorded",
                "universe": universe or None,
                "universe_source": source,
                "as_of": as_of,
            }
            rows.append({**row, "sentence": access_sentence(row, name or admitted.network_id)})
    return rows


def _counted(admitted: Admitted, cells: Sequence[Cell], dimension: str, unit: str, order: Sequence[str]) -> _Counted:
    def totals(of: Sequence[Cell], kind: str) -> dict[str, int]:
        along = "country" if dimension == ALL else dimension
        made = strata(of, kind, along, "", "", order)
        counts: Counts = made.municipalities if unit == "municipalities" else made.residents
        each = {name: sum(of_class.values()) for name, of_class in counts.items()}
        return {ALL: sum(each.values())} if dimension == ALL else each

    return _Counted(totals(cells, AT_LEAST_5000), totals(admitted.surely, ELIGIBLE), totals(admitted.perhaps, ELIGIBLE))


def _shares(counted: _Counted, found: str, unit: str, shown: bool) -> Row:
    every, surely = counted.every.get(found, 0), counted.surely.get(found, 0)
    at_most = surely + counted.perhaps.get(found, 0)
    low, high = (100 * part / every if shown and every else None for part in (surely, at_most))
    return {
        f"{unit}": every,
        f"{unit}_may_join": surely if shown and surely == at_most else None,
        f"{unit}_may_join_percent": low if low == high else None,
        f"{unit}_may_join_percent_low": low,
        f"{unit}_may_join_percent_high": high,
    }
