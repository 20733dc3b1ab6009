"""How like two normalised names are in print."""

from functools import lru_cache

SHORTEST_WORD = 4
"""Letters of the shortest word that tells names apart or together."""
SURE = 88
"""Least likeness (rapidfuzz ratio, 0 to 100) of two spellings of one name; that of the suggestions to a reviewer."""
UNSURE = 76
"""Below it two names are two; in between nobody can tell without knowing the place."""
SAME_WORD = 70
"""Words in the same position that differ more are two words: Dhaka North and Dhaka South are alike in letters only."""
SHORT_WORD = 3
"""Letters of words that stand between others (el, al, von) and tell no names apart."""
ONE_SLIP = 95.0
SHORTEST_WITH_SLIP = 6
SHORTEST = 5
"""Letters of the shortest names whose likeness says anything: Bari and Bali are two."""
SHORTEST_STEM = 4


@lru_cache(maxsize=2**19)
def likeness(one: str, other: str) -> float:
    """Likeness of two normalised names (0 to 100); 0 for short ones, other numbers, and words of which one is quite another.

    ONE_SLIP where only blanks or one letter differ, or two letters in each other's place.
    """
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA

    if min(len(one), len(other)) < SHORTEST or _numbers(one) != _numbers(other):
        return 0.0
    slips = OSA.distance(one.replace(" ", ""), other.replace(" ", ""), score_cutoff=1)
    if slips == 0 or (slips == 1 and min(len(one), len(other)) >= SHORTEST_WITH_SLIP):
        return ONE_SLIP
    words, others = one.split(), other.split()
    if len(words) == len(others) > 1 and any(_two_words(a, b) for a, b in zip(words, others, strict=True)):
        return 0.0
    return float(fuzz.ratio(one, other))


def one_stem(one: str, other: str) -> bool:
    """Whether two words may be of one stem, with another ending (poznanski, poznan; attikis, attica)."""
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return same >= SHORTEST_STEM and same * 2 >= max(len(one), len(other))


def initials(name: str) -> str:
    """The capitals with which its words begin."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _two_words(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return max(len(one), len(other)) > SHORT_WORD and fuzz.ratio(one, other) < SAME_WORD


def _numbers(name: str) -> list[str]:
    return [word for word in name.split() if word.isdigit()]
