"""What was read off a capture, made once a recipe and kept.

A reading is a pure function of capture, network file, names (gazetteer and judgements) and package version: the recipe.
It is kept under listings/<network_id>/<capture_id>.json and made anew when the recipe has changed, so that a mended
reader mends the past.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from citynet import __version__
from citynet.errors import ConfigError, DataRefused, SourceChanged
from citynet.http.capture import responses
from citynet.model import Capture, Fetched, Gate, Listing, ListingRow, Network, ResolvedListing, instant, written
from citynet.networks.registry import pages_at
from citynet.pipelines import gates
from citynet.pipelines.auto import known
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside
from citynet.pipelines.page_results import PageResult, page_results
from citynet.pipelines.second_opinion import Proposal, from_stored, second_opinions
from citynet.quality.checking import check_listing, refuse_if_critical
from citynet.quality.rule import CheckResult
from citynet.reading.listing import read_listing
from citynet.reading.mail_addresses import told_without_addresses, without_addresses

FORM = 4
"""Counts up when a document has new fields or other rows within a version, so that those kept before are made anew."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading and checking one capture gave. outcome: read | changed | refused; listing: as far as it was read, None where it
    was not. gates: those that the capture was asked by itself. layouts: address -> fingerprint. doubt: why a listing that was read
    waits for a person. parsed, printed: members read and total printed where reading ended with that. proposals: second opinions.
    pages: what each page gave by itself, where the listing does not say it.
    """

    capture: Capture
    outcome: str
    reason: str
    listing: Listing | None
    checks: tuple[CheckResult, ...]
    gates: tuple[Gate, ...] = ()
    layouts: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""
    parsed: int | None = None
    printed: int | None = None
    proposals: tuple[Proposal, ...] = ()
    pages: tuple[PageResult, ...] = ()


def reading(outside: Outside, network: Network, capture: Capture, names: Names) -> Reading:
    """The reading of one capture, from the store where the recipe is the same, else made now and kept."""
    key = f"listings/{network.id}/{capture.capture_id}.json"
    recipe = _recipe(network, capture, names)
    if outside.store.exists(key):
        document = json.loads(outside.store.read(key))
        if document["recipe"] == recipe:
            return _from_document(capture, document)
    try:
        answers = {answer.url: answer for answer in responses(outside.store, capture)}
    except SourceChanged as problem:
        # the file may be mended, so this is not kept
        return Reading(capture, "changed", str(problem), None, (), gates.of_problem(network, capture, problem))
    made = _read(network, capture, answers, names)
    outside.store.write(key, _document(made, recipe))
    return made


def resolve_listing(network: Network, listing: Listing, names: Names) -> ResolvedListing:
    """The listing with what became of each printed name."""
    printed = ((row.name_as_published, row.country_as_published) for row in listing.rows)
    return ResolvedListing(listing, tuple(gates.for_a_person(name, names.resolve(network, name, country)) for name, country in printed))


def raise_unless_read(made: Reading) -> None:
    """SourceChanged or DataRefused, as it was when the capture was read; nothing where it was read well."""
    if made.outcome == "changed":
        raise SourceChanged(made.reason, gate=gates.failed_gate(made.gates) or "layout", parsed=made.parsed, printed=made.printed)
    if made.outcome == "refused":
        raise DataRefused(f"{made.capture.source_id} {made.capture.capture_id}", tuple(made.reason.split("; ")))


def _read(network: Network, capture: Capture, answers: Mapping[str, Fetched], names: Names) -> Reading:
    """Reached, then read, then checked: the first of them that fails says what became of the capture."""
    try:
        gates.require_reached(network, answers)
        listing = read_listing(network, capture, answers, known(names.gazetteer))
    except (SourceChanged, ConfigError) as problem:
        # Rules that don't fit a kept capture (no page for its date) are that network's trouble only.
        return _unread(network, capture, answers, names, problem)
    doubt = "; ".join(filter(None, (gates.spam_on(answers, listing), gates.no_names(listing))))
    found = resolve_listing(network, listing, names).resolutions
    checks = check_listing(network, listing, [r.place_id for r in found], [r.country for r in found])
    refused: tuple[str, ...] = ()
    try:
        refuse_if_critical(f"{network.id} {capture.capture_id}", checks)
    except DataRefused as problem:
        refused = problem.failed
    asked = gates.of_reading(network, capture, listing, refused)
    outcome = "refused" if refused else "read"
    made = Reading(capture, outcome, "; ".join(refused), listing, checks, asked, gates.layouts(answers), doubt)
    asked_pages = pages_at(network, f"{capture.captured_at:%Y-%m-%d}")
    if len(asked_pages) == 1 or not any("total" in page.options for page in asked_pages):
        return made
    return dataclasses.replace(made, pages=page_results(network, capture, answers, known(names.gazetteer)))


def _unread(
    network: Network, capture: Capture, answers: Mapping[str, Fetched], names: Names, problem: SourceChanged | ConfigError
) -> Reading:
    """A second opinion is asked of a page that answered and is laid out otherwise, never of a wall."""
    asked, reason = gates.of_problem(network, capture, problem), told_without_addresses(str(problem))
    if not isinstance(problem, SourceChanged) or problem.gate != "layout":
        return Reading(capture, "changed", reason, None, (), asked)
    pages = page_results(network, capture, answers, known(names.gazetteer))
    failing = frozenset(page.page_url for page in pages if page.failed)
    return Reading(
        capture=capture,
        outcome="changed",
        reason=reason,
        listing=None,
        checks=(),
        gates=asked,
        layouts=gates.layouts(answers),
        parsed=problem.parsed,
        printed=problem.printed,
        proposals=tuple(map(_without_addresses, second_opinions(network, capture, answers, names, failing))),
        pages=pages,
    )


def _without_addresses(proposal: Proposal) -> Proposal:
    """What a proposal reads and says, as a row of a listing would hold it."""
    members = tuple((without_addresses(name), country, kind) for name, country, kind in proposal.members)
    return dataclasses.replace(proposal, members=members, refused=told_without_addresses(proposal.refused))


def _recipe(network: Network, capture: Capture, names: Names) -> str:
    return hashlib.sha256(f"{FORM} {__version__} {network.sha256} {capture.content_sha256} {names.resolving_sha256}".encode()).hexdigest()


def _document(made: Reading, recipe: str) -> bytes:
    document = {f.name: getattr(made, f.name) for f in dataclasses.fields(made) if f.name not in ("capture", "layouts")}
    for name in ("checks", "gates", "proposals", "pages"):
        document[name] = [dataclasses.asdict(one) for one in document[name]]
    if made.listing is not None:
        at = {"captured_at": written(made.listing.captured_at), "known_at": written(made.listing.known_at)}
        document["listing"] = dataclasses.asdict(made.listing) | at
    document |= {"recipe": recipe, "layouts": dict(made.layouts)}
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _from_document(capture: Capture, document: dict[str, Any]) -> Reading:
    stored = {name: value for name, value in document.items() if name != "recipe"}
    listing = stored["listing"]
    made = {
        "capture": capture,
        "listing": _listing(listing) if listing is not None else None,
        "checks": tuple(CheckResult(**{**check, "examples": tuple(check["examples"])}) for check in stored["checks"]),
        "gates": tuple(Gate(**gate) for gate in stored["gates"]),
        "proposals": from_stored(stored["proposals"]),
        "pages": tuple(PageResult(**page) for page in stored["pages"]),
    }
    return Reading(**{**stored, **made})


def _listing(stored: dict[str, Any]) -> Listing:
    fields = {
        **stored,
        "captured_at": instant(stored["captured_at"]),
        "known_at": instant(stored["known_at"]),
        "rows": tuple(ListingRow(**row) for row in stored["rows"]),
    }
    return Listing(**fields)
