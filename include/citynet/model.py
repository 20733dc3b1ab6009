"""The values that pass between rooms: frozen, comparable, of the standard library only.

Dates without a time are ISO strings `YYYY-MM-DD` ("" = unknown or open); instants are datetimes in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from citynet.registered import MEMBER_TIES as MEMBER_TIES
from citynet.registered import Departure as Departure
from citynet.registered import Expect as Expect
from citynet.registered import Network as Network
from citynet.registered import Page as Page
from citynet.registered import Relation as Relation

Row = dict[str, object]
"""One row of a published table: column -> str, int, float, bool or None (missing)."""
FALSE_DISCOVERIES = 0.05
"""At a q-value of at most this a finding counts as one, in every table and on every page."""


def instant(text: str) -> datetime:
    """The UTC instant written as `YYYY-MM-DDTHH:MM:SSZ`."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def written(at: datetime) -> str:
    """The instant as `YYYY-MM-DDTHH:MM:SSZ`, the only form in which instants are stored."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- captures and listings ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fetched:
    """One HTTP response as received. body: the payload as served (content-encoding undone). headers: lower-case names."""

    url: str
    method: str
    status: int
    content_type: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    final_url: str


def is_page(status: int) -> bool:
    """Whether an answer of this status carries the page asked for (203: through a proxy); no other answer's body is of use to anyone."""
    return status in (200, 203)


def is_gone(status: int) -> bool:
    """Whether an answer of this status says that there is no such page, now (404) or for good (410)."""
    return status in (404, 410)


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """One response of a capture as its manifest tells of it; the body is in the WARC, found by sha256."""

    url: str
    final_url: str
    status: int
    content_type: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Capture:
    """Everything fetched for one network (or one statistics source) in one go: a WARC file and this manifest.

    capture_id = <captured_at as YYYYMMDDTHHMMSSZ>-<first 12 hex of content_sha256>; content_sha256 is taken over the
    sorted (url, status, sha256) of the pages. origin: live | archived | reconstructed.
    """

    capture_id: str
    source_id: str
    captured_at: datetime
    known_at: datetime
    origin: str
    content_sha256: str
    warc_sha256: str
    pages: tuple[CapturedPage, ...]


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One member as printed, untouched. number counts from 1 over the whole listing; evidence: where on which page."""

    number: int
    name_as_published: str
    country_as_published: str
    kind_as_published: str
    tie: str
    page_url: str
    evidence: str
    joined_on: str = ""
    on_hold: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """The members as printed in one capture. coverage: complete | partial, as the page is, never raised.

    dated_from: first day that it may show, where its date is known roughly; "" where captured_at is exact.
    """

    network_id: str
    capture_id: str
    captured_at: datetime
    known_at: datetime
    origin: str
    coverage: str
    use: str
    rows: tuple[ListingRow, ...]
    printed_count: int | None = None
    dated_from: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """One question put to a capture before its differences may be membership changes.

    name: reached | layout | bounds | collapse | identities; asked in this order. required: a failure keeps the listing out.
    expected, seen: in words and numbers; seen "" where an earlier gate kept it from being asked (passed is then False).
    """

    name: str
    required: bool
    passed: bool
    expected: str
    seen: str


# --- places ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A body: place_id gn<id> | lau<CC><code> | x-<cc>-<slug>; country ISO 3166-1 alpha-2 ("XK" for Kosovo).

    population: the gazetteer's own figure (GeoNames; of a local unit without a settlement Eurostat's), used to tell namesakes
    apart and never published as a statistic. lau_code: the local administrative unit that it is, "" where it is none or that is
    not certain. regions: ids of the admin units it lies in (GeoNames admin1, admin2), largest first.
    """

    place_id: str
    name: str
    country: str
    place_kind: str
    municipality_id: str
    geonames_id: str
    latitude: float | None
    longitude: float | None
    population: int | None
    lau_code: str = ""
    regions: tuple[str, ...] = ()


MAX_CANDIDATES = 10
"""A resolution tells at most so many candidates; one with so many may be anybody of its country."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place under one of its names. own: it is its own name (GeoNames' primary name or the local unit's official one), not
    an alternate (an exonym, a short form, a former name)."""

    place: Place
    own: bool


@dataclass(frozen=True, slots=True)
class Region:
    """A region, district or other admin unit that is no municipality. level: 1 or 2, as GeoNames' admin1, admin2; sort: what
    the source calls it (Province, District municipality), "" where it says nothing."""

    region_id: str
    name: str
    country: str
    level: int
    sort: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of a printed name. verdict: resolved | review | not_a_city | unknown. place_id "" unless resolved.

    route: the rule that decided and the variant used; runner_up: next candidate's place_id; ratio: population of the
    answer over that of the runner-up; candidates: place_ids a reviewer should look at, of which the row is one; suggestions:
    place_ids with a similar name or under a reading that is not certain, any other place being as possible.
    """

    verdict: str
    place_id: str = ""
    geonames_id: str = ""
    place_kind: str = ""
    municipality_id: str = ""
    country: str = ""
    route: str = ""
    runner_up: str = ""
    ratio: float | None = None
    candidates: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedListing:
    """A listing with one resolution a row, in the same order. believed: the days (ISO) on which it began and ceased to be believed, by
    turns; none where it is believed since it is known, or never was."""

    listing: Listing
    resolutions: tuple[Resolution, ...]
    believed: tuple[str, ...] = ()


# --- judgements -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of include/judgements/*.csv. `where` is file:line, for messages; `values` its columns, as written."""

    where: str
    values: Mapping[str, str]


# --- history --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spell:
    """One body's stay in a network under one tie. Empty dates are unknown or open.

    state: listed | not_seen | departure_suspected | departed | on_hold. first_seen: True where no join is known and the
    body is only "listed at least since from_latest". not_seen: days with complete healthy captures without it, as counted towards leaving.
    heir: of an open stay the body that is on the list while this one is missing, where it may have been merged into that one.
    """

    network_id: str
    place_id: str
    tie: str
    state: str
    from_earliest: str
    from_latest: str
    to_earliest: str
    to_latest: str
    joined_on: str
    first_seen: bool
    last_confirmed_on: str
    known_from: str
    known_to: str
    evidence_capture_id: str
    cause: str
    not_seen: int
    evidence_row: int
    name_as_published: str
    heir: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One event on a membership. world: True for membership_changes, False for record_changes; the two never mix.

    earliest/latest: the interval in which it happened; printed_on: a date the source prints. before/after: what a
    record change replaced. known_at: when the deciding capture or judgement was known. origin: of the deciding capture.
    first_capture_id: the capture that decided it when it was first known, where that is not believed any more; its id rests on it.
    """

    world: bool
    network_id: str
    place_id: str
    tie: str
    change: str
    cause: str
    earliest: str
    latest: str
    printed_on: str
    known_at: str
    evidence_capture_id: str
    origin: str
    before: str = ""
    after: str = ""
    first_capture_id: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What a network's accepted listings and judgements add up to; each tuple sorted by its fields."""

    spells: tuple[Spell, ...]
    changes: tuple[Change, ...]
