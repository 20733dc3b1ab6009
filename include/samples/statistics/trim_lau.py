"""Trim Eurostat's joined LAU tables of 2019 to the table kept for replay; README.md beside this file tells what is left out and why.

    .venv/bin/python include/samples/statistics/trim_lau.py nuts_lau_2019.csv.gz published/latest/data/places.csv

The second file is the table of places of a run on the samples: what its bodies are by the gazetteer is kept whatever its size.
"""

import csv
import gzip
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from source_list import municipalities

from citynet.places.gazetteer import load_gazetteer
from citynet.places.normalise import normalise
from citynet.statistics.joining import index_municipalities
from citynet.statistics.lau import COLUMNS, UNIVERSE_FLOOR
from citynet.statistics.values import Municipality

OUT = Path(__file__).parent / "2026-08-31" / "lau_2019_trimmed.csv.gz"
GAZETTEER = Path(__file__).parents[2] / "gazetteer" / "places.tsv.gz"
Key = tuple[str, str]


def packed(units: Iterable[Municipality]) -> bytes:
    """The units as CSV, gzipped without a time stamp."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for u in units:
        writer.writerow([u.country, u.lau_code, u.name, u.name_latin, u.population, u.degurba, u.city_code, u.nuts3])
    return gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)


def large(units: Iterable[Municipality]) -> list[Municipality]:
    """Those of the universe: of at least UNIVERSE_FLOOR residents."""
    return [u for u in units if (u.population or 0) >= UNIVERSE_FLOOR]


def namesakes(units: Iterable[Municipality]) -> set[Key]:
    """The units below the floor that share a name with one above it."""
    known = [u for u in units if u.population is not None]
    above = index_municipalities(large(known), normalise)
    below = index_municipalities((u for u in known if (u.population or 0) < UNIVERSE_FLOOR), normalise)
    return {key_of(u) for key, found in below.items() if key in above for u in found}


def members(places: str) -> set[Key]:
    """What the gazetteer says the bodies of a run on the samples are."""
    gazetteer = load_gazetteer(GAZETTEER)
    with Path(places).open(encoding="utf-8", newline="") as file:
        found = (gazetteer.get(row["place_id"]) for row in csv.DictReader(file))
        return {(place.country, place.lau_code) for place in found if place is not None and place.lau_code}


def key_of(unit: Municipality) -> Key:
    """Country and code."""
    return unit.country, unit.lau_code


def main(source: str, places: str) -> None:
    """Read the source, trim, write; print the counts that the README states."""
    units = municipalities(source)
    same_name, in_samples = namesakes(units), members(places)
    keep = {key_of(u) for u in large(units)} | same_name | in_samples
    kept = [u for u in units if key_of(u) in keep]
    OUT.write_bytes(packed(kept))
    countries = len({u.country for u in kept})
    print(f"{len(kept)} units of {countries} countries, {len(large(kept))} of at least {UNIVERSE_FLOOR} residents")
    print(f"{len(same_name)} smaller namesakes, {len(in_samples)} of the samples, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
