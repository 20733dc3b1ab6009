"""The text of elements as a reader sees it: which elements are blocks, and where lines end."""

from typing import TYPE_CHECKING

from citynet.reading.printed import BREAKS, NOT_SHOWN

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_TEXT = 4000
"""Characters that are kept of an element's text where it is looked at as a heading or beside blocks."""
MARK = 4
"""Characters that the mark of a footnote has at most ("[12]")."""
BLOCKS = BREAKS - {"br"} | {"body", "html", "center", "button", "optgroup", "select", "label", "iframe", "nav", "dialog", "svg"}
"""Elements that are shown on lines of their own, or that hold what is."""


def holding_blocks(root: "HtmlElement") -> set["HtmlElement"]:
    """The elements that hold a block: their text is no single line."""
    found: set[HtmlElement] = set()
    for element in root.iter():
        if element.tag in BLOCKS:
            parent = element.getparent()
            while parent is not None and parent not in found:
                found.add(parent)
                parent = parent.getparent()
    return found


def unnest(root: "HtmlElement") -> None:
    """Puts terms and descriptions that were never closed side by side, as a browser does; the parser puts each into the one before."""
    for element in list(root.iter("dd", "dt")):
        parent = element.getparent()
        if parent is not None and parent.tag in ("dd", "dt"):
            for sibling in reversed([element, *element.itersiblings()]):
                parent.addnext(sibling)


def said(element: "HtmlElement") -> str:
    """The text of an element in one line, cut to `MAX_TEXT` characters."""
    return " ".join(lines(element))[:MAX_TEXT]


def lines(element: "HtmlElement") -> list[str]:
    """The text as a reader sees it, one string a line; a br ends a line. A stack, since pages nest deeper than Python recurses."""
    flat = str if element.tag == "pre" else _flat
    pieces: list[str] = []
    waiting: list[tuple[HtmlElement, bool]] = [(element, True)]
    while waiting:
        node, opening = waiting.pop()
        inner = node is not element
        if opening and not _is_left_out(node, element):
            if node.tag == "br" or (inner and node.tag in BLOCKS):
                pieces.append("\n")
            pieces.append(flat(node.text or ""))
            waiting.append((node, False))
            waiting.extend((child, True) for child in reversed(node))
            continue
        if not opening and inner and node.tag in BLOCKS:
            pieces.append("\n")
        if inner:
            pieces.append(flat(node.tail or ""))
    return _parted("".join(pieces))


def _is_left_out(node: "HtmlElement", element: "HtmlElement") -> bool:
    """Whether nothing of a node is shown as text of the element around it: comments, scripts, drawings, marks of footnotes."""
    if not isinstance(node.tag, str) or node.tag in NOT_SHOWN or node.tag == "svg":
        return True
    return node is not element and node.tag in ("sup", "sub") and len("".join(node.itertext()).strip()) <= MARK


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


def _parted(text: str) -> list[str]:
    return [line for line in (" ".join(part.split()) for part in text.split("\n")) if line]


def own_lines(element: "HtmlElement") -> list[str]:
    """The lines of an element's own text, between the blocks that it holds."""
    pieces = [_flat(element.text or "")]
    for child in element:
        pieces.append(said(child) if _is_in_line(child) else "\n")
        pieces.append(_flat(child.tail or ""))
    return _parted("".join(pieces))


def _is_in_line(child: "HtmlElement") -> bool:
    if not isinstance(child.tag, str) or child.tag in NOT_SHOWN or child.tag in BREAKS or child.tag in BLOCKS:
        return False
    return not any(inner.tag in BLOCKS for inner in child.iterdescendants())
