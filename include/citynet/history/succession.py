"""What a merger or a split does to the memberships of the bodies: one ends without leaving, another goes on without joining."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from citynet.history.listed import off_page
from citynet.history.municipal import MunicipalChange
from citynet.history.sightings import TIE_ORDER, Key, Sighting, Snapshot
from citynet.history.stays import Stay, Track, begun_by, end, recorded
from citynet.model import Departure


@dataclass(frozen=True, slots=True)
class Legacy:
    """What a body that ends leaves to its successors at one page. change: merged | split; stay: its membership, None if it had none.

    lingering: it had left by declaration while the page still showed it. country: its own, known from a page that showed it.
    since: the first day on which the change can have been.
    """

    place_id: str
    change: str
    stay: Stay | None
    lingering: bool = False
    country: str = ""
    since: str = ""


def given_over(page: Snapshot, merged: frozenset[str], changes: Sequence[MunicipalChange]) -> tuple[Snapshot, frozenset[str]]:
    """The page with rows of merged bodies counting for their successors, and all that were merged by it.

    merged: bodies that an earlier page stands after the merger of. A page that still prints the old name was not updated: no
    evidence that the municipality exists, yet its row shows that the membership goes on. Where the merger is dated roughly, a
    complete page of these days stands after it if it lacks the body.
    """
    shown = {place_id for place_id, _ in page.seen}
    for change in changes:
        if change.change != "merged_into":
            continue
        if change.place_id not in merged and _stands_after(page, change, shown):
            merged |= {change.place_id}
        if change.place_id in merged and change.place_id in shown:
            page = _given_over(page, change)
            shown = {place_id for place_id, _ in page.seen}
    return page, merged


def take_over(track: Track, legacies: Sequence[Legacy], page: Snapshot, row: Sighting | None) -> Track:
    """Continue the memberships of bodies merged into this one, or split into it and others; row: where the page shows it.

    The longest of several goes on; a membership that the body has by itself stays as it is. Of a split body the membership
    goes on only where the page shows the successor. One that no page has shown lies in the country of the body before it.
    """
    track = replace(track, country=track.country or next((legacy.country for legacy in legacies if legacy.country), ""))
    for legacy in sorted(legacies, key=lambda legacy: (legacy.stay.from_earliest if legacy.stay else "9", legacy.place_id)):
        if legacy.stay is None:
            if legacy.lingering and track.stay is None and row is not None and row.place_id == legacy.place_id:
                track = replace(track, lingering=True)
        elif legacy.change == "merged" or (row is not None and track.stay is None):
            tie = row.tie if row is not None and row.tie != "former" and track.stay is None else legacy.stay.tie
            track = recorded(track, page, legacy.change, "municipal_change", legacy.place_id, track.place_id, tie)
            if track.stay is None:
                stay = _continued(track, replace(legacy.stay, tie=tie, known_from=page.known_at), row, legacy.since)
                track = replace(track, stay=stay, lingering=False)
    return track


def gone_already(track: Track, change: MunicipalChange, page: Snapshot, departure: Departure) -> Track:
    """The body before it is merged: where it was missing before the merger and the page, which shows no heir either, is the last that
    was wanting, it had left by itself, on its own days."""
    stay = track.stay
    if stay is None or not page.complete or not _was_missing(stay, change.earliest):
        return track
    counted = off_page(track, page, departure)
    return counted if counted.stay is None else track


def _was_missing(stay: Stay, day: str) -> bool:
    return bool(stay.absences) and stay.first_absent < day


def merged(track: Track, change: MunicipalChange, page: Snapshot) -> Track:
    """End the membership of a body that is no more; the record change stands with the successor."""
    return replace(_ended(track, change, page, "merged"), lingering=False)


def split(track: Track, changes: Sequence[MunicipalChange], page: Snapshot, *, goes_on: bool) -> Track:
    """End the membership of a body that was split, once a complete page lacks it.

    goes_on: as that of a successor from this page on, where it is recorded; else, also where each successor on the page is a
    member already, it is recorded here.
    """
    stay = track.stay
    if stay is not None and not goes_on:
        track = recorded(track, page, "split", "municipal_change", track.place_id, "", stay.tie)
    return _ended(track, changes[0], page, "split")


def _continued(track: Track, stay: Stay, row: Sighting | None, since: str) -> Stay:
    """The predecessor's stay as the successor's, dated like it but never into an earlier stay of the successor.

    announced: whatever date a page prints later, no join is news. The successor can be missing, and leave, only since the change.
    """
    stay = replace(stay, heir="", respelled=0, respelled_from="", respelled_on="", doubted=False)
    if _was_missing(stay, since):
        stay = replace(stay, absences=0, first_absent="", absent_on="", absent_by="")
    first, latest = max(stay.from_earliest, track.begins), max(stay.from_latest, track.begins)
    name = stay.name if row is None else ""  # the page's own spelling follows, and the merger is the reason for it
    dated = replace(stay, from_earliest=first, from_latest=latest, listed_on=max(stay.listed_on, latest))
    return replace(dated, member_on=max(stay.member_on, since), name=name, announced=True)


def _ended(track: Track, change: MunicipalChange, page: Snapshot, cause: str) -> Track:
    stay = track.stay
    if stay is None:
        return track
    when = _days_of(change, page, stay.member_on)
    return end(replace(track, stay=begun_by(stay, when[1])), when, page.known_at, cause)


def _stands_after(page: Snapshot, change: MunicipalChange, shown: AbstractSet[str]) -> bool:
    lacks = page.complete and page.date >= change.earliest and change.place_id not in shown
    return lacks or page.since >= change.latest


def _given_over(page: Snapshot, change: MunicipalChange) -> Snapshot:
    """The page with the merged body's rows as rows of the successor; its own row comes first, whatever the ties.

    A body shown as former member is no more: that tells of itself, not of the successor.
    """
    seen: dict[Key, Sighting] = {}
    for (place_id, role), row in page.seen.items():
        key = (change.successor_id if place_id == change.place_id else place_id, role)
        if place_id == change.place_id and row.tie == "former":
            continue
        seen[key] = min((found for found in (seen.get(key), row) if found), key=lambda found: _nearness(found, key[0]))
    return replace(page, seen=seen)


def _nearness(row: Sighting, place_id: str) -> tuple[bool, int, int]:
    return (row.place_id != place_id, TIE_ORDER.index(row.tie) if row.tie in TIE_ORDER else 0, row.row)


def _days_of(change: MunicipalChange, page: Snapshot, member_on: str) -> tuple[str, str]:
    """First and last day on which a membership can have passed on: those of the change, not after the page, not before member_on."""
    latest = min(change.latest, page.date)
    return min(max(change.earliest, member_on), latest), latest
