"""Whether a text is the name of a country and nothing else: for readers that must tell a country from a city.

`countries.iso_country` serves columns that hold countries only; its library takes "Berlin" for Germany and "Paris" for France.
"""

import re
from functools import cache

# fmt: off
_LANGUAGES = (
    "en", "de", "fr", "es", "it", "pl", "nl", "pt", "sv", "da", "nb", "fi", "cs", "sk", "hu", "ro", "bg", "el", "hr", "sl", "sr", "sr_Latn",
    "uk", "ru", "lt", "lv", "et", "tr", "ca", "eu", "gl", "sq", "mk", "is", "ga", "bs", "be", "ka", "hy", "az", "lb", "mt", "ar", "he",
)
# fmt: on
"""The languages of Europe and of its neighbours in which membership pages are written."""
_OTHER_NAMES = {
    **dict.fromkeys(("uk", "great britain", "england", "scotland", "wales", "northern ireland", "großbritannien", "grande-bretagne"), "GB"),
    **dict.fromkeys(
        ("gran bretagna", "gran bretaña", "vereinigtes königreich von großbritannien", "royaume uni", "the united kingdom"), "GB"
    ),
    **dict.fromkeys(("usa", "u.s.a.", "us", "united states of america", "the united states", "vereinigte staaten von amerika"), "US"),
    **dict.fromkeys(("czech republic", "tschechische republik", "république tchèque", "repubblica ceca", "república checa"), "CZ"),
    **dict.fromkeys(("the netherlands", "holland", "pays bas", "pays-bas", "paesi bassi"), "NL"),
    **dict.fromkeys(("turkey", "türkei", "turkiye"), "TR"),
    **dict.fromkeys(("republic of moldova", "moldavia", "moldawien", "moldova"), "MD"),
    **dict.fromkeys(("macedonia", "fyrom", "mazedonien", "macédoine", "republic of north macedonia", "north macedonia"), "MK"),
    **dict.fromkeys(("bosnia and herzegovina", "bosnia", "bosnia-herzegovina", "bosnien und herzegowina", "bosnia herzegovina"), "BA"),
    **dict.fromkeys(("russia", "russian federation"), "RU"),
    **dict.fromkeys(("south korea", "republic of korea", "korea"), "KR"),
    **dict.fromkeys(("palestine", "palestinian territories", "state of palestine"), "PS"),
    **dict.fromkeys(("kosovo", "republic of kosovo", "kosova"), "XK"),
    **dict.fromkeys(("republic of ireland", "eire", "ireland"), "IE"),
    **dict.fromkeys(("ivory coast", "cote d'ivoire", "côte d'ivoire", "côte d’ivoire"), "CI"),
    **dict.fromkeys(("hellas", "el"), "GR"),
    **dict.fromkeys(("viet nam",), "VN"),
    **dict.fromkeys(("syrian arab republic",), "SY"),
    **dict.fromkeys(("iran (islamic republic of)", "islamic republic of iran"), "IR"),
    **dict.fromkeys(("the gambia",), "GM"),
    **dict.fromkeys(("swaziland",), "SZ"),
    **dict.fromkeys(("cape verde",), "CV"),
    **dict.fromkeys(("burma",), "MM"),
    **dict.fromkeys(("slovak republic",), "SK"),
    **dict.fromkeys(("democratic republic of the congo",), "CD"),
    **dict.fromkeys(("united kingdom of great britain and northern ireland",), "GB"),
}
_THREE_LETTERS = {
    **{"AUT": "AT", "BEL": "BE", "BGR": "BG", "HRV": "HR", "CYP": "CY", "CZE": "CZ", "DNK": "DK", "EST": "EE", "FIN": "FI", "FRA": "FR"},
    **{"DEU": "DE", "GRC": "GR", "HUN": "HU", "IRL": "IE", "ITA": "IT", "LVA": "LV", "LTU": "LT", "LUX": "LU", "MLT": "MT", "NLD": "NL"},
    **{"POL": "PL", "PRT": "PT", "ROU": "RO", "SVK": "SK", "SVN": "SI", "ESP": "ES", "SWE": "SE", "GBR": "GB", "NOR": "NO", "CHE": "CH"},
    **{"ISL": "IS", "UKR": "UA", "TUR": "TR", "SRB": "RS", "ALB": "AL", "MDA": "MD", "MNE": "ME", "MKD": "MK", "BIH": "BA"},
    **{"GER": "DE", "SUI": "CH", "USA": "US"},
}
"""ISO alpha-3 codes of the countries of Europe, and those of sports and statistics."""
_FORM_OF_STATE = re.compile(
    r"(?:the )?(?:people's |islamic |hellenic |arab )?(?:republic|kingdom|state|principality|grand duchy) of (?:the )?(?=\w)"
)
"""What the official name of a state puts before its name, as in UN lists ("Kingdom of Morocco")."""
_NOT_COUNTRIES = frozenset(("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"))
"""Codes of the CLDR for unions, test locales and the unknown."""


def country_named(text: str) -> str:
    """The ISO code of the country whose name in some language of Europe, or whose code in capitals, the text is; "" for all else."""
    plain = re.sub(r"\s+", " ", text.strip().strip(".,;:").replace("’", "'"))
    if len(plain) in (2, 3):
        return _codes().get(plain) or _names().get(plain.casefold(), "") if plain.isupper() else ""
    names, small = _names(), plain.casefold()
    return names.get(small) or names.get(_FORM_OF_STATE.sub("", small, count=1), "")


@cache
def _names() -> dict[str, str]:
    """Name in small letters -> code, from the Unicode CLDR by way of babel (0.3 s once)."""
    from babel import Locale

    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in sorted(Locale.parse(language).territories.items()):
            if len(code) == 2 and code not in _NOT_COUNTRIES:
                found.setdefault(name.replace("’", "'").casefold(), code)
    return found | _OTHER_NAMES


@cache
def _codes() -> dict[str, str]:
    """Code in capitals -> ISO alpha-2 code."""
    two = {code: code for code in _names().values()} | {"UK": "GB", "EL": "GR"}
    return two | _THREE_LETTERS
