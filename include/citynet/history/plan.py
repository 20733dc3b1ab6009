"""What one network's listings are folded with: its rules, what people stated, and the changes of municipalities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.history.municipal import MunicipalChange, places_in_order, read_changes
from citynet.history.periods import period
from citynet.history.statements import Statement, read_statements
from citynet.model import Departure, Judgement, Network


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything but the listings that a history depends on.

    closing: the days in which the network closed, None while it is open; said: body -> its statements in order; changes:
    municipal changes, predecessors first; splits, renames: those of each body; successive: bodies of mergers and splits,
    predecessors first.
    """

    network_id: str
    default_tie: str
    departure: Departure
    closing: tuple[str, str] | None
    said: Mapping[str, tuple[Statement, ...]]
    changes: tuple[MunicipalChange, ...]
    splits: Mapping[str, tuple[MunicipalChange, ...]]
    renames: Mapping[str, tuple[MunicipalChange, ...]]
    successive: tuple[str, ...]

    @property
    def complete_until(self) -> str:
        """The last day on which a listing of the network can be complete, "" for any."""
        return self.closing[1] if self.closing else ""


def plan(network: Network, statements: Sequence[Judgement], municipal_changes: Sequence[Judgement] = (), as_of: str = "") -> Plan:
    """The plan by what was stated by the end of the day `as_of` ("" = all) and, if by then, the closing of the network.

    ConfigError: a statement or municipal change that cannot be read.
    """
    closing = _closing(network, as_of)
    changes = read_changes(municipal_changes, closing[1] if closing else "")
    said: dict[str, tuple[Statement, ...]] = {}
    for statement in read_statements(network.id, statements, as_of):
        said[statement.place_id] = (*said.get(statement.place_id, ()), statement)
    return Plan(
        network_id=network.id,
        default_tie=network.default_tie,
        departure=network.departure,
        closing=closing,
        said=said,
        changes=changes,
        splits=_by_place(changes, "split_into"),
        renames=_by_place(changes, "renamed"),
        successive=places_in_order(changes),
    )


def stated_by(plan: Plan, day: str) -> Plan:
    """The plan with what had been stated by the end of a day (ISO date)."""
    said = {place_id: tuple(s for s in found if s.known_at[:10] <= day) for place_id, found in plan.said.items()}
    return replace(plan, said={place_id: found for place_id, found in said.items() if found})


def _closing(network: Network, as_of: str) -> tuple[str, str] | None:
    """The days in which the network closed, as precise as its file says; ("", "") if it names no date."""
    if network.status != "closed":
        return None
    days = period(network.status_since) or ("", "")
    return None if as_of and days[0] > as_of else days


def _by_place(changes: Sequence[MunicipalChange], change: str) -> dict[str, tuple[MunicipalChange, ...]]:
    found: dict[str, tuple[MunicipalChange, ...]] = {}
    for one in changes:
        if one.change == change:
            found[one.place_id] = (*found.get(one.place_id, ()), one)
    return found
