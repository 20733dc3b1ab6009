"""Names spelt alike: for suggestions to a reviewer (never an answer), and for spellings that differ by transliteration only."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

CUTOFF = 88
"""Least similarity (rapidfuzz ratio of whole names, 0 to 100). On 71 hand-labelled misses 22 of 22 suggestions were right at 88, 24 of 25
at 84; the scorers that compare parts of names (WRatio, token_set) put 104 of 163 other bodies on a city and are not used."""
MOST = 3

_FOLDS = {
    "GR": (
        (r"oy|ou", "u"),
        (r"(?<![tpkcsg])h", "i"),
        (r"ei|oi|y|i", "i"),
        (r"ai", "e"),
        (r"w", "o"),
        (r"([a-z])\1", r"\1"),
        (r"[sn]\b", ""),
        (r"i[uo]\b", "i"),
        (r"u\b", "o"),
    ),
    "UA": ((r"[iy]{2}|i|y|j", "i"), (r"h|g", "g"), (r"([a-z])\1", r"\1"), (r"v|w|u(?=[bcdfgklmnprstvxz])", "v"), (r"ii|i\b", "i")),
}
_BY_COUNTRY = {
    country: tuple((re.compile(pattern), plain) for pattern, plain in _FOLDS[spelt])
    for country, spelt in (("GR", "GR"), ("CY", "GR"), ("UA", "UA"), ("BY", "UA"), ("RU", "UA"))
}


def folded(key: str, country: str) -> str:
    """The name in a coarse spelling in which its transliterations agree (Greece, Cyprus, Ukraine, Belarus, Russia); "" elsewhere."""
    if country not in _BY_COUNTRY:
        return ""
    for pattern, plain in _BY_COUNTRY[country]:
        key = pattern.sub(plain, key)
    return key


def similar(key: str, block: Sequence[str]) -> list[tuple[str, float]]:
    """The most similar names of the block, best first, then by name; at most MOST, none under CUTOFF.

    block: the names with the same first letter, shortest first; a name much shorter or longer can't be similar enough.
    """
    from rapidfuzz import fuzz, process

    if len(key) < 4:
        return []
    shortest, longest = len(key) * CUTOFF / (200 - CUTOFF), len(key) * (200 - CUTOFF) / CUTOFF
    near = block[bisect_left(block, shortest, key=len) : bisect_right(block, longest, key=len)]
    found = process.extract(key, near, scorer=fuzz.ratio, score_cutoff=CUTOFF, limit=None)
    return sorted(((name, round(score, 1)) for name, score, _ in found), key=lambda pair: (-pair[1], pair[0]))[:MOST]
