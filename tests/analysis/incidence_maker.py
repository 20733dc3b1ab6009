"""Tables of networks and cities for the tests of overlap: Table 1 of the 2018 report, random ones, and extremes."""

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.list_maker import members
from citynet.analysis.lists import MemberList

TABLE1 = Path(__file__).parents[2] / "include/literature/oomen_2018_table1.csv"
DATE = "2021-09-16"
Matrix = NDArray[np.int64]


def table1() -> Matrix:
    """Nine networks by 29 cities, as printed."""
    with TABLE1.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return np.array([[row[name] == "yes" for row in rows] for name in list(rows[0])[2:11]], dtype=np.int64)


def random_table(networks: int, places: int, seed: int, mean: float = 0.3) -> Matrix:
    """Networks and cities that join very differently."""
    chance = np.random.default_rng(seed)
    rates = chance.random((networks, 1)) * chance.random(places) * 4 * mean
    return (chance.random((networks, places)) < rates).astype(np.int64)


EXTREMES = {
    "empty network": np.array([[0, 0, 0, 0], [1, 1, 0, 1], [1, 0, 1, 1]]),
    "identical networks": np.array([[1, 1, 0, 1, 0], [1, 1, 0, 1, 0], [0, 0, 1, 0, 1]]),
    "one member": np.array([[1, 0, 0], [1, 1, 1], [0, 1, 1]]),
    "everyone in everything": np.ones((3, 5), dtype=np.int64),
    "perfectly nested": np.triu(np.ones((4, 6), dtype=np.int64)),
    "nobody anywhere": np.zeros((2, 3), dtype=np.int64),
}


def lists_of(table: Matrix, countries: list[str] | None = None) -> list[MemberList]:
    """One list a row; the places are p00, p01, ... of the countries given."""
    at = {f"p{n:02}": (countries or ["XX"] * table.shape[1])[n] for n in range(table.shape[1])}
    return [members(f"n{a:02}", [f"p{p:02}" for p in np.flatnonzero(row)], DATE, countries=at) for a, row in enumerate(table)]


def all_pairs(networks: int) -> Matrix:
    return np.stack(np.triu_indices(networks, 1), axis=1).astype(np.int64)
