"""A text that enumerates names ("Athens, Berlin and Ghent"; "Germany: Berlin; Bremen") as the names it enumerates."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from citynet.reading.automatic.cues import cue
from citynet.reading.automatic.headings import Heading
from citynet.reading.automatic.leaves import Leaf

_MARKS = (";", "•", "·", "|", " / ", ",")
_LABEL = re.compile(r"\s*\(?\d+\)?\s*:?\s*$|^\W+")
"""What stands around the country that heads names: a count, a flag."""
_LAST = re.compile(r"\s+(?:and|und|sowie|et|y|e|i|oraz|en|och|og|ja|a|és|și|si|ir|un|ve|και|и|та|as well as|ainsi que)\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-zà-ÿ\]\)»”\"]{2})[.!?]\s+(?=[A-ZÀ-Þ„“«\"])")
_OPENERS = re.compile(
    r"^.*?\b(?:are|is|include|includes|including|namely|sind|gehören|zählen|umfasst|sont|comprend|compte|comprennent|notamment|son|incluye|incluyen"
    r"|sono|include|comprende|comprendono|są|należą|zijn|är|são|incluem)\s+(?=[A-ZÀ-ÞŁŚŻŠČŽ])",
)
"""Words that lead up to the first name, in the languages of cues.py."""
LEAST = 3
"""Names in the shortest enumeration that nothing beside it announces: two names joined by a comma may be a place and its region."""
MAX_TEXT = 60_000
"""Characters of the longest enumeration that is read: 4,000 names of 15 letters."""
COUNTRY_HEADS = 0.7
"""Share of like texts that countries must head for all to be read so: one or two of a page's states have no names yet."""


def enumerated(leaves: Sequence[Leaf], is_place: Callable[[str], bool], is_country: Callable[[str], bool]) -> list[Leaf]:
    """The names that the texts of a page enumerate, each as a leaf of its own.

    Texts of one signature are read alike: where one of them enumerates, or where countries head them, a text with two names or one
    is read so too. What leads up to the first name and follows the last is left out; a country before a colon heads the names.
    """
    groups: dict[str, list[Leaf]] = defaultdict(list)
    for leaf in leaves:
        if leaf.level in ("block", "line", "own", "data") and len(leaf.text) < MAX_TEXT:
            groups[f"{leaf.signature} {leaf.zone} {leaf.steps[:-1]}"].append(leaf)
    found: list[Leaf] = []
    for group in (groups[key] for key in sorted(groups)):
        told = [(leaf, *_headed(leaf.text, is_country)) for leaf in group]
        headed = sum(bool(head) or any(is_country(_LABEL.sub("", h.text)) for h in leaf.headings[-1:]) for leaf, head, _ in told)
        alike = headed >= max(1, COUNTRY_HEADS * len(group))
        common = _mark([text for _, _, text in told], alike=True) if alike else ""
        for leaf, head, text in told:
            mark = common or _mark([text], alike=False)
            opener, parts = _enumeration(text, mark, is_place, least=1 if alike else LEAST)
            head = head or (opener if cue(opener) else "")
            found.extend(_leaf(leaf, head, mark, number, part) for number, part in enumerate(parts, start=1))
    return found


def _headed(text: str, is_country: Callable[[str], bool]) -> tuple[str, str]:
    """(country, names) of a text such as "Germany (3): Berlin, Bremen, Celle"; ("", the text) of any other."""
    found = re.match(r"^([^:]{2,60}?)\s*[:–—]\s*(?=\S)(.+)$", text)
    if found and is_country(_LABEL.sub("", found[1])):
        return _LABEL.sub("", found[1]), found[2]
    return "", text


def _mark(texts: Sequence[str], *, alike: bool) -> str:
    """What parts the names in these texts: the first mark that stands in them, else dashes or commas.

    alike: countries head the texts; then a mark that stands in one of them parts all, and dashes part none ("Germany – Berlin").
    """
    for mark in _MARKS[:5]:
        if any(mark in text for text in texts):
            return mark
    dashes = max((" – ", " — ", " - "), key=lambda mark: sum(text.count(mark) for text in texts))
    return dashes if not alike and any(text.count(dashes) > 2 + text.count(",") for text in texts) else ","


def _enumeration(text: str, mark: str, is_place: Callable[[str], bool], *, least: int) -> tuple[str, list[str]]:
    """The words that lead up to the names, and the names."""
    best: list[str] = []
    for sentence in _SENTENCE.split(text):
        if sentence.count(mark) < least - 1:
            continue
        parts = _parts(sentence, mark)
        if len(parts) >= least and len(parts) > len(best):
            best = parts
    if not best:
        return "", []
    whole = best[0]
    _, colon, first = whole.rpartition(":")
    best[0] = _after_opener(first.strip() if colon else whole, is_place)
    opener = whole.removesuffix(best[0]).strip(" :")
    best[-1:] = _last_two(best[-1].rstrip(". "), is_place)
    return opener, [part for part in (_joined(best) if mark == "," else best) if part]


def _leaf(leaf: Leaf, head: str, mark: str, number: int, part: str) -> Leaf:
    """One enumerated name, as a leaf inside that of its text and under what heads it there."""
    return replace(
        leaf,
        text=part,
        signature=f"{leaf.signature}::{mark.strip()}",
        shape=f"{leaf.shape}::{mark.strip()}",
        steps=(*leaf.steps, number),
        level="segment",
        headings=(*leaf.headings, Heading(head, 8)) if head else leaf.headings,
        path=f"{leaf.path} (name {number})",
    )


def _parts(text: str, mark: str) -> list[str]:
    """The text split at a mark, not within brackets."""
    parts, depth, start, at = [], 0, 0, 0
    while at < len(text):
        if text[at] in "([":
            depth += 1
        elif text[at] in ")]":
            depth = max(0, depth - 1)
        elif depth == 0 and text.startswith(mark, at) and not (mark == "," and text[at + 1 : at + 2].isdigit()):
            parts.append(text[start:at].strip())
            start = at + len(mark)
            at = start - 1
        at += 1
    return [part for part in (*parts, text[start:].strip()) if part]


def _after_opener(text: str, is_place: Callable[[str], bool]) -> str:
    """The first name without the words that lead up to it ("Our members are Athens")."""
    if is_place(text):
        return text
    found = _OPENERS.match(text)
    while found:
        text = text[found.end() :]
        found = _OPENERS.match(text) if not is_place(text) else None
    if is_place(text):
        return text
    led = re.match(r"(?:[a-zà-ÿ]\S*\s+){2,}(?=[A-ZÀ-Þ])", text)
    if led:
        return text[led.end() :]
    words = text.split()
    for start in range(1, len(words)):
        if is_place(rest := " ".join(words[start:])) and len(words) > 4:
            return rest
    return text


def _last_two(text: str, is_place: Callable[[str], bool]) -> list[str]:
    """The last part, split at its "and" where both sides are names; of a longer text the name it begins with."""
    if is_place(text):
        return [text]
    found = next((f for f in _LAST.finditer(text) if text.count("(", 0, f.start()) == text.count(")", 0, f.start())), None)
    if found is None:
        return [text]
    first, second = text[: found.start()].strip(), text[found.end() :].strip()
    if not first:
        return [second]
    words = second.split()
    for end in range(len(words), 0, -1):
        if is_place(name := " ".join(words[:end]).rstrip(".,;")):
            return [first, name]
    return [first, second] if is_place(first) else [text]


def _joined(parts: list[str]) -> list[str]:
    """Names that hold a comma put together again: a part of two or three capital letters is a state ("Washington", "DC")."""
    found: list[str] = []
    for part in parts:
        if found and re.fullmatch(r"[A-Z]{2}|D\.C\.", part):
            found[-1] = f"{found[-1]}, {part}"
        else:
            found.append(part)
    return found
