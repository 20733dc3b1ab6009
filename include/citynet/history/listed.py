"""What a listing does to a membership: the body is on the page, or a complete page is without it."""

from dataclasses import replace

from citynet.history.municipal import of_former_name
from citynet.history.periods import days_between, period
from citynet.history.sightings import Sighting, Snapshot, might_be
from citynet.history.stays import Stay, Track, confirmed, end, happened, recorded
from citynet.model import Departure


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
    for step in (_reappeared, _retied, _renamed, _held, _dated):
        track = step(track, row, page)
    return replace(track, stay=confirmed(track.stay, row, page)) if track.stay is not None else track


def off_page(track: Track, page: Snapshot, departure: Departure) -> Track:
    """A complete listing is without the body: count it, and end the stay at N such listings over D days.

    Not counted while an unresolved row may be the body (its identity on the page is not settled), nor while the stay
    rests on a person's word.
    """
    if might_be(page.unresolved, track.companions, track.place_id, track.country):
        return track
    stay = track.stay
    if stay is None or stay.on_word:
        return replace(track, lingering=False)
    stay = replace(stay, absences=stay.absences + 1, first_absent=stay.first_absent or page.date)
    track = replace(track, stay=stay)
    if stay.absences < max(1, departure.not_seen) or days_between(stay.first_absent, page.date) < departure.days:
        return track
    when = (stay.member_on, stay.first_absent)
    if stay.tie != "former":
        track = happened(track, page, "left", "not_seen", when, stay.tie)
    return end(track, when, page.known_at, "not_seen")


def _arrived(track: Track, row: Sighting, page: Snapshot, last_without: str) -> Track:
    """A new stay. A join is known from a printed date, or from two complete listings; else it is first_seen.

    After a complete listing without it, a body found on a partial page keeps that listing's date as from_earliest, yet
    stays first_seen for good, even when a complete listing later shows it: the page that first had it was an excerpt,
    perhaps of another kind of list, so the two pages do not compare.
    """
    printed = period(row.joined_on)
    if printed is not None and track.ended and printed[1] <= track.ended[-1].to_earliest:
        printed = None  # the page still prints the date of the first joining
    known = printed is not None or (page.complete and bool(last_without))
    announced = known and page.complete and row.tie != "former"
    when = (min(printed[0], page.date), min(printed[1], page.date)) if printed else (last_without, page.date)
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
    return plainly and row.tie == stay.tie and row.name == stay.name


def _reappeared(track: Track, row: Sighting, page: Snapshot) -> Track:
    stay = track.stay
    if stay is None or stay.state != "departure_suspected":
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
        track = happened(track, page, "left", "statement", when, stay.tie)
    else:
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


def _dated(track: Track, row: Sighting, page: Snapshot) -> Track:
    """The page prints a date of joining that we did not have: it dates the stay and, once, announces the join."""
    stay, printed = track.stay, period(row.joined_on)
    if stay is None or printed is None or stay.tie == "former" or (stay.from_earliest and printed[1] < stay.from_earliest):
        return track
    first = printed[0] if printed[0] <= stay.from_latest else stay.from_earliest
    stay = replace(stay, joined_on=row.joined_on, first_seen=False, from_earliest=first, from_latest=min(printed[1], stay.from_latest))
    if stay.announced or not page.complete:
        return replace(track, stay=stay)
    change = "rejoined" if track.left_before else "joined"
    track = replace(track, stay=replace(stay, announced=True))
    return happened(track, page, change, "printed_date", (stay.from_earliest, stay.from_latest), stay.tie, row.joined_on)
