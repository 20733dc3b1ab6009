"""The words of the generated pages: chrome in six languages and the names of countries in each of them."""

import csv
from functools import cache
from pathlib import Path
from typing import Any, Final

LANGUAGES: Final = ("en", "de", "fr", "es", "it", "pl")
FOLDER: Final = Path(__file__).parent


@cache
def words() -> dict[str, dict[str, Any]]:
    """words.yaml: by language, then by the name of the word or sentence."""
    import yaml

    found: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "words.yaml").read_text(encoding="utf-8"))
    return found


@cache
def countries() -> dict[str, dict[str, str]]:
    """countries.csv by ISO 3166-1 code: the region's place in `regions` of words.yaml and the name by language."""
    with (FOLDER / "countries.csv").open(encoding="utf-8", newline="") as lines:
        return {row["iso"]: row for row in csv.DictReader(lines)}


def country_name(iso: str, language: str) -> str:
    """The country's name in the language, "" for an unknown country."""
    return countries()[iso][language] if iso else ""


def region_name(iso: str, language: str) -> str:
    """The heading a network would put the country under."""
    regions: list[str] = words()[language]["regions"]
    return regions[int(countries()[iso]["region"])]
