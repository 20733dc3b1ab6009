"""How well places and local units are joined, as the README of this folder states it.

    .venv/bin/python include/gazetteer/measure.py --cities cities.pbf --lau lau_2019.csv.gz [--centres centres.csv]

centres: population-weighted coordinates of local units by an independent source, columns gisco_id (CC_CODE), latitude, longitude.
"""

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from build import read_all
from crosswalk import Key, kilometres, match_admins, match_by_name, match_places, region_points, regions_around
from local_units import LocalUnit
from seats import adopt, by_unit, choose_seats
from sources import City

CLASSES = ((500, "under 500"), (1_000, "500-1k"), (5_000, "1-5k"), (10_000, "5-10k"), (50_000, "10-50k"), (10**9, "50k and more"))
FAR_KM = 15.0


def main() -> None:
    """Print the four tables."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cities", type=Path, required=True)
    asked.add_argument("--lau", type=Path, required=True)
    asked.add_argument("--centres", type=Path)
    given = asked.parse_args()
    cities, admins, within, codes, units = read_all(given.cities, given.lau)
    unit_of_admin = match_admins(admins.values(), units)
    unit_of = match_places(cities, codes, within, unit_of_admin, units)
    seats = choose_seats(units, {key: admins[row] for row, key in unit_of_admin.items()}, by_unit(cities, unit_of), codes)
    adopt(units, seats, cities, unit_of, within)
    print_seats(units, seats)
    print_places(cities, unit_of, units)
    print_left_out(cities, unit_of, units, within)
    if given.centres:
        print_distances(given.centres, cities, seats, unit_of)


def print_seats(units: Iterable[LocalUnit], seats: Mapping[Key, int]) -> None:
    """Share of local units with a seat, by residents and by country."""
    by_class, by_country = defaultdict(Counter), defaultdict(Counter)
    for unit in units:
        seated = (unit.country, unit.code) in seats
        name = "not known" if unit.population is None else next(n for bound, n in CLASSES if unit.population < bound)
        by_class[name][seated] += 1
        by_country[unit.country][seated] += 1
    for title, counted in (("residents", by_class), ("country", by_country)):
        print(f"\nunits with a seat by {title}")
        for name, c in sorted(counted.items()):
            print(f"  {name:14} {c[True]:6} of {c.total():6} {c[True] / c.total():.3f}")


def print_places(cities: Iterable[City], unit_of: Mapping[int, tuple[Key, str]], units: Iterable[LocalUnit]) -> None:
    """Share of places of at least 5,000 residents whose unit is known, and how it is known."""
    listed = {u.country for u in units}
    how, large = Counter(), defaultdict(Counter)
    for city in cities:
        if city.country in listed:
            how[unit_of[city.number][1] if city.number in unit_of else "not known"] += 1
            if city.population >= 5_000:
                large[city.country][city.number in unit_of] += 1
    print("\nplaces by how their unit is known:", dict(how.most_common()))
    total = sum(large.values(), Counter())
    print(f"places of 5,000 and more with a unit: {total[True]} of {total.total()} {total[True] / total.total():.3f}")
    print("  ", {c: round(n[True] / n.total(), 3) for c, n in sorted(large.items()) if n[True] < n.total()})


def print_left_out(
    cities: list[City], unit_of: Mapping[int, tuple[Key, str]], units: list[LocalUnit], within: Mapping[int, tuple[int, ...]]
) -> None:
    """What the names say of places whose code is known: every tenth of them is hidden in turn."""
    coded = sorted(number for number, (_, how) in unit_of.items() if how == "code")
    said = right = 0
    for tenth in range(10):
        hidden = set(coded[tenth::10])
        known = {n: how for n, how in unit_of.items() if n not in hidden}
        around = regions_around(known, cities, within, units)
        found = match_by_name([c for c in cities if c.number in hidden], region_points(known, cities, units), units, around)
        said += len(found)
        right += sum(unit_of[n][0] == key for n, (key, _) in found.items())
    print(f"left out: the name says a unit for {said} of {len(coded)} places, {right / said:.4f} of them the coded one")


def print_distances(file: Path, cities: Iterable[City], seats: Mapping[Key, int], unit_of: Mapping[int, tuple[Key, str]]) -> None:
    """Share of seats within FAR_KM of their unit's centre by an independent source, and the farthest."""
    iso = {"EL": "GR", "UK": "GB"}
    by_number = {c.number: c for c in cities}
    away, by_country = [], defaultdict(Counter)
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            country, _, code = row["gisco_id"].partition("_")
            seat = seats.get((iso.get(country, country), code))
            if seat is not None:
                city = by_number[seat]
                centre = replace(city, latitude=float(row["latitude"]), longitude=float(row["longitude"]))
                km = kilometres(city, centre)
                away.append((km, city.country, city.name, code, row["lau_name"], unit_of[seat][1]))
                by_country[city.country][km <= FAR_KM] += 1
    near = sum(km <= FAR_KM for km, *_ in away)
    print(f"\nseats within {FAR_KM:.0f} km of the centre: {near} of {len(away)} {near / len(away):.4f}")
    print("  ", {c: f"{n[True]}/{n.total()}" for c, n in sorted(by_country.items()) if n[False]})
    for km, *rest in sorted(away, reverse=True)[:60]:
        print(f"  {km:6.0f} km", *rest)


if __name__ == "__main__":
    main()
