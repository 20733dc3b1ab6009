"""The template families: which template, what it needs of the members, how it orders and encodes them."""

from dataclasses import dataclass

PAGES = 4


@dataclass(frozen=True, slots=True)
class Family:
    """One site builder's idea of a membership page.

    headings: what the groups of the page may stand under, "" for no groups; placed: the members' countries are printed;
    most: the most members the layout bears; register: the page of this number holds a list of thousands.
    """

    name: str
    headings: tuple[str, ...] = ("",)
    placed: bool = False
    most: int = 400
    charset: str = "utf-8"
    register: int = -1


FAMILIES = (
    Family("drupal_views_rows", ("", "letter"), register=3),
    Family("typo3_frames", ("", "letter", "country")),
    Family("divi_toggles", ("country", "region"), placed=True),
    Family("gallery_of_coats", most=120),
    Family("joomla_category", ("", "country"), placed=True, register=2),
    Family("squarespace_prose", ("", "country"), most=150),
    Family("liferay_article", ("country",), placed=True),
    Family("webflow_cards", placed=True, most=100),
    Family("frontpage_fonts", ("", "letter"), charset="iso-8859-1"),
    Family("next_utility", ("letter", "country", "")),
    Family("definition_list", ("country", "region"), placed=True),
    Family("spip_articles", ("", "region"), placed=True),
    Family("sharepoint_richtext", ("",), most=160),
    Family("directory_plugin", ("",), placed=True, most=90),
    Family("wix_repeater", ("", "kind"), most=60),
    Family("wiki_columns", ("", "country", "letter")),
)
