"""Table 1 of the 2018 report against dated lists of the same networks, city by city: the one test that does not use the table alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from citynet.analysis.lists import COMPARABLE_MONTHS, within_months
from citynet.analysis.table1 import NETWORK_COLUMNS, Claim, Finding, Table

TABLE1_DATE = "2018-12-31"
"""Table 1 is of December 2018, the month that the report prints; it gives no day."""

RULE = (
    f"agrees if lists at most {COMPARABLE_MONTHS} months from December 2018 name every city that Table 1 marks and no other of its "
    "cities; differs if a complete one lacks a marked city, or any names a city that is not marked; what a partial "
    "list leaves out says nothing, a list further away decides nothing: not testable, the differences are named"
)


@dataclass(frozen=True, slots=True)
class DatedList:
    """What one listing of a network names, at its date (ISO).

    municipality_ids: the municipalities that its bodies are or lie in, whatever became of them since. unresolved: printed names
    without a place, each of which may be any city.
    """

    network_id: str
    list_date: str
    complete: bool
    municipality_ids: frozenset[str]
    unresolved: int


@dataclass(frozen=True, slots=True)
class _Compared:
    """One list beside the table's column. listed: the table's cities on it, in the table's order."""

    dated: DatedList
    listed: tuple[str, ...]

    @property
    def called(self) -> str:
        return f"{'' if self.dated.complete else 'partial '}list of {self.dated.list_date}"


def listed_claims(lists: Sequence[DatedList], places: Mapping[str, str], names: Mapping[str, str]) -> tuple[Claim, ...]:
    """One claim for each network of Table 1 that has a dated list besides it.

    places: city as the table prints it -> its municipality. names: network_id -> name of the network.
    """
    return tuple(
        Claim(
            f"listed_{network_id}",
            f"which cities are in {names.get(network_id, network_id)}",
            "Table 1",
            RULE,
            partial(_against_lists, network_id=network_id, lists=lists, places=places),
        )
        for network_id in NETWORK_COLUMNS
        if any(dated.network_id == network_id for dated in lists)
    )


def _against_lists(table: Table, network_id: str, lists: Sequence[DatedList], places: Mapping[str, str]) -> Finding:
    """Cities without a certain place are compared with no list, and named."""
    marked = [row["city"] for row in table if row[network_id] == "yes" and row["city"] in places]
    compared = _compared(table, [dated for dated in lists if dated.network_id == network_id], places)
    lost = [row["city"] for row in table if row[network_id] == "yes" and row["city"] not in places]
    note = _differences(marked, compared) + (f" Not matched to a place: {', '.join(lost)}." if lost else "")
    return Finding(_figure(marked, compared), "not_testable" if lost else _verdict(marked, compared), note.strip())


def _compared(table: Table, lists: Sequence[DatedList], places: Mapping[str, str]) -> list[_Compared]:
    """Each list with the table's cities on it, oldest first; a partial list with none of them says nothing of them."""
    found = [
        _Compared(dated, tuple(row["city"] for row in table if places.get(row["city"]) in dated.municipality_ids))
        for dated in sorted(lists, key=lambda dated: (dated.list_date, dated.complete, sorted(dated.municipality_ids)))
    ]
    return [item for item in found if item.listed or item.dated.complete]


def _figure(marked: Sequence[str], compared: Sequence[_Compared]) -> str:
    """How many marked cities are on each list, and on any where there are several."""
    if not compared:
        return f"0 of {len(marked)} marked cities on any list"
    first, *others = [(_count(marked, item.listed), item.called) for item in compared]
    on_each = [f"{first[0]} of {len(marked)} marked cities on the {first[1]}", *(f"{count} on the {called}" for count, called in others)]
    on_any = _count(marked, [city for item in compared for city in item.listed])
    return ", ".join([*on_each, f"{on_any} on any of them"] if others else on_each)


def _verdict(marked: Sequence[str], compared: Sequence[_Compared]) -> str:
    near = [item for item in compared if within_months(item.dated.list_date, TABLE1_DATE, COMPARABLE_MONTHS)]
    seen = {city for item in near for city in item.listed}
    lacking = [item for item in near if item.dated.complete and not item.dated.unresolved and not set(marked) <= set(item.listed)]
    if lacking or not seen <= set(marked):
        return "differs"
    return "agrees" if near and set(marked) <= seen else "not_testable"


def _differences(marked: Sequence[str], compared: Sequence[_Compared]) -> str:
    seen = {city for item in compared for city in item.listed}
    off = [city for city in marked if city not in seen]
    more = [f"{', '.join(extra)} ({item.called})" for item in compared if (extra := [c for c in item.listed if c not in marked])]
    complete = any(item.dated.complete for item in compared)
    missing = "Marked and on no list" if complete else "Marked and on no list, which is partial and may leave them out"
    sentences = [f"{missing}: {', '.join(off)}."] if off else []
    sentences += [f"On a list and not marked: {'; '.join(more)}."] if more else []
    return " ".join(sentences)


def _count(marked: Sequence[str], listed: Sequence[str]) -> int:
    return len(set(marked) & set(listed))
