"""Fresh membership pages: a fourth, small set of template families, by an author who saw neither the reader nor the other sets."""

from collections.abc import Iterator, Sequence

from reading_pages import Listing, TestPage

from .families import FAMILIES, pages_of_family
from .subject import pool_of
from .without import pages_without_list

__all__ = ["FAMILIES", "pages", "pool_of"]


def pages(listings: Sequence[Listing], seed: int) -> Iterator[TestPage]:
    """Four pages of every family, then those that hold no member list; the same for the same listings and seed."""
    pool = pool_of(listings)
    for number, family in enumerate(FAMILIES):
        yield from pages_of_family(number, family, pool, seed)
    yield from pages_without_list(pool, seed)
