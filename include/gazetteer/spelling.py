"""Normalised names as keys of a join, with what Greek names need."""

import re
from collections.abc import Iterable
from functools import cache

from citynet.places.normalise import normalise

_SOUNDS = (
    ("ou", "u"),
    ("ai|ae", "e"),
    ("oi|ei|y", "i"),
    ("gh", "g"),
    ("kh|ch", "h"),
    ("dh", "d"),
    ("ph", "f"),
    ("th", "t"),
    ("mb|mp", "b"),
    ("nt", "d"),
    ("ng|gg|gk", "g"),
    ("[uv](?=[tkpfshx])", "f"),
    ("iu|io(?:n|s)?$", "io"),
    ("o[ns]$", "o"),
    (r"(.)\1", r"\1"),
)
"""What Greek letters become in the several ways to write Greek in Latin letters, in this order: Aghia and Agía, Pylea and Pylaía."""


@cache
def key_of(name: str) -> str:
    """The normalised name."""
    return normalise(name)


def keys_of(names: Iterable[str], country: str = "") -> set[str]:
    """The normalised names; Greek ones also by sound, marked so that they meet only each other."""
    keys = {key for name in names if (key := key_of(name))}
    return keys | {f"~{_sound(key)}" for key in keys} if country == "GR" else keys


@cache
def _sound(key: str) -> str:
    for written, heard in _SOUNDS:
        key = re.sub(written, heard, key)
    return key
