"""How a site writes its pages: the markup habits of content systems, applied to any block."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from reading_pages.dev.blocks import Block, Item
from reading_pages.dev.markup import el, link


@dataclass(frozen=True, slots=True)
class Theme:
    """Markup habits. classes: role of an element -> its class names; items: ul | div | table | br; wraps: containers around a block."""

    name: str
    classes: Callable[[str], str]
    items: str = "ul"
    section: str = "div"
    heading: str = "h2"
    wraps: int = 1
    head: str = ""
    body_class: str = ""


def block(theme: Theme, shown: Block) -> str:
    """A block in the theme's markup."""
    heading = el(theme.heading, escape(shown.heading), class_=theme.classes("heading")) if shown.heading else ""
    note = el("p", escape(shown.note)) if shown.note else ""
    inside = heading + note + (table(theme, shown) if shown.as_table else entries(theme, shown))
    for _ in range(theme.wraps - 1):
        inside = el("div", inside, class_=theme.classes("wrap"))
    return el(theme.section, inside, class_=theme.classes(shown.role)) + "\n"


def entries(theme: Theme, shown: Block) -> str:
    """A block's entries in a row."""
    if not shown.items:
        return ""
    if theme.items == "br":
        return el("p", "<br>\n".join(entry(theme, item) for item in shown.items))
    if theme.items == "table":
        rows = "".join(el("tr", el("td", entry(theme, item))) for item in shown.items)
        return el("table", rows, border="0", cellpadding="3")
    outer, inner = ("ul", "li") if theme.items == "ul" else ("div", "div")
    return el(outer, *(el(inner, entry(theme, item), class_=theme.classes("item")) for item in shown.items), class_=theme.classes("list"))


def entry(theme: Theme, item: Item) -> str:
    """One entry: picture, text or link, the smaller text."""
    picture = f'<img src="/img/{len(item.image)}.jpg" alt="{escape(item.image)}">' if item.image else ""
    text = link(item.text, item.href, class_=theme.classes("link")) if item.href and item.text else escape(item.text)
    extra = " " + el("span", escape(item.extra), class_=theme.classes("extra")) if item.extra else ""
    return picture + text + extra


def table(theme: Theme, shown: Block) -> str:
    """A block's entries and what stands beside them in two columns."""
    rows = "".join(el("tr", el("td", escape(item.text)), el("td", escape(item.extra))) for item in shown.items)
    return el("table", el("tbody", rows), class_=theme.classes("table"))


def plain(role: str) -> str:
    """No class names at all."""
    return ""


def prefixed(prefix: str, joint: str = "-") -> Callable[[str], str]:
    """Class names as many hand-made themes write them: prefix-role."""
    return lambda role: " ".join(f"{prefix}{joint}{part}" for part in role.split())


def hashed(prefix: str) -> Callable[[str], str]:
    """Class names as build tools write them, which say nothing: css-1k2j3."""
    return lambda role: f"{prefix}-{sum(ord(letter) * 31**i for i, letter in enumerate(role)) % 36**5:x}"


def fixed(names: dict[str, str], otherwise: str = "") -> Callable[[str], str]:
    """Class names by role, as a content system writes them; {} in `otherwise` is the role."""
    return lambda role: names.get(role, otherwise.format(role.replace(" ", "-")))
