"""The words of the pages in six languages, and the names of countries."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "de", "fr", "es", "it", "pl")
PLURAL = ("topics", "months", "network", "headlines", "intro")


@dataclass(frozen=True, slots=True)
class Land:
    """A country as pages print it. region: the word of its part of the world."""

    region: str
    names: Mapping[str, str]


@cache
def lands() -> dict[str, Land]:
    """Every country that pages can print, by its ISO code."""
    with (FOLDER / "countries.csv").open(encoding="utf-8", newline="") as lines:
        return {row["iso"]: Land(row["region"], {language: row[language] for language in LANGUAGES}) for row in csv.DictReader(lines)}


@cache
def words(language: str) -> dict[str, str | list[str]]:
    """The words of one language; those of PLURAL are lists."""
    import yaml

    at = LANGUAGES.index(language)
    rows = yaml.safe_load((FOLDER / "words.yaml").read_text(encoding="utf-8"))
    return {key: _value(key, row[at]) for key, row in rows.items()}


def _value(key: str, text: str) -> str | list[str]:
    return text.split(";") if key in PLURAL else text
