"""The outside world as a task sees it, and what Airflow has its own ways with: dates, skipping, and the results of mapped groups."""

import os
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from airflow.sdk.exceptions import AirflowSkipException

from citynet.pipelines.outside import Outside, open_outside


def outside() -> Outside:
    """Open store, published folder, registry and fetcher as the environment names them; call it inside a task only."""
    return open_outside(os.environ)


def moment(dag_run: Any) -> datetime:
    """The instant that a collecting run is dated.

    Replay: the logical date, so that a person who triggers a run chooses the date of the samples; a run without one (triggered by
    an asset, or with the date left empty) is dated run_after. Live: when the run began, since pages fetched now stand so now,
    whatever date a late schedule, a backfill or a person gives the run.
    """
    began: datetime = max(filter(None, (dag_run.run_after, dag_run.start_date)))
    dated: datetime = dag_run.logical_date or dag_run.run_after
    return dated if outside().mode == "replay" else began


def keys(made: Iterable[str] | str | None) -> list[str]:
    """What a mapped group handed on, as a list: of a group with one index Airflow 3.3.2 gives the bare value, of one without any None."""
    if made is None:
        return []
    return [made] if isinstance(made, str) else list(made)


def or_skip(made: list[str], nothing: str) -> list[str]:
    """Hand on what was made; where it is nothing, end the task as skipped, so that no asset event is emitted."""
    if not made:
        raise AirflowSkipException(nothing)
    return made


def one_or_skip(made: str, nothing: str) -> str:
    """As or_skip, of a task that makes one thing."""
    return or_skip([made] if made else [], nothing)[0]
