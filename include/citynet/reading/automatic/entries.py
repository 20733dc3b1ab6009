"""Texts of one shape read together: each a name, a country, something beside names, or prose."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from citynet.reading.automatic.credit import credit
from citynet.reading.automatic.cues import bare, cue, is_control, is_label
from citynet.reading.automatic.dissect import FORMS, Said, dissect
from citynet.reading.automatic.headings import Heading
from citynet.reading.automatic.leaves import Leaf

if TYPE_CHECKING:
    from citynet.reading.auto import Known

_PROSE = re.compile(r"^.{101,}|(?:\s\S+){4,}[.!?…]$|[.!?]\s+\S.*[.!?…]$")
"""More than a hundred characters, a sentence of five words, or two sentences."""
SELDOM = 0.4
"""Share of the names below which a form of country is chance: half of the cities of a list may print theirs, one in ten does not."""
MOST_OFTEN = 2.5
"""Times the usual that a text may come round again before it is a label of each card ("Member since")."""
AFFIXED = 0.8
"""Share of the texts that must begin or end with a word for it to be no part of their names ("Logo of ...")."""


AT_ONCE = 3
"""Words before a name that are cut together: "Logo of the" gains nothing word by word."""
GAIN = 0.15
"""Mean credit that names must gain by the cut: "City of Aarhus" keeps its words, which gain a tenth."""

_OF_A_PICTURE = re.compile(r"(?:logo|logotype|logotyp|emblem|emblema|wappen|blason|stemma|escudo|herb|flag|crest)s?[:_-]?$", re.IGNORECASE)
"""Words of a picture's description that are never part of a name, whether a word list knows the rest or not."""
BY_COUNTRY = 0.55
"""Credit of a text that no word list knows and that prints its country: the letters of an association ("SHBSH (Albania)")."""
LONGEST_BY_COUNTRY = 60
"""Characters of such a text; a longer one is prose that ends with a country."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text read as a member. what: name | country | extra | prose; credit: how much its name looks like one, 0 to 1."""

    leaf: Leaf
    said: Said
    credit: float
    what: str


def read(texts: Sequence[Leaf], known: "Known") -> list[Entry]:
    """Each text as name, country, extra or prose, in order; lines of countries are settled by `country_lines.settled`."""
    said = without_affixes(_dissected(texts, known), known)
    repeated = Counter(one.name for one in said if one.name)
    usual = sorted(repeated.values())[len(repeated) // 2] if repeated else 0
    heads = {heading.text for leaf in texts for heading in leaf.headings}
    found = []
    for leaf, one in zip(texts, said, strict=True):
        worth = credit(one.name, known) if one.name else 0.0
        if one.form == "marked" and worth < BY_COUNTRY and len(one.name) <= LONGEST_BY_COUNTRY:
            worth = BY_COUNTRY
        often = repeated[one.name] >= 3 and (worth < 0.5 or repeated[one.name] > MOST_OFTEN * usual)
        heads_others = worth == 0 and leaf.text in heads and cue(leaf.text) < 0  # "News", a line as those under it are
        found.append(Entry(leaf, one, worth, _what(leaf, one, worth, label=often or heads_others)))
    return found


def by_headings(entries: Sequence[Entry]) -> dict[tuple[Heading, ...], list[Entry]]:
    """The entries under each run of headings, in order."""
    parts: dict[tuple[Heading, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        parts[entry.leaf.headings].append(entry)
    return parts


def _dissected(texts: Sequence[Leaf], known: "Known") -> list[Said]:
    """What each text says. A form that names other things too is a country only where many texts have it."""
    said = [dissect(leaf.text, known.country_of) for leaf in texts]
    named = sum(bool(one.name) for one in said)
    forms = Counter(one.form for one in said)
    without = frozenset(form for form in FORMS if 0 < forms[form] < SELDOM * named)
    return [
        dissect(leaf.text, known.country_of, without=without) if one.form in without else one for leaf, one in zip(texts, said, strict=True)
    ]


def _what(leaf: Leaf, said: Said, worth: float, *, label: bool) -> str:
    """What a text is: one that repeats its heading, announces members, has a colon or asks to choose is no name.

    label: it comes round too often, or heads others.
    """
    asks = worth < 0.9 and (":" in said.name or cue(said.name) == 2 or is_control(said.name))
    if not said.name or label or asks or is_label(said.name) or _repeats_its_heading(leaf, said.name):
        return "country" if said.country and not said.name else "extra"
    return "prose" if worth == 0 and _PROSE.search(said.name) else "name"


def _repeats_its_heading(leaf: Leaf, name: str) -> bool:
    return bare(name) in {bare(text) for text in (leaf.label, *(heading.text for heading in leaf.headings))}


def without_affixes(said: list[Said], known: "Known") -> list[Said]:
    """The texts without words that most of them begin or end with ("Logo of Aarhus", "City of sanctuary: Aarhus")."""
    for front in (True, False):
        while (shorter := _without_affix(said, known, front=front)) is not None:
            said = shorter
    return said


def _without_affix(said: list[Said], known: "Known", *, front: bool) -> list[Said] | None:
    """The texts without the words that most have at one end and whose cut names gain most by; None where they gain little.

    At the end one word is cut at a time: several may be one headline printed for many cities.
    """
    count = sum(bool(one.name) for one in said)
    most, best = _worth(said, known) + GAIN * count, None
    for _ in range(AT_ONCE if front else 1):
        word = _shared_word(said, max(3, AFFIXED * count), front=front)
        if not word or cue(word) < 0:
            break  # "Hotels Zagreb" is no name with a word beside it
        said = [replace(one, name=_cut(one.name, word, front=front)) for one in said]
        worth = _worth(said, known)
        if _OF_A_PICTURE.match(word) or (worth >= most and worth > 0):
            most, best = max(worth, most), said
    return best


def _worth(said: Sequence[Said], known: "Known") -> float:
    return sum(credit(one.name, known) for one in said if one.name)


def _shared_word(said: Sequence[Said], least: float, *, front: bool) -> str:
    """The word that at least so many texts of two or more words have at one end; "" where there is none."""
    ends = Counter(parts[0 if front else -1] for one in said if len(parts := one.name.split()) > 1)
    word, times = ends.most_common(1)[0] if ends else ("", 0)
    return word if times >= least else ""


def _cut(name: str, word: str, *, front: bool) -> str:
    parts = name.split()
    if len(parts) > 1 and parts[0 if front else -1] == word:
        return " ".join(parts[1:] if front else parts[:-1]).strip(" :–—-|")
    return name
