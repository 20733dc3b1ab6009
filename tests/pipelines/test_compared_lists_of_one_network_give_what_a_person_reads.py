"""Pairs of real lists, as the samples state them, against what a person reads off them; judgements of a network are not asked."""

import csv
from pathlib import Path

import pytest

from citynet.history.comparing import Difference
from citynet.pipelines.comparing import compare_lists, in_no_network, listed_names
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.outside import open_outside

FACTS = Path(__file__).parents[2] / "include" / "samples" / "facts"

SAXONY = {
    "joined": {
        *("Landkreis Göttingen", "Gemeinde Buxtehude", "Gemeinde Hasbergen"),
        *(f"Stadt {name}" for name in ("Einbeck", "Gifhorn", "Göttingen", "Laatzen", "Lingen", "Meppen", "Norden")),
        *(f"Stadt {name}" for name in ("Osterholz-Scharmbeck", "Sulingen", "Syke", "Wittmund")),
    },
    "renamed affix": {
        *(("Weyhe", "Gemeinde Weyhe"), ("Cuxhaven (Landkreis)", "Landkreis Cuxhaven")),
        ("Hildesheim (Landkreis)", "Landkreis Hildesheim"),
        *((name, f"Stadt {name}") for name in ("Aurich", "Braunschweig", "Cloppenburg", "Cuxhaven", "Hannover", "Hildesheim")),
        *((name, f"Stadt {name}") for name in ("Nordhorn", "Oldenburg", "Osnabrück")),
    },
    "unclear unresolved": {
        *(("Holzminden", "Landkreis Holzminden"), ("Wolfenbüttel", "Landkreis Wolfenbüttel")),
        ("Thedinghausen", "Samtgemeinde Thedinghausen"),
    },
}
PILOT = {
    "joined": {"Patras", "Reggio Emilia", "Subotica", "Tilburg"},
    "left": {"Craiova", "London-Greenwhich"},
    "renamed spelling": {("Berlin-Neukölln", "Berlin Neukölln")},
}
"""Both lists count as complete here. That the list of 2009 is cut after Oslo, so that the four are first seen only, is known to
the network's history, which reads it as partial."""
PARTNERSHIP = {
    "joined": {
        *("Barcelona City Council", "Eurocities", "Migration Policy Group", "Council of Europe Development Bank (CEB)"),
        *("Council of European Municipalities and Regions (CEMR)", "European Committee of the Regions"),
        *("European Council for Refugees and Exiles (ECRE)", "European Investment Bank (EIB)"),
    },
    "left": {"Barcelona Metropolitan Areas"},
    "renamed affix": {
        (
            "European Commission (DG HOME as Coordinator, DG REGIO, DG EMPL)",
            "European Commission (DG Home as coordinator, DG REGIO, DG EMPL, JRC)",
        )
    },
    "renamed country_code": {("Athens", "Athens")},
}
ARRIVAL = {
    "renamed affix": {("City of Oldenburg", "Oldenburg")},
    "renamed spelling": {("County of Val-de-Marne, Créteil", "Val-de-Marne")},
    "unclear unresolved": {("Technische Universität Dresden", "Dresden")},
}


@pytest.fixture(scope="module")
def names() -> Names:
    return open_names(open_outside({}))


def differences(names: Names, old: str, new: str) -> tuple[Difference, ...]:
    lists = []
    for name in (old, new):
        with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        lists.append(listed_names(name, list(rows[0]), rows))
    return compare_lists(*lists, in_no_network(names), names)


def told(found: tuple[Difference, ...]) -> dict[str, set[object]]:
    """Change (with its cause, unless that is the world) -> the names, one for a join or departure, else both."""
    by_change: dict[str, set[object]] = {}
    for one in found:
        key, names = (one.change, one.name_old or one.name_new) if one.cause == "world" else (f"{one.change} {one.cause}", None)
        by_change.setdefault(key, set()).add(names or (one.name_old, one.name_new))
    return by_change


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("seebruecke_sichere_haefen_niedersachsen__2019-07", "seebruecke_sichere_haefen_niedersachsen__2020-06", SAXONY),
        ("intercultural_cities__2009-03", "intercultural_cities__2010-02", PILOT),
        ("intercultural_cities__2010-02", "intercultural_cities__2010-07", {}),
        ("partnership_inclusion__2016", "partnership_inclusion__2023", PARTNERSHIP),
        ("arrival_cities__2016", "arrival_cities__2025-07", ARRIVAL),
    ],
)
def test_every_join_and_departure_is_found_and_no_other_print_is_one(names, old, new, expected):
    assert told(differences(names, old, new)) == expected


def test_read_backwards_who_joined_has_left(names):
    there = differences(names, "seebruecke_sichere_haefen_niedersachsen__2019-07", "seebruecke_sichere_haefen_niedersachsen__2020-06")
    back = differences(names, "seebruecke_sichere_haefen_niedersachsen__2020-06", "seebruecke_sichere_haefen_niedersachsen__2019-07")
    assert {d.name_new for d in there if d.change == "joined"} == {d.name_old for d in back if d.change == "left"}
    assert {d.place_id for d in there if d.change == "renamed"} == {d.place_id for d in back if d.change == "renamed"}
