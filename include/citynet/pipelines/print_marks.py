"""What a page adds to a name and takes from it: footnote marks, sorts of dashes and quotes, letters lost or left out."""

import re
import unicodedata

from citynet.places.normalise import normalise

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_QUOTES = re.compile(r"[\u2018\u2019\u201b\u00b4`]")
_NOTE_BEFORE = re.compile(
    r"\s*(?:[*\u2020\u2021\u00a7\u2022]+\s*|\d{1,4}[.)]\s+(?!(?:stadt)?bezirk|district|arrond|ker|obvod|se[ck]tor|rajon))+", re.I
)
_NOTE_BEHIND = re.compile(r"(?:\s*(?:\[\w{1,3}\]|\(\d{1,2}\)|[*\u2020\u2021\u00a7\u00b9\u00b2\u00b3\u2070-\u2079]+))+\s*$")
"""Numbers and marks of lists and footnotes; the number of a city's section is part of its name."""
_LOST = re.compile(r"(?<=\w)[?\ufffd]+|[?\ufffd]+(?=\w)")
"""What a page prints for letters that its encoding lacks."""
_STANDS_IN = "xqx"
"""Letters in place of lost ones while a name is normalised."""
_VOWEL = re.compile("[aeiouy]")
_ABBREVIATED = re.compile(r"\w\.|\b[b-df-hj-np-tv-xz]{2,}\b", re.I)
"""A full stop behind a letter, or a word without vowels; names without either need no further look."""
_INITIALS = re.compile(r"\b[A-Z]{2,5}\b")
"""Capitals that may be the first letters of the words of a name."""
_SMALL = r"(?: (?:an|am|auf|bei|da|das|de|del|den|der|di|do|dos|du|d|im|in|la|les|of|op|ob|sur|the|vor|von|van|y|e))*"
"""Words between the words of a name, which may be left out where it is abbreviated."""


def without_marks(name: str) -> str:
    """The name without footnote marks and numbers of the list ("1. Turku", "Turku [2]", "Turku*"); the name where nothing else is left."""
    plain = _NOTE_BEHIND.sub("", _NOTE_BEFORE.sub("", name, count=1) if _NOTE_BEFORE.match(name) else name).strip()
    return plain if normalise(plain) else name


def letters_were_lost(name: str) -> bool:
    """Whether a page printed something else for letters that its encoding lacks (K?ln)."""
    return bool(_LOST.search(name))


def without_loss(name: str) -> str:
    """The name without what stands for lost letters."""
    return _LOST.sub("", name)


def may_stand_for(name: str) -> str:
    """A pattern of the normalised names that a name with letters lost or left out may be; "" where none was.

    K?ln is k, a letter or two, ln; of an abbreviated word (Weinstr., Wlkp, a.d.R.) each letter stands for some of the word's. Capitals
    may be the first letters of several words too (Ottignies-LLN).
    """
    if letters_were_lost(name):
        return re.escape(normalise(_LOST.sub(_STANDS_IN, name))).replace(_STANDS_IN, "[a-z]{1,2}")
    if not _ABBREVIATED.search(name) and (name.isupper() or not _INITIALS.search(name)):
        return ""
    words = re.findall(r"[\w.'\u2019]+", name)
    patterns = [_may_be_word(word) for word in words]
    if all(pattern == normalise(word) for word, pattern in zip(words, patterns, strict=True)) or all("*" in p for p in patterns):
        return ""
    return (_SMALL + " ").join(pattern for pattern in patterns if pattern)


def _may_be_word(word: str) -> str:
    """The pattern of the word that a printed one may be: itself, one with its letters in their order, or the words that begin so."""
    plain = normalise(word).replace(" ", "")
    if _INITIALS.fullmatch(word):
        spelt = plain if _VOWEL.search(plain) else "".join(f"{letter}[a-z]*" for letter in plain)
        return f"(?:{spelt}|{(_SMALL + ' ').join(f'{letter}[a-z]*' for letter in plain)})"
    if "." not in word and (_VOWEL.search(plain) or len(plain) < 2 or not plain.isalpha()):
        return normalise(word)
    parts = [normalise(part).replace(" ", "") for part in word.split(".")]
    return " ?".join("".join(f"{letter}[a-z]*" for letter in part) for part in parts if part)


def as_written(name: str) -> str:
    """As printed, but for case, blanks and the sort of dashes and quotes, which are the page's and not the name's."""
    plain = _QUOTES.sub("'", _DASHES.sub("-", unicodedata.normalize("NFKC", name))).replace("\ufffd", "?")
    return " ".join(re.sub(r"\s*-\s*", "-", plain).casefold().split())
