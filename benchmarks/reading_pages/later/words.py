"""What the chrome of a page says, in six languages; the texts lie in words.txt and countries.txt beside this module."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "de", "fr", "es", "it", "pl")
MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": ("January", "February", "March", "May", "June", "October"),
    "de": ("Januar", "Februar", "März", "Mai", "Juni", "Oktober"),
    "fr": ("janvier", "février", "mars", "mai", "juin", "octobre"),
    "es": ("enero", "febrero", "marzo", "mayo", "junio", "octubre"),
    "it": ("gennaio", "febbraio", "marzo", "maggio", "giugno", "ottobre"),
    "pl": ("stycznia", "lutego", "marca", "maja", "czerwca", "października"),
}


@cache
def _lines(file: str) -> dict[str, tuple[str, ...]]:
    text = (Path(__file__).parent / file).read_text(encoding="utf-8")
    cells = (line.split("|") for line in text.splitlines())
    return {key: tuple(rest) for key, *rest in cells}


@cache
def words(language: str) -> Mapping[str, str]:
    """Every text of the chrome in one language."""
    column = LANGUAGES.index(language)
    return {key: texts[column] for key, texts in _lines("words.txt").items()}


@cache
def countries(language: str) -> Mapping[str, str]:
    """The names of the countries that a page can name, by ISO code."""
    column = LANGUAGES.index(language)
    return {iso: names[column] for iso, names in _lines("countries.txt").items()}
