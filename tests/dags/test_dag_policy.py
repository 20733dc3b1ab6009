"""What holds for every DAG file, read from the DAGs themselves in a child process with an Airflow home of its own."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
FILES = sorted((PROJECT / "dags").glob("*.py"))

DESCRIBE = """
import json, os, sys
import airflow.sdk, airflow.providers.standard.operators.python  # what parsing any DAG of Airflow's costs
import importlib.util
for path in sys.argv[1:]:
    spec = importlib.util.spec_from_file_location("dag_" + os.path.basename(path)[:-3], path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
slow = {"altair", "apprise", "feedgen", "great_expectations", "jinja2.ext", "lxml", "numpy", "pandas", "pyarrow", "rapidfuzz", "scipy"}
print(json.dumps(sorted(slow & set(sys.modules))))
"""

BAG = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(dag_folder=sys.argv[1])
print("BAG" + json.dumps({
    "errors": bag.import_errors,
    "dags": {
        dag.dag_id: {
            "doc": dag.doc_md, "catchup": dag.catchup, "max_active_runs": dag.max_active_runs, "start": str(dag.start_date.date()),
            "file": dag.fileloc, "outlets": sorted(o.name for t in dag.tasks for o in t.outlets),
            "inlets": sorted(i.name for t in dag.tasks for i in t.inlets),
            "policies": [bool(t.retry_policy) for t in dag.tasks],
            "rules": {t.task_id: [t.trigger_rule, sorted(t.downstream_task_ids)] for t in dag.tasks},
        } for dag in bag.dags.values()
    },
}))
"""


@pytest.fixture(scope="module")
def parsed(world_environment):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", DESCRIBE, *map(str, FILES)],
        env=world_environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def bag(world_environment):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BAG, str(PROJECT / "dags")],
        env=world_environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(next(line for line in done.stdout.splitlines() if line.startswith("BAG")).removeprefix("BAG"))


@pytest.fixture(scope="module")
def world_environment(make_world, tmp_path_factory):
    return make_world(tmp_path_factory.mktemp("policy")).environment | {"AIRFLOW__CORE__LOAD_EXAMPLES": "False"}


def test_every_file_makes_one_dag_of_its_own_name(bag):
    assert bag["errors"] == {}
    assert {Path(d["file"]).stem for d in bag["dags"].values()} == set(bag["dags"]) == {f.stem for f in FILES}
    assert {"collect_memberships", "pull_city_statistics", "publish_monitor", "send_alerts"} <= set(bag["dags"])


def test_parsing_loads_nothing_heavy(parsed):
    assert parsed == []


def test_every_dag_says_what_to_do_when_it_fails_and_the_page_exists(bag):
    headings = {
        re.sub(r"[^a-z0-9 -]", "", line.removeprefix("## ").lower()).replace(" ", "-")
        for line in (PROJECT / "docs" / "operations.md").read_text().splitlines()
        if line.startswith("## ")
    }
    for dag in bag["dags"].values():
        anchor = re.search(r"\*\*When it fails\*\* docs/operations\.md#(\S+)", dag["doc"])
        assert anchor, dag["doc"]
        assert anchor.group(1) in headings


def test_no_dag_catches_up_and_none_runs_twice_at_once(bag):
    assert {(d["catchup"], d["max_active_runs"], d["start"]) for d in bag["dags"].values()} == {(False, 1, "2000-01-01")}


def test_assets_stand_on_the_tasks_that_make_and_read_them(bag):
    outlets = {name: d["outlets"] for name, d in bag["dags"].items()}
    assert outlets["collect_memberships"] == ["listings"]
    assert outlets["pull_city_statistics"] == ["city_statistics"]
    assert outlets["publish_monitor"] == ["membership_changes", "release"]
    assert bag["dags"]["publish_monitor"]["inlets"] == ["city_statistics", "listings"]
    assert bag["dags"]["send_alerts"]["inlets"] == ["membership_changes"]


def test_every_task_tries_again_by_exception_only(bag):
    assert all(all(d["policies"]) for d in bag["dags"].values())


def test_a_run_that_tells_is_red_whichever_of_its_tasks_failed(bag):
    """Airflow takes the state of a run from its last tasks, and one with the rule all_done succeeds behind any failure."""
    rules = bag["dags"]["send_alerts"]["rules"]

    def reddens(task: str) -> bool:
        after = rules[task][1]
        return not after or any(rules[one][0] == "all_success" and reddens(one) for one in after)

    assert {task: reddens(task) for task in rules} == dict.fromkeys(("all_told", "send", "tell_curators", "tell_operators"), True)
    assert rules["send"][0] == "all_done"  # what could not be told of one thing keeps nobody from the rest


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_dag_file_stays_short(file):
    assert len(file.read_text().splitlines()) <= 60
