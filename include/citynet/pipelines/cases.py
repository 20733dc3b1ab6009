"""What a question to a person is: the value that the review queue makes, shows, and matches answers with."""

import hashlib
from dataclasses import dataclass

from citynet.history.accepting import Difference
from citynet.model import Network
from citynet.pipelines.second_opinion import Proposal


@dataclass(frozen=True, slots=True)
class Case:
    """One question. what: name | capture | reader; name: as printed (of a capture its id, of a reader the address of the page);
    country: as places.csv would have it, the ISO code or ""; printed_country: as printed; opened: date of the first accepted
    listing that shows it open, or of the (first) capture.

    capture_id, rows: where it stands now; seen: rows that print it, over all accepted listings. outcome: "" while open.
    proposal, beside_last: of a reader, how the page may be read, and its members beside the last accepted listing.
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


def case_hash(*parts: str) -> str:
    """What tells a case from the others of its kind: the same as long as the question is the same."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]
