r"""Eurostat's SDMX 2.1 TSV answers as columns: the way round where the JSON service is out.

A line a series, a column a year, lines that end in \r\n: "freq,indic_ur,cities\TIME_PERIOD\t1990 \t1991 ", then
"A,DE1001V,BE001C\t950339 e\t: ". A cell is ":" for none or a number, then its flags. It tells neither labels nor the instant of its data.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from citynet.errors import Malformed, SourceChanged
from citynet.statistics.columns import Coded, Part, letters
from citynet.statistics.values import Cube

_TIME = "TIME_PERIOD"
_CELL = re.compile(r"(?P<number>:|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)?\s*(?P<flags>[A-Za-z|]*)")


@dataclass(slots=True)
class _Rows:
    """Columns as they grow: codes by position, and a position, number or year a row."""

    indicators: dict[str, int] = field(default_factory=dict)
    territories: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    indicator: list[int] = field(default_factory=list)
    territory: list[int] = field(default_factory=list)
    year: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    flag: list[int] = field(default_factory=list)


def looks_like_tsv(body: bytes) -> bool:
    """Whether a body begins with the head of such a table."""
    return b"\\" + _TIME.encode() in body[:2_000].split(b"\n", 1)[0]


def read_tsv(body: bytes, cube: Cube, where: str) -> Part:
    """The observations of one answer. Malformed for what is no such table or cut; SourceChanged for other dimensions than declared."""
    lines = _lines(body, where)
    dimensions, years = _head(next(lines, ""), where)
    at_indicator, at_territory = (_place(dimensions, name, where) for name in (cube.indicator_dimension, cube.territory_dimension))
    others: dict[str, set[str]] = {name: set() for n, name in enumerate(dimensions) if n not in (at_indicator, at_territory)}
    rows = _Rows()
    for line in lines:
        key, *cells = line.split("\t")
        codes = [code.strip() for code in key.split(",")]
        if len(codes) != len(dimensions) or len(cells) != len(years):
            raise Malformed(f"{where}: expected {len(dimensions)} codes and {len(years)} cells a line, got {line[:80]!r}")
        for name, code in zip(dimensions, codes, strict=True):
            if name in others:
                others[name].add(code)
        _add(rows, codes[at_indicator], codes[at_territory], zip(years, cells, strict=True), where)
    for name, found in others.items():
        if len(found) > 1:
            raise SourceChanged(f"{where}: expected one code in dimension {name}, got {len(found)}; a filter is needed")
    return _part(rows)


def _lines(body: bytes, where: str) -> Iterator[str]:
    """The lines of the table, which has to end with one: else its last cell may be cut."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Malformed(f"{where}: expected a TSV table in UTF-8: {problem}") from problem
    if not text.endswith("\n"):
        raise Malformed(f"{where}: expected a TSV table that ends with a line, it ends with {text[-40:]!r}")
    return (line for line in text.splitlines() if line)


def _head(line: str, where: str) -> tuple[list[str], list[int]]:
    first, *periods = line.split("\t")
    names, backslash, time = first.strip().partition("\\")
    years = [period.strip() for period in periods]
    if not backslash or time != _TIME or not years or not all(re.fullmatch(r"[0-9]{4}", year) for year in years):
        raise Malformed(f"{where}: expected a head like 'freq,indic_ur,cities\\{_TIME}' and years, got {line[:80]!r}")
    return names.split(","), [int(year) for year in years]


def _place(dimensions: Sequence[str], name: str, where: str) -> int:
    if name not in dimensions:
        raise SourceChanged(f"{where}: expected the dimension {name}, got {', '.join(dimensions)}")
    return dimensions.index(name)


def _add(rows: _Rows, indicator: str, territory: str, cells: Iterator[tuple[int, str]], where: str) -> None:
    for year, cell in cells:
        found = _CELL.fullmatch(cell.strip())
        if found is None:
            raise Malformed(f"{where}: expected a number, ':' and flags in a cell, got {cell[:40]!r}")
        number, flags = found["number"] or ":", letters(found["flags"])
        if number == ":" and not flags:
            continue
        rows.indicator.append(rows.indicators.setdefault(indicator, len(rows.indicators)))
        rows.territory.append(rows.territories.setdefault(territory, len(rows.territories)))
        rows.year.append(year)
        rows.value.append(float("nan") if number == ":" else float(number))
        rows.flag.append(rows.flags.setdefault(flags, len(rows.flags)))


def _part(rows: _Rows) -> Part:
    import numpy as np

    def column(codes: dict[str, int], positions: list[int]) -> Coded:
        return Coded(list(codes), np.array(positions, dtype=np.int32))

    return Part(
        updated="",
        labels={},
        indicator=column(rows.indicators, rows.indicator),
        territory=column(rows.territories, rows.territory),
        year=np.array(rows.year, dtype=np.int16),
        value=np.array(rows.value, dtype=np.float64),
        flags=column(rows.flags, rows.flag),
    )
