"""
### review_queue
Asks a person about each open case: held lists, pages that their rules can't read any more, printed names that no rule matches.
The answer becomes a judgement, which is an input of the next release.

**Runs** daily; a round waits for its answers, until Monday 07:00 UTC at the latest, and none begins before it has ended. Nobody has to
answer: without an answer the network stays on its last accepted list, and the next round asks again. Answer under Required Actions.
**When it fails** docs/operations.md#an-answer-was-not-kept
"""

from airflow.sdk import Param, dag, task

from citynet.orchestration.assets import LISTINGS
from citynet.orchestration.defaults import DAILY, DEFAULT_ARGS, START
from citynet.orchestration.outside import outside
from citynet.orchestration.questions import AskPerson
from citynet.pipelines import queue


@dag(
    schedule=DAILY,
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    doc_md=__doc__,
    tags=["review"],
    params={
        "most": Param(100, type="integer", minimum=1, maximum=1000, description="So many open cases are asked at once"),
        "wait_hours": Param(
            None, type=["number", "null"], exclusiveMinimum=0, description="How long they wait; empty: until Monday 07:00 UTC"
        ),
    },
)
def review_queue():
    @task
    def open_cases(params=None, dag_run=None) -> list[queue.Question]:
        return queue.questions(outside(), dag_run.start_date, params["most"], params["wait_hours"])

    AskPerson.partial(task_id="ask", map_index_template="{{ task.question['case_id'] }}", outlets=[LISTINGS]).expand(question=open_cases())


review_queue()
