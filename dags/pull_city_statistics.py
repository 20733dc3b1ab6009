"""
### pull_city_statistics
Asks for the declared data sets (include/datasets), keeps every new answer, decodes and checks it.
Of a cube only the date of its last update is asked for at first: where nothing is new, nothing is fetched and the task is skipped.
What fails leaves the last accepted vintage in use.

**Runs** twice a day, after Eurostat's two publication hours. One mapped group a data set.
**When it fails** docs/operations.md#eurostat-late
"""

from airflow.sdk import dag, get_current_context, task, task_group

from citynet.orchestration.assets import CITY_STATISTICS
from citynet.orchestration.defaults import DEFAULT_ARGS, START, TWICE_A_DAY
from citynet.orchestration.outside import keys, moment, one_or_skip, or_skip, outside
from citynet.pipelines import statistics


@dag(schedule=TWICE_A_DAY, start_date=START, catchup=False, max_active_runs=1, default_args=DEFAULT_ARGS, doc_md=__doc__, tags=["collect"])
def pull_city_statistics():
    @task
    def due_datasets(dag_run=None) -> list[str]:
        return statistics.due(outside(), at=moment(dag_run))

    @task(map_index_template="{{ label }}")
    def pull(dataset: str, dag_run=None) -> str:
        get_current_context()["label"] = dataset
        return one_or_skip(statistics.pull(outside(), dataset, at=moment(dag_run)), f"{dataset}: nothing new")

    @task(map_index_template="{{ label }}")
    def decode_and_check(capture_key: str) -> str:
        get_current_context()["label"] = statistics.dataset_of(capture_key)
        return statistics.decode_and_check(outside(), capture_key)

    @task_group
    def one_dataset(dataset: str):
        return decode_and_check(pull(dataset))

    @task(outlets=[CITY_STATISTICS], trigger_rule="all_done_min_one_success")
    def accept(capture_keys: list[str]) -> list[str]:
        return or_skip(statistics.accept(outside(), keys(capture_keys)), "no new vintage")

    @task
    def settle(new: list[str]) -> None:
        statistics.settle(outside(), new)

    @task(trigger_rule="all_done")
    def report_failures(due: list[str], decoded: list[str]) -> None:
        statistics.raise_if_missing(outside(), due, keys(decoded))

    due = due_datasets()
    decoded = one_dataset.expand(dataset=due)
    settle(accept(decoded)) >> report_failures(due, decoded)


pull_city_statistics()
