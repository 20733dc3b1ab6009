"""An HTML page as texts, each with its place in the tree: its path of tags and classes, what heads it, and the zone it stands in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citynet.reading.automatic.headings import Heading, OpenHeading, context, heading, opened, ruled_off, scope, still_open
from citynet.reading.automatic.lines import BLOCKS, holding_blocks, lines, own_lines, said
from citynet.reading.automatic.tables import columns_of
from citynet.reading.automatic.zones import zone
from citynet.reading.printed import NOT_SHOWN

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHANGING = re.compile(r"\d|^(?:odd|even|first|last|active|current|show|open|in|collapsed?|hidden|visible|is-\w+|has-\w+|js-\w+)$")
"""Class names that number, mark or hash an element and say nothing of what it is."""
_NAMING = ("name", "city", "title", "label", "heading", "member", "town", "place")
_NAMING_DATA = tuple(f"data-{name}" for name in (*_NAMING, "city-name", "member-name"))
"""Attributes that give an element a name: of elements of the site's own (city-card), and data attributes of any."""
NO_HEADING = 9
"""Below the level of every heading."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One text. signature, shape: tags with and without classes from the root down; steps: child positions from the root down.

    level: block | inline | own | line | segment | attribute | data; zone: "" in the body of the page; label: header of its column
    or key; path: a CSS or JSON path as evidence; link: the folder of the address that it leads to ("/members/").
    """

    text: str
    signature: str
    shape: str
    steps: tuple[int, ...]
    level: str
    headings: tuple[Heading, ...]
    zone: str
    label: str
    path: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class _Open:
    """What is known of an element on the way down: the fields of a leaf, and the position of the table around it, () outside of one."""

    signature: str
    shape: str
    path: str
    steps: tuple[int, ...]
    zone: str
    label: str
    link: str
    table: tuple[int, ...]


def leaves(root: "HtmlElement") -> list[Leaf]:
    """Every text of the page, in order; a text inside a line of text (a link in a list item) stands beside the whole line."""
    found: list[Leaf] = []
    heads: list[OpenHeading] = []
    labels: dict[tuple[int, ...], list[str]] = {}  # position of a table -> its column headers
    spans: dict[tuple[int, ...], dict[int, int]] = {}  # position of a table -> cells that reach down into the next row
    blocks = holding_blocks(root)
    tag = str(root.tag)
    headed = 0  # texts found when the last heading opened
    waiting: list[tuple[HtmlElement, _Open]] = [(root, _Open(tag, tag, tag, (0,), "", "", "", ()))]
    while waiting:
        element, here = waiting.pop()
        columns: dict[HtmlElement, int] = {}
        if element.tag == "tr":
            if any(child.tag == "th" for child in element):
                labels.setdefault(here.table, [said(cell) for cell in element if cell.tag in ("th", "td")])
            columns = columns_of(element, spans.setdefault(here.table, {}))
        heads = still_open(heads, here.steps)
        if element.tag == "hr" and any(text.text not in heads[-1].text for text in found[headed:] if heads):
            heads = ruled_off(heads, here.steps[:-1])  # one right under a heading only underlines it
        head = heading(element, blocks)
        found.extend(_texts(element, here, blocks, context(heads, head[0] if head else NO_HEADING)))
        if head is not None:
            heads = opened(heads, OpenHeading(head[0], head[1], scope(element, here.steps, head[1])))
            headed = len(found)
        waiting.extend(reversed(_children(element, here, labels.get(here.table, []), columns)))
    return found


def _children(
    element: "HtmlElement", above: _Open, labels: Sequence[str], columns: "Mapping[HtmlElement, int]"
) -> "list[tuple[HtmlElement, _Open]]":
    """The elements inside, each with what is known of it. labels: headers of the table's columns; columns: cell -> its column."""
    found, counts = [], dict[str, int]()
    for position, child in enumerate(element):
        if isinstance(child.tag, str) and (child.tag not in NOT_SHOWN or child.get("shadowrootmode")):
            counts[child.tag] = counts.get(child.tag, 0) + 1
            found.append((child, _entered(child, above, position, counts[child.tag], labels, columns.get(child, position))))
    return found


def _entered(element: "HtmlElement", above: _Open, position: int, nth: int, labels: Sequence[str], column: int) -> _Open:
    """What is known of an element: the nth of its tag at this position among the children of the one above."""
    tag = str(element.tag)
    names = sorted(name for name in (element.get("class") or "").split() if not _CHANGING.search(name))
    at, label = "", above.label
    if tag in ("td", "th"):
        at, label = f"@{column}", labels[column] if column < len(labels) else ""
    own_id = element.get("id") or ""
    steps = (*above.steps, position)
    return _Open(
        signature=f"{above.signature}>{'.'.join([tag, *names])}{at}",
        shape=f"{above.shape}>{tag}{at}",
        path=f"{tag}#{own_id}" if re.fullmatch(r"[A-Za-z][\w-]*", own_id) else f"{above.path} > {tag}:nth-of-type({nth})",
        steps=steps,
        zone=above.zone or zone(element),
        label=label,
        link=_folder(element.get("href") or "") if tag in ("a", "area") else above.link,
        table=steps if tag == "table" else above.table,
    )


def _folder(address: str) -> str:
    """The folder of an address without its host and its last part: "/members/aarhus" leads into "/members/"."""
    path = re.sub(r"^(?:https?:)?//[^/]*|[?#].*$", "", address.strip()).rstrip("/")
    return path[: path.rfind("/") + 1]


def _texts(element: "HtmlElement", here: _Open, blocks: set["HtmlElement"], heads: tuple[Heading, ...]) -> Iterator[Leaf]:
    """The texts of an element: its lines, its own text beside blocks, and the names that its attributes give it."""
    inside = element.find(".//a[@href]") if not here.link and element not in blocks else None
    link = here.link if inside is None else _folder(inside.get("href") or "")
    for text, level, mark, where, step in _found_in(element, blocks):
        yield Leaf(
            text,
            here.signature + mark,
            here.shape + mark,
            (*here.steps, *step),
            level,
            heads,
            here.zone,
            here.label,
            here.path + where,
            "" if level == "line" else link,
        )


def _found_in(element: "HtmlElement", blocks: set["HtmlElement"]) -> "Iterator[tuple[str, str, str, str, tuple[int, ...]]]":
    """(text, level, mark added to the signature, words added to the path, step added) of each text of an element."""
    tag = str(element.tag)
    if tag in ("img", "area"):
        if text := " ".join((element.get("alt") or element.get("title") or "").split()):
            yield text, "attribute", "@alt", "", ()
    elif tag in ("svg", "math", "textarea", "input"):
        return
    elif element in blocks:
        if named := _named(element):
            yield named, "attribute", "@name", "", ()
        for number, text in enumerate(own_lines(element), start=1):
            yield text, "own", "::own", f" (own text {number})", ()
    else:
        yield from _found_in_lines(element, tag)


def _found_in_lines(element: "HtmlElement", tag: str) -> "Iterator[tuple[str, str, str, str, tuple[int, ...]]]":
    """As `_found_in`, of an element that holds no blocks."""
    shown = lines(element)
    if (named := _named(element)) and named not in shown:
        yield named, "attribute", "@name", "", ()
    if len(shown) > 1:
        for number, text in enumerate(shown, start=1):
            yield text, "line", "", f" (line {number})", (number,)
    elif shown:
        yield shown[0], "block" if tag in BLOCKS or tag == "option" else "inline", "", "", ()
        pieces = [" ".join(piece.split()) for piece in (element.text or "", *(child.tail or "" for child in element)) if piece.strip()]
        if len(pieces) == 1 and pieces[0] != shown[0]:
            yield pieces[0], "own", "::text", " (own text)", ()
    elif tag == "a" and element.get("title") and not len(element):
        yield " ".join((element.get("title") or "").split()), "attribute", "@title", "", ()


def _named(element: "HtmlElement") -> str:
    """The name that an element of the site's own (city-card) or its data attributes give it."""
    own = _NAMING if "-" in str(element.tag) else ()
    return next((" ".join(value.split()) for key in (*own, *_NAMING_DATA) if (value := element.get(key) or "").strip()), "")
