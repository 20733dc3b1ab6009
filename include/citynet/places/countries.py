"""Country names and codes as printed anywhere in Europe, brought to ISO 3166-1 alpha-2."""

import re
from collections.abc import Mapping
from functools import lru_cache

from citynet.places.country_names import country_named

_CODES = {"EL": "GR", "UK": "GB"}
"""The EU's own codes for Greece and the United Kingdom (Eurostat, glossary of country codes)."""
_SIGNS = {
    **{"A": "AT", "B": "BE", "D": "DE", "E": "ES", "F": "FR", "H": "HU", "I": "IT", "L": "LU", "M": "MT", "N": "NO", "P": "PT", "S": "SE"},
    "SLO": "SI",
}
"""Distinguishing signs of vehicles where they are no code of ISO 3166 (UNECE, Convention on Road Traffic of 1968, article 37; lists of
Klima-Bündnis and others print them)."""
_COUNTRY = {"AX": "FI", "GF": "FR", "GP": "FR", "MQ": "FR", "RE": "FR", "YT": "FR", "SJ": "NO"}
"""GeoNames gives these parts of a country a code of their own."""
_DEPENDENCIES = {"GB": ("GG", "GI", "IM", "JE")}
"""Printed under this country by networks, though not part of it."""
_UNDER = {
    **dict.fromkeys(("FO", "GL"), "DK"),
    **dict.fromkeys(("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "WF", "YT"), "FR"),
    **dict.fromkeys(("AI", "BM", "FK", "GG", "GI", "IM", "JE", "KY", "MS", "SH", "TC", "VG"), "GB"),
    **dict.fromkeys(("AS", "GU", "MP", "PR", "VI"), "US"),
    **dict.fromkeys(("AW", "BQ", "CW", "SX"), "NL"),
    **{"AX": "FI", "SJ": "NO", "CC": "AU", "CX": "AU", "NF": "AU", "CK": "NZ", "NU": "NZ", "TK": "NZ", "HK": "CN", "MO": "CN"},
    **{"TW": "CN", "XK": "RS", "PS": "IL", "EH": "MA"},
}
"""Codes of ISO 3166-1 (and XK) for territories, and for countries that others claim, with the code under which lists print them too."""
_AT_THE_END = re.compile(r"(.+?)(?:,\s*([^,()]+)|\s*\(([^()]+)\))\s*")
_PARTING = re.compile(r"[()\[\],;:|/]|\s[-–—]\s")
"""What parts a country from a part of it that is printed beside it."""
_SHORTEST_NAME = 4
"""Letters of the shortest names of countries (Cuba, Peru); shorter ones are codes, which states of America share (DE, GA)."""


def iso_country(printed: str, *, network_id: str = "", judged: Mapping[tuple[str, str], str] | None = None) -> str:
    """The ISO alpha-2 code ("XK" for Kosovo) of a country as printed, "" where it is not recognised.

    Judged spellings come first (of this network, then of all), then the EU's codes, then countrynames, then the CLDR's names in
    the languages of Europe. Two names parted by a slash count where the ones recognised agree; where a part of the country is printed
    with it (Italia - Emilia-Romagna, United Kingdom (England)), the one part counts that names a country.
    """
    text = printed.strip()
    for key in ((text.upper(), network_id), (text.upper(), "")):
        if judged and key in judged:
            return judged[key]
    return _code(text)


@lru_cache(maxsize=4096)
def _code(text: str) -> str:
    """Lists print few countries many times, and a look-up costs 0.3 ms."""
    import countrynames

    if known := _CODES.get(text.upper()) or _SIGNS.get(text):
        return known
    codes = {str(code)[:2] for part in [text, *text.split("/")] if part.strip() and (code := countrynames.to_code(part.strip()))}
    if codes:
        return codes.pop() if len(codes) == 1 else ""
    return country_named(text) or _of_a_part(text)


def _of_a_part(text: str) -> str:
    """The country that the parts of a text name which is more than one name, "" where they name none or several."""
    parts = [part.strip() for part in _PARTING.split(text) if part.strip()]
    codes = {_CODES.get(part.upper()) or country_named(part) for part in parts} - {""}
    return codes.pop() if len(parts) > 1 and len(codes) == 1 else ""


def gazetteer_countries(country: str) -> tuple[str, ...]:
    """The codes under which the gazetteer keeps the places of a country."""
    return (country, *sorted(part for part, whole in _COUNTRY.items() if whole == country), *_DEPENDENCIES.get(country, ()))


def may_be_printed_under(country: str) -> frozenset[str]:
    """The codes under which a list may print what lies in a country: its own and that of the state which has or claims it (FO: FO, DK)."""
    return frozenset((country, _UNDER.get(country, country))) - {""}


@lru_cache(maxsize=2**14)
def country_in_name(name: str, country_as_published: str) -> tuple[str, str]:
    """A printed name and its country, where the name ends with it: ("Valencia, Spain", "") is ("Valencia", "Spain").

    A code at the end (Cambridge, UK) counts where the country printed beside it agrees. Unchanged where countrynames puts
    the end in no country, or in another than the one printed beside it. It knows cities and regions too (Berlin, Granada in
    the Caribbean), so a caller must still ask whether the end is itself a place.
    """
    found = _AT_THE_END.fullmatch(name)
    end = (found[2] or found[3]).strip() if found else ""
    beside = iso_country(country_as_published) if country_as_published.strip() else ""
    code = iso_country(end) if len(end) >= _SHORTEST_NAME or beside else ""
    if found is None or not code or (country_as_published.strip() and beside != code):
        return name, country_as_published
    return found[1].strip(), country_as_published.strip() or end


def code_in_name(name: str) -> tuple[str, str]:
    """A printed name and the country code in capitals behind it: ("London, UK") is ("London", "UK"); the code is "" where there is none.

    Codes are states of America too, so a caller must ask whether the country has a place of that name.
    """
    found = _AT_THE_END.fullmatch(name)
    end = (found[2] or found[3]).strip() if found else ""
    if found is None or len(end) >= _SHORTEST_NAME or not end.isupper() or not iso_country(end):
        return name, ""
    return found[1].strip(), end
