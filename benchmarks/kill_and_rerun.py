"""Kills the whole run with SIGKILL at spread moments, runs it again, and compares the release byte for byte.

`make fault-kill` (20 moments, some minutes). Each moment: a fresh store, `citynet run` on the bundled samples in its own
process group, SIGKILL to the group at the moment, then a run to the end. Prints a table; exits 1 where any release differs.
"""

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
CITYNET = PROJECT / ".venv" / "bin" / "citynet"


def main(moments: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        reference, seconds = run(Path(folder) / "undisturbed", None)
        print(f"undisturbed: {seconds:.1f} s, {len(reference)} files, {fingerprint(reference)}", flush=True)
        print(f"{'killed at':>10}  {'files left':>10}  {'then':>6}  same", flush=True)
        different = 0
        for number in range(1, moments + 1):
            home = Path(folder) / f"kill-{number}"
            moment = seconds * number / (moments + 1)
            run(home, moment)
            left = sum(1 for path in home.rglob("*") if path.is_file() and "airflow" not in path.parts)
            files, took = run(home, None)
            different += files != reference
            print(f"{moment:8.1f} s  {left:>10}  {took:4.1f} s  {'yes' if files == reference else 'NO'}", flush=True)
        print(f"{moments - different} of {moments} releases are the same, byte for byte")
        return 1 if different else 0


def run(home: Path, kill_after: float | None) -> tuple[dict[str, str], float]:
    """One run; the published files by name and hash, and how long it took."""
    environment = {**os.environ, "AIRFLOW_HOME": str(home / "airflow")}
    command = [CITYNET, "run", "--replay", PROJECT / "include" / "samples", "--store", home / "store", "--published", home / "published"]
    started = time.monotonic()
    home.mkdir(exist_ok=True)
    with (home / "output.txt").open("ab") as output:
        process = subprocess.Popen(list(map(str, command)), env=environment, stdout=output, stderr=output, start_new_session=True)
        try:
            process.wait(timeout=kill_after)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return {}, kill_after or 0.0
    if kill_after is None and process.returncode != 0:
        sys.exit(f"the run ended with {process.returncode}: {(home / 'output.txt').read_text()[-2000:]}")
    return files_of(home / "published"), time.monotonic() - started


def files_of(folder: Path) -> dict[str, str]:
    """Every published file with its hash, and where the link `latest` leads."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and "latest" not in path.relative_to(folder).parts]
    hashes = {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return hashes | {"latest": str((folder / "latest").readlink())}


def fingerprint(files: dict[str, str]) -> str:
    return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
