"""An outside world of a test's own: empty folders, the bundled gazetteer, nothing fetched."""

from pathlib import Path

import pytest

from citynet.pipelines.outside import Outside, open_outside


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    for folder in ("registry", "judgements"):
        (tmp_path / folder).mkdir()
    return open_outside(
        {
            "CITYNET_STORE": str(tmp_path / "store"),
            "CITYNET_PUBLISHED": str(tmp_path / "published"),
            "CITYNET_REGISTRY": str(tmp_path / "registry"),
            "CITYNET_JUDGEMENTS": str(tmp_path / "judgements"),
            "CITYNET_MODE": "none",
        }
    )
