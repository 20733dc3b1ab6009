"""Trim Eurostat's joined LAU tables of 2019 to the table kept for replay; README.md beside this file tells what is left out and why.

    .venv/bin/python include/samples/statistics/trim_lau.py nuts_lau_2019.csv.gz

The input is data/nuts_lau_2019.rda of rOpenGov/regions (commit 0890afe9), written as CSV.
"""

import csv
import gzip
import io
import sys
from pathlib import Path

from citynet.places.normalise import normalise
from citynet.statistics.joining import index_municipalities, iso_of
from citynet.statistics.lau import COLUMNS, GAPS, UNIVERSE_FLOOR, read_lau
from citynet.statistics.values import Municipality

OUT = Path(__file__).parent / "2026-08-31" / "lau_2019_trimmed.csv.gz"
_EU_CODES = {"GR": "EL"}


def whole(number: str) -> str:
    """A figure as the source's CSV has it (119714.0) as a whole number, "" where there is none."""
    return str(round(float(number))) if number else ""


def row(source: dict[str, str]) -> dict[str, str]:
    """The columns that are kept, blanks evened; the Latin name only where it differs."""
    kept = {column: " ".join(source[column].split()) for column in COLUMNS}
    kept["population"], kept["degurba"] = whole(source["population"]), whole(source["degurba"])
    if kept["lau_name_latin"] == kept["lau_name_national"]:
        kept["lau_name_latin"] = ""
    return kept


def packed(rows: list[dict[str, str]]) -> bytes:
    """The rows as sorted CSV, gzipped without a time stamp."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda r: (r["country"], r["lau_code"])))
    return gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)


def namesakes(units: tuple[Municipality, ...]) -> set[tuple[str, str]]:
    """Country and code of the units below the floor that share a name with one above it."""
    large = index_municipalities((u for u in units if (u.population or 0) >= UNIVERSE_FLOOR), normalise)
    small = index_municipalities((u for u in units if (u.population or 0) < UNIVERSE_FLOOR), normalise)
    return {(u.country, u.lau_code) for key, found in small.items() if key in large for u in found}


def main(source: str) -> None:
    """Read the source, trim, write; print the counts that the README states."""
    left_out = {_EU_CODES.get(country, country) for country in GAPS}
    with gzip.open(source, "rt", encoding="utf-8", newline="") as file:
        rows = [row(r) for r in csv.DictReader(file) if r["country"] not in left_out and r["population"]]
    units = read_lau(packed(rows))
    keep = namesakes(units) | {(u.country, u.lau_code) for u in units if (u.population or 0) >= UNIVERSE_FLOOR}
    kept = [r for r in rows if (iso_of(r["country"]), r["lau_code"]) in keep]
    OUT.write_bytes(packed(kept))
    large = sum(int(r["population"]) >= UNIVERSE_FLOOR for r in kept)
    print(f"{len(kept)} units, {large} of at least {UNIVERSE_FLOOR} residents, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
