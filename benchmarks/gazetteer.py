"""Time and memory of loading the gazetteer and asking it, each run in a fresh process: .venv/bin/python benchmarks/gazetteer.py

Bounds kept by the project: loaded and indexed in under 1.5 s, the process under 300 MB. Exit code 1 where a bound is broken.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

FILE = Path(__file__).parent.parent / "include" / "gazetteer" / "places.tsv.gz"
RUNS = 5
SECONDS, MEGABYTES = 1.5, 300


def measure() -> dict[str, float]:
    """One run: seconds to load, to answer 10,000 look-ups, to list names of places and of a country; peak memory of the process in MB."""
    from citynet.places.gazetteer import load_gazetteer

    start = time.perf_counter()
    gazetteer = load_gazetteer(FILE)
    loaded = time.perf_counter()
    keys = [line.split("\t") for line in gazetteer.names[:: max(1, len(gazetteer.names) // 10_000)]]
    asked = time.perf_counter()
    for key, country, _ in keys:
        gazetteer.bearers(key, (country,))
    answered = time.perf_counter()
    gazetteer.names_of(["gn2950159", "gn2643743"])
    listed = time.perf_counter()
    gazetteer.keys("DE")
    keyed = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "load_s": loaded - start,
        "lookups_10k_s": answered - asked,
        "names_of_s": listed - answered,
        "keys_s": keyed - listed,
        "peak_mb": peak,
    }


def main() -> int:
    """Run the measurement in fresh processes and print a table; 1 where a bound is broken."""
    command = [sys.executable, __file__, "--one"]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(RUNS)]
    print(f"{'run':>3} " + " ".join(f"{name:>14}" for name in runs[0]))
    for number, run in enumerate(runs, 1):
        print(f"{number:>3} " + " ".join(f"{value:>14.3f}" for value in run.values()))
    worst = max(run["load_s"] for run in runs), max(run["peak_mb"] for run in runs)
    print(f"worst: {worst[0]:.3f} s of {SECONDS} s, {worst[1]:.0f} MB of {MEGABYTES} MB")
    return int(worst[0] >= SECONDS or worst[1] >= MEGABYTES)


if __name__ == "__main__":
    if "--one" in sys.argv:
        print(json.dumps(measure()))
    else:
        raise SystemExit(main())
