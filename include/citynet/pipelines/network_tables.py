"""The tables that tell of networks and their sources: networks, network_relations, network_functions, sources, unresolved_names."""

from collections.abc import Sequence

from citynet.analysis.lists import CURRENT_MONTHS, within_months
from citynet.errors import DataRefused, SourceUnavailable
from citynet.model import Row
from citynet.networks.registry import pages_at
from citynet.pipelines.fetching import attempted_on
from citynet.pipelines.source_rows import NO_GATES, attempt_rows, capture_rows, page_columns
from citynet.pipelines.views import View, counted, latest_spells, nobody_because, others_listed
from citynet.pipelines.vintages import Vintage

NO_LIST = {
    "list": "It publishes a list, of which no page is read yet.",
    "signatories": "It publishes its signatories, of which no page is read yet.",
    "projects": "It publishes projects with their partners and no list of members.",
    "read_from_news": "It publishes no list; members are told in news only.",
    "none": "It publishes no list of its members.",
}
"""Why no list is read, by what a network publishes; for files without a note that says so."""


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
    """Table sources: a row for each page of each network capture, for each network that can't be reached now, for each vintage in
    use, and for those refused after it."""
    rows = [row for view in views for row in (*capture_rows(view), *attempt_rows(view))]
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
        "not_read_because": _not_read_because(view, as_of),
        "closed_reason": _text(facts.get("closed_reason")),
        "succeeded_by": _text(facts.get("succeeded_by")),
        "coverage": last.listing.coverage if last else None,
        "last_listed_on": listed_on,
        "last_complete_on": f"{complete[-1].listing.captured_at:%Y-%m-%d}" if complete else None,
        "last_attempt_on": attempted_on(view.attempts[-1]) if view.attempts else None,
        "last_attempt_outcome": _outcome(view),
        "freshness": _freshness(listed_on, stale_since, as_of),
        "stale_since": stale_since,
        "members_counted": _members_counted(view, as_of),
        "unresolved_names": sum(r.verdict in ("review", "unknown") for r in last.resolutions) if last else None,
        "as_of": as_of,
    }


def _members_counted(view: View, as_of: str) -> int | None:
    """None where there is no list to count on, or its bodies are none that count: missing, which is never 0."""
    if not any(r.listing.use != "replication_only" for r in view.accepted) or nobody_because(view.network, view.lists, as_of):
        return None
    return sum(counted(view.network, s, as_of) for s in latest_spells(view.history.spells))


def _not_read_because(view: View, as_of: str) -> str | None:
    """Why no list of its members is read, None where one was accepted; Table 1 of the 2018 report is no list of any network.

    Without a page, what its file says first in `notes`; with one, what became of it, or whom its lists name who are no members.
    """
    network = view.network
    if any(r.listing.use != "replication_only" for r in view.accepted):
        others = others_listed(view.lists)
        return f"It {others}." if others else None
    pages = [page for page in network.pages if page.use != "replication_only"]
    if not pages:
        notes = network.facts.get("notes")
        return str(notes[0]) if isinstance(notes, list) and notes else NO_LIST[network.publishes]
    if view.attempts:
        return f"No list of it has been accepted; the newest attempt, of {attempted_on(view.attempts[-1])}, ended so: {_outcome(view)}."
    if not any(page in pages for page in pages_at(network, as_of)):
        return "The pages that we know of it are of the past, and none of them is at hand."
    return "Its page has not been fetched yet; the first list that is read from it waits for a person."


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


def _vintage_row(vintage: Vintage) -> Row:
    """A vintage of a data set; an answer that says "later" is none and has no row."""
    dataset, capture = vintage.source, vintage.capture
    rebuilt = capture.origin == "reconstructed" and dataset.source_type == "statistics"
    refused = "refused" if isinstance(vintage.problem, DataRefused) else "changed"
    return {
        "source_id": vintage.dataset,
        "source_type": dataset.source_type,
        "source_class": dataset.source_class,
        "coverage": None,
        "use": "current" if dataset.source_type == "statistics" else None,
        "decision": "accepted" if vintage.accepted else refused,
        "decision_reason": str(vintage.problem) if vintage.problem else None,
        "republish": "names",
        "note": f"{dataset.note}; trimmed or assembled by this project as told in include/samples/statistics" if rebuilt else dataset.note,
        "parsed_count": sum(vintage.countries.values()) or None,
        "printed_count": None,
        "implied_departures": None,
        **NO_GATES,
        **page_columns(capture, capture.pages[0].url),
    }


def _joined(value: object) -> str | None:
    return "; ".join(str(item) for item in value) if isinstance(value, list) and value else None


def _text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)
