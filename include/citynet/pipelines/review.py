"""The review queue: what printed names, held captures and memberships wait for a person, and what became of those that were answered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from citynet.history.differing import plain
from citynet.history.folding import State, history_of
from citynet.history.sightings import Name
from citynet.history.withheld import held_up
from citynet.model import Judgement, ListingRow, Network, Place, Resolution, Row
from citynet.networks.registry import pages_at
from citynet.pipelines.cases import Case, Sight, case_hash
from citynet.pipelines.held_lists import capture_cases, looks_said
from citynet.pipelines.listings import Decided, decide
from citynet.pipelines.looking import rules_said
from citynet.pipelines.membership_cases import membership_cases
from citynet.pipelines.merger_cases import merger_cases, merger_claim
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside
from citynet.pipelines.reader_cases import reader_cases, reader_lines
from citynet.pipelines.registry import open_registry
from citynet.pipelines.views import View, standing
from citynet.places.countries import iso_country
from citynet.places.judgements import place_ids_of
from citynet.places.normalise import normalise

DUE_DAYS = 42
"""An answer is wanted within the six weeks that also make a departure (docs/methodology, Joined, left, and in between)."""
_JUDGED = "judgement:"
_LEFT_OPEN = (f"{_JUDGED}unsure", f"{_JUDGED}split")
"""How the routes of the verdicts begin that match no place."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A name on one row of an accepted listing, and what it means today."""

    day: str
    capture_id: str
    row: ListingRow
    found: Resolution


def all_cases(outside: Outside, names: Names, *, every_list: bool = False) -> list[Case]:
    """The cases of every network of the registry, by all captures in the store; every_list: also the lists that the rules accepted."""
    networks = open_registry(outside).networks.values()
    return [case for network in networks for case in cases_now(outside, network, names, every_list=every_list)]


def cases_now(outside: Outside, network: Network, names: Names, *, every_list: bool = False) -> list[Case]:
    """The cases of one network, by all its captures in the store."""
    decided = decide(outside, network, names)
    return network_cases(network, decided, names, every_list=every_list, state=standing(outside, network, names, decided))


def network_cases(
    network: Network,
    decided: Sequence[Decided],
    names: Names,
    known_by: str = "",
    *,
    every_list: bool = False,
    state: State | None = None,
) -> list[Case]:
    """The names of a network's accepted listings that no rule resolves, its held captures, its pages that their rules can't read, and
    what its lists and people say against each other; each open or answered. known_by (ISO date): without the decisions that were made
    later, "" for all. state: what the listings were folded to; without it nothing is asked on memberships.

    A name that has gone from the newest listing is asked all the same: what an older list says depends on it. A name that
    today's rules resolve by themselves is no question any more. One that a rule takes for no city is asked while it may be a member
    that is missing.
    """
    held = held_up(state) if state is not None else {}
    missing = {name.name for name in held}
    seen: dict[tuple[str, str], list[_Seen]] = defaultdict(list)
    for one in decided:
        if one.outcome == "accepted" and one.resolved is not None:
            listing = one.resolved.listing
            for row, found in zip(listing.rows, one.resolved.resolutions, strict=True):
                asked_of = found.verdict in ("review", "unknown") or found.route.startswith(_JUDGED)
                if asked_of or (found.verdict == "not_a_city" and plain(row.name_as_published) in missing):
                    column = iso_country(row.country_as_published, network_id=network.id, judged=names.judgements.countries)
                    sighting = _Seen(f"{listing.captured_at:%Y-%m-%d}", listing.capture_id, row, found)
                    seen[normalise(row.name_as_published), column].append(sighting)
    asked = [_name_case(network, key, country, rows, names, held, known_by) for (key, country), rows in sorted(seen.items())]
    members = _on_memberships(network, decided, names, known_by, state) if state is not None else []
    captures = capture_cases(network, decided, names, known_by, every_list=every_list)
    by_capture = {d.reading.capture.capture_id: d for d in decided}
    return [_in_sight(case, by_capture) for case in (*asked, *captures, *reader_cases(network, decided, names), *members)]


def _on_memberships(network: Network, decided: Sequence[Decided], names: Names, known_by: str, state: State) -> list[Case]:
    accepted = [one.resolved for one in decided if one.outcome == "accepted" and one.resolved is not None]
    lists = [resolved for resolved in accepted if resolved.listing.use != "replication_only"]
    mergers = merger_cases(network, lists, history_of(state).spells, names)
    return [*membership_cases(network, lists, state, names, known_by), *mergers]


def left_open(case: Case) -> bool:
    """Whether a person looked at the name and left it unmatched: what it may mean is told, but it is no place."""
    return case.what == "name" and bool(case.outcome) and case.why.startswith(_LEFT_OPEN)


def review_rows(views: Sequence[View], names: Names) -> list[Row]:
    """Table review_cases. Names and what they may be are left out where the terms of a network forbid to print its names."""
    cases = (case for view in views for case in network_cases(view.network, view.decided, names, view.known_by, state=view.state))
    return [
        {
            "case_id": case.case_id,
            "what": case.what,
            "network_id": case.network.id,
            "claim": _claim(case),
            "evidence": _evidence(case, names),
            "opened": case.opened,
            "due": due(case),
            "outcome": _outcome(case) or None,
        }
        for case in sorted(cases, key=lambda case: case.case_id)
    ]


def due(case: Case) -> str:
    """The day by which an answer is wanted."""
    return (date.fromisoformat(case.opened) + timedelta(days=DUE_DAYS)).isoformat()


def told(place_id: str, names: Names) -> str:
    """A candidate with what tells it from its namesakes: name, country, kind, and what it lies in."""
    place = names.place(place_id)
    lies_in = ", ".join(_lies_in(place, names))
    facts = (place.country, place.place_kind, f"in {lies_in}" if lies_in else "")
    return _plain(f"{place.name} ({', '.join(filter(None, facts))})")


def places_asked(case: Case) -> tuple[str, ...]:
    """What a name may be: its candidates, then the members missing from the list that it may be."""
    return tuple(dict.fromkeys((*case.candidates, *case.missing)))


def _name_case(
    network: Network, key: str, country: str, seen: Sequence[_Seen], names: Names, held: Mapping[Name, Sequence[str]], known_by: str
) -> Case:
    still_open = [s for s in seen if not s.found.route.startswith(_JUDGED)]
    last = max(still_open or seen, key=lambda s: (s.day, s.capture_id, -s.row.number))
    found, printed = last.found, last.row
    open_as = {plain(s.row.name_as_published) for s in still_open}
    may_be = [p for n, missing in held.items() if n.name in open_as and (not country or n.country in ("", country)) for p in missing]
    line = None if still_open else _deciding(network, last, names)
    case = Case(
        case_id="name-" + case_hash(network.id, key, country),
        what="name",
        network=network,
        name=" ".join(printed.name_as_published.split()),
        country=country,
        printed_country=" ".join(printed.country_as_published.split()),
        opened=min(s.day for s in seen),
        capture_id=last.capture_id,
        rows=tuple(sorted(s.row.number for s in seen if s.capture_id == last.capture_id)),
        seen=len(seen),
        why=found.route,
        candidates=(*found.candidates, *(place_id for place_id in found.suggestions if place_id not in found.candidates)),
        outcome="" if still_open else _name_outcome(found, line),
        missing=tuple(sorted(set(may_be))),
    )
    if known_by and line is not None and line.values["date"] > known_by:  # matched by the answer of today, and asked still on that day
        return replace(case, why="", candidates=(), outcome="")
    return case


def _in_sight(case: Case, decided: Mapping[str, Decided]) -> Case:
    """The case with the captures that a person holds beside each other."""
    stands = decided[case.capture_id]
    before = stands.last and decided.get(stands.last.listing.capture_id)
    return replace(case, sight=_sight(case.network, stands), last_sight=_sight(case.network, before) if before else None)


def _sight(network: Network, decided: Decided) -> Sight:
    capture = decided.reading.capture
    day = f"{capture.captured_at:%Y-%m-%d}"
    rules = (f"{page.url}: {rules_said(page.reader, page.select, page.options, page.follow)}" for page in pages_at(network, day))
    return Sight(capture.capture_id, day, tuple(page.final_url or page.url for page in capture.pages), tuple(rules))


def _deciding(network: Network, seen: _Seen, names: Names) -> Judgement | None:
    """The line of places.csv behind a route that says only verdict and network; None where it can't be told."""
    lines = names.judged(network, seen.row.name_as_published, seen.row.country_as_published)
    return next((line for line in lines if line.values["verdict"] != "is_not"), None)


def _name_outcome(found: Resolution, line: Judgement | None) -> str:
    verdict = found.route.removeprefix(_JUDGED).partition(":")[0]
    places = ("; ".join(place_ids_of(line)) if line else "") or found.place_id
    words = {
        "is": f"is {places}",
        "not_a_city": "is not a city",
        "unsure": f"stays open between {places}" if places else "stays open",
        "split": f"stands for several bodies: {places}" if places else "stands for several bodies",
    }
    return f"{words.get(verdict, verdict)}, {_signed(line)}" if line else words.get(verdict, verdict)


def _signed(line: Judgement) -> str:
    return f"by {line.values['reviewer']} on {line.values['date']}"


def _claim(case: Case) -> str:
    network = case.network.name
    if case.what == "capture":
        return f"Is the list of {network} of {case.opened} to be believed?" + (f" Held: {case.why}" if case.why else "")
    if case.what == "membership":
        return f"{case.why}. Which holds?"
    if case.what == "merger":
        return merger_claim(case)
    if case.what == "reader":
        return f"How is the page {case.name} of {network} to be read? It is laid out otherwise than its rules say since {case.opened}."
    if case.network.republish != "names":
        return f"What does a name on the list of {network} mean? (The network's terms do not allow its names to be printed here.)"
    country = f" ({case.printed_country})" if case.printed_country else ""
    return f"What does “{case.name}”{country} mean on the list of {network}?"


def _evidence(case: Case, names: Names) -> str:
    """Parts are parted by " | ", candidates by "; ", each candidate begins with its id."""
    if case.what == "capture":
        return " | ".join(filter(None, [f"capture {case.capture_id}", f"rows read: {case.seen}", looks_said(case)]))
    if case.what == "reader":
        return " | ".join([f"capture {case.capture_id}", *map(_plain, reader_lines(case))])
    rows = f", {'row' if len(case.rows) == 1 else 'rows'} {', '.join(map(str, case.rows))}" if case.rows else ""
    where = f"capture {case.capture_id}{rows}"
    if case.what == "membership":
        return " | ".join([where, *map(_plain, case.lines)])
    if case.network.republish != "names":
        return where
    if case.what == "merger":
        return " | ".join([where, *map(_plain, case.lines)])
    candidates = "; ".join(f"{place_id} {told(place_id, names)}" for place_id in case.candidates)
    missing = "; ".join(f"{place_id} {told(place_id, names)}" for place_id in case.missing)
    if not case.why:
        return where
    parts = [where, f"rule {_plain(case.why)}", f"candidates {candidates}" if candidates else "no candidate"]
    return " | ".join([*parts, *([f"missing {missing}"] if missing else [])])


def _outcome(case: Case) -> str:
    """The outcome, without the place where the network's terms forbid to tell who is on its list."""
    if case.what in ("capture", "reader", "membership") or case.network.republish == "names" or not case.outcome:
        return case.outcome
    return f"answered, {case.outcome.rpartition(', ')[2]}"


def _plain(text: str) -> str:
    """The text without the marks that part the evidence."""
    return text.replace("|", "/").replace(";", ",")


def _lies_in(place: Place, names: Names) -> Iterable[str]:
    """The municipality, then the regions from small to large, each once."""
    municipality = place.municipality_id not in ("", place.place_id)
    own = [names.place(place.municipality_id).name] if municipality else []
    regions = (names.gazetteer.region(region_id) for region_id in reversed(place.regions))
    return dict.fromkeys([*own, *(region.name for region in regions if region is not None)])


def by_question(cases: Iterable[Case]) -> list[tuple[Case, ...]]:
    """The cases that one answer for all networks settles, together: the same name and country, or one capture; a page by itself.

    The question that opened last comes first, of one day the one that most rows print.
    """
    groups: Mapping[tuple[str, str, str], list[Case]] = defaultdict(list)
    for case in cases:
        asked = {"name": normalise(case.name), "capture": case.name}.get(case.what, case.case_id)
        groups[case.what, asked, case.country].append(case)
    together = [tuple(sorted(group, key=lambda c: (c.network.id, c.case_id))) for _, group in sorted(groups.items())]
    together.sort(key=lambda group: sum(case.seen for case in group), reverse=True)
    return sorted(together, key=lambda group: max(case.opened for case in group), reverse=True)
