"""Eurostat's JSON-stat answers as columns: cells addressed by strides, flags kept as letters, the shape checked.

A cube is row-major, its last dimension fastest. Keys of `value` and `status` come in any order (observed: by country), a flag may
stand without a value (missing, confidential), and either member may be a full list, as JSON-stat allows.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import prod
from typing import TYPE_CHECKING, Any

from citynet.errors import Malformed, SourceChanged
from citynet.model import written
from citynet.statistics.columns import Coded, Part, letters
from citynet.statistics.flat_json import Flat, entries, loads, opened, pieces, plain_numbers
from citynet.statistics.values import Cube

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TIME = ("time", "TIME_PERIOD")
"""The dimension of time as the statistics API names it, and as SDMX does."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Names, codes by position and labels of the dimensions of a cube, in its order."""

    names: list[str]
    codes: list[list[str]]
    labels: list[dict[str, str]]

    @property
    def cells(self) -> int:
        return prod(len(codes) for codes in self.codes)


def read_jsonstat(body: bytes, cube: Cube, where: str) -> Part:
    """The observations of one answer; an empty cube gives an empty part.

    Malformed for what is no JSON-stat data set or contradicts itself (sizes, positions, cell numbers, numbers); SourceChanged
    where a sound one has other dimensions than the data set declares.
    """
    try:
        answer = opened(body)
        outer = answer.rest if isinstance(answer, Flat) else answer
        if not isinstance(outer, dict) or outer.get("class") != "dataset":
            raise Malformed(f"{where}: expected a JSON-stat data set, got {_look(outer)}")
        shape = _shape(outer, where)
        cells, value = _values(answer, outer, shape.cells, where)
        flagged, flags = _flags(answer, outer, shape.cells, where)
    except (ValueError, RecursionError) as problem:
        raise Malformed(f"{where}: expected JSON, got {len(body)} bytes that are none or cut: {problem}") from problem
    return _part(shape, (cells, value), (flagged, flags), cube, _updated(outer, where), where)


def updated_in(body: bytes, where: str) -> str:
    """`updated` of an answer, of which nothing else is read. Malformed where it tells none."""
    try:
        answer = loads(body)
    except (ValueError, RecursionError) as problem:
        raise Malformed(f"{where}: expected JSON, got {len(body)} bytes that are none or cut: {problem}") from problem
    if not isinstance(answer, dict) or answer.get("class") != "dataset":
        raise Malformed(f"{where}: expected a JSON-stat data set, got {_look(answer)}")
    return _updated(answer, where)


def _look(answer: Any) -> str:
    if not isinstance(answer, dict):
        return f"a JSON value of type {type(answer).__name__}"
    return f"class {answer.get('class')!r} and keys {', '.join(sorted(answer)[:8])}"[:200]


def _updated(outer: Mapping[str, Any], where: str) -> str:
    """The instant of `updated` (seen with an offset without colon, 2026-08-31T23:00:00+0200), in UTC."""
    from datetime import datetime

    told = f"{where}: expected updated as an instant with offset, got {outer.get('updated')!r}"
    try:
        found = datetime.fromisoformat(str(outer.get("updated")))
    except ValueError as problem:
        raise Malformed(told) from problem
    if found.tzinfo is None:
        raise Malformed(told)
    return written(found)


def _shape(outer: Mapping[str, Any], where: str) -> _Shape:
    """The dimensions, checked against `id` and `size`."""
    names, size, dimension = outer.get("id"), outer.get("size"), outer.get("dimension")
    if not isinstance(names, list) or not isinstance(size, list) or not isinstance(dimension, dict) or len(names) != len(size):
        raise Malformed(f"{where}: expected id, size and dimension of one length, got id {names!r} and size {size!r}")
    codes, labels = [], []
    for name, expected in zip(names, size, strict=True):
        entry = dimension.get(name) if isinstance(name, str) else None
        category = entry.get("category") if isinstance(entry, dict) else None
        known = category if isinstance(category, dict) else {}
        codes.append(_positions(known.get("index"), expected, f"{where}: dimension {name}"))
        label = known.get("label")
        labels.append({str(k): str(v).strip() for k, v in label.items()} if isinstance(label, dict) else {})
    if len(set(names)) != len(names):
        raise Malformed(f"{where}: expected each dimension once, got {', '.join(names)}")
    return _Shape(names, codes, labels)


def _positions(index: Any, expected: Any, where: str) -> list[str]:
    """The codes of a dimension by position; `index` is {code: position} or, as JSON-stat allows, a list of codes."""
    if isinstance(index, list):
        index = {str(code): position for position, code in enumerate(index)} if len(set(map(str, index))) == len(index) else None
    if not isinstance(index, dict) or not all(type(p) is int for p in index.values()):
        raise Malformed(f"{where}: expected an index of unique codes, got {str(index)[:80]}")
    ordered = sorted(index, key=lambda code: index[code])
    if type(expected) is not int or [index[c] for c in ordered] != list(range(expected)):
        raise Malformed(f"{where}: expected each position below size {expected!r} once, got {len(index)} codes")
    return ordered


def _member(outer: Mapping[str, Any], name: str, size: int, where: str) -> tuple[Sequence[str], Sequence[Any]]:
    """`value` or `status` of an answer that was read in one go, as cell numbers (text) and entries."""
    member = outer.get(name, {} if name == "status" else None)
    if isinstance(member, list):
        if len(member) != size:
            raise Malformed(f"{where}: expected {size} cells in {name} (the product of sizes), got {len(member)}")
        member = {str(cell): entry for cell, entry in enumerate(member) if entry is not None}
    if not isinstance(member, dict):
        raise Malformed(f"{where}: expected {name} as an object, got {type(member).__name__}")
    return tuple(member), tuple(member.values())


def _numbered(keys: Sequence[str], name: str, size: int, where: str) -> "NDArray[np.integer[Any]]":
    """The cell numbers, each a position in the cube."""
    import numpy as np

    text = "".join(keys)
    if keys and not (text.isascii() and text.isdigit() and all(keys)):
        raise Malformed(f"{where}: expected cell numbers as keys of {name}, got {next(k for k in keys if not _is_number(k))[:40]!r}")
    longest = max(keys, key=len, default="")
    if len(longest) > 18:
        raise Malformed(f"{where}: expected cells below {size} in {name} (the product of sizes), got {longest[:40]}")
    numbers = np.fromiter(map(int, keys), dtype=np.int64, count=len(keys))
    _require_below(size, int(numbers.max(initial=-1)), name, where)
    return numbers.astype(_width(size))


def _width(size: int) -> "type[np.integer[Any]]":
    """The type of a cell number: half as wide where the cube allows."""
    import numpy as np

    return np.int32 if size < 2**31 else np.int64


def _require_below(size: int, cell: int, name: str, where: str) -> None:
    if cell >= size:
        raise Malformed(f"{where}: expected cells below {size} in {name} (the product of sizes), got {cell}")


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdigit()


def _values(answer: Any, outer: Mapping[str, Any], size: int, where: str) -> tuple["NDArray[np.integer[Any]]", "NDArray[np.float64]"]:
    """(cells, values) in ascending order of cells; a cell whose value is null is NaN."""
    import numpy as np

    whole = not isinstance(answer, Flat) or "value" not in answer.spans
    found = (
        [_checked_values(*_member(outer, "value", size, where), size, where)]
        if whole
        else list(pieces(answer, "value", partial(_read_values, size, where)))
    )
    cells = np.concatenate([np.empty(0, _width(size)), *(some for some, _ in found)])
    return _sorted_once(cells, np.concatenate([np.empty(0), *(some for _, some in found)]), "value", where)


def _read_values(size: int, where: str, text: bytes) -> tuple["NDArray[np.integer[Any]]", "NDArray[np.float64]"]:
    import numpy as np

    if (plain := plain_numbers(text)) is None:
        return _checked_values(*entries(text), size, where)
    both = np.array(plain, dtype=np.float64)
    _require_below(size, int(both[::2].max(initial=-1)), "value", where)
    return both[::2].astype(_width(size)), both[1::2].copy()


def _checked_values(
    keys: Sequence[str], served: Sequence[Any], size: int, where: str
) -> tuple["NDArray[np.integer[Any]]", "NDArray[np.float64]"]:
    import numpy as np

    numbers = _numbered(keys, "value", size, where)
    if not set(map(type, served)) <= {int, float, type(None)}:
        at = next(n for n, entry in enumerate(served) if type(entry) not in (int, float, type(None)))
        raise Malformed(f"{where}: expected a number in cell {numbers[at]}, found {str(served[at])[:40]!r}")
    try:
        return numbers, np.array(served, dtype=np.float64)
    except OverflowError as problem:
        raise Malformed(f"{where}: expected numbers, found one of more than 300 digits") from problem


def _flags(answer: Any, outer: Mapping[str, Any], size: int, where: str) -> tuple["NDArray[np.integer[Any]]", Coded]:
    """(cells, their flags) in ascending order of cells; a cell whose status holds no letter has the flags ""."""
    import numpy as np

    whole = not isinstance(answer, Flat) or "status" not in answer.spans
    found = [_member(outer, "status", size, where)] if whole else list(pieces(answer, "status", entries))
    cells = [_numbered(keys, "status", size, where) for keys, _ in found]
    served = [entry if isinstance(entry, str) else "" for _, some in found for entry in some]
    known: dict[str, int] = {"": 0}
    meaning = {text: known.setdefault(letters(text), len(known)) for text in sorted(set(served))}
    rows = np.fromiter(map(meaning.__getitem__, served), dtype=np.int32, count=len(served))
    numbers, flags = _sorted_once(np.concatenate([np.empty(0, _width(size)), *cells]), rows, "status", where)
    return numbers, Coded(list(known), flags)


def _sorted_once(
    cells: "NDArray[np.integer[Any]]", entries: "NDArray[Any]", name: str, where: str
) -> tuple["NDArray[np.integer[Any]]", "NDArray[Any]"]:
    import numpy as np

    if (cells[1:] <= cells[:-1]).any():
        order = np.argsort(cells, kind="stable")
        cells, entries = cells[order], entries[order]
    twice = (cells[1:] == cells[:-1]).nonzero()[0]
    if len(twice):
        raise Malformed(f"{where}: expected different cell numbers as keys of {name}, got {cells[twice[0]]} twice")
    return cells, entries


def _part(
    shape: _Shape,
    values: tuple["NDArray[np.integer[Any]]", "NDArray[np.float64]"],
    flags: tuple["NDArray[np.integer[Any]]", Coded],
    cube: Cube,
    updated: str,
    where: str,
) -> Part:
    """The union of cells with a value and cells with a flag, each with its codes."""
    import numpy as np

    at = _declared(shape, cube, where)
    (valued, value), (flagged, flag) = values, flags
    flagged, flag_rows = flagged[flag.rows != 0], flag.rows[flag.rows != 0]
    if (missing := np.isnan(value)).any():
        valued, value = valued[~missing], value[~missing]
    alone = flagged[~np.isin(flagged, valued, assume_unique=True)]
    cells = np.concatenate([valued, alone])
    rows = np.zeros(len(cells), np.int32)
    order = np.argsort(cells, kind="stable")
    rows[order[np.searchsorted(cells, flagged, sorter=order)]] = flag_rows

    def positions(dimension: int) -> "NDArray[np.integer[Any]]":
        return cells // prod(len(codes) for codes in shape.codes[dimension + 1 :]) % max(len(shape.codes[dimension]), 1)

    def column(dimension: int) -> Coded:
        return Coded(shape.codes[dimension], positions(dimension).astype(np.int32))

    years = _years(shape.codes[at["time"]], where)
    return Part(
        updated=updated,
        labels=dict(zip(c := shape.codes[at["territory"]], (shape.labels[at["territory"]].get(code, "") for code in c), strict=True)),
        indicator=column(at["indicator"]),
        territory=column(at["territory"]),
        year=years[positions(at["time"])],
        value=np.concatenate([value, np.full(len(alone), np.nan)]),
        flags=Coded(flag.codes, rows),
    )


def _declared(shape: _Shape, cube: Cube, where: str) -> dict[str, int]:
    """Where the declared dimensions lie. SourceChanged where one is missing, or another one holds more than one code."""
    wanted = {"indicator": (cube.indicator_dimension,), "territory": (cube.territory_dimension,), "time": TIME}
    found = {meaning: next((n for n, name in enumerate(shape.names) if name in names), -1) for meaning, names in wanted.items()}
    if -1 in found.values():
        expected = ", ".join(names[0] for names in wanted.values())
        raise SourceChanged(f"{where}: expected the dimensions {expected}; got {', '.join(shape.names)}")
    for number, name in enumerate(shape.names):
        if number not in found.values() and len(shape.codes[number]) > 1:
            raise SourceChanged(f"{where}: expected one code in dimension {name}, got {len(shape.codes[number])}; a filter is needed")
    return found


def _years(codes: Sequence[str], where: str) -> "NDArray[np.int16]":
    import numpy as np

    other = [code for code in codes if not re.fullmatch(r"[0-9]{4}", code)]
    if other:
        raise SourceChanged(f"{where}: expected years in dimension time, found {other[0][:40]!r}")
    return np.array([int(code) for code in codes], dtype=np.int16)
