"""Data as texts with their place in it: a JSON answer, and the data that scripts and attributes of a page carry (maps, Next.js)."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING

from citynet.reading.automatic.cues import cue
from citynet.reading.automatic.headings import LOOKS, Heading
from citynet.reading.automatic.leaves import Leaf, leaves

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_STRINGS = 200_000
"""Strings read of one value: sixteen for each of the 12,000 signatories of the longest list known."""
MAX_SCRIPT = 20_000_000
"""Characters of the longest script that is read; the data of a page with 12,000 members have some five million."""
AFTER_THE_PAGE = 10**6
"""First step of texts in data: they stand after those of the page, which has fewer elements below any one."""
LEAST_NESTED, LEAST_ATTRIBUTE, LEAST_LITERAL = 60, 40, 30
"""Characters below which a string or an attribute holds no list of three names, and a literal of a script no marker with its place."""
MOST_AGAIN = 10
"""Times that a script is looked through for data in it: inline programs need two or three, hostile ones as many as there are brackets."""
MOST_COLUMNS = 40
"""Values of the longest list that is read as a row; a longer one is a list of names."""
LEAST_LISTED = 8
"""Texts in one value of a script from which the list stands in it; with fewer it may stand in calls, one a member."""
LEAST_CALLS = 3
"""Calls of one function from which their arguments are read: with fewer there is no list."""
_NOT_NAMES = re.compile(
    r"(?:^|_)(?:slug|url|href|link|path|id|uuid|guid|hash|image|img|icon|logo|flag|src|type|color|colour|class|lang|locale|email)$",
    re.IGNORECASE,
)
"""Keys whose values repeat a name in another form or are no text to read."""
_TAG = re.compile(r"<\s*/?\s*[a-zA-Z][^<>]*>")
_LITERAL = re.compile(r"(?:(?P<name>[\w$]+)[\"']?\]?\s*[=:]|[=:(,]|return)\s*(?=\[\s*[\[{\"']|\{\s*[\"']?[\w$-]+[\"']?\s*:)")
"""Before what may be an array or object written out: a function's body does not begin so."""
_PARSED = re.compile(r"JSON\.parse\(\s*([\"'])((?:[^\"'\\]|\\.|(?!\1)[\"'])*)\1", re.DOTALL)
_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|[\[\]{}]", re.DOTALL)
_PUSH = re.compile(r"self\.__next_f\.push\(\s*(?=\[)")
_CALL = re.compile(r"([\w$.]{2,60})\(((?:[^()'\";]|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|\([^()]*\)){1,2000})\)")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": " ", "v": " ", "\n": ""}
_STRING = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


@dataclass(frozen=True, slots=True)
class _Value:
    """A value inside a JSON value. shape, path: with and without its numbers; label: the key it stands under."""

    value: object
    shape: str
    path: str
    steps: tuple[int, ...]
    keys: tuple[Heading, ...]
    label: str


def json_leaves(value: object, root: str, number: int) -> list[Leaf]:
    """Every string of a JSON value. root: its name in paths; number: its position on the page, so that data stay in order.

    Objects under many keys ({"12": {...}, "13": {...}}) are items as those of a list are, and their keys may be their names. The
    values of short lists of values ([["Aarhus", "Denmark"], ...]) are columns. Keys that announce something head what they hold.
    A stack, since data nest deeper than Python recurses.
    """
    found: list[Leaf] = []
    waiting = [_Value(value, root, root, (AFTER_THE_PAGE + number,), (), "")]
    while waiting and len(found) < MAX_STRINGS:
        here = waiting.pop()
        item = here.value
        if isinstance(item, dict):
            inside, names = _of_object(item, here)
            found.extend(names)
            waiting.extend(reversed(inside))
        elif isinstance(item, list):
            waiting.extend(reversed(_of_list(item, here)))
        elif isinstance(item, str) and item.strip() and not _NOT_NAMES.search(here.label):
            nested = _json(item) if item.lstrip()[:1] in ("{", "[") and len(item) > LEAST_NESTED else None
            if nested is None:
                found.extend(_of_string(item, here))
            else:
                waiting.append(replace(here, value=nested, shape=f"{here.shape}^", path=f"{here.path}^"))
        elif isinstance(item, int | float) and not isinstance(item, bool):
            found.extend(_of_string(str(item), here))
    return found


def about(value: object) -> str:
    """What a JSON answer says it is about: the texts beside its lists ("feed": "Weather in European cities")."""
    said = value.items() if isinstance(value, dict) else ()
    return " | ".join(text for key, text in said if isinstance(text, str) and not _NOT_NAMES.search(str(key)))


def _of_object(item: Mapping[str, object], here: _Value) -> tuple[list[_Value], list[Leaf]]:
    """The values of an object; and its keys as texts, where it holds like objects under names."""
    alike = len(item) >= 4 and _alike(list(item.values()))
    stems = Counter(map(_stem, item)) if not alike else Counter[str]()
    inside: list[_Value] = []
    names: list[Leaf] = []
    for n, (key, inner) in enumerate(item.items()):
        path, steps = f"{here.path}.{key}", (*here.steps, n)
        if alike:
            inside.append(_Value(inner, f"{here.shape}.*", path, steps, here.keys, here.label))
            if not key.isdigit():
                names.extend(_of_string(key, _Value(None, f"{here.shape}.*~", f"{path}~", steps, here.keys, here.label)))
            continue
        if stems[_stem(key)] >= LEAST_CALLS and isinstance(inner, dict):
            inside.append(_Value(inner, f"{here.shape}.{_stem(key)}", path, steps, here.keys, here.label))
            continue
        heads = (*here.keys, Heading(key, LOOKS)) if isinstance(inner, dict | list) and cue(key) else here.keys
        inside.append(_Value(inner, f"{here.shape}.{key}", path, steps, heads, key))
    return inside, names


def _stem(key: str) -> str:
    """A key without what numbers it: the objects of one kind in a store of many ("City:12", "member_3")."""
    return re.sub(r":.*$|\d+", "#", key)


def _of_list(item: Sequence[object], here: _Value) -> list[_Value]:
    """The values of a list: as columns where it is a short list of plain values within another list."""
    row = "[]" in here.shape and 2 <= len(item) <= MOST_COLUMNS and not any(isinstance(inner, dict | list) for inner in item)
    label = "" if row else here.label
    return [
        _Value(inner, f"{here.shape}[{n if row else ''}]", f"{here.path}[{n}]", (*here.steps, n), here.keys, label)
        for n, inner in enumerate(item)
    ]


def _alike(values: list[object]) -> bool:
    """Whether these are objects with the same keys for the most part, as the rows of a table are."""
    if not all(isinstance(value, dict) and value for value in values):
        return False
    keys = Counter(key for value in values if isinstance(value, dict) for key in value)
    return sum(times for times in keys.values() if times > 0.6 * len(values)) > 0.6 * keys.total()


def _json(text: str) -> object | None:
    """The value that a text writes; None where it is no JSON, or nests deeper than Python recurses."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def _of_string(text: str, here: _Value) -> Iterator[Leaf]:
    """The leaf of a string; of a string that is markup the leaves of that."""
    if not _TAG.search(text):
        if plain := " ".join(unescape(text).split()):
            yield Leaf(plain, here.shape, here.shape, here.steps, "data", here.keys, "", here.label, here.path)
        return
    from lxml import etree, html

    try:
        fragment = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return
    for inner in leaves(fragment):
        yield replace(
            inner,
            signature=f"{here.shape}>{inner.signature}",
            shape=f"{here.shape}>{inner.shape}",
            steps=(*here.steps, *inner.steps),
            headings=(*here.keys, *inner.headings),
            zone="",
            label=here.label,
            path=here.path,
            link="",
        )


def script_leaves(root: "HtmlElement") -> list[Leaf]:
    """The strings in the scripts and data attributes of a page."""
    found: list[Leaf] = []
    number = 0
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        text = (element.text or "") if element.tag == "script" else ""
        if len(text) > MAX_SCRIPT:
            continue
        name = f"script#{element.get('id')}" if element.get("id") else "script"
        values = _of_script(element, text) if text else _of_attributes(element)
        longest = 0
        for where, value in values:
            number += 1
            told = json_leaves(value, where or name, number)
            longest = max(longest, len(told))
            found.extend(told)
        if text and longest < LEAST_LISTED:
            found.extend(_calls(text, number))
    return found


def _of_script(element: "HtmlElement", text: str) -> list[tuple[str, object]]:
    kind = (element.get("type") or "").lower()
    return [("", value) for value in (_json_script(text) if "json" in kind else _in_javascript(text))]


def _of_attributes(element: "HtmlElement") -> list[tuple[str, object]]:
    """(element and attribute, value) of each attribute that holds JSON."""
    written = [(f"{element.tag}@{name}", text) for name, text in element.attrib.items() if len(text) > LEAST_ATTRIBUTE]
    return [(where, value) for where, text in written if text.lstrip()[:1] in ("[", "{") for value in _json_script(text)]


def _json_script(text: str) -> Iterator[object]:
    value = _json(text)
    if value is not None:
        yield value


def _in_javascript(text: str) -> Iterator[object]:
    """The objects and arrays that a script writes out; a Next.js stream of fragments is put together first."""
    if "__next_f" in text:
        yield from _flight(text)
        return
    if "{" not in text and "[" not in text:
        return
    import chompjs

    for start, value in _values(text, _LITERAL, chompjs.parse_js_object):
        yield {start["name"]: value} if start["name"] else value
    for called in _PARSED.finditer(text):
        value = _json(_unescaped(called[2]))
        if value is not None:
            yield value


def _values(text: str, opening: re.Pattern[str], parse: Callable[[str], object]) -> Iterator[tuple[re.Match[str], object]]:
    """(what stands before it, value) of each array or object that opens after the pattern, without those inside another.

    What never closes or cannot be read is looked through again from each bracket in it, so that is given up after `MOST_AGAIN`
    times the length of the script.
    """
    end, spent = 0, 0
    for start in opening.finditer(text):
        if start.end() < end or spent > MOST_AGAIN * (len(text) + LEAST_LITERAL):
            continue
        stop = _closed(text, start.end())
        if 0 < stop - start.end() < LEAST_LITERAL:
            continue
        try:
            value = parse(text[start.end() : stop])
        except (ValueError, RecursionError):
            spent += (stop if stop > start.end() else len(text)) - start.end()
            continue
        end = stop
        yield start, value


def _closed(text: str, at: int) -> int:
    """Where the bracket that opens at `at` closes; `at` where it does not."""
    depth = 0
    for token in _TOKEN.finditer(text, at):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
            if depth == 0:
                return token.end()
    return at


def _flight(text: str) -> Iterator[object]:
    """The values of a React Server Components stream: strings pushed one by one, each line "<id>:<JSON>"."""
    pieces = [
        value[1]
        for _, value in _values(text, _PUSH, json.loads)
        if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str)
    ]
    for line in "".join(pieces).split("\n"):
        _, mark, written = line.partition(":")
        if mark:
            yield from _json_script(written)


def _unescaped(written: str) -> str:
    """What stands between the quotes of a string in JavaScript, as the program reads it ("<b>Graz<\\/b>")."""
    if "\\" not in written:
        return written
    said = _ESCAPE.sub(
        lambda found: chr(int(found[1] or found[2], 16)) if found[1] or found[2] else _CONTROL.get(found[3], found[3]), written
    )
    return said.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")


def _calls(text: str, number: int) -> Iterator[Leaf]:
    """The string arguments of calls such as addMarker(56.1, 10.2, "Aarhus"), where a script has three or more of one function."""
    calls = [(found[1], [a or b for a, b in _STRING.findall(found[2])], found.start()) for found in _CALL.finditer(text)]
    times = Counter(name for name, _, _ in calls)
    for name, arguments, at in calls:
        if times[name] >= LEAST_CALLS:
            for position, argument in enumerate(arguments):
                steps = (AFTER_THE_PAGE + number, at, position)
                yield from _of_string(_unescaped(argument), _Value(None, f"{name}()#{position}", f"{name}() at {at}", steps, (), ""))
