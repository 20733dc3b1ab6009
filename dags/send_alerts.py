"""
### send_alerts
Tells subscribers, in one digest, which memberships changed: the changes of the current release that the ledger does not hold yet.
Changes whose evidence is archived or reconstructed enter the ledger as suppressed and are never sent.

**Runs** after each release; reads nothing from the triggering event, so a re-run sends nothing twice.
**When it fails** docs/operations.md#an-alert-was-not-sent
"""

from airflow.sdk import dag, task

from citynet.orchestration.assets import MEMBERSHIP_CHANGES
from citynet.orchestration.defaults import DEFAULT_ARGS, START
from citynet.orchestration.outside import or_skip, outside
from citynet.pipelines import alerts


@dag(
    schedule=[MEMBERSHIP_CHANGES],
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    doc_md=__doc__,
    tags=["alert"],
)
def send_alerts():
    @task(inlets=[MEMBERSHIP_CHANGES])
    def write_digest() -> str:
        return or_skip(alerts.write_digest(outside()), "no change that the ledger does not hold")[0]

    @task
    def send(digest_key: str) -> None:
        alerts.send(outside(), digest_key)

    send(write_digest())


send_alerts()
