"""The words of the sites in six languages, and the names of countries in them."""

from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

LANGUAGES = ("en", "de", "fr", "es", "it", "pl")
AT_HOME = {"DE": "de", "AT": "de", "CH": "de", "FR": "fr", "ES": "es", "IT": "it", "PL": "pl"}


@cache
def _file() -> dict[str, Any]:
    import yaml

    with (Path(__file__).parent / "words.yaml").open(encoding="utf-8") as file:
        found: dict[str, Any] = yaml.safe_load(file)
    return found


def words(language: str) -> dict[str, Any]:
    """What the sites of the language print around the names."""
    found: dict[str, Any] = _file()[language]
    return found


def states(language: str) -> list[str]:
    """The countries a site offers to filter by, in the order of its alphabet."""
    return sorted(country_name(iso, language) for iso in _file()["states"])


@cache
def same_place(name: str) -> str:
    """One spelling for the usual names of a city, so that no list drawn from several networks holds it twice."""
    known = str(_file()["same"].get(name, name)).casefold()
    return "".join(letter for letter in normalize("NFKD", known) if letter.isalnum())


@cache
def country_name(iso: str, language: str) -> str:
    """The country as a site of the language writes it; "" for no country."""
    from babel import Locale

    return str(Locale(language).territories.get(iso, iso)) if iso else ""
