"""What tables of today do not hold: changes of the world that were known once, and the names of bodies that no list names any more."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from citynet.history.undone import Undone
from citynet.model import Change, Row
from citynet.pipelines.membership_tables import change_id, change_row
from citynet.pipelines.names import Names
from citynet.pipelines.views import View

SUCCEEDED = frozenset({"merged", "split"})
"""Changes of our records by which a membership went on in another body: nobody left or joined."""


@dataclass(frozen=True, slots=True)
class Past:
    """undone: rows of membership_changes that were so once, each with record_id, the change of our records that says why it is not,
    undone_on, the day (ISO) from which it was not, and turned, the captures that were believed otherwise from that day on.

    places: place_id -> name with country, of the bodies that records name.
    """

    undone: Sequence[Row] = ()
    places: Mapping[object, str] = field(default_factory=dict)


NOTHING = Past()


def past(views: Sequence[View], names: Names) -> Past:
    """What the views know of the past: the changes that a person's decision on a list, or a merger recorded late, undid."""
    rows: list[Row] = []
    for seen in views:
        records = [change for change in seen.history.changes if not change.world]
        for one in seen.state.undone if seen.state is not None else ():
            mine = [change_id(record) for record in records if _says_why(record, one)]
            more = {"undone_on": one.on, "turned": "; ".join(one.turned)}
            rows += [{**change_row(one.change), "record_id": record_id, **more} for record_id in mine[:1]]
    bodies = {place_id for seen in views for change in seen.history.changes for place_id in _bodies(change)}
    return Past(rows, _called(bodies, names))


def _says_why(record: Change, one: Undone) -> bool:
    """Whether a change of our records is why a change of the world is known no more."""
    if record.known_at[:10] != one.on:
        return False
    if record.change in SUCCEEDED:
        return one.change.place_id == (record.before if one.change.change == "left" else record.place_id)
    of_this = (record.place_id, record.tie, record.before) == (one.change.place_id, one.change.tie, one.change.change)
    return of_this and (record.change, record.cause) == ("corrected", "judgement")


def _bodies(change: Change) -> tuple[str, ...]:
    return (change.before, change.after) if change.change in ("re_resolved", *SUCCEEDED) else ()


def _called(place_ids: Iterable[str], names: Names) -> dict[object, str]:
    found: dict[object, str] = {}
    for place_id in sorted(filter(None, place_ids)):
        with suppress(KeyError):  # neither gazetteer nor judgements have it any more
            place = names.place(place_id)
            found[place_id] = f"{place.name} ({place.country})" if place.country else place.name
    return found
