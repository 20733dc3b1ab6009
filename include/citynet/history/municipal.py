"""Mergers, splits and renames of municipalities: a membership goes on through them, so nobody joins or leaves by one."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import astuple, dataclass, replace
from graphlib import CycleError, TopologicalSorter

from citynet.errors import ConfigError
from citynet.history.periods import period
from citynet.model import Judgement

CHANGES = ("merged_into", "split_into", "renamed")


@dataclass(frozen=True, slots=True)
class MunicipalChange:
    """A dated change of one municipality; earliest, latest: the days in which it happened.

    successor_id: what it was merged into, or one of those it was split into; former_name: what it was called before. recorded_on: the
    day (ISO) on which a person recorded it, before which nobody knew; "" = always known.
    """

    place_id: str
    change: str
    successor_id: str
    former_name: str
    earliest: str
    latest: str
    recorded_on: str = ""


def read_changes(judgements: Sequence[Judgement], closed_by: str = "") -> tuple[MunicipalChange, ...]:
    """The recorded changes, predecessors before their successors, each once, as it was recorded first.

    closed_by: last day on which the network may have closed, "" while it is open; a later change finds no membership.
    ConfigError: an unknown change, a date that is none, successors that lead back to where they began.
    """
    found: dict[MunicipalChange, MunicipalChange] = {}
    for change in sorted(map(_change, judgements), key=astuple):
        found.setdefault(replace(change, recorded_on=""), change)
    return in_order([change for change in found.values() if not closed_by or change.earliest <= closed_by])


def in_order(changes: Sequence[MunicipalChange]) -> tuple[MunicipalChange, ...]:
    """The changes, predecessors before their successors; ConfigError where successors lead back to where they began."""
    rank = {place_id: number for number, place_id in enumerate(places_in_order(changes))}
    return tuple(sorted(changes, key=lambda change: (rank.get(change.place_id, 0), astuple(change))))


def recorded_on(line: Judgement) -> str:
    """The day (ISO) on which a person recorded a municipal change, "" where none is stated."""
    return line.values.get("decided_on", "")


def concerning(changes: Sequence[MunicipalChange], bodies: AbstractSet[str]) -> list[MunicipalChange]:
    """The changes (predecessors first) of these bodies and of those that took over from them."""
    reached, found = set(bodies), []
    for change in changes:
        if change.place_id in reached:
            reached.add(change.successor_id)
            found.append(change)
    return found


def heirs_on(changes: Sequence[MunicipalChange], day: str) -> Mapping[str, frozenset[str]]:
    """Each body that had been merged or split by the day (ISO date) -> the bodies that took over from it, directly or later."""
    heirs: dict[str, frozenset[str]] = {}
    for change in reversed(changes):  # successors come after their predecessors
        if change.successor_id and change.earliest <= day:
            later = heirs.get(change.successor_id, frozenset())
            heirs[change.place_id] = heirs.get(change.place_id, frozenset()) | {change.successor_id} | later
    return heirs


def of_former_name(renames: Sequence[MunicipalChange], before: str, after: str, on: str) -> bool:
    """Whether a printed name changed because the municipality did: it held the former name, and since the rename no longer does.

    on: date of the page that prints the new name. A page may be updated late, so there is no last day.
    """
    return any(on >= r.earliest and _holds(before, r.former_name) and not _holds(after, r.former_name) for r in renames)


def _change(line: Judgement) -> MunicipalChange:
    values = line.values
    days = period(values["date"])
    if values["change"] not in CHANGES or days is None:
        seen = f"{values['change']!r} and {values['date']!r}"
        raise ConfigError(f"{line.where}: expected a change of {', '.join(CHANGES)} and a date YYYY, YYYY-MM or YYYY-MM-DD; got {seen}")
    return MunicipalChange(values["place_id"], values["change"], values["successor_id"], values["former_name"], *days, recorded_on(line))


def places_in_order(changes: Sequence[MunicipalChange]) -> tuple[str, ...]:
    """Every place of a merger or split, predecessors first."""
    before: dict[str, set[str]] = {}
    for change in sorted(changes, key=astuple):
        if change.successor_id:
            before.setdefault(change.successor_id, set()).add(change.place_id)
    order = TopologicalSorter({place_id: sorted(found) for place_id, found in before.items()})
    try:
        return tuple(order.static_order())
    except CycleError as problem:
        raise ConfigError(
            f"municipal changes: expected successors that do not lead back, found {' -> '.join(problem.args[1])}"
        ) from problem


def _holds(printed: str, name: str) -> bool:
    """Whether the words of the name stand together in what is printed."""
    return f" {_words(name)} " in f" {_words(printed)} "


def _words(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))
