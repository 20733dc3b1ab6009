"""Size and membership among those who may join, on the units of the list; trends on lists near two days; the pool of headlines alone."""

from dataclasses import replace

from citynet.model import Row
from citynet.pipelines.admission import admissions
from citynet.pipelines.names import open_names
from citynet.pipelines.size_tables import names_by_country, size_rows
from citynet.places.capitals import CAPITALS
from citynet.places.gazetteer import Gazetteer
from citynet.publishing.phrases import forbidden_in
from pipelines.analysed_world import AS_OF, GERMAN, LARGE, NETWORKS, OPEN, UNITS, described, listed, statistics
from pipelines.dated_views import listing, seen

BERLIN = CAPITALS["DE"]


NOBODY = Gazetteer(places=(), names=())
"""Capitals are found only where a list's places are joined."""


def sizes(*lists, units=UNITS, age_limit=True, names_in=None, world=None) -> dict[tuple[str, str], Row]:
    networks = list(NETWORKS.values())
    admitted = admissions({(one.network_id, one.list_date) for one in lists}, networks, statistics())
    pooled = frozenset({OPEN, LARGE})
    made = size_rows(
        lists,
        networks,
        world or described(units),
        statistics(),
        admitted,
        NOBODY,
        AS_OF,
        age_limit=age_limit,
        pooled=pooled,
        names_in=names_in,
    )
    assert [forbidden_in(str(row["sentence"])) for row in made] == [[]] * len(made)
    return {(str(row["subject"]), str(row["term"])): row for row in made}


LARGEST = [f"gnDE{number}" for number in range(22, 40, 1)]


def test_members_are_counted_among_the_units_that_may_join_zeros_included():
    row = sizes(listed(GERMAN, *LARGEST[::2], "gnDE3", "gnDE7"))[GERMAN, "residents_doubled"]
    assert (row["n_units"], row["n_members"], row["n_outside"], row["n_missing"]) == (40, 11, 0, 0)
    assert (row["countries"], row["reading"]) == ("DE", "relation")
    assert "larger municipalities are members" in str(row["sentence"])


def test_members_whom_the_rules_do_not_admit_lie_outside_and_those_without_a_unit_are_missing():
    units = {**UNITS, "gnDE99": None, "gnUS1": None}
    row = sizes(listed(GERMAN, *LARGEST, "gnFR30", "gnDE99", "gnUS1", unresolved=2), units=units)[GERMAN, "residents_doubled"]
    assert (row["n_members"], row["n_outside"], row["n_missing"]) == (18, 2, 3)


def test_a_list_is_held_against_the_rules_of_its_own_day():
    """UIA asked for 50,000 residents until 2020, and admits nobody since."""
    then, now = (sizes(listed("uia", *LARGEST, date=day), age_limit=False)["uia", "residents_doubled"] for day in ("2019-06-30", AS_OF))
    assert (then["n_units"], then["n_members"]) == (24, 18)  # of Germany, where members are
    assert "may join by its own rules of 2019-06-30 (municipalities of 50,000 residents or more" in str(then["universe"])
    assert (now["n_units"], "no rule of membership is in force on 2026-09-01" in str(now["universe"])) == (None, True)


def test_an_unmatched_name_lies_in_the_country_printed_with_it():
    members = listed(OPEN, *LARGEST[::2], "gnDE3", "gnFR30", "gnFR35", unresolved=2)
    found = {country: sizes(members, names_in={OPEN: {country: 2}})[OPEN, "residents_doubled"] for country in ("FR", "NO", "US")}
    assert [row["n_missing"] for row in found.values()] == [2, 2, 0]
    assert "upper end with the largest others of FR (2);" in str(found["FR"]["placings"])
    assert (found["US"]["n_outside"], found["US"]["placings"]) == (2, None)
    assert sizes(members)[OPEN, "residents_doubled"]["n_missing"] == 2


def test_names_are_counted_by_country_on_the_newest_complete_list_alone(outside):
    names = open_names(outside)
    older = listing(names, "2024-01-01", "Nowhere at all")
    newest = listing(names, "2025-01-01", "Nowhere at all", "Not a place anywhere", "Berlin", "An observer nobody knows=observer")
    partial = listing(names, "2026-01-01", "Nobody knows this", coverage="partial")
    assert names_by_country([seen(older, newest, partial)]) == {"net": {"DE": 2}}
    assert names_by_country([seen(partial)]) == {"net": {"DE": 1}}
    assert names_by_country([seen()]) == {"net": {}}


def test_only_networks_that_headlines_are_about_are_pooled():
    found = sizes(listed(OPEN, *LARGEST, "gnFR1"), listed(GERMAN, *LARGEST), listed(LARGE, "gnDE30", "gnDE33"))
    assert str(found["pooled", "residents_doubled"]["universe"]).startswith("municipalities that may join any of 2 families")
    alone = sizes(listed(GERMAN, *LARGEST))
    assert ("pooled", "residents_doubled") not in alone


def test_a_network_of_which_nobody_can_tell_who_may_join_has_only_a_reason():
    row = sizes(listed("seebruecke_sichere_haefen_niedersachsen", *LARGEST))["seebruecke_sichere_haefen_niedersachsen", "capital"]
    assert (row["reading"], row["estimate"]) == (None, None)
    assert "who may join is not known" in str(row["not_computed_because"])
    assert "admits bodies of Lower Saxony only" in str(row["universe"])


def test_the_capital_stands_beside_the_largest_other_city():
    units = {**UNITS, BERLIN: UNITS["gnDE39"]}
    row = sizes(listed(OPEN, BERLIN), units=units)[OPEN, "capital"]
    assert (row["n_units"], row["capital_more"], row["other_more"]) == (3, 1, 0)
    # Paris and Oslo are in no list of units here: what is not known of them is their size, and not that they are capitals.
    assert (row["countries"], row["countries_left_out"]) == ("DE;FR;NO", None)


def test_a_member_that_the_list_of_units_lacks_is_told_by_name_and_not_placed_below_what_it_surely_has():
    london = CAPITALS["GB"]
    known = described({**UNITS, london: None})
    places = {**known.places, london: replace(known.places[london], name="London", country="DE", population=9_000_000)}
    members = replace(listed(OPEN, *LARGEST[::2], london), countries={**{p: "DE" for p in LARGEST}, london: "DE"})
    row = sizes(members, world=replace(known, places=places))[OPEN, "residents_doubled"]
    assert (row["n_missing"], row["n_unmatched"], row["without_residents"]) == (1, 0, "London")
    assert row["widest_low"] == row["interval_low"]


def test_the_same_lists_give_the_same_rows():
    lists = [listed(OPEN, *LARGEST, "gnFR1", "gnFR20", unresolved=3), listed(LARGE, "gnDE30", "gnDE33")]
    assert sizes(*lists) == sizes(*reversed(lists))
