"""Forty networks through five years of weekly captures on the real platform: .venv/bin/python benchmarks/simulate.py

Everything is drawn from --seed and time is logical, so that the same call prints the same table. --no-answers: nobody ever
answers a held capture, mends rules or matches a name. Exit code 1 where a bound is broken.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

from simulation.network import Plan, simulated
from simulation.scores import ZERO, Score, broken, median_days, together

SEED = 20261122
NO_OTHER_RULE: Mapping[str, int] = {}
COLUMNS = ("seeded", "captures", "unreached", "changed", "refused", "held", "accepted", "missed", "false left", "false joined", "misdated")
HEADS = {"unreached": "failed: reach", "changed": "layout", "refused": "bounds", "missed": "missed"}


def plans(seed: int, networks: int, weeks: int, *, answers: bool, stores: int, departure: Mapping[str, int] = NO_OTHER_RULE) -> list[Plan]:
    """One plan a network; of `stores` of them everything is read again from the store at the end."""
    return [Plan(seed, number, weeks, answers, number < stores, departure) for number in range(networks)]


def run(wanted: Sequence[Plan], processes: int) -> list[Score]:
    """Each network simulated, in order; networks know nothing of each other, so they run side by side."""
    if processes == 1:
        return [simulated(plan) for plan in wanted]
    with ProcessPoolExecutor(processes, max_tasks_per_child=None) as pool:
        waiting = {pool.submit(simulated, plan): plan.number for plan in wanted}
        found: dict[int, Score] = {}
        for done in as_completed(waiting):
            found[waiting[done]] = done.result()
            _tell(len(found), len(wanted), done.result())
    return [found[plan.number] for plan in wanted]


def _tell(done: int, all_: int, score: Score) -> None:
    """One line a network where nobody watches, else one line that is written over."""
    false = {what: count for what in ZERO if (count := score.totals[what])}
    told = f"{done} of {all_} networks" + ("" if sys.stderr.isatty() else f"; {score.network_id}: {dict(score.totals)}; broken: {false}")
    print(told, end="\r" if sys.stderr.isatty() and done < all_ else "\n", file=sys.stderr, flush=True)


def show(score: Score, seconds: float) -> None:
    """Prints the table of kinds and the figures over all."""
    width = max(len(kind) for kind in score.kinds)
    print(f"{'':{width}}  " + "  ".join(f"{HEADS.get(c, c):>12}" for c in COLUMNS))
    for kind in sorted(score.kinds):
        print(f"{kind:{width}}  " + "  ".join(f"{score.kinds[kind][c]:12}" for c in COLUMNS))
    t = score.totals
    due = t["departures due"]
    print(
        f"\ndepartures: {t['departures']}; never shown under their place {t['departures never shown']}, not due {t['departures not due']}"
    )
    print(f"confirmed within N complete captures: {t['confirmed in time']} of {due} due ({_share(t['confirmed in time'], due)})")
    print(f"confirmed at any time: {t['confirmed']} of {due}; late beside an open name of its country {t['late beside an open name']}")
    print(f"median days to confirmation: {median_days(score):.0f}")
    print(f"left said: {_precision(t, 'left')}, false {t['false left']}, misdated {t['misdated left']}")
    print(f"joined said: {_precision(t, 'joined')}, recall {_share(t['joins said'], t['joins shown'])} of {t['joins shown']} shown")
    print(f"  false {t['false joined']}, misdated {t['misdated joined']}")
    print(f"other changes said: {t['claimed other']}; false changes taken back later: {t['taken back']}")
    print(f"alerts: {t['messages']} messages on {t['told']} changes, {t['told falsely']} of them false, {t['corrections']} corrections;")
    print(f"  on re-runs {t['alerts on reruns']}, told twice {t['told twice']}")
    print(
        f"rebuilt otherwise: {t['differs when rebuilt']}; from the store {t['differs from the store']} of {t['read again from the store']}"
    )
    print(f"{seconds:.0f} s")


def _share(some: int, all_: int) -> str:
    return f"{some / all_:.4f}" if all_ else "none"


def _precision(totals: Counter[str], what: str) -> str:
    claimed = totals[f"claimed {what}"]
    return f"{claimed}, precision {_share(claimed - totals[f'false {what}'], claimed)}"


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """How much is simulated."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--networks", type=int, default=40)
    parser.add_argument("--weeks", type=int, default=261)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--no-answers", action="store_true", help="nobody ever answers")
    parser.add_argument("--stores", type=int, default=1, help="of how many networks everything is read again from the store")
    parser.add_argument("--not-seen", type=int, help="N of the departure rule in place of the default")
    parser.add_argument("--days", type=int, help="D of the departure rule in place of the default")
    parser.add_argument("--show", action="store_true", help="print each false or missing change")
    return parser.parse_args(given)


def main() -> int:
    """Prints everything; 1 where a bound is broken."""
    options = arguments()
    started = time.monotonic()
    departure = {name: given for name, given in (("not_seen", options.not_seen), ("days", options.days)) if given is not None}
    answers = not options.no_answers
    wanted = plans(options.seed, options.networks, options.weeks, answers=answers, stores=options.stores, departure=departure)
    score = together(run(wanted, options.processes))
    show(score, time.monotonic() - started)
    trouble = broken(score, answered=answers)
    if options.show:
        print("\n" + "\n".join(score.notes))
    print("\n" + ("\n".join(f"broken: {line}" for line in trouble) or "all bounds asked for are kept"))
    return int(bool(trouble))


if __name__ == "__main__":
    raise SystemExit(main())
