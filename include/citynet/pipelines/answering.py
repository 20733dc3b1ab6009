"""From a row that a person filled in to a line of judgement: which question it answers, and what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from citynet.errors import ConfigError
from citynet.model import Judgement
from citynet.pipelines.answers import EXPORTED, FOLDER, Given, keep, kept, new_ones, read_answer, said_already
from citynet.pipelines.cases import Case
from citynet.pipelines.merger_cases import PREFIX, merger_given
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside
from citynet.places.judgement_files import COLUMNS, VERDICTS, Answer
from citynet.places.judgements import in_force, load_judgements
from citynet.places.normalise import normalise
from citynet.store import Store

SCOPES = ("all", "network")
CAPTURES = "captures.csv"
_FILES = {"name": "places.csv", "capture": CAPTURES}


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a question is about. name: as printed, or the id of a capture."""

    case_id: str
    what: str
    network_id: str
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of answers. keys: of those kept now; known: said before by the same reviewer; repeated: by reviewer, how many repeat
    what that one decided before; anew: of each list that was decided otherwise before, what holds now and what held.
    """

    keys: tuple[str, ...]
    known: int
    repeated: Mapping[str, int]
    anew: tuple[str, ...] = ()


def take(outside: Outside, names: Names, answers: Sequence[Given], at: datetime, *, anew: bool = False) -> Taken:
    """Keep the answers that say something new, all or none: ConfigError where one can't hold or contradicts a judgement.

    A list may be decided otherwise from a later day on, but only by who says so (anew): an answer to a question that somebody else has
    settled meanwhile must not undo that unseen. names were opened under the lock `judgements`, which the caller holds, so that no other
    answer comes in between.
    """
    before = in_force(names.judgements.captures)
    recorded = {**names.judgements.lines, CAPTURES: tuple(before.values())}
    unknown = new_ones(answers, recorded)
    new, repeated = said_already(unknown, recorded)
    told = _otherwise(new, before, anew=anew)
    stated = [Answer(one.where, one.file, one.values) for one in new]
    load_judgements(outside.judgements, names.gazetteer, [*kept(outside.store), *stated])
    return Taken(tuple(dict.fromkeys(keep(outside.store, new, at))), len(answers) - len(unknown), repeated, tuple(told))


def _otherwise(given: Sequence[Given], before: Mapping[tuple[str, str], Judgement], *, anew: bool) -> list[str]:
    """What the answers decide otherwise than the decisions that hold on captures, in words; ConfigError where they may not."""
    told = []
    for one in given:
        was = before.get((one.values["network_id"], one.values["capture_id"])) if one.file == CAPTURES else None
        if was is None:
            continue
        subject, now = f"capture {one.values['capture_id']} of {one.values['network_id']}", one.values
        held = f"{was.values['verdict']} by {was.values['reviewer']} on {was.values['date']}"
        if not anew:
            raise ConfigError(f"{one.where}: {subject} is decided: {held} ({was.where}); decide it anew with citynet review --anew")
        if now["date"] <= was.values["date"]:
            raise ConfigError(f"{one.where}: {subject}: expected a date after that of {held} ({was.where}), got {now['date']}")
        told.append(f"{subject}: {now['verdict']} from {now['date']} on; until then {held}")
    return told


def past_cases(store: Store) -> dict[str, Mapping[str, str]]:
    """Case -> the line by which it was answered, for every answer ever kept.

    A case that an answer has settled may be none any more: without the rejected namesake a rule resolves the name.
    """
    keys = [key for folder in (EXPORTED, FOLDER) for key in store.keys(folder) if key.rpartition("/")[0] == folder]
    found = (read_answer(key, store.read(key)) for key in keys)
    return {case_id: answer.values for answer, case_id in found if case_id}


def given(
    where: str, row: Mapping[str, str], cases: Sequence[Case], past: Mapping[str, Mapping[str, str]], signed: tuple[str, str]
) -> Given:
    """The line that a row states; signed: reviewer and date. ConfigError with file and line for a question or scope nobody knows.

    The name is taken from the list, not from the row, where a spreadsheet may have changed it. A row without case_id is known by its
    name and country, and network_id where it is filled.
    """
    if row["case_id"].strip().startswith(PREFIX):
        return merger_given(where, row, cases, past, signed)
    subject = _subject(where, row, cases, past)
    scope = row.get("scope", "").strip() or "all"
    if scope not in SCOPES:
        raise ConfigError(f"{where}: expected scope to be {' or '.join(SCOPES)}, or empty for all; found {scope!r}")
    file = _FILES[subject.what]
    column, allowed = VERDICTS[file]
    stated = {
        "name": subject.name,
        "country": subject.country,
        "network_id": subject.network_id if scope == "network" or subject.what == "capture" else "",
        "capture_id": subject.name,
        "verdict": row["verdict"].strip(),
        "place_id": "; ".join(part.strip() for part in row["place_id"].split(";") if part.strip()),
        "reviewer": signed[0],
        "date": signed[1],
        "reason": " ".join(row["reason"].split()),
        "evidence_url": row["evidence_url"].strip(),
    }
    if stated["verdict"] not in allowed:
        raise ConfigError(f"{where}: expected {column} to be one of {', '.join(sorted(allowed))}; found {stated['verdict']!r}")
    if subject.what == "capture" and stated["place_id"]:
        raise ConfigError(f"{where}: expected no place_id for a capture, found {stated['place_id']!r}")
    return Given(where, subject.case_id, file, {name: stated[name] for name in COLUMNS[file]})


def _subject(where: str, row: Mapping[str, str], cases: Sequence[Case], past: Mapping[str, Mapping[str, str]]) -> _Subject:
    case_id, network_id = row["case_id"].strip(), row.get("network_id", "").strip()
    if case_id in past and case_id not in {case.case_id for case in cases}:
        line = past[case_id]
        what, name = ("capture", line["capture_id"]) if "capture_id" in line else ("name", line["name"])
        return _Subject(case_id, what, line["network_id"] or network_id, name, line.get("country", ""))
    if case_id:
        fitting = [case for case in cases if case.case_id == case_id]
    else:
        asked = (normalise(row.get("name", "")), row.get("country", "").strip().upper())
        fitting = [c for c in cases if c.what == "name" and (normalise(c.name), c.country) == asked and network_id in ("", c.network.id)]
    if not fitting:
        sought = case_id or " ".join(filter(None, (row.get("name", ""), row.get("country", ""), network_id)))
        raise ConfigError(f"{where}: expected case_id, or name and country, of a question of `citynet review`; found {sought!r}")
    case = fitting[0]
    return _Subject(case.case_id, case.what, case.network.id, case.name, case.country)
