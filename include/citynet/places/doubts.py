"""Why the place that bears a name is not accepted all the same: a section of a city, a region of that name, part of a longer name."""

from collections.abc import Sequence
from dataclasses import dataclass

from citynet.model import Named, Place, Region
from citynet.places.choosing import residents
from citynet.places.countries import iso_country
from citynet.places.lookup import Found, Lookup
from citynet.places.normalise import normalise

_TOWNS_ARE_MUNICIPALITIES = frozenset(
    ("AT", "BE", "BG", "CH", "CZ", "DE", "ES", "FR", "GR", "HR", "HU", "IT", "LU", "PL", "PT", "RO", "SI", "SK")
)
"""Countries in whose list of local units towns are units of their own; elsewhere a unit is a district of many towns."""
_SMALLEST_CAPITAL = 5_000
"""A place in the region of its name with fewer residents is a village there (Doubs, Molise), not the city it is called after."""
_LARGEST_VILLAGE = 20_000
"""A place outside a region of its name with fewer residents is a village (Zeeland, Vaucluse), not the city that a list would name."""
PROVINCE = 2
"""Level of admin units below the states and regions of a country."""
_LARGE = 30_000
"""A city of so many residents whose name begins with a shorter one may be meant by it: Reggio is Calabria's as well as Emilia's."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What stands against an answer. verdict: not_a_city | review; route: the rule."""

    verdict: str
    route: str


def doubt(answer: Named, found: Found, name: str, lookup: Lookup) -> Doubt | None:
    """What stands against the place that a name (as printed, without its country) leads to; None where nothing does.

    A body that a person recorded is beyond doubt; of several bearers one was chosen by a further sign, which a longer name
    does not outweigh.
    """
    place, key = answer.place, found.variant.key
    if place.place_id in lookup.judgements.bodies:
        return None
    if place.place_kind == "district" or _is_part_of_a_city(place, lookup):
        return Doubt("not_a_city", f"district:{place.place_id}")
    if place.place_kind == "settlement" and not answer.own and place.country in _TOWNS_ARE_MUNICIPALITIES:
        # So Molenbeek would be a hamlet of Bekkevoort.
        return Doubt("review", f"village:{place.place_id}")
    if found.variant.how:
        return None
    regions = lookup.gazetteer.regions(key, lookup.within)
    if regions and not _city_of_the_region(answer, key, name, regions, lookup):
        return Doubt("review", f"region_of_that_name:{regions[0].region_id}")
    if len(found.named) == 1 and not answer.own and (longer := _longer(place, key, lookup)):
        return Doubt("review", f"part_of_the_name:{longer.place_id}")
    return None


def _city_of_the_region(answer: Named, key: str, name: str, regions: Sequence[Region], lookup: Lookup) -> bool:
    """Whether a list that prints the name of a region means the city: Valencia, Luxembourg, Lisboa; not Doubs, Zeeland, Midtjylland."""
    place = answer.place
    if iso_country(name) == place.country and residents(place) >= _LARGEST_VILLAGE:
        return True
    named_so = [region for region in regions if normalise(region.name) == key]
    around = [region for region in regions if region.region_id in place.regions]
    if not answer.own:
        return not named_so or _shares_its_name(place, key, named_so, around, lookup)
    if around:
        return residents(place) >= _SMALLEST_CAPITAL or not named_so
    return residents(place) >= _LARGEST_VILLAGE and all(region.country == place.country for region in named_so)


def _shares_its_name(place: Place, key: str, named_so: Sequence[Region], around: Sequence[Region], lookup: Lookup) -> bool:
    """Whether the region is called after the place under the place's own name too (Lisboa, Lisbon), or is the province around a
    city whose own name says more (Reggio nell'Emilia)."""
    own = normalise(place.name)
    called = {region.region_id for region in lookup.gazetteer.regions(own, lookup.within)}
    if any(region.region_id in called for region in named_so):
        return True
    province = any(region.level == PROVINCE for region in around)
    return province and set(key.split()) <= set(own.split()) and residents(place) >= _LARGEST_VILLAGE


def _longer(place: Place, key: str, lookup: Lookup) -> Place | None:
    """Another large city of the country whose own name begins with the words of the key; None where there is none."""
    for longer in lookup.keys_beginning(f"{key} "):
        for named in lookup.gazetteer.bearers(longer, (place.country,)):
            other = named.place
            if (
                named.own
                and other.municipality_id != place.municipality_id
                and residents(other) >= _LARGE
                and other.place_kind != "district"
            ):
                return other
    return None


def _is_part_of_a_city(place: Place, lookup: Lookup) -> bool:
    """Whether a settlement bears the name of a larger municipality beside it before its own, as sections of cities do (Brno střed)."""
    city, _, rest = normalise(place.name).partition(" ")
    if place.place_kind != "settlement" or not rest:
        return False
    named = lookup.gazetteer.bearers(city, (place.country,))
    larger = (n.place for n in named if n.own and n.place.place_kind == "municipality" and residents(n.place) > residents(place))
    return any(_beside(place, other) for other in larger)


def _beside(one: Place, other: Place) -> bool:
    """Whether two places lie within some 15 km of each other: 0.15 degrees of latitude, 0.25 of longitude."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return False
    return abs(one.latitude - other.latitude) < 0.15 and abs(one.longitude - other.longitude) < 0.25
