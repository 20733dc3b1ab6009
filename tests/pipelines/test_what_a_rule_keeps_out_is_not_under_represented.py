"""Who may join at all decides the universe; a size class that a network's own rule keeps out is read as excluded_by_rule."""

from collections.abc import Sequence

import pytest

from citynet.analysis.lists import MemberList
from citynet.model import Row
from citynet.networks.registry import load
from citynet.pipelines.admission import admissions
from citynet.pipelines.eligibility import admitted_countries, admitted_sizes, part_of_a_country
from citynet.pipelines.outside import PROJECT
from citynet.pipelines.place_tables import Described
from citynet.pipelines.representation_tables import representation_rows
from citynet.pipelines.statistics import Statistics
from citynet.statistics.place_territories import Found
from citynet.statistics.universes import UniverseCell, read_universes
from citynet.statistics.values import Municipality

NETWORKS = {network.id: network for network in load(str(PROJECT / "include/networks")).networks}
UNIVERSES = read_universes((PROJECT / "include/samples/statistics/2026-08-31/universes_2019.csv").read_bytes())
CITIES = [f"gn{number}" for number in range(20)]


def read(network_id: str, universes: Sequence[UniverseCell] = UNIVERSES) -> list[Row]:
    """Representation of a network whose twenty members are German cities of 600,000 residents."""
    city = Municipality("DE1", "DE", "City", "", 600_000, 1, "")
    cities = dict.fromkeys(CITIES, city)
    described = Described(
        places={}, names={}, municipalities=cities, territories={}, cities=Found({}, {}, ()), items={}, lau_year=2019, checks=()
    )
    members = MemberList(network_id, "2026-08-01", True, "current", frozenset(CITIES), frozenset(CITIES), 0, dict.fromkeys(CITIES, "DE"))
    statistics = Statistics(universes=tuple(universes), lau_year=2019)
    networks = list(NETWORKS.values())
    admitted = admissions(networks, statistics, "2026-09-01")
    return representation_rows([members], networks, described, statistics, admitted, "2026-09-01", age_limit=True)


def readings(network_id: str) -> dict[str, object]:
    """Reading by size class, against municipalities of at least 5,000 residents."""
    own = [r for r in read(network_id) if (r["dimension"], r["universe_kind"]) == ("municipality_size_class", "at_least_5000")]
    return {str(r["class"]): r["reading"] for r in own}


def least(network_id: str, day: str = "2026-09-01") -> float:
    """From how many residents on German municipalities may join."""
    return admitted_sizes(NETWORKS[network_id], NETWORKS, day, "DE")[0][0]


def test_the_minimum_of_the_network_to_which_members_must_belong_binds_too():
    """Integrating Cities takes members of Eurocities, whose smallest tie asks for 50,000 residents."""
    assert least("integrating_cities") == 50_000
    found = readings("integrating_cities")
    assert {found[size] for size in ("5-10k", "10-20k", "20-50k")} == {"excluded_by_rule"}
    assert found["50-100k"] == "under"


def test_advice_and_an_ended_rule_keep_nobody_out():
    advised, ended, none = ("intercultural_cities", "uia", "shelter_city")
    assert [least(network_id) for network_id in (advised, none)] == [0, 0]
    assert admitted_sizes(NETWORKS[ended], NETWORKS, "2026-09-01", "DE") == ()  # nobody may join any more, which is no minimum
    assert least(ended, "2019-09-01") == 50_000
    assert "excluded_by_rule" not in readings("shelter_city").values()


def test_a_national_network_is_held_against_its_own_country():
    rows = read("staedte_sicherer_haefen")
    assert admitted_countries(NETWORKS["staedte_sicherer_haefen"]) == ("DE",)
    assert {str(r["universe"]) for r in rows if r["dimension"] == "municipality_size_class"} == {
        "municipalities that may join staedte_sicherer_haefen by its own rules (municipalities in DE (since 2019-06-14)) in DE of the list",
        "municipalities of at least 5000 residents in DE (the only ones that the network admits)",
        "residents of DE (the only ones that the network admits)",
    }
    assert not [r for r in rows if r["dimension"] in ("country", "region_of_europe", "eu_membership")]


@pytest.mark.parametrize("column", ["representation_ratio", "reading", "participation_rate"])
def test_a_network_of_a_part_of_a_country_has_no_universe_and_says_so(column):
    network_id = "seebruecke_sichere_haefen_niedersachsen"
    assert part_of_a_country(NETWORKS[network_id], "2026-09-01") == "Lower Saxony"
    rows = read(network_id)
    assert {r[column] for r in rows} == {None}
    assert all("admits bodies of Lower Saxony only" in str(r["not_computed_because"]) for r in rows)


def test_a_network_whose_country_has_no_counts_has_no_figure():
    assert read("rpci", [cell for cell in UNIVERSES if cell.country != "PT"]) == []
    assert read("rpci") != []
