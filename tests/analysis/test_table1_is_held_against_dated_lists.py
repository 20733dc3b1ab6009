"""Each column of Table 1 beside the dated lists of its network: when a list decides, and what is named when it does not."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.list_maker import network
from citynet.analysis.listed_cities import TABLE1_DATE, DatedList, listed_claims
from citynet.analysis.lists import within_months
from citynet.analysis.replication import replication
from citynet.analysis.table1 import NETWORK_COLUMNS
from citynet.model import Row

PRINTED = Path(__file__).parents[2] / "include/literature/oomen_2018_table1.csv"
TABLE = list(csv.DictReader(PRINTED.read_text(encoding="utf-8").splitlines()))
PLACES = {row["city"]: f"id-{row['city']}" for row in TABLE}
SOLIDARITY = [row["city"] for row in TABLE if row["solidarity_cities"] == "yes"]
LISTS = st.builds(
    DatedList,
    network_id=st.just("solidarity_cities"),
    list_date=st.dates(date(2017, 1, 1), date(2020, 12, 31)).map(date.isoformat),
    complete=st.booleans(),
    municipality_ids=st.frozensets(st.sampled_from(list(PLACES.values()))) | st.just(frozenset(PLACES[city] for city in SOLIDARITY)),
    unresolved=st.integers(0, 1),
)


def dated(network_id: str, cities: list[str], day: str = "2018-12-31", complete: bool = True, unresolved: int = 0) -> DatedList:
    return DatedList(network_id, day, complete, frozenset(f"id-{city}" for city in cities), unresolved)


def found(*lists: DatedList, places: dict[str, str] = PLACES) -> Row:
    rows = replication(TABLE, [network(name) for name in NETWORK_COLUMNS], {}, lists, places, "2022-09-27")
    (row,) = (row for row in rows if row["basis"] == "independent_listings")
    return row


def test_a_complete_list_of_the_time_with_the_same_cities_agrees_whatever_else_it_names() -> None:
    row = found(dated("solidarity_cities", [*SOLIDARITY, "Ljubljana"], "2018-01-01"))
    assert (row["claim_id"], row["verdict"], row["note"]) == ("listed_solidarity_cities", "agrees", None)
    assert row["our_figure"] == "9 of 9 marked cities on the list of 2018-01-01"
    assert "at most 12 months from December 2018" in str(row["rule"])


def test_a_complete_list_without_a_marked_city_or_with_another_of_the_table_differs_and_names_it() -> None:
    without = found(dated("solidarity_cities", SOLIDARITY[1:]))
    assert (without["verdict"], without["note"]) == ("differs", "Marked and on no list: Ghent.")
    more = found(dated("solidarity_cities", [*SOLIDARITY, "Berlin"]))
    assert (more["verdict"], more["note"]) == ("differs", "On a list and not marked: Berlin (list of 2018-12-31).")


def test_a_partial_list_confirms_or_shows_another_city_but_lacks_nobody() -> None:
    assert found(dated("solidarity_cities", SOLIDARITY, complete=False))["verdict"] == "agrees"
    short = found(dated("solidarity_cities", SOLIDARITY[1:], complete=False))
    assert (short["verdict"], short["our_figure"]) == ("not_testable", "8 of 9 marked cities on the partial list of 2018-12-31")
    assert short["note"] == "Marked and on no list, which is partial and may leave them out: Ghent."
    assert found(dated("solidarity_cities", ["Berlin"], complete=False))["verdict"] == "differs"


def test_a_city_may_be_among_the_unmatched_names_of_a_complete_list() -> None:
    assert found(dated("solidarity_cities", SOLIDARITY[1:], unresolved=1))["verdict"] == "not_testable"


@pytest.mark.parametrize(("day", "verdict"), [("2017-12-31", "differs"), ("2017-12-30", "not_testable"), ("2020-01-01", "not_testable")])
def test_a_list_further_away_decides_nothing_and_names_the_differences_all_the_same(day: str, verdict: str) -> None:
    row = found(dated("solidarity_cities", [*SOLIDARITY[1:], "Berlin"], day))
    assert row["verdict"] == verdict
    assert row["note"] == f"Marked and on no list: Ghent. On a list and not marked: Berlin (list of {day})."


def test_several_lists_of_a_network_are_told_each_with_its_date_and_together() -> None:
    """Integrating Cities: the signatories of 2010, those who joined in 2013, and those of 2022, of whom none is in the table."""
    row = found(
        dated("integrating_cities", ["Warsaw"], "2022-11-16", complete=False),
        dated("integrating_cities", ["Brussels", "Toulouse"], "2013-09-10", complete=False),
        dated("integrating_cities", ["London", "Amsterdam", "Brussels"], "2010-02-22"),
    )
    assert row["our_figure"] == "3 of 25 marked cities on the list of 2010-02-22, 2 on the partial list of 2013-09-10, 4 on any of them"
    assert row["verdict"] == "not_testable"


def test_a_city_without_a_certain_place_is_named_and_decides_nothing() -> None:
    places = {city: place for city, place in PLACES.items() if city != "Ghent"}
    row = found(dated("solidarity_cities", SOLIDARITY), places=places)
    assert (row["verdict"], row["our_figure"]) == ("not_testable", "8 of 8 marked cities on the list of 2018-12-31")
    assert row["note"] == "Not matched to a place: Ghent."


def test_partial_lists_with_none_of_the_cities_say_so() -> None:
    row = found(dated("arrival_cities", ["Oldenburg"], "2016-12-31", complete=False))
    assert (row["our_figure"], row["verdict"]) == ("0 of 1 marked cities on any list", "not_testable")


@given(st.lists(LISTS, min_size=1))
def test_a_verdict_needs_a_list_of_the_time_and_follows_from_the_named_cities(lists: list[DatedList]) -> None:
    (claim,) = listed_claims(lists, PLACES, {})
    finding = claim.find(TABLE)
    near = [item for item in lists if within_months(item.list_date, TABLE1_DATE, 12)]
    named = {city for item in near for city in PLACES if PLACES[city] in item.municipality_ids}
    if finding.verdict == "agrees":
        assert named == set(SOLIDARITY)
    if finding.verdict == "differs":
        assert named - set(SOLIDARITY) or any(item.complete and not item.unresolved for item in near)
    if not near:
        assert finding.verdict == "not_testable"
    assert finding == listed_claims(lists[::-1], PLACES, {})[0].find(TABLE)


def test_a_network_without_another_list_has_no_row() -> None:
    rows = replication(TABLE, [], {}, [dated("pact_of_free_cities", ["Amsterdam"])], PLACES, "2022-09-27")
    assert not [row for row in rows if row["basis"] == "independent_listings"]
