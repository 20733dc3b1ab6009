"""The empty part at which a list with numbered parts ends: the list's own, or something else that stands in its place."""

from citynet.errors import SourceChanged
from citynet.model import Fetched, Page
from citynet.reading.markup import must_contain, selected
from citynet.reading.printed import parsed, shown_text
from citynet.reading.structured import data_of
from citynet.reading.suspect import wall

_DATA = ("json", "geojson", "graphql")


def require_own_end(page: Page, first: Fetched, last: Fetched, where: str) -> None:
    """SourceChanged unless the last part, which has no members, is laid out as the first: the same fields, no wall, the known words.

    A banner or a form to log in that the first part shows too, beside its members, is part of the site and no wall.
    """
    if page.reader in _DATA:
        expected, seen = (_form(data_of(part.body, part.content_type, where)) for part in (first, last))
        if not expected <= seen:
            missing = ", ".join(sorted(expected - seen))
            raise SourceChanged(f"{where}: expected an empty last part with {missing} as the first, got {sorted(seen)}", gate="reached")
        return
    found = wall(last.body, last.content_type, last.url)
    if found is not None:
        beside = wall(_without_members(page, first, where), "text/html; charset=utf-8", first.url)
        if beside is None or beside.what != found.what:
            raise SourceChanged(f"{where}: expected an empty last part, got a {found.what}: {found.seen}", gate="reached")
    must_contain(shown_text(last.body, last.content_type), page, where)


def _form(document: object) -> set[str]:
    return set(document) if isinstance(document, dict) else {f"a {type(document).__name__}"}


def _without_members(page: Page, first: Fetched, where: str) -> bytes:
    """The first part as the last one should be: what stands around its members; of a table the header stays."""
    tree = parsed(first.body, first.content_type, where)
    for found in selected(tree, page.select, where):
        for node in found.find_all("tr")[1:] if page.reader == "table" else [found]:
            node.decompose()
    return str(tree).encode()
