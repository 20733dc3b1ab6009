"""The held-out families: one template author's idea of a site each, with what varies from page to page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Family:
    """A template and its variations.

    sizes: fewest and most members; group: what the page puts members under (country, region, letter, or "" for nothing);
    countries: always or never printed, or by page (sometimes); plain: only names that no comma and no "and" would cut;
    letters: how names in other letters are written; vary: per variable of the template the values it may take.
    """

    name: str
    sizes: tuple[int, int] = (6, 140)
    pages: int = 4
    group: str = ""
    countries: str = "sometimes"
    plain: bool = False
    letters: str = ""
    capitals: bool = False
    content_type: str = HTML
    vary: Mapping[str, tuple[object, ...]] = field(default_factory=dict)


YES_NO = (True, False)
FAMILIES = (
    Family(
        "elementor_soup", group="country", countries="always", vary={"shape": ("headings", "boxes", "icons"), "columns": (3, 4, 2)}, pages=6
    ),
    Family("next_data_only", vary={"state": ("blocks", "cache", "entries")}, pages=6),
    Family("inline_state", vary={"shape": ("parse", "literal", "assigned"), "state": ("redux", "entries")}, pages=6),
    Family("typo3_accordion", group="country", countries="always", vary={"item": ("lines", "links", "years"), "counts": YES_NO}),
    Family("sharepoint_aspx", countries="always", vary={"country": (True, True, False), "year": (False, True), "span": YES_NO}),
    Family(
        "squarespace_lines", vary={"columns": (3, 2), "lines": YES_NO, "country": ("brackets", "comma", ""), "strong": (False, True, True)}
    ),
    Family(
        "wix_repeater",
        countries="always",
        vary={
            "cell": ("_1KV2M", "T7n0L6"),
            "inner": ("MW5IWV", "rV7OT"),
            "image": YES_NO,
            "tag": ("h2", "p", "h5"),
            "font": (2, 7, 5),
            "country": YES_NO,
        },
    ),
    Family(
        "joomla_category",
        sizes=(10, 20),
        countries="always",
        vary={"country": (False, True), "date": YES_NO, "author": (True, False, False)},
    ),
    Family(
        "frontpage_1999",
        group="country",
        countries="always",
        content_type="text/html; charset=windows-1252",
        vary={"shape": ("bold", "items", "table"), "link": YES_NO},
    ),
    Family(
        "bootstrap_flags",
        countries="always",
        vary={"shadow": YES_NO, "flag": YES_NO, "alt": YES_NO, "order": ("name first", "country first"), "details": (True, False, False)},
    ),
    Family("isotope_grid", group="country", countries="always", vary={"country": YES_NO, "alt": ("word", ""), "text": (True, True, False)}),
    Family("aria_tabs", group="region", countries="always", vary={"all": YES_NO, "panel": ("list", "table", "chips"), "country": YES_NO}),
    Family("leaflet_popups", vary={"shape": ("popups", "array", "features"), "state": ("features",)}),
    Family(
        "datatables_hidden",
        sizes=(20, 400),
        countries="always",
        vary={"first": ("name", "country"), "kind": YES_NO, "day": (True, False, False)},
    ),
    Family("wiki_table", group="country", countries="always", vary={"spans": YES_NO, "mark": ("", "a")}),
    Family("index_of_letters", group="letter", vary={"shape": ("definitions", "terms", "rows"), "link": YES_NO}, countries="always"),
    Family("flag_lines", countries="always", plain=True, sizes=(6, 60), vary={"shape": ("lines", "spans", "items", "dots")}),
    Family("pdf_lines", countries="always", vary={"rows": (24, 40), "shape": ("two boxes", "one box", "numbered")}),
    Family(
        "article_semicolons",
        plain=True,
        sizes=(8, 60),
        countries="always",
        vary={"sign": ("; ", ", ", " · ", " | "), "country": ("", "label", "code"), "lead": YES_NO, "counts": (False, True, True)},
    ),
    Family("one_sentence", plain=True, sizes=(6, 24), countries="never", vary={"strong": YES_NO, "link": (False, False, True)}),
    Family(
        "names_in_columns",
        vary={
            "css": ("", "tab", "contenttable"),
            "border": ("0", "1"),
            "columns": (2, 3, 4),
            "bullet": (False, False, True),
            "country": YES_NO,
        },
    ),
    Family("numbered_dates", vary={"date": ("brackets", "dash", "span", "before"), "country": (False, True)}),
    Family(
        "nested_lists",
        group="country",
        countries="always",
        sizes=(20, 250),
        vary={"css": ("", "tree"), "strong": YES_NO, "counts": (False, True), "link": (True, False, False), "kind": YES_NO},
    ),
    Family(
        "city_picker",
        group="country",
        countries="always",
        sizes=(15, 250),
        vary={"field": ("city", "q", "target"), "grouped": YES_NO, "slugs": YES_NO, "country": (False, True)},
    ),
    Family(
        "linked_data", vary={"shape": ("script", "properties"), "type": ("City", "AdministrativeArea", "Place"), "state": ("item_list",)}
    ),
    Family("rest_acf", countries="always", content_type="application/json", vary={"state": ("posts", "records", "faceted", "by_country")}),
    Family(
        "logo_wall",
        countries="never",
        sizes=(8, 70),
        vary={
            "alt": ("{}", "Logo {}", "{} logo", "Wappen {}"),
            "css": ("wall", "brand-grid"),
            "tag": ("div", "figure", "span"),
            "titled": (False, True),
        },
    ),
    Family("capitals", capitals=True, vary={"shape": ("lines", "bold")}),
    Family(
        "own_letters",
        sizes=(10, 40),
        group="country",
        countries="always",
        letters="{local} ({latin})",
        vary={"shape": ("table", "items", "lines")},
    ),
    Family("google_sites", vary={"columns": (1, 2, 3), "shape": ("items", "lines"), "country": YES_NO}),
    Family("plone_listing", vary={"type": ("document", "link"), "title": ("Page", "Folder"), "icon": YES_NO, "byline": (True, False)}),
    Family("static_notes", group="country", countries="always", vary={"since": YES_NO, "link": YES_NO, "code": ("obs", "new")}),
    Family("custom_elements", vary={"shape": ("attributes", "slots", "shadow"), "columns": (3, 4)}),
    Family("large_register", sizes=(12_000, 12_000), pages=2, countries="always", vary={"shape": ("table", "items")}),
)
