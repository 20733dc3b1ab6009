"""Which regions a name may mean by its words alone, whatever their order and the language of those for sides of a country.

For doubts only: what it finds keeps two rows from being told apart and is no answer to a printed name.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache

from citynet.places.gazetteer import Gazetteer

_SAME = {
    "north": "northern nord norte norra nordre septentrional septentrionale septentrionales settentrionale setentrional noord pohjois",
    "south": "southern sud sur sul sodra sondre meridional meridionale meridionales zuid etela",
    "east": "eastern est este ost ostra ostre orientale oriental orientales orientali oost ita",
    "west": "western ouest oeste ovest vest vastra vestre occidental occidentale occidentales occidentali ocidental lansi",
    "central": "centrale centre centro center mitte midden mittel mid",
    "islands": "island isles isle iles ile isola isole islas isla illes ilhas ilha inseln insel eilanden saaret",
}
_PEOPLES = {
    "welsh": "wales",
    "scottish": "scotland",
    "basque": "basque country",
    "catalan": "catalonia",
    "flemish": "flanders",
    "walloon": "wallonia",
}
"""Adjectives by which governments of regions call themselves: Welsh Government."""
_SAID = {word: said for said, words in _SAME.items() for word in words.split()} | _PEOPLES
_SKIPPED_WORDS = """
    a al and d da das de dei del della der des di die do dos du e ed en et i ja kai l la las le les los of og och the und y
    region regione regiao regio regiunea periferia perifereia province provincia provincie provinz voivodie voivodat voivodato
    voivodia voivodship voivodeship woiwodschaft woiwodschap wojewodztwo county comte grafschaft contea condado maakunta government"""
_SKIPPED = frozenset(_SKIPPED_WORDS.split())
"""Words between the words of a name, and those for the kind of region."""
SURE = 88
"""Least likeness (rapidfuzz ratio) of the words of a name to those of a region of its country."""
SHORTEST = 7
"""Letters of the shortest name, of two words or more, of which likeness says anything: other rules know single words."""
MOST = 10
"""A name that more regions bear tells nothing."""


def regions_by_words(key: str, countries: Collection[str], gazetteer: Gazetteer) -> frozenset[str]:
    """Ids of the regions with the same words as a normalised name, in these countries (none given: in all), or spelt much like it there."""
    words = _words(key)
    found = _ids(words, countries, gazetteer)
    if not found and countries and len(words) >= SHORTEST and " " in words:
        found = {one for near in _spelt_like(words, tuple(sorted(countries)), gazetteer) for one in _ids(near, countries, gazetteer)}
    return frozenset(found if len(found) <= MOST else ())


def _words(key: str) -> str:
    return " ".join(sorted(_SAID.get(word, word) for word in key.split() if word not in _SKIPPED))


def _ids(words: str, countries: Collection[str], gazetteer: Gazetteer) -> set[str]:
    by_country = _by_words(gazetteer).get(words, {}) if words else {}
    return {one for country, ids in by_country.items() if not countries or country in countries for one in ids}


@lru_cache(maxsize=4096)
def _spelt_like(words: str, countries: tuple[str, ...], gazetteer: Gazetteer) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    near = process.extract(words, _of_countries(countries, gazetteer), scorer=fuzz.ratio, score_cutoff=SURE, limit=MOST)
    return tuple(name for name, _, _ in near if name.count(" ") == words.count(" "))


@lru_cache(maxsize=64)
def _of_countries(countries: tuple[str, ...], gazetteer: Gazetteer) -> tuple[str, ...]:
    return tuple(words for words, of in _by_words(gazetteer).items() if " " in words and not of.keys().isdisjoint(countries))


@lru_cache(maxsize=2)
def _by_words(gazetteer: Gazetteer) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """The words of each region's names -> country -> ids; made once, where a list prints a name that is matched to nothing (0.3 s)."""
    found: dict[str, dict[str, set[str]]] = {}
    for line in gazetteer.region_names:
        name, country, ids = line.split("\t")
        if words := _words(name):
            found.setdefault(words, {}).setdefault(country, set()).update(ids.split(","))
    return {words: {country: frozenset(ids) for country, ids in of.items()} for words, of in found.items()}
