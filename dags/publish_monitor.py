"""
### publish_monitor
Resolves names to places, folds the accepted lists into a history, analyses it, checks every table and publishes a release.
Nothing is fetched here: a release is a pure function of what the store holds.

**Runs** whenever new lists or statistics were accepted; one run at a time. Nothing new ends as skipped.
**When it fails** docs/operations.md#a-release-was-refused
"""

from airflow.sdk import dag, task

from citynet.orchestration.assets import CITY_STATISTICS, LISTINGS, MEMBERSHIP_CHANGES, RELEASE
from citynet.orchestration.defaults import DEFAULT_ARGS, START
from citynet.orchestration.outside import or_skip, outside
from citynet.pipelines import monitor


@dag(
    schedule=(LISTINGS | CITY_STATISTICS),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    doc_md=__doc__,
    tags=["publish"],
)
def publish_monitor():
    @task(inlets=[LISTINGS, CITY_STATISTICS])
    def gather() -> str:
        return or_skip(monitor.gather(outside()), "the published release stands on the same inputs")[0]

    @task
    def build(release_id: str) -> str:
        return monitor.build(outside(), release_id)

    @task
    def check(release_id: str) -> str:
        return monitor.check(outside(), release_id)

    @task(outlets=[RELEASE, MEMBERSHIP_CHANGES])
    def release(release_id: str) -> str:
        return or_skip(monitor.release(outside(), release_id), "no row has changed since the published release")[0]

    release(check(build(gather())))


publish_monitor()
