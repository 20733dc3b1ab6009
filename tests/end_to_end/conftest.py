"""An operator's day with `make up` and a run on archived pages, each lived once for all tests: each test looks at its part of it."""

import fcntl
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests

from alerts.mail_desk import open_desk
from conftest import folder_of_all
from end_to_end.reviewing import reviewed
from end_to_end.waiting import PATIENCE, until

PROJECT = Path(__file__).resolve().parents[2]
NETWORKS = ("eccar", "icorn", "solidarity_cities")
BROKEN = "solidarity_cities"
ARCHIVED = (("pact_of_free_cities", "2019-12-16"), ("pact_of_free_cities", "2021-09-16"), ("solidarity_cities", "2017-12-31"))
PARTS = ("metadatabase", "scheduler", "triggerer", "dag_processor")
RUN = "dags/collect_memberships/dagRuns"
ANSWER = 90
"""Seconds that an API call may take: one that writes waits up to 60 for the lock of SQLite."""
OUTSIDE_THE_RELEASE = (
    "../latest.json",
    "..%2flatest.json",
    "site/..%2f..%2flatest.json",
    "%2e%2e/%2e%2e/store",
    "//etc/passwd",
    "site",
    "data/",
)


@pytest.fixture(scope="session")
def operators_day(
    make_world: Callable[[Path], Any], copy_airflow: Callable[[Path], None], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Airflow served, looked at by a stranger and by its operator, the samples collected (one of them broken), and stopped again."""

    def lived(folder: Path) -> dict[str, Any]:
        copy_airflow(folder / "airflow")
        return _day(folder, make_world(folder).environment)

    return _once(tmp_path_factory, "operators_day", lived)


@pytest.fixture(scope="session")
def archived_run(make_world: Callable[[Path], Any], sample_run: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Whole WARCs of two networks replayed, without statistics and with a mail channel set; tests only read what it left."""

    def replayed(folder: Path) -> dict[str, Any]:
        for network, day in ARCHIVED:
            (folder / "replay" / network / day).mkdir(parents=True)
            warc = next((sample_run[0].store / "captures" / network).glob(f"{day.replace('-', '')}*/*.warc.gz"))
            shutil.copy(warc, folder / "replay" / network / day)
        with open_desk() as desk:
            done = make_world(folder).citynet("run", "--replay", folder / "replay", CITYNET_ALERT_CHANNELS=desk.channel)
        return {"home": str(folder), "returncode": done.returncode, "stderr": done.stderr, "mails": desk.mails}

    return _once(tmp_path_factory, "archived_run", replayed)


@pytest.fixture
def archived(archived_run: dict[str, Any], make_world: Callable[[Path], Any]) -> Any:
    """The world that the replayed WARCs left, to look at."""
    assert archived_run["returncode"] == 0, archived_run["stderr"]
    return make_world(Path(archived_run["home"]))


def _once(factory: pytest.TempPathFactory, name: str, live: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
    """What was seen in something that is lived once for all workers, in a folder of that name, and kept as a file beside it."""
    shared = folder_of_all(factory)
    seen, folder = shared / f"{name}.json", shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not seen.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            seen.write_text(json.dumps(live(folder)))
    found: dict[str, Any] = json.loads(seen.read_text())
    return found


def _day(folder: Path, environment: dict[str, str]) -> dict[str, Any]:
    port, began = _free_port(), time.monotonic()
    settings = {
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.5",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "3600",  # no file of DAGs changes in a day
        "AIRFLOW__SCHEDULER__TRIGGER_TIMEOUT_CHECK_INTERVAL": "1",
        "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY": "1",
        "AIRFLOW_HOME": str(folder / "airflow"),
        "CITYNET_AIRFLOW_PORT": str(port),
        "CITYNET_REPLAY": _samples(folder / "replay"),
        "CITYNET_REGISTRY": str(shutil.copytree(PROJECT / "include" / "networks", folder / "registry")),
    }
    before = _listening()
    with (folder / "up.txt").open("wb") as output:
        up = subprocess.Popen(
            [sys.executable, str(PROJECT / "bin" / "up")], env=environment | settings, stdout=output, stderr=output, cwd=folder
        )
    try:
        day = _hours(f"http://127.0.0.1:{port}", up, folder)
        family = [psutil.Process(up.pid), *psutil.Process(up.pid).children(recursive=True)]
        day["listening"] = sorted({address for address, _ in _listening() - before})
        up.send_signal(signal.SIGTERM)
        day["ended_with"] = up.wait(timeout=60)
        _, alive = psutil.wait_procs(family, timeout=10)
        day["left_running"] = [str(process) for process in alive]
    except requests.HTTPError as problem:
        problem.add_note((folder / "airflow" / "logs" / "api-server.log").read_text()[-10_000:])  # an answer 500 says nothing of its cause
        raise
    finally:
        if up.poll() is None:
            up.terminate()
            up.wait(timeout=60)
    return day | {"printed": (folder / "up.txt").read_text(), "seconds": time.monotonic() - began}


def _hours(url: str, up: subprocess.Popen[bytes], folder: Path) -> dict[str, Any]:
    """What the stranger and the operator see between start and stop."""

    def healthy() -> bool:
        assert up.poll() is None, (folder / "up.txt").read_text()
        try:
            health = requests.get(f"{url}/api/v2/monitor/health", timeout=5).json()
        except requests.RequestException:
            return False
        return all(health.get(part, {}).get("status") == "healthy" for part in PARTS)

    until(healthy, PATIENCE)
    passwords = folder / "airflow" / "passwords.json"
    login = {"username": "admin", "password": json.loads(passwords.read_text())["admin"]}
    token = requests.post(f"{url}/auth/token", json=login, timeout=ANSWER).json()["access_token"]
    browser, api = requests.Session(), requests.Session()
    browser.cookies.set("_token", token)  # what the login page leaves in a browser
    api.headers["Authorization"] = f"Bearer {token}"
    day: dict[str, Any] = {"password_file_mode": stat.S_IMODE(passwords.stat().st_mode)}
    day["before_the_first_release"] = _answer(browser, f"{url}/citynet/site/index.html")
    day |= _collected(api, f"{url}/api/v2")
    release = folder / "published" / json.loads((folder / "published" / "latest.json").read_text())["release_id"]
    files = ["site/index.html", "site/quality.html", "site/style.css", "data/memberships.csv", "index.json"]
    day["stranger"] = {path: _answer(requests.Session(), f"{url}/citynet/{path}") for path in ["", "openapi.json", "docs", *files]}
    day["forged"] = _answer(requests.Session(), f"{url}/citynet/site/index.html", Authorization="Bearer x.y.z")
    day["operator"] = {path: _answer(browser, f"{url}/citynet/{path}") for path in files}
    day["front_page"] = _answer(browser, f"{url}/citynet/")
    day["published"] = {path: (release / path).read_text(encoding="utf-8") for path in files}
    day["outside"] = {path: _raw_status(url, f"/citynet/{path}", token) for path in OUTSIDE_THE_RELEASE}
    day["health_checks"] = {part: _health_check(url, part) for part in (*PARTS, "nobody")}
    day["navigation"] = [view for p in api.get(f"{url}/api/v2/plugins", timeout=ANSWER).json()["plugins"] for view in p["external_views"]]
    day["plugin_errors"] = api.get(f"{url}/api/v2/plugins/importErrors", timeout=ANSWER).json()["import_errors"]
    began = time.monotonic()
    day["review"] = reviewed(api, f"{url}/api/v2", folder)
    day["review"]["seconds"] = time.monotonic() - began
    day["dag_errors"] = api.get(f"{url}/api/v2/importErrors", timeout=ANSWER).json()["import_errors"]
    return day


def _collected(api: requests.Session, url: str) -> dict[str, Any]:
    """The samples of 2018-12-31 collected as a click on Trigger does it, and the release that the accepted lists bring about."""
    until(
        lambda: api.get(f"{url}/dags/publish_monitor", timeout=ANSWER).ok and api.get(f"{url}/dags/collect_memberships", timeout=ANSWER).ok,
        PATIENCE,
    )
    dags = api.get(f"{url}/dags", timeout=ANSWER).json()["dags"]
    run = api.post(f"{url}/{RUN}", json={"logical_date": "2018-12-31T00:00:00Z"}, timeout=ANSWER).json()["dag_run_id"]
    until(lambda: api.get(f"{url}/{RUN}/{run}", timeout=ANSWER).json()["state"] in ("success", "failed"), PATIENCE)
    tasks = api.get(f"{url}/{RUN}/{run}/taskInstances", params={"limit": 100}, timeout=ANSWER).json()["task_instances"]
    log = api.get(f"{url}/{RUN}/{run}/taskInstances/report_failures/logs/1", headers={"Accept": "application/json"}, timeout=ANSWER)

    def releases() -> list[dict[str, Any]]:
        runs = api.get(f"{url}/dags/publish_monitor/dagRuns", timeout=ANSWER).json()["dag_runs"]
        return [r for r in runs if r["state"] in ("success", "failed")]

    until(lambda: bool(releases()), PATIENCE)
    scheduled = api.get(f"{url}/{RUN}", params={"run_type": "scheduled"}, timeout=ANSWER).json()["dag_runs"]
    return {
        "scheduled": [r["state"] for r in scheduled],
        "paused": {dag["dag_id"]: dag["is_paused"] for dag in dags},
        "run": api.get(f"{url}/{RUN}/{run}", timeout=ANSWER).json()["state"],
        "tasks": [(task["task_id"], task["rendered_map_index"], task["state"]) for task in tasks],
        "failure": log.text,
        "releases": [(r["run_type"], r["state"]) for r in releases()],
    }


def _samples(folder: Path) -> str:
    """Three networks of one date; the page of one is an empty shell: that fails at once, an outage would be tried again."""
    for network in NETWORKS:
        shutil.copytree(PROJECT / "include" / "samples" / network / "2018-12-31", folder / network / "2018-12-31")
    (folder / BROKEN / "2018-12-31" / "page.html").write_text("<html><body><h1>Our members</h1><div id='app'></div></body></html>")
    return str(folder)


def _answer(session: requests.Session, url: str, **headers: str) -> dict[str, Any]:
    answer = session.get(url, headers=headers, timeout=ANSWER, allow_redirects=False)
    return {"status": answer.status_code, "body": answer.content.decode(), "headers": {k.lower(): v for k, v in answer.headers.items()}}


def _health_check(url: str, part: str) -> int:
    """What docker-compose's check of this part would end with, asked of this server."""
    environment = {"PATH": os.environ["PATH"], "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/"}
    return subprocess.run([PROJECT / "bin" / "served-health", part], env=environment, capture_output=True, check=False).returncode


def _raw_status(url: str, path: str, token: str) -> int:
    """The status of a path sent as it stands: a client library would tidy the dots away before the server sees them."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as way:
        way.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: _token={token}\r\nConnection: close\r\n\r\n".encode())
        with way.makefile("rb") as answer:
            return int(answer.readline().split()[1])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listening() -> set[tuple[str, int]]:
    """Every listening address of the machine: Airflow hides its processes' own from other users' eyes, its user's too."""
    return {(c.laddr.ip, c.laddr.port) for c in psutil.net_connections(kind="inet") if c.status == psutil.CONN_LISTEN}
