"""The state of each network's history in the store, so that one new capture costs work in proportion to its listing.

histories/<network_id>.json is made by publish_monitor and never needed: it is used only where it was made for the same network
file, gazetteer, judgements on this network and package version, and where its captures are the first of those accepted now.
Else the network is folded anew. `citynet rebuild` neither reads nor writes it.
"""

import hashlib
import json
from collections.abc import Sequence

from citynet import __version__
from citynet.history.folding import State
from citynet.history.knowledge import learn, learn_all, learns
from citynet.history.plan import Plan
from citynet.history.stored import as_document, from_document
from citynet.model import Network, ResolvedListing
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside

FOLDER = "histories"
_OF_NO_HISTORY = ("captures.csv", "claims.csv", "harm_flags.csv", "statistical_cities.csv", "withdrawals.csv")
"""Judgements that change no history: the listings themselves tell which of them are accepted, and withdrawn rows go out after the fold."""


def folded(
    outside: Outside, network: Network, names: Names, plan: Plan, accepted: Sequence[ResolvedListing], *, keep: bool = True
) -> State:
    """The state by the listings that are or were believed (in order of capture), from the stored one and the listings after it; kept in
    the store, unless not asked to."""
    key, made_for = f"{FOLDER}/{network.id}.json", _made_for(network, names, plan)
    ids = tuple(map(_told, accepted))
    stored = from_document(outside.store.read(key), plan, made_for) if outside.store.exists(key) else None
    if stored is not None and stored[1] == ids:
        return stored[0]
    state = _continued(*stored, accepted) if stored is not None else None
    if state is None:
        state = learn_all(plan, accepted)
    if keep:
        outside.store.write(key, as_document(state, made_for, ids))
    return state


def _continued(state: State, captures: Sequence[str], accepted: Sequence[ResolvedListing]) -> State | None:
    """The stored state with the listings after it; None where it holds others, or one of them belongs before its newest."""
    if [*map(_told, accepted[: len(captures)])] != list(captures):
        return None
    for resolved in accepted[len(captures) :]:
        if not learns(state, resolved):
            return None
        state = learn(state, resolved)
    return state


def _told(resolved: ResolvedListing) -> str:
    """The capture of a listing, and the days on which that began and ceased to be believed where it was not at once and for good."""
    return " ".join((resolved.listing.capture_id, *resolved.believed))


def _made_for(network: Network, names: Names, plan: Plan) -> str:
    """One hash over all that a state depends on beside its captures; judgements that are about other networks are left out."""
    lines = sorted(
        json.dumps([file, *line.values.values()])
        for file, found in names.judgements.lines.items()
        for line in found
        if file not in _OF_NO_HISTORY and line.values.get("network_id", "") in ("", network.id)
    )
    stated = [__version__, network.sha256, names.gazetteer_sha256, str(plan.closing), *lines]
    return hashlib.sha256("\n".join(stated).encode()).hexdigest()
