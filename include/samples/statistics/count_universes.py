"""Count municipalities and residents by country, size class and degree of urbanisation; README.md tells of source and gaps.

    .venv/bin/python include/samples/statistics/count_universes.py nuts_lau_2019.csv.gz

The input is that of trim_lau.py, whole: all 34 countries and municipalities of any size. The country's totals are counted apart
and stand in each row, so that a table that lost a row is seen.
"""

import csv
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from source_list import municipalities

from citynet.statistics.universes import COLUMNS, UniverseCell, counted, read_universes

OUT = Path(__file__).parent / "2026-08-31" / "universes_2019.csv"


def written(cells: Iterable[UniverseCell]) -> bytes:
    """The cells as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(cell, column) for column in COLUMNS] for cell in cells)
    return text.getvalue().encode()


def main(source: str) -> None:
    """Read the source, count, write; print the totals that the README states."""
    body = written(counted(municipalities(source)))
    OUT.write_bytes(body)
    cells = read_universes(body)
    countries = len({c.country for c in cells})
    municipal, residents = sum(c.municipalities for c in cells), sum(c.residents or 0 for c in cells)
    print(f"{len(cells)} cells of {countries} countries, {municipal} municipalities, {residents} residents")


if __name__ == "__main__":
    main(*sys.argv[1:])
