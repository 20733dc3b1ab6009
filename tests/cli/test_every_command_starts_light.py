"""A command starts in under half a second of processor time, without what only `run` and the release need."""

import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from citynet.cli import COMMANDS
from cli.network_site import MEMBERS, page_of

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "include" / "samples" / "intercultural_cities" / "2010-07-31" / "page.html"
HEAVY = {"airflow", "pandas", "great_expectations"}
AT_WORK = """
import sys
from citynet.cli import main
code = main(sys.argv[1:])
print("imported:", *sorted({name.split(".")[0] for name in sys.modules}))
sys.exit(code)
"""


def seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([name, "--help"] for name in COMMANDS)], ids=" ".join)
def test_help_takes_under_half_a_second_and_imports_nothing_heavy(arguments):
    before = seconds_of_children()
    done = subprocess.run([sys.executable, "-X", "importtime", "-m", "citynet.cli", *arguments], capture_output=True, text=True, check=True)
    assert seconds_of_children() - before < 0.5
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert "citynet" in imported
    assert not imported & (HEAVY | {"numpy", "requests", "lxml", "bs4", "yaml"})


def test_help_names_every_command():
    done = subprocess.run([sys.executable, "-m", "citynet.cli", "--help"], capture_output=True, text=True, check=True)
    assert all(re.search(rf"^    {name}\s", done.stdout, re.MULTILINE) for name in COMMANDS)


@pytest.mark.parametrize("command", ["judgements", "networks", "new-network", "read", "resolve", "review", "verify"])
def test_a_command_at_work_imports_nothing_heavy(command, tmp_path):
    (tmp_path / "names.csv").write_text("name_as_published,country_as_published\nGhent,BE\n")
    (tmp_path / "release").mkdir()
    (tmp_path / "page.html").write_bytes(page_of(MEMBERS))
    (tmp_path / "networks").mkdir()
    shutil.copy(PROJECT / "include" / "networks" / "share_network.yml", tmp_path / "networks")
    out, registry = str(tmp_path / "out.csv"), str(tmp_path / "networks")
    arguments = {
        "judgements": (0, ["export", "--store", str(tmp_path / "store")]),
        "review": (0, ["--store", str(tmp_path / "store")]),
        "networks": (0, ["--published", str(tmp_path)]),
        "new-network": (0, ["alpine_towns", "https://alpine.example/", "--file", str(tmp_path / "page.html"), "--registry", registry]),
        "read": (0, ["--network", "intercultural_cities", str(PAGE), "--out", out]),
        "resolve": (0, [str(tmp_path / "names.csv"), "--out", out]),
        "verify": (1, [str(tmp_path / "release")]),
    }
    code, more = arguments[command]
    done = subprocess.run([sys.executable, "-c", AT_WORK, command, *more], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    imported = set(done.stdout.splitlines()[-1].split()[1:])
    assert "citynet" in imported
    assert not imported & HEAVY
