"""The words of the pages' chrome in six languages, and names of countries in them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from babel import Locale

LANGUAGES = ("en", "de", "fr", "es", "it", "pl")
OTHER_COUNTRIES = ("AT", "BE", "BR", "CA", "CZ", "DE", "DK", "ES", "FI", "FR", "GR", "HU", "IE", "IT", "JP", "NL", "NO", "PL", "PT", "SE")
PARTNERS = ("Council of Europe", "European Commission", "UNHCR", "Open Society", "Bertelsmann Stiftung", "UCLG", "ICLEI", "OECD")
STREETS = ("Rue de la Loi 120", "Hauptstraße 7", "Via Roma 33", "12 Market Street", "Calle Mayor 4", "ul. Długa 21")


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands around a list, drawn for one page."""

    language: str
    words: dict[str, Any]
    cities: tuple[str, ...]
    news: tuple[str, ...]
    events: tuple[tuple[str, str, str], ...]
    offices: tuple[tuple[str, str], ...]
    countries: tuple[str, ...]


@cache
def words() -> dict[str, dict[str, Any]]:
    """The words of every language, from words.yaml."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return found


def country_name(iso: str, language: str) -> str:
    """The country as the language writes it; the code itself where CLDR has none."""
    return str(Locale(language).territories.get(iso, iso)) if iso else ""


def chrome(random: Random, language: str, cities: list[str]) -> Chrome:
    """Surroundings in the language that name the cities given (at least twelve)."""
    found = words()[language]
    news = [sentence.format(city) for sentence, city in zip(random.sample(found["news"], 4), cities, strict=False)]
    events = [
        (title, city, f"{random.randint(1, 28):02}.{random.randint(1, 12):02}.2026")
        for title, city in zip(found["events"], cities[4:], strict=False)
    ]
    offices = list(zip(random.sample(STREETS, 2), cities[7:9], strict=True))
    countries = sorted(country_name(iso, language) for iso in OTHER_COUNTRIES)
    return Chrome(language, found, tuple(cities), tuple(news), tuple(events), tuple(offices), tuple(countries))
