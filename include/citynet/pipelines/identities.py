"""What each printed name meant until now: a ledger in the store, so that no membership is matched anew without being reported.

Resolution is a function of names, judgements and code and forgets what it said before. The ledger keeps it, as files that are
only added to: identities/<network_id>/<newest instant in it>-<12 hex>.json, each with the names first seen or matched anew
since the file before it. History itself is always folded with today's identities, so nobody joins or leaves by a new match.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from citynet.errors import ConfigError
from citynet.model import Change, Judgement, Network, Resolution, ResolvedListing, written
from citynet.pipelines.listings import decide
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside
from citynet.places.normalise import normalise
from citynet.store import Store

FOLDER = "identities"
Printed = tuple[str, str]
"""(name as published, country as published)."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a printed name was matched to from known_at (an instant) on. judged: a person's judgement said so."""

    name: str
    country: str
    verdict: str
    place_id: str
    judged: bool
    known_at: str


@dataclass(frozen=True, slots=True)
class Rematch:
    """A printed name of a network that was matched to another place. before, after: place_ids, "" = not matched."""

    network_id: str
    name: str
    country: str
    before: str
    after: str
    cause: str
    known_at: str


def remember(outside: Outside, names: Names, networks: Iterable[Network], as_of: str) -> None:
    """Add to the ledger what the names on accepted lists mean today, where that is new; the same again adds nothing.

    as_of (ISO date) dates a match that no judgement decides. Killed in between it leaves whole files, and the next call the rest.
    """
    for network in sorted(networks, key=lambda network: network.id):
        decided = [d for d in decide(outside, network, names) if d.outcome == "accepted" and d.resolved is not None]
        if not decided:
            continue
        newest = max(written(d.reading.capture.known_at) for d in decided)
        found: dict[Printed, Resolution] = {}
        for resolved in (d.resolved for d in decided if d.resolved is not None):
            for row, resolution in zip(resolved.listing.rows, resolved.resolutions, strict=True):
                found[row.name_as_published, row.country_as_published] = resolution
        known, number = _known(outside.store, network.id)
        new = [
            _meaning(names, network.id, printed, resolution, known.get(printed, ()), newest, as_of)
            for printed, resolution in sorted(found.items())
            if not _said_already(known.get(printed, ()), resolution)
        ]
        if new:
            _write(outside.store, network.id, number + 1, new)


def rematches(store: Store, network_id: str, known_by: str = "") -> tuple[Rematch, ...]:
    """Every match that replaced another, by name and in order of time; known_by (ISO date): only those known by that day's end."""
    known, _ = _known(store, network_id)
    found = []
    for (name, country), meanings in sorted(known.items()):
        for before, after in pairwise(meanings):
            if before.place_id != after.place_id and (not known_by or after.known_at[:10] <= known_by):
                cause = "judgement" if before.judged or after.judged else "gazetteer"
                found.append(Rematch(network_id, name, country, before.place_id, after.place_id, cause, after.known_at))
    return tuple(found)


def all_rematches(store: Store, known_by: str = "") -> tuple[Rematch, ...]:
    """Those of every network in the store."""
    return tuple(found for network_id in store.folders(FOLDER) for found in rematches(store, network_id, known_by))


def told(rematch: Rematch) -> str:
    """A match as an input of a release is named."""
    return json.dumps(list(asdict(rematch).values()), ensure_ascii=False)


def re_resolved(found: Sequence[Rematch], accepted: Sequence[ResolvedListing]) -> tuple[Change, ...]:
    """The matches as changes of the record, with the newest accepted listing that prints the name as their evidence.

    Two names matched anew to one place at one time are one membership matched anew.
    """
    return tuple(
        sorted({change for rematch in found for change in _changes(rematch, accepted)}, key=lambda c: (c.known_at, c.place_id, c.before))
    )


def _changes(rematch: Rematch, accepted: Sequence[ResolvedListing]) -> list[Change]:
    printed = (rematch.name, rematch.country)
    ties: dict[str, set[str]] = {}
    newest = None
    for resolved in accepted:
        listing = resolved.listing
        mine = {row.tie for row in listing.rows if (row.name_as_published, row.country_as_published) == printed}
        if mine and (newest is None or (listing.captured_at, listing.capture_id) > (newest.captured_at, newest.capture_id)):
            newest, ties[listing.capture_id] = listing, mine
    return [
        Change(
            world=False,
            network_id=rematch.network_id,
            place_id=rematch.after or rematch.before,
            tie=tie,
            change="re_resolved",
            cause=rematch.cause,
            earliest="",
            latest=rematch.known_at[:10],
            printed_on="",
            known_at=rematch.known_at,
            evidence_capture_id=newest.capture_id if newest else "",
            origin=newest.origin if newest else "",
            before=rematch.before,
            after=rematch.after,
        )
        for tie in sorted(ties[newest.capture_id] if newest else {""})
    ]


def _said_already(before: Sequence[Meaning], found: Resolution) -> bool:
    return bool(before) and (before[-1].verdict, before[-1].place_id, before[-1].judged) == (found.verdict, found.place_id, _judged(found))


def _judged(found: Resolution) -> bool:
    return found.route.startswith("judgement:")


def _meaning(
    names: Names, network_id: str, printed: Printed, found: Resolution, before: Sequence[Meaning], newest: str, as_of: str
) -> Meaning:
    """The new meaning; never dated before the one it replaces, so that what was known by a day is what stands first."""
    at = newest
    if before:
        decided_on = _decided_on(names, network_id, printed[0], found) if _judged(found) else ""
        at = max(before[-1].known_at, f"{decided_on or as_of}T00:00:00Z")
    return Meaning(*printed, found.verdict, found.place_id, _judged(found), at)


def _decided_on(names: Names, network_id: str, name: str, found: Resolution) -> str:
    """The date of the judgement behind the answer: the one that says so of the longest part of the name, the network's own first."""
    printed = f" {normalise(name)} "
    lines: list[tuple[bool, int, Judgement]] = []
    for (key, _, network), judged in names.judgements.names.items():
        if network in ("", network_id) and f" {key} " in printed:
            lines += [(bool(network), len(key), line) for line in judged if found.place_id in ("", line.values["place_id"])]
    return max((own, length, line.values["date"]) for own, length, line in lines)[2] if lines else ""


def _known(store: Store, network_id: str) -> tuple[dict[Printed, list[Meaning]], int]:
    """Every printed name with what it meant, oldest first, and the number of the newest file."""
    files = sorted((_read(store, key) for key in store.keys(f"{FOLDER}/{network_id}")), key=lambda file: (file[0], file[1]))
    known: dict[Printed, list[Meaning]] = {}
    for _, _, meanings in files:
        for meaning in meanings:
            known.setdefault((meaning.name, meaning.country), []).append(meaning)
    return known, files[-1][0] if files else 0


def _read(store: Store, key: str) -> tuple[int, str, list[Meaning]]:
    try:
        document = json.loads(store.read(key))
        return int(document["number"]), key, [Meaning(**stated) for stated in document["names"]]
    except (ValueError, KeyError, TypeError) as problem:
        raise ConfigError(f"{key}: expected a number and names with their meaning, got: {problem}; restore it from the backup") from problem


def _write(store: Store, network_id: str, number: int, meanings: Sequence[Meaning]) -> None:
    document = {"number": number, "names": [asdict(meaning) for meaning in meanings]}
    data = (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    stamp = max(meaning.known_at for meaning in meanings).translate({ord(sign): None for sign in "-:"})
    store.write(f"{FOLDER}/{network_id}/{stamp}-{hashlib.sha256(data).hexdigest()[:12]}.json", data)
