"""How right and how fast printed names are matched to places: .venv/bin/python benchmarks/identity.py NAMES.csv

NAMES.csv is a list labelled by hand: name_as_published, country_as_published, expected_geonameid_or_NOT_A_CITY, notes.
Rows with "contestable" in their notes are left out; "adm_only" (a municipality without a town of that name) is a city.
Judgements are switched off, so that no list of names that somebody decided helps. Asked twice: with the country as
printed, and with every country empty. Exit code 1 where a bound of BARS, SECONDS or MEGABYTES is broken.
"""

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citynet.places.gazetteer import Gazetteer

FOLDER = Path(__file__).parent.parent / "include" / "gazetteer"
CITY_KINDS = ("municipality", "settlement")
BARS = {
    "with country": {"precision": 0.99, "recall": 0.88, "non-cities kept": 0.98},
    "without country": {"precision": 0.97, "recall": 0.62},
}
SIZES = ((10_000, "< 10k"), (50_000, "10-50k"), (250_000, "50-250k"))
LARGEST = "> 250k"
SECONDS, MEGABYTES = 5.0, 600
DRAWN, SEED = 12_000, "identity benchmark 1"
COUNTRIES = "AL AT BA BE BG CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IS IT LT LU LV MD ME MK MT NL NO PL PT RO RS SE SI SK TR UA"
SHAPES = ("{}", "{}", "{}", "City of {}", "Ville de {}", "Comune di {}", "{} Municipality", "Stadt {}", "Ayuntamiento de {}", "{} kommun")


@dataclass(frozen=True, slots=True)
class Label:
    """A printed name and what it means. expected: GeoNames id, "" for what is no city."""

    name: str
    country: str
    expected: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a label's name. geonames_id: of the place it was matched to; route: the rule that decided."""

    label: Label
    verdict: str
    geonames_id: str
    place_kind: str
    route: str

    @property
    def accepted(self) -> bool:
        """Whether it was put on a city; what is no city may be matched to the district or region that it is."""
        return self.verdict == "resolved" and (bool(self.label.expected) or self.place_kind in CITY_KINDS)

    @property
    def right(self) -> bool:
        """Whether it was put on the city that it means."""
        return self.accepted and self.geonames_id == self.label.expected != ""


@dataclass(frozen=True, slots=True)
class Share:
    """part of whole, with the 95 % bounds of Wilson's score interval; nan where the whole is nothing."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else float("nan")

    @property
    def bounds(self) -> tuple[float, float]:
        return wilson(self.part, self.whole)


def wilson(part: int, whole: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """Wilson's score interval of a share (Wilson 1927), by default at 95 %; (0, 1) where the whole is nothing."""
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, z * z / whole
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * (share * (1 - share) / whole + square / (4 * whole)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def read_labels(path: Path) -> list[Label]:
    """The rows of the labelled list that nobody contests, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "contestable" not in row["notes"]]
    column = "expected_geonameid_or_NOT_A_CITY"
    return [Label(r["name_as_published"], r["country_as_published"], r[column].replace("NOT_A_CITY", "")) for r in rows]


def scores(outcomes: Sequence[Outcome]) -> dict[str, Share]:
    """precision of what was put on a city; recall of the cities; the share of what is no city that was put on none."""
    right = sum(o.right for o in outcomes)
    others = [o for o in outcomes if not o.label.expected]
    return {
        "precision": Share(right, sum(o.accepted for o in outcomes)),
        "recall": Share(right, len(outcomes) - len(others)),
        "non-cities kept": Share(sum(not o.accepted for o in others), len(others)),
    }


def by_size(outcomes: Sequence[Outcome], population: Callable[[str], int | None]) -> dict[str, Share]:
    """Recall by residents of the city meant (GeoNames id -> population), and of those whose residents are not known."""
    found: dict[str, list[bool]] = {name: [] for name in (*(name for _, name in SIZES), LARGEST, "not known")}
    for outcome in outcomes:
        if outcome.label.expected:
            found[size(population(outcome.label.expected))].append(outcome.right)
    return {name: Share(sum(rights), len(rights)) for name, rights in found.items() if rights}


def size(residents: int | None) -> str:
    """The size of a city in words of the table."""
    if residents is None:
        return "not known"
    return next((name for bound, name in SIZES if residents < bound), LARGEST)


def errors(outcomes: Sequence[Outcome]) -> tuple[list[Outcome], list[Outcome]]:
    """Those put on a wrong city, and the cities that were put on none; each by name."""
    by_name = sorted(outcomes, key=lambda o: (o.label.name, o.label.country))
    return [o for o in by_name if o.accepted and not o.right], [o for o in by_name if not o.accepted and o.label.expected]


def broken(found: dict[str, dict[str, Share]]) -> list[str]:
    """The bars that are not reached, in words."""
    return [
        f"{asked}: {what} {found[asked][what].value:.3f} of at least {bar}"
        for asked, bars in BARS.items()
        for what, bar in bars.items()
        if not found[asked][what].value >= bar
    ]


def resolved(labels: Sequence[Label], gazetteer: "Gazetteer") -> list[Outcome]:
    """The labels as the platform resolves them, without judgements."""
    from citynet.places.judgements import Judgements
    from citynet.places.resolve import resolve
    from citynet.reading.twice_encoded import repaired

    none = Judgements()
    answers = [(label, resolve(repaired(label.name), label.country, gazetteer=gazetteer, judgements=none)) for label in labels]
    return [Outcome(label, a.verdict, a.geonames_id, a.place_kind, a.route) for label, a in answers]


def looked_up(labels: Sequence[Label], gazetteer: "Gazetteer") -> list[Outcome]:
    """The reference: a name is the only place of the country whose primary name is written just so, else nothing."""
    from citynet.places.countries import gazetteer_countries, iso_country
    from citynet.places.normalise import normalise

    found = []
    for label in labels:
        country = iso_country(label.country)
        bearers = gazetteer.bearers(normalise(label.name), gazetteer_countries(country) if country else ())
        same = [n.place for n in bearers if n.place.name == label.name]
        if len(same) == 1:
            found.append(Outcome(label, "resolved", same[0].geonames_id, same[0].place_kind, "primary name as written"))
        else:
            found.append(Outcome(label, "unknown", "", "", "none or several"))
    return found


def drawn(gazetteer: "Gazetteer") -> list[tuple[str, str]]:
    """12,000 names as networks print them, with country or without: a quarter are misspelt so that no place bears them."""
    from citynet.places.normalise import normalise

    chance = random.Random(SEED)
    countries = COUNTRIES.split()
    keys = {country: gazetteer.keys(country) for country in countries}
    names: list[tuple[str, str]] = []
    while len(names) < DRAWN:
        country = chance.choice(countries)
        key = chance.choice(keys[country])
        name = gazetteer.bearers(key, (country,))[0].place.name if chance.random() < 0.7 else key.title()
        if len(names) % 4 == 0:
            name = misspelt(name, chance)
            if gazetteer.bearers(normalise(name)):
                continue
        name = chance.choice(SHAPES).format(name)
        name = name.upper() if chance.random() < 0.1 else name
        names.append((name, country if chance.random() < 0.8 else ""))
    return names


def misspelt(name: str, chance: random.Random) -> str:
    """The name with one letter lost, one doubled and two in each other's place, as far as it has letters."""
    for change in ("lose", "double", "swap"):
        at = chance.randrange(max(1, len(name) - 1))
        kept = {
            "lose": name[at + 1 :],
            "double": name[at : at + 1] + name[at:],
            "swap": name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
        }
        name = name[:at] + kept[change]
    return name


def timed(names: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Seconds from start to end of a fresh process that loads the gazetteer and resolves the names, and its peak memory in MB."""
    from citynet.places.gazetteer import load_gazetteer
    from citynet.places.normalise import normalise

    start = time.perf_counter()
    run = subprocess.run([sys.executable, __file__, "--timed"], check=True, capture_output=True, text=True, input=json.dumps(names))
    seconds = time.perf_counter() - start
    known = dict.fromkeys(load_gazetteer(FOLDER).keys(""))
    normalise.cache_clear()
    start = time.perf_counter()
    hits = sum(normalise(name) in known for name, _ in names)
    looked = time.perf_counter() - start
    return {"seconds": seconds, "reference_seconds": looked, "reference_hits": hits, **json.loads(run.stdout)}


def in_fresh_process() -> None:
    """What `timed` starts: names from standard input, figures to standard output."""
    from citynet.places.gazetteer import load_gazetteer

    gazetteer = load_gazetteer(FOLDER)
    names = json.load(sys.stdin)
    outcomes = resolved([Label(name, country, "") for name, country in names], gazetteer)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    matched = sum(o.verdict == "resolved" for o in outcomes)
    print(json.dumps({"megabytes": peak, "matched": matched}))


def show_scores(title: str, outcomes: Sequence[Outcome]) -> dict[str, Share]:
    """Prints the counts and shares of one run over the list."""
    found = scores(outcomes)
    right, accepted = found["precision"].part, found["precision"].whole
    print(f"\n{title}: {len(outcomes)} names, {accepted} resolved, {right} right, {accepted - right} wrong")
    for what, share in found.items():
        low, high = share.bounds
        print(f"  {what:16} {share.value:.3f}  ({share.part} of {share.whole}; 95 % {low:.3f} to {high:.3f})")
    return found


def show_sizes(shares: dict[str, Share]) -> None:
    """Prints recall by size and the difference to the largest cities in points."""
    for name, share in shares.items():
        low, high = share.bounds
        away = 100 * (share.value - shares[LARGEST].value) if LARGEST in shares else float("nan")
        print(f"  recall {name:9} {share.value:.3f}  (n = {share.whole}; 95 % {low:.3f} to {high:.3f}; {away:+.1f} points to {LARGEST})")


def show_errors(outcomes: Sequence[Outcome]) -> None:
    """Prints the wrong ones, then the missed ones, with the rule that decided."""
    for what, found in zip(("wrong", "missed"), errors(outcomes), strict=True):
        for o in found:
            meant = o.label.expected or "no city"
            print(f"  {what:6} {o.label.name} | {o.label.country or '-'} | meant {meant}, found {o.geonames_id or o.verdict} | {o.route}")


def show_time(run: dict[str, float]) -> None:
    """Prints what `timed` measured beside its bounds."""
    print(f"\n{DRAWN} drawn names in a fresh process: {run['seconds']:.2f} s of {SECONDS} s, {run['megabytes']:.0f} MB of {MEGABYTES} MB")
    hits, seconds = run["reference_hits"], run["reference_seconds"]
    print(f"  {run['matched']:.0f} resolved; reference, each looked up in a dict: {hits:.0f} found in {seconds:.2f} s")


def main() -> int:
    """Prints everything; 1 where a bound is broken, 2 where the list is not there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", type=Path)
    path = parser.parse_args().names
    if not path.is_file():
        print(f"{path}: expected a labelled list of names, found none", file=sys.stderr)
        return 2
    from citynet.places.gazetteer import load_gazetteer

    gazetteer, labels, found = load_gazetteer(FOLDER), read_labels(path), {}
    asked = {"with country": labels, "without country": [replace(label, country="") for label in labels]}
    for title, names in asked.items():
        outcomes = resolved(names, gazetteer)
        found[title] = show_scores(title, outcomes)
        show_sizes(by_size(outcomes, lambda number: (place := gazetteer.get(f"gn{number}")) and place.population))
        show_errors(outcomes)
        show_scores(f"reference {title}: primary name as written", looked_up(names, gazetteer))
    run = timed(drawn(gazetteer))
    show_time(run)
    trouble = broken(found)
    trouble += [f"{run[what]:.1f} {what} of {most}" for what, most in (("seconds", SECONDS), ("megabytes", MEGABYTES)) if run[what] >= most]
    print("\n" + ("\n".join(f"broken: {line}" for line in trouble) or "all bounds kept"))
    return int(bool(trouble))


if __name__ == "__main__":
    if "--timed" in sys.argv:
        in_fresh_process()
    else:
        raise SystemExit(main())
