"""bin/setup on a machine that lacks something: one line that says what to install, and nothing is touched."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
TOOLS = ("bash", "dirname", "cat", "flock", "sha256sum", "cut", "awk", "rm", "env", "sh")


@pytest.fixture
def machine(tmp_path):
    """A checkout with nothing but bin/setup and the lists it reads, and a PATH of chosen tools."""
    checkout, tools = tmp_path / "checkout", tmp_path / "tools"
    (checkout / "bin").mkdir(parents=True)
    tools.mkdir()
    shutil.copy(PROJECT / "bin" / "setup", checkout / "bin" / "setup")
    for name in ("debian-packages.txt", "requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        shutil.copy(PROJECT / name, checkout / name)
    for name in TOOLS:
        (tools / name).symlink_to(shutil.which(name))
    return checkout, tools


def put(tools, name, script):
    (tools / name).write_text(f"#!/bin/sh\n{script}\n")
    (tools / name).chmod(0o755)


def set_up(machine, *arguments):
    checkout, tools = machine
    command = [str(checkout / "bin" / "setup"), *arguments]
    environment = {"PATH": str(tools), "HOME": os.environ.get("HOME", "/")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert not (checkout / ".venv").exists()
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_no_python(machine):
    assert "apt-get install python3" in set_up(machine)


def test_a_python_older_than_3_11(machine):
    put(machine[1], "python3", 'case "$2" in *version_info*) exit 1;; esac')
    assert "Python 3.11" in set_up(machine)


def test_no_venv_module(machine):
    put(machine[1], "python3.11", 'case "$2" in *venv*) exit 1;; esac')
    assert "apt-get install python3-venv" in set_up(machine)


def test_no_flock(machine):
    put(machine[1], "python3.11", "exit 0")
    (machine[1] / "flock").unlink()
    assert "apt-get install util-linux" in set_up(machine)


def test_no_browser_for_the_tests(machine):
    put(machine[1], "python3.11", "exit 0")
    assert "apt-get install chromium" in set_up(machine, "dev")
