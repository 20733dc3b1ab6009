"""The layout of a page as one hash: its structure without its texts, so that a change of the page is told from one of the members.

Hashed is the set of paths from the root to each element (of JSON: to each value), not the tree: one more member, a rotated
nonce or another teaser of a kind that is there already changes nothing; a renamed container or a list that became a table does.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from citynet.reading.printed import HTML_TYPES, decoded

if TYPE_CHECKING:
    from lxml.etree import _Element

NO_LAYOUT = frozenset({"script", "style", "noscript", "template", "meta", "link", "base", "title", "iframe"})
IN_TEXT = frozenset(
    (
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "mark",
        "q",
        "s",
        "small",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "wbr",
    )
)
"""Parts of a text, not of a layout, as long as they have no class: an editor sets them at will."""
CHANGES_BY_ENTRY = re.compile(r"(?:tag|category|author|term|status|type)-.*")
"""Classes that content systems give each entry (WordPress: tag-refugees): another teaser brings others."""
STATES = frozenset(
    ("active", "current", "open", "odd", "even", "first", "last", "selected", "is-active", "show", "in", "loaded", "lazyloaded", "visible")
)
GENERATED = re.compile(
    r"(?P<css>css|jss|jsx|svelte|emotion|sc|astro|ng-tns|ng-c)-[a-z]*[A-Za-z0-9]*\d*[A-Za-z0-9]*(?P<label>-[A-Za-z]\w*)?|_ng(?:content|host)-.*"
)
MODULE_HASH = re.compile(r"(_{1,2})(?=[A-Za-z0-9+-]*[0-9A-Z])[A-Za-z0-9+-]{5,}$")
"""The end of a CSS module's class ("Members_list__3xYzA"); the words of BEM ("card__title") have neither digits nor capitals."""
STYLED = re.compile(r"(?=.*[a-z])(?=.*[A-Z])[A-Za-z]{5,7}")
"""The second class of styled-components ("sc-bdVaJa hKVzxp")."""
MANY_KEYS = 8
"""An object of JSON with so many keys, all over objects, is a list by another name: {"aarhus": {…}, "graz": {…}, …}."""


def layout_sha256(body: bytes, content_type: str) -> str:
    """SHA-256 over the structure of an HTML or JSON answer; "" for any other, and for one that can't be taken apart."""
    kind = content_type.split(";")[0].strip().lower()
    if kind in HTML_TYPES:
        tree = tree_of(body, content_type)
        return "" if tree is None else _hashed(_html_paths(tree))
    if kind == "application/json" or kind.endswith("+json"):
        try:
            return _hashed(_json_paths(json.loads(decoded(body, content_type))))
        except (ValueError, RecursionError):
            return ""
    return ""


def _hashed(paths: Iterator[bytes]) -> str:
    return hashlib.sha256(b"".join(sorted(set(paths)))).hexdigest()


def _html_paths(tree: "_Element") -> Iterator[bytes]:
    """A digest for each path of tags with classes; digests, since a hostile page may nest ten thousand deep."""
    waiting: list[tuple[_Element, bytes]] = [(tree, b"")]
    while waiting:
        node, above = waiting.pop()
        if not isinstance(node.tag, str) or node.tag in NO_LAYOUT:
            continue
        classes = _classes(node.get("class") or "")
        in_text = not classes and (node.tag in IN_TEXT or (node.tag in ("a", "span", "img") and _inside_text(node)))
        path = above if in_text else _step(above, ".".join((node.tag, *classes)))
        if not in_text:
            yield path
        if node.tag != "svg":
            waiting.extend((child, path) for child in node)


def _inside_text(node: "_Element") -> bool:
    """Whether it stands in a paragraph, where a link or a picture is a matter of the text."""
    above = node.getparent()
    while above is not None and above.tag in (*IN_TEXT, "a", "span"):
        above = above.getparent()
    return above is not None and above.tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "td")


def _classes(printed: str) -> tuple[str, ...]:
    """The class names that somebody chose, sorted; numbers and generated parts as #."""
    names = printed.split()
    styled = any(name.startswith("sc-") for name in names)
    kept = set()
    for name in names:
        if CHANGES_BY_ENTRY.fullmatch(name) or name in STATES or (styled and STYLED.fullmatch(name)):
            continue
        generated = GENERATED.fullmatch(name)
        if generated and (any(c.isdigit() or c.isupper() for c in name) or generated["css"] in ("css", "jss", "jsx", "svelte")):
            name = f"{generated['css']}-#{generated['label'] or ''}"
        kept.add(re.sub(r"\d+", "#", MODULE_HASH.sub(r"\1#", re.sub(r"(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{6,}", "#", name))))
    return tuple(sorted(kept))


def _json_paths(document: object) -> Iterator[bytes]:
    """A digest for each path of keys with the type of its value; null says nothing of the type."""
    waiting: list[tuple[object, bytes]] = [(document, b"")]
    while waiting:
        value, above = waiting.pop()
        if value is None:
            continue
        path = _step(above, type(value).__name__)
        yield path
        if isinstance(value, dict):
            alike = len(value) >= MANY_KEYS and all(isinstance(part, dict) for part in value.values())
            waiting.extend((part, _step(path, "*" if alike else re.sub(r"\d+", "#", str(key)))) for key, part in value.items())
        elif isinstance(value, list):
            waiting.extend((part, path) for part in value)


def _step(above: bytes, name: str) -> bytes:
    return hashlib.blake2b(above + b"/" + name.encode("utf-8", "replace"), digest_size=16).digest()


def tree_of(body: bytes, content_type: str) -> "_Element | None":
    """The page as a tree of lxml, three times as fast as BeautifulSoup's; None for an empty answer."""
    from lxml import etree

    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", decoded(body, content_type))
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
