"""What the schema cannot say of a page of a network file: expressions that compile, and readers, lists that go on and rights that fit."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from citynet.networks.marked_yaml import Marked

Fault = tuple[tuple[str, ...], str]
"""(path within the page, what is wrong there)."""

_Place = tuple[tuple[str, ...], object, Callable[[str], str]]
"""(path within the page, what is written there, what says its trouble)."""

_DATA = ("json", "geojson", "graphql", "script")
_CSS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("list", "cards"), ("drop", "name", "country", "kind", "joined_on", "on_hold", "former")),
    **dict.fromkeys(("table", "paragraph", "select_options"), ("drop",)),
    "headings": ("drop", "items", "region", "outer", "name", "country", "kind", "joined_on", "on_hold", "former"),
    "definitions": ("drop", "items", "name", "country", "kind", "joined_on", "on_hold", "former"),
    "script": ("drop", "script"),
}
"""Reader -> its options that are CSS selectors; all of these but script have one in `select`."""
_PATHS = ("name", "country", "kind", "joined_on", "where_column", "on_hold", "former")
"""Options of the readers of data that are JSON paths; these readers have one in `select`."""
_GOES_ON = {
    "next_link": ("list", "cards", "table", "headings", "paragraph", "definitions", "select_options", "auto", "custom"),
    "page_number": ("list", "cards", "table", "json", "geojson", "graphql"),
    "link_header": tuple(sorted({*_CSS, *_DATA, "csv", "auto", "custom"} - {"graphql"})),
    "count_header": tuple(sorted({*_CSS, *_DATA, "csv", "auto", "custom"} - {"graphql"})),
    "cursor": ("json", "geojson", "graphql"),
}
"""How a list may go on -> the readers with which its end can be told."""


def page_faults(page: dict[str, Any], number: int, permission: object, source: Marked) -> list[tuple[int, str]]:
    """(line, message) of all that is wrong with one page. permission: of the network's rights."""
    options = page.get("options")
    page = {**page, "options": options if isinstance(options, dict) else {}}
    faults: list[tuple[int, str]] = []
    for path, said in (*_windows(page), *_expressions(page), *_follow(page), *_interface(page, permission)):
        line = source.line(("membership", "pages", number, *path))
        faults.append((line, f"{'.'.join(('membership.pages', str(number), *path))}: {said}"))
    return faults


def _windows(page: dict[str, Any]) -> Iterator[Fault]:
    since, until = str(page.get("since") or ""), str(page.get("until") or "")
    if until and until <= since:
        yield ("until",), f"expected a date after since ({since}), got {until!r}"


def _expressions(page: dict[str, Any]) -> Iterator[Fault]:
    """Expressions that do not compile would fail at the first capture only."""
    reader, options, follow = page.get("reader"), page["options"], page.get("follow")
    total = options.get("total")
    if isinstance(total, str) and _groups(total) != 1:
        yield ("options", "total"), f"expected a regular expression with one group, got {total!r}"
    if "drop_lines" in options and _groups(str(options["drop_lines"])) is None:
        yield ("options", "drop_lines"), f"expected a regular expression, got {options['drop_lines']!r}"
    places: list[_Place] = [(("options", name), options.get(name), _css_trouble) for name in _CSS.get(str(reader), ())]
    if reader in _DATA:
        places += [(("select",), page.get("select"), _path_trouble)]
        places += [(("options", name), options.get(name), _path_trouble) for name in _PATHS]
    elif reader in _CSS:
        places += [(("select",), page.get("select"), _css_trouble)]
    if isinstance(follow, dict) and follow.get("by") in ("next_link", "cursor"):
        trouble = _css_trouble if follow["by"] == "next_link" else _path_trouble
        places += [(("follow", "select"), follow.get("select"), trouble)]
    yield from _troubles(places)


def _troubles(places: list[_Place]) -> Iterator[Fault]:
    for path, written, trouble_of in places:
        trouble = trouble_of(written) if isinstance(written, str) else ""
        if trouble:
            yield path, f"expected {trouble}, got {written!r}"


def _groups(pattern: str) -> int | None:
    """How many groups the regular expression has; None where it is none."""
    try:
        return re.compile(pattern).groups
    except re.error:
        return None


def _css_trouble(written: str) -> str:
    """ "" for a CSS selector, which may end with @ and the name of an attribute."""
    import soupsieve

    selector = re.sub(r"(^|(?<=[^\s\"'=\[]))@[\w-]+$", "", written)
    try:
        soupsieve.compile(selector or "*")
    except soupsieve.SelectorSyntaxError as problem:
        return f"a CSS selector ({str(problem).splitlines()[0]})"
    return ""


def _path_trouble(written: str) -> str:
    """ "" for a JSON path."""
    import jsonpath

    try:
        jsonpath.compile(written)
    except jsonpath.JSONPathError as problem:
        return f"a JSON path ({str(problem).splitlines()[0]})"
    return ""


def _follow(page: dict[str, Any]) -> Iterator[Fault]:
    """A list goes on only in ways in which the reader can tell its end."""
    follow, reader, options = page.get("follow"), str(page.get("reader")), page["options"]
    if not isinstance(follow, dict) or follow.get("by") not in _GOES_ON:
        return
    readers = _GOES_ON[follow["by"]]
    if reader not in readers:
        yield ("follow", "by"), f"expected with {follow['by']} a reader of {', '.join(readers)}, got {reader!r}"
    gone = follow.get("ends") == "not_found"
    if "ends" in follow and follow["by"] != "page_number":
        yield ("follow", "ends"), f"expected with ends the way page_number, got {follow['by']!r}"
    if gone and reader == "graphql":
        yield ("follow", "ends"), "expected with the reader graphql the end empty: all its questions go to one address"
    if follow["by"] == "page_number" and reader in ("list", "cards", "table") and not (gone or {"must_contain", "total"} & options.keys()):
        # Else a login page in place of page 3 would look like the end of the list.
        yield (
            ("follow", "by"),
            "expected with page_number the option must_contain or total, by which the empty last page is known, or ends: not_found",
        )


def _interface(page: dict[str, Any], permission: object) -> Iterator[Fault]:
    """An interface that nobody documented is asked with recorded permission only."""
    if page.get("reader") == "graphql" and not page.get("documented_at") and permission != "granted":
        yield ("reader",), f"expected documented_at, or rights.permission granted, for the reader graphql, got permission {permission!r}"
