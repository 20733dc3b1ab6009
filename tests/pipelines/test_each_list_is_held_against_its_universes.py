"""Representation and access: which universes a list is held against, who lies in them, and who may join at all."""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.model import Row
from citynet.pipelines.admission import admissions, whole_units
from citynet.pipelines.city_universes import LIMITED, URBAN_CENTRE, CityUniverse
from citynet.pipelines.representation_tables import access_rows, representation_rows
from citynet.pipelines.statistics import Statistics
from citynet.publishing.phrases import forbidden_in
from pipelines.analysed_world import AS_OF, GERMAN, LARGE, NETWORKS, OPEN, UNITS, described, listed, statistics

SIZES = "municipality_size_class"


def rows(network_id: str, *ids: str, unresolved: int = 0, dimension: str = SIZES) -> dict[str, list[Row]]:
    """The rows of a list along a dimension, by the kind of universe."""
    networks = list(NETWORKS.values())
    members = listed(network_id, *ids, unresolved=unresolved)
    admitted = admissions({(network_id, members.list_date)}, networks, statistics())
    found: dict[str, list[Row]] = defaultdict(list)
    for row in representation_rows([members], networks, described(), statistics(), admitted, AS_OF, age_limit=True):
        if row["dimension"] == dimension:
            found[str(row["universe_kind"])].append(row)
    return found


def whole(found: list[Row], column: str) -> int:
    return sum(int(str(row[column])) for row in found)


def test_the_three_universes_count_who_may_join_those_of_five_thousand_and_residents():
    found = rows(OPEN, "gnDE0", "gnDE30", "gnFR31")
    assert {kind: whole(of, "u_c") for kind, of in found.items()} == {
        "eligible_by_rule": 120,
        "at_least_5000": 108,
        "residents": sum(unit.population or 0 for unit in UNITS.values()),
    }
    assert {kind: (whole(of, "n_c"), of[0]["n_outside"]) for kind, of in found.items()} == {
        "eligible_by_rule": (3, 0),
        "at_least_5000": (2, 1),  # the village of 4,000 lies outside
        "residents": (3, 0),
    }


def test_a_member_that_the_rules_no_longer_admit_lies_outside_those_who_may_join():
    found = rows(LARGE, "gnDE8", "gnDE30", "gnFR31")  # of 16,000, where 50,000 are asked for
    assert [found[kind][0]["n_outside"] for kind in ("eligible_by_rule", "at_least_5000", "residents")] == [1, 0, 0]
    assert {row["class"] for row in found["eligible_by_rule"]} == {"50-100k", "100-250k", "250-500k", "0.5-1M", "1-5M"}
    assert [row["reading"] for row in found["at_least_5000"]][:2] == ["excluded_by_rule", "cannot_tell"]


def test_a_national_network_is_compared_along_sizes_and_degrees_but_not_with_other_countries():
    for dimension in ("country", "region_of_europe", "eu_membership"):
        assert rows(GERMAN, "gnDE1", "gnDE30", dimension=dimension) == {}
    assert whole(rows(GERMAN, "gnDE1", "gnDE30", dimension="degurba")["eligible_by_rule"], "u_c") == 40


def test_countries_are_grouped_by_region_and_by_the_union_at_the_date_of_the_list():
    regions = rows(OPEN, "gnDE1", "gnNO30", dimension="region_of_europe")["eligible_by_rule"]
    assert {row["class"]: row["n_c"] for row in regions} == {"Northern Europe": 1, "Western Europe": 1}
    union = rows(OPEN, "gnDE1", "gnNO30", dimension="eu_membership")["eligible_by_rule"]
    assert {row["class"]: (row["n_c"], row["u_c"]) for row in union} == {"EFTA": (1, 40), "EU": (1, 80)}


@settings(max_examples=25)
@given(
    ids=st.sets(st.sampled_from(sorted(UNITS)), min_size=1, max_size=40),
    unresolved=st.integers(0, 9),
    kind=st.sampled_from(["eligible_by_rule", "residents"]),
)
def test_every_unresolved_name_in_the_smallest_and_then_in_the_largest_class_gives_the_published_bounds(ids, unresolved, kind):
    found = rows(OPEN, *ids, unresolved=unresolved)[kind]
    total, universe = whole(found, "n_c") + unresolved, whole(found, "u_c")
    for row, end, moved in ((found[0], "high", 1), (found[-1], "high", 1), (found[0], "low", 0), (found[-1], "low", 0)):
        n_c, u_c = int(str(row["n_c"])) + moved * unresolved, int(str(row["u_c"]))
        assert row[f"ratio_{end}"] == pytest.approx(n_c / total / (u_c / universe))
        assert row[f"parity_gap_{end}"] == pytest.approx(100 * (n_c / total - u_c / universe))
        if kind == "eligible_by_rule":
            assert row[f"participation_rate_{end}"] == pytest.approx(min(1, n_c / u_c))
    for row in found:
        low, high = float(str(row["ratio_low"])), float(str(row["ratio_high"]))
        assert not (low <= 1 <= high) or row["reading"] == "cannot_tell"
        assert row["reading"] != "cannot_tell" or "cannot tell" in str(row["sentence"])
        assert forbidden_in(str(row["sentence"])) == []


def test_cities_are_those_of_the_admitted_countries_and_a_limit_of_residents_leaves_no_figure():
    known = {f"{country}{n:03}": ("SML"[n % 3], country) for country in ("DE", "NO") for n in range(30)}
    cities = CityUniverse(URBAN_CENTRE, "statistical cities", "Source: Eurostat", known, {"gnDE1": "M", "gnNO1": "M"}, "")

    def rows_of(network_id: str, *ids: str) -> list[Row]:
        members = listed(network_id, *ids)
        found = admissions({(network_id, members.list_date)}, list(NETWORKS.values()), statistics())[network_id, members.list_date]
        return list(cities.rows(members, network_id, found, AS_OF, age_limit=True))

    assert [row["u_c"] for row in rows_of(OPEN, "gnDE1", "gnNO1")] == [20, 20, 20]
    national = rows_of(GERMAN, "gnDE1", "gnNO1")
    assert [(row["class"], row["u_c"], row["n_c"], row["n_outside"]) for row in national] == [
        ("S", 10, 0, 1),
        ("M", 10, 1, 1),
        ("L", 10, 0, 1),
    ]
    assert all("in DE (the only ones that the network's rules admit on the day" in str(row["universe"]) for row in national)
    limited = rows_of(LARGE, "gnDE1")
    assert {(row["reading"], row["representation_ratio"], row["not_computed_because"]) for row in limited} == {
        (None, None, f"{LARGE}: {LIMITED}")
    }
    assert {row["not_computed_because"] for row in rows_of("solidacities", "gnDE1")} == {
        "solidacities: who may join is not known: its file states no rule of who may join"
    }


def test_access_tells_which_part_may_join_and_one_row_says_why_nobody_can_tell():
    networks = list(NETWORKS.values())
    found: dict[str, list[Row]] = defaultdict(list)
    admitted = admissions({(network_id, AS_OF) for network_id in NETWORKS}, networks, statistics())
    for row in access_rows(networks, statistics(), admitted, AS_OF):
        found[str(row["network_id"])].append(row)
    assert found.keys() == NETWORKS.keys()
    everybody = {name: next(row for row in found[name] if row["dimension"] == "all") for name in (OPEN, GERMAN, LARGE)}
    assert [round(float(str(row["municipalities_may_join_percent"]))) for row in everybody.values()] == [100, 33, 60]
    assert float(str(everybody[LARGE]["residents_may_join_percent"])) > 90
    (closed,) = found["clip"]
    assert closed["not_computed_because"] == "closed since 2012-11-27: nobody can join"
    assert "closed since 2012-11-27: nobody can join" in str(closed["sentence"])


def test_of_a_list_that_is_cut_only_the_sizes_it_has_whole_are_counted_by_the_municipality():
    cut = tuple(unit for unit in statistics().municipalities if (unit.population or 0) >= 5_000)
    kept = whole_units(Statistics(municipalities=cut, universes=statistics().universes, lau_year=2019))
    assert sorted(unit.population for unit in kept) == sorted(unit.population for unit in cut)
    gone = whole_units(Statistics(municipalities=cut[1:], universes=statistics().universes, lau_year=2019))
    assert {(unit.country, unit.population) for unit in kept} - {(unit.country, unit.population) for unit in gone} == {("DE", 8_000)}
