"""The families: which template a site builder made, and what his lists are like."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """One site builder's idea. sizes: one a page (see subject.draw); group: country, letter, kind, region or "" (one run).

    placed: his pages need a country for each member; commas: whether a name may hold a comma; encoding: of the page.
    """

    name: str
    sizes: tuple[str, ...]
    group: str = ""
    placed: bool = False
    commas: bool = True
    encoding: str = "utf-8"
    ending: str = "html"


FAMILIES = (
    Family("drupal_grid", ("small", "middle", "large", "whole")),
    Family("typo3_tables", ("middle", "large", "middle", "whole"), group="country", placed=True),
    Family("joomla_letters", ("middle", "large", "one_country", "whole"), group="letter", encoding="iso-8859-1"),
    Family("elementor_toggles", ("small", "middle", "large", "large"), group="country", placed=True),
    Family("webflow_cards", ("small", "middle", "large", "whole")),
    Family("layout_tables", ("small", "middle", "large", "one_country"), encoding="windows-1252"),
    Family("tailwind_next", ("small", "middle", "large", "whole"), group="country", placed=True),
    Family("divi_logos", ("small", "small", "middle", "large")),
    Family("wiki_article", ("small", "middle", "large", "whole"), placed=True),
    Family("liferay_columns", ("middle", "large", "middle", "whole"), group="region", placed=True),
    Family("squarespace_runs", ("small", "middle", "large", "middle"), group="country", placed=True, commas=False),
    Family("map_sidebar", ("small", "middle", "large", "one_country")),
    Family("contao_profiles", ("small", "small", "middle", "middle")),
    Family("directory_articles", ("small", "middle", "large", "one_country")),
    Family("datatable_register", ("middle", "large", "whole", "register"), placed=True),
    Family("word_export", ("small", "middle", "large", "middle")),
    Family("rest_members", ("small", "middle", "large", "one_country"), ending="json"),
    Family("hugo_kinds", ("middle", "large", "middle", "whole"), group="kind"),
)
