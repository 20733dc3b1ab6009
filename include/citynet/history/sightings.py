"""A resolved listing as the fold sees it: who is on the page, and which rows could be somebody we miss."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.history.differing import plain
from citynet.model import MAX_CANDIDATES, ListingRow, Resolution, ResolvedListing, written

SIDE_ROLES = frozenset({"board_seat", "project_partner", "awarded"})
"""Ties a body can have beside its membership; each is followed by itself."""

TIE_ORDER = ("full", "associate", "partner", "signatory", "candidate", "observer", "honorary", "unknown", "former")
"""Which tie holds where one page prints a body twice: the closest."""

SERVED, REBUILT = "served", "rebuilt"
"""Sorts of lists: as somebody served them, or made by us from stated facts. Two of different sorts may differ in coverage alone."""

FOREVER = "9999"
"""A day after all days."""

MEMBER = "member"
Key = tuple[str, str]
"""A body in one role: (place_id, "member" or one of SIDE_ROLES)."""


@dataclass(frozen=True, slots=True)
class Name:
    """An unresolved row: printed name without case and spacing, country code or "", the only places it can be (none told: anybody)."""

    name: str
    country: str
    candidates: tuple[str, ...] = ()

    def may_be(self, place_id: str, country: str) -> bool:
        """Whether the row can be this body under another spelling; without candidates, every body of its country can."""
        return place_id in self.candidates if self.candidates else not country or self.country in ("", country)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One body on one page. country: ISO code."""

    place_id: str
    tie: str
    name: str
    row: int
    joined_on: str
    on_hold: bool
    country: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One accepted listing. date, since: last and first day that it may show, the same where it is exact. sort: SERVED or REBUILT, which
    lists it compares with.

    unresolved: rows under review or unknown, and those that a rule takes for another kind of body; a person's `not_a_city` is an answer
    and not among them.
    """

    date: str
    since: str
    order: tuple[str, str]
    capture_id: str
    known_at: str
    origin: str
    sort: str
    complete: bool
    seen: Mapping[Key, Sighting]
    unresolved: frozenset[Name]


def role_of(tie: str) -> str:
    """The role a tie belongs to; ties of one role follow each other, roles stand beside each other."""
    return tie if tie in SIDE_ROLES else MEMBER


def in_order(accepted: Sequence[ResolvedListing], as_of: str = "") -> tuple[ResolvedListing, ...]:
    """Listings in order of capture, one a capture_id, as they were believed by the end of `as_of` (ISO date, "" = as they are); those
    known or believed later are left out."""
    one_each = {resolved.listing.capture_id: resolved for resolved in accepted}
    known = (_as_of(r, as_of) for r in one_each.values() if not as_of or known_on(r) <= as_of)
    return tuple(sorted(known, key=order_of))


def order_of(resolved: ResolvedListing) -> tuple[str, str]:
    """The place of a listing in time."""
    return written(resolved.listing.captured_at), resolved.listing.capture_id


def known_on(resolved: ResolvedListing) -> str:
    """The day (ISO) since which what a listing says was known: that on which we obtained it, or later that on which it was let in."""
    return resolved.believed[0] if resolved.believed else written(resolved.listing.known_at)[:10]


def turning_days(resolved: ResolvedListing) -> tuple[str, ...]:
    """The days (ISO) on which a listing began and ceased to be believed, by turns."""
    return resolved.believed or (known_on(resolved),)


def _as_of(resolved: ResolvedListing, day: str) -> ResolvedListing:
    by_then = tuple(turn for turn in resolved.believed if not day or turn <= day)
    return resolved if by_then == resolved.believed else replace(resolved, believed=by_then)


def might_be(unresolved: frozenset[Name], companions: frozenset[Name], place_id: str, country: str) -> bool:
    """Whether an unresolved row may be the missing body under another spelling.

    It may if the body is among its candidates, or, where it has none, if its country is the body's or not known; unless
    the same name once stood on a page together with the body (companions), or appeared when the body was missing already and others of
    its country went missing (folding): then it is somebody else. Without that
    exception one name that is never resolved would keep every departure of its country open for ever.
    """
    return any(row.may_be(place_id, country) for row in unresolved - companions)


def snapshot(resolved: ResolvedListing, complete_until: str = "") -> Snapshot:
    """The listing as the fold sees it. After `complete_until` it only confirms: nobody tends the page of a closed network."""
    listing = resolved.listing
    at = written(listing.captured_at)
    pairs = tuple(zip(listing.rows, resolved.resolutions, strict=True))
    return Snapshot(
        date=at[:10],
        since=listing.dated_from or at[:10],
        order=(at, listing.capture_id),
        capture_id=listing.capture_id,
        known_at=max(written(listing.known_at), f"{known_on(resolved)}T00:00:00Z"),
        origin=listing.origin,
        sort=REBUILT if listing.origin == "reconstructed" else SERVED,
        complete=listing.coverage == "complete" and (not complete_until or at[:10] <= complete_until),
        seen=_seen(pairs),
        unresolved=_unresolved(pairs),
    )


def _seen(pairs: tuple[tuple[ListingRow, Resolution], ...]) -> dict[Key, Sighting]:
    rank = {tie: number for number, tie in enumerate(TIE_ORDER)}
    found: dict[Key, Sighting] = {}
    for row, resolution in sorted(pairs, key=lambda pair: (rank.get(pair[0].tie, 0), pair[0].number)):
        if resolution.place_id:
            sighting = Sighting(
                resolution.place_id, row.tie, row.name_as_published, row.number, row.joined_on, row.on_hold, resolution.country
            )
            found.setdefault((resolution.place_id, role_of(row.tie)), sighting)
    return found


def _unresolved(pairs: tuple[tuple[ListingRow, Resolution], ...]) -> frozenset[Name]:
    """Unresolved rows; a printed country becomes a code where a resolved row of the page prints the same country.

    A row that a rule takes for another kind of body ("Karvina 1", a part of a city) may be the city that it names; a person's
    `not_a_city` is an answer.
    """
    if all(resolution.place_id for _, resolution in pairs):
        return frozenset()
    codes = {plain(row.country_as_published): resolution.country for row, resolution in pairs if resolution.place_id}
    codes.pop("", None)
    return frozenset(
        Name(
            plain(row.name_as_published),
            resolution.country or codes.get(plain(row.country_as_published), ""),
            found if len(found := resolution.candidates or _taken_for_another(resolution)) < MAX_CANDIDATES else (),
        )
        for row, resolution in pairs
        if not resolution.place_id and (resolution.verdict != "not_a_city" or _taken_for_another(resolution))
    )


def _taken_for_another(resolution: Resolution) -> tuple[str, ...]:
    """The places and bodies that the row may mean though a rule takes it for no city; none where no rule did."""
    by_rule = resolution.route.startswith(("marker:", "region:", "district:"))
    return resolution.suggestions if resolution.verdict == "not_a_city" and by_rule else ()
