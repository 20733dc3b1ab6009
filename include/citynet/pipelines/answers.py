"""Answers to open questions: kept in the store one a file, read beside the files of judgements, and moved into these by export."""

import hashlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from citynet.errors import ConfigError
from citynet.model import Judgement
from citynet.pipelines.outside import Outside
from citynet.places.gazetteer import Gazetteer
from citynet.places.judgement_files import Answer, read_lines, written
from citynet.places.judgements import load_judgements
from citynet.places.normalise import normalise
from citynet.store import Store, write_whole

FOLDER, EXPORTED = "judgements", "judgements/exported"


@dataclass(frozen=True, slots=True)
class Given:
    """A line of judgement that a person gave on a case. where: file:line of what they wrote, for messages."""

    where: str
    case_id: str
    file: str
    values: Mapping[str, str]


def kept(store: Store) -> tuple[Answer, ...]:
    """The answers in the store that are not in the repository yet, by key; ConfigError for a file that is none.

    An export may move a file between listing and reading; then they are listed again. A moved answer stands in the files of
    judgements by then, so who reads these after the answers sees it there, and in no case in neither.
    """
    keys = _waiting(store)
    while True:
        try:
            return tuple(read_answer(key, store.read(key))[0] for key in keys)
        except FileNotFoundError as problem:
            listed, keys = keys, _waiting(store)
            if keys == listed:
                raise ConfigError(f"{FOLDER}: expected every listed answer to be there, got: {problem}") from problem


def _waiting(store: Store) -> list[str]:
    return [key for key in store.keys(FOLDER) if key.count("/") == 1 and key.endswith(".json")]


def keep(store: Store, given: Iterable[Given], at: datetime) -> list[str]:
    """Write each line as an answer of the instant `at`; the keys. A file that is there already is left as it is."""
    made = []
    for one in given:
        stated = json.dumps([one.file, *one.values.values()])
        key = f"{FOLDER}/{at:%Y%m%dT%H%M%SZ}-{hashlib.sha256(stated.encode()).hexdigest()[:12]}.json"
        document = {"file": one.file, "values": one.values, "case_id": one.case_id, "answered_at": f"{at:%Y-%m-%dT%H:%M:%SZ}"}
        if not store.exists(key):
            store.write(key, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())
        made.append(key)
    return made


def export(outside: Outside, gazetteer: Gazetteer) -> dict[str, int]:
    """Move the answers from the store into the files of judgements; file -> how many lines it gained.

    The new files are read and checked in a folder of their own before the first is replaced, each by one write. A kill in
    between leaves lines in both places, which count once; called again it finishes. ConfigError where two lines contradict each
    other: then nothing is touched.
    """
    answers = kept(outside.store)
    load_judgements(outside.judgements, gazetteer, answers)
    before, after = read_lines(outside.judgements), read_lines(outside.judgements, answers)
    files = sorted({answer.file for answer in answers})
    documents = {file: written(file, after[file]) for file in files if len(after[file]) > len(before[file])}
    _require_sound(outside.judgements, documents, gazetteer)
    for file, document in documents.items():
        write_whole(outside.judgements / file, document)
    for answer in answers:
        outside.store.write(f"{EXPORTED}/{answer.where.rsplit('/', 1)[-1]}", outside.store.read(answer.where))
        outside.store.delete(answer.where)
    return {file: len(after[file]) - len(before[file]) for file in files}


def new_ones(given: Sequence[Given], lines: Mapping[str, Collection[Judgement]]) -> list[Given]:
    """The given lines that say more than the day they were given on: what is recorded already is not said twice."""
    recorded = {_without_date(file, line.values) for file, found in lines.items() for line in found}
    return [one for one in given if _without_date(one.file, one.values) not in recorded]


def said_already(given: Sequence[Given], lines: Mapping[str, Collection[Judgement]]) -> tuple[list[Given], dict[str, int]]:
    """The given lines that decide something, and by reviewer how many repeat what that one decided before: in the lines, or above
    in the same answers. A decision is one line, so who comes to the same answer later leaves it as it is.
    """
    said = {_decision(file, line.values): line.values for file, found in lines.items() for line in found}
    new, repeated = [], Counter[str]()
    for one in given:
        first = said.setdefault(_decision(one.file, one.values), one.values)
        if _without_date(one.file, first) == _without_date(one.file, one.values):
            new.append(one)
        else:
            repeated[first["reviewer"]] += 1
    return new, dict(sorted(repeated.items()))


def _decision(file: str, values: Mapping[str, str]) -> tuple[object, ...]:
    """What a line decides, whoever signs it, why, and however the name is printed and its places are ordered."""
    stated = {column: value for column, value in values.items() if column not in ("reviewer", "date", "reason", "evidence_url")}
    if file == "places.csv":
        places = frozenset(part.strip() for part in values["place_id"].split(";"))
        return (file, normalise(values["name"]), values["country"], values["network_id"], values["verdict"], places)
    return (file, *stated.values())


def _without_date(file: str, values: Mapping[str, str]) -> tuple[str, ...]:
    return (file, *(value for column, value in values.items() if column != "date"))


def read_answer(key: str, data: bytes) -> tuple[Answer, str]:
    """An answer and the case that it answered; ConfigError naming the key where the file is none."""
    try:
        document = json.loads(data)
        file, values, case_id = document["file"], document["values"], document["case_id"]
        sound = all(isinstance(text, str) for pair in (*values.items(), (file, case_id)) for text in pair)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise ConfigError(f"{key}: expected an answer as JSON with file, values and case_id, got: {problem!r}") from problem
    if not sound:
        raise ConfigError(f"{key}: expected file, values and case_id of an answer to be text, found something else")
    return Answer(key, file, values), case_id


def _require_sound(folder: Path, documents: Mapping[str, bytes], gazetteer: Gazetteer) -> None:
    """ConfigError where the files as they would be can't be loaded."""
    with tempfile.TemporaryDirectory() as scratch:
        for present in sorted(folder.glob("*.csv")):
            shutil.copyfile(present, Path(scratch) / present.name)
        for file, document in documents.items():
            (Path(scratch) / file).write_bytes(document)
        load_judgements(scratch, gazetteer)
