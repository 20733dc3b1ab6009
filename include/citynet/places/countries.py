"""Country names and codes as printed anywhere in Europe, brought to ISO 3166-1 alpha-2."""

from collections.abc import Mapping

_CODES = {"EL": "GR", "UK": "GB"}
"""The EU's own codes for Greece and the United Kingdom (Eurostat, glossary of country codes)."""
_COUNTRY = {"AX": "FI", "GF": "FR", "GP": "FR", "MQ": "FR", "RE": "FR", "YT": "FR", "SJ": "NO"}
"""GeoNames gives these parts of a country a code of their own."""
_DEPENDENCIES = {"GB": ("GG", "GI", "IM", "JE")}
"""Printed under this country by networks, though not part of it."""


def iso_country(printed: str, *, network_id: str = "", judged: Mapping[tuple[str, str], str] | None = None) -> str:
    """The ISO alpha-2 code ("XK" for Kosovo) of a country as printed, "" where it is not recognised.

    Judged spellings come first (of this network, then of all), then the EU's codes, then countrynames, which knows the
    names in the languages of Europe. Two names parted by a slash count where the ones recognised agree.
    """
    import countrynames

    text = printed.strip()
    for key in ((text.upper(), network_id), (text.upper(), "")):
        if judged and key in judged:
            return judged[key]
    if text.upper() in _CODES:
        return _CODES[text.upper()]
    codes = {str(code)[:2] for part in [text, *text.split("/")] if part.strip() and (code := countrynames.to_code(part.strip()))}
    return codes.pop() if len(codes) == 1 else ""


def gazetteer_countries(country: str) -> tuple[str, ...]:
    """The codes under which the gazetteer keeps the places of a country."""
    return (country, *sorted(part for part, whole in _COUNTRY.items() if whole == country), *_DEPENDENCIES.get(country, ()))
