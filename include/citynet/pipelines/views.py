"""One network as a release sees it: its captures decided, its history, and the list that analysis may use."""

from collections.abc import Sequence
from dataclasses import dataclass

from citynet.analysis.lists import MemberList
from citynet.history.spells import fold
from citynet.model import MEMBER_TIES, Capture, History, Network, ResolvedListing, Spell
from citynet.pipelines.fetching import Attempt, attempts, readable
from citynet.pipelines.inputs import Inputs
from citynet.pipelines.listings import Decided, decide
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside

COUNTED_STATES = frozenset({"listed", "not_seen", "departure_suspected"})


@dataclass(frozen=True, slots=True)
class View:
    """A network with everything a release says of it. accepted: its accepted listings, oldest first."""

    network: Network
    decided: tuple[Decided, ...]
    accepted: tuple[ResolvedListing, ...]
    history: History
    attempts: tuple[Attempt, ...]
    misconfigured: bool


def view(outside: Outside, inputs: Inputs, network: Network, names: Names, *, misconfigured: bool) -> View:
    """Read, decide and fold one network's captures among the inputs."""
    kept: list[Capture] = [c for c in readable(outside.store, network.id) if c.capture_id in inputs.of(network.id)]
    decided = decide(outside, network, names, kept)
    accepted = tuple(d.resolved for d in decided if d.outcome == "accepted" and d.resolved is not None)
    tries = tuple(a for a in attempts(outside.store, network.id) if f"{a.source_id} {a.at} {a.outcome}" in inputs.attempts)
    return View(network, tuple(decided), accepted, _history(network, accepted, names, inputs.as_of), tries, misconfigured)


def counted(network: Network, spell: Spell, as_of: str) -> bool:
    """Whether a membership counts now (design, Ids and states)."""
    active = network.status == "active" or network.status_since > as_of
    return active and spell.state in COUNTED_STATES and spell.tie in MEMBER_TIES


def latest_spells(spells: Sequence[Spell]) -> list[Spell]:
    """The newest spell of each body and tie."""
    newest = {(s.place_id, s.tie): s for s in sorted(spells, key=lambda s: (s.from_latest, s.known_from))}
    return [newest[key] for key in sorted(newest)]


def member_list(seen: View, names: Names, as_of: str) -> MemberList | None:
    """The list that analysis uses: members by the complete listings alone, as they stood at the newest of them.

    Partial listings add facts on members but neither numerator nor denominator; they are used only where a network has no
    complete one, and then yield lower bounds. None for a network without any accepted listing.
    """
    usable = [r for r in seen.accepted if r.listing.use != "replication_only"] or list(seen.accepted)
    if not usable:
        return None
    complete = [r for r in usable if r.listing.coverage == "complete"]
    used = complete or usable
    last = used[-1]
    history = _history(seen.network, used, names, as_of)
    bodies = [s.place_id for s in latest_spells(history.spells) if counted(seen.network, s, as_of)]
    municipalities = {p: names.place(p).municipality_id for p in bodies}
    return MemberList(
        network_id=seen.network.id,
        list_date=f"{last.listing.captured_at:%Y-%m-%d}",
        complete=bool(complete),
        use=last.listing.use,
        municipality_ids=frozenset(filter(None, municipalities.values())),
        listed_ids=frozenset(bodies),
        unresolved=sum(r.verdict in ("review", "unknown") for r in last.resolutions),
        countries={p: names.place(p).country for p in {*bodies, *filter(None, municipalities.values())}},
    )


def _history(network: Network, accepted: Sequence[ResolvedListing], names: Names, as_of: str) -> History:
    statements = [j for j in names.judgements.memberships if j.values["network_id"] == network.id]
    return fold(network, accepted, statements, as_of=as_of)
