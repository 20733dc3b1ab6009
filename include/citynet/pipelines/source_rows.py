"""What table sources says of a network's captures: each page with what became of it, the gates it passed, and its layout."""

import json
import re
from collections.abc import Mapping

from citynet.model import Capture, Gate, Page, Row, instant, written
from citynet.networks.registry import pages_at
from citynet.pipelines import gates
from citynet.pipelines.fetching import Attempt, attempted_on
from citynet.pipelines.listings import Decided, changed_layouts
from citynet.pipelines.terms import told_gates, told_reason, told_trouble
from citynet.pipelines.views import View

NO_GATES: Row = {"failed_gate": None, "gates": None, "layout_sha256": None, "layout_changed": None}
"""Of sources that are no membership list."""
_OF_A_PAGE = ("page_sha256", "http_status", "captured_at", "layout_sha256", "layout_changed")
_OF_A_LIST = ("decision", "parsed_count", "printed_count", "implied_departures", "note")
_NOTHING_CAPTURED = (*_OF_A_PAGE, *_OF_A_LIST)
"""What a try that brought no capture leaves empty."""


def capture_rows(view: View) -> list[Row]:
    """A row for each page of each capture of the network."""
    rows: list[Row] = []
    for decided, changed in zip(view.decided, changed_layouts(view.decided), strict=True):
        capture = decided.reading.capture
        specs: dict[str, Page] = {page.url: page for page in pages_at(view.network, f"{capture.captured_at:%Y-%m-%d}")}
        for page in capture.pages:
            spec = _rules_of(specs, page.url)
            rows.append(
                {
                    "source_id": view.network.id,
                    "source_type": "membership_list",
                    "source_class": spec.source_class if spec else None,
                    "coverage": (spec.coverage or view.network.coverage) if spec else None,
                    "use": spec.use if spec else None,
                    "decision": decided.outcome,
                    "decision_reason": told_reason(view.network, decided),
                    "republish": view.network.republish,
                    "note": _note(capture, spec),
                    **_counts(decided, page.url, spec),
                    **_gates(told_gates(view.network, decided.gates)),
                    "layout_sha256": decided.reading.layouts.get(page.url),
                    "layout_changed": changed.get(page.url),
                    **page_columns(capture, page.url),
                }
            )
    return rows


def attempt_rows(view: View) -> list[Row]:
    """The gate that a network's newest try did not pass, where nothing was captured by it: one row a page that was asked.

    capture_id is attempt-<instant of the first try that ended so in an unbroken run>, which no capture has: the same trouble week
    after week stays one row and makes no new release. Its origin is that of the captures we have of the network, live where
    there is none: a try itself has none.
    """
    failing = _failing(view)
    if not failing or not view.attempts:
        return []
    first, newest = failing[0], failing[-1]
    trouble = f"{newest.outcome}: {told_trouble(view.network, newest.outcome, first.reason)}"
    gate = Gate("reached", True, False, gates.REACHED.format(pages="each of its pages"), trouble)
    tried: Row = {
        "source_id": view.network.id,
        "source_type": "membership_list",
        "capture_id": f"attempt-{instant(first.at):%Y%m%dT%H%M%SZ}",
        "known_at": first.at,
        "capture_origin": view.decided[-1].reading.capture.origin if view.decided else "live",
        "decision_reason": trouble,
        **_gates(gates.in_order([gate])),
        "republish": view.network.republish,
        **dict.fromkeys(_NOTHING_CAPTURED),
    }
    return [
        {
            **tried,
            "page_url": page.url,
            "source_class": page.source_class,
            "coverage": page.coverage or view.network.coverage,
            "use": page.use,
        }
        for page in pages_at(view.network, attempted_on(newest))
    ]


def page_columns(capture: Capture, url: str) -> Row:
    """What the manifest tells of one page of a capture."""
    page = next(p for p in capture.pages if p.url == url)
    return {
        "capture_id": capture.capture_id,
        "page_url": page.url,
        "page_sha256": page.sha256,
        "http_status": page.status,
        "captured_at": written(capture.captured_at),
        "known_at": written(capture.known_at),
        "capture_origin": capture.origin,
    }


def _rules_of(specs: Mapping[str, Page], url: str) -> Page | None:
    """The registry's page that an address belongs to; a further part of a list has the path of its first, or it is the only list."""
    alike = [page for page in specs.values() if re.split("[?#]", page.url)[0] == re.split("[?#]", url)[0]]
    return specs.get(url) or next(iter(alike), None) or (next(iter(specs.values())) if len(specs) == 1 else None)


def _failing(view: View) -> list[Attempt]:
    """The unbroken run of tries without a capture that ended as the newest did; a broken file is no page's fault."""
    failing: list[Attempt] = []
    for attempt in reversed(view.attempts):
        if attempt.outcome in ("captured", "misconfigured") or attempt.outcome != view.attempts[-1].outcome:
            break
        failing.insert(0, attempt)
    return failing


def _gates(asked: tuple[Gate, ...]) -> Mapping[str, object]:
    return {
        "failed_gate": gates.failed_gate(asked) or None,
        "gates": json.dumps(gates.as_rows(asked), ensure_ascii=False, sort_keys=True) if asked else None,
    }


def _counts(decided: Decided, url: str, spec: Page | None) -> Row:
    """Rows read and the total printed by the page itself; of one that was not read, what was read of it before it failed.

    A list that goes on at further addresses prints the total of all its parts.
    """
    made = decided.reading
    own = next((page for page in made.pages if spec and page.page_url == spec.url), None)
    parsed, printed = (own.parsed, own.printed) if own else (made.parsed, made.printed) if len(made.capture.pages) == 1 else (None, None)
    if made.listing is not None:
        parsed = sum(row.page_url == url for row in made.listing.rows)
        printed = own.printed if own else made.listing.printed_count
    elif spec and spec.follow:
        parsed = None
    return {"parsed_count": parsed, "printed_count": printed, "implied_departures": decided.gone}


def _note(capture: Capture, spec: Page | None) -> str | None:
    day = f"{capture.captured_at:%Y-%m-%d}"
    rough = f"dated between {spec.dated_from} and {day}" if spec and spec.dated_from else ""
    if capture.origin != "reconstructed":
        return rough or None
    stated = "; ".join(f"{page.url}" for page in capture.pages)
    rebuilt = f"page rebuilt by this project from facts stated at {stated}, {day}; not an original"
    return f"{rebuilt}; {rough}" if rough else rebuilt
