"""One network as a release sees it: its captures decided, its history, and the lists that analysis may use."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from citynet.analysis.listed_cities import DatedList
from citynet.analysis.lists import Days, MemberList, compared_dates
from citynet.history.folding import State, changes_in_order, history_of, spells_in_order
from citynet.history.knowledge import learn_all
from citynet.history.periods import period
from citynet.history.plan import Plan, plan
from citynet.history.sightings import FOREVER, in_order, turning_days
from citynet.history.spells import fold
from citynet.model import MEMBER_TIES, Capture, Change, History, Judgement, Network, Resolution, ResolvedListing, Spell
from citynet.pipelines.decided_anew import decided_anew
from citynet.pipelines.fetching import Attempt, attempts, readable
from citynet.pipelines.histories import folded
from citynet.pipelines.identities import Rematch, re_resolved, rematches
from citynet.pipelines.inputs import Inputs
from citynet.pipelines.judged_by import names_known_by
from citynet.pipelines.listings import Decided, decide
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside
from citynet.pipelines.unrecorded_mergers import unrecorded_mergers

COUNTED_STATES = frozenset({"listed", "not_seen", "departure_suspected"})

_LISTED_AS = {
    "project_partner": "project partners",
    "board_seat": "seats on a board",
    "awarded": "awarded bodies",
    "observer": "observers",
    "candidate": "candidates",
    "honorary": "honorary members",
    "former": "former members",
    "unknown": "bodies without a stated tie",
}
"""How a reason names those who are listed under a tie that is no membership."""
_NOT_ON_THE_LIST = frozenset(_LISTED_AS) - {"project_partner", "unknown"}
_MAY_BE_MEMBERS = frozenset({*MEMBER_TIES, "unknown"})
_OPEN = ("review", "unknown")


@dataclass(frozen=True, slots=True)
class View:
    """A network with everything a release says of it. accepted: its accepted listings, oldest first; known_by: see Inputs.

    by_lists: the history by the lists that figures may use alone, state: what it is the history of; None where it was not asked for.
    rematched: its names that were matched to another place than before.
    """

    network: Network
    decided: tuple[Decided, ...]
    accepted: tuple[ResolvedListing, ...]
    history: History
    attempts: tuple[Attempt, ...]
    misconfigured: bool
    known_by: str = ""
    by_lists: History | None = None
    rematched: tuple[Rematch, ...] = ()
    state: State | None = None

    @property
    def lists(self) -> tuple[ResolvedListing, ...]:
        """The accepted listings that figures may use; a sample chosen by number of memberships only where there is no other."""
        return tuple(r for r in self.accepted if r.listing.use != "replication_only") or self.accepted


def view(outside: Outside, inputs: Inputs, network: Network, names: Names, *, misconfigured: bool, anew: bool = True) -> View:
    """Read, decide and fold one network's captures among the inputs; not anew: from the state kept in the store."""
    kept: list[Capture] = [c for c in readable(outside.store, network.id) if c.capture_id in inputs.of(network.id)]
    names = names_known_by(names, inputs.known_by)
    decided = decide(outside, network, names, kept)
    accepted = tuple(d.resolved for d in decided if d.outcome == "accepted" and d.resolved is not None)
    tries = tuple(a for a in attempts(outside.store, network.id) if f"{a.source_id} {a.at} {a.outcome}" in inputs.attempts)
    lists = _lists_ever_believed(decided)
    rules = _plan(network, lists, names, inputs.as_of, inputs.known_by)
    afresh = anew or inputs.known_by
    state = learn_all(rules, in_order(lists, inputs.known_by)) if afresh else folded(outside, network, names, rules, lists)
    by_lists = history_of(state)
    history = _with_sample(network, accepted, names, inputs, by_lists)
    rematched = rematches(outside.store, network.id, inputs.known_by)
    origins = {d.reading.capture.capture_id: d.reading.capture.origin for d in decided}
    ours = (*re_resolved(rematched, accepted), *decided_anew(state.undone, names.judgements.captures, origins))
    of_records = (_placed(change, names) for change in ours)
    history = replace(history, changes=changes_in_order((*history.changes, *of_records)))
    return View(network, tuple(decided), accepted, history, tries, misconfigured, inputs.known_by, by_lists, rematched, state)


def standing(outside: Outside, network: Network, names: Names, decided: Sequence[Decided]) -> State:
    """What a network's lists come to by all that is known now, for who asks between releases; nothing is kept."""
    lists = _lists_ever_believed(decided)
    return folded(outside, network, names, _plan(network, lists, names, FOREVER), lists, keep=False)


def _lists_ever_believed(decided: Sequence[Decided]) -> list[ResolvedListing]:
    """The listings that figures may use: those accepted, and those believed until a person or an older list took it back."""
    ever = [d.resolved for d in decided if d.resolved is not None and (d.outcome == "accepted" or d.resolved.believed)]
    return [resolved for resolved in ever if resolved.listing.use != "replication_only"]


def counted(network: Network, spell: Spell, as_of: str) -> bool:
    """Whether a membership counts now; those of a network that was looked at and left out never do."""
    return not _left_out(network) and _active(network, as_of) and spell.state in COUNTED_STATES and spell.tie in MEMBER_TIES


def _active(network: Network, as_of: str) -> bool:
    return network.status == "active" or network.status_since > as_of


def _left_out(network: Network) -> bool:
    """Whether a person decided that the network is none of those this monitor is about, or nobody has decided yet (a draft)."""
    inclusion = network.facts.get("inclusion")
    return isinstance(inclusion, Mapping) and inclusion.get("decision") in ("excluded", "undecided")


def latest_spells(spells: Sequence[Spell]) -> list[Spell]:
    """The newest spell of each body and tie."""
    newest = {(s.place_id, s.tie): s for s in sorted(spells, key=lambda s: (s.from_latest, s.known_from))}
    return [newest[key] for key in sorted(newest)]


def member_lists(seen: View, names: Names, as_of: str, dates: AbstractSet[str] | None = None) -> tuple[MemberList, ...]:
    """The network's lists that analysis may use, oldest first, one a date; none without any accepted listing.

    One for each complete listing: the members by the complete listings up to it, as they stood at it. Partial listings add facts
    on members but neither numerator nor denominator; they are used only where a network has no complete one, and then
    make one list with everything known, which yields lower bounds. dates (ISO): only lists of these dates, for each
    list is a fold of its own.
    """
    days = _folded(seen)
    return tuple(
        _member_list(seen, used, names, as_of, newest=number == len(days))
        for number, (day, used) in enumerate(days.items(), 1)
        if dates is None or day in dates
    )


def lists_in_use(views: Sequence[View], names: Names, as_of: str) -> list[MemberList]:
    """Of every network the lists that a figure may use: the newest, and those compared with another network's; none of those left out."""
    views = [seen for seen in views if not _left_out(seen.network)]
    dates = compared_dates({seen.network.id: tuple(_days(used[-1]) for used in _folded(seen).values()) for seen in views})
    return [members for seen in views for members in member_lists(seen, names, as_of, dates.get(seen.network.id, frozenset()))]


def lists_near(views: Sequence[View], names: Names, as_of: str, days: Sequence[str]) -> list[MemberList]:
    """Of every network that is not left out the newest list of each of these days (ISO dates): that by which it stood then."""
    found: list[MemberList] = []
    for seen in (seen for seen in views if not _left_out(seen.network)):
        dates = [_days(used[-1])[1] for used in _folded(seen).values()]
        near = {max(earlier) for day in days if (earlier := [date for date in dates if date <= day])}
        found += member_lists(seen, names, as_of, near)
    return found


def dated_lists(seen: View) -> tuple[DatedList, ...]:
    """What each accepted listing names by itself, whatever became of it since; neither the sample of the
    2018 report nor lists of side roles only (a board)."""
    lists = (resolved for resolved in seen.accepted if resolved.listing.use != "replication_only")
    return tuple(_dated(resolved) for resolved in lists if any(row.tie not in _NOT_ON_THE_LIST for row in resolved.listing.rows))


def printed_places(table: Sequence[Mapping[str, str]], networks: Sequence[Network], names: Names) -> dict[str, str]:
    """City of the 2018 report's Table 1 -> municipality, resolved as in the columns that mark it; without those not certain."""
    found = {}
    for row in table:
        answers = (names.resolve(n, row["city"], row["country_as_published"]) for n in networks if row.get(n.id) == "yes")
        municipality = next((answer.municipality_id for answer in answers if answer.municipality_id), "")
        if municipality:
            found[row["city"]] = municipality
    return found


def _folded(seen: View) -> dict[str, Sequence[ResolvedListing]]:
    """List date -> the listings behind the list of that date, oldest first."""
    complete = [r for r in seen.lists if r.listing.coverage == "complete"]
    if complete:
        return {_day(listing): complete[:number] for number, listing in enumerate(complete, 1)}
    return {_day(seen.lists[-1]): seen.lists} if seen.lists else {}


def _member_list(seen: View, used: Sequence[ResolvedListing], names: Names, as_of: str, *, newest: bool) -> MemberList:
    """newest: statements on members made since the list hold too; of an older list only those that held by its date."""
    last = used[-1]
    history = seen.by_lists if newest and len(used) == len(seen.lists) else None
    if history is None:
        history = _history(seen.network, used, names, as_of, seen.known_by, until="" if newest else _day(last))
    bodies = [s.place_id for s in latest_spells(history.spells) if counted(seen.network, s, as_of)]
    municipalities = {p: names.place(p).municipality_id for p in bodies}
    return MemberList(
        network_id=seen.network.id,
        list_date=_day(last),
        complete=last.listing.coverage == "complete",
        use=last.listing.use,
        municipality_ids=frozenset(filter(None, municipalities.values())),
        listed_ids=frozenset(bodies),
        unresolved=len(names_left_open(last)),
        countries={p: names.place(p).country for p in {*bodies, *filter(None, municipalities.values())}},
        no_figure_because=nobody_because(seen.network, used, as_of),
        list_from=last.listing.dated_from,
    )


def nobody_because(network: Network, used: Sequence[ResolvedListing], as_of: str) -> str:
    """Why the network has nobody to count, "" where it may: then nobody is a finding."""
    if _left_out(network):
        return "left out by its inclusion decision, or not decided yet"
    if others := others_listed(used):
        return others
    if not _active(network, as_of):
        return f"{network.status} since {network.status_since}" if network.status_since else network.status
    return ""


def others_listed(used: Sequence[ResolvedListing]) -> str:
    """Whom the lists name where they name no member that is a city or another place, "" where they name members; open names may be some."""
    ties = {row.tie for r in used for row in r.listing.rows}
    if ties and not ties & MEMBER_TIES:
        return f"lists {' and '.join(sorted(_LISTED_AS[tie] for tie in ties))}, which is no membership"
    if ties and all(found.verdict == "not_a_city" for r in used for found in r.resolutions):
        return "lists associations and other bodies, none of which is a city"
    return ""


def _dated(resolved: ResolvedListing) -> DatedList:
    """A body in a side role (a board seat, an award) is not thereby on the list; a tie that is not known is no such role."""
    listing = resolved.listing
    on_it = [found for row, found in zip(listing.rows, resolved.resolutions, strict=True) if row.tie not in _NOT_ON_THE_LIST]
    return DatedList(
        network_id=listing.network_id,
        list_date=_day(resolved),
        complete=listing.coverage == "complete",
        municipality_ids=frozenset(found.municipality_id for found in on_it if found.municipality_id),
        unresolved=sum(found.verdict in _OPEN for found in on_it),
    )


def names_left_open(resolved: ResolvedListing) -> list[Resolution]:
    """What became of the printed names without a place that may be counted members: one in a side role (an observer, a board seat), or
    whose membership the page puts on hold, counts as none whoever it is, so that it widens no figure."""
    rows = zip(resolved.listing.rows, resolved.resolutions, strict=True)
    return [found for row, found in rows if row.tie in _MAY_BE_MEMBERS and not row.on_hold and found.verdict in _OPEN]


def _days(resolved: ResolvedListing) -> Days:
    return (resolved.listing.dated_from or _day(resolved), _day(resolved))


def _day(resolved: ResolvedListing) -> str:
    return f"{resolved.listing.captured_at:%Y-%m-%d}"


def _with_sample(network: Network, accepted: Sequence[ResolvedListing], names: Names, inputs: Inputs, by_lists: History) -> History:
    """The history by the lists that figures may use, and beside it the bodies that only the 2018 report's sample names.

    Folded apart: the sample neither confirms nor renames a member, so that nothing of it enters a figure.
    """
    sample = [r for r in accepted if r.listing.use == "replication_only"]
    sampled = _fold(network, sample, (), names, inputs.known_by or _all_known((), sample, names, inputs.as_of))
    known = {spell.place_id for spell in by_lists.spells}
    return History(
        spells=spells_in_order((*by_lists.spells, *(s for s in sampled.spells if s.place_id not in known))),
        changes=changes_in_order((*by_lists.changes, *(c for c in sampled.changes if c.place_id not in known))),
    )


def _placed(change: Change, names: Names) -> Change:
    """The change, without its place where neither gazetteer nor judgements have that any more; `before` still tells the id."""
    try:
        names.place(change.place_id)
    except KeyError:
        return replace(change, place_id="")
    return change


def _history(network: Network, accepted: Sequence[ResolvedListing], names: Names, as_of: str, known_by: str, until: str = "") -> History:
    """until (ISO date): without statements on what came later, "" for no limit."""
    statements = _statements(network, names)
    if until:
        statements = [j for j in statements if (days := period(j.values["date"].split("/")[-1])) and days[1] <= until]
    known = known_by or _all_known(statements, accepted, names, as_of)
    return _fold(network, accepted, statements, names, known)


def _fold(network: Network, accepted: Sequence[ResolvedListing], said: Sequence[Judgement], names: Names, as_of: str) -> History:
    changes, unrecorded = names.judgements.municipal_changes, unrecorded_mergers(names)
    return fold(network, accepted, said, as_of=as_of, municipal_changes=changes, unrecorded=unrecorded)


def _plan(network: Network, accepted: Sequence[ResolvedListing], names: Names, as_of: str, known_by: str = "") -> Plan:
    """What the network's lists are folded with, by what was known on the day `known_by`, "" for all that we know."""
    statements = _statements(network, names)
    known = known_by or _all_known(statements, accepted, names, as_of)
    return plan(network, statements, names.judgements.municipal_changes, known, unrecorded_mergers(names))


def _statements(network: Network, names: Names) -> list[Judgement]:
    return [j for j in names.judgements.memberships if j.values["network_id"] == network.id]


def _all_known(statements: Sequence[Judgement], accepted: Sequence[ResolvedListing], names: Names, as_of: str) -> str:
    """The day by which all is known: as_of is that of the newest capture or try; a page of the past may have been obtained, and a
    person may have decided, since."""
    said = (line.values["decided_on"] for line in (*statements, *names.judgements.municipal_changes))
    return max([as_of, *said, *(turning_days(listing)[-1] for listing in accepted)])
