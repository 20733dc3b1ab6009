"""A network's state as a document for the store: two lines of JSON, what it was made for and the state itself.

Only a convenience: a document that is damaged, of another form or made for something else is no state, and the fold is done anew.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from typing import Any

from citynet.history.folding import Earlier, State
from citynet.history.plan import Plan
from citynet.history.sightings import Key, Name, Snapshot
from citynet.history.stays import Stay, Track
from citynet.history.undone import Undone
from citynet.model import Change, Spell

FORM = 6
"""Counts up when a state has other fields or means something else by them."""

_STAY, _SPELL, _CHANGE = (attrgetter(*kind.__dataclass_fields__) for kind in (Stay, Spell, Change))
_NEWEST = ("date", "since", "order", "capture_id", "known_at", "origin", "sort", "complete")


def as_document(state: State, made_for: str, captures: Sequence[str]) -> bytes:
    """The state of the plan `made_for` (a hash) by these captures in order; the same bytes for the same state."""
    names = sorted({name for found in _sets(state) for name in found}, key=lambda name: (name.name, name.country, name.candidates))
    number = {name: n for n, name in enumerate(names)}
    sets = sorted({tuple(sorted(number[name] for name in found)) for found in _sets(state)})
    place = {found: n for n, found in enumerate(sets)}

    def numbered(found: frozenset[Name]) -> int:
        return memo[found] if found in memo else memo.setdefault(found, place[tuple(sorted(number[name] for name in found))])

    memo: dict[frozenset[Name], int] = {}
    body = {
        "names": [[name.name, name.country, name.candidates] for name in names],
        "sets": sets,
        "tracks": [_track(key, track, numbered(track.companions)) for key, track in sorted(state.tracks.items())],
        "told": [_track(key, track, numbered(track.companions)) for key, track in sorted(state.told.items())],
        "merged": sorted(state.merged),
        "earlier": [[one.number, one.since, one.sort, numbered(one.unresolved)] for one in state.earlier],
        "newest": [getattr(state.newest, name) for name in _NEWEST] if state.newest is not None else None,
        "rest": [state.pages, state.known_on, state.late_on],
        "undone": [[_CHANGE(one.change), one.on, one.turned] for one in state.undone],
    }
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    head = {"form": FORM, "made_for": made_for, "captures": list(captures), "sha256": _sum(captures, text)}
    return json.dumps(head, separators=(",", ":"), sort_keys=True).encode() + b"\n" + text + b"\n"


def from_document(document: bytes, plan: Plan, made_for: str) -> tuple[State, tuple[str, ...]] | None:
    """The state and the captures it holds, in order; None where the document is not one of this form, made for this and undamaged."""
    head, _, text = document.partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError:
        return None
    text = text.removesuffix(b"\n")
    if not isinstance(told, dict) or (told.get("form"), told.get("made_for")) != (FORM, made_for):
        return None
    captures = told.get("captures")
    if not isinstance(captures, list) or told.get("sha256") != _sum(captures, text):
        return None
    return _state(json.loads(text), plan), tuple(captures)


def _sum(captures: Sequence[str], text: bytes) -> str:
    return hashlib.sha256(json.dumps(list(captures)).encode() + text).hexdigest()


def _sets(state: State) -> set[frozenset[Name]]:
    return {track.companions for track in chain(state.tracks.values(), state.told.values())} | {one.unresolved for one in state.earlier}


def _track(key: Key, track: Track, companions: int) -> list[Any]:
    stays = [None if stay is None else _STAY(stay) for stay in (track.stay, track.last)]
    ended, changes = [_SPELL(spell) for spell in track.ended], [_CHANGE(change) for change in track.changes]
    return [*key, track.country, *stays, ended, changes, companions, track.lingering, track.shown_on, track.said]


def _state(body: dict[str, Any], plan: Plan) -> State:
    names = [Name(name, country, tuple(candidates)) for name, country, candidates in body["names"]]
    sets = [frozenset(names[n] for n in numbers) for numbers in body["sets"]]
    pages, known_on, late_on = body["rest"]
    return State(
        plan=plan,
        tracks=dict(_tracked(stored, plan, sets) for stored in body["tracks"]),
        merged=frozenset(body["merged"]),
        earlier=tuple(Earlier(number, since, sort, sets[n]) for number, since, sort, n in body["earlier"]),
        newest=_newest(body["newest"]),
        pages=pages,
        known_on=known_on,
        late_on=late_on,
        told=dict(_tracked(stored, plan, sets) for stored in body["told"]),
        undone=tuple(Undone(Change(*change), on, tuple(turned)) for change, on, turned in body["undone"]),
    )


def _newest(stored: list[Any] | None) -> Snapshot | None:
    if stored is None:
        return None
    found = Snapshot(**dict(zip(_NEWEST, stored, strict=True)), seen={}, unresolved=frozenset())
    return replace(found, order=(found.order[0], found.order[1]))


def _tracked(stored: list[Any], plan: Plan, sets: Sequence[frozenset[Name]]) -> tuple[Key, Track]:
    place_id, role, country, stay, last, ended, changes, companions, lingering, shown_on, said = stored
    return (place_id, role), Track(
        network_id=plan.network_id,
        place_id=place_id,
        country=country,
        default_tie=plan.default_tie,
        stay=None if stay is None else Stay(*stay),
        last=None if last is None else Stay(*last),
        ended=tuple(Spell(*spell) for spell in ended),
        changes=tuple(Change(*change) for change in changes),
        companions=sets[companions],
        lingering=lingering,
        renames=plan.renames.get(place_id, ()),
        shown_on=shown_on,
        said=said,
    )
