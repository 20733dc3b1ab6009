"""The last membership pages: a fifth set of template families, by an author who saw neither the rules nor the other sets."""

from collections.abc import Iterator, Sequence

from reading_pages import Listing, TestPage

from .families import FAMILIES
from .rendering import pages_of_family
from .subject import Pool, pool_of
from .without import pages_without_list

__all__ = ["FAMILIES", "Pool", "pages", "pool_of"]


def pages(listings: Sequence[Listing], seed: int) -> Iterator[TestPage]:
    """The pages of every family, then those that hold no member list; the same for the same listings and seed."""
    pool = pool_of(listings)
    for family in FAMILIES:
        yield from pages_of_family(family, pool, seed)
    yield from pages_without_list(pool, seed)
