"""Readers of HTML: the page parsed, what is not to be read dropped, and elements found by CSS selectors or a changed source."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from citynet.errors import ConfigError, SourceChanged
from citynet.model import Page
from citynet.reading.printed import parsed, text_of
from citynet.reading.readers import MAX_ROWS, Member, Printed, Reader

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_TAG_WITH_CLASSES = re.compile(r"(?=.)([a-z][a-z0-9]*)?((?:\.[A-Za-z_][\w-]*)*)", re.ASCII)


def of_html(read: "Callable[[BeautifulSoup, Page, str], list[Member]]") -> Reader:
    """The reader of an HTML page whose members `read` finds in the parsed page."""

    def reader(body: bytes, content_type: str, spec: Page, where: str) -> Printed:
        tree = without_dropped(parsed(body, content_type, where), spec, where)
        shown = text_of(tree)
        must_contain(shown, spec, where)
        return Printed(shown, read(tree, spec, where))

    return reader


def without_dropped(tree: "BeautifulSoup", spec: Page, where: str) -> "BeautifulSoup":
    """The page without the elements that the option `drop` matches (footnote marks)."""
    for node in selected(tree, spec.options["drop"], where) if "drop" in spec.options else []:
        node.decompose()
    return tree


def selected(node: "Tag", selector: str, where: str, limit: int = 0) -> "list[Tag]":
    """The elements in the node that the CSS selector matches; ConfigError where it is none.

    A tag with classes is looked for directly: 36,000 such questions to soupsieve are half the time that a page of 12,000 cards takes.
    """
    from soupsieve import SelectorSyntaxError

    plain = _TAG_WITH_CLASSES.fullmatch(selector)
    if plain:
        tag, classes = plain[1] or "", frozenset(plain[2].split(".")[1:])
        return list(islice(_of_tag_with_classes(node, tag, classes), limit or None))
    try:
        return list(node.select(selector, limit=limit))
    except SelectorSyntaxError as problem:
        raise ConfigError(f"{where}: expected CSS selectors in the network file, got: {str(problem).splitlines()[0]}") from problem


def require_shown(items: "list[Tag]", spec: Page, where: str) -> None:
    """SourceChanged for an item hidden from visitors: it may be a template, a former member or one behind "show more".

    Which it is nobody can tell, so that it is neither read nor skipped; the network file says it by `drop`, or by a `select` or
    `items` that names the hiding ("li[hidden]"). Only the item's own attributes count, since closed tabs and accordions hide lists.
    """
    told = f"{spec.select} {spec.options.get('items', '')}"
    if "hidden" in told or "display" in told:
        return
    for number, item in enumerate(items, start=1):
        if item.has_attr("hidden") or _NOT_DISPLAYED.search(str(item.get("style", ""))):
            raise SourceChanged(f"{where}: {item.name} {number}: expected a shown item, got a hidden one: {text_of(item)[:40]!r}")


_NOT_DISPLAYED = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)


def must_contain(shown: str, spec: Page, where: str) -> None:
    """SourceChanged where the page lacks the words by which its network is known: it is somebody else's."""
    words = spec.options.get("must_contain", "")
    if words not in shown:
        raise SourceChanged(f"{where}: expected a page that says {words!r}, got {shown[:80]!r}")


def _of_tag_with_classes(node: "Tag", tag: str, classes: frozenset[str]) -> "Iterator[Tag]":
    """The elements in the node with the name (any for "") and all the classes, in the page's order."""
    from bs4 import Tag

    for part in node.descendants:
        if isinstance(part, Tag) and (not tag or part.name == tag) and (not classes or classes.issubset(part.get("class") or ())):
            yield part


def matched(page: "Tag", selector: str, where: str, exactly: int | None = None) -> "list[Tag]":
    """The elements that the selector matches; SourceChanged for none, for more than MAX_ROWS, or for another number than `exactly`."""
    found = selected(page, selector, where, limit=MAX_ROWS + 1)
    if not found:
        login = "; the page asks for a password" if page.select_one("input[type=password]") else ""
        raise SourceChanged(f"{where}: {selector!r} matched 0, expected {exactly or 'at least 1'}{login}")
    if exactly is not None and len(found) != exactly:
        raise SourceChanged(f"{where}: {selector!r} matched {len(found)}, expected {exactly}")
    if len(found) > MAX_ROWS:
        raise SourceChanged(f"{where}: {selector!r} matched more than {MAX_ROWS}, expected a membership list")
    return found
