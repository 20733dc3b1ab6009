"""What a page says of a list outside of headings: its address, the place in the menu, the sentence before the list, columns, classes."""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from citynet.reading.automatic.cues import bare, cue, is_over

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from citynet.reading.automatic.groups import Group
    from citynet.reading.automatic.leaves import Leaf

LEADING = 6
"""Texts before the first name of which one may say what follows: the sentence, a filter, a letter, the header of a table."""
SENTENCE, LONGEST = 20, 300
"""Characters of a sentence that leads up to a list."""


def places(root: "HtmlElement") -> tuple[str, ...]:
    """Where the page says that it stands: the last part of its own address, and the current item of its menu."""
    addresses = [link.get("href") or "" for link in root.iterfind(".//link[@rel='canonical']")]
    addresses += [meta.get("content") or "" for meta in root.iterfind(".//meta[@property='og:url']")]
    current = [item for item in root.iterfind(".//*[@aria-current]") if item.get("aria-current") == "page"]
    current += [
        item for item in root.iter("li", "a") if {"active", "current", "current-menu-item"} & set((item.get("class") or "").split())
    ]
    return tuple(filter(None, (*map(_last_part, addresses), *(" ".join("".join(map(str, item.itertext())).split()) for item in current))))


def _last_part(address: str) -> str:
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    return path.rstrip("/").rpartition("/")[2].rpartition(".")[0] or path.rstrip("/").rpartition("/")[2]


def before(best: "Group", texts: "Iterable[Leaf]") -> Iterator[str]:
    """The sentences that lead up to the first name."""
    first = best.names[0].leaf
    near = (t for t in texts if t.steps < first.steps and t.zone == first.zone and t.level in ("block", "own"))
    yield from (t.text for t in nlargest(LEADING, near, key=lambda t: t.steps) if SENTENCE <= len(t.text) <= LONGEST)


def is_told(best: "Group", texts: "Sequence[Leaf]", where: Iterable[str], columns: Iterable[str]) -> bool:
    """Whether members are announced elsewhere than in headings and title."""
    classes = bare(best.names[0].leaf.signature.replace(".", " ").replace(">", " "))
    return any(cue(text) == 2 for text in (*where, *columns, classes, *before(best, texts)))


def is_told_over(best: "Group", texts: "Iterable[Leaf]") -> bool:
    """Whether the sentence before the names says that they are members no more."""
    return any(is_over(text) for text in before(best, texts))
