"""What the site shows behind its figures: each capture's rows as printed, and the pages that this project rebuilt itself."""

import contextlib
import dataclasses
import json
from collections.abc import Sequence

from citynet.errors import SourceChanged
from citynet.http.capture import bodies
from citynet.model import Capture, ListingRow, Resolution, written
from citynet.networks.registry import pages_at
from citynet.pipelines.listings import Decided
from citynet.pipelines.outside import Outside
from citynet.pipelines.terms import told_reason
from citynet.pipelines.views import View
from citynet.publishing.evidence import Evidence, EvidencePage, EvidenceRow


def evidence(outside: Outside, views: Sequence[View]) -> list[Evidence]:
    """The evidence of every capture of the networks, sorted by network, time and capture.

    Captures are private to the operator: of a page that was fetched only address and hash are shown, of one that we rebuilt
    its text too. Rows are left out where the network's terms forbid names.
    """
    found = [_of(outside, view, decided) for view in views for decided in view.decided]
    return sorted(found, key=lambda e: (e.network_id, e.captured_at, e.capture_id))


def as_document(found: Sequence[Evidence]) -> bytes:
    """The evidence as JSON, for the step that publishes it."""
    return (json.dumps([dataclasses.asdict(e) for e in found], ensure_ascii=False, sort_keys=True) + "\n").encode()


def from_document(document: bytes) -> tuple[Evidence, ...]:
    """The evidence that `as_document` wrote."""
    return tuple(
        Evidence(
            **{
                **item,
                "pages": tuple(EvidencePage(**page) for page in item["pages"]),
                "rows": tuple(EvidenceRow(**row) for row in item["rows"]),
            }
        )
        for item in json.loads(document)
    )


def _of(outside: Outside, view: View, decided: Decided) -> Evidence:
    capture, listing = decided.reading.capture, decided.reading.listing
    specs = {page.url: page for page in pages_at(view.network, f"{capture.captured_at:%Y-%m-%d}")}
    coverages = {spec.coverage or view.network.coverage for spec in specs.values()}
    shown = decided.resolved is not None and view.network.republish == "names"
    return Evidence(
        network_id=view.network.id,
        capture_id=capture.capture_id,
        captured_at=written(capture.captured_at),
        origin=capture.origin,
        coverage=listing.coverage if listing else "complete" if coverages == {"complete"} else "partial",
        outcome=decided.outcome,
        reason=told_reason(view.network, decided),
        pages=_pages(outside, capture),
        rows=_rows(decided) if shown else (),
    )


def _pages(outside: Outside, capture: Capture) -> tuple[EvidencePage, ...]:
    ours: dict[str, bytes] = {}
    if capture.origin == "reconstructed":
        with contextlib.suppress(SourceChanged):  # a damaged capture has no text to show; its decision says so
            ours = bodies(outside.store, capture)
    return tuple(EvidencePage(p.url, p.sha256, ours[p.url].decode("utf-8", "replace") if p.url in ours else "") for p in capture.pages)


def _rows(decided: Decided) -> tuple[EvidenceRow, ...]:
    if decided.resolved is None:
        return ()
    return tuple(_row(row, found) for row, found in zip(decided.resolved.listing.rows, decided.resolved.resolutions, strict=True))


def _row(row: ListingRow, found: Resolution) -> EvidenceRow:
    return EvidenceRow(
        number=row.number,
        name_as_published=row.name_as_published,
        country_as_published=row.country_as_published,
        kind_as_published=row.kind_as_published,
        tie=row.tie,
        page_url=row.page_url,
        verdict=found.verdict,
        place_id=found.place_id,
        route=found.route,
        printed="; ".join(part for part in row.evidence.split("; ") if part.startswith("printed ")),
    )
