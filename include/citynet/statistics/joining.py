"""Joining places with municipalities by code or name, and the size classes of municipalities.

The way names are normalised is passed in, so that both sides of a join are written alike.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from citynet.model import Place
from citynet.statistics.values import Municipality

Normalise = Callable[[str], str]
Index = Mapping[tuple[str, str], tuple[Municipality, ...]]
"""(country, normalised name or lau id) -> every municipality that bears it."""

SIZE_CLASSES = (
    (5_000, "<5k"),
    (10_000, "5-10k"),
    (20_000, "10-20k"),
    (50_000, "20-50k"),
    (100_000, "50-100k"),
    (250_000, "100-250k"),
    (500_000, "250-500k"),
    (1_000_000, "0.5-1M"),
    (5_000_000, "1-5M"),
)
"""Upper bounds (not included) of the classes of measures.md; above the last it is ">5M"."""
_LARGEST = ">5M"
SIZE_CLASS_NAMES = (*(name for _, name in SIZE_CLASSES), _LARGEST)
"""The classes, smallest first."""

MAY_BE_ONE = ("municipality", "settlement")
"""The kinds of place that may be a municipality of the list by their name."""
_LISTED_UNDER = {"AX": "FI"}
"""Countries of the gazetteer whose municipalities stand in another one's list."""
SEAT_SHARE = 0.1
"""A settlement of under a tenth of the municipality's residents is taken for a namesake of its seat, not for the seat."""
OVERFLOW = 2.0
"""A settlement may exceed its municipality (built-up area, later date), but not by more than this."""

_LEGAL_SUFFIX = re.compile(
    r",\s*(Stadt|Landeshauptstadt|Universitätsstadt|Hansestadt|Freie und Hansestadt|Kreisstadt|St|M|GKSt|Wissenschaftsstadt|Klingenstadt"
    r"|documenta-Stadt|.*stadt)$|\s+(linn|vald|City)$",
    re.IGNORECASE,
)
_LEGAL_PREFIX = re.compile(r"^(Municipiul|Oraş|Oraș|Comuna|Grad|Općina|Miasto|Gmina)\s+", re.IGNORECASE)
"""Legal forms that national lists of 2019 print with the name (DE, EE, UK; RO, HR), read off the table."""
_CITY_PART = re.compile(r"mestská časť", re.IGNORECASE)


def upper_bound(name: str) -> float:
    """Below how many residents the municipalities of a size class are; infinite for the largest, ValueError for no class."""
    if name not in SIZE_CLASS_NAMES:
        raise ValueError(f"upper_bound: expected a class of {', '.join(SIZE_CLASS_NAMES)}, got {name!r}")
    return next((bound for bound, known in SIZE_CLASSES if known == name), float("inf"))


def size_class(population: int | None) -> str | None:
    """The class of municipality_size_class (half-open, by residents); None where the population is not known."""
    if population is None:
        return None
    return next((name for bound, name in SIZE_CLASSES if population < bound), _LARGEST)


def index_municipalities(municipalities: Iterable[Municipality], normalise: Normalise) -> dict[tuple[str, str], tuple[Municipality, ...]]:
    """Municipalities by country and each of their normalised names, with and without legal form, bilingual parts apart.

    Parts of cities (Bratislava, Košice) are left out: they are no municipality a network would list by its city's name.
    """
    index: dict[tuple[str, str], dict[str, Municipality]] = defaultdict(dict)
    for unit in municipalities:
        if _CITY_PART.search(unit.name):
            continue
        for key in _keys(unit, normalise):
            index[unit.country, key][unit.lau_code] = unit
        index[unit.country, lau_id(unit)][unit.lau_code] = unit
    return {key: tuple(units[code] for code in sorted(units)) for key, units in index.items()}


def lau_id(unit: Municipality) -> str:
    """The id of a municipality as place_id and as territory code of a judgement; capitals, so never a normalised name."""
    return f"lau{unit.country}{unit.lau_code}"


def _keys(unit: Municipality, normalise: Normalise) -> set[str]:
    """The normalised names under which a municipality is found."""
    names = {unit.name, unit.name_latin}
    names |= {_LEGAL_PREFIX.sub("", _LEGAL_SUFFIX.sub("", name)) for name in names}
    names |= {part for name in names if "/" in name for part in name.split("/")}
    return {key for name in names if (key := normalise(name))}


@dataclass(frozen=True, slots=True)
class Joined:
    """units: place_id -> the municipality that it is, None where that is not certain, sorted; not_listed: the places whose code of
    the gazetteer the list does not have (it is of another year), by_name: those of them that a name led to one all the same."""

    units: dict[str, Municipality | None]
    coded: tuple[str, ...]
    not_listed: tuple[str, ...]
    by_name: tuple[str, ...]


def join(places: Mapping[str, Place], names: Mapping[str, Collection[str]], index: Index, judged: Mapping[str, str]) -> Joined:
    """Each place with its municipality: by code first, and by its normalised names where no code leads to one.

    One municipality is one place's: where two claim it by the same way neither has it, and a code is before a name.
    """
    by_code = one_to_one({p: unit_by_code(place, index, judged) for p, place in places.items()})
    claimed = {(unit.country, unit.lau_code) for unit in by_code.values() if unit is not None}
    free = {p: unit_by_name(place, names[p], index) for p, place in places.items() if by_code[p] is None}
    named = one_to_one({p: None if unit and (unit.country, unit.lau_code) in claimed else unit for p, unit in free.items()})
    coded = tuple(p for p in sorted(places) if places[p].lau_code)
    not_listed = tuple(p for p in coded if _listed(places[p], index) is None)
    return Joined(
        units={p: by_code[p] or named.get(p) for p in sorted(places)},
        coded=coded,
        not_listed=not_listed,
        by_name=tuple(p for p in not_listed if named.get(p) is not None),
    )


def unit_by_code(place: Place, index: Index, judged: Mapping[str, str]) -> Municipality | None:
    """The municipality that the place_id, a judgement (territory code lau<CC><code> -> place_id) or the gazetteer's code names.

    Whatever its kind: a London borough is a district of London and a unit of the list.
    """
    for territory in (place.place_id, *sorted(code for code, place_id in judged.items() if place_id == place.place_id)):
        if units := index.get((_list_of(place), territory)):
            return units[0]
    return _listed(place, index)


def unit_by_name(place: Place, names: Collection[str], index: Index) -> Municipality | None:
    """The one municipality of the country that all its normalised `names` together lead to; None where that is not certain.

    Where the gazetteer has a population it must fit (SEAT_SHARE, OVERFLOW), so that a hamlet does not inherit the figures of a
    namesake. A place that is known to lie in another one, a district, a region and the like has none.
    """
    if place.place_kind not in MAY_BE_ONE or place.municipality_id not in ("", place.place_id):
        return None
    found = {unit.lau_code: unit for name in names for unit in index.get((_list_of(place), name), ())}
    if len(found) != 1:
        return None
    (unit,) = found.values()
    if place.population is not None and unit.population is not None:
        fits = unit.population * SEAT_SHARE <= place.population <= unit.population * OVERFLOW
        return unit if fits else None
    return unit


def _listed(place: Place, index: Index) -> Municipality | None:
    """The unit with the gazetteer's code in the list of the place's country."""
    country = _list_of(place)
    units = index.get((country, f"lau{country}{place.lau_code}")) if place.lau_code else None
    return units[0] if units else None


def _list_of(place: Place) -> str:
    return _LISTED_UNDER.get(place.country, place.country)


def one_to_one(matches: Mapping[str, Municipality | None]) -> dict[str, Municipality | None]:
    """The matches (place_id -> municipality) without those where two places claim one municipality: neither is certain."""
    claims: dict[tuple[str, str], int] = defaultdict(int)
    for unit in matches.values():
        if unit is not None:
            claims[unit.country, unit.lau_code] += 1
    return {p: u if u is not None and claims[u.country, u.lau_code] == 1 else None for p, u in sorted(matches.items())}


def iso_of(territory: str) -> str:
    """The ISO country of a territory code, which starts with the EU's own code (EL for Greece, UK)."""
    return {"EL": "GR", "UK": "GB"}.get(territory[:2], territory[:2])
