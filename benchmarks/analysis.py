"""Time and memory of the analysis of overlap and of size, each run in a fresh process: .venv/bin/python benchmarks/analysis.py

Two invented tables: 59 networks x 13,000 places with 17,000 memberships, of which one network has most, and 1,000 x 100,000 with a
million. Bounds kept by the project: counts, hypergeometric test and configuration model of the first in under 15 s; all that `citynet
analyse` makes of it, with 10,000 samples of either kind of fixed margins, in under 60 s and 1 GB; the pooled model of size with missing
members in under 5 s, of 90,000 municipalities in under 20 s; pair counts of the second in under 10 s and 3 GB. Beside them the models
of size with missing members on each list, scipy's bare sparse product and hypergeometric tail, and the package bicm. Compiled code is
made before the clock starts; how long that takes is printed too.
Exit code 1 where a bound is broken.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import numpy as np

SMALL, LARGE = (59, 13_000, 17_000), (1_000, 100_000, 1_000_000)
COUNTRIES, RUNS, DATE = 30, 3, "2026-11-23"
MISSING, MUNICIPALITIES = 5, 90_000
BOUNDS = {"counts_naive_bicm": (15.0, 1024.0), "analyse": (60.0, 1024.0), "large_pair_counts": (10.0, 3072.0)}
BOUNDS |= {"pooled_placings": (5.0, 1024.0), "pooled_placings_of_all": (20.0, 1024.0)}
"""What is run -> seconds and megabytes that it may take."""


def made_lists(networks: int, places: int, memberships: int):
    """Lists of very different length over cities that join very differently, most of each in some countries."""
    from citynet.analysis.fixed_margins import named_generator
    from citynet.analysis.lists import MemberList

    chance = named_generator(f"benchmark {networks} {places} {memberships}")
    weight = chance.lognormal(0, 1.6, networks)
    size = np.clip(weight / weight.sum() * memberships, 10, 0.7 * places).astype(int)
    joining, country = chance.gumbel(size=places) + chance.exponential(0.7, places), chance.integers(0, COUNTRIES, places)
    ids, countries = [f"gn{n}" for n in range(places)], {f"gn{n}": f"c{country[n]:02}" for n in range(places)}
    for n in range(networks):
        wish = joining + chance.normal(0, 1, COUNTRIES)[country] + chance.gumbel(size=places)
        chosen = frozenset(ids[p] for p in np.argpartition(-wish, size[n])[: size[n]])
        yield MemberList(f"n{n:04}", DATE, True, "current", chosen, frozenset(), 0, countries)


def _pairs(networks: int) -> np.ndarray:
    return np.stack(np.triu_indices(networks, 1), axis=1).astype(np.int64)


def counts_naive_bicm() -> dict[str, float]:
    """Shared members of all pairs, the hypergeometric test and the configuration model."""
    from citynet.analysis.incidence import incidence, shared_counts
    from citynet.analysis.null_models import bipartite_configuration, hypergeometric

    lists = list(made_lists(*SMALL))
    start = time.perf_counter()
    table = incidence(lists)
    shared_counts(table)
    counted = time.perf_counter()
    hypergeometric(table, _pairs(SMALL[0]))
    tested = time.perf_counter()
    bipartite_configuration(table, _pairs(SMALL[0]))
    end = time.perf_counter()
    return {"seconds": end - start, "counts": counted - start, "naive": tested - counted, "bicm": end - tested}


def made_towns(places: int):
    """Residents of the places of made_lists, most of them small, and the larger the more they join."""
    from citynet.analysis.fixed_margins import named_generator
    from citynet.analysis.size_and_membership import Municipalities

    chance = named_generator(f"benchmark towns {places}")
    residents, country = np.exp(chance.normal(8.5, 1.5, places)).astype(int) + 50, chance.integers(0, COUNTRIES, places)
    return Municipalities({f"gn{n}": (f"c{country[n]:02}", int(residents[n])) for n in range(places)}, {})


def pooled_placings(places: int = SMALL[1]) -> dict[str, float]:
    """The pooled model of size and how far missing members move it."""
    from citynet.analysis.count_placings import count_reach
    from citynet.analysis.fixed_margins import named_generator
    from citynet.analysis.placings import Missing
    from citynet.analysis.size_models import Sample, families_by_size

    towns = made_towns(places).residents.values()
    residents = np.array([float(count or 0) for _, count in towns])
    mean = np.exp(0.9 * (np.log2(residents) - 19)) * named_generator(f"benchmark pooled {places}").gamma(2, 0.5, places)
    joined = np.minimum(10, named_generator(f"benchmark joined {places}").poisson(mean))
    sample = Sample(np.array([country for country, _ in towns]), residents, joined, np.full(places, 10))
    start = time.process_time()
    fit = families_by_size(sample)
    one = time.process_time()
    reach = count_reach(sample, Missing(MISSING), fit)
    end = time.process_time()
    return {"seconds": end - one, "fit": one - start, "low": reach.low if reach else 0.0, "high": reach.high if reach else 0.0}


def pooled_placings_of_all() -> dict[str, float]:
    """The same of as many municipalities as Europe's list of local units holds."""
    return pooled_placings(MUNICIPALITIES)


def analyse() -> dict[str, float]:
    """All that `citynet analyse` makes of the first table, its places given: chance models of 10,000 samples, sizes, representation."""
    from citynet.pipelines.analysing import analysed
    from citynet.pipelines.given_tables import given, given_places

    residents, lists = made_towns(SMALL[1]).residents, list(made_lists(*SMALL))
    of = {name: f"{chr(65 + int(country[1]))}{chr(65 + int(country[2]))}" for name, country in lists[0].countries.items()}
    towns = [{"place_id": name, "country": of[name], "population": str(count)} for name, (_, count) in residents.items()]
    listed = [{"network_id": m.network_id, "place_id": place} for m in lists for place in sorted(m.municipality_ids)]
    places = given_places("places", ["place_id", "country", "population"], list(enumerate(towns, 2)))
    start = time.perf_counter()
    tables = analysed(given("memberships", ["network_id", "place_id"], list(enumerate(listed, 2)), places))
    return {"seconds": time.perf_counter() - start, **{name: len(rows) for name, rows in tables.items()}}


def sizes_with_missing() -> dict[str, float]:
    """Table size_and_membership of lists of which each lacks the place of some members, and of all of them pooled."""
    from dataclasses import replace

    from citynet.analysis.size_and_membership import Subject, size_and_membership

    lists, towns = [replace(found, unresolved=MISSING) for found in made_lists(*SMALL)], made_towns(SMALL[1])
    subjects = {m.network_id: Subject(m.network_id, m.network_id, frozenset(towns.residents), "all") for m in lists}
    start = time.perf_counter()
    rows = size_and_membership(lists, towns, subjects, {}, DATE, age_limit=False)
    return {"seconds": time.perf_counter() - start, "rows": len(rows), "with_reach": sum(row["placings"] is not None for row in rows)}


def scipy_small() -> dict[str, float]:
    """The references on the first table: scipy's bare sparse product, and its hypergeometric tail."""
    from scipy.stats import hypergeom

    from citynet.analysis.incidence import incidence, shared_counts

    table, pairs = incidence(list(made_lists(*SMALL))), _pairs(SMALL[0])
    seconds = _bare_product(table)
    start = time.perf_counter()
    a, b = table.sizes[pairs.T]
    hypergeom.sf(shared_counts(table)[tuple(pairs.T)] - 1, len(table.places), a, b)
    return {"seconds": seconds, "hypergeom_sf": time.perf_counter() - start}


def bicm_small() -> dict[str, float]:
    """The package bicm on the first table: its fit, which takes every place to be eligible everywhere."""
    from bicm import BipartiteGraph

    from citynet.analysis.incidence import incidence

    table = incidence(list(made_lists(*SMALL)))
    graph = BipartiteGraph(degree_sequences=(table.sizes.astype(float), table.memberships.astype(float)))
    start = time.perf_counter()
    graph.solve_tool(print_error=False)
    return {"seconds": time.perf_counter() - start, "missed": float(graph.error or 0)}


def large_pair_counts() -> dict[str, float]:
    """Shared members of 499,500 pairs, from lists of names."""
    from citynet.analysis.incidence import incidence, shared_counts

    lists = list(made_lists(*LARGE))
    start = time.perf_counter()
    table = incidence(lists)
    read = time.perf_counter()
    shared = shared_counts(table)
    end = time.perf_counter()
    told = {"incidence": read - start, "product": end - read, "memberships": len(table.members), "shared": int(np.triu(shared, 1).sum())}
    return {"seconds": end - start, **told}


def large_naive() -> dict[str, float]:
    """The hypergeometric test of 499,500 pairs."""
    from citynet.analysis.incidence import incidence
    from citynet.analysis.null_models import hypergeometric

    table, pairs = incidence(list(made_lists(*LARGE))), _pairs(LARGE[0])
    start = time.perf_counter()
    hypergeometric(table, pairs)
    return {"seconds": time.perf_counter() - start, "pairs": len(pairs)}


def scipy_large() -> dict[str, float]:
    """The reference on the second table: scipy's bare sparse product."""
    from citynet.analysis.incidence import incidence

    return {"seconds": _bare_product(incidence(list(made_lists(*LARGE))))}


def _bare_product(table) -> float:
    from scipy.sparse import csr_array

    of = csr_array((np.ones(len(table.members), np.int32), table.members, table.start), shape=(len(table.networks), len(table.places)))
    start = time.perf_counter()
    (of @ of.T).toarray()
    return time.perf_counter() - start


def compiling() -> dict[str, float]:
    """What the first run on a machine pays: all compiled functions, in an empty cache."""
    from citynet.analysis.null_models import overlap_tests

    start = time.perf_counter()
    overlap_tests(list(made_lists(12, 200, 300)), frozenset(), DATE, samples=40)
    return {"seconds": time.perf_counter() - start}


WORKS: dict[str, Callable[[], dict[str, float]]] = {
    work.__name__: work
    for work in (
        counts_naive_bicm,
        analyse,
        sizes_with_missing,
        pooled_placings,
        pooled_placings_of_all,
        scipy_small,
        bicm_small,
        large_pair_counts,
        large_naive,
        scipy_large,
    )
}


def _run(name: str, cache: str) -> dict[str, float]:
    environment = {**os.environ, "NUMBA_CACHE_DIR": cache}
    command = [sys.executable, __file__, name]
    found: dict[str, float] = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.splitlines()[-1]
    )
    return found


def main() -> int:
    """Run each in fresh processes and print a table; 1 where a bound is broken."""
    broken = 0
    print(f"{SMALL[0]} networks x {SMALL[1]:,} places x {SMALL[2]:,} memberships; large: {LARGE}; worst of {RUNS} runs")
    with tempfile.TemporaryDirectory() as cache:
        print(f"{'compiling':18} {_run('compiling', cache)['seconds']:7.3f} s once")
        for name in WORKS:
            runs = [_run(name, cache) for _ in range(RUNS)]
            worst, peak = max(runs, key=lambda run: run["seconds"]), max(run["peak_mb"] for run in runs)
            seconds, megabytes = BOUNDS.get(name, (None, None))
            bound = f" of {seconds:.0f} s, {megabytes:.0f} MB" if seconds else ""
            print(f"{name:18} {worst['seconds']:7.3f} s {peak:6.0f} MB{bound}")
            parts = ((part, value) for part, value in worst.items() if part not in ("seconds", "peak_mb"))
            print(
                f"{'':18} " + ", ".join(f"{part} {value:.3f}" if isinstance(value, float) else f"{part} {value}" for part, value in parts)
            )
            broken += seconds is not None and (worst["seconds"] >= seconds or peak >= megabytes)
    return int(broken > 0)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measured = compiling() if sys.argv[1] == "compiling" else WORKS[sys.argv[1]]()
        print(json.dumps({**measured, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
    else:
        raise SystemExit(main())
