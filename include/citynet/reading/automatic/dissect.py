"""What a short text says: a name, and beside it a country, a kind of membership, a date or a count, each only where recognised.

"12. Aarhus (Denmark), since 2009" is Aarhus in Denmark; "Halle (Saale)" and "Washington, DC" stay whole, since nothing in them
is recognised.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from citynet.reading.automatic.cues import bare, words

_LEAD = re.compile(r"^(?:[^\w(\"'“„«’‘]+|\(?\d{1,5}\s*[.):]\s+|\d{1,5}\s+(?=[^\W\d_]{3,}))")
"""Bullets, flags and numbers before a name."""
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_MARK = re.compile(r"(?:\s*(?:[*†‡§¹²³⁰⁴-⁹ⁿ•·|,;:→›»>]+|\[\s*(?:\d{1,3}|[a-z]{1,3}|\*+)\s*\]|\s[-–—]))+$")
"""Footnote marks and separators left at the end of a name."""
_BRACKETS = re.compile(r"^(.+?)\s*[(\[]([^()\[\]]*)[)\]]$")
_PARTED = re.compile(r"^(.+)(\s*[,;|/·•:→›»]\s*|\s+[-–—]\s+|\s*[–—]\s*|\t)([^,;|/·•:→›»]+)$")
_LED = re.compile(r"^(.*[^\s.])\s*\.(?:\s?\.){3,}\s*([^\s.].*)$")
_FRONT = re.compile(r"^([^,;|/·•:–—]+?)(?:\s*[:|·•/]\s*|\s+[-–—]\s+|,\s+)(.+)$")
"""Text, then a part in brackets; text, a mark and its last part; text, dots that lead to a part; its first part, a mark and text."""
_MONTHS = words(
    "jan feb fev ene gen led sty mar mart mars marz marc brez avr apr abr kvet mai may mag maj maa cze jun juin giu jul juil lug lip aug"
    " aou ago sie sep set wrz oct okt out ott paz nov lis dec dez dic gru des vas"
    " january february march april june july august september october november december januar februar marz maerz juni juli oktober"
    " dezember janvier fevrier avril juin juillet aout septembre octobre novembre decembre enero febrero marzo abril mayo junio"
    " julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre"
    " stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia styczen luty marzec"
    " kwiecien czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien"
)
_EXTRA_WORDS = words(
    "since seit depuis desde dal dall da od sedan siden sinds ab from joined join member membre mitglied miembro in en im w dabei"
    " adhesion beigetreten members mitglieder a of the de la le el des du der die das nuovo neu nouveau nuevo nowy new full associate"
    " associated active founding founder partner observer candidate candidato signatory signataire unterzeichner unterzeichnerin"
    " firmante firmatario sygnatariusz assoziiert assoziiertes vollmitglied grundungsmitglied fondateur fondatrice fundador fundadora"
    " fondatore titulaire associe associee asociado asociada socio ordinario effettivo beobachter observateur observador osservatore"
    " obserwator czlonek zalozyciel stowarzyszony zwyczajny honorary ordinary supporting lead awarded status city town ville stadt citta"
    " ciudad miasto year jahr annee ano anno rok date inhabitants einwohner einw habitants hab habitantes abitanti ab mieszkancow mio"
    " million millions millionen m inh pop population residents projects project projekte projets on hold suspended joining membership"
    " entry beitritt"
)
"""Words that stand beside names: since when, as what, how many."""
_NUMBER = re.compile(
    r"^(?:\d{1,4}(?:st|nd|rd|th)?|\d{1,3}(?:[.,’' ]\d{3})+|\d+[.,]\d+|\d{5,9}|\d{4}[-/]\d{1,4}(?:[-/]\d{1,2})?"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})$"
)
"""Years, days, ordinals, counts and figures with thousands."""
_DATED = re.compile(r"(?:\b(?:since|seit|depuis|desde|dal|od|sedan|siden|sinds|ab|from)\b|\d).*", re.IGNORECASE)
"""From where a kind of membership is followed by its date ("full member since 2009"), or is none."""
MOST_PARTS = 6
"""So often a part is taken off a text: country, kind, date, count, number and mark have all been seen beside one name."""
MOST_EXTRA = 9
"""Words in the longest addition seen ("full member of the network since 1 January 2009")."""
FORMS = frozenset({"code", "front", "bare"})
"""Ways to print a country that name other things too ("Portland, ME", "Cyprus - Agency", "Klimaatverbond Nederland")."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says. name "" where it is only a country, or only a date, count or kind. country: as printed.

    form: how the country stands beside the name: marked (in brackets, after a comma or dash), code, front or bare; "" without one.
    """

    name: str
    country: str = ""
    kind: str = ""
    form: str = ""


@lru_cache(maxsize=100_000)
def dissect(text: str, country_of: Callable[[str], str], *, without: frozenset[str] = frozenset()) -> Said:
    """The parts of a text. without: forms in which nothing is a country here, since the texts beside it have none so."""

    def is_country(part: str) -> bool:
        part = spoken(part)
        return (bool(country_of(part)) or _in_languages(part, country_of)) and not ("code" in without and len(part) < 4 and part.isupper())

    def printed(country: str) -> str:
        plain = spoken(country)
        return re.split(r"\s*[/|]", plain)[0] if plain and not country_of(plain) else plain

    name, country, kind, form = text.strip(), "", "", ""
    if is_country(name) or (re.fullmatch(r"[a-z]{2}", name) and is_country(name.upper())):
        return Said("", printed(name))
    for _ in range(MOST_PARTS):
        before = name
        name = _MARK.sub("", _LEAD.sub("", name)).strip()
        name, found, said, how = _peeled(name, is_country if not country else _nothing, front="front" not in without)
        country, kind, form = country or found, kind or said, form or how
        if name == before or not name:
            break
    if is_extra(name):
        return Said("", country, kind or name)
    if not country and is_country(name):
        return Said("", name, kind)
    if not country and "bare" not in without:
        name, country = _country_without_mark(name, is_country)
        form = "bare" if country else ""
    return Said(name, printed(country), kind, form)


def spoken(country: str) -> str:
    """A printed country without the flag beside it; a flag alone as the code that it stands for."""
    plain = re.sub(r"^[^\w(]+|[^\w).]+$", "", _FLAG.sub("", country)).strip()
    flag = _FLAG.search(country)
    return plain or ("".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in flag[0]) if flag else country)


def _in_languages(text: str, country_of: Callable[[str], str]) -> bool:
    """Whether a text is one country in several languages ("Austria / Österreich")."""
    parts = re.split(r"\s*[/|]\s*", text) if "/" in text or "|" in text else []
    codes = {country_of(part.strip()) for part in parts}
    return len(parts) > 1 and len(codes) == 1 and "" not in codes


def _nothing(part: str) -> bool:
    return False


def is_extra(text: str) -> bool:
    """Whether a text is only a date, a count, a kind of membership, a single letter or a mark, and so no name."""
    parts = [part for part in re.split(r"[\s,;:()\[\]–—/|]+|(?<=\d)\.\s", text.strip()) if part.strip(".-*+#%=_~")]
    if not parts or (len(parts) == 1 and len(parts[0]) == 1):
        return True
    return len(parts) <= MOST_EXTRA and all(map(_is_extra_word, parts))


def _is_extra_word(word: str) -> bool:
    if _NUMBER.match(word.strip(".")):
        return True
    plain = bare(word).strip("_")
    return plain in _EXTRA_WORDS or plain in _MONTHS


def _peeled(text: str, is_country: Callable[[str], bool], *, front: bool) -> tuple[str, str, str, str]:
    """The text without a recognised part at its end or its beginning, that part as country or as kind, and the country's form."""
    for form, rest, part in ((_BRACKETS, 1, 2), (_PARTED, 1, 3), (_LED, 1, 2)):
        found = form.match(text)
        if found:
            said = found[part].strip()
            if is_country(said):
                return found[rest].strip(), said, "", "code" if len(said) < 4 and said.isupper() else "marked"
            if is_extra(said) and not (form is _PARTED and len(said) == 1):
                return found[rest].strip(), "", _DATED.sub("", said).strip(" ,;("), ""
    start = _FRONT.match(text)
    if start and front and is_country(start[1].strip()):
        return start[2].strip(), start[1].strip(), "", "front"
    if start and len(start[1]) > 1 and is_extra(start[1]):
        return start[2].strip(), "", "", ""
    return _without_tail(text), "", "", ""


def _without_tail(text: str) -> str:
    """The text without a date or count at its end that nothing parts from the name ("Aarhus since 2009", "Aarhus 2009")."""
    parts = text.split()
    end = len(parts)
    while end > 1 and _is_extra_word(parts[end - 1].strip(",;()")):
        end -= 1
    tail = parts[end:]
    dated = any(re.search(r"\b(?:19|20)\d\d\b", word) for word in tail) or (len(tail) > 1 and any(re.search(r"\d", word) for word in tail))
    return " ".join(parts[:end]) if dated else text


def _leads_on(word: str) -> bool:
    """Whether a word belongs to the one after it ("Bank of Spain", "Nord- Italia")."""
    return word.endswith("-") or word in ("of", "de", "and")


def _country_without_mark(text: str, is_country: Callable[[str], bool]) -> tuple[str, str]:
    """Name and country that nothing but a space parts ("Aarhus Denmark"); the name keeps a country that is its only word."""
    parts = text.split()
    for take in (1, 2, 3):
        if take < len(parts) and is_country(" ".join(parts[-take:])) and not _leads_on(parts[-take - 1]):
            return " ".join(parts[:-take]), " ".join(parts[-take:])
    return text, ""
