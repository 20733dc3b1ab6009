"""The whole way once: collect and pull date by date, then publish, then alert; and a summary of what came of it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from citynet.http.replay import replay_dates
from citynet.orchestration.one_shot import DagResult, load_dags, run_dag
from citynet.pipelines import memberships, monitor, statistics
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import Outside
from citynet.publishing.release import current


@dataclass(frozen=True, slots=True)
class Summary:
    """released: a release stands and no fault kept a newer one back. troubles: one line a source. report: for people."""

    released: bool
    troubles: tuple[str, ...]
    report: tuple[str, ...]


def whole_way(outside: Outside, *, log: Path, now: datetime, say: Callable[[str], None]) -> Summary:
    """Run every DAG but review_queue in the order in which their assets start them.

    Replay: one collect run a date of the folder, ascending, dated that day; a date on which nothing is due any more is
    passed over. Live: one run now.
    """
    open_names(outside)  # a judgement that contradicts another ends the run before anything is written
    days = replay_dates(outside.replay) if outside.mode == "replay" and outside.replay else [now.date()]
    moments = [_moment(day, outside, now) for day in days]
    due = [(at, _due(outside, at)) for at in moments]
    dags = load_dags(Path(os.environ["AIRFLOW__CORE__DAGS_FOLDER"]), log)
    results = []
    for at, dag_ids in due:
        for dag_id in dag_ids:
            say(f"{dag_id} {at:%Y-%m-%d}")
            results.append(run_dag(dags[dag_id], at, log))
    last = max(moments, default=now)
    say("publish_monitor")
    published = run_dag(dags["publish_monitor"], last, log)
    if published.state == "success":
        say("send_alerts")
        results.append(run_dag(dags["send_alerts"], last, log))
    troubles = _troubles(outside, results, log)
    if published.state != "success":
        return Summary(False, (*troubles, *_faults(published, log)), ())
    return Summary(current(outside.published) is not None, tuple(troubles), tuple(monitor.report(outside)))


def _moment(day: date, outside: Outside, now: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if outside.mode == "replay" else now


def _due(outside: Outside, at: datetime) -> list[str]:
    """Which collectors have work at this moment."""
    due = []
    if memberships.due(outside, at):
        due.append("collect_memberships")
    if statistics.due(outside, at):
        due.append("pull_city_statistics")
    return due


def _troubles(outside: Outside, results: list[DagResult], log: Path) -> list[str]:
    """One line a source whose newest attempt did not end in an accepted listing or vintage, and one a fault of our own."""
    lines = []
    for source, trouble in sorted({**memberships.troubles(outside), **statistics.troubles(outside)}.items()):
        lines.append(f"{source}: {trouble}")
    for fault in (fault for result in results for fault in _faults(result, log)):
        said = fault.removeprefix(f"{fault.split(':')[0]}: ")
        if not any(said in line or line in said for line in lines):
            lines.append(fault)
    return lines


def _faults(result: DagResult, log: Path) -> list[str]:
    return list(result.faults) or ([] if result.state == "success" else [f"{result.dag_id} failed; see {log}"])
