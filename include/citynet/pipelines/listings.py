"""From captures to listings: each capture read and checked once a recipe, and one fold that accepts or holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from citynet.history.accepting import Decision, compared_next
from citynet.history.believing import beliefs
from citynet.history.differing import difference
from citynet.history.municipal import read_changes
from citynet.model import Capture, Gate, Listing, Network, ResolvedListing
from citynet.pipelines import gates
from citynet.pipelines.fetching import readable
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside
from citynet.pipelines.readings import Reading, raise_unless_read, reading, resolve_listing

__all__ = ["Decided", "Reading", "decide", "raise_unless_read", "reading", "resolve_listing"]


@dataclass(frozen=True, slots=True)
class Decided:
    """A reading with its place in the fold. outcome: accepted | held | changed | refused; resolved: the listing that may be believed,
    None for one that is not read or refused, with the days on which it began and ceased to be.

    gone, come: bodies of the last accepted listing that this complete one lacks, and that it adds; None where that can't be said.
    gates: all of them in their order. last: the accepted listing that it is held against.
    """

    reading: Reading
    resolved: ResolvedListing | None
    outcome: str
    reason: str
    gone: int | None = None
    come: int | None = None
    gates: tuple[Gate, ...] = ()
    last: ResolvedListing | None = None


def decide(outside: Outside, network: Network, names: Names, kept: Sequence[Capture] | None = None) -> list[Decided]:
    """Every capture of a network in order of (captured_at, capture_id), read, resolved and accepted or not.

    kept limits the fold to these captures; None takes all that the store holds.
    """
    found = readable(outside.store, network.id) if kept is None else sorted(kept, key=lambda c: (c.captured_at, c.capture_id))
    readings = [reading(outside, network, capture, names) for capture in found]
    resolved = {r.listing.capture_id: r for r in _resolved(network, [r.listing for r in readings if r.listing is not None], names)}
    own = [j for j in names.judgements.captures if j.values["network_id"] == network.id]
    changes = names.judgements.municipal_changes
    well = [r for r in readings if r.outcome == "read"]
    doubts = {r.capture.capture_id: r.doubt for r in well if r.doubt}
    folded = beliefs(network, [resolved[r.capture.capture_id] for r in well], own, changes, doubts)
    decisions, resolved = {decision.capture_id: decision for decision in folded.decisions}, {**resolved, **folded.listings}
    last: ResolvedListing | None = None
    decided: list[Decided] = []
    for made in readings:
        listing, decision = resolved.get(made.capture.capture_id), decisions.get(made.capture.capture_id)
        one = _decided(made, listing, decision, last, names)
        decided.append(one)
        if one.outcome == "accepted" and listing is not None:
            last = compared_next(last, listing)
    return decided


def changed_layouts(decided: Sequence[Decided]) -> list[dict[str, bool]]:
    """Of each capture: address -> whether its layout differs from that of the newest capture before it that shows one there."""
    before: dict[str, str] = {}
    found = []
    for one in decided:
        layouts = one.reading.layouts
        found.append({url: before[url] != sha256 for url, sha256 in layouts.items() if url in before})
        before |= layouts
    return found


def _resolved(network: Network, found: Sequence[Listing], names: Names) -> list[ResolvedListing]:
    """The listings with what became of each printed name, each name asked for once and not once a listing."""
    if not found:
        return []
    rows = {(row.name_as_published, row.country_as_published): row for listing in found for row in listing.rows}
    answers = dict(zip(rows, resolve_listing(network, replace(found[-1], rows=tuple(rows.values())), names).resolutions, strict=True))
    return [
        ResolvedListing(listing, tuple(answers[row.name_as_published, row.country_as_published] for row in listing.rows))
        for listing in found
    ]


def _decided(
    made: Reading, listing: ResolvedListing | None, decision: Decision | None, last: ResolvedListing | None, names: Names
) -> Decided:
    if listing is not None and decision is not None:
        outcome = "accepted" if decision.accepted else "held"
        asked = gates.in_order([*made.gates, *decision.gates])
        return Decided(made, listing, outcome, decision.reason, decision.gone, decision.come, asked, last)
    gone = come = None
    if listing is not None and last is not None and listing.listing.coverage == "complete":
        found = difference(last, listing, changes=read_changes(names.judgements.municipal_changes))
        gone, come = len(found.gone), len(found.come)
    return Decided(made, None, made.outcome, made.reason, gone, come, gates.in_order(made.gates), last)
