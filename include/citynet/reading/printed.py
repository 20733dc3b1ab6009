"""What a page shows: its text as a reader of the page sees it, with only white space collapsed."""

import re
from collections.abc import Iterator
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
    return " ".join("".join(_pieces(node)).split())


def _pieces(node: "Tag") -> Iterator[str]:
    """Texts in order, a space at each line break; a stack, since a hostile page may nest deeper than Python recurses."""
    from bs4.element import NavigableString, PreformattedString, Tag

    waiting: list[object] = [node]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str) and not isinstance(piece, NavigableString):
            yield piece
        elif isinstance(piece, NavigableString) and not isinstance(piece, PreformattedString):
            yield str(piece)
        elif isinstance(piece, Tag) and (piece is node or piece.name not in NOT_SHOWN):
            space = [" "] if piece.name in BREAKS else []
            waiting.extend([*space, *reversed(piece.contents), *space])
