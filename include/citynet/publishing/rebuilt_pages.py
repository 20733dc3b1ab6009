"""Pages that this project rebuilt, shown without the entries of what is withdrawn: whole entries go, or no text is shown.

A page tells of a body more than its name: country, figures, its place among others. So nothing is blanked; the row, the item or
the card that is about the body goes with all it says, and where none can be told apart the text is not shown at all.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4._typing import _AttributeValue
    from bs4.element import NavigableString, Tag

NOT_SHOWN = "not shown: an entry was withdrawn"
"""What stands instead of a page of which the entry can't be taken out as a whole."""
SHORTEST = 3
"""A shorter name (Å, Y) is looked for by id, link and printed row alone: as a word in running text it means too much else."""
_WHOLE = frozenset({"tr", "li", "p", "div", "article", "section", "figure", "option", "ul", "ol", "table", "tbody"})
_OPENING = frozenset({"dt", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Tags that only open an entry: it goes on to the next of them."""
_SAID_ONE_BY_ONE = frozenset({"p", "div"})
"""Tags of which several may tell of one body, one beside the other."""
_DETAILS_MAY_FOLLOW = frozenset({"tr", "li"})
"""Tags that tell of a body by themselves; but details of it may stand in the next of them, whatever its class."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A printed row of a page: name and country as printed, and whether it goes."""

    name: str
    country: str
    gone: bool


def mentions(text: str, words: Iterable[str], longer: Iterable[str] = ()) -> bool:
    """Whether one of the words stands in the text as a word of its own, and not within one of the longer names."""
    wanted = {word for word in words if word and word in text}
    if not wanted:
        return False
    every = wanted | {name for name in longer if name and name in text}
    told = "|".join(re.escape(name) for name in sorted(every, key=lambda n: (-len(n), n)))
    return any(found[0] in wanted for found in re.finditer(rf"(?<!\w)(?:{told})(?!\w)", text))


def text_without(text: str, entries: Sequence[Entry], named: Collection[str] = (), kept: Collection[str] = ()) -> str:
    """The markup of a rebuilt page without the entries that go; NOT_SHOWN where they can't be taken out whole.

    entries: all rows known of the page. named: names of bodies withdrawn everywhere, which may stand on it without a row.
    kept: phrases that hold such a name and stay, as the name of a network does.
    """
    stays = {e.name for e in entries if not e.gone and e.name}
    going = {e.name for e in entries if e.gone and e.name}
    found = going | {name for name in named if name not in stays and _mentions_anyhow(unescape(text), [name], kept)}
    if not found or text == NOT_SHOWN:
        return text
    if not stays:
        return NOT_SHOWN
    page, longer = _parsed(text), {*kept, *stays, *found}
    blocks = [_blocks(page, name, entries, longer) for name in sorted(found)]
    if any(of_name is None for of_name in blocks):
        return NOT_SHOWN
    for block in (one for of_name in blocks for one in of_name or ()):
        _take_out(block)
    left = _markup(page)
    alone = {e.country for e in entries if e.gone and e.country} - {e.country for e in entries if not e.gone}
    told = _mentions_anyhow(unescape(left), [name for name in found - stays if len(name) >= SHORTEST], longer)
    return NOT_SHOWN if told or mentions(page.get_text(" "), alone) else left


def _mentions_anyhow(text: str, words: Collection[str], longer: Collection[str]) -> bool:
    """The same in capitals, in small letters or without accents, as headings and attributes have names. A longer name that is one of the
    words printed otherwise does not stay for that."""
    folded = {_folded(word) for word in words}
    return mentions(_folded(text), folded, {_folded(name) for name in longer} - folded)


def _folded(text: str) -> str:
    return "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))


def _blocks(page: "BeautifulSoup", name: str, entries: Sequence[Entry], longer: Collection[str]) -> "list[Tag] | None":
    """The elements about the bodies of this name that go; None where one of them can't be told apart from what stays."""
    goes = {e.country for e in entries if e.gone and e.name == name}
    namesakes = {e.country for e in entries if not e.gone and e.name == name}
    others = {e.name for e in entries if not e.gone and e.name != name}
    found: list[Tag] = []
    for text in _texts(page, name, longer):
        block = _block(text, name, others, longer)
        if not block:
            return None
        told = " ".join(one.get_text(" ") for one in block)
        is_gone, stays = mentions(told, goes), mentions(told, namesakes)
        if namesakes and is_gone == stays:
            return None
        found += block if not (namesakes and stays) else ()
    return found or None


def _texts(element: "Tag", name: str, longer: Collection[str]) -> "list[NavigableString]":
    """Where the name stands in what a reader sees of an element."""
    from bs4.element import NavigableString

    return [t for t in element.find_all(string=True) if type(t) is NavigableString and mentions(str(t), [name], longer)]


def _block(text: "NavigableString", name: str, others: Collection[str], longer: Collection[str]) -> "list[Tag]":
    """The outermost element that tells of the name and of none of the others, with what follows where it only opens an entry; [] if
    none does so."""
    element = text.parent
    if element is None or element.name == "[document]" or mentions(element.get_text(" "), others, longer):
        return []
    while element.parent is not None and element.parent.name != "body" and not _several(element.parent, name, others, longer):
        element = element.parent
    if element.name in _OPENING:
        following = _following(element)
        return [] if any(mentions(one.get_text(" "), others, longer) for one in following) else [element, *following]
    if element.name not in _WHOLE or _goes_on(element, longer):
        return []
    return [element]


def _several(element: "Tag", name: str, others: Collection[str], longer: Collection[str]) -> bool:
    """Whether an element tells of another entry too, or of the name twice: then it may be about two bodies of that name."""
    return len(_texts(element, name, longer)) > 1 or mentions(element.get_text(" "), others, longer)


def _following(opening: "Tag") -> "list[Tag]":
    """The elements after one that opens an entry, up to the next that opens one."""
    found: list[Tag] = []
    for one in opening.find_next_siblings():
        if one.name == opening.name:
            return found
        found.append(one)
    return found


def _goes_on(element: "Tag", names: Collection[str]) -> bool:
    """Whether an element beside it that names no entry may tell more of the same body: one like it, or the next row or item."""
    alike = []
    if element.name in _SAID_ONE_BY_ONE:
        beside = (element.find_previous_sibling(), element.find_next_sibling())
        alike = [one for one in beside if one is not None and (one.name, one.get("class")) == (element.name, element.get("class"))]
    elif element.name in _DETAILS_MAY_FOLLOW:
        alike = element.find_next_siblings(element.name, limit=1)
    return any(not mentions(one.get_text(" "), names) for one in alike)


def _take_out(block: "Tag") -> None:
    """Remove the element with the white space before it, so that no empty line tells where it stood."""
    from bs4.element import NavigableString

    before = block.previous_sibling
    if isinstance(before, NavigableString) and not before.strip():
        before.extract()
    block.extract()


def _parsed(text: str) -> "BeautifulSoup":
    from bs4 import BeautifulSoup

    return BeautifulSoup(text, "lxml")


def _markup(page: "BeautifulSoup") -> str:
    """The page as markup again, everything else as it was written: attributes in their order, no entity more than needed."""
    from bs4.dammit import EntitySubstitution
    from bs4.formatter import HTMLFormatter

    class AsWritten(HTMLFormatter):
        def attributes(self, tag: "Tag") -> "Iterable[tuple[str, _AttributeValue | None]]":
            return tag.attrs.items()

    return page.decode(formatter=AsWritten(entity_substitution=EntitySubstitution.substitute_xml, void_element_close_prefix=""))
