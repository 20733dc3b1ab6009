"""Pages of such networks' sites that hold no member list; a reader has to refuse them."""

from collections.abc import Iterator
from random import Random

from reading_pages import TestPage

from .rendering import encoded, templates
from .subject import Pool, drawn, members
from .surroundings import surroundings
from .words import LANGUAGES

SHELLS = ("bar", "portal", "tables", "blocks")
KINDS = (
    "news_article",
    "news_index",
    "event_calendar",
    "event_table",
    "contact_offices",
    "publications",
    "staff",
    "board_with_cities",
    "board_paragraph",
    "partner_logos",
    "partner_links",
    "countries_only",
    "statistics",
    "weather",
    "flights",
    "jobs",
    "login_wall",
    "consent_wall",
    "list_loads",
    "filter_without_rows",
    "region_headings",
    "country_headings",
    "error_page",
    "bot_check",
    "city_page",
    "travel_guide",
    "blog_index",
    "navigation_only",
    "how_to_join",
    "testimonials",
    "press_review",
    "fees",
    "imprint",
    "programme",
    "history",
    "home_page",
)


def pages_without_list(pool: Pool, seed: int) -> Iterator[TestPage]:
    """One page of each kind, in turns of the shells and in any of the languages."""
    for number, kind in enumerate(KINDS):
        random = Random(f"{seed}/without/{kind}")
        found = members(drawn(pool, random, True)[0], random)
        shell = templates().get_template(f"without/shell_{SHELLS[number % len(SHELLS)]}.html")
        body = shell.render(surroundings(pool, found, random.choice(LANGUAGES), random) | {"kind": kind})
        yield TestPage("without_list", kind, encoded(body, "utf-8"), "text/html; charset=utf-8", ())
