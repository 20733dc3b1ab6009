"""One writer at a time: a lock that the kernel gives back even when its holder is killed."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from citynet.store import Store


@contextmanager
def alone(store: Store, name: str, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the store's lock `name`; where another process holds it, say which and wait. OSError where it can't be written.

    On a local disk the lock lies in the store. An object store has no such lock: there it holds for this machine only, and
    Airflow's max_active_runs=1 keeps the writers apart.
    """
    path = Path(store.path(f"locks/{name}.lock")) if store.local else _elsewhere(store, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            say(f"waiting: process {file.read().strip() or 'unknown'} holds {path}")
            fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _elsewhere(store: Store, name: str) -> Path:
    return Path(tempfile.gettempdir()) / f"citynet-{hashlib.sha256(store.url.encode()).hexdigest()[:16]}-{name}.lock"
