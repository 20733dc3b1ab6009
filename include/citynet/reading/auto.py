"""Reading a page that nobody configured: the members, with evidence and a confidence, or a reason why there are none to read.

The texts of the page are grouped by their place in its structure; each group is weighed by how many of its texts are names of
places or of other bodies, by what heads it and by where it stands. The heaviest group is the list, if it is heavy enough.
What was measured of it is in docs/methodology.md.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from citynet.reading.readers import Member

if TYPE_CHECKING:
    from citynet.reading.automatic.groups import Group
    from citynet.reading.automatic.leaves import Leaf


NEEDED = {2: 0.5, 1: 0.6, 0: 0.7}
"""Mean credit from which a group is a list, by what announces it: a network of associations and regions under "Members" holds half
names that no word list knows; where nothing is announced two in three must be places, which tables of other things are too."""
NEEDED_OF_DATA = 0.62
"""The same of a JSON answer that announces nothing: it has no navigation, news or offices that could be taken for the list."""
LEAST = {2: 3, 1: 4, 0: 6}
"""Names in the shortest list: three founders under a heading of members (2), four on a page that is about members (1), else six,
since offices, boards and coming events are that short."""
LEAST_UNTOLD = 12
"""The same under a heading that says nothing of members, without countries or pages of their own: tours and shops have ten stops."""
FOLDER = 0.6
"""Share of the names that must lead into one folder for it to be theirs: some members have a site elsewhere."""
PLACED = 0.4
"""Share of the names with a country from which they are entries of a register: many print it only where it is not the usual one."""


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
    """The members on an HTML or JSON page, or a refusal. propose: rules for a plain reader too; trying them out costs ten readings."""
    from citynet.reading.automatic.beside import countries_beside
    from citynet.reading.automatic.choosing import chosen, title_cue, with_countries
    from citynet.reading.automatic.groups import grouped, only_countries
    from citynet.reading.automatic.proposal import Proposal, proposed

    texts, titles = _texts(body, content_type, known)
    best = chosen(grouped(texts, known, title_cue(*[*titles, "", ""][:2])), known)
    if best is None:
        return _refusal("no group of like texts holds names of places")
    beside = countries_beside(best.names, only_countries(texts, known), known)
    best = with_countries(best, beside, known)
    confidence, why = _judged(best, titles, known, texts)
    if why:
        return _refusal(why, confidence)
    members = tuple(Member(e.said.name, e.said.country, e.said.kind, f"{e.leaf.path}: {e.leaf.text[:120]}") for e in best.names)
    rules = proposed(body, content_type, members, best.names, beside) if propose else Proposal()
    return AutoRead(members, rules.reader, rules.select, dict(rules.options), confidence, "")


def _refusal(why: str, confidence: float = 0.0) -> AutoRead:
    return AutoRead((), "", "", {}, confidence, why)


def _texts(body: bytes, content_type: str, known: Known) -> "tuple[list[Leaf], list[str]]":
    """Every text of the answer with its place, and its title and first heading."""
    from lxml import etree, html

    from citynet.reading.automatic.cues import cue
    from citynet.reading.automatic.data import about, json_leaves, script_leaves
    from citynet.reading.automatic.leaves import leaves
    from citynet.reading.automatic.segments import enumerated
    from citynet.reading.printed import decoded

    text = decoded(body, content_type)
    if text.lstrip()[:1] in ("{", "["):
        try:
            value = json.loads(text)
            return json_leaves(value, "$", 1), [about(value)] if cue(about(value)) < 0 else []
        except (ValueError, RecursionError):
            pass  # a page that begins with a bracket, or data nested deeper than any list: read as text
    if not text.strip():
        return [], []
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except etree.ParserError:
        return [], []  # nothing but closing tags or comments
    found = leaves(root)
    titles = [" ".join((root.findtext(".//title") or "").split())]
    first = root.find(".//h1")
    titles += ["" if first is None else " ".join("".join(map(str, first.itertext())).split())]
    page, *site = re.split(r"\s+[|–—·»-]\s+", titles[0])
    if titles[1] in site and any(heading.text == page for leaf in found for heading in leaf.headings):
        found = [_without_site(leaf, titles[1]) for leaf in found]
        titles[1] = ""
    found += script_leaves(root)
    return [*found, *enumerated(found, lambda name: known.is_place(name, ""), lambda name: bool(known.country_of(name)))], titles


def _without_site(leaf: "Leaf", site: str) -> "Leaf":
    """A text without the heading that is only the name of the site: it stands over every page, and announces nothing."""
    return replace(leaf, headings=tuple(h for h in leaf.headings if h.text != site)) if leaf.headings else leaf


def _columns(best: "Group", texts: "Sequence[Leaf]") -> set[str]:
    """The headers of the other columns of the table, or the other keys of the data, that the group is a column of."""
    leaf = best.names[0].leaf if best.names else None
    if leaf is None or not leaf.label:
        return set()
    if leaf.level == "data":
        row = leaf.shape[: max(leaf.shape.rfind("[]"), leaf.shape.rfind(".*")) + 2]
        return {key for text in texts if text.shape.startswith(row) for key in text.shape[len(row) :].split(".") if key}
    row = re.sub(r">?t[dh]@\d+.*$", "", leaf.shape)
    return {text.label for text in texts if text.label and text.shape.startswith(row)}


def _folder(best: "Group") -> str:
    """The folder that most names lead into ("/members/"), "" where there is none."""
    folder, times = Counter(e.leaf.link for e in best.names).most_common(1)[0]
    return folder if times >= FOLDER * len(best.names) else ""


def _described(best: "Group") -> bool:
    """Whether the names stand there as entries of a register: with their countries, or each leading to a page of its own."""
    placed = sum(bool(e.said.country) for e in best.names)
    return placed >= PLACED * len(best.names) or bool(_folder(best))


def _judged(best: "Group", titles: list[str], known: Known, texts: "Sequence[Leaf]") -> tuple[float, str]:
    """How sure it is that the group is the list of members, and why it is not taken as one, "" where it is."""
    from citynet.reading.automatic.announced import is_counted, telling
    from citynet.reading.automatic.beside import measured
    from citynet.reading.automatic.choosing import title_cue
    from citynet.reading.automatic.cues import cue, is_of_something_else

    names, share, zone = best.names, best.share, best.names[0].leaf.zone if best.names else ""
    if len(names) < 3:
        return 0.1, f"only {len(names)} like texts"
    near = max(cell.cue for cell in best.cells)
    if zone in ("nav", "footer", "dialog") or (zone == "aside" and (near < 2 or len(names) < 10)):
        return 0.1, f"the likeliest {len(names)} texts stand in the {zone} of the page"
    told = next((label for label in sorted(_columns(best, texts)) if is_of_something_else(label)), "")
    if told and near < 2:
        return 0.2, f"beside the names stands {told!r}: they are no list of members"
    if near < 2 and measured(best, texts):
        return 0.2, "beside the names stand measurements, prices or times: they are no list of members"
    page = title_cue(*[*titles, "", ""][:2])
    announced = near or page or cue(_folder(best).replace("/", " "))
    if announced >= 0 and is_counted(len(names), texts):
        announced = 2
    if announced < 0:
        return 0.3, "the page is about something else"
    needed = NEEDED[announced] if titles or announced else NEEDED_OF_DATA
    if share < needed:
        return share / 2, f"the likeliest {len(names)} texts are too seldom names (share {share:.2f}, needed {needed:.2f})"
    untold = announced == 0 and any(h.level < 7 for cell in best.cells for h in telling(cell.headings, known)[:1])
    least = LEAST[near if near == 2 else 1 if announced == 2 else 0] if not untold or _described(best) else LEAST_UNTOLD
    if len(names) < least:
        return 0.3, f"{len(names)} names, and nothing says that they are members"
    confidence = min(0.99, share * (0.7 + 0.1 * announced) * min(1.0, 0.7 + len(names) / 40))
    return round(confidence, 3), ""
