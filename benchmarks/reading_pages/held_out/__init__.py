"""Held-out membership pages: families of sites that no rule of the automatic reader was written for."""

from collections.abc import Iterator, Sequence

from reading_pages import Listing, TestPage

from .families import FAMILIES
from .members import associations, of_listing, usable
from .rendering import Stock, pages_of
from .without_list import pages_without_list

REGISTER = 2000  # rows from which a listing serves the large register alone


def pages(listings: Sequence[Listing], seed: int) -> Iterator[TestPage]:
    """The pages of every family, then those that hold no list of members; the same for the same listings and seed."""
    large = [listing for listing in listings if len(listing.rows) >= REGISTER]
    others = [listing for listing in listings if len(listing.rows) < REGISTER]
    register = max((of_listing(listing) for listing in large), key=len, default=())
    stock = Stock(usable(others), register, associations(listings))
    for family in FAMILIES:
        yield from pages_of(family, stock, seed)
    yield from pages_without_list(stock, seed)
