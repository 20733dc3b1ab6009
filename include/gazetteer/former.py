"""Write former_municipalities.csv beside this file: municipalities that were merged away, and which one each is a part of since.

    .venv/bin/python include/gazetteer/former.py --cities cities.pbf --lau lau_2019.csv.gz --french FOLDER --old rg_cities1000.csv \
        --belgian municipalities.json --italian comuni.csv

French ones are read off the official geographic code (basis "official"). The others are inferred (basis "places", "names", see
former_inferred.py). What is not clear-cut is left out.
"""

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, fields
from pathlib import Path

from build import read_all
from crosswalk import match_admins, match_places
from former_inferred import Former, World, by_double_names, by_new_codes, from_2015, from_2019, place_in, world_of
from former_sources import FrenchEdition, read_belgian, read_french, read_italian, read_old_places
from local_units import LocalUnit
from spelling import key_of

from citynet.places.gazetteer import load_gazetteer

HERE = Path(__file__).parent
LIST_YEAR = "2019"
"""Year of Eurostat's list of local units; it has the French communes of 1 January 2019."""


def main() -> None:
    """Read, infer, write; print how many lines of each country there are."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("cities", "lau", "french", "old", "belgian", "italian"):
        asked.add_argument(f"--{option}", type=Path, required=True)
    asked.add_argument("--out", type=Path, default=HERE / "former_municipalities.csv")
    given = asked.parse_args()
    cities, admins, within, codes, units = read_all(given.cities, given.lau)
    unit_of = match_places(cities, codes, within, match_admins(admins.values(), units), units)
    world = world_of(load_gazetteer(HERE), admins, within, codes)
    lines = [*french(read_french(given.french), units, world)]
    lines += from_2015(read_old_places(given.old), cities, units, world)
    lines += from_2019(cities, {number: key for number, (key, _) in unit_of.items()}, units, world)
    lines += by_new_codes("BE", read_belgian(given.belgian), units, world)
    lines += by_double_names(read_belgian(given.belgian), units, world)
    lines += by_new_codes("IT", read_italian(given.italian), units, world)
    kept = without_contradictions(lines)
    with given.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(Former)])
        writer.writerows(astuple(line) for line in kept)
    print(f"{len(kept)} of {len(lines)} lines", sorted(Counter((line.country, line.basis) for line in kept).items()))


def french(editions: Mapping[str, FrenchEdition], units: Iterable[LocalUnit], world: World) -> Iterator[Former]:
    """The communes of an older edition that are none in the newest, and those that keep a mayor within another commune.

    Associated communes are left out: most were merged in the 1970s, and are sections of their town.
    """
    newest = editions[max(editions)]
    actual = {LIST_YEAR: {u.code: u.official[0] for u in units if u.country == "FR"}} | {y: e.actual for y, e in editions.items()}
    names: dict[tuple[str, str], str] = {}
    for year in sorted(actual):
        names |= {(code, key_of(name)): name for code, name in actual[year].items()}
    names |= {(code, key_of(name)): name for code, name in newest.delegated.items()}
    for (code, key), name in sorted(names.items()):
        successor = _successor(code, editions)
        if not successor or key == key_of(newest.actual[successor]) or (code in newest.actual and code not in newest.delegated):
            continue
        has = [year for year in sorted(actual) if key_of(actual[year].get(code, "")) == key]
        heir = world.by_code.get(("FR", successor))
        heir_id = heir.place_id if heir else ""
        own = world.by_code.get(("FR", code))
        mine = own.place_id if own and world.bears(own.place_id, key) else place_in("FR", (key,), heir_id, world)
        if mine and mine == heir_id:
            continue
        later = [year for year in sorted(actual) if not has or year > has[-1]]
        yield Former(
            "FR", name, mine, newest.actual[successor], heir_id, has[-1] if has else "", later[0] if later else "", "official", "INSEE COG"
        )


def _successor(code: str, editions: Mapping[str, FrenchEdition]) -> str:
    """The commune of the newest edition that the code lies in, "" where no edition tells."""
    newest = editions[max(editions)].actual
    reached = code
    for year in sorted(editions):
        reached = editions[year].became.get(reached, reached)
    return reached if reached in newest else ""


def without_contradictions(lines: Iterable[Former]) -> list[Former]:
    """Each line once, sorted; of one place and successor by two sources that with years; none where sources name two successors."""
    found: dict[tuple[str, str], list[Former]] = defaultdict(list)
    for line in lines:
        found[line.country, line.place_id or f"{key_of(line.names.partition('|')[0])} in {line.successor}"].append(line)
    kept = []
    for same in found.values():
        if len({line.successor_id or line.successor for line in same}) == 1:
            kept.append(max(same, key=lambda line: (line.basis == "official", line.listed, astuple(line))))
    return sorted(kept, key=astuple)


if __name__ == "__main__":
    main()
