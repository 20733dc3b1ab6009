"""How right `citynet compare` is: .venv/bin/python benchmarks/changes.py LISTINGS

LISTINGS is a folder of dated lists (name_as_published, country_as_published, membership_kind): facts/ and, beside the project
only, compare_only/. First the pairs of one network are compared and every difference is printed. Then lists with known truth
are made: every list of the folder and lists drawn from the gazetteer lose some bodies, gain some, and print many of the others
otherwise (names in other languages, legal forms, dashes, misprints, country codes, rows printed twice, another order). Exit
code 1 where a bound of BARS or SECONDS is broken. The reference beside it compares names as printed.
"""

import argparse
import csv
import random
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from changed_lists import Member, changed, drawn, members_of, otherwise

if TYPE_CHECKING:
    from citynet.history.comparing import Difference
    from citynet.pipelines.comparing import ListedName
    from citynet.pipelines.names import Names

PAIRS = (
    ("facts/seebruecke_sichere_haefen_niedersachsen__2019-07", "facts/seebruecke_sichere_haefen_niedersachsen__2020-06"),
    ("facts/intercultural_cities_pilot__2009-03", "facts/intercultural_cities_pilot__2010-02"),
    ("facts/ua_partnership_migrants__2016", "facts/ua_partnership_migrants__2023"),
    ("facts/arrival_cities_tudresden__2016", "facts/arrival_cities__2025-07"),
    ("compare_only/arrival_cities__2016", "facts/arrival_cities__2025-07"),
    ("facts/arrival_cities_tudresden__2016", "compare_only/arrival_cities__2016"),
    ("facts/eccar_germany__2010", "compare_only/eccar__2019"),
    ("facts/clip__2011", "compare_only/clip__2019"),
    ("compare_only/eurocities__2018", "compare_only/eurocities__2025-05"),
)
BARS = {"precision": 0.98, "recall": 0.95}
SECONDS, LONG = 20.0, 12_000
"""Processor seconds for two lists of LONG names of which half are printed otherwise, so that nearly all are resolved twice."""
SEED, ROUNDS, DRAWN_LISTS, DRAWN_BODIES = "changes benchmark 1", 4, 12, 150
LEAST_NAMES, WITHOUT_COUNTRY = 9, 0.25


@dataclass(frozen=True, slots=True)
class Score:
    """claimed, right and true of one kind of change, in bodies; wrong: the claims that are not true, as printed."""

    claimed: int = 0
    right: int = 0
    true: int = 0
    wrong: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    def __add__(self, other: "Score") -> "Score":
        sums = (self.claimed + other.claimed, self.right + other.right, self.true + other.true)
        return Score(*sums, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def values(self) -> dict[str, float]:
        return {"precision": self.right / max(1, self.claimed), "recall": self.right / max(1, self.true)}


def score(claims: Sequence[str], bodies: dict[str, str], true: frozenset[str]) -> Score:
    """Claimed names against the bodies that truly changed; a body claimed twice is right once."""
    claimed = [(name, bodies[name]) for name in claims]
    right = {body for _, body in claimed} & true
    wrong = tuple(name for name, body in claimed if body not in true)
    missed = tuple(sorted(name for name, body in bodies.items() if body in true - right))
    return Score(len(claimed), len(right), len(true), wrong, missed)


def listed(members: Iterable[Member]) -> list["ListedName"]:
    """As `compare` takes a list."""
    from citynet.pipelines.comparing import ListedName

    return [ListedName(m.name, m.country, "member") for m in members]


def compared(old: Sequence["ListedName"], new: Sequence["ListedName"], names: "Names") -> Sequence["Difference"]:
    """The differences as the command writes them."""
    from citynet.pipelines.comparing import compare_lists, in_no_network

    return compare_lists(old, new, in_no_network(names), names)


def scored(old: Sequence[Member], new: Sequence[Member], left: Sequence[str], joined: Sequence[str]) -> dict[str, Score]:
    """Claims of names against the truth."""
    before, after = ({m.name.strip(): m.body for m in members} for members in (old, new))
    gone, come = frozenset(before.values()) - set(after.values()), frozenset(after.values()) - set(before.values())
    return {"left": score(left, before, gone), "joined": score(joined, after, come)}


def read_list(path: Path) -> list["ListedName"]:
    """One dated list."""
    from citynet.pipelines.comparing import listed_names

    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return listed_names(path.name, list(rows[0]), rows)


def show_pairs(folder: Path, names: "Names") -> None:
    """Prints each difference of each pair that is there, and the counts."""
    for old, new in PAIRS:
        paths = [folder / f"{name}.csv" for name in (old, new)]
        if not all(path.is_file() for path in paths):
            print(f"\n{old} - {new}: not there")
            continue
        before, after = map(read_list, paths)
        found = compared(before, after, names)
        kinds = sorted({(d.change, d.cause) for d in found})
        counts = ", ".join(f"{sum((d.change, d.cause) == kind for d in found)} {kind[0]} ({kind[1]})" for kind in kinds)
        print(f"\n{old} ({len(before)}) - {new} ({len(after)}): {counts or 'no difference'}")
        for d in found:
            print(f"  {d.change:11} {d.cause:15} {d.country:2} {d.place_id or '-':12} {d.name_old or '-'} | {d.name_new or '-'}")


def made_pairs(folder: Path, names: "Names", seed: str = SEED) -> list[tuple[str, list[Member], list[Member]]]:
    """Name, old and new list; the same for the same folder, gazetteer and seed."""
    chance = random.Random(seed)
    bases = []
    for path in sorted(folder.glob("*/*.csv")):
        members = members_of(read_list(path), names, path.stem)
        bases += [(path.stem, members)] * (ROUNDS if len(members) >= LEAST_NAMES else 0)
    pool = [m for _, members in dict(bases).items() for m in members] + drawn(names, chance, 2000)
    bases += [(f"drawn {n}", drawn(names, chance, DRAWN_BODIES)) for n in range(DRAWN_LISTS)]
    known = names.gazetteer.names_of({m.place_id for _, ms in bases for m in ms if m.place_id} | {m.place_id for m in pool if m.place_id})
    pool = [m for m in pool if m.code]
    pairs = []
    for name, members in bases:
        unlike = {m.name: m for m in members}
        old = [otherwise(m, known, chance) if chance.random() < 0.1 else m for m in unlike.values()]
        if chance.random() < WITHOUT_COUNTRY:
            old = [replace(m, country="") for m in old]
        pairs.append((name, old, changed(old, pool, known, chance)))
    return pairs


def by_print(old: Sequence[Member], new: Sequence[Member]) -> dict[str, Score]:
    """The reference: a name as printed that is on one list alone has left or joined."""
    before, after = {m.name for m in old}, {m.name for m in new}
    return scored(old, new, sorted(n.strip() for n in before - after), sorted(n.strip() for n in after - before))


def show_made(folder: Path, names: "Names", seed: str, show: bool) -> list[str]:
    """Prints precision and recall on the made lists; the bounds that are broken."""
    totals = {kind: {"left": Score(), "joined": Score()} for kind in ("real lists", "drawn lists", "all", "reference")}
    pairs = made_pairs(folder, names, seed)
    for name, old, new in pairs:
        found = compared(listed(old), listed(new), names)
        claims = [
            [getattr(d, column) for d in found if d.change == change] for change, column in (("left", "name_old"), ("joined", "name_new"))
        ]
        made, plain = scored(old, new, *claims), by_print(old, new)
        for change in ("left", "joined"):
            for kind in ("drawn lists" if name.startswith("drawn") else "real lists", "all"):
                totals[kind][change] += made[change]
            totals["reference"][change] += plain[change]
            if show and (made[change].wrong or made[change].missed):
                print(f"  {name}: {change} wrong {made[change].wrong}, missed {made[change].missed}")
    print(f"\n{len(pairs)} made pairs of lists, {sum(len(old) for _, old, _ in pairs)} bodies")
    trouble = []
    for kind, changes in totals.items():
        for change, total in changes.items():
            values = ", ".join(f"{what} {value:.3f}" for what, value in total.values.items())
            print(f"  {kind:12} {change:7} {values}  ({total.right} right of {total.claimed} claimed, {total.true} true)")
            if kind == "all":
                trouble += [
                    f"{change}: {what} {total.values[what]:.3f} of at least {bar}" for what, bar in BARS.items() if total.values[what] < bar
                ]
    return trouble


def show_time(names: "Names") -> list[str]:
    """Prints the seconds that two long lists take, by the clock of this process; the bound where it is broken."""
    chance = random.Random(SEED)
    members = drawn(names, chance, LONG)
    known = names.gazetteer.names_of({m.place_id for m in members if m.place_id})
    later = changed(members, drawn(names, chance, LONG // 2), known, chance)
    start = time.process_time()
    found = compared(listed(members), listed(later), names)
    seconds = time.process_time() - start
    print(f"\n{len(members)} and {len(later)} names, {len(found)} differences: {seconds:.1f} s of {SECONDS} s")
    return [f"{seconds:.1f} s of {SECONDS}"] if seconds >= SECONDS else []


def main() -> int:
    """Prints everything; 1 where a bound is broken, 2 where the folder is not there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("listings", type=Path)
    parser.add_argument("--show", action="store_true", help="the names of made lists that were told wrong")
    parser.add_argument("--seed", default=SEED, help="another draw of the made lists")
    options = parser.parse_args()
    if not options.listings.is_dir():
        print(f"{options.listings}: expected a folder of dated lists, found none", file=sys.stderr)
        return 2
    from citynet.pipelines.names import open_names
    from citynet.pipelines.outside import open_outside

    names = open_names(open_outside({}))
    show_pairs(options.listings, names)
    trouble = show_made(options.listings, names, options.seed, options.show) + show_time(names)
    print("\n" + ("\n".join(f"broken: {line}" for line in trouble) or "all bounds kept"))
    return int(bool(trouble))


if __name__ == "__main__":
    raise SystemExit(main())
