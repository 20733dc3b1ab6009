"""What the chrome of a page says, in one language."""

import functools
import random
from collections.abc import Sequence
from pathlib import Path

import yaml
from babel import Locale

LANGUAGES = ("en", "de", "fr", "es", "it", "pl")
FOLDER = Path(__file__).parent


@functools.cache
def _file() -> dict[str, list[str] | list[list[str]]]:
    loaded: dict[str, list[str] | list[list[str]]] = yaml.safe_load((FOLDER / "words.yaml").read_text(encoding="utf-8"))
    return loaded


def words(language: str) -> dict[str, str]:
    """The single words and sentences of one language."""
    place = LANGUAGES.index(language)
    return {key: str(entry[place]) for key, entry in _file().items() if isinstance(entry[0], str)}


def choices(key: str, language: str) -> tuple[str, ...]:
    """The alternatives a page draws from: titles, headlines, occasions."""
    place = LANGUAGES.index(language)
    return tuple(entry[place] for entry in _file()[key])


@functools.cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language).territories)


def country_label(code: str, language: str) -> str:
    """A country's name in the language of the page; "" stays ""."""
    return _territories(language)[code] if code else ""


@functools.cache
def country_labels(language: str) -> tuple[str, ...]:
    """Some forty European countries in the order of the alphabet, as a filter on a page offers them."""
    codes = "AL AT BA BE BG CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IS IT LT LU LV MD ME MK MT NL NO PL PT RO RS SE SI SK TR UA"
    return tuple(sorted(country_label(code, language) for code in codes.split()))


MONTHS = {language: [Locale.parse(language).months["format"]["wide"][number] for number in range(1, 13)] for language in LANGUAGES}


def printed_date(year: int, month: int, day: int, language: str) -> str:
    """A date as a page of that language prints it."""
    if language == "de":
        return f"{day:02}.{month:02}.{year}"
    return f"{day} {MONTHS[language][month - 1]} {year}"


def pick(rng: random.Random, key: str, language: str) -> str:
    """One of the alternatives."""
    return rng.choice(choices(key, language))


def sample(rng: random.Random, options: Sequence[str], count: int) -> list[str]:
    """So many different ones of the options, or all of them where there are fewer."""
    return rng.sample(list(options), min(count, len(options)))
