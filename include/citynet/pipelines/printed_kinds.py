"""What the gazetteer knows of the kind of body that a printed row says it is: regions of its name, the city whose section it is."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from citynet.model import Region, Resolution
from citynet.places.body_kinds import KindOfBody, kind_of_body, numbered, own_words, says_rural, without_office
from citynet.places.countries import gazetteer_countries
from citynet.places.gazetteer import Gazetteer
from citynet.places.legal_forms import nominatives, without_legal_form
from citynet.places.non_city import marker
from citynet.places.normalise import normalise
from citynet.places.region_names import namesakes, readings
from citynet.places.region_words import regions_by_words
from citynet.places.spelling import Variant, head

_LEVELS = {1: frozenset(("state",)), 2: frozenset(("county",))}
_OWN = ("municipality", "settlement")
_AREAS = frozenset(("state", "between", "county"))
_CALLED_AFTER = frozenset(("county", "grouping"))
_CITY_OF_REGION = {
    "gn2950157": "gn2950159",  # Berlin
    "gn2911297": "gn2911298",  # Hamburg
    "gn2944387": "gn2944388",  # Bremen
    "gn2761367": "gn2761369",  # Wien
    "gn2761333": "gn2761369",
    "gn2800867": "gn2800866",  # Brussels: the region is called by the name of the city
    "gn6693370": "gn2800866",
    "gn3067695": "gn3067696",  # Praha
    "gn3143242": "gn3143244",  # Oslo
    "gn3054638": "gn3054643",  # Budapest
    "gn3337532": "gn3186886",  # Zagreb
    "gn683504": "gn683506",  # București
    "gn2968815": "gn2988507",  # Paris
    "gn524894": "gn524901",  # Moskva
    "gn536203": "gn498817",  # Sankt-Peterburg
    "gn703447": "gn703448",  # Kyiv
    "gn2711508": "gn2711509",  # Gotland: one municipality, which has the tasks of the region
    "gn2519582": "gn6362987",  # Ceuta
    "gn6362988": "gn2513947",  # Melilla
    "gn731061": "gn727011",  # Sofia
    "gn625143": "gn625144",  # Minsk
    "gn611716": "gn611717",  # Tbilisi
    "gn616051": "gn616052",  # Erevan
    "gn618069": "gn618426",  # Chișinău
}
"""Regions of ISO 3166-2 whose government is that of a city, or that lists call by it; a form of the name tells the two not apart."""
_REGIONS_OF_CITY = {city: frozenset(r for r, c in _CITY_OF_REGION.items() if c == city) for city in _CITY_OF_REGION.values()}
_NOTHING = KindOfBody(frozenset(), (), "")
LEAST_CITY = 50_000
"""Residents of cities whose sections are printed as such."""


def kind_said(name: str, country: str, found: Resolution, sort: str, gazetteer: Gazetteer) -> KindOfBody:
    """The kind of body that a row says it is, by a word for it or because the name is that of a region or of a section of a city.

    Of a matched municipality only that it is a rural one: a city may be called so (Greater Sudbury).
    """
    if found.place_kind in _OWN and not says_rural(name):
        return _NOTHING
    said = kind_of_body(name, country)
    if found.place_kind in _OWN:
        return KindOfBody(said.kinds & {"rural"}, said.words, said.name)
    if said.kinds:
        return said
    key = normalise(name)
    words = own_words(next(iter(without_legal_form(key, country)), key))
    numeral = marker(normalise(head(name)))
    if found.place_kind == "district" or found.route.startswith("district:") or numbered((numeral,))[-1].isdigit():
        return KindOfBody(frozenset(("section",)), words, key)
    bare = without_office(key)
    if (sort != "municipality" or bare != key) and (level := _level_of_region(found, key, country, gazetteer)):
        return KindOfBody(_LEVELS[level], words, bare)
    in_a_city = not found.place_id and any(
        _lies_in(name, city, country, gazetteer)
        for city, rest in _city_and_rest(words, country, gazetteer)
        for name in dict.fromkeys((rest, *(word for word in rest.split() if len(word) > 4)))
    )
    return KindOfBody(frozenset(("section",)), words, key) if in_a_city else _NOTHING


def _level_of_region(found: Resolution, key: str, country: str, gazetteer: Gazetteer) -> int:
    """The level of the region that a row was taken for, or whose name it is though a word of it marks another body (Ile-de-France)."""
    region = gazetteer.region(found.route.removeprefix("region:")) if found.route.startswith("region:") else None
    if region is None and found.route.startswith("marker:") and country:
        region = next(iter(gazetteer.regions(without_office(key), gazetteer_countries(country))), None)
    return region.level if region and region.level in _LEVELS else 0


def areas_of(said: KindOfBody, found: Resolution, key: str, country: str, gazetteer: Gazetteer) -> frozenset[str]:
    """The regions that the row may be, as "level:id", by the first reading that leads to any; without one "n:" and the id of the city
    that it is called after (Landkreis München); of a section "s:id".

    Of a name alone also the regions that differ from it by one letter: Südtirol is the province that is also called Sud Tyrol.
    """
    if found.place_kind == "district" or found.route.startswith("district:"):
        return frozenset(f"s:{place_id}" for place_id in ((found.place_id,) if found.place_id else found.suggestions))
    by_name = namesakes(key, country, gazetteer) if found.route.startswith("region:") and key == said.name else ()
    unfit: Sequence[Region] = ()
    for regions in readings(said, key, country, gazetteer) if said.kinds & _AREAS else ():
        if fit := [region for region in regions if said.kinds & _LEVELS.get(region.level, frozenset())]:
            return _at_levels((*fit, *by_name))
        unfit = unfit or regions
    return _at_levels((*unfit, *by_name)) or (_called_after(said.name, country, gazetteer) if said.kinds & _CALLED_AFTER else frozenset())


def _at_levels(regions: Iterable[Region]) -> frozenset[str]:
    return frozenset(f"{region.level}:{region.region_id}" for region in regions)


def _called_after(name: str, country: str, gazetteer: Gazetteer) -> frozenset[str]:
    within = gazetteer_countries(country) if country else ()
    cities = (gazetteer.bearers(one, within) for one in (name, *without_legal_form(name, country)))
    return frozenset(f"n:{named.place.place_id}" for found in cities for named in found[:1])


def sections_of(name: str, country: str, found: Resolution, said: KindOfBody, gazetteer: Gazetteer) -> frozenset[str]:
    """As which section of which city a row may be read, "city/name": Praha 7, Budapest VIII. kerület (Józsefváros)."""
    if found.place_kind in _OWN or (said.kinds and "section" not in said.kinds):
        return frozenset()
    words = numbered(said.words if said.kinds else own_words(normalise(name)))
    return frozenset(f"{city}/{rest}" for city, rest in _city_and_rest(words, country, gazetteer))


def _city_and_rest(words: tuple[str, ...], country: str, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """The city whose name stands first or last, and the words that are left."""
    for at in range(1, len(words)):
        for named, rest in ((words[:at], words[at:]), (words[at:], words[:at])):
            city = _largest(" ".join(named), country, gazetteer)
            if city:
                yield city, " ".join(sorted(rest))


@lru_cache(maxsize=2**14)
def _largest(key: str, country: str, gazetteer: Gazetteer) -> str:
    """The largest city that bears the name in the country, "" where none does."""
    named = gazetteer.bearers(key, gazetteer_countries(country) if country else ())
    cities = (n.place for n in named if n.place.municipality_id == n.place.place_id and n.place.place_kind != "district")
    return next((city.place_id for city in cities if (city.population or 0) >= LEAST_CITY), "")


def _lies_in(name: str, city: str, country: str, gazetteer: Gazetteer) -> bool:
    """Whether a section of a city bears the name."""
    places = (named.place for named in gazetteer.bearers(name, gazetteer_countries(country) if country else ()))
    around = gazetteer.get(city)
    regions = set(around.regions if around else ())
    return any(
        place.place_id != city and (place.municipality_id == city or (place.place_kind == "district" and regions & set(place.regions)))
        for place in places
    )


def could_be(found: Resolution, readings: Sequence[Variant], country: str, kinds: frozenset[str], gazetteer: Gazetteer) -> frozenset[str]:
    """The places and regions that some reading of the name may mean, though not surely; "c" before a region whose city it may mean."""
    own = {found.place_id} if found.place_id else set(found.candidates)
    within = gazetteer_countries(country) if country else ()
    regions = gazetteer.regions(readings[0].key, within)
    if kinds:
        own |= {f"r{region.region_id}" for region in regions} if kinds & _AREAS else set()
        return frozenset(own | {f"c{region.region_id}" for region in regions if region.region_id in _CITY_OF_REGION})
    own |= {f"c{region_id}" for place_id in own for region_id in _REGIONS_OF_CITY.get(place_id, ())}
    own |= {f"r{region.region_id}" for region in regions}
    if found.place_id:
        return frozenset(own)
    own |= {f"r{region_id}" for region_id in regions_by_words(readings[0].key, within, gazetteer)}
    keys = {v.key for v in readings if not v.parts and v.how != "region_behind"}
    keys |= {name for key in sorted(keys) for name in nominatives(key, country)}
    return frozenset(own | {named.place.place_id for key in sorted(keys) for named in gazetteer.bearers(key, within)})
