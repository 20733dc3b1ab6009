"""What the headings above texts say of them: whether members follow, of which country they are, or nothing."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from citynet.reading.automatic.cues import cue, is_control, is_division
from citynet.reading.automatic.dissect import dissect

if TYPE_CHECKING:
    from citynet.reading.auto import Known
    from citynet.reading.automatic.headings import Heading
    from citynet.reading.automatic.leaves import Leaf

FEWEST_COUNTED = 6
"""Names from which a printed number that fits them is no chance."""
LONGEST_COUNT = 200
"""Characters of a text that tells how many there are."""
SENTENCE = 60
"""Characters from which a heading is a sentence, which may mention news or offices in passing."""


def telling(headings: "Sequence[Heading]", known: "Known") -> "tuple[Heading, ...]":
    """The headings that say what they head, nearest first: without countries, letters, years, counts and labels of controls."""
    return tuple(heading for heading in reversed(headings) if not _silent(heading.text, known))


def _silent(text: str, known: "Known") -> bool:
    if is_control(text) or is_division(text):
        return True
    name = dissect(text.strip(" :"), known.country_of).name
    return cue(text) == 0 and (not name or known.is_place(name, ""))


def heading_cue(headings: "Sequence[Heading]", known: "Known") -> int:
    """What the nearest heading announces that says anything (see cues.cue); a sentence announces nothing else than members."""
    for heading in telling(headings, known):
        said = cue(heading.text)
        if said and not (said < 0 and len(heading.text) > SENTENCE):
            return said
    return 0


def heading_country(headings: "Sequence[Heading]", known: "Known") -> str:
    """The country that the nearest heading names ("Germany", "Deutschland (12)"), "" where none does."""
    for heading in reversed(headings):
        said = dissect(heading.text.strip(" :"), known.country_of)
        if said.country and not said.name:
            return said.country
        if said.name and cue(heading.text):
            return ""
    return ""


def is_counted(names: int, texts: "Sequence[Leaf]") -> bool:
    """Whether the page itself says that there are so many ("59 cities", "our 59 members")."""
    if names < FEWEST_COUNTED:
        return False
    number = re.compile(rf"(?<![\w.,:/-]){names}(?![\w:/%°-]|[.,]\d)")
    return any(len(leaf.text) <= LONGEST_COUNT and number.search(leaf.text) and cue(leaf.text) >= 1 for leaf in texts)
