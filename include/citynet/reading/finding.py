"""What of an answer tells whether and where its list goes on: the items on it, a link to the next part, a value in its JSON."""

import json

from citynet.errors import ConfigError, SourceChanged
from citynet.model import Fetched, Page
from citynet.reading.markup import selected
from citynet.reading.printed import parsed, text_of
from citynet.reading.structured import data_of

COUNTED = ("list", "cards", "table", "json", "geojson", "graphql")
"""The readers of whose pages it can be said that they hold no member; no other list can be followed by page_number."""


def items_on(page: Page, answer: Fetched, where: str) -> list[str]:
    """The items on one part, as text that tells them apart: what `select` finds, of a table the rows below the first."""
    if page.reader not in COUNTED:
        raise ConfigError(f"page {page.url}: follow by page_number: expected a reader of {', '.join(COUNTED)}, got {page.reader!r}")
    if page.reader in ("json", "geojson", "graphql"):
        found = values_at(data_of(answer.body, answer.content_type, where), page.select or "$.features[*]", where)
        return [json.dumps(item, ensure_ascii=False, sort_keys=True) for item in found]
    matched = selected(parsed(answer.body, answer.content_type, where), page.select, where)
    if page.reader == "table":
        matched = [row for table in matched for row in table.find_all("tr")[1:]]
    return [text_of(item) for item in matched]


def leads_to(answer: Fetched, selector: str, where: str) -> set[str]:
    """The addresses behind the elements that the selector finds, resolved against the page's own base where it states one.

    An element without an address, or with one that leads nowhere else (a # or a script, as switched-off links have), is none.
    """
    from urllib.parse import urljoin

    tree = parsed(answer.body, answer.content_type, where)
    base = tree.select_one("base[href]")
    written = [str(element.get("href") or "").strip() for element in selected(tree, selector, where)]
    links = {link for link in written if link and not link.startswith("#") and not link.lower().startswith("javascript:")}
    try:
        return {urljoin(str(base["href"]), link) for link in links} if base is not None else links
    except ValueError as problem:
        raise SourceChanged(f"{where}: expected addresses of further parts, got {sorted(links)[0][:80]!r}") from problem


def values_at(document: object, path: str, where: str) -> list[object]:
    """The values that a JSON path (RFC 9535) finds; ConfigError for a path that is none."""
    import jsonpath

    try:
        return list(jsonpath.findall(path, document))  # type: ignore[arg-type]  # any JSON value will do
    except jsonpath.JSONPathError as problem:
        raise ConfigError(f"{where}: expected a JSON path in the network file, got {path!r}: {problem}") from problem
