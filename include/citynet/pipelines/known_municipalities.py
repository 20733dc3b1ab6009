"""The municipalities that there are, as far as the list of local units and the gazetteer know them.

In the countries of the list they are its units; where only a part of it is at hand, the gazetteer's municipalities with codes of
the same edition fill the rest. Elsewhere they are the gazetteer's places, some of which may be no municipality.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from citynet.model import Place
from citynet.pipelines.statistics import TRIMMED, Statistics
from citynet.places.gazetteer import Gazetteer
from citynet.statistics.joining import MAY_BE_ONE, lau_id
from citynet.statistics.values import Municipality


@dataclass(frozen=True, slots=True)
class Known:
    """One municipality. residents: None where no source gives them; regions: ids of the gazetteer's regions around it."""

    place_id: str
    country: str
    residents: int | None
    regions: tuple[str, ...] = ()


def known_municipalities(gazetteer: Gazetteer, joined: Mapping[str, Municipality | None], statistics: Statistics) -> list[Known]:
    """Every municipality once, sorted by id. joined: place_id -> the unit of the list that a place of this release is."""
    units = {lau_id(unit): unit for unit in statistics.municipalities}
    of_place = {place_id: unit for place_id, unit in joined.items() if unit is not None}
    taken = {lau_id(unit) for unit in of_place.values()}
    found = {p: Known(p, unit.country, unit.population) for p, unit in of_place.items()}
    countries = {unit.country for unit in statistics.municipalities}
    in_part = f"lau_{statistics.lau_year}" == TRIMMED
    for place in gazetteer.municipalities():
        code = f"lau{place.country}{place.lau_code}" if place.lau_code else ""
        unit = of_place.get(place.place_id) or (units.get(code) if code not in taken else None)
        if unit is not None:
            taken.add(lau_id(unit))
            found[place.place_id] = Known(place.place_id, unit.country, unit.population, place.regions)
        elif code not in taken and _counts(place, countries, in_part):
            found[place.place_id] = Known(place.place_id, place.country, place.population, place.regions)
    found |= {name: Known(name, unit.country, unit.population) for name, unit in units.items() if name not in taken}
    return [found[place_id] for place_id in sorted(found)]


def _counts(place: Place, countries: Collection[str], in_part: bool) -> bool:
    """Whether a place without a unit of the list is a municipality all the same. countries: of the list; in_part: whether it is cut."""
    if place.country in countries:
        return in_part and place.place_kind == "municipality" and bool(place.lau_code)
    return place.place_kind in MAY_BE_ONE
