"""What the chrome of a page says, in six languages (words.csv), and countries as networks print them."""

import csv
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("en", "de", "fr", "es", "it", "pl")
COUNTRY_FORMS = ("name", "name", "name", "english", "lower", "upper", "code", "eu_code", "flag")
"""Forms of a country; "name" is in the language of the page."""
_EU_CODES = {"GR": "EL", "GB": "UK"}
EUROPE = (
    "AL", "AT", "BA", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GE", "GR", "HR", "HU", "IE",
    "IS", "IT", "LT", "LU", "LV", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR", "UA",
)  # fmt: skip


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def word(language: str, key: str, **filled: str) -> str:
    """A text of words.csv, its {places} filled."""
    return _table()[key][language].format(**filled)


@lru_cache(maxsize=4096)
def country(iso: str, language: str, form: str = "name") -> str:
    """A country as printed in one of COUNTRY_FORMS; "" for no country."""
    from babel import Locale

    if not iso:
        return ""
    name = str(Locale("en" if form in ("english", "lower") else language).territories[iso])
    flag = "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in iso)
    written = {"lower": name.lower(), "upper": name.upper(), "code": iso, "eu_code": _EU_CODES.get(iso, iso), "flag": f"{flag} {name}"}
    return written.get(form, name)


@lru_cache(maxsize=1)
def country_names() -> frozenset[str]:
    """The English names of all countries."""
    from babel import Locale

    return frozenset(str(name) for name in Locale("en").territories.values())
