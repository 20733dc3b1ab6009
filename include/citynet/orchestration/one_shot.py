"""The whole way once, in one process, through the real DAGs: what `citynet run` calls.

dag.test() runs a DAG without scheduler; assets do not start consumers there, so the DAGs are called in the order in
which their assets would start them. Airflow's own output goes to a log file: a person reads one line a step.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from citynet.errors import CitynetError, ConfigError


@dataclass(frozen=True, slots=True)
class DagResult:
    """What came of one DAG: state success | failed, each task instance as (task_id, map_index, state), and the faults in words."""

    dag_id: str
    state: str
    tasks: tuple[tuple[str, int, str], ...]
    faults: tuple[str, ...]


def load_dags(folder: Path, log: Path) -> dict[str, Any]:
    """Every DAG of the folder by id; ConfigError naming the files that do not import. Airflow's output goes to the log."""
    with _output_to(log):
        from airflow.dag_processing.dagbag import DagBag

        bag = DagBag(dag_folder=str(folder))
    if bag.import_errors:
        raise ConfigError(
            "DAG files that do not import: " + "; ".join(f"{file}: {text}" for file, text in sorted(bag.import_errors.items()))
        )
    return dict(bag.dags)


def run_dag(dag: Any, at: datetime, log: Path) -> DagResult:
    """Run one DAG dated `at`, without retries, its output appended to the log.

    A run in which an expected task neither succeeded nor was skipped is failed, whatever Airflow says: Airflow calls a
    run without any task instance a success.
    """
    from sqlalchemy.exc import SQLAlchemyError

    faults: list[str] = []

    def remember(context: Any) -> None:
        faults.append(_in_words(dag.dag_id, context.get("exception")))

    for task in dag.tasks:
        task.retries = 0
        task.on_failure_callback = [remember]
    try:
        with _output_to(log):
            run = dag.test(logical_date=at, run_after=at)
            instances = run.get_task_instances()
    except SQLAlchemyError as problem:
        raise OSError(f"Airflow's database: {str(problem).splitlines()[0]}; see {log}") from problem
    tasks = tuple(sorted((i.task_id, int(i.map_index), str(i.state)) for i in instances))
    seen = {task_id for task_id, _, _ in tasks}
    good = bool(tasks) and seen == set(dag.task_ids) and all(state in ("success", "skipped") for _, _, state in tasks)
    return DagResult(dag_id=dag.dag_id, state="success" if good else "failed", tasks=tasks, faults=tuple(faults))


def _in_words(dag_id: str, problem: BaseException | None) -> str:
    """A fault as a person reads it: our own errors and the operating system's as they are, a bug with its type."""
    if isinstance(problem, CitynetError):
        return f"{dag_id}: {problem}"
    if isinstance(problem, OSError):
        return f"{dag_id}: {problem.filename or 'writing'}: {problem.strerror or problem}"
    return f"{dag_id}: {type(problem).__name__}: {problem}"


@contextmanager
def _output_to(log: Path) -> Iterator[None]:
    log.parent.mkdir(parents=True, exist_ok=True)
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    try:
        with log.open("ab") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
            try:
                yield
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
    finally:
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)
        os.close(kept[0])
        os.close(kept[1])
