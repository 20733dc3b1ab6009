"""Waiting for what other processes do."""

import time
from collections.abc import Callable

PATIENCE = 180
"""Seconds after which something is given up that takes ten on a machine at rest."""


def until(done: Callable[[], object], seconds: float) -> None:
    """Return when it is done; AssertionError where it is not in time."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, f"not done after {seconds} s"
        time.sleep(0.5)  # each look at Airflow costs its API some 30 ms, and the machine has two cores
