"""Count municipalities and residents by country, size class and degree of urbanisation; README.md tells of source and gaps.

    .venv/bin/python include/samples/statistics/count_universes.py nuts_lau_2019.csv.gz

The input is that of trim_lau.py, whole: all 34 countries and the units of any size. The country's totals are counted apart
and stand in each row, so that a table that lost a row is seen.
"""

import csv
import gzip
import io
import sys
from collections import defaultdict
from pathlib import Path

from citynet.statistics.joining import iso_of, size_class
from citynet.statistics.universes import COLUMNS, read_universes

OUT = Path(__file__).parent / "2026-08-31" / "universes_2019.csv"
DEGREES = ("1", "2", "3")


def residents_of(unit: dict[str, str]) -> int | None:
    """Residents as a whole number (the source's CSV has 119714.0); None where there are none stated."""
    return round(float(unit["population"])) if unit["population"] else None


def cell_of(unit: dict[str, str]) -> tuple[str, str, str]:
    """Country (ISO), size class and degree; 9 is no degree: 182 communities of Cyprus have it."""
    degree = unit["degurba"].removesuffix(".0")
    return iso_of(unit["country"]), size_class(residents_of(unit)) or "", degree if degree in DEGREES else ""


def counted(units: list[dict[str, str]]) -> bytes:
    """The table as sorted CSV."""
    cells: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for unit in units:
        residents = residents_of(unit)
        for entry in (cells[cell_of(unit)], totals[iso_of(unit["country"])]):
            entry[0] += 1
            entry[1] += residents or 0
        totals[iso_of(unit["country"])][2] += residents is not None
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for (country, size, degree), (municipalities, residents) in sorted(cells.items()):
        every, everyone, known = totals[country]
        writer.writerow([country, size, degree, municipalities, residents if size else "", every, everyone if known else ""])
    return text.getvalue().encode()


def main(source: str) -> None:
    """Read the source, count, write; print the totals that the README states."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as file:
        body = counted(list(csv.DictReader(file)))
    OUT.write_bytes(body)
    cells = read_universes(body)
    print(f"{len(cells)} cells, {sum(c.municipalities for c in cells)} units, {sum(c.residents or 0 for c in cells)} residents")


if __name__ == "__main__":
    main(*sys.argv[1:])
