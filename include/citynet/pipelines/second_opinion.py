"""What the auto reader makes of a page that its configured reader can't read: a proposal for a person, never a listing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.history.differing import Difference, difference
from citynet.model import Capture, Fetched, Listing, ListingRow, Network, Page, ResolvedListing
from citynet.networks.registry import pages_at
from citynet.pipelines.auto import known
from citynet.pipelines.names import Names
from citynet.reading.auto import AutoRead, read_auto
from citynet.reading.following import next_part


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a page may be read: fields of the network file ("" and {} where no configured reader can), and the members that were
    found as (name, country, kind). refused: why nothing was found, "" where something was; confidence: 0 to 1.
    """

    page_url: str
    reader: str
    select: str
    options: Mapping[str, str]
    confidence: float
    refused: str
    members: tuple[tuple[str, str, str], ...]


def second_opinions(
    network: Network, capture: Capture, answers: Mapping[str, Fetched], names: Names, failing: frozenset[str]
) -> tuple[Proposal, ...]:
    """A proposal for each page whose address is among the failing ones; of a page that auto itself reads, only that it refused.

    Of a list that goes on at further addresses the first part is looked at: all parts are laid out alike.
    """
    asked = [page for page in pages_at(network, f"{capture.captured_at:%Y-%m-%d}") if page.url in failing]
    firsts = [(page, next_part(page, [], network.id)) for page in asked]
    return tuple(_proposal(page, answers[first.key], names) for page, first in firsts if first is not None)


def compared(network: Network, last: ResolvedListing, proposal: Proposal, names: Names) -> Difference:
    """The proposed members beside the last accepted listing, by what each name means today."""
    rows = tuple(
        ListingRow(number, name, country, kind, network.default_tie, proposal.page_url, "")
        for number, (name, country, kind) in enumerate(proposal.members, 1)
    )
    listing: Listing = replace(last.listing, rows=rows)
    found = tuple(names.resolve(network, row.name_as_published, row.country_as_published) for row in rows)
    return difference(last, ResolvedListing(listing, found), changes=())


def from_stored(stored: Sequence[Mapping[str, object]]) -> tuple[Proposal, ...]:
    """The proposals of a reading's document."""
    return tuple(Proposal(**{**one, "members": tuple(tuple(m) for m in one["members"])}) for one in stored)  # type: ignore[arg-type,attr-defined]


def _proposal(page: Page, answer: Fetched, names: Names) -> Proposal:
    if page.reader == "auto":
        return Proposal(page.url, "", "", {}, 0.0, "the page is read by auto, which found no list on it", ())
    found: AutoRead = read_auto(answer.body, answer.content_type, known(names.gazetteer))
    members = tuple((member.name, member.country, member.kind) for member in found.members)
    return Proposal(page.url, found.reader, found.select, dict(found.options), round(found.confidence, 3), found.refused, members)
