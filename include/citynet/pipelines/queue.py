"""The review queue of the Airflow UI: which open cases a round asks, how long they wait, and what becomes of an answer."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta

from citynet.errors import ConfigError
from citynet.pipelines.answering import Taken, given, past_cases, take
from citynet.pipelines.asking import OPTIONS, POSTPONE, Question, claim_question, question
from citynet.pipelines.cases import Case
from citynet.pipelines.claims import claim_lines
from citynet.pipelines.held_lists import of_each_list
from citynet.pipelines.locking import alone
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.registry import open_registry
from citynet.pipelines.review import all_cases, by_question, cases_now
from citynet.publishing.release import current

ROUND_ENDS = time(7, 0)
"""On Mondays, UTC: the weekly collection of 05:17 is in by then, and what it holds is asked by the round that follows."""
_MONDAY = 0


def round_end(begun: datetime) -> datetime:
    """When a round of questions that begins at `begun` ends: the first Monday 07:00 UTC after it."""
    monday = begun.astimezone(UTC) + timedelta(days=(_MONDAY - begun.astimezone(UTC).weekday()) % 7)
    end = datetime.combine(monday.date(), ROUND_ENDS, UTC)
    return end if end > begun else end + timedelta(weeks=1)


def questions(outside: Outside, begun: datetime, most: int, wait_hours: float | None = None) -> list[Question]:
    """At most so many open cases as questions, one each; they wait until the round ends, or for the hours given.

    Claims come first, which are wanted soonest, then captures and pages, the oldest before the others; then names, which take turns
    by the week, so that what nobody answers does not keep the rest from being asked.
    """
    names = open_names(outside)
    still_open = [case for case in all_cases(outside, names) if not case.outcome]
    claims = _open_claims(names)
    until = begun + timedelta(hours=wait_hours) if wait_hours else round_end(begun)
    asked = in_turn(still_open, begun, max(0, most - len(claims)))
    later = len(claims[most:]) + len(still_open) - len(asked)
    of, now = len(claims) + len(still_open), len(claims[:most]) + len(asked)
    print(f"{now} of {of} open cases are asked until {until:%Y-%m-%d %H:%M} UTC; {later} wait their turn")
    seconds, shown = (until - begun).total_seconds(), shown_pages(outside, asked)
    about_claims = [claim_question(claim, seconds=seconds, later=later) for claim in claims[:most]]
    return [*about_claims, *(question(case, names, seconds=seconds, later=later, shown=shown) for case in asked)]


def in_turn(cases: Sequence[Case], begun: datetime, most: int) -> list[Case]:
    """The cases of this round: captures and pages by the day they opened, then names, each week from another one of them on."""
    pressing = sorted((c for c in cases if c.what != "name"), key=lambda c: (c.opened, c.what, c.case_id))
    named = [c for group in by_question(c for c in cases if c.what == "name") for c in group]
    room = max(0, most - len(pressing))
    first = begun.astimezone(UTC).toordinal() // 7 * room % len(named) if named else 0
    return [*pressing, *named[first:], *named[:first]][:most]


def shown_pages(outside: Outside, cases: Sequence[Case]) -> frozenset[str]:
    """The captures of these cases that have a page on the published site, by id."""
    release_id = current(outside.published)
    sights = {(c.network.id, sight.capture_id) for c in cases for sight in (c.sight, c.last_sight) if sight}
    found = (key for network, key in sights if release_id and outside.published.exists(f"{release_id}/site/list/{network}/{key}.html"))
    return frozenset(found)


def is_open(outside: Outside, asked: Question) -> bool:
    """Whether the case still waits for an answer: asked before a question is put a second time, after a kill or by hand."""
    names = open_names(outside)
    still_open = {case.case_id for case in _cases(outside, asked, names) if not case.outcome}
    return asked["case_id"] in still_open | {claim["case_id"] for claim in _open_claims(names)}


def answer(outside: Outside, asked: Question, option: str, fields: Mapping[str, object], by: str, at: datetime) -> list[str]:
    """Keep what a person answered as a judgement signed by them; the keys of what is new, nothing for `postpone` or what was said already.

    ConfigError, with the answer in full, where it can't hold: no reason, no such place, the question is settled otherwise.
    """
    case_id = asked["case_id"]
    if option == POSTPONE:
        print(f"{case_id}: postponed{f' by {by}' if by else ', nobody answered in time'}; nothing is kept, the next round asks again")
        return []
    stated = {name: str(fields.get(name) or "").strip() for name in ("place_id", "date", "scope", "reason", "evidence_url")}
    row = {"case_id": case_id, "network_id": asked["network_id"], "verdict": OPTIONS[asked["what"]][option], **stated}
    try:
        with alone(outside.store, "judgements", print):
            taken = _taken(outside, asked, row, by, at)
    except ConfigError as problem:
        told = ", ".join(f"{name} {value!r}" for name, value in stated.items() if value)
        raise ConfigError(f"{problem}; not kept: {option!r} by {by}{f', {told}' if told else ''}") from problem
    print(f"{case_id}: {_in_words(taken)}")
    return list(taken.keys)


def _taken(outside: Outside, asked: Question, row: Mapping[str, str], by: str, at: datetime) -> Taken:
    names = open_names(outside)
    where = f"answer to {asked['case_id']}"
    cases = _cases(outside, asked, names)
    stated = given(where, row, cases, past_cases(outside.store), (by, f"{at:%Y-%m-%d}"))
    return take(outside, names, of_each_list(stated, cases), at)


def _open_claims(names: Names) -> list[Mapping[str, str]]:
    found = [line.values for line in claim_lines(names.judgements.lines) if not line.values["outcome"]]
    return sorted(found, key=lambda claim: (claim["received"], claim["case_id"]))


def _cases(outside: Outside, asked: Question, names: Names) -> list[Case]:
    """The cases of the question's network as they stand now; none where its file has gone."""
    network = open_registry(outside).networks.get(asked["network_id"])
    return cases_now(outside, network, names) if network else []


def _in_words(taken: Taken) -> str:
    if taken.keys:
        return f"kept as {', '.join(taken.keys)}; the next release takes it into account"
    said = [f"said already by {reviewer}" for reviewer in taken.repeated]
    return "; ".join(said) or "known before"
