"""The outside world as a task sees it, and what Airflow has its own ways with: skipping, and the results of mapped groups."""

import os
from collections.abc import Iterable

from airflow.sdk.exceptions import AirflowSkipException

from citynet.pipelines.outside import Outside, open_outside


def outside() -> Outside:
    """Open store, published folder, registry and fetcher as the environment names them; call it inside a task only."""
    return open_outside(os.environ)


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
