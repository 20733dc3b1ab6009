"""Schedules, start date and retries shared by the DAGs."""

from datetime import UTC, datetime, timedelta

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

START = datetime(2000, 1, 1, tzinfo=UTC)
"""Before any logical date in use: a run dated before start_date ends "success" without a single task."""

WEEKLY = "17 5 * * 1"
"""Mondays, 05:17 UTC: member lists change a few times a year, and a page a week is polite."""

TWICE_A_DAY = "23 10,22 * * *"
"""Eurostat publishes at 11:00 and 23:00 CET; 23 minutes past 10 and 22 UTC is after both, in summer and in winter."""

DAILY = "47 6 * * *"
"""06:47 UTC: on Mondays after the weekly collection."""

RETRY_WHEN_UNAVAILABLE = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            exception="citynet.errors.SourceUnavailable",
            action=RetryAction.RETRY,
            retry_delay=timedelta(minutes=15),
            reason="the source may come back",
        ),
        RetryRule(exception="citynet.errors.CitynetError", action=RetryAction.FAIL, reason="a person must look; trying again won't help"),
    ]
)
"""Only what may pass is tried again; a changed page, a refusal or a configuration fault fails at once."""

DEFAULT_ARGS = {"retries": 3, "retry_policy": RETRY_WHEN_UNAVAILABLE, "owner": "citynet"}
"""For every task of every DAG."""
