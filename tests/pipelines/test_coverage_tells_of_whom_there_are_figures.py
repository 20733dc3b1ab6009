"""Table coverage on the bundled vintages and on synthetic shares: what is held by country and year, and what is not asked yet."""

from dataclasses import replace

import pytest

from citynet.analysis.lists import MemberList
from citynet.model import Place, Row
from citynet.pipelines.coverage_tables import coverage_rows
from citynet.pipelines.datasets import declared
from citynet.pipelines.figures import figures
from citynet.pipelines.outside import PROJECT
from citynet.pipelines.place_tables import Described
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.territories import code_table, labelled
from citynet.places.normalise import normalise
from citynet.statistics.coverage import NO_CITY
from citynet.statistics.place_territories import Found, PlaceTerritories, served_cities
from citynet.statistics.universes import counted
from citynet.statistics.values import Municipality, Observations
from observed import Cell, observed

DATASETS = declared(PROJECT / "include/datasets").known
CITIES: list[Cell] = [
    *(("DE1001V", "AT", year, 8_000_000.0 + year, "") for year in (2012, 2013, 2014)),
    ("DE1001V", "AT001C", 2012, 1_700_000, ""),
    ("DE1001V", "AT001C", 2014, 1_800_000, "e"),
    ("DE1001V", "AT002C", 2013, 270_000, ""),
    ("DE1001V", "BE001C", 2014, 1_180_000, ""),
    ("DE1001V", "BE002C", 2014, None, "c"),
]
SHARES: list[Cell] = [("DE2003I", "AT001C", 2014, 14.0, ""), ("DE2003V", "BE001C", 2014, 118_000, "")]
"""Synthetic: of the second city the share is computed."""
UNITS = {
    "gn1": Municipality("90001", "AT", "Wien", "", 1_897_491, 1, ""),
    "gn2": Municipality("1", "BE", "Village", "", None, 3, ""),
    "gn3": None,
}
TERRITORIES = {
    "gn1": PlaceTerritories(statistical_city="AT001C"),
    "gn2": PlaceTerritories(),
    "gn3": PlaceTerritories(greater_city="BE001C"),
}
Answer = tuple[object, object, object, object]
KNOWN = [t for t in code_table().territories.values() if t.territory_kind != "functional_urban_area" and t.code_status == "current"]
"""The cities of the checked table with a current code: 589, of which these tests serve four."""


def current(country: str) -> int:
    return sum(territory.country == country for territory in KNOWN)


def statistics(*cubes: Observations, edition: int = 2019) -> Statistics:
    universes = counted([unit for unit in UNITS.values() if unit]) if edition else ()
    return Statistics(datasets=DATASETS, observations={cube.dataset: cube for cube in cubes}, universes=universes, lau_year=edition)


def covered(found: Statistics, *lists: MemberList) -> dict[tuple[object, ...], Row]:
    places = {p: Place(p, p, "AT" if p == "gn1" else "BE", "municipality", p, "1", None, None, None) for p in UNITS}
    described = Described(
        places=places,
        names={},
        municipalities=UNITS,
        territories=TERRITORIES,
        cities=Found(TERRITORIES, served_cities(labelled(found).cities, code_table(), normalise)[0], ()),
        items={},
        lau_year=found.lau_year,
        checks=(),
        figures=figures(found),
    )
    rows = coverage_rows(lists or [members("net", *UNITS)], described, found, "2026-11-23", age_limit=True)
    keyed = {(row["subject"], row["indicator"], row["country"], row["year"]): row for row in rows}
    assert len(keyed) == len(rows)
    return keyed


def members(network_id: str, *place_ids: str) -> MemberList:
    ids = frozenset(place_ids)
    return MemberList(network_id, "2026-08-01", True, "current", ids, ids, 0)


def told(row: Row) -> Answer:
    return row["total"], row["with_figure"], row["share_percent"], row["not_computed_because"]


def test_cities_are_all_with_a_current_code_and_a_flag_without_a_value_is_no_figure() -> None:
    rows = covered(statistics(observed("urb_cpop1", CITIES)))
    kind = ("statistical_cities", "population")
    assert told(rows[*kind, None, None]) == (len(KNOWN), 3, pytest.approx(300 / len(KNOWN)), None)
    assert rows[*kind, None, None]["served"] == 4
    assert told(rows[*kind, "BE", None])[:2] == (current("BE"), 1)
    assert rows[*kind, "BE", None]["served"] == 2
    assert [told(rows[*kind, "AT", year])[:2] for year in (2012, 2013, 2014)] == [(current("AT"), 1)] * 3
    assert {row["source"] for key, row in rows.items() if key[:2] == kind} == {"Source: Eurostat, urb_cpop1 (doi:10.2908/URB_CPOP1)"}
    assert {row["total_of"] for key, row in rows.items() if key[:2] == kind} == {
        "cities and greater cities with a current code in table territories, and those that the vintage in use names"
    }


def test_a_country_without_a_city_in_the_vintage_is_missing_and_not_at_nought() -> None:
    rows = covered(statistics(observed("urb_cpop1", CITIES)))
    assert told(rows["statistical_cities", "population", "GR", None]) == (current("GR"), None, None, NO_CITY)
    assert told(rows["statistical_cities", "population", "DE", None])[:3] == (None, None, None)
    assert "no current code of its cities is known" in str(rows["statistical_cities", "population", "DE", None]["not_computed_because"])


def test_the_total_is_the_same_by_either_route_of_the_service() -> None:
    by_json = observed("urb_cpop1", CITIES)
    by_tsv = replace(by_json, labels={}, updated="")
    assert covered(statistics(by_json)) == covered(statistics(by_tsv))


def test_a_served_city_that_the_table_lacks_is_counted_too() -> None:
    more: Cell = ("DE1001V", "DE001C", 2014, 3_400_000, "")
    rows = covered(statistics(observed("urb_cpop1", [*CITIES, more])))
    assert told(rows["statistical_cities", "population", None, None])[:2] == (len(KNOWN) + 1, 4)
    assert told(rows["statistical_cities", "population", "DE", None]) == (1, 1, 100.0, None)


def test_shares_that_were_never_asked_for_are_not_known_rather_than_none() -> None:
    rows = covered(statistics(observed("urb_cpop1", CITIES)))
    because = "no vintage of urb_cpopcb is in use"
    assert told(rows["statistical_cities", "non_eu_citizens_share", None, None]) == (len(KNOWN), None, None, because)
    assert told(rows["member_municipalities", "non_eu_citizens_share", "AT", None]) == (1, None, None, because)
    assert told(rows["residents", "non_eu_citizens_share", None, None]) == (None, None, None, because)


def test_published_and_computed_shares_count_for_cities_members_and_people() -> None:
    rows = covered(statistics(observed("urb_cpop1", CITIES), observed("urb_cpopcb", SHARES)))
    assert told(rows["statistical_cities", "non_eu_citizens_share", None, None])[:2] == (len(KNOWN), 2)
    assert told(rows["member_municipalities", "non_eu_citizens_share", "BE", 2014]) == (2, 1, 50.0, None)
    people = rows["residents", "non_eu_citizens_share", "AT", 2014]
    assert told(people)[:2] == (8_002_014, 1_800_000)
    assert people["share_percent"] == pytest.approx(22.494, abs=0.001)


def test_people_are_held_against_their_country_in_the_same_year_or_not_counted() -> None:
    rows = covered(statistics(observed("urb_cpop1", CITIES)))
    assert told(rows["residents", "population", "AT", 2013])[:2] == (8_002_013, 270_000)
    assert told(rows["residents", "population", "AT", None])[:2] == (8_002_014, 1_800_000), "those of 2013 are of another year"
    assert rows["residents", "population", "AT", None]["counted_year"] == 2014
    assert rows["residents", "population", "BE", 2014]["not_computed_because"] == "no figure of the whole country is held for the year"


def test_national_figures_of_another_data_set_fill_what_the_cities_cube_lacks() -> None:
    national = observed("migr_pop1ctz", [("TOTAL", "BE", 2014, 11_180_840, ""), ("TOTAL", "EU27_2020", 2014, 443_000_000, "")])
    rows = covered(statistics(observed("urb_cpop1", CITIES), national))
    assert told(rows["residents", "population", "BE", 2014])[:2] == (11_180_840, 1_180_000)


def test_members_have_a_population_where_the_list_of_municipalities_gives_one() -> None:
    rows = covered(statistics(observed("urb_cpop1", CITIES)))
    kind = ("member_municipalities", "population")
    assert told(rows[*kind, None, None]) == (3, 1, pytest.approx(100 / 3), None)
    assert [told(rows[*kind, country, 2019])[:2] for country in ("AT", "BE")] == [(1, 1), (2, 0)]
    assert rows[*kind, "BE", None]["source"] == "Source: Eurostat, local administrative units 2019"
    without = covered(statistics(observed("urb_cpop1", CITIES), edition=0))
    assert told(without[*kind, None, None]) == (3, None, None, "no list of municipalities is held")


def test_lists_that_feed_no_figure_name_no_members() -> None:
    sample = replace(members("report", "gn2"), use="replication_only")
    old = replace(members("old", "gn3"), list_date="2020-01-01")
    rows = covered(statistics(observed("urb_cpop1", CITIES)), members("net", "gn1"), sample, old)
    assert told(rows["member_municipalities", "population", None, None])[:2] == (1, 1)


def test_without_any_vintage_each_subject_says_what_is_missing() -> None:
    rows = covered(statistics(edition=0))
    assert {(row["subject"], row["not_computed_because"]) for row in rows.values() if row["country"] is None} == {
        *((subject, f"no vintage of urb_cpop{end} is in use") for subject in ("statistical_cities", "residents") for end in ("1", "cb")),
        ("member_municipalities", "no list of municipalities is held"),
        ("member_municipalities", "no vintage of urb_cpopcb is in use"),
    }
