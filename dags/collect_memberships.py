"""
### collect_memberships
Fetches every due network's membership pages, keeps them, reads the members out of them and checks them.
A listing that passes is accepted; one that does not is held for a person, and the last accepted one stays.
Operators are told of a page that is laid out anew while its members are the same.

**Runs** weekly. One mapped group a network: red means one source, and the others are out all the same.
**When it fails** docs/operations.md#a-source-failed-or-is-held
"""

from airflow.sdk import dag, get_current_context, task, task_group

from citynet.orchestration.assets import LISTINGS
from citynet.orchestration.defaults import DEFAULT_ARGS, START, WEEKLY
from citynet.orchestration.outside import keys, moment, or_skip, outside
from citynet.pipelines import layouts, memberships


@dag(schedule=WEEKLY, start_date=START, catchup=False, max_active_runs=1, default_args=DEFAULT_ARGS, doc_md=__doc__, tags=["collect"])
def collect_memberships():
    @task
    def due_networks(dag_run=None) -> list[str]:
        return memberships.due(outside(), at=moment(dag_run))

    @task(map_index_template="{{ label }}", max_active_tis_per_dag=1)  # one request at a time, whatever networks share a host
    def capture(network: str, dag_run=None) -> str:
        get_current_context()["label"] = network
        return memberships.capture(outside(), network, at=moment(dag_run))

    @task(map_index_template="{{ label }}")
    def read_and_check(capture_key: str) -> str:
        get_current_context()["label"] = memberships.network_of(capture_key)
        return memberships.read_and_check(outside(), capture_key)

    @task_group
    def one_network(network: str):
        return read_and_check(capture(network))

    @task(outlets=[LISTINGS], trigger_rule="all_done_min_one_success")
    def accept(listing_keys: list[str]) -> list[str]:
        return or_skip(memberships.accept(outside(), keys(listing_keys)), "no new listing was accepted")

    @task
    def tell_operators(accepted: list[str], dag_run=None) -> None:
        layouts.tell_new_layouts(outside(), keys(accepted), moment(dag_run))

    @task(trigger_rule="all_done")
    def report_failures(due: list[str], accepted: list[str] | None, dag_run=None) -> None:
        memberships.raise_if_missing(outside(), due, keys(accepted), at=moment(dag_run))

    due = due_networks()
    accepted = accept(one_network.expand(network=due))
    report_failures(due, accepted)
    tell_operators(accepted)


collect_memberships()
