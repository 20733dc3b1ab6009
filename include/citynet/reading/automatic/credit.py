"""How much a text looks like the name of a member: a place, or a body that is none (a region, an association, a university)."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from citynet.reading.automatic.cues import bare, cue, words
from citynet.reading.automatic.dissect import is_extra

if TYPE_CHECKING:
    from citynet.reading.auto import Known

_PARTICLES = words(
    "of the de la le les el los las da do dos das di del della delle dei degli d l am an der den dem die das im in bei ob vor zu zum"
    " zur van het ten aan upon on sur sous en y e i et und and och og ja a al an na nad pod w we z pri pe under by von vom s"
)
"""Words in small letters that stand within names."""
_BODIES = re.compile(
    r"_(?:region|regione|regiao|regio|county|counties|province|provincia|provincie|land|landkreis|kreis|district|distrito|distretto"
    r"|bezirk|canton|kanton|metropol\w*|agglom\w*|communaut\w*|universit\w*|univerz\w*|uniwersytet|hochschule|college|association"
    r"|verband|vereinigung|federation|union|syndicat|consortium|consorcio|consorzio|council|authority|diputacio\w*|diputacion"
    r"|generalitat|voivod\w*|wojewod\w*|oblast|raion|rayon|municipalit\w*|municipio|comune|comunita|commune|gemeinde|samtgemeinde"
    r"|verbandsgemeinde|stadt|city|ville|town|ayuntamiento|ajuntament|mairie|kommune|kommun|obec|gmina|miasto|department|departement"
    r"|government|greater|grand|area|institute|agency|agencia|foundation|stiftung|ministry|partnership|borough|prefecture|comunidad"
    r"|mancomunidad|mancomunitat|governorate|state|republic|savez|zvaz|svaz|bund|regionalverband|zweckverband|league|network|stadtetag|landkreistag|gemeindetag|stadtebund|gemeindebund|kuntaliitto|landsforening|forbund|zwiazek|zdruzenie|zajednica"
    r"|skupnost|liit|savieniba|asociacija|birligi|asociac\w*|associac\w*|associazion\w*|asociat\w*|conseil|consiglio|consell|cabildo|confederation"
    r"|assembly|assemblee|commission|committee|ministerio|ministere|ministerium)_"
)
"""Words that name a body: a region, an association, a university, a municipality by its legal form."""
_ROLE = re.compile(
    r"_(?:mayor\w*|lord_mayor|maire|maires|burgermeister\w*|oberburgermeister\w*|alcalde\w*|alcaldesa|sindac\w*|burmistrz\w*|prezydent"
    r"|presiden\w*|prasident\w*|burgemeester\w*|borgmester|deputy|councillor|director|manager|officer|coordinator|dr|prof|mr|mrs|ms|herr"
    r"|frau)_"
)
"""Words beside a name that make it a person's office, no body."""
_NOT_A_NAME = re.compile(r"https?:|www\.|@|[<>{}=]|\d{5,}|\b(?!19\d\d|20\d\d)\d{4}\b|[!?]|\+\d|\d{1,2}:\d\d|€|£|\$")


LONGEST_NAME = 120
"""Characters: the longest member among those it was developed with has 68, a name in two languages has twice as many."""
MOST_WORDS = 9
"""A longer run of words that neither is nor begins with a place is a sentence or a heading."""


def is_nameable(text: str) -> bool:
    """Whether a text may be the name of a body at all: no address, date, person's office or sentence."""
    if not text or len(text) > LONGEST_NAME or _NOT_A_NAME.search(text) or is_extra(text) or _ROLE.search(bare(text)):
        return False
    if re.search(r"\d|[,;|]", text):
        return False  # a street with its number, a law, names run on
    return len(text.split()) <= MOST_WORDS and text[-1] not in ".…:" and any(letter.isupper() for letter in text)


def names_a_body(text: str) -> bool:
    """Whether a word of the text names a body (see `_BODIES`)."""
    return bool(_BODIES.search(bare(text)))


@lru_cache(maxsize=100_000)
def credit(text: str, known: "Known") -> float:
    """0 to 1: 1 a known place, 0.9 to 0.6 a place or body with words around it, less for what only holds a place, 0 for all else."""
    if not text or len(text) > LONGEST_NAME or _NOT_A_NAME.search(text) or is_extra(text) or _ROLE.search(bare(text)):
        return 0.0
    if known.is_place(text, ""):
        return _of_place(text)
    if _has_common_word(re.sub(r"[(\[].*?[)\]]", "", text).split()[1:]):
        return 0.0
    if text.count(",") + text.count(";") > 2:
        return 0.1
    parts = [part.strip() for part in re.split(r"\s*[,;]\s*|\s+[-–—]\s+", text)]
    if len(parts) > 1 and all(credit(part, known) >= 0.6 for part in parts):
        return 0.3  # names run on in one text, or where something leads from and to
    most = 0.2 if cue(text) < 0 and not names_a_body(text) else 1.0  # "A weekend in Vigo"
    if any(known.is_place(part, "") for part in _without_addition(text)):
        return min(most, 0.9 if "," not in text else 0.75)
    return min(most, _of_words(text, known))


def _of_place(text: str) -> float:
    """A known place; less where the word announces something else ("Fair") or is one in small letters ("nice")."""
    if cue(text) < 0:
        return 0.2
    return 1.0 if text[:1] != text[:1].lower() or not text[:1].isalpha() or " " in text else 0.6


def _of_words(text: str, known: "Known") -> float:
    """A text that is no place and no place with an addition: by the words in it."""
    parts = re.split(r"[\s'’]+", re.sub(r"[()\[\],.;:/&+-]", " ", text).strip())
    if text[-1:] in ".…" or len(parts) > MOST_WORDS or _has_common_word(parts):
        return 0.0
    if _BODIES.search(bare(text)):
        return 0.7
    if known.country_of(text):
        return 0.4
    named = [word for word in parts if len(word) > 2 and word[:1].isupper() and known.is_place(word, "")]
    return 0.6 if named and len(parts) <= 4 else 0.3 if named else 0.0


def _has_common_word(parts: Iterable[str]) -> bool:
    """Whether a word in small letters is neither one that stands within names nor one for a body: names have none, sentences have."""
    return any(word[:1].islower() and bare(word).strip("_") not in _PARTICLES and not _BODIES.search(bare(word)) for word in parts)


def _without_addition(text: str) -> list[str]:
    """Shorter forms of a name, from which something was left out that lists add to names."""
    forms = [re.sub(r"\s*[(\[].*?[)\]]", "", text).strip()]
    forms += [part.strip() for part in re.split(r"\s*[,/]\s*|\s+[-–—&+]\s+|[-–—](?=[A-ZÀ-Þ])", text)[:1]]
    inner = re.search(r"[(\[]([^()\[\]]+)[)\]]", text)
    forms += [inner[1].strip()] if inner else []
    parts = text.split()
    plain = [bare(part).strip("_") for part in parts]
    empty = [word in _PARTICLES or bool(_BODIES.search(f"_{word}_")) for word in plain]
    start = next((n for n, said in enumerate(empty) if not said), len(parts))
    end = next((n for n in range(len(parts), 0, -1) if not empty[n - 1]), 0)
    if 0 < end - start < len(parts):
        forms.append(" ".join(parts[start:end]))
    return [form for form in dict.fromkeys(forms) if form and form != text]
