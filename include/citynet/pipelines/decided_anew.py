"""Changes of our records by which a change of the world is taken back because a person decided on a list anew."""

from collections.abc import Iterable, Mapping, Sequence

from citynet.history.undone import Undone
from citynet.model import Change, Judgement


def decided_anew(undone: Iterable[Undone], decisions: Sequence[Judgement], origins: Mapping[str, str]) -> list[Change]:
    """One record for each change of the world that was not known any more from the day on which a person let in or took out a list.

    decisions: the lines of captures.csv. The evidence is the list that had decided, where the decision is on it.
    origins: capture_id -> origin.
    """
    found = []
    for one in undone:
        that_day = (one.change.network_id, one.on)
        mine = (line.values for line in decisions if (line.values["network_id"], line.values["date"]) == that_day)
        decided = {values["capture_id"] for values in mine} & {*one.turned}
        if decided:
            own = one.change.evidence_capture_id
            capture_id = own if own in decided else min(decided)
            found.append(_record(one, capture_id, origins.get(capture_id, "")))
    return found


def _record(one: Undone, capture_id: str, origin: str) -> Change:
    return Change(
        world=False,
        network_id=one.change.network_id,
        place_id=one.change.place_id,
        tie=one.change.tie,
        change="corrected",
        cause="judgement",
        earliest="",
        latest=one.on,
        printed_on="",
        known_at=f"{one.on}T00:00:00Z",
        evidence_capture_id=capture_id,
        origin=origin,
        before=one.change.change,
    )
