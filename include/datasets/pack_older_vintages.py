"""Put two older vintages of urb_cpop1 into the form in which the service serves cubes today, for replay and for tests.

    .venv/bin/python include/datasets/pack_older_vintages.py FOLDER

FOLDER holds the files that territory_sources.py names. urb_cpop1_2016 has the codes of 2016; the export of 2018 prints labels and
no codes, so the label stands for the code, numbered where it comes twice ("Madrid (2)" is the greater city). Figures and flags are
as they are printed; the same input gives the same bytes.
"""

import csv
import gzip
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from territory_sources import export_2018, table_2018, vintage_2016

OUT = Path(__file__).parents[1] / "samples" / "statistics" / "2018-09-30"
INDICATORS = {
    "Population on the 1st of January, total": "DE1001V",
    "Population on the 1st of January, male": "DE1002V",
    "Population on the 1st of January, female": "DE1003V",
    "Population on the 1st of January, 0-4 years, total": "DE1040V",
    "Population on the 1st of January, 0-4 years, male": "DE1041V",
}
"""The five indicators of the export by the codes of Eurostat's list; the export prints their labels alone."""
Cell = tuple[str, str, int]
"""Indicator, territory, year."""


def packed(updated: str, labels: Mapping[str, str], values: Mapping[Cell, float], flags: Mapping[Cell, str]) -> bytes:
    """A JSON-stat cube freq x indic_ur x cities x time, sparse as the service serves it, gzipped without a time stamp."""
    indicators = [code for code in INDICATORS.values() if any(cell[0] == code for cell in values)]
    years = sorted({year for _, _, year in {*values, *flags}})
    categories = {
        "freq": {"A": "Annual"},
        "indic_ur": dict.fromkeys(indicators, ""),
        "cities": dict(labels),
        "time": {str(y): str(y) for y in years},
    }
    at = [{code: number for number, code in enumerate(codes)} for codes in (indicators, labels)]

    def key(cell: Cell) -> str:
        return str((at[0][cell[0]] * len(labels) + at[1][cell[1]]) * len(years) + years.index(cell[2]))

    names = {code: label for label, code in INDICATORS.items()}
    categories["indic_ur"] = {code: names[code] for code in indicators}
    body = {
        "version": "2.0",
        "class": "dataset",
        "label": "Population on 1 January by age groups and sex - cities and greater cities",
        "source": "ESTAT",
        "updated": updated,
        "value": {key(cell): value for cell, value in values.items()},
        "status": {key(cell): flag for cell, flag in flags.items()},
        "id": list(categories),
        "size": [len(codes) for codes in categories.values()],
        "dimension": {
            name: {"label": name, "category": {"index": {code: n for n, code in enumerate(codes)}, "label": codes}}
            for name, codes in categories.items()
        },
    }
    return gzip.compress(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), compresslevel=9, mtime=0)


def of_2016(folder: Path) -> bytes:
    """DE1001V, 1990 to 2015, as the table stood on 2016-10-26; names of the codes were not kept with it."""
    series = vintage_2016(folder / "urb_cpop1_DE1001V_1990-2015_long.csv.gz")
    values: dict[Cell, float] = {("DE1001V", code, year): value for code, of in series.items() for year, value in of.items()}
    return packed("2016-10-26T23:00:00+0200", {code: code for code in series}, values, {})


def of_2018(folder: Path) -> bytes:
    """Five indicators with flags, 2008 to 2017, as the table stood in summer 2018."""
    path = folder / "urb_cpop1_2018-09_export_with_flags.csv.gz"
    places = export_2018(path, table_2018(folder / "urb_cpop1_2018-07_DE1001V_wide.csv"))
    values: dict[Cell, float] = {}
    flags: dict[Cell, str] = {}
    for cell, value, flag in cells_of_2018(path, [place.key for place in places]):
        if value is not None:
            values[cell] = value
        if flag:
            flags[cell] = flag
    return packed("2018-06-21T23:00:00+0200", {place.key: place.label for place in places}, values, flags)


def cells_of_2018(path: Path, keys: Sequence[str]) -> list[tuple[Cell, int | None, str]]:
    """Each row of the export; places come in the same order for each year and indicator, which tells two of one label apart."""
    place: Counter[tuple[str, str]] = Counter()
    found = []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            number = place[row["TIME"], row["INDIC_UR"]]
            place[row["TIME"], row["INDIC_UR"]] += 1
            cell = (INDICATORS[row["INDIC_UR"]], keys[number], int(row["TIME"]))
            found.append((cell, None if row["Value"] == ":" else int(row["Value"]), row["Flag and Footnotes"]))
    return found


def main(folder: str) -> None:
    """Read, pack, write; print sizes."""
    for name, body in (("2016", of_2016(Path(folder))), ("2018", of_2018(Path(folder)))):
        path = OUT / f"urb_cpop1_{name}.json.gz"
        path.write_bytes(body)
        print(f"{path.name}: {len(body)} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
