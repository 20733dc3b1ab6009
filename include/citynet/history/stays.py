"""One body in one network while its history is folded: the stay that is open, those that ended, and what became news."""

from dataclasses import dataclass, replace

from citynet.history.municipal import MunicipalChange
from citynet.history.sightings import Name, Sighting, Snapshot
from citynet.history.statements import Statement
from citynet.model import Change, Spell

WORD = "word"
"""Instead of a sort of lists: a person says that the body is a member."""


@dataclass(frozen=True, slots=True)
class Stay:
    """The open spell.

    member_on: last day on which a listing or a person surely shows the membership; listed_on: date of the last listing that does.
    announced: the join is among the changes. on_word: a person's word is the newest evidence, so missing from the page is no absence
    at first and never leaving, until a listing shows the body. shown_by: the sort of the newest complete listing that shows it, WORD
    where a person says so, "" while only excerpts do. absences, first_absent, absent_on: days with complete healthy listings without
    it, the first and the newest; absent_by: their sort. missing: the newest complete listing is without it, counted or not.
    printed_id: the body that the printed name means, another where a page still prints a municipality that was merged into this one.
    heir: the body that a list without this one shows, where it may be what became of it: then absences alone never end the stay.
    respelled, respelled_from, respelled_on: days with complete listings without it on which only open names that came with them may be
    it, the first and the newest; doubted: they are as many, over as many days, as absences that make a departure.
    """

    tie: str
    name: str
    from_earliest: str
    from_latest: str
    joined_on: str
    first_seen: bool
    announced: bool
    member_on: str
    listed_on: str
    known_from: str
    capture_id: str = ""
    row: int = 0
    absences: int = 0
    first_absent: str = ""
    hold: str = ""
    on_word: bool = False
    printed_id: str = ""
    shown_by: str = ""
    absent_on: str = ""
    absent_by: str = ""
    missing: bool = False
    heir: str = ""
    respelled: int = 0
    respelled_from: str = ""
    respelled_on: str = ""
    doubted: bool = False

    @property
    def state(self) -> str:
        """The state by the departure rule while the stay is open. A hold holds until the page shows the body without it, or it departs:
        missing as well does not make it a member that counts again."""
        if self.hold:
            return "on_hold"
        if self.absences > 1 or self.doubted:
            return "departure_suspected"
        return "not_seen" if self.absences or self.missing else "listed"


@dataclass(frozen=True, slots=True)
class Track:
    """A body in one role of one network. companions: unresolved rows once printed beside it, so not itself.

    last: the stay that ended last, kept so that a judgement can take its end back. lingering: declared to have left while
    the page still shows it; sightings mean nothing until a complete listing has been without it. renames: those of the body.
    shown_on: number of the newest listing that shows it, 0 where none does. said: how many of its statements were met.
    """

    network_id: str
    place_id: str
    country: str
    default_tie: str
    stay: Stay | None = None
    last: Stay | None = None
    ended: tuple[Spell, ...] = ()
    changes: tuple[Change, ...] = ()
    companions: frozenset[Name] = frozenset()
    lingering: bool = False
    renames: tuple[MunicipalChange, ...] = ()
    shown_on: int = 0
    said: int = 0

    @property
    def begins(self) -> str:
        """The first day on which a further stay can begin: none does before the end of the one before it."""
        return self.ended[-1].to_earliest if self.ended else ""

    @property
    def left_before(self) -> bool:
        """Whether an earlier stay ended by leaving, so that coming back is a return."""
        return any(spell.cause in ("not_seen", "statement", "judgement") and spell.tie != "former" for spell in self.ended)


def unsuspected(stay: Stay) -> Stay:
    """The stay without anything that was counted towards leaving."""
    counted = replace(stay, absences=0, first_absent="", absent_on="", absent_by="", missing=False, heir="")
    return replace(counted, respelled=0, respelled_from="", respelled_on="", doubted=False)


def confirmed(stay: Stay, row: Sighting, page: Snapshot) -> Stay:
    """The stay after a page that shows the body under this row. Written out, not by `replace`, which takes thrice the time: it is done
    for every row of every listing."""
    return Stay(
        tie=stay.tie,
        name=row.name,
        from_earliest=stay.from_earliest,
        from_latest=stay.from_latest,
        joined_on=stay.joined_on,
        first_seen=stay.first_seen,
        announced=stay.announced,
        member_on=page.since,
        listed_on=page.date,
        known_from=stay.known_from,
        capture_id=page.capture_id,
        row=row.row,
        hold=stay.hold,
        printed_id=row.place_id,
        shown_by=page.sort if page.complete else stay.shown_by,
    )


def confirmed_track(track: Track, stay: Stay, companions: frozenset[Name], shown_on: int) -> Track:
    """The track whose stay a page confirmed and that said nothing new; written out as `confirmed` is."""
    return Track(
        network_id=track.network_id,
        place_id=track.place_id,
        country=track.country,
        default_tie=track.default_tie,
        stay=stay,
        last=track.last,
        ended=track.ended,
        changes=track.changes,
        companions=companions,
        lingering=track.lingering,
        renames=track.renames,
        shown_on=shown_on,
        said=track.said,
    )


def spell(track: Track, stay: Stay, state: str, ended: tuple[str, str] = ("", ""), known_to: str = "", cause: str = "") -> Spell:
    """The published form of a stay."""
    return Spell(
        network_id=track.network_id,
        place_id=track.place_id,
        tie=stay.tie,
        state=state,
        from_earliest=stay.from_earliest,
        from_latest=stay.from_latest,
        to_earliest=ended[0],
        to_latest=ended[1],
        joined_on=stay.joined_on,
        first_seen=stay.first_seen,
        last_confirmed_on=stay.listed_on,
        known_from=stay.known_from,
        known_to=known_to,
        evidence_capture_id=stay.capture_id,
        cause=cause,
        not_seen=stay.absences,
        evidence_row=stay.row,
        name_as_published=stay.name,
        heir="" if state == "departed" else stay.heir,
    )


def begun_by(stay: Stay, day: str) -> Stay:
    """The stay where body or network had ended by the day: it had begun by then, for a later list or word shows that it was, not when."""
    if stay.from_latest <= day:
        return stay
    joined_on = stay.joined_on if stay.joined_on <= day else ""
    return replace(stay, from_earliest=min(stay.from_earliest, day), from_latest=day, joined_on=joined_on)


def end(track: Track, ended: tuple[str, str], known_to: str, cause: str) -> Track:
    """Close the open stay: state departed, whose cause says whether that was leaving (not_seen, statement, judgement) or not."""
    if track.stay is None:
        return track
    closed = spell(track, track.stay, "departed", ended, max(known_to, track.stay.known_from), cause)
    return replace(track, stay=None, last=track.stay, ended=(*track.ended, closed))


def happened(
    track: Track, by: Snapshot | Statement, change: str, cause: str, when: tuple[str, str], tie: str, printed: str = "", was: str = ""
) -> Track:
    """Add a change of the world. A statement is no capture: its changes carry no capture and no origin."""
    capture_id, origin = (by.capture_id, by.origin) if isinstance(by, Snapshot) else ("", "")
    event = Change(
        world=True,
        network_id=track.network_id,
        place_id=track.place_id,
        tie=tie,
        change=change,
        cause=cause,
        earliest=when[0],
        latest=when[1],
        printed_on=printed,
        known_at=_known_at(track, by),
        evidence_capture_id=capture_id,
        origin=origin,
        before=was,
        after=tie if was else "",
    )
    return replace(track, changes=(*track.changes, event))


def recorded(track: Track, by: Snapshot | Statement, change: str, cause: str, before: str, after: str, tie: str) -> Track:
    """Add a change of our record."""
    capture_id, origin = (by.capture_id, by.origin) if isinstance(by, Snapshot) else ("", "")
    date = by.date if isinstance(by, Snapshot) else by.latest
    event = Change(
        world=False,
        network_id=track.network_id,
        place_id=track.place_id,
        tie=tie,
        change=change,
        cause=cause,
        earliest="",
        latest=date,
        printed_on="",
        known_at=_known_at(track, by),
        evidence_capture_id=capture_id,
        origin=origin,
        before=before,
        after=after,
    )
    return replace(track, changes=(*track.changes, event))


def _known_at(track: Track, by: Snapshot | Statement) -> str:
    """When an event was known: not before the open stay was, nor before the end of the stay that it follows.

    A person may have told of it before we had a list, and a list of years ago that comes in today may turn it into a return.
    """
    after = (track.stay.known_from if track.stay is not None else "", track.ended[-1].known_to if track.ended else "")
    return max(by.known_at, *after)
