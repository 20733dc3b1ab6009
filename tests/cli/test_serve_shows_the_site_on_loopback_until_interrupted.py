"""citynet serve as a child process, asked over loopback."""

import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest


@pytest.fixture
def served(sample_run):
    world = sample_run[0]
    command = [sys.executable, "-m", "citynet.cli", "serve", "--port", "0"]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job has its children ignore interrupts
    child = subprocess.Popen(command, env=world.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, before)
    with child:
        assert child.stdout is not None
        yield world, child, child.stdout.readline()
        child.kill()


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return bytes(answer.read())


def test_the_printed_address_is_on_loopback_and_gives_the_current_index(served):
    world, _, printed = served
    url = printed.split()[0]
    assert re.fullmatch(rf"http://127\.0\.0\.1:\d+/{world.release.name}/site/index\.html", url)
    assert get(url) == (world.release / "site" / "index.html").read_bytes()


def test_nothing_outside_the_published_folder_is_given(served):
    """The store lies beside the published folder; captures are private to the operator."""
    world, _, printed = served
    origin = "/".join(printed.split("/")[:3])
    assert (world.store / "captures").is_dir()
    for path in ("/../store/captures/", "/%2e%2e/store/captures/"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            get(origin + path)
        refused.value.close()
        assert refused.value.code == 404


def test_an_interrupt_ends_it_well(served):
    _, child, _ = served
    child.send_signal(signal.SIGINT)
    rest, complaints = child.communicate(timeout=20)
    assert (child.returncode, rest) == (0, "stopped\n")
    assert "Traceback" not in complaints


def test_without_a_release_it_ends_with_2_and_says_what_to_do(citynet, tmp_path):
    done = citynet("serve", "--port", "0", "--published", tmp_path)
    assert done.code == 2
    assert "make run" in done.stderr
