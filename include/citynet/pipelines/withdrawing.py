"""What withdrawals.csv takes out: of what a release is made from, of its tables, and of every release that is published already."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from citynet.model import History, ListingRow, Resolution, ResolvedListing, Row
from citynet.pipelines.listings import Decided
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside
from citynet.pipelines.views import View
from citynet.places.judgement_files import Lines
from citynet.publishing.evidence import Evidence
from citynet.publishing.list_pages import Entries, Printed, merged, text_id
from citynet.publishing.rebuilt_pages import Entry, text_without
from citynet.publishing.rewriting import withdraw
from citynet.publishing.withdrawn import Gone, Withdrawal, all_gone, is_gone, named_and_kept, tables_without

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


def tables_told_without(tables: Mapping[str, Sequence[Row]], views: Sequence[View], names: Names) -> dict[str, list[Row]]:
    """The tables of a release without words on what is withdrawn either (results of checks, reasons of judgements); views: before anything
    was taken out of them, for they tell how lists call it."""
    every = withdrawals(names.judgements.lines)
    printed = _printed_names(views, {one.place_id for one in every}, names) if every else {}
    return tables_without(tables, every, printed)


def evidence_without(found: Sequence[Evidence], views: Sequence[View], names: Names, tables: Mapping[str, Sequence[Row]]) -> list[Evidence]:
    """The evidence without open names that a withdrawn body bears, and with rebuilt pages without its entries; views: before anything
    was taken out of them, for they tell which row of which page it is; tables: of this release, which tell what bears a longer name."""
    withdrawn = withdrawals(names.judgements.lines)
    if not withdrawn:
        return list(found)
    every = all_gone(withdrawn, tables, _printed_names(views, {one.place_id for one in withdrawn}, names))
    named, kept = named_and_kept(every)
    rows = merged(_entries(one, views, every) for one in found)
    return [_evidence(one, rows, named, kept) for one in found]


def rewrite_published(outside: Outside, names: Names, say: Callable[[str], None]) -> list[str]:
    """Take what is withdrawn out of all published releases and of the preview beside them, one line a release to `say`; the ids of
    those rewritten."""
    lines = names.judgements.lines
    log = [(line.values["date"], line.values["reason_class"]) for line in lines.get("withdrawals.csv", ())]
    rewritten = withdraw(outside.published, outside.store, withdrawals(lines), log, say)
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


def _printed(view: View) -> list[tuple[str, ListingRow, Resolution]]:
    """Capture, row and what became of its name, of every row that was read of the network."""
    resolved = [d.resolved for d in view.decided if d.resolved is not None]
    return [(r.listing.capture_id, row, found) for r in resolved for row, found in zip(r.listing.rows, r.resolutions, strict=True)]


def _printed_names(views: Sequence[View], place_ids: Collection[str], names: Names) -> dict[str, set[str]]:
    """place_id -> the names of the body, ours and those that lists print."""
    found: dict[str, set[str]] = {place_id: set() for place_id in place_ids}
    for row, known in ((row, known) for view in views for _, row, known in _printed(view) if known.place_id in found):
        found[known.place_id].add(row.name_as_published)
    for place_id in found:
        with suppress(KeyError):  # neither gazetteer nor judgements know it any more: then lists alone tell its names
            found[place_id].add(names.place(place_id).name)
    return found


def _entries(one: Evidence, views: Sequence[View], every: Sequence[Gone]) -> dict[str, set[Entry]]:
    """Hash of each rebuilt page of a capture -> its rows, each with whether it goes."""
    texts = {page.url: page.text for page in one.pages if page.text}
    found: dict[str, set[Entry]] = {text_id(text): set() for text in texts.values()}
    rows = ((row, known) for v in views if v.network.id == one.network_id for c, row, known in _printed(v) if c == one.capture_id)
    for row, known in rows:
        if row.page_url in texts:
            printed = Printed(row.name_as_published, row.country_as_published, known.place_id, row.page_url)
            found[text_id(texts[row.page_url])].add(Entry(printed.name, printed.country, is_gone(printed, one.network_id, every)))
    return found


def _evidence(one: Evidence, rows: Entries, named: Collection[str], kept: Collection[str]) -> Evidence:
    texts = (text_without(p.text, rows.get(text_id(p.text), ()), named, kept) if p.text else "" for p in one.pages)
    pages = tuple(replace(page, text=text) for page, text in zip(one.pages, texts, strict=True))
    return replace(one, rows=tuple(r for r in one.rows if r.place_id or r.name_as_published not in named), pages=pages)


def _gone(every: Sequence[Withdrawal], place_id: str, network_id: str) -> bool:
    return bool(place_id) and any(one.of(place_id, network_id) for one in every)
