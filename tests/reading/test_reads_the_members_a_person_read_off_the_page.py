"""A network adds two data files here and no test code: a page, and what a person read off it.

pages/<network>/<YYYY-MM-DD>[.<n>].html (or .json) stands for the n-th page that the network file asks at that date (the first, without n).
"""

import csv
from pathlib import Path

import pytest

from citynet.errors import SourceChanged
from citynet.networks import load, pages_at
from citynet.pipelines.auto import known
from citynet.places.gazetteer import load_gazetteer
from citynet.reading import read_page

HERE = Path(__file__).parent
NETWORKS = {network.id: network for network in load(str(HERE.parents[1] / "include" / "networks")).networks}
PAGES = sorted(page for page in (HERE / "pages").glob("*/*") if page.suffix in (".html", ".json"))
TROUBLE = sorted((HERE / "trouble").glob("*.html"))
HTML = "text/html; charset=utf-8"
TYPES = {".html": HTML, ".json": "application/json"}
KNOWN = known(load_gazetteer(HERE.parents[1] / "include" / "gazetteer"))
CONFIGURED = {network.id: [page for page in network.pages if page.reader != "auto"] for network in NETWORKS.values()}
"""The pages that somebody described. A page nobody has seen yet is left to the auto reader; its first listing waits for a person."""


def spec_of(page):
    date, _, number = page.stem.partition(".")
    return pages_at(NETWORKS[page.parent.name], date)[int(number or 1) - 1]


def members_read_by_hand(page):
    with page.with_suffix(".members.csv").open(encoding="utf-8", newline="") as file:
        return [(row["name_as_published"], row["country_as_published"], row["kind_as_published"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_reads_the_members_a_person_read_off_the_page(page):
    read = read_page(NETWORKS[page.parent.name], spec_of(page), page.read_bytes(), TYPES[page.suffix], known=KNOWN)
    found = [(row.name_as_published, row.country_as_published, row.kind_as_published) for row in read.rows]
    assert found == members_read_by_hand(page)


@pytest.mark.parametrize("network", NETWORKS.values(), ids=lambda network: network.id)
def test_every_network_with_pages_has_a_page_read_by_a_person(network):
    assert not CONFIGURED[network.id] or any(page.parent.name == network.id for page in PAGES)


@pytest.mark.parametrize("trouble", TROUBLE, ids=lambda page: page.stem)
@pytest.mark.parametrize("network", [n for n in NETWORKS.values() if CONFIGURED[n.id]], ids=lambda network: network.id)
def test_a_page_without_members_is_a_changed_source_not_an_empty_list(network, trouble):
    for page in CONFIGURED[network.id]:
        with pytest.raises(SourceChanged, match=rf"^{network.id} https?://"):
            read_page(network, page, trouble.read_bytes(), HTML)


def test_the_pages_in_trouble_are_all_there():
    assert [page.stem for page in TROUBLE] == ["another_network", "blank", "empty", "error", "login", "maintenance"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_the_page_of_one_network_is_refused_for_another(page):
    for network in NETWORKS.values():
        for spec in CONFIGURED[network.id]:
            if spec.url != spec_of(page).url and spec.options["must_contain"] != spec_of(page).options["must_contain"]:
                with pytest.raises(SourceChanged, match=rf"^{network.id} .*expected a page that says"):
                    read_page(network, spec, page.read_bytes(), HTML)
