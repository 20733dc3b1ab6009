"""Which listings are believed: a listing that drops or swaps many members at once waits for a person.

Such jumps have mostly been faults of a page or of an id, not news: a register that dropped leading zeros made
1,951 additions and 1,888 deletions in one run (https://github.com/opensanctions/opensanctions/pull/2899).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType

from citynet.history.differing import Difference, difference, plain
from citynet.history.municipal import MunicipalChange, read_changes
from citynet.history.scope import Scope, change_of_scope, pages_on, scope_of, served
from citynet.model import Gate, Judgement, Network, ResolvedListing

JUMP_COUNT = 3
"""From this many bodies on, a jump can be a collapse or a mass re-key."""
JUMP_SHARE = 10
"""Percent of the last accepted members above which it is one; and points by which the share of unresolved names may grow."""
EXCHANGE_COUNT = 10
"""From this many gone with as many come on, whatever share of the members they are, nobody can tell news from a fault one by one: in a
list of 2,000, 90 gone and 90 new are under a tenth. Under it lie the few a month that networks of hundreds lose and gain."""

NOT_VERIFIED = "not verified"
"""How the reason begins that is told last: it says nothing against the listing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the next listing is held against. last: the newest accepted complete listing, or the newest accepted one while there is
    none: else a short partial page between two complete ones would hide a collapse; scopes: those of accepted served listings."""

    last: ResolvedListing | None = None
    scopes: frozenset[Scope] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a listing is believed, and why. gone, come: bodies of the last accepted listing it lacks, and bodies it adds.

    gone is None for a partial listing: what it lacks says nothing. gates: what was asked of it beside the last accepted one.
    """

    accepted: bool
    reason: str
    capture_id: str = ""
    gone: int | None = None
    come: int | None = None
    gates: tuple[Gate, ...] = ()


def decide(
    last: ResolvedListing | None,
    new: ResolvedListing,
    network: Network,
    judgement: Judgement | None,
    name_key: Callable[[str], str] = plain,
    changes: Sequence[MunicipalChange] = (),
    doubt: str = "",
    scopes: AbstractSet[Scope] | None = None,
) -> Decision:
    """Accept or hold one listing against the last accepted one.

    Held: no rows; what reading it left in `doubt`; a country or tie of 3 or more members that has none any more; half of the names
    not matched any more; a collapse (3 or more gone and over 10 % of the last accepted members, or all of them); a mass re-key (3
    or more gone, 3 or more come, together over 10 %); many joins with many departures (10 or more each); a jump of unresolved
    names; a listing as served of another coverage, from other pages or by other rules than every accepted one (scopes; None: that
    of `last`); a live listing with a page that nobody has verified yet. A partial listing only confirms and adds, so that nothing
    is compared. A judgement (`verdict` accept | reject) overrides. Bodies are the same where place_id or printed name agree, or
    where one was merged or split into the other by then.
    """
    if scopes is None:
        scopes = _scopes(network, last)
    scope = change_of_scope(scopes, scope_of(network, new)) if served(new) else ""
    against = last if new.listing.coverage != "partial" else None
    found = difference(against, new, name_key, changes) if against is not None else None
    gone, come = (len(found.gone), len(found.come)) if found else (None, None)
    asked = _asked(network, new, against, found, doubt, scope)
    told = judgement is not None
    gates = tuple(Gate(name, not (told and failed), not failed, expected, seen) for name, expected, seen, failed in asked)
    failures = [failed for name, _, _, failed in sorted(asked, key=lambda gate: gate[3].startswith(NOT_VERIFIED)) if failed]
    if judgement is not None:
        return Decision(judgement.values.get("verdict") == "accept", _judged(judgement), new.listing.capture_id, gone, come, gates)
    reason = "; ".join(failures) or _accepted_because(new, gone, come)
    return Decision(not failures, reason, new.listing.capture_id, gone, come, gates)


def accept_all(
    network: Network,
    resolved_listings: Sequence[ResolvedListing],
    judgements: Sequence[Judgement],
    name_key: Callable[[str], str] = plain,
    municipal_changes: Sequence[Judgement] = (),
    doubts: Mapping[str, str] = MappingProxyType({}),
    before: Sequence[Decision] = (),
) -> tuple[Decision, ...]:
    """Decide on all listings of a network in order of capture, whatever order they come in; one decision a capture.

    Of several judgements (columns network_id, capture_id, verdict, reviewer, date, reason) on one capture the newest holds.
    doubts: capture_id -> what reading it left in doubt. before: decisions on the first listings that are known to be so.
    """
    decisions: list[Decision] = []
    standing = Standing()
    by_capture, changes = judgements_by_capture(network, judgements), read_changes(municipal_changes)
    one_each = {resolved.listing.capture_id: resolved for resolved in resolved_listings}
    made = {decision.capture_id: decision for decision in before}
    for new in sorted(one_each.values(), key=lambda resolved: (resolved.listing.captured_at, resolved.listing.capture_id)):
        capture_id = new.listing.capture_id
        told, doubt = by_capture.get(capture_id), doubts.get(capture_id, "")
        decision = made.get(capture_id) or decide(standing.last, new, network, told, name_key, changes, doubt, standing.scopes)
        decisions.append(decision)
        if decision.accepted:
            standing = accepted_too(standing, new, network)
    return tuple(decisions)


def accepted_too(standing: Standing, accepted: ResolvedListing, network: Network) -> Standing:
    """What the next listing is held against, after one more was accepted."""
    return Standing(compared_next(standing.last, accepted), standing.scopes | _scopes(network, accepted))


def _scopes(network: Network, resolved: ResolvedListing | None) -> frozenset[Scope]:
    return frozenset({scope_of(network, resolved)} if resolved is not None and served(resolved) else ())


def compared_next(last: ResolvedListing | None, accepted: ResolvedListing) -> ResolvedListing:
    """The listing that the next one is held against, after one more was accepted."""
    newer = last is None or accepted.listing.coverage == "complete" or last.listing.coverage == "partial"
    return accepted if newer or last is None else last


def judgements_by_capture(network: Network, judgements: Sequence[Judgement]) -> dict[str, Judgement]:
    """The judgement that holds on each capture of the network."""
    mine = (j for j in judgements if j.values.get("network_id") == network.id and j.values.get("verdict") in ("accept", "reject"))
    in_order = sorted(mine, key=lambda j: (j.values.get("date", ""), sorted(j.values.items())))
    return {j.values.get("capture_id", ""): j for j in in_order}


def _asked(
    network: Network, new: ResolvedListing, against: ResolvedListing | None, found: Difference | None, doubt: str, scope: str
) -> list[tuple[str, str, str, str]]:
    """(gate, expected, seen, why it failed or "") of each gate that looks beyond the capture, in their order."""
    unverified = "" if not new.listing.rows else _unverified(network, new)
    empty = "" if new.listing.rows else "no rows: a page without members is a changed page"
    layout = "; ".join(filter(None, (empty, doubt, scope, unverified)))
    lets_expect = "members, no injected spam; of a live page rules that a person has compared with it; coverage, pages and rules as before"
    first = [("layout", lets_expect, layout or _rows(new), layout)]
    if against is None or found is None:
        nothing = "a partial listing is compared with none" if new.listing.coverage == "partial" else "no accepted listing before it"
        return [
            *first,
            *((name, "what the last accepted listing lets expect", nothing, "") for name in ("bounds", "collapse", "identities")),
        ]
    members = found.same + len(found.gone)
    seen = f"{len(found.gone)} of {members} members of the last accepted listing are gone, {len(found.come)} are new"
    emptied, rates = _emptied(against, new), (_open_share(against), _open_share(new))
    unmatched = f"{rates[1]:.0f} % of the names are not matched, {rates[0]:.0f} % before"
    more = _open_names(new) - _open_names(against) >= JUMP_COUNT
    halved = more and 100 - rates[1] < (100 - rates[0]) / 2
    bounds = "; ".join(filter(None, (emptied, f"resolution: {unmatched}" if halved else "")))
    jumped = more and rates[1] - rates[0] > JUMP_SHARE
    swapped = _rekeyed(found, members, seen) or _exchanged(found, members, seen)
    return [
        *first,
        ("bounds", "no country or tie emptied, and half of the matched names matched still", bounds or unmatched, bounds),
        ("collapse", f"under {JUMP_COUNT} gone, or at most {JUMP_SHARE} %", seen, _collapse(found, members, seen)),
        (
            "identities",
            f"gone and new at most {JUMP_SHARE} % together and not {EXCHANGE_COUNT} each, unmatched names not {JUMP_SHARE} points up",
            f"{seen}; {unmatched}",
            swapped or (f"unresolved names jump: {unmatched}" if jumped and not bounds else ""),
        ),
    ]


def _collapse(found: Difference, members: int, seen: str) -> str:
    if members and len(found.gone) == members:
        return f"collapse: all gone; {seen}"
    if len(found.gone) >= JUMP_COUNT and len(found.gone) * 100 > JUMP_SHARE * members:
        return f"collapse: {seen}; held from {JUMP_COUNT} gone and over {JUMP_SHARE} %"
    return ""


def _rekeyed(found: Difference, members: int, seen: str) -> str:
    gone, come = len(found.gone), len(found.come)
    if _collapse(found, members, seen) or min(gone, come) < JUMP_COUNT or (gone + come) * 100 <= JUMP_SHARE * members:
        return ""
    return f"mass re-key: {seen}; held from {JUMP_COUNT} gone and {JUMP_COUNT} new, together over {JUMP_SHARE} %"


def _exchanged(found: Difference, members: int, seen: str) -> str:
    if _collapse(found, members, seen) or min(len(found.gone), len(found.come)) < EXCHANGE_COUNT:
        return ""
    return f"many joins with many departures: {seen}; held from {EXCHANGE_COUNT} gone and {EXCHANGE_COUNT} new"


def _emptied(last: ResolvedListing, new: ResolvedListing) -> str:
    """The countries and ties with JUMP_COUNT members or more that have none any more: a filter or a part of the page is missing.

    Not told where hardly anything is left, which is a collapse.
    """
    if 2 * len(new.listing.rows) < len(last.listing.rows):
        return ""
    lacking = []
    for what, before, after in (("country", _countries(last), _countries(new)), ("tie", _ties(last), _ties(new))):
        lacking += [
            f"{what} {name} had {n} members and has none" for name, n in sorted(before.items()) if n >= JUMP_COUNT and not after[name]
        ]
    return "; ".join(lacking)


def _countries(resolved: ResolvedListing) -> Counter[str]:
    return Counter(resolution.country for resolution in resolved.resolutions if resolution.country)


def _ties(resolved: ResolvedListing) -> Counter[str]:
    return Counter(row.tie for row in resolved.listing.rows if row.tie != "unknown")


def _open_names(resolved: ResolvedListing) -> int:
    return sum(resolution.verdict in ("review", "unknown") for resolution in resolved.resolutions)


def _open_share(resolved: ResolvedListing) -> float:
    """Percent of the rows that no place answers to; bodies that are known to be no city are answered."""
    return 100 * _open_names(resolved) / max(1, len(resolved.resolutions))


def _rows(new: ResolvedListing) -> str:
    return f"{len(new.listing.rows)} rows"


def _unverified(network: Network, new: ResolvedListing) -> str:
    """Why a live listing waits although it looks well: the rules of a page may read something else until a person has compared.

    Archived and rebuilt pages are chosen by a person one by one.
    """
    asked = pages_on(network, f"{new.listing.captured_at:%Y-%m-%d}")
    unverified = [page.url for page in asked if not page.verified_on]
    if new.listing.origin != "live" or not unverified:
        return ""
    return f"{NOT_VERIFIED}: {', '.join(unverified)} has no verified_on; the first live listing of a page waits for a person"


def _judged(judgement: Judgement) -> str:
    values = judgement.values
    return f"{values.get('verdict', '')} by {values.get('reviewer', '')} on {values.get('date', '')}: {values.get('reason', '')}"


def _accepted_because(new: ResolvedListing, gone: int | None, come: int | None) -> str:
    if new.listing.coverage == "partial":
        return "partial listing: confirms and adds, nothing follows from what it lacks"
    if gone is None:
        return "first accepted listing"
    return f"{gone} gone and {come} new against the last accepted listing"
