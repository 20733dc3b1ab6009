"""How often the tests of overlap find what is planted and what is not, in invented worlds: .venv/bin/python benchmarks/simulate_overlap.py

Each world has thirty networks, of whose 435 pairs none, four or ten share more members than list sizes, countries and general
joining give. The bound is on the chance model shown first, within country: at a nominal 5 % its false discovery rate is at most 6 %,
printed with its Monte Carlo error. The other models are printed beside it: they ask other questions, and a pair that shares countries
only is no error of a model that does not speak of countries. --open-names 0.1: besides, of each list a tenth of the names has no place,
those of the towns on fewest lists, once counted as the tests count them and once left out. Everything is drawn from named seeds. Exit
code 1 where the bound is broken.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from math import sqrt
from statistics import fmean, stdev

from overlap_worlds import DATE, PLANTED, made_world, with_names_open

WORLDS, SAMPLES, PROCESSES = 400, 2_000, 2
NOMINAL, BOUND = 0.05, 0.06
KINDS = ("planted", "country_only", "degree_only")
SHOWN_FIRST = "fixed_margins_country"


def outcome(
    number: int, samples: int = SAMPLES, open_names: float = 0.0, *, counted: bool = True
) -> dict[str, dict[str, tuple[int, int, int]]]:
    """Of one world: chance model -> kind of pair -> pairs found at the nominal rate, pairs with p so low, pairs tested.

    open_names: share of the names without a place; counted: whether the tests know of them.
    """
    from citynet.analysis.null_models import NULL_MODELS, overlap_tests

    world = with_names_open(made_world(number), open_names, counted=counted)
    figures = overlap_tests(world.lists, frozenset(), DATE, world.eligible, samples=samples).figures
    found: dict[str, dict[str, tuple[int, int, int]]] = {}
    for model in NULL_MODELS:
        found[model] = {}
        for kind in KINDS:
            of = [row for pair, row in figures.items() if world.kinds[pair] == kind and row[f"q_{model}"] is not None]
            found[model][kind] = sum(r[f"q_{model}"] <= NOMINAL for r in of), sum(r[f"p_{model}"] <= NOMINAL for r in of), len(of)
    return found


def false_share(found: dict[str, tuple[int, int, int]]) -> float:
    """The share of the findings that were not planted, 0 where nothing was found."""
    every = sum(hits for hits, _, _ in found.values())
    return (every - found["planted"][0]) / every if every else 0.0


def mean_and_error(values: list[float]) -> tuple[float, float]:
    """Mean and its Monte Carlo standard error."""
    return fmean(values), stdev(values) / sqrt(len(values)) if len(values) > 1 else float("nan")


def share(worlds: list[dict[str, dict[str, tuple[int, int, int]]]], model: str, kinds: tuple[str, ...], what: int) -> float:
    """Of all tested pairs of these kinds the share that was found (0) or had so low a p (1)."""
    return sum(w[model][k][what] for w in worlds for k in kinds) / max(1, sum(w[model][k][2] for w in worlds for k in kinds))


def report(worlds: list[dict[str, dict[str, tuple[int, int, int]]]]) -> float:
    """Prints the table; the false discovery rate of the model shown first."""
    print(f"{len(worlds)} worlds, {SAMPLES} samples each; found at a nominal false discovery rate of {NOMINAL:.0%}")
    print(f"{'chance model':22} {'false discovery rate':>22}  " + "  ".join(f"{kind + ' found':>20}" for kind in KINDS))
    for model in worlds[0]:
        rate, error = mean_and_error([false_share(world[model]) for world in worlds])
        print(f"{model:22} {rate:12.2%} +- {error:6.2%}  " + "  ".join(f"{share(worlds, model, (kind,), 0):20.2%}" for kind in KINDS))
    low = share(worlds, SHOWN_FIRST, ("country_only", "degree_only"), 1)
    print(f"{SHOWN_FIRST}: of the pairs without planted overlap {low:.2%} have p of at most {NOMINAL:.0%}")
    for turn, planted in enumerate(PLANTED):
        rate, error = mean_and_error([false_share(world[SHOWN_FIRST]) for world in worlds[turn :: len(PLANTED)]])
        print(f"{SHOWN_FIRST} where {planted} pairs are planted: false discovery rate {rate:.2%} +- {error:.2%}")
    return mean_and_error([false_share(world[SHOWN_FIRST]) for world in worlds])[0]


def main() -> int:
    """Runs the worlds on two processes; 1 where the bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worlds", type=int, default=WORLDS, help=f"how many worlds (default {WORLDS})")
    parser.add_argument("--open-names", type=float, default=0.0, help="share of the names of each list without a place (default 0)")
    given = parser.parse_args()
    with ProcessPoolExecutor(PROCESSES) as processes:
        if given.open_names:
            print("Names without a place left out, as if they had never been printed:")
            left_out = partial(outcome, open_names=given.open_names, counted=False)
            report(list(processes.map(left_out, range(given.worlds), chunksize=5)))
            print("Names without a place counted as the tests count them:")
        rate = report(list(processes.map(partial(outcome, open_names=given.open_names), range(given.worlds), chunksize=5)))
    print(f"bound: {rate:.2%} of at most {BOUND:.0%}")
    return int(rate > BOUND)


if __name__ == "__main__":
    raise SystemExit(main())
