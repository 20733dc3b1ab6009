"""From captures to listings: each capture read and checked once a recipe, and one fold that accepts or holds.

A reading is a pure function of capture, network file, names (gazetteer and judgements) and package version: the recipe.
It is kept under listings/<network_id>/<capture_id>.json and made anew when the recipe has changed, so that a mended
reader mends the past.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citynet import __version__
from citynet.errors import ConfigError, DataRefused, SourceChanged
from citynet.history.accepting import Decision, accept_all
from citynet.http.capture import bodies
from citynet.model import Capture, Listing, ListingRow, Network, ResolvedListing, instant, written
from citynet.pipelines.fetching import readable
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside
from citynet.quality.checking import check_listing, refuse_if_critical
from citynet.quality.rule import CheckResult
from citynet.reading.listing import read_listing


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading and checking one capture gave. outcome: read | changed | refused; listing None unless read."""

    capture: Capture
    outcome: str
    reason: str
    listing: Listing | None
    checks: tuple[CheckResult, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A reading with its place in the fold. outcome: accepted | held | changed | refused.

    gone: bodies of the last accepted listing that this complete one lacks; None where that can't be said.
    """

    reading: Reading
    resolved: ResolvedListing | None
    outcome: str
    reason: str
    gone: int | None = None


def reading(outside: Outside, network: Network, capture: Capture, names: Names) -> Reading:
    """The reading of one capture, from the store where the recipe is the same, else made now and kept."""
    key = f"listings/{network.id}/{capture.capture_id}.json"
    recipe = _recipe(network, capture, names)
    if outside.store.exists(key):
        document = json.loads(outside.store.read(key))
        if document["recipe"] == recipe:
            return _from_document(capture, document)
    try:
        pages = bodies(outside.store, capture)
    except SourceChanged as problem:
        return Reading(capture, "changed", str(problem), None, ())  # the file may be mended, so this is not kept
    made = _read(network, capture, pages, names)
    outside.store.write(key, _document(made, recipe))
    return made


def decide(outside: Outside, network: Network, names: Names, kept: Sequence[Capture] | None = None) -> list[Decided]:
    """Every capture of a network in order of (captured_at, capture_id), read, resolved and accepted or not.

    kept limits the fold to these captures; None takes all that the store holds.
    """
    found = readable(outside.store, network.id) if kept is None else sorted(kept, key=lambda c: (c.captured_at, c.capture_id))
    readings = [reading(outside, network, capture, names) for capture in found]
    resolved = {r.capture.capture_id: resolve_listing(network, r.listing, names) for r in readings if r.listing is not None}
    own = [j for j in names.judgements.captures if j.values["network_id"] == network.id]
    changes = names.judgements.municipal_changes
    decisions = dict(zip(resolved, accept_all(network, list(resolved.values()), own, municipal_changes=changes), strict=True))
    return [_decided(r, resolved.get(r.capture.capture_id), decisions.get(r.capture.capture_id)) for r in readings]


def resolve_listing(network: Network, listing: Listing, names: Names) -> ResolvedListing:
    """The listing with what became of each printed name."""
    return ResolvedListing(listing, tuple(names.resolve(network, row.name_as_published, row.country_as_published) for row in listing.rows))


def raise_unless_read(made: Reading) -> None:
    """SourceChanged or DataRefused, as it was when the capture was read; nothing where it was read well."""
    if made.outcome == "changed":
        raise SourceChanged(made.reason)
    if made.outcome == "refused":
        raise DataRefused(f"{made.capture.source_id} {made.capture.capture_id}", tuple(made.reason.split("; ")))


def _read(network: Network, capture: Capture, pages: Mapping[str, bytes], names: Names) -> Reading:
    try:
        listing = read_listing(network, capture, pages)
    except (SourceChanged, ConfigError) as problem:
        # Rules that don't fit a kept capture (a reader not built yet, no page for its date) are that network's trouble only.
        return Reading(capture, "changed", str(problem), None, ())
    found = resolve_listing(network, listing, names).resolutions
    checks = check_listing(network, listing, [r.place_id for r in found], [r.country for r in found])
    try:
        refuse_if_critical(f"{network.id} {capture.capture_id}", checks)
    except DataRefused as problem:
        return Reading(capture, "refused", "; ".join(problem.failed), None, checks)
    return Reading(capture, "read", "", listing, checks)


def _decided(made: Reading, resolved: ResolvedListing | None, decision: Decision | None) -> Decided:
    if resolved is None or decision is None:
        return Decided(made, None, made.outcome, made.reason)
    return Decided(made, resolved, "accepted" if decision.accepted else "held", decision.reason, decision.gone)


def _recipe(network: Network, capture: Capture, names: Names) -> str:
    return hashlib.sha256(f"{__version__} {network.sha256} {capture.content_sha256} {names.sha256}".encode()).hexdigest()


def _document(made: Reading, recipe: str) -> bytes:
    listing = None
    if made.listing is not None:
        listing = dataclasses.asdict(made.listing)
        listing |= {"captured_at": written(made.listing.captured_at), "known_at": written(made.listing.known_at)}
    document = {
        "recipe": recipe,
        "outcome": made.outcome,
        "reason": made.reason,
        "listing": listing,
        "checks": [dataclasses.asdict(check) for check in made.checks],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _from_document(capture: Capture, document: dict[str, object]) -> Reading:
    listing = document["listing"]
    checks = document["checks"]
    if not isinstance(checks, list):
        raise TypeError(f"checks of {capture.source_id} {capture.capture_id} are {type(checks).__name__}")
    return Reading(
        capture=capture,
        outcome=str(document["outcome"]),
        reason=str(document["reason"]),
        listing=_listing(listing) if isinstance(listing, dict) else None,
        checks=tuple(CheckResult(**{**check, "examples": tuple(check["examples"])}) for check in checks),
    )


def _listing(stored: dict[str, object]) -> Listing:
    rows = stored["rows"]
    assert isinstance(rows, list)
    fields = {
        **stored,
        "captured_at": instant(str(stored["captured_at"])),
        "known_at": instant(str(stored["known_at"])),
        "rows": tuple(ListingRow(**row) for row in rows),
    }
    return Listing(**fields)  # type: ignore[arg-type]  # written by _document from the same dataclass
