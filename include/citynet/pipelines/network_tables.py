"""The tables that tell of networks and their sources: networks, network_relations, network_functions, sources, unresolved_names."""

from collections.abc import Sequence

from citynet.analysis.lists import CURRENT_MONTHS, within_months
from citynet.errors import DataRefused, SourceUnavailable
from citynet.model import Capture, Page, Row, written
from citynet.networks.registry import pages_at
from citynet.pipelines.fetching import attempted_on
from citynet.pipelines.listings import Decided
from citynet.pipelines.views import View, counted, latest_spells
from citynet.pipelines.vintages import Vintage
from citynet.statistics.datasets import request_of


def network_rows(views: Sequence[View], as_of: str) -> list[Row]:
    """Table networks."""
    return [_network_row(view, as_of) for view in views]


def relation_rows(views: Sequence[View]) -> list[Row]:
    """Table network_relations."""
    return [
        {"network_id": view.network.id, "relation": r.relation, "to_network_id": r.to, "since": r.since or None, "source": r.source or None}
        for view in views
        for r in view.network.relations
    ]


def function_rows(views: Sequence[View], as_of: str) -> list[Row]:
    """Table network_functions: what shows that a network has a function, as its file states it."""
    rows: list[Row] = []
    for view in views:
        functions = view.network.facts.get("functions")
        for function, stated in sorted(functions.items()) if isinstance(functions, dict) else ():
            rows.append(
                {
                    "network_id": view.network.id,
                    "function": function,
                    "evidence": _text(stated.get("evidence")),
                    "strength": _text(stated.get("strength")) or "stated",
                    "source": _text(stated.get("source")),
                    "source_date": _text(stated.get("source_date")),
                    "as_of": as_of,
                }
            )
    return rows


def source_rows(views: Sequence[View], vintages: Sequence[Vintage]) -> list[Row]:
    """Table sources: a row for each page of each network capture, for each vintage in use, and for those refused after it."""
    rows = [row for view in views for row in _capture_rows(view)]
    return rows + [_vintage_row(vintage) for vintage in vintages if not isinstance(vintage.problem, SourceUnavailable)]


def unresolved_rows(views: Sequence[View]) -> list[Row]:
    """Table unresolved_names, from the newest accepted listing of each network."""
    rows: list[Row] = []
    for view in views:
        if not view.lists:
            continue
        last = view.lists[-1]
        for row, found in zip(last.listing.rows, last.resolutions, strict=True):
            if found.verdict != "resolved":
                rows.append(
                    {
                        "network_id": view.network.id,
                        "capture_id": last.listing.capture_id,
                        "row": row.number,
                        "name_as_published": row.name_as_published,
                        "country_as_published": row.country_as_published or None,
                        "verdict": found.verdict,
                        "route": found.route,
                        "candidates": "; ".join((*found.candidates, *found.suggestions)) or None,
                        "runner_up": found.runner_up or None,
                        "runner_up_ratio": found.ratio if found.runner_up else None,
                    }
                )
    return rows


def _network_row(view: View, as_of: str) -> Row:
    network, facts = view.network, view.network.facts
    inclusion = facts.get("inclusion")
    decision = inclusion if isinstance(inclusion, dict) else {}
    last = view.lists[-1] if view.lists else None
    complete = [r for r in view.lists if r.listing.coverage == "complete"]
    listed_on = f"{last.listing.captured_at:%Y-%m-%d}" if last else None
    stale_since = _stale_since(view)
    return {
        "network_id": network.id,
        "name": network.name,
        "also_called": _joined(facts.get("also_called")),
        "homepage": network.homepage or None,
        "status": network.status,
        "status_since": network.status_since or None,
        "founded": _text(facts.get("founded")),
        "initiated_by": _text(facts.get("initiated_by")),
        "scope": network.scope,
        "relevance": network.relevance,
        "inclusion_decision": _text(decision.get("decision")),
        "inclusion_reason": _text(decision.get("reason")),
        "inclusion_date": _text(decision.get("date")),
        "who_joins": network.who_joins,
        "publishes": network.publishes,
        "coverage": last.listing.coverage if last else None,
        "last_listed_on": listed_on,
        "last_complete_on": f"{complete[-1].listing.captured_at:%Y-%m-%d}" if complete else None,
        "last_attempt_on": attempted_on(view.attempts[-1]) if view.attempts else None,
        "last_attempt_outcome": _outcome(view),
        "freshness": _freshness(listed_on, stale_since, as_of),
        "stale_since": stale_since,
        "members_counted": sum(counted(network, s, as_of) for s in latest_spells(view.history.spells)),
        "unresolved_names": sum(r.verdict in ("review", "unknown") for r in last.resolutions) if last else None,
        "as_of": as_of,
    }


def _outcome(view: View) -> str | None:
    if view.misconfigured:
        return "misconfigured"
    if not view.attempts:
        return None
    last = view.attempts[-1]
    decided = {d.reading.capture.capture_id: d.outcome for d in view.decided}
    return decided.get(last.capture_id, last.outcome)


def _stale_since(view: View) -> str | None:
    """The date of the first try after the newest accepted one, where the newest did not end in acceptance."""
    accepted = {r.listing.capture_id for r in view.accepted}
    since = None
    for attempt in view.attempts:
        since = None if attempt.capture_id in accepted else since or attempted_on(attempt)
    if view.misconfigured and since is None and view.attempts:
        return attempted_on(view.attempts[-1])
    return since


def _freshness(listed_on: str | None, stale_since: str | None, as_of: str) -> str:
    if listed_on is None:
        return "never_read"
    if not within_months(listed_on, as_of, CURRENT_MONTHS):
        return "last_known"
    return "stale" if stale_since else "current"


def _capture_rows(view: View) -> list[Row]:
    rows: list[Row] = []
    for decided in view.decided:
        capture = decided.reading.capture
        specs: dict[str, Page] = {page.url: page for page in pages_at(view.network, f"{capture.captured_at:%Y-%m-%d}")}
        for page in capture.pages:
            spec = specs.get(page.url)
            rows.append(
                {
                    "source_id": view.network.id,
                    "source_type": "membership_list",
                    "source_class": spec.source_class if spec else None,
                    "coverage": (spec.coverage or view.network.coverage) if spec else None,
                    "use": spec.use if spec else None,
                    "decision": decided.outcome,
                    "decision_reason": decided.reason,
                    "republish": view.network.republish,
                    "note": _note(capture, spec),
                    **_counts(decided, page.url),
                    **_page(capture, page.url),
                }
            )
    return rows


def _counts(decided: Decided, url: str) -> Row:
    listing = decided.reading.listing
    return {
        "parsed_count": sum(row.page_url == url for row in listing.rows) if listing else None,
        "printed_count": listing.printed_count if listing else None,
        "implied_departures": decided.gone,
    }


def _vintage_row(vintage: Vintage) -> Row:
    """A vintage of a data set; an answer that says "later" is none and has no row."""
    request, capture = request_of(vintage.dataset), vintage.capture
    rebuilt = capture.origin == "reconstructed" and request.source_type == "statistics"
    refused = "refused" if isinstance(vintage.problem, DataRefused) else "changed"
    return {
        "source_id": vintage.dataset,
        "source_type": request.source_type,
        "source_class": request.source_class,
        "coverage": None,
        "use": "current" if request.source_type == "statistics" else None,
        "decision": "accepted" if vintage.accepted else refused,
        "decision_reason": str(vintage.problem) if vintage.problem else None,
        "republish": "names",
        "note": f"{request.note}; trimmed or assembled by this project as told in include/samples/statistics" if rebuilt else request.note,
        "parsed_count": sum(vintage.countries.values()) or None,
        "printed_count": None,
        "implied_departures": None,
        **_page(capture, capture.pages[0].url),
    }


def _page(capture: Capture, url: str) -> Row:
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


def _note(capture: Capture, spec: Page | None) -> str | None:
    day = f"{capture.captured_at:%Y-%m-%d}"
    rough = f"dated between {spec.dated_from} and {day}" if spec and spec.dated_from else ""
    if capture.origin != "reconstructed":
        return rough or None
    stated = "; ".join(f"{page.url}" for page in capture.pages)
    rebuilt = f"page rebuilt by this project from facts stated at {stated}, {day}; not an original"
    return f"{rebuilt}; {rough}" if rough else rebuilt


def _joined(value: object) -> str | None:
    return "; ".join(str(item) for item in value) if isinstance(value, list) and value else None


def _text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)
