"""A year of pulls twice a day from a Eurostat on loopback that has a new vintage, or is out, now and then: make simulate-year-of-pulls

One vintage a change, no figure asked for where nothing is new. Prints what was asked and kept; exit code 1 where that is not so.
"""

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from fake_eurostat import eurostat
from statistics_world import SOURCE, live, population, simulated

RUNS = 730
CHANGES = {
    40: "2026-01-20T23:00:00+0100",
    300: "2026-05-29T23:00:00+0200",
    301: "2026-05-30T11:00:00+0200",
    700: "2026-12-16T23:00:00+0100",
}
"""The runs before which there is a new vintage, and its `updated`."""


OUTAGES = (*range(100, 104), 500, 697)
"""The runs in which the service answers a page for people in place of data."""


def main() -> int:
    began = time.perf_counter()
    with eurostat() as fake, tempfile.TemporaryDirectory() as home:
        fake.put(population())
        outside = live(Path(home), fake, "urb_cpop1")
        new, failed = simulated(outside, fake, CHANGES, runs=RUNS, outages=OUTAGES)
        kept, kinds = len(outside.store.folders(f"captures/{SOURCE}")), fake.kinds()
        files = len(outside.store.keys())
    right = (
        new == [0, *CHANGES] and failed == [*OUTAGES] and kept == kinds.count("data") == len(new) and kinds.count("metadata") == RUNS - 1
    )
    took = time.perf_counter() - began
    print(f"{RUNS} runs in {took:.0f} s, {len(failed)} of them in an outage")
    print(
        f"{kinds.count('data')} requests for figures and {kinds.count('metadata')} for metadata; {kept} vintages kept of {1 + len(CHANGES)}"
    )
    print(f"{files} files in the store; {'as expected' if right else 'NOT as expected'}")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
