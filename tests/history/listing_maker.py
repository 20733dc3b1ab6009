"""Short ways to write listings by hand in these tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from citynet.model import Departure, Expect, Judgement, Listing, ListingRow, Network, Resolution, ResolvedListing, instant


@dataclass(frozen=True)
class Printed:
    """One printed row. place: place_id, "" where unresolved; name and country default to it; candidates: what it may be."""

    place: str
    name: str = ""
    tie: str = "full"
    country: str = "DE"
    joined_on: str = ""
    on_hold: bool = False
    verdict: str = ""
    candidates: tuple[str, ...] = ()


def network(status: str = "active", since: str = "", not_seen: int = 3, days: int = 42) -> Network:
    return Network(
        id="net",
        name="Net",
        homepage="https://net.example",
        status=status,
        scope="transnational",
        relevance="migration_core",
        who_joins="body",
        publishes="list",
        coverage="complete",
        default_tie="full",
        ties={},
        pages=(),
        expect=Expect(),
        departure=Departure(not_seen, days),
        relations=(),
        status_since=since,
        republish="names",
        protects_persons=False,
        sha256="0" * 64,
        facts={},
    )


def listing(date: str, rows: Sequence[Printed | str], coverage: str = "complete", origin: str = "live") -> ResolvedListing:
    """A listing captured and known at noon of the date; a plain string is a resolved full member of Germany."""
    printed = [Printed(row) if isinstance(row, str) else row for row in rows]
    at: datetime = instant(f"{date}T12:00:00Z")
    lines = tuple(
        ListingRow(n, r.name or r.place, "", "", r.tie, "https://net.example/members", f"li {n}", r.joined_on, r.on_hold)
        for n, r in enumerate(printed, 1)
    )
    found = tuple(
        Resolution(r.verdict or ("resolved" if r.place else "unknown"), r.place, country=r.country, candidates=r.candidates)
        for r in printed
    )
    return ResolvedListing(Listing("net", f"cap-{date}-{coverage}", at, at, origin, coverage, "current", lines), found)


def unresolved(name: str, country: str = "", *candidates: str) -> Printed:
    return Printed("", name=name, country=country, candidates=candidates)


def said(place: str, verdict: str, date: str, decided_on: str = "2030-01-01") -> Judgement:
    values = {"network_id": "net", "place_id": place, "verdict": verdict, "date": date, "decided_on": decided_on}
    return Judgement("memberships.csv:2", {**values, "reviewer": "history-reviewer", "reason": "read", "evidence_url": "https://x.example"})
