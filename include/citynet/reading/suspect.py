"""What a page shows instead of its list, or beside it: walls that keep a visitor out, error pages, injected spam, rows that are no names.

All of it is told from the tree and its shown text, whatever network the page belongs to. A wall is a page that is little more
than the wall: a cookie banner, a link to log in or the word casino on a page with other content says nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from citynet.reading import suspicious_words as words
from citynet.reading.fingerprint import tree_of
from citynet.reading.mail_addresses import holds_address
from citynet.reading.printed import HTML_TYPES

if TYPE_CHECKING:
    from lxml.etree import _Element

LONGEST_NAME = 120
"""Characters of the longest genuine name seen on a membership page; what is longer is a sentence or several names."""
FEW_WORDS = 150
"""A page with more words of its own than this is no wall: the longest challenge page seen has 110."""
FEW_BLOCKS = 5
"""Texts of its own (paragraphs, items, cells) from which on a page shows something else than a dialogue."""
SPAM_LINKS = 3
"""Links to other sites with words of spam from which on they were injected; one may be a sponsor."""
SPAM_WORDS = 3
"""Strong words of spam within SPAM_WINDOW words that make an injected text: icorn.org's began "travesti istanbul travesti ..."."""
SPAM_WINDOW = 25
HIDDEN_LINKS = 5

NOT_SHOWN = frozenset({"script", "style", "template", "noscript", "head", "svg", "iframe"})
FRAME = frozenset({"nav", "header", "footer"})
# fmt: off
INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time",
    "u", "wbr",
))
# fmt: on
OFF_SCREEN = re.compile(
    r"(?:left|right|top|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}|font-size\s*:\s*[01](?:px|pt|em)?\s*(?:;|$)",
    re.IGNORECASE,
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BOT_MARKS = (
    "cf-chl",
    "cf_chl_opt",
    "challenge-platform/h/",
    "_incapsula_resource",
    "px-captcha",
    "captcha-delivery.com",
    "awswafintegration",
)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """what: login wall | consent wall | bot wall | maintenance page | page not found | injected spam; seen: the words that show it."""

    what: str
    seen: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A text of its own: the words directly in one element, with its inline parts; framed: within navigation, header or footer."""

    text: str
    framed: bool
    button: bool


@dataclass(frozen=True, slots=True)
class _Link:
    """A link to another site. hidden: "" | hidden | off screen."""

    text: str
    host: str
    hidden: str


@dataclass(frozen=True, slots=True)
class _Shown:
    titles: tuple[str, ...]
    blocks: tuple[_Block, ...]
    links: tuple[_Link, ...]
    password: bool
    markup: str


def wall(body: bytes, content_type: str, url: str = "") -> Suspicion | None:
    """What keeps the visitor from the page, None where it is the page; an answer that is no HTML is never a wall."""
    shown = _shown(body, content_type, url)
    if shown is None:
        return None
    own = [block for block in shown.blocks if not block.framed]
    few = sum(len(block.text.split()) for block in own) <= FEW_WORDS
    found = _titled(shown, own) if few else None
    return found or _login(shown, own) or _consent(own)


def injected_spam(body: bytes, content_type: str, url: str = "", members: Sequence[str] = ()) -> Suspicion | None:
    """Words or links that somebody else put into the page, None where there are none.

    Told are a run of strong words, several links to other sites with words of spam, and links to other sites in a part that no
    visitor sees, unless they bear the names of read members. The page may still show its list, so that a person decides.
    """
    shown = _shown(body, content_type, url)
    if shown is None:
        return None
    marked = [link for link in shown.links if _spam_words(f"{link.text} {link.host}", weak=True)]
    if len(marked) >= SPAM_LINKS:
        told = ", ".join(f"{link.text[:40]!r} to {link.host}" for link in marked[:3])
        return Suspicion("injected spam", f"{len(marked)} links to other sites: {told}")
    names = {name.casefold() for name in members}
    off_screen = [link for link in shown.links if link.hidden == "off screen" and link.text.casefold() not in names]
    if len(off_screen) >= HIDDEN_LINKS:
        return Suspicion("injected spam", f"{len(off_screen)} links to other sites off screen, the first to {off_screen[0].host}")
    run = _run_of_spam(" ".join([*shown.titles, *(block.text for block in shown.blocks)]))
    return Suspicion("injected spam", f"the words {run!r}") if run else None


def no_name(text: str) -> str:
    """Why a printed text is not the name of a body ("an address of the web"), "" where it may be one."""
    if re.search(r"https?://|www\.\S|\b[\w-]+\.(?:com|org|net|html?|php)\b", text, re.IGNORECASE):
        return "an address of the web"
    if holds_address(text):
        return "an e-mail address"
    if re.search(r"(?:[$€£]|\b(?:EUR|USD|GBP)\b)\s*\d|\d\s*(?:[$€£]|(?:EUR|USD|GBP)\b)", text):
        return "a price"
    if len(text) > LONGEST_NAME:
        return f"a text of {len(text)} characters"
    if len(_spam_words(text, weak=True)) > 1:
        return "words of spam"
    return ""


def _titled(shown: _Shown, own: Sequence[_Block]) -> Suspicion | None:
    """A short page whose title or heading says that it is something else, or that carries the marks of a challenge."""
    marks = [mark for mark in BOT_MARKS if mark in shown.markup]
    if marks and len(own) <= FEW_BLOCKS:
        return Suspicion("bot wall", f"the mark {marks[0]!r}")
    for what, phrases in (("bot wall", words.BOT_WALL), ("page not found", words.NOT_FOUND), ("maintenance page", words.MAINTENANCE)):
        said = next((title for title in shown.titles if _is_headed(title, phrases)), "")
        if said and len(own) <= 3 * FEW_BLOCKS:
            return Suspicion(what, f"the heading {said[:80]!r}")
    return None


def _login(shown: _Shown, own: Sequence[_Block]) -> Suspicion | None:
    """A page that asks for a password, or is headed by the words for it, and shows little else."""
    rest = [block for block in own if not block.button and not _says(block.text, words.LOGIN)]
    said = next((title for title in shown.titles if _says(title, words.LOGIN) and len(title.split()) <= 8), "")
    if shown.password and (len(rest) < FEW_BLOCKS or (said and len(rest) < 3 * FEW_BLOCKS)):
        return Suspicion("login wall", f"a field for a password under {(said or next(iter(shown.titles), ''))[:80]!r}")
    return None


def _consent(own: Sequence[_Block]) -> Suspicion | None:
    """A page whose texts are those of a consent dialogue with a button, and hardly any others."""
    about = [block for block in own if _says(block.text, words.CONSENT) or (block.button and _says(block.text, words.BUTTONS))]
    asked = [block for block in own if block.button and _says(block.text, (*words.BUTTONS, *words.CONSENT))]
    rest = [block for block in own if block not in about and not block.button]
    if not asked or len(about) < 2 or len(rest) >= FEW_BLOCKS:
        return None
    if 2 * sum(len(block.text.split()) for block in rest) > sum(len(block.text.split()) for block in about):
        return None
    return Suspicion("consent wall", f"{len(about)} of {len(about) + len(rest)} texts ask for consent: {about[0].text[:80]!r}")


def _is_headed(title: str, phrases: Sequence[str]) -> bool:
    """Whether a part of the title says it: by a phrase of several words in it, or by one word with nothing but words about it.

    So "404" and "Error 404 | Rivers" are headings of error pages, "404 cities have signed" and "Road maintenance" none.
    """
    single = {phrase for phrase in phrases if " " not in phrase}
    if _says(title, [phrase for phrase in phrases if " " in phrase]):
        return True
    parts = re.split(r"\s[-–—:·•]\s|[|»:–—]", title.casefold())
    return any(said & single and said <= single | words.ABOUT_ERRORS for said in (set(re.findall(r"[\w'-]+", part)) for part in parts))


def _says(text: str, phrases: Sequence[str]) -> bool:
    return _pattern(tuple(phrases)).search(text.casefold()) is not None


@lru_cache(maxsize=16)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(phrases, key=len, reverse=True))) + r")(?!\w)")


def _spam_words(text: str, *, weak: bool) -> set[str]:
    known = words.STRONG_SPAM | words.WEAK_SPAM if weak else words.STRONG_SPAM
    return {found[0] for found in _pattern(tuple(sorted(known))).finditer(re.sub(r"[-_.]", " ", text.casefold()))}


def _run_of_spam(text: str) -> str:
    """The window of words with SPAM_WORDS strong ones or more, "" where no such run stands in the text."""
    printed = text.split()
    known = [at for at, word in enumerate(printed) if word.strip(".,;:!|»«()[]").casefold() in words.STRONG_SPAM]
    for first, last in zip(known, known[SPAM_WORDS - 1 :], strict=False):
        if last - first < SPAM_WINDOW:
            return " ".join(printed[first : last + 1])[:120]
    return ""


@lru_cache(maxsize=4)
def _shown(body: bytes, content_type: str, url: str) -> _Shown | None:
    """The page taken apart once for all questions; None where it is no HTML or empty."""
    if content_type.split(";")[0].strip().lower() not in HTML_TYPES:
        return None
    tree = tree_of(body, content_type)
    if tree is None:
        return None
    heads = [*tree.iter("title", "h1")]
    titles = [_words(node) for node in [*heads, *tree.iter("h2")][: max(2, len(heads))]]
    blocks, links = _taken_apart(tree, url)
    markup = " ".join(str(value) for node in tree.iter("script", "div", "form", "iframe") for value in _marks(node))
    return _Shown(
        titles=tuple(title for title in titles if title),
        blocks=tuple(blocks),
        links=tuple(links),
        password=any((node.get("type") or "").lower() == "password" for node in tree.iter("input")),
        markup=markup.lower(),
    )


def _words(node: "_Element") -> str:
    return " ".join("".join(map(str, node.itertext())).split())


def _marks(node: "_Element") -> Iterator[str]:
    yield from (node.get(name) or "" for name in ("src", "id", "class", "action"))
    yield (node.text or "")[:2000] if node.tag == "script" else ""


def _taken_apart(tree: "_Element", url: str) -> tuple[list[_Block], list[_Link]]:
    """Blocks and links to other sites in the page's order; a stack, since a hostile page may nest deeper than Python recurses."""
    blocks: list[_Block] = []
    links: list[_Link] = []
    host = urlsplit(url).hostname or ""
    waiting: list[tuple[_Element, bool, str]] = [(tree, False, "")]
    while waiting:
        node, framed, hidden = waiting.pop()
        if node.tag in NOT_SHOWN or not isinstance(node.tag, str):
            continue
        framed, hidden = framed or _is_frame(node), hidden or _hidden(node)
        if node.tag == "a" and node.get("href"):
            links += _outbound(node, url, host, hidden)
        button = node.tag in ("button", "input") or node.get("role") == "button" or "btn" in (node.get("class") or "")
        text = _own_text(node, button=button)
        if text and not (hidden and not button):
            blocks.append(_Block(text, framed, button))
        waiting.extend((child, framed, hidden) for child in reversed(node))
    return blocks, links


def _own_text(node: "_Element", *, button: bool) -> str:
    """The words that stand in the element itself and in its inline parts; of an inline part only where it is a button."""
    if node.tag in INLINE and not button:
        return ""
    if node.tag == "input":
        return (node.get("value") or "").strip() if node.get("type") in ("submit", "button") else ""
    pieces = [node.text or ""]
    inline = list(node)[::-1]
    while inline:
        child = inline.pop()
        if child.tag in INLINE:
            pieces.append(child.text or "")
            inline.extend(reversed(child))
        elif child.tag == "br":
            pieces.append(" ")
        pieces.append(child.tail or "")
    return " ".join(" ".join(pieces).split())


def _is_frame(node: "_Element") -> bool:
    named = f"{node.get('class') or ''} {node.get('id') or ''}".lower()
    frame = re.search(r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|breadcrumbs?|topbar|site-header)(?:$|[\s_-])", named)
    return node.tag in FRAME or node.get("role") in ("navigation", "banner", "contentinfo") or frame is not None


def _hidden(node: "_Element") -> str:
    style = node.get("style") or ""
    if OFF_SCREEN.search(style) and not re.search(r"background", style):
        return "off screen"
    return "hidden" if HIDDEN.search(style) or node.get("hidden") is not None else ""


def _outbound(node: "_Element", url: str, host: str, hidden: str) -> list[_Link]:
    try:
        target = urlsplit(urljoin(url, node.get("href") or "")).hostname or ""
    except ValueError:
        return []
    if not target or target.removeprefix("www.") == host.removeprefix("www."):
        return []
    return [_Link(_words(node), target, hidden)]
