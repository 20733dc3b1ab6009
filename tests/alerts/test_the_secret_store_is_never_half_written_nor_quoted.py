"""The ledger's key is one for all processes, and what is wrong in a secret file is told by its line only."""

import json
import subprocess
import sys

import pytest

from citynet.errors import ConfigError
from citynet.pipelines.secret_files import ADDRESSES, SUBSCRIBERS, read_addresses, write_secret
from citynet.pipelines.subscribers import contacts, read_subscriptions

KEYS = """
import json, sys
from dataclasses import replace
from pathlib import Path
from citynet.pipelines.outside import open_outside
from citynet.pipelines.secret_files import ledger_key

outside = open_outside({})
print("ready", flush=True)
sys.stdin.readline()
print(json.dumps([ledger_key(replace(outside, ledger_key=Path(sys.argv[1], str(n), "key"))).decode() for n in range(100)]))
"""


def test_processes_that_need_the_first_key_at_once_all_read_the_same(tmp_path):
    started = [
        subprocess.Popen([sys.executable, "-c", KEYS, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for process in started:
        assert process.stdout.readline() == "ready\n"
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    read = [json.loads(process.communicate(timeout=60)[0]) for process in started]
    assert read[0] == read[1] == read[2]
    assert read[0] == [(tmp_path / str(n) / "key").read_text().strip() for n in range(100)]
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["key"] * 100


ADA = "ada@example.org"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (f"subscribers:\n  - {ADA}\n", "subscribers.yaml:2: expected an entry"),
        (f"subscribers:\n  - id: a\n    address: a\n    channel: mail\n    {ADA}: x\n", "subscribers.yaml:5: expected one of id"),
        (f"subscribers:\n  - id: {ADA}\n    address: a\n    channel: mail\n", "subscribers.yaml:2: expected id written as"),
        (f"{ADA}: a\n{ADA}: a\n", "subscribers.yaml:2: expected YAML"),
        (f"subscribers: !{ADA} x\n", "subscribers.yaml:1: expected YAML"),
        (f"subscribers: *{ADA}\n", "subscribers.yaml:1: expected YAML"),
        ("", "subscribers.yaml:1: expected YAML"),
    ],
)
def test_no_word_of_a_secret_file_is_quoted(outside, text, where):
    write_secret(outside.secrets / SUBSCRIBERS, text.encode())
    with pytest.raises(ConfigError, match=where) as problem:
        read_subscriptions(outside)
    assert "ada" not in str(problem.value)
    assert problem.value.__cause__ is None
    assert problem.value.__suppress_context__ or problem.value.__context__ is None


@pytest.mark.parametrize(("text", "where"), [(f"a: x\n{ADA}: x\n{ADA}: y\n".encode(), 3), ("a: müller\n".encode("latin-1"), 1)])
def test_no_word_of_the_addresses_is_quoted(outside, text, where):
    write_secret(outside.secrets / ADDRESSES, text)
    with pytest.raises(ConfigError, match=f"addresses.yaml:{where}: expected") as problem:
        read_addresses(outside)
    assert "ada" not in str(problem.value)


def test_a_contact_for_something_that_is_no_place_is_refused(outside):
    write_secret(outside.secrets / "contacts.yaml", b"contacts:\n  - place_id: graz\n    address: a\n")
    with pytest.raises(ConfigError, match=r"contacts.yaml:2: expected place_id written as gn\["):
        contacts(outside)
