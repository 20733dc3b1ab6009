"""What one network's listings are folded with: its rules, what people stated, and the changes of municipalities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from citynet.history.municipal import MunicipalChange, in_order, places_in_order, read_changes, recorded_on
from citynet.history.periods import period
from citynet.history.statements import Statement, read_statements
from citynet.history.unrecorded import Heirs, UnrecordedMerger, heirs_of
from citynet.model import Departure, Judgement, Network


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything but the listings that a history depends on.

    closing: the days in which the network closed, None while it is open; said: body -> its statements in order; changes:
    municipal changes, predecessors first; splits, renames: those of each body; successive: bodies of mergers and splits,
    predecessors first; heirs: what municipalities may have been merged into though nobody recorded it, by unrecorded (such mergers,
    all) and recorded: body -> the day (ISO) on which a person recorded what became of it, "" = always known.
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
    heirs: Mapping[str, Heirs] = field(default_factory=dict)
    unrecorded: Sequence[UnrecordedMerger] = ()
    recorded: Mapping[str, str] = field(default_factory=dict)

    @property
    def complete_until(self) -> str:
        """The last day on which a listing of the network can be complete, "" for any."""
        return self.closing[1] if self.closing else ""


def plan(
    network: Network,
    statements: Sequence[Judgement],
    municipal_changes: Sequence[Judgement] = (),
    as_of: str = "",
    unrecorded: Sequence[UnrecordedMerger] = (),
) -> Plan:
    """The plan by what was stated and recorded by the end of the day `as_of` ("" = all) and, if by then, the closing of the network.

    ConfigError: a statement or municipal change that cannot be read.
    """
    closing = _closing(network, as_of)
    known = [line for line in municipal_changes if not as_of or recorded_on(line) <= as_of]
    recorded: dict[str, str] = {}
    for line in (line for line in known if line.values["change"] != "renamed"):
        place_id = line.values["place_id"]
        recorded[place_id] = min(recorded.get(place_id, recorded_on(line)), recorded_on(line))
    said: dict[str, tuple[Statement, ...]] = {}
    for statement in read_statements(network.id, statements, as_of):
        said[statement.place_id] = (*said.get(statement.place_id, ()), statement)
    begun = Plan(network.id, network.default_tie, network.departure, closing, said, (), {}, {}, (), unrecorded=unrecorded)
    return _with_changes(begun, read_changes(known, closing[1] if closing else ""), recorded)


def stated_by(plan: Plan, day: str) -> Plan:
    """The plan with what had been stated and recorded by the end of a day (ISO date)."""
    said = {place_id: tuple(s for s in found if s.known_at[:10] <= day) for place_id, found in plan.said.items()}
    changes = [change for change in plan.changes if change.recorded_on <= day]
    recorded = {place_id: on for place_id, on in plan.recorded.items() if on <= day}
    if (len(changes), len(recorded)) != (len(plan.changes), len(plan.recorded)):
        plan = _with_changes(plan, in_order(changes), recorded)
    return replace(plan, said={place_id: found for place_id, found in said.items() if found})


def stating_days(plan: Plan) -> set[str]:
    """The days (ISO) on which people stated or recorded what the plan holds; what was always known has none."""
    stated = {statement.known_at[:10] for said in plan.said.values() for statement in said}
    return stated | {*plan.recorded.values(), *(change.recorded_on for change in plan.changes)} - {""}


def changed_bodies(before: Plan, after: Plan) -> set[str]:
    """The bodies of which only one of two plans knows a change, or may have been merged into others by only one."""
    differ = {place_id for place_id in {*before.heirs, *after.heirs} if before.heirs.get(place_id) != after.heirs.get(place_id)}
    return differ | {change.place_id for change in {*before.changes} ^ {*after.changes}}


def _with_changes(plan: Plan, changes: tuple[MunicipalChange, ...], recorded: Mapping[str, str]) -> Plan:
    return replace(
        plan,
        changes=changes,
        splits=_by_place(changes, "split_into"),
        renames=_by_place(changes, "renamed"),
        successive=places_in_order(changes),
        heirs=heirs_of(plan.unrecorded, changes, recorded.keys()),
        recorded=recorded,
    )


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
