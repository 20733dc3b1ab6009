"""Which elements of a page are headings, what each heads, and which of them stand above a text."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citynet.reading.automatic.cues import bare, cue
from citynet.reading.automatic.lines import BLOCKS, said

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "caption": 4, "legend": 5, "summary": 6, "optgroup": 6, "label": 7}
_TITLED = re.compile(r"_(?:title|titel|heading|header|headline|titre|label|accordion_button|panel_title|toggle|tab)_")
"""Class names of what looks like a heading."""
LOOKS = 7
"""Level of a heading that only its looks make one."""
LONGEST = 90
"""Characters of the longest text that its looks alone make a heading."""
NARROW = 8
"""Depth up to which a heading that announces members heads what follows its wrapper: deeper it is the title of a card."""
BESIDE = 12
"""Characters that a wrapper may hold beside its heading: a count, a link "show all"."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A text that heads others. level: 1 to 6 as in h1 to h6, 7 where only its looks make it one, 8 for words within a text."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class OpenHeading:
    """A heading, and the element within which it heads what follows."""

    level: int
    text: str
    scope: tuple[int, ...]


def still_open(heads: list[OpenHeading], steps: tuple[int, ...]) -> list[OpenHeading]:
    """The headings that reach as far as this element; one that announces members is kept until another comes."""
    if all(steps[: len(head.scope)] == head.scope for head in heads):
        return heads
    found = []
    for head in heads:
        if steps[: len(head.scope)] == head.scope:
            found.append(head)
        elif cue(head.text) == 2 and len(head.scope) < NARROW:
            found.append(OpenHeading(head.level, head.text, ()))
    return found


def ruled_off(heads: list[OpenHeading], around: tuple[int, ...]) -> list[OpenHeading]:
    """The headings that reach past a horizontal rule in this element: those of tags, and of looks where they announce members."""
    return [head for head in heads if head.level != LOOKS or head.scope != around or cue(head.text) == 2]


def context(heads: list[OpenHeading], below: int) -> tuple[Heading, ...]:
    """The headings above a text, outermost first: of each level the last one, none of a level that a later one has closed."""
    found: list[Heading] = []
    for head in reversed(heads):
        if head.level < below:
            found.append(Heading(head.text, head.level))
            below = head.level
    return tuple(reversed(found))


def scope(element: "HtmlElement", steps: tuple[int, ...], text: str) -> tuple[int, ...]:
    """What a heading heads: the element around it, or around a wrapper that holds little more than the heading (a count)."""
    depth, around = len(steps) - 1, element.getparent()
    own = {element, *element.iterdescendants(), *element.iterancestors()}
    while around is not None and depth > 1 and not _longer(around, len(text) + BESIDE):
        if any(inner not in own for inner in around.iter("li", "tr", "a", "option", "p", "img")):
            break
        depth, around = depth - 1, around.getparent()
    return steps[:depth]


def _longer(element: "HtmlElement", limit: int) -> bool:
    """Whether an element holds more characters of text; it stops counting there, since a wrapper may be the whole page."""
    total = 0
    for text in element.itertext():
        total += len(text.strip())
        if total > limit:
            return True
    return False


def opened(heads: list[OpenHeading], new: OpenHeading) -> list[OpenHeading]:
    """The headings with a new one, which closes those of its level and below within the same element."""
    kept = [h for h in heads if h.level < new.level or h.scope != new.scope[: len(h.scope)] or len(h.scope) < len(new.scope)]
    return [*kept, new]


def heading(element: "HtmlElement", blocks: set["HtmlElement"]) -> tuple[int, str] | None:
    """(level, text) where the element heads what follows it, by its tag, its role or its looks. blocks: elements that hold blocks."""
    tag = str(element.tag)
    if tag == "optgroup":
        return _LEVELS[tag], element.get("label") or ""
    if tag in _LEVELS:
        return _LEVELS[tag], said(element)
    if element.get("role") == "heading":
        level = element.get("aria-level") or ""
        return int(level) if level.isdigit() else 3, said(element)
    if element in blocks or tag in ("a", "span", "li", "td", "th", "option") or tag not in BLOCKS:
        return None
    text = said(element)
    return (LOOKS, text) if 0 < len(text) <= LONGEST and _looks_it(element, text) else None


def _fills_a_cell(element: "HtmlElement") -> bool:
    """Whether an element is all that a cell of a row of several holds: a name in capitals ("AMORCE") heads nothing there."""
    cell = element.getparent()
    return (
        cell is not None and cell.tag in ("td", "th") and len(cell) == 1 and (cell.getnext() is not None or cell.getprevious() is not None)
    )


def _looks_it(element: "HtmlElement", text: str) -> bool:
    """Whether a line of text looks like a heading: by its class or tag, bold or in capitals, or with a colon at its end."""
    if (
        _TITLED.search(bare(element.get("class") or ""))
        or element.tag == "dt"
        or (element.tag == "button" and element.get("aria-expanded"))
    ):
        return True
    if (text.isupper() and len(text) > 4 and not _fills_a_cell(element)) or text.endswith(":"):
        return True
    if text[-1] in ".!…" and text.count(" ") > 2:
        return False  # a sentence in bold is no heading
    return any(said(child) == text for child in element.iter("b", "strong", "u", "font"))
