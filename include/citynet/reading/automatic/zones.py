"""The part of a page in which an element stands: its navigation, footer, side column, a dialog, or the body."""

from functools import lru_cache
from typing import TYPE_CHECKING

from citynet.reading.automatic.cues import bare

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ZONE_WORDS = {
    "nav": "nav navbar navigation menu megamenu submenu breadcrumb breadcrumbs pager pagination language languages lang toolbar"
    " topbar social mega",
    "footer": "footer colophon imprint",
    "dialog": "cookie cookies consent gdpr modal newsletter",
    "aside": "sidebar aside related teaser teasers promo tagcloud recommended",
}
_ZONE_OF = {word: zone for zone, words in _ZONE_WORDS.items() for word in words.split()}
_ZONE_TAGS = {"nav": "nav", "footer": "footer", "aside": "aside", "dialog": "dialog"}
_ROLES = {"navigation": "nav", "contentinfo": "footer", "complementary": "aside", "dialog": "dialog", "banner": "header", "menu": "nav"}


def zone(element: "HtmlElement") -> str:
    """nav | footer | aside | dialog | header where the element opens such a part; "" for all else, and where it holds the main text."""
    tag = str(element.tag)
    if tag in _ZONE_TAGS:
        return _ZONE_TAGS[tag]
    role = _ROLES.get(element.get("role") or "", "")
    if role:
        return role
    if tag in ("body", "html", "main", "article"):
        return ""
    told = next(filter(None, map(_zone_of, f"{element.get('class') or ''} {element.get('id') or ''}".split())), "")
    return "" if told and (element.find(".//h1") is not None or element.find(".//main") is not None) else told


@lru_cache(maxsize=10_000)
def _zone_of(name: str) -> str:
    """The zone that a class name or id tells: by its first or last word ("site-footer"); "no-footer" tells of none."""
    words = bare(name).strip("_").split("_")
    if words[0] in ("no", "has", "with", "without", "el", "et"):
        return ""
    if name.startswith("widget") or name == "widget":
        return "aside"
    return _ZONE_OF.get(words[0], "") or _ZONE_OF.get(words[-1], "")
