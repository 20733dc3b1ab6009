"""The captures for replay as listings, read by the network files as they stand, and the facts that they were built from."""

import csv
import runpy
from pathlib import Path

from citynet.model import Capture, CapturedPage, Fetched, Listing, instant
from citynet.networks import load
from citynet.reading import read_listing

INCLUDE = Path(__file__).parents[2] / "include"
SAMPLES = INCLUDE / "samples"
NETWORKS = {network.id: network for network in load(str(INCLUDE / "networks")).networks}
FOLDERS = sorted(path.parent for path in SAMPLES.glob("*/*/requests.csv") if path.parts[-3] in NETWORKS)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listing_of(network_id: str, date: str) -> Listing:
    """The listing of one sample."""
    folder = SAMPLES / network_id / date
    requests = rows_of(folder / "requests.csv")
    answers = {
        row["url"]: Fetched(
            row["url"], "GET", int(row["status"]), row["content_type"], (), (folder / row["file"]).read_bytes(), final_url=row["url"]
        )
        for row in requests
    }
    pages = tuple(CapturedPage(a.url, a.final_url, a.status, a.content_type, len(a.body), "0" * 64) for a in answers.values())
    at = instant(f"{date}T00:00:00Z")
    capture = Capture("a-capture", network_id, at, at, "reconstructed", "0" * 64, "0" * 64, pages)
    return read_listing(NETWORKS[network_id], capture, answers)


def pages_built() -> list[dict[str, str]]:
    """One row a page that shows members: network_id, date, file, facts, source_url, layout, heading, total, printed_kinds."""
    return rows_of(SAMPLES / "pages.csv")


def facts_of(page: dict[str, str]) -> list[dict[str, str]]:
    """The facts that a page shows, in its order."""
    return [row for row in rows_of(SAMPLES / "facts" / f"{page['facts']}.csv") if page["source_url"] in ("", row["source_url"])]


def facts_files() -> list[Path]:
    return sorted((SAMPLES / "facts").glob("*.csv"))


def files_built() -> dict[str, str]:
    """Every file that build.py makes: path below the folder -> text."""
    built: dict[str, str] = runpy.run_path(str(SAMPLES / "build.py"))["built"]()
    return built
