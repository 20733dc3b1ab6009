"""What the auto reader is told of the world: which texts are names of places, and which of countries."""

from functools import lru_cache

from citynet.places.country_names import country_named
from citynet.places.gazetteer import Gazetteer
from citynet.places.normalise import normalise
from citynet.reading.auto import Known


def known(gazetteer: Gazetteer) -> Known:
    """The names of the gazetteer, and the countries of the world in the languages of Europe."""

    @lru_cache(maxsize=200_000)
    def is_place(text: str, country: str) -> bool:
        return gazetteer.bears(normalise(text), country)

    return Known(is_place=is_place, country_of=lru_cache(maxsize=50_000)(country_named))
