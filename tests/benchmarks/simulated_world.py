"""The simulation's modules, loaded once as the benchmarks' conftest does: their folder does not stay on the path."""

import sys
from pathlib import Path

BENCHMARKS = str(Path(__file__).parents[2] / "benchmarks")

sys.path.insert(0, BENCHMARKS)
import simulate as simulate  # noqa: E402
from simulation import forms as forms  # noqa: E402
from simulation import network as network  # noqa: E402
from simulation import prints as prints  # noqa: E402
from simulation import scores as scores  # noqa: E402
from simulation import site as site  # noqa: E402
from simulation import troubles as troubles  # noqa: E402
from simulation import truth as truth  # noqa: E402

sys.path.remove(BENCHMARKS)
