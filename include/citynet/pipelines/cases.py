"""What a question to a person is: the value that the review queue makes, shows, and matches answers with."""

import hashlib
from dataclasses import dataclass

from citynet.history.differing import Difference
from citynet.model import Network
from citynet.pipelines.second_opinion import Proposal


@dataclass(frozen=True, slots=True)
class Sight:
    """A capture as a person looks at it: its day (ISO), the addresses that were served, and how each page was to be read."""

    capture_id: str
    day: str
    pages: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldDeparture:
    """A member that is missing, and the body on the list that it is a part of today. shown, missed: days (ISO) of the newest list that
    shows it and of the first complete one without it."""

    place_id: str
    heir_id: str
    shown: str
    missed: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question. what: name | capture | reader | membership | merger; name: as printed (of a capture its id, of a reader the address
    of the page, of a membership or merger the name of the body); country: as places.csv would have it, the ISO code or "";
    printed_country: as printed; opened: date of the first accepted listing that shows it open, or of the (first) capture.

    capture_id, rows: where it stands now; seen: rows that print it, over all accepted listings. outcome: "" while open.
    proposal: of a reader, how the page may be read. beside_last: of a reader its members, of an open capture its bodies, beside the
    last accepted listing. sight, last_sight: the capture where it stands now, and that of the last accepted listing before it.
    missing: of a name the members missing from the newest complete list that it may be, none of whose absences count while it is open.
    lines: of a membership or merger what speaks for and against it, and at the end how it is answered. held: of a merger.
    captures: of a capture those that one answer is about, the newest last.
    """

    case_id: str
    what: str
    network: Network
    name: str
    country: str
    printed_country: str
    opened: str
    capture_id: str
    rows: tuple[int, ...]
    seen: int
    why: str
    candidates: tuple[str, ...] = ()
    outcome: str = ""
    proposal: Proposal | None = None
    beside_last: Difference | None = None
    sight: Sight | None = None
    last_sight: Sight | None = None
    missing: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    held: HeldDeparture | None = None
    captures: tuple[str, ...] = ()


def case_hash(*parts: str) -> str:
    """What tells a case from the others of its kind: the same as long as the question is the same."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]
