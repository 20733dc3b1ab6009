"""The tables that tell of memberships: memberships, membership_spells, membership_changes, record_changes."""

import hashlib
from collections.abc import Sequence

from citynet.model import Change, ResolvedListing, Row, Spell
from citynet.pipelines.identities import matched_since
from citynet.pipelines.views import View, counted, latest_spells


def membership_rows(views: Sequence[View], as_of: str) -> list[Row]:
    """Table memberships: the newest spell of each network, body and tie."""
    rows: list[Row] = []
    for view in views:
        listings = {r.listing.capture_id: r for r in view.accepted}
        for spell in latest_spells(view.history.spells):
            evidence = listings.get(spell.evidence_capture_id)
            rows.append(_membership(view, spell, evidence, as_of))
    return rows


def spell_rows(views: Sequence[View]) -> list[Row]:
    """Table membership_spells."""
    columns = ("network_id", "place_id", "tie", "state", "first_seen", "known_from", "evidence_capture_id")
    dates = ("from_earliest", "from_latest", "to_earliest", "to_latest", "joined_on", "last_confirmed_on", "known_to", "cause")
    return [
        {**{c: getattr(spell, c) for c in columns}, **{d: getattr(spell, d) or None for d in dates}}
        for view in views
        for spell in view.history.spells
    ]


def change_rows(views: Sequence[View], *, world: bool) -> list[Row]:
    """Table membership_changes (world) or record_changes (not)."""
    rows = []
    for view in views:
        since = matched_since(view.rematched, view.accepted) if world else {}
        rows += [change_row(change, since.get(change.place_id, "")) for change in view.history.changes if change.world is world]
    return rows


def change_id(change: Change) -> str:
    """An id that is the same in every release holding the change: a hash over what happened and which capture decided it first.

    The bounds of its date are left out, since an older list that comes in later narrows them. A new match of a name is told by
    when it was known: its evidence is the newest list that prints the name, and moves on.
    """
    decided_by = change.first_capture_id or change.evidence_capture_id or change.latest
    if change.change == "re_resolved":
        decided_by = f"{change.known_at} {change.cause}"
    happened = (change.network_id, change.place_id, change.tie, change.change, decided_by)
    return hashlib.sha256("|".join((*happened, change.before, change.after)).encode()).hexdigest()[:16]


def _membership(view: View, spell: Spell, evidence: ResolvedListing | None, as_of: str) -> Row:
    dates = ("from_earliest", "from_latest", "joined_on", "last_confirmed_on", "to_earliest", "to_latest")
    return {
        "network_id": view.network.id,
        "place_id": spell.place_id,
        "tie": spell.tie,
        "state": spell.state,
        "counted": counted(view.network, spell, as_of),
        "first_seen": spell.first_seen,
        **{d: getattr(spell, d) or None for d in dates},
        "not_seen": spell.not_seen,
        "name_as_published": spell.name_as_published or None,
        "coverage": evidence.listing.coverage if evidence else None,
        "use": evidence.listing.use if evidence else None,
        "list_date": _list_date(view, evidence) if evidence else None,
        "evidence_capture_id": spell.evidence_capture_id or None,
        "evidence_row": spell.evidence_row or None,
        **_resolution(view, spell, evidence),
        **_absence(view, spell),
        "as_of": as_of,
    }


def _list_date(view: View, evidence: ResolvedListing) -> str:
    """The day of the newest list by which the network's memberships stand; a sample that feeds no figure stands by itself.

    One day for all rows of a network, whichever of its lists shows each: taken together they are the network on that day.
    """
    days = [r.listing.captured_at for r in view.accepted if r.listing.use == evidence.listing.use]
    return f"{max(days):%Y-%m-%d}"


def _absence(view: View, spell: Spell) -> Row:
    """The complete lists after the newest that shows the body, all of which lack it: what a suspicion stands on.

    They may be more than not_seen: one with an open name that may be the body lacks it too, but is not counted against it, nor is
    a second one of a day.
    """
    if spell.state in ("listed", "departed"):
        return dict.fromkeys(("absent_since", "absent_capture_ids"))
    lists = [r.listing for r in view.lists]
    shown = next((n for n, r in enumerate(lists) if r.capture_id == spell.evidence_capture_id), -1)
    later = [r for r in lists[shown + 1 :] if r.coverage == "complete"]
    after = [r for r in later if f"{r.captured_at:%Y-%m-%d}" >= max(spell.last_confirmed_on, spell.from_latest)]
    return {
        "absent_since": f"{after[0].captured_at:%Y-%m-%d}" if after else None,
        "absent_capture_ids": "; ".join(r.capture_id for r in after) or None,
    }


def _resolution(view: View, spell: Spell, evidence: ResolvedListing | None) -> Row:
    """How the printed name became this body. The route quotes the name, so it is left out where names may not be published."""
    if evidence is None or view.network.republish != "names":
        return dict.fromkeys(("resolution_route", "runner_up", "runner_up_ratio"))
    pairs = zip(evidence.listing.rows, evidence.resolutions, strict=True)
    found = next(resolution for row, resolution in pairs if row.number == spell.evidence_row)
    route = found.route if found.place_id == spell.place_id else f"{found.route}; continues {found.place_id}"
    return {"resolution_route": route, "runner_up": found.runner_up or None, "runner_up_ratio": found.ratio}


def change_row(change: Change, matched: str = "") -> Row:
    """The row of one change. matched: see `matched_since`; told of a change that had been known before, had its name been matched."""
    row: Row = {
        "change_id": change_id(change),
        "network_id": change.network_id,
        "place_id": change.place_id,
        "tie": change.tie,
        "change": change.change,
        "cause": change.cause,
        "latest": change.latest or None,
        "known_at": change.known_at,
        "evidence_capture_id": change.evidence_capture_id or None,
        "capture_origin": change.origin or None,
    }
    if change.world:
        row |= {"earliest": change.earliest or None, "printed_on": change.printed_on or None, "tie_before": change.before or None}
        return row | {"matched_on": matched[:10] if matched >= change.known_at else None}
    return row | {"before": change.before or None, "after": change.after or None}
