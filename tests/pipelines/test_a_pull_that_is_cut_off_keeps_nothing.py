"""Killed, without room on the disk, cut on the way or twice at once: a cut download never becomes a capture nor a vintage."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from citynet.errors import SourceError
from citynet.pipelines import statistics
from citynet.pipelines.outside import Outside
from fake_eurostat import FakeEurostat, cut_in_chunk, cut_in_gzip, cut_short, eurostat, jsonstat
from statistics_world import SOURCE, START, everything, live, population, pulled, way

LATER = START + timedelta(hours=12)
NEWER = "2026-01-01T18:00:00+0100"
TESTS = Path(__file__).parents[1]


@pytest.fixture
def fake() -> Iterator[FakeEurostat]:
    with eurostat() as found:
        found.put(population())
        yield found


@pytest.fixture
def outside(tmp_path, fake) -> Outside:
    return live(tmp_path, fake, "urb_cpop1")


def child(home: Path, api: str, before: str = "") -> "subprocess.Popen[str]":
    """A second pull of the data set in a process of its own, after `before` has been run there."""
    program = f"""
import os, resource, signal, sys
sys.path.insert(0, {str(TESTS)!r})
from pathlib import Path
from types import SimpleNamespace
from datetime import timedelta
from citynet.pipelines import statistics
from statistics_world import START, live, way
{before}
outside = live(Path({str(home)!r}), SimpleNamespace(api={api!r}), "urb_cpop1")
statistics.decode_and_check(outside, statistics.pull(outside, "urb_cpop1", START + timedelta(hours=12), way()))
"""
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Its exit code and what it wrote on stderr."""
    _, errors = process.communicate(timeout=120)
    return process.returncode, errors


KILLED = "lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)"
FULL = "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))"
MOMENTS = {
    "while the figures come": "",
    "between body and manifest": f"import citynet.http.capture as c; c.manifest = {KILLED}",
    "before the attempt is recorded": f"import citynet.pipelines.statistics as s; s.record = {KILLED}",
    "after the attempt is recorded": f"import citynet.pipelines.statistics as s; s.decode_and_check = {KILLED}",
    "while it is checked": f"import citynet.pipelines.vintages as v; v._checked = {KILLED}",
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_the_last_vintage_stays_and_the_next_run_ends_as_if_nothing_had_been(moment, outside, fake, tmp_path):
    pulled(outside, START)
    first = everything(outside).capture_id("urb_cpop1")
    fake.put(population(more=7.0), updated=NEWER)
    second = child(tmp_path, fake.api, MOMENTS[moment])
    fake.before_data = (lambda: None) if MOMENTS[moment] else second.kill
    assert ended(second)[0] == -signal.SIGKILL
    fake.before_data = lambda: None
    kept = len(outside.store.folders(f"captures/{SOURCE}"))
    if moment in ("while the figures come", "between body and manifest"):
        assert everything(outside).capture_id("urb_cpop1") == first
    key = statistics.pull(outside, "urb_cpop1", LATER, way())
    assert statistics.accept(outside, [statistics.decode_and_check(outside, key)]) == [key]
    assert statistics.troubles(outside) == {}
    assert everything(outside).of("urb_cpop1").table["value"].max() == 112_507
    assert kept <= len([f for f in outside.store.keys(f"captures/{SOURCE}") if f.endswith("manifest.json")]) == 2


def test_a_full_disk_keeps_nothing_of_the_new_vintage(outside, fake, tmp_path):
    pulled(outside, START)
    first = everything(outside).capture_id("urb_cpop1")
    fake.put(population(more=7.0, places=400), updated=NEWER)
    code, errors = ended(child(tmp_path, fake.api, FULL))
    assert code == 1
    assert "OSError: [Errno 27] File too large" in errors
    assert everything(outside).capture_id("urb_cpop1") == first
    assert list((tmp_path / "store").rglob(".tmp-*")) == []
    assert pulled(outside, LATER) != ""


BODY = jsonstat(population(more=7.0), NEWER, {})
CUTS = {"length": cut_short(BODY, 900), "gzip": cut_in_gzip(BODY, 300), "chunk": cut_in_chunk(BODY)}


@pytest.mark.parametrize("cut", CUTS)
def test_an_answer_cut_on_the_way_is_an_attempt_that_failed_and_no_vintage(cut, outside, fake):
    pulled(outside, START)
    fake.put(population(more=7.0), updated=NEWER)
    fake.troubles += [None, CUTS[cut], CUTS[cut]]
    with pytest.raises(SourceError):
        pulled(outside, LATER)
    assert len(outside.store.folders(f"captures/{SOURCE}")) == 1
    assert statistics.troubles(outside)[SOURCE].startswith(("unavailable: ", "changed: "))
    assert everything(outside).refused == {}


def test_two_pulls_at_once_keep_one_capture(outside, fake):
    """The second waits and then finds what the first has kept; started while the first is waiting for its figures."""
    second = threading.Thread(target=lambda: keys.append(statistics.pull(outside, "urb_cpop1", LATER, way())))
    keys: list[str] = []
    fake.before_data = lambda: second.start() if second.ident is None else None
    keys.insert(0, statistics.pull(outside, "urb_cpop1", START, way()))
    second.join()
    assert fake.kinds() == ["data", "metadata"]
    assert keys == [keys[0], keys[0]]
    assert len(outside.store.folders(f"captures/{SOURCE}")) == 1
