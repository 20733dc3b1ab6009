"""The readers that a network file names: list, cards, table, paragraph. Each gives the members as printed or raises SourceChanged.

A reader takes the parsed page, the registry's page and the opening of its messages ("<network id> <url>").
Options are described in the registry's schema.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from citynet.errors import SourceChanged
from citynet.model import Page
from citynet.reading.printed import text_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

MAX_ROWS = 100_000
MAX_TEXT = 300  # the longest entry seen, a Commission entry naming its directorates, has 68; a paragraph read as a name is a fault


@dataclass(frozen=True, slots=True)
class Member:
    """One member as printed, and where on the page ("li 7"). joined_on: ISO date where the page prints one."""

    name: str
    country: str
    kind: str
    evidence: str
    joined_on: str = ""
    on_hold: bool = False


def read_items(page: "BeautifulSoup", spec: Page, where: str) -> list[Member]:
    """list and cards: one member an element that `select` matches; parts by CSS selectors within it, or by `pattern`."""
    items = matched(page, spec.select, where)
    inside = set(map(id, items))
    members = []
    for number, item in enumerate(items, start=1):
        # Over descendants, not parents: a page nested thousands deep would cost its depth for each item.
        if any(id(part) in inside for part in item.descendants):
            raise SourceChanged(f"{where}: expected no {spec.select!r} inside another, got one in {item.name} {number}")
        members.append(_member_of_item(item, spec, f"{item.name} {number}", where))
    return members


def _member_of_item(item: "Tag", spec: Page, at: str, where: str) -> Member:
    options = spec.options
    name_node = item.select_one(options["name"]) if "name" in options else item
    if name_node is None:
        raise SourceChanged(f"{where}: {at}: {options['name']!r} matched 0, expected the name")
    name, country, kind = by_pattern(text_of(name_node), options.get("pattern", "Name"), f"{where}: {at}")
    return Member(
        name=name,
        country=_part(item, options.get("country"), f"{where}: {at}") if "country" in options else country,
        kind=_part(item, options.get("kind"), f"{where}: {at}") if "kind" in options else kind,
        evidence=at,
        joined_on=iso_date(_part(item, options.get("joined_on"), None), spec, f"{where}: {at}"),
        on_hold="on_hold" in options and item.select_one(options["on_hold"]) is not None,
    )


def _part(item: "Tag", selector: str | None, required_at: str | None) -> str:
    """The text that the selector finds in the item; where required_at is given, nothing found is a changed source."""
    node = item.select_one(selector) if selector else None
    if node is None and required_at:
        raise SourceChanged(f"{required_at}: {selector!r} matched 0, expected 1")
    return text_of(node) if node is not None else ""


def read_paragraph(page: "BeautifulSoup", spec: Page, where: str) -> list[Member]:
    """paragraph: names run on in one text, between the words `after` and `before`, parted by `separator`, ended by `end`."""
    options = spec.options
    members = []
    nodes = matched(page, spec.select, where)
    for paragraph, node in enumerate(nodes, start=1):
        at = f"{node.name} {paragraph}"
        text = _between(text_of(node), options, f"{where}: {at}")
        separator = options.get("separator", ",")
        names = [name.strip() for name in text.split(separator.strip() or separator)]
        if "last_separator" in options and names:
            names[-1:] = [name.strip() for name in names[-1].split(options["last_separator"])]
        for number, printed in enumerate(names, start=1):
            name, country, kind = by_pattern(printed, options.get("pattern", "Name"), f"{where}: {at}, name {number}")
            members.append(Member(name, country, kind, f"{at}, name {number}"))
    return members


def _between(text: str, options: Mapping[str, str], where: str) -> str:
    """The text between the first `after` and the next `before`, without the closing `end`; a mark not given bounds nothing."""
    text = text[_end_of(options.get("after", ""), text, where) :]
    before, end = options.get("before", ""), options.get("end", "")
    if before:
        text = text[: _end_of(before, text, where) - len(before)]
    if not text.rstrip().endswith(end):
        raise SourceChanged(f"{where}: expected the names to end with {end!r}, got {text[-40:]!r}")
    return text.rstrip().removesuffix(end)


def _end_of(mark: str, text: str, where: str) -> int:
    """Where the first occurrence of the mark ends in the text; 0 for the empty mark."""
    if mark not in text:
        raise SourceChanged(f"{where}: expected the words {mark!r}, got {text[:80]!r}")
    return text.index(mark) + len(mark)


def by_pattern(text: str, pattern: str, where: str) -> tuple[str, str, str]:
    """(name, country, kind) of a text written as the pattern says, e.g. "Name (Country)"; the name takes all it can."""
    expression = re.escape(pattern)
    for word, group in (("Name", "(?P<name>.+)"), ("Country", "(?P<country>.+?)"), ("Kind", "(?P<kind>.+?)")):
        expression = expression.replace(word, group, 1)
    found = re.fullmatch(expression, text)
    if not found:
        raise SourceChanged(f"{where}: expected {pattern!r}, got {text[:80]!r}")
    parts = found.groupdict()
    return parts["name"].strip(), parts.get("country", "").strip(), parts.get("kind", "").strip()


def matched(page: "BeautifulSoup", selector: str, where: str, exactly: int | None = None) -> "list[Tag]":
    """The elements that the selector matches; SourceChanged for none, for more than MAX_ROWS, or for another number than `exactly`."""
    found = page.select(selector, limit=MAX_ROWS + 1)
    if not found:
        login = "; the page asks for a password" if page.select_one("input[type=password]") else ""
        raise SourceChanged(f"{where}: {selector!r} matched 0, expected {exactly or 'at least 1'}{login}")
    if exactly is not None and len(found) != exactly:
        raise SourceChanged(f"{where}: {selector!r} matched {len(found)}, expected {exactly}")
    if len(found) > MAX_ROWS:
        raise SourceChanged(f"{where}: {selector!r} matched more than {MAX_ROWS}, expected a membership list")
    return list(found)


def iso_date(printed: str, spec: Page, where: str) -> str:
    """A printed date in the page's joined_on_format as YYYY-MM-DD; nothing printed stays ""."""
    if not printed:
        return ""
    form = spec.options.get("joined_on_format", "%Y-%m-%d")
    try:
        return datetime.strptime(printed, form).date().isoformat()  # noqa: DTZ007 (a date, no instant)
    except ValueError as problem:
        raise SourceChanged(f"{where}: expected a date as {form}, got {printed[:40]!r}") from problem
