"""
### send_alerts
Tells subscribers which memberships changed, contacts what is about to be told, operators what is broken, curators what waits for them.
`send` judges all of it as of its own moment, keeps each message in the outbox of the store first and sends it from there, each once.
What no live capture decided is never sent.

**Runs** after each release and daily at 08:07 UTC (a daily digest, the end of a right of reply); reads nothing from the triggering
event, so a re-run sends nothing twice.
**When it fails** docs/operations.md#an-alert-was-not-sent
"""

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, dag, task

from citynet.orchestration.assets import MEMBERSHIP_CHANGES
from citynet.orchestration.defaults import DEFAULT_ARGS, START
from citynet.orchestration.outside import moment, outside
from citynet.pipelines import alerts, operators


@dag(
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("7 8 * * *", timezone="UTC"), assets=[MEMBERSHIP_CHANGES]),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    doc_md=__doc__,
    tags=["alert"],
)
def send_alerts():
    @task
    def tell_operators(dag_run=None) -> None:
        operators.tell_operators(outside(), moment(dag_run))

    @task
    def tell_curators(dag_run=None) -> None:
        operators.tell_curators(outside(), moment(dag_run))

    @task(inlets=[MEMBERSHIP_CHANGES], trigger_rule="all_done")
    def send(dag_run=None) -> None:
        alerts.send(outside(), moment(dag_run))

    @task
    def all_told() -> None:
        """Airflow takes the state of a run from its last tasks: this one is not reached where any before it failed."""

    written = [tell_operators(), tell_curators()]
    sent = send()
    written >> sent
    [*written, sent] >> all_told()


send_alerts()
