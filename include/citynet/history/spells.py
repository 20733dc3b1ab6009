"""The history of one network: its accepted listings and recorded statements, folded into spells and changes.

Missing from the page is not left. Per body: listed, not_seen after one complete healthy listing without it,
departure_suspected from the second, departed after N such listings over D days or by a statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace

from citynet.history.listed import off_page, on_page
from citynet.history.municipal import MunicipalChange, read_changes, renames_of, splits_of
from citynet.history.periods import period
from citynet.history.sightings import MEMBER, Key, Snapshot, might_be, snapshots
from citynet.history.stated import stated
from citynet.history.statements import Statement, read_statements
from citynet.history.stays import Track, end, recorded, spell
from citynet.history.succession import Legacy, Merger, keys_in_order, merged, split, succeeded, take_over
from citynet.model import Departure, History, Judgement, Network, ResolvedListing, Spell

Legacies = Mapping[int, Sequence[Legacy]]
"""Number of a page -> what bodies leave to others at it."""


@dataclass(frozen=True, slots=True)
class Course:
    """What one body meets in time. merger: the end it comes to, if any; splits: likewise; inherits: what others leave to it."""

    key: Key
    pages: Sequence[Snapshot]
    said: Sequence[Statement]
    departure: Departure
    inherits: Legacies
    merger: Merger | None
    splits: Sequence[MunicipalChange]


def fold(
    network: Network,
    accepted: Sequence[ResolvedListing],
    statements: Sequence[Judgement],
    *,
    as_of: str = "",
    municipal_changes: Sequence[Judgement] = (),
) -> History:
    """Spells and changes of a network from its accepted listings, statements and municipal changes, in whatever order they are given.

    as_of (ISO date): only listings and statements known by the end of that day, and a closing by then. A spell has ended exactly
    if its state is departed; the cause tells leaving (not_seen, statement, judgement) from tie_changed, merged, split and network_closed.
    Change ids are made where changes are published. ConfigError: a statement or municipal change that cannot be read.
    """
    closing = _closing(network, as_of)
    changes = read_changes(municipal_changes, closing[1] if closing else "")
    pages, mergers = succeeded(snapshots(accepted, closing[1] if closing else "", as_of), changes)
    said = read_statements(network.id, statements, as_of)
    countries = {key[0]: row.country for page in pages for key, row in page.seen.items()}
    keys = {key for page in pages for key in page.seen} | {(statement.place_id, MEMBER) for statement in said}
    left: dict[Key, dict[int, list[Legacy]]] = {}
    tracks = []
    for key in keys_in_order(keys, changes):
        mine = [statement for statement in said if key == (statement.place_id, MEMBER)]
        splits = splits_of(key[0], changes)
        start = Track(network.id, key[0], countries.get(key[0], ""), network.default_tie, renames=renames_of(key[0], changes))
        track, leaves = _follow(start, Course(key, pages, mine, network.departure, left.get(key, {}), mergers.get(key[0]), splits))
        for successor in {change.successor_id for change in (*splits, *([mergers[key[0]].change] if key[0] in mergers else []))}:
            for number, legacy in leaves.items():
                left.setdefault((successor, key[1]), {}).setdefault(number, []).append(legacy)
        tracks.append(_closed(track, closing, pages) if closing else track)
    found = {change for track in tracks for change in track.changes}
    return History(
        spells=tuple(sorted((found for track in tracks for found in _spells(track)), key=astuple)),
        changes=tuple(sorted(found, key=astuple)),
    )


def _follow(track: Track, course: Course) -> tuple[Track, dict[int, Legacy]]:
    """Walk through time, and what the body leaves to successors; a statement comes after the listings of its last day."""
    waiting = list(course.said)
    leaves: dict[int, Legacy] = {}
    for number, page in enumerate(course.pages):
        ends = course.merger is not None and number == course.merger.first_page
        while waiting and (ends or waiting[0].order < page.order):
            track = stated(track, waiting.pop(0))
        track = take_over(track, course.inherits.get(number, ()), page, page.seen.get(course.key))
        if course.merger is not None and ends:
            stay = track.stay if track.stay is not None and track.stay.tie != "former" else None
            return merged(track, course.merger.change, page), {number: Legacy(track.place_id, "merged", stay, track.lingering)}
        splits = [change for change in course.splits if page.date >= change.earliest]
        if splits and track.stay is not None and track.stay.tie != "former":
            leaves[number] = Legacy(track.place_id, "split", track.stay)
        track = _met(track, course, number, splits)
    for statement in waiting:
        track = stated(track, statement)
    return track, leaves


def _met(track: Track, course: Course, number: int, splits: Sequence[MunicipalChange]) -> Track:
    """What one page does to the membership."""
    page = course.pages[number]
    if course.key in page.seen:
        arriving = track.stay is None and not track.lingering and not (track.ended and track.ended[-1].cause == "split")
        bound = _last_without(track, course.key, course.pages[:number], page) if arriving else ""
        return on_page(track, page.seen[course.key], page, bound)
    if not page.complete or (track.stay is None and not track.lingering):
        return track
    if splits and not might_be(page.unresolved, track.companions, track.place_id, track.country):
        return replace(split(track, splits, page), lingering=False)
    return off_page(track, page, course.departure)


def _last_without(track: Track, key: Key, earlier: Sequence[Snapshot], page: Snapshot) -> str:
    """First day that the newest earlier complete listing without the body may show; "" if there is none."""
    for before in reversed(earlier):
        if key in before.seen:
            return ""
        if (
            before.complete
            and _of_one_kind(before, page)
            and not might_be(before.unresolved, track.companions | page.unresolved, track.place_id, track.country)
        ):
            return before.since
    return ""


def _of_one_kind(before: Snapshot, page: Snapshot) -> bool:
    """Whether a body new on the page can have joined since: a list we rebuilt and a page as served may differ in coverage."""
    return (before.origin == "reconstructed") == (page.origin == "reconstructed")


def _closing(network: Network, as_of: str) -> tuple[str, str] | None:
    """The days in which the network closed, as precise as its file says; ("", "") if it names no date."""
    if network.status != "closed":
        return None
    days = period(network.status_since) or ("", "")
    return None if as_of and days[0] > as_of else days


def _closed(track: Track, closing: tuple[str, str], pages: Sequence[Snapshot]) -> Track:
    """End what is open with the network: no body left, so this is a change of the record only."""
    stay = track.stay
    if stay is None or not pages:
        return track
    ended = closing
    if closing[1] and stay.from_latest > closing[1]:
        # First seen on a list printed after the closing: the stay had begun by the closing at the latest.
        track = replace(track, stay=replace(stay, from_earliest=min(stay.from_earliest, closing[1]), from_latest=closing[1]))
    elif closing[1] and closing[0] < stay.listed_on <= closing[1]:
        ended = (stay.listed_on, closing[1])  # shown in the very year or month in which the network closed
    track = recorded(track, pages[-1], "network_closed", "registry", stay.state, "network_closed", stay.tie)
    return end(track, ended, pages[-1].known_at, "network_closed")


def _spells(track: Track) -> tuple[Spell, ...]:
    return track.ended if track.stay is None else (*track.ended, spell(track, track.stay, track.stay.state, cause=track.stay.hold))
