"""script: members in data that the page carries for its own scripts: JSON elements, JavaScript literals, data attributes, flight rows."""

import json
import re
from typing import TYPE_CHECKING, Any

from citynet.errors import SourceChanged
from citynet.model import Page
from citynet.reading.markup import matched, must_contain, without_dropped
from citynet.reading.printed import parsed, text_of
from citynet.reading.readers import Printed
from citynet.reading.structured import matches, members_in_data, shown_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

FLIGHT = "self.__next_f.push"
"""The call by which pages of Next.js (app router) carry their data, in pieces of one text."""


def read_script(body: bytes, content_type: str, spec: Page, where: str) -> Printed:
    """One member an item that the path `select` finds in the page's data; its parts by paths, as in json.

    The data stand in the elements that `script` matches (default script): as their whole content, in their `attribute`, or
    after the words `marker` in one of them ("var members =").
    """
    tree = without_dropped(parsed(body, content_type, where), spec, where)
    data = _data(tree, spec, where)
    shown = " ".join([text_of(tree), *(shown_of(value) for _, value in data)])
    must_contain(shown, spec, where)
    # Of several blocks (linked data of breadcrumbs, of the page, of the list) only some hold members.
    holding = [(at, value) for at, value in data if matches(value, spec.select, where)] or data[:1]
    members = [member for at, value in holding for member in members_in_data(value, spec, where, f"{at} ")]
    return Printed(shown, members)


def _data(tree: "BeautifulSoup", spec: Page, where: str) -> list[tuple[str, Any]]:
    """(where it stands, the data) of each element that holds some."""
    options = spec.options
    nodes = matched(tree, options.get("script", "script"), where)
    if options.get("marker") == FLIGHT:
        return [("flight", _flight("".join(map(_content, nodes)), where))]
    if "marker" in options:
        return [_after_marker(nodes, options["marker"], where)]
    found = []
    for number, node in enumerate(nodes, start=1):
        at = f"{node.name} {number}"
        text = _content(node)
        if "attribute" in options:
            if not node.has_attr(options["attribute"]):
                raise SourceChanged(f"{where}: {at}: expected the attribute {options['attribute']!r}, got none")
            text = str(node[options["attribute"]])
        found.append((at, literal(text, f"{where}: {at}")))
    return found


def _content(node: "Tag") -> str:
    """The content of a script element, without the comment marks of old pages."""
    text = "".join(str(piece) for piece in node.contents).strip()
    return text.removeprefix("<!--").removesuffix("-->").strip()


def _after_marker(nodes: "list[Tag]", marker: str, where: str) -> tuple[str, Any]:
    """The literal that follows the marker, white space in it aside; it must stand in the page once."""
    words = re.compile(r"\s*".join(map(re.escape, re.findall(r"\w+|[^\w\s]", marker))))
    found = [
        (f"{node.name} {number}", text[hit.end() :])
        for number, node in enumerate(nodes, start=1)
        for text in [_content(node)]
        for hit in words.finditer(text)
        if not _in_comment(text, hit.start())
    ]
    if len(found) != 1:
        raise SourceChanged(f"{where}: the marker {marker!r} found {len(found)} times, expected 1")
    at, text = found[0]
    return at, literal(text, f"{where}: {at}", more_follows=True)


def _in_comment(text: str, at: int) -> bool:
    """Whether a comment of JavaScript is open there; slashes within an address or an expression open none."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    opened = [hit.end() for hit in re.finditer(r"(?:^|[\s;{},(])/\*", text[:at])]
    return re.search(r"(?:^|[\s;{},])//", line) is not None or (bool(opened) and "*/" not in text[opened[-1] : at])


def literal(text: str, where: str, more_follows: bool = False) -> Any:
    """The value of a JSON text or a JavaScript literal, or of the text that JSON.parse is given."""
    text = text.lstrip()
    called = re.match(r"JSON\.parse\(\s*(?=[\"'`])", text)
    if called:
        return literal(_string(text[called.end() :], where), where)
    if text[:1] not in ("[", "{"):
        raise SourceChanged(f"{where}: expected data in [ ] or {{ }}, got {text[:80]!r}")
    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        end = _end_of_javascript(text, where)
        value = _javascript(text[:end], where)
    if more_follows:
        if not _AFTER_DATA.match(text, end):
            raise SourceChanged(f"{where}: expected ; , ) or the end after the data, got {text[end:].strip()[:80]!r}")
    elif text[end:].strip(" \n\r\t;"):
        raise SourceChanged(f"{where}: expected nothing after the data, got {text[end:].strip()[:80]!r}")
    return value


_AFTER_DATA = re.compile(r"\s*(?:$|[;,)}\]]|//|/\*)|[ \t\r]*\n\s*[A-Za-z_$]")
"""What may follow data: the end of the statement or of what holds it, or a next line that begins a statement."""
_PIECE = re.compile(r"""(?P<text>"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|`(?:[^`\\]|\\.)*+`)|//[^\n]*|/\*.*?\*/|[\[{]|[\]}]""", re.DOTALL)


def _end_of_javascript(text: str, where: str) -> int:
    """Where the literal at the beginning ends; SourceChanged where it never does, or computes a value instead of holding it."""
    depth, at, outside = 0, 0, ""
    for piece in _PIECE.finditer(text):
        outside += text[at : piece.start()]
        at = piece.end()
        if piece["text"]:
            outside += '"${"' if piece[0].startswith("`") and "${" in piece[0] else '""'
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(piece[0], 0)
        if depth == 0 and piece[0] in ("]", "}"):
            break
    else:
        raise SourceChanged(f"{where}: expected data in JSON or JavaScript, got {text[:80]!r}")
    computed = re.search(r"""[^\s,:]*\s*\(|"\s*\+|\+\s*"|\$\{|=>""", outside)
    if computed:
        raise SourceChanged(f"{where}: expected data that are written out, got a value that is computed: {computed[0][:40]!r}")
    return at


def _javascript(text: str, where: str) -> Any:
    """The first object or array of a text in JavaScript's looser writing: names without quotes, single quotes, trailing commas."""
    import chompjs

    try:
        return chompjs.parse_js_object(text)
    except (ValueError, RecursionError) as problem:
        raise SourceChanged(f"{where}: expected data in JSON or JavaScript, got {text[:80]!r}") from problem


def _string(text: str, where: str) -> str:
    """The text literal with which a JavaScript text begins, its escapes undone."""
    found = re.match(rf"{text[0]}((?:[^{text[0]}\\]|\\.)*+){text[0]}", text, re.DOTALL)
    if not found:
        raise SourceChanged(f"{where}: expected a closed text after JSON.parse, got {text[:80]!r}")
    value: str = _javascript(f"[{found[0]}]", where)[0]
    return value


def _flight(text: str, where: str) -> list[Any]:
    """The rows of a flight: the pieces put together, each row an id, a colon and a JSON value; rows of other kinds are passed over."""
    pieces = re.findall(re.escape(FLIGHT) + r'\(\[\s*1\s*,\s*("(?:[^"\\]|\\.)*+")\s*\]\)', text, re.DOTALL)
    if not pieces:
        raise SourceChanged(f"{where}: expected {FLIGHT}([1, ...]) in the page, got none")
    try:
        stream = "".join(json.loads(piece) for piece in pieces).encode("utf-8", errors="surrogatepass")
    except ValueError as problem:
        raise SourceChanged(f"{where}: expected texts in {FLIGHT}, got {str(problem)[:80]}") from problem
    rows = []
    for value in _flight_rows(stream):
        try:
            rows.append(json.loads(value))
        except (ValueError, RecursionError):  # a reference to a module ("I[...]") or a hint to load something: no data
            continue
    if not rows:
        raise SourceChanged(f"{where}: expected JSON in the rows of {FLIGHT}, got none")
    return rows


def _flight_rows(stream: bytes) -> list[bytes]:
    """The values of the rows; a text row ("T" and its length in bytes) has no line break at its end and may hold some."""
    rows, at = [], 0
    head = re.compile(rb"\s*[0-9a-f]*:(?:T([0-9a-f]+),)?")
    while found := head.match(stream, at):
        if found[1]:
            at = found.end() + int(found[1], 16)
            continue
        end = stream.find(b"\n", found.end())
        end = len(stream) if end < 0 else end
        rows.append(stream[found.end() : end])
        at = end + 1
    return rows
