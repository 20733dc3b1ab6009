"""A network with dated listings written by hand, as a release sees it."""

from citynet.model import Departure, Expect, History, Listing, ListingRow, Network, ResolvedListing, instant
from citynet.pipelines.names import Names
from citynet.pipelines.views import View

NETWORK = Network(
    id="net",
    name="Net",
    homepage="https://net.example",
    status="active",
    scope="transnational",
    relevance="migration_core",
    who_joins="body",
    publishes="list",
    coverage="complete",
    default_tie="full",
    ties={},
    pages=(),
    expect=Expect(),
    departure=Departure(),
    relations=(),
    status_since="",
    republish="names",
    protects_persons=False,
    sha256="0" * 64,
    facts={},
)
LEFT_OUT = {"inclusion": {"decision": "excluded", "reason": "an agency without members", "date": "2026-11-22"}}


def listing(names: Names, date: str, *printed: str, coverage: str = "complete", use: str = "current") -> ResolvedListing:
    """Printed: name, or name=tie; all of Germany or Austria."""
    at, rows = instant(f"{date}T12:00:00Z"), []
    for number, text in enumerate(printed, 1):
        name, _, tie = text.partition("=")
        rows.append(ListingRow(number, name, "AT" if name == "Graz" else "DE", "", tie or "full", "https://net.example", "li"))
    found = tuple(names.resolve(NETWORK, row.name_as_published, row.country_as_published) for row in rows)
    return ResolvedListing(Listing("net", f"{date}-{coverage}", at, at, "live", coverage, use, tuple(rows)), found)


def seen(*accepted: ResolvedListing, network: Network = NETWORK) -> View:
    return View(network, (), accepted, History((), ()), (), False)
