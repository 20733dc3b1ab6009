"""Generated membership pages with their truth: what all sets of template families (the SETS of benchmarks/reading.py) are made of.

The folder benchmarks/ is on the path of benchmarks/reading.py and of its tests: `from reading_pages import Listing, TestPage`.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Row:
    """One member as a network printed it. country: as printed ("" where it was not); iso: its ISO 3166-1 code, "" where not known."""

    name: str
    country: str
    iso: str
    kind: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The members of one network at one date. listing_id: the file's name without its ending, e.g. "eccar__2019"."""

    listing_id: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TestPage:
    """One page to read without configuration.

    truth: the member names as a person would copy them, white space folded, in any order; () where the page holds no
    list. country: ISO code of the one country that all members share where a caller would name it, else "".
    """

    __test__: ClassVar[bool] = False

    family: str
    name: str
    body: bytes
    content_type: str
    truth: tuple[str, ...]
    country: str = ""


def folded(text: str) -> str:
    """The text with its white space folded to single spaces, as names are compared."""
    return " ".join(text.split())


def read_listings(folders: Iterable[Path]) -> tuple[Listing, ...]:
    """Every member list (*.csv) below the folders, sorted by name and folder; rows without a name are left out.

    A file lies in the form of include/samples/facts: name_as_published, country_as_published, membership_kind.
    """
    files = sorted((file.stem, number, file) for number, folder in enumerate(folders) for file in folder.rglob("*.csv"))
    found = [Listing(stem, tuple(_rows(file))) for stem, _, file in files]
    return tuple(listing for listing in found if listing.rows)


def _rows(file: Path) -> list[Row]:
    from citynet.places.countries import iso_country

    with file.open(encoding="utf-8", newline="") as lines:
        printed = [
            (folded(r["name_as_published"]), folded(r["country_as_published"]), r["membership_kind"])
            for r in csv.DictReader(lines)
            if r["name_as_published"].strip()
        ]
    return [Row(name, country, iso_country(country), kind) for name, country, kind in printed]


def municipalities(gazetteer_folder: Path, countries: Sequence[str], each: int) -> Listing:
    """A listing as long as the Covenant of Mayors': the first `each` municipalities of the countries as the gazetteer writes them."""
    from citynet.places.gazetteer import load_gazetteer

    gazetteer = load_gazetteer(gazetteer_folder)
    rows: list[Row] = []
    for country in countries:
        names = (line.split("\t") for line in gazetteer.places)
        found = [Row(parts[-1], country, country, "signatory") for parts in names if parts[1] == country and parts[2] == "m"]
        rows.extend(found[:each])
    return Listing("municipalities", tuple(rows))
