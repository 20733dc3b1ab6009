"""Since when a listing is believed: since it came, since the day on which a person let it in, or until the day on which one took it back.

What a person decides on a held list is knowledge with a day of its own: before it nobody believed the list, so nothing that rests on it
was known. The same holds where an older list that comes in late changes what the lists after it are compared with.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile
from types import MappingProxyType

from citynet.history.accepting import Decision, accept_all
from citynet.history.municipal import concerning, read_changes, recorded_on
from citynet.history.sightings import FOREVER, in_order, known_on, order_of
from citynet.model import Judgement, Network, ResolvedListing


@dataclass(frozen=True, slots=True)
class Beliefs:
    """decisions: one a capture, in order of capture, as they stand; listings: capture_id -> the listing with the days on which it began
    and ceased to be believed, none where it was from the day it was known on, or never."""

    decisions: tuple[Decision, ...]
    listings: Mapping[str, ResolvedListing]


def beliefs(
    network: Network,
    listings: Sequence[ResolvedListing],
    judgements: Sequence[Judgement],
    municipal_changes: Sequence[Judgement] = (),
    doubts: Mapping[str, str] = MappingProxyType({}),
) -> Beliefs:
    """Decide on a network's listings as `accept_all` does, once for each day on which a decision on one that was there can change.

    A merger or split is held against lists from the day on which it was recorded.
    """
    there = in_order(listings)
    effective = _recorded_days(there, municipal_changes)
    turned: dict[str, tuple[str, ...]] = {resolved.listing.capture_id: () for resolved in there}
    own = [j for j in judgements if j.values["network_id"] == network.id and j.values["capture_id"] in turned]
    days = sorted({j.values["date"] for j in own} | _late_days(there) | effective.keys())
    decisions: tuple[Decision, ...] = ()
    for begin, end in pairwise(["", *days, FOREVER]):
        known = {r.listing.capture_id: r for r in there if known_on(r) < end}
        told = [j for j in own if j.values["date"] <= begin]
        anew = {j.values["capture_id"] for j in told if j.values["date"] == begin}
        if begin in effective:
            anew |= {capture_id for capture_id, r in known.items() if order_of(r)[0] >= effective[begin]}
        recorded = [line for line in municipal_changes if recorded_on(line) <= begin]
        before = _still_so(decisions, tuple(known), anew)
        decisions = accept_all(network, tuple(known.values()), told, municipal_changes=recorded, doubts=doubts, before=before)
        for decision in decisions:
            turns = turned[decision.capture_id]
            if decision.accepted != (len(turns) % 2 == 1):
                turned[decision.capture_id] = (*turns, max(begin, known_on(known[decision.capture_id])))
    return Beliefs(decisions, {r.listing.capture_id: _believed(r, turned[r.listing.capture_id]) for r in there})


def _recorded_days(listings: Sequence[ResolvedListing], municipal_changes: Sequence[Judgement]) -> dict[str, str]:
    """Day on which a merger or split of a body on these listings was recorded -> the first day since which one recorded then was so."""
    if not any(map(recorded_on, municipal_changes)):
        return {}
    shown = {found.place_id for resolved in listings for found in resolved.resolutions}
    effective: dict[str, str] = {}
    for change in concerning([change for change in read_changes(municipal_changes) if change.successor_id], shown):
        effective[change.recorded_on] = min(change.earliest, effective.get(change.recorded_on, change.earliest))
    effective.pop("", None)
    return effective


def _still_so(decisions: Sequence[Decision], captures: Sequence[str], judged: AbstractSet[str]) -> list[Decision]:
    """The decisions up to the first listing that is new or judged anew: none before it is held against that one."""
    pairs = zip(decisions, captures, strict=False)
    return [decision for decision, _ in takewhile(lambda pair: pair[0].capture_id == pair[1] and pair[1] not in judged, pairs)]


def _late_days(listings: Sequence[ResolvedListing]) -> set[str]:
    """The days on which a listing became known that was captured before one known earlier."""
    days, newest = set(), ("", "")
    for day, found in groupby(sorted(listings, key=known_on), key=known_on):
        orders = [order_of(resolved) for resolved in found]
        if min(orders) < newest:
            days.add(day)
        newest = max(newest, *orders)
    return days


def _believed(resolved: ResolvedListing, days: tuple[str, ...]) -> ResolvedListing:
    return resolved if days == (known_on(resolved),) else replace(resolved, believed=days)
