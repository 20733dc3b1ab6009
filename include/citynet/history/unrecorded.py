"""Mergers of municipalities that nobody recorded: a member that is missing while the municipality it is a part of today is on the list.

Absences alone can't tell such a member from one that left, so they never end its membership: a person does.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from citynet.history.municipal import MunicipalChange
from citynet.history.sightings import MEMBER, Sighting, Snapshot
from citynet.history.stays import Track


@dataclass(frozen=True, slots=True)
class UnrecordedMerger:
    """A municipality that is a part of another one today, since a day that nobody recorded.

    listed: the newest year (YYYY) in which it is known to have been a municipality of its own, "" where none is known.
    """

    place_id: str
    heir_id: str
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Heirs:
    """The bodies that a municipality may have been merged into, sorted; listed: see UnrecordedMerger."""

    place_ids: tuple[str, ...]
    listed: str


def heirs_of(mergers: Sequence[UnrecordedMerger], changes: Sequence[MunicipalChange], recorded: AbstractSet[str]) -> Mapping[str, Heirs]:
    """Place -> its heirs, with those that came after them by another such merger or a recorded change.

    recorded: bodies of which a person recorded a merger or split; what became of these is known, so they are left out.
    """
    into: dict[str, set[str]] = {}
    for change in changes:
        if change.successor_id:
            into.setdefault(change.place_id, set()).add(change.successor_id)
    unknown = [merger for merger in mergers if merger.place_id not in recorded and merger.heir_id != merger.place_id]
    for merger in unknown:
        into.setdefault(merger.place_id, set()).add(merger.heir_id)
    listed: dict[str, str] = {}
    for merger in unknown:
        listed[merger.place_id] = max(merger.listed, listed.get(merger.place_id, ""))
    return {place_id: Heirs(_reached(place_id, into), listed[place_id]) for place_id in sorted(listed)}


def heir_on(page: Snapshot, heirs: Heirs | None, track: Track, role: str) -> str:
    """The first heir that a page without the body shows as a member; "" where there is none, so that the body is missing like anybody.

    role: the body's; only of a membership can a person say that it has left. A former member has none to go on, and on a page of a year
    in which the body was a municipality still, its absence is no merger.
    """
    if heirs is None or role != MEMBER or track.stay is None or track.stay.tie == "former" or page.date[:4] < heirs.listed:
        return ""
    return next((heir for heir in heirs.place_ids if _is_member(page.seen.get((heir, MEMBER)))), "")


def _is_member(row: Sighting | None) -> bool:
    return row is not None and row.tie != "former"


def _reached(place_id: str, into: Mapping[str, AbstractSet[str]]) -> tuple[str, ...]:
    reached, waiting = set[str](), [place_id]
    while waiting:
        new = into.get(waiting.pop(), frozenset()) - reached
        reached |= new
        waiting += sorted(new)
    return tuple(sorted(reached - {place_id}))
