"""Answers to open questions: kept in the store one a file, read beside the files of judgements, and moved into these by export."""

import hashlib
import json
import shutil
import tempfile
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
    """The answers in the store that are not in the repository yet, by key; ConfigError for a file that is none."""
    keys = [key for key in store.keys(FOLDER) if key.count("/") == 1 and key.endswith(".json")]
    return tuple(read_answer(key, store.read(key))[0] for key in keys)


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
