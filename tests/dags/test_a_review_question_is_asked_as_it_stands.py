"""The task that asks a person: names from the web stay text, nobody has to answer, and what is kept starts a release."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

ASK = """
import json, sys
sys.path.insert(0, sys.argv[1])
from review_queue import review_queue
from citynet.orchestration.questions import AskPerson
from citynet.pipelines.asking import POSTPONE
dag = review_queue()
hostile = "{{ conn.store.password }} {% set x = 1 %}"
field = {"value": "", "description": "Why", "schema": {"type": ["string", "null"], "maxLength": 1000}}
question = {"case_id": "name-1", "what": "name", "network_id": "rivers", "subject": hostile, "body": hostile,
            "options": ["no city", POSTPONE], "fields": {"reason": field}, "seconds": 90.0}
ask = AskPerson(task_id="one", dag=dag, question=question)
ask.render_template_fields({}, dag.get_template_env())
mapped = dag.get_task("ask")
print("ASK" + json.dumps({
    "subject": ask.subject, "body": ask.body, "options": ask.options, "defaults": ask.defaults, "fields": sorted(ask.serialized_params),
    "waits": ask.response_timeout.total_seconds(), "outlets": [asset.name for asset in mapped.partial_kwargs["outlets"]],
    "named_by": mapped.partial_kwargs["map_index_template"], "params": sorted(dag.params),
}))
"""


@pytest.fixture(scope="module")
def asked(make_world, tmp_path_factory):
    environment = make_world(tmp_path_factory.mktemp("ask")).environment | {"AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
    command = [sys.executable, "-W", "ignore", "-c", ASK, str(PROJECT / "dags")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(next(line for line in done.stdout.splitlines() if line.startswith("ASK")).removeprefix("ASK"))


def test_a_name_from_the_web_is_no_template_of_airflow(asked):
    assert asked["subject"] == asked["body"] == "{{ conn.store.password }} {% set x = 1 %}"


def test_nobody_has_to_answer(asked):
    assert (asked["defaults"], asked["waits"]) == (["postpone"], 90)


def test_the_form_has_the_fields_of_the_question_alone(asked):
    assert (asked["fields"], asked["params"]) == (["reason"], ["most", "wait_hours"])


def test_an_answer_that_is_kept_makes_new_listings(asked):
    assert asked["outlets"] == ["listings"]
    assert "case_id" in asked["named_by"]
