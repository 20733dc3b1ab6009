"""Which listings are believed: a listing that drops or swaps many members at once waits for a person.

Such jumps have mostly been faults of a page or of an id, not news: a register that dropped leading zeros made
1,951 additions and 1,888 deletions in one run (https://github.com/opensanctions/opensanctions/pull/2899).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from citynet.history.municipal import MunicipalChange, heirs_on, read_changes
from citynet.model import Judgement, Network, ResolvedListing

JUMP_COUNT = 3
"""From this many bodies on, a jump can be a collapse or a mass re-key."""
JUMP_SHARE = 10
"""Percent of the last accepted members above which it is one."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a listing is believed, and why. gone, come: bodies of the last accepted listing it lacks, and bodies it adds.

    gone is None for a partial listing: what it lacks says nothing.
    """

    accepted: bool
    reason: str
    capture_id: str = ""
    gone: int | None = None
    come: int | None = None


def plain(name: str) -> str:
    """A printed name without differences of case and white space: the key of a row that no place answers to."""
    return " ".join(name.split()).casefold()


def decide(
    last: ResolvedListing | None,
    new: ResolvedListing,
    network: Network,
    judgement: Judgement | None,
    name_key: Callable[[str], str] = plain,
    changes: Sequence[MunicipalChange] = (),
) -> Decision:
    """Accept or hold one listing against the last accepted one.

    Held: no rows; a collapse (3 or more gone and over 10 % of the last accepted members, or all of them); a mass re-key
    (3 or more gone, 3 or more come, together over 10 %); a live listing with a page that nobody has verified yet. A partial
    listing is accepted but for that: it only confirms and adds. A judgement (`verdict` accept | reject) overrides.
    Bodies are the same where place_id or printed name agree, or where one was merged or split into the other by then.
    """
    compared = last is not None and new.listing.coverage != "partial"
    gone, come = _differences(last, new, name_key, changes) if compared and last is not None else (None, None)
    if judgement is not None:
        return Decision(judgement.values.get("verdict") == "accept", _judged(judgement), new.listing.capture_id, gone, come)
    held = "no rows: a page without members is a changed page" if not new.listing.rows else ""
    if last is not None and gone is not None and come is not None:
        held = held or _jump(gone, come, len(_bodies(last, name_key)))
    held = held or _unverified(network, new)
    return Decision(not held, held or _accepted_because(new, gone, come), new.listing.capture_id, gone, come)


def accept_all(
    network: Network,
    resolved_listings: Sequence[ResolvedListing],
    judgements: Sequence[Judgement],
    name_key: Callable[[str], str] = plain,
    municipal_changes: Sequence[Judgement] = (),
) -> tuple[Decision, ...]:
    """Decide on all listings of a network in order of capture, whatever order they come in; one decision a capture.

    Each is held against the newest accepted complete listing, or the newest accepted one while there is none: else a
    short partial page between two complete ones would hide a collapse. Of several judgements (columns network_id,
    capture_id, verdict, reviewer, date, reason) on one capture the newest holds.
    """
    decisions: list[Decision] = []
    last: ResolvedListing | None = None
    by_capture, changes = _judgements_by_capture(network, judgements), read_changes(municipal_changes)
    one_each = {resolved.listing.capture_id: resolved for resolved in resolved_listings}
    for new in sorted(one_each.values(), key=lambda resolved: (resolved.listing.captured_at, resolved.listing.capture_id)):
        decision = decide(last, new, network, by_capture.get(new.listing.capture_id), name_key, changes)
        decisions.append(decision)
        if decision.accepted and (last is None or new.listing.coverage == "complete" or last.listing.coverage == "partial"):
            last = new
    return tuple(decisions)


def _judgements_by_capture(network: Network, judgements: Sequence[Judgement]) -> dict[str, Judgement]:
    mine = (j for j in judgements if j.values.get("network_id") == network.id and j.values.get("verdict") in ("accept", "reject"))
    in_order = sorted(mine, key=lambda j: (j.values.get("date", ""), sorted(j.values.items())))
    return {j.values.get("capture_id", ""): j for j in in_order}


def _bodies(
    resolved: ResolvedListing, name_key: Callable[[str], str], heirs: Mapping[str, frozenset[str]] = MappingProxyType({})
) -> list[frozenset[str]]:
    """One set of keys a body: its place_id and heirs, every name it is printed under, and for an open row the places it can be.

    A candidate that the listing names in another row is that row, so it is no key of the open one.
    """
    resolved_ids = {resolution.place_id for resolution in resolved.resolutions}
    keys: dict[str, set[str]] = {}
    for row, resolution in zip(resolved.listing.rows, resolved.resolutions, strict=True):
        name = "name " + name_key(row.name_as_published)
        found = (
            {resolution.place_id, *heirs.get(resolution.place_id, ())}
            if resolution.place_id
            else {name, *resolution.candidates} - resolved_ids
        )
        keys.setdefault(resolution.place_id or name, set()).update({name}, found)
    return [frozenset(found) for _, found in sorted(keys.items())]


def _differences(
    last: ResolvedListing, new: ResolvedListing, name_key: Callable[[str], str], changes: Sequence[MunicipalChange]
) -> tuple[int, int]:
    heirs = heirs_on(changes, f"{new.listing.captured_at:%Y-%m-%d}")
    before, after = _bodies(last, name_key, heirs), _bodies(new, name_key, heirs)
    keys_before, keys_after = frozenset[str]().union(*before), frozenset[str]().union(*after)
    return sum(not body & keys_after for body in before), sum(not body & keys_before for body in after)


def _jump(gone: int, come: int, members: int) -> str:
    seen = f"{gone} of {members} members of the last accepted listing are gone, {come} are new"
    if members and gone == members:
        return f"collapse: all gone; {seen}"
    if gone >= JUMP_COUNT and gone * 100 > JUMP_SHARE * members:
        return f"collapse: {seen}; held from {JUMP_COUNT} gone and over {JUMP_SHARE} %"
    if gone >= JUMP_COUNT and come >= JUMP_COUNT and (gone + come) * 100 > JUMP_SHARE * members:
        return f"mass re-key: {seen}; held from {JUMP_COUNT} gone and {JUMP_COUNT} new, together over {JUMP_SHARE} %"
    return ""


def _unverified(network: Network, new: ResolvedListing) -> str:
    """Why a live listing waits although it looks well: the rules of a page may read something else until a person has compared.

    Archived and rebuilt pages are chosen by a person one by one.
    """
    on = f"{new.listing.captured_at:%Y-%m-%d}"
    asked = [page for page in network.pages if page.since <= on and (not page.until or on < page.until)]
    unverified = [page.url for page in asked if not page.verified_on]
    if new.listing.origin != "live" or not unverified:
        return ""
    return f"not verified: {', '.join(unverified)} has no verified_on; the first live listing of a page waits for a person"


def _judged(judgement: Judgement) -> str:
    values = judgement.values
    return f"{values.get('verdict', '')} by {values.get('reviewer', '')} on {values.get('date', '')}: {values.get('reason', '')}"


def _accepted_because(new: ResolvedListing, gone: int | None, come: int | None) -> str:
    if new.listing.coverage == "partial":
        return "partial listing: confirms and adds, nothing follows from what it lacks"
    if gone is None:
        return "first accepted listing"
    return f"{gone} gone and {come} new against the last accepted listing"
