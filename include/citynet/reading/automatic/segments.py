"""A text that enumerates names ("Athens, Berlin and Ghent"; "Germany: Berlin; Bremen") as the names it enumerates."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from citynet.reading.automatic.cues import cue, is_division
from citynet.reading.automatic.headings import Heading
from citynet.reading.automatic.leaves import Leaf

_MARKS = (";", "•", "·", "|", " / ", ",")
_LABEL = re.compile(r"\s*\(?\d+\)?\s*:?\s*$|^\W+")
"""What stands around the country that heads names: a count, a flag."""
_BRACKET = re.compile(r"\s*\([^()]*\)$")
"""What stands behind a name in brackets: its country."""
_LAST = re.compile(r"\s+(?:and|und|sowie|et|y|e|i|oraz|en|och|og|ja|a|és|și|si|ir|un|ve|και|и|та|as well as|ainsi que)\s+", re.IGNORECASE)
_SMALL = re.compile(r"^(?:\W*[^\W\d_A-ZÀ-ÞŁŚŻŠČŽ]\S*\s+)*\W*")
"""The words in small letters that lead from a country to its first name."""
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
MOST_WORDS = 4
"""Words in a text without any mark from which it is a sentence and no single name."""
LONGEST_LETTER = 3
"""Characters of a heading that may be a letter or a number; a region of the world has more."""
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
    rows = _countries_of_rows(leaves, is_country)
    inside = {leaf.steps[:-1]: leaf.text for leaf in leaves if leaf.level == "inline" and is_country(leaf.text)}
    run_on = {leaf.signature for leaf in leaves if "," in leaf.text and leaf.steps[:-1] in rows}
    found: list[Leaf] = []
    for group in (groups[key] for key in sorted(groups)):
        told = [(leaf, *_headed(leaf, rows if leaf.signature in run_on else {}, is_country)) for leaf in group]
        told = [(leaf, head, text) if head else (leaf, *_led(leaf, inside.get(leaf.steps, ""), is_country)) for leaf, head, text in told]
        headed = sum(bool(head) or any(is_country(_LABEL.sub("", h.text)) for h in leaf.headings[-1:]) for leaf, head, _ in told)
        alike = headed >= max(1, COUNTRY_HEADS * len(group))
        several = len({head for _, head, _ in told if head}) >= LEAST
        common = _mark([text for _, _, text in told], alike=True) if alike else ""
        for leaf, head, text in told:
            mark = common or _mark([text], alike=False)
            if alike and mark not in text and not head and len(text.split()) > MOST_WORDS:
                continue  # a sentence beside the enumerations
            opener, parts = _enumeration(
                text, mark, lambda name: is_place(_BRACKET.sub("", name)), least=1 if alike or (several and head) else LEAST
            )
            head = head or (opener if cue(opener) else "")
            found.extend(_leaf(leaf, head, mark, number, part) for number, part in enumerate(parts, start=1))
    return found


def _countries_of_rows(leaves: Sequence[Leaf], is_country: Callable[[str], bool]) -> dict[tuple[int, ...], Leaf]:
    """Position of a row of a table, or of a term and its description -> its first cell, where that is only a country."""
    found: dict[tuple[int, ...], Leaf] = {}
    for leaf in leaves:
        if leaf.level == "block" and re.search(r">t[dh][^>]*$", leaf.shape) and is_country(_LABEL.sub("", leaf.text)):
            found.setdefault(leaf.steps[:-1], leaf)
    return found


def _headed(leaf: Leaf, rows: Mapping[tuple[int, ...], Leaf], is_country: Callable[[str], bool]) -> tuple[str, str]:
    """(country or part of the world, names) of a text such as "Germany (3): Berlin, Bremen, Celle", or of one after a country in its row.

    ("", the text) of any other.
    """
    found = re.match(r"^([^:]{2,60}?)\s*[:–—]\s*(?=\S)(.+)$", leaf.text)
    if found and (is_country(_LABEL.sub("", found[1])) or (is_division(found[1]) and len(found[1]) > LONGEST_LETTER)):
        return _LABEL.sub("", found[1]), found[2]
    first = rows.get(leaf.steps[:-1])
    if first is not None and first.steps < leaf.steps:
        return _LABEL.sub("", first.text), leaf.text
    return "", leaf.text


def _led(leaf: Leaf, marked: str, is_country: Callable[[str], bool]) -> tuple[str, str]:
    """(country, names) of a sentence on one country ("Germany is represented by Bonn and Ulm"), ("", the text) of any other.

    marked: a country in the text that its markup sets off; else it has to stand first.
    """
    words = leaf.text.split()
    led = marked or next(
        (" ".join(words[:n]) for n in (1, 2, 3) if words[n : n + 1] and words[n][0].islower() and is_country(" ".join(words[:n]))), ""
    )
    if not led or led not in leaf.text:
        return "", leaf.text
    before, _, rest = leaf.text.partition(led)
    if len(before.split()) > MOST_WORDS:
        return "", leaf.text
    opener, colon, names = rest.partition(":")
    names = names if colon and len(opener.split()) <= MOST_WORDS else _SMALL.sub("", rest)
    return (led, names.strip().rstrip(".")) if names.strip() else ("", leaf.text)


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
    words = text.split()
    led = next((n for n, word in enumerate(words) if not word[:1].islower()), 0)
    if led > 1:
        return " ".join(words[led:])
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
        cut = end < len(words) and words[end][0].isupper()  # within a longer name ("Reggio Calabria Metropolitan City")
        if not cut and is_place(name := " ".join(words[:end]).rstrip(".,;")):
            return [first, name]
    return [first, second] if is_place(first) or first.endswith(")") else [text]


def _joined(parts: list[str]) -> list[str]:
    """Names that hold a comma put together again: a part of two or three capital letters is a state ("Washington", "DC")."""
    found: list[str] = []
    for part in parts:
        if found and re.fullmatch(r"[A-Z]{2}|D\.C\.", part):
            found[-1] = f"{found[-1]}, {part}"
        else:
            found.append(part)
    return found
