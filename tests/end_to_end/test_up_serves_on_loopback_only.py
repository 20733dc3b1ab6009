"""The whole Airflow as `make up` starts it, on a free port and with a home of its own."""

import json
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

PROJECT = Path(__file__).resolve().parents[2]
PARTS = ("metadatabase", "scheduler", "triggerer", "dag_processor")


@pytest.fixture
def served(make_world, tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    world, before = make_world(tmp_path), _listening()
    environment = world.environment | {"AIRFLOW_HOME": str(tmp_path / "airflow"), "CITYNET_AIRFLOW_PORT": str(port)}
    with (tmp_path / "up.txt").open("wb") as output:
        process = subprocess.Popen([sys.executable, str(PROJECT / "bin" / "up")], env=environment, stdout=output, stderr=output)
    try:
        _wait_until_healthy(port, process, tmp_path)
        yield process, tmp_path, before
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=60)


def _listening():
    """Every listening address of the machine: Airflow hides its processes' own from other users' eyes, its user's too."""
    return {(c.laddr.ip, c.laddr.port) for c in psutil.net_connections(kind="inet") if c.status == psutil.CONN_LISTEN}


def _wait_until_healthy(port, process, folder):
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, (folder / "up.txt").read_text()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v2/monitor/health", timeout=5) as answer:
                health = json.load(answer)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            health = {}
        if all(health.get(part, {}).get("status") == "healthy" for part in PARTS):
            return
        time.sleep(1)
    raise AssertionError((folder / "up.txt").read_text())


def test_all_four_processes_run_listen_on_loopback_only_and_stop_without_a_rest(served):
    process, folder, before = served
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    opened = _listening() - before
    assert opened
    assert {address for address, _ in opened} <= {"127.0.0.1", "::1"}  # those of tests that run beside this one are loopback too
    assert stat.S_IMODE((folder / "airflow" / "passwords.json").stat().st_mode) == 0o600
    assert "CITYNET_CONTACT is not set" in (folder / "up.txt").read_text()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0
    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []
