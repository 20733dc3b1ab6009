"""What a recorded statement does to a membership."""

from dataclasses import replace

from citynet.history.statements import Statement
from citynet.history.stays import WORD, Stay, Track, end, happened, recorded, unsuspected


def stated(track: Track, said: Statement) -> Track:
    """Apply one statement: joined, left, not_left, on_hold or resumed."""
    if said.verdict == "joined":
        return _joined(track, said)
    if said.verdict == "left":
        return _left(track, said)
    if said.verdict == "not_left":
        return _not_left(track, said)
    return _hold(track, said)


def _joined(track: Track, said: Statement) -> Track:
    """Dates the open stay, or opens one that rests on this word until a listing shows the body."""
    when = (max(said.earliest, track.begins), max(said.latest, track.begins))
    stay = track.stay
    if stay is not None:
        if stay.announced:
            return track
        if said.earliest > stay.from_latest:  # the lists have it earlier; all that the word adds is that it was a member on that day
            return _not_left(track, said) if stay.absences or stay.doubted else track
        stay = replace(stay, from_earliest=when[0], from_latest=min(when[1], stay.from_latest))
        stay = replace(stay, joined_on=said.date, first_seen=False, announced=True, shown_by=stay.shown_by or WORD)
    else:
        stay = Stay(track.default_tie, "", *when, said.date, False, True, when[1], "", said.known_at, on_word=True, shown_by=WORD)
    change = "rejoined" if track.left_before else "joined"
    track = replace(track, stay=stay, lingering=False)
    return happened(track, said, change, "judgement", (stay.from_earliest, stay.from_latest), stay.tie, said.date)


def _left(track: Track, said: Statement) -> Track:
    stay = track.stay
    if stay is None:
        return track
    when = (said.earliest, said.latest)
    track = happened(track, said, "left", "judgement", when, stay.tie, said.date)
    track = end(track, when, said.known_at, "judgement")
    return replace(track, lingering=bool(stay.capture_id) and not stay.absences)


def _not_left(track: Track, said: Statement) -> Track:
    """Still a member on that day, whatever the page says: ends a suspicion, or takes back a departure by absence.

    The taken-back `left` is no longer among the changes; the record change says that it was.
    """
    cause = track.ended[-1].cause if track.stay is None and track.ended else ""
    stay, departed = track.stay, cause in ("not_seen", "source_restructured")
    if departed:
        stay = track.last
        lefts = [number for number, change in enumerate(track.changes) if change.world and change.change == "left" and cause == "not_seen"]
        kept = tuple(change for number, change in enumerate(track.changes) if number not in lefts[-1:])
        track = replace(track, ended=track.ended[:-1], changes=kept)
    if stay is None:
        return track
    before = "departed" if departed else stay.state
    if before in ("departed", "departure_suspected"):
        track = recorded(track, said, "corrected", "judgement", before, "listed", stay.tie)
    day = max(stay.member_on, said.latest)
    return replace(track, stay=replace(unsuspected(stay), member_on=day, on_word=True, shown_by=WORD))


def _hold(track: Track, said: Statement) -> Track:
    stay = track.stay
    if stay is None or (said.verdict == "on_hold") == bool(stay.hold):
        return track
    track = replace(track, stay=replace(stay, hold="judgement" if said.verdict == "on_hold" else ""))
    return happened(track, said, said.verdict, "judgement", (said.earliest, said.latest), stay.tie, said.date)
