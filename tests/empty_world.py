"""An outside world of a test's own: empty folders, the bundled gazetteer, nothing fetched."""

import shutil
from pathlib import Path

from citynet.pipelines.outside import Outside, open_outside


def world_in(folder: Path, **more: str) -> Outside:
    """An outside world in this folder; more: further variables of its environment."""
    for name in ("registry", "judgements"):
        (folder / name).mkdir()
    return opened(folder, **more)


def copied(folder: Path, to: Path) -> Outside:
    """The world in a folder with all that it holds, once more in another."""
    shutil.copytree(folder, to, symlinks=True)
    return opened(to)


def opened(folder: Path, **more: str) -> Outside:
    places = {name: str(folder / name.rpartition("_")[2].lower()) for name in ("CITYNET_STORE", "CITYNET_PUBLISHED", "CITYNET_REGISTRY")}
    return open_outside({**places, "CITYNET_JUDGEMENTS": str(folder / "judgements"), "CITYNET_MODE": "none", **more})
