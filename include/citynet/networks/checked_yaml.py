"""YAML files read strictly against a JSON Schema; every departure is told with file, line, what was expected and what was seen."""

import json
from pathlib import Path
from typing import Any

from citynet.errors import ConfigError
from citynet.networks.marked_yaml import Marked, parse


def marked(name: str, data: bytes) -> Marked:
    """The YAML document in the bytes of the file `name`; ConfigError with file and line where it is none."""
    try:
        return parse(data.decode("utf-8"), name)
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise ConfigError(f"{name}:{line}: expected UTF-8 text, got the byte 0x{data[problem.start]:02x}") from problem


def refuse(name: str, faults: list[tuple[int, str]]) -> None:
    """ConfigError with every fault as `file:line: message`, each once and in order; nothing where there is none."""
    if faults:
        raise ConfigError("; ".join(f"{name}:{line}: {said}" for line, said in sorted(set(faults))))


def against_schema(source: Marked, schema: Path) -> list[tuple[int, str]]:
    """(line, message) of every way in which the document departs from the schema."""
    import jsonschema

    validator = jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    return [fault for error in validator.iter_errors(source.value) for fault in _in_words(error, source)]


def _in_words(error: Any, source: Marked) -> list[tuple[int, str]]:
    if error.validator == "oneOf" and isinstance(error.instance, list) and error.context:
        return _in_words(max(error.context, key=lambda one: len(one.absolute_path)), source)
    path = tuple(error.absolute_path)
    where = ".".join(str(step) for step in path) or "the file"
    line, seen = source.line(path), repr(error.instance)[:80]
    if error.validator in ("additionalProperties", "unevaluatedProperties"):
        known = sorted(error.schema.get("properties", {}))
        extra = sorted(str(key) for key in error.instance if key not in known)
        return [(source.line((*path, key)), f"{where}: expected one of {', '.join(known)}, got {key!r}") for key in extra]
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return [(line, f"{where}: expected the field {key!r}, it is missing") for key in missing]
    if error.validator == "enum":
        allowed = [str(value) for value in error.validator_value]
        expected = f"one of {', '.join(allowed)}" if len(allowed) < 40 else str(error.schema.get("title", "a value of the list"))
        return [(line, f"{where}: expected {expected}, got {seen}")]
    if error.validator in ("pattern", "type", "oneOf", "not") and "title" in error.schema:
        return [(line, f"{where}: expected {error.schema['title']}, got {seen}")]
    if error.validator == "type":
        return [(line, f"{where}: expected {error.validator_value}, got {seen}")]
    return [(line, f"{where}: {error.message[:200]}")]
