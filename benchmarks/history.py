"""What history costs: 261 weekly listings of a network with 2,000 members, each run in a fresh process.

Bounds kept by the project: one increment (read the state, decide, extend, write the state, spells and changes) under 1 s; accepting
and folding all of them under 20 s and 1 GB. Beside it pandas merges each list with the one before it, which tells who is missing
from the page and nothing else. Exit code 1 where a bound is broken: .venv/bin/python benchmarks/history.py
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

WEEKS, MEMBERS, OPEN_NAMES, RUNS = 261, 2_000, 40, 3
FIRST = datetime(2021, 11, 21, 6, tzinfo=UTC)
BOUNDS = {"increment": (1.0, 1024.0), "rebuild": (20.0, 1024.0)}
"""What is run -> seconds and megabytes that it may take."""


def weekly(network_id: str = "net", seed: int = 1) -> Iterator[list[tuple[str, str, str]]]:
    """Each week's rows of (place_id or "", printed name, country): a few join, leave and are spelt anew a month; some are never
    matched, and now and then a row is missing for a week."""
    chance = Random(f"{network_id} {seed}")
    countries = ("DE", "FR", "IT", "ES", "PL", "NL", "SE", "AT")
    listed = {f"gn{n}": f"Town {n}" for n in range(MEMBERS)}
    unmatched = [("", f"Unmatched {n}", chance.choice(countries)) for n in range(OPEN_NAMES)]
    coming = MEMBERS
    for _ in range(WEEKS):
        for happening in chance.choices(("join", "leave", "rename", ""), weights=(4, 3, 3, 6), k=2):
            one = chance.choice(list(listed))
            if happening == "join":
                listed[f"gn{coming}"], coming = f"Town {coming}", coming + 1
            elif happening == "leave":
                del listed[one]
            elif happening == "rename":
                listed[one] = f"City of {listed[one]}"
        missing = chance.choice(list(listed)) if chance.random() < 0.1 else ""
        rows = [(place, name, countries[int(place[2:]) % len(countries)]) for place, name in listed.items() if place != missing]
        yield [*rows, *unmatched]


def listings():
    """The rows as resolved listings; a printed name that means the same is one value, as where names are resolved once."""
    from citynet.model import Listing, ListingRow, Resolution, ResolvedListing

    answers: dict[tuple[str, str, str], Resolution] = {}
    for week, rows in enumerate(weekly()):
        at = FIRST + timedelta(weeks=week)
        printed = tuple(
            ListingRow(n, name, country, "", "full", "https://net.example/members", f"li {n}")
            for n, (_, name, country) in enumerate(rows, 1)
        )
        found = tuple(
            answers.setdefault(row, Resolution("resolved" if row[0] else "unknown", row[0], country=row[2] if row[0] else ""))
            for row in rows
        )
        yield ResolvedListing(Listing("net", f"{at:%Y%m%dT%H%M%SZ}-000000000000", at, at, "live", "complete", "current", printed), found)


def _network():
    from dataclasses import replace

    from citynet.model import Page
    from citynet.networks import load_one

    network = load_one(str(Path(__file__).parent.parent / "include" / "networks" / "eccar.yml"))
    return replace(network, id="net", status="active", pages=(Page("https://net.example/members", "list", verified_on="2021-11-01"),))


def rebuild() -> dict[str, float]:
    """Accept and fold all listings; the listings are made before the clock starts."""
    from citynet.history.accepting import accept_all
    from citynet.history.spells import fold

    network, found = _network(), list(listings())
    start = time.perf_counter()
    decided = accept_all(network, found, ())
    accepted = time.perf_counter()
    history = fold(network, found, ())
    end = time.perf_counter()
    return {
        "seconds": end - start,
        "accept": accepted - start,
        "held": sum(not d.accepted for d in decided),
        "spells": len(history.spells),
        "left": sum(change.change == "left" for change in history.changes),
    }


def increment() -> dict[str, float]:
    """The last listing on top of a stored state of all others: what one weekly capture costs."""
    from citynet.history.accepting import Standing, accepted_too, decide
    from citynet.history.folding import history_of
    from citynet.history.knowledge import learn, learn_all
    from citynet.history.plan import plan
    from citynet.history.stored import as_document, from_document
    from citynet.store import open_store

    network, found = _network(), list(listings())
    ids = tuple(resolved.listing.capture_id for resolved in found)
    rules = plan(network, ())
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(folder)
        store.write("histories/net.json", as_document(learn_all(rules, found[:-1]), "bench", ids[:-1]))
        standing = accepted_too(Standing(), found[-2], network)
        start = time.perf_counter()
        stored = from_document(store.read("histories/net.json"), rules, "bench")
        read = time.perf_counter()
        decision = decide(standing.last, found[-1], network, None, scopes=standing.scopes)
        decided = time.perf_counter()
        state = learn(stored[0], found[-1])
        extended = time.perf_counter()
        store.write("histories/net.json", as_document(state, "bench", ids))
        written = time.perf_counter()
        history = history_of(state)
        end = time.perf_counter()
        size = len(store.read("histories/net.json"))
    assert decision.accepted
    assert history == history_of(learn_all(rules, found))
    return {
        "seconds": end - start,
        "read_state": read - start,
        "decide": decided - read,
        "extend": extended - decided,
        "write_state": written - extended,
        "history": end - written,
        "state_kb": size / 1000,
    }


def pandas_merges() -> dict[str, float]:
    """The reference: an outer merge of each two consecutive lists, with the rows that only one of them has."""
    import pandas as pd

    frames = [pd.DataFrame(rows, columns=["place_id", "name", "country"]) for rows in weekly()]
    start = time.perf_counter()
    missing = 0
    for before, after in pairwise(frames):
        merged = before.merge(after, on=["place_id", "name"], how="outer", indicator=True)
        missing += int((merged["_merge"] == "left_only").sum())
    return {"seconds": time.perf_counter() - start, "missing_or_renamed": missing}


WORKS = {"rebuild": rebuild, "increment": increment, "pandas_merges": pandas_merges}


def main() -> int:
    """Run each in fresh processes and print a table; 1 where a bound is broken."""
    broken = 0
    print(f"{WEEKS} weekly listings of {MEMBERS} members and {OPEN_NAMES} unmatched names; worst of {RUNS} runs")
    for name in WORKS:
        command = [sys.executable, __file__, name]
        runs = [json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(RUNS)]
        worst = max(runs, key=lambda run: run["seconds"])
        peak = max(run["peak_mb"] for run in runs)
        seconds, megabytes = BOUNDS.get(name, (None, None))
        bound = f" of {seconds:.0f} s, {megabytes:.0f} MB" if seconds else " (reference: who is missing or renamed, week by week)"
        print(f"{name:14} {worst['seconds']:7.3f} s {peak:6.0f} MB{bound}")
        parts = ((part, value) for part, value in worst.items() if part not in ("seconds", "peak_mb"))
        print(f"{'':14} " + ", ".join(f"{part} {value:.3f}" if isinstance(value, float) else f"{part} {value}" for part, value in parts))
        broken += seconds is not None and (worst["seconds"] >= seconds or peak >= megabytes)
    return int(broken > 0)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measured = WORKS[sys.argv[1]]()
        print(json.dumps({**measured, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
    else:
        raise SystemExit(main())
