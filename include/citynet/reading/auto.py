"""Reading a page that nobody configured: the members, with evidence and a confidence, or a reason why there are none to read.

The texts of the page are grouped by their place in its structure; each group is weighed by how many of its texts are names of
places or of other bodies, by what heads it and by where it stands. The heaviest group is the list, if it is heavy enough.
What was measured of it is in docs/methodology.md.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from citynet.reading.readers import Member

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from citynet.reading.automatic.judging import Page
    from citynet.reading.automatic.leaves import Leaf


_MARKUP = re.compile(r"\s*<(?:!doctype|!--|html|head|body)", re.IGNORECASE)
"""How a page begins that is sent as plain text by mistake."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the reader is told of the world. is_place: (text, ISO country or "") -> whether a place bears this name;
    country_of: a country's name or code in any language -> its ISO code, "" for anything else."""

    is_place: Callable[[str, str], bool]
    country_of: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class AutoRead:
    """What was found. members: in the page's order, each with a CSS path (or JSON path) as evidence; () where refused.

    reader, select, options: fields of a network file with which the configured reader reads the same members, "" and {}
    where none of them can. confidence: 0 to 1. refused: why nothing was read, "" where members are given.
    """

    members: tuple[Member, ...]
    reader: str
    select: str
    options: Mapping[str, str]
    confidence: float
    refused: str


def read_auto(body: bytes, content_type: str, known: Known, *, propose: bool = True) -> AutoRead:
    """The members on an HTML page, in JSON or in a plain text, or a refusal.

    propose: rules for a plain reader too; trying them out costs ten readings.
    """
    from citynet.reading.automatic.beside import countries_beside
    from citynet.reading.automatic.choosing import chosen, with_countries
    from citynet.reading.automatic.groups import grouped, only_countries
    from citynet.reading.automatic.judging import judged
    from citynet.reading.automatic.proposal import Proposal, proposed

    page = _page(body, content_type, known)
    best = chosen(grouped(page.texts, known, page.cue), known)
    if best is None:
        return _refusal("no group of like texts holds names of places")
    beside = countries_beside(best.names, only_countries(page.texts, known), known)
    best = with_countries(best, beside, known)
    confidence, why = judged(best, page, known)
    if why:
        return _refusal(why, confidence)
    members = tuple(Member(e.said.name, e.said.country, e.said.kind, f"{e.leaf.path}: {e.leaf.text[:120]}") for e in best.names)
    rules = proposed(body, content_type, members, best.names, beside) if propose else Proposal()
    return AutoRead(members, rules.reader, rules.select, dict(rules.options), confidence, "")


def _refusal(why: str, confidence: float = 0.0) -> AutoRead:
    return AutoRead((), "", "", {}, confidence, why)


def _page(body: bytes, content_type: str, known: Known) -> "Page":
    """The answer as texts, each with its place, and what it says of itself."""
    from citynet.reading.automatic.cues import cue
    from citynet.reading.automatic.data import about, json_leaves, script_leaves
    from citynet.reading.automatic.elsewhere import places
    from citynet.reading.automatic.judging import Page
    from citynet.reading.automatic.leaves import leaves
    from citynet.reading.automatic.lines import unnest
    from citynet.reading.automatic.segments import enumerated
    from citynet.reading.printed import decoded

    text = decoded(body, content_type)
    if text.lstrip()[:1] in ("{", "["):
        try:
            value = json.loads(text)
            return Page(json_leaves(value, "$", 1), (about(value),) if cue(about(value)) < 0 else ())
        except (ValueError, RecursionError):
            pass  # a page that begins with a bracket, or data nested deeper than any list: read as text
    root = _tree(_as_html(text, content_type))
    if root is None:
        return Page(())
    unnest(root)
    found, titles = _without_site(leaves(root), _titles(root))
    found += script_leaves(root)
    found += enumerated(found, lambda name: known.is_place(name, ""), lambda name: bool(known.country_of(name)))
    return Page(found, titles, places(root))


def _as_html(text: str, content_type: str) -> str:
    """A plain text as the page that a browser shows of it, its first line as title; any other text as it is."""
    if content_type.split(";")[0].strip().lower() != "text/plain" or not text.strip() or _MARKUP.match(text):
        return text
    return f"<title>{escape(text.strip().splitlines()[0])}</title><pre>{escape(text)}</pre>"


def _tree(text: str) -> "HtmlElement | None":
    """The page's tree, None where it holds nothing but blanks, closing tags or comments."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser) if text.strip() else None
    except etree.ParserError:
        return None


def _titles(root: "HtmlElement") -> tuple[str, str]:
    """The title and the first heading of a page, "" for one that it lacks."""
    first = root.find(".//h1")
    heading = "" if first is None else " ".join("".join(map(str, first.itertext())).split())
    return " ".join((root.findtext(".//title") or "").split()), heading


def _without_site(texts: "list[Leaf]", titles: tuple[str, str]) -> "tuple[list[Leaf], tuple[str, str]]":
    """Texts and titles without a first heading that is only the name of the site: it stands over every page, and announces nothing."""
    title, name = titles
    page, *site = re.split(r"\s+[|–—·»-]\s+", title)
    if name not in site or not any(heading.text == page for leaf in texts for heading in leaf.headings):
        return texts, titles
    return [replace(leaf, headings=tuple(h for h in leaf.headings if h.text != name)) if leaf.headings else leaf for leaf in texts], (
        title,
        "",
    )
