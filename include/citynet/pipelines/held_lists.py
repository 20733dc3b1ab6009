"""Held lists as questions to a person: one as long as a page shows the same rows beside the same last accepted list."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from citynet.history.accepting import compared_next
from citynet.history.differing import Difference, difference
from citynet.history.municipal import read_changes
from citynet.model import Judgement, Listing, Network, ResolvedListing
from citynet.pipelines.answers import Given
from citynet.pipelines.cases import Case, case_hash
from citynet.pipelines.listings import Decided
from citynet.pipelines.names import Names
from citynet.pipelines.terms import told_reason
from citynet.places.judgements import in_force

SUPERSEDED = "superseded by"
"""How the outcome begins of a held list after which another one is held, while none is accepted."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A capture with its place in the order of captures and the judgement in force on it. day: ISO date of the capture."""

    number: int
    decided: Decided
    judged: Judgement | None

    @property
    def capture_id(self) -> str:
        return self.decided.reading.capture.capture_id

    @property
    def day(self) -> str:
        return f"{self.decided.reading.capture.captured_at:%Y-%m-%d}"

    @property
    def accepted(self) -> bool:
        return self.decided.outcome == "accepted"

    @property
    def held(self) -> bool:
        return self.decided.outcome == "held"

    @property
    def last_id(self) -> str:
        return self.decided.last.listing.capture_id if self.decided.last else ""


def capture_cases(
    network: Network, decided: Sequence[Decided], names: Names, known_by: str = "", *, every_list: bool = False
) -> list[Case]:
    """The held lists, and those that a person decided; every_list: also those that the rules accepted, each a case by itself.

    Captures that fail the same gates with the same printed rows beside the same rows of the last accepted list are one case. It is open
    while nobody has answered, it is the newest that is held, and no later list is accepted. Who rejects one rejects what is served
    unchanged after it: that stays held and is not asked again.
    """
    judged = in_force(names.judgements.captures, known_by)
    looks = [_Look(n, one, judged.get((network.id, one.reading.capture.capture_id))) for n, one in enumerate(decided)]
    groups = _together(network, [one for one in looks if one.judged or one.held or (every_list and one.accepted)])
    last_id = _last_accepted(decided)
    cases = []
    for case_id, group in groups.items():
        waiting = _waiting(group, last_id)
        outcome = _outcome(group, waiting, looks, last_id)
        about = waiting if not outcome or outcome.startswith(SUPERSEDED) else group
        cases.append(_case(network, case_id, about, outcome, names))
    return cases


def held_since(decided: Sequence[Decided]) -> str:
    """The day (ISO date) of the first list that is held since the last accepted one, "" where none is."""
    looks = [_Look(n, one, None) for n, one in enumerate(decided)]
    last_id = _last_accepted(decided)
    return next((look.day for look in looks if look.held and look.last_id == last_id), "")


def of_each_list(stated: Given, cases: Sequence[Case]) -> list[Given]:
    """The answer on a held list as one line for each capture of its case; any other answer as it is."""
    captures = next((case.captures for case in cases if case.what == "capture" and case.case_id == stated.case_id), ())
    return [replace(stated, values={**stated.values, "capture_id": capture_id}) for capture_id in captures] or [stated]


def looks_said(case: Case) -> str:
    """At how many looks the page showed the same list, "" for one."""
    if len(case.captures) < 2 or case.sight is None:
        return ""
    return f"the same list at {len(case.captures)} looks, from {case.opened} to {case.sight.day}"


def _together(network: Network, looks: Sequence[_Look]) -> dict[str, list[_Look]]:
    """The looks by case. One answer is one case, also where it let in a list that leaves those behind it as they were."""
    printed: dict[str, str] = {}
    case_of: dict[str, tuple[str, Judgement | None]] = {}
    groups: dict[str, list[_Look]] = defaultdict(list)
    for look in looks:
        case_id, before = case_of.get(look.last_id, ("", None))
        if not (before and look.judged and _answer(before) == _answer(look.judged) and _unchanged(look.decided, printed)):
            case_id = _case_id(network, look, printed)
        case_of[look.capture_id] = case_id, look.judged
        groups[case_id].append(look)
    return groups


def _answer(line: Judgement) -> tuple[str, ...]:
    return tuple(line.values[column] for column in ("verdict", "reviewer", "date", "reason"))


def _unchanged(one: Decided, printed: dict[str, str]) -> bool:
    return one.last is not None and _printed(one.last.listing, printed) == _printed(one.reading.listing, printed)


def _case_id(network: Network, look: _Look, printed: dict[str, str]) -> str:
    """By what is asked and not by the capture; a list that passes all gates, or was not read, is a case by itself."""
    one = look.decided
    failed = [gate.name for gate in one.gates if not gate.passed]
    if one.reading.listing is None or not failed:
        return "capture-" + case_hash(network.id, look.capture_id)
    rows = [_printed(listing, printed) for listing in (one.last.listing if one.last else None, one.reading.listing)]
    return "capture-" + case_hash(network.id, *rows, *failed)


def _printed(listing: Listing | None, known: dict[str, str]) -> str:
    """A hash of the rows as printed, in whatever order. known: those of other listings, by capture."""
    if listing is None:
        return ""
    if listing.capture_id not in known:
        cells = ((r.name_as_published, r.country_as_published, r.kind_as_published, r.joined_on, str(r.on_hold)) for r in listing.rows)
        rows = sorted([" ".join(cell.split()) for cell in row] for row in cells)
        known[listing.capture_id] = hashlib.sha256(json.dumps(rows).encode()).hexdigest()
    return known[listing.capture_id]


def _last_accepted(decided: Sequence[Decided]) -> str:
    """The capture of the accepted list that the next one would be held against, "" for none."""
    last: ResolvedListing | None = None
    for one in decided:
        if one.outcome == "accepted" and one.resolved is not None:
            last = compared_next(last, one.resolved)
    return last.listing.capture_id if last else ""


def _waiting(group: Sequence[_Look], last_id: str) -> list[_Look]:
    """The looks of a case that nobody decided on and after which no list was accepted."""
    let_in = max((look.number for look in group if look.accepted), default=-1)
    return [look for look in group if look.held and not look.judged and look.last_id == last_id and look.number > let_in]


def _outcome(group: Sequence[_Look], waiting: Sequence[_Look], looks: Sequence[_Look], last_id: str) -> str:
    """How a case has ended, "" while it is open. Who let a list in said nothing of one that is held after it."""
    answers = sorted((look.judged for look in group if look.judged), key=lambda line: line.values["date"])
    if answers and not (waiting and answers[-1].values["verdict"] == "accept"):
        line = answers[-1].values
        return f"{line['verdict']}, by {line['reviewer']} on {line['date']}"
    newest = (waiting or group)[-1]
    later = looks[newest.number + 1 :]
    if waiting:
        held = next((look.day for look in later if look.held and look.last_id == last_id), "")
        return f"{SUPERSEDED} the list of {held}, which is held too" if held else ""
    if newest.accepted:
        return "accept, by the rules"
    accepted = next((look.day for look in later if look.accepted), newest.day)
    return f"needs no answer: the list of {accepted}, a later one, was accepted"


def _case(network: Network, case_id: str, looks: Sequence[_Look], outcome: str, names: Names) -> Case:
    newest = looks[-1].decided
    return Case(
        case_id=case_id,
        what="capture",
        network=network,
        name=looks[-1].capture_id,
        country="",
        printed_country="",
        opened=looks[0].day,
        capture_id=looks[-1].capture_id,
        rows=(),
        seen=len(newest.reading.listing.rows) if newest.reading.listing else 0,
        why="" if outcome else told_reason(network, newest),
        outcome=outcome,
        beside_last=None if outcome else _beside_last(newest, names),
        captures=tuple(look.capture_id for look in looks),
    )


def _beside_last(decided: Decided, names: Names) -> Difference | None:
    """What the listing lacks of the last accepted one and adds to it; None where there is none, or where it is partial."""
    new, last = decided.resolved, decided.last
    if new is None or last is None or new.listing.coverage != "complete":
        return None
    return difference(last, new, changes=read_changes(names.judgements.municipal_changes))
