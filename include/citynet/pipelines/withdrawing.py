"""What withdrawals.csv takes out: of what a release is made from, of its tables, and of every release that is published already."""

from collections.abc import Sequence
from dataclasses import replace

from citynet.model import History, ResolvedListing, Row
from citynet.pipelines.listings import Decided
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside
from citynet.pipelines.views import View
from citynet.places.judgement_files import Lines
from citynet.publishing.evidence import Evidence
from citynet.publishing.rewriting import withdraw
from citynet.publishing.withdrawn import INSTEAD, Withdrawal

PREVIEW = "alerts_preview.txt"


def withdrawals(lines: Lines) -> list[Withdrawal]:
    """The lines of withdrawals.csv as values."""
    found = (line.values for line in lines.get("withdrawals.csv", ()))
    return [Withdrawal(v["place_id"], v["network_id"], v["what"] == "place") for v in found]


def names_without(names: Names) -> Names:
    """The names without the statements on withdrawn memberships, which would bring them back."""
    every, judgements = withdrawals(names.judgements.lines), names.judgements
    left = (line for line in judgements.memberships if not _gone(every, line.values["place_id"], line.values["network_id"]))
    return replace(names, judgements=replace(judgements, memberships=tuple(left))) if every else names


def views_without(views: Sequence[View], names: Names) -> list[View]:
    """The views without rows, stays and changes of what is withdrawn, so that no figure counts it."""
    every = withdrawals(names.judgements.lines)
    return [_view(view, every) for view in views] if every else list(views)


def bodies_without(bodies: Sequence[Row], names: Names) -> list[Row]:
    """Rows of network_bodies without the seats of what is withdrawn, which network files may name."""
    every = withdrawals(names.judgements.lines)
    return [row for row in bodies if not _gone(every, str(row["place_id"] or ""), str(row["network_id"]))]


def evidence_without(found: Sequence[Evidence], views: Sequence[View], names: Names) -> list[Evidence]:
    """The evidence without the names that lists print for withdrawn bodies, in the text of rebuilt pages too; views: before anything
    was taken out of them."""
    every = withdrawals(names.judgements.lines)
    if not every:
        return list(found)
    printed = {v.network.id: _printed(v, every) for v in views}
    return [_evidence(one, printed[one.network_id]) if printed.get(one.network_id) else one for one in found]


def rewrite_published(outside: Outside, names: Names) -> list[str]:
    """Take what is withdrawn out of all published releases and of the preview beside them; the ids of those rewritten."""
    lines = names.judgements.lines
    log = [(line.values["date"], line.values["reason_class"]) for line in lines.get("withdrawals.csv", ())]
    rewritten = withdraw(outside.published, outside.store, withdrawals(lines), log)
    if rewritten:
        outside.published.delete(PREVIEW)  # it names changes; send_alerts writes it anew where it has something to show
    return rewritten


def _view(view: View, every: Sequence[Withdrawal]) -> View:
    network_id = view.network.id
    if not any(one.network_id in ("", network_id) for one in every):
        return view
    return replace(
        view,
        decided=tuple(_decided(one, every) for one in view.decided),
        accepted=tuple(_listing(one, every) for one in view.accepted),
        history=_history(view.history, every, network_id),
        by_lists=_history(view.by_lists, every, network_id) if view.by_lists is not None else None,
    )


def _decided(decided: Decided, every: Sequence[Withdrawal]) -> Decided:
    return replace(
        decided,
        resolved=_listing(decided.resolved, every) if decided.resolved is not None else None,
        last=_listing(decided.last, every) if decided.last is not None else None,
    )


def _listing(resolved: ResolvedListing, every: Sequence[Withdrawal]) -> ResolvedListing:
    listing = resolved.listing
    pairs = zip(listing.rows, resolved.resolutions, strict=True)
    left = [(row, found) for row, found in pairs if not _gone(every, found.place_id, listing.network_id)]
    return ResolvedListing(replace(listing, rows=tuple(row for row, _ in left)), tuple(found for _, found in left))


def _history(history: History, every: Sequence[Withdrawal], network_id: str) -> History:
    return History(
        spells=tuple(s for s in history.spells if not _gone(every, s.place_id, network_id)),
        changes=tuple(
            c for c in history.changes if not any(_gone(every, place_id, network_id) for place_id in (c.place_id, c.before, c.after))
        ),
    )


def _printed(view: View, every: Sequence[Withdrawal]) -> frozenset[str]:
    """The names under which the network's lists print what is withdrawn."""
    resolved = [d.resolved for d in view.decided if d.resolved is not None]
    return frozenset(
        row.name_as_published
        for one in resolved
        for row, found in zip(one.listing.rows, one.resolutions, strict=True)
        if _gone(every, found.place_id, view.network.id)
    )


def _evidence(one: Evidence, printed: frozenset[str]) -> Evidence:
    rows = tuple(row for row in one.rows if row.name_as_published not in printed)
    pages = []
    for page in one.pages:
        text = page.text
        for name in sorted(printed, key=lambda n: (-len(n), n)):
            text = text.replace(name, INSTEAD)
        pages.append(replace(page, text=text))
    return replace(one, rows=rows, pages=tuple(pages))


def _gone(every: Sequence[Withdrawal], place_id: str, network_id: str) -> bool:
    return bool(place_id) and any(one.of(place_id, network_id) for one in every)
