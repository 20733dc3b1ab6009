"""The families: one site builder's idea each, its template in templates/<name>.html."""

from dataclasses import dataclass

PAGES = 4


@dataclass(frozen=True, slots=True)
class Family:
    """How a site lists its members.

    sizes: members of each page; countries: they are printed; grouping: none | letter | country | region | kind;
    plain: the markup cannot hold names with commas; one_country: the page whose members share a country, -1 for none.
    """

    name: str
    sizes: tuple[int, int, int, int]
    language: str = "en"
    countries: bool = False
    grouping: str = "none"
    plain: bool = False
    order: str = "name"
    one_country: int = -1
    charset: str = "utf-8"
    minified: bool = False


FAMILIES = (
    Family("drupal_teasers", (24, 48, 12, 112), "fr", countries=True),
    Family("elementor_loop", (18, 60, 9, 140), "es", one_country=1, minified=True),
    Family("typo3_abc", (146, 60, 220, 40), "de", grouping="letter", one_country=0),
    Family("squarespace_text", (30, 12, 9, 45), "en", plain=True, order="any", one_country=2),
    Family("next_groups", (112, 40, 12_000, 146), "de", countries=True, grouping="country", minified=True),
    Family("frontpage_columns", (36, 100, 227, 17), "it", one_country=1, charset="iso-8859-1"),
    Family("liferay_panels", (150, 28, 60, 90), "en", countries=True, grouping="country"),
    Family("datatables_register", (178, 30, 400, 15), "en", countries=True),
    Family("plone_definitions", (23, 11, 45, 100), "es", countries=True, order="any"),
    Family("joomla_breaks", (28, 112, 10, 70), "it", countries=True, grouping="region", plain=True),
    Family("wix_repeater", (12, 30, 18, 45), "pl", countries=True, order="any", minified=True),
    Family("webflow_collection", (60, 17, 100, 30), "en", one_country=3),
    Family("wiki_article", (146, 30, 20, 112), "de", countries=True),
    Family("bootstrap_tabs", (112, 178, 60, 24), "fr", countries=True, grouping="region"),
    Family("gutenberg_kinds", (45, 24, 160, 80), "fr", grouping="kind", one_country=2),
    Family("numbered_lines", (22, 30, 10, 90), "pl", countries=True, plain=True, order="any"),
)
