"""The names of the samples against a list checked by hand: each resolves to its place, or is none, or stays open. Rule 8."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from citynet.networks.registry import load
from citynet.pipelines.eligibility import admitted_countries
from citynet.places.gazetteer import Gazetteer
from citynet.places.judgements import Judgements
from citynet.places.resolve import find_place, resolve

HERE = Path(__file__).parent
INCLUDE = HERE.parents[1] / "include"
NO_PLACE = {"not_a_city": "not_a_city", "review": "unsure"}
"""The verdict that the two labels which name no place ask for."""
Name = tuple[str, str, str]


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def labels() -> dict[Name, str]:
    """(name, country, network_id) -> place_id, not_a_city or unsure, compared by hand with coordinates and population."""
    return {(r["name"], r["country"], r["network_id"]): r["place_id"] for r in rows(HERE / "sample_names_and_what_they_mean.csv")}


@pytest.fixture(scope="module")
def table_1() -> set[Name]:
    """The names of the report's Table 1, each in the networks that it prints a yes for."""
    found = rows(INCLUDE / "literature" / "oomen_2018_table1.csv")
    return {
        (r["city"], r["country_as_published"], column) for r in found for column, cell in r.items() if cell == "yes" and column != "capital"
    }


@pytest.fixture(scope="module")
def outcomes(labels: dict[Name, str], gazetteer: Gazetteer, judgements: Judgements) -> dict[Name, str]:
    """right | wrong (another place, or a place where there is none) | open."""
    admitted = {network.id: admitted_countries(network) for network in load(str(INCLUDE / "networks")).networks}

    def outcome(name: Name, label: str) -> str:
        printed, country, network_id = name
        found = resolve(
            printed,
            country,
            gazetteer=gazetteer,
            judgements=judgements,
            network_id=network_id,
            network_countries=admitted.get(network_id, ()),
        )
        answer = found.place_id or NO_PLACE.get(found.verdict, "")
        return "right" if answer == label else "wrong" if found.place_id else "open"

    return {name: outcome(name, label) for name, label in labels.items()}


def test_every_name_that_the_samples_print_is_in_the_list(labels: dict[Name, str], table_1: set[Name]) -> None:
    facts = {
        (r["name_as_published"], r["country_as_published"], path.name.split("__")[0])
        for path in (INCLUDE / "samples" / "facts").glob("*.csv")
        for r in rows(path)
    }
    assert len(facts) >= 520
    assert sorted((facts | table_1) - set(labels)) == []


def test_every_label_is_a_place_or_says_that_there_is_none(labels: dict[Name, str], gazetteer: Gazetteer, judgements: Judgements) -> None:
    places = set(labels.values()) - {"not_a_city", "unsure"}
    assert [p for p in sorted(places) if find_place(p, gazetteer=gazetteer, judgements=judgements) is None] == []
    assert Counter(label for label in labels.values() if label in ("not_a_city", "unsure")) == {"not_a_city": 84, "unsure": 9}


def test_all_29_cities_of_table_1_are_right(outcomes: dict[Name, str], table_1: set[Name]) -> None:
    assert len({name[0] for name in table_1}) == 29
    assert [name for name in sorted(table_1) if outcomes[name] != "right"] == []


def test_at_least_90_in_100_of_the_others_are_right(outcomes: dict[Name, str], table_1: set[Name]) -> None:
    """Of 598 names beside Table 1 all 598 were right when this was written."""
    others = [outcome for name, outcome in outcomes.items() if name not in table_1]
    assert others.count("right") >= 0.9 * len(others)


def test_none_is_wrong(outcomes: dict[Name, str]) -> None:
    assert [name for name, outcome in sorted(outcomes.items()) if outcome == "wrong"] == []
