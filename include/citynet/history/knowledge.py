"""When we knew what the history says: listings and statements are met in the order in which they became known.

What was captured later is added to the state. What became known late (an archived page of years ago, a statement on last spring, a
merger that a person recorded after lists had missed the body) makes a new fold; what that fold says again keeps the day on which it was
first known and the capture that decided it then, so that a change keeps its id, and what is new in it is known from that day on: since
the last list of the day was obtained, or from its beginning where none was. Where that capture is not believed any more, the change
keeps day and id and rests on the one that decides it without it. Days are days of knowledge, as `--as-of` asks for them.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from citynet.history.folding import ROLES, State, begin, extend, extends, history_of, told_ahead
from citynet.history.plan import Plan, changed_bodies, stated_by, stating_days
from citynet.history.sightings import FOREVER, Key, in_order, known_on, order_of, turning_days
from citynet.history.stays import Track
from citynet.history.undone import undone
from citynet.model import Change, ResolvedListing, Spell, written


def learn_all(plan: Plan, accepted: Sequence[ResolvedListing]) -> State:
    """The state of a network by all these listings and the plan's statements, in whatever order they are given.

    accepted: also the listings that were believed once, with the days of it: what follows without them is known since they are not.
    """
    turning: dict[str, list[ResolvedListing]] = {}
    for resolved in in_order(accepted):
        for day in turning_days(resolved):
            turning.setdefault(day, []).append(resolved)
    said_on = stating_days(plan)
    state, known = begin(stated_by(plan, "")), dict[str, ResolvedListing]()
    for day in sorted({*turning, *said_on}):
        new = [resolved for resolved in turning.get(day, ()) if resolved.listing.capture_id not in known]
        gone = [known.pop(r.listing.capture_id) for r in turning.get(day, ()) if r.listing.capture_id in known]
        known |= {resolved.listing.capture_id: resolved for resolved in new}
        again = any(known_on(resolved) < day for resolved in new)
        late = again or bool(gone) or (bool(new) and not extends(state, min(new, key=order_of)))
        now = stated_by(plan, day) if day in said_on else state.plan
        if late or _told_late(state, now):
            before, ceased = state, {r.listing.capture_id for r in gone}
            moment = max([f"{day}T00:00:00Z", *map(_obtained, new)])
            state = _learnt_anew(before, now, sorted(known.values(), key=order_of), moment, ceased)
            lost = undone(history_of(before).changes, history_of(state).changes, day, ceased | {r.listing.capture_id for r in new})
            state = replace(state, undone=(*before.undone, *lost))
        else:
            state = _learnt(state, now, new, day)
    return state


def learns(state: State, resolved: ResolvedListing) -> bool:
    """Whether the listing was both captured and known after what the state holds, and is believed still, so that it may be added."""
    day = known_on(resolved)
    return len(resolved.believed) < 2 and extends(state, resolved) and day >= state.known_on and day > state.late_on


def learn(state: State, resolved: ResolvedListing) -> State:
    """The state after a listing that `learns` admits; ValueError for another."""
    return replace(_as_known(state, extend(state, resolved), _obtained(resolved)), known_on=known_on(resolved))


def _obtained(resolved: ResolvedListing) -> str:
    """The instant since which what a listing says was known: when it was obtained, or later on the day on which it was let in."""
    return max(written(resolved.listing.known_at), f"{known_on(resolved)}T00:00:00Z")


def _learnt(state: State, plan: Plan, new: Sequence[ResolvedListing], day: str) -> State:
    """The state after what became known on a day: statements, and listings later than all that are folded."""
    state = replace(_as_known(state, replace(state, plan=plan), f"{day}T00:00:00Z"), known_on=day)
    for resolved in new:
        state = _as_known(state, extend(state, resolved), _obtained(resolved))
    return state


def _learnt_anew(state: State, plan: Plan, known: Sequence[ResolvedListing], moment: str, gone: AbstractSet[str]) -> State:
    """The state after a day on which something older became known or was not believed any more (gone): a new fold of what is known.

    moment: the instant since which what is new in it is known.
    """
    again = begin(plan)
    for resolved in known:
        again = extend(again, resolved)
    tracks = {key: _remembered(_seen_as(state, key), track, moment, gone) for key, track in again.tracks.items()}
    return replace(_as_known(state, replace(again, tracks=tracks), moment, gone), known_on=moment[:10], late_on=moment[:10])


def _as_known(before: State, after: State, moment: str, gone: AbstractSet[str] = frozenset()) -> State:
    """The state with each body that statements wait or waited for as it was known before, if it was.

    A listing of a day before a statement's that became known after it changes what the statement meets: that it ended a
    suspicion, say, which nobody had when it was made. What it comes to only now is known from this moment on.
    """
    told = told_ahead(after)
    met = [key for key in {*told, *before.told} if key in after.tracks]
    tracks = {key: _remembered(_seen_as(before, key), after.tracks[key], moment, gone) for key in met}
    told = {key: _remembered(_seen_as(before, key), track, moment, gone) for key, track in told.items()}
    return replace(after, tracks={**after.tracks, **tracks}, told=told) if tracks or told or after.told else after


def _seen_as(state: State, key: Key) -> Track | None:
    """The body as a view of the state shows it, closing apart; None where it has none."""
    return state.told.get(key, state.tracks.get(key))


def _told_late(state: State, plan: Plan) -> bool:
    """Whether a statement that is new in the plan belongs before the newest listing, or a change of a municipality is of a known body."""
    if state.newest is None or plan is state.plan:
        return False
    if any((place_id, role) in state.tracks for place_id in changed_bodies(state.plan, plan) for role in ROLES):
        return True
    new = {statement for said in plan.said.values() for statement in said if statement not in state.plan.said.get(statement.place_id, ())}
    return any(statement.order < state.newest.order or statement.place_id in state.merged for statement in new)


def _remembered(before: Track | None, after: Track, moment: str, gone: AbstractSet[str]) -> Track:
    """The track of a new fold with what was known before the moment as it was known then."""
    spells = list(before.ended) if before is not None else []
    ended = tuple(_ended_as_known(spells, before, spell, moment) for spell in after.ended)
    stay, last = after.stay, after.last
    if stay is not None:
        stay = replace(stay, known_from=_known_from(spells, before, stay.tie, (stay.from_latest, FOREVER), stay.known_from, moment))
    if last is not None and ended:
        last = replace(last, known_from=ended[-1].known_from)
    waiting = list(before.changes) if before is not None else []
    changes = tuple(_change_as_known(waiting, change, moment, gone) for change in after.changes)
    return replace(after, ended=ended, stay=stay, last=last, changes=changes)


def _ended_as_known(spells: Sequence[Spell], before: Track | None, found: Spell, moment: str) -> Spell:
    days = (found.from_latest, found.to_latest or FOREVER)
    known_from = _known_from(spells, before, found.tie, days, found.known_from, moment)
    same = [s for s in spells if s.tie == found.tie and s.cause == found.cause and _meet(days, (s.from_latest, s.to_latest or FOREVER))]
    known_to = same[0].known_to if same else _not_before(found.known_to, moment)
    return replace(found, known_from=known_from, known_to=max(known_from, known_to))


def _known_from(spells: Sequence[Spell], before: Track | None, tie: str, days: tuple[str, str], own: str, moment: str) -> str:
    """The first day on which a stay of these days was known under this tie, ended or open."""
    was = [s.known_from for s in spells if s.tie == tie and _meet(days, (s.from_latest, s.to_latest or FOREVER))]
    if before is not None and before.stay is not None and before.stay.tie == tie and _meet(days, (before.stay.from_latest, FOREVER)):
        was.append(before.stay.known_from)
    return min(was) if was else _not_before(own, moment)


def _change_as_known(waiting: list[Change], found: Change, moment: str, gone: AbstractSet[str]) -> Change:
    """The change as it was first known; each known one stands for one at most. Of the bounds the new fold knows better.

    What no capture decided is told by the day it was stated for: that day stays, though another statement says it of an earlier one.
    What a capture decided that is gone rests on the one that decides it now: nobody is led to a page held to be broken.
    """
    for was in waiting:
        if _what(was) == _what(found) and (not found.world or _meet((found.earliest, found.latest), (was.earliest, was.latest))):
            waiting.remove(was)
            latest = found.latest if was.evidence_capture_id else was.latest
            kept = replace(found, latest=latest, known_at=was.known_at, first_capture_id=was.first_capture_id)
            if was.evidence_capture_id in gone:
                return replace(kept, first_capture_id=was.first_capture_id or was.evidence_capture_id)
            return replace(kept, evidence_capture_id=was.evidence_capture_id, origin=was.origin)
    return replace(found, known_at=_not_before(found.known_at, moment))


def _what(change: Change) -> tuple[bool, str, str, str, str, str]:
    return change.world, change.change, change.cause, change.tie, change.before, change.after


def _meet(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _not_before(known_at: str, moment: str) -> str:
    return known_at if known_at[:10] >= moment[:10] else moment
