"""The families: which template shows a list, how its members are ordered and grouped, and what it cannot print."""

from dataclasses import dataclass
from typing import Final, Literal

Grouping = Literal["none", "country", "region", "letter"]
PAGES: Final = 4


@dataclass(frozen=True, slots=True)
class Family:
    """One template author's idea of a site. apart: characters a name may not hold, as they part the names on its pages."""

    name: str
    grouping: Grouping = "none"
    apart: str = ""
    content_type: str = "text/html; charset=utf-8"


FAMILIES: Final = (
    Family("gutenberg_columns"),
    Family("drupal_rows"),
    Family("liferay_assets", "region"),
    Family("webflow_collection"),
    Family("divi_toggles", "country"),
    Family("next_tailwind"),
    Family("next_props"),
    Family("font_tags"),
    Family("two_lines"),
    Family("marquee"),
    Family("map_markers"),
    Family("details_regions", "region"),
    Family("register_table"),
    Family("country_commas", "country", ","),
    Family("semicolons"),
    Family("rest_answer", content_type="application/json"),
    Family("letter_definitions", "letter"),
    Family("profile_cards"),
    Family("dashed_lines"),
    Family("footnoted_paragraphs", "region", ","),
)
