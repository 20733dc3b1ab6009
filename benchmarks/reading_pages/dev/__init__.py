"""Template families to write the rules of the auto reader with. Rules are judged on others (reading_pages.held_out)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from reading_pages import Listing, TestPage
from reading_pages.dev import by_hand, content_systems, mixed, no_list, scripted
from reading_pages.dev.subject import REGISTER, Subject, register, subject

PAGES = 12
"""Pages drawn of each family."""
HTML, JSON = "text/html; charset=utf-8", "application/json"


@dataclass(frozen=True, slots=True)
class Family:
    """One template. without: a pattern that no member's name may hold; placed: each member has a country; at_most: members."""

    make: Callable[[Subject], bytes]
    without: str = ""
    placed: bool = False
    at_most: int = 400
    content_type: str = HTML


FAMILIES = {
    "wordpress": Family(content_systems.wordpress),
    "drupal": Family(content_systems.drupal, placed=True),
    "liferay": Family(content_systems.liferay),
    "webflow": Family(content_systems.webflow),
    "divi": Family(content_systems.divi),
    "plain_old": Family(by_hand.plain_old),
    "two_lines": Family(by_hand.two_lines, placed=True),
    "paragraphs": Family(by_hand.paragraphs, without=r",|;| [-–] | and | et | y | e | i |\.$", at_most=110),
    "country_paragraphs": Family(by_hand.country_paragraphs, without=r",|;| and | et | y | e | i ", placed=True),
    "country_lists": Family(by_hand.country_lists, placed=True),
    "definitions": Family(by_hand.definitions, placed=True),
    "accordion": Family(by_hand.accordion, placed=True),
    "letter_tables": Family(by_hand.letter_tables),
    "profiles": Family(mixed.profiles, at_most=110),
    "dated": Family(mixed.dated),
    "kinds": Family(mixed.kinds),
    "spanning": Family(mixed.spanning, placed=True),
    "numbered": Family(mixed.numbered),
    "wiki": Family(mixed.wiki),
    "ticker": Family(scripted.ticker),
    "city_map": Family(scripted.city_map),
    "nextjs": Family(scripted.nextjs),
    "select_options": Family(scripted.select_options),
    "rest": Family(scripted.rest, content_type=JSON),
}

REGISTERS: tuple[Callable[[Subject], bytes], ...] = (by_hand.register_table, content_systems.register_rows, scripted.register_data)


def pages(listings: Sequence[Listing], seed: int) -> Iterator[TestPage]:
    """PAGES pages of each family, registers where a listing is one, then one of each kind without a list.

    They are the same for the same listings and seed.
    """
    for name, family in FAMILIES.items():
        for number in range(PAGES):
            chance = Random(f"{seed} {name} {number}")
            drawn = subject(listings, chance, at_most=family.at_most, without=family.without, placed=family.placed)
            yield TestPage(name, f"{name}-{number:02}", family.make(drawn), family.content_type, drawn.names, drawn.country)
    for listing in listings:
        if len(listing.rows) >= REGISTER:
            for make in REGISTERS:
                drawn = register(listing, listings, Random(f"{seed} {make.__name__}"))
                yield TestPage("register", f"{make.__name__}-{listing.listing_id}", make(drawn), HTML, drawn.names)
    for kind, make in no_list.KINDS.items():
        drawn = subject(listings, Random(f"{seed} {kind}"))
        yield TestPage("no list", kind, make(drawn), JSON if kind.startswith("json") else HTML, ())
