"""The ways in which a printed name can be read, most literal first, so that what led to a place can be told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from citynet.places.legal_forms import is_legal_form, readings, rural_in, without_legal_form
from citynet.places.legal_forms_rural import is_rural_form
from citynet.places.non_city import marker, nothing_but_marker
from citynet.places.normalise import normalise

_BRACKET = re.compile(r"([^()]*)\(\s*([^()]*?)\s*\)\s*([^()]*)")
_ARTICLE = re.compile(r"(?:la|el|l|le|les|los|las|els|o|a|os|as|il|lo|i|gli|de|het|the|die|der|das|ses|sa|es|na)")
_ARTICLE_BEHIND = re.compile(r"[Ll]['\u2019`]|[Ll](?:a|e|es|os|as|o)|[Ee]ls?|[Gg]li|[Hh]et|[Tt]he|[Dd](?:e|er|ie|as)")
"""Articles in brackets; a letter alone is none of them (Bergen (L) is in Limburg), nor are capitals ((LA) is Louisiana)."""
_DOUBLE = re.compile(r"\s*[/;|]\s*|\s+[-\u2013\u2014]\s*|\s*[\u2013\u2014]\s+")
_AND = re.compile(r",?\s+(?:and|und|et|en|y|e|i|a|og|och|ja|&)\s+")
_TOWN_AND_COUNTY = re.compile(r"stadt\s+(?:und|u\.|&)\s+(landkreis|lk|kreis)\s+(.+)", re.IGNORECASE)
_YEAR = re.compile(r" (?:19|20)\d\d$")
_NOTE = re.compile(r"[^A-Z]*")
"""Words without a capital tell something about the place and name none."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to read a name. key: normalised; how: what was done to get it, "" as printed; hint: normalised words beside the
    name that must fit the place (its region, or another name of it); parts: names that must all mean one place."""

    key: str
    how: str = ""
    hint: str = ""
    parts: tuple[str, ...] = ()


def head(name: str) -> str:
    """The printed name without what stands in brackets or behind a comma, unless that only says what kind of body it is."""
    found = _BRACKET.fullmatch(name.strip())
    if found:
        outer = f"{found[1].strip()} {found[3].strip()}".strip()
        return f"{found[2]} {outer}" if nothing_but_marker(normalise(found[2])) else outer
    before, _, behind = name.partition(",")
    return f"{behind.strip()} {before}" if nothing_but_marker(normalise(behind)) else before


def variants(name: str, country: str = "") -> Iterator[Variant]:
    """Every reading of a printed name in a country (ISO code, "" unknown), most literal first; keys may repeat."""
    text = name
    yield from _forms(normalise(text), "", country)
    if "&" in text:
        yield from _forms(normalise(text.replace("&", " and ")), "ampersand", country)
    yield from _bracket(text, country)
    yield from _comma(text, country)
    yield from _double(text, country)
    key = normalise(text)
    if _YEAR.search(key):
        yield from _forms(_YEAR.sub("", key), "year", country)
    yield from _region_behind(key, country)


def several(name: str) -> tuple[str, ...]:
    """The normalised parts of a row that seems to print several names (A, B, C; A - B; A-B; Stadt und Landkreis A); one or none where it
    does not."""
    if found := _TOWN_AND_COUNTY.fullmatch(name.strip()):
        return normalise(found[2]), normalise(f"{found[1]} {found[2]}")
    parts = re.split(r"\s*[;,/|]\s*|\s+(?:and|und|et|en|y|e|i|&)\s+|\s*[-\u2013\u2014]\s*", name)
    return tuple(dict.fromkeys(key for part in parts if (key := normalise(part))))


def in_brackets(name: str) -> str:
    """The normalised words in brackets: Distrito Central (Tegucigalpa); "" without any."""
    found = _BRACKET.fullmatch(name.strip())
    return normalise(found[2]) if found else ""


def enumerated(name: str) -> tuple[str, ...]:
    """The normalised names that a name counts up (Bournemouth, Christchurch and Poole); none where it does not."""
    if not _AND.search(name):
        return ()
    parts = [key for part in _AND.split(name) for one in part.split(",") if (key := normalise(one))]
    return tuple(parts) if len(parts) > 1 else ()


def _forms(key: str, how: str, country: str, hint: str = "") -> Iterator[Variant]:
    """A key as it is and without its legal form."""
    yield Variant(key, how, hint)
    for bare in readings(key, country):
        yield Variant(bare, f"{how}+legal_form".lstrip("+"), hint)


def _beside_form(name: str, form: str, country: str) -> Iterator[Variant]:
    """A name without the legal form printed apart from it; none where one is rural, which is only read with the whole name."""
    if not is_rural_form(form) and not rural_in(name, country):
        yield from _forms(name, "legal_form", country)


def _bracket(text: str, country: str) -> Iterator[Variant]:
    """Cuxhaven (Landkreis), Bonn (Federal City of), Lagoa (Algarve), Kyiv (Kiev), Brugge (cultural capital 2002)."""
    found = _BRACKET.fullmatch(text.strip())
    if not found:
        return
    inner, outer = normalise(found[2]), normalise(f"{found[1]} {found[3]}")
    if outer and _ARTICLE_BEHIND.fullmatch(found[2]):
        yield from _forms(f"{inner} {outer}", "article", country)
        return
    if not outer or not inner:
        yield from _forms(outer or inner, "bracket", country)
    elif is_legal_form(inner):
        yield from _beside_form(outer, inner, country)
    elif nothing_but_marker(inner):
        yield Variant(f"{inner} {outer}", "bracket_first")
    elif _NOTE.fullmatch(found[2]) and " " in inner and not marker(inner):
        yield from _forms(outer, "note", country)
    else:
        yield from _forms(outer, "bracket", country, hint=inner)


def _comma(text: str, country: str) -> Iterator[Variant]:
    """Jonquera, La; Bristol, City of; Mykolayiv, Lviv oblast."""
    before, comma, behind = text.partition(",")
    name, beside = normalise(before), normalise(behind)
    if not comma or not name or not beside:
        return
    if _ARTICLE.fullmatch(beside):
        yield from _forms(f"{beside} {name}", "article", country)
    elif is_legal_form(beside):
        yield from _beside_form(name, beside, country)
    elif nothing_but_marker(beside):
        yield Variant(f"{beside} {name}", "comma_first")
    elif "," not in behind:
        yield from _forms(name, "comma", country, hint=beside)


def _double(text: str, country: str) -> Iterator[Variant]:
    """Donostia/San Sebasti\u00e1n, Bruxelles-Brussel, Pruszcz Gda\u0144ski/Miasto."""
    plain = re.sub(r"[()]", " ", text)
    for parted, how in ((_DOUBLE.split(plain), "double"), (plain.split("-"), "double")):
        keys = tuple(key for part in parted if (key := normalise(part)))
        names = tuple(key for key in keys if not is_legal_form(key))
        if len(keys) < 2 or not names:
            continue
        if len(names) == 1 and len(keys) == 2:
            yield from _beside_form(names[0], keys[keys[0] == names[0]], country)
        elif len(names) > 1:
            yield Variant(names[0], how, parts=tuple(_part(name, country) for name in names))


def _part(name: str, country: str) -> str:
    """One of two names of a place, without its legal form unless that is a rural one: gmina Lubań and Lubań are two places."""
    return name if rural_in(name, country) else next(iter(without_legal_form(name, country)), name)


def _region_behind(key: str, country: str) -> Iterator[Variant]:
    """Heraklion Attica: the last word or two may be the region, which the place must then lie in."""
    words = key.split()
    for count in (1, 2):
        if len(words) > count:
            yield from _forms(" ".join(words[:-count]), "region_behind", country, hint=" ".join(words[-count:]))
