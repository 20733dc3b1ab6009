"""What a release shows of one listing: its rows as printed, what became of each name, and the page behind them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One printed row. verdict: resolved | review | not_a_city | unknown; place_id "" unless resolved; route: the rule that decided.

    printed: what the page has where name or country were put right, "" elsewhere.
    """

    number: int
    name_as_published: str
    country_as_published: str
    kind_as_published: str
    tie: str
    page_url: str
    verdict: str
    place_id: str
    route: str
    printed: str = ""


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """One page of the capture. text: the markup as kept, only for pages this project rebuilt itself, else ""."""

    url: str
    sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One capture of a network. rows: empty where it was not read or where the network's terms forbid names."""

    network_id: str
    capture_id: str
    captured_at: str
    origin: str
    coverage: str
    outcome: str
    reason: str
    pages: tuple[EvidencePage, ...]
    rows: tuple[EvidenceRow, ...]
