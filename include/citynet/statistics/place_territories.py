"""Which statistical territories a place has: its city by today's code, functional urban area, NUTS 3 region and country.

A code served now is taken for the one of the checked table only while its label still fits: NL001C1 was The Hague and NL001C is
Amsterdam, so a number that stays proves nothing. Where code and label lead to different places neither does.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.model import Place
from citynet.statistics.joining import MAY_BE_ONE, iso_of
from citynet.statistics.territory_codes import CITY, GREATER, CodeTable, Territory, bare_label, greater_label
from citynet.statistics.values import Municipality

Normalise = Callable[[str], str]
JUDGED, BY_CODE, BY_LABEL, BY_BOTH = "judgement", "code", "label", "code_and_label"
_AREA = re.compile(r"[\s-]*\(?\b(FUA|functional urban area)\)?$", re.IGNORECASE)
"""What some lists print behind the name of a functional urban area."""
_COUNTRY_CODES = {"GR": "EL", "GB": "UK"}


@dataclass(frozen=True, slots=True)
class PlaceTerritories:
    """Eurostat's territories of one place by today's codes; "" where it has none or where that is not certain.

    statistical_city and greater_city: a place has one code today, of either kind. lies_in: the (greater) city that its
    municipality lies in by the list of 2019, its own code where it is one. joined_by: how the city was found.
    """

    statistical_city: str = ""
    greater_city: str = ""
    functional_urban_area: str = ""
    nuts3: str = ""
    country: str = ""
    lies_in: str = ""
    joined_by: str = ""

    @property
    def city(self) -> str:
        """Today's one code of the place."""
        return self.statistical_city or self.greater_city

    @property
    def city_kind(self) -> str:
        """What that code stands for."""
        return CITY if self.statistical_city else GREATER if self.greater_city else ""

    def coded(self) -> tuple[tuple[str, str], ...]:
        """(kind, code) of each territory that it has."""
        kinds = ((self.city_kind, self.city), ("functional_urban_area", self.functional_urban_area), ("nuts3", self.nuts3))
        return tuple((kind, code) for kind, code in (*kinds, ("country", self.country)) if code)


@dataclass(frozen=True, slots=True)
class City:
    """One city code as served now. core: (ISO country, local unit) that bears its name, None where the table does not tell."""

    code: str
    label: str
    kind: str
    core: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """What data sets name now. cities, areas: code -> label as served, "" where the route tells none."""

    cities: Mapping[str, str]
    areas: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """territories: by place_id, of every place. cities: by code, as served now. doubts: one sentence a code that is not as the
    table says or leads to no one place."""

    territories: Mapping[str, PlaceTerritories]
    cities: Mapping[str, City]
    doubts: tuple[str, ...]


def place_territories(
    places: Mapping[str, Place],
    names: Mapping[str, Collection[str]],
    units: Mapping[str, Municipality | None],
    served: Labelled,
    table: CodeTable,
    judged: Mapping[str, str],
    normalise: Normalise,
) -> Found:
    """The territories of every place; names: place_id -> its normalised names, judged: territory code -> place_id."""
    cities, doubts = served_cities(served.cities, table, normalise)
    by_code, told = _owners(places, names, units, cities, judged, normalise)
    own = {place_id: (code, how) for code, (place_id, how) in by_code.items()}
    made = {}
    for place_id, place in places.items():
        code, how = own.get(place_id, ("", ""))
        unit = units.get(place_id)
        made[place_id] = PlaceTerritories(
            statistical_city=code if code and cities[code].kind == CITY else "",
            greater_city=code if code and cities[code].kind == GREATER else "",
            functional_urban_area=_area(place, names[place_id], served.areas, normalise) if code else "",
            nuts3=unit.nuts3 if unit else "",
            country=_COUNTRY_CODES.get(place.country, place.country),
            lies_in=code or (_lies_in(unit, table, cities) if unit else ""),
            joined_by=how,
        )
    return Found(made, cities, (*doubts, *told))


def served_cities(labels: Mapping[str, str], table: CodeTable, normalise: Normalise) -> tuple[dict[str, City], list[str]]:
    """The city codes served now with what the table says of them, and a sentence for each that it says something else of."""
    cities, doubts = {}, []
    for code, label in sorted(labels.items()):
        row = table.territories.get(code)
        told = label.strip() if label.strip() != code else ""
        if row is not None and told and not _same(told, row.label, normalise):
            doubts.append(f"{code}: served as {told}, in the table {row.label}: not joined by code")
            row = None
        kind = GREATER if greater_label(told) else CITY if told or row is None else row.territory_kind
        core = (row.country, row.core_lau) if row is not None and row.core_lau else None
        cities[code] = City(code, told or (row.label if row else ""), kind, core)
    return cities, doubts


def _same(one: str, other: str, normalise: Normalise) -> bool:
    return bool(label_parts(one, normalise) & label_parts(other, normalise))


def label_parts(label: str, normalise: Normalise) -> set[str]:
    """The normalised label without "greater city", and each of its bilingual parts."""
    bare = bare_label(label)
    return {key for part in (bare, *bare.split("/")) if (key := normalise(part))}


def _owners(
    places: Mapping[str, Place],
    names: Mapping[str, Collection[str]],
    units: Mapping[str, Municipality | None],
    cities: Mapping[str, City],
    judged: Mapping[str, str],
    normalise: Normalise,
) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """Code -> (place_id, how), one place a code and one code a place; and a sentence for each code that leads to several."""
    local = _local_units(places, units)
    labelled = _by_label(places, names, {c: city for c, city in cities.items() if c not in judged}, normalise)
    found: dict[str, tuple[str, str]] = {}
    doubts = []
    for code, city in sorted(cities.items()):
        if judged.get(code) in places:
            found[code] = (judged[code], JUDGED)
            continue
        by_code, by_label = local.get(city.core, set()) if city.core and code not in judged else set(), labelled.get(code, set())
        if len(by_code | by_label) > 1:
            doubts.append(f"{code} {city.label}: leads to {', '.join(sorted(by_code | by_label))}: not joined")
        elif by_code | by_label:
            found[code] = (next(iter(by_code | by_label)), BY_BOTH if by_code and by_label else BY_CODE if by_code else BY_LABEL)
    several = defaultdict(list)
    for code, (place_id, how) in found.items():
        several[place_id].append((how != JUDGED, code))
    for place_id, codes in sorted(several.items()):
        for _, code in sorted(codes)[1 if len(codes) == 1 or not sorted(codes)[0][0] else 0 :]:
            del found[code]
            if len(codes) > 1:
                doubts.append(f"{code} {cities[code].label}: {place_id} has another code too: not joined")
    return found, doubts


def _local_units(places: Mapping[str, Place], units: Mapping[str, Municipality | None]) -> dict[tuple[str, str], set[str]]:
    """(ISO country, local unit) -> the places that are it, by the list of units and by the gazetteer."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for place_id, place in places.items():
        unit = units.get(place_id)
        if unit is not None:
            found[unit.country, unit.lau_code].add(place_id)
        elif place.lau_code and place.place_kind in MAY_BE_ONE:
            found[place.country, place.lau_code].add(place_id)
    return found


def _by_label(
    places: Mapping[str, Place], names: Mapping[str, Collection[str]], cities: Mapping[str, City], normalise: Normalise
) -> dict[str, set[str]]:
    """Code -> the municipalities of its country that bear its name exactly, where no other code of the country has that name."""
    bearing: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code, city in cities.items():
        for part in label_parts(city.label, normalise):
            bearing[iso_of(code), part].add(code)
    found: dict[str, set[str]] = defaultdict(set)
    for place_id, place in places.items():
        if place.place_kind in MAY_BE_ONE:
            codes = {code for name in names[place_id] for code in bearing.get((place.country, name), ())}
            if len(codes) == 1:
                found[codes.pop()].add(place_id)
    return found


def _area(place: Place, names: Collection[str], areas: Mapping[str, str], normalise: Normalise) -> str:
    """The one functional urban area of the country that bears the city's name."""
    bare = {code: _AREA.sub("", label.strip()) for code, label in areas.items() if iso_of(code) == place.country}
    found = [code for code, label in sorted(bare.items()) if label_parts(label, normalise) & set(names)]
    return found[0] if len(found) == 1 else ""


def _lies_in(unit: Municipality, table: CodeTable, cities: Mapping[str, City]) -> str:
    """Today's code of the greater city, else of the city, that a local unit lies in by the list of 2019."""
    city, greater = table.members.get((unit.country, unit.lau_code), ("", ""))
    for former in filter(None, (greater, city)):
        row = table.territories[former]
        today = row.current_code or (former if row.territory_code in cities else "")
        if today in cities:
            return today
    return ""


def territories_now(table: CodeTable, found: Found) -> list[Territory]:
    """Every code of the table as served now, and the served ones that it does not have, sorted by code."""
    rows = dict(table.territories)
    for code, city in found.cities.items():
        doubt = next((d for d in found.doubts if d.startswith(code)), "")
        if code in rows:
            row = rows[code]
            rows[code] = replace(row, label=city.label, territory_kind=city.kind, exception="; ".join(_filled(row.exception, doubt)))
        else:
            rows[code] = Territory(code, city.kind, city.label, iso_of(code), "current", exception=doubt or "not in the checked table")
    return [rows[code] for code in sorted(rows)]


def _filled(*sentences: str) -> Sequence[str]:
    return [sentence for sentence in sentences if sentence]


def place_of_code(table: CodeTable, found: Found) -> dict[str, str]:
    """Territory code, current or former -> place_id; of a former one the place of its current code, of none without one."""
    current = {t.city: place_id for place_id, t in found.territories.items() if t.city}
    former = {code: current[row.current_code] for code, row in table.territories.items() if row.current_code in current}
    areas = {t.functional_urban_area: place_id for place_id, t in found.territories.items() if t.functional_urban_area}
    return former | current | areas
