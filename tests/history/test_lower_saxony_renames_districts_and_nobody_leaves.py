"""Two real lists of one network, July 2019 and June 2020: nearly every string changes, and that is no news.

The facts are those of the samples; networks, judgements and gazetteer are the bundled ones.
"""

import csv
from pathlib import Path

import pytest

from citynet.history.accepting import accept_all
from citynet.history.spells import fold
from citynet.model import Change, History, Listing, ListingRow, Network, ResolvedListing, instant
from citynet.networks.registry import load_one
from citynet.pipelines.listings import resolve_listing
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.outside import open_outside

INCLUDE = Path(__file__).parents[2] / "include"
NETWORK = "seebruecke_sichere_haefen_niedersachsen"
DATES = {"2019-07": "2019-07-31", "2020-06": "2020-06-15"}
BOTH_ENDS = tuple(DATES.values())

NEWCOMERS = {
    "gn2931804": "Einbeck",
    "gn2920478": "Gifhorn",
    "gn2918632": "Göttingen",
    "gn2882087": "Laatzen",
    "gn2877088": "Lingen",
    "gn2871845": "Meppen",
    "gn2862118": "Norden",
    "gn2856500": "Osterholz-Scharmbeck",
    "gn2824902": "Sulingen",
    "gn2824461": "Syke",
    "gn2807218": "Wittmund",
    "gn2940451": "Buxtehude",
    "gn2909915": "Hasbergen",
    "x-de-landkreis-goettingen": "Landkreis Göttingen",
}
RENAMED = {
    ("Aurich", "Stadt Aurich"),
    ("Braunschweig", "Stadt Braunschweig"),
    ("Cloppenburg", "Stadt Cloppenburg"),
    ("Cuxhaven", "Stadt Cuxhaven"),
    ("Cuxhaven (Landkreis)", "Landkreis Cuxhaven"),
    ("Hannover", "Stadt Hannover"),
    ("Hildesheim", "Stadt Hildesheim"),
    ("Hildesheim (Landkreis)", "Landkreis Hildesheim"),
    ("Nordhorn", "Stadt Nordhorn"),
    ("Oldenburg", "Stadt Oldenburg"),
    ("Osnabrück", "Stadt Osnabrück"),
    ("Weyhe", "Gemeinde Weyhe"),
}
MAY_HAVE_BEEN_THERE = {"x-de-landkreis-holzminden", "x-de-landkreis-wolfenbuettel", "x-de-samtgemeinde-thedinghausen"}
"""Bodies of 2020 whose town bears the name that the list of 2019 prints without a legal form."""


def _listing(network: Network, names: Names, month: str) -> ResolvedListing:
    with (INCLUDE / "samples" / "facts" / f"{NETWORK}__{month}.csv").open(encoding="utf-8", newline="") as file:
        facts = list(csv.DictReader(file))
    at = instant(f"{DATES[month]}T00:00:00Z")
    rows = tuple(
        ListingRow(n, f["name_as_published"], f["country_as_published"], "", network.default_tie, f["source_url"], f"li {n}")
        for n, f in enumerate(facts, 1)
    )
    assert {f["complete"] for f in facts} == {"yes"}
    return resolve_listing(network, Listing(NETWORK, f"cap-{month}", at, at, "reconstructed", "complete", "current", rows), names)


@pytest.fixture(scope="module")
def network() -> Network:
    return load_one(str(INCLUDE / "networks" / f"{NETWORK}.yml"))


@pytest.fixture(scope="module")
def listings(network: Network) -> list[ResolvedListing]:
    names = open_names(open_outside({}))
    return [_listing(network, names, month) for month in DATES]


@pytest.fixture(scope="module")
def history(network: Network, listings: list[ResolvedListing]) -> History:
    return fold(network, listings, ())


def changes(history: History, change: str) -> list[Change]:
    return [one for one in history.changes if one.change == change]


def test_both_lists_are_believed(network: Network, listings: list[ResolvedListing]) -> None:
    assert [decision.accepted for decision in accept_all(network, listings, ())] == [True, True]


def test_the_newcomers_joined_between_the_two_lists(history: History) -> None:
    joined = changes(history, "joined")
    assert {change.place_id for change in joined} == set(NEWCOMERS)
    assert {(change.earliest, change.latest) for change in joined} == {BOTH_ENDS}


def test_another_spelling_is_a_change_of_the_record_only(history: History) -> None:
    renamed = changes(history, "renamed")
    assert {(change.before, change.after) for change in renamed} == RENAMED
    assert not any(change.world for change in renamed)


def test_the_three_bodies_that_may_have_been_on_the_earlier_list_are_first_seen(history: History) -> None:
    first_seen = {spell.place_id: spell for spell in history.spells if spell.place_id in MAY_HAVE_BEEN_THERE}
    assert set(first_seen) == MAY_HAVE_BEEN_THERE
    assert {(s.first_seen, s.state, s.from_latest) for s in first_seen.values()} == {(True, "listed", BOTH_ENDS[1])}
    assert not [change for change in history.changes if change.place_id in MAY_HAVE_BEEN_THERE]


def test_nobody_has_left_nor_is_missed(history: History) -> None:
    assert {change.change for change in history.changes} == {"joined", "renamed"}
    assert {spell.state for spell in history.spells} == {"listed"}
    assert len(history.spells) == 30
