"""How right and how fast pages are read that nobody configured: .venv/bin/python benchmarks/reading.py LISTINGS

LISTINGS is a folder with member lists as in include/samples/facts (*.csv, at any depth); those of the samples are always
taken too. From them pages are made by seven sets of template families (benchmarks/reading_pages): dev, which the rules were
written with; the others each by another author who had not seen the rules, each measured before any of its pages was looked at (the
first figures are in docs/methodology.md). The failures of held_out, unseen and fresh then helped to mend the rules; later, other and last
have stayed unlooked at. Exit code 1 where a bound of BARS or of SPEED is broken.
"""

import argparse
import importlib
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from reading_pages import Listing, TestPage, folded, municipalities, read_listings
from reading_speed import broken_speed, show_speed, speeds

from citynet.errors import CitynetError
from citynet.reading.auto import Known, read_auto

INCLUDE = Path(__file__).parent.parent / "include"
SETS = ("dev", "held_out", "unseen", "fresh", "later", "other", "last")
SEED = 20261122
REGISTER_COUNTRIES, REGISTER_EACH = ("ES", "IT", "FR", "DE"), 3_000
ENOUGH = 0.85
BARS = {"mean F1": 0.95, f"share of F1 >= {ENOUGH}": 0.90, "worst family": 0.80, "refused rightly": 0.95}
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a page. names: as read, () where it was refused; trouble: an exception that reading ended with, "" for none."""

    page: TestPage
    names: tuple[str, ...]
    refused: str
    seconds: float
    trouble: str = ""

    @property
    def f1(self) -> float:
        return f1(self.page.truth, self.names)

    @property
    def rightly_refused(self) -> bool:
        return not self.page.truth and bool(self.refused) and not self.trouble


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of some pages; nan where there is no page to tell. false_refusals: pages with a list that were refused."""

    pages: int
    mean_f1: float
    worst_f1: float
    enough: float
    false_refusals: int
    without_list: int
    refused_rightly: float
    families: dict[str, float] = field(default_factory=dict)

    def bars(self) -> dict[str, float]:
        """The figures that have a bound, under the names of BARS."""
        worst = min(self.families.values(), default=float("nan"))
        return dict(zip(BARS, (self.mean_f1, self.enough, worst, self.refused_rightly), strict=True))


def f1(truth: Sequence[str], names: Sequence[str]) -> float:
    """F1 of the names read against the truth, as multisets of exact strings, white space folded; 1 where both are empty."""
    wanted, found = Counter(map(folded, truth)), Counter(map(folded, names))
    if not wanted and not found:
        return 1.0
    return 2 * (wanted & found).total() / (wanted.total() + found.total())


def scores(outcomes: Sequence[Outcome]) -> Scores:
    """The figures of a set's or a family's pages."""
    listed = [o for o in outcomes if o.page.truth]
    others = [o.rightly_refused for o in outcomes if not o.page.truth]
    values = [o.f1 for o in listed]
    by_family: dict[str, list[float]] = {}
    for outcome in listed:
        by_family.setdefault(outcome.page.family, []).append(outcome.f1)
    return Scores(
        pages=len(listed),
        mean_f1=mean(values) if values else float("nan"),
        worst_f1=min(values, default=float("nan")),
        enough=mean(value >= ENOUGH for value in values) if values else float("nan"),
        false_refusals=sum(bool(o.refused) for o in listed),
        without_list=len(others),
        refused_rightly=mean(others) if others else float("nan"),
        families={family: mean(found) for family, found in by_family.items()},
    )


def broken(found: Scores) -> list[str]:
    """The bounds of BARS that are not kept, in words; a figure that no page tells breaks none."""
    return [f"{what} {value:.3f} of at least {BARS[what]}" for what, value in found.bars().items() if value < BARS[what]]


def pages_of(name: str, listings: Sequence[Listing], families: Sequence[str]) -> Iterator[TestPage]:
    """The pages of a set, of all families or of those named."""
    made = importlib.import_module(f"reading_pages.{name}").pages(listings, SEED)
    return (page for page in made if not families or page.family in families)


def read(pages: Iterable[TestPage], known: Known) -> Iterator[Outcome]:
    """Each page as the auto reader reads it; an error of the project's own tree counts as nothing read and nothing refused."""
    for page in pages:
        start = time.process_time()
        try:
            found = read_auto(page.body, page.content_type, known, propose=False)
        except CitynetError as problem:
            yield Outcome(page, (), "", time.process_time() - start, f"{type(problem).__name__}: {problem}")
            continue
        names = tuple(member.name for member in found.members)
        yield Outcome(page, names, found.refused, time.process_time() - start)


def show_scores(name: str, outcomes: Sequence[Outcome]) -> Scores:
    """Prints a line a family and one for the whole set."""
    width = max(len(o.page.family) for o in outcomes)
    print(f"\n{name}\n{'':{width}}  pages  mean F1  worst F1  F1>={ENOUGH}  false refusals  without list  refused  CPU ms")
    for family in dict.fromkeys(o.page.family for o in outcomes):
        print(_line(family, [o for o in outcomes if o.page.family == family], width))
    print(_line("all", outcomes, width))
    return scores(outcomes)


def _line(name: str, outcomes: Sequence[Outcome], width: int) -> str:
    found = scores(outcomes)
    read_ms = 1000 * mean(o.seconds for o in outcomes)
    return (
        f"{name:{width}}  {found.pages:5}  {found.mean_f1:7.3f}  {found.worst_f1:8.3f}  {found.enough:8.2f}  {found.false_refusals:14}"
        f"  {found.without_list:12}  {found.refused_rightly:7.2f}  {read_ms:6.0f}"
    )


def show_misses(outcomes: Sequence[Outcome]) -> None:
    """Prints for each page that is not read wholly right what is missing and what is too much."""
    for o in outcomes:
        if o.trouble:
            print(f"  {o.page.name}: {o.trouble}")
        elif o.page.truth and o.f1 < 1:
            wanted, found = Counter(map(folded, o.page.truth)), Counter(map(folded, o.names))
            print(f"  {o.page.name}: F1 {o.f1:.3f} of {wanted.total()} names" + (f", refused: {o.refused}" if o.refused else ""))
            if not o.refused:
                _show_names("missing", wanted - found)
                _show_names("extra", found - wanted)
        elif not o.page.truth and not o.refused:
            print(f"  {o.page.name}: expected a refusal, got {len(o.names)} names")
            _show_names("extra", Counter(o.names))


def _show_names(what: str, names: Counter[str]) -> None:
    if names:
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        print(f"    {what} {names.total()}: {' | '.join(list(names)[:SHOWN])}{more}")


def dump(pages: Iterable[TestPage], folder: Path) -> Iterator[TestPage]:
    """Writes each page and its truth to the folder as it passes."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages:
        (folder / f"{page.name}{'.json' if 'json' in page.content_type else '.html'}").write_bytes(page.body)
        (folder / f"{page.name}.truth.txt").write_text("".join(f"{name}\n" for name in page.truth), encoding="utf-8")
        yield page


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """What to measure; --show and --dump tell of development pages only, so that the others stay unseen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("listings", type=Path)
    parser.add_argument("--families", default="", help="only these, parted by commas")
    parser.add_argument("--sets", default=",".join(SETS), help="only these, parted by commas")
    parser.add_argument("--show", action="store_true", help="the names missing and extra on each development page")
    parser.add_argument("--dump", type=Path, help="write the development pages and their truth to this folder")
    parser.add_argument("--no-speed", action="store_true", help="do not measure the time")
    return parser.parse_args(given)


def outcomes_of(name: str, listings: Sequence[Listing], options: argparse.Namespace, known: Known) -> list[Outcome]:
    """The pages of a set as they were read, written out before where asked."""
    pages = pages_of(name, listings, [family for family in options.families.split(",") if family])
    return list(read(dump(pages, options.dump) if options.dump and name == "dev" else pages, known))


def main() -> int:
    """Prints everything; 1 where a bound is broken, 2 where the lists or the families are not there."""
    options = arguments()
    if not options.listings.is_dir():
        print(f"{options.listings}: expected a folder with member lists, found none", file=sys.stderr)
        return 2
    from citynet.pipelines.auto import known
    from citynet.places.gazetteer import load_gazetteer

    lists = read_listings([options.listings, INCLUDE / "samples" / "facts"])
    listings = (*lists, municipalities(INCLUDE / "gazetteer", REGISTER_COUNTRIES, REGISTER_EACH))
    world = known(load_gazetteer(INCLUDE / "gazetteer"))
    found = {name: outcomes_of(name, listings, options, world) for name in options.sets.split(",")}
    if not any(found.values()):
        print(f"--families {options.families}: expected names of families, found no page of them", file=sys.stderr)
        return 2
    trouble = []
    for name, outcomes in found.items():
        trouble += [f"{name}: {line}" for line in broken(show_scores(name, outcomes))] if outcomes else []
        if options.show and name == "dev":
            show_misses(outcomes)
    if not options.no_speed:
        runs = speeds(listings, world)
        show_speed(runs)
        trouble += broken_speed(runs)
    print("\n" + ("\n".join(f"broken: {line}" for line in trouble) or "all bounds asked for are kept"))
    return int(bool(trouble))


if __name__ == "__main__":
    raise SystemExit(main())
