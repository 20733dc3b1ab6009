"""Airflow's home for one-shot runs and for `make up`: settings in the environment, metadata in SQLite."""

import contextlib
import fcntl
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from citynet.pipelines.outside import PROJECT

LOCK_SECONDS = 60
"""How long a request waits while another process writes to the SQLite file. Driver's default 5 s: on a busy machine of two cores the
API answered a pause of a DAG with status 500 while the scheduler wrote (seen on 3.3.2)."""


def settings(home: Path) -> dict[str, str]:
    """Airflow's settings for this checkout as environment variables; what the operator has set stays as it is."""
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}?timeout={LOCK_SECONDS}",
    }


def prepare(environment: MutableMapping[str, str]) -> Path:
    """Fill in Airflow's settings and make sure its database exists; call before Airflow is first imported.

    Returns Airflow's home: AIRFLOW_HOME where set, else .airflow in the checkout. A database that the operator names
    (AIRFLOW__DATABASE__SQL_ALCHEMY_CONN) is the operator's to migrate.
    """
    home = Path(environment.get("AIRFLOW_HOME", PROJECT / ".airflow")).resolve()
    home.mkdir(parents=True, exist_ok=True)
    own_database = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN" not in environment
    for name, value in settings(home).items():
        environment.setdefault(name, value)
    if own_database:
        _migrate(home / "airflow.db", environment)
    return home


@contextmanager
def alone_in(home: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold Airflow's home; where a one-shot run or `make up` holds it, say so and wait.

    Two one-shot runs of the same dates would replace each other's DAG runs in one database.
    """
    with (home / "one-shot.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"waiting: another run or `make up` holds {lock.name}")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copy(database: Path, to: Path) -> None:
    """Copy a SQLite database whole, its write-ahead log included; OSError where it can't be read or written."""
    try:
        with contextlib.closing(sqlite3.connect(database)) as old, contextlib.closing(sqlite3.connect(to)) as new:
            old.backup(new)
    except sqlite3.Error as problem:
        raise OSError(f"{database}: Airflow's database can't be copied ({problem}); move it away and run again") from problem


def _migrate(database: Path, environment: MutableMapping[str, str]) -> None:
    """Migrate a copy and rename it: a kill in the middle of a migration leaves half a schema behind (seen on 3.3.2)."""
    stamp = database.with_suffix(".migrated-for")
    wanted = version("apache-airflow")
    with (database.parent / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if database.exists() and stamp.exists() and stamp.read_text() == wanted:
            return
        temporary = database.with_suffix(".migrating")
        for leftover in temporary.parent.glob(temporary.name + "*"):
            leftover.unlink()
        if database.exists():
            _copy(database, temporary)
        done = subprocess.run(
            [sys.executable, "-m", "airflow", "db", "migrate"],
            env={**environment, "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{temporary}"},
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
            raise OSError(f"{temporary}: airflow db migrate ended with {done.returncode}: {said[-1].strip() if said else 'no word'}")
        _copy(temporary, temporary.with_suffix(".migrated"))
        for leftover in database.parent.glob(database.name + "-*"):
            leftover.unlink()
        temporary.with_suffix(".migrated").replace(database)
        for leftover in temporary.parent.glob(temporary.name + "*"):
            leftover.unlink()
        stamp.write_text(wanted)
