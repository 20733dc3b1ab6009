"""What the builder of territory_codes.csv reads, as it is read: the lists of codes and the older figures; README.md tells of the sources.

The folder holds lau_2019.csv.gz, urban_audit_city_fua_codes_2019.csv, urb_cpop1_DE1001V_1990-2015_long.csv.gz,
urb_cpop1_2018-07_DE1001V_wide.csv, urb_cpop1_2018-09_export_with_flags.csv.gz and urb_2026/.
"""

import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from citynet.statistics.aggregation import aggregated
from citynet.statistics.joining import iso_of
from citynet.statistics.values import Municipality

Series = Mapping[int, int]
"""Year -> residents on 1 January (DE1001V)."""
TOTAL = "Population on the 1st of January, total"
LOST = "\ufffd"
"""Stands in the export of September 2018 for letters that a program lost; the table of July has them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list of local units of 2019 says of a code: its name there and its municipalities."""

    name: str
    units: tuple[Municipality, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """One place of the tables of 2018, which print labels and no codes. key: its label, numbered where it comes twice."""

    key: str
    label: str
    series: Series


def listed_codes(path: Path) -> dict[str, dict[str, Listed]]:
    """city, greater_city and fua -> code -> what the list of 2019 says; small units put together as in the samples."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {level: _level(rows, level) for level in ("city", "greater_city", "fua")}


def _level(rows: Iterable[Mapping[str, str]], level: str) -> dict[str, Listed]:
    """Some codes of functional urban areas of Hungary end in a no-break space."""
    names: dict[str, str] = {}
    parts: dict[str, list[Municipality]] = defaultdict(list)
    for row in rows:
        if code := row[f"{level}_id"].strip():
            names[code] = " ".join(row[f"{level}_name"].split())
            parts[code].append(_unit(row))
    return {code: Listed(names[code], aggregated(parts[code])) for code in sorted(parts)}


def _unit(row: Mapping[str, str]) -> Municipality:
    name, latin = (" ".join(row[column].split()) for column in ("lau_name_national", "lau_name_latin"))
    residents = round(float(row["population"])) if row["population"] else None
    return Municipality(row["lau_code"], iso_of(row["country"]), name, latin, residents, None, row["city_id"], row["code_2016"])


def vintage_2016(path: Path) -> dict[str, dict[int, int]]:
    """Code -> series, of the table as it stood on 2016-10-26."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["cities"]][int(row["TIME_PERIOD"])] = round(float(row["OBS_VALUE"]))
    return dict(found)


def table_2018(path: Path) -> list[tuple[str, dict[int, int]]]:
    """Label and series of the table as it stood on 2018-06-21, in its order, which is that of the codes within a country."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    (head,) = (number for number, row in enumerate(rows) if row and row[0] == "CITIES/TIME")
    years = [int(year) for year in rows[head][1:]]
    found = []
    for row in rows[head + 1 :]:
        if not row or not row[0]:
            break
        values = {year: int(cell.replace(",", "")) for year, cell in zip(years, row[1:], strict=True) if cell not in (":", "")}
        found.append((row[0], values))
    return found


def export_2018(path: Path, named: Iterable[tuple[str, Mapping[int, int]]]) -> list[Exported]:
    """The places of the export of September 2018 in its order; `named`: labels and series that give the lost letters back."""
    labels: list[str] = []
    series: dict[int, dict[int, int]] = defaultdict(dict)
    place: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["INDIC_UR"] != TOTAL:
                continue
            number, year = place[row["TIME"]], int(row["TIME"])
            place[row["TIME"]] += 1
            if number == len(labels):
                labels.append(row["CITIES"])
            if labels[number] != row["CITIES"]:
                raise ValueError(f"{path.name}: expected {labels[number]} as place {number} of {year}, got {row['CITIES']}")
            if row["Value"] != ":":
                series[number][year] = int(row["Value"])
    return _keyed([(_whole(label, series[number], list(named)), series[number]) for number, label in enumerate(labels)])


def _keyed(places: Iterable[tuple[str, Series]]) -> list[Exported]:
    seen: Counter[str] = Counter()
    found = []
    for label, series in places:
        seen[label] += 1
        found.append(Exported(f"{label} ({seen[label]})" if seen[label] > 1 else label, label, series))
    return found


def _whole(label: str, series: Series, named: Iterable[tuple[str, Series]]) -> str:
    """The label with the letters that the export lost, from the one label that fits it and has the same figures."""
    if LOST not in label:
        return label
    form = re.compile(".+".join(re.escape(part) for part in label.split(LOST)))
    fitting = {whole for whole, figures in named if form.fullmatch(whole) and agreeing(series, figures)}
    if len(fitting) != 1:
        raise ValueError(f"export of 2018: expected one label of July for {label!r}, found {sorted(fitting)}")
    return fitting.pop()


def agreeing(one: Series, other: Series) -> int:
    """In how many years both series have the same figure."""
    return sum(1 for year, value in one.items() if other.get(year) == value)


def labels_of_today(folder: Path) -> tuple[dict[str, str], dict[str, dict[int, int]]]:
    """Code -> label and code -> series, as served on 2026-08-31 as far as that was seen; labels of Belgium were not ("")."""
    labels: dict[str, str] = {}
    series: dict[str, dict[int, int]] = defaultdict(dict)
    with (folder / "cities_codes_labels_FR042C-TR026C_2026-08-31.csv").open(encoding="utf-8", newline="") as file:
        labels |= {row["code"]: " ".join(row["label"].split()) for row in csv.DictReader(file)}
    with (folder / "urb_cpop1_DE1001V_BE_AT_CY_CH_2026-08-31.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            labels.setdefault(row["cities"], " ".join(row["label"].split()))
            series[row["cities"]][int(row["TIME_PERIOD"])] = int(row["OBS_VALUE"])
    return {code: label for code, label in sorted(labels.items()) if len(code) > 2}, dict(series)


def urban_audit_2019(path: Path) -> dict[str, str]:
    """Code of a city or greater city -> name of its functional urban area; some rows are misplaced, so codes count and names do not."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["city_code"]: row["fua"] for row in csv.DictReader(file) if re.fullmatch(r"[A-Z]{2}\d{3}[CK]\d", row["city_code"])}
