"""What a page shows: its text as a reader of the page sees it, with only white space collapsed."""

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from citynet.errors import SourceChanged

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

NOT_SHOWN = frozenset({"script", "style", "template", "noscript", "head"})

# Tags that break a line when shown: "Aarhus<br>denmark" is two words, "<b>L</b>yon" is one.
# fmt: off
BREAKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav", "ol",
        "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)
# fmt: on

LINE_BREAK = "\x1e"
"""Stands for a line break among texts: the record separator, which no page shows."""

_TAG = re.compile("</?[A-Za-z!]")

HTML_TYPES = frozenset({"", "text/html", "application/xhtml+xml"})


def parsed(body: bytes, content_type: str, where: str) -> "BeautifulSoup":
    """The page as a tree; SourceChanged where the answer is not HTML or is empty. `where` opens the message."""
    from bs4 import BeautifulSoup

    kind = content_type.split(";")[0].strip().lower()
    if kind not in HTML_TYPES:
        raise SourceChanged(f"{where}: expected an HTML page, got {kind}")
    # The encoding that an XML declaration names is spent once the text is decoded.
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", decoded(body, content_type))
    if "<" not in text:
        seen = repr(text[:80]) if text.strip() else f"an empty answer of {len(body)} bytes"
        raise SourceChanged(f"{where}: expected an HTML page, got {seen}")
    return BeautifulSoup(text, "lxml")


def shown_text(body: bytes, content_type: str) -> str:
    """What an answer shows, whatever it is: the visible text of HTML, the values and keys of JSON as they are written."""
    if content_type.split(";")[0].strip().lower() in HTML_TYPES:
        return text_of(parsed(body, content_type, "the page"))
    return " ".join(decoded(body, content_type).split())


def decoded(body: bytes, content_type: str) -> str:
    """The text of the bytes: the first that fits of byte order mark, content type, meta element, UTF-8, Windows-1252."""
    from bs4.dammit import EncodingDetector

    stripped, mark = EncodingDetector.strip_byte_order_mark(body)
    header = re.search(r"charset=[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    declared = EncodingDetector.find_declared_encoding(body, is_html=True)
    for encoding in (mark, header and header[1], declared, "utf-8"):
        try:
            return stripped.decode(encoding or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return stripped.decode("windows-1252", errors="replace")


def text_of(node: "Tag") -> str:
    """The text a reader sees in the node: markup, comments and scripts gone, white space collapsed, nothing else changed."""
    only = node.contents[0] if len(node.contents) == 1 else None
    # Most elements hold one text and nothing else; exactly that class, since comments and scripts are texts too.
    text = only if type(only).__name__ == "NavigableString" else "".join(_pieces(node, " "))
    return " ".join(str(text).split())


def lines_of(node: "Tag") -> list[str]:
    """The lines a reader sees in the node, each with white space collapsed; empty ones are left out."""
    lines = (" ".join(line.split()) for line in "".join(_pieces(node, LINE_BREAK)).split(LINE_BREAK))
    return [line for line in lines if line]


def text_of_fragment(text: str) -> str:
    """A text of a JSON answer with its entities and tags undone ("D&#252;sseldorf", "<b>Lyon</b>") and white space collapsed."""
    if not _TAG.search(text):
        return " ".join(unescape(text).split())
    from bs4 import BeautifulSoup

    return text_of(BeautifulSoup(text, "lxml"))


def _pieces(node: "Tag", line_break: str) -> Iterator[str]:
    """Texts in order, parted at each line break; a stack, since a hostile page may nest deeper than Python recurses."""
    from bs4.element import NavigableString, PreformattedString, Tag

    waiting: list[object] = [node]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, Tag):
            if piece is node or piece.name not in NOT_SHOWN:
                space = [line_break] if piece.name in BREAKS else []
                waiting.extend([*space, *reversed(piece.contents), *space])
        elif not isinstance(piece, NavigableString):
            yield str(piece)
        elif not isinstance(piece, PreformattedString):
            in_pre = piece.parent is not None and piece.parent.name == "pre"
            yield piece.replace("\n", line_break) if in_pre else str(piece)
