"""The denominators of representation: counts of municipalities and residents, and what of them may be compared with."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from citynet.errors import SourceChanged
from citynet.statistics.joining import SIZE_CLASS_NAMES, size_class, upper_bound
from citynet.statistics.lau import UNIVERSE_FLOOR
from citynet.statistics.size_ranges import ANY_SIZE, Ranges, intersection, within
from citynet.statistics.values import Municipality

COLUMNS = ("country", "size_class", "degurba", "municipalities", "residents", "all_municipalities", "all_residents")
BELOW_FLOOR = SIZE_CLASS_NAMES[0]
"""The class of municipalities that are in the universe of residents and not in that of municipalities (UNIVERSE_FLOOR)."""
CellKey = tuple[str, str, int | None]
NO_RESIDENTS = "no population of these units in the table"


@dataclass(frozen=True, slots=True)
class UniverseCell:
    """The units of one country (ISO code) in one size class and degree of urbanisation, as counted from the LAU list.

    size_class "" and residents None: the source gives no residents of these units; degurba None: it gives no degree.
    all_municipalities and all_residents: the country's totals, counted apart, to check the cells against.
    """

    country: str
    size_class: str
    degurba: int | None
    municipalities: int
    residents: int | None
    all_municipalities: int
    all_residents: int | None


@dataclass(frozen=True, slots=True)
class EligibleCell:
    """Those of a cell that somebody admits, with their residents; municipalities None: not counted, for the reason given.

    residents None with a count: the source gives none of these units.
    """

    country: str
    size_class: str
    degurba: int | None
    municipalities: int | None
    residents: int | None
    not_counted_because: str = ""


def read_universes(body: bytes) -> tuple[UniverseCell, ...]:
    """The cells of the table of counts (CSV in UTF-8), in the file's order.

    SourceChanged where columns differ, or a country, class, degree or count is none; the message names the line.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise SourceChanged(f"table of universes: expected CSV in UTF-8, got: {problem}") from problem
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        got = ",".join(reader.fieldnames or ()) or "nothing"
        raise SourceChanged(f"table of universes: expected the columns {','.join(COLUMNS)}; got {got}")
    cells = tuple(_cell(row, f"table of universes, line {reader.line_num}") for row in reader)
    if not cells:
        raise SourceChanged("table of universes: expected counts, got a header without rows")
    return cells


def counted(units: Iterable[Municipality]) -> tuple[UniverseCell, ...]:
    """The cells of a whole list of municipalities, sorted; each country's totals are counted apart, to check the cells against."""
    cells: dict[tuple[str, str, int], list[int]] = defaultdict(lambda: [0, 0])
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for unit in units:
        residents = unit.population or 0
        for entry in (cells[unit.country, size_class(unit.population) or "", unit.degurba or 0], totals[unit.country]):
            entry[0] += 1
            entry[1] += residents
        totals[unit.country][2] += unit.population is not None
    found = []
    for (country, size, degree), (municipalities, residents) in sorted(cells.items()):
        every, everyone, known = totals[country]
        within = residents if size else None
        found.append(UniverseCell(country, size, degree or None, municipalities, within, every, everyone if known else None))
    return tuple(found)


def residents_by_cell(units: Iterable[Municipality]) -> dict[CellKey, list[int]]:
    """The residents of each municipality of the list that has some stated, by (country, size class, degree of urbanisation)."""
    listed: dict[CellKey, list[int]] = defaultdict(list)
    for unit in units:
        if unit.population is not None:
            listed[unit.country, size_class(unit.population) or "", unit.degurba].append(unit.population)
    return dict(listed)


def eligible(
    cells: Iterable[UniverseCell], listed: Mapping[CellKey, Sequence[int]], admits: Mapping[str, Ranges]
) -> tuple[EligibleCell, ...]:
    """The cells that a rule admits in whole or in part, in their order. admits: country -> the numbers of residents admitted there.

    A class through which a limit runs is counted from the municipalities themselves (listed), where the list at hand has every one
    of the cell; a list that is trimmed below some size still has all of the classes above it.
    """
    found = (_admitted(cell, admits.get(cell.country, ()), listed.get((cell.country, cell.size_class, cell.degurba), ())) for cell in cells)
    return tuple(cell for cell in found if cell is not None)


def gaps(cells: Iterable[UniverseCell]) -> tuple[str, ...]:
    """The countries of whose units no residents are known, sorted: they are in no figure."""
    countries: dict[str, bool] = {}
    for cell in cells:
        countries[cell.country] = countries.get(cell.country, False) or bool(cell.size_class)
    return tuple(sorted(country for country, known in countries.items() if not known))


def universe_name(cells: Sequence[UniverseCell], unit: str, countries: Sequence[str], *, only_those: str = "") -> str:
    """The universe in words, with the countries of the table that it leaves out. only_those: why cells are of these countries alone."""
    what = f"municipalities of at least {UNIVERSE_FLOOR} residents in" if unit == "municipalities" else "residents of"
    missing = gaps(cells)
    undegreed = sorted({c.country for c in cells} - set(countries) - set(missing))
    told = [f"left out for gaps of the table: {', '.join(missing)}"] if missing else []
    told += [f"without degree of urbanisation: {', '.join(undegreed)}"] if undegreed else []
    told.append(only_those or "others are not in it")
    where = f"{len(countries)} countries" if len(countries) > 1 else "".join(countries) or "the countries of the list"
    return f"{what} {where} ({'; '.join(told)})"


def _admitted(cell: UniverseCell, ranges: Ranges, listed: Sequence[int]) -> EligibleCell | None:
    """The cell as far as the ranges admit it, None where they admit nobody of it. listed: residents of its units in the list."""
    where = (cell.country, cell.size_class, cell.degurba)
    whole = EligibleCell(*where, cell.municipalities, cell.residents)
    if ranges == ANY_SIZE:
        return whole
    if not ranges:
        return None
    if not cell.size_class:
        return EligibleCell(*where, None, None, f"{NO_RESIDENTS}, so that a limit of residents can't be applied")
    lowest, highest = class_bounds(cell.size_class)
    shared = intersection(ranges, ((lowest, highest),))
    if shared == ((lowest, highest),):
        return whole
    if not shared:
        return None
    if len(listed) != cell.municipalities:
        told = f"a limit runs through the class, and the list at hand has {len(listed)} of its {cell.municipalities} units"
        return EligibleCell(*where, None, None, told)
    admitted = [residents for residents in listed if within(shared, residents)]
    return EligibleCell(*where, len(admitted), sum(admitted)) if admitted else None


def class_bounds(name: str) -> tuple[float, float]:
    """From how many residents (included) to how many (not included) a size class reaches; infinity for the largest."""
    number = SIZE_CLASS_NAMES.index(name)
    return (upper_bound(SIZE_CLASS_NAMES[number - 1]) if number else 0, upper_bound(name))


def _cell(row: dict[str, str | None], where: str) -> UniverseCell:
    found = {column: row.get(column) for column in COLUMNS}
    if None in found.values() or None in row:
        raise SourceChanged(f"{where}: expected {len(COLUMNS)} columns, got {row}")
    text = {column: value or "" for column, value in found.items()}
    if not re.fullmatch("[A-Z]{2}", text["country"]) or text["size_class"] not in ("", *SIZE_CLASS_NAMES):
        raise SourceChanged(f"{where}: expected a country and a size class, got {text['country']!r} and {text['size_class']!r}")
    if text["degurba"] not in ("", "1", "2", "3"):
        raise SourceChanged(f"{where}: expected 1, 2, 3 or nothing as degurba, got {text['degurba']!r}")
    numbers = {column: _count(text[column], where, column) for column in COLUMNS[3:]}
    municipalities, total = numbers["municipalities"], numbers["all_municipalities"]
    if municipalities is None or total is None or (numbers["residents"] is None) != (text["size_class"] == ""):
        raise SourceChanged(f"{where}: expected counts, and residents where there is a size class and only there, got {text}")
    degurba = int(text["degurba"]) if text["degurba"] else None
    return UniverseCell(text["country"], text["size_class"], degurba, municipalities, numbers["residents"], total, numbers["all_residents"])


def _count(value: str, where: str, column: str) -> int | None:
    if value and not re.fullmatch("[0-9]+", value):
        raise SourceChanged(f"{where}: expected a whole number or nothing as {column}, got {value!r}")
    return int(value) if value else None
