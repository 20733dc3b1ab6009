"""One way to write a name, so that two spellings of it can be compared."""

import re
import unicodedata
from functools import lru_cache

_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=2**16)
def normalise(name: str) -> str:
    """The name in lower-case ASCII letters and digits, words parted by single blanks; "" where nothing is left.

    anyascii keeps letters that decomposition alone loses (Łódź, Đakovo) and gives modern Greek; composing first matters
    because a decomposed Cyrillic й would lose its breve. Idempotent.
    """
    from anyascii import anyascii

    composed = name if name.isascii() else str(anyascii(unicodedata.normalize("NFKC", name)))
    return _NOT_ALPHANUMERIC.sub(" ", composed.lower()).strip()
