"""What kind of body a name says that it is, where that is no municipality, in the languages of Europe; and the name without it.

Kinds: state (the level below a country), between (that and the next), county (the next), grouping (of municipalities), section (of a
city), rural (a municipality around a town of its name). A word of several kinds (region, district) says that it is one of them. Words
are normalised (lower-case ASCII).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from citynet.places.normalise import normalise

_WORDS: Mapping[str, str] = {
    "state": """
        freistaat, bundesland, wojewodztwo, voivodeship, voivodship, generalitat, gewest, samospravny kraj, kraj, krai, oblast, canton,
        kanton, cantone, conseil regional, state of, government of, comunidad autonoma, autonomous community, regione autonoma,
        autonomous region, comunidad de, comunitat, junta de, oblasna rada,
        xunta de, gobierno de, region autonome, autonome region, comunidad foral,
        autonomna pokrajina, govern de""",
    "county": """
        landkreis, landratsamt, kreis, powiat, okres, departement, department, departament, conseil departemental, conseil general,
        conseil provincial, departmental council, provincial council, provincia autonoma, autonomous province, province, provincia,
        provincie, provinz, provincial government, diputacion provincial, diputacion foral, diputacion, diputacio provincial, diputacio,
        deputacion, aldundia, foru aldundia, okrug, judetul, judet, consiliul judetean, varmegye, megye, varmegyei onkormanyzat,
        megyei onkormanyzat, zupanija, fylkeskommune, fylke, maakond, county council, county municipality, county authority, comhairle
        contae, kreisverwaltung, autonome provinz, provinsje, libero consorzio comunale, cabildo, consell insular, island council,
        prefectural authority, prefectural administration, consell de""",
    "state county": """
        regional council, regional government, region, regione, regio, regiao, regiune, regija, periferia, perifereia, county,
        prefecture, nomarchia, maakuntaliitto, maakunta, landskapet, landskap, lans landsting, landsting, lan, liitto, forbund, apskritis,
        apskrities, planosanas regions, planning region, collectivite territoriale, collectivite europeenne, collectivite""",
    "between": "regierungsbezirk, government district",
    "county rural": "rajonas, rajono, raionas, raion, rajon, rayon",
    "county section rural": "district, distrikt, distretto, distrito, distrikto",
    "grouping": """
        metropole europeenne, eurometropole, metropole, metropolis, metropolitan area, metropolitan city, metropolitan region,
        metropolregion, area metropolitana, aire metropolitaine, citta metropolitana, communaute urbaine, communaute d agglomeration,
        communaute de communes, urban community, agglomeration community, community of communes, communaute, agglomeration, agglo,
        associacao de municipios, associacio de municipis, asociacion de municipios, associazione di comuni, association of
        municipalities, grand, greater, pays d, pays de, pays du, pays, samtgemeinde, verbandsgemeinde, verwaltungsgemeinschaft,
        regionalverband, kommunalverband, planungsverband, stadteregion, stadtregion, stadsregio, city region, combined authority,
        mancomunidad, mancomunitat, comarca, consell comarcal, unione dei comuni, unione di comuni, unione, comunita montana,
        comunita, comunidade intermunicipal, samkommun, seutukunta, etablissement public territorial, intercommunale""",
    "section": """
        london borough of, london borough, royal borough of, royal borough, borough of, boroughs, borough, stadtbezirk, bezirk,
        stadtteil, arrondissement municipal, arrondissement, kerulet, obvod, mestska cast, miestska cast, dzielnica, bydel, stadsdeel,
        stadsdel, sectorul, sektor, sector, quartier, quartiere, junta de freguesia, barrio, bairro, freguesia, gradska cetvrt""",
    "rural": "vald, novads, gmina wiejska, rural municipality, rural commune",
    "rural section": "parish",
}
_REGIONS = ("region", "regione", "regiao", "regional council", "regional government")
_STATES = dict.fromkeys(_REGIONS, "state")
_SECTION = dict.fromkeys(("district", "distrikt", "distretto", "distrito"), "section")
_IN_COUNTRY: Mapping[str, Mapping[str, str]] = {
    **{country: {**_STATES, **_SECTION} for country in ("FR", "IT", "ES")},
    "BE": {**_STATES, **_SECTION, "arrondissement": "between"},
    **{country: _STATES for country in ("CZ", "DK", "PT", "SK")},
    "PL": {**_STATES, "county": "county"},
    "GR": {**_STATES, "periferia": "state", "perifereia": "state", "prefecture": "county", "nomarchia": "county"},
    "SE": {**_STATES, **dict.fromkeys(("lan", "lans landsting", "landsting", "county", "county council"), "state")},
    "FI": {**_STATES, **dict.fromkeys(("maakuntaliitto", "maakunta", "landskapet", "liitto", "forbund", "county"), "state")},
    "JP": {"prefecture": "state"},
    "LT": dict.fromkeys(("rajonas", "rajono", "district"), "rural"),
    "NL": _SECTION,
    **{country: {**_SECTION, "county": "county"} for country in ("HU", "RO")},
    **{country: {"county": "county"} for country in ("DE", "GB", "HR", "IE", "NO")},
    "EE": {"county": "county", "parish": "rural"},
    "LV": {"parish": "rural"},
}
"""The one kind that a word means in a country."""
_ABBREVIATIONS: Mapping[str, Mapping[str, str]] = {
    "DE": {"lk": "county", "lkr": "county", "lkrs": "county", "kr": "county", "sg": "grouping", "vg": "grouping", "bez": "section"},
    "AT": {"bez": "county"},
    "FR": {
        **dict.fromkeys(("ca", "cu", "cc", "ept", "epci", "cda", "cdc"), "grouping"),
        **{"cg": "county", "cd": "county", "dept": "county", "dep": "county", "cr": "state", "arr": "section"},
    },
    "GB": {"lb": "section", "rb": "section", "ca": "grouping"},
    "IT": {"prov": "county", "provinc": "county", "reg": "state", "cm": "grouping"},
    "ES": {"dip": "county", "prov": "county", "amb": "grouping"},
    "PT": {"cim": "grouping", "am": "grouping"},
    "PL": {"pow": "county", "woj": "state"},
    **{country: {"prov": "county"} for country in ("BE", "NL")},
    "RO": {"jud": "county"},
}
_SECTIONS = {"KR": re.compile(r"\bgu\b"), "JP": re.compile(r"\bku\b")}
_ANYWHERE = {"lk": "county", "sg": "grouping", "lb": "section", "prov": "county"}
"""Those that count where the country of a name is not known."""
_CITY_MARKS = re.compile(r"\bmetropolitan (?:municipality|borough|district)\b|\bcounty borough\b|\b(?:borough|district) council$")
"""Words of municipalities that hold one of these: Turkey, the United Kingdom."""
_FRENCH_ONLY = re.compile(r"^grand(?=\W)|^pays\b")
_ONLY_IN = {
    **dict.fromkeys(("junta de", "consell de", "govern de"), ("ES", "")),
    **dict.fromkeys(("collectivite", "collectivite territoriale", "collectivite europeenne"), ("FR", "")),
    "forbund": ("FI",),
}
"""Phrases that say another thing elsewhere: a kommunalförbund of Sweden is an association."""
_KOREAN_CITY = re.compile(r"\bmetropolitan city\b")
_LAND = re.compile(r"^land ")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12}
_ROMAN |= {"xiii": 13, "xiv": 14, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20, "xxi": 21, "xxii": 22, "xxiii": 23}
_IN_ONE_WORD = re.compile(r"(\w{4,}?)s?region(?:en)?\b")
"""Sweden writes the name and the word for the kind as one: Västra Götalandsregionen."""
_ORDINAL = re.compile(r"(\d{1,2})(?:e|er|eme|o|a|th|st|nd|rd)?")
_FILLERS = frozenset(
    re.findall(
        r"\w+",
        """a al am an and auf bei by d da das de dei del della der des di die do dos du e ed el en et i im in l la las le les los
        na nad of on op s sur the u und upon van von y z zu""",
    )
)
"""Words between the words of a name."""
_COMPANY = re.compile(
    r"(?<=\w)[ ,]+(?:AB|GmbH|gGmbH|Oy|A/S|ASA|Ltd\.?|Limited|SpA|S\.p\.A\.|Srl|S\.r\.l\.|BV|NV|Kft\.?|Zrt\.?|d\.o\.o\.|e\. ?V\.)$"
)
"""Legal forms of companies and associations, as they are written."""
_BETWEEN = re.compile(r"^(?:(?:de|di|do|da|du|of|d|del|della|des|der|von|the) )+(?:(?:l|la|le|les) (?=\w))?|(?: (?:de|of|von))+$")
"""Words that joined a name to the word for its kind."""
_OFFICE = re.compile(
    r"^(?:council|assembly|government|administration)(?= of )"
    r"| (?:local authorities|regional assembly|council|assembly|government|authority|administration)$"
)
"""What governs a body of a kind, printed for it: Council of Tampere Region, South Moravian Region Administration."""


@dataclass(frozen=True, slots=True)
class KindOfBody:
    """kinds: what the name may say that it is, empty where it says none of these; words: those of the name itself, in order; name:
    normalised, without the words for its kind."""

    kinds: frozenset[str]
    words: tuple[str, ...]
    name: str


@lru_cache(maxsize=2**14)
def kind_of_body(name: str, country: str) -> KindOfBody:
    """The kind of body that a printed name says in a country (ISO code, "" unknown), and the words that are left.

    The leftmost word for a kind decides, all go; a name of such words alone says nothing.
    """
    key = _without_others(normalise(name), country)
    kinds, rest = _spelt_out(key, country)
    if not kinds:
        kinds, rest = _abbreviated(key, country)
    if not kinds or not rest.strip():
        return KindOfBody(frozenset(), own_words(key), key)
    name = " ".join(rest.split())
    name = without_office(name)
    bare = _BETWEEN.sub("", name) or name
    return KindOfBody(kinds, own_words(bare), bare)


def without_office(key: str) -> str:
    """A normalised name without the word for what governs the body (Balearic Islands Government)."""
    return _OFFICE.sub("", key).strip() or key


def says_rural(name: str) -> bool:
    """Whether a word of the name is one for a rural municipality."""
    return bool(_RURAL.search(normalise(name)))


def is_company(name: str) -> bool:
    """Whether a printed name ends in the legal form of a company or of an association."""
    return bool(_COMPANY.search(name.strip()))


def own_words(key: str) -> tuple[str, ...]:
    """The words of a normalised name without those between them; all where nothing else is there."""
    return tuple(word for word in key.split() if word not in _FILLERS) or tuple(key.split())


def numbered(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with the number of a section behind its city written alike: VI, 6e and 6th are 6."""
    return tuple(_number(word) if at or len(words) == 1 or word[:1].isdigit() else word for at, word in enumerate(words))


def _number(word: str) -> str:
    found = _ORDINAL.fullmatch(word)
    return str(int(found[1])) if found else str(_ROMAN.get(word, word))


def _without_others(key: str, country: str) -> str:
    """The key without words that hold one of a kind, yet say another thing."""
    key = _CITY_MARKS.sub(" ", key)
    if country == "SE":
        key = _IN_ONE_WORD.sub(r"\1 region", key)
    if country == "KR":
        key = _KOREAN_CITY.sub(" ", key)
    if country in ("DE", "AT", ""):
        key = _LAND.sub("freistaat ", key)
    return " ".join(key.split())


def _spelt_out(key: str, country: str) -> tuple[frozenset[str], str]:
    kinds = frozenset[str]()
    for found in _PHRASES.finditer(key):
        french = _FRENCH_ONLY.match(found[0] + " ")
        if french and country not in ("FR", "BE", "LU", "CH", ""):
            continue
        if country not in _ONLY_IN.get(found[0], (country,)):
            continue
        kinds = kinds or frozenset(_IN_COUNTRY.get(country, {}).get(found[0], _KINDS_OF[found[0]]).split())
    return kinds, _PHRASES.sub(" ", key)


def _abbreviated(key: str, country: str) -> tuple[frozenset[str], str]:
    """As spelt out, for an abbreviation that stands first or last."""
    if country in _SECTIONS and _SECTIONS[country].search(key):
        return frozenset(("section",)), _SECTIONS[country].sub(" ", key)
    known = _ABBREVIATIONS.get(country, {}) if country else _ANYWHERE
    words = key.split()
    for at in (0, -1):
        if len(words) > 1 and words[at] in known:
            return frozenset(known[words[at]].split()), " ".join(words[1:] if at == 0 else words[:-1])
    return frozenset(), key


_KINDS_OF = {" ".join(word.split()): kinds for kinds, listed in _WORDS.items() for word in listed.split(",")}
_PHRASES = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _KINDS_OF), key=lambda p: (-len(p), p)))})\b")
_RURAL = re.compile(rf"\b(?:{'|'.join(sorted(phrase for phrase, kinds in _KINDS_OF.items() if 'rural' in kinds))})\b")
