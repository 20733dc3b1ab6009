"""The list pages of a published release read back: which rows they print, and the pages rebuilt by this project that they show."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from citynet.publishing.datapackage import digest
from citynet.publishing.rebuilt_pages import NOT_SHOWN, Entry, mentions, text_without

Entries = Mapping[str, Sequence[Entry]]
"""Hash of a rebuilt page's text -> all rows that any list of the release prints of it: several networks may stand on one page."""
BLANKED = "(withdrawn)"
"""What stands where a page names a withdrawn body in running text."""
_ROW = re.compile(r'<tr id="row-\d+">(.*?)</tr>', re.DOTALL)
_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", re.DOTALL)
_REBUILT = re.compile(r"stated at ([^\n]*); not an original</p>\s*<div [^>]*data-source><pre>(.*?)</pre>", re.DOTALL)
_NOTE = re.compile(r'<span class="note">.*?</span>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NAME, _COUNTRY, _PLACE, _PAGE = 1, 2, 5, 7
"""Columns of the table of rows; the last only where the rows stand on several pages."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A row of a list page. place_id: "" where the name is open; page_url: "" where the list stands on one page."""

    name: str
    country: str
    place_id: str
    page_url: str


def printed_rows(page: str) -> list[Printed]:
    """The rows that a list page prints."""
    cells = ([_NOTE.sub("", cell) for cell in _CELL.findall(row)] for row in _ROW.findall(page))
    return [_printed(row) for row in cells if len(row) > _PLACE]


def entries_of(page: str, rows: Iterable[tuple[Printed, bool]]) -> dict[str, set[Entry]]:
    """Hash of each rebuilt text of a list page -> its rows, each with whether it goes."""
    texts = [(_text(url), unescape(text)) for url, text in _REBUILT.findall(page)]
    found: dict[str, set[Entry]] = {text_id(text): set() for _, text in texts}
    for row, gone in rows:
        of_page = [text for url, text in texts if url == row.page_url] or [text for _, text in texts if mentions(text, [row.name])]
        for text in of_page or [text for _, text in texts]:
            found[text_id(text)].add(Entry(row.name, row.country, gone))
    return found


def merged(every: Iterable[Mapping[str, Iterable[Entry]]]) -> dict[str, tuple[Entry, ...]]:
    """The rows of each text together, sorted."""
    found: dict[str, set[Entry]] = {}
    for entries in every:
        for text, rows in entries.items():
            found.setdefault(text, set()).update(rows)
    return {text: tuple(sorted(rows)) for text, rows in sorted(found.items())}


def shown_without(page: str, entries: Entries, named: Collection[str], kept: Collection[str]) -> str:
    """A list page with its rebuilt texts as `text_without` has them; none of a text in which version 0.7.0 only blanked the name."""
    from markupsafe import escape

    def without(found: re.Match[str]) -> str:
        old = unescape(found[2])
        new = NOT_SHOWN if BLANKED in old else text_without(old, entries.get(text_id(old), ()), named, kept)
        return found[0] if new == old else f"{found[0][: found.start(2) - found.start()]}{escape(new)}</pre>"

    return _REBUILT.sub(without, page)


def text_id(text: str) -> str:
    """What a rebuilt page is known by, wherever it is shown."""
    return digest(text.encode())


def _printed(cells: Sequence[str]) -> Printed:
    link = re.search(r'city/([^"/]+)\.html"', cells[_PLACE])
    country = _text(cells[_COUNTRY])
    return Printed(
        name=_text(cells[_NAME]),
        country="" if country == "–" else country,
        place_id=unescape(link[1]) if link else "",
        page_url=_text(cells[_PAGE]) if len(cells) > _PAGE else "",
    )


def _text(markup: str) -> str:
    return unescape(_TAG.sub("", markup)).strip()
