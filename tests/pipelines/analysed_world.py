"""A small world of municipalities, lists and networks for the tests of the analysis tables, on the bundled counts of the list of 2019."""

from collections.abc import Mapping

from citynet.analysis.lists import MemberList
from citynet.model import Network, Place
from citynet.networks.registry import load
from citynet.pipelines.outside import PROJECT
from citynet.pipelines.place_tables import Described
from citynet.pipelines.statistics import Statistics
from citynet.statistics.place_territories import Found, PlaceTerritories
from citynet.statistics.universes import counted
from citynet.statistics.values import Municipality

AS_OF = "2026-09-01"
NETWORKS: Mapping[str, Network] = {network.id: network for network in load(str(PROJECT / "include/networks")).networks}
OPEN, GERMAN, LARGE = "intercultural_cities", "staedte_sicherer_haefen", "integrating_cities"
"""Networks that admit everybody, German municipalities, and cities of 50,000 and more."""


def town(number: int, country: str = "DE") -> Municipality:
    """One of forty municipalities of each country, every second one with twice the residents of the one before; degrees go round."""
    return Municipality(f"{number:03}", country, f"Town {number}", "", 4_000 * 2 ** (number // 4), 1 + number % 3, "")


TOWNS = [town(number, country) for country in ("DE", "FR", "NO") for number in range(40)]
UNITS = {f"gn{country}{number}": town(number, country) for country in ("DE", "FR", "NO") for number in range(40)}


def statistics() -> Statistics:
    return Statistics(municipalities=tuple(TOWNS), universes=counted(TOWNS), lau_year=2024)


def described(units: Mapping[str, Municipality | None] = UNITS) -> Described:
    places = {p: Place(p, p, p[2:4], "municipality", p, "", None, None, None) for p in units}
    territories = dict.fromkeys(units, PlaceTerritories())
    return Described(
        places=places, municipalities=units, territories=territories, cities=Found({}, {}, ()), items={}, lau_year=2024, checks=()
    )


def listed(network_id: str, *ids: str, date: str = "2026-08-01", complete: bool = True, unresolved: int = 0) -> MemberList:
    places = frozenset(ids)
    return MemberList(network_id, date, complete, "current", places, places, unresolved, {p: p[2:4] for p in ids})
