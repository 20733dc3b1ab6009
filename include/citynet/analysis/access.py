"""Who may join a network at all: exclusion by rule, which is published as access and never as under-representation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from citynet.analysis.sentences import access_sentence
from citynet.analysis.strata import DIMENSIONS, Cell, class_of
from citynet.model import Row

ALL = "all"


@dataclass(frozen=True, slots=True)
class Admitted:
    """What a network's dated rules admit. rule: in words, with its date; "" where none is recorded, which gives no figure.

    surely: the part of each cell that may join; perhaps: what else may, where a rule cuts through a cell that cannot be counted.
    parents: the networks to which members must belong, id -> name: their rules are in those of the cells, membership there is not;
    countries: the only ones of the cells (ISO codes) whose municipalities the rules admit at any size, () for all.
    """

    network_id: str
    rule: str
    surely: Sequence[Cell]
    perhaps: Sequence[Cell] = ()
    parents: Mapping[str, str] = field(default_factory=dict)
    countries: Sequence[str] = ()


@dataclass(slots=True)
class _Total:
    """The municipalities of a class with their residents. unsized: those of which the source gives no residents."""

    municipalities: int = 0
    residents: int = 0
    unsized: int = 0


@dataclass(frozen=True, slots=True)
class _Counted:
    """Of each class: all, those that surely may join, and those that may or may not."""

    every: Mapping[str, _Total]
    surely: Mapping[str, _Total]
    perhaps: Mapping[str, _Total]


def access(
    admitted: Admitted, cells: Sequence[Cell], source: str, as_of: str, *, order: Sequence[str] = (), name: str = "", universe: str = ""
) -> list[Row]:
    """Share of municipalities and of residents that may join: one row for all, then one a class of each dimension, in its order.

    Of all municipalities of the cells, of any size. Cells without residents in the source are in the share of municipalities, and in
    that of residents neither above nor below the line. share_low and share_high differ only where a rule cuts through cells. A network
    without a recorded rule has no figure, only the reason. Where the rules admit some countries alone each row names them. universe:
    the municipalities in words; as_of: day of the rules.
    """
    rows = []
    for dimension in (ALL, *DIMENSIONS):
        counted = _Counted(*(_totals(of, dimension, order, as_of) for of in (cells, admitted.surely, admitted.perhaps)))
        for found, total in counted.every.items():
            row: Row = {
                "network_id": admitted.network_id,
                "dimension": dimension,
                "class": found,
                **_shares(counted, found, "municipalities", bool(admitted.rule)),
                **_shares(counted, found, "residents", bool(admitted.rule)),
                "municipalities_without_residents": total.unsized,
                "countries_admitted": ";".join(admitted.countries) or None,
                "must_belong_to": ";".join(sorted(admitted.parents)) or None,
                "rule": admitted.rule or None,
                "not_computed_because": None if admitted.rule else "no rule on who may join is recorded",
                "universe": universe or None,
                "universe_source": source,
                "as_of": as_of,
            }
            rows.append({**row, "sentence": access_sentence(row, name or admitted.network_id, list(admitted.parents.values()))})
    return rows


def _totals(cells: Sequence[Cell], dimension: str, order: Sequence[str], day: str) -> dict[str, _Total]:
    """Class -> its total, in the given order, others sorted behind; cells without a class along the dimension are left out."""
    totals = {ALL: _Total()} if dimension == ALL else {}
    for cell in cells:
        found = ALL if dimension == ALL else class_of(cell, dimension, day)
        if found:
            total = totals.setdefault(found, _Total())
            total.municipalities += cell.municipalities
            total.residents += cell.residents or 0
            total.unsized += cell.municipalities if cell.residents is None else 0
    names = [*(name for name in order if name in totals), *sorted(set(totals) - set(order))]
    return {name: totals[name] for name in names}


def _shares(counted: _Counted, found: str, unit: str, shown: bool) -> Row:
    every, surely, perhaps = (_count(of.get(found, _Total()), unit) for of in (counted.every, counted.surely, counted.perhaps))
    at_most = surely + perhaps
    total = counted.every[found]
    nothing_known = unit == "residents" and 0 < total.municipalities == total.unsized
    low, high = (100 * part / every if shown and every else None for part in (surely, at_most))
    return {
        f"{unit}": None if nothing_known else every,
        f"{unit}_may_join": surely if shown and surely == at_most and not nothing_known else None,
        f"{unit}_may_join_percent": low if low == high else None,
        f"{unit}_may_join_percent_low": low,
        f"{unit}_may_join_percent_high": high,
    }


def _count(total: _Total, unit: str) -> int:
    return total.municipalities if unit == "municipalities" else total.residents
