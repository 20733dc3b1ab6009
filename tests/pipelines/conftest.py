"""The outside world of a test of the pipelines."""

from pathlib import Path

import pytest

from citynet.pipelines.outside import Outside
from empty_world import world_in


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    return world_in(tmp_path)
