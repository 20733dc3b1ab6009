"""The legal form printed with a name: taken off (City of Espoo, Comune di Prato, Hillerød Kommune) or put first (Cuxhaven (Landkreis))."""

import re

_BEFORE = re.compile(
    r"^(?:city of|town of|city and county of|municipality of|municipal council of|commune d[eu]?|ville d[eu]?|mairie d[eu]?|comune d[ie]?"
    r"|citta di|ayuntamiento de|ajuntament de?|concello de|camara municipal d[eoa]|municipio d[eoa]|freie und hansestadt|hansestadt"
    r"|landeshauptstadt|universitatsstadt|stadtgemeinde|marktgemeinde|gemeinde|stadt|gemeente|stad|gmina miasto|gmina|miasto"
    r"|statutarni mesto|mesto|obec|grad|opstina|opcina|mestna obcina|obcina|obshtina|primaria municipiului|municipiul|orasul) (?=\w)"
)
_AFTER = re.compile(
    r"(?<=\w) (?:metropolitan municipality|buyuksehir belediyesi|belediyesi|municipality|city council|town council|borough council|borough"
    r"|kommune|kommun|stadt|stad|kaupunki|kunta|linn|city|municipio)$"
)
"""Words for a municipality in the languages of Europe. "District" is none: around Kaunas it excludes the city."""
_BRACKET = re.compile(r"([^()]+?)\s*\(([^()]+)\)\s*")


def without_legal_form(key: str) -> str:
    """The normalised name without a legal form before and behind it; unchanged where there is none or nothing would be left."""
    return _AFTER.sub("", _BEFORE.sub("", key))


def bracket_first(name: str) -> str:
    """The printed name with a bracket at its end put before it, as bodies write themselves: Landkreis Cuxhaven; else unchanged."""
    found = _BRACKET.fullmatch(name)
    return f"{found[2]} {found[1]}" if found else name
