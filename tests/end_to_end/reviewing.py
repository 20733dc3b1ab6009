"""A person at the review queue of a running Airflow: what is asked, what an answer by its API brings about, and what a kill costs."""

import json
import os
from pathlib import Path
from typing import Any

import psutil
import requests

from citynet.pipelines.locking import alone
from citynet.pipelines.outside import Outside, open_outside
from end_to_end.waiting import PATIENCE, until
from pipelines.live_pages import capture, listed, register

CITIES = ("Graz (Austria)", "Lyon (France)", "Malmö (Sweden)", "Ghent (Belgium)", "Turin (Italy)", "Utrecht (Netherlands)")
MOMENTS = {"most": 2, "wait_hours": 0.001}
"""Questions that wait for some seconds."""


class Queue:
    """The queue as its API shows it."""

    def __init__(self, api: requests.Session, url: str):
        self.api, self.url = api, f"{url}/dags/review_queue/dagRuns"

    def begin(self, **conf: object) -> str:
        return str(self.api.post(self.url, json={"logical_date": None, "conf": conf}, timeout=60).json()["dag_run_id"])

    def state(self, run: str) -> str:
        return str(self.api.get(f"{self.url}/{run}", timeout=60).json()["state"])

    def asked(self, run: str) -> dict[str, dict[str, Any]]:
        """Case -> its task."""
        tasks = self.api.get(f"{self.url}/{run}/taskInstances", timeout=60).json()["task_instances"]
        return {t["rendered_map_index"]: t for t in tasks if t["task_id"] == "ask" and t["rendered_map_index"]}

    def waiting(self) -> list[dict[str, Any]]:
        """What waits for a person, as the page Required Actions has it."""
        where = {"response_received": "false", "state": "awaiting_input"}
        found: list[dict[str, Any]] = self.api.get(f"{self.url}/~/hitlDetails", params=where, timeout=60).json()["hitl_details"]
        return found

    def answer(self, run: str, case_id: str, option: str, **fields: str) -> int:
        task = f"{self.url}/{run}/taskInstances/ask/{self.asked(run)[case_id]['map_index']}"
        return self.api.patch(f"{task}/hitlDetails", json={"chosen_options": [option], "params_input": fields}, timeout=60).status_code


def reviewed(api: requests.Session, url: str, folder: Path) -> dict[str, Any]:
    """A cut list is held and asked about; its first answer is lost with its process, the second is kept; what is left runs out of time."""
    outside = _held_list(folder)
    queue = Queue(api, url)
    until(lambda: api.get(f"{url}/dags/review_queue", timeout=60).ok, PATIENCE)
    # A release made of the answer is looked at elsewhere: here it would only cost time.
    api.patch(f"{url}/dags/publish_monitor", json={"is_paused": True}, timeout=60).raise_for_status()
    first = queue.begin(most=2)
    until(lambda: len(queue.waiting()) == 2, PATIENCE)
    second = queue.begin(**MOMENTS)
    questions = {q["task_instance"]["rendered_map_index"]: q for q in queue.waiting()}
    case_id = next(name for name in questions if name.startswith("capture-"))
    seen: dict[str, Any] = {"questions": {name: _told(q) for name, q in questions.items()}, "case_id": case_id}
    _answer_and_kill(queue, first, case_id, outside)
    seen["judgements_after_the_kill"] = _judgements(outside)
    seen["second_while_first_waits"] = (queue.state(second), len(queue.waiting()))
    _answered(queue, first, case_id, "approve as true", reason="compared with the page")
    seen["tries"] = queue.asked(first)[case_id]["try_number"]
    for other in questions:
        if other != case_id:
            _answered(queue, first, other, "postpone")
    until(lambda: queue.state(second) in ("success", "failed"), PATIENCE)
    return seen | {
        "states": [queue.state(first), queue.state(second)],
        "first": {name: task["state"] for name, task in queue.asked(first).items()},
        "second": {name: task["state"] for name, task in queue.asked(second).items()},
        "judgements": _judgements(outside),
        "left_waiting": len(queue.waiting()),
        "events": _listings_made(api, url),
    }


def _held_list(folder: Path) -> Outside:
    """A network with a list that is accepted and a later one that is held: most of its members have gone."""
    names = {"CITYNET_STORE": "store", "CITYNET_PUBLISHED": "published", "CITYNET_REGISTRY": "registry"}
    outside = open_outside({name: str(folder / where) for name, where in names.items()})
    register(outside)
    capture(outside, "2024-01-01", listed(*CITIES))
    capture(outside, "2024-02-01", listed(*CITIES[:2], "Krems (Austria)"))
    return outside


def _answer_and_kill(queue: Queue, run: str, case_id: str, outside: Outside) -> None:
    """Answer, and kill the process that is about to keep the answer; then wait until the question stands again."""
    lock = Path(outside.store.path("locks/judgements.lock"))
    with alone(outside.store, "judgements", print):
        assert queue.answer(run, case_id, "approve as true", reason="an answer that gets lost") == 200
        until(lambda: _holders(lock) or queue.asked(run)[case_id]["try_number"] > 1, PATIENCE)
        for process in _holders(lock):
            process.kill()
    until(lambda: _stands(queue, run, case_id, tried=1), PATIENCE)


def _holders(lock: Path) -> list[psutil.Process]:
    """The processes beside this one that have the lock's file open."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and any(Path(file.path) == lock for file in process.open_files()):
                found.append(process)
        except psutil.Error:
            continue  # ended while it was looked at
    return found


def _stands(queue: Queue, run: str, case_id: str, tried: int = 0) -> bool:
    task = queue.asked(run)[case_id]
    return task["state"] == "awaiting_input" and task["try_number"] > tried


def _answered(queue: Queue, run: str, case_id: str, option: str, **fields: str) -> None:
    """Answer until the task has ended: one that has only just begun to wait may be asked once more (docs/operations.md#review)."""

    def ended() -> bool:
        if _stands(queue, run, case_id):
            queue.answer(run, case_id, option, **fields)
        return queue.asked(run)[case_id]["state"] in ("success", "failed", "skipped")

    until(ended, PATIENCE)


def _told(question: dict[str, Any]) -> dict[str, Any]:
    return {name: question[name] for name in ("subject", "body", "options", "defaults")} | {"fields": sorted(question["params"])}


def _judgements(outside: Outside) -> list[dict[str, Any]]:
    return [json.loads(outside.store.read(key)) for key in outside.store.keys("judgements") if key.endswith(".json")]


def _listings_made(api: requests.Session, url: str) -> list[tuple[str, str]]:
    """The tasks of the queue that made new listings, by which publish_monitor is started."""
    events = api.get(f"{url}/assets/events", params={"source_dag_id": "review_queue"}, timeout=60).json()["asset_events"]
    return [(event["name"], event["source_task_id"]) for event in events]
