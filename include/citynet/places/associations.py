"""Whether a name is that of an association of municipalities or regions, and what its members are called, in several languages."""

import re
from collections.abc import Mapping

from citynet.places.normalise import normalise

_ASSOCIATION = re.compile(
    r"\b(?:ass?ocia\w*|federa[ct]\w*|confedera[ct]\w*|union\w*|uni[ao]o?|leagues?|ligas?|lega|ligue|congress\w*|congreso|conference|convention"
    r"|consej[oe]|council|conseil|frente|fund|fonds?|fondo|network|red|reseau|rete|verband|bund|tag|forbund|samband)\b"
    r"|\w+(?:verbund|verband|bund|tag|forbund)\b"
)
_MEMBERS: Mapping[str, str] = {
    "municipality": r"municip(?:alities|alites|alidades|ios|is|i)|commun(?:es|al\w*)|comun(?:i|es|al\w*)|kommun(?:er|en|ar)"
    r"|gemeinden|gemeenten|ajuntaments",
    "city": r"cities|ciudades|cidades|citta|villes|stadte\w*|stader|steden|towns|capitales|ciutats",
    "authority": r"authorities|autoridades|autorites|autoritats|governments?|gobiernos|governos|enti",
    "region": r"regions?|regional|regionales|regionais|regioni|regiones|regioes|regionen|provinc\w*|count(?:y|ies)|departement\w*",
    "head": r"president\w*|presidents?|mayors?|alcaldes|maires|sindaci|burgermeister|prefeitos",
    "local": r"local(?:es|s|i)?|loca(?:is|ux)|lokal\w*",
}
_PATTERNS = {member: re.compile(rf"\b(?:{words})\b") for member, words in _MEMBERS.items()}


def members_said(name: str) -> frozenset[str]:
    """What a printed name says the members of an association are (municipality, city, authority, region, head, local); empty where it
    names no association of two or more: Union of Municipalities, not Municipality of Unión."""
    key = normalise(name)
    if not _ASSOCIATION.search(key):
        return frozenset()
    said = frozenset(member for member, pattern in _PATTERNS.items() if pattern.search(key))
    return said if said - {"local", "region"} or "local" in said else frozenset()
