"""One open case as a question of the Airflow UI: subject, body in Markdown, what may be chosen, and the fields beside it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypedDict

from citynet.pipelines.cases import Case, HeldDeparture, Sight
from citynet.pipelines.claims import due as claim_due
from citynet.pipelines.held_lists import looks_said
from citynet.pipelines.looking import beside_lines
from citynet.pipelines.merger_cases import LEFT, MERGED
from citynet.pipelines.names import Names
from citynet.pipelines.reader_cases import reader_lines
from citynet.pipelines.review import due, places_asked, told

POSTPONE = "postpone"
APPROVE, REJECT = "approve as true", "reject as source broken"
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "capture": {APPROVE: "accept", REJECT: "reject"},
    "reader": {},
    "membership": {},
    "merger": {"it was merged": MERGED, "it has left": LEFT},
    "correction": {},
    "reply": {},
    "name": {
        "it is this place": "is",
        "it is not this place": "is_not",
        "no city": "not_a_city",
        "stays open": "unsure",
        "several bodies": "split",
    },
}
"""What a case is about -> the options beside `postpone`, and the verdict that each states (places.judgement_files.VERDICTS)."""

LONGEST, LONGEST_LINE = 160, 4000
"""So many characters of a printed name or an address are shown, and of a line that tells several."""
_HOW = {
    "capture": f"**{APPROVE}**: from then on those it lacks are counted towards departures. **{REJECT}**: the last accepted list stays, "
    "also while the page shows the same. Both want a reason, and become a judgement under your user name on each capture of this list. "
    f"**{POSTPONE}**: nothing is kept, it is asked again.",
    "reader": "No answer closes this: it closes when the rules of the network's file read the page. Compare the proposal with the page. "
    f"**{POSTPONE}** takes it off this round.",
    "membership": "No answer here closes this: write the line into memberships.csv, or look at the page again. "
    f"**{POSTPONE}** takes it off this round.",
    "merger": "**it was merged**: fill in the `date` of the merger and the address of an official source; the membership goes on as that "
    "of the other municipality. **it has left**: as on lists without it. Both want a reason, and become a judgement under your user name. "
    f"**{POSTPONE}**: nothing is kept, it is asked again.",
    "claim": "No answer here closes this: fill in outcome, answered_on, reviewer and reason of its line in claims.csv. "
    f"**{POSTPONE}** takes it off this round.",
    "name": f"Choose a verdict and fill in a reason, and `place_id` for the first two. **{POSTPONE}**: nothing is kept, it is asked again.",
}
_MARKS = re.compile(r"([\\`*_\[\]<>&|~#])")
_ADDRESS = re.compile(r"https?://[^\s<>\\]+")


class Question(TypedDict):
    """A case as it is handed from task to task. fields: name -> value, description and schema of an Airflow Param; seconds: how long
    it waits."""

    case_id: str
    what: str
    network_id: str
    subject: str
    body: str
    options: list[str]
    fields: dict[str, dict[str, Any]]
    seconds: float


def question(case: Case, names: Names, *, seconds: float, later: int, shown: Collection[str]) -> Question:
    """The question of a case. later: how many open cases this round does not ask; shown: captures that the published site has."""
    lines = [
        *_asked(case, names),
        *_sight("this list", case.sight, case, shown),
        *_sight("last accepted list", case.last_sight, case, shown),
    ]
    lines.append(f"case {case.case_id}, opened {case.opened}, an answer is wanted by {due(case)}")
    return {
        "case_id": case.case_id,
        "what": case.what,
        "network_id": case.network.id,
        "subject": _subject(case),
        "body": _body(lines, later, _HOW[case.what]),
        "options": [*OPTIONS[case.what], POSTPONE],
        "fields": _fields(case, names),
        "seconds": seconds,
    }


def claim_question(claim: Mapping[str, str], *, seconds: float, later: int) -> Question:
    """The question of an open line of claims.csv: a correction that somebody asks for, or a reply."""
    lines = [
        f"{claim['what']}: {plain(claim['claim'], LONGEST_LINE)}",
        f"on the row `{claim['row_id']}`: network `{claim['network_id']}`, place `{claim['place_id']}`",
        f"evidence: {_linked(claim['evidence_url']) or 'none was given'}",
        f"case {claim['case_id']}, received {claim['received']}, an answer is wanted by {claim_due(claim['received'])}",
    ]
    return {
        "case_id": claim["case_id"],
        "what": claim["what"],
        "network_id": claim["network_id"],
        "subject": f"{claim['network_id']}: a {claim['what']} waits for its answer",
        "body": _body(lines, later, _HOW["claim"]),
        "options": [POSTPONE],
        "fields": {},
        "seconds": seconds,
    }


def _body(lines: Sequence[str], later: int, how: str) -> str:
    more = [f"{later} more open cases wait their turn; `citynet review` has them"] if later else []
    return "\n".join(f"- {line}" for line in (*lines, *more)) + f"\n\n{how}\n"


def plain(text: str, longest: int = LONGEST) -> str:
    """Text from the web as Markdown shows it letter by letter: no link, picture, mark or line of its own comes of it."""
    cut = " ".join(text.split())
    cut = cut if len(cut) <= longest else f"{cut[: longest - 1]}…"
    return _MARKS.sub(r"\\\1", "".join(c if c.isprintable() else "\ufffd" for c in cut))


def _subject(case: Case) -> str:
    if case.what == "capture":
        return f"{case.network.name}: is the list of {case.opened} to be believed?"
    if case.what == "merger":
        return f"{case.network.name}: has {' '.join(case.name.split())[:LONGEST] or 'a member'} left, or was it merged?"
    if case.what == "membership":
        return f"{case.network.name}: what holds of the membership of {' '.join(case.name.split())[:LONGEST] or 'a body'}?"
    if case.what == "reader":
        return f"{case.network.name}: how is its page to be read, laid out anew since {case.opened}?"
    return f"{case.network.name}: what does “{' '.join(case.name.split())[:LONGEST]}” mean?"


def _asked(case: Case, names: Names) -> list[str]:
    """What is claimed and what speaks for and against it, a line each."""
    if case.what == "capture":
        looks = looks_said(case)
        return [f"held: {plain(case.why, LONGEST_LINE)}", f"rows read: {case.seen}", *([looks] if looks else []), *_difference(case)]
    if case.what == "reader":
        return [plain(line, LONGEST_LINE) for line in reader_lines(case)]
    if case.what in ("membership", "merger"):
        return [plain(line, LONGEST_LINE) for line in (case.why, *case.lines)]
    country = f" ({plain(case.printed_country)})" if case.printed_country else ", printed without a country"
    rows = f"{case.seen} {'row' if case.seen == 1 else 'rows'} of the accepted lists"
    candidates = [f"candidate `{place_id}`: {plain(told(place_id, names))}" for place_id in case.candidates]
    missing = [f"may be the missing member `{place_id}`: {plain(told(place_id, names))}" for place_id in case.missing]
    return [f"printed: “{plain(case.name)}”{country}; {rows}; {plain(case.why)}", *(candidates or ["no candidate"]), *missing]


def _difference(case: Case) -> list[str]:
    """The list beside the last accepted one; names only where the terms of the network let us print them."""
    if case.beside_last is None or case.last_sight is None:
        return ["no accepted list before it to hold it against"]
    found = case.beside_last
    safe = replace(found, gone=tuple(map(plain, found.gone)), come=tuple(map(plain, found.come)))
    return beside_lines(safe, case.last_sight.day, names_shown=case.network.republish == "names")


def _sight(what: str, sight: Sight | None, case: Case, shown: Collection[str]) -> list[str]:
    """Where a capture can be looked at: what was served, how it was read, and its page on the site inside the Airflow UI."""
    if sight is None:
        return []
    pages = ", ".join(map(_linked, sight.pages))
    lines = [f"{what}: capture `{sight.capture_id}` of {sight.day}, served by {pages}"]
    if sight.capture_id in shown:
        lines.append(f"{what}: [its rows](/citynet/site/list/{case.network.id}/{sight.capture_id}.html)")
    return lines + [f"{what} is read by: {plain(rule, LONGEST_LINE)}" for rule in sight.rules]


def _linked(address: str) -> str:
    return f"<{address}>" if _ADDRESS.fullmatch(address) else plain(address)


def _fields(case: Case, names: Names) -> dict[str, dict[str, Any]]:
    """The fields of the form, each as value, description and schema. None is required by the form, since `postpone` needs none."""
    if case.what in ("reader", "membership"):
        return {}
    text: dict[str, Any] = {"type": ["string", "null"], "maxLength": 1000}
    signed = {
        "reason": {"value": "", "description": "Why; wanted for every answer but postpone", "schema": text},
        "evidence_url": {"value": "", "description": "A web address that shows it, or empty", "schema": text},
    }
    if case.what == "capture":
        return signed
    if case.held is not None:
        return _merger_fields(case.held, text) | signed
    may_be = places_asked(case)
    only = may_be[0] if len(case.candidates) == 1 else ""
    labels = {place_id: f"{place_id} {told(place_id, names)}" for place_id in may_be}
    place = text | ({"examples": list(may_be), "values_display": labels} if may_be else {})
    scope = {"type": "string", "enum": ["all", "network"]}
    return {
        "place_id": {
            "value": only,
            "description": "Which place; several parted by “; ” for stays open and several bodies",
            "schema": place,
        },
        "scope": {
            # What a name without a country means is the list's matter: another network may mean another place.
            "value": "all" if case.country else "network",
            "description": "For the lists of all networks, or of this one",
            "schema": scope,
        },
        **signed,
    }


def _merger_fields(held: HeldDeparture, text: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    day = "Day, month or year of the merger, as YYYY-MM-DD, YYYY-MM or YYYY; of a departure, empty for the days between the lists"
    return {
        "date": {"value": "", "description": day, "schema": dict(text)},
        "place_id": {"value": held.heir_id, "description": "What it was merged into", "schema": dict(text)},
    }
