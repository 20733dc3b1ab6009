"""YAML read with the line of every key, so that a message about a network file can say where.

Scalars are read as YAML 1.2 does (and editors with it): only true, false, null and whole numbers are more than text.
The default of the library would turn the country code NO into False and a date into an object.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citynet.errors import ConfigError

if TYPE_CHECKING:
    from yaml.events import Event
    from yaml.nodes import Node

Path = tuple[str | int, ...]

WORDS: Mapping[str, object] = {"": None, "null": None, "~": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Marked:
    """A YAML document as plain values, and the line (from 1) of each key and item by its path."""

    value: object
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of the path, or of the nearest thing above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(text: str, name: str) -> Marked:
    """The one document in the text; `name` is the file's name for messages.

    ConfigError for anything that is not YAML, for duplicate keys, anchors and tags (a network file needs none of them).
    """
    import yaml

    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            refuse_anchors_and_tags(event, name)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        said = getattr(problem, "problem", None) or " ".join(str(problem).split())
        raise ConfigError(f"{name}:{line}: expected YAML, got: {said}") from problem
    if node is None:
        raise ConfigError(f"{name}:1: expected the fields of a network, got an empty file")
    lines: dict[Path, int] = {}
    return Marked(value=plain(node, (), lines, name), lines=lines)


def refuse_anchors_and_tags(event: "Event", name: str) -> None:
    """ConfigError where a parser event carries an anchor, an alias or a tag: what is read must be what is written."""
    for attribute in ("anchor", "tag"):
        mark = getattr(event, attribute, None)
        if mark:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise ConfigError(f"{name}:{line}: expected plain YAML, got the {attribute} {mark!r}")


def plain(node: "Node", path: Path, lines: dict[Path, int], name: str) -> object:
    """The node as dict, list, str, int, bool or None; notes the line of each key and item on the way."""
    import yaml

    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        found: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in found:
                raise ConfigError(f"{name}:{line}: expected each key once, got {key!r} again (first in line {lines[(*path, key)]})")
            lines[(*path, key)] = line
            found[key] = plain(value_node, (*path, key), lines, name)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [plain(item, (*path, number), lines, name) for number, item in enumerate(node.value)]
    unquoted = isinstance(node, yaml.ScalarNode) and not node.style
    if unquoted and node.value in WORDS:
        return WORDS[node.value]
    if unquoted and re.fullmatch(r"-?\d{1,12}", node.value):
        return int(node.value)
    return str(node.value)
