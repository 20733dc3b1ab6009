"""What each printed name meant until now: a ledger in the store, so that no membership is matched anew without being reported.

Resolution is a function of names, judgements and code and forgets what it said before. The ledger keeps it, as files that are
only added to: identities/<network_id>/<newest instant in it>-<12 hex>.json, each with the names first seen or matched anew
since the file before it. History itself is always folded with today's identities, so nobody joins or leaves by a new match.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise

from citynet.errors import ConfigError
from citynet.model import Change, Judgement, Network, Resolution, ResolvedListing, written
from citynet.pipelines.listings import decide
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside
from citynet.store import Store

FOLDER = "identities"
Printed = tuple[str, str]
"""(name as published, country as published)."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a printed name was matched to from known_at (an instant) on. judged: a person's judgement said so; rejected: the
    places that judgements said it is not, parted by "; "."""

    name: str
    country: str
    verdict: str
    place_id: str
    judged: bool
    known_at: str
    rejected: str = ""


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

    as_of (ISO date) dates a match that no judgement decides or changes. Killed in between it leaves whole files, and the next
    call the rest.
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
            meaning
            for printed, resolution in sorted(found.items())
            if (meaning := _meaning(names.judged(network, *printed), printed, resolution, known.get(printed, ()), newest, as_of))
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
                by_a_person = before.judged or after.judged or before.rejected != after.rejected
                cause = "judgement" if by_a_person else "gazetteer"
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


def matched_since(found: Sequence[Rematch], accepted: Sequence[ResolvedListing]) -> dict[str, str]:
    """place_id -> instant from which the first of the names that mean it today was matched to it; without places meant from the first.

    What lists told of such a place before that was not seen: it became known with the match.
    """
    matched = {(rematch.name, rematch.country, rematch.after): rematch.known_at for rematch in found if rematch.after}
    wanted = {place_id for _, _, place_id in matched}
    since: dict[str, set[str]] = {}
    for resolved in accepted if wanted else ():
        for row, resolution in zip(resolved.listing.rows, resolved.resolutions, strict=True):
            if resolution.place_id in wanted:
                printed = (row.name_as_published, row.country_as_published, resolution.place_id)
                since.setdefault(resolution.place_id, set()).add(matched.get(printed, ""))
    return {place_id: min(instants) for place_id, instants in since.items() if min(instants)}


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


def _meaning(
    lines: Sequence[Judgement], printed: Printed, found: Resolution, before: Sequence[Meaning], newest: str, as_of: str
) -> Meaning | None:
    """The new meaning, None where it is the last one; never dated before the one it replaces, so that what was known by a day is
    what stands first. lines: the judgements that apply to the name.
    """
    judged = found.route.startswith("judgement:")
    rejected = {line.values["place_id"]: line.values["date"] for line in lines if line.values["verdict"] == "is_not"}
    meaning = Meaning(*printed, found.verdict, found.place_id, judged, newest, "; ".join(sorted(rejected)))
    if not before:
        return meaning
    last = before[-1]
    if replace(meaning, known_at=last.known_at) == last:
        return None
    if judged:
        decided_on = next((line.values["date"] for line in lines if line.values["verdict"] != "is_not"), "")
    else:
        decided_on = max((day for place_id, day in rejected.items() if place_id not in last.rejected.split("; ")), default="")
    return replace(meaning, known_at=max(last.known_at, f"{decided_on or as_of}T00:00:00Z"))


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
