"""The rounds of review_queue on a page that is held week after week: one mapped task, under one case id, until it is answered."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]

ROUNDS = """
import json, sys
from pathlib import Path
from types import SimpleNamespace
home, tests, dags = map(Path, sys.argv[1:])
sys.path[:0] = [str(tests), str(dags)]
from empty_world import world_in
from pipelines.live_pages import capture, listed, register
from review_queue import review_queue
from citynet.model import instant
from citynet.orchestration.questions import AskPerson
world = world_in(home)
whole = ("Graz (Austria)", "Linz (Austria)", "Wels (Austria)", "Steyr (Austria)", "Bregenz (Austria)", "Lyon (France)")
register(world)
capture(world, "2024-03-04", listed(*whole))
dag, asked = review_queue(), []
def round_of(day):
    begun = SimpleNamespace(start_date=instant(f"{day}T06:47:00Z"))
    return dag.get_task("open_cases").python_callable(params={"most": 100, "wait_hours": None}, dag_run=begun)
for day, members in (("2024-03-11", whole[:3]), ("2024-03-18", whole[:3]), ("2024-03-25", whole[:3]), ("2024-04-01", whole[3:])):
    capture(world, day, listed(*members))
    asked.append(round_of(day))
first, last = asked[0][0], asked[2][0]
ask = AskPerson(task_id="one", dag=dag, question=first)
said = {"chosen_options": ["reject as source broken"], "params_input": {"reason": "cut"}, "responded_at": instant("2024-04-02T08:00:00Z"),
        "responded_by_user": {"id": "1", "name": "editor"}}
kept = ask.execute_complete({}, said)
print("ROUNDS" + json.dumps({"asked": [[q["case_id"] for q in found] for found in asked], "body": last["body"], "kept": len(kept),
                             "left": [q["case_id"] for q in round_of("2024-04-03")]}))
"""


@pytest.fixture(scope="module")
def rounds(make_world, tmp_path_factory):
    home = tmp_path_factory.mktemp("rounds")
    store = {name: str(home / name.rpartition("_")[2].lower()) for name in ("CITYNET_STORE", "CITYNET_REGISTRY", "CITYNET_JUDGEMENTS")}
    environment = make_world(home).environment | store | {"AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
    command = [sys.executable, "-W", "ignore", "-c", ROUNDS, str(home), str(TESTS), str(TESTS.parent / "dags")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(next(line for line in done.stdout.splitlines() if line.startswith("ROUNDS")).removeprefix("ROUNDS"))


def test_each_round_asks_once_and_under_the_same_case_until_the_page_changes(rounds):
    assert [len(ids) for ids in rounds["asked"]] == [1, 1, 1, 1]
    first, second, third, other = (ids[0] for ids in rounds["asked"])
    assert first == second == third != other
    assert "the same list at 3 looks, from 2024-03-11 to 2024-03-25" in rounds["body"]


def test_an_answer_to_a_question_asked_weeks_ago_is_kept_for_each_capture_of_its_case(rounds):
    assert rounds["kept"] == 3
    assert rounds["left"] == rounds["asked"][3]
