"""Eurostat's JSON-stat answers to figures: what the statistics API serves, and the ways in which it fails."""

import json
import re
from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

from citynet.errors import SourceChanged, SourceUnavailable
from citynet.model import written
from citynet.statistics.values import Figure

DIMENSIONS = ("freq", "indic_ur", "cities", "time")
"""The dimensions of the urb_ cubes of city statistics, as served on 2026-08-31 (in this order, which is not relied on)."""
_ASYNCHRONOUS = 413


def decode(body: bytes, *, dataset: str, content_type: str = "application/json", status: int = 200) -> list[Figure]:
    """The figures of one answer, sorted by indicator, territory and year; an empty cube gives an empty list.

    Cells are addressed row-major, last dimension fastest; keys of `value` come in any order (observed: by country). A cell
    with a flag and no value (missing, confidential) is no figure. Flags are letters, sorted ("be"; "|C" gives "C").
    SourceUnavailable: treated asynchronously, too busy, an outage page. SourceChanged: an error body, or any other shape.
    """
    where = f"Eurostat {dataset}"
    cube = _cube(body, where, content_type, status)
    names, codes, labels = _dimensions(cube, where)
    size = [len(c) for c in codes]
    values = _cells(cube, "value", prod(size), where)
    flags = _cells(cube, "status", prod(size), where)
    vintage = _vintage(cube, where)
    figures = []
    for cell, value in values.items():
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise SourceChanged(f"{where}: expected a number in cell {cell}, found {value!r}")
        at = dict(zip(names, _coordinates(cell, size, codes), strict=True))
        if not re.fullmatch(r"\d{4}", at["time"]):
            raise SourceChanged(f"{where}: expected years in dimension time, found {at['time']!r}")
        figures.append(
            Figure(
                dataset=dataset,
                indicator=at["indic_ur"],
                territory=at["cities"],
                label=labels["cities"].get(at["cities"], "").strip(),
                year=int(at["time"]),
                value=float(value),
                flags="".join(sorted(set(re.findall(r"[A-Za-z]", str(flags.get(cell) or ""))))),
                vintage=vintage,
            )
        )
    return sorted(figures, key=lambda f: (f.indicator, f.territory, f.year))


def _cube(body: bytes, where: str, content_type: str, status: int) -> Mapping[str, Any]:
    """The JSON-stat data set in the body, or the error that the body stands for."""
    start = body.lstrip()[:200].lower()
    if "html" in content_type.lower() or start.startswith((b"<!doctype html", b"<html")):
        raise SourceUnavailable(f"{where}: expected JSON, got an HTML page (status {status}), as during an outage or overload")
    try:
        answer = json.loads(body)
    except ValueError as problem:
        raise SourceChanged(f"{where}: expected JSON, got {len(body)} bytes that are none (status {status}): {problem}") from problem
    if not isinstance(answer, dict):
        raise SourceChanged(f"{where}: expected a JSON object, got {type(answer).__name__}")
    if "warning" in answer:
        _refuse_warning(answer["warning"], where)
    if "error" in answer:
        _refuse_error(answer["error"], where)
    if status != 200:
        kind = SourceUnavailable if status == 429 or status >= 500 else SourceChanged
        raise kind(f"{where}: expected status 200, got {status}")
    if answer.get("class") != "dataset":
        raise SourceChanged(
            f"{where}: expected a JSON-stat data set, got class {answer.get('class')!r} and keys {', '.join(sorted(answer)[:8])}"
        )
    return answer


def _refuse_warning(warning: Any, where: str) -> None:
    """Raise for a warning body: with status 413 the answer is being prepared and comes on a later try of the same address."""
    first = warning[0] if isinstance(warning, list) and warning else warning
    status, label = (first.get("status"), first.get("label")) if isinstance(first, dict) else (None, first)
    if status == _ASYNCHRONOUS:
        raise SourceUnavailable(f"{where}: being prepared, ask the same address again later: {label}")
    raise SourceChanged(f"{where}: expected data, got a warning ({status}): {label}")


def _refuse_error(error: Any, where: str) -> None:
    """Raise for an error body, which is a list of {status, id, label}; a fault of the server (500 and above) may pass."""
    entries = [e for e in (error if isinstance(error, list) else [error]) if isinstance(e, dict)]
    told = "; ".join(f"{e.get('status')}, id {e.get('id')}: {e.get('label')}" for e in entries) or repr(error)
    statuses = [e["status"] for e in entries if isinstance(e.get("status"), int)]
    kind = SourceUnavailable if statuses and all(s >= 500 or s == 429 for s in statuses) else SourceChanged
    raise kind(f"{where}: expected data, got an error: {told}")


def _dimensions(cube: Mapping[str, Any], where: str) -> tuple[list[str], list[list[str]], dict[str, dict[str, str]]]:
    """Names, codes in order of position, and labels of the dimensions, checked against `id` and `size`."""
    names, size, dimension = cube.get("id"), cube.get("size"), cube.get("dimension")
    if not isinstance(names, list) or not isinstance(size, list) or not isinstance(dimension, dict) or len(names) != len(size):
        raise SourceChanged(f"{where}: expected id, size and dimension of one length, got id {names!r} and size {size!r}")
    if sorted(map(str, names)) != sorted(DIMENSIONS):
        raise SourceChanged(f"{where}: expected the dimensions {', '.join(DIMENSIONS)}; got {', '.join(map(str, names))}")
    codes, labels = [], {}
    for name, expected in zip(names, size, strict=True):
        category = dimension[name].get("category") if isinstance(dimension.get(name), dict) else None
        index = category.get("index") if isinstance(category, dict) else None
        codes.append(_positions(index, expected, f"{where}: dimension {name}"))
        label = category.get("label") if isinstance(category, dict) else None
        labels[name] = {str(k): str(v) for k, v in label.items()} if isinstance(label, dict) else {}
    return list(names), codes, labels


def _positions(index: Any, expected: Any, where: str) -> list[str]:
    """The codes of a dimension by position; `index` is {code: position} or, as JSON-stat allows, a list of codes."""
    if isinstance(index, list):
        index = {str(code): position for position, code in enumerate(index)} if len(set(map(str, index))) == len(index) else None
    if not isinstance(index, dict) or not all(type(p) is int for p in index.values()):
        raise SourceChanged(f"{where}: expected an index of unique codes, got {str(index)[:80]}")
    ordered = sorted(index, key=lambda code: index[code])
    if type(expected) is not int or [index[c] for c in ordered] != list(range(expected)):
        raise SourceChanged(f"{where}: expected each position below size {expected!r} once, got {len(index)} codes")
    return ordered


def _cells(cube: Mapping[str, Any], member: str, cells: int, where: str) -> dict[int, Any]:
    """`value` or `status` as {cell: entry}; served as an object with cell numbers as keys, in JSON-stat also as a full list."""
    entries = cube.get(member, {} if member == "status" else None)
    if isinstance(entries, list):
        if len(entries) != cells:
            raise SourceChanged(f"{where}: expected {cells} cells in {member} (the product of sizes), got {len(entries)}")
        return dict(enumerate(entries))
    if not isinstance(entries, dict):
        raise SourceChanged(f"{where}: expected {member} as an object, got {type(entries).__name__}")
    try:
        numbered = {int(key): entry for key, entry in entries.items() if key.isascii() and key.isdigit()}
    except ValueError as problem:
        raise SourceChanged(f"{where}: expected cell numbers as keys of {member}: {problem}") from problem
    if len(numbered) != len(entries):
        raise SourceChanged(f"{where}: expected {len(entries)} different cell numbers as keys of {member}, got {len(numbered)}")
    if numbered and max(numbered) >= cells:
        raise SourceChanged(f"{where}: expected cells below {cells} in {member} (the product of sizes), got {max(numbered)}")
    return numbered


def _coordinates(cell: int, size: Sequence[int], codes: Sequence[Sequence[str]]) -> list[str]:
    """The codes of a cell: divide by the sizes, last dimension first."""
    found = []
    for length, names in zip(reversed(size), reversed(codes), strict=True):
        cell, position = divmod(cell, length)
        found.append(names[position])
    return found[::-1]


def _vintage(cube: Mapping[str, Any], where: str) -> str:
    """The instant of `updated` (served with an offset without colon, 2026-08-31T23:00:00+0200), in UTC."""
    from datetime import datetime

    try:
        return written(datetime.strptime(str(cube.get("updated")), "%Y-%m-%dT%H:%M:%S%z"))
    except ValueError as problem:
        raise SourceChanged(f"{where}: expected updated as an instant with offset, got {cube.get('updated')!r}") from problem
