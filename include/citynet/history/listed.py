"""What a listing does to a membership: the body is on the page, or a complete page is without it."""

from dataclasses import replace

from citynet.history.municipal import of_former_name
from citynet.history.periods import days_between, period
from citynet.history.sightings import Sighting, Snapshot, might_be
from citynet.history.stays import WORD, Stay, Track, confirmed, end, happened, recorded
from citynet.model import Departure

NOT_COMPARED = "not on later lists"
"""What our record says of a body that only an excerpt, or a list of another sort, had shown."""


def on_page(track: Track, row: Sighting, page: Snapshot, last_without: str) -> Track:
    """The page shows the body. last_without: date of the newest earlier complete listing without it, "" if none.

    What stands beside the body (track.companions) is known by then. A partial page confirms and adds; it changes no tie, ends no
    hold and announces no join, be it printed: those would be read from an excerpt.
    """
    if track.lingering:
        return track
    if track.stay is None:
        return _arrived(track, row, page, last_without)
    if row.tie == "former" and track.stay.tie != "former" and not page.complete:
        return track
    for step in (_reappeared, _retied, _renamed, _held, _dated, _returned):
        track = step(track, row, page)
    return replace(track, stay=confirmed(track.stay, row, page)) if track.stay is not None else track


def off_page(track: Track, page: Snapshot, departure: Departure, heir: str = "", *, respelled: bool = False) -> Track:
    """A complete listing is without the body: count its day, and end the stay at N such days that span D.

    Not counted while an unresolved row may be the body (its identity on the page is not settled), nor in the D days after a person's
    word; until a listing shows the body that word keeps later absences from ending the stay, and they are only a suspicion. Listings of
    one day are one look, and those of another sort begin another count. heir: the body on the page that this one may have been merged
    into, "" for none: once it is counted beside one, absences are only a suspicion for good. respelled: the unresolved rows that may be
    the body all came with this page.
    """
    stay = track.stay
    fresh = stay is not None and stay.on_word and days_between(stay.member_on, page.date) < departure.days
    if might_be(page.unresolved, track.companions, track.place_id, track.country):
        return track if stay is None or fresh else replace(track, stay=_held_up(stay, page, departure, respelled=respelled))
    if stay is None or fresh:
        return replace(track, lingering=False)
    if stay.absences and page.sort == stay.absent_by:
        if page.date == stay.absent_on:
            return track
        counted = replace(stay, absences=stay.absences + 1, absent_on=page.date)
    else:
        counted = replace(stay, absences=1, first_absent=page.date, absent_on=page.date, absent_by=page.sort, missing=True)
    if heir and not counted.heir and not stay.on_word:
        counted = replace(counted, heir=heir)
    track = replace(track, stay=counted)
    if stay.on_word or counted.heir:
        return track
    if counted.absences < max(1, departure.not_seen) or days_between(counted.first_absent, page.date) < departure.days:
        return track
    return _gone(track, counted, page)


def _held_up(stay: Stay, page: Snapshot, departure: Departure, *, respelled: bool) -> Stay:
    """Not counted, for an open name may be the body. One name is one question; where it is another name each time, what a person answers
    on one holds for one list, so as many such lists over as many days as make a departure make it a suspicion, and no more than that."""
    if not respelled or stay.on_word or page.date == stay.respelled_on:
        return stay if stay.missing else replace(stay, missing=True)
    times, since = stay.respelled + 1, stay.respelled_from or page.date
    enough = times >= max(2, departure.not_seen) and days_between(since, page.date) >= departure.days
    counted = replace(stay, missing=True, respelled=times, respelled_from=since, respelled_on=page.date)
    return replace(counted, doubted=stay.doubted or enough)


def _gone(track: Track, stay: Stay, page: Snapshot) -> Track:
    """The end of a stay by absence. It is leaving only where a listing that compares with these, or a person, showed the membership:
    an excerpt may be of another kind of list, and a list we rebuilt of another coverage than those served. Else our record ends."""
    when = (stay.member_on, stay.first_absent)
    compares = stay.shown_by in (WORD, page.sort)
    if stay.tie != "former":
        track = (
            happened(track, page, "left", "not_seen", when, stay.tie)
            if compares
            else recorded(track, page, "source_restructured", "layout", "listed", NOT_COMPARED, stay.tie)
        )
    return end(track, when, page.known_at, "not_seen" if compares else "source_restructured")


def _arrived(track: Track, row: Sighting, page: Snapshot, last_without: str) -> Track:
    """A new stay. A join is known from a printed date, or from two complete listings; else it is first_seen.

    After a complete listing without it, a body found on a partial page keeps that listing's date as from_earliest, yet
    stays first_seen for good, even when a complete listing later shows it: the page that first had it was an excerpt,
    perhaps of another kind of list, so the two pages do not compare. Of a body that had left a complete page is a return in any case.
    """
    printed = _joining(track, row, page.date)
    without = last_without or (track.begins if track.left_before else "")
    same_stay = printed is None and bool(row.joined_on) and not track.left_before and bool(track.ended)  # only our record had ended
    known = printed is not None or (page.complete and bool(without) and not same_stay)
    announced = known and page.complete and row.tie != "former"
    first, latest = (printed[0], min(printed[1], page.date)) if printed else (last_without, page.date)
    when = (max(first or (without if announced else ""), track.begins), latest)
    stay = Stay(
        tie=row.tie,
        name=row.name,
        from_earliest=when[0],
        from_latest=when[1],
        joined_on=row.joined_on if printed else "",
        first_seen=not known,
        announced=announced,
        member_on=page.since,
        listed_on=page.date,
        known_from=page.known_at,
        capture_id=page.capture_id,
        row=row.row,
        hold="listing" if row.on_hold else "",
        printed_id=row.place_id,
        shown_by=page.sort if page.complete else "",
    )
    track = replace(track, stay=stay)
    if not announced:
        return track
    change = "rejoined" if track.left_before else "joined"
    return happened(track, page, change, "printed_date" if printed else "listing", when, row.tie, stay.joined_on)


def as_before(track: Track, row: Sighting) -> bool:
    """Whether the row says of the stay what was known: then `on_page` only confirms it, as for nearly all rows of a list."""
    stay = track.stay
    if stay is None or track.lingering:
        return False
    plainly = not (row.on_hold or stay.hold or row.joined_on) and stay.state != "departure_suspected"
    told = stay.announced or not (track.ended and track.left_before)
    return plainly and told and row.tie == stay.tie and row.name == stay.name


def _reappeared(track: Track, row: Sighting, page: Snapshot) -> Track:
    """Shown again: the suspicion was wrong, unless the page names the body as a former member."""
    stay = track.stay
    if stay is None or stay.state != "departure_suspected" or row.tie == "former" != stay.tie:
        return track
    return recorded(track, page, "corrected", "reappeared", "departure_suspected", "listed", stay.tie)


def _retied(track: Track, row: Sighting, page: Snapshot) -> Track:
    """Another tie: the stay splits. `unknown` is our lack of a tie, so leaving it is a change of the record.

    A row that still prints a municipality merged into this one says nothing of the tie that this one has.
    """
    stay = track.stay
    if stay is None or row.tie == stay.tie or row.place_id != track.place_id:
        return track
    if not stay.capture_id:  # opened by a statement that names no tie
        return replace(track, stay=replace(stay, tie=row.tie))
    if row.tie == "unknown" or not page.complete:
        return track
    if stay.tie == "unknown" and row.tie != "former":
        track = recorded(track, page, "source_restructured", "layout", "unknown", row.tie, row.tie)
        return replace(track, stay=replace(stay, tie=row.tie))
    when = (stay.member_on, page.date)
    if row.tie == "former":
        when = (stay.member_on, stay.first_absent or page.date)
        track = happened(track, page, "left", "statement", when, stay.tie)
    else:
        track = _returned(track, row, page)
        stay = track.stay or stay
        change = "rejoined" if stay.tie == "former" else "tie_changed"
        track = happened(track, page, change, "listing", when, row.tie, was=stay.tie)
    track = end(track, when, page.known_at, "statement" if row.tie == "former" else "tie_changed")
    return replace(track, stay=_split(stay, row, when, page.known_at))


def _split(stay: Stay, row: Sighting, when: tuple[str, str], known_at: str) -> Stay:
    opened = replace(stay, tie=row.tie, from_earliest=when[0], from_latest=when[1], known_from=known_at)
    return replace(opened, joined_on="", first_seen=False, announced=True)


def _renamed(track: Track, row: Sighting, page: Snapshot) -> Track:
    """Another printed name. A page that goes back to that of a merged municipality was not updated: no rename."""
    stay = track.stay
    if stay is None or not stay.name or stay.name == row.name or (row.place_id != track.place_id and row.place_id != stay.printed_id):
        return track
    municipal = row.place_id != stay.printed_id or of_former_name(track.renames, stay.name, row.name, page.date)
    return recorded(track, page, "renamed", "municipal_change" if municipal else "spelling", stay.name, row.name, stay.tie)


def _held(track: Track, row: Sighting, page: Snapshot) -> Track:
    """A printed hold begins and ends with its mark; a hold that a person recorded ends by a person."""
    stay = track.stay
    if stay is None:
        return track
    when = (stay.member_on, page.date)
    if row.on_hold and not stay.hold:
        return happened(replace(track, stay=replace(stay, hold="listing")), page, "on_hold", "listing", when, stay.tie)
    if not row.on_hold and stay.hold == "listing" and page.complete:
        return happened(replace(track, stay=replace(stay, hold="")), page, "resumed", "listing", when, stay.tie)
    return track


def _joining(track: Track, row: Sighting, by: str) -> tuple[str, str] | None:
    """The days of the printed date of joining; None where it tells nothing of this stay, which had begun on the day `by`.

    A later date is a renewal, a slip or another body's; one of an earlier stay is still printed by pages that tell the first joining.
    """
    printed = period(row.joined_on) if row.joined_on else None
    if printed is None or printed[0] > by:
        return None
    of_before = track.ended and (printed[1] <= track.begins or row.joined_on in {spell.joined_on for spell in track.ended})
    return None if of_before else printed


def _dated(track: Track, row: Sighting, page: Snapshot) -> Track:
    """The page prints a date of joining that we did not have: it dates the stay and, once, announces the join."""
    stay = track.stay
    printed = _joining(track, row, stay.from_latest) if stay is not None else None
    if stay is None or printed is None or stay.tie == "former" or (stay.from_earliest and printed[1] < stay.from_earliest):
        return track
    first = max(printed[0], track.begins)
    stay = replace(stay, joined_on=row.joined_on, first_seen=False, from_earliest=first, from_latest=min(printed[1], stay.from_latest))
    if stay.announced or not page.complete:
        return replace(track, stay=stay)
    change = "rejoined" if track.left_before else "joined"
    track = replace(track, stay=replace(stay, announced=True))
    return happened(track, page, change, "printed_date", (stay.from_earliest, stay.from_latest), stay.tie, row.joined_on)


def _returned(track: Track, row: Sighting, page: Snapshot) -> Track:
    """A body that had left stands on a complete page again, which an excerpt had shown first: now its return is told."""
    stay = track.stay
    if stay is None or stay.announced or not page.complete or "former" in (stay.tie, row.tie) or not track.left_before:
        return track
    stay = replace(stay, first_seen=False, announced=True, from_earliest=max(stay.from_earliest, track.begins))
    return happened(replace(track, stay=stay), page, "rejoined", "listing", (stay.from_earliest, stay.from_latest), stay.tie)
