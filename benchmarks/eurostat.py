"""What reading a large answer of Eurostat's costs: 1,000 places, 30 indicators, 31 years, 460,000 figures, 74,000 flags (made).

Each way reads the same file in a process of its own, imports and all, three times in turn; the best time and the lowest peak of
memory count. json+numpy is the short script that anyone would write. Bound kept by the project: no slower than that script in the
same run, at most 1.2 times its memory, every figure and flag kept. pyjstat and sdmx1 are installed for this run alone (--others).
Exit code 1 where a bound is broken: .venv/bin/python benchmarks/eurostat.py [--others]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

PLACES, INDICATORS, YEARS, FIGURES, FLAGS, RUNS = 1_000, 30, 31, 460_000, 74_000, 3
MEMORY_MOST = 1.2
UPDATED = "2026-08-31T23:00:00+0200"
UV = [str(Path(sys.executable).with_name("uv")), "run", "--quiet", "--no-project", "--python", sys.executable]
OTHERS = {"pyjstat 2.4.0": ("pyjstat", "pyjstat==2.4.0", 3), "sdmx1 2.28.0 (SDMX-ML)": ("sdmx", "sdmx1==2.28.0", 1)}
"""Way -> the name of its script below, what is installed for it, and how often it is run."""

MEASURED = """
import json, resource, sys, time
started = time.perf_counter()
{script}
print(json.dumps([time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, figures, flagged]))
"""

OURS = """
from pathlib import Path
from citynet.model import Fetched
from citynet.statistics.datasets import Dataset
from citynet.statistics.eurostat import decode_answers
cube = Dataset("made", "", "jsonstat", "", False, "", "", "", code="made", indicator_dimension="indic_ur", territory_dimension="cities")
answer = Fetched("https://example.org", "GET", 200, "application/json", (), Path(sys.argv[1]).read_bytes(), "")
table = decode_answers([answer], cube).table
figures, flagged = int(table["value"].notna().sum()), int((table["flags"] != "").sum())
"""

JSON_NUMPY = """
import numpy as np
import pandas as pd
with open(sys.argv[1], "rb") as file:
    cube = json.load(file)
cells = np.fromiter(map(int, cube["value"]), np.int64, len(cube["value"]))
at = np.unravel_index(cells, cube["size"])
codes = [list(cube["dimension"][name]["category"]["index"]) for name in cube["id"]]
table = pd.DataFrame({name: pd.Categorical.from_codes(at[n], codes[n]) for n, name in enumerate(cube["id"])})
table["value"] = np.fromiter(cube["value"].values(), np.float64, len(cells))
status = cube["status"]
table["flags"] = [status.get(cell, "") for cell in cube["value"]]
figures, flagged = len(table), int((table["flags"] != "").sum())
"""

PYJSTAT = """
from pyjstat import pyjstat
with open(sys.argv[1], encoding="utf-8") as file:
    table = pyjstat.Dataset.read(file.read()).write("dataframe")
figures, flagged = int(table["value"].notna().sum()), 0  # it knows no flags
"""

SDMX = """
import logging
import sdmx
logging.getLogger("sdmx").setLevel(logging.ERROR)
message = sdmx.read_sdmx(sys.argv[1].replace(".json", ".xml"))
observed = message.data[0].obs
figures = len(sdmx.to_pandas(message.data[0]))
flagged = sum(bool(one.attached_attribute) for one in observed)
"""
SCRIPTS = {"ours": OURS, "json+numpy": JSON_NUMPY, "pyjstat": PYJSTAT, "sdmx": SDMX}


def codes() -> dict[str, list[str]]:
    """The codes of each dimension in the order of their positions: countries are not in order, as in the real answer."""
    cities = [f"{country}{n:03}C" for country in ("BE", "BG", "CZ", "DE", "AT", "CH", "FR", "EL", "IT", "CY") for n in range(100)]
    years = [str(year) for year in range(1995, 1995 + YEARS)]
    return {"freq": ["A"], "indic_ur": [f"DE{n:04}V" for n in range(INDICATORS)], "cities": cities, "time": years}


def observed() -> Iterator[tuple[int, int | float, str]]:
    """(cell, value, flags) in the order in which the service was seen to serve: country after country by its letters."""
    chance, of = Random("eurostat"), codes()
    size = INDICATORS * PLACES * YEARS
    cells = chance.sample(range(size), FIGURES)
    flagged = set(chance.sample(cells, FLAGS))
    cells.sort(key=lambda cell: (of["cities"][cell // YEARS % PLACES], cell))
    for cell in cells:
        value = chance.randrange(1, 5_000_000) if cell % 3 else round(chance.uniform(0, 100), 2)
        yield cell, value, chance.choice(("e", "b", "be", "de", "p", "bd", "r", "d")) if cell in flagged else ""


def write_answer(path: Path) -> None:
    """The answer as JSON-stat."""
    of, found = codes(), list(observed())
    category = {
        name: {
            "label": name,
            "category": {"index": {code: n for n, code in enumerate(known)}, "label": {code: f"Name of {code}" for code in known}},
        }
        for name, known in of.items()
    }
    body = {"version": "2.0", "class": "dataset", "label": "made", "source": "ESTAT", "updated": UPDATED}
    body |= {"value": {str(cell): value for cell, value, _ in found}, "status": {str(cell): flags for cell, _, flags in found if flags}}
    body |= {"id": list(of), "size": [len(known) for known in of.values()], "dimension": category}
    path.write_text(json.dumps(body, separators=(",", ":")), encoding="utf-8")


def write_sdmx(path: Path) -> None:
    """The same as SDMX-ML 2.1, structure-specific."""
    of, series = codes(), dict[int, list[str]]()
    for cell, value, flags in observed():
        mark = f' OBS_FLAG="{flags}"' if flags else ""
        series.setdefault(cell // YEARS, []).append(f'<Obs TIME_PERIOD="{of["time"][cell % YEARS]}" OBS_VALUE="{value}"{mark}/>')
    message, urn = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1", "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure"
    names = {
        "m": f"{message}/message",
        "s": f"{message}/data/structurespecific",
        "c": f"{message}/common",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "u": f"{urn}=ESTAT:MADE(1.0):ObsLevelDim:TIME_PERIOD",
    }
    declared = " ".join(f'xmlns:{short}="{name}"' for short, name in names.items())
    head = [
        f'<?xml version="1.0"?><m:StructureSpecificData {declared}><m:Header><m:ID>1</m:ID><m:Test>true</m:Test>',
        '<m:Prepared>2026-08-31T21:00:00.000Z</m:Prepared><m:Sender id="ESTAT"/>',
        '<m:Structure dimensionAtObservation="TIME_PERIOD" structureID="S"><c:StructureUsage>',
        '<Ref id="MADE" agencyID="ESTAT" version="1.0"/></c:StructureUsage></m:Structure></m:Header>',
        '<u:DataSet s:structureRef="S" s:dataScope="DataStructure" xsi:type="u:DataSetType">\n',
    ]
    with path.open("w", encoding="utf-8") as file:
        file.writelines(head)
        for number, observations in series.items():
            indicator, city = of["indic_ur"][number // PLACES], of["cities"][number % PLACES]
            file.write(f'<Series freq="A" indic_ur="{indicator}" cities="{city}">{"".join(observations)}</Series>\n')
        file.write("</u:DataSet></m:StructureSpecificData>")


def measured(name: str, answer: Path, command: list[str]) -> tuple[float, float, int, int]:
    """(seconds, megabytes at the peak, figures, flags) of one way in a process of its own."""
    script = MEASURED.format(script=SCRIPTS[name])
    done = subprocess.run([*command, "-c", script, str(answer)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name}: expected a figure, got: {done.stderr.strip()[-500:]}")
    seconds, megabytes, figures, flags = json.loads(done.stdout.splitlines()[-1])
    return seconds, megabytes, figures, flags


def best(runs: list[tuple[float, float, int, int]]) -> tuple[float, float, int, int]:
    """The best time and the lowest peak of some runs."""
    return min(run[0] for run in runs), min(run[1] for run in runs), runs[0][2], runs[0][3]


def main(others: bool) -> int:
    """Print the table; 1 where a bound is broken."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        write_answer(answer)
        python = [sys.executable]
        runs = [(measured("ours", answer, python), measured("json+numpy", answer, python)) for _ in range(RUNS)]
        found = {"ours": best([run[0] for run in runs]), "json+numpy": best([run[1] for run in runs])}
        if others:
            write_sdmx(answer.with_suffix(".xml"))
            for way, (name, package, times) in OTHERS.items():
                found[way] = best([measured(name, answer, [*UV, "--with", package, "python"]) for _ in range(times)])
        print(f"{answer.stat().st_size / 1e6:.1f} MB of JSON-stat")
    for way, (seconds, megabytes, figures, flags) in found.items():
        print(f"{way:24} {seconds:6.2f} s {megabytes:7.0f} MB  {figures:7} figures {flags:6} flags")
    ours, script = found["ours"], found["json+numpy"]
    kept = ours[2:] == (FIGURES, FLAGS)
    return 0 if kept and ours[0] <= script[0] and ours[1] <= MEMORY_MOST * script[1] else 1


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--others", action="store_true", help="beside pyjstat and sdmx1, installed for this run alone")
    sys.exit(main(options.parse_args().others))
