"""Forms of municipalities that lie around a town of the same name: gmina Lubań, Viljandi vald, Jelgavas novads, Kauno rajono savivaldybė.

Taken off, such a form would leave the name of the town, which is another body. Words are normalised (lower-case ASCII).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_FORMS: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    (r"(?:gmina wiejska|urzad gminy wiejskiej) (.+)|(.+) gmina wiejska", ("gmina {}",), False),
    (r"(?:gmina|urzad gminy) (?!miejska |miasto )(.+)|(.+) gmina", ("gmina {}",), True),
    (r"(.+) (?:vald|vallavalitsus|vallavolikogu)", ("{} vald", "{} rural municipality"), False),
    (r"(.+) novad(?:s|a dome|a pasvaldiba)", ("{} novads", "{} municipality"), False),
    (r"rural municipality of (.+)|(.+) rural municipality", ("{} rural municipality", "{} vald", "gmina {}"), False),
    (r"(.+) (?:rajono savivaldybe|district municipality|parish municipality)", (), False),
)
"""Name with its form; the wordings in which the gazetteer has it (all of Estonia and Latvia that have the form, in Poland those
beside a town); whether a municipality without a town beside it is called so as well: every Polish municipality is a gmina."""
_PATTERNS = tuple((re.compile(pattern), wordings, loose) for pattern, wordings, loose in _FORMS)
_SIGN = re.compile(r"gmin[ay]|\bvald|\bvalla|\bnovad|\brural|\brajono|\bdistrict|\bparish")
"""One of these is in every form; most names have none and need no further look."""
_TOWN = re.compile(r"\b(?:city|town|urban|miasto|miasta|miejski|m st|linn\w*|(?:valsts)?pilseta\w*|miesto)\b")


@dataclass(frozen=True, slots=True)
class Rural:
    """A name with such a form. name: without it; wordings: with it, as the gazetteer may have it; loose: whether the form may go
    where the gazetteer has none of these."""

    name: str
    wordings: tuple[str, ...]
    loose: bool


@lru_cache(maxsize=2**14)
def rural(key: str) -> Rural | None:
    """The normalised name as that of a rural municipality; None where it has no such form."""
    if not _SIGN.search(key):
        return None
    for pattern, wordings, loose in _PATTERNS:
        if found := pattern.fullmatch(key):
            name = next(part for part in found.groups() if part)
            return Rural(name, tuple(wording.format(name) for wording in wordings), loose)
    return None


def is_rural_form(key: str) -> bool:
    """Whether the normalised words are nothing but such a form, as in a bracket: (gmina wiejska), (vald)."""
    return bool(_SIGN.search(key)) and any((found := rural(words)) and found.name == "x" for words in (f"{key} x", f"x {key}"))


def is_of_a_town(form: str) -> bool:
    """Whether a legal form says that the body is a town; with a rural form beside it the name contradicts itself."""
    return bool(_TOWN.search(form))
