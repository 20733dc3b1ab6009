"""Pages in the style of the networks' sites, one or more a reader, and what a person read off each of them.

readers/<name>.yml says how the page beside it is read (as a network file does), and its members: name, country, kind, date of
joining, mark.
"""

from pathlib import Path

import pytest
import yaml

from citynet.networks import load_one
from citynet.reading.by_name import READERS
from reading.small_network import printed_page

PAGES = sorted((Path(__file__).parent / "readers").glob("*.yml"))
TYPES = {".html": "text/html; charset=utf-8", ".json": "application/json"}

NETWORK_FILE = {
    **{"id": "free_ports", "name": "Free Ports", "status": "active", "scope": "transnational", "relevance": "migration_core"},
    "inclusion": {"decision": "included", "reason": "seen in a paper", "date": "2026-11-22"},
    **{"who_joins": "body", "rights": {"permission": "granted", "republish": "names"}},
}


def written(path):
    said = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    page = next(other for other in path.parent.glob(f"{path.stem}.*") if other.suffix in TYPES)
    return said, page.read_bytes(), TYPES[page.suffix]


def read(path):
    said, body, content_type = written(path)
    return printed_page(body, said["reader"], said.get("select", ""), content_type, said.get("ties"), **said["options"])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_members_are_those_a_person_read(path):
    said = written(path)[0]
    found = [
        [row.name_as_published, row.country_as_published, row.kind_as_published, row.joined_on]
        + ["on_hold"] * row.on_hold
        + ["former"] * (row.tie == "former")
        for row in read(path).rows
    ]
    assert found == said["members"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_network_file_may_say_so(path, tmp_path):
    said = written(path)[0]
    page = {"url": "https://ports.example/members", **{key: said[key] for key in ("reader", "select", "options") if key in said}}
    page |= {"ask": "query{cities{name}}"} if said["reader"] == "graphql" else {}
    membership = {"publishes": "list", "coverage": "complete", "default_tie": "full", "pages": [page]}
    file = tmp_path / "free_ports.yml"
    file.write_text(yaml.safe_dump({**NETWORK_FILE, "membership": membership}), encoding="utf-8")
    assert load_one(str(file)).pages[0].options == said["options"]


def test_every_reader_of_markup_and_data_has_a_page():
    elsewhere = {"csv", "xlsx", "pdf", "list"}  # documents have tests of their own; list stands in pages/
    assert {written(path)[0]["reader"] for path in PAGES} == set(READERS) - elsewhere
