"""Size and membership among those who may join, on the units of the list; trends on lists near two days; the pool of headlines alone."""

from citynet.model import Row
from citynet.pipelines.admission import admissions
from citynet.pipelines.size_tables import size_rows
from citynet.places.capitals import CAPITALS
from citynet.places.gazetteer import Gazetteer
from citynet.publishing.phrases import forbidden_in
from pipelines.analysed_world import AS_OF, GERMAN, LARGE, NETWORKS, OPEN, UNITS, described, listed, statistics

BERLIN = CAPITALS["DE"]


NOBODY = Gazetteer(places=(), names=())
"""Capitals are found only where a list's places are joined."""


def sizes(*lists, units=UNITS) -> dict[tuple[str, str], Row]:
    networks = list(NETWORKS.values())
    admitted = admissions(networks, statistics(), AS_OF)
    pooled = frozenset({OPEN, LARGE})
    made = size_rows(lists, networks, described(units), statistics(), admitted, NOBODY, AS_OF, age_limit=True, pooled=pooled)
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
    assert (row["n_units"], row["capital_more"], row["other_more"]) == (1, 1, 0)


def test_the_same_lists_give_the_same_rows():
    lists = [listed(OPEN, *LARGEST, "gnFR1", "gnFR20", unresolved=3), listed(LARGE, "gnDE30", "gnDE33")]
    assert sizes(*lists) == sizes(*reversed(lists))
