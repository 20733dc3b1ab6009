"""The benchmarks are scripts that import what lies beside them; here the same modules, loaded once.

Their folder does not stay on the path: benchmarks/reading.py would stand before the pieces that the tests in tests/reading share.
"""

import sys
from pathlib import Path

FOLDER = str(Path(__file__).parents[2] / "benchmarks")

sys.path.insert(0, FOLDER)
import overlap_worlds  # noqa: E402, F401
import reading_pages.dev  # noqa: E402, F401
import reading_speed  # noqa: E402, F401
import simulate_overlap  # noqa: E402, F401

sys.path.remove(FOLDER)
