"""Joining places with municipalities and statistical cities by name, and the size classes of municipalities.

The way names are normalised is passed in, so that both sides of a join are written alike.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from citynet.model import Place
from citynet.statistics.values import Figure, Municipality

Normalise = Callable[[str], str]
ByName = Mapping[tuple[str, str], tuple[Municipality, ...]]
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


def municipality_of(place: Place, names: Collection[str], by_name: ByName, judged: Mapping[str, str] | None = None) -> Municipality | None:
    """The municipality that a municipality or settlement is, by its normalised `names`; None where that is not certain.

    First the one that the place_id or a judgement (territory code lau<CC><code> -> place_id) names. Else certain is: all
    names together lead to one municipality of the country, and where the gazetteer has a population it fits (SEAT_SHARE,
    OVERFLOW), so that a hamlet does not inherit the figures of a namesake. Districts, regions and the like have none.
    """
    if place.place_kind not in ("municipality", "settlement"):
        return None
    for territory in (place.place_id, *sorted(code for code, place_id in (judged or {}).items() if place_id == place.place_id)):
        if units := by_name.get((place.country, territory)):
            return units[0]
    found = {unit.lau_code: unit for name in names for unit in by_name.get((place.country, name), ())}
    if len(found) != 1:
        return None
    (unit,) = found.values()
    if place.population is not None and unit.population is not None:
        fits = unit.population * SEAT_SHARE <= place.population <= unit.population * OVERFLOW
        return unit if fits else None
    return unit


def one_to_one(matches: Mapping[str, Municipality | None]) -> dict[str, Municipality | None]:
    """The matches (place_id -> municipality) without those where two places claim one municipality: neither is certain."""
    claims: dict[tuple[str, str], int] = defaultdict(int)
    for unit in matches.values():
        if unit is not None:
            claims[unit.country, unit.lau_code] += 1
    return {p: u if u is not None and claims[u.country, u.lau_code] == 1 else None for p, u in sorted(matches.items())}


def latest_by_city(figures: Iterable[Figure]) -> dict[str, Figure]:
    """The newest year of each city; country rows (two letters) are left out. Years differ by city, so the year must be shown."""
    latest: dict[str, Figure] = {}
    for figure in sorted(figures, key=lambda f: (f.territory, f.year)):
        if len(figure.territory) > 2:
            latest[figure.territory] = figure
    return latest


def statistical_city_of(
    place: Place, names: Collection[str], cities: Mapping[str, Figure], judged: Mapping[str, str], normalise: Normalise
) -> Figure | None:
    """The newest figure of the statistical city a place is, by judgement (territory code -> place_id), else by its label.

    A label must be exact within the country, "(greater city)" aside, and lead to one code; a city somebody has judged on is
    not matched by label. The figure may be of a greater city: it is never the population of the municipality.
    """
    by_judgement = [code for code, place_id in sorted(judged.items()) if place_id == place.place_id and code in cities]
    if by_judgement:
        return cities[by_judgement[0]]
    if place.place_kind not in ("municipality", "settlement"):
        return None
    found = [
        f for code, f in sorted(cities.items()) if code not in judged and iso_of(code) == place.country and _label_fits(f, names, normalise)
    ]
    return found[0] if len(found) == 1 else None


def iso_of(territory: str) -> str:
    """The ISO country of a territory code, which starts with the EU's own code (EL for Greece, UK)."""
    return {"EL": "GR", "UK": "GB"}.get(territory[:2], territory[:2])


def _label_fits(figure: Figure, names: Collection[str], normalise: Normalise) -> bool:
    """Whether the label, or one of its bilingual parts, is one of the names."""
    label = re.sub(r"\s*\(greater city\)\s*$", "", figure.label)
    parts: Sequence[str] = (label, *label.split("/"))
    return any(normalise(part) in names for part in parts if part.strip())
