"""Eurostat's codes of cities, greater cities and functional urban areas, before and now: the checked table of them.

include/datasets/territory_codes.csv holds one row a code, city_municipalities.csv the local units of cities in the list of 2019;
build_territory_codes.py beside them makes both from lists and figures of 2016 to 2026.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass

from citynet.errors import ConfigError

CITY, GREATER, FUA = "statistical_city", "greater_city", "functional_urban_area"
KINDS = (CITY, GREATER, FUA)
CURRENT, FORMER = "current", "former"
SERVED, LIST, AUDIT, V2016, V2018 = "served_2026", "lau_2019", "urban_audit_2019", "urb_cpop1_2016", "urb_cpop1_2018"
SOURCES = {
    SERVED: "codes and labels of urb_cpop1 as served on 2026-08-31",
    LIST: "local administrative units 2019",
    AUDIT: "Urban Audit, cities and functional urban areas 2019",
    V2016: "urb_cpop1 as of 2016-10-26",
    V2018: "urb_cpop1 as of 2018",
}
"""Where a code stands, all of Eurostat."""
COLUMNS = (
    *("territory_code", "territory_kind", "label", "country", "code_status", "current_code", "former_codes", "core_lau"),
    *("municipalities", "nuts3", "export_2018", "joined_by", "exception", "source"),
)
MEMBER_COLUMNS = ("country", "lau_code", "city_code", "greater_city_code")
TODAY = {CITY: re.compile(r"[A-Z]{2}\d{3}C"), FUA: re.compile(r"[A-Z]{2}\d{3}F")}
"""The form of today's codes of cities (of either kind) and of functional urban areas; the cubes hold rows of countries too."""
_SUFFIX = re.compile(r"\s*\(greater( city)?\)\s*$", re.IGNORECASE)
_PREFIX = re.compile(r"^Greater\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Territory:
    """One code. core_lau: the municipality that bears the city's name, "" where not certain; municipalities: how many make it up in
    the list of 2019, None where it is not there; export_2018: its label in the tables of 2018, which print no codes, numbered
    where it comes twice; joined_by: how former and current code were found to belong together; exception: what does not fit."""

    territory_code: str
    territory_kind: str
    label: str
    country: str
    code_status: str
    current_code: str = ""
    former_codes: tuple[str, ...] = ()
    core_lau: str = ""
    municipalities: int | None = None
    nuts3: tuple[str, ...] = ()
    export_2018: str = ""
    joined_by: str = ""
    exception: str = ""
    source: tuple[str, ...] = ()

    def written(self) -> list[object]:
        """The row as it stands in the file."""
        values = (getattr(self, column) for column in COLUMNS)
        return [";".join(value) if isinstance(value, tuple) else value for value in values]


@dataclass(frozen=True, slots=True)
class CodeTable:
    """territories: by code. members: (ISO country, local unit) -> codes of its city and of its greater city in 2019, "" for none."""

    territories: Mapping[str, Territory]
    members: Mapping[tuple[str, str], tuple[str, str]]


def greater_label(label: str) -> bool:
    """Whether a label as served says that the territory is a greater city."""
    return _SUFFIX.search(label) is not None or _PREFIX.match(label.strip()) is not None


def bare_label(label: str) -> str:
    """The label without what says that it is a greater city."""
    return _PREFIX.sub("", _SUFFIX.sub("", label.strip()))


def read_codes(codes: str, members: str) -> CodeTable:
    """Both files, read strictly: ConfigError names file and line where columns, kinds or references are not as they must be."""
    territories: dict[str, Territory] = {}
    for line, row in _rows("territory_codes.csv", codes, COLUMNS):
        made = _territory(row, f"territory_codes.csv:{line}")
        if made.territory_code in territories:
            raise ConfigError(f"territory_codes.csv:{line}: expected each code once, got {made.territory_code} again")
        territories[made.territory_code] = made
    for made in territories.values():
        for code in filter(None, (made.current_code, *made.former_codes)):
            if code not in territories:
                raise ConfigError(f"territory_codes.csv: {made.territory_code}: expected codes of this table, got {code}")
    found = {(r["country"], r["lau_code"]): (r["city_code"], r["greater_city_code"]) for _, r in _rows("", members, MEMBER_COLUMNS)}
    return CodeTable(territories, found)


def _rows(name: str, text: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != columns:
        raise ConfigError(f"{name or 'city_municipalities.csv'}: expected the columns {','.join(columns)}; got {reader.fieldnames}")
    return [(reader.line_num, row) for row in reader]


def _territory(row: Mapping[str, str], where: str) -> Territory:
    if (
        row["territory_kind"] not in KINDS
        or row["code_status"] not in (CURRENT, FORMER)
        or not set(row["source"].split(";")) <= set(SOURCES)
    ):
        raise ConfigError(f"{where}: expected a known kind, status and source, got {dict(row)}")
    several = {column: tuple(filter(None, row[column].split(";"))) for column in ("former_codes", "nuts3", "source")}
    return Territory(
        territory_code=row["territory_code"],
        territory_kind=row["territory_kind"],
        label=row["label"],
        country=row["country"],
        code_status=row["code_status"],
        current_code=row["current_code"],
        former_codes=several["former_codes"],
        core_lau=row["core_lau"],
        municipalities=int(row["municipalities"]) if row["municipalities"] else None,
        nuts3=several["nuts3"],
        export_2018=row["export_2018"],
        joined_by=row["joined_by"],
        exception=row["exception"],
        source=several["source"],
    )
