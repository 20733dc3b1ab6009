"""When we knew what the history says: listings and statements are met in the order in which they became known.

What was captured later is added to the state. What became known late (an archived page of years ago, a statement on last
spring) makes a new fold; what that fold says again keeps the day on which it was first known and the capture that decided it
then, so that a change keeps its id, and what is new in it is known from that day on. Days are days of knowledge, as `--as-of`
asks for them.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from citynet.history.folding import State, begin, extend, extends
from citynet.history.plan import Plan, stated_by
from citynet.history.sightings import in_order, known_on, order_of
from citynet.history.stays import Track
from citynet.model import Change, ResolvedListing, Spell

FOREVER = "9999"


def learn_all(plan: Plan, accepted: Sequence[ResolvedListing]) -> State:
    """The state of a network by all these listings and the plan's statements, in whatever order they are given."""
    by_day = {day: tuple(found) for day, found in groupby(sorted(in_order(accepted), key=known_on), key=known_on)}
    said_on = {statement.known_at[:10] for said in plan.said.values() for statement in said}
    state, known = begin(stated_by(plan, "")), list[ResolvedListing]()
    for day in sorted({*by_day, *said_on}):
        new = by_day.get(day, ())
        known += new
        state = _learnt(state, stated_by(plan, day) if day in said_on else state.plan, known, new, day)
    return state


def learns(state: State, resolved: ResolvedListing) -> bool:
    """Whether the listing was both captured and known after what the state holds, so that it may be added to it."""
    day = known_on(resolved)
    return extends(state, resolved) and day >= state.known_on and day > state.late_on


def learn(state: State, resolved: ResolvedListing) -> State:
    """The state after a listing that `learns` admits; ValueError for another."""
    return replace(extend(state, resolved), known_on=known_on(resolved))


def _learnt(state: State, plan: Plan, known: Sequence[ResolvedListing], new: Sequence[ResolvedListing], day: str) -> State:
    late = bool(new) and not extends(state, min(new, key=order_of))
    if late or _told_late(state, plan):
        again = begin(plan)
        for resolved in sorted(known, key=order_of):
            again = extend(again, resolved)
        tracks = {key: _remembered(state.tracks.get(key), track, day) for key, track in again.tracks.items()}
        return replace(again, tracks=tracks, known_on=day, late_on=day)
    state = replace(state, plan=plan, known_on=max(day, state.known_on))
    for resolved in new:
        state = extend(state, resolved)
    return state


def _told_late(state: State, plan: Plan) -> bool:
    """Whether a statement that is new in the plan belongs before the newest listing."""
    if state.newest is None or plan is state.plan:
        return False
    new = {statement for said in plan.said.values() for statement in said if statement not in state.plan.said.get(statement.place_id, ())}
    return any(statement.order < state.newest.order or statement.place_id in state.merged for statement in new)


def _remembered(before: Track | None, after: Track, day: str) -> Track:
    """The track of a new fold with what was known before the day as it was known then."""
    spells = list(before.ended) if before is not None else []
    ended = tuple(_ended_as_known(spells, before, spell, day) for spell in after.ended)
    stay, last = after.stay, after.last
    if stay is not None:
        stay = replace(stay, known_from=_known_from(spells, before, stay.tie, (stay.from_latest, FOREVER), stay.known_from, day))
    if last is not None and ended:
        last = replace(last, known_from=ended[-1].known_from)
    waiting = list(before.changes) if before is not None else []
    changes = tuple(_change_as_known(waiting, change, day) for change in after.changes)
    return replace(after, ended=ended, stay=stay, last=last, changes=changes)


def _ended_as_known(spells: Sequence[Spell], before: Track | None, found: Spell, day: str) -> Spell:
    days = (found.from_latest, found.to_latest or FOREVER)
    known_from = _known_from(spells, before, found.tie, days, found.known_from, day)
    same = [s for s in spells if s.tie == found.tie and s.cause == found.cause and _meet(days, (s.from_latest, s.to_latest or FOREVER))]
    known_to = same[0].known_to if same else _not_before(found.known_to, day)
    return replace(found, known_from=known_from, known_to=max(known_from, known_to))


def _known_from(spells: Sequence[Spell], before: Track | None, tie: str, days: tuple[str, str], own: str, day: str) -> str:
    """The first day on which a stay of these days was known under this tie, ended or open."""
    was = [s.known_from for s in spells if s.tie == tie and _meet(days, (s.from_latest, s.to_latest or FOREVER))]
    if before is not None and before.stay is not None and before.stay.tie == tie and _meet(days, (before.stay.from_latest, FOREVER)):
        was.append(before.stay.known_from)
    return min(was) if was else _not_before(own, day)


def _change_as_known(waiting: list[Change], found: Change, day: str) -> Change:
    """The change as it was first known; each known one stands for one at most. Of the bounds the new fold knows better.

    What no capture decided is told by the day it was stated for: that day stays, though another statement says it of an earlier one.
    """
    for was in waiting:
        if _what(was) == _what(found) and (not found.world or _meet((found.earliest, found.latest), (was.earliest, was.latest))):
            waiting.remove(was)
            latest = found.latest if was.evidence_capture_id else was.latest
            return replace(found, latest=latest, known_at=was.known_at, evidence_capture_id=was.evidence_capture_id, origin=was.origin)
    return replace(found, known_at=_not_before(found.known_at, day))


def _what(change: Change) -> tuple[bool, str, str, str, str, str]:
    return change.world, change.change, change.cause, change.tie, change.before, change.after


def _meet(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _not_before(known_at: str, day: str) -> str:
    return known_at if known_at[:10] >= day else f"{day}T00:00:00Z"
