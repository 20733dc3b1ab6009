"""An outside world of a test's own: empty folders, the bundled gazetteer, nothing fetched."""

from pathlib import Path

from citynet.pipelines.outside import Outside, open_outside


def world_in(folder: Path, **more: str) -> Outside:
    """An outside world in this folder; more: further variables of its environment."""
    for name in ("registry", "judgements"):
        (folder / name).mkdir()
    places = {name: str(folder / name.rpartition("_")[2].lower()) for name in ("CITYNET_STORE", "CITYNET_PUBLISHED", "CITYNET_REGISTRY")}
    return open_outside({**places, "CITYNET_JUDGEMENTS": str(folder / "judgements"), "CITYNET_MODE": "none", **more})
