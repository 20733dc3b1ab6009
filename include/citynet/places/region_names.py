"""Under which names lists print a region that the gazetteer knows by another: with another word for its kind, in another case of
grammar, with the country behind it or a city beside it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice, product

from citynet.model import Region
from citynet.places.body_kinds import KindOfBody, kind_of_body, own_words
from citynet.places.countries import gazetteer_countries, iso_country
from citynet.places.gazetteer import Gazetteer
from citynet.places.legal_forms import nominatives
from citynet.places.normalise import normalise

_SAME_WORD = {"northern": "north", "southern": "south", "eastern": "east", "western": "west", "centre": "central"}
"""Words for a part of a country that lists use for each other: Western Greece, West Greece."""
_JOINING = frozenset(("og", "ja", "kai", "och", "si", "ve", "es"))
"""Words between the names of one region beside those of `own_words`."""
MOST_CASES = 32
"""Cases of grammar tried of one name; a name of four declined words has fewer."""
SHORTEST_BEGINNING = 4
"""Letters of the shortest beginning of a name that a row may print for all of it."""
SHORTEST_WITH_SLIP = 7
"""Letters of the shortest name of a region that another spelling may stand for."""


def readings(said: KindOfBody, key: str, country: str, gazetteer: Gazetteer) -> Iterator[tuple[Region, ...]]:
    """The regions that each reading of a row leads to, most literal first; key: its whole name, said: the kind that it says it is.

    The whole name, the name without the word for the kind, that in the nominative, as a region is called without the word for its own
    kind, the city of that name in another language (Provinz Bozen), a city or wider region with a region in it (Helsinki-Uusimaa), and
    what a longer name begins with (Région Centre).
    """
    within = gazetteer_countries(country) if country else ()
    for names in ((key,), (said.name,), nominatives(said.name, country)):
        yield tuple(region for name in names for region in gazetteer.regions(name, within))
    yield _by_core(said.name, country, gazetteer)
    for named in gazetteer.bearers(said.name, within)[:1]:
        yield gazetteer.regions(normalise(named.place.name), within)
    if country:
        yield _beside_its_city(said.name.split(), country, gazetteer)
        yield _beginning(said, country, gazetteer)


def namesakes(key: str, country: str, gazetteer: Gazetteer) -> tuple[Region, ...]:
    """The regions of a country whose name differs from the normalised one by blanks and one letter at most: Südtirol, Sud Tyrol."""
    from rapidfuzz.distance import OSA

    plain = key.replace(" ", "")
    if len(plain) < SHORTEST_WITH_SLIP or not country:
        return ()
    near = (ids for core, ids in _cores(gazetteer, country).items() if OSA.distance(plain, core.replace(" ", ""), score_cutoff=1) < 2)
    return _regions((region_id for ids in near for region_id in ids), gazetteer)


def _by_core(name: str, country: str, gazetteer: Gazetteer) -> tuple[Region, ...]:
    """The regions that are called so without the word for their kind, as it is, without the country behind it, or in the nominative."""
    if not country:
        return ()
    cores = _cores(gazetteer, country)
    words = name.replace("oy", "ou").split() if country == "GR" else name.split()
    bare = words[:-1] if len(words) > 1 and iso_country(words[-1]) == country else words
    cases = product(*((word, *nominatives(word, country)) for word in words)) if len(words) > 1 else ()
    for read in (words, bare, *islice(cases, MOST_CASES)):
        if ids := cores.get(_core_of(own_words(" ".join(read)))):
            return _regions(ids, gazetteer)
    return ()


def _beside_its_city(words: list[str], country: str, gazetteer: Gazetteer) -> tuple[Region, ...]:
    """The regions that a part of the name is called, where the rest is a city in it or the region around it."""
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    pairs = [pair for one, other in halves for pair in ((one, other), (other, one))]
    return tuple(region for name, beside in pairs for region in _with(name, beside, country, gazetteer))


def _with(name: str, beside: str, country: str, gazetteer: Gazetteer) -> Iterator[Region]:
    """The regions of the name in which a city lies that is called as what is printed beside it, or that lie with the city of their own
    name in a region so called."""
    within = gazetteer_countries(country)
    if not (regions := _called(name, country, gazetteer)):
        return
    around = {region.region_id for region in gazetteer.regions(beside, within)}
    places = [named.place.regions for named in gazetteer.bearers(beside, within)]
    places += [named.place.regions for named in gazetteer.bearers(name, within) if around.intersection(named.place.regions)]
    yield from (region for region in regions if any(region.region_id in place for place in places))


def _beginning(said: KindOfBody, country: str, gazetteer: Gazetteer) -> tuple[Region, ...]:
    """The regions whose name begins with the words of a row that has no more, where one of that level does; none for short words."""
    core = _core_of(said.words)
    if len(core) < SHORTEST_BEGINNING:
        return ()
    names = _in_order(gazetteer, country)
    longer = names[bisect_left(names, f"{core} ") : bisect_left(names, f"{core}!")]
    found = _regions((region_id for name in longer for region_id in _cores(gazetteer, country)[name]), gazetteer)
    levels = [region.level for region in found]
    return tuple(region for region in found if levels.count(region.level) == 1)


def _called(name: str, country: str, gazetteer: Gazetteer) -> tuple[Region, ...]:
    """The regions of a name, or of the city of that name in another language."""
    within = gazetteer_countries(country)
    cities = (normalise(named.place.name) for named in gazetteer.bearers(name, within)[:1])
    return tuple(region for one in (name, *cities) for region in gazetteer.regions(one, within))


@lru_cache(maxsize=64)
def _cores(gazetteer: Gazetteer, country: str) -> Mapping[str, tuple[str, ...]]:
    """The names of a country's regions without the word for their kind -> the ids of those called so."""
    cores: dict[str, set[str]] = {}
    for code in gazetteer_countries(country):
        for line in gazetteer.region_names:
            if f"\t{code}\t" in line:
                name, _, ids = line.split("\t")
                said = kind_of_body(name, country)
                cores.setdefault(_core_of(said.words), set()).update(ids.split(","))
    return {core: tuple(sorted(ids)) for core, ids in cores.items() if core}


@lru_cache(maxsize=64)
def _in_order(gazetteer: Gazetteer, country: str) -> tuple[str, ...]:
    """The keys of `_cores`, sorted."""
    return tuple(sorted(_cores(gazetteer, country)))


def _core_of(words: tuple[str, ...]) -> str:
    return " ".join(_SAME_WORD.get(word, word) for word in words if word not in _JOINING)


def _regions(ids: Iterable[str], gazetteer: Gazetteer) -> tuple[Region, ...]:
    return tuple(region for region_id in dict.fromkeys(ids) if (region := gazetteer.region(region_id)) is not None)
