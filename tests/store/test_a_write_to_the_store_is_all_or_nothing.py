"""The store: a key holds a whole value or none, whatever happens to the process, the disk or the rights."""

import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.errors import ConfigError
from citynet.store import open_store

OLD, NEW = b"old" * 50_000, b"new" * 50_000

CHILD = """
import os, resource, signal, sys
from citynet.store import open_store
store = open_store(sys.argv[1])
new = b"new" * 50_000
"""


@pytest.fixture
def store(tmp_path):
    found = open_store(str(tmp_path / "store"))
    found.write("a/value.bin", OLD)
    return found


def child(code, store, **options):
    return subprocess.run(
        [sys.executable, "-c", CHILD + code, store.url], capture_output=True, text=True, timeout=60, check=False, **options
    )


def files(store):
    return sorted(path.relative_to(store.url).as_posix() for path in Path(store.url).rglob("*") if path.is_file())


@pytest.mark.parametrize("url", ["{folder}/s", "file://{folder}/s", "memory://of-a-store-test"])
def test_what_is_written_is_read_and_listed(tmp_path, url):
    store = open_store(url.format(folder=tmp_path))
    store.write("b/two.bin", b"2")
    store.write("b/deep/one.bin", b"1")
    store.write("a/three.bin", b"3")
    assert store.read("b/deep/one.bin") == b"1"
    assert store.keys() == ["a/three.bin", "b/deep/one.bin", "b/two.bin"]
    assert store.keys("b") == ["b/deep/one.bin", "b/two.bin"]
    assert (store.folders(), store.folders("b"), store.folders("none"), store.keys("none")) == (["a", "b"], ["deep"], [], [])
    store.delete("b")
    store.delete("b")
    assert (store.keys(), store.exists("b/two.bin"), store.exists("a/three.bin")) == (["a/three.bin"], False, True)


def test_a_key_that_holds_nothing_is_a_missing_file(store):
    with pytest.raises(FileNotFoundError):
        store.read("a/other.bin")


def test_an_unknown_kind_of_store_is_named():
    with pytest.raises(ConfigError, match=r"nosuch://x.*expected a folder or an fsspec URL"):
        open_store("nosuch://x")


def test_a_full_disk_leaves_the_old_value_and_no_other_file(store):
    full = child(
        """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
store.write("a/value.bin", new)
""",
        store,
    )
    assert full.stderr.strip().endswith("OSError: [Errno 27] File too large")
    assert store.read("a/value.bin") == OLD
    assert files(store) == ["a/value.bin"]


@pytest.mark.parametrize("moment", ["os.fsync", "os.chmod", "os.replace"])
def test_a_kill_while_writing_leaves_the_old_value(store, moment):
    killed = child(f'{moment} = lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)\nstore.write("a/value.bin", new)', store)
    assert killed.returncode == -signal.SIGKILL
    assert store.read("a/value.bin") == OLD
    assert store.keys() == ["a/value.bin"]  # the temporary file that is left is no key


def test_a_read_only_store_refuses_and_keeps_what_it_has():
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to the user the child becomes
        Path(folder).chmod(0o755)
        store = open_store(f"{folder}/store")
        store.write("a/value.bin", OLD)
        (Path(folder) / "store/a").chmod(0o555)
        refused = child(
            """
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
assert store.read("a/value.bin")
store.write("a/value.bin", new)
""",
            store,
        )
        (Path(folder) / "store/a").chmod(0o755)
        assert "PermissionError: [Errno 13] Permission denied" in refused.stderr
        assert (files(store), store.read("a/value.bin")) == (["a/value.bin"], OLD)


def test_readers_see_one_writers_value_whole_while_many_write(store):
    values = [bytes([number]) * 200_000 for number in range(4)]
    store.write("a/value.bin", values[0])
    writers = [threading.Thread(target=lambda value=value: [store.write("a/value.bin", value) for _ in range(10)]) for value in values]
    seen = set()
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        seen.add(store.read("a/value.bin"))
    for writer in writers:
        writer.join()
    assert seen <= set(values)
    assert store.read("a/value.bin") in values
    assert files(store) == ["a/value.bin"]


def test_others_may_read_what_is_written(store):
    assert (Path(store.url) / "a/value.bin").stat().st_mode & 0o777 == 0o644


@given(st.dictionaries(st.from_regex(r"[a-c](/[a-c]){0,2}\.bin", fullmatch=True), st.binary(max_size=20), max_size=6))
def test_any_set_of_keys_comes_back_sorted_and_whole(values):
    store = open_store("memory://any-set-of-keys")
    store.delete("")
    for key, value in values.items():
        store.write(key, value)
    assert store.keys() == sorted(values)
    assert {key: store.read(key) for key in store.keys("")} == values
