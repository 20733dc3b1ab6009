"""The captures for replay: rebuilt pages, read by the network files as they stand."""

import csv
import runpy
from pathlib import Path

import pytest

from citynet.model import Capture, CapturedPage, instant
from citynet.networks import load
from citynet.reading import read_listing

INCLUDE = Path(__file__).parents[2] / "include"
SAMPLES = INCLUDE / "samples"
NETWORKS = {network.id: network for network in load(str(INCLUDE / "networks")).networks}
FOLDERS = sorted(path.parent for path in SAMPLES.glob("*/*/requests.csv") if path.parts[-3] in NETWORKS)


def listing_of(network_id, date):
    folder = SAMPLES / network_id / date
    with (folder / "requests.csv").open(encoding="utf-8", newline="") as file:
        requests = list(csv.DictReader(file))
    bodies = {row["url"]: (folder / row["file"]).read_bytes() for row in requests}
    pages = tuple(
        CapturedPage(row["url"], row["url"], int(row["status"]), row["content_type"], len(bodies[row["url"]]), "0" * 64) for row in requests
    )
    at = instant(f"{date}T00:00:00Z")
    capture = Capture("a-capture", network_id, at, at, "reconstructed", "0" * 64, "0" * 64, pages)
    return read_listing(NETWORKS[network_id], capture, bodies)


# Counted by hand on the sources' lists and in the columns of Table 1.
STATED = [
    ("pact_of_free_cities", "2019-12-16", 4, "complete", "current"),
    ("pact_of_free_cities", "2021-09-16", 24, "complete", "current"),
    ("pact_of_free_cities", "2022-09-27", 30, "partial", "current"),
    ("intercultural_cities", "2009-03-04", 9, "partial", "current"),
    ("intercultural_cities", "2010-02-28", 11, "complete", "current"),
    ("intercultural_cities", "2010-07-31", 11, "complete", "current"),
    ("arrival_cities", "2018-12-31", 1, "partial", "replication_only"),
    ("eccar", "2018-12-31", 22, "partial", "replication_only"),
    ("eurocities", "2018-12-31", 27, "partial", "replication_only"),
    ("global_parliament_of_mayors", "2018-12-31", 10, "partial", "replication_only"),
    ("icorn", "2018-12-31", 10, "partial", "replication_only"),
    ("integrating_cities", "2018-12-31", 25, "partial", "replication_only"),
    ("partnership_inclusion", "2018-12-31", 5, "partial", "replication_only"),
    ("solidacities", "2018-12-31", 6, "partial", "replication_only"),
    ("solidarity_cities", "2018-12-31", 9, "partial", "replication_only"),
]


@pytest.mark.parametrize(("network_id", "date", "count", "coverage", "use"), STATED)
def test_the_listing_has_the_members_and_the_coverage_of_its_source(network_id, date, count, coverage, use):
    listing = listing_of(network_id, date)
    assert (len(listing.rows), listing.coverage, listing.use) == (count, coverage, use)
    assert [row.number for row in listing.rows] == list(range(1, count + 1))


def test_no_sample_is_left_unread():
    assert [(path.parts[-2], path.parts[-1]) for path in FOLDERS] == sorted((network, date) for network, date, *_ in STATED)


def test_names_stay_as_printed_and_rows_lead_to_their_place_on_the_page():
    pact = listing_of("pact_of_free_cities", "2022-09-27")
    assert [row.name_as_published for row in pact.rows[:4]] == ["Budapest", "Prag", "Warschau", "Bratislava"]
    assert {row.country_as_published for row in pact.rows} == {""}
    assert (pact.rows[24].name_as_published, pact.rows[24].evidence) == ("Kyiv", "li 1")
    assert pact.rows[24].page_url.startswith("https://www.pactoffreecities.com/articles/")
    cut = listing_of("intercultural_cities", "2009-03-04")
    assert (cut.rows[2].name_as_published, cut.rows[2].country_as_published) == ("London-Greenwhich", "UK")
    table = listing_of("arrival_cities", "2018-12-31").rows[0]
    assert (table.name_as_published, table.country_as_published, table.evidence, table.tie) == ("Riga", "LV", "row 10", "project_partner")


def test_the_committed_pages_are_what_the_command_builds():
    built = runpy.run_path(str(SAMPLES / "build.py"))["built"]()
    assert len(built) == 31
    for name, text in built.items():
        assert (SAMPLES / name).read_bytes() == text.encode("utf-8"), name
    committed = {path.relative_to(SAMPLES).as_posix() for folder in FOLDERS for path in folder.iterdir()}
    assert committed == set(built)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"{path.parts[-2]}/{path.parts[-1]}")
def test_every_rebuilt_page_says_that_it_is_no_original(folder):
    for page in folder.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert '<p class="rebuilt">Page rebuilt by this project from facts stated at <a href="http' in text
        assert text.count("not an original") == 2
