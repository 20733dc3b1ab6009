"""Whether the list on a page seems to go on at further addresses, as `follow` of a network file would say it.

Only what leads to the same list is told: the same path with another query, or the path with a number. So a link to the next
post of a blog is none.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urljoin, urlsplit

from citynet.errors import SourceChanged
from citynet.model import Fetched
from citynet.reading.finding import leads_to
from citynet.reading.following import next_in
from citynet.reading.printed import HTML_TYPES, parsed, text_of

if TYPE_CHECKING:
    from bs4 import Tag

Follow = dict[str, object]

_NEXT = (
    *('a[rel~="next"]', 'link[rel~="next"]', "a.next", ".next > a", ".pager__item--next a", "a.page-numbers.next", ".pagination-next a"),
    *("a.pagination-next", ".nav-next a", "a.pager-next", ".pager-next a", "a.next-page", ".page-next a", 'a[aria-label*="Next" i]'),
    *('a[title*="next page" i]', 'a[aria-label*="weiter" i]', 'a[aria-label*="suivant" i]', 'a[aria-label*="siguiente" i]'),
)
"""How content systems mark the link to the next part."""
_WORDS = re.compile(
    r"(?:next(?: page)?|weiter|nächste(?: seite)?|suivante?|page suivante|siguiente|successiv[ao]|avanti|volgende|następna|seguinte|nästa"
    r"|próxima)?\s*[›»→>]*",
    re.IGNORECASE,
)


def ways_on(answer: Fetched) -> list[Follow]:
    """The ways in which the list may go on, the surest first; [] where nothing says that it does."""
    header = {name: value for name, value in answer.headers}
    if any(next_in(value) for name, value in answer.headers if name == "link"):
        return [{"by": "link_header"}]
    pages = header.get("x-wp-totalpages", "").strip()
    if pages.isascii() and pages.isdigit() and int(pages[:9]) > 1:
        return [{"by": "count_header", "parameter": "page"}]
    if answer.content_type.split(";")[0].strip().lower() not in HTML_TYPES or b"<" not in answer.body:
        return []
    return [*_linked(answer), *_numbered(answer)]


def _linked(answer: Fetched) -> Iterator[Follow]:
    for selector in (*_NEXT, *_by_words(answer)):
        addresses = _addresses(answer, selector)
        if len(addresses) == 1 and _is_part(answer, addresses.pop()):
            yield {"by": "next_link", "select": selector}
            return


def _addresses(answer: Fetched, selector: str) -> set[str]:
    """Where the selected links lead; nothing where one of them is no address."""
    try:
        return {urljoin(answer.url, link) for link in leads_to(answer, selector, answer.url)}
    except (ValueError, SourceChanged):
        return set()


def _by_words(answer: Fetched) -> Iterator[str]:
    """A selector for a link that nothing but its words marks as the next one."""
    tree = parsed(answer.body, answer.content_type, answer.url)
    for node in tree.find_all("a", href=True):
        words = text_of(node)
        if words and len(words) <= 20 and '"' not in words and "\\" not in words and _WORDS.fullmatch(words):
            yield f'a:-soup-contains-own("{words}")'


def _numbered(answer: Fetched) -> Iterator[Follow]:
    """A link with the text 2 whose query counts: what it counts from follows from its value."""
    tree = parsed(answer.body, answer.content_type, answer.url)
    for node in tree.find_all("a", href=True):
        parameter = _counting(answer, node) if text_of(node) == "2" else ""
        if parameter:
            name, _, value = parameter.rpartition("=")
            yield {"by": "page_number", "parameter": name} | ({} if value == "2" else {"first": int(value) - 1})
            return


def _counting(answer: Fetched, node: "Tag") -> str:
    """ "page=2" where the link differs from the page by this parameter alone, "" otherwise."""
    try:
        there, here = urlsplit(urljoin(answer.url, str(node["href"]))), urlsplit(answer.url)
        differs = [pair for pair in parse_qsl(there.query) if pair not in parse_qsl(here.query)]
    except ValueError:
        return ""
    same = (there.netloc, there.path.rstrip("/")) == (here.netloc, here.path.rstrip("/"))
    fits = same and len(differs) == 1 and differs[0][1] in ("1", "2")
    return "=".join(differs[0]) if fits else ""


def _is_part(answer: Fetched, url: str) -> bool:
    """Whether the address may be a further part of the list at the answer's own."""
    try:
        there, here = urlsplit(url), urlsplit(answer.final_url or answer.url)
    except ValueError:
        return False
    if there.hostname != here.hostname:
        return False
    if there.path.rstrip("/") == here.path.rstrip("/"):
        return there.query != here.query
    return re.fullmatch(re.escape(here.path.rstrip("/")) + r"/(?:[a-z]+/)?\d{1,4}", there.path.rstrip("/")) is not None
