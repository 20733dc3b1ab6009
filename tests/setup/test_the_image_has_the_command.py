"""The image is told what to hold by three files; the command `citynet` that the runbooks call is in it."""

import re
import stat
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = PROJECT / "bin" / "served-citynet"


def copied() -> dict[str, str]:
    """Each path of the checkout that the image gets -> where it goes."""
    lines = re.findall(r"^COPY (?!--from)(.+) (\S+)$", (PROJECT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    return {source: target for sources, target in lines for source in sources.split()}


def test_what_is_copied_exists_and_goes_to_the_builder_and_nothing_else_does():
    ignored = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignored
    assert {line[1:] for line in ignored if line.startswith("!")} == set(copied())
    assert all((PROJECT / source).exists() for source in copied())


def test_the_command_is_on_the_path_of_the_image_and_may_be_executed():
    assert copied()["bin/served-citynet"] == "/usr/local/bin/citynet"
    assert stat.S_IMODE(COMMAND.stat().st_mode) & 0o555 == 0o555


def test_the_command_is_the_command_line_and_hands_on_its_exit_code(tmp_path):
    places = {"CITYNET_STORE": str(tmp_path / "store"), "CITYNET_PUBLISHED": str(tmp_path / "published")}
    environment = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "PYTHONPATH": str(PROJECT / "include"), **places}
    (tmp_path / "a b").write_text("<p>A page without a list.</p>")
    for arguments, code, said in ((["networks", "--check"], 0, "0 broken"), (["read", "--auto", "a b", "--out", "x"], 3, "refused")):
        done = subprocess.run([COMMAND, *arguments], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, said in done.stdout + done.stderr) == (code, True), done.stderr
