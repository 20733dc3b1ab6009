"""json, geojson and graphql: members in data, found by JSON paths (RFC 9535)."""

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from citynet.errors import ConfigError, SourceChanged
from citynet.model import Page
from citynet.reading.markup import must_contain
from citynet.reading.printed import text_of_fragment
from citynet.reading.readers import MAX_ROWS, Member, Printed, is_member, iso_date, member_of_text

if TYPE_CHECKING:
    from jsonpath import CompoundJSONPath, JSONPath

PARTS = ("name", "country", "kind", "joined_on", "where_column", "on_hold", "former")
"""Options that are paths within an item."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A value that a path found, and its own path."""

    value: Any
    path: str


def read_json(body: bytes, content_type: str, spec: Page, where: str) -> Printed:
    """json: one member an item that the path `select` finds; its parts by paths within the item."""
    return _printed(data_of(body, content_type, where), spec, where)


def read_graphql(body: bytes, content_type: str, spec: Page, where: str) -> Printed:
    """graphql: as json; an answer that tells of errors is a changed source, though it may hold data."""
    data = data_of(body, content_type, where)
    if not isinstance(data, dict) or data.get("errors") or not data.get("data"):
        seen = data.get("errors") or data if isinstance(data, dict) else data
        raise SourceChanged(f"{where}: expected a GraphQL answer with data and no errors, got {shown_of(seen)[:200]!r}")
    return _printed(data, spec, where)


def read_geojson(body: bytes, content_type: str, spec: Page, where: str) -> Printed:
    """geojson: one member a feature, its parts by paths within the feature's properties."""
    data = data_of(body, content_type, where)
    kind = data.get("type") if isinstance(data, dict) else type(data).__name__
    if kind != "FeatureCollection":
        raise SourceChanged(f"{where}: expected a GeoJSON FeatureCollection, got {str(kind)[:80]!r}")
    shown = shown_of(data)
    must_contain(shown, spec, where)
    features = found_in(data, spec.select or "$.features[*]", where)
    for feature in features:
        if not isinstance(feature.value, dict) or not isinstance(feature.value.get("properties"), dict):
            raise SourceChanged(f"{where}: {feature.path}: expected a feature with properties, got {shown_of(feature.value)[:80]!r}")
    return Printed(shown, _members([_Found(feature.value["properties"], feature.path) for feature in features], spec, where))


def _printed(data: Any, spec: Page, where: str) -> Printed:
    shown = shown_of(data)
    must_contain(shown, spec, where)
    return Printed(shown, members_in_data(data, spec, where))


def data_of(body: bytes, content_type: str, where: str) -> Any:
    """The data of a JSON answer; SourceChanged for anything else (a page of HTML where the interface was)."""
    try:
        return json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as problem:  # a number of 5,000 digits is a ValueError, 100,000 brackets are too deep
        seen = body[:80].decode("utf-8", errors="replace")
        raise SourceChanged(f"{where}: expected JSON, got {content_type or 'no content type'}: {seen!r}") from problem


def shown_of(data: Any) -> str:
    """The data as text, in which words and totals are looked for; letters as they are, not as escapes."""
    return json.dumps(data, ensure_ascii=False)


def members_in_data(data: Any, spec: Page, where: str, at: str = "") -> list[Member]:
    """One member an item that the path `select` finds. `at` opens the evidence ("script 2 ")."""
    return _members([_Found(item.value, at + item.path) for item in found_in(data, spec.select, where)], spec, where)


def _members(items: list[_Found], spec: Page, where: str) -> list[Member]:
    """The members among the items; SourceChanged where none has where_equals."""
    found = [member for item in items if (member := _member(item, spec, where))]
    if not found:
        asked = f"{spec.options['where_column']} = {spec.options['where_equals']}"
        raise SourceChanged(f"{where}: {len(items)} items, 0 of them with {asked}, expected at least 1")
    return found


def found_in(data: Any, path: str, where: str) -> list[_Found]:
    """What the path finds; SourceChanged for nothing, for too much, and for a list in place of its items."""
    found = matches(data, path, where)
    if not found:
        raise SourceChanged(f"{where}: {path!r} matched 0, expected at least 1")
    if len(found) > MAX_ROWS:
        raise SourceChanged(f"{where}: {path!r} matched more than {MAX_ROWS}, expected a membership list")
    for item in found:
        if isinstance(item.value, list):
            raise SourceChanged(f"{where}: {path!r}: expected members, got a list of {len(item.value)} ({path}[*] finds its items)")
    return found


def matches(data: Any, path: str, where: str) -> list[_Found]:
    """All that the path finds, maybe nothing."""
    from jsonpath.exceptions import JSONPathError

    try:
        return [_Found(match.value, match.path) for match in _path(path, where).finditer(data)]
    except JSONPathError as problem:
        raise SourceChanged(f"{where}: {path!r}: expected data that the path can be followed in, got: {str(problem)[:200]}") from problem


def _path(path: str, where: str) -> "JSONPath | CompoundJSONPath":
    import jsonpath

    try:
        return _compiled(path)
    except jsonpath.JSONPathError as problem:
        raise ConfigError(f"{where}: expected a JSON path in the network file, got {path!r}: {str(problem).splitlines()[0]}") from problem


@lru_cache(maxsize=256)
def _compiled(path: str) -> "JSONPath | CompoundJSONPath":
    import jsonpath

    return jsonpath.compile(path)


def _member(item: _Found, spec: Page, where: str) -> Member | None:
    """The member of one item, None where its where_column says that it is none; without the option `name` it is the name itself."""
    options = spec.options
    at = f"{where}: {item.path}"
    said = {part: _part(item, options[part], part, at) for part in PARTS if part in options}
    if "where_column" in said and not is_member(said["where_column"], spec, f"{at}: {options['where_column']!r}"):
        return None
    member = member_of_text(said["name"] if "name" in said else _name(item.value, at), spec, item.path, where)
    return replace(
        member,
        country=said.get("country", member.country),
        kind=said.get("kind", member.kind),
        joined_on=iso_date(said["joined_on"], spec, at) if "joined_on" in said else member.joined_on,
        on_hold=member.on_hold or ("on_hold" in said and said["on_hold"] == options.get("on_hold_equals", "true")),
        former=member.former or ("former" in said and said["former"] == options.get("former_equals", "true")),
    )


def _part(item: _Found, path: str, part: str, where: str) -> str:
    """The text that the path finds in the item; a date or a mark may be absent, any other part may not."""
    found = [match.value for match in _path(path, where).finditer(item.value)] if isinstance(item.value, dict | list) else []
    if not found and part in ("joined_on", "on_hold", "former"):
        return ""
    if len(found) != 1:
        raise SourceChanged(f"{where}: {path!r} matched {len(found)}, expected 1")
    return (_name if part == "name" else _text)(found[0], f"{where}: {path!r}")


def _name(value: Any, where: str) -> str:
    """A text that may be a name: a number in its place is an id or a count."""
    if isinstance(value, int | float):
        raise SourceChanged(f"{where}: expected a name, got {shown_of(value)[:80]}")
    return _text(value, where)


def _text(value: Any, where: str) -> str:
    """A value as text: entities and tags undone, null as nothing, a list of one as that one."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int) or value is None:
        return "" if value is None else text_of_fragment(str(value))
    raise SourceChanged(f"{where}: expected a text, got {shown_of(value)[:80]!r}")
