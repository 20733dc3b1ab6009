"""What parsing the DAG files costs beyond Airflow itself, in fresh processes: .venv/bin/python benchmarks/dag_parsing.py

Airflow parses each file again every 30 seconds. Seconds of processor time, the median of RUNS; exit code 1 where all files together
take longer than SECONDS.
"""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).parent.parent
RUNS, SECONDS = 7, 0.5
PARSE = """
import json, sys, time
start = time.process_time()
import airflow.sdk, airflow.providers.standard.operators.python
import importlib.util
spent = {"airflow alone": time.process_time() - start}
for path in sys.argv[1:]:
    start = time.process_time()
    spec = importlib.util.spec_from_file_location("dag", path)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    spent[path.rpartition("/")[2]] = time.process_time() - start
print(json.dumps(spent))
"""


def spent() -> dict[str, float]:
    """Seconds of one process by file, in the order of their names: the first pays for what others share."""
    files = sorted(str(path) for path in (PROJECT / "dags").glob("*.py"))
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", PARSE, *files], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> int:
    """Prints the table; 1 where the bound is broken."""
    runs = [spent() for _ in range(RUNS)]
    medians = {name: median(run[name] for run in runs) for name in runs[0]}
    for name, seconds in medians.items():
        print(f"{name:28} {seconds:6.3f} s")
    ours = sum(medians.values()) - medians["airflow alone"]
    print(f"{'all files beyond Airflow':28} {ours:6.3f} s of {SECONDS}")
    return int(ours > SECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
