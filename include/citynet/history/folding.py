"""The fold as a value: what the listings so far have come to, and what one more listing makes of it.

One listing costs work in proportion to its rows and to the members at that time, whatever came before.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import attrgetter

from citynet.history.listed import as_before, off_page, on_page
from citynet.history.municipal import MunicipalChange, heirs_on
from citynet.history.plan import Plan
from citynet.history.sightings import MEMBER, SIDE_ROLES, Key, Name, Sighting, Snapshot, might_be, order_of, snapshot
from citynet.history.stated import stated
from citynet.history.stays import Track, begun_by, confirmed, confirmed_track, end, recorded, spell
from citynet.history.succession import Legacy, given_over, gone_already, merged, split, take_over
from citynet.history.undone import Undone
from citynet.history.unrecorded import heir_on
from citynet.model import Change, History, ResolvedListing, Spell

ROLES = (MEMBER, *sorted(SIDE_ROLES))
_SPELL_FIELDS = attrgetter(*Spell.__dataclass_fields__)
_CHANGE_FIELDS = attrgetter(*Change.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier complete listing is still needed for: since when bodies not on it may have joined.

    number: its place among the listings, from 1; since: first day that it may show; sort: which lists it compares with.
    """

    number: int
    since: str
    sort: str
    unresolved: frozenset[Name]


@dataclass(frozen=True, slots=True)
class State:
    """A network's history up to its newest listing. merged: bodies that a listing stands after the merger of.

    pages: how many listings; newest: the newest one without its rows, None before the first; earlier: the complete ones that a
    later arrival may be dated by, newest first. Statements on later days than the newest listing wait in the plan; told: the bodies
    they are about as they leave them, known as of today. known_on: the newest day of knowledge in it; late_on: the newest on which
    something older became known (citynet.history.knowledge); undone: what was known of the world once and is not any more, by day.
    """

    plan: Plan
    tracks: Mapping[Key, Track] = field(default_factory=dict)
    merged: frozenset[str] = frozenset()
    earlier: tuple[Earlier, ...] = ()
    newest: Snapshot | None = None
    pages: int = 0
    known_on: str = ""
    late_on: str = ""
    told: Mapping[Key, Track] = field(default_factory=dict)
    undone: tuple[Undone, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One page about to be met. merging: body -> the merger that this page is the first to stand after; accounted: country -> the
    new unresolved rows that bodies missing for the first time account for; companions: a body's companions so far -> those and the
    unresolved rows of this page (many bodies share one set)."""

    state: State
    page: Snapshot
    number: int
    merging: Mapping[str, MunicipalChange]
    accounted: Mapping[str, frozenset[Name]]
    companions: dict[frozenset[Name], frozenset[Name]]


def begin(plan: Plan) -> State:
    """The state before any listing."""
    return State(plan)


def extends(state: State, resolved: ResolvedListing) -> bool:
    """Whether the listing is later than all that are folded, so that it may be added."""
    return state.newest is None or order_of(resolved) > state.newest.order


def extend(state: State, resolved: ResolvedListing) -> State:
    """The state after one more accepted listing, later than all before; ValueError for an earlier one, which needs a new fold."""
    if not extends(state, resolved):
        raise ValueError(f"{resolved.listing.network_id}: listing {resolved.listing.capture_id} is not later than those folded before it")
    plan = state.plan
    page, merged_now = given_over(snapshot(resolved, plan.complete_until), state.merged, plan.changes)
    merging = {c.place_id: c for c in plan.changes if c.change == "merged_into" and c.place_id in merged_now - state.merged}
    turn = Turn(state, page, state.pages + 1, merging, _accounted(state, page, merging), {})
    tracks = dict(state.tracks)
    left: dict[Key, list[Legacy]] = {}
    for key in _in_turn(state, _concerned(turn), left):
        track, legacy = _met(turn, key, left.get(key, ()))
        tracks[key] = track
        for successor in _successors(turn, key[0]) if legacy is not None else ():
            left.setdefault((successor, key[1]), []).extend([legacy] if legacy is not None else [])
    return replace(
        state,
        tracks=tracks,
        merged=merged_now,
        earlier=_with(state.earlier, page, turn.number),
        newest=replace(page, seen={}, unresolved=frozenset()),
        pages=turn.number,
    )


def history_of(state: State) -> History:
    """Spells and changes: what the listings came to, statements on later days, and the closing of the network."""
    tracks = [_at_the_end(state, track) for track in {**state.tracks, **told_ahead(state), **state.told}.values()]
    found = {change for track in tracks for change in track.changes}
    return History(
        spells=spells_in_order(found for track in tracks for found in _spells(track)),
        changes=changes_in_order(found),
    )


def told_ahead(state: State) -> dict[Key, Track]:
    """The bodies about which statements wait for listings of their days, as these statements leave them."""
    waiting = [(place_id, MEMBER) for place_id in state.plan.said if place_id not in state.merged]
    return {key: _told(state, key, None) for key in waiting if _waiting(state, key, None)}


def spells_in_order(found: Iterable[Spell]) -> tuple[Spell, ...]:
    """Spells sorted by their fields, as a History holds them."""
    return tuple(sorted(found, key=_SPELL_FIELDS))


def changes_in_order(found: Iterable[Change]) -> tuple[Change, ...]:
    """Changes sorted by their fields, as a History holds them."""
    return tuple(sorted(found, key=_CHANGE_FIELDS))


def _concerned(turn: Turn) -> set[Key]:
    """The bodies that the page shows or lacks, or of which something was stated by its day; of merged ones all roles."""
    state, page = turn.state, turn.page
    open_ones = {key for key, track in state.tracks.items() if track.stay is not None or track.lingering}
    told = {(place_id, MEMBER) for place_id in state.plan.said if _waiting(state, (place_id, MEMBER), page.order)}
    ending = {(place_id, role) for place_id in turn.merging for role in ROLES}
    known = {key for key in ending if key in state.tracks or (key[1] == MEMBER and key[0] in state.plan.said)}
    return {key for key in chain(page.seen, open_ones, told, known) if key[0] not in state.merged}


def _in_turn(state: State, concerned: AbstractSet[Key], left: Mapping[Key, Sequence[Legacy]]) -> Iterable[Key]:
    """The bodies, each after those whose membership it may continue; `left` grows meanwhile by what these leave."""
    successive = set(state.plan.successive)
    yield from (key for key in concerned if key[0] not in successive)
    for place_id in state.plan.successive:
        if place_id not in state.merged:
            yield from (key for role in ROLES if (key := (place_id, role)) in concerned or key in left)


def _successors(turn: Turn, place_id: str) -> set[str]:
    found = {change.successor_id for change in turn.state.plan.splits.get(place_id, ())}
    return found | ({turn.merging[place_id].successor_id} if place_id in turn.merging else set())


def _met(turn: Turn, key: Key, legacies: Sequence[Legacy]) -> tuple[Track, Legacy | None]:
    """The body after the page, and what it leaves to its successors; a statement comes after the listings of its last day."""
    plan, page, merger = turn.state.plan, turn.page, turn.merging.get(key[0])
    row = page.seen.get(key)
    track = _told(turn.state, key, None if merger is not None else page.order)
    if row is not None and row.country and row.country != track.country:
        track = replace(track, country=row.country)
    if legacies:
        track = take_over(track, legacies, page, row)
    if merger is not None and not any((heir, key[1]) in page.seen for heir in heirs_on(plan.changes, page.date)[key[0]]):
        track = gone_already(track, merger, page, plan.departure)
    member = track.stay if track.stay is not None and track.stay.tie != "former" else None
    if merger is not None:
        legacy = Legacy(track.place_id, "merged", member, track.lingering, track.country, merger.earliest)
        return merged(track, merger, page), legacy
    splits = [change for change in plan.splits.get(key[0], ()) if page.date >= change.earliest]
    heritage = Legacy(track.place_id, "split", member, country=track.country) if splits and member is not None else None
    return (_shown(turn, track, row) if row is not None else _missed(turn, track, splits, key[1])), heritage


def _shown(turn: Turn, track: Track, row: Sighting) -> Track:
    beside = turn.companions.get(track.companions)
    if beside is None:
        new = not turn.page.unresolved <= track.companions
        beside = turn.companions[track.companions] = track.companions | turn.page.unresolved if new else track.companions
    if track.stay is not None and as_before(track, row):
        return confirmed_track(track, confirmed(track.stay, row, turn.page), beside, turn.number)
    arriving = track.stay is None and not track.lingering and not (track.ended and track.ended[-1].cause == "split")
    bound = _last_without(turn, track) if arriving else ""
    return on_page(replace(track, companions=beside, shown_on=turn.number), row, turn.page, bound)


def _accounted(state: State, page: Snapshot, merging: Mapping[str, MunicipalChange]) -> dict[str, frozenset[Name]]:
    """Country -> unresolved rows new on a complete page, where at least as many of its bodies are missing for the first time.

    Such a row is one of these under another name, not a body that was missing before it appeared. Without that, one renamed
    member whose new name nobody matches would keep every earlier departure of its country open for ever.
    """
    if not page.complete:
        return {}
    new = [row for row in page.unresolved - (state.earlier[0].unresolved if state.earlier else frozenset()) if not row.candidates]
    missing = Counter(
        track.country
        for key, track in (state.tracks.items() if new else ())
        if track.stay is not None and not track.stay.absences and key not in page.seen and key[0] not in merging
    )
    may_be = {country: frozenset(row for row in new if row.country in ("", country)) for country in missing if country}
    return {country: rows for country, rows in may_be.items() if 0 < len(rows) <= missing[country]}


def _missed(turn: Turn, track: Track, splits: Sequence[MunicipalChange], role: str) -> Track:
    page, plan = turn.page, turn.state.plan
    if not page.complete or (track.stay is None and not track.lingering):
        return track
    if track.stay is not None and track.stay.absences and track.country in turn.accounted:
        track = replace(track, companions=track.companions | turn.accounted[track.country])
    if splits and not might_be(page.unresolved, track.companions, track.place_id, track.country):
        heirs = [key for change in splits if (key := (change.successor_id, MEMBER)) in page.seen]
        goes_on = any(key not in turn.state.tracks or turn.state.tracks[key].stay is None for key in heirs)
        return replace(split(track, splits, page, goes_on=goes_on), lingering=False)
    before = turn.state.earlier[0].unresolved if turn.state.earlier else frozenset()
    respelled = not might_be(page.unresolved & before, track.companions, track.place_id, track.country)
    return off_page(track, page, plan.departure, heir_on(page, plan.heirs.get(track.place_id), track, role), respelled=respelled)


def _last_without(turn: Turn, track: Track) -> str:
    """First day that the newest complete listing without the body may show, if no listing since has shown it; "" if there is none.

    A list we rebuilt and a page as served do not compare: they may differ in coverage.
    """
    for before in turn.state.earlier:
        if before.number <= track.shown_on:
            return ""
        beside = track.companions | turn.page.unresolved
        if before.sort == turn.page.sort and not might_be(before.unresolved, beside, track.place_id, track.country):
            return before.since
    return ""


def _with(earlier: tuple[Earlier, ...], page: Snapshot, number: int) -> tuple[Earlier, ...]:
    """The earlier complete listings and this one, without those that it answers for: older, and as many rows left open or more."""
    if not page.complete:
        return earlier
    new = Earlier(number, page.since, page.sort, page.unresolved)
    return (new, *(old for old in earlier if old.sort != new.sort or not new.unresolved <= old.unresolved))


def _waiting(state: State, key: Key, until: tuple[str, str] | None) -> bool:
    said = state.plan.said[key[0]]
    met = state.tracks[key].said if key in state.tracks else 0
    return met < len(said) and (until is None or said[met].order < until)


def _told(state: State, key: Key, until: tuple[str, str] | None) -> Track:
    """The body after the statements on it that come before a page; None: after all."""
    plan = state.plan
    track = state.tracks.get(key) or Track(plan.network_id, key[0], "", plan.default_tie, renames=plan.renames.get(key[0], ()))
    said = plan.said.get(key[0], ()) if key[1] == MEMBER else ()
    while track.said < len(said) and (until is None or said[track.said].order < until):
        track = replace(stated(track, said[track.said]), said=track.said + 1)
    return track


def _at_the_end(state: State, track: Track) -> Track:
    return _closed(track, state.plan.closing, state.newest) if state.plan.closing and state.newest else track


def _closed(track: Track, closing: tuple[str, str], newest: Snapshot) -> Track:
    """End what is open with the network: no body left, so this is a change of the record only, known since it closed."""
    stay = track.stay
    if stay is None:
        return track
    ended = closing
    newest = replace(newest, known_at=max(newest.known_at, f"{closing[0]}T00:00:00Z" if closing[0] else ""))
    if closing[1] and stay.from_latest > closing[1]:  # first seen on a list printed after the closing
        track = replace(track, stay=begun_by(stay, closing[1]))
    elif closing[1] and closing[0] < stay.listed_on <= closing[1]:
        ended = (stay.listed_on, closing[1])  # shown in the very year or month in which the network closed
    track = recorded(track, newest, "network_closed", "registry", stay.state, "network_closed", stay.tie)
    return end(track, ended, newest.known_at, "network_closed")


def _spells(track: Track) -> tuple[Spell, ...]:
    return track.ended if track.stay is None else (*track.ended, spell(track, track.stay, track.stay.state, cause=track.stay.hold))
